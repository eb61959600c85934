/* Shared by the files of the conversation alone: the whole of it, and what may be done with it. */
#pragma once

#include "sb-conversation.h"

G_BEGIN_DECLS

struct _SbConversation
{
  AdwBin parent_instance;

  SbEngine  *engine;
  gint64     thread_id;
  int        unread;   /* of it, when last looked at */
  gboolean   put_back; /* as unread, by hand, while it was open */
  gboolean   restored; /* as it was left, and not touched since: nobody has read it again */
  GtkWidget *header;
  GtkWidget *title;
  GtkWidget *done;
  GtkWidget *assign;
  GtkWidget *snooze;
  GtkWidget *more;
  GtkWidget *toggle;
  GtkWidget *practice;
  GtkWidget *offline;
  GtkWidget *stack;
  GtkWidget *find; /* this, the timeline and the composer: NULL until the window has been shown, or a conversation opened */
  GtkWidget *timeline;
  GtkWidget *composer;
  gboolean   brief; /* few words, for a narrow window */
  guint      make_id;
};

SbThread *sb_conversation_load (SbConversation *self);
void      sb_conversation_acts_install (GtkWidgetClass *widget_class);

G_END_DECLS
