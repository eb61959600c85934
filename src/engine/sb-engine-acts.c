/* What a person does: each act is one command and, where it can be taken back, one step of Undo. */
#include "sb-engine-private.h"

#include <glib/gi18n-lib.h>

#include "sb-engine-desk.h"
#include "sb-writer-mentions.h"
#include "sb-writer-profiles.h"
#include "sb-writer-reading.h"
#include "sb-writer-snooze.h"

typedef struct
{
  SbAct   act;
  GArray *threads;
  char   *text;
  char   *query;
  gint64  staff_id;
  gint64  undo_id; /* out */
} Acting;

static void
acting_free (gpointer data)
{
  Acting *acting = data;

  g_array_unref (acting->threads);
  g_free (acting->text);
  g_free (acting->query);
  g_free (acting);
}

static gboolean
is_undoable (SbActKind kind)
{
  switch (kind)
    {
    case SB_ACT_READ:
    case SB_ACT_DRAFT:
    case SB_ACT_SEND_AGAIN:
    case SB_ACT_LEAVE:
      return FALSE;
    case SB_ACT_EDIT_QUEUED:
    case SB_ACT_OPEN:
    case SB_ACT_PENDING:
    case SB_ACT_DONE:
    case SB_ACT_SNOOZE:
    case SB_ACT_ASSIGN:
    case SB_ACT_PIN:
    case SB_ACT_UNREAD:
    case SB_ACT_TAG:
    case SB_ACT_UNTAG:
    case SB_ACT_NOTE:
    case SB_ACT_BLOCK:
    case SB_ACT_RENAME:
    case SB_ACT_CANCEL:
    case SB_ACT_SAVE_VIEW:
    case SB_ACT_DELETE_VIEW:
    case SB_ACT_ORDER_VIEWS:
    case SB_ACT_GIVE_VIEW:
    case SB_ACT_STAFF_GONE:
    case SB_ACT_STAFF_BACK:
    default:
      return TRUE;
    }
}

static gint64
contact_of (SbWriter *writer,
            gint64    thread_id)
{
  g_autoptr (SbThread) thread = sb_reader_get_thread (sb_writer_get_reader (writer), thread_id);

  return thread != NULL ? thread->contact_id : 0;
}

static gboolean
act_on_thread (SbWriter     *writer,
               const Acting *acting,
               gint64        thread_id,
               GError      **error)
{
  gint64 value = acting->act.value;

  switch (acting->act.kind)
    {
    case SB_ACT_OPEN:
      return sb_writer_set_thread_status (writer, thread_id, SB_THREAD_OPEN, 0, error);
    case SB_ACT_PENDING:
      return sb_writer_set_thread_status (writer, thread_id, SB_THREAD_PENDING, 0, error);
    case SB_ACT_DONE:
      return sb_writer_set_thread_status (writer, thread_id, SB_THREAD_CLOSED, 0, error) && sb_writer_mark_read_by_all (writer, thread_id, error);
    case SB_ACT_SNOOZE:
      return sb_writer_snooze (writer, thread_id, value, g_strcmp0 (acting->text, SB_SNOOZE_FIRM) == 0, error);
    case SB_ACT_ASSIGN:
      return sb_writer_assign (writer, thread_id, value, error);
    case SB_ACT_PIN:
      return sb_writer_set_pinned (writer, thread_id, value != 0, error);
    case SB_ACT_READ:
      return sb_writer_mark_read (writer, thread_id, 0, error);
    case SB_ACT_UNREAD:
      return sb_writer_mark_unread (writer, thread_id, value, error);
    case SB_ACT_NOTE:
      return sb_writer_add_note (writer, thread_id, acting->text, error) != 0 && sb_writer_mention (writer, thread_id, acting->text, error);
    case SB_ACT_DRAFT:
      return sb_writer_save_draft (writer, thread_id, acting->text, value, error);
    case SB_ACT_BLOCK:
      return sb_writer_set_blocked (writer, contact_of (writer, thread_id), value != 0, error);
    case SB_ACT_RENAME:
      return sb_writer_rename_contact (writer, contact_of (writer, thread_id), acting->text, error);
    case SB_ACT_TAG:
    case SB_ACT_UNTAG:
      {
        gint64 tag_id = sb_writer_ensure_tag (writer, acting->text != NULL ? acting->text : "", 0, error);

        return tag_id != 0 && sb_writer_tag (writer, thread_id, tag_id, acting->act.kind == SB_ACT_TAG, error);
      }
    case SB_ACT_LEAVE:
    case SB_ACT_SEND_AGAIN:
    case SB_ACT_CANCEL:
    case SB_ACT_EDIT_QUEUED:
    case SB_ACT_SAVE_VIEW:
    case SB_ACT_DELETE_VIEW:
    case SB_ACT_ORDER_VIEWS:
    case SB_ACT_GIVE_VIEW:
    case SB_ACT_STAFF_GONE:
    case SB_ACT_STAFF_BACK:
    default:
      return TRUE;
    }
}

