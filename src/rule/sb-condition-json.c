/* Conditions as JSON. The reader is strict: what it does not know it refuses, and says where. */
#include "sb-condition-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-types.h"
#include "sb-value.h"

#define VERSION 1

static const char *const subjects[SB_N_SUBJECTS] = {
  [SB_SUBJECT_NAME] = "name",
  [SB_SUBJECT_NUMBER] = "number",
  [SB_SUBJECT_COUNTRY] = "country",
  [SB_SUBJECT_LANGUAGE] = "language",
  [SB_SUBJECT_TAG] = "tag",
  [SB_SUBJECT_STAGE] = "stage",
  [SB_SUBJECT_SOURCE] = "source",
  [SB_SUBJECT_CONSENT] = "consent",
  [SB_SUBJECT_BLOCKED] = "blocked",
  [SB_SUBJECT_FIELD] = "field",
  [SB_SUBJECT_LAST_IN] = "last-in",
  [SB_SUBJECT_LAST_OUT] = "last-out",
  [SB_SUBJECT_FIRST_SEEN] = "first-seen",
  [SB_SUBJECT_UNREAD] = "unread",
  [SB_SUBJECT_UNANSWERED] = "unanswered",
  [SB_SUBJECT_STATUS] = "status",
  [SB_SUBJECT_ASSIGNEE] = "assignee",
  [SB_SUBJECT_LINE] = "line",
  [SB_SUBJECT_IMPORT] = "import",
  [SB_SUBJECT_MESSAGES] = "messages",
};

static const char *const operators[SB_N_OPERATORS] = {
  [SB_OPERATOR_IS] = "is",
  [SB_OPERATOR_IS_NOT] = "is-not",
  [SB_OPERATOR_CONTAINS] = "contains",
  [SB_OPERATOR_CONTAINS_NOT] = "contains-not",
  [SB_OPERATOR_BEGINS] = "begins",
  [SB_OPERATOR_EMPTY] = "empty",
  [SB_OPERATOR_NOT_EMPTY] = "not-empty",
  [SB_OPERATOR_ANY_OF] = "any-of",
  [SB_OPERATOR_ALL_OF] = "all-of",
  [SB_OPERATOR_NONE_OF] = "none-of",
  [SB_OPERATOR_LESS] = "less",
  [SB_OPERATOR_MORE] = "more",
  [SB_OPERATOR_BETWEEN] = "between",
  [SB_OPERATOR_BEFORE] = "before",
  [SB_OPERATOR_AFTER] = "after",
  [SB_OPERATOR_WITHIN] = "within-days",
  [SB_OPERATOR_OLDER] = "older-than-days",
  [SB_OPERATOR_AHEAD] = "in-next-days",
  [SB_OPERATOR_ANNIVERSARY] = "anniversary-in-days",
  [SB_OPERATOR_YES] = "yes",
  [SB_OPERATOR_NO] = "no",
};

static const char *const field_types[] = { NULL, "text", "number", "date", "choice", "yes-no" };
static const char *const groups[] = { NULL, "all", "any", "none" };

static const struct
{
  SbSubject   subject;
  gint64      id;
  const char *key;
} fixed[] = {
  { SB_SUBJECT_CONSENT, 2, "offers" },
  { SB_SUBJECT_CONSENT, 1, "orders" },
  { SB_SUBJECT_CONSENT, 0, "none" },
  { SB_SUBJECT_CONSENT, 3, "opted-out" },
  { SB_SUBJECT_STATUS, SB_THREAD_OPEN, "open" },
  { SB_SUBJECT_STATUS, SB_THREAD_PENDING, "pending" },
  { SB_SUBJECT_STATUS, SB_THREAD_SNOOZED, "snoozed" },
  { SB_SUBJECT_STATUS, SB_THREAD_CLOSED, "done" },
};

const char *
sb_subject_to_name (SbSubject subject)
{
  return subjects[subject];
}

const char *
sb_operator_to_name (SbOperator op)
{
  return operators[op];
}

static int
find_name (const char *const *names,
           gsize              n_names,
           const char        *name)
{
  for (gsize i = 1; i < n_names && name != NULL; i++)
    if (names[i] != NULL && g_str_equal (names[i], name))
      return (int) i;

  return 0;
}

