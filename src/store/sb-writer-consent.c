/* The consent ledger as it is written. */
#include "sb-writer-consent.h"

#include "sb-person-traces.h"
#include "sb-store-private.h"
#include "sb-writer-refusals.h"

static gboolean
tell (SbWriter *self,
      gint64    contact_id,
      gint64    entry_id,
      SbAnswer  answer,
      GError  **error)
{
  g_autofree char *data = g_strdup_printf ("{\"entry\":\"%" G_GINT64_FORMAT "\",\"answer\":\"%s\"}", entry_id, sb_answer_get_name (answer));
  SbEvent          event = { .kind = SB_EVENT_CONSENT, .contact_id = contact_id, .actor = self->actor, .staff_id = self->staff_id, .data = data };

  event.thread_id = sb_db_int (self->db, 0, "SELECT id FROM thread WHERE contact_id = ?", "i", contact_id);

  return sb_writer_append_event (self, &event, error);
}

#define INSERT                                                                                                                             \
  "INSERT INTO consent (id, contact_id, at, recorded_at, purpose, answer, method, channel, wording_id, words, note, line_id, message_id, " \
  "reply_id, evidence, evidence_name, author, staff_id, refers_id, n) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

gint64
sb_writer_add_consent (SbWriter             *self,
                       const SbConsentEntry *entry,
                       GError              **error)
{
  gint64    id = sb_writer_new_id (self);
  gint64    now = sb_writer_now (self);
  SbRefusal was = sb_writer_get_refusal (self, entry->contact_id);
  SbAuthor  author = entry->author != 0 ? entry->author : self->actor != 0 ? self->actor
                                                                           : SB_AUTHOR_SHOPBELL;

  if (sb_db_int (self->db, 0, "SELECT 1 FROM contact WHERE id = ?", "i", entry->contact_id) == 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, "There is no such contact");
      return 0;
    }
  /* An entry that takes another back is itself no target of Undo. */
  if (entry->answer <= SB_ANSWER_NO && !sb_undo_keep (self, "consent", id, error))
    return 0;

  return sb_db_exec (self->db, error, INSERT, "iiiinnnnissiiissniin", id, entry->contact_id, entry->at != 0 ? MIN (entry->at, now) : now, now, (int) entry->purpose, (int) entry->answer,
                     (int) entry->method, (int) entry->channel, entry->wording_id, entry->words, entry->note, entry->line_id, entry->message_id, entry->reply_id, entry->evidence,
                     entry->evidence_name, (int) author, entry->staff_id != 0 ? entry->staff_id : author == SB_AUTHOR_STAFF ? self->staff_id
                                                                                                                            : 0,
                     entry->refers_id, entry->n) &&
                 tell (self, entry->contact_id, id, entry->answer, error) &&
                 (entry->method == SB_METHOD_JOURNAL || sb_writer_note_refusal (self, entry->contact_id, &was, error))
             ? id
             : 0;
}

gboolean
sb_writer_withdraw_consent (SbWriter *self,
                            gint64    entry_id,
                            gboolean  stands_again,
                            GError  **error)
{
  g_autoptr (SbConsentEntry) was = sb_reader_get_consent_entry (self->reader, entry_id);
  SbConsentEntry             entry = { .answer = stands_again ? SB_ANSWER_RESTORED : SB_ANSWER_WITHDRAWN, .method = SB_METHOD_SHOPBELL, .refers_id = entry_id };

  if (was == NULL || was->answer > SB_ANSWER_NO)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, "There is no such entry");
      return FALSE;
    }
  /* Under whom it was written, whoever that is by now. */
  entry.contact_id = sb_db_int (self->db, was->contact_id, "SELECT contact_id FROM consent WHERE id = ?", "i", entry_id);
  entry.purpose = was->purpose;
  entry.channel = was->channel;

  return sb_writer_add_consent (self, &entry, error) != 0;
}

gboolean
sb_writer_take_back_consent (SbWriter *self,
                             gint64    entry_id,
                             GError  **error)
{
  return sb_undo_keep (self, "consent", entry_id, error) && sb_writer_withdraw_consent (self, entry_id, FALSE, error);
}

/* The two conditions on the state: the index is only of rows that wait or are under way. */
#define REFUSED                                                                                                                        \
  "SELECT m.id FROM outbox o JOIN message m ON m.id = o.message_id WHERE o.thread_id = (SELECT id FROM thread WHERE contact_id = ?1) " \
  "AND o.state IN (2, 3) AND o.state = 2 AND m.kind = 12 AND (upper (json_extract (m.data, '$.category')) = 'MARKETING' OR "           \
  "(?2 AND upper (json_extract (m.data, '$.category')) = 'UTILITY')) ORDER BY o.id"

int
sb_writer_cancel_refused (SbWriter *self,
                          gint64    contact_id,
                          gint64    entry_id,
                          GError  **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64             person = sb_person_of (self->db, contact_id); /* what waits is with whom they are now */
  gboolean           orders = sb_reader_get_answer (self->reader, person, SB_PURPOSE_ORDERS) == SB_ANSWER_NO;
  SbConsentEntry     entry = { .contact_id = contact_id, .purpose = SB_PURPOSE_OFFERS, .answer = SB_ANSWER_FOLLOWED, .method = SB_METHOD_SHOPBELL, .channel = SB_CONSENT_CHANNEL_WHATSAPP, .refers_id = entry_id };
  sqlite3_stmt      *statement;

  if (sb_reader_get_answer (self->reader, person, SB_PURPOSE_OFFERS) == SB_ANSWER_YES)
    return 0;
  statement = sb_db_query (self->db, error, REFUSED, "in", person, orders ? 1 : 0);
  if (statement == NULL)
    return -1;
  while (sb_db_step (self->db, statement, error))
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len; i++)
    if (!sb_writer_cancel (self, g_array_index (ids, gint64, i), error))
      return -1;
  entry.n = ids->len;

  return ids->len == 0 || sb_writer_add_consent (self, &entry, error) != 0 ? (int) ids->len : -1;
}