static gboolean
act_on_message (SbWriter     *writer,
                const Acting *acting,
                GError      **error)
{
  gint64 message_id = acting->act.message_id;

  switch ((int) acting->act.kind)
    {
    case SB_ACT_LEAVE:
      return sb_writer_leave (writer, message_id, error);
    case SB_ACT_SEND_AGAIN:
      return sb_writer_resend (writer, message_id, error);
    case SB_ACT_CANCEL:
      return sb_writer_cancel (writer, message_id, error);
    case SB_ACT_EDIT_QUEUED:
      return sb_writer_edit_queued (writer, message_id, acting->text, error);
    default:
      return TRUE;
    }
}

static gboolean
act_on_shop (SbWriter     *writer,
             const Acting *acting,
             GError      **error)
{
  gint64  owner = acting->act.own ? acting->staff_id : 0;
  SbNamed view = { .id = acting->act.value, .name = acting->text, .query = acting->query, .active = TRUE, .staff_id = owner };

  switch ((int) acting->act.kind)
    {
    case SB_ACT_DELETE_VIEW:
      return sb_writer_delete_view (writer, acting->act.value, error);
    case SB_ACT_ORDER_VIEWS:
      return sb_writer_order_views (writer, (const gint64 *) (gpointer) acting->threads->data, acting->threads->len, error);
    case SB_ACT_GIVE_VIEW:
      return sb_writer_give_view (writer, acting->act.value, owner, error);
    case SB_ACT_SAVE_VIEW:
      return sb_writer_save_named (writer, "view", &view, error) != 0;
    case SB_ACT_STAFF_GONE:
    case SB_ACT_STAFF_BACK:
      return sb_writer_set_staff_active (writer, acting->act.value, acting->act.kind == SB_ACT_STAFF_BACK, error);
    default:
      return TRUE;
    }
}

/* What Undo calls it; shown as "Undone: ..." */
static const char *
label_of (SbActKind kind)
{
  switch ((int) kind)
    {
    case SB_ACT_DONE:
      return "done";
    case SB_ACT_SNOOZE:
      return "snooze";
    case SB_ACT_ASSIGN:
      return "assign";
    case SB_ACT_NOTE:
      return "note";
    case SB_ACT_TAG:
      return "tag";
    case SB_ACT_UNTAG:
      return "untag";
    default:
      return "change";
    }
}

static gboolean
act_command (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Acting *acting = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, acting->staff_id);
  if (is_undoable (acting->act.kind))
    {
      acting->undo_id = sb_writer_begin_undo (writer, label_of (acting->act.kind), error);
      if (acting->undo_id == 0)
        return FALSE;
    }

  for (guint i = 0; i < acting->threads->len; i++)
    if (!act_on_thread (writer, acting, g_array_index (acting->threads, gint64, i), error))
      return FALSE;

  return (acting->act.message_id == 0 || act_on_message (writer, acting, error)) && act_on_shop (writer, acting, error);
}

