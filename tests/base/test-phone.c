#include "sb-phone.h"

/* Numbers out of ranges kept for examples, or of the library's own example for the country. */
static const char *const good[][3] = {
  /* as typed, country, digits */
  { "+44 7700 900142", NULL, "447700900142" },
  { "07700 900142", "GB", "447700900142" },
  { "0044 7700 900142", "GB", "447700900142" },
  { "+351 912 345 678", NULL, "351912345678" },
  { "912 345 678", "PT", "351912345678" },
  { "(201) 555-0123", "US", "12015550123" },
  { "+1 201.555.0123", NULL, "12015550123" },
  { "011 44 7700 900142", "US", "447700900142" },
  { "0100 1234567", "EG", "201001234567" },
  { "٠١٠٠ ١٢٣ ٤٥٦٧", "EG", "201001234567" },
  { "+۹۸ ۹۱۲ ۳۴۵ ۶۷۸۹", NULL, "989123456789" },
  { "＋４４ ７７００ ９００１４２", NULL, "447700900142" },
  { "(11) 96123-4567", "BR", "5511961234567" },
  { "222 123 4567", "MX", "522221234567" },
  { "+91 81234 56789", NULL, "918123456789" },
  { "081234 56789", "IN", "918123456789" },
  { "0812-345-678", "ID", "62812345678" },
  { "0802 123 4567", "NG", "2348021234567" },
  { "071 123 4567", "ZA", "27711234567" },
  { "050 123 4567", "AE", "971501234567" },
  { "051 234 5678", "SA", "966512345678" },
  { "0501 234 56 78", "TR", "905012345678" },
  { "01512 3456789", "DE", "4915123456789" },
  { "06 12 34 56 78", "FR", "33612345678" },
  { "312 345 6789", "IT", "393123456789" },
  { "02 1234 5678", "IT", "390212345678" }, /* Italy keeps its zero */
  { "612 34 56 78", "ES", "34612345678" },
  { "8 (912) 345-67-89", "RU", "79123456789" },
  { "090-1234-5678", "JP", "819012345678" },
  { "0412 345 678", "AU", "61412345678" },
  { "0301 2345678", "PK", "923012345678" },
  { "0712 123456", "KE", "254712123456" },
  { "tel:+351912345678", NULL, "351912345678" },
  { " +351912345678 ", NULL, "351912345678" },
  { "\xe2\x80\xaa+351 912 345 678\xe2\x80\xac", NULL, "351912345678" }, /* copied with marks of direction */
};

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *digits = sb_phone_normalize (good[i][0], good[i][1]);

      g_test_message ("%s", good[i][0]);
      g_assert_cmpstr (digits, ==, good[i][2]);
      g_assert_true (sb_phone_is_digits (digits));
    }
}

static void
test_bad (void)
{
  static const char *const bad[][2] = {
    { NULL, NULL },
    { "", "PT" },
    { " ", "PT" },
    { "+", "PT" },
    { "Ana", "PT" },
    { "12", "PT" },
    { "912 345 678", NULL }, /* of which country? */
    { "912 345 678", "ZZ" },
    { "912 345 678", "XX" },
    { "+999 123 456 789", NULL },
    { "+0 123 456 789", NULL },
    { "+44 7700 900142 900142 900142", NULL },
    { "+44 77", NULL },
    { "\xff\xfe\xfd", "PT" },
    { "+351 912 345 678 +351 912 345 678 +351 912 345 678 +351 912 345 678", NULL },
    { "http://a.example", "PT" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *digits = sb_phone_normalize (bad[i][0], bad[i][1]);

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_null (digits);
    }
}

static void
test_normal_stays_normal (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *plus = g_strconcat ("+", good[i][2], NULL);
      g_autofree char *again = sb_phone_normalize (plus, NULL);
      g_autofree char *shown = sb_phone_format (good[i][2]);
      g_autofree char *back = sb_phone_normalize (shown, NULL);

      g_assert_cmpstr (again, ==, good[i][2]);
      g_assert_cmpstr (back, ==, good[i][2]);
      g_assert_cmpint (shown[0], ==, '+');
    }
}

