#include "sb-people-view.h"

#include <glib/gi18n.h>

#include "sb-people-cells.h"
#include "sb-people-columns.h"

/**
 * SbPeopleView:
 *
 * The people of a list as a table whose headers sort, or where there is little room as rows of two lines. One row has the
 * cursor and is shown beside; any number may be marked, and stay marked while the list is sorted and filtered.
 */
struct _SbPeopleView
{
  AdwBin parent_instance;

  SbEngine           *engine;
  SbPeopleList       *list;
  GtkSingleSelection *selection;
  GtkWidget          *stack;
  GtkWidget          *table;
  GtkWidget          *rows;
  GHashTable         *marked; /* ids */
  GHashTable         *cells;  /* SbPersonCell with a mark, that are bound */
  gint64              cursor;
  gboolean            at_top;
  gboolean            moving; /* the cursor is put somewhere, nobody chose it */
};

G_DEFINE_FINAL_TYPE (SbPeopleView, sb_people_view, ADW_TYPE_BIN)

enum
{
  CURSOR,
  OPEN,
  MARKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* -- cells -- */

static void
update_mark (SbPeopleView *self,
             SbPersonCell *cell)
{
  SbPersonItem *item = sb_person_cell_get_item (cell);
  gint64        id = item != NULL ? sb_person_item_get_id (item) : 0;

  sb_person_cell_set_mark (cell, g_hash_table_size (self->marked) > 0, g_hash_table_contains (self->marked, &id));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GObject                  *object,
         gpointer                  user_data)
{
  SbPeopleView *self = user_data;
  GtkListItem  *item = GTK_LIST_ITEM (object);
  SbPersonCell *cell = SB_PERSON_CELL (gtk_list_item_get_child (item));

  sb_person_cell_bind (cell, gtk_list_item_get_item (item));
  if (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "kind")) == SB_CELL_ROW)
    {
      g_autofree char *spoken = sb_people_spoken_text (sb_person_item_get (gtk_list_item_get_item (item)));

      gtk_list_item_set_accessible_label (item, spoken);
    }
  update_mark (self, cell);
  g_hash_table_add (self->cells, cell);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GObject                  *object,
           gpointer                  user_data)
{
  SbPeopleView *self = user_data;
  SbPersonCell *cell = SB_PERSON_CELL (gtk_list_item_get_child (GTK_LIST_ITEM (object)));

  g_hash_table_remove (self->cells, cell);
  sb_person_cell_bind (cell, NULL);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GObject                  *object,
          gpointer                  user_data)
{
  SbPeopleView  *self = user_data;
  SbCellKind     kind = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "kind"));
  const SbField *field = g_object_get_data (G_OBJECT (factory), "field");

  gtk_list_item_set_child (GTK_LIST_ITEM (object), sb_person_cell_new (kind, field, sb_engine_get_clock (self->engine)));
}

static GtkListItemFactory *
factory_new (SbPeopleView  *self,
             SbCellKind     kind,
             const SbField *field)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_object_set_data (G_OBJECT (factory), "kind", GINT_TO_POINTER (kind));
  if (field != NULL)
    g_object_set_data_full (G_OBJECT (factory), "field", sb_field_copy (field), (GDestroyNotify) sb_field_free);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);

  return factory;
}

/* @names: of the columns, in their order; "field:NAME" of one of the owner's */
void
sb_people_view_set_columns (SbPeopleView      *self,
                            const char *const *names)
{
  sb_people_columns_set (GTK_COLUMN_VIEW (self->table), sb_engine_get_reader (self->engine), names, (SbPeopleFactoryFunc) factory_new, self);
}

/* -- sorting -- */

static void
sort_cb (GtkSorter      *sorter,
         GtkSorterChange change,
         gpointer        user_data)
{
  SbPeopleView             *self = user_data;
  g_autoptr (SbPeopleQuery) query = sb_people_query_copy (sb_people_list_get_query (self->list));

  sb_people_columns_get_sort (GTK_COLUMN_VIEW_SORTER (sorter), query);
  sb_people_list_set_query (self->list, query);
}

/* The filter of @query; the order is that of the headers. */
void
sb_people_view_set_query (SbPeopleView        *self,
                          const SbPeopleQuery *query)
{
  const SbPeopleQuery      *now = sb_people_list_get_query (self->list);
  g_autoptr (SbPeopleQuery) next = sb_people_query_copy (query);

  next->sort = now->sort;
  next->backwards = now->backwards;
  g_set_str (&next->field, now->field);
  sb_people_list_set_query (self->list, next);
}

/* -- the cursor -- */

gint64
sb_people_view_get_cursor (SbPeopleView *self)
{
  return self->cursor;
}

static void
selected_cb (SbPeopleView *self)
{
  gint64 id = sb_people_list_get_id (self->list, gtk_single_selection_get_selected (self->selection));

  if (self->moving || id == self->cursor)
    return;
  self->cursor = id;
  g_signal_emit (self, signals[CURSOR], 0, id);
}

