/* The condition language: what is true of whom, what is refused and where, how it reads, what is gone. */
#include <string.h>

#include "sb-clock.h"
#include "sb-condition-check.h"
#include "sb-condition-eval.h"
#include "sb-condition-json.h"
#include "sb-condition-words.h"
#include "sb-thread.h"
#include "sb-value.h"

#define NOW G_GINT64_CONSTANT (1795258800000) /* 21 November 2026, 11:00 UTC */

static SbDossier *
make_person (void)
{
  SbDossier *person = sb_dossier_new ();
  gint64     tags[] = { 11, 12 };
  gint64     import = 51;

  person->contact_id = 1;
  person->name = g_strdup ("Salma Benani");
  g_ptr_array_add (person->numbers, g_strdup ("447700900234"));
  g_ptr_array_add (person->numbers, g_strdup ("212600000001"));
  person->country = g_strdup ("GB");
  person->language = g_strdup ("fr");
  person->source = g_strdup ("Shop window code");
  g_array_append_vals (person->tags, tags, 2);
  g_array_append_val (person->imports, import);
  person->stage_id = 21;
  person->consent = 2;
  person->unanswered = TRUE;
  person->status = SB_THREAD_OPEN;
  person->assignee_id = 31;
  person->line_id = 41;
  person->last_in_at = NOW - 3 * SB_DAY_MS;
  person->first_seen_at = NOW - 400 * SB_DAY_MS;
  person->n_messages = 12;
  g_hash_table_insert (person->fields, g_strdup ("Birthday"), g_strdup ("1990-11-25"));
  g_hash_table_insert (person->fields, g_strdup ("Spent"), g_strdup ("248,50"));
  g_hash_table_insert (person->fields, g_strdup ("Likes"), g_strdup ("Pistachio, less sugar"));
  g_hash_table_insert (person->fields, g_strdup ("Size"), g_strdup ("Large"));
  g_hash_table_insert (person->fields, g_strdup ("Club"), g_strdup ("Yes"));

  return person;
}

