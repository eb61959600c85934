#include <string.h>

#include "sb-date-cell.h"
#include "sb-field.h"
#include "sb-formula.h"
#include "sb-number-format.h"
#include "sb-phone-cell.h"
#include "sb-rows.h"

/* -- phone cells -- */

typedef struct
{
  const char *text;
  const char *country;
  const char *numbers; /* joined by a blank; "" for none */
  const char *reason;  /* a word of it, or NULL */
} Cell;

static const Cell cells[] = {
  { "07700 900101", "GB", "447700900101", NULL },
  { "  +44 (0) 7700 900101 ", NULL, "447700900101", NULL },
  { "0044 7700 900101", NULL, "447700900101", NULL },
  { "447700900101", NULL, "447700900101", NULL },
  { "447700900101", "FR", "447700900101", NULL },
  { "'07700900101", "GB", "447700900101", NULL },
  { "tel:+447700900101", NULL, "447700900101", NULL },
  { "٠٧٧٠٠٩٠٠١٠١", "GB", "447700900101", NULL },
  { "\u202a+44 7700 900101\u202c", NULL, "447700900101", NULL },
  { "+44\u00a07700\u2011900\u2011101", NULL, "447700900101", NULL },
  { "447700900101.0", NULL, "447700900101", NULL },
  { "4.47700900101E+11", NULL, "447700900101", NULL },
  { "4,47700900101E+11", NULL, "447700900101", NULL },
  { "07700900101 / 07700900102", "GB", "447700900101 447700900102", NULL },
  { "07700900101 ::: 07700900101", "GB", "447700900101", NULL },
  { "030/1234567", "DE", "49301234567", NULL },
  { "06.12.34.56.78", "FR", "33612345678", NULL },
  { "+52 1 55 1234 5678", NULL, "5215512345678", NULL },
  { "55 1234 5678", "MX", "525512345678", NULL },
  { "07700 900101 (mum)", "GB", "447700900101", NULL },
  { "home: 020 7946 0101, flat 12", "GB", "442079460101", NULL },
  { "07700900101 or 07700900102", "GB", "447700900101 447700900102", NULL },
  { "07700900101 & 07700900102", "GB", "447700900101 447700900102", NULL },
  { "07700900101 or 99999999999", "GB", "", "long" },
  { "", "GB", "", NULL },
  { "   ", "GB", "", NULL },
  { "8.12E+11", "GB", "", "last digits" },
  { "2024-05-01", "GB", "", "date" },
  { "01.05.2024", "DE", "", "date" },
  { "12.03.87", "DE", "", "date" },
  { "3/12/87", "US", "", "date" },
  { "2024-05-01T10:00:00", "GB", "", "date" },
  { "07700900101", NULL, "", "country" },
  { "612345678", NULL, "", "country" },
  { "112", "GB", "", "short" },
  { "12345678901234567890", "GB", "", "long" },
  { "call me", "GB", "", "not a phone number" },
};

static void
test_phone_cells (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autoptr (GPtrArray) numbers = g_ptr_array_new_null_terminated (0, g_free, TRUE);
      g_autofree char      *reason = NULL;
      guint                 n = sb_phone_cell_read (cells[i].text, cells[i].country, NULL, numbers, &reason);
      g_autofree char      *joined = numbers->len > 0 ? g_strjoinv (" ", (char **) numbers->pdata) : g_strdup ("");

      g_test_message ("“%s”: %s", cells[i].text, reason != NULL ? reason : joined);
      g_assert_cmpstr (joined, ==, cells[i].numbers);
      g_assert_cmpint (n > 0, ==, *joined != '\0');
      if (cells[i].reason == NULL)
        g_assert_null (reason);
      else
        g_assert_nonnull (strstr (reason, cells[i].reason));
    }
}

/* -- days -- */

