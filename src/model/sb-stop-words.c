#include "sb-stop-words.h"

#include <string.h>

/* Longer messages say more than stop, and are not looked through. */
#define MOST_WORDS     60
#define LONGEST_PHRASE 4

/* Letters that people and keyboards write for one another. */
static gunichar
plain (gunichar c)
{
  static const gunichar pairs[][2] = {
    { 0x0131, 'i' },    /* Turkish dotless i */
    { 0x00F8, 'o' },    /* o with stroke */
    { 0x0142, 'l' },    /* l with stroke */
    { 0x0111, 'd' },    /* d with stroke */
    { 0x03C2, 0x03C3 }, /* final sigma */
    { 0x0671, 0x0627 }, /* alef wasla */
    { 0x0649, 0x064A }, /* alef maksura, yeh */
    { 0x06CC, 0x064A }, /* Farsi yeh */
    { 0x06A9, 0x0643 }, /* keheh, kaf */
    { 0x0629, 0x0647 }, /* teh marbuta, heh */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (pairs[i][0] == c)
      return pairs[i][1];

  return c;
}

/* Accents, vowel marks, joiners and the Arabic stretch are left out as if they had not been written. */
static gboolean
is_mark (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return c == 0x0640 || type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK || type == G_UNICODE_FORMAT;
}

/* Small letters, each apart from its accents. Most messages have none. */
static char *
take_apart (const char *text)
{
  g_autofree char *whole = NULL;
  g_autofree char *apart = NULL;
  g_autofree char *small = NULL;

  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);

  whole = g_utf8_make_valid (text, -1);
  apart = g_utf8_normalize (whole, -1, G_NORMALIZE_ALL);
  small = g_utf8_casefold (apart, -1);

  return g_utf8_normalize (small, -1, G_NORMALIZE_ALL);
}

/* The words of @text without case, accents and signs, with one space between them. */
char *
sb_stop_fold (const char *text)
{
  g_autofree char *apart = take_apart (text);
  GString         *folded = g_string_sized_new (strlen (apart));
  gboolean         gap = FALSE;

  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_mark (c))
        continue;
      if (!g_unichar_isalnum (c) && g_unichar_type (c) != G_UNICODE_SPACING_MARK)
        {
          gap = folded->len > 0;
          continue;
        }
      if (gap)
        g_string_append_c (folded, ' ');
      gap = FALSE;
      g_string_append_unichar (folded, plain (c));
    }

  return g_string_free (folded, FALSE);
}

/* "S.T.O.P." is one word that was spelt. */
static void
join_letters (char **words)
{
  g_autofree char *joined = NULL;
  guint            n = 0;

  for (; words[n] != NULL; n++)
    if (!g_unichar_isalpha (g_utf8_get_char (words[n])) || *g_utf8_next_char (words[n]) != '\0')
      return;
  if (n < 3)
    return;

  joined = g_strjoinv (NULL, words);
  for (guint i = 0; i < n; i++)
    g_clear_pointer (&words[i], g_free);
  words[0] = g_steal_pointer (&joined);
}

/* The longest phrase of the list that begins at @words; how many words it has. */
static guint
find_phrase (char         **words,
             SbStopLookup   lookup,
             gpointer       data,
             SbStopMeaning *meaning,
             char          *language,
             gboolean      *asks)
{
  for (guint n = MIN (g_strv_length (words), LONGEST_PHRASE); n > 0; n--)
    {
      g_autoptr (GString) phrase = g_string_new (words[0]);

      for (guint i = 1; i < n; i++)
        g_string_append_printf (phrase, " %s", words[i]);
      *meaning = lookup (phrase->str, language, asks, data);
      if (*meaning != SB_STOP_NOT)
        return n;
    }

  return 0;
}

/* What all the phrases of a message come to, when there was nothing between them. */
static SbStopMeaning
sum_of (guint n_stop,
        guint n_everything,
        guint n_start)
{
  if (n_start > 0)
    return n_stop + n_everything > 0 ? SB_STOP_UNSURE : SB_STOP_START;
  if (n_everything > 0)
    return SB_STOP_EVERYTHING;

  return n_stop > 0 ? SB_STOP_OFFERS : SB_STOP_NOT;
}

/**
 * sb_stop_match:
 * @language: (out): room for 8; of the word that decided, empty when none did
 */
SbStopMeaning
sb_stop_match (const char  *text,
               SbStopLookup lookup,
               gpointer     data,
               char        *language)
{
  g_autofree char *folded = sb_stop_fold (text);
  g_auto (GStrv)   words = g_strsplit (folded, " ", MOST_WORDS + 1);
  guint            counts[SB_STOP_UNSURE + 1] = { 0 };
  guint            n_other = 0;
  gboolean         ask = FALSE;

  language[0] = '\0';
  if (g_strv_length (words) > MOST_WORDS)
    return SB_STOP_NOT;
  join_letters (words);

  for (char **word = words; *word != NULL && (*word)[0] != '\0';)
    {
      SbStopMeaning meaning = SB_STOP_NOT;
      char          spoken[8] = "";
      gboolean      asks = FALSE;
      guint         n = find_phrase (word, lookup, data, &meaning, spoken, &asks);

      counts[meaning]++;
      n_other += n == 0;
      ask = ask || (asks && meaning != SB_STOP_POLITE && meaning != SB_STOP_START);
      if (n > 0 && meaning != SB_STOP_POLITE && language[0] == '\0')
        g_strlcpy (language, spoken, sizeof spoken);
      word += MAX (n, 1);
    }

  if (n_other > 0)
    return ask ? SB_STOP_UNSURE : SB_STOP_NOT;

  return sum_of (counts[SB_STOP_OFFERS], counts[SB_STOP_EVERYTHING], counts[SB_STOP_START]);
}
