/* Derived rows against a count from the beginning: the proof that no command forgot one, and the repair. */
#include "sb-store-private.h"

typedef struct
{
  const char *name;
  const char *kept;  /* (key, value) rows as they are kept */
  const char *truth; /* the same from the beginning */
  const char *repair;
} Proof;

static const Proof proofs[] = {
  { "counters",
    "SELECT key, value FROM counter WHERE key NOT IN ('forged', 'gaps', 'poison')",
    "SELECT 'unread', count(*) FROM thread WHERE unread > 0 AND status IN (1, 2) UNION ALL "
    "SELECT 'unanswered', count(*) FROM thread WHERE unanswered = 1 AND status IN (1, 2) UNION ALL "
    "SELECT 'open', count(*) FROM thread WHERE status IN (1, 2) UNION ALL "
    "SELECT 'snoozed', count(*) FROM thread WHERE status = 4 UNION ALL "
    "SELECT 'waiting', count(*) FROM outbox WHERE state = 2 UNION ALL "
    "SELECT 'sending', count(*) FROM outbox WHERE state = 3 UNION ALL "
    "SELECT 'failed', count(*) FROM outbox WHERE state = 8 AND settled = 0 UNION ALL "
    "SELECT 'unknown', count(*) FROM outbox WHERE state = 9 AND settled = 0",
    "UPDATE counter SET value = (SELECT n FROM (SELECT 'unread' k, count(*) n FROM thread WHERE unread > 0 AND status IN (1, 2) UNION ALL "
    "SELECT 'unanswered', count(*) FROM thread WHERE unanswered = 1 AND status IN (1, 2) UNION ALL "
    "SELECT 'open', count(*) FROM thread WHERE status IN (1, 2) UNION ALL SELECT 'snoozed', count(*) FROM thread WHERE status = 4 UNION ALL "
    "SELECT 'waiting', count(*) FROM outbox WHERE state = 2 UNION ALL SELECT 'sending', count(*) FROM outbox WHERE state = 3 UNION ALL "
    "SELECT 'failed', count(*) FROM outbox WHERE state = 8 AND settled = 0 UNION ALL "
    "SELECT 'unknown', count(*) FROM outbox WHERE state = 9 AND settled = 0) WHERE k = counter.key) WHERE key NOT IN ('forged', 'gaps', 'poison')" },
  { "unread messages",
    "SELECT id, unread FROM thread",
    "SELECT t.id, (SELECT count(*) FROM message m WHERE m.thread_id = t.id AND m.sent_at > t.read_at AND m.direction = 0 AND m.kind NOT IN (14, 16)) FROM thread t",
    "UPDATE thread SET unread = (SELECT count(*) FROM message m WHERE m.thread_id = thread.id AND m.sent_at > thread.read_at AND m.direction = 0 AND m.kind NOT IN (14, 16))" },
  { "who has a reading of their own",
    "SELECT thread_id || ':' || staff_id, last_at * 2 + pinned FROM reading",
    "SELECT t.id || ':' || s.id, t.last_at * 2 + t.pinned FROM staff s JOIN thread t WHERE s.own_reading = 1",
    "INSERT OR IGNORE INTO reading (thread_id, staff_id, read_at, unread, pinned, last_at) "
    "SELECT t.id, s.id, t.read_at, t.unread, t.pinned, t.last_at FROM staff s JOIN thread t WHERE s.own_reading = 1" },
  { "unread messages of one person",
    "SELECT thread_id || ':' || staff_id, unread FROM reading",
    "SELECT r.thread_id || ':' || r.staff_id, (SELECT count(*) FROM message m WHERE m.thread_id = r.thread_id AND m.sent_at > r.read_at AND m.direction = 0 AND m.kind NOT IN (14, 16)) "
    "FROM reading r",
    "UPDATE reading SET unread = (SELECT count(*) FROM message m WHERE m.thread_id = reading.thread_id AND m.sent_at > reading.read_at AND m.direction = 0 AND m.kind NOT IN (14, 16))" },
  { "conversations with something unread for one person",
    "SELECT id, n_unread FROM staff",
    "SELECT id, (SELECT count(*) FROM reading r JOIN thread t ON t.id = r.thread_id WHERE r.staff_id = staff.id AND r.unread > 0 AND t.status IN (1, 2)) FROM staff",
    "UPDATE staff SET n_unread = (SELECT count(*) FROM reading r JOIN thread t ON t.id = r.thread_id WHERE r.staff_id = staff.id AND r.unread > 0 AND t.status IN (1, 2))" },
  { "waiting, failed and unknown of a conversation",
    "SELECT id, n_waiting * 1000000 + n_failed * 1000 + n_unknown FROM thread",
    "SELECT t.id, coalesce (sum (CASE WHEN o.state IN (2, 3) THEN 1000000 WHEN o.settled = 1 THEN 0 WHEN o.state = 8 THEN 1000 WHEN o.state = 9 THEN 1 ELSE 0 END), 0) "
    "FROM thread t LEFT JOIN outbox o ON o.thread_id = t.id GROUP BY t.id",
    "UPDATE thread SET n_waiting = (SELECT count(*) FROM outbox o WHERE o.thread_id = thread.id AND o.state IN (2, 3)), "
    "n_failed = (SELECT count(*) FROM outbox o WHERE o.thread_id = thread.id AND o.state = 8 AND o.settled = 0), "
    "n_unknown = (SELECT count(*) FROM outbox o WHERE o.thread_id = thread.id AND o.state = 9 AND o.settled = 0)" },
  { "waiting of a line",
    "SELECT id, n_waiting FROM line",
    "SELECT l.id, (SELECT count(*) FROM outbox o WHERE o.line_id = l.id AND o.state = 2) FROM line l",
    "UPDATE line SET n_waiting = (SELECT count(*) FROM outbox o WHERE o.line_id = line.id AND o.state = 2)" },
  { "newest message of a conversation",
    "SELECT id, last_message_id FROM thread WHERE last_message_id != 0",
    "SELECT thread_id, id FROM (SELECT thread_id, id, row_number () OVER (PARTITION BY thread_id ORDER BY sent_at DESC, id DESC) n FROM message WHERE direction IN (0, 1)) WHERE n = 1",
    NULL },
  { "place of a tag",
    "SELECT tag_id || ':' || thread_id, last_at * 2 + pinned FROM thread_tag",
    "SELECT g.tag_id || ':' || t.id, t.last_at * 2 + t.pinned FROM thread_tag g JOIN thread t ON t.id = g.thread_id",
    NULL },
  { "messages of a day",
    "SELECT day || ':' || line_id || ':' || direction || ':' || status, n FROM stat_daily WHERE n != 0",
    "SELECT (sent_at / 86400000) || ':' || line_id || ':' || direction || ':' || status, count(*) FROM message WHERE direction IN (0, 1) GROUP BY 1",
    NULL },
  { "what a person may receive",
    "SELECT id, consent FROM contact",
    "SELECT contact_id, consent FROM consent_now",
    "UPDATE contact SET consent = (SELECT consent FROM consent_now WHERE contact_id = contact.id)" },
  { "people by what they may receive",
    "SELECT consent, n FROM consent_count",
    "SELECT k.consent, (SELECT count(*) FROM contact p WHERE p.consent = k.consent AND p.removed = 0) FROM consent_count k",
    "UPDATE consent_count SET n = (SELECT count(*) FROM contact p WHERE p.consent = consent_count.consent AND p.removed = 0)" },
  { "messages of a person",
    "SELECT contact_id, last_in_at || ':' || last_out_at || ':' || n_messages FROM contact_stat WHERE n_messages != 0",
    "SELECT t.contact_id, max (iif (direction = 0, sent_at, 0)) || ':' || max (iif (direction = 1, sent_at, 0)) || ':' || count (*) "
    "FROM message m JOIN thread t ON t.id = m.thread_id WHERE direction IN (0, 1) AND kind NOT IN (14, 16) GROUP BY t.contact_id",
    "INSERT OR REPLACE INTO contact_stat (contact_id, last_in_at, last_out_at, n_messages) "
    "SELECT t.contact_id, max (iif (direction = 0, sent_at, 0)), max (iif (direction = 1, sent_at, 0)), count (*) "
    "FROM message m JOIN thread t ON t.id = m.thread_id WHERE direction IN (0, 1) AND kind NOT IN (14, 16) GROUP BY t.contact_id" },
  { "status of the outbox",
    "SELECT message_id, state FROM outbox",
    "SELECT o.message_id, m.status FROM outbox o JOIN message m ON m.id = o.message_id",
    NULL },
};

