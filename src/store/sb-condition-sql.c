/* Conditions as SQL. Every comparison is an expression about “contact c” that is never NULL, with its values bound. */
#include "sb-condition-sql.h"

#include <string.h>

#include "sb-types.h"
#include "sb-value.h"

#define TIME_BITS 21 /* of an id, below its milliseconds: sb_id_get_time () */

/* -- binds -- */

typedef struct
{
  char   type;
  gint64 integer;
  double number;
  char  *text;
} Bind;

static void
bind_clear (gpointer data)
{
  g_free (((Bind *) data)->text);
}

static void
add_int (SbConditionSql *self,
         gint64          value)
{
  Bind bind = { 'i', value, 0, NULL };

  g_array_append_val (self->binds, bind);
}

static void
add_number (SbConditionSql *self,
            double          value)
{
  Bind bind = { 'd', 0, value, NULL };

  g_array_append_val (self->binds, bind);
}

/* Takes @text. */
static void
add_text (SbConditionSql *self,
          char           *text)
{
  Bind bind = { 's', 0, 0, text };

  g_array_append_val (self->binds, bind);
}

int
sb_condition_sql_bind (const SbConditionSql *self,
                       sqlite3_stmt         *statement)
{
  for (guint i = 0; i < self->binds->len; i++)
    {
      const Bind *bind = &g_array_index (self->binds, Bind, i);

      if (bind->type == 'i')
        sqlite3_bind_int64 (statement, (int) i + 1, bind->integer);
      else if (bind->type == 'd')
        sqlite3_bind_double (statement, (int) i + 1, bind->number);
      else
        sqlite3_bind_text (statement, (int) i + 1, bind->text, -1, SQLITE_TRANSIENT);
    }

  return (int) self->binds->len;
}

/* -- texts -- */

static void
add_marks (SbConditionSql *self,
           guint           n)
{
  for (guint i = 0; i < n; i++)
    g_string_append (self->sql, i == 0 ? "?" : ", ?");
}

/* That @value, which is folded already, matches any of the wanted ones. */
static void
text_matches (SbConditionSql    *self,
              const SbCondition *test,
              const char        *value)
{
  gboolean begins = test->op == SB_OPERATOR_BEGINS;
  gboolean contains = test->op == SB_OPERATOR_CONTAINS || test->op == SB_OPERATOR_CONTAINS_NOT;

  if (contains)
    g_string_append_printf (self->sql, "instr (%s, ?) > 0", value);
  else if (begins)
    g_string_append_printf (self->sql, "substr (%s, 1, length (?)) = ?", value);
  else
    {
      g_string_append_printf (self->sql, "%s IN (", value);
      add_marks (self, test->values->len);
      g_string_append_c (self->sql, ')');
    }
  for (guint i = 0; i < (contains || begins ? 1 : test->values->len); i++)
    {
      g_autofree char *wanted = test->subject == SB_SUBJECT_NUMBER ? sb_value_digits (sb_condition_text (test, i)) : sb_value_fold (sb_condition_text (test, i));

      if (begins)
        add_text (self, g_strdup (wanted));
      add_text (self, g_steal_pointer (&wanted));
    }
}

static gboolean
is_negative (SbOperator op)
{
  return op == SB_OPERATOR_IS_NOT || op == SB_OPERATOR_CONTAINS_NOT || op == SB_OPERATOR_NONE_OF || op == SB_OPERATOR_EMPTY || op == SB_OPERATOR_NO;
}

static gboolean
is_emptiness (SbOperator op)
{
  return op == SB_OPERATOR_EMPTY || op == SB_OPERATOR_NOT_EMPTY;
}

static void
compile_column (SbConditionSql    *self,
                const SbCondition *test,
                const char        *column)
{
  g_autofree char *folded = g_strdup_printf ("sb_fold (%s)", column);

  g_string_append (self->sql, is_negative (test->op) ? "NOT (" : "(");
  if (is_emptiness (test->op))
    g_string_append_printf (self->sql, "%s != ''", folded);
  else
    text_matches (self, test, folded);
  g_string_append_c (self->sql, ')');
}

