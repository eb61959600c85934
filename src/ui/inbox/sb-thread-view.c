#include "sb-thread-view-private.h"

#include <glib/gi18n.h>

#include "sb-commands.h"
#include "sb-line-names.h"
#include "sb-thread-hold.h"
#include "sb-thread-item.h"
#include "sb-thread-place.h"
#include "sb-thread-row.h"

/* More are not selected in one go. */
#define MAX_SELECTED 2000

/* Rows that stay when a long list is made short again. */
#define NEAR_TOP 60

G_DEFINE_FINAL_TYPE (SbThreadView, sb_thread_view, ADW_TYPE_BIN)

enum
{
  OPEN,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkSingleSelection *
get_model (SbThreadView *self)
{
  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (self->rows)));
}

/* -- rows -- */

static void
show_row (SbThreadView *self,
          GtkListItem  *list_item)
{
  SbThreadItem   *item = gtk_list_item_get_item (list_item);
  GtkWidget      *row = gtk_list_item_get_child (list_item);
  const SbThread *thread;

  if (item == NULL || row == NULL)
    return;
  thread = sb_thread_item_get (item);
  sb_thread_row_set_line (SB_THREAD_ROW (row), sb_line_names_get (self->engine, thread->line_id));
  sb_thread_row_show (SB_THREAD_ROW (row), thread, sb_clock_now (sb_engine_get_clock (self->engine)));
  sb_thread_row_set_check (SB_THREAD_ROW (row), self->selected != NULL, self->selected != NULL && g_hash_table_contains (self->selected, &thread->id));
  gtk_list_item_set_accessible_label (list_item, sb_thread_row_get_name (SB_THREAD_ROW (row)));
}

/* Times of day and what is left of the 24 hours go on while nothing else happens. */
static void
tick_cb (SbThreadList *list,
         gpointer      user_data)
{
  GtkListItem *list_item = user_data;

  show_row (g_object_get_data (G_OBJECT (list_item), "view"), list_item);
}

static void
rows_changed_cb (SbThreadList *list,
                 gpointer      user_data)
{
  SbThreadItem *item = gtk_list_item_get_item (user_data);

  if (item != NULL && sb_thread_item_is_stale (item))
    tick_cb (list, user_data);
}

static void
lines_cb (SbThreadView *self)
{
  g_signal_emit_by_name (self->list, "tick");
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GObject                  *object,
          gpointer                  user_data)
{
  SbThreadView *self = user_data;

  gtk_list_item_set_child (GTK_LIST_ITEM (object), sb_thread_row_new ());
  g_object_set_data (object, "view", self);
  g_signal_connect_object (self->list, "tick", G_CALLBACK (tick_cb), object, 0);
  g_signal_connect_object (self->list, "rows-changed", G_CALLBACK (rows_changed_cb), object, 0);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GObject                  *object,
         gpointer                  user_data)
{
  show_row (user_data, GTK_LIST_ITEM (object));
}

/* -- the cursor -- */

gint64
sb_thread_view_get_cursor (SbThreadView *self)
{
  return sb_thread_list_get_id (self->list, gtk_single_selection_get_selected (get_model (self)));
}

static gboolean
put_cursor (SbThreadView *self,
            gint64        thread_id,
            gboolean      focus)
{
  int position = sb_thread_list_find (self->list, thread_id);

  if (position < 0)
    return FALSE;
  gtk_single_selection_set_selected (get_model (self), position);
  gtk_list_view_scroll_to (GTK_LIST_VIEW (self->rows), position, focus ? GTK_LIST_SCROLL_FOCUS : GTK_LIST_SCROLL_NONE, NULL);
  if (focus && !sb_thread_view_has_focus (self))
    gtk_widget_grab_focus (self->rows);

  return TRUE;
}

/* FALSE when the conversation is not in the list. Whoever walks on waits for nothing any more. */
gboolean
sb_thread_view_set_cursor (SbThreadView *self,
                           gint64        thread_id,
                           gboolean      focus)
{
  if (!put_cursor (self, thread_id, focus))
    return FALSE;
  self->awaited = 0;
  self->followed = 0;

  return TRUE;
}

