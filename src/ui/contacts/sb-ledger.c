#include "sb-ledger.h"

#include <glib/gi18n.h>

#include "sb-column-width.h"
#include "sb-thread-row.h"

/**
 * SbLedger:
 *
 * The ledger as a table, newest first, or the people of one state. Pages are fetched as the eye comes near their end, each by
 * the key of the last row.
 */
struct _SbLedger
{
  AdwBin parent_instance;

  SbEngine            *engine;
  SbLedgerView         view;
  SbConsent            state;
  GListStore          *rows; /* SbLedgerItem */
  GtkSingleSelection  *selection;
  GtkWidget           *table;
  GtkColumnViewColumn *when; /* not owned: of the table */
  GtkColumnViewColumn *who;
  GtkColumnViewColumn *what;
  GtkColumnViewColumn *narrow; /* all in one, in place of the others */
  gboolean             whole;  /* nothing more to fetch */
};

G_DEFINE_FINAL_TYPE (SbLedger, sb_ledger, ADW_TYPE_BIN)

enum
{
  SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define PAGE         50
#define LEAST_HEIGHT 200

/* -- a row -- */

#define SB_TYPE_LEDGER_ITEM (sb_ledger_item_get_type ())

G_DECLARE_FINAL_TYPE (SbLedgerItem, sb_ledger_item, SB, LEDGER_ITEM, GObject)

struct _SbLedgerItem
{
  GObject parent_instance;

  SbConsentEntry *entry;
};

G_DEFINE_FINAL_TYPE (SbLedgerItem, sb_ledger_item, G_TYPE_OBJECT)

static void
sb_ledger_item_finalize (GObject *object)
{
  g_clear_pointer (&SB_LEDGER_ITEM (object)->entry, sb_consent_entry_free);

  G_OBJECT_CLASS (sb_ledger_item_parent_class)->finalize (object);
}

static void
sb_ledger_item_class_init (SbLedgerItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_ledger_item_finalize;
}

static void
sb_ledger_item_init (SbLedgerItem *self)
{
}

/* -- pages -- */

static gint64
last_key (SbLedger *self)
{
  guint                    n = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  g_autoptr (SbLedgerItem) last = n > 0 ? g_list_model_get_item (G_LIST_MODEL (self->rows), n - 1) : NULL;

  if (last == NULL)
    return 0;

  return self->view == SB_LEDGER_PEOPLE ? last->entry->contact_id : last->entry->id;
}

static void
load_more (SbLedger *self)
{
  g_autoptr (GPtrArray) page = NULL;

  if (self->whole)
    return;
  page = sb_reader_list_ledger (sb_engine_get_reader (self->engine), self->view, self->state, last_key (self), PAGE);
  self->whole = page->len < PAGE;
  g_ptr_array_set_free_func (page, NULL);
  for (guint i = 0; i < page->len; i++)
    {
      g_autoptr (SbLedgerItem) item = g_object_new (SB_TYPE_LEDGER_ITEM, NULL);

      item->entry = page->pdata[i];
      g_list_store_append (self->rows, item);
    }
}

static void
scrolled_cb (GtkAdjustment *adjustment,
             gpointer       user_data)
{
  double left = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) - gtk_adjustment_get_value (adjustment);

  if (left < gtk_adjustment_get_page_size (adjustment))
    load_more (user_data);
}

void
sb_ledger_refresh (SbLedger *self)
{
  const SbConsentEntry *selected = sb_ledger_get_selected (self);
  gint64                id = selected != NULL ? selected->id : 0;
  gint64                contact_id = selected != NULL ? selected->contact_id : 0;
  guint                 n = MAX (PAGE, g_list_model_get_n_items (G_LIST_MODEL (self->rows)));

  g_list_store_remove_all (self->rows);
  self->whole = FALSE;
  do
    load_more (self);
  while (!self->whole && g_list_model_get_n_items (G_LIST_MODEL (self->rows)) < n);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++)
    {
      g_autoptr (SbLedgerItem) item = g_list_model_get_item (G_LIST_MODEL (self->rows), i);

      if (item->entry->id == id && item->entry->contact_id == contact_id)
        gtk_single_selection_set_selected (self->selection, i);
    }
}

