/* Whether a condition holds for what is known, and why. The SQL of the store gives the same answers. */
#include "sb-condition-eval.h"

#include <math.h>
#include <string.h>

#include "sb-clock.h"
#include "sb-value.h"

/* -- texts -- */

static char *
plain (const SbCondition *test,
       const char        *text)
{
  return test->subject == SB_SUBJECT_NUMBER ? sb_value_digits (text) : sb_value_fold (text);
}

static gboolean
text_matches (const SbCondition *test,
              const char        *value)
{
  for (guint i = 0; i < test->values->len; i++)
    {
      g_autofree char *wanted = plain (test, sb_condition_text (test, i));

      switch ((int) test->op)
        {
        case SB_OPERATOR_CONTAINS:
        case SB_OPERATOR_CONTAINS_NOT:
          if (strstr (value, wanted) != NULL)
            return TRUE;
          break;
        case SB_OPERATOR_BEGINS:
          if (g_str_has_prefix (value, wanted))
            return TRUE;
          break;
        default:
          if (g_str_equal (value, wanted))
            return TRUE;
          break;
        }
    }

  return FALSE;
}

/* Of several numbers any one is enough; the negative operators are the opposite of the positive ones. */
static gboolean
texts_answer (const SbCondition *test,
              const SbFact      *fact)
{
  gboolean matches = FALSE, is_empty = TRUE;

  for (guint i = 0; i < fact->texts->len; i++)
    {
      g_autofree char *value = plain (test, fact->texts->pdata[i]);

      is_empty = is_empty && value[0] == '\0';
      matches = matches || text_matches (test, value);
    }

  switch ((int) test->op)
    {
    case SB_OPERATOR_EMPTY:
      return is_empty;
    case SB_OPERATOR_NOT_EMPTY:
      return !is_empty;
    case SB_OPERATOR_IS_NOT:
    case SB_OPERATOR_CONTAINS_NOT:
    case SB_OPERATOR_NONE_OF:
      return !matches;
    default:
      return matches;
    }
}

/* -- numbers -- */

static gboolean
number_answer (const SbCondition *test,
               gboolean           known,
               double             value)
{
  double first = sb_condition_number (test, 0);

  switch ((int) test->op)
    {
    case SB_OPERATOR_EMPTY:
      return !known;
    case SB_OPERATOR_NOT_EMPTY:
      return known;
    case SB_OPERATOR_IS:
      return known && !(value < first) && !(value > first);
    case SB_OPERATOR_IS_NOT:
      return !known || value < first || value > first;
    case SB_OPERATOR_LESS:
      return known && value < first;
    case SB_OPERATOR_MORE:
      return known && value > first;
    default:
      return known && value >= first && value <= sb_condition_number (test, 1);
    }
}

/* -- days and moments -- */

static gint64
day_value (const SbCondition *test,
           guint              index)
{
  gint64 day = 0;

  return sb_condition_text (test, index) != NULL && sb_value_day (sb_condition_text (test, index), &day) ? day : 0;
}

static gboolean
day_answer (const SbCondition *test,
            gboolean           known,
            gint64             day,
            gint64             today)
{
  gint64 n = sb_operator_counts_days (test->op) ? (gint64) sb_condition_number (test, 0) : 0;

  switch ((int) test->op)
    {
    case SB_OPERATOR_EMPTY:
      return !known;
    case SB_OPERATOR_NOT_EMPTY:
      return known;
    case SB_OPERATOR_IS:
      return known && day == day_value (test, 0);
    case SB_OPERATOR_BEFORE:
      return known && day < day_value (test, 0);
    case SB_OPERATOR_AFTER:
      return known && day > day_value (test, 0);
    case SB_OPERATOR_BETWEEN:
      return known && day >= day_value (test, 0) && day <= day_value (test, 1);
    case SB_OPERATOR_WITHIN:
      return known && day <= today && day >= today - n;
    case SB_OPERATOR_OLDER:
      return known && day < today - n;
    case SB_OPERATOR_AHEAD:
      return known && day >= today && day <= today + n;
    default:
      return known && sb_day_until_anniversary (day, today) <= n;
    }
}

