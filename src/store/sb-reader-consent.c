/* The ledger as it is read: one person's, everybody's, the wordings and the words that stop. */
#include "sb-reader-consent.h"

#include "sb-phone.h"
#include "sb-reader-private.h"
#include "sb-store-private.h"

/* The person ?1 and those who became them. */
#define OF_ONE "(SELECT ?1 UNION ALL SELECT id FROM contact WHERE merged_into = ?1 AND merged_into != 0)"

SbConsent
sb_reader_get_consent (SbReader *self,
                       gint64    contact_id)
{
  return sb_db_int (sb_reader_get_db (self), SB_CONSENT_NONE, "SELECT consent FROM contact WHERE id = ?", "i", contact_id);
}

/* Of offers and of orders: the entry that decides, also where people became one. */
static const char *const answers[] = { "SELECT answer FROM consent WHERE id = (SELECT orders_id FROM consent_deciding WHERE contact_id = ?)",
                                       "SELECT answer FROM consent WHERE id = (SELECT offers_id FROM consent_deciding WHERE contact_id = ?)" };
static const char *const times[] = { "SELECT at FROM consent WHERE id = (SELECT orders_id FROM consent_deciding WHERE contact_id = ?)",
                                     "SELECT at FROM consent WHERE id = (SELECT offers_id FROM consent_deciding WHERE contact_id = ?)" };

SbAnswer
sb_reader_get_answer (SbReader *self,
                      gint64    contact_id,
                      SbPurpose purpose)
{
  return sb_db_int (sb_reader_get_db (self), 0, answers[purpose == SB_PURPOSE_OFFERS ? 1 : 0], "i", contact_id);
}

gint64
sb_reader_get_answer_time (SbReader *self,
                           gint64    contact_id,
                           SbPurpose purpose)
{
  return sb_db_int (sb_reader_get_db (self), 0, times[purpose == SB_PURPOSE_OFFERS ? 1 : 0], "i", contact_id);
}

gboolean
sb_reader_has_consent_entries (SbReader *self,
                               gint64    contact_id)
{
  return sb_db_int (sb_reader_get_db (self), 0, "SELECT 1 FROM consent WHERE contact_id IN " OF_ONE " LIMIT 1", "i", contact_id) != 0;
}

/* The person with @number in any spelling, also one who has not written yet; 0 for nobody. */
gint64
sb_reader_find_contact_of_number (SbReader   *self,
                                  const char *number)
{
  g_autofree char *plus = g_strconcat ("+", number, NULL);
  g_autofree char *digits = sb_phone_normalize (number, NULL);

  if (digits == NULL)
    digits = sb_phone_normalize (plus, NULL);

  return sb_reader_find_number (self, digits != NULL ? digits : number);
}

/* -- entries -- */

/* What to call somebody, in three columns: by name, by number, by user name. The last says whether they are there at all. */
#define NAME     "coalesce (nullif (p.name, ''), nullif (p.profile_name, ''))"
#define NUMBER   "(SELECT value FROM identity i WHERE i.contact_id = p.id AND kind IN (1, 2) ORDER BY kind LIMIT 1)"
#define USERNAME "(SELECT value FROM identity i WHERE i.contact_id = p.id AND kind = 5 LIMIT 1)"
#define CALLED   NUMBER ", " USERNAME ", p.id"

/* NULL: erased. @column: of the name, @called: of the number */
static char *
name_from (SbReader     *self,
           sqlite3_stmt *s,
           int           column,
           int           called)
{
  const char *number = (const char *) sqlite3_column_text (s, called);
  const char *username = (const char *) sqlite3_column_text (s, called + 1);
  char       *name = sb_db_dup_column (s, column);

  if (name != NULL || sqlite3_column_int64 (s, called + 2) == 0)
    return name;
  if (number != NULL && sb_reader_format_number (self, number)[0] != '\0')
    return g_strdup (sb_reader_format_number (self, number));

  return number != NULL ? g_strconcat ("+", number, NULL) : username != NULL ? g_strconcat ("@", username, NULL)
                                                                             : g_strdup ("?");
}

