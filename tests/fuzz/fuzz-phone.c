#include <string.h>

#include "fuzz.h"
#include "sb-phone.h"

/* Whatever stands where a number should be: digits come out or nothing, and what came out stays as it is. */

static const char *const words[] = { "+", "00", "ext", ";", "x", "#", "*", "(", ")", "-", "٣", "１", "1234567890", "tel:", "+55", "+52", "+54", NULL };

static const char *const countries[] = { NULL, "", "PT", "BR", "US", "EG", "ZZ", "nonsense" };

static void
check_digits (const char *digits)
{
  g_autofree char *plus = g_strconcat ("+", digits, NULL);
  g_autofree char *again = sb_phone_normalize (plus, NULL);
  g_autofree char *shown = sb_phone_format (digits);
  g_autofree char *country = sb_phone_country (digits);
  g_auto (GStrv)   variants = sb_phone_variants (digits);

  g_assert_true (sb_phone_is_digits (digits) || strlen (digits) < 5 || strlen (digits) > 15);
  g_assert_cmpuint (strspn (digits, "0123456789"), ==, strlen (digits));
  g_assert_cmpstr (again, ==, digits);
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  g_assert_true (country == NULL || strlen (country) == 2 || g_str_equal (country, "001"));
  g_assert_cmpstr (variants[0], ==, digits);
  for (char **variant = variants; *variant != NULL; variant++)
    g_assert_cmpuint (strspn (*variant, "0123456789"), ==, strlen (*variant));
}

static void
one (const char *data,
     gsize       length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (countries); i++)
    {
      g_autofree char *digits = sb_phone_normalize (data, countries[i]);

      if (digits != NULL)
        check_digits (digits);
    }

  {
    g_autofree char *shown = sb_phone_format (data);
    g_autofree char *country = sb_phone_country (data);
    g_auto (GStrv)   variants = sb_phone_variants (data);

    g_assert_nonnull (shown);
    g_assert_cmpstr (variants[0], ==, data);
  }
}

int
main (int    argc,
      char **argv)
{
  const FuzzTarget target = { .name = "phone numbers", .corpus = "phone.txt", .words = words, .one = one };

  return fuzz_run (argc, argv, &target);
}
