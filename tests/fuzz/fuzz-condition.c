#include <string.h>

#include "fuzz.h"
#include "sb-clock.h"
#include "sb-condition-check.h"
#include "sb-condition-eval.h"
#include "sb-condition-json.h"
#include "sb-condition-words.h"

/* Whatever is given as a rule: it is refused with a sentence, or can be said in words, asked of anybody, and written as it was read. */

static const char *const words[] = { "\"all\":[", "\"none\":[", "\"subject\":\"tag\"", "\"subject\":\"field\"", "\"op\":\"between\"", "\"op\":\"anniversary-in-days\"", "\"value\":[", "\"version\":1",
                                     "\"2026-02-29\"", "\"9999-12-31\"", "\"0000-00-00\"", "-1", "1e400", "36500", "\"type\":\"date\"", "{\"id\":\"1\"}", "%s%n", NULL };

static void
ask (const SbCondition *condition)
{
  g_autoptr (SbDossier) person = sb_dossier_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (SbVerdict) verdict = NULL;
  SbConditionTime       time = { G_GINT64_CONSTANT (1795258800000), zone };
  SbPersonFacts         facts;

  person->name = g_strdup ("Salma");
  person->last_in_at = 1;
  g_hash_table_insert (person->fields, g_strdup ("Birthday"), g_strdup ("1988-02-29"));
  sb_person_facts_init (&facts, person);
  verdict = sb_condition_explain (condition, &facts.facts, &time);
  g_assert_cmpint (verdict->is_true, ==, sb_condition_is_true (condition, &facts.facts, &time));
}

static void
one (const char *data,
     gsize       length)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (SbCondition)  condition = memchr (data, '\0', length) == NULL ? sb_condition_parse (data, &error) : NULL;
  g_autoptr (SbCondition)  again = NULL;
  g_autoptr (SbShopSchema) schema = sb_shop_schema_new ();
  g_autoptr (GPtrArray)    problems = NULL;
  g_autofree char         *said = NULL;
  g_autofree char         *text = NULL;

  if (condition == NULL)
    {
      g_assert_true (error != NULL || memchr (data, '\0', length) != NULL);
      return;
    }
  said = sb_condition_to_words (condition);
  g_assert_true (said[0] != '\0' && g_utf8_validate (said, -1, NULL));
  ask (condition);
  problems = sb_condition_check (condition, schema);
  text = sb_condition_to_text (condition);
  again = sb_condition_parse (text, &error);
  g_assert_no_error (error);
  g_assert_true (sb_condition_equal (condition, again));
}

int
main (int    argc,
      char **argv)
{
  const FuzzTarget target = { .name = "conditions", .corpus = "condition.txt", .json = TRUE, .words = words, .one = one };

  return fuzz_run (argc, argv, &target);
}