/* To the cursor, else to the first row. */
void
sb_thread_view_focus (SbThreadView *self)
{
  gint64 cursor = sb_thread_view_get_cursor (self);

  sb_thread_view_set_cursor (self, cursor != 0 ? cursor : sb_thread_list_get_id (self->list, 0), TRUE);
}

gboolean
sb_thread_view_has_focus (SbThreadView *self)
{
  return (gtk_widget_get_state_flags (self->scroller) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* The conversation so many places below; from nowhere, the first. 0 at the end. */
gint64
sb_thread_view_get_beside (SbThreadView *self,
                           gint64        thread_id,
                           int           step)
{
  int position = sb_thread_list_find (self->list, thread_id);

  return position >= 0 ? (position + step >= 0 ? sb_thread_list_get_id (self->list, position + step) : 0) : sb_thread_list_get_id (self->list, 0);
}

/* Where one goes on when the conversations in @gone leave. */
gint64
sb_thread_view_get_after (SbThreadView *self,
                          GArray       *gone)
{
  return sb_thread_list_get_after (self->list, gone);
}

/* -- selecting several -- */

gboolean
sb_thread_view_is_selecting (SbThreadView *self)
{
  return self->selected != NULL;
}

void
sb_thread_view_set_selecting (SbThreadView *self,
                              gboolean      selecting)
{
  if (selecting == (self->selected != NULL))
    return;
  if (selecting)
    self->selected = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  else
    g_clear_pointer (&self->selected, g_hash_table_unref);
  g_signal_emit_by_name (self->list, "tick");
  g_signal_emit (self, signals[CHANGED], 0);
}

void
sb_thread_view_toggle (SbThreadView *self,
                       gint64        thread_id)
{
  if (thread_id == 0)
    return;
  sb_thread_view_set_selecting (self, TRUE);
  if (!g_hash_table_remove (self->selected, &thread_id))
    g_hash_table_add (self->selected, g_memdup2 (&thread_id, sizeof thread_id));
  g_signal_emit_by_name (self->list, "tick");
  g_signal_emit (self, signals[CHANGED], 0);
}

/* All of the view, also those not loaded yet. */
void
sb_thread_view_select_all (SbThreadView *self)
{
  g_autoptr (GPtrArray) threads = sb_reader_list_threads (sb_engine_get_reader (self->engine), &self->filter, NULL, MAX_SELECTED);

  sb_thread_view_set_selecting (self, TRUE);
  for (guint i = 0; i < threads->len; i++)
    g_hash_table_add (self->selected, g_memdup2 (&((SbThread *) threads->pdata[i])->id, sizeof (gint64)));
  g_signal_emit_by_name (self->list, "tick");
  g_signal_emit (self, signals[CHANGED], 0);
}

guint
sb_thread_view_get_n_selected (SbThreadView *self)
{
  return self->selected != NULL ? g_hash_table_size (self->selected) : 0;
}

/* (transfer full): ids; in the order of the list as far as it is loaded */
GArray *
sb_thread_view_list_selected (SbThreadView *self)
{
  GArray        *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer       key;

  if (self->selected == NULL)
    return ids;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    {
      gint64 id = sb_thread_list_get_id (self->list, i);

      if (g_hash_table_contains (self->selected, &id))
        g_array_append_val (ids, id);
    }
  g_hash_table_iter_init (&iter, self->selected);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (sb_thread_list_find (self->list, *(gint64 *) key) < 0)
      g_array_append_vals (ids, key, 1);

  return ids;
}

static void
activate_cb (GtkListView *view,
             guint        position,
             gpointer     user_data)
{
  SbThreadView *self = user_data;
  gint64        thread_id = sb_thread_list_get_id (self->list, position);

  if (self->selected != NULL)
    sb_thread_view_toggle (self, thread_id);
  else if (thread_id != 0)
    g_signal_emit (self, signals[OPEN], 0, thread_id);
}

/* -- what waits above -- */

static void
pending_cb (SbThreadView *self)
{
  guint            pending = sb_thread_list_get_pending (self->list);
  g_autofree char *words = g_strdup_printf (ngettext ("%u new above", "%u new above", pending), pending);

  gtk_button_set_label (GTK_BUTTON (self->pill), words);
  gtk_widget_set_visible (self->pill, pending > 0);
}

static void
pill_cb (SbThreadView *self)
{
  sb_thread_list_release (self->list);
  gtk_list_view_scroll_to (GTK_LIST_VIEW (self->rows), 0, GTK_LIST_SCROLL_NONE, NULL);
}

/* What was just asked for takes its place at once, and the cursor stays with its conversation wherever that goes. */
void
sb_thread_view_release (SbThreadView *self)
{
  self->followed = sb_thread_view_get_cursor (self);
  sb_thread_list_release (self->list);
}

/* Something was taken back: what comes into the list again gets the cursor, what never left it does not. */
gboolean
sb_thread_view_return_to (SbThreadView *self,
                          gint64        thread_id)
{
  gboolean left = sb_thread_list_find (self->list, thread_id) < 0;

  if (left)
    self->awaited = thread_id;
  sb_thread_list_release (self->list);

  return left;
}

/* Whether no row far below is needed: the cursor would go with it. */
static gboolean
is_at_top (SbThreadView *self)
{
  guint place = gtk_single_selection_get_selected (get_model (self));

  return self->awaited == 0 && self->followed == 0 && (place == GTK_INVALID_LIST_POSITION || place < NEAR_TOP);
}

static void
near_end_cb (GtkAdjustment *adjustment,
             gpointer       user_data)
{
  SbThreadView *self = user_data;

  if (gtk_adjustment_get_value (adjustment) + 2 * gtk_adjustment_get_page_size (adjustment) > gtk_adjustment_get_upper (adjustment))
    sb_thread_list_load_more (self->list);
  else if (gtk_adjustment_get_value (adjustment) < 1 && self->selected == NULL && is_at_top (self))
    sb_thread_list_shorten (self->list);
}

/* Who is at the top stays there: the list would keep the row that was first, and what comes in above it would not be seen. */
static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  SbThreadView  *self = user_data;
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  if (position == 0 && added > 0 && gtk_adjustment_get_value (down) < 1 && !sb_thread_place_is_pending (self))
    gtk_list_view_scroll_to (GTK_LIST_VIEW (self->rows), 0, GTK_LIST_SCROLL_NONE, NULL);
}

/* -- the whole -- */

static void
sb_thread_view_dispose (GObject *object)
{
  SbThreadView *self = SB_THREAD_VIEW (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->selected, g_hash_table_unref);
  g_clear_object (&self->list);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_thread_view_parent_class)->dispose (object);
}

