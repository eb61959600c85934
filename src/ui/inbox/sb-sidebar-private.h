#pragma once

#include "sb-shop-switcher.h"
#include "sb-sidebar.h"

G_BEGIN_DECLS

struct _SbSidebar
{
  AdwBin parent_instance;

  SbEngine  *engine;
  GtkWidget *header;
  GtkWidget *views;
  GtkWidget *places;
  GtkWidget *lines;
  GtkWidget *menu;
  SbView    *chosen; /* as it was told */
  int        index;
  int        place; /* the one that is shown instead of a view, or -1 */
  gboolean   marking;
  SbView    *asked; /* the one whose menu is open */
  guint      count_id;
};

/* (transfer none): what the row stands for */
SbView *sb_sidebar_view_of (GtkListBoxRow *row);

/* sb-sidebar-views.c: what is done with saved views */
void sb_sidebar_views_install (GtkWidgetClass *widget_class);
void sb_sidebar_views_add (SbSidebar *self);
void sb_sidebar_views_watch (SbSidebar     *self,
                             GtkListBoxRow *row);
void sb_sidebar_views_dispose (SbSidebar *self);

G_END_DECLS
