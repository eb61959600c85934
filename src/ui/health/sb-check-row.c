/* One thing that was tried: a shape, what it is, and one sentence that says what it means. */
#include "sb-check-row.h"

#include <glib/gi18n.h>

static const char *
state_icon (SbCheckState state)
{
  switch ((int) state)
    {
    case SB_CHECK_OK:
      return "object-select-symbolic";
    case SB_CHECK_FAILED:
      return "sb-failed-symbolic";
    case SB_CHECK_WARNING:
      return "dialog-warning-symbolic";
    default:
      return "list-remove-symbolic";
    }
}

static const char *
state_class (SbCheckState state)
{
  return state == SB_CHECK_OK ? "success" : state == SB_CHECK_FAILED ? "error"
                                        : state == SB_CHECK_WARNING  ? "warning"
                                                                     : "dimmed";
}

static const char *
state_word (SbCheckState state)
{
  return state == SB_CHECK_OK ? C_("health", "All right") : state == SB_CHECK_FAILED ? C_("health", "Broken")
                                          : state == SB_CHECK_WARNING  ? C_("health", "Look here")
                                                                       : C_("health", "Not tried");
}

GtkWidget *
sb_check_row_new (const SbCheck *check)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name (state_icon (check->state));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), check->title != NULL ? check->title : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), check->sentence != NULL ? check->sentence : "");
  gtk_widget_add_css_class (image, state_class (check->state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, state_word (check->state), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  g_object_set_data (G_OBJECT (row), "wrong", GINT_TO_POINTER (check->state == SB_CHECK_FAILED));
  if (check->details != NULL)
    gtk_widget_set_tooltip_text (row, check->details);

  return row;
}

/**
 * sb_check_row_add_fix:
 * @row: of @check
 *
 * A row below @row with a button for what the program can put right by itself: beside the words, large texts would leave no
 * room for them. The "fix" data of the button is the word for the engine.
 *
 * Returns: (transfer floating) (nullable): NULL where there is nothing to press
 */
GtkWidget *
sb_check_row_add_fix (GtkWidget     *row,
                      const SbCheck *check,
                      GCallback      callback,
                      gpointer       user_data)
{
  GtkWidget *below, *button;

  if (check->fix == NULL || check->state == SB_CHECK_OK)
    return NULL;
  below = gtk_list_box_row_new ();
  button = gtk_button_new_with_label (_("Turn It On for Me"));
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), GTK_JUSTIFY_CENTER);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_margin_start (button, 12);
  gtk_widget_set_margin_end (button, 12);
  gtk_widget_set_margin_top (button, 9);
  gtk_widget_set_margin_bottom (button, 9);
  gtk_widget_add_css_class (button, "suggested-action");
  g_object_set_data_full (G_OBJECT (button), "fix", g_strdup (check->fix), g_free);
  g_signal_connect (button, "clicked", callback, user_data);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (below), button);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (below), FALSE);
  gtk_widget_set_focusable (below, FALSE);
  g_object_set_data (G_OBJECT (row), "fix", button);

  return below;
}

gboolean
sb_check_row_is_wrong (GtkWidget *row)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "wrong"));
}

/* (transfer none) (nullable): the button that puts it right. */
GtkWidget *
sb_check_row_get_fix (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "fix");
}