static void
sb_thread_view_class_init (SbThreadViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_thread_view_dispose;

  signals[OPEN] = g_signal_new ("open", SB_TYPE_THREAD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[CHANGED] = g_signal_new ("changed", SB_TYPE_THREAD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_thread_view_init (SbThreadView *self)
{
}

static void
add_watchers (SbThreadView *self)
{
  GtkEventController *list_keys = GTK_EVENT_CONTROLLER (sb_commands_new_controller (SB_COMMAND_LIST));

  gtk_event_controller_set_propagation_phase (list_keys, GTK_PHASE_CAPTURE);
  sb_thread_view_add_menu (self);
  sb_thread_hold_add (self->scroller, self->list);
  gtk_widget_add_controller (self->scroller, list_keys);
}

static GtkWidget *
make_list (SbThreadView *self)
{
  GtkWidget          *overlay = gtk_overlay_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection;

  self->scroller = gtk_scrolled_window_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->list)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  self->rows = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  g_signal_connect_object (selection, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_AFTER);
  gtk_list_view_set_tab_behavior (GTK_LIST_VIEW (self->rows), GTK_LIST_TAB_ITEM);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->rows), TRUE);
  gtk_widget_add_css_class (self->rows, "sb-threads");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Conversations"), -1);
  g_signal_connect (self->rows, "activate", G_CALLBACK (activate_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->rows);
  g_signal_connect (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), "value-changed", G_CALLBACK (near_end_cb), self);
  self->pill = gtk_button_new_with_label ("");
  gtk_widget_add_css_class (self->pill, "osd");
  gtk_widget_add_css_class (self->pill, "sb-pill");
  gtk_widget_set_halign (self->pill, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->pill, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->pill, 6);
  gtk_widget_set_visible (self->pill, FALSE);
  g_signal_connect_swapped (self->pill, "clicked", G_CALLBACK (pill_cb), self);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->scroller);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->pill);
  add_watchers (self);

  return overlay;
}