/* -- wordings and words -- */

gint64
sb_writer_add_wording (SbWriter     *self,
                       SbWordingKind kind,
                       const char   *language,
                       const char   *text,
                       const char   *reply,
                       GError      **error)
{
  gint64           id = sb_writer_new_id (self);
  gint64           now = sb_writer_now (self);
  int              number = sb_db_int (self->db, 0, "SELECT max (number) FROM wording WHERE kind = ?", "n", (int) kind) + 1;
  g_autofree char *folded = reply != NULL && reply[0] != '\0' ? sb_stop_fold (reply) : NULL;

  if (text == NULL || text[0] == '\0' || (folded != NULL && folded[0] == '\0'))
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "A wording needs words");
      return 0;
    }

  return sb_db_exec (self->db, error, "UPDATE wording SET retired_at = ? WHERE kind = ? AND language = ? AND retired_at = 0", "ins", now, (int) kind, language) &&
                 sb_db_exec (self->db, error, "INSERT INTO wording (id, kind, number, language, text, reply, reply_folded, at, staff_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "innssssii",
                             id, (int) kind, number, language, text, folded != NULL ? reply : NULL, folded, now, self->staff_id) &&
                 sb_writer_event (self, SB_EVENT_WORDING, 0, 0, NULL, error)
             ? id
             : 0;
}

gboolean
sb_writer_retire_wording (SbWriter *self,
                          gint64    wording_id,
                          GError  **error)
{
  return sb_db_exec (self->db, error, "UPDATE wording SET retired_at = ? WHERE id = ? AND retired_at = 0", "ii", sb_writer_now (self), wording_id) &&
         sb_writer_event (self, SB_EVENT_WORDING, 0, 0, NULL, error);
}

/* What is no longer in the list of this language and meaning. */
static gboolean
remove_other_words (SbWriter          *self,
                    const char        *language,
                    SbStopMeaning      meaning,
                    const char *const *words,
                    GError           **error)
{
  g_autoptr (GPtrArray) known = sb_reader_list_stop_words (self->reader);

  for (guint i = 0; i < known->len; i++)
    {
      const SbStopWord *word = known->pdata[i];
      g_autofree char  *folded = sb_stop_fold (word->word);
      gboolean          stays = word->meaning != meaning || !g_str_equal (word->language, language);

      for (const char *const *one = words; *one != NULL && !stays; one++)
        {
          g_autofree char *other = sb_stop_fold (*one);

          stays = g_str_equal (other, folded);
        }
      if (!stays && !sb_db_exec (self->db, error, "DELETE FROM stop_word WHERE folded = ?", "s", folded))
        return FALSE;
    }

  return TRUE;
}

gboolean
sb_writer_set_stop_words (SbWriter          *self,
                          const char        *language,
                          SbStopMeaning      meaning,
                          const char *const *words,
                          GError           **error)
{
  if (!remove_other_words (self, language, meaning, words, error))
    return FALSE;

  for (; *words != NULL; words++)
    {
      g_autofree char *folded = sb_stop_fold (*words);
      g_autofree char *word = g_strstrip (g_strdup (*words));

      /* A word that another language has already means there what it means; what was in the list before asks as before. */
      if (folded[0] != '\0' &&
          !sb_db_exec (self->db, error, "INSERT INTO stop_word (folded, word, language, meaning, asks) VALUES (?, ?, ?, ?, ?) "
                                        "ON CONFLICT (folded) DO UPDATE SET word = excluded.word, meaning = excluded.meaning WHERE language = excluded.language",
                       "sssnn", folded, word, language,
                       (int) meaning, meaning == SB_STOP_OFFERS || meaning == SB_STOP_EVERYTHING ? 1 : 0))
        return FALSE;
    }

  return sb_writer_event (self, SB_EVENT_WORDING, 0, 0, NULL, error);
}

/* -- questions -- */

gint64
sb_writer_add_consent_question (SbWriter *self,
                                gint64    contact_id,
                                gint64    message_id,
                                GError  **error)
{
  gint64 id = sb_writer_new_id (self);

  return sb_db_exec (self->db, error, "INSERT INTO consent_question (id, contact_id, message_id, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", "iiii", id, contact_id, message_id,
                     sb_writer_now (self)) &&
                 sb_writer_event (self, SB_EVENT_CONSENT_QUESTION, sb_db_int (self->db, 0, "SELECT thread_id FROM message WHERE id = ?", "i", message_id), message_id, NULL, error)
             ? id
             : 0;
}

gboolean
sb_writer_settle_consent_question (SbWriter *self,
                                   gint64    question_id,
                                   gboolean  was_stop,
                                   GError  **error)
{
  gint64 message_id = sb_db_int (self->db, 0, "SELECT message_id FROM consent_question WHERE id = ? AND state = 0", "i", question_id);

  if (message_id == 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "This was answered meanwhile");
      return FALSE;
    }

  return sb_undo_keep (self, "consent.question", question_id, error) &&
         sb_db_exec (self->db, error, "UPDATE consent_question SET state = ?, staff_id = ?, settled_at = ? WHERE id = ?", "niii", was_stop ? 1 : 2, self->staff_id, sb_writer_now (self), question_id) &&
         sb_writer_event (self, SB_EVENT_CONSENT_QUESTION, sb_db_int (self->db, 0, "SELECT thread_id FROM message WHERE id = ?", "i", message_id), message_id, NULL, error);
}