void
sb_engine_act_async (SbEngine           *self,
                     const SbAct        *act,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  Acting *acting = g_new0 (Acting, 1);

  acting->act = *act;
  acting->text = g_strdup (act->text);
  acting->query = g_strdup (act->query);
  acting->staff_id = self->staff_id;
  acting->threads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (acting->threads, act->thread_ids, act->n_threads);
  sb_engine_command (self, act_command, acting, acting_free, &acting->undo_id, callback, user_data);
}

gint64
sb_engine_act_finish (SbEngine     *self,
                      GAsyncResult *result,
                      GError      **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

static gboolean
undo_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Acting *acting = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, acting->staff_id);
  if (acting->undo_id == 0)
    acting->undo_id = sb_writer_last_undo (writer, acting->staff_id, NULL);

  return sb_writer_undo (writer, acting->undo_id, error);
}

void
sb_engine_undo_async (SbEngine           *self,
                      gint64              undo_id,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  Acting *acting = g_new0 (Acting, 1);

  acting->undo_id = undo_id;
  acting->staff_id = self->staff_id;
  acting->threads = g_array_new (FALSE, FALSE, sizeof (gint64));
  sb_engine_command (self, undo_command, acting, acting_free, &acting->undo_id, callback, user_data);
}

gboolean
sb_engine_undo_finish (SbEngine     *self,
                       GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_int (G_TASK (result), error) >= 0;
}

static gboolean
redo_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Acting *acting = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, acting->staff_id);
  acting->undo_id = sb_writer_last_redo (writer, acting->staff_id);

  return sb_writer_redo (writer, acting->undo_id, error);
}

void
sb_engine_redo_async (SbEngine           *self,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  Acting *acting = g_new0 (Acting, 1);

  acting->staff_id = self->staff_id;
  acting->threads = g_array_new (FALSE, FALSE, sizeof (gint64));
  sb_engine_command (self, redo_command, acting, acting_free, &acting->undo_id, callback, user_data);
}

gboolean
sb_engine_redo_finish (SbEngine     *self,
                       GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_int (G_TASK (result), error) >= 0;
}

/* -- staff, tags, views, quick replies -- */

typedef struct
{
  char   *what;
  SbNamed named;
  gint64  id;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_free (saving->what);
  g_free (saving->named.name);
  g_free (saving->named.query);
  g_free (saving);
}

static gboolean
save_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Saving *saving = data;

  saving->id = sb_writer_save_named (writer, saving->what, &saving->named, error);

  return saving->id != 0;
}

void
sb_engine_save_named_async (SbEngine           *self,
                            const char         *what,
                            const SbNamed      *named,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->what = g_strdup (what);
  saving->named = *named;
  saving->named.name = g_strdup (named->name);
  saving->named.query = g_strdup (named->query);
  sb_engine_command (self, save_command, saving, saving_free, &saving->id, callback, user_data);
}

gint64
sb_engine_save_named_finish (SbEngine     *self,
                             GAsyncResult *result,
                             GError      **error)
{
  gssize id = g_task_propagate_int (G_TASK (result), error);

  return MAX (id, 0);
}

static gboolean
delete_command (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  Acting *acting = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, acting->staff_id);
  acting->undo_id = sb_writer_begin_undo (writer, "change", error);

  return acting->undo_id != 0 && sb_writer_delete_quick_reply (writer, acting->act.value, error);
}

void
sb_engine_delete_quick_reply_async (SbEngine           *self,
                                    gint64              id,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data)
{
  Acting *acting = g_new0 (Acting, 1);

  acting->act.value = id;
  acting->staff_id = self->staff_id;
  acting->threads = g_array_new (FALSE, FALSE, sizeof (gint64));
  sb_engine_command (self, delete_command, acting, acting_free, &acting->undo_id, callback, user_data);
}
