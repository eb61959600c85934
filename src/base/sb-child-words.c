/* What passes between a helper and who started it: the request, the answers, and how an end is said in words. */
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sb-child-private.h"
#include "sb-child.h"
#include "sb-error.h"

/* Codes a helper may give; anything else is "invalid". */
static const struct
{
  const char *name;
  SbError     code;
} codes[] = {
  { "invalid", SB_ERROR_INVALID },
  { "not-found", SB_ERROR_NOT_FOUND },
  { "too-large", SB_ERROR_TOO_LARGE },
  { "storage", SB_ERROR_STORAGE },
  { "auth", SB_ERROR_AUTH },
};

GError *
sb_child_told_error (const char *code,
                     const char *words)
{
  SbError found = SB_ERROR_INVALID;

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_equal (codes[i].name, code))
      found = codes[i].code;

  return g_error_new_literal (SB_ERROR, (int) found, words != NULL ? words : _("The file could not be read"));
}

GError *
sb_child_signal_error (int signal_number)
{
  switch (signal_number)
    {
    case SIGXCPU:
      return g_error_new_literal (SB_ERROR, SB_ERROR_TOO_LARGE, _("Reading this file took more computing than one file may have. Try a smaller file, or fewer pages"));
    case SIGXFSZ:
      return g_error_new_literal (SB_ERROR, SB_ERROR_TOO_LARGE, _("Reading this file would have written more to the disk than one file may"));
    case SIGKILL:
      return g_error_new_literal (SB_ERROR, SB_ERROR_TOO_LARGE, _("Reading this file was stopped by the computer: it needed too much. Try a smaller file"));
    default:
      return g_error_new_literal (SB_ERROR, SB_ERROR_INVALID, _("The file could not be read: it is damaged, or it needs more memory than one file may have"));
    }
}

JsonObject *
sb_child_read_request (GError **error)
{
  g_autoptr (GInputStream)  input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GBytes)        bytes = NULL;
  g_autoptr (JsonNode)      node = NULL;

  if (g_output_stream_splice (memory, input, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, error) < 0)
    return NULL;
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  node = sb_json_parse_large (bytes, SB_CHILD_LINE_MAX, error);
  if (node != NULL && sb_json_root (node) == NULL)
    g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "The request is no JSON object");

  return sb_json_root (node) != NULL ? json_object_ref (sb_json_root (node)) : NULL;
}

void
sb_child_print (JsonObject *object)
{
  g_autofree char *text = sb_json_text (object);

  fputs (text, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
  json_object_unref (object);
}

void
sb_child_print_error (const GError *error)
{
  const char *code = "invalid";

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    code = "not-found";
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, SB_ERROR, (int) codes[i].code))
      code = codes[i].name;
  sb_child_print (sb_json_make ("s:error", code, "s:message", error->message, NULL));
}