gboolean
sb_condition_fixed_id (SbSubject   subject,
                       const char *key,
                       gint64     *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
    if (fixed[i].subject == subject && g_strcmp0 (fixed[i].key, key) == 0)
      {
        *id = fixed[i].id;
        return TRUE;
      }

  return FALSE;
}

/* The @index-th word of @subject in the order they are shown, or NULL. */
const char *
sb_condition_fixed_key (SbSubject subject,
                        guint     index,
                        gint64   *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
    if (fixed[i].subject == subject && index-- == 0)
      {
        *id = fixed[i].id;
        return fixed[i].key;
      }

  return NULL;
}

/* -- what a value must be -- */

static gboolean
is_number_value (const SbCondition *self)
{
  SbValueType type = sb_condition_type (self);

  return sb_operator_counts_days (self->op) || type == SB_VALUE_NUMBER || type == SB_VALUE_COUNT;
}

static gboolean
value_ok (const SbCondition *self,
          guint              index,
          char             **why)
{
  const char      *text = sb_condition_text (self, index) != NULL ? sb_condition_text (self, index) : "";
  SbValueType      type = sb_condition_type (self);
  g_autofree char *folded = sb_value_fold (text);
  g_autofree char *digits = sb_value_digits (text);
  double           number = 0;
  gint64           day, id;

  if (is_number_value (self))
    {
      if (!sb_value_number (text, &number))
        *why = g_strdup (_("Type a number"));
      else if (sb_operator_counts_days (self->op) && (number < 0 || number > 36500))
        *why = g_strdup (_("Type a number of days from 0 to 36,500"));
    }
  else if (type == SB_VALUE_DATE || type == SB_VALUE_TIME)
    *why = sb_value_day (text, &day) ? NULL : g_strdup (_("Type a date as year, month and day, such as 2026-11-21"));
  else if (type == SB_VALUE_FIXED)
    *why = sb_condition_fixed_id (self->subject, text, &id) ? NULL : g_strdup (_("Choose one of the list"));
  else if (type == SB_VALUE_ROW || type == SB_VALUE_ROWS)
    *why = sb_condition_id (self, index) != 0 || folded[0] != '\0' ? NULL : g_strdup (_("Choose one of the list"));
  else if (self->subject == SB_SUBJECT_NUMBER)
    *why = digits[0] != '\0' ? NULL : g_strdup (_("Type some digits of the number"));
  else
    *why = folded[0] != '\0' ? NULL : g_strdup (_("Type a word to look for"));

  return *why == NULL;
}

static const char *
missing_words (SbValueType type)
{
  if (type == SB_VALUE_TEXT)
    return _("Type a word to look for");
  if (type == SB_VALUE_ROW || type == SB_VALUE_ROWS || type == SB_VALUE_FIXED || type == SB_VALUE_CHOICE)
    return _("Choose at least one of the list");

  return _("Something is missing here");
}

gboolean
sb_condition_values_ok (const SbCondition *self,
                        char             **why)
{
  guint least, most;

  *why = NULL;
  sb_operator_n_values (self->op, &least, &most);
  if (self->values->len < least)
    *why = g_strdup (missing_words (sb_condition_type (self)));
  else if (self->values->len > MIN (most, SB_CONDITION_MAX_VALUES))
    *why = g_strdup (_("There is too much here"));
  for (guint i = 0; i < self->values->len && *why == NULL; i++)
    value_ok (self, i, why);

  return *why == NULL;
}

/* -- reading -- */

typedef struct
{
  GString *place;
  guint    n_tests;
  GError **error;
} Reading;

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (Reading    *reading,
        const char *format,
        ...)
{
  g_autofree char *words = NULL;
  va_list          args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (reading->error, SB_ERROR, SB_ERROR_INVALID, "%s: %s", reading->place->len > 0 ? reading->place->str : "condition", words);

  return FALSE;
}

