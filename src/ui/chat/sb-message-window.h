#pragma once

#include "sb-reader.h"

G_BEGIN_DECLS

/**
 * SbMessageWindow:
 *
 * The part of a conversation that is on show: a run of neighbouring messages that moves along the conversation page by page
 * and never grows past SB_WINDOW_MOST. What leaves at one end is read again when it is wanted.
 */
typedef struct
{
  SbReader  *reader;
  gint64     thread_id;
  GPtrArray *messages; /* SbMessage, oldest first */
  gboolean   at_start; /* nothing older exists */
  gboolean   at_end;   /* nothing newer exists */
  guint      page;     /* how many are read at a time; SB_WINDOW_PAGE unless the view is higher or lower than most */
} SbMessageWindow;

#define SB_WINDOW_PAGE 20
#define SB_WINDOW_MOST 200

SbMessageWindow *sb_message_window_new (SbReader *reader,
                                        gint64    thread_id) G_GNUC_WARN_UNUSED_RESULT;
void             sb_message_window_free (SbMessageWindow *self);
void             sb_message_window_go_to_foot (SbMessageWindow *self);
gboolean         sb_message_window_go_to (SbMessageWindow *self,
                                          gint64           message_id);
gboolean         sb_message_window_load_older (SbMessageWindow *self);
gboolean         sb_message_window_load_newer (SbMessageWindow *self);
void             sb_message_window_refresh (SbMessageWindow *self);
const SbMessage *sb_message_window_find (SbMessageWindow *self,
                                         gint64           message_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbMessageWindow, sb_message_window_free)

G_END_DECLS
