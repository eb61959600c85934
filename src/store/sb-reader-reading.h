#pragma once

#include "sb-reader.h"

G_BEGIN_DECLS

/*
 * Reading is a matter of persons: what one has read is still unread for another. Everything a reader tells of unread
 * messages, and the views it lists, are those of one person; 0 is whoever came first to the shop.
 */
void   sb_reader_set_staff (SbReader *self,
                            gint64    staff_id);
gint64 sb_reader_get_staff (SbReader *self);

G_END_DECLS