static gboolean
read_value (Reading     *reading,
            SbCondition *test,
            JsonNode    *node)
{
  g_autofree char *number = NULL;
  const char      *text = NULL;
  gint64           id = 0;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autofree char *id_text = sb_json_dup_id (json_node_get_object (node), "id");

      text = sb_json_string (json_node_get_object (node), "name");
      id = id_text != NULL ? g_ascii_strtoll (id_text, NULL, 10) : 0;
      if (id <= 0)
        return refuse (reading, "a row needs its id");
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_get_string (node);
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    text = number = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      text = number = g_strdup (g_ascii_dtostr (buffer, sizeof buffer, json_node_get_double (node)));
    }
  else
    return refuse (reading, "a value is a text, a number or a row");

  if (text != NULL && strlen (text) > SB_CONDITION_MAX_TEXT)
    return refuse (reading, "a value is longer than %d bytes", SB_CONDITION_MAX_TEXT);
  if (sb_condition_type (test) == SB_VALUE_FIXED && !sb_condition_fixed_id (test->subject, text, &id))
    return refuse (reading, "“%s” is no word of “%s”", text != NULL ? text : "", subjects[test->subject]);
  sb_condition_add_value (test, id, text);

  return TRUE;
}

static gboolean
read_values (Reading     *reading,
             SbCondition *test,
             JsonObject  *object)
{
  JsonNode        *node = json_object_get_member (object, "value");
  g_autofree char *why = NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      if (json_array_get_length (array) > SB_CONDITION_MAX_VALUES)
        return refuse (reading, "more than %d values", SB_CONDITION_MAX_VALUES);
      for (guint i = 0; i < json_array_get_length (array); i++)
        if (!read_value (reading, test, json_array_get_element (array, i)))
          return FALSE;
    }
  else if (node != NULL && !read_value (reading, test, node))
    return FALSE;

  return sb_condition_values_ok (test, &why) || refuse (reading, "%s", why);
}

static gboolean
read_field (Reading     *reading,
            SbCondition *test,
            JsonObject  *object)
{
  g_autofree char *id = sb_json_dup_id (object, "field-id");
  const char      *name = sb_json_string (object, "field");
  const char      *type = sb_json_string (object, "type");

  if (name == NULL || name[0] == '\0' || strlen (name) > SB_CONDITION_MAX_TEXT)
    return refuse (reading, "a field needs its name");
  test->field = g_strdup (name);
  test->field_id = id != NULL ? g_ascii_strtoll (id, NULL, 10) : 0;
  test->field_type = type == NULL ? SB_VALUE_TEXT : (SbValueType) find_name (field_types, G_N_ELEMENTS (field_types), type);
  if (test->field_type == 0)
    return refuse (reading, "“%s” is no type of field", type);

  return TRUE;
}

/* One of something is the same as any of one. */
static SbOperator
same_operator (SbSubject   subject,
               SbValueType type,
               SbOperator  op)
{
  if (op == SB_OPERATOR_IS && !sb_subject_allows (subject, type, op))
    return SB_OPERATOR_ANY_OF;
  if (op == SB_OPERATOR_IS_NOT && !sb_subject_allows (subject, type, op))
    return SB_OPERATOR_NONE_OF;

  return op;
}

static SbCondition *
read_test (Reading    *reading,
           JsonObject *object)
{
  const char             *subject_name = sb_json_string (object, "subject");
  const char             *op_name = sb_json_string (object, "op");
  int                     subject = find_name (subjects, G_N_ELEMENTS (subjects), subject_name);
  int                     op = find_name (operators, G_N_ELEMENTS (operators), op_name);
  g_autoptr (SbCondition) test = NULL;

  if (++reading->n_tests > SB_CONDITION_MAX_TESTS)
    {
      refuse (reading, "more than %d comparisons", SB_CONDITION_MAX_TESTS);
      return NULL;
    }
  if (subject == 0)
    {
      refuse (reading, subject_name != NULL ? "“%s” is nothing that can be asked for" : "“subject” is missing%s", subject_name != NULL ? subject_name : "");
      return NULL;
    }

  test = sb_condition_new_test ((SbSubject) subject, (SbOperator) op);
  if (subject == SB_SUBJECT_FIELD && !read_field (reading, test, object))
    return NULL;
  test->op = same_operator (test->subject, test->field_type, test->op);
  if (op == 0 || !sb_subject_allows (test->subject, test->field_type, test->op))
    {
      refuse (reading, "“%s” cannot be compared by “%s”", subject_name, op_name != NULL ? op_name : "");
      return NULL;
    }

  return read_values (reading, test, object) ? g_steal_pointer (&test) : NULL;
}

static SbCondition *read_node (Reading    *reading,
                               JsonObject *object,
                               guint       depth);

