/* What the menu of a field says of a word: what may have been meant, and the rest, in the words of the program. A menu that is
 * higher than the room above the field would not open at all, so that there the words stand one step further in. */
#include "sb-spelling-menu.h"

#include <glib/gi18n.h>

/* What was meant is among the first, or it is typed again. */
#define MOST_WORDS 5

/* Rows that the toolkit puts above, and their pixels: a line and the space around it, separators and the border. */
#define ROWS_ABOVE 8
#define ROW_SPACE  14
#define FRAME      80

static const struct
{
  const char *action;
  const char *label;
} labels[] = {
  { "spelling.add", N_("Add to Dictionary") },
  { "spelling.ignore", N_("Ignore") },
  { "spelling.enabled", N_("Check Spelling") },
};

static void
add_words (GMenu      *section,
           GMenuModel *words)
{
  for (int i = 0; i < MIN (g_menu_model_get_n_items (words), MOST_WORDS); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new_from_model (words, i);

      g_menu_append_item (section, item);
    }
}

static void
add_item (GMenu      *section,
          GMenuModel *theirs,
          int         index)
{
  g_autoptr (GMenuItem)  item = g_menu_item_new_from_model (theirs, index);
  g_autoptr (GMenuModel) words = g_menu_model_get_item_link (theirs, index, G_MENU_LINK_SECTION);
  g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (theirs, index, G_MENU_LINK_SUBMENU);
  g_autofree char       *action = NULL;

  if (words != NULL)
    {
      add_words (section, words);
      return;
    }
  if (submenu != NULL)
    g_menu_item_set_label (item, _("Languages"));
  g_menu_item_get_attribute (item, G_MENU_ATTRIBUTE_ACTION, "s", &action);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_strcmp0 (action, labels[i].action) == 0)
      g_menu_item_set_label (item, _(labels[i].label));
  g_menu_append_item (section, item);
}

/* In the window: what lies beside it is not known. */
static gboolean
has_room (GtkTextView *view,
          int          n_rows)
{
  g_autoptr (PangoLayout) line = gtk_widget_create_pango_layout (GTK_WIDGET (view), "X");
  graphene_point_t        at;
  int                     height;

  pango_layout_get_pixel_size (line, NULL, &height);
  if (!gtk_widget_compute_point (GTK_WIDGET (view), GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (view))), graphene_point_zero (), &at))
    return TRUE;

  return (ROWS_ABOVE + n_rows) * (height + ROW_SPACE) + FRAME <= at.y;
}

/* (nullable): those that may have been meant; they come when the library has found them. */
GMenuModel *
sb_spelling_menu_dup_words (GMenuModel *theirs)
{
  g_autoptr (GMenuModel) inner = g_menu_model_get_n_items (theirs) > 0 ? g_menu_model_get_item_link (theirs, 0, G_MENU_LINK_SECTION) : NULL;

  return inner != NULL && g_menu_model_get_n_items (inner) > 0 ? g_menu_model_get_item_link (inner, 0, G_MENU_LINK_SECTION) : NULL;
}

/**
 * sb_spelling_menu_fill:
 * @menu: what it had is thrown away
 * @theirs: the menu of the library, about the word at the cursor
 */
void
sb_spelling_menu_fill (GMenu       *menu,
                       GMenuModel  *theirs,
                       GtkTextView *view)
{
  g_autoptr (GMenu)      section = g_menu_new ();
  g_autoptr (GMenuModel) inner = g_menu_model_get_n_items (theirs) > 0 ? g_menu_model_get_item_link (theirs, 0, G_MENU_LINK_SECTION) : NULL;

  g_menu_remove_all (menu);
  for (int i = 0; inner != NULL && i < g_menu_model_get_n_items (inner); i++)
    add_item (section, inner, i);
  if (has_room (view, g_menu_model_get_n_items (G_MENU_MODEL (section))))
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  else
    g_menu_append_submenu (menu, _("Spelling"), G_MENU_MODEL (section));
}
