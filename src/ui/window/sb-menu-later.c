#include "sb-menu-later.h"

static void
popup_cb (GtkMenuButton *button,
          gpointer       user_data)
{
  if (gtk_menu_button_get_menu_model (button) != user_data)
    gtk_menu_button_set_menu_model (button, user_data);
}

/**
 * sb_menu_later:
 * @model: takes the place of the one before
 *
 * A menu that is built when it is opened for the first time: most menus never are, and each costs the start of the program.
 */
void
sb_menu_later (GtkMenuButton *button,
               GMenuModel    *model)
{
  gtk_menu_button_set_create_popup_func (button, popup_cb, g_object_ref (model), g_object_unref);
}
