#pragma once

#include <adwaita.h>

#include "sb-engine-quick-reply.h"

G_BEGIN_DECLS

#define SB_TYPE_QUICK_FILE_LIST (sb_quick_file_list_get_type ())

G_DECLARE_FINAL_TYPE (SbQuickFileList, sb_quick_file_list, SB, QUICK_FILE_LIST, AdwBin)

GtkWidget *sb_quick_file_list_new (SbEngine *engine,
                                   gint64    quick_reply_id);
GPtrArray *sb_quick_file_list_get (SbQuickFileList *self);
void       sb_quick_file_list_take_from (SbQuickFileList *self,
                                         GtkWidget       *text);

G_END_DECLS
