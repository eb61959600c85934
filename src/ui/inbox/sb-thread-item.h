#pragma once

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_THREAD_ITEM (sb_thread_item_get_type ())

G_DECLARE_FINAL_TYPE (SbThreadItem, sb_thread_item, SB, THREAD_ITEM, GObject)

SbThreadItem   *sb_thread_item_new (SbThread *thread);
const SbThread *sb_thread_item_get (SbThreadItem *self);
gboolean        sb_thread_item_is_stale (SbThreadItem *self);

#define SB_TYPE_THREAD_LIST (sb_thread_list_get_type ())

G_DECLARE_FINAL_TYPE (SbThreadList, sb_thread_list, SB, THREAD_LIST, GObject)

SbThreadList *sb_thread_list_new (SbEngine *engine);
void          sb_thread_list_set_filter (SbThreadList         *self,
                                         const SbThreadFilter *filter);
void          sb_thread_list_load_more (SbThreadList *self);
void          sb_thread_list_shorten (SbThreadList *self);
gboolean      sb_thread_list_is_whole (SbThreadList *self);
void          sb_thread_list_want (SbThreadList *self,
                                   guint         position);
int           sb_thread_list_find (SbThreadList *self,
                                   gint64        thread_id);
void          sb_thread_list_refresh (SbThreadList *self);
void          sb_thread_list_hold (SbThreadList *self,
                                   gboolean      held);
void          sb_thread_list_release (SbThreadList *self);
const GError *sb_thread_list_get_trouble (SbThreadList *self); /* (nullable): why not all could be read; "trouble" tells of a change */
guint         sb_thread_list_get_pending (SbThreadList *self);
gint64        sb_thread_list_get_after (SbThreadList *self,
                                        GArray       *gone);
gint64        sb_thread_list_get_id (SbThreadList *self,
                                     guint         position);

G_END_DECLS