#define COLUMNS                                                                                                                                                              \
  "c.id, coalesce (p.id, c.contact_id), c.at, c.recorded_at, c.purpose, c.answer, c.method, c.channel, c.wording_id, c.words, c.note, c.line_id, c.message_id, c.reply_id, " \
  "c.evidence, c.evidence_name, c.author, c.staff_id, c.refers_id, c.n, " NAME ", p.consent, "                                                                               \
  "coalesce ((SELECT answer FROM consent r WHERE r.refers_id = c.id AND r.refers_id != 0 AND +r.answer IN (3, 5) ORDER BY r.id DESC LIMIT 1), 5) = 5, "                      \
  "(SELECT name FROM staff s WHERE s.id = c.staff_id), (SELECT name FROM line l WHERE l.id = c.line_id), w.number, w.text, "                                                 \
  "(SELECT text FROM message m WHERE m.id = c.reply_id), (SELECT sent_at FROM message m WHERE m.id = c.reply_id), " CALLED

/* Under the name of whom they are now. */
#define FROM_CONSENT \
  "FROM consent c LEFT JOIN contact o ON o.id = c.contact_id LEFT JOIN contact p ON p.id = coalesce (nullif (o.merged_into, 0), o.id) LEFT JOIN wording w ON w.id = c.wording_id "

static SbConsentEntry *
entry_from (SbReader     *self,
            sqlite3_stmt *s)
{
  SbConsentEntry *entry = sb_consent_entry_new ();

  entry->id = sqlite3_column_int64 (s, 0);
  entry->contact_id = sqlite3_column_int64 (s, 1);
  entry->at = sqlite3_column_int64 (s, 2);
  entry->recorded_at = sqlite3_column_int64 (s, 3);
  entry->purpose = sqlite3_column_int (s, 4);
  entry->answer = sqlite3_column_int (s, 5);
  entry->method = sqlite3_column_int (s, 6);
  entry->channel = sqlite3_column_int (s, 7);
  entry->wording_id = sqlite3_column_int64 (s, 8);
  entry->words = sb_db_dup_column (s, 9);
  entry->note = sb_db_dup_column (s, 10);
  entry->line_id = sqlite3_column_int64 (s, 11);
  entry->message_id = sqlite3_column_int64 (s, 12);
  entry->reply_id = sqlite3_column_int64 (s, 13);
  entry->evidence = sb_db_dup_column (s, 14);
  entry->evidence_name = sb_db_dup_column (s, 15);
  entry->author = sqlite3_column_int (s, 16);
  entry->staff_id = sqlite3_column_int64 (s, 17);
  entry->refers_id = sqlite3_column_int64 (s, 18);
  entry->n = sqlite3_column_int (s, 19);
  entry->name = name_from (self, s, 20, 29);
  entry->now = sqlite3_column_int (s, 21);
  entry->stands = sqlite3_column_int (s, 22);
  entry->staff_name = sb_db_dup_column (s, 23);
  entry->line_name = sb_db_dup_column (s, 24);
  entry->wording_number = sqlite3_column_int (s, 25);
  entry->wording_text = sb_db_dup_column (s, 26);
  entry->reply_text = sb_db_dup_column (s, 27);
  entry->reply_at = sqlite3_column_int64 (s, 28);

  return entry;
}

static GPtrArray *
entries_from (SbReader     *self,
              sqlite3_stmt *s)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_consent_entry_free);

  while (s != NULL && sb_db_step (sb_reader_get_db (self), s, NULL))
    g_ptr_array_add (entries, entry_from (self, s));

  return entries;
}

