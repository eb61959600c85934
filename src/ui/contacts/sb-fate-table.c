#include "sb-fate-table.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "sb-column-width.h"
#include "sb-fate-list.h"
#include "sb-import-words.h"

#define MANY_ROWS 10000 /* their counts need the room of the button */

struct _SbFateTable
{
  AdwBin parent_instance;

  const SbImportTable *table; /* borrowed */
  const SbImportPlan  *plan;  /* borrowed */
  SbFateList          *list;
  GtkSingleSelection  *selection;
  GtkWidget           *slider;
  GtkWidget           *fates;               /* AdwToggleGroup */
  GtkWidget           *choice;              /* the same as a list, where there is no room for all of them */
  SbFate               offered[SB_N_FATES]; /* in it */
  GtkWidget           *save;
  GtkWidget           *view;
  GtkColumnViewColumn *wide[4];
  GtkColumnViewColumn *narrow;
  SbFate               fate; /* 0: all */
  gboolean             is_narrow;
  gboolean             filling;
};

G_DEFINE_FINAL_TYPE (SbFateTable, sb_fate_table, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  ACTIVATED,
  SAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* -- cells -- */

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 3); /* never narrower than its own ellipsis */
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
new_pair (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), new_label (NULL));
  gtk_box_append (GTK_BOX (box), new_label ("sb-small-line"));

  return box;
}

static void
set_pair (GtkWidget  *box,
          const char *first,
          const char *second)
{
  GtkWidget *below = gtk_widget_get_last_child (box);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), first != NULL ? first : "");
  gtk_label_set_text (GTK_LABEL (below), second != NULL ? second : "");
  gtk_widget_set_tooltip_text (box, second); /* where it is narrow, the whole of it */
  gtk_widget_set_visible (below, second != NULL && second[0] != '\0');
}

static void
set_up_number_cb (GtkSignalListItemFactory *factory,
                  GtkColumnViewCell        *cell)
{
  GtkWidget *label = new_label ("sb-row-number");

  gtk_column_view_cell_set_child (cell, label);
}

static void
bind_number_cb (GtkSignalListItemFactory *factory,
                GtkColumnViewCell        *cell)
{
  SbFateItem      *item = gtk_column_view_cell_get_item (cell);
  g_autofree char *text = g_strdup_printf ("%u", sb_fate_item_get_number (item));

  gtk_label_set_text (GTK_LABEL (gtk_column_view_cell_get_child (cell)), text);
}

static void
set_up_name_cb (GtkSignalListItemFactory *factory,
                GtkColumnViewCell        *cell)
{
  gtk_column_view_cell_set_child (cell, new_label (NULL));
}

static void
bind_name_cb (GtkSignalListItemFactory *factory,
              GtkColumnViewCell        *cell)
{
  gtk_label_set_text (GTK_LABEL (gtk_column_view_cell_get_child (cell)), sb_fate_item_get_name (gtk_column_view_cell_get_item (cell)));
}

static void
set_up_pair_cb (GtkSignalListItemFactory *factory,
                GtkColumnViewCell        *cell)
{
  gtk_column_view_cell_set_child (cell, new_pair ());
}

/* A number keeps its own direction. */
static void
bind_phone_cb (GtkSignalListItemFactory *factory,
               GtkColumnViewCell        *cell)
{
  SbFateItem      *item = gtk_column_view_cell_get_item (cell);
  const char      *written = sb_fate_item_get_written (item);
  g_autofree char *phone = g_strdup_printf ("\u2066%s\u2069", sb_fate_item_get_phone (item));
  g_autofree char *file = written[0] != '\0' ? g_strdup_printf ("\u2066%s\u2069", written) : NULL;

  set_pair (gtk_column_view_cell_get_child (cell), phone, file);
}

static GtkWidget *
new_fate (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), new_pair ());

  return box;
}

static void
set_fate (GtkWidget  *box,
          SbFateItem *item,
          const char *title,
          const char *about)
{
  GtkWidget  *icon = gtk_widget_get_first_child (box);
  SbFate      fate = sb_fate_item_get_fate (item);
  const char *classes[] = { sb_import_words_fate_class (fate), NULL };

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), sb_import_words_fate_icon (fate));
  gtk_widget_set_css_classes (icon, classes);
  set_pair (gtk_widget_get_last_child (box), title, about);
}

static void
set_up_fate_cb (GtkSignalListItemFactory *factory,
                GtkColumnViewCell        *cell)
{
  gtk_column_view_cell_set_child (cell, new_fate ());
}

