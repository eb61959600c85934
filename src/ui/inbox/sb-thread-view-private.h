/* Shared by the files of the list of conversations alone. */
#pragma once

#include "sb-thread-item.h"
#include "sb-thread-view.h"

G_BEGIN_DECLS

struct _SbThreadView
{
  AdwBin parent_instance;

  SbEngine      *engine;
  SbThreadList  *list;
  SbThreadFilter filter;
  GHashTable    *selected; /* of gint64; NULL while no several are selected */
  GtkWidget     *scroller;
  GtkWidget     *rows;
  GtkWidget     *pill;
  GtkWidget     *menu;   /* NULL before the first one was asked for */
  gint64         cursor; /* and its place, for when it goes */
  guint          place;
  gint64         awaited;  /* what comes back by Undo gets the cursor */
  gint64         followed; /* what was sent to another place keeps it */
};

/* sb-thread-view-menu.c */
void sb_thread_view_add_menu (SbThreadView *self);

G_END_DECLS