GPtrArray *
sb_reader_list_ledger (SbReader    *self,
                       SbLedgerView view,
                       SbConsent    state,
                       gint64       after_id,
                       guint        limit)
{
  SbDb  *db = sb_reader_get_db (self);
  gint64 before = after_id != 0 ? after_id : G_MAXINT64;

  switch (view)
    {
    case SB_LEDGER_YES:
    case SB_LEDGER_OPTED_OUT:
      return entries_from (self, sb_db_query (db, NULL, "SELECT " COLUMNS " " FROM_CONSENT "WHERE c.answer = ? AND c.id < ? ORDER BY c.id DESC LIMIT ?", "nin",
                                              view == SB_LEDGER_YES ? (int) SB_ANSWER_YES : (int) SB_ANSWER_NO, before, (int) limit));
    case SB_LEDGER_PEOPLE:
      return entries_from (self, sb_db_query (db, NULL,
                                              "SELECT coalesce (c.id, 0), p.id, coalesce (c.at, 0), c.recorded_at, c.purpose, c.answer, c.method, c.channel, c.wording_id, c.words, c.note, c.line_id, c.message_id, c.reply_id, "
                                              "c.evidence, c.evidence_name, c.author, c.staff_id, c.refers_id, c.n, " NAME ", p.consent, 1, (SELECT name FROM staff s WHERE s.id = c.staff_id), "
                                              "(SELECT name FROM line l WHERE l.id = c.line_id), w.number, w.text, NULL, 0, " CALLED " "
                                              "FROM contact p LEFT JOIN consent c ON c.id = (SELECT id FROM consent_standing x WHERE x.contact_id IN (SELECT p.id UNION ALL SELECT m.id FROM contact m WHERE m.merged_into = p.id AND m.merged_into != 0) "
                                              "ORDER BY at DESC, x.id DESC LIMIT 1) "
                                              "LEFT JOIN wording w ON w.id = c.wording_id WHERE p.removed = 0 AND p.consent = ? AND p.id < ? ORDER BY p.id DESC LIMIT ?",
                                              "nin", (int) state, before, (int) limit));
    case SB_LEDGER_ALL:
    default:
      return entries_from (self, sb_db_query (db, NULL, "SELECT " COLUMNS " " FROM_CONSENT "WHERE c.id < ? ORDER BY c.id DESC LIMIT ?", "in", before, (int) limit));
    }
}

GPtrArray *
sb_reader_list_consent_of (SbReader *self,
                           gint64    contact_id)
{
  return entries_from (self, sb_db_query (sb_reader_get_db (self), NULL, "SELECT " COLUMNS " " FROM_CONSENT "WHERE c.contact_id IN " OF_ONE " ORDER BY c.at, c.id LIMIT 500", "i", contact_id));
}

/* (nullable) */
SbConsentEntry *
sb_reader_get_consent_entry (SbReader *self,
                             gint64    id)
{
  g_autoptr (GPtrArray) entries = entries_from (self, sb_db_query (sb_reader_get_db (self), NULL, "SELECT " COLUMNS " " FROM_CONSENT "WHERE c.id = ?", "i", id));

  return entries->len > 0 ? sb_consent_entry_copy (entries->pdata[0]) : NULL;
}

void
sb_reader_count_consents (SbReader *self,
                          int       counts[SB_N_CONSENTS])
{
  for (int i = 0; i < SB_N_CONSENTS; i++)
    counts[i] = sb_db_int (sb_reader_get_db (self), 0, "SELECT n FROM consent_count WHERE consent = ?", "n", i);
}

/* -- questions -- */

GPtrArray *
sb_reader_list_consent_questions (SbReader *self,
                                  guint     limit)
{
  GPtrArray    *questions = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_consent_question_free);
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL,
                                 "SELECT q.id, p.id, m.thread_id, q.message_id, m.sent_at, " NAME ", m.text, " CALLED " FROM consent_question q JOIN message m ON m.id = q.message_id "
                                 "JOIN contact o ON o.id = q.contact_id JOIN contact p ON p.id = coalesce (nullif (o.merged_into, 0), o.id) WHERE q.state = 0 ORDER BY q.id LIMIT ?",
                                 "n", (int) limit);

  while (s != NULL && sb_db_step (sb_reader_get_db (self), s, NULL))
    {
      SbConsentQuestion *question = g_new0 (SbConsentQuestion, 1);

      question->id = sqlite3_column_int64 (s, 0);
      question->contact_id = sqlite3_column_int64 (s, 1);
      question->thread_id = sqlite3_column_int64 (s, 2);
      question->message_id = sqlite3_column_int64 (s, 3);
      question->at = sqlite3_column_int64 (s, 4);
      question->name = name_from (self, s, 5, 7);
      question->text = sb_db_dup_column (s, 6);
      g_ptr_array_add (questions, question);
    }

  return questions;
}

/* Who wrote it, whoever that is by now; 0 for none. */
gint64
sb_reader_get_question_writer (SbReader *self,
                               gint64    question_id)
{
  return sb_db_int (sb_reader_get_db (self), 0, "SELECT contact_id FROM consent_question WHERE id = ?", "i", question_id);
}