static void
compile_number_text (SbConditionSql    *self,
                     const SbCondition *test)
{
  g_string_append_printf (self->sql, "c.id %s (SELECT contact_id FROM identity WHERE kind IN (1, 2) AND ", is_negative (test->op) ? "NOT IN" : "IN");
  if (is_emptiness (test->op))
    g_string_append (self->sql, "value != ''");
  else if (test->op == SB_OPERATOR_BEGINS)
    {
      /* All are digits, and ':' comes after the 9: the index answers. */
      g_string_append (self->sql, "value >= ? AND value < ?");
      add_text (self, sb_value_digits (sb_condition_text (test, 0)));
      add_text (self, g_strconcat (self->binds->len > 0 ? g_array_index (self->binds, Bind, self->binds->len - 1).text : "", ":", NULL));
    }
  else
    text_matches (self, test, "value");
  g_string_append_c (self->sql, ')');
}

/* -- numbers, days and moments -- */

/* @value and what it is compared with; a number of days counts from @today. */
static void
compare_number (SbConditionSql    *self,
                const SbCondition *test,
                const char        *value)
{
  const char *sign = test->op == SB_OPERATOR_LESS   ? "<"
                     : test->op == SB_OPERATOR_MORE ? ">"
                                                    : "=";

  if (is_emptiness (test->op))
    {
      g_string_append_printf (self->sql, "%s IS NOT NULL", value);
      return;
    }
  add_number (self, sb_condition_number (test, 0));
  if (test->op != SB_OPERATOR_BETWEEN)
    {
      g_string_append_printf (self->sql, "%s %s ?", value, sign);
      return;
    }
  add_number (self, sb_condition_number (test, 1));
  g_string_append_printf (self->sql, "%s BETWEEN ? AND ?", value);
}

static gint64
day_value (const SbCondition *test,
           guint              index)
{
  gint64 day = 0;

  return sb_condition_text (test, index) != NULL && sb_value_day (sb_condition_text (test, index), &day) ? day : 0;
}

static void
compare_day (SbConditionSql     *self,
             const SbCondition  *test,
             const SbGroupQuery *query)
{
  gint64 today = sb_day_of (query->now, query->zone);
  gint64 n = sb_operator_counts_days (test->op) ? (gint64) sb_condition_number (test, 0) : 0;
  gint64 from = G_MININT32, to = G_MAXINT32;

  if (is_emptiness (test->op))
    {
      g_string_append (self->sql, "sb_day (value) IS NOT NULL");
      return;
    }
  if (test->op == SB_OPERATOR_ANNIVERSARY)
    {
      g_string_append (self->sql, "sb_anniversary (sb_day (value), ?) <= ?");
      add_int (self, today);
      add_int (self, n);
      return;
    }

  if (test->op == SB_OPERATOR_IS)
    from = to = day_value (test, 0);
  else if (test->op == SB_OPERATOR_BEFORE)
    to = day_value (test, 0) - 1;
  else if (test->op == SB_OPERATOR_AFTER)
    from = day_value (test, 0) + 1;
  else if (test->op == SB_OPERATOR_BETWEEN)
    from = day_value (test, 0), to = day_value (test, 1);
  else if (test->op == SB_OPERATOR_WITHIN)
    from = today - n, to = today;
  else if (test->op == SB_OPERATOR_AHEAD)
    from = today, to = today + n;
  else
    to = today - n - 1;
  g_string_append (self->sql, "sb_day (value) BETWEEN ? AND ?");
  add_int (self, from);
  add_int (self, to);
}

/* From @from on, and before @to. Never is 0, so a moment is at least 1. */
static void
time_range (const SbCondition  *test,
            const SbGroupQuery *query,
            gint64             *from,
            gint64             *to)
{
  gint64 limit = (gint64) (sb_condition_number (test, 0) * SB_DAY_MS);

  *from = 1;
  *to = G_MAXINT64;
  switch ((int) test->op)
    {
    case SB_OPERATOR_WITHIN:
      *from = query->now - limit;
      break;
    case SB_OPERATOR_OLDER:
      *to = query->now - limit;
      break;
    case SB_OPERATOR_BEFORE:
      *to = sb_day_start (day_value (test, 0), query->zone);
      break;
    case SB_OPERATOR_AFTER:
      *from = sb_day_start (day_value (test, 0) + 1, query->zone);
      break;
    case SB_OPERATOR_BETWEEN:
      *from = sb_day_start (day_value (test, 0), query->zone);
      *to = sb_day_start (day_value (test, 1) + 1, query->zone);
      break;
    default:
      break;
    }
  *from = MAX (*from, 1);
}