static void
test_format (void)
{
  static const char *const cases[][2] = {
    { "447700900142", "+44 7700 900142" },
    { "351912345678", "+351 912 345 678" },
    { "12015550123", "+1 201-555-0123" },
    { "999123456789", "+999123456789" },
    { "not a number", "not a number" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = sb_phone_format (cases[i][0]);

      g_assert_cmpstr (shown, ==, cases[i][1]);
    }
}

static void
test_country (void)
{
  static const char *const cases[][2] = {
    { "447400123456", "GB" },
    { "351912345678", "PT" },
    { "12015550123", "US" },
    { "16135550123", "CA" },
    { "5511961234567", "BR" },
    { "201001234567", "EG" },
    { "999123456789", NULL },
    { "Ana", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *country = sb_phone_country (cases[i][0]);

      g_assert_cmpstr (country, ==, cases[i][1]);
    }
}

/* Also of a number that nobody can have. */
static void
test_code_country (void)
{
  static const char *const cases[][2] = {
    { "447700900100", "GB" },
    { "12015550123", "US" },
    { "201001234567", "EG" },
    { "999123456789", NULL },
    { "Ana", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *country = sb_phone_code_country (cases[i][0]);

      g_assert_cmpstr (country, ==, cases[i][1]);
    }
}

static void
test_variants (void)
{
  static const char *const cases[][2] = {
    { "5511961234567", "5511961234567 551161234567" },
    { "551161234567", "551161234567 5511961234567" },
    { "551131234567", "551131234567" },   /* a fixed line has no ninth digit */
    { "5511931234567", "5511931234567" }, /* nor had the mobiles that came after it: without it this is somebody's fixed line */
    { "5212221234567", "5212221234567 522221234567" },
    { "522221234567", "522221234567 5212221234567" },
    { "5491123456789", "5491123456789 541123456789" },
    { "541123456789", "541123456789 5491123456789" },
    { "351912345678", "351912345678" },
    { "55", "55" },
    { "", "" },
    { NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv)   variants = sb_phone_variants (cases[i][0]);
      g_autofree char *joined = g_strjoinv (" ", variants);

      g_assert_cmpstr (joined, ==, cases[i][1]);
    }
}

/* Each spelling leads to the other, or two messages of one customer would make two customers. */
static void
test_variants_agree (void)
{
  static const char *const numbers[] = { "5511961234567", "5212221234567", "5491123456789" };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_auto (GStrv) there = sb_phone_variants (numbers[i]);
      g_auto (GStrv) back = sb_phone_variants (there[1]);

      g_assert_cmpstr (back[1], ==, numbers[i]);
    }
}

static void
test_digits (void)
{
  static const char *const no[] = { NULL, "", "1234", "1234567890123456", "+35191", "12 34 56", "12345a", "１２３４５６" };

  for (gsize i = 0; i < G_N_ELEMENTS (no); i++)
    g_assert_false (sb_phone_is_digits (no[i]));
  g_assert_true (sb_phone_is_digits ("12345"));
  g_assert_true (sb_phone_is_digits ("123456789012345"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone/reads-every-spelling", test_good);
  g_test_add_func ("/phone/refuses-what-is-no-number", test_bad);
  g_test_add_func ("/phone/leaves-a-normal-number-alone", test_normal_stays_normal);
  g_test_add_func ("/phone/shows-a-number", test_format);
  g_test_add_func ("/phone/knows-the-country", test_country);
  g_test_add_func ("/phone/the-country-of-a-code-is-the-largest-that-has-it", test_code_country);
  g_test_add_func ("/phone/knows-two-spellings-of-one-line", test_variants);
  g_test_add_func ("/phone/spellings-lead-to-each-other", test_variants_agree);
  g_test_add_func ("/phone/tells-digits", test_digits);

  return g_test_run ();
}
