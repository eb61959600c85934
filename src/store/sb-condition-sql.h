#pragma once

#include "sb-db.h"
#include "sb-reader-segments.h"

G_BEGIN_DECLS

/* A condition as an expression about “contact c”, and the values that are bound to its question marks. */
typedef struct
{
  GString *sql;
  GArray  *binds;
} SbConditionSql;

SbConditionSql *sb_condition_sql_new (const SbGroupQuery *query);
void            sb_condition_sql_free (SbConditionSql *self);
/* Binds from place 1 on; returns how many. */
int sb_condition_sql_bind (const SbConditionSql *self,
                           sqlite3_stmt         *statement);

gboolean sb_condition_functions_register (sqlite3 *handle,
                                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbConditionSql, sb_condition_sql_free)

G_END_DECLS
