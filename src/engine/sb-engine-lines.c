/* Lines: settings, state in words, checks, templates. */
#include "sb-engine-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

/* -- saving -- */

typedef struct
{
  SbLine *line;
  gint64  id;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  sb_line_free (saving->line);
  g_free (saving);
}

static gboolean
save_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Saving *saving = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 0);
  saving->id = sb_writer_save_line (writer, saving->line, error);

  return saving->id != 0;
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Saving           *saving = sb_store_get_command_data (result);
  GError           *error = NULL;

  if (!sb_store_run_finish (SB_STORE (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  sb_engine_restart_line (g_task_get_source_object (task), saving->id);
  g_task_return_int (task, saving->id);
}

void
sb_engine_save_line_async (SbEngine           *self,
                           const SbLine       *line,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->line = sb_line_copy (line);
  sb_store_run_async (self->store, save_command, saving, saving_free, saved_cb, g_task_new (self, NULL, callback, user_data));
}

gint64
sb_engine_save_line_finish (SbEngine     *self,
                            GAsyncResult *result,
                            GError      **error)
{
  gssize id = g_task_propagate_int (G_TASK (result), error);

  return MAX (id, 0);
}

typedef struct
{
  gint64      line_id;
  SbLineState state;
  gint64      until;
} Pausing;

static gboolean
pause_command (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  Pausing *pausing = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 0);

  return sb_writer_set_line_state (writer, pausing->line_id, pausing->state, NULL, pausing->until, error);
}

static void
paused_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbEngine) self = user_data;
  Pausing             *pausing = sb_store_get_command_data (result);

  if (sb_store_run_finish (SB_STORE (object), result, NULL))
    sb_engine_restart_line (self, pausing->line_id);
}

void
sb_engine_set_line_paused (SbEngine *self,
                           gint64    line_id,
                           gboolean  paused,
                           gint64    until)
{
  Pausing *pausing = g_new0 (Pausing, 1);

  pausing->line_id = line_id;
  pausing->state = paused ? SB_LINE_PAUSED : SB_LINE_ACTIVE;
  pausing->until = paused ? until : 0;
  sb_store_run_async (self->store, pause_command, pausing, g_free, paused_cb, g_object_ref (self));
}

/* A line that was stopped because its key was refused is let go with the new one. */
void
sb_engine_reload_line (SbEngine *self,
                       gint64    line_id)
{
  g_autoptr (SbLine) line = sb_reader_get_line (sb_store_get_reader (self->store), line_id);

  if (line != NULL && line->state == SB_LINE_NEEDS_KEY)
    sb_engine_set_line_paused (self, line_id, FALSE, 0);
  else
    sb_engine_restart_line (self, line_id);
}

/* -- how the line is, in words -- */

static SbLink
state_of (SbEngine     *self,
          const SbLine *line,
          SbLineRun    *run,
          const char  **words)
{
  if (line->state == SB_LINE_PAUSED)
    *words = _("Paused");
  else if (line->state == SB_LINE_NEEDS_KEY)
    *words = _("Key refused");
  else if (line->state == SB_LINE_BLOCKED)
    *words = _("Stopped by the network");
  else if (sb_store_get_file_state (self->store) == SB_FILE_DAMAGED)
    *words = _("The shop’s file is damaged");
  else if (self->started && sb_store_get_file_state (self->store) == SB_FILE_UNCHECKED)
    *words = _("Looking the shop’s file over…");
  else if (!self->started || run == NULL)
    *words = _("Not running");
  else if (!self->online)
    *words = _("Offline");
  else if (run->channel == NULL)
    *words = _("Key missing");
  else if (run->send_trouble)
    *words = _("The network does not answer");
  else if (run->inbound != NULL && !run->source_known)
    *words = _("Connecting…");
  else if (run->inbound != NULL && !run->source_ok)
    *words = run->source_sentence;
  else
    *words = _("Connected");

  if (line->state == SB_LINE_PAUSED || !self->started)
    return SB_LINK_OFF;
  if (sb_store_get_file_state (self->store) != SB_FILE_TRUSTED)
    return sb_store_get_file_state (self->store) == SB_FILE_DAMAGED ? SB_LINK_TROUBLE : SB_LINK_CONNECTING;
  if (run == NULL)
    return SB_LINK_OFF;
  if (line->state != SB_LINE_ACTIVE || run->channel == NULL || run->send_trouble || (run->inbound != NULL && run->source_known && !run->source_ok))
    return self->online ? SB_LINK_TROUBLE : SB_LINK_OFFLINE;
  if (!self->online)
    return SB_LINK_OFFLINE;

  return run->inbound != NULL && !run->source_known ? SB_LINK_CONNECTING : SB_LINK_OK;
}

