#include "fuzz.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sb-random.h"

#define LONGEST (16 * 1024)

static const char *const json_words[] = { "null", "true", "0", "-1", "\"\"", "[]", "{}", "[[]]", "[null]", "1e308", "-9223372036854775808", "9223372036854775807",
                                          "99999999999999999999", "0.1", "\"x\"", "\"447700900201\"", "\"\\u0000\"", "\"\\ud83c\\udf82\"", "\"../../etc/passwd\"",
                                          "{\"id\":\"wamid.x\",\"type\":\"text\"}", "\"253402300800\"", "\"-1\"", NULL };

static const char *const bytes_words[] = { "\xff", "\xc3", "\xe2\x80\xae", "\xed\xa0\x80", "\xf0\x9f\x8e\x82", "\t", "\r\n", "\x7f", "  ", "%s%n", "'", "\"", "\\", "<", NULL };

/* For whoever reads the log of a failure; a handler may do no more than write. */
static char where[128];

static void
died_cb (int number)
{
  if (write (STDERR_FILENO, where, strlen (where)) < 0)
    _exit (126);
  signal (number, SIG_DFL);
  raise (number);
}

static gsize
count (const char *const *words)
{
  return words != NULL ? g_strv_length ((char **) words) : 0;
}

static const char *
pick (SbRandom          *random,
      const char *const *words)
{
  return words[sb_random_below (random, count (words))];
}

/* -- bytes -- */

static void
mutate_bytes (SbRandom         *random,
              GString          *text,
              const FuzzTarget *target,
              char            **corpus)
{
  gsize at = sb_random_below (random, text->len + 1);
  gsize length = text->len > at ? 1 + sb_random_below (random, MIN (text->len - at, 40)) : 0;

  switch (sb_random_below (random, 7))
    {
    case 0:
      if (at < text->len)
        text->str[at] ^= 1 << sb_random_below (random, 8);
      break;
    case 1:
      g_string_erase (text, at, length);
      break;
    case 2:
      g_string_insert (text, at, pick (random, bytes_words));
      break;
    case 3:
      if (count (target->words) > 0)
        g_string_insert (text, at, pick (random, target->words));
      break;
    case 4:
      {
        g_autofree char *again = g_strndup (text->str + at, length);

        for (guint n = sb_random_below (random, 12); n > 0; n--)
          g_string_insert (text, at, again);
      }
      break;
    case 5:
      g_string_insert (text, at, pick (random, (const char *const *) corpus));
      break;
    default:
      g_string_truncate (text, at);
      break;
    }
}

/* -- JSON -- */

/* Where the value that begins at @at ends, as far as that can be told of something broken. */
static gsize
value_end (const char *text,
           gsize       at)
{
  gboolean in_string = FALSE;
  int      depth = 0;

  for (gsize i = at; text[i] != '\0'; i++)
    {
      char c = text[i];

      if (in_string && c == '\\' && text[i + 1] != '\0')
        i++;
      else if (c == '"')
        in_string = !in_string;
      else if (!in_string && (c == '{' || c == '['))
        depth++;
      else if (!in_string && (c == '}' || c == ']') && --depth < 0)
        return i;
      else if (!in_string && c == ',' && depth == 0)
        return i;
    }

  return strlen (text);
}

/* The beginning of some value: what stands behind a colon, a comma or a bracket. G_MAXSIZE when there is none. */
static gsize
some_value (SbRandom   *random,
            const char *text)
{
  gsize n = 0, wanted;

  for (const char *p = text; *p != '\0'; p++)
    n += *p == ':' || *p == '[';
  if (n == 0)
    return G_MAXSIZE;

  wanted = sb_random_below (random, n);
  for (const char *p = text; *p != '\0'; p++)
    if ((*p == ':' || *p == '[') && wanted-- == 0)
      return p + 1 - text;

  return G_MAXSIZE;
}

static char *
value_of (SbRandom   *random,
          const char *text)
{
  gsize at = some_value (random, text);

  return at != G_MAXSIZE ? g_strndup (text + at, value_end (text, at) - at) : g_strdup ("null");
}

