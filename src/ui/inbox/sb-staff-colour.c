#include "sb-staff-colour.h"

#include <glib/gi18n.h>

static const char *const classes[] = { "sb-staff-1", "sb-staff-2", "sb-staff-3", "sb-staff-4", "sb-staff-5", "sb-staff-6", "sb-staff-7", "sb-staff-8" };

static guint
place_of (int colour)
{
  return (guint) MAX (colour - 1, 0) % G_N_ELEMENTS (classes);
}

/* @widget: an avatar, a dot: what the style sheet colours */
void
sb_staff_colour_set (GtkWidget *widget,
                     int        colour)
{
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (widget, classes[i]);
  gtk_widget_add_css_class (widget, classes[place_of (colour)]);
}

/* What a colour is called. */
const char *
sb_staff_colour_name (int colour)
{
  const char *names[] = { _("Blue"), _("Green"), _("Yellow"), _("Orange"), _("Red"), _("Purple"), _("Brown"), _("Grey") };

  return names[place_of (colour)];
}
