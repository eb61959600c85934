#include "sb-window-drop.h"

/* A list of people, or paper with people on it, is for the import, wherever it is dropped; a conversation takes its own first. */
static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  return G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) && sb_window_import_files (user_data, g_value_get_boxed (value));
}

void
sb_window_drop_add (SbWindow *window)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), window);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
}