static void
bind_fate_cb (GtkSignalListItemFactory *factory,
              GtkColumnViewCell        *cell)
{
  SbFateItem *item = gtk_column_view_cell_get_item (cell);

  set_fate (gtk_column_view_cell_get_child (cell), item, sb_import_words_fate (sb_fate_item_get_fate (item)), sb_fate_item_get_about (item));
}

/* In a narrow window: who and what becomes of them, then the number or why there is none. */
static void
bind_narrow_cb (GtkSignalListItemFactory *factory,
                GtkColumnViewCell        *cell)
{
  SbFateItem      *item = gtk_column_view_cell_get_item (cell);
  SbFate           fate = sb_fate_item_get_fate (item);
  g_autofree char *phone = g_strdup_printf ("\u2066%s\u2069", sb_fate_item_get_phone (item));
  g_autofree char *title = g_strdup_printf ("\u2068%s\u2069 · %s", sb_fate_item_get_name (item), sb_import_words_fate (fate));

  set_fate (gtk_column_view_cell_get_child (cell), item, title, fate == SB_FATE_REJECTED ? sb_fate_item_get_about (item) : phone);
}

static void
row_cb (GtkSignalListItemFactory *factory,
        GtkColumnViewRow         *row)
{
  SbFateItem      *item = gtk_column_view_row_get_item (row);
  const char      *about = sb_fate_item_get_about (item);
  g_autofree char *label = g_strdup_printf ("%s, %s", sb_fate_item_get_name (item), sb_import_words_fate (sb_fate_item_get_fate (item)));

  gtk_column_view_row_set_accessible_label (row, label);
  gtk_column_view_row_set_accessible_description (row, about != NULL ? about : "");
}

static GtkColumnViewColumn *
add_column (SbFateTable *self,
            const char  *title,
            int          width,
            GCallback    set_up,
            GCallback    bind)
{
  GtkListItemFactory  *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column = gtk_column_view_column_new (title, factory);

  g_signal_connect (factory, "setup", set_up, NULL);
  g_signal_connect (factory, "bind", bind, NULL);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column, sb_column_width (self->view, width));
  else
    gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
  g_object_unref (column);

  /* The view keeps it. */
  /* cppcheck-suppress deallocret */
  return column;
}

/* -- choosing -- */

static void
chosen_cb (SbFateTable *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
activated_cb (SbFateTable *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
save_cb (SbFateTable *self)
{
  g_signal_emit (self, signals[SAVE], 0);
}

const SbPlanRow *
sb_fate_table_get_chosen (SbFateTable *self)
{
  guint index = sb_fate_list_get_index (self->list, gtk_single_selection_get_selected (self->selection));

  return self->plan != NULL && index < self->plan->rows->len ? self->plan->rows->pdata[index] : NULL;
}

static void
show_rows (SbFateTable *self,
           gboolean     is_new)
{
  guint before = sb_fate_list_get_index (self->list, gtk_single_selection_get_selected (self->selection));
  guint position;

  if (is_new)
    sb_fate_list_set (self->list, self->table, self->plan, self->fate);
  else
    sb_fate_list_filter (self->list, self->fate);
  position = before != G_MAXUINT ? sb_fate_list_find (self->list, before) : 0;
  position = MIN (position, MAX (g_list_model_get_n_items (G_LIST_MODEL (self->list)), 1) - 1);
  gtk_single_selection_set_selected (self->selection, position);
  chosen_cb (self);
}

static void
show_choice (SbFateTable *self)
{
  guint n = g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (self->choice)));

  for (guint i = 0; i < n; i++)
    if (self->offered[i] == self->fate)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->choice), i);
}

static void
fate_cb (SbFateTable *self)
{
  const char *name = adw_toggle_group_get_active_name (ADW_TOGGLE_GROUP (self->fates));
  SbFate      fate = name != NULL ? (SbFate) atoi (name) : 0;

  if (self->plan == NULL || self->filling || fate == self->fate || fate >= SB_N_FATES)
    return;
  self->fate = fate;
  show_choice (self);
  show_rows (self, FALSE);
}

static void
choice_cb (SbFateTable *self)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->choice));

  if (!self->filling && at < SB_N_FATES)
    sb_fate_table_choose_fate (self, self->offered[at]);
}

void
sb_fate_table_choose_fate (SbFateTable *self,
                           SbFate       fate)
{
  g_autofree char *name = g_strdup_printf ("%d", fate);

  if (adw_toggle_group_get_toggle_by_name (ADW_TOGGLE_GROUP (self->fates), name) != NULL)
    adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (self->fates), name);
}