void
sb_ledger_show (SbLedger    *self,
                SbLedgerView view,
                SbConsent    state)
{
  self->view = view;
  self->state = state;
  g_list_store_remove_all (self->rows);
  self->whole = FALSE;
  load_more (self);
}

const SbConsentEntry *
sb_ledger_get_selected (SbLedger *self)
{
  SbLedgerItem *item = gtk_single_selection_get_selected_item (self->selection);

  return item != NULL ? item->entry : NULL;
}

static void
selected_cb (SbLedger *self)
{
  const SbConsentEntry *entry = sb_ledger_get_selected (self);

  g_signal_emit (self, signals[SELECTED], 0, entry != NULL ? entry->contact_id : (gint64) 0);
}

/* -- cells -- */

static GtkWidget *
label_new (const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);

  return label;
}

static void
text_setup_cb (GtkListItemFactory *factory,
               GtkColumnViewCell  *cell,
               gpointer            user_data)
{
  gtk_column_view_cell_set_child (cell, label_new (user_data));
}

static void
when_bind_cb (GtkListItemFactory *factory,
              GtkColumnViewCell  *cell,
              gpointer            user_data)
{
  SbLedger             *self = user_data;
  const SbConsentEntry *entry = SB_LEDGER_ITEM (gtk_column_view_cell_get_item (cell))->entry;
  g_autofree char      *text = entry->at != 0 ? sb_time_short (entry->at, sb_clock_now (sb_engine_get_clock (self->engine))) : g_strdup ("");

  gtk_label_set_text (GTK_LABEL (gtk_column_view_cell_get_child (cell)), text);
}

static char *
name_of (const SbConsentEntry *entry)
{
  return entry->name != NULL ? sb_name_text (entry->name) : g_strdup (C_("consent", "Erased"));
}

static void
who_bind_cb (GtkListItemFactory *factory,
             GtkColumnViewCell  *cell,
             gpointer            user_data)
{
  const SbConsentEntry *entry = SB_LEDGER_ITEM (gtk_column_view_cell_get_item (cell))->entry;
  g_autofree char      *name = name_of (entry);

  gtk_label_set_text (GTK_LABEL (gtk_column_view_cell_get_child (cell)), name);
}

static void
what_setup_cb (GtkListItemFactory *factory,
               GtkColumnViewCell  *cell,
               gpointer            user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), label_new (NULL));
  gtk_box_append (GTK_BOX (words), label_new ("sb-ledger-how"));
  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), words);
  gtk_column_view_cell_set_child (cell, box);
}

static void
what_bind_cb (GtkListItemFactory *factory,
              GtkColumnViewCell  *cell,
              gpointer            user_data)
{
  const SbConsentEntry *entry = SB_LEDGER_ITEM (gtk_column_view_cell_get_item (cell))->entry;
  GtkWidget            *box = gtk_column_view_cell_get_child (cell);
  GtkWidget            *icon = gtk_widget_get_first_child (box);
  GtkWidget            *words = gtk_widget_get_last_child (box);
  g_autofree char      *heading = sb_consent_entry_heading (entry);
  g_autofree char      *how = sb_consent_entry_how (entry);
  const char           *classes[] = { sb_consent_entry_style (entry), NULL };

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), sb_consent_entry_icon (entry));
  gtk_widget_set_css_classes (icon, classes);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (words)), heading);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (words)), how);
  if (entry->stands)
    gtk_widget_remove_css_class (words, "dimmed");
  else
    gtk_widget_add_css_class (words, "dimmed");
}

/* In a narrow window: who and when, and below it what, and how. */
static void
narrow_setup_cb (GtkListItemFactory *factory,
                 GtkColumnViewCell  *cell,
                 gpointer            user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *name = label_new (NULL);
  GtkWidget *what = label_new ("sb-ledger-how");

  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (line), label_new ("sb-ledger-when"));
  gtk_box_append (GTK_BOX (words), line);
  gtk_box_append (GTK_BOX (words), what);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), words);
  gtk_column_view_cell_set_child (cell, box);
}

