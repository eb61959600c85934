/* Which words of the messages begin with what was typed, without looking at the messages. */
#include "sb-store-private.h"

#include <string.h>

#include "sb-tokenizer.h"

#define MAKE "CREATE VIRTUAL TABLE IF NOT EXISTS temp.message_word USING fts5vocab (main, message_fts, instance)"
#define NEXT "SELECT term FROM temp.message_word WHERE term >= ? LIMIT 1"

/* The first word in the index that is not before @from. A row for each place a word stands at; only the first is asked for. */
static char *
next_word (SbDb       *db,
           const char *from)
{
  return sb_db_text (db, NEXT, "s", from);
}

/*
 * The words that were found last stay with the handle until the shop changes: the next letter only narrows them, and looking one
 * word up costs more than going through all of these.
 */
typedef struct
{
  char      *beginning;
  GPtrArray *words;
  gint64     version;   /* other handles wrote */
  gint64     n_changes; /* this one did */
} Last;

#define LAST "sb-words"

static gint64
version_of (SbDb *db)
{
  return sb_db_int (db, 0, "PRAGMA data_version", "");
}

static void
last_free (gpointer data)
{
  Last *last = data;

  g_free (last->beginning);
  g_ptr_array_unref (last->words);
  g_free (last);
}

static void
remember (SbDb       *db,
          const char *beginning,
          GPtrArray  *words,
          gint64      version)
{
  Last *last = g_new0 (Last, 1);

  last->beginning = g_strdup (beginning);
  last->words = g_ptr_array_ref (words);
  last->version = version;
  last->n_changes = sqlite3_total_changes64 (sb_db_get_handle (db));
  if (sqlite3_set_clientdata (sb_db_get_handle (db), LAST, last, last_free) != SQLITE_OK)
    g_debug ("The words of a search are not remembered");
}

/* (nullable) (transfer full) */
static GPtrArray *
recall (SbDb       *db,
        const char *beginning,
        guint       at_most)
{
  sqlite3    *handle = sb_db_get_handle (db);
  const Last *last = sqlite3_get_clientdata (handle, LAST);
  GPtrArray  *words;

  if (last == NULL || !g_str_has_prefix (beginning, last->beginning) || last->n_changes != sqlite3_total_changes64 (handle) ||
      last->version != version_of (db))
    return NULL;

  words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < last->words->len; i++)
    if (g_str_has_prefix (last->words->pdata[i], beginning))
      g_ptr_array_add (words, g_strdup (last->words->pdata[i]));
  if (words->len > at_most)
    g_clear_pointer (&words, g_ptr_array_unref);

  return words;
}

/**
 * sb_words_with_beginning:
 * @beginning: one word as it was typed
 *
 * Returns: (nullable): the words as they stand in the index; %NULL when there are more than @at_most, or when @beginning is
 *   several words there
 */
GPtrArray *
sb_words_with_beginning (SbDb       *db,
                         const char *beginning,
                         guint       at_most)
{
  g_autoptr (GPtrArray) words = NULL;
  g_autofree char      *folded = sb_tokenizer_fold (sb_db_get_handle (db), beginning);
  g_autofree char      *from = g_strdup (folded);
  gint64                version;

  if (folded == NULL || !sb_db_exec (db, NULL, MAKE, ""))
    return NULL;
  words = recall (db, folded, at_most);
  if (words != NULL)
    return g_steal_pointer (&words);

  version = version_of (db);
  words = g_ptr_array_new_with_free_func (g_free);
  for (;;)
    {
      char *word = next_word (db, from);

      if (word == NULL || !g_str_has_prefix (word, folded))
        {
          g_free (word);
          remember (db, folded, words, version);
          return g_steal_pointer (&words);
        }
      if (words->len >= at_most || strchr (word, '"') != NULL)
        {
          g_free (word);
          return NULL;
        }
      g_ptr_array_add (words, word);
      /* No word has this sign in it, so all of one word is left behind at once. */
      g_free (from);
      from = g_strconcat (word, "\x01", NULL);
    }
}