void
sb_fate_table_go_to_trouble (SbFateTable *self,
                             int          direction)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint at = gtk_single_selection_get_selected (self->selection);

  for (guint i = 1; i <= n; i++)
    {
      guint            position = (at + (direction > 0 ? i : n - i)) % n;
      const SbPlanRow *row = self->plan->rows->pdata[sb_fate_list_get_index (self->list, position)];

      if (row->fate != SB_FATE_REJECTED || row->fix == SB_FIX_LEFT_OUT)
        continue;
      gtk_column_view_scroll_to (GTK_COLUMN_VIEW (self->view), position, NULL, GTK_LIST_SCROLL_SELECT | GTK_LIST_SCROLL_FOCUS, NULL);
      return;
    }
}

static void
focus_cb (gpointer user_data)
{
  g_autoptr (SbFateTable) self = user_data;
  guint                   position = gtk_single_selection_get_selected (self->selection);

  if (position == GTK_INVALID_LIST_POSITION || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  gtk_widget_grab_focus (self->view);
  gtk_column_view_scroll_to (GTK_COLUMN_VIEW (self->view), position, NULL, GTK_LIST_SCROLL_FOCUS, NULL);
}

/* Once the rows are laid out: what was focused may just have been taken away. */
void
sb_fate_table_focus (SbFateTable *self)
{
  g_idle_add_once (focus_cb, g_object_ref (self));
}

/* -- the whole -- */

/* Fates that no row has are left out, so that the others have room for all their words. */
static gboolean
has_fate (SbFateTable *self,
          guint        fate)
{
  return fate == 0 || self->plan->counts[fate] > 0;
}

/* Whether the toggles are those of the plan, so that the one with the focus need not go. */
static gboolean
has_its_toggles (SbFateTable *self)
{
  for (guint fate = 0; fate < SB_N_FATES; fate++)
    {
      g_autofree char *name = g_strdup_printf ("%u", fate);

      if (has_fate (self, fate) != (adw_toggle_group_get_toggle_by_name (ADW_TOGGLE_GROUP (self->fates), name) != NULL))
        return FALSE;
    }

  return TRUE;
}

static void
make_toggles (SbFateTable *self)
{
  g_autofree char *chosen = g_strdup_printf ("%d", self->fate);

  self->filling = TRUE;
  adw_toggle_group_remove_all (ADW_TOGGLE_GROUP (self->fates));
  for (guint fate = 0; fate < SB_N_FATES; fate++)
    if (has_fate (self, fate))
      {
        AdwToggle       *toggle = adw_toggle_new ();
        g_autofree char *name = g_strdup_printf ("%u", fate);

        adw_toggle_set_name (toggle, name);
        adw_toggle_group_add (ADW_TOGGLE_GROUP (self->fates), toggle);
      }
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (self->fates), chosen);
  self->filling = FALSE;
}

static void
update_fates (SbFateTable *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  int                       width;

  if (!has_its_toggles (self))
    make_toggles (self);
  for (guint i = 0; i < adw_toggle_group_get_n_toggles (ADW_TOGGLE_GROUP (self->fates)); i++)
    {
      AdwToggle       *toggle = adw_toggle_group_get_toggle (ADW_TOGGLE_GROUP (self->fates), i);
      int              fate = atoi (adw_toggle_get_name (toggle));
      guint            n = fate == 0 ? self->plan->rows->len : self->plan->counts[fate];
      g_autofree char *count = sb_import_words_count (n);
      /* Translators: a kind of rows and how many there are: "New 318" */
      g_autofree char *label = g_strdup_printf (C_("rows", "%s %s"), fate == 0 ? C_("rows", "All") : sb_import_words_fate ((SbFate) fate), count);

      adw_toggle_set_label (toggle, label);
      gtk_string_list_append (names, label);
      self->offered[i] = (SbFate) fate;
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->choice), G_LIST_MODEL (names));
  show_choice (self);
  self->filling = FALSE;
  gtk_widget_set_size_request (self->fates, -1, -1);
  gtk_widget_measure (self->fates, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_set_size_request (self->fates, width, -1);
}

static void
update_save (SbFateTable *self)
{
  guint            n = self->plan->counts[SB_FATE_REJECTED];
  g_autofree char *label = g_strdup_printf (ngettext ("Save the %'u Row…", "Save the %'u Rows…", n), n);

  if (self->plan->rows->len < MANY_ROWS)
    gtk_button_set_label (GTK_BUTTON (self->save), label);
  else
    gtk_button_set_icon_name (GTK_BUTTON (self->save), "document-save-symbolic");
  gtk_widget_set_tooltip_text (self->save, label);
  gtk_widget_set_visible (self->save, n > 0 && !self->is_narrow);
}

