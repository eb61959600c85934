#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

/**
 * SbThreadView:
 *
 * The rows of a list of conversations: the cursor, several selected for one act, the menu of a row, and the calm under pointer
 * and keys. Signals: "open" (gint64): the person opened a conversation; "changed": rows or the selection are others now.
 */
#define SB_TYPE_THREAD_VIEW (sb_thread_view_get_type ())

G_DECLARE_FINAL_TYPE (SbThreadView, sb_thread_view, SB, THREAD_VIEW, AdwBin)

GtkWidget    *sb_thread_view_new (SbEngine *engine);
void          sb_thread_view_set_filter (SbThreadView         *self,
                                         const SbThreadFilter *filter);
guint         sb_thread_view_get_n_rows (SbThreadView *self);
const GError *sb_thread_view_get_trouble (SbThreadView *self); /* (nullable): why not all could be read */
GtkWidget    *sb_thread_view_get_rows (SbThreadView *self);    /* the GtkListView */

/* The cursor: the conversation that keys act upon; 0 for none. */
gint64   sb_thread_view_get_cursor (SbThreadView *self);
gboolean sb_thread_view_set_cursor (SbThreadView *self,
                                    gint64        thread_id,
                                    gboolean      focus);
void     sb_thread_view_focus (SbThreadView *self);
gboolean sb_thread_view_has_focus (SbThreadView *self);
gint64   sb_thread_view_get_beside (SbThreadView *self,
                                    gint64        thread_id,
                                    int           step);
gint64   sb_thread_view_get_after (SbThreadView *self,
                                   GArray       *gone);

/* Selecting several. */
gboolean sb_thread_view_is_selecting (SbThreadView *self);
void     sb_thread_view_set_selecting (SbThreadView *self,
                                       gboolean      selecting);
void     sb_thread_view_toggle (SbThreadView *self,
                                gint64        thread_id);
void     sb_thread_view_select_all (SbThreadView *self);
guint    sb_thread_view_get_n_selected (SbThreadView *self);
GArray  *sb_thread_view_list_selected (SbThreadView *self);

/* What was asked for moves at once. */
void sb_thread_view_release (SbThreadView *self);
/* After Undo the cursor is on the conversation again, wherever it comes back; FALSE when it never left. */
gboolean sb_thread_view_return_to (SbThreadView *self,
                                   gint64        thread_id);
void     sb_thread_view_popup_menu (SbThreadView *self);

G_END_DECLS
