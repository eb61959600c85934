#pragma once

#include "sb-db.h"
#include "sb-import-record.h"

G_BEGIN_DECLS

/* In the place of what was before: the row changed nothing, and only says that the person was on the list. */
#define SB_IMPORT_SAME "{\"same\":true}"

/*
 * The contact as it was before a row came, and as the row left it. The writer takes back by these, and the preview tells by
 * them what it would take back: both ask here.
 */
typedef struct
{
  gint64 number;
  gint64 contact_id;
  char  *before; /* NULL: there was none */
  char  *after;
} SbImportImage;

void       sb_import_image_free (SbImportImage *self);
char      *sb_import_snapshot (SbDb  *db,
                               gint64 contact_id) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *sb_import_image_list (SbDb  *db,
                                 gint64 import_id,
                                 gint64 after,
                                 guint  limit);
/* @now: as it is. @field: (out) (nullable) (optional): the first that somebody changed since. */
SbStays sb_import_image_stays (SbDb                *db,
                               const SbImportImage *self,
                               const char          *now,
                               char               **field);

G_END_DECLS