void
sb_fate_table_set (SbFateTable         *self,
                   const SbImportTable *table,
                   const SbImportPlan  *plan)
{
  self->table = table;
  self->plan = plan;
  if (self->fate != 0 && plan->counts[self->fate] == 0)
    {
      self->fate = 0;
      sb_fate_table_choose_fate (self, 0);
    }
  update_fates (self);
  update_save (self);
  show_rows (self, TRUE);
}

void
sb_fate_table_set_narrow (SbFateTable *self,
                          gboolean     narrow)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->wide); i++)
    gtk_column_view_column_set_visible (self->wide[i], !narrow);
  gtk_column_view_column_set_visible (self->narrow, narrow);
  self->is_narrow = narrow;
  gtk_widget_set_visible (self->slider, !narrow);
  gtk_widget_set_visible (self->choice, narrow);
  if (self->plan != NULL)
    update_save (self);
}

static void
sb_fate_table_dispose (GObject *object)
{
  SbFateTable *self = SB_FATE_TABLE (object);

  g_clear_object (&self->list);

  G_OBJECT_CLASS (sb_fate_table_parent_class)->dispose (object);
}

static void
sb_fate_table_class_init (SbFateTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_fate_table_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", SB_TYPE_FATE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", SB_TYPE_FATE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVE] = g_signal_new ("save", SB_TYPE_FATE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_top (SbFateTable *self)
{
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->slider = gtk_scrolled_window_new ();
  self->fates = adw_toggle_group_new ();
  gtk_widget_set_halign (self->fates, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fates), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Rows to Show"), -1);
  g_signal_connect_object (self->fates, "notify::active", G_CALLBACK (fate_cb), self, G_CONNECT_SWAPPED);
  /* More than fit slide sideways. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->slider), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->slider), self->fates);
  gtk_widget_set_hexpand (self->slider, TRUE);
  self->choice = gtk_drop_down_new (NULL, NULL);
  gtk_widget_set_hexpand (self->choice, TRUE);
  gtk_widget_set_visible (self->choice, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Rows to Show"), -1);
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (choice_cb), self, G_CONNECT_SWAPPED);
  self->save = gtk_button_new ();
  gtk_widget_add_css_class (self->save, "flat");
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (top, "sb-import-top");
  gtk_box_append (GTK_BOX (top), self->slider);
  gtk_box_append (GTK_BOX (top), self->choice);
  gtk_box_append (GTK_BOX (top), self->save);

  return top;
}

static void
sb_fate_table_init (SbFateTable *self)
{
  GtkWidget          *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget          *scroller = gtk_scrolled_window_new ();
  GtkListItemFactory *rows = gtk_signal_list_item_factory_new ();

  self->list = sb_fate_list_new ();
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  self->view = gtk_column_view_new (GTK_SELECTION_MODEL (self->selection));
  gtk_column_view_set_tab_behavior (GTK_COLUMN_VIEW (self->view), GTK_LIST_TAB_ITEM);
  gtk_widget_add_css_class (self->view, "sb-fates");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Rows of the File"), -1);
  self->wide[0] = add_column (self, _("Row"), 62, G_CALLBACK (set_up_number_cb), G_CALLBACK (bind_number_cb));
  self->wide[1] = add_column (self, _("Name"), 148, G_CALLBACK (set_up_name_cb), G_CALLBACK (bind_name_cb));
  self->wide[2] = add_column (self, _("Number, and as in the File"), 190, G_CALLBACK (set_up_pair_cb), G_CALLBACK (bind_phone_cb));
  self->wide[3] = add_column (self, _("What Will Happen"), 0, G_CALLBACK (set_up_fate_cb), G_CALLBACK (bind_fate_cb));
  self->narrow = add_column (self, _("Who, and What Will Happen"), 0, G_CALLBACK (set_up_fate_cb), G_CALLBACK (bind_narrow_cb));
  gtk_column_view_column_set_visible (self->narrow, FALSE);
  g_signal_connect (rows, "bind", G_CALLBACK (row_cb), NULL);
  gtk_column_view_set_row_factory (GTK_COLUMN_VIEW (self->view), rows);
  g_object_unref (rows);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (column), make_top (self));
  gtk_box_append (GTK_BOX (column), scroller);
  adw_bin_set_child (ADW_BIN (self), column);
}

GtkWidget *
sb_fate_table_new (void)
{
  return g_object_new (SB_TYPE_FATE_TABLE, NULL);
}
