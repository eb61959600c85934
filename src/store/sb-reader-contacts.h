#pragma once

#include "sb-field-kind.h"
#include "sb-person.h"
#include "sb-reader.h"

G_BEGIN_DECLS

/* Whom @query lists, as ids (gint64) in its order. Looks at every contact: for a worker. */
GArray *sb_reader_list_people (SbReader            *self,
                               const SbPeopleQuery *query);
/* The rows of some of them (SbPerson), those that are there, in the order given. A page of 64 takes two milliseconds the first time, most of it for the numbers as people write them. */
GPtrArray *sb_reader_get_people (SbReader     *self,
                                 const gint64 *ids,
                                 guint         n);
SbPerson  *sb_reader_get_person (SbReader *self,
                                 gint64    contact_id);
gint64     sb_reader_get_contact_thread (SbReader *self,
                                         gint64    contact_id);
GPtrArray *sb_reader_list_identities (SbReader *self, /* SbIdentity, the one to write to first */
                                      gint64    contact_id);
GPtrArray *sb_reader_list_contact_tags (SbReader *self, /* SbNamed */
                                        gint64    contact_id);

/* The shop's stages (SbNamed) in their order, and its columns (SbField). */
GPtrArray *sb_reader_list_stages (SbReader *self);
GPtrArray *sb_reader_list_fields (SbReader *self);
SbField   *sb_reader_find_field (SbReader   *self,
                                 const char *name);

/* What happened with a person, newest first, messages summed up by day and line (SbMoment). */
GPtrArray *sb_reader_list_moments (SbReader *self,
                                   gint64    contact_id,
                                   guint     limit);

/* Pairs that may be one person (SbTwins), by number first. Looks at every contact: for a worker. */
GArray *sb_reader_list_twins (SbReader *self,
                              guint     limit);
/* Those that may be the same as @contact_id. */
GArray *sb_reader_find_twins (SbReader *self,
                              gint64    contact_id,
                              guint     limit);

G_END_DECLS
