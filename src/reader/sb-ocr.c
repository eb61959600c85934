#include "sb-reader-commands.h"

#include "sb-error.h"

/* What is text already needs no reading of letters. */
gboolean
sb_reader_ocr (JsonObject *request,
               GError    **error)
{
  const char      *path = sb_json_string (request, "path");
  g_autofree char *text = NULL;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  sb_child_print (sb_json_make ("s:text", text, NULL));

  return TRUE;
}