static void
mutate_json (SbRandom *random,
             GString  *text,
             char    **corpus)
{
  gsize            at = some_value (random, text->str);
  gsize            end = at != G_MAXSIZE ? value_end (text->str, at) : 0;
  g_autofree char *value = NULL;

  if (at == G_MAXSIZE)
    return;

  switch (sb_random_below (random, 4))
    {
    case 0:
      value = g_strdup (pick (random, json_words));
      break;
    case 1:
      value = value_of (random, text->str);
      break;
    case 2:
      value = value_of (random, pick (random, (const char *const *) corpus));
      break;
    default:
      value = g_strdup_printf ("[%.*s,%.*s]", (int) (end - at), text->str + at, (int) (end - at), text->str + at);
      break;
    }

  g_string_erase (text, at, end - at);
  g_string_insert (text, at, value);
}

static GString *
make_input (const FuzzTarget *target,
            char            **corpus,
            guint64           seed,
            guint             iteration)
{
  g_autoptr (SbRandom) random = sb_random_new_seeded (seed * 1000003 + iteration);
  GString             *text = g_string_new (pick (random, (const char *const *) corpus));

  for (guint n = sb_random_below (random, 6); n > 0; n--)
    if (target->json && sb_random_below (random, 8) != 0)
      mutate_json (random, text, corpus);
    else
      mutate_bytes (random, text, target, corpus);
  if (text->len > LONGEST)
    g_string_truncate (text, LONGEST);

  return text;
}

static void
run_one (const FuzzTarget *target,
         char            **corpus,
         guint64           seed,
         guint             iteration)
{
  g_autoptr (GString) input = make_input (target, corpus, seed, iteration);

  /* A block of its own size, so that one byte too far is seen. */
  g_autofree char *exact = g_memdup2 (input->str, input->len + 1);

  g_snprintf (where, sizeof where, "# %s: seed %" G_GUINT64_FORMAT ", --only %u\n", target->name, seed, iteration);
  target->one (exact, input->len);
}

static char **
read_corpus (const FuzzTarget *target)
{
  g_autofree char      *path = g_build_filename (g_getenv ("G_TEST_SRCDIR") != NULL ? g_getenv ("G_TEST_SRCDIR") : ".", "corpus", target->corpus, NULL);
  g_autofree char      *text = NULL;
  g_autoptr (GError)    error = NULL;
  g_auto (GStrv)        lines = NULL;
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0')
      g_ptr_array_add (kept, g_strdup (*line));
  g_assert_cmpuint (kept->len, >, 0);
  g_ptr_array_add (kept, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&kept), FALSE);
}

int
fuzz_run (int               argc,
          char            **argv,
          const FuzzTarget *target)
{
  static const int           signals[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGTRAP };
  int                        iterations = 2000, only = -1;
  gint64                     seed = 20261;
  g_autoptr (GError)         error = NULL;
  g_auto (GStrv)             corpus = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  const GOptionEntry         entries[] = {
    { "iterations", 0, 0, G_OPTION_ARG_INT, &iterations, "How many", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "Other inputs", "S" },
    { "only", 0, 0, G_OPTION_ARG_INT, &only, "One of them again", "N" },
    { NULL },
  };

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_parse (context, &argc, &argv, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    signal (signals[i], died_cb);

  corpus = read_corpus (target);
  if (target->set_up != NULL)
    target->set_up ();
  if (only >= 0)
    {
      g_autoptr (GString) input = make_input (target, corpus, seed, only);

      g_printerr ("%s\n", input->str);
    }
  for (guint i = only >= 0 ? only : 0; i < (only >= 0 ? (guint) only + 1 : (guint) iterations); i++)
    run_one (target, corpus, seed, i);
  if (target->tear_down != NULL)
    target->tear_down ();
  printf ("1..1\nok 1 - %s: %d inputs of seed %" G_GINT64_FORMAT "\n", target->name, iterations, seed);

  return 0;
}
