#include "sb-condition.h"

#include "sb-value.h"

static void
value_free (gpointer data)
{
  SbConditionValue *value = data;

  g_free (value->text);
  g_free (value);
}

SbCondition *
sb_condition_new_group (SbConditionKind kind)
{
  SbCondition *self = g_new0 (SbCondition, 1);

  self->kind = kind;
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_condition_free);

  return self;
}

SbCondition *
sb_condition_new_test (SbSubject  subject,
                       SbOperator op)
{
  SbCondition *self = g_new0 (SbCondition, 1);

  self->kind = SB_CONDITION_TEST;
  self->subject = subject;
  self->op = op;
  self->values = g_ptr_array_new_with_free_func (value_free);

  return self;
}

void
sb_condition_free (SbCondition *self)
{
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self->field);
  g_free (self);
}

void
sb_condition_add_value (SbCondition *self,
                        gint64       id,
                        const char  *text)
{
  SbConditionValue *value = g_new0 (SbConditionValue, 1);

  value->id = id;
  value->text = g_strdup (text);
  g_ptr_array_add (self->values, value);
}

SbCondition *
sb_condition_copy (const SbCondition *self)
{
  SbCondition *copy;

  if (self->kind != SB_CONDITION_TEST)
    {
      copy = sb_condition_new_group (self->kind);
      for (guint i = 0; i < self->children->len; i++)
        g_ptr_array_add (copy->children, sb_condition_copy (self->children->pdata[i]));
      return copy;
    }

  copy = sb_condition_new_test (self->subject, self->op);
  copy->field = g_strdup (self->field);
  copy->field_id = self->field_id;
  copy->field_type = self->field_type;
  for (guint i = 0; i < self->values->len; i++)
    sb_condition_add_value (copy, sb_condition_id (self, i), sb_condition_text (self, i));

  return copy;
}

static gboolean
tests_equal (const SbCondition *a,
             const SbCondition *b)
{
  if (a->subject != b->subject || a->op != b->op || g_strcmp0 (a->field, b->field) != 0 || a->field_id != b->field_id || a->field_type != b->field_type || a->values->len != b->values->len)
    return FALSE;
  for (guint i = 0; i < a->values->len; i++)
    if (sb_condition_id (a, i) != sb_condition_id (b, i) || g_strcmp0 (sb_condition_text (a, i), sb_condition_text (b, i)) != 0)
      return FALSE;

  return TRUE;
}

gboolean
sb_condition_equal (const SbCondition *a,
                    const SbCondition *b)
{
  if (a->kind != b->kind)
    return FALSE;
  if (a->kind == SB_CONDITION_TEST)
    return tests_equal (a, b);
  if (a->children->len != b->children->len)
    return FALSE;
  for (guint i = 0; i < a->children->len; i++)
    if (!sb_condition_equal (a->children->pdata[i], b->children->pdata[i]))
      return FALSE;

  return TRUE;
}

/* -- what may be asked of what -- */

static const SbValueType types[SB_N_SUBJECTS] = {
  [SB_SUBJECT_NAME] = SB_VALUE_TEXT,
  [SB_SUBJECT_NUMBER] = SB_VALUE_TEXT,
  [SB_SUBJECT_COUNTRY] = SB_VALUE_TEXT,
  [SB_SUBJECT_LANGUAGE] = SB_VALUE_TEXT,
  [SB_SUBJECT_TAG] = SB_VALUE_ROWS,
  [SB_SUBJECT_STAGE] = SB_VALUE_ROW,
  [SB_SUBJECT_SOURCE] = SB_VALUE_TEXT,
  [SB_SUBJECT_CONSENT] = SB_VALUE_FIXED,
  [SB_SUBJECT_BLOCKED] = SB_VALUE_YES_NO,
  [SB_SUBJECT_LAST_IN] = SB_VALUE_TIME,
  [SB_SUBJECT_LAST_OUT] = SB_VALUE_TIME,
  [SB_SUBJECT_FIRST_SEEN] = SB_VALUE_TIME,
  [SB_SUBJECT_UNREAD] = SB_VALUE_YES_NO,
  [SB_SUBJECT_UNANSWERED] = SB_VALUE_YES_NO,
  [SB_SUBJECT_STATUS] = SB_VALUE_FIXED,
  [SB_SUBJECT_ASSIGNEE] = SB_VALUE_ROW,
  [SB_SUBJECT_LINE] = SB_VALUE_ROW,
  [SB_SUBJECT_IMPORT] = SB_VALUE_ROWS,
  [SB_SUBJECT_MESSAGES] = SB_VALUE_COUNT,
};