static const struct
{
  const char *json;
  gboolean    is_true;
} cases[] = {
  { "{\"all\":[]}", TRUE },
  { "{\"any\":[]}", TRUE },
  { "{\"none\":[]}", TRUE },
  { "{\"subject\":\"name\",\"op\":\"is\",\"value\":\"salma  BENANI\"}", TRUE },
  { "{\"subject\":\"name\",\"op\":\"is-not\",\"value\":\"salma\"}", TRUE },
  { "{\"subject\":\"name\",\"op\":\"contains\",\"value\":\"benan\"}", TRUE },
  { "{\"subject\":\"name\",\"op\":\"begins\",\"value\":\"benan\"}", FALSE },
  { "{\"subject\":\"name\",\"op\":\"any-of\",\"value\":[\"Omar\",\"Salma Benani\"]}", TRUE },
  { "{\"subject\":\"name\",\"op\":\"empty\"}", FALSE },
  { "{\"subject\":\"number\",\"op\":\"begins\",\"value\":\"+44 (7700)\"}", TRUE },
  { "{\"subject\":\"number\",\"op\":\"begins\",\"value\":\"٢١٢\"}", TRUE },
  { "{\"subject\":\"number\",\"op\":\"contains-not\",\"value\":\"900\"}", FALSE },
  { "{\"subject\":\"language\",\"op\":\"none-of\",\"value\":[\"en\",\"ar\"]}", TRUE },
  { "{\"subject\":\"source\",\"op\":\"contains\",\"value\":\"code\"}", TRUE },
  { "{\"subject\":\"tag\",\"op\":\"any-of\",\"value\":[{\"id\":\"12\",\"name\":\"VIP\"},{\"id\":\"13\"}]}", TRUE },
  { "{\"subject\":\"tag\",\"op\":\"all-of\",\"value\":[{\"id\":\"12\"},{\"id\":\"13\"}]}", FALSE },
  { "{\"subject\":\"tag\",\"op\":\"all-of\",\"value\":[{\"id\":\"12\"},{\"id\":\"11\"}]}", TRUE },
  { "{\"subject\":\"tag\",\"op\":\"none-of\",\"value\":[{\"id\":\"13\"}]}", TRUE },
  { "{\"subject\":\"tag\",\"op\":\"any-of\",\"value\":[\"a name nobody resolved\"]}", FALSE },
  { "{\"subject\":\"tag\",\"op\":\"empty\"}", FALSE },
  { "{\"subject\":\"stage\",\"op\":\"is\",\"value\":{\"id\":\"21\"}}", TRUE },
  { "{\"subject\":\"consent\",\"op\":\"any-of\",\"value\":[\"offers\",\"orders\"]}", TRUE },
  { "{\"subject\":\"consent\",\"op\":\"is-not\",\"value\":\"offers\"}", FALSE },
  { "{\"subject\":\"blocked\",\"op\":\"no\"}", TRUE },
  { "{\"subject\":\"unread\",\"op\":\"yes\"}", FALSE },
  { "{\"subject\":\"unanswered\",\"op\":\"yes\"}", TRUE },
  { "{\"subject\":\"status\",\"op\":\"any-of\",\"value\":[\"open\"]}", TRUE },
  { "{\"subject\":\"assignee\",\"op\":\"not-empty\"}", TRUE },
  { "{\"subject\":\"line\",\"op\":\"is\",\"value\":{\"id\":41}}", TRUE },
  { "{\"subject\":\"import\",\"op\":\"any-of\",\"value\":[{\"id\":\"51\"}]}", TRUE },
  { "{\"subject\":\"messages\",\"op\":\"between\",\"value\":[12,20]}", TRUE },
  { "{\"subject\":\"messages\",\"op\":\"more\",\"value\":12}", FALSE },
  { "{\"subject\":\"last-in\",\"op\":\"within-days\",\"value\":3}", TRUE },
  { "{\"subject\":\"last-in\",\"op\":\"older-than-days\",\"value\":3}", FALSE },
  { "{\"subject\":\"last-in\",\"op\":\"older-than-days\",\"value\":2}", TRUE },
  { "{\"subject\":\"last-in\",\"op\":\"before\",\"value\":\"2026-11-19\"}", TRUE },
  { "{\"subject\":\"last-in\",\"op\":\"after\",\"value\":\"2026-11-18\"}", FALSE },
  { "{\"subject\":\"last-in\",\"op\":\"between\",\"value\":[\"2026-11-18\",\"2026-11-18\"]}", TRUE },
  { "{\"subject\":\"last-out\",\"op\":\"empty\"}", TRUE },
  { "{\"subject\":\"last-out\",\"op\":\"older-than-days\",\"value\":1}", FALSE }, /* never is not long ago */
  { "{\"subject\":\"first-seen\",\"op\":\"older-than-days\",\"value\":365}", TRUE },
  { "{\"subject\":\"field\",\"field\":\"Likes\",\"op\":\"contains\",\"value\":\"PISTACHIO\"}", TRUE },
  { "{\"subject\":\"field\",\"field\":\"Nuts\",\"op\":\"empty\"}", TRUE },
  { "{\"subject\":\"field\",\"field\":\"Nuts\",\"op\":\"is-not\",\"value\":\"yes\"}", TRUE },
  { "{\"subject\":\"field\",\"field\":\"Spent\",\"type\":\"number\",\"op\":\"more\",\"value\":248}", TRUE },
  { "{\"subject\":\"field\",\"field\":\"Spent\",\"type\":\"number\",\"op\":\"is\",\"value\":\"248.5\"}", TRUE },
  { "{\"subject\":\"field\",\"field\":\"Likes\",\"type\":\"number\",\"op\":\"empty\"}", TRUE }, /* not a number */
  { "{\"subject\":\"field\",\"field\":\"Birthday\",\"type\":\"date\",\"op\":\"anniversary-in-days\",\"value\":4}", TRUE },
  { "{\"subject\":\"field\",\"field\":\"Birthday\",\"type\":\"date\",\"op\":\"anniversary-in-days\",\"value\":3}", FALSE },
  { "{\"subject\":\"field\",\"field\":\"Birthday\",\"type\":\"date\",\"op\":\"before\",\"value\":\"2000-01-01\"}", TRUE },
  { "{\"subject\":\"field\",\"field\":\"Size\",\"type\":\"choice\",\"op\":\"any-of\",\"value\":[\"large\"]}", TRUE },
  { "{\"subject\":\"field\",\"field\":\"Club\",\"type\":\"yes-no\",\"op\":\"yes\"}", TRUE },
  { "{\"subject\":\"field\",\"field\":\"Other\",\"type\":\"yes-no\",\"op\":\"no\"}", FALSE }, /* nobody said */
  { "{\"any\":[{\"subject\":\"blocked\",\"op\":\"yes\"},{\"all\":[{\"subject\":\"unanswered\",\"op\":\"yes\"},{\"subject\":\"country\",\"op\":\"is\",\"value\":\"gb\"}]}]}", TRUE },
  { "{\"none\":[{\"subject\":\"blocked\",\"op\":\"yes\"},{\"subject\":\"unanswered\",\"op\":\"yes\"}]}", FALSE },
};

