/* Words in one conversation: which of its messages have them, and how they are written there. */
#include "sb-find.h"

#include <string.h>

#include "sb-store-private.h"

/* A conversation up to this long is walked message by message; a longer one through the index of the words. */
#define SHORT_THREAD 2000
#define MOST_WORDS   100
#define LONGEST      1000
#define REVOKED      "2"
#define MARK_START   1
#define MARK_END     2

/* Quoted for the index, so that nothing a person types is ever syntax; (nullable): signs alone are no words. */
static char *
make_match (SbDb       *db,
            const char *text)
{
  g_autofree char      *valid = g_utf8_make_valid (text, -1);
  g_auto (GStrv)        words = g_strsplit_set (valid, " \t\r\n", -1);
  g_autoptr (GString)   match = g_string_new (NULL);
  const char           *last = NULL;
  gsize                 last_at = 0;
  g_autoptr (GPtrArray) endings = NULL;

  for (char **word = words; *word != NULL; word++)
    if (sb_search_has_letter (*word))
      {
        last = word[1] == NULL && g_utf8_strlen (*word, -1) >= 2 ? *word : NULL;
        last_at = match->len;
        sb_search_add_word (match, *word, last != NULL);
      }
  if (match->len == 0)
    return NULL;
  endings = last != NULL ? sb_words_with_beginning (db, last, MOST_WORDS) : NULL;
  if (endings == NULL || endings->len == 0)
    return g_string_free (g_steal_pointer (&match), FALSE);

  /* The index walks whole words faster than beginnings. */
  g_string_truncate (match, last_at);
  g_string_append (match, last_at > 0 ? " AND (" : "(");
  for (guint i = 0; i < endings->len; i++)
    g_string_append_printf (match, "%s\"%s\"", i > 0 ? " OR " : "", (char *) endings->pdata[i]);
  g_string_append_c (match, ')');

  return g_string_free (g_steal_pointer (&match), FALSE);
}

#define WALK                                                                                                \
  "SELECT m.id FROM message m WHERE m.thread_id = ?1 AND m.flags & " REVOKED " = 0 AND m.text IS NOT NULL " \
  "AND EXISTS (SELECT 1 FROM message_fts f WHERE f.rowid = m.id AND message_fts MATCH ?2) ORDER BY m.sent_at DESC, m.id DESC"
#define BY_WORDS                                                                                                                     \
  "SELECT m.id FROM message_fts f CROSS JOIN message m ON m.id = f.rowid WHERE message_fts MATCH ?2 "                                \
  "AND f.rowid BETWEEN (SELECT min (id) FROM message WHERE thread_id = ?1) AND (SELECT max (id) FROM message WHERE thread_id = ?1) " \
  "AND m.thread_id = ?1 AND m.flags & " REVOKED " = 0 ORDER BY m.sent_at DESC, m.id DESC"

/* Returns: (transfer full) (nullable): NULL when there is nothing to look for */
GArray *
sb_reader_find_in_thread (SbReader   *self,
                          gint64      thread_id,
                          const char *words)
{
  SbDb            *db = sb_reader_get_db (self);
  g_autofree char *match = strlen (words) <= LONGEST ? make_match (db, words) : NULL;
  GArray          *ids;
  sqlite3_stmt    *s;
  gint64           length;

  if (match == NULL)
    return NULL;

  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  length = sb_db_int (db, 0, "SELECT count(*) FROM (SELECT 1 FROM message WHERE thread_id = ? LIMIT ?)", "in", thread_id, SHORT_THREAD + 1);
  s = sb_db_query (db, NULL, length <= SHORT_THREAD ? WALK : BY_WORDS, "is", thread_id, match);
  while (sb_db_step (db, s, NULL))
    {
      gint64 id = sqlite3_column_int64 (s, 0);

      g_array_append_val (ids, id);
    }

  return ids;
}

/* Returns: (transfer full): as they stand in this message, such as "Café" for "cafe"; empty when they do not */
GStrv
sb_reader_list_found_words (SbReader   *self,
                            gint64      message_id,
                            const char *words)
{
  SbDb                    *db = sb_reader_get_db (self);
  g_autofree char         *match = strlen (words) <= LONGEST ? make_match (db, words) : NULL;
  g_autofree char         *marked = NULL;
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();

  if (match != NULL)
    marked = sb_db_text (db, "SELECT highlight (message_fts, 0, char (1), char (2)) FROM message_fts WHERE rowid = ? AND message_fts MATCH ?", "is", message_id, match);
  for (const char *start = marked != NULL ? strchr (marked, MARK_START) : NULL; start != NULL; start = strchr (start, MARK_START))
    {
      const char *end = strchr (start + 1, MARK_END);

      if (end == NULL)
        break;
      g_strv_builder_take (found, g_strndup (start + 1, end - start - 1));
      start = end;
    }

  return g_strv_builder_end (found);
}
