/* Titles that the toolkit would cut off go on in another line: large texts, a narrow window, a language of long words. */
#include "sb-whole-titles.h"

#include <adwaita.h>

#define LINES 3

/* A title is centred in a bar, and nothing else of the bar is touched; elsewhere a subtitle is left alone. */
static gboolean
is_title (GtkWidget *widget,
          gboolean   in_bar)
{
  if (!GTK_IS_LABEL (widget) || gtk_label_get_ellipsize (GTK_LABEL (widget)) == PANGO_ELLIPSIZE_NONE)
    return FALSE;

  return in_bar ? gtk_widget_has_css_class (widget, "title") : !gtk_widget_has_css_class (widget, "subtitle");
}

static void
let_go_on (GtkWidget *widget,
           gboolean   in_bar)
{
  if (is_title (widget, in_bar))
    {
      gtk_label_set_single_line_mode (GTK_LABEL (widget), FALSE);
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_lines (GTK_LABEL (widget), LINES);
      if (in_bar)
        gtk_label_set_justify (GTK_LABEL (widget), GTK_JUSTIFY_CENTER);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_LIST_BOX (child) && !GTK_IS_POPOVER (child))
      let_go_on (child, in_bar);
}

/* The toolkit makes these out of templates of its own, everywhere: they are met when they are shown. */
static gboolean
map_cb (GSignalInvocationHint *hint,
        guint                  n_values,
        const GValue          *values,
        gpointer               user_data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);

  if (ADW_IS_HEADER_BAR (widget))
    let_go_on (widget, TRUE);
  else if (ADW_IS_PREFERENCES_GROUP (widget) || ADW_IS_ENTRY_ROW (widget))
    let_go_on (widget, FALSE);

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