static GHashTable *
table_of (SbDb       *db,
          const char *sql,
          GError    **error)
{
  GHashTable   *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sqlite3_stmt *statement = sb_db_query (db, error, sql, "");

  while (sb_db_step (db, statement, error))
    g_hash_table_insert (table, sb_db_dup_column (statement, 0), sb_db_dup_column (statement, 1));

  return table;
}

static void
compare (const char *name,
         GHashTable *kept,
         GHashTable *truth,
         GPtrArray  *differences)
{
  GHashTableIter iter;
  gpointer       key, value;

  g_hash_table_iter_init (&iter, truth);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (g_strcmp0 (g_hash_table_lookup (kept, key), value) != 0)
      g_ptr_array_add (differences, g_strdup_printf ("%s: %s is kept as %s and counted as %s", name, (char *) key,
                                                     (char *) g_hash_table_lookup (kept, key), (char *) value));

  g_hash_table_iter_init (&iter, kept);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!g_hash_table_contains (truth, key))
      g_ptr_array_add (differences, g_strdup_printf ("%s: %s is kept and should not be", name, (char *) key));
}

/* Shared with the reader's check: looks only. */
gboolean
sb_recount_compare (SbDb      *db,
                    GPtrArray *differences,
                    GError   **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (proofs); i++)
    {
      g_autoptr (GError)     failure = NULL;
      g_autoptr (GHashTable) kept = table_of (db, proofs[i].kept, &failure);
      g_autoptr (GHashTable) truth = failure == NULL ? table_of (db, proofs[i].truth, &failure) : NULL;

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      compare (proofs[i].name, kept, truth, differences);
    }

  return TRUE;
}

/* Adds a sentence to @differences for each kept number that is wrong; with @repair, sets it right. */
gboolean
sb_writer_recount (SbWriter  *self,
                   gboolean   repair,
                   GPtrArray *differences,
                   GError   **error)
{
  if (!sb_recount_compare (self->db, differences, error))
    return FALSE;

  for (gsize i = 0; repair && i < G_N_ELEMENTS (proofs); i++)
    if (proofs[i].repair != NULL && !sb_db_exec (self->db, error, proofs[i].repair, ""))
      return FALSE;

  return TRUE;
}