static void
test_days (void)
{
  static const char *const days[][2] = {
    { "12/06/1990", "1990-06-12" },
    { "12. 6. 1990", "1990-06-12" },
    { "1990-06-12", "1990-06-12" },
    { "1990-06-12 10:00:00", "1990-06-12" },
    { "12/06/90", "1990-06-12" },
    { "12.06.05", "2005-06-12" },
    { "19900612", "1990-06-12" },
    { "19900612T000000Z", "1990-06-12" },
    { "12-Jun-1990", "1990-06-12" },
    { "12-Jun-90", "1990-06-12" },
    { "June 12, 1990", "1990-06-12" },
    { "12 juin 1990", "1990-06-12" },
    { "12 de junio de 1990", "1990-06-12" },
    { "12. Juni 1990", "1990-06-12" },
    { "12 يونيو 1990", "1990-06-12" },
    { "١٢/٠٦/١٩٩٠", "1990-06-12" },
    { "--0612", "--06-12" },
    { "--06-12", "--06-12" },
    { "1604-06-12", "--06-12" },
    { "12th June 1990", "1990-06-12" },
    { "1990-13-45", NULL },
    { "31/02/1990", NULL },
    { "rubbish", NULL },
    { "June", NULL },
    { "--1345", NULL },
    { "12/06", NULL },
    { "", NULL },
    { "123456789", NULL },
    { "12 Foo 1990", NULL },
    { "12/06/1990/3", NULL },
    { "--", NULL },
    { "1990", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *day = sb_date_cell_read (days[i][0], SB_DATES_DAY_FIRST);

      g_test_message ("“%s”", days[i][0]);
      g_assert_cmpstr (day, ==, days[i][1]);
    }
}

/* -- titles -- */

static const struct
{
  const char *title;
  SbField     field;
} titles[] = {
  { "Name", SB_FIELD_NAME },
  { "Full name", SB_FIELD_NAME },
  { "Nom et prénom", SB_FIELD_NAME },
  { "الاسم", SB_FIELD_NAME },
  { "إسم العميل", SB_FIELD_NAME },
  { "Prénom", SB_FIELD_FIRST_NAME },
  { "الإسم الأول", SB_FIELD_FIRST_NAME },
  { "Family Name", SB_FIELD_LAST_NAME },
  { "PHONE_NUMBER", SB_FIELD_PHONE },
  { "N° de téléphone", SB_FIELD_PHONE },
  { "Tél. portable", SB_FIELD_PHONE },
  { "Business Phone", SB_FIELD_PHONE },
  { "WhatsApp", SB_FIELD_PHONE },
  { "رَقْم الجوّال", SB_FIELD_PHONE },
  { "الهاتف", SB_FIELD_PHONE },
  { "Phone 1 - Label", SB_FIELD_NONE },
  { "Business Fax", SB_FIELD_NONE },
  { "Order number", SB_FIELD_OTHER },
  { "Customer ID", SB_FIELD_OTHER },
  { "Country Code", SB_FIELD_DIAL_CODE },
  { "Indicatif", SB_FIELD_DIAL_CODE },
  { "Pays", SB_FIELD_COUNTRY },
  { "E-mail 1 - Value", SB_FIELD_EMAIL },
  { "البريد الإلكتروني", SB_FIELD_EMAIL },
  { "WhatsApp opt-in", SB_FIELD_CONSENT },
  { "Consentement", SB_FIELD_CONSENT },
  { "الموافقة", SB_FIELD_CONSENT },
  { "Date de naissance", SB_FIELD_BIRTHDAY },
  { "Pointure", SB_FIELD_OTHER },
  { "", SB_FIELD_OTHER },
};

static void
test_titles (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_test_message ("%s", titles[i].title);
      g_assert_cmpstr (sb_field_to_name (sb_field_of_title (titles[i].title)), ==, sb_field_to_name (titles[i].field));
    }
}

/* -- numbers of sheets -- */

static void
test_number_formats (void)
{
  static const struct
  {
    double      value;
    const char *code;
    const char *text;
  } numbers[] = {
    { 447700900101.0, "0.00E+00", "447700900101" },
    { 612345678, "0#\" \"##\" \"##\" \"##\" \"##", "0612345678" },
    { 7700900101.0, "00000000000", "07700900101" },
    { 12.5, "#,##0.00", "12.5" },
    { -3, "General", "-3" },
    { 45413, "dd/mm/yyyy", "2024-05-01" },
    { 45413, "[$-409]d\\ mmm\\ yy;@", "2024-05-01" },
    { 45413, "\"day\" 0", "45413" },
    { 0.5, "hh:mm", "12:00" },
    { -1, "yyyy", "-1" },
    { 1e300, "yyyy", "1e+300" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = sb_number_to_text (numbers[i].value, sb_number_format_of_code (numbers[i].code), FALSE);

      g_assert_cmpstr (text, ==, numbers[i].text);
    }
}

/* -- formulas -- */

static void
test_formulas (void)
{
  static const struct
  {
    const char *text;
    const char *guarded;
  } formulas[] = {
    { "", "" }, { "Amina", "Amina" }, { "+44 7700", "'+44 7700" }, { "=1+1", "'=1+1" }, { "@x", "'@x" }, { "-", "'-" }, { "\tx", "'\tx" }, { "'", "'" }, { "'quoted'", "'quoted'" }, { "'=x", "''=x" }, { "''+", "'''+" }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (formulas); i++)
    {
      g_autofree char *guarded = sb_formula_guard (formulas[i].text);
      g_autofree char *back = sb_formula_strip (guarded);

      g_assert_cmpstr (guarded, ==, formulas[i].guarded);
      g_assert_cmpstr (back, ==, formulas[i].text);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/phone-cells-are-read-or-refused-with-a-reason", test_phone_cells);
  g_test_add_func ("/import/days", test_days);
  g_test_add_func ("/import/titles-are-understood-in-three-languages", test_titles);
  g_test_add_func ("/import/numbers-of-sheets-are-text-as-people-see-it", test_number_formats);
  g_test_add_func ("/import/a-guarded-formula-comes-back-as-it-was", test_formulas);

  return g_test_run ();
}
