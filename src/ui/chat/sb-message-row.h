#pragma once

#include <adwaita.h>

#include "sb-bubble-interactive.h"
#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_MESSAGE_ROW (sb_message_row_get_type ())

G_DECLARE_FINAL_TYPE (SbMessageRow, sb_message_row, SB, MESSAGE_ROW, GtkWidget)

/* What a row shows beside its message. */
typedef struct
{
  const char *customer;
  SbPressed   answer;     /* the button the customer pressed, as far as it is known */
  gboolean    grouped;    /* the same side wrote just before */
  gboolean    tail;       /* the last of its group */
  gboolean    newest_own; /* its status is written out below it */
} SbRowPlace;

GtkWidget       *sb_message_row_new (SbEngine *engine);
void             sb_message_row_show (SbMessageRow     *self,
                                      const SbMessage  *message,
                                      const SbRowPlace *place);
const SbMessage *sb_message_row_get_message (SbMessageRow *self);
SbEngine        *sb_message_row_get_engine (SbMessageRow *self);
void             sb_message_row_flash (SbMessageRow *self,
                                       gboolean      on);
void             sb_message_row_arrive (SbMessageRow *self);
void             sb_message_row_popup (SbMessageRow *self,
                                       double        x,
                                       double        y);

G_END_DECLS
