#pragma once

#include "sb-application.h"
#include "sb-control.h"
#include "sb-window.h"

G_BEGIN_DECLS

struct _SbApplication
{
  AdwApplication parent_instance;

  SbWindow         *window;
  SbEngine         *engine;
  SbPracticeServer *server;
  SbControl        *control;
  char             *page;
  GVariant         *goal;      /* to do once the shop is there; (sxx): open this message of this shop, s: search for these words */
  gint64            finishing; /* a conversation to be done once the shop is there, or 0 */
  guint             terminate_id;
  gboolean          opening;    /* the practice shop, which takes a moment */
  gboolean          practicing; /* it, and not the own shop, was asked for last */
  gboolean          background; /* started without a window */
  gboolean          held;       /* stays alive without a window */
};

gboolean sb_application_open_own (SbApplication *self,
                                  gboolean       create);
void     sb_application_open_practice (SbApplication *self);
void     sb_application_need_window (SbApplication *self);
void     sb_application_open_last (SbApplication *self);
void     sb_application_finish_thread (SbApplication *self);
void     sb_application_go_on (SbApplication *self);
void     sb_application_go_to_goal (SbApplication *self);
void     sb_application_add_actions (SbApplication *self);
void     sb_application_watch_window (SbApplication *self,
                                      SbWindow      *window);

/* sb-application-windows.c */
SbWindow *sb_application_add_window (SbApplication *self);
SbWindow *sb_application_find_window (SbApplication *self,
                                      gpointer       but);
void      sb_application_each_window (SbApplication *self,
                                      void (*act) (SbApplication *self,
                                              SbWindow      *window));

G_END_DECLS
