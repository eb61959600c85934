#include "sb-import-marks-ask.h"

#include <glib/gi18n-lib.h>

#include "sb-error.h"
#include "sb-reader-contacts.h"

#define NAME_MAX_LETTERS 60

char *
sb_import_mark_name (const char *text)
{
  g_autofree char *name = text != NULL ? g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), NAME_MAX_LETTERS)) : NULL;

  return name != NULL && *g_strstrip (name) != '\0' ? g_steal_pointer (&name) : NULL;
}

gint64
sb_import_stage (SbReader   *reader,
                 const char *name,
                 GError    **error)
{
  g_autoptr (GPtrArray) stages = sb_reader_list_stages (reader);
  g_autofree char      *wanted = g_utf8_casefold (name, -1);

  for (guint i = 0; i < stages->len; i++)
    {
      const SbNamed   *stage = stages->pdata[i];
      g_autofree char *folded = g_utf8_casefold (stage->name, -1);

      if (g_str_equal (folded, wanted))
        return stage->id;
    }
  g_set_error (error, SB_ERROR, SB_ERROR_INVALID, _("There is no stage “%s”"), name);

  return 0;
}
