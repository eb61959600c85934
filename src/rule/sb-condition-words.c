/* Conditions in words. Each comparison is one whole sentence of the table, so that every language can turn it its own way. */
#include "sb-condition-words.h"

#include <glib/gi18n-lib.h>

#include "sb-clock.h"
#include "sb-condition-check.h"
#include "sb-condition-json.h"
#include "sb-thread.h"
#include "sb-value.h"

#define BUT_ONE(subject, op) (((subject) << 8) | (op))

/* Translators: the following are parts of a rule about people, as in “tag is VIP and last message from them is older than 30 days” */
static const struct
{
  SbSubject   subject;
  SbOperator  op;
  const char *words;
} tests[] = {
  { SB_SUBJECT_NAME, SB_OPERATOR_IS, N_("name is “%s”") },
  { SB_SUBJECT_NAME, SB_OPERATOR_ANY_OF, N_("name is %s") },
  { SB_SUBJECT_NAME, SB_OPERATOR_IS_NOT, N_("name is not “%s”") },
  { SB_SUBJECT_NAME, SB_OPERATOR_NONE_OF, N_("name is not %s") },
  { SB_SUBJECT_NAME, SB_OPERATOR_CONTAINS, N_("name contains “%s”") },
  { SB_SUBJECT_NAME, SB_OPERATOR_CONTAINS_NOT, N_("name does not contain “%s”") },
  { SB_SUBJECT_NAME, SB_OPERATOR_BEGINS, N_("name begins with “%s”") },
  { SB_SUBJECT_NAME, SB_OPERATOR_EMPTY, N_("has no name") },
  { SB_SUBJECT_NAME, SB_OPERATOR_NOT_EMPTY, N_("has a name") },
  { SB_SUBJECT_NUMBER, SB_OPERATOR_IS, N_("number is %s") },
  { SB_SUBJECT_NUMBER, SB_OPERATOR_ANY_OF, N_("number is %s") },
  { SB_SUBJECT_NUMBER, SB_OPERATOR_IS_NOT, N_("number is not %s") },
  { SB_SUBJECT_NUMBER, SB_OPERATOR_NONE_OF, N_("number is not %s") },
  { SB_SUBJECT_NUMBER, SB_OPERATOR_CONTAINS, N_("number contains %s") },
  { SB_SUBJECT_NUMBER, SB_OPERATOR_CONTAINS_NOT, N_("number does not contain %s") },
  { SB_SUBJECT_NUMBER, SB_OPERATOR_BEGINS, N_("number begins with %s") },
  { SB_SUBJECT_NUMBER, SB_OPERATOR_EMPTY, N_("has no number") },
  { SB_SUBJECT_NUMBER, SB_OPERATOR_NOT_EMPTY, N_("has a number") },
  { SB_SUBJECT_COUNTRY, SB_OPERATOR_IS, N_("country is %s") },
  { SB_SUBJECT_COUNTRY, SB_OPERATOR_ANY_OF, N_("country is %s") },
  { SB_SUBJECT_COUNTRY, SB_OPERATOR_IS_NOT, N_("country is not %s") },
  { SB_SUBJECT_COUNTRY, SB_OPERATOR_NONE_OF, N_("country is not %s") },
  { SB_SUBJECT_COUNTRY, SB_OPERATOR_CONTAINS, N_("country contains “%s”") },
  { SB_SUBJECT_COUNTRY, SB_OPERATOR_CONTAINS_NOT, N_("country does not contain “%s”") },
  { SB_SUBJECT_COUNTRY, SB_OPERATOR_BEGINS, N_("country begins with “%s”") },
  { SB_SUBJECT_COUNTRY, SB_OPERATOR_EMPTY, N_("country is not known") },
  { SB_SUBJECT_COUNTRY, SB_OPERATOR_NOT_EMPTY, N_("country is known") },
  { SB_SUBJECT_LANGUAGE, SB_OPERATOR_IS, N_("language is %s") },
  { SB_SUBJECT_LANGUAGE, SB_OPERATOR_ANY_OF, N_("language is %s") },
  { SB_SUBJECT_LANGUAGE, SB_OPERATOR_IS_NOT, N_("language is not %s") },
  { SB_SUBJECT_LANGUAGE, SB_OPERATOR_NONE_OF, N_("language is not %s") },
  { SB_SUBJECT_LANGUAGE, SB_OPERATOR_CONTAINS, N_("language contains “%s”") },
  { SB_SUBJECT_LANGUAGE, SB_OPERATOR_CONTAINS_NOT, N_("language does not contain “%s”") },
  { SB_SUBJECT_LANGUAGE, SB_OPERATOR_BEGINS, N_("language begins with “%s”") },
  { SB_SUBJECT_LANGUAGE, SB_OPERATOR_EMPTY, N_("language is not known") },
  { SB_SUBJECT_LANGUAGE, SB_OPERATOR_NOT_EMPTY, N_("language is known") },
  { SB_SUBJECT_TAG, SB_OPERATOR_ANY_OF, N_("tag is %s") },
  { SB_SUBJECT_TAG, SB_OPERATOR_ALL_OF, N_("has all the tags %s") },
  { SB_SUBJECT_TAG, SB_OPERATOR_NONE_OF, N_("tag is not %s") },
  { SB_SUBJECT_TAG, SB_OPERATOR_EMPTY, N_("has no tag") },
  { SB_SUBJECT_TAG, SB_OPERATOR_NOT_EMPTY, N_("has a tag") },
  { SB_SUBJECT_STAGE, SB_OPERATOR_ANY_OF, N_("stage is %s") },
  { SB_SUBJECT_STAGE, SB_OPERATOR_NONE_OF, N_("stage is not %s") },
  { SB_SUBJECT_STAGE, SB_OPERATOR_EMPTY, N_("has no stage") },
  { SB_SUBJECT_STAGE, SB_OPERATOR_NOT_EMPTY, N_("has a stage") },
  { SB_SUBJECT_SOURCE, SB_OPERATOR_IS, N_("came by “%s”") },
  { SB_SUBJECT_SOURCE, SB_OPERATOR_ANY_OF, N_("came by %s") },
  { SB_SUBJECT_SOURCE, SB_OPERATOR_IS_NOT, N_("did not come by “%s”") },
  { SB_SUBJECT_SOURCE, SB_OPERATOR_NONE_OF, N_("did not come by %s") },
  { SB_SUBJECT_SOURCE, SB_OPERATOR_CONTAINS, N_("came by something with “%s”") },
  { SB_SUBJECT_SOURCE, SB_OPERATOR_CONTAINS_NOT, N_("did not come by anything with “%s”") },
  { SB_SUBJECT_SOURCE, SB_OPERATOR_BEGINS, N_("came by something that begins with “%s”") },
  { SB_SUBJECT_SOURCE, SB_OPERATOR_EMPTY, N_("nobody knows what they came by") },
  { SB_SUBJECT_SOURCE, SB_OPERATOR_NOT_EMPTY, N_("it is known what they came by") },
  { SB_SUBJECT_CONSENT, SB_OPERATOR_ANY_OF, N_("may receive %s") },
  { SB_SUBJECT_CONSENT, SB_OPERATOR_NONE_OF, N_("what they may receive is not %s") },
  { SB_SUBJECT_BLOCKED, SB_OPERATOR_YES, N_("is blocked") },
  { SB_SUBJECT_BLOCKED, SB_OPERATOR_NO, N_("is not blocked") },
  { SB_SUBJECT_LAST_IN, SB_OPERATOR_BEFORE, N_("last message from them was before %s") },
  { SB_SUBJECT_LAST_IN, SB_OPERATOR_AFTER, N_("last message from them was after %s") },
  { SB_SUBJECT_LAST_IN, SB_OPERATOR_BETWEEN, N_("last message from them was between %s and %s") },
  { SB_SUBJECT_LAST_IN, SB_OPERATOR_EMPTY, N_("has never written") },
  { SB_SUBJECT_LAST_IN, SB_OPERATOR_NOT_EMPTY, N_("has written at least once") },
  { SB_SUBJECT_LAST_OUT, SB_OPERATOR_BEFORE, N_("last message to them was before %s") },
  { SB_SUBJECT_LAST_OUT, SB_OPERATOR_AFTER, N_("last message to them was after %s") },
  { SB_SUBJECT_LAST_OUT, SB_OPERATOR_BETWEEN, N_("last message to them was between %s and %s") },
  { SB_SUBJECT_LAST_OUT, SB_OPERATOR_EMPTY, N_("nobody has ever written to them") },
  { SB_SUBJECT_LAST_OUT, SB_OPERATOR_NOT_EMPTY, N_("somebody has written to them") },
  { SB_SUBJECT_FIRST_SEEN, SB_OPERATOR_BEFORE, N_("known since before %s") },
  { SB_SUBJECT_FIRST_SEEN, SB_OPERATOR_AFTER, N_("known since after %s") },
  { SB_SUBJECT_FIRST_SEEN, SB_OPERATOR_BETWEEN, N_("known since a day between %s and %s") },
  { SB_SUBJECT_UNREAD, SB_OPERATOR_YES, N_("has unread messages") },
  { SB_SUBJECT_UNREAD, SB_OPERATOR_NO, N_("has no unread messages") },
  { SB_SUBJECT_UNANSWERED, SB_OPERATOR_YES, N_("waits for an answer") },
  { SB_SUBJECT_UNANSWERED, SB_OPERATOR_NO, N_("does not wait for an answer") },
  { SB_SUBJECT_STATUS, SB_OPERATOR_ANY_OF, N_("conversation is %s") },
  { SB_SUBJECT_STATUS, SB_OPERATOR_NONE_OF, N_("conversation is not %s") },
  { SB_SUBJECT_ASSIGNEE, SB_OPERATOR_ANY_OF, N_("assigned to %s") },
  { SB_SUBJECT_ASSIGNEE, SB_OPERATOR_NONE_OF, N_("not assigned to %s") },
  { SB_SUBJECT_ASSIGNEE, SB_OPERATOR_EMPTY, N_("assigned to nobody") },
  { SB_SUBJECT_ASSIGNEE, SB_OPERATOR_NOT_EMPTY, N_("assigned to somebody") },
  { SB_SUBJECT_LINE, SB_OPERATOR_ANY_OF, N_("line is %s") },
  { SB_SUBJECT_LINE, SB_OPERATOR_NONE_OF, N_("line is not %s") },
  { SB_SUBJECT_LINE, SB_OPERATOR_EMPTY, N_("has no line") },
  { SB_SUBJECT_LINE, SB_OPERATOR_NOT_EMPTY, N_("has a line") },
  { SB_SUBJECT_IMPORT, SB_OPERATOR_ANY_OF, N_("was in the import %s") },
  { SB_SUBJECT_IMPORT, SB_OPERATOR_ALL_OF, N_("was in all the imports %s") },
  { SB_SUBJECT_IMPORT, SB_OPERATOR_NONE_OF, N_("was not in the import %s") },
  { SB_SUBJECT_IMPORT, SB_OPERATOR_EMPTY, N_("was in no import") },
  { SB_SUBJECT_IMPORT, SB_OPERATOR_NOT_EMPTY, N_("was in an import") },
  { SB_SUBJECT_MESSAGES, SB_OPERATOR_IS, N_("number of messages is %s") },
  { SB_SUBJECT_MESSAGES, SB_OPERATOR_IS_NOT, N_("number of messages is not %s") },
  { SB_SUBJECT_MESSAGES, SB_OPERATOR_LESS, N_("number of messages is less than %s") },
  { SB_SUBJECT_MESSAGES, SB_OPERATOR_MORE, N_("number of messages is more than %s") },
  { SB_SUBJECT_MESSAGES, SB_OPERATOR_BETWEEN, N_("number of messages is from %s to %s") },
  /* Translators: first the name of a field of the owner's own, then the value */
  { SB_SUBJECT_FIELD, SB_OPERATOR_IS, N_("%s is “%s”") },
  { SB_SUBJECT_FIELD, SB_OPERATOR_IS_NOT, N_("%s is not “%s”") },
  { SB_SUBJECT_FIELD, SB_OPERATOR_ANY_OF, N_("%s is %s") },
  { SB_SUBJECT_FIELD, SB_OPERATOR_NONE_OF, N_("%s is not %s") },
  { SB_SUBJECT_FIELD, SB_OPERATOR_CONTAINS, N_("%s contains “%s”") },
  { SB_SUBJECT_FIELD, SB_OPERATOR_CONTAINS_NOT, N_("%s does not contain “%s”") },
  { SB_SUBJECT_FIELD, SB_OPERATOR_BEGINS, N_("%s begins with “%s”") },
  { SB_SUBJECT_FIELD, SB_OPERATOR_EMPTY, N_("%s is empty") },
  { SB_SUBJECT_FIELD, SB_OPERATOR_NOT_EMPTY, N_("%s is not empty") },
  { SB_SUBJECT_FIELD, SB_OPERATOR_LESS, N_("%s is less than %s") },
  { SB_SUBJECT_FIELD, SB_OPERATOR_MORE, N_("%s is more than %s") },
  { SB_SUBJECT_FIELD, SB_OPERATOR_BETWEEN, N_("%s is from %s to %s") },
  { SB_SUBJECT_FIELD, SB_OPERATOR_BEFORE, N_("%s is before %s") },
  { SB_SUBJECT_FIELD, SB_OPERATOR_AFTER, N_("%s is after %s") },
  { SB_SUBJECT_FIELD, SB_OPERATOR_YES, N_("%s is yes") },
  { SB_SUBJECT_FIELD, SB_OPERATOR_NO, N_("%s is no") },
};

