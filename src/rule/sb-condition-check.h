#pragma once

#include "sb-condition.h"
#include "sb-dossier.h"

G_BEGIN_DECLS

/* A comparison that can no longer be asked, and why, in words. */
typedef struct
{
  const SbCondition *test;
  char              *sentence;
} SbConditionProblem;

/* Puts in ids where only names were given, and today's names where only ids are sure. */
void sb_condition_resolve (SbCondition        *self,
                           const SbShopSchema *schema);
/* GPtrArray of SbConditionProblem; empty: all it speaks of is there. */
GPtrArray *sb_condition_check (const SbCondition  *self,
                               const SbShopSchema *schema);

/* The rows of the shop that @subject speaks of, SbNamed; NULL for others. */
GPtrArray *sb_shop_schema_rows (const SbShopSchema *self,
                                SbSubject           subject);

G_END_DECLS
