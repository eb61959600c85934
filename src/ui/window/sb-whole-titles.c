/* Titles that the toolkit would cut off go on in a second line: large texts, a narrow window, a language of long words. */
#include "sb-whole-titles.h"

#include <adwaita.h>

#define LINES 2

static void
let_go_on (GtkWidget *widget)
{
  gboolean is_title = GTK_IS_LABEL (widget) && gtk_label_get_ellipsize (GTK_LABEL (widget)) != PANGO_ELLIPSIZE_NONE && !gtk_widget_has_css_class (widget, "subtitle");

  if (is_title)
    {
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_lines (GTK_LABEL (widget), LINES);
      if (ADW_IS_WINDOW_TITLE (gtk_widget_get_ancestor (widget, ADW_TYPE_WINDOW_TITLE)))
        gtk_label_set_justify (GTK_LABEL (widget), GTK_JUSTIFY_CENTER);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_LIST_BOX (child))
      let_go_on (child);
}

/* The toolkit makes these out of templates of its own, everywhere: they are met when they are first shown. */
static gboolean
map_cb (GSignalInvocationHint *hint,
        guint                  n_values,
        const GValue          *values,
        gpointer               user_data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);

  if (ADW_IS_WINDOW_TITLE (widget) || ADW_IS_PREFERENCES_GROUP (widget) || ADW_IS_ENTRY_ROW (widget))
    let_go_on (widget);

  return TRUE;
}

/* From now on, for the life of the program. */
void
sb_whole_titles_begin (void)
{
  GtkWidgetClass *klass = g_type_class_ref (GTK_TYPE_WIDGET); /* a signal is there once its class is */

  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, map_cb, NULL, NULL);
  g_type_class_unref (klass);
}
