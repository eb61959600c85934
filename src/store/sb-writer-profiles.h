#pragma once

#include "sb-writer.h"

G_BEGIN_DECLS

/* Who works in the shop, and the views they made. Each can be undone. */
gboolean sb_writer_set_staff_active (SbWriter *self,
                                     gint64    staff_id,
                                     gboolean  active,
                                     GError  **error);
/* @view_ids: in the order in which the one who acts wants them; others come after them. */
gboolean sb_writer_order_views (SbWriter     *self,
                                const gint64 *view_ids,
                                guint         n_views,
                                GError      **error);
/* @staff_id: whose own it becomes, 0 everybody's */
gboolean sb_writer_give_view (SbWriter *self,
                              gint64    view_id,
                              gint64    staff_id,
                              GError  **error);

G_END_DECLS