/* -- values in words -- */

static char *
date_words (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) date = NULL;
  gint64                day;

  if (text == NULL || !sb_value_day (text, &day))
    return g_strdup (text != NULL ? text : "");
  date = g_date_time_new_from_unix_utc (day * 86400);

  /* Translators: a day, as strftime has it; %-d the day, %B the month, %Y the year */
  return g_date_time_format (date, _("%-d %B %Y"));
}

char *
sb_condition_fixed_words (SbSubject subject,
                          gint64    id)
{
  static const char *const consent[] = { N_("nothing yet"), N_("orders only"), N_("offers"), N_("nothing, opted out") };
  static const char *const status[] = { NULL, N_("open"), N_("pending"), N_("done"), N_("snoozed") };

  if (subject == SB_SUBJECT_CONSENT && id >= 0 && id < (gint64) G_N_ELEMENTS (consent))
    return g_strdup (_(consent[id]));
  if (subject == SB_SUBJECT_STATUS && id > 0 && id < (gint64) G_N_ELEMENTS (status))
    return g_strdup (_(status[id]));

  return g_strdup ("");
}

static char *
value_words (const SbCondition *self,
             guint              index)
{
  SbValueType type = sb_condition_type (self);
  const char *text = sb_condition_text (self, index);

  if (type == SB_VALUE_FIXED)
    return sb_condition_fixed_words (self->subject, sb_condition_id (self, index));
  if ((type == SB_VALUE_DATE || type == SB_VALUE_TIME) && !sb_operator_counts_days (self->op))
    return date_words (text);

  return g_strdup (text != NULL ? text : "…");
}

