/* A helper that misbehaves in the way it is asked to. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sb-child.h"
#include "sb-error.h"

static void
say_environment (void)
{
  g_auto (GStrv) names = g_listenv ();

  for (guint i = 0; names[i] != NULL; i++)
    sb_child_print (sb_json_make ("s:name", names[i], "s:value", g_getenv (names[i]), NULL));
}

static void
eat (void)
{
  for (;;)
    memset (g_malloc (16 << 20), 1, 16 << 20);
}

static void
spin (void)
{
  for (volatile guint64 n = 0;; n++)
    ;
}

static void
write_file (const char *path)
{
  FILE *file = fopen (path, "w");

  for (int i = 0; i < 1000000; i++)
    fputs ("ten bytes.", file);
  fclose (file);
}

static void
shout (void)
{
  for (;;)
    fputs ("a line without an end ", stdout);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (JsonObject) request = sb_child_read_request (NULL);
  const char            *what = sb_json_string (request, "what");

  if (g_strcmp0 (what, "count") == 0)
    for (gint64 i = 1; i <= sb_json_int (request, "to", 0); i++)
      sb_child_print (sb_json_make ("i:n", i, NULL));
  else if (g_strcmp0 (what, "environment") == 0)
    say_environment ();
  else if (g_strcmp0 (what, "eat") == 0)
    eat ();
  else if (g_strcmp0 (what, "spin") == 0)
    spin ();
  else if (g_strcmp0 (what, "write") == 0)
    write_file (sb_json_string (request, "path"));
  else if (g_strcmp0 (what, "crash") == 0)
    raise (SIGSEGV);
  else if (g_strcmp0 (what, "shout") == 0)
    shout ();
  else if (g_strcmp0 (what, "sleep") == 0)
    {
      sb_child_print (sb_json_make ("i:pid", (gint64) getpid (), NULL));
      sleep (60);
    }
  else
    {
      g_autoptr (GError) error = g_error_new_literal (SB_ERROR, SB_ERROR_TOO_LARGE, "No such thing can be done");

      sb_child_print_error (error);
      return EXIT_FAILURE;
    }

  return EXIT_SUCCESS;
}