static void
test_truth (void)
{
  g_autoptr (SbDossier) person = make_person ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  SbConditionTime       time = { NOW, zone };
  SbPersonFacts         facts;

  sb_person_facts_init (&facts, person);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError)      error = NULL;
      g_autoptr (SbCondition) condition = sb_condition_parse (cases[i].json, &error);

      g_test_message ("%s", cases[i].json);
      g_assert_no_error (error);
      g_assert_cmpint (sb_condition_is_true (condition, &facts.facts, &time), ==, cases[i].is_true);
    }
}

static const struct
{
  const char *json;
  const char *place; /* in the error */
} refused[] = {
  { "[]", "condition" },
  { "{\"subject\":\"shoe\",\"op\":\"is\",\"value\":1}", "shoe" },
  { "{\"all\":[{\"subject\":\"tag\",\"op\":\"any-of\",\"value\":[\"VIP\"]},{\"op\":\"is\"}]}", "all[1]: “subject” is missing" },
  { "{\"all\":[{\"none\":[{\"subject\":\"name\",\"op\":\"more\",\"value\":1}]}]}", "all[0].none[0]: “name” cannot be compared by “more”" },
  { "{\"subject\":\"last-in\",\"op\":\"within-days\",\"value\":\"soon\"}", "Type a number" },
  { "{\"subject\":\"last-in\",\"op\":\"within-days\",\"value\":-1}", "0 to 36,500" },
  { "{\"subject\":\"last-in\",\"op\":\"before\",\"value\":\"2026-02-30\"}", "Type a date" },
  { "{\"subject\":\"messages\",\"op\":\"between\",\"value\":[1]}", "missing" },
  { "{\"subject\":\"messages\",\"op\":\"is\",\"value\":[1,2]}", "too much" },
  { "{\"subject\":\"consent\",\"op\":\"any-of\",\"value\":[\"perhaps\"]}", "perhaps" },
  { "{\"subject\":\"name\",\"op\":\"is\",\"value\":\"  \"}", "Type a word" },
  { "{\"subject\":\"number\",\"op\":\"is\",\"value\":\"abc\"}", "digits" },
  { "{\"subject\":\"field\",\"op\":\"empty\"}", "name" },
  { "{\"subject\":\"field\",\"field\":\"A\",\"type\":\"colour\",\"op\":\"empty\"}", "colour" },
  { "{\"subject\":\"tag\",\"op\":\"any-of\",\"value\":[{\"name\":\"VIP\"}]}", "id" },
  { "{\"subject\":\"tag\",\"op\":\"any-of\",\"value\":[true]}", "a value" },
  { "{\"all\":{}}", "must be a list" },
  { "{\"all\":[{\"all\":[{\"all\":[{\"all\":[{\"all\":[{\"all\":[{\"all\":[{\"all\":[{\"all\":[]}]}]}]}]}]}]}]}]}", "more than 8 groups" },
  { "{\"version\":2,\"all\":[]}", "newer" },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError)      error = NULL;
      g_autoptr (SbCondition) condition = sb_condition_parse (refused[i].json, &error);

      g_test_message ("%s: %s", refused[i].json, error != NULL ? error->message : "taken");
      g_assert_null (condition);
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, refused[i].place));
    }
}

static void
test_too_many (void)
{
  g_autoptr (GString)     json = g_string_new ("{\"all\":[");
  g_autoptr (GError)      error = NULL;
  g_autoptr (SbCondition) condition = NULL;

  for (guint i = 0; i <= SB_CONDITION_MAX_TESTS; i++)
    g_string_append_printf (json, "%s{\"subject\":\"blocked\",\"op\":\"no\"}", i > 0 ? "," : "");
  g_string_append (json, "]}");
  condition = sb_condition_parse (json->str, &error);
  g_assert_null (condition);
  g_assert_nonnull (strstr (error->message, "all[100]: more than 100 comparisons"));
}