/* Puts @parts together two by two: the pattern is the language's. Takes @parts. */
static char *
join (GPtrArray  *parts,
      const char *pair)
{
  char *joined = parts->len > 0 ? g_strdup (parts->pdata[0]) : g_strdup ("…");

  for (guint i = 1; i < parts->len; i++)
    {
      char *before = joined;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      joined = g_strdup_printf (pair, before, (char *) parts->pdata[i]);
#pragma GCC diagnostic pop
      g_free (before);
    }
  g_ptr_array_unref (parts);

  return joined;
}

static char *
values_words (const SbCondition *self)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->values->len; i++)
    g_ptr_array_add (words, value_words (self, i));

  /* Translators: values of a rule: “VIP or Wedding” */
  return join (words, self->op == SB_OPERATOR_ALL_OF ? C_("values", "%s and %s") : C_("values", "%s or %s"));
}

/* -- comparisons in words -- */

static const char *
days_pattern (const SbCondition *self,
              gulong             n)
{
  switch (BUT_ONE (self->subject, self->op))
    {
    case BUT_ONE (SB_SUBJECT_LAST_IN, SB_OPERATOR_WITHIN):
      return ngettext ("last message from them is within the last day", "last message from them is within the last %lu days", n);
    case BUT_ONE (SB_SUBJECT_LAST_IN, SB_OPERATOR_OLDER):
      return ngettext ("last message from them is older than a day", "last message from them is older than %lu days", n);
    case BUT_ONE (SB_SUBJECT_LAST_OUT, SB_OPERATOR_WITHIN):
      return ngettext ("last message to them is within the last day", "last message to them is within the last %lu days", n);
    case BUT_ONE (SB_SUBJECT_LAST_OUT, SB_OPERATOR_OLDER):
      return ngettext ("last message to them is older than a day", "last message to them is older than %lu days", n);
    case BUT_ONE (SB_SUBJECT_FIRST_SEEN, SB_OPERATOR_WITHIN):
      return ngettext ("known for at most a day", "known for at most %lu days", n);
    case BUT_ONE (SB_SUBJECT_FIRST_SEEN, SB_OPERATOR_OLDER):
      return ngettext ("known for more than a day", "known for more than %lu days", n);
    default:
      return NULL;
    }
}

