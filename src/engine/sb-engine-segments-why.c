/* Why one person is in a group, or is not: each part of the rule with what it saw. */
#include "sb-engine-segments.h"

#include <glib/gi18n-lib.h>

#include "sb-condition-words.h"
#include "sb-engine-private.h"

static void
line_free (gpointer data)
{
  SbReasonLine *line = data;

  g_free (line->words);
  g_free (line->seen);
  g_free (line);
}

void
sb_explanation_free (SbExplanation *self)
{
  g_free (self->sentence);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_free (self);
}

static const char *
group_words (SbConditionKind kind)
{
  /* Translators: stands above some parts of a rule */
  return kind == SB_CONDITION_ALL ? _("All of these") : kind == SB_CONDITION_ANY ? _("Any of these")
                                                                              : _("None of these");
}

static void
add_lines (GPtrArray             *lines,
           const SbVerdict       *verdict,
           guint                  depth,
           const SbShopSchema    *schema,
           const SbConditionTime *time)
{
  SbReasonLine *line = g_new0 (SbReasonLine, 1);

  line->depth = depth;
  line->is_true = verdict->is_true;
  line->is_test = verdict->condition->kind == SB_CONDITION_TEST;
  line->words = line->is_test ? sb_condition_to_words (verdict->condition) : g_strdup (group_words (verdict->condition->kind));
  line->seen = line->is_test ? sb_verdict_seen_words (verdict, schema, time) : NULL;
  g_ptr_array_add (lines, line);
  for (guint i = 0; verdict->children != NULL && i < verdict->children->len; i++)
    add_lines (lines, verdict->children->pdata[i], depth + 1, schema, time);
}

static gboolean
explain_rule (SbEngine        *self,
              const SbSegment *segment,
              const SbDossier *person,
              SbExplanation   *explanation,
              GError         **error)
{
  SbReader                *reader = sb_engine_get_reader (self);
  g_autoptr (SbShopSchema) schema = sb_reader_get_shop_schema (reader);
  g_autoptr (GTimeZone)    zone = g_time_zone_new_local ();
  g_autoptr (SbCondition)  condition = sb_segment_read_rule (reader, segment->rule, &explanation->problems, error);
  g_autoptr (SbVerdict)    verdict = NULL;
  SbConditionTime          time = { sb_clock_now (self->clock), zone };
  SbPersonFacts            facts;

  if (condition == NULL)
    return FALSE;
  sb_person_facts_init (&facts, person);
  verdict = sb_condition_explain (condition, &facts.facts, &time);
  /* A rule that speaks of something that is gone has nobody in it, whatever its other parts say. */
  explanation->is_in = verdict->is_true && explanation->problems->len == 0;
  add_lines (explanation->lines, verdict, 0, schema, &time);

  return TRUE;
}

static gboolean
explain_list (SbEngine        *self,
              const SbSegment *segment,
              gint64           contact_id,
              SbExplanation   *explanation,
              GError         **error)
{
  SbReasonLine *line = g_new0 (SbReasonLine, 1);
  SbGroupQuery  query = { .list_id = segment->id };

  explanation->problems = g_ptr_array_new_with_free_func (g_free);
  line->is_test = TRUE;
  g_ptr_array_add (explanation->lines, line);
  if (!sb_reader_is_among (sb_engine_get_reader (self), &query, contact_id, &explanation->is_in, error))
    return FALSE;
  line->is_true = explanation->is_in;
  line->words = g_strdup (explanation->is_in ? _("Put in this list by hand") : _("Not put in this list"));

  return TRUE;
}

/* One person on the window's own reader: bounded and indexed. */
SbExplanation *
sb_engine_explain_segment (SbEngine        *self,
                           const SbSegment *segment,
                           gint64           contact_id,
                           GError         **error)
{
  g_autoptr (SbExplanation) explanation = g_new0 (SbExplanation, 1);
  g_autoptr (SbDossier)     person = sb_reader_get_dossier (sb_engine_get_reader (self), contact_id);
  const char               *name;

  if (person == NULL)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, _("There is no such contact"));
      return NULL;
    }
  explanation->lines = g_ptr_array_new_with_free_func (line_free);
  if (segment->kind == SB_SEGMENT_LIST ? !explain_list (self, segment, contact_id, explanation, error) : !explain_rule (self, segment, person, explanation, error))
    return NULL;

  name = person->name != NULL ? person->name : person->numbers->len > 0 ? person->numbers->pdata[0]
                                                                        : _("This customer");
  /* Translators: the name of a customer and of a group of people */
  explanation->sentence = g_strdup_printf (explanation->is_in ? _("%s is in “%s”.") : _("%s is not in “%s”."), name, segment->name);

  return g_steal_pointer (&explanation);
}