static void
put_cursor (SbPeopleView *self,
            guint         position)
{
  self->moving = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->moving = FALSE;
}

void
sb_people_view_set_cursor (SbPeopleView *self,
                           gint64        contact_id)
{
  guint position = contact_id != 0 ? sb_people_list_find (self->list, contact_id) : GTK_INVALID_LIST_POSITION;

  self->cursor = contact_id;
  put_cursor (self, position);
  if (position != GTK_INVALID_LIST_POSITION && gtk_widget_get_mapped (self->table))
    gtk_column_view_scroll_to (GTK_COLUMN_VIEW (self->table), position, NULL, GTK_LIST_SCROLL_NONE, NULL);
}

/* A selection that goes along with a change of the order would look through all rows for its own. */
static GtkScrolledWindow *
scroller_of (SbPeopleView *self)
{
  return GTK_SCROLLED_WINDOW (gtk_stack_get_visible_child (GTK_STACK (self->stack)));
}

static void
changing_cb (SbPeopleView *self)
{
  self->at_top = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (scroller_of (self))) < 1;
  put_cursor (self, GTK_INVALID_LIST_POSITION);
}

/* Who is at the top stays there when somebody comes in above. */
static void
stay_at_top (SbPeopleView *self)
{
  if (!self->at_top || g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0)
    return;
  self->at_top = FALSE;
  if (gtk_widget_get_mapped (self->table))
    gtk_column_view_scroll_to (GTK_COLUMN_VIEW (self->table), 0, NULL, GTK_LIST_SCROLL_NONE, NULL);
  else if (gtk_widget_get_mapped (self->rows))
    gtk_list_view_scroll_to (GTK_LIST_VIEW (self->rows), 0, GTK_LIST_SCROLL_NONE, NULL);
}

static void
ready_cb (SbPeopleView *self)
{
  stay_at_top (self);
  put_cursor (self, self->cursor != 0 ? sb_people_list_find (self->list, self->cursor) : GTK_INVALID_LIST_POSITION);
}

static void
activate_cb (SbPeopleView *self,
             guint         position)
{
  gint64 id = sb_people_list_get_id (self->list, position);

  if (id != 0)
    g_signal_emit (self, signals[OPEN], 0, id);
}

/* -- marks -- */

static void
marks_changed (SbPeopleView *self)
{
  GHashTableIter iter;
  gpointer       cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    update_mark (self, cell);
  g_signal_emit (self, signals[MARKED], 0);
}

static void
mark (SbPeopleView *self,
      gint64        id)
{
  g_hash_table_add (self->marked, g_memdup2 (&id, sizeof id));
}

/* Marks the row of the cursor, or takes its mark away. */
void
sb_people_view_toggle_mark (SbPeopleView *self)
{
  if (self->cursor == 0)
    return;
  if (!g_hash_table_remove (self->marked, &self->cursor))
    mark (self, self->cursor);
  marks_changed (self);
}

void
sb_people_view_mark_all (SbPeopleView *self)
{
  g_autoptr (GArray) ids = sb_people_list_dup_ids (self->list);

  for (guint i = 0; i < ids->len; i++)
    mark (self, g_array_index (ids, gint64, i));
  marks_changed (self);
}

void
sb_people_view_unmark (SbPeopleView *self)
{
  g_hash_table_remove_all (self->marked);
  marks_changed (self);
}

guint
sb_people_view_get_n_marked (SbPeopleView *self)
{
  return g_hash_table_size (self->marked);
}

/* (transfer full): whom an act is for: the marked, else the one of the cursor */
GArray *
sb_people_view_dup_targets (SbPeopleView *self)
{
  GArray        *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer       id;

  g_hash_table_iter_init (&iter, self->marked);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (ids, id, 1);
  if (ids->len == 0 && self->cursor != 0)
    g_array_append_val (ids, self->cursor);

  return ids;
}

static void
clicked_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            gpointer         user_data)
{
  SbPeopleView   *self = user_data;
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget      *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget      *cell = picked != NULL ? gtk_widget_get_ancestor (picked, SB_TYPE_PERSON_CELL) : NULL;
  SbPersonItem   *item = cell != NULL ? sb_person_cell_get_item (SB_PERSON_CELL (cell)) : NULL;
  gint64          id = item != NULL ? sb_person_item_get_id (item) : 0;

  if (id == 0 || ((state & GDK_CONTROL_MASK) == 0 && g_hash_table_size (self->marked) == 0))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (!g_hash_table_remove (self->marked, &id))
    mark (self, id);
  marks_changed (self);
}

/* -- the whole -- */

static void
row_changed_cb (GtkColumnViewRow *row,
                SbPersonItem     *item)
{
  g_autofree char *spoken = sb_people_spoken_text (sb_person_item_get (item));

  gtk_column_view_row_set_accessible_label (row, spoken);
}

static void
row_bind_cb (GtkSignalListItemFactory *factory,
             GObject                  *object,
             gpointer                  user_data)
{
  GtkColumnViewRow *row = GTK_COLUMN_VIEW_ROW (object);
  SbPersonItem     *item = gtk_column_view_row_get_item (row);

  row_changed_cb (row, item);
  g_signal_connect_object (item, "changed", G_CALLBACK (row_changed_cb), row, G_CONNECT_SWAPPED);
}

