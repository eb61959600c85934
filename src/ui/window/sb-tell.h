#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

/* A toast at the foot of the window, or of the preferences, that @widget is in: @text as it is, never as markup. */
void sb_tell (GtkWidget  *widget,
              const char *text);

/* With a button that takes it back, when @undo_id is above 0. What cannot be taken back any more says so. */
void sb_tell_undo (GtkWidget  *widget,
                   const char *text,
                   SbEngine   *engine,
                   gint64      undo_id);

/* For what needs another button. All toasts are made here, so that none reads what a customer wrote as markup. */
AdwToast *sb_toast_new (const char *text);
void      sb_tell_toast (GtkWidget *widget,
                         AdwToast  *toast); /* (transfer full) */

G_END_DECLS
