#include <string.h>

#include "fuzz.h"
#include "sb-import-plan.h"

/* Whatever is given as a list (a line of the corpus is a whole file, with "~" for its line ends): rows come out within the limits, each with a fate, or a
   sentence says why not. */

static const char *const words[] = { "\"", "\"\"", ",", ";", "\t", "\r", "~", "~ ", "sep=;", "=~", "=E9", ";ENCODING=QUOTED-PRINTABLE:", "END:VCARD~", "TEL;waid=44:", "Name", "Phone", "Téléphone", "الهاتف", "8.12E+11", "=1+1", "'+44", "+447700900101", "07700900102 / 07700900103",
                                     "2024-05-01", "\xef\xbb\xbf", "\xff\xfe", "\xe9", "BEGIN:VCARD~", "a@example.org", NULL };

static gint64
find_number (const char *digits,
             gpointer    data)
{
  return g_str_has_suffix (digits, "1") ? 7 : g_str_has_suffix (digits, "2") ? 8
                                                                             : 0;
}

static SbCard *
get_card (gint64   contact_id,
          gpointer data)
{
  SbCard *card = sb_card_new ();

  card->contact_id = contact_id;
  card->blocked = contact_id == 8;
  sb_card_add_number (card, contact_id == 7 ? "447700900101" : "447700900102");

  return card;
}

static void
check_row (const SbImportPlan *plan,
           const SbPlanRow    *row)
{
  g_assert_cmpint (row->fate, >=, SB_FATE_NEW);
  g_assert_cmpint (row->fate, <=, SB_FATE_REJECTED);
  g_assert_true (row->reason == NULL || g_utf8_validate (row->reason, -1, NULL));
  if (row->fate == SB_FATE_REJECTED)
    g_assert_nonnull (row->reason);
  if (row->fate == SB_FATE_MERGED)
    {
      g_assert_cmpuint (row->merged_into, <, plan->rows->len);
      g_assert_true (plan->rows->pdata[row->merged_into] != row);
      return;
    }
  if (row->card == NULL)
    return;
  g_assert_cmpuint (row->card->numbers->len, >, 0);
  g_assert_true (row->card->name == NULL || g_utf8_validate (row->card->name, -1, NULL));
  for (guint i = 0; i < row->card->numbers->len; i++)
    g_assert_cmpuint (strspn (row->card->numbers->pdata[i], "0123456789"), ==, strlen (row->card->numbers->pdata[i]));
}

static void
one (const char *data,
     gsize       length)
{
  const SbImportShop        shop = { find_number, get_card, NULL };
  const SbImportOptions     options = { .country = "GB", .keep_other = TRUE };
  g_autoptr (GError)        error = NULL;
  g_autofree char          *text = g_strdelimit (g_strndup (data, length), "~", '\n');
  g_autoptr (SbImportTable) table = sb_import_table_read_text (text, &error);
  g_autoptr (SbImportPlan)  plan = table != NULL ? sb_import_plan_new (table, &options, &shop, NULL, &error) : NULL;
  guint                     n = 0;

  if (plan == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (plan->mapping->columns->len, <=, SB_COLUMNS_MAX);
  for (guint i = 0; i < plan->rows->len; i++)
    check_row (plan, plan->rows->pdata[i]);
  for (guint fate = 0; fate < SB_N_FATES; fate++)
    n += plan->counts[fate];
  g_assert_cmpuint (n, ==, plan->rows->len);
}

int
main (int    argc,
      char **argv)
{
  const FuzzTarget target = { .name = "lists of contacts", .corpus = FUZZ_CORPUS, .words = words, .one = one };

  return fuzz_run (argc, argv, &target);
}
