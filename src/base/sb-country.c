#include "sb-country.h"

#include <unicode/uloc.h>
#include <unicode/ustring.h>

#define LETTERS 80

/* "United Kingdom" for "GB", in the person's own language; the code itself when nobody knows it. */
char *
sb_country_name (const char *country)
{
  g_autofree char *locale = g_strconcat ("und_", country, NULL);
  UChar            name[LETTERS + 1] = { 0 };
  UErrorCode       status = U_ZERO_ERROR;
  int32_t          length = uloc_getDisplayCountry (locale, g_get_language_names ()[0], name, LETTERS, &status);
  char            *text = NULL;

  if (U_SUCCESS (status) && length > 0 && length <= LETTERS)
    text = g_utf16_to_utf8 ((const gunichar2 *) name, length, NULL, NULL, NULL);

  return text != NULL ? text : g_strdup (country);
}