#define OP(name)  (1u << SB_OPERATOR_##name)
#define EMPTINESS (OP (EMPTY) | OP (NOT_EMPTY))

static const guint operators[SB_N_VALUES] = {
  [SB_VALUE_TEXT] = OP (IS) | OP (IS_NOT) | OP (CONTAINS) | OP (CONTAINS_NOT) | OP (BEGINS) | OP (ANY_OF) | OP (NONE_OF) | EMPTINESS,
  [SB_VALUE_NUMBER] = OP (IS) | OP (IS_NOT) | OP (LESS) | OP (MORE) | OP (BETWEEN) | EMPTINESS,
  [SB_VALUE_DATE] = OP (IS) | OP (BEFORE) | OP (AFTER) | OP (BETWEEN) | OP (WITHIN) | OP (OLDER) | OP (AHEAD) | OP (ANNIVERSARY) | EMPTINESS,
  [SB_VALUE_CHOICE] = OP (ANY_OF) | OP (NONE_OF) | EMPTINESS,
  [SB_VALUE_YES_NO] = OP (YES) | OP (NO),
  [SB_VALUE_ROW] = OP (ANY_OF) | OP (NONE_OF) | EMPTINESS,
  [SB_VALUE_ROWS] = OP (ANY_OF) | OP (ALL_OF) | OP (NONE_OF) | EMPTINESS,
  [SB_VALUE_FIXED] = OP (ANY_OF) | OP (NONE_OF),
  [SB_VALUE_TIME] = OP (WITHIN) | OP (OLDER) | OP (BEFORE) | OP (AFTER) | OP (BETWEEN) | EMPTINESS,
  [SB_VALUE_COUNT] = OP (IS) | OP (IS_NOT) | OP (LESS) | OP (MORE) | OP (BETWEEN),
};

SbValueType
sb_condition_type (const SbCondition *self)
{
  return self->subject == SB_SUBJECT_FIELD ? self->field_type : types[self->subject];
}

/* @type matters for a field only. */
gboolean
sb_subject_allows (SbSubject   subject,
                   SbValueType type,
                   SbOperator  op)
{
  if (subject != SB_SUBJECT_FIELD)
    type = types[subject];
  /* Everybody was seen for the first time; a field of yes and no may be neither. */
  if (subject == SB_SUBJECT_FIRST_SEEN && (OP (EMPTY) | OP (NOT_EMPTY)) & (1u << op))
    return FALSE;
  if (subject == SB_SUBJECT_FIELD && type == SB_VALUE_YES_NO && EMPTINESS & (1u << op))
    return TRUE;

  return (operators[type] & (1u << op)) != 0;
}

void
sb_operator_n_values (SbOperator op,
                      guint     *least,
                      guint     *most)
{
  gboolean none = (EMPTINESS | OP (YES) | OP (NO)) & (1u << op);
  gboolean many = (OP (ANY_OF) | OP (ALL_OF) | OP (NONE_OF)) & (1u << op);

  *least = none ? 0 : op == SB_OPERATOR_BETWEEN ? 2
                                                : 1;
  *most = many ? G_MAXUINT : *least;
}

gboolean
sb_operator_counts_days (SbOperator op)
{
  return ((OP (WITHIN) | OP (OLDER) | OP (AHEAD) | OP (ANNIVERSARY)) & (1u << op)) != 0;
}

const char *
sb_condition_text (const SbCondition *self,
                   guint              index)
{
  return index < self->values->len ? ((SbConditionValue *) self->values->pdata[index])->text : NULL;
}

gint64
sb_condition_id (const SbCondition *self,
                 guint              index)
{
  return index < self->values->len ? ((SbConditionValue *) self->values->pdata[index])->id : 0;
}

double
sb_condition_number (const SbCondition *self,
                     guint              index)
{
  const char *text = sb_condition_text (self, index);
  double      number = 0;

  return text != NULL && sb_value_number (text, &number) ? number : 0;
}