SbLink
sb_engine_get_link (SbEngine *self,
                    gint64    line_id,
                    char    **sentence)
{
  SbReader          *reader = sb_store_get_reader (self->store);
  g_autoptr (SbLine) line = sb_reader_get_line (reader, line_id);
  int                waiting = sb_reader_count_line_waiting (reader, line_id);
  const char        *words = "";
  SbLink             link = line != NULL ? state_of (self, line, sb_line_run_get (self, line_id), &words) : SB_LINK_OFF;

  if (sentence != NULL && waiting > 0 && link != SB_LINK_OK)
    /* Translators: state of a line, then how many messages wait to go out */
    *sentence = g_strdup_printf (ngettext ("%s – %d waiting", "%s – %d waiting", waiting), words, waiting);
  else if (sentence != NULL)
    *sentence = g_strdup (words);

  return link;
}

/* -- checking -- */

typedef struct
{
  SbLine         *line;
  SbInbound      *inbound;
  SbCheckProgress progress;
  gpointer        progress_data;
  GPtrArray      *checks;
} Checking;

static void
checking_free (gpointer data)
{
  Checking *checking = data;

  sb_line_free (checking->line);
  g_clear_object (&checking->inbound);
  g_clear_pointer (&checking->checks, g_ptr_array_unref);
  g_free (checking);
}

static void
tell (Checking *checking,
      SbCheck  *check)
{
  g_ptr_array_add (checking->checks, check);
  if (checking->progress != NULL)
    checking->progress (check, checking->progress_data);
}

static void
tested_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Checking         *checking = g_task_get_task_data (task);
  SbCheck          *check = sb_inbound_self_test_finish (SB_INBOUND (object), result, NULL);

  if (check != NULL)
    tell (checking, check);
  g_task_return_pointer (task, g_steal_pointer (&checking->checks), (GDestroyNotify) g_ptr_array_unref);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask)     task = user_data;
  Checking             *checking = g_task_get_task_data (task);
  GError               *error = NULL;
  g_autoptr (GPtrArray) checks = sb_channel_check_finish (SB_CHANNEL (object), result, &error);

  if (checks == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  while (checks->len > 0)
    tell (checking, g_ptr_array_steal_index (checks, 0));
  if (checking->inbound != NULL)
    {
      GCancellable *cancellable = g_task_get_cancellable (task); /* before the task is given away: arguments have no order */

      sb_inbound_self_test_async (checking->inbound, cancellable, tested_cb, g_steal_pointer (&task));
    }
  else
    {
      tell (checking, sb_check_new ("mailbox", SB_CHECK_WARNING, _("Messages have no way in yet"), _("Say how messages of customers shall reach this computer.")));
      g_task_return_pointer (task, g_steal_pointer (&checking->checks), (GDestroyNotify) g_ptr_array_unref);
    }
}