/* What the list shows; the cursor and the selection are of what it showed before. */
void
sb_thread_view_set_filter (SbThreadView         *self,
                           const SbThreadFilter *filter)
{
  self->filter = *filter;
  self->cursor = 0;
  sb_thread_view_set_selecting (self, FALSE);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  sb_thread_list_set_filter (self->list, filter);
}

const GError *
sb_thread_view_get_trouble (SbThreadView *self)
{
  return sb_thread_list_get_trouble (self->list);
}

guint
sb_thread_view_get_n_rows (SbThreadView *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

GtkWidget *
sb_thread_view_get_rows (SbThreadView *self)
{
  return self->rows;
}

static void
cursor_cb (SbThreadView *self)
{
  guint place = gtk_single_selection_get_selected (get_model (self));

  if (place == GTK_INVALID_LIST_POSITION)
    return;
  self->place = place;
  self->cursor = sb_thread_list_get_id (self->list, place);
}

/* What left the view, by whatever hand, is not acted upon out of sight. */
static void
drop_gone (SbThreadView *self)
{
  GHashTableIter iter;
  gpointer       key;

  if (self->selected == NULL || g_hash_table_size (self->selected) == 0 || !sb_thread_list_is_whole (self->list))
    return;
  g_hash_table_iter_init (&iter, self->selected);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (sb_thread_list_find (self->list, *(gint64 *) key) < 0)
      g_hash_table_iter_remove (&iter);
  if (g_hash_table_size (self->selected) == 0)
    sb_thread_view_set_selecting (self, FALSE);
}

/* The cursor goes on when its conversation went. Who looks at the top goes on looking at the top: the list by itself would keep the row that was there. */
static void
changed_cb (SbThreadView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  if (gtk_adjustment_get_value (adjustment) < 1 && sb_thread_view_get_n_rows (self) > 0)
    gtk_list_view_scroll_to (GTK_LIST_VIEW (self->rows), 0, GTK_LIST_SCROLL_NONE, NULL);
  if (self->cursor != 0 && sb_thread_view_get_cursor (self) == 0 && sb_thread_view_get_n_rows (self) > 0)
    put_cursor (self, sb_thread_list_get_id (self->list, MIN (self->place, sb_thread_view_get_n_rows (self) - 1)), sb_thread_view_has_focus (self));
  if (self->awaited != 0 && put_cursor (self, self->awaited, sb_thread_view_has_focus (self)))
    self->awaited = 0;
  else if (self->followed != 0)
    put_cursor (self, self->followed, sb_thread_view_has_focus (self));
  drop_gone (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

GtkWidget *
sb_thread_view_new (SbEngine *engine)
{
  SbThreadView *self = g_object_new (SB_TYPE_THREAD_VIEW, NULL);

  self->engine = g_object_ref (engine);
  self->list = sb_thread_list_new (engine);
  adw_bin_set_child (ADW_BIN (self), make_list (self));
  g_signal_connect_object (get_model (self), "notify::selected", G_CALLBACK (cursor_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "lines-changed", G_CALLBACK (lines_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "trouble", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "pending", G_CALLBACK (pending_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
