#pragma once

#include <adwaita.h>

#include "sb-attach-tile.h"
#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_ATTACH_TRAY (sb_attach_tray_get_type ())

G_DECLARE_FINAL_TYPE (SbAttachTray, sb_attach_tray, SB, ATTACH_TRAY, AdwBin)

/* "changed": what is shown, or what is wrong with it, is another. */
GtkWidget    *sb_attach_tray_new (SbEngine *engine);
void          sb_attach_tray_open (SbAttachTray *self,
                                   gint64        thread_id);
SbAttachTile *sb_attach_tray_add (SbAttachTray *self,
                                  const char   *path,
                                  gint64        thread_id,
                                  gboolean      is_voice);
void          sb_attach_tray_remove (SbAttachTray *self,
                                     SbAttachTile *tile);
GPtrArray    *sb_attach_tray_list (SbAttachTray *self);
void          sb_attach_tray_check (SbAttachTray *self);
gboolean      sb_attach_tray_is_wrong (SbAttachTray *self);

G_END_DECLS