static const char *
field_days_pattern (const SbCondition *self,
                    gulong             n)
{
  switch ((int) self->op)
    {
    case SB_OPERATOR_WITHIN:
      return ngettext ("%s was within the last day", "%s was within the last %lu days", n);
    case SB_OPERATOR_OLDER:
      return ngettext ("%s was more than a day ago", "%s was more than %lu days ago", n);
    case SB_OPERATOR_AHEAD:
      return ngettext ("%s is within the next day", "%s is within the next %lu days", n);
    default:
      return ngettext ("%s comes round within the next day", "%s comes round within the next %lu days", n);
    }
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static char *
test_words (const SbCondition *self)
{
  gulong           n = sb_operator_counts_days (self->op) ? (gulong) MAX (sb_condition_number (self, 0), 0) : 0;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (sb_operator_counts_days (self->op))
    return self->subject == SB_SUBJECT_FIELD ? g_strdup_printf (field_days_pattern (self, n), self->field, n) : g_strdup_printf (days_pattern (self, n), n);

  first = self->op == SB_OPERATOR_BETWEEN ? value_words (self, 0) : values_words (self);
  second = value_words (self, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    if (tests[i].subject == self->subject && tests[i].op == self->op)
      return self->subject == SB_SUBJECT_FIELD ? g_strdup_printf (_(tests[i].words), self->field, first, second) : g_strdup_printf (_(tests[i].words), first, second);

  return g_strdup (sb_subject_to_name (self->subject));
}

static char *
node_words (const SbCondition *self,
            gboolean           inside)
{
  GPtrArray       *parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;

  if (self->kind == SB_CONDITION_TEST)
    {
      g_ptr_array_unref (parts);
      return test_words (self);
    }
  if (self->children->len == 0)
    {
      g_ptr_array_unref (parts);
      return g_strdup (_("everybody"));
    }
  for (guint i = 0; i < self->children->len; i++)
    g_ptr_array_add (parts, node_words (self->children->pdata[i], TRUE));

  if (self->kind == SB_CONDITION_ALL)
    joined = join (parts, C_("conditions", "%s and %s"));
  else
    joined = join (parts, C_("conditions", "%s or %s"));
  if (self->kind == SB_CONDITION_NONE)
    /* Translators: turns a rule round: “not (tag is VIP or is blocked)” */
    return g_strdup_printf (_("not (%s)"), joined);

  return inside && self->children->len > 1 ? g_strdup_printf ("(%s)", joined) : g_steal_pointer (&joined);
}

#pragma GCC diagnostic pop

char *
sb_condition_to_words (const SbCondition *self)
{
  g_autofree char *words = node_words (self, FALSE);
  g_autofree char *first = g_utf8_substring (words, 0, 1);
  g_autofree char *upper = g_utf8_strup (first, -1);

  return g_strconcat (upper, g_utf8_next_char (words), NULL);
}

/* -- what is offered to choose from -- */

const char *
sb_subject_to_words (SbSubject subject)
{
  static const char *const words[SB_N_SUBJECTS] = {
    [SB_SUBJECT_NAME] = N_("Name"),
    [SB_SUBJECT_NUMBER] = N_("Number"),
    [SB_SUBJECT_COUNTRY] = N_("Country"),
    [SB_SUBJECT_LANGUAGE] = N_("Language"),
    [SB_SUBJECT_TAG] = N_("Tag"),
    [SB_SUBJECT_STAGE] = N_("Stage"),
    [SB_SUBJECT_SOURCE] = N_("Came By"),
    [SB_SUBJECT_CONSENT] = N_("May Receive"),
    [SB_SUBJECT_BLOCKED] = N_("Blocked"),
    [SB_SUBJECT_FIELD] = N_("Field"),
    [SB_SUBJECT_LAST_IN] = N_("Last Message from Them"),
    [SB_SUBJECT_LAST_OUT] = N_("Last Message to Them"),
    [SB_SUBJECT_FIRST_SEEN] = N_("Known Since"),
    [SB_SUBJECT_UNREAD] = N_("Unread Messages"),
    [SB_SUBJECT_UNANSWERED] = N_("Waits for an Answer"),
    [SB_SUBJECT_STATUS] = N_("Conversation"),
    [SB_SUBJECT_ASSIGNEE] = N_("Assigned To"),
    [SB_SUBJECT_LINE] = N_("Line"),
    [SB_SUBJECT_IMPORT] = N_("Import"),
    [SB_SUBJECT_MESSAGES] = N_("Number of Messages"),
  };

  return _(words[subject]);
}

const char *
sb_operator_to_words (SbOperator op,
                      SbSubject  subject)
{
  static const char *const words[SB_N_OPERATORS] = {
    [SB_OPERATOR_IS] = N_("is"),
    [SB_OPERATOR_IS_NOT] = N_("is not"),
    [SB_OPERATOR_CONTAINS] = N_("contains"),
    [SB_OPERATOR_CONTAINS_NOT] = N_("does not contain"),
    [SB_OPERATOR_BEGINS] = N_("begins with"),
    [SB_OPERATOR_EMPTY] = N_("is empty"),
    [SB_OPERATOR_NOT_EMPTY] = N_("is not empty"),
    [SB_OPERATOR_ANY_OF] = N_("is any of"),
    [SB_OPERATOR_ALL_OF] = N_("has all of"),
    [SB_OPERATOR_NONE_OF] = N_("is none of"),
    [SB_OPERATOR_LESS] = N_("is less than"),
    [SB_OPERATOR_MORE] = N_("is more than"),
    [SB_OPERATOR_BETWEEN] = N_("is between"),
    [SB_OPERATOR_BEFORE] = N_("is before"),
    [SB_OPERATOR_AFTER] = N_("is after"),
    [SB_OPERATOR_WITHIN] = N_("is within the last"),
    [SB_OPERATOR_OLDER] = N_("is older than"),
    [SB_OPERATOR_AHEAD] = N_("is within the next"),
    [SB_OPERATOR_ANNIVERSARY] = N_("comes round within"),
    [SB_OPERATOR_YES] = N_("yes"),
    [SB_OPERATOR_NO] = N_("no"),
  };

  if (subject == SB_SUBJECT_LAST_IN || subject == SB_SUBJECT_LAST_OUT)
    {
      if (op == SB_OPERATOR_EMPTY)
        return _("never was");
      if (op == SB_OPERATOR_NOT_EMPTY)
        return _("ever was");
    }

  return _(words[op]);
}

/* -- what was seen -- */

static char *
ids_words (const SbVerdict    *self,
           const SbShopSchema *schema)
{
  GPtrArray *rows = sb_shop_schema_rows (schema, self->condition->subject);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->seen_ids->len; i++)
    {
      gint64 id = g_array_index (self->seen_ids, gint64, i);

      if (rows == NULL)
        g_ptr_array_add (names, sb_condition_fixed_words (self->condition->subject, id));
      for (guint k = 0; rows != NULL && k < rows->len; k++)
        if (((SbNamed *) rows->pdata[k])->id == id)
          g_ptr_array_add (names, g_strdup (((SbNamed *) rows->pdata[k])->name));
    }
  if (names->len == 0)
    g_ptr_array_add (names, g_strdup (C_("seen", "nothing")));

  /* Translators: a list of values as they were found: “VIP, Wedding” */
  return join (names, C_("seen", "%s, %s"));
}

static char *
age_words (gint64                 at,
           const SbConditionTime *time)
{
  gint64 days = (time->now - at) / SB_DAY_MS;

  if (at == 0)
    return g_strdup (C_("seen", "never"));
  if (days < 1)
    return g_strdup (_("less than a day ago"));

  return g_strdup_printf (ngettext ("%lu day ago", "%lu days ago", (gulong) days), (gulong) days);
}

char *
sb_verdict_seen_words (const SbVerdict       *self,
                       const SbShopSchema    *schema,
                       const SbConditionTime *time)
{
  switch ((int) sb_condition_type (self->condition))
    {
    case SB_VALUE_ROW:
    case SB_VALUE_ROWS:
    case SB_VALUE_FIXED:
      return ids_words (self, schema);
    case SB_VALUE_TIME:
      return age_words (self->seen_number, time);
    case SB_VALUE_COUNT:
      return g_strdup_printf ("%" G_GINT64_FORMAT, self->seen_number);
    case SB_VALUE_YES_NO:
      if (self->condition->subject != SB_SUBJECT_FIELD)
        return g_strdup (self->seen_number != 0 ? _("yes") : _("no"));
      return g_strdup (self->seen != NULL ? self->seen : C_("seen", "nothing"));
    case SB_VALUE_DATE:
      return self->seen != NULL ? date_words (self->seen) : g_strdup (C_("seen", "nothing"));
    default:
      return g_strdup (self->seen != NULL ? self->seen : C_("seen", "nothing"));
    }
}
