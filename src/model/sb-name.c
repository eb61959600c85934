#include "sb-name.h"

#include <string.h>

/* Blanks, and the marks that keep a name in its direction. */
static gboolean
is_unseen (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

char *
sb_name_first (const char *name)
{
  const char *end;

  while (name != NULL && *name != '\0' && is_unseen (g_utf8_get_char (name)))
    name = g_utf8_next_char (name);
  if (name == NULL || *name == '\0' || strchr ("+@", *name) != NULL || g_unichar_isdigit (g_utf8_get_char (name)))
    return NULL;

  for (end = name; *end != '\0' && !is_unseen (g_utf8_get_char (end)); end = g_utf8_next_char (end))
    ;

  return g_strndup (name, end - name);
}
