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
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char      *folded = sb_tokenizer_fold (sb_db_get_handle (db), beginning);
  g_autofree char      *from = g_strdup (folded);

  if (folded == NULL || !sb_db_exec (db, NULL, MAKE, ""))
    return NULL;

  for (;;)
    {
      char *word = next_word (db, from);

      if (word == NULL || !g_str_has_prefix (word, folded))
        {
          g_free (word);
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
