/* The order of names: "Élodie" stands beside "Eli", capitals do not count, and who has no name comes last. */
#include "sb-sort-name.h"

#include <string.h>

#define AFTER_ALL_NAMES "\357\277\275"

static gboolean
is_plain (const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    if ((guchar) *p >= 0x80)
      return FALSE;

  return TRUE;
}

static char *
without_marks (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  g_autofree char *apart = g_utf8_normalize (folded, -1, G_NORMALIZE_NFKD);
  GString         *kept = g_string_new (NULL);

  for (const char *p = apart; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (kept, g_utf8_get_char (p));

  return g_string_free (kept, FALSE);
}

/* (transfer full): what @name is sorted by */
char *
sb_sort_name (const char *name)
{
  if (is_plain (name))
    return g_ascii_strdown (name, -1);

  return g_utf8_validate (name, -1, NULL) ? without_marks (name) : g_strdup (name);
}

/* shop_sort (NAME, ...): of the first that is there */
static void
sort_name (sqlite3_context *context,
           int              n_values,
           sqlite3_value  **values)
{
  for (int i = 0; i < n_values; i++)
    {
      const char *name = (const char *) sqlite3_value_text (values[i]);

      if (name != NULL && name[0] != '\0')
        {
          sqlite3_result_text (context, sb_sort_name (name), -1, g_free);
          return;
        }
    }
  sqlite3_result_text (context, AFTER_ALL_NAMES, -1, SQLITE_STATIC);
}

gboolean
sb_sort_name_register (sqlite3 *handle,
                       GError **error)
{
  if (sqlite3_create_function_v2 (handle, "shop_sort", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, sort_name, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  g_set_error_literal (error, SB_ERROR, SB_ERROR_STORAGE, "The order of names cannot be made");

  return FALSE;
}