static gboolean
time_answer (const SbCondition     *test,
             gint64                 at,
             const SbConditionTime *time)
{
  gint64 age = time->now - at;
  gint64 limit = (gint64) (sb_condition_number (test, 0) * SB_DAY_MS);

  switch ((int) test->op)
    {
    case SB_OPERATOR_EMPTY:
      return at == 0;
    case SB_OPERATOR_NOT_EMPTY:
      return at != 0;
    case SB_OPERATOR_WITHIN:
      return at != 0 && age <= limit;
    case SB_OPERATOR_OLDER:
      return at != 0 && age > limit;
    case SB_OPERATOR_BEFORE:
      return at != 0 && at < sb_day_start (day_value (test, 0), time->zone);
    case SB_OPERATOR_AFTER:
      return at != 0 && at >= sb_day_start (day_value (test, 0) + 1, time->zone);
    default:
      return at != 0 && at >= sb_day_start (day_value (test, 0), time->zone) && at < sb_day_start (day_value (test, 1) + 1, time->zone);
    }
}

/* -- rows -- */

static gboolean
has_id (GArray *ids,
        gint64  id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;

  return FALSE;
}

static gboolean
rows_answer (const SbCondition *test,
             const SbFact      *fact)
{
  guint n = 0;

  for (guint i = 0; i < test->values->len; i++)
    n += has_id (fact->ids, sb_condition_id (test, i));

  switch ((int) test->op)
    {
    case SB_OPERATOR_EMPTY:
      return fact->ids->len == 0;
    case SB_OPERATOR_NOT_EMPTY:
      return fact->ids->len > 0;
    case SB_OPERATOR_ALL_OF:
      return n == test->values->len;
    case SB_OPERATOR_NONE_OF:
      return n == 0;
    default:
      return n > 0;
    }
}

/* -- one comparison -- */

static gboolean
field_answer (const SbCondition     *test,
              const SbFact          *fact,
              const SbConditionTime *time)
{
  const char *text = fact->texts->len > 0 ? fact->texts->pdata[0] : "";
  double      number = 0;
  gint64      day = 0;
  gboolean    yes = FALSE, known;

  switch ((int) test->field_type)
    {
    case SB_VALUE_NUMBER:
      known = sb_value_number (text, &number);
      return number_answer (test, known, number);
    case SB_VALUE_DATE:
      known = sb_value_day (text, &day);
      return day_answer (test, known, day, sb_day_of (time->now, time->zone));
    case SB_VALUE_YES_NO:
      known = sb_value_yes (text, &yes);
      if (test->op == SB_OPERATOR_EMPTY || test->op == SB_OPERATOR_NOT_EMPTY)
        return known == (test->op == SB_OPERATOR_NOT_EMPTY);
      return known && yes == (test->op == SB_OPERATOR_YES);
    default:
      return texts_answer (test, fact);
    }
}

static gboolean
answer (const SbCondition     *test,
        const SbFact          *fact,
        const SbConditionTime *time)
{
  switch ((int) sb_condition_type (test))
    {
    case SB_VALUE_ROW:
    case SB_VALUE_ROWS:
    case SB_VALUE_FIXED:
      return rows_answer (test, fact);
    case SB_VALUE_TIME:
      return time_answer (test, fact->number, time);
    case SB_VALUE_COUNT:
      return number_answer (test, TRUE, fact->number);
    case SB_VALUE_YES_NO:
      if (test->subject != SB_SUBJECT_FIELD)
        return (fact->number != 0) == (test->op == SB_OPERATOR_YES);
      return field_answer (test, fact, time);
    default:
      return test->subject == SB_SUBJECT_FIELD ? field_answer (test, fact, time) : texts_answer (test, fact);
    }
}

static SbVerdict *
explain_test (const SbCondition     *self,
              const SbFacts         *facts,
              const SbConditionTime *time)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  SbVerdict            *verdict = g_new0 (SbVerdict, 1);
  SbFact                fact = { texts, g_array_new (FALSE, FALSE, sizeof (gint64)), 0 };

  facts->get (facts, self->subject, self->field, &fact);
  verdict->condition = self;
  verdict->is_true = answer (self, &fact, time);
  verdict->seen_ids = fact.ids;
  verdict->seen_number = fact.number;
  if (texts->len > 0)
    {
      g_ptr_array_add (texts, NULL);
      verdict->seen = g_strjoinv (", ", (char **) texts->pdata);
    }

  return verdict;
}

