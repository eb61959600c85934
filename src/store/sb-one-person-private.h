#pragma once

#include "sb-db.h"
#include "sb-one-person.h"

G_BEGIN_DECLS

char      *sb_person_condition (const SbPersonPlace *place) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *sb_person_list_media (SbDb  *db,
                                 gint64 contact_id);
GPtrArray *sb_person_list_values (SbDb  *db,
                                  gint64 contact_id);

G_END_DECLS
