/* What people of the shop do about consent; each act is one command and, where it can be taken back, one step of Undo. */
#include "sb-engine-consent.h"

#include "sb-engine-private.h"
#include "sb-phone.h"
#include "sb-writer-consent.h"

typedef struct
{
  SbStore        *store; /* owned by the task */
  SbConsentEntry *entry;
  char           *evidence_path;
  gint64          entry_id; /* to be taken back */
  gint64          question_id;
  gboolean        was_stop;
  gint64          wording_id;
  SbWordingKind   kind;
  char           *language;
  char           *text;
  char           *reply;
  SbStopMeaning   meaning;
  char          **words;
  gint64          staff_id;
  gint64          undo_id; /* out */
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_clear_pointer (&act->entry, sb_consent_entry_free);
  g_free (act->evidence_path);
  g_free (act->language);
  g_free (act->text);
  g_free (act->reply);
  g_strfreev (act->words);
  g_free (act);
}

static gboolean
begin (SbWriter *writer,
       Act      *act,
       GError  **error)
{
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, act->staff_id);
  act->undo_id = sb_writer_begin_undo (writer, "consent", error);

  return act->undo_id != 0;
}

/* Whoever opts out through a person gets nothing of what waits, either. */
static gboolean
record (SbWriter *writer,
        Act      *act,
        GError  **error)
{
  gint64 id = sb_writer_add_consent (writer, act->entry, error);

  return id != 0 && (act->entry->answer != SB_ANSWER_NO || sb_writer_cancel_refused (writer, act->entry->contact_id, id, error) >= 0);
}

static gboolean
add_command (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  return begin (writer, data, error) && record (writer, data, error);
}

/* Undo of taking back is bringing back, so the step is about the entry itself. */
static gboolean
withdraw_command (SbWriter *writer,
                  gpointer  data,
                  GError  **error)
{
  Act *act = data;

  return begin (writer, act, error) && sb_writer_take_back_consent (writer, act->entry_id, error);
}

static gboolean
question_command (SbWriter *writer,
                  gpointer  data,
                  GError  **error)
{
  Act *act = data;

  /* It stays with who wrote it, should the two be taken apart again. */
  act->entry->contact_id = sb_reader_get_question_writer (sb_writer_get_reader (writer), act->question_id);

  return begin (writer, act, error) && sb_writer_settle_consent_question (writer, act->question_id, act->was_stop, error) &&
         (!act->was_stop || record (writer, act, error));
}

static gboolean
wording_command (SbWriter *writer,
                 gpointer  data,
                 GError  **error)
{
  Act *act = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, act->staff_id);
  if (act->text == NULL)
    return sb_writer_retire_wording (writer, act->wording_id, error);

  return sb_writer_add_wording (writer, act->kind, act->language, act->text, act->reply, error) != 0;
}

static gboolean
words_command (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  Act *act = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, act->staff_id);

  return sb_writer_set_stop_words (writer, act->language, act->meaning, (const char *const *) act->words, error);
}

static void
run (SbEngine           *self,
     Act                *act, /* (transfer full) */
     SbCommand           command,
     GAsyncReadyCallback callback,
     gpointer            user_data)
{
  act->staff_id = self->staff_id;
  sb_engine_command (self, command, act, act_free, &act->undo_id, callback, user_data);
}

/* -- the evidence -- */

static void
keep_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Act    *act = task_data;
  GError *error = NULL;

  act->entry->evidence = sb_store_import_media (act->store, act->evidence_path, NULL, &error);
  if (act->entry->evidence != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError           *error = NULL;
  gssize            undo_id = g_task_propagate_int (G_TASK (result), &error);

  if (error == NULL)
    g_task_return_int (task, undo_id);
  else
    g_task_return_error (task, error);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  SbEngine         *self = SB_ENGINE (object);
  g_autoptr (GTask) task = user_data;
  Act              *act = g_object_steal_data (G_OBJECT (result), "act");
  GError           *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      sb_engine_command (self, add_command, act, act_free, &act->undo_id, answered_cb, g_steal_pointer (&task));
      return;
    }
  act_free (act);
  g_task_return_error (task, error);
}

