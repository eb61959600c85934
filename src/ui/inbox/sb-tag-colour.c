#include "sb-tag-colour.h"

static const char *const classes[] = { "sb-tag-1", "sb-tag-2", "sb-tag-3", "sb-tag-4", "sb-tag-5", "sb-tag-6", "sb-tag-7", "sb-tag-8" };

/* @widget: a tag, a dot: what the style sheet colours */
void
sb_tag_colour_set (GtkWidget *widget,
                   int        colour)
{
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (widget, classes[i]);
  gtk_widget_add_css_class (widget, classes[(guint) MAX (colour - 1, 0) % G_N_ELEMENTS (classes)]);
}

GtkWidget *
sb_tag_dot_new (int colour)
{
  GtkWidget *dot = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (dot, "sb-tag-dot");
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (dot, GTK_ALIGN_CENTER);
  sb_tag_colour_set (dot, colour);

  return dot;
}