static SbCondition *
read_group (Reading        *reading,
            SbConditionKind kind,
            JsonArray      *children,
            guint           depth)
{
  g_autoptr (SbCondition) group = sb_condition_new_group (kind);
  gsize                   length = reading->place->len;

  if (depth > SB_CONDITION_MAX_DEPTH)
    {
      refuse (reading, "more than %d groups inside each other", SB_CONDITION_MAX_DEPTH);
      return NULL;
    }
  for (guint i = 0; i < sb_json_length (children); i++)
    {
      SbCondition *child;

      g_string_append_printf (reading->place, "%s%s[%u]", length > 0 ? "." : "", groups[kind], i);
      child = read_node (reading, sb_json_at (children, i), depth + 1);
      if (child == NULL)
        return NULL;
      g_ptr_array_add (group->children, child);
      g_string_truncate (reading->place, length);
    }

  return g_steal_pointer (&group);
}

static SbCondition *
read_node (Reading    *reading,
           JsonObject *object,
           guint       depth)
{
  if (object == NULL)
    {
      refuse (reading, "this is no condition");
      return NULL;
    }
  for (guint kind = SB_CONDITION_ALL; kind <= SB_CONDITION_NONE; kind++)
    if (json_object_has_member (object, groups[kind]))
      {
        JsonArray *children = sb_json_array (object, groups[kind]);

        if (children != NULL)
          return read_group (reading, kind, children, depth);
        refuse (reading, "“%s” must be a list", groups[kind]);
        return NULL;
      }

  return read_test (reading, object);
}

/* The root of what is read is always a group. */
SbCondition *
sb_condition_parse (const char *text,
                    GError    **error)
{
  g_autoptr (JsonNode)    node = sb_json_parse (text, -1, error);
  g_autoptr (GString)     place = g_string_new (NULL);
  g_autoptr (SbCondition) condition = NULL;
  Reading                 reading = { place, 0, error };
  SbCondition            *group;

  if (node == NULL)
    return NULL;
  if (sb_json_int (sb_json_root (node), "version", VERSION) != VERSION)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NEWER, _("This condition was made by a newer Shopbell"));
      return NULL;
    }
  condition = read_node (&reading, sb_json_root (node), 1);
  if (condition == NULL || condition->kind != SB_CONDITION_TEST)
    return g_steal_pointer (&condition);
  group = sb_condition_new_group (SB_CONDITION_ALL);
  g_ptr_array_add (group->children, g_steal_pointer (&condition));

  return group;
}

/* -- writing -- */

static JsonObject *
write_test (const SbCondition *self)
{
  JsonObject *object = json_object_new ();
  JsonArray  *values = json_array_new ();

  json_object_set_string_member (object, "subject", subjects[self->subject]);
  json_object_set_string_member (object, "op", operators[self->op]);
  if (self->subject == SB_SUBJECT_FIELD)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, self->field_id);

      json_object_set_string_member (object, "field", self->field);
      if (self->field_id != 0)
        json_object_set_string_member (object, "field-id", id);
      json_object_set_string_member (object, "type", field_types[self->field_type]);
    }
  for (guint i = 0; i < self->values->len; i++)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sb_condition_id (self, i));

      if (sb_condition_id (self, i) != 0 && sb_condition_type (self) != SB_VALUE_FIXED)
        json_array_add_object_element (values, sb_json_make ("s:id", id, "s:name", sb_condition_text (self, i), NULL));
      else
        json_array_add_string_element (values, sb_condition_text (self, i));
    }
  json_object_set_array_member (object, "value", values);

  return object;
}

static JsonObject *
write_node (const SbCondition *self)
{
  JsonObject *object;
  JsonArray  *children;

  if (self->kind == SB_CONDITION_TEST)
    return write_test (self);
  object = json_object_new ();
  children = json_array_new ();
  for (guint i = 0; i < self->children->len; i++)
    json_array_add_object_element (children, write_node (self->children->pdata[i]));
  json_object_set_array_member (object, groups[self->kind], children);

  return object;
}

char *
sb_condition_to_text (const SbCondition *self)
{
  g_autoptr (JsonObject) object = write_node (self);

  json_object_set_int_member (object, "version", VERSION);

  return sb_json_text (object);
}
