#pragma once

#include "sb-reader-segments.h"
#include "sb-writer.h"

G_BEGIN_DECLS

/* Each keeps before-images for Undo. @members: gint64, for a list, or NULL. 0 with @error. */
gint64   sb_writer_save_segment (SbWriter        *self,
                                 const SbSegment *segment, /* id 0: new */
                                 GArray          *members,
                                 GError         **error);
gboolean sb_writer_delete_segment (SbWriter *self,
                                   gint64    segment_id,
                                   GError  **error);
gboolean sb_writer_set_members (SbWriter *self,
                                gint64    segment_id,
                                GArray   *contacts, /* gint64 */
                                gboolean  in,
                                guint    *n_changed,
                                GError  **error);

G_END_DECLS
