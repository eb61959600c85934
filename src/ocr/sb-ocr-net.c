/* Addresses of the net: the reader of letters breaks them at their dots, and takes a dot for something else. */
#include "sb-ocr-net.h"

#include <string.h>

#include "sb-ocr-doubt.h"

#define GUESSED 40.0 /* what a letter put in by us is worth: somebody looks at it */

gboolean
sb_ocr_is_mail (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at > text && strchr (at, '.') != NULL && !g_str_has_suffix (text, ".");
}

gboolean
sb_ocr_is_web (const char *text)
{
  const char *dot = strrchr (text, '.');

  if (strchr (text, '@') != NULL || dot == NULL || dot == text || strlen (dot) < 3)
    return FALSE;
  if (g_ascii_strncasecmp (text, "www.", 4) == 0 || g_ascii_strncasecmp (text, "http", 4) == 0)
    return TRUE;
  for (const char *p = dot + 1; *p != '\0'; p++)
    if (!g_ascii_islower (*p))
      return FALSE;

  return strlen (dot) <= 9 && sb_ocr_count_digits (text, NULL) < 4 && strlen (text) > 6;
}

static const char *
text_at (const SbOcrLine *line,
         guint            index)
{
  return ((const SbOcrWord *) line->words->pdata[index])->text;
}

/* What can only be the beginning or the end of something longer. */
static gboolean
belongs_together (const char *before,
                  const char *after,
                  int         gap,
                  int         height)
{
  gboolean net = strchr (before, '@') != NULL || strchr (after, '@') != NULL || g_ascii_strncasecmp (before, "ww", 2) == 0;

  if (before[0] == '\0' || after[0] == '\0' || g_str_has_suffix (before, ":") || gap > 1.6 * height)
    return FALSE;
  if (g_str_has_suffix (before, ".") || g_str_has_suffix (before, "@") || after[0] == '.' || after[0] == '@')
    return TRUE;

  return net && gap < height && g_ascii_islower (after[0]) && strchr (before, '.') == NULL && strchr (after, '.') != NULL && sb_ocr_count_digits (after, NULL) == 0;
}

static void
widen (const SbOcrLine *line,
       SbOcrRun        *run)
{
  while (run->first > 0 && belongs_together (text_at (line, run->first - 1), text_at (line, run->first), sb_ocr_gap (line, run->first), line->box.h))
    {
      run->first--;
      run->n++;
    }
  while (run->first + run->n < line->words->len && belongs_together (text_at (line, run->first + run->n - 1), text_at (line, run->first + run->n), sb_ocr_gap (line, run->first + run->n), line->box.h))
    run->n++;
}

static void
respell (SbOcrLetter *letter,
         const char  *as)
{
  g_autofree char *read = g_steal_pointer (&letter->text);

  letter->text = g_strdup (as);
  letter->confidence = GUESSED;
  sb_ocr_letter_add_other (letter, read, GUESSED);
}

/* The end of a name of the net whose last letters were taken for signs. */
static void
mend_letter (SbOcrLetter *letter,
             gboolean     is_last)
{
  if (g_str_equal (letter->text, ":") || g_str_equal (letter->text, ";") || g_str_equal (letter->text, ","))
    respell (letter, ".");
  else if (!is_last && (g_str_equal (letter->text, "{") || g_str_equal (letter->text, "[")))
    respell (letter, "f");
}

static void
mend (SbOcrWord *word)
{
  for (guint i = 0; i < word->letters->len; i++)
    {
      SbOcrLetter *letter = word->letters->pdata[i];
      gboolean     scheme = i > 3 && g_str_has_prefix (word->text, "http") && i < 6;

      if (!scheme)
        mend_letter (letter, i + 1 == word->letters->len);
    }
  /* Signs at either end are stains. */
  while (word->letters->len > 0 && !g_unichar_isalnum (g_utf8_get_char (((SbOcrLetter *) word->letters->pdata[word->letters->len - 1])->text)) &&
         !g_str_equal (((SbOcrLetter *) word->letters->pdata[word->letters->len - 1])->text, "/"))
    g_ptr_array_remove_index (word->letters, word->letters->len - 1);
}

