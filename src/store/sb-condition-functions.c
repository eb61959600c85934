/* Functions of SQL that read values as the evaluator of conditions does. */
#include "sb-condition-sql.h"

#include "sb-value.h"

static void
fold_function (sqlite3_context *context,
               int              n,
               sqlite3_value  **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);

  sqlite3_result_text (context, sb_value_fold (text != NULL ? text : ""), -1, g_free);
}

static void
number_function (sqlite3_context *context,
                 int              n,
                 sqlite3_value  **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);
  double      number;

  if (text != NULL && sb_value_number (text, &number))
    sqlite3_result_double (context, number);
}

static void
day_function (sqlite3_context *context,
              int              n,
              sqlite3_value  **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);
  gint64      day;

  if (text != NULL && sb_value_day (text, &day))
    sqlite3_result_int64 (context, day);
}

static void
yes_function (sqlite3_context *context,
              int              n,
              sqlite3_value  **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);
  gboolean    yes;

  if (text != NULL && sb_value_yes (text, &yes))
    sqlite3_result_int (context, yes);
}

static void
anniversary_function (sqlite3_context *context,
                      int              n,
                      sqlite3_value  **values)
{
  if (sqlite3_value_type (values[0]) != SQLITE_NULL)
    sqlite3_result_int64 (context, sb_day_until_anniversary (sqlite3_value_int64 (values[0]), sqlite3_value_int64 (values[1])));
}

gboolean
sb_condition_functions_register (sqlite3 *handle,
                                 GError **error)
{
  static const struct
  {
    const char *name;
    int         n;
    void (*function) (sqlite3_context *, int, sqlite3_value **);
  } functions[] = {
    { "sb_fold", 1, fold_function },
    { "sb_number", 1, number_function },
    { "sb_day", 1, day_function },
    { "sb_yes", 1, yes_function },
    { "sb_anniversary", 2, anniversary_function },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    if (sqlite3_create_function (handle, functions[i].name, functions[i].n, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, functions[i].function, NULL, NULL) != SQLITE_OK)
      {
        g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "Database: %s", sqlite3_errmsg (handle));
        return FALSE;
      }

  return TRUE;
}
