/*
 * The menu of every text is the toolkit's own, with its words. Of some languages, Arabic among them, its catalogue lacks
 * “Undo” and “Redo”: they stand there in English, and are said here in the words of the shop.
 */
#include "sb-text-menu.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

static const char *
words_of (const char *label)
{
  if (g_strcmp0 (label, "_Undo") == 0)
    return _("Undo");
  if (g_strcmp0 (label, "_Redo") == 0)
    return _("Redo");

  return NULL;
}

/* An item of a menu is not changed: it is taken out, and one with the same act put in. */
static void
say_instead (GMenu      *menu,
             int         index,
             const char *words)
{
  g_autoptr (GMenuItem) item = g_menu_item_new_from_model (G_MENU_MODEL (menu), index);

  g_menu_item_set_label (item, words);
  g_menu_remove (menu, index);
  g_menu_insert_item (menu, index, item);
}

static void
say_in (GMenuModel *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char       *label = NULL;
      const char            *words;

      if (section != NULL)
        say_in (section);
      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
      words = words_of (label);
      if (words != NULL && !g_str_equal (words, label + 1) && G_IS_MENU (menu))
        say_instead (G_MENU (menu), i, words);
    }
}

static gboolean
map_cb (GSignalInvocationHint *hint,
        guint                  n_values,
        const GValue          *values,
        gpointer               user_data)
{
  GtkWidget  *widget = g_value_get_object (&values[0]);
  GtkWidget  *text = GTK_IS_POPOVER_MENU (widget) ? gtk_widget_get_parent (widget) : NULL;
  GMenuModel *model = GTK_IS_TEXT (text) || GTK_IS_TEXT_VIEW (text) ? gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (widget)) : NULL;

  if (model != NULL)
    say_in (model);

  return TRUE;
}

/* From now on, for the life of the program. */
void
sb_text_menu_begin (void)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (GTK_TYPE_WIDGET); /* a signal is there once its class is */

  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, map_cb, NULL, NULL);
}