/* "Wnw." and "WwWw." are three letters w that ran into each other. */
static void
mend_www (SbOcrWord *word)
{
  const char *dot = strchr (word->text, '.');
  gsize       n = dot != NULL ? (gsize) (dot - word->text) : 0;

  if (n < 2 || n > 5 || n > word->letters->len || g_ascii_strncasecmp (word->text, "www.", 4) == 0 || strspn (word->text, "wWnvVyY") < n)
    return;
  if (g_ascii_tolower (word->text[0]) != 'w' && g_ascii_tolower (word->text[n - 1]) != 'w')
    return;
  while (n > 3)
    g_ptr_array_remove_index (word->letters, --n);
  for (gsize i = 0; i < n; i++)
    respell (word->letters->pdata[i], "w");
  if (n == 2)
    g_ptr_array_insert (word->letters, 0, sb_ocr_letter_new ("w", GUESSED, ((SbOcrLetter *) word->letters->pdata[0])->box));
}

static void
spell (SbOcrWord *word)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < word->letters->len; i++)
    g_string_append (text, ((SbOcrLetter *) word->letters->pdata[i])->text);
  g_free (word->text);
  word->text = g_string_free_and_steal (text);
}

static SbOcrWord *
join (const SbOcrLine *line,
      SbOcrRun         run)
{
  SbOcrWord *word = g_new0 (SbOcrWord, 1);

  word->confidence = 100;
  word->letters = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_ocr_letter_free);
  for (guint i = run.first; i < run.first + run.n; i++)
    {
      const SbOcrWord *part = line->words->pdata[i];

      word->box = sb_ocr_box_around (word->box, part->box);
      word->line = part->line;
      word->confidence = MIN (word->confidence, part->confidence);
      for (guint k = 0; k < part->letters->len; k++)
        {
          SbOcrLetter *letter = sb_ocr_letter_copy (part->letters->pdata[k]);

          /* Neither kind of address knows capitals. */
          if (g_ascii_isupper (letter->text[0]))
            letter->text[0] = g_ascii_tolower (letter->text[0]);
          g_ptr_array_add (word->letters, letter);
        }
    }
  spell (word);

  return word;
}

/* "garage example" after an @: the dot between them was too faint to be read. */
static gboolean
add_lost_dot (const SbOcrLine *line,
              SbOcrWord      **word,
              SbOcrRun        *run)
{
  const char *at = strchr ((*word)->text, '@');
  guint       next = run->first + run->n;
  const char *end = next < line->words->len ? text_at (line, next) : "";
  SbOcrRun    longer = { run->first, run->n + 1 };
  guint       place = (*word)->letters->len;
  SbOcrWord  *joined;

  if (at == NULL || at == (*word)->text || strchr (at, '.') != NULL || strlen (end) < 2 || strlen (end) > 8 || strspn (end, "abcdefghijklmnopqrstuvwxyz") != strlen (end))
    return FALSE;
  joined = join (line, longer);
  g_ptr_array_insert (joined->letters, (int) place, sb_ocr_letter_new (".", GUESSED, (*word)->box));
  spell (joined);
  sb_ocr_word_free (*word);
  *word = joined;
  *run = longer;

  return TRUE;
}

SbOcrWord *
sb_ocr_net_word (const SbOcrLine *line,
                 guint            index,
                 SbOcrRun        *run)
{
  SbOcrWord *word;

  *run = (SbOcrRun) { index, 1 };
  widen (line, run);
  word = join (line, *run);
  mend (word);
  spell (word);
  mend_www (word);
  spell (word);
  add_lost_dot (line, &word, run);
  if (sb_ocr_is_mail (word->text) || sb_ocr_is_web (word->text))
    return word;
  sb_ocr_word_free (word);

  return NULL;
}
