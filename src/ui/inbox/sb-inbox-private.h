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

  GtkWidget         *outer;
  GtkWidget         *inner;
  GtkWidget         *overlay;
  GtkWidget         *sidebar;
  GtkWidget         *pane;
  SbThreadView      *threads; /* in the pane */
  GtkWidget         *conversation;
  GtkWidget         *side; /* SbPhonePane or SbCustomerPane */
  AdwNavigationPage *inbox_place;
  AdwNavigationPage *health_place;
  AdwNavigationPage *contacts_place;
  gint64             left; /* the conversation that was acted upon last: Undo goes back to it */
};

void sb_inbox_actions_install (GtkWidgetClass *widget_class);
void sb_inbox_actions_add (SbInboxPage *self);

G_END_DECLS