static const struct
{
  const char *json;
  const char *words;
} sentences[] = {
  { "{\"all\":[{\"subject\":\"tag\",\"op\":\"any-of\",\"value\":[\"VIP\"]},{\"subject\":\"last-in\",\"op\":\"older-than-days\",\"value\":30}]}",
    "Tag is VIP and last message from them is older than 30 days" },
  { "{\"all\":[{\"subject\":\"tag\",\"op\":\"any-of\",\"value\":[\"VIP\",\"Wedding\"]},{\"any\":[{\"subject\":\"blocked\",\"op\":\"no\"},{\"subject\":\"last-in\",\"op\":\"within-days\",\"value\":1}]}]}",
    "Tag is VIP or Wedding and (is not blocked or last message from them is within the last day)" },
  { "{\"none\":[{\"subject\":\"consent\",\"op\":\"any-of\",\"value\":[\"opted-out\"]}]}", "Not (may receive nothing, opted out)" },
  { "{\"subject\":\"field\",\"field\":\"Birthday\",\"type\":\"date\",\"op\":\"anniversary-in-days\",\"value\":7}", "Birthday comes round within the next 7 days" },
  { "{\"subject\":\"field\",\"field\":\"Spent\",\"type\":\"number\",\"op\":\"between\",\"value\":[10,20]}", "Spent is from 10 to 20" },
  { "{\"subject\":\"first-seen\",\"op\":\"before\",\"value\":\"2026-11-21\"}", "Known since before 21 November 2026" },
  { "{\"all\":[]}", "Everybody" },
};

static void
test_words (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_autoptr (GError)      error = NULL;
      g_autoptr (SbCondition) condition = sb_condition_parse (sentences[i].json, &error);
      g_autofree char        *words = NULL;

      g_assert_no_error (error);
      words = sb_condition_to_words (condition);
      g_assert_cmpstr (words, ==, sentences[i].words);
    }
}

/* Every operator of every subject has a sentence of its own. */
static void
test_all_words (void)
{
  for (SbSubject subject = 1; subject < SB_N_SUBJECTS; subject++)
    for (SbValueType type = SB_VALUE_TEXT; type <= (subject == SB_SUBJECT_FIELD ? SB_VALUE_YES_NO : SB_VALUE_TEXT); type++)
      for (SbOperator op = 1; op < SB_N_OPERATORS; op++)
        {
          g_autoptr (SbCondition) test = NULL;
          g_autofree char        *words = NULL;
          g_autofree char        *name = NULL;

          if (!sb_subject_allows (subject, type, op))
            continue;
          test = sb_condition_new_test (subject, op);
          test->field = g_strdup ("Spent");
          test->field_type = type;
          sb_condition_add_value (test, 0, "12");
          sb_condition_add_value (test, 0, "13");
          words = sb_condition_to_words (test);
          name = g_ascii_strdown (words, -1);
          g_assert_cmpstr (name, !=, sb_subject_to_name (subject));
          g_assert_nonnull (sb_operator_to_words (op, subject));
        }
}

static void
test_there_and_back (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError)      error = NULL;
      g_autoptr (SbCondition) condition = sb_condition_parse (cases[i].json, &error);
      g_autofree char        *text = sb_condition_to_text (condition);
      g_autoptr (SbCondition) again = sb_condition_parse (text, &error);
      g_autoptr (SbCondition) copy = sb_condition_copy (condition);

      g_assert_no_error (error);
      g_assert_true (sb_condition_equal (condition, again));
      g_assert_true (sb_condition_equal (condition, copy));
    }
}

static void
add_named (GPtrArray  *rows,
           gint64      id,
           const char *name)
{
  SbNamed *row = sb_named_new ();

  row->id = id;
  row->name = g_strdup (name);
  g_ptr_array_add (rows, row);
}

static void
test_gone (void)
{
  g_autoptr (SbShopSchema) schema = sb_shop_schema_new ();
  g_autoptr (SbCondition)  condition = sb_condition_parse ("{\"all\":[{\"subject\":\"tag\",\"op\":\"any-of\",\"value\":[\"vip\",{\"id\":\"99\",\"name\":\"Stall\"}]},"
                                                            "{\"subject\":\"field\",\"field\":\"Spent\",\"field-id\":\"7\",\"type\":\"number\",\"op\":\"more\",\"value\":1},"
                                                            "{\"subject\":\"field\",\"field\":\"Shoe\",\"op\":\"empty\"}]}",
                                                           NULL);
  g_autoptr (GPtrArray)    problems = NULL;
  g_autofree char         *words = NULL;

  add_named (schema->tags, 11, "VIP");
  sb_shop_schema_add_field (schema, 7, "Spent so far", SB_VALUE_TEXT, NULL);
  sb_condition_resolve (condition, schema);
  problems = sb_condition_check (condition, schema);
  g_assert_cmpuint (problems->len, ==, 3);
  g_assert_cmpstr (((SbConditionProblem *) problems->pdata[0])->sentence, ==, "The tag “Stall” is gone");
  g_assert_true (((SbConditionProblem *) problems->pdata[0])->test == condition->children->pdata[0]);
  g_assert_cmpstr (((SbConditionProblem *) problems->pdata[1])->sentence, ==, "The field “Spent so far” holds something else now");
  g_assert_cmpstr (((SbConditionProblem *) problems->pdata[2])->sentence, ==, "The field “Shoe” is gone");
  g_assert_cmpint (sb_condition_id (condition->children->pdata[0], 0), ==, 11);
  words = sb_condition_to_words (condition->children->pdata[1]);
  g_assert_cmpstr (words, ==, "Spent so far is more than 1");
}