/* Up to a hundred; more is not worth a number. */
int
sb_reader_count_consent_questions (SbReader *self)
{
  return sb_db_int (sb_reader_get_db (self), 0, "SELECT count(*) FROM (SELECT 1 FROM consent_question WHERE state = 0 LIMIT 100)", "");
}

/* -- wordings -- */

#define WORDING "SELECT id, kind, number, language, text, reply, at, retired_at FROM wording "

static SbWording *
wording_from (sqlite3_stmt *s)
{
  SbWording *wording = g_new0 (SbWording, 1);

  wording->id = sqlite3_column_int64 (s, 0);
  wording->kind = sqlite3_column_int (s, 1);
  wording->number = sqlite3_column_int (s, 2);
  wording->language = sb_db_dup_column (s, 3);
  wording->text = sb_db_dup_column (s, 4);
  wording->reply = sb_db_dup_column (s, 5);
  wording->at = sqlite3_column_int64 (s, 6);
  wording->retired_at = sqlite3_column_int64 (s, 7);

  return wording;
}

/* Newest first. */
GPtrArray *
sb_reader_list_wordings (SbReader     *self,
                         SbWordingKind kind)
{
  GPtrArray    *wordings = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_wording_free);
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL, WORDING "WHERE ?1 = 0 OR kind = ?1 ORDER BY kind, number DESC LIMIT 1000", "n", (int) kind);

  while (s != NULL && sb_db_step (sb_reader_get_db (self), s, NULL))
    g_ptr_array_add (wordings, wording_from (s));

  return wordings;
}

static SbWording *
one_wording (SbReader     *self,
             sqlite3_stmt *s)
{
  SbWording *wording = s != NULL && sb_db_step (sb_reader_get_db (self), s, NULL) ? wording_from (s) : NULL;

  if (s != NULL)
    sb_db_done (s);

  return wording;
}

SbWording *
sb_reader_get_wording (SbReader *self,
                       gint64    id)
{
  return one_wording (self, sb_db_query (sb_reader_get_db (self), NULL, WORDING "WHERE id = ?", "i", id));
}

gint64
sb_reader_find_wording_reply (SbReader   *self,
                              const char *folded)
{
  return sb_db_int (sb_reader_get_db (self), 0, "SELECT id FROM wording WHERE reply_folded = ? ORDER BY id DESC LIMIT 1", "s", folded);
}

SbWording *
sb_reader_get_wording_in_use (SbReader     *self,
                              SbWordingKind kind,
                              const char   *language)
{
  return one_wording (self, sb_db_query (sb_reader_get_db (self), NULL, WORDING "WHERE kind = ?1 AND retired_at = 0 ORDER BY language != ?2, language != 'en', id LIMIT 1", "ns", (int) kind, language != NULL ? language : ""));
}

/* -- words -- */

SbStopMeaning
sb_reader_find_stop_word (const char *folded,
                          char       *language,
                          gboolean   *asks,
                          gpointer    data)
{
  SbDb         *db = sb_reader_get_db (data);
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT meaning, asks, language FROM stop_word WHERE folded = ?", "s", folded);
  SbStopMeaning meaning = SB_STOP_NOT;

  if (s != NULL && sb_db_step (db, s, NULL))
    {
      meaning = sqlite3_column_int (s, 0);
      *asks = sqlite3_column_int (s, 1) != 0;
      g_strlcpy (language, (const char *) sqlite3_column_text (s, 2), 8);
    }
  if (s != NULL)
    sb_db_done (s);

  return meaning;
}

void
sb_stop_word_free (SbStopWord *self)
{
  g_free (self->word);
  g_free (self->language);
  g_free (self);
}

GPtrArray *
sb_reader_list_stop_words (SbReader *self)
{
  GPtrArray    *words = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_stop_word_free);
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL, "SELECT word, language, meaning FROM stop_word ORDER BY language, meaning, folded", "");

  while (s != NULL && sb_db_step (sb_reader_get_db (self), s, NULL))
    {
      SbStopWord *word = g_new0 (SbStopWord, 1);

      word->word = sb_db_dup_column (s, 0);
      word->language = sb_db_dup_column (s, 1);
      word->meaning = sqlite3_column_int (s, 2);
      g_ptr_array_add (words, word);
    }

  return words;
}
