/* Several windows on one shop. What is done in one shows in the others, for all of them read the same rows. */
#include "sb-application-private.h"

/*
 * The window that has the focus takes dialogs and toasts, and says which conversation somebody looks at: while all of them
 * lie behind other programs that is none, and every message is told.
 */
static void
active_cb (GtkWindow  *window,
           GParamSpec *pspec,
           gpointer    user_data)
{
  SbApplication *self = user_data;
  SbWindow      *active = NULL;

  if (gtk_window_is_active (window))
    self->window = SB_WINDOW (window);
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (SB_IS_WINDOW (l->data) && gtk_window_is_active (l->data))
      active = l->data;
  if (self->engine != NULL)
    sb_engine_set_open_thread (self->engine, active != NULL ? sb_window_look (active) : 0);
}

/* Adds a window and shows in it what the others show. */
SbWindow *
sb_application_add_window (SbApplication *self)
{
  SbWindow *window = SB_WINDOW (sb_window_new (GTK_APPLICATION (self)));

  sb_application_watch_window (self, window);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (active_cb), self, 0);
  if (self->engine != NULL)
    sb_window_show_shop (window, self->engine, self->server);

  return window;
}

/* (transfer none) (nullable): any other than @but, which may be half gone. */
SbWindow *
sb_application_find_window (SbApplication *self,
                            gpointer       but)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (l->data != but && SB_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

void
sb_application_each_window (SbApplication *self,
                            void (*act) (SbApplication *self,
                                         SbWindow      *window))
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  for (GList *l = windows; l != NULL; l = l->next)
    if (SB_IS_WINDOW (l->data))
      act (self, l->data);
}
