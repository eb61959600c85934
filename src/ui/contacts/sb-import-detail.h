#pragma once

#include <adwaita.h>

#include "sb-engine-import.h"

G_BEGIN_DECLS

/**
 * SbImportDetail:
 *
 * What came with one import, what went wrong, and what taking it back would do, by name, before anything is touched.
 */
#define SB_TYPE_IMPORT_DETAIL (sb_import_detail_get_type ())

G_DECLARE_FINAL_TYPE (SbImportDetail, sb_import_detail, SB, IMPORT_DETAIL, AdwBin)

GtkWidget *sb_import_detail_new (SbEngine *engine);
void       sb_import_detail_show (SbImportDetail *self,
                                  gint64          import_id);

G_END_DECLS