static void
row_unbind_cb (GtkSignalListItemFactory *factory,
               GObject                  *object,
               gpointer                  user_data)
{
  g_signal_handlers_disconnect_by_func (gtk_column_view_row_get_item (GTK_COLUMN_VIEW_ROW (object)), row_changed_cb, object);
}

static GtkWidget *
make_table (SbPeopleView *self)
{
  static const char *const usual[] = { "name", "stage", "last", "consent", NULL };
  GtkWidget               *scroller = gtk_scrolled_window_new ();
  GtkListItemFactory      *spoken = gtk_signal_list_item_factory_new ();

  self->table = gtk_column_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)));
  gtk_widget_add_css_class (self->table, "sb-people");
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (self->table), TRUE);
  gtk_column_view_set_row_factory (GTK_COLUMN_VIEW (self->table), spoken);
  gtk_column_view_set_tab_behavior (GTK_COLUMN_VIEW (self->table), GTK_LIST_TAB_ITEM);
  g_signal_connect (spoken, "bind", G_CALLBACK (row_bind_cb), self);
  g_signal_connect (spoken, "unbind", G_CALLBACK (row_unbind_cb), self);
  g_object_unref (spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->table), GTK_ACCESSIBLE_PROPERTY_LABEL, _("People"), -1);
  sb_people_view_set_columns (self, usual);
  g_signal_connect_object (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->table)), "changed", G_CALLBACK (sort_cb), self, 0);
  g_signal_connect_object (self->table, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->table);

  return scroller;
}

static GtkWidget *
make_rows (SbPeopleView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->rows = gtk_list_view_new (NULL, factory_new (self, SB_CELL_ROW, NULL));
  gtk_list_view_set_tab_behavior (GTK_LIST_VIEW (self->rows), GTK_LIST_TAB_ITEM);
  gtk_widget_add_css_class (self->rows, "sb-people");
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (self->rows), TRUE);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->rows), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL, _("People"), -1);
  g_signal_connect_object (self->rows, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->rows);

  return scroller;
}

/* Only the one that is seen has rows. */
void
sb_people_view_set_narrow (SbPeopleView *self,
                           gboolean      narrow)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), narrow ? "rows" : "table");
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->table), narrow ? NULL : GTK_SELECTION_MODEL (self->selection));
  gtk_list_view_set_model (GTK_LIST_VIEW (self->rows), narrow ? GTK_SELECTION_MODEL (self->selection) : NULL);
}

void
sb_people_view_focus (SbPeopleView *self)
{
  gtk_widget_grab_focus (gtk_widget_get_mapped (self->rows) ? self->rows : self->table);
}

SbPeopleList *
sb_people_view_get_list (SbPeopleView *self)
{
  return self->list;
}

static void
sb_people_view_dispose (GObject *object)
{
  SbPeopleView *self = SB_PEOPLE_VIEW (object);

  if (self->table != NULL)
    {
      gtk_column_view_set_model (GTK_COLUMN_VIEW (self->table), NULL);
      gtk_list_view_set_model (GTK_LIST_VIEW (self->rows), NULL);
      adw_bin_set_child (ADW_BIN (self), NULL);
      self->table = NULL;
    }
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_people_view_parent_class)->dispose (object);
}

static void
sb_people_view_finalize (GObject *object)
{
  SbPeopleView *self = SB_PEOPLE_VIEW (object);

  g_hash_table_unref (self->marked);
  g_hash_table_unref (self->cells);

  G_OBJECT_CLASS (sb_people_view_parent_class)->finalize (object);
}

static void
sb_people_view_class_init (SbPeopleViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_people_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_people_view_finalize;
  signals[CURSOR] = g_signal_new ("cursor", SB_TYPE_PEOPLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[OPEN] = g_signal_new ("open", SB_TYPE_PEOPLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[MARKED] = g_signal_new ("marked", SB_TYPE_PEOPLE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_people_view_init (SbPeopleView *self)
{
  self->marked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->cells = g_hash_table_new (NULL, NULL);
}

SbPeopleView *
sb_people_view_new (SbEngine *engine)
{
  SbPeopleView       *self = g_object_new (SB_TYPE_PEOPLE_VIEW, NULL);
  GtkEventController *click = GTK_EVENT_CONTROLLER (gtk_gesture_click_new ());

  self->engine = g_object_ref (engine);
  self->list = sb_people_list_new (engine);
  g_signal_connect_object (self->list, "changing", G_CALLBACK (changing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "ready", G_CALLBACK (ready_cb), self, G_CONNECT_SWAPPED);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->list));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), make_table (self), "table");
  gtk_stack_add_named (GTK_STACK (self->stack), make_rows (self), "rows");
  gtk_event_controller_set_propagation_phase (click, GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (clicked_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), click);
  adw_bin_set_child (ADW_BIN (self), self->stack);

  return self;
}