void
sb_engine_add_consent_async (SbEngine             *self,
                             const SbConsentEntry *entry,
                             const char           *evidence_path,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data)
{
  Act              *act = g_new0 (Act, 1);
  g_autoptr (GTask) inner = NULL;

  act->entry = sb_consent_entry_copy (entry);
  if (evidence_path == NULL)
    {
      run (self, act, add_command, callback, user_data);
      return;
    }

  act->store = self->store;
  act->staff_id = self->staff_id;
  act->evidence_path = g_strdup (evidence_path);
  g_free (act->entry->evidence_name);
  act->entry->evidence_name = g_path_get_basename (evidence_path);
  inner = g_task_new (self, NULL, kept_cb, g_task_new (self, NULL, callback, user_data));
  g_object_set_data (G_OBJECT (inner), "act", act);
  g_task_set_task_data (inner, act, NULL);
  g_task_run_in_thread (inner, keep_thread);
}

void
sb_engine_withdraw_consent_async (SbEngine           *self,
                                  gint64              entry_id,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  Act *act = g_new0 (Act, 1);

  act->entry_id = entry_id;
  run (self, act, withdraw_command, callback, user_data);
}

void
sb_engine_answer_consent_question_async (SbEngine                *self,
                                         const SbConsentQuestion *question,
                                         gboolean                 was_stop,
                                         GAsyncReadyCallback      callback,
                                         gpointer                 user_data)
{
  Act *act = g_new0 (Act, 1);

  act->question_id = question->id;
  act->was_stop = was_stop;
  act->entry = sb_consent_entry_new ();
  act->entry->contact_id = question->contact_id;
  act->entry->at = question->at;
  act->entry->message_id = question->message_id;
  act->entry->words = g_strdup (question->text);
  act->entry->purpose = SB_PURPOSE_OFFERS;
  act->entry->answer = SB_ANSWER_NO;
  act->entry->method = SB_METHOD_READ;
  act->entry->channel = SB_CONSENT_CHANNEL_WHATSAPP;
  run (self, act, question_command, callback, user_data);
}

void
sb_engine_save_wording_async (SbEngine           *self,
                              gint64              wording_id,
                              SbWordingKind       kind,
                              const char         *language,
                              const char         *text,
                              const char         *reply,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  Act *act = g_new0 (Act, 1);

  act->wording_id = wording_id;
  act->kind = kind;
  act->language = g_strdup (language);
  act->text = g_strdup (text);
  act->reply = g_strdup (reply);
  run (self, act, wording_command, callback, user_data);
}

void
sb_engine_set_stop_words_async (SbEngine           *self,
                                const char         *language,
                                SbStopMeaning       meaning,
                                const char *const  *words,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  Act *act = g_new0 (Act, 1);

  act->language = g_strdup (language);
  act->meaning = meaning;
  act->words = g_strdupv ((char **) words);
  run (self, act, words_command, callback, user_data);
}

gint64
sb_engine_consent_finish (SbEngine     *self,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

char *
sb_engine_dup_wording_link (SbEngine        *self,
                            const SbWording *wording)
{
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (self));

  for (guint i = 0; i < lines->len && wording->reply != NULL; i++)
    {
      const SbLine    *line = lines->pdata[i];
      g_autofree char *digits = line->display_number != NULL ? sb_phone_normalize (line->display_number, NULL) : NULL;
      g_autofree char *words = g_uri_escape_string (wording->reply, NULL, TRUE);

      if (digits != NULL && line->state != SB_LINE_REMOVED)
        return g_strdup_printf ("https://wa.me/%s?text=%s", digits, words);
    }

  return NULL;
}
