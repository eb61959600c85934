/*
 * A spreadsheet runs a cell that begins like a formula. On the way out such a cell gets an apostrophe in front, on the way in
 * it loses one again; a cell that begins with apostrophes before such a character takes part, so that nothing is ever lost.
 */
#include "sb-formula.h"

#include <string.h>

static gboolean
begins_like_formula (const char *text)
{
  text += strspn (text, "'");

  return *text != '\0' && strchr ("=+-@\t\r\n", *text) != NULL;
}

char *
sb_formula_guard (const char *text)
{
  return begins_like_formula (text) ? g_strconcat ("'", text, NULL) : g_strdup (text);
}

char *
sb_formula_strip (const char *text)
{
  return g_strdup (text[0] == '\'' && begins_like_formula (text) ? text + 1 : text);
}
