#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SB_TYPE_RING (sb_ring_get_type ())

G_DECLARE_FINAL_TYPE (SbRing, sb_ring, SB, RING, GtkWidget)

GtkWidget *sb_ring_new (void);
void       sb_ring_set_part (SbRing *self,
                             double  part);

G_END_DECLS
