#pragma once

#include "sb-inbox-page.h"
#include "sb-sidebar.h"
#include "sb-thread-pane.h"

G_BEGIN_DECLS

struct _SbInboxPage
{
  AdwBreakpointBin parent_instance;

  SbEngine         *engine;
  SbPracticeServer *server;

  GtkWidget          *outer;
  GtkWidget          *inner;
  GtkWidget          *overlay;
  GtkWidget          *sidebar;
  GtkWidget          *pane;
  SbThreadView       *threads; /* in the pane */
  GtkWidget          *conversation;
  GtkWidget          *customer;
  GtkWidget          *phone; /* (nullable): in the practice shop */
  AdwNavigationPage  *inbox_place;
  AdwNavigationPage  *health_place;
  AdwNavigationPage  *contacts_place;
  GSimpleActionGroup *desk;
  gboolean            side_shown; /* when there was room for it last */
  guint               keep_id;
  guint               begin_id;
  gint64              begin_until;
  gint64              begin_cursor; /* set by us */
  gboolean            has_begun;    /* the list had the focus since */
  guint               undone_id;
  guint               n_undone; /* conversations that came back just now */
  gint64              undone_thread;
};

void sb_inbox_actions_install (GtkWidgetClass *widget_class);
void sb_inbox_actions_add (SbInboxPage *self);

/* sb-inbox-undo.c */
void sb_inbox_undo_add (SbInboxPage *self);

/* sb-inbox-page.c */
void sb_inbox_page_show_inbox (SbInboxPage *self);
void sb_inbox_page_follow (SbInboxPage *self,
                           gint64       thread_id);

/* sb-inbox-panes.c */
void sb_inbox_panes_install (GtkWidgetClass *widget_class);
void sb_inbox_panes_begin (SbInboxPage *self);

/* sb-inbox-profile.c */
void sb_inbox_profile_install (GtkWidgetClass *widget_class);
void sb_inbox_profile_add (SbInboxPage *self);
void sb_inbox_profile_restore (SbInboxPage *self);
void sb_inbox_profile_moved (SbInboxPage *self);
void sb_inbox_profile_keep (SbInboxPage *self);

G_END_DECLS
