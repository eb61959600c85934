#include "sb-connect-steps.h"

#include <glib/gi18n.h>

/**
 * SbConnectSteps:
 *
 * Where one is on the way: done, here, and what still comes. It only shows; the buttons below the page go on and back.
 */
struct _SbConnectSteps
{
  AdwBin parent_instance;

  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (SbConnectSteps, sb_connect_steps, ADW_TYPE_BIN)

static void
show_row (GtkListBoxRow *row,
          guint          index,
          guint          current)
{
  GtkWidget  *stack = g_object_get_data (G_OBJECT (row), "mark");
  const char *title = g_object_get_data (G_OBJECT (row), "title");
  const char *state = index < current ? C_("step", "done") : index == current ? C_("step", "now")
                                                                  : C_("step", "to come");
  g_autofree char *spoken = g_strdup_printf ("%s, %s", title, state);

  gtk_stack_set_visible_child_name (GTK_STACK (stack), index < current ? "done" : "number");
  gtk_widget_set_sensitive (GTK_WIDGET (row), index <= current);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* @current: from 0; all before it are done */
void
sb_connect_steps_show (SbConnectSteps *self,
                       guint           current)
{
  GtkListBoxRow *row;

  for (guint i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    show_row (row, i, current);
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), current));
}

static GtkWidget *
make_row (const char *title,
          guint       index)
{
  GtkWidget       *row = gtk_list_box_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget       *stack = gtk_stack_new ();
  g_autofree char *digits = g_strdup_printf ("%u", index + 1);
  GtkWidget       *number = gtk_label_new (digits);
  GtkWidget       *done = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget       *label = gtk_label_new (title);

  gtk_widget_add_css_class (number, "sb-badge");
  gtk_widget_add_css_class (done, "success");
  gtk_stack_add_named (GTK_STACK (stack), number, "number");
  gtk_stack_add_named (GTK_STACK (stack), done, "done");
  gtk_widget_set_valign (stack, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), stack);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  g_object_set_data (G_OBJECT (row), "mark", stack);
  g_object_set_data_full (G_OBJECT (row), "title", g_strdup (title), g_free);

  return row;
}

static void
sb_connect_steps_class_init (SbConnectStepsClass *klass)
{
}

static void
sb_connect_steps_init (SbConnectSteps *self)
{
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Steps"), -1);
  adw_bin_set_child (ADW_BIN (self), self->list);
}

/* @titles: NULL-terminated */
GtkWidget *
sb_connect_steps_new (const char *const *titles)
{
  SbConnectSteps *self = g_object_new (SB_TYPE_CONNECT_STEPS, NULL);

  for (guint i = 0; titles[i] != NULL; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (titles[i], i));

  return GTK_WIDGET (self);
}
