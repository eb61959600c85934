#pragma once

#include <gio/gio.h>

#include "sb-condition.h"
#include "sb-dossier.h"
#include "sb-reader.h"

G_BEGIN_DECLS

typedef enum
{
  SB_SEGMENT_RULE = 1,
  SB_SEGMENT_LIST = 2,
} SbSegmentKind;

typedef struct
{
  gint64        id;
  char         *name;
  SbSegmentKind kind;
  char         *rule; /* JSON of the condition, of a rule */
  int           position;
} SbSegment;

void       sb_segment_free (SbSegment *self);
GPtrArray *sb_reader_list_segments (SbReader *self); /* SbSegment, in the order they are shown */
SbSegment *sb_reader_get_segment (SbReader *self,
                                  gint64    segment_id);
SbSegment *sb_reader_find_segment (SbReader   *self,
                                   const char *name);

/* What conditions can speak of. The last 2,000 imports are in it. */
SbShopSchema *sb_reader_get_shop_schema (SbReader *self);
SbDossier    *sb_reader_get_dossier (SbReader *self,
                                     gint64    contact_id);

/* A group of people: those for whom a condition holds, those of a list, or everybody. */
typedef struct
{
  const SbCondition *condition; /* or NULL */
  gint64             list_id;   /* or 0 */
  gint64             now;
  GTimeZone         *zone;
} SbGroupQuery;

/* Long questions: in a worker, on a reader of its own. */
gint64     sb_reader_count_people (SbReader           *self,
                                   const SbGroupQuery *query,
                                   gint64              at_most, /* 0: no limit */
                                   GCancellable       *cancellable,
                                   GError            **error);           /* -1 with @error */
GPtrArray *sb_reader_sample_people (SbReader           *self, /* SbNamed: the newest first */
                                    const SbGroupQuery *query,
                                    guint               limit,
                                    GCancellable       *cancellable,
                                    GError            **error);
GArray    *sb_reader_list_people_ids (SbReader           *self, /* gint64, sorted */
                                      const SbGroupQuery *query,
                                      GCancellable       *cancellable,
                                      GError            **error);
gboolean   sb_reader_is_among (SbReader           *self,
                               const SbGroupQuery *query,
                               gint64              contact_id,
                               gboolean           *is_among,
                               GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbSegment, sb_segment_free)

G_END_DECLS
