#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdlib.h>

#include "sb-config.h"
#include "sb-reader-commands.h"

/*
 * shopbell-reader: opens what strangers made (photos, videos, PDF, documents), so that a file that breaks its reader breaks nothing else.
 * One JSON object comes in, one object a line goes out; SbChild starts it and limits it.
 */

static const struct
{
  const char     *name;
  SbReaderCommand run;
} commands[] = {
  { "frame", sb_reader_frame },
  { "ocr", sb_reader_ocr },
  { "rows", sb_reader_rows },
};

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) request = NULL;
  SbReaderCommand        run = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, SB_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  for (gsize i = 0; argc == 2 && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      run = commands[i].run;
  if (run == NULL)
    {
      g_printerr ("shopbell-reader is started by Shopbell\n");
      return 2;
    }

  request = sb_child_read_request (&error);
  if (request == NULL || !run (request, &error))
    {
      sb_child_print_error (error);
      return EXIT_FAILURE;
    }

  return EXIT_SUCCESS;
}