SbVerdict *
sb_condition_explain (const SbCondition     *self,
                      const SbFacts         *facts,
                      const SbConditionTime *time)
{
  SbVerdict *verdict;
  guint      n_true = 0;

  if (self->kind == SB_CONDITION_TEST)
    return explain_test (self, facts, time);

  verdict = g_new0 (SbVerdict, 1);
  verdict->condition = self;
  verdict->children = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_verdict_free);
  for (guint i = 0; i < self->children->len; i++)
    {
      SbVerdict *child = sb_condition_explain (self->children->pdata[i], facts, time);

      n_true += child->is_true;
      g_ptr_array_add (verdict->children, child);
    }
  /* A group with nothing in it asks nothing: everybody. */
  verdict->is_true = self->kind == SB_CONDITION_ALL   ? n_true == self->children->len
                     : self->kind == SB_CONDITION_ANY ? n_true > 0 || self->children->len == 0
                                                      : n_true == 0;

  return verdict;
}

void
sb_verdict_free (SbVerdict *self)
{
  g_free (self->seen);
  g_clear_pointer (&self->seen_ids, g_array_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

gboolean
sb_condition_is_true (const SbCondition     *self,
                      const SbFacts         *facts,
                      const SbConditionTime *time)
{
  g_autoptr (SbVerdict) verdict = sb_condition_explain (self, facts, time);

  return verdict->is_true;
}

/* -- a person -- */

static void
add_text (SbFact     *fact,
          const char *text)
{
  if (text != NULL && text[0] != '\0')
    g_ptr_array_add (fact->texts, (gpointer) text);
}

static void
add_id (SbFact *fact,
        gint64  id)
{
  if (id != 0)
    g_array_append_val (fact->ids, id);
}

static void
get_texts (const SbDossier *person,
           SbSubject        subject,
           const char      *field,
           SbFact          *fact)
{
  if (subject == SB_SUBJECT_NAME)
    add_text (fact, person->name);
  else if (subject == SB_SUBJECT_COUNTRY)
    add_text (fact, person->country);
  else if (subject == SB_SUBJECT_LANGUAGE)
    add_text (fact, person->language);
  else if (subject == SB_SUBJECT_SOURCE)
    add_text (fact, person->source);
  else if (subject == SB_SUBJECT_FIELD)
    add_text (fact, g_hash_table_lookup (person->fields, field));
  else if (subject == SB_SUBJECT_NUMBER)
    for (guint i = 0; i < person->numbers->len; i++)
      add_text (fact, person->numbers->pdata[i]);
}

static void
get_rows (const SbDossier *person,
          SbSubject        subject,
          SbFact          *fact)
{
  gint64 consent = person->consent;

  if (subject == SB_SUBJECT_TAG)
    g_array_append_vals (fact->ids, person->tags->data, person->tags->len);
  else if (subject == SB_SUBJECT_IMPORT)
    g_array_append_vals (fact->ids, person->imports->data, person->imports->len);
  else if (subject == SB_SUBJECT_STAGE)
    add_id (fact, person->stage_id);
  else if (subject == SB_SUBJECT_ASSIGNEE)
    add_id (fact, person->assignee_id);
  else if (subject == SB_SUBJECT_LINE)
    add_id (fact, person->line_id);
  else if (subject == SB_SUBJECT_STATUS)
    add_id (fact, person->status);
  else if (subject == SB_SUBJECT_CONSENT)
    g_array_append_val (fact->ids, consent);
}

static void
get_number (const SbDossier *person,
            SbSubject        subject,
            SbFact          *fact)
{
  if (subject == SB_SUBJECT_BLOCKED)
    fact->number = person->blocked;
  else if (subject == SB_SUBJECT_UNREAD)
    fact->number = person->unread;
  else if (subject == SB_SUBJECT_UNANSWERED)
    fact->number = person->unanswered;
  else if (subject == SB_SUBJECT_LAST_IN)
    fact->number = person->last_in_at;
  else if (subject == SB_SUBJECT_LAST_OUT)
    fact->number = person->last_out_at;
  else if (subject == SB_SUBJECT_FIRST_SEEN)
    fact->number = person->first_seen_at;
  else if (subject == SB_SUBJECT_MESSAGES)
    fact->number = person->n_messages;
}

static void
get_of_person (const SbFacts *facts,
               SbSubject      subject,
               const char    *field,
               SbFact        *fact)
{
  const SbDossier *person = ((const SbPersonFacts *) facts)->person;

  get_texts (person, subject, field, fact);
  get_rows (person, subject, fact);
  get_number (person, subject, fact);
}

void
sb_person_facts_init (SbPersonFacts   *self,
                      const SbDossier *person)
{
  self->facts.get = get_of_person;
  self->person = person;
}
