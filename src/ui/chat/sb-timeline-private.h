#pragma once

#include "sb-message-window.h"
#include "sb-timeline.h"

G_BEGIN_DECLS

struct _SbTimeline
{
  AdwBin parent_instance;

  SbEngine        *engine;
  gint64           thread_id;
  char            *customer;
  gboolean         many_lines;
  SbMessageWindow *window;
  GtkWidget       *scroller;
  GtkWidget       *column;
  GtkWidget       *pill;
  GHashTable      *rows;     /* message id -> SbMessageRow */
  GHashTable      *labels;   /* "day 17" -> the label above message 17 */
  GHashTable      *places;   /* thread id -> Place, while the window lives */
  gint64           fresh_id; /* the message under the line "New" */
  int              n_new;
  guint            refresh_id;
  guint            minute_id;
  guint            edge_id;
  guint            frame_id; /* until what was opened is painted, nothing more is read */
  guint            flash_id;
  gint64           flashing;
  GArray          *found;     /* (nullable): ids of the messages that have the words looked for */
  GHashTable      *found_ids; /* the same, pointing into it */
  char            *found_words;
  guint            found_serial; /* 0: nobody looked for anything yet */
};

void sb_timeline_show_window (SbTimeline *self);
void sb_timeline_mark_found (SbTimeline *self);

G_END_DECLS
