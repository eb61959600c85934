#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint sb_together_add (guint       ms,
                       GSourceFunc func,
                       gpointer    user_data) G_GNUC_WARN_UNUSED_RESULT;
void  sb_together_remove (guint id);

G_END_DECLS
