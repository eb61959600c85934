#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A label that is read from the top to the foot. */
#define SB_TYPE_TURNED_LABEL (sb_turned_label_get_type ())

G_DECLARE_FINAL_TYPE (SbTurnedLabel, sb_turned_label, SB, TURNED_LABEL, GtkWidget)

GtkWidget *sb_turned_label_new (const char *text);
void       sb_turned_label_set_text (SbTurnedLabel *self,
                                     const char    *text);

G_END_DECLS
