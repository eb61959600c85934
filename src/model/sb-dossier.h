#pragma once

#include "sb-types.h"

G_BEGIN_DECLS

/* All that conditions may ask of one contact. */
typedef struct
{
  gint64         contact_id;
  char          *name; /* the shop's, or the customer's own */
  GPtrArray     *numbers;
  char          *country;
  char          *language;
  char          *source;
  GArray        *tags; /* gint64 */
  gint64         stage_id;
  int            consent; /* of the ledger; 0 never asked */
  gboolean       blocked;
  GHashTable    *fields; /* name -> value */
  gint64         last_in_at;
  gint64         last_out_at;
  gint64         first_seen_at;
  gboolean       unread;
  gboolean       unanswered;
  SbThreadStatus status; /* 0: there is no conversation */
  gint64         assignee_id;
  gint64         line_id;
  GArray        *imports; /* gint64 */
  gint64         n_messages;
} SbDossier;

SbDossier *sb_dossier_new (void);
void       sb_dossier_free (SbDossier *self);

/* A field of the owner's own, or a column that came with an import (id 0). */
typedef struct
{
  gint64 id;
  char  *name;
  int    type; /* SbValueType */
  char **choices;
} SbFieldRow;

/* What a shop has that conditions speak of. Lists hold SbNamed. */
typedef struct
{
  GPtrArray *tags;
  GPtrArray *stages;
  GPtrArray *staff;
  GPtrArray *lines;
  GPtrArray *imports;
  GPtrArray *fields; /* SbFieldRow */
} SbShopSchema;

SbShopSchema     *sb_shop_schema_new (void);
void              sb_shop_schema_free (SbShopSchema *self);
void              sb_shop_schema_add_field (SbShopSchema *self,
                                            gint64        id,
                                            const char   *name,
                                            int           type,
                                            char        **choices);
const SbFieldRow *sb_shop_schema_find_field (const SbShopSchema *self,
                                             gint64              id,
                                             const char         *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbDossier, sb_dossier_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbShopSchema, sb_shop_schema_free)

G_END_DECLS
