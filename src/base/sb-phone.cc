/* The only C++ in the house: a C face of libphonenumber. Numbers are digits without "+", as WhatsApp ids are. */

#include <phonenumbers/phonenumberutil.h>

#include "sb-phone.h"

#include <set>
#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

static PhoneNumberUtil *
util ()
{
  return PhoneNumberUtil::GetInstance ();
}

static bool
parse (const std::string &text, const char *country, PhoneNumber *number)
{
  return util ()->Parse (text, country != nullptr && *country != '\0' ? country : "ZZ", number) == PhoneNumberUtil::NO_PARSING_ERROR;
}

static std::string
to_digits (const PhoneNumber &number)
{
  std::string text;

  util ()->Format (number, PhoneNumberUtil::E164, &text);

  return text[0] == '+' ? text.substr (1) : text;
}

/* A trunk zero may hide behind a first one: what is normal must read as itself, or one line would be known under two numbers. */
static bool
is_normal (const std::string &digits)
{
  PhoneNumber number;

  return parse ("+" + digits, nullptr, &number) && to_digits (number) == digits;
}

/**
 * sb_phone_normalize:
 * @text: a number in any spelling, Arabic-Indic digits included
 * @country: (nullable): ISO 3166 code for numbers without a country prefix
 *
 * Returns: (nullable): the international digits without "+", or %NULL when @text is no possible number
 */
char *
sb_phone_normalize (const char *text,
                    const char *country)
{
  PhoneNumber number;
  std::string digits;

  if (text == nullptr || strnlen (text, 65) > 64 || !parse (text, country, &number) || !util ()->IsPossibleNumber (number))
    return nullptr;

  digits = to_digits (number);

  return is_normal (digits) ? g_strdup (digits.c_str ()) : nullptr;
}

/* "+44 7700 900142" for "447700900142"; the digits with a "+" when the library does not know the country. */
char *
sb_phone_format (const char *digits)
{
  PhoneNumber number;
  std::string result;

  if (!sb_phone_is_digits (digits))
    return g_strdup (digits);
  if (!parse (std::string ("+") + digits, nullptr, &number))
    return g_strconcat ("+", digits, nullptr);

  util ()->Format (number, PhoneNumberUtil::INTERNATIONAL, &result);

  return g_strdup (result.c_str ());
}

/* (nullable): the ISO 3166 code of the country of @digits. */
char *
sb_phone_country (const char *digits)
{
  PhoneNumber number;
  std::string region;

  if (!sb_phone_is_digits (digits) || !parse (std::string ("+") + digits, nullptr, &number))
    return nullptr;

  util ()->GetRegionCodeForNumber (number, &region);

  return region.empty () || region == "ZZ" ? nullptr : g_strdup (region.c_str ());
}

/* Of the largest that shares the code of @digits, whether the number can be anybody's or not: for lists from around the corner. */
char *
sb_phone_code_country (const char *digits)
{
  PhoneNumber number;
  std::string region;

  if (!sb_phone_is_digits (digits) || !parse (std::string ("+") + digits, nullptr, &number))
    return nullptr;

  util ()->GetRegionCodeForCountryCode (number.country_code (), &region);

  return region.empty () || region == "ZZ" || region == "001" ? nullptr : g_strdup (region.c_str ());
}

/* The codes of all countries that have numbers, by the alphabet. */
char **
sb_phone_list_countries (void)
{
  std::set<std::string> regions;
  GStrvBuilder         *builder = g_strv_builder_new ();
  char                **list;

  util ()->GetSupportedRegions (&regions);
  for (const std::string &region : regions)
    g_strv_builder_add (builder, region.c_str ());
  list = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);

  return list;
}

/* 44 for "GB"; 0 for a country nobody knows. */
int
sb_phone_dial_code (const char *country)
{
  return country != nullptr ? util ()->GetCountryCodeForRegion (country) : 0;
}

/* Has somebody been given numbers like it? Numbers that are only possible may be new, or made up, or cut short. */
gboolean
sb_phone_is_valid (const char *digits)
{
  PhoneNumber number;

  return sb_phone_is_digits (digits) && parse (std::string ("+") + digits, nullptr, &number) && util ()->IsValidNumber (number);
}

static void
add_variant (GPtrArray *variants, const std::string &digits)
{
  g_ptr_array_add (variants, g_strdup (digits.c_str ()));
}

/**
 * sb_phone_variants:
 *
 * The spellings under which one line may be known: Brazil's mobile numbers with and without the ninth digit, Mexico's with
 * and without the 1, Argentina's with and without the 9. The number itself comes first. Matching uses them; nothing is
 * ever rewritten to one of them. The ninth digit was put before numbers that began with 6 to 9; before another it is the
 * number's own, and what is left without it is a fixed line.
 */
char **
sb_phone_variants (const char *digits)
{
  GPtrArray  *variants = g_ptr_array_new ();
  std::string d = digits != nullptr ? digits : "";

  add_variant (variants, d);
  if (d.compare (0, 2, "55") == 0 && d.size () == 13 && d[4] == '9' && d[5] >= '6')
    add_variant (variants, d.substr (0, 4) + d.substr (5));
  else if (d.compare (0, 2, "55") == 0 && d.size () == 12 && d[4] >= '6')
    add_variant (variants, d.substr (0, 4) + "9" + d.substr (4));
  else if (d.compare (0, 3, "521") == 0 && d.size () == 13)
    add_variant (variants, "52" + d.substr (3));
  else if (d.compare (0, 2, "52") == 0 && d.size () == 12)
    add_variant (variants, "521" + d.substr (2));
  else if (d.compare (0, 3, "549") == 0 && d.size () == 13)
    add_variant (variants, "54" + d.substr (3));
  else if (d.compare (0, 2, "54") == 0 && d.size () == 12)
    add_variant (variants, "549" + d.substr (2));
  g_ptr_array_add (variants, nullptr);

  return reinterpret_cast<char **> (g_ptr_array_free (variants, FALSE));
}

/* 5 to 15 ASCII digits. */
gboolean
sb_phone_is_digits (const char *text)
{
  size_t length = text != nullptr ? strnlen (text, 16) : 0;

  return length >= 5 && length <= 15 && strspn (text, "0123456789") == length;
}
