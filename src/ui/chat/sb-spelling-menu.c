/* What the menu of a field says of a word: what may have been meant, and the rest, in the words of the program. A menu that is
 * higher than the room above the field would not open at all, so that there the words stand one step further in. */
#include "sb-spelling-menu.h"

#include <glib/gi18n.h>

/* What was meant is among the first, or it is typed again. */
#define MOST_WORDS 5

/* Rows with those that the toolkit puts above, and their pixels: the space around a line, separators and the border. */
#define MOST_ROWS (8 + MOST_WORDS + 5)
#define ROW_SPACE 14
#define FRAME     80

static const struct
{
  const char *action;
  const char *label;
} labels[] = {
  { "spelling.add", N_("Add to Dictionary") },
  { "spelling.ignore", N_("Ignore") },
  { "spelling.enabled", N_("Check Spelling") },
};

/* (nullable): the lines of the library are in a section of their own, and first in it the section of the words. */
static GMenuModel *
dup_section (GMenuModel *menu)
{
  return g_menu_model_get_n_items (menu) > 0 ? g_menu_model_get_item_link (menu, 0, G_MENU_LINK_SECTION) : NULL;
}

/* (nullable): the words that may have been meant; they come when the library has found them. */
GMenuModel *
sb_spelling_menu_dup_meant (GMenuModel *theirs)
{
  g_autoptr (GMenuModel) lines = dup_section (theirs);

  return lines != NULL ? dup_section (lines) : NULL;
}

void
sb_spelling_menu_take_words (GMenu      *words,
                             GMenuModel *meant)
{
  g_menu_remove_all (words);
  for (int i = 0; i < MIN (g_menu_model_get_n_items (meant), MOST_WORDS); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new_from_model (meant, i);

      g_menu_append_item (words, item);
    }
}

/* Whether a whole menu has no room above the field in its window; what lies beside the window is not known. */
gboolean
sb_spelling_menu_is_low (GtkTextView *view)
{
  g_autoptr (PangoLayout) line = gtk_widget_create_pango_layout (GTK_WIDGET (view), "X");
  graphene_point_t        top = GRAPHENE_POINT_INIT (0, 0);
  GtkRoot                *root = gtk_widget_get_root (GTK_WIDGET (view));
  int                     height;

  pango_layout_get_pixel_size (line, NULL, &height);

  return root != NULL && gtk_widget_compute_point (GTK_WIDGET (view), GTK_WIDGET (root), &top, &top) && MOST_ROWS * (height + ROW_SPACE) + FRAME > top.y;
}

static void
add_line (GMenu      *section,
          GMenuModel *lines,
          int         index)
{
  g_autoptr (GMenuItem)  item = g_menu_item_new_from_model (lines, index);
  g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (lines, index, G_MENU_LINK_SUBMENU);
  g_autofree char       *action = NULL;

  if (submenu != NULL)
    g_menu_item_set_label (item, _("Languages"));
  g_menu_item_get_attribute (item, G_MENU_ATTRIBUTE_ACTION, "s", &action);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_strcmp0 (action, labels[i].action) == 0)
      g_menu_item_set_label (item, _(labels[i].label));
  g_menu_append_item (section, item);
}

/**
 * sb_spelling_menu_new:
 * @theirs: the menu of the library
 * @words: stand first
 * @note: stands last, by itself
 * @low: whether there is little room
 */
GMenuModel *
sb_spelling_menu_new (GMenuModel *theirs,
                      GMenuModel *words,
                      GMenuModel *note,
                      gboolean    low)
{
  GMenu                 *menu = g_menu_new ();
  g_autoptr (GMenu)      section = g_menu_new ();
  g_autoptr (GMenuModel) lines = dup_section (theirs);

  g_menu_append_section (section, NULL, words);
  for (int i = 1; lines != NULL && i < g_menu_model_get_n_items (lines); i++)
    add_line (section, lines, i);
  if (low)
    g_menu_append_submenu (menu, _("Spelling"), G_MENU_MODEL (section));
  else
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_menu_append_section (menu, NULL, note);

  return G_MENU_MODEL (menu);
}