static void
test_explain (void)
{
  g_autoptr (SbDossier)    person = make_person ();
  g_autoptr (SbShopSchema) schema = sb_shop_schema_new ();
  g_autoptr (GTimeZone)    zone = g_time_zone_new_utc ();
  g_autoptr (SbCondition)  condition = sb_condition_parse ("{\"all\":[{\"subject\":\"tag\",\"op\":\"any-of\",\"value\":[{\"id\":\"13\"}]},"
                                                            "{\"subject\":\"last-in\",\"op\":\"within-days\",\"value\":5},{\"subject\":\"last-out\",\"op\":\"not-empty\"}]}",
                                                           NULL);
  g_autoptr (SbVerdict)    verdict = NULL;
  SbConditionTime          time = { NOW, zone };
  SbPersonFacts            facts;
  g_autofree char         *tags = NULL;
  g_autofree char         *in = NULL;
  g_autofree char         *out = NULL;

  add_named (schema->tags, 11, "VIP");
  add_named (schema->tags, 12, "Wedding");
  sb_person_facts_init (&facts, person);
  verdict = sb_condition_explain (condition, &facts.facts, &time);
  g_assert_false (verdict->is_true);
  g_assert_cmpuint (verdict->children->len, ==, 3);
  g_assert_false (((SbVerdict *) verdict->children->pdata[0])->is_true);
  g_assert_true (((SbVerdict *) verdict->children->pdata[1])->is_true);
  tags = sb_verdict_seen_words (verdict->children->pdata[0], schema, &time);
  in = sb_verdict_seen_words (verdict->children->pdata[1], schema, &time);
  out = sb_verdict_seen_words (verdict->children->pdata[2], schema, &time);
  g_assert_cmpstr (tags, ==, "VIP, Wedding");
  g_assert_cmpstr (in, ==, "3 days ago");
  g_assert_cmpstr (out, ==, "never");
}

static void
test_values (void)
{
  gint64   day, today;
  double   number;
  gboolean yes;

  g_assert_true (sb_value_day ("2027-02-28", &today) && sb_value_day ("2000-02-29", &day));
  g_assert_cmpint (sb_day_until_anniversary (day, today), ==, 0);
  g_assert_true (sb_value_day ("2028-02-28", &today));
  g_assert_cmpint (sb_day_until_anniversary (day, today), ==, 1);
  g_assert_true (sb_value_day ("2026-12-31", &today) && sb_value_day ("1980-01-01", &day));
  g_assert_cmpint (sb_day_until_anniversary (day, today), ==, 1);
  g_assert_false (sb_value_day ("20261121", &day));
  g_assert_true (sb_value_number ("٤٢", &number) && number > 41 && number < 43);
  g_assert_false (sb_value_number ("12 apples", &number));
  g_assert_false (sb_value_number ("1.2.3", &number));
  g_assert_false (sb_value_yes (" ", &yes));
  g_assert_true (sb_value_yes ("نعم", &yes) && yes);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/condition/truth-of-every-operator", test_truth);
  g_test_add_func ("/condition/refused-with-its-place", test_refused);
  g_test_add_func ("/condition/too-many-comparisons", test_too_many);
  g_test_add_func ("/condition/reads-as-a-sentence", test_words);
  g_test_add_func ("/condition/every-operator-has-words", test_all_words);
  g_test_add_func ("/condition/json-there-and-back", test_there_and_back);
  g_test_add_func ("/condition/what-is-gone-is-named", test_gone);
  g_test_add_func ("/condition/says-what-it-saw", test_explain);
  g_test_add_func ("/condition/values", test_values);

  return g_test_run ();
}
