#include "sb-import-plan.h"

/* A shop without anybody in it. */
static gint64
find_number (const char *digits,
             gpointer    data)
{
  return 0;
}

static SbCard *
get_card (gint64   contact_id,
          gpointer data)
{
  return NULL;
}

static const SbImportShop shop = { find_number, get_card, NULL };

static SbImportPlan *
plan_of (SbImportTable         *table,
         const SbImportOptions *options)
{
  g_autoptr (GError) error = NULL;
  SbImportPlan      *plan = sb_import_plan_new (table, options, &shop, NULL, &error);
  guint              n = 0;

  g_assert_no_error (error);
  for (guint fate = 0; fate < SB_N_FATES; fate++)
    n += plan->counts[fate];
  g_assert_cmpuint (n, ==, plan->rows->len);
  g_assert_cmpuint (n, ==, table->rows->len - plan->mapping->n_header);

  return plan;
}

static SbImportTable *
table_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  SbImportTable     *table = sb_import_table_read_text (text, &error);

  g_assert_no_error (error);

  return table;
}

static const char *const french = "Name,Phone\n"
                                  "Amina,+33 6 55 01 73 20\n"
                                  "Bob,06 55 01 73 21\n"
                                  "Carla,06 55 01 73 22\n"
                                  "Dora,nothing\n";

/* Numbers without a country among some that have one: one answer for all of them. */
static void
test_one_answer_for_many (void)
{
  g_autoptr (SbImportTable) table = table_of (french);
  SbImportOptions           options = { 0 };
  g_autoptr (SbImportPlan)  plan = plan_of (table, &options);
  SbDecisions              *decisions = sb_decisions_new ();
  g_autoptr (SbImportPlan)  after = NULL;

  g_assert_cmpuint (plan->counts[SB_FATE_NEW], ==, 1);
  g_assert_cmpuint (plan->counts[SB_FATE_REJECTED], ==, 3);
  g_assert_cmpstr (plan->fix_country, ==, "FR");
  g_assert_cmpuint (plan->fix_rows->len, ==, 2);

  for (guint i = 0; i < plan->fix_rows->len; i++)
    sb_decisions_want (decisions, g_array_index (plan->fix_rows, guint, i))->country = g_strdup ("FR");
  options.decisions = decisions;
  after = plan_of (table, &options);
  g_assert_cmpuint (after->counts[SB_FATE_NEW], ==, 3);
  g_assert_cmpuint (after->counts[SB_FATE_REJECTED], ==, 1);
  g_assert_null (after->fix_country);
  g_hash_table_unref (decisions);
}

static void
test_a_row_repaired_and_one_left_out (void)
{
  g_autoptr (SbImportTable) table = table_of (french);
  SbDecisions              *decisions = sb_decisions_new ();
  const SbImportOptions     options = { .country = "FR", .decisions = decisions };
  g_autoptr (SbImportPlan)  plan = NULL;
  const SbPlanRow          *row;

  sb_decision_set_cell (sb_decisions_want (decisions, 4), table->rows->pdata[4], 1, "06 55 01 73 29");
  sb_decisions_want (decisions, 1)->left_out = TRUE;
  plan = plan_of (table, &options);
  g_assert_cmpuint (plan->counts[SB_FATE_NEW], ==, 3);
  row = plan->rows->pdata[0];
  g_assert_cmpint (row->fix, ==, SB_FIX_LEFT_OUT);
  g_assert_cmpint (row->fate, ==, SB_FATE_REJECTED);
  row = plan->rows->pdata[3];
  g_assert_cmpstr (row->card->numbers->pdata[0], ==, "33655017329");
  /* The file itself stays as it is. */
  g_assert_cmpstr (((SbTableRow *) table->rows->pdata[4])->cells->pdata[1], ==, "nothing");
  g_hash_table_unref (decisions);
}

static void
test_titles_as_the_person_says (void)
{
  g_autoptr (SbImportTable) table = table_of (french);
  SbImportOptions           options = { .country = "FR", .header = SB_HEADER_NONE };
  g_autoptr (SbImportPlan)  none = plan_of (table, &options);
  g_autoptr (SbImportPlan)  two = NULL;

  g_assert_cmpuint (none->rows->len, ==, 5);
  g_assert_cmpuint (none->counts[SB_FATE_REJECTED], ==, 2);
  options.header = SB_HEADER_TWO;
  two = plan_of (table, &options);
  g_assert_cmpuint (two->rows->len, ==, 3);
}

/* Whatever the person says of the columns, the guess does not come back. */
static void
test_columns_as_the_person_says (void)
{
  g_autoptr (SbImportTable) table = table_of (french);
  g_autoptr (GArray)        fields = g_array_new (FALSE, FALSE, sizeof (SbField));
  const SbField             said[] = { SB_FIELD_NOTE, SB_FIELD_NONE };
  const SbImportOptions     options = { .country = "FR", .fields = fields, .any_mapping = TRUE };
  g_autoptr (SbImportPlan)  plan = NULL;

  g_array_append_vals (fields, said, G_N_ELEMENTS (said));
  plan = plan_of (table, &options);
  g_assert_cmpuint (plan->counts[SB_FATE_REJECTED], ==, 4);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/one-answer-for-many", test_one_answer_for_many);
  g_test_add_func ("/plan/a-row-repaired-and-one-left-out", test_a_row_repaired_and_one_left_out);
  g_test_add_func ("/plan/titles-as-the-person-says", test_titles_as_the_person_says);
  g_test_add_func ("/plan/columns-as-the-person-says", test_columns_as_the_person_says);

  return g_test_run ();
}
