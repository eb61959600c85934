#include "sb-country.h"

#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "sb-phone.h"

#define LETTERS 80

/* (nullable) */
static char *
name_in (const char *country,
         const char *language)
{
  g_autofree char *locale = g_strconcat ("und_", country, NULL);
  UChar            name[LETTERS + 1] = { 0 };
  UErrorCode       status = U_ZERO_ERROR;
  int32_t          length = uloc_getDisplayCountry (locale, language, name, LETTERS, &status);

  return U_SUCCESS (status) && length > 0 && length <= LETTERS ? g_utf16_to_utf8 ((const gunichar2 *) name, length, NULL, NULL, NULL) : NULL;
}

/* "United Kingdom" for "GB", in the person's own language; the code itself when nobody knows it. */
char *
sb_country_name (const char *country)
{
  char *text = name_in (country, g_get_language_names ()[0]);

  return text != NULL ? text : g_strdup (country);
}

/* -- the other way -- */

/* In small letters, without accents and signs. */
static char *
fold (const char *text)
{
  g_autofree char *small = g_utf8_casefold (text, -1);
  g_autofree char *apart = g_utf8_normalize (small, -1, G_NORMALIZE_NFKD);
  GString         *folded = g_string_new (NULL);

  for (const char *c = apart != NULL ? apart : ""; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isalpha (g_utf8_get_char (c)))
      g_string_append_unichar (folded, g_utf8_get_char (c));

  return g_string_free (folded, FALSE);
}

static void
learn (GHashTable *codes,
       const char *name,
       const char *code)
{
  g_autofree char *folded = fold (name);

  if (!g_hash_table_contains (codes, folded))
    g_hash_table_insert (codes, g_steal_pointer (&folded), g_strdup (code));
}

/* Every country by its two letters, its three, its name in the languages of our people, and what else it is called. */
static GHashTable *
make_codes (void)
{
  static const char *const called[][2] = { { "UK", "GB" }, { "Great Britain", "GB" }, { "England", "GB" }, { "Scotland", "GB" }, { "Wales", "GB" }, { "USA", "US" }, { "UAE", "AE" }, { "KSA", "SA" }, { "Holland", "NL" } };
  static const char *const languages[] = { "en", "fr", "ar", "es", "de", "pt" };
  GHashTable              *codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv)           countries = sb_phone_list_countries ();

  for (char **country = countries; *country != NULL; country++)
    learn (codes, *country, *country);
  for (gsize i = 0; i < G_N_ELEMENTS (called); i++)
    learn (codes, called[i][0], called[i][1]);
  for (char **country = countries; *country != NULL; country++)
    {
      g_autofree char *locale = g_strconcat ("und_", *country, NULL);
      g_autofree char *own = sb_country_name (*country);

      learn (codes, uloc_getISO3Country (locale), *country);
      learn (codes, own, *country);
      for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
        {
          g_autofree char *name = name_in (*country, languages[i]);

          if (name != NULL)
            learn (codes, name, *country);
        }
    }

  return codes;
}

/* (nullable): "GB" for "gb", "UK", "GBR", "United Kingdom" and "Royaume-Uni"; NULL for what is no country that has telephones. */
char *
sb_country_find (const char *text)
{
  static GHashTable *codes = NULL;
  g_autofree char   *folded = fold (text);

  if (g_once_init_enter_pointer (&codes))
    g_once_init_leave_pointer (&codes, make_codes ());

  return folded[0] != '\0' ? g_strdup (g_hash_table_lookup (codes, folded)) : NULL;
}
