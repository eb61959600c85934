#pragma once

#include "sb-db.h"
#include "sb-one-person.h"

G_BEGIN_DECLS

/* Of the person ?1: their own row, and those of others who turned out to be them. */
#define SB_PERSON_IDS "SELECT ?1 UNION SELECT id FROM contact WHERE merged_into = ?1 AND merged_into != 0"

gint64     sb_person_of (SbDb  *db,
                         gint64 contact_id);
char      *sb_person_condition (const SbPersonPlace *place) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *sb_person_list_media (SbDb  *db,
                                 gint64 contact_id);
GPtrArray *sb_person_list_values (SbDb  *db,
                                  gint64 contact_id);

G_END_DECLS