static void
compile_time (SbConditionSql     *self,
              const SbCondition  *test,
              const SbGroupQuery *query)
{
  const char *column = test->subject == SB_SUBJECT_LAST_IN ? "last_in_at" : "last_out_at";
  gint64      longest = G_MAXINT64 >> TIME_BITS;
  gint64      from, to;

  time_range (test, query, &from, &to);
  if (test->subject == SB_SUBJECT_FIRST_SEEN)
    {
      /* An id begins with the time it was made. */
      g_string_append (self->sql, "(c.id >= ? AND c.id < ?)");
      add_int (self, MIN (from, longest) << TIME_BITS);
      add_int (self, to > longest ? G_MAXINT64 : MAX (to, 0) << TIME_BITS);
      return;
    }
  /* Few wrote lately, and the index has them; most wrote long ago, and are looked up one by one. */
  if (test->op == SB_OPERATOR_WITHIN || test->op == SB_OPERATOR_AFTER || test->op == SB_OPERATOR_BETWEEN)
    g_string_append_printf (self->sql, "c.id IN (SELECT contact_id FROM contact_stat WHERE %s >= ? AND %s < ?)", column, column);
  else
    g_string_append_printf (self->sql, "%sEXISTS (SELECT 1 FROM contact_stat s WHERE s.contact_id = c.id AND s.%s >= ? AND s.%s < ?)", test->op == SB_OPERATOR_EMPTY ? "NOT " : "", column, column);
  add_int (self, from);
  add_int (self, to);
}

static void
compile_field (SbConditionSql     *self,
               const SbCondition  *test,
               const SbGroupQuery *query)
{
  g_string_append_printf (self->sql, "c.id %s (SELECT contact_id FROM contact_field WHERE name = ? AND ", is_negative (test->op) && test->op != SB_OPERATOR_NO ? "NOT IN" : "IN");
  add_text (self, g_strdup (test->field));
  switch ((int) test->field_type)
    {
    case SB_VALUE_NUMBER:
      compare_number (self, test, "sb_number (value)");
      break;
    case SB_VALUE_DATE:
      compare_day (self, test, query);
      break;
    case SB_VALUE_YES_NO:
      g_string_append (self->sql, is_emptiness (test->op)       ? "sb_yes (value) IS NOT NULL"
                                  : test->op == SB_OPERATOR_YES ? "sb_yes (value) = 1"
                                                                : "sb_yes (value) = 0");
      break;
    default:
      if (is_emptiness (test->op))
        g_string_append (self->sql, "sb_fold (value) != ''");
      else
        text_matches (self, test, "sb_fold (value)");
      break;
    }
  g_string_append_c (self->sql, ')');
}

/* -- rows -- */

static void
add_ids (SbConditionSql    *self,
         const SbCondition *test)
{
  add_marks (self, test->values->len);
  for (guint i = 0; i < test->values->len; i++)
    {
      gint64 id = sb_condition_id (test, i);

      /* A row whose name nobody knows is nobody's. */
      add_int (self, id == 0 && sb_condition_type (test) != SB_VALUE_FIXED ? -1 : id);
    }
}

/* @rows: a SELECT of contact_id that ends in a condition, to which one about @column is added */
static void
compile_rows (SbConditionSql    *self,
              const SbCondition *test,
              const char        *rows,
              const char        *column)
{
  if (test->op == SB_OPERATOR_ALL_OF)
    {
      for (guint i = 0; i < test->values->len; i++)
        {
          g_string_append_printf (self->sql, "%sc.id IN (%s AND %s = ?)", i == 0 ? "(" : " AND ", rows, column);
          add_int (self, sb_condition_id (test, i) != 0 ? sb_condition_id (test, i) : -1);
        }
      g_string_append_c (self->sql, ')');
      return;
    }

  g_string_append_printf (self->sql, "c.id %s (%s AND %s ", is_negative (test->op) ? "NOT IN" : "IN", rows, column);
  if (is_emptiness (test->op))
    g_string_append (self->sql, "> 0)");
  else
    {
      g_string_append (self->sql, "IN (");
      add_ids (self, test);
      g_string_append (self->sql, "))");
    }
}

static void
compile_own_row (SbConditionSql    *self,
                 const SbCondition *test,
                 const char        *column)
{
  if (is_emptiness (test->op))
    {
      g_string_append_printf (self->sql, "%s %s 0", column, test->op == SB_OPERATOR_EMPTY ? "=" : "!=");
      return;
    }
  g_string_append_printf (self->sql, "%s %s (", column, is_negative (test->op) ? "NOT IN" : "IN");
  add_ids (self, test);
  g_string_append_c (self->sql, ')');
}

/* -- the tree -- */