void
sb_engine_check_line_async (SbEngine           *self,
                            const SbLine       *line,
                            SbSecrets          *secrets,
                            SbCheckProgress     progress,
                            gpointer            progress_data,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  GTask                *task = g_task_new (self, cancellable, callback, user_data);
  SbSecrets            *keys = secrets != NULL ? secrets : self->secrets;
  g_autoptr (SbChannel) channel = self->channel_factory (line, sb_secrets_get (keys, line->id, "token"), self->factory_data);
  Checking             *checking = g_new0 (Checking, 1);

  checking->line = sb_line_copy (line);
  checking->inbound = self->inbound_factory (line, keys, self->factory_data);
  checking->progress = progress;
  checking->progress_data = progress_data;
  checking->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_check_free);
  g_task_set_task_data (task, checking, checking_free);
  sb_channel_check_async (channel, cancellable, checked_cb, task);
}

GPtrArray *
sb_engine_check_line_finish (SbEngine     *self,
                             GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fixed_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError           *error = NULL;

  if (sb_channel_fix_finish (SB_CHANNEL (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * sb_engine_fix_line_async:
 * @line: as it is to be, saved or not
 * @secrets: (nullable): the keys to use; NULL for the shop's own
 * @fix: what a check named in its fix
 */
void
sb_engine_fix_line_async (SbEngine           *self,
                          const SbLine       *line,
                          SbSecrets          *secrets,
                          const char         *fix,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask                *task = g_task_new (self, NULL, callback, user_data);
  SbSecrets            *keys = secrets != NULL ? secrets : self->secrets;
  g_autoptr (SbChannel) channel = self->channel_factory (line, sb_secrets_get (keys, line->id, "token"), self->factory_data);
  g_autofree char      *callback_url = NULL;

  if (line->inbound == SB_INBOUND_MAILBOX && line->inbound_url != NULL)
    callback_url = g_strdup_printf ("%s/in/%s", line->inbound_url, line->inbound_box);
  sb_channel_fix_async (channel, fix, callback_url, sb_secrets_get (keys, line->id, "verify-token"), NULL, fixed_cb, task);
}

gboolean
sb_engine_fix_line_finish (SbEngine     *self,
                           GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- templates -- */

typedef struct
{
  gint64     line_id;
  GPtrArray *templates;
} Syncing;

static void
syncing_free (gpointer data)
{
  Syncing *syncing = data;

  g_clear_pointer (&syncing->templates, g_ptr_array_unref);
  g_free (syncing);
}

static gboolean
sync_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Syncing *syncing = data;

  return sb_writer_sync_templates (writer, syncing->line_id, syncing->templates, error);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SbEngine         *self = g_task_get_source_object (task);
  Syncing          *syncing = g_task_get_task_data (task);
  GError           *error = NULL;

  syncing->templates = sb_channel_list_templates_finish (SB_CHANNEL (object), result, &error);
  if (syncing->templates == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  {
    Syncing *job = g_new0 (Syncing, 1);

    job->line_id = syncing->line_id;
    job->templates = g_ptr_array_ref (syncing->templates);
    sb_store_run_async (self->store, sync_command, job, syncing_free, sb_engine_commanded_cb, g_steal_pointer (&task));
  }
}

void
sb_engine_sync_templates_async (SbEngine           *self,
                                gint64              line_id,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  GTask                *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (SbLine)    line = sb_reader_get_line (sb_store_get_reader (self->store), line_id);
  const char           *token = sb_secrets_get (self->secrets, line_id, "token");
  g_autoptr (SbChannel) channel = NULL;
  Syncing              *syncing;

  if (line == NULL || token == NULL)
    {
      g_task_return_new_error (task, SB_ERROR, line == NULL ? SB_ERROR_NOT_FOUND : SB_ERROR_NO_SECRET, "%s",
                               line == NULL ? "There is no such line" : sb_reason_to_sentence (SB_REASON_NO_SECRET));
      g_object_unref (task);
      return;
    }

  syncing = g_new0 (Syncing, 1);
  syncing->line_id = line_id;
  g_task_set_task_data (task, syncing, syncing_free);
  channel = self->channel_factory (line, token, self->factory_data);
  sb_channel_list_templates_async (channel, NULL, listed_cb, task);
}

gboolean
sb_engine_sync_templates_finish (SbEngine     *self,
                                 GAsyncResult *result,
                                 GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
