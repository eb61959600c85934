/* A condition against what the shop has: tags are deleted, fields change their type, staff leave. */
#include "sb-condition-check.h"

#include <glib/gi18n-lib.h>

#include "sb-thread.h"
#include "sb-value.h"

GPtrArray *
sb_shop_schema_rows (const SbShopSchema *self,
                     SbSubject           subject)
{
  switch ((int) subject)
    {
    case SB_SUBJECT_TAG:
      return self->tags;
    case SB_SUBJECT_STAGE:
      return self->stages;
    case SB_SUBJECT_ASSIGNEE:
      return self->staff;
    case SB_SUBJECT_LINE:
      return self->lines;
    case SB_SUBJECT_IMPORT:
      return self->imports;
    default:
      return NULL;
    }
}

static const SbNamed *
find_row (GPtrArray  *rows,
          gint64      id,
          const char *name)
{
  g_autofree char *folded = id == 0 && name != NULL ? sb_value_fold (name) : NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      const SbNamed   *row = rows->pdata[i];
      g_autofree char *own = folded != NULL && row->name != NULL ? sb_value_fold (row->name) : NULL;

      if (id != 0 ? row->id == id : own != NULL && g_str_equal (own, folded))
        return row;
    }

  return NULL;
}

static void
resolve_test (SbCondition        *self,
              const SbShopSchema *schema)
{
  GPtrArray *rows = sb_shop_schema_rows (schema, self->subject);

  if (self->subject == SB_SUBJECT_FIELD)
    {
      const SbFieldRow *field = sb_shop_schema_find_field (schema, self->field_id, self->field);

      if (field == NULL)
        return;
      self->field_id = field->id;
      g_set_str (&self->field, field->name);
    }
  for (guint i = 0; rows != NULL && i < self->values->len; i++)
    {
      SbConditionValue *value = self->values->pdata[i];
      const SbNamed    *row = find_row (rows, value->id, value->text);

      if (row == NULL)
        continue;
      value->id = row->id;
      g_set_str (&value->text, row->name);
    }
}

void
sb_condition_resolve (SbCondition        *self,
                      const SbShopSchema *schema)
{
  if (self->kind == SB_CONDITION_TEST)
    resolve_test (self, schema);
  else
    for (guint i = 0; i < self->children->len; i++)
      sb_condition_resolve (self->children->pdata[i], schema);
}

/* -- problems -- */

static void
problem_free (gpointer data)
{
  SbConditionProblem *problem = data;

  g_free (problem->sentence);
  g_free (problem);
}

static void
add_problem (GPtrArray         *problems,
             const SbCondition *test,
             char              *sentence)
{
  SbConditionProblem *problem = g_new0 (SbConditionProblem, 1);

  problem->test = test;
  problem->sentence = sentence;
  g_ptr_array_add (problems, problem);
}

static const char *
gone_sentence (SbSubject subject)
{
  switch ((int) subject)
    {
    case SB_SUBJECT_TAG:
      /* Translators: a rule about people asks for a tag that was deleted */
      return N_("The tag “%s” is gone");
    case SB_SUBJECT_STAGE:
      return N_("The stage “%s” is gone");
    case SB_SUBJECT_ASSIGNEE:
      return N_("“%s” is no longer on the staff");
    case SB_SUBJECT_LINE:
      return N_("The line “%s” is gone");
    case SB_SUBJECT_IMPORT:
      return N_("The import “%s” is gone");
    default:
      return N_("The field “%s” is gone");
    }
}

G_GNUC_PRINTF (1, 0)
static char *
with_name (const char *format,
           const char *name)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, name != NULL ? name : "");
#pragma GCC diagnostic pop
}

static void
check_field (const SbCondition  *self,
             const SbShopSchema *schema,
             GPtrArray          *problems)
{
  const SbFieldRow *field = sb_shop_schema_find_field (schema, self->field_id, self->field);

  if (field == NULL)
    add_problem (problems, self, with_name (_(gone_sentence (self->subject)), self->field));
  else if (field->type != (int) self->field_type && (field->id != 0 || self->field_type == SB_VALUE_CHOICE))
    add_problem (problems, self, g_strdup_printf (_("The field “%s” holds something else now"), field->name));
}

static void
check_test (const SbCondition  *self,
            const SbShopSchema *schema,
            GPtrArray          *problems)
{
  GPtrArray *rows = sb_shop_schema_rows (schema, self->subject);

  if (self->subject == SB_SUBJECT_FIELD)
    check_field (self, schema, problems);
  for (guint i = 0; rows != NULL && i < self->values->len; i++)
    if (find_row (rows, sb_condition_id (self, i), sb_condition_text (self, i)) == NULL)
      add_problem (problems, self, with_name (_(gone_sentence (self->subject)), sb_condition_text (self, i)));
}

static void
check_node (const SbCondition  *self,
            const SbShopSchema *schema,
            GPtrArray          *problems)
{
  if (self->kind == SB_CONDITION_TEST)
    check_test (self, schema, problems);
  else
    for (guint i = 0; i < self->children->len; i++)
      check_node (self->children->pdata[i], schema, problems);
}

GPtrArray *
sb_condition_check (const SbCondition  *self,
                    const SbShopSchema *schema)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func (problem_free);

  check_node (self, schema, problems);

  return problems;
}