#define OF_THREAD "SELECT contact_id FROM thread WHERE 1"

static void
compile_test (SbConditionSql     *self,
              const SbCondition  *test,
              const SbGroupQuery *query)
{
  switch ((int) test->subject)
    {
    case SB_SUBJECT_NAME:
      compile_column (self, test, "coalesce (nullif (c.name, ''), c.profile_name, '')");
      break;
    case SB_SUBJECT_NUMBER:
      compile_number_text (self, test);
      break;
    case SB_SUBJECT_COUNTRY:
      compile_column (self, test, "coalesce (c.country, '')");
      break;
    case SB_SUBJECT_LANGUAGE:
      compile_column (self, test, "coalesce (c.language, '')");
      break;
    case SB_SUBJECT_SOURCE:
      compile_column (self, test, "coalesce (c.source, '')");
      break;
    case SB_SUBJECT_TAG:
      compile_rows (self, test, "SELECT contact_id FROM contact_tag WHERE 1", "tag_id");
      break;
    case SB_SUBJECT_IMPORT:
      compile_rows (self, test, "SELECT contact_id FROM import_row WHERE undone != 1", "import_id");
      break;
    case SB_SUBJECT_STAGE:
      compile_own_row (self, test, "c.stage_id");
      break;
    case SB_SUBJECT_CONSENT:
      compile_own_row (self, test, "c.consent");
      break;
    case SB_SUBJECT_BLOCKED:
      g_string_append (self->sql, test->op == SB_OPERATOR_YES ? "c.blocked != 0" : "c.blocked = 0");
      break;
    case SB_SUBJECT_FIELD:
      compile_field (self, test, query);
      break;
    case SB_SUBJECT_UNREAD:
      g_string_append_printf (self->sql, "c.id %s (" OF_THREAD " AND unread > 0)", test->op == SB_OPERATOR_YES ? "IN" : "NOT IN");
      break;
    case SB_SUBJECT_UNANSWERED:
      g_string_append_printf (self->sql, "c.id %s (" OF_THREAD " AND unanswered = 1)", test->op == SB_OPERATOR_YES ? "IN" : "NOT IN");
      break;
    case SB_SUBJECT_STATUS:
      compile_rows (self, test, OF_THREAD, "status");
      break;
    case SB_SUBJECT_ASSIGNEE:
      compile_rows (self, test, OF_THREAD, "assignee_id");
      break;
    case SB_SUBJECT_LINE:
      compile_rows (self, test, OF_THREAD, "line_id");
      break;
    case SB_SUBJECT_MESSAGES:
      g_string_append (self->sql, is_negative (test->op) ? "NOT (" : "(");
      compare_number (self, test, "coalesce ((SELECT n_messages FROM contact_stat WHERE contact_id = c.id), 0)");
      g_string_append_c (self->sql, ')');
      break;
    default:
      compile_time (self, test, query);
      break;
    }
}

static void
compile_node (SbConditionSql     *self,
              const SbCondition  *node,
              const SbGroupQuery *query)
{
  if (node->kind == SB_CONDITION_TEST)
    {
      compile_test (self, node, query);
      return;
    }
  if (node->children->len == 0)
    {
      g_string_append_c (self->sql, '1');
      return;
    }
  g_string_append (self->sql, node->kind == SB_CONDITION_NONE ? "NOT (" : "(");
  for (guint i = 0; i < node->children->len; i++)
    {
      if (i > 0)
        g_string_append (self->sql, node->kind == SB_CONDITION_ALL ? " AND " : " OR ");
      compile_node (self, node->children->pdata[i], query);
    }
  g_string_append_c (self->sql, ')');
}

SbConditionSql *
sb_condition_sql_new (const SbGroupQuery *query)
{
  SbConditionSql *self = g_new0 (SbConditionSql, 1);

  self->sql = g_string_new (NULL);
  self->binds = g_array_new (FALSE, FALSE, sizeof (Bind));
  g_array_set_clear_func (self->binds, bind_clear);
  if (query->list_id != 0)
    {
      g_string_append (self->sql, "c.id IN (SELECT contact_id FROM segment_member WHERE segment_id = ?)");
      add_int (self, query->list_id);
    }
  else if (query->condition != NULL)
    compile_node (self, query->condition, query);
  else
    g_string_append_c (self->sql, '1');

  return self;
}

void
sb_condition_sql_free (SbConditionSql *self)
{
  g_string_free (self->sql, TRUE);
  g_array_unref (self->binds);
  g_free (self);
}
