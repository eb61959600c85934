#pragma once

#include "sb-import-record.h"

G_BEGIN_DECLS

/* What everybody on a list gets: a tag, and a stage where there is none yet (sb-writer-import-marks.c). For the store itself. */
gboolean sb_import_marks_lack (SbWriter            *self,
                               const SbImportMarks *marks, /* (nullable) */
                               gint64               contact_id);
gboolean sb_import_marks_put (SbWriter            *self,
                              const SbImportMarks *marks, /* (nullable) */
                              gint64               contact_id,
                              GError             **error);
/* Off again: by the contact as it was before the row came, as the row left it, and as it is. */
gboolean sb_import_marks_take (SbWriter   *self,
                               gint64      contact_id,
                               JsonObject *before,
                               JsonObject *after,
                               JsonObject *now,
                               guint      *n_kept,
                               GError    **error);
/* A tag that was made for the list goes with it, when nobody and nothing else has it. */
gboolean sb_import_marks_drop_tag (SbWriter *self,
                                   gint64    import_id,
                                   GError  **error);

G_END_DECLS