static void
narrow_bind_cb (GtkListItemFactory *factory,
                GtkColumnViewCell  *cell,
                gpointer            user_data)
{
  SbLedger             *self = user_data;
  const SbConsentEntry *entry = SB_LEDGER_ITEM (gtk_column_view_cell_get_item (cell))->entry;
  GtkWidget            *icon = gtk_widget_get_first_child (gtk_column_view_cell_get_child (cell));
  GtkWidget            *line = gtk_widget_get_first_child (gtk_widget_get_next_sibling (icon));
  g_autofree char      *name = name_of (entry);
  g_autofree char      *when = entry->at != 0 ? sb_time_short (entry->at, sb_clock_now (sb_engine_get_clock (self->engine))) : g_strdup ("");
  g_autofree char      *heading = sb_consent_entry_heading (entry);
  g_autofree char      *how = sb_consent_entry_how (entry);
  g_autofree char      *what = how != NULL && how[0] != '\0' ? g_strdup_printf ("%s · %s", heading, how) : g_strdup (heading);
  const char           *classes[] = { sb_consent_entry_style (entry), NULL };

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), sb_consent_entry_icon (entry));
  gtk_widget_set_css_classes (icon, classes);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (line)), name);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (line)), when);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (line)), what);
  gtk_widget_set_tooltip_text (gtk_widget_get_next_sibling (line), what);
}

static GtkColumnViewColumn *
add_column (SbLedger   *self,
            const char *title,
            GCallback   setup,
            GCallback   bind,
            const char *class,
            int width)
{
  GtkListItemFactory             *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);

  g_signal_connect (factory, "setup", setup, (gpointer) class);
  g_signal_connect (factory, "bind", bind, self);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column, sb_column_width (self->table, width));
  else
    gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->table), column);

  return column;
}

/* -- the object -- */

static void
sb_ledger_dispose (GObject *object)
{
  SbLedger *self = SB_LEDGER (object);

  g_clear_object (&self->rows);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_ledger_parent_class)->dispose (object);
}

static void
sb_ledger_class_init (SbLedgerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_ledger_dispose;
  signals[SELECTED] = g_signal_new ("selected", SB_TYPE_LEDGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
sb_ledger_init (SbLedger *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->rows = g_list_store_new (SB_TYPE_LEDGER_ITEM);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  self->table = gtk_column_view_new (GTK_SELECTION_MODEL (self->selection));
  gtk_column_view_set_tab_behavior (GTK_COLUMN_VIEW (self->table), GTK_LIST_TAB_ITEM);
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (self->table), TRUE);
  gtk_widget_add_css_class (self->table, "sb-ledger");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->table), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Ledger"), -1);
  self->when = add_column (self, _("When"), G_CALLBACK (text_setup_cb), G_CALLBACK (when_bind_cb), "sb-ledger-when", 96);
  self->who = add_column (self, _("Who"), G_CALLBACK (text_setup_cb), G_CALLBACK (who_bind_cb), NULL, 140);
  self->what = add_column (self, _("What was recorded, and how"), G_CALLBACK (what_setup_cb), G_CALLBACK (what_bind_cb), NULL, 0);
  self->narrow = add_column (self, _("What was recorded, and how"), G_CALLBACK (narrow_setup_cb), G_CALLBACK (narrow_bind_cb), NULL, 0);
  gtk_column_view_column_set_visible (self->narrow, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->table);
  gtk_widget_add_css_class (scroller, "sb-ledger-frame");
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), LEAST_HEIGHT);
  gtk_widget_set_vexpand (scroller, TRUE);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), "value-changed", G_CALLBACK (scrolled_cb), self, 0);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
sb_ledger_new (SbEngine *engine)
{
  SbLedger *self = g_object_new (SB_TYPE_LEDGER, NULL);

  self->engine = g_object_ref (engine);

  return GTK_WIDGET (self);
}

/* Where there is little room, all stands in one column. */
void
sb_ledger_set_narrow (SbLedger      *self,
                      AdwBreakpoint *narrow)
{
  GtkColumnViewColumn *others[] = { self->when, self->who, self->what };
  GValue               shown = G_VALUE_INIT;

  g_value_init (&shown, G_TYPE_BOOLEAN);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    adw_breakpoint_add_setter (narrow, G_OBJECT (others[i]), "visible", &shown);
  g_value_set_boolean (&shown, TRUE);
  adw_breakpoint_add_setter (narrow, G_OBJECT (self->narrow), "visible", &shown);
}
