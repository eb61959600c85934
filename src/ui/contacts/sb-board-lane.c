#include "sb-board-lane.h"

#include <glib/gi18n.h>

#include "sb-board-card.h"
#include "sb-people-cells.h"
#include "sb-turned-label.h"

/**
 * SbBoardLane:
 *
 * The people of one stage, who spoke last on top. A card is moved by pointer or keys; where it would land is shown first. A
 * lane that is folded takes cards, too.
 */
struct _SbBoardLane
{
  AdwBin parent_instance;

  SbEngine           *engine;
  SbPeopleList       *list;
  GtkSingleSelection *selection;
  gint64              stage_id;
  char               *title;
  GtkWidget          *stack; /* open or folded */
  GtkWidget          *head;
  GtkWidget          *heading;
  GtkWidget          *fold;
  GtkWidget          *count;
  GtkWidget          *turned;
  GtkWidget          *landing;
  GtkWidget          *view;
  GtkWidget          *empty;
  gboolean            is_wide; /* alone on a narrow window */
  guint               focus_id;
  gint64              awaited; /* takes the focus when it is here */
};

G_DEFINE_FINAL_TYPE (SbBoardLane, sb_board_lane, ADW_TYPE_BIN)

enum
{
  OPEN,
  MOVED,
  DROPPED,
  BESIDE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define WIDTH     220
#define SETTLE_MS 120

/* -- cards -- */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GObject                  *object,
          gpointer                  user_data)
{
  SbBoardLane *self = user_data;

  gtk_list_item_set_child (GTK_LIST_ITEM (object), sb_board_card_new (sb_engine_get_clock (self->engine)));
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GObject                  *object,
         gpointer                  user_data)
{
  GtkListItem     *item = GTK_LIST_ITEM (object);
  SbPersonItem    *person = gtk_list_item_get_item (item);
  g_autofree char *spoken = sb_people_spoken_text (sb_person_item_get (person));

  sb_board_card_bind (SB_BOARD_CARD (gtk_list_item_get_child (item)), person);
  gtk_list_item_set_accessible_label (item, spoken);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GObject                  *object,
           gpointer                  user_data)
{
  sb_board_card_bind (SB_BOARD_CARD (gtk_list_item_get_child (GTK_LIST_ITEM (object))), NULL);
}

static gint64
chosen (SbBoardLane *self)
{
  return sb_people_list_get_id (self->list, gtk_single_selection_get_selected (self->selection));
}

static void
activate_cb (SbBoardLane *self,
             guint        position)
{
  g_signal_emit (self, signals[OPEN], 0, sb_people_list_get_id (self->list, position));
}

/* Left and right are as they are seen: in Arabic the next lane is at the left. */
static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        gpointer               user_data)
{
  SbBoardLane *self = user_data;
  gboolean     mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int          by = keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right ? 1 : keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left ? -1
                                                                                                                                    : 0;

  if (by == 0 || (state & (GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return FALSE;
  by = mirrored ? -by : by;
  if ((state & GDK_CONTROL_MASK) == 0)
    g_signal_emit (self, signals[BESIDE], 0, by);
  else if (chosen (self) != 0)
    g_signal_emit (self, signals[MOVED], 0, chosen (self), by);

  return TRUE;
}

/* -- the landing place -- */

static GdkDragAction
enter_cb (GtkDropTarget *target,
          double         x,
          double         y,
          gpointer       user_data)
{
  SbBoardLane *self = user_data;

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->landing), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "landing");

  return GDK_ACTION_MOVE;
}

static void
leave_cb (GtkDropTarget *target,
          gpointer       user_data)
{
  SbBoardLane *self = user_data;

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->landing), FALSE);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "landing");
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  leave_cb (target, user_data);
  g_signal_emit (user_data, signals[DROPPED], 0, g_value_get_int64 (value));

  return TRUE;
}

/* -- what is shown -- */

/* Once its row is laid out, and the lane it came from has let it go. */
static gboolean
focus_cb (gpointer user_data)
{
  SbBoardLane *self = user_data;
  gint64       awaited = self->awaited;

  self->focus_id = 0;
  self->awaited = 0;
  sb_board_lane_focus (self, awaited);

  return G_SOURCE_REMOVE;
}

static void
ready_cb (SbBoardLane *self)
{
  guint            n = sb_board_lane_count (self);
  g_autofree char *count = self->is_wide ? g_strdup_printf (ngettext ("%u customer", "%u customers", n), n) : g_strdup_printf ("%u", n);
  /* Translators: name of a stage, how many people are in it */
  g_autofree char *turned = g_strdup_printf (_("%s  %u"), self->title, n);

  gtk_label_set_text (GTK_LABEL (self->count), count);
  sb_turned_label_set_text (SB_TURNED_LABEL (self->turned), turned);
  gtk_widget_set_visible (self->empty, n == 0);
  gtk_widget_set_visible (self->head, !self->is_wide || n > 0);
  if (self->awaited != 0 && self->focus_id == 0 && sb_people_list_find (self->list, self->awaited) != GTK_INVALID_LIST_POSITION)
    self->focus_id = g_timeout_add (SETTLE_MS, focus_cb, self);
}

static void
changing_cb (SbBoardLane *self)
{
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
}

guint
sb_board_lane_count (SbBoardLane *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

gint64
sb_board_lane_get_stage (SbBoardLane *self)
{
  return self->stage_id;
}

const char *
sb_board_lane_get_title (SbBoardLane *self)
{
  return self->title;
}

/* Only people who fit; NULL: all. */
void
sb_board_lane_set_words (SbBoardLane *self,
                         const char  *words)
{
  g_autoptr (SbPeopleQuery) query = sb_people_query_copy (sb_people_list_get_query (self->list));

  g_set_str (&query->words, words);
  sb_people_list_set_query (self->list, query);
}

void
sb_board_lane_set_folded (SbBoardLane *self,
                          gboolean     folded)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), folded ? "folded" : "open");
  gtk_widget_set_size_request (GTK_WIDGET (self), folded ? 40 : WIDTH, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self), !folded);
}

/* Alone on a narrow window. */
void
sb_board_lane_set_wide (SbBoardLane *self,
                        gboolean     wide)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), wide ? -1 : WIDTH, -1);
  /* The choice above it has the name, and there is nothing to fold it away from. */
  gtk_widget_set_visible (self->heading, !wide);
  gtk_widget_set_visible (self->fold, !wide);
  self->is_wide = wide;
  ready_cb (self);
}

/* Puts the focus on @contact_id, now or when they come; with 0 on the first. FALSE: not yet. */
gboolean
sb_board_lane_focus (SbBoardLane *self,
                     gint64       contact_id)
{
  guint position = contact_id != 0 ? sb_people_list_find (self->list, contact_id) : gtk_single_selection_get_selected (self->selection);

  if (contact_id != 0 && position == GTK_INVALID_LIST_POSITION)
    {
      self->awaited = contact_id;
      return FALSE;
    }
  if (sb_board_lane_count (self) == 0)
    return gtk_widget_grab_focus (self->view);
  gtk_list_view_scroll_to (GTK_LIST_VIEW (self->view), position != GTK_INVALID_LIST_POSITION ? position : 0, GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
  gtk_widget_grab_focus (self->view);

  return TRUE;
}

static void
unfold_cb (SbBoardLane *self)
{
  sb_board_lane_set_folded (self, FALSE);
}

static void
fold_cb (SbBoardLane *self)
{
  sb_board_lane_set_folded (self, TRUE);
}

static void
map_cb (SbBoardLane *self)
{
  sb_people_list_set_active (self->list, TRUE);
}

static void
unmap_cb (SbBoardLane *self)
{
  sb_people_list_set_active (self->list, FALSE);
}

/* -- the whole -- */

static void
sb_board_lane_dispose (GObject *object)
{
  SbBoardLane *self = SB_BOARD_LANE (object);

  g_clear_handle_id (&self->focus_id, g_source_remove);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_board_lane_parent_class)->dispose (object);
}

static void
sb_board_lane_finalize (GObject *object)
{
  g_free (SB_BOARD_LANE (object)->title);

  G_OBJECT_CLASS (sb_board_lane_parent_class)->finalize (object);
}

static void
sb_board_lane_class_init (SbBoardLaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_board_lane_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_board_lane_finalize;
  signals[OPEN] = g_signal_new ("open", SB_TYPE_BOARD_LANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[MOVED] = g_signal_new ("moved", SB_TYPE_BOARD_LANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT);
  signals[DROPPED] = g_signal_new ("dropped", SB_TYPE_BOARD_LANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[BESIDE] = g_signal_new ("beside", SB_TYPE_BOARD_LANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
sb_board_lane_init (SbBoardLane *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "sb-lane");
}

static GtkWidget *
make_head (SbBoardLane *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (self->title);
  GtkWidget *fold = gtk_button_new_from_icon_name ("sb-fold-symbolic");

  gtk_widget_add_css_class (label, "heading");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_widget_set_hexpand (label, TRUE);
  self->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count, "dimmed");
  gtk_widget_add_css_class (self->count, "numeric");
  gtk_widget_add_css_class (fold, "flat");
  gtk_widget_add_css_class (fold, "circular");
  gtk_widget_set_tooltip_text (fold, _("Fold"));
  g_signal_connect_swapped (fold, "clicked", G_CALLBACK (fold_cb), self);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), self->count);
  gtk_box_append (GTK_BOX (head), fold);
  gtk_widget_add_css_class (head, "sb-lane-head");
  self->head = head;
  self->heading = label;
  self->fold = fold;

  return head;
}

static GtkWidget *
make_landing (SbBoardLane *self)
{
  /* Translators: name of a stage: a card that is let go lands there */
  g_autofree char *words = g_strdup_printf (_("Move here: %s"), self->title);
  GtkWidget       *label = gtk_label_new (words);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "sb-landing");
  self->landing = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->landing), label);

  return self->landing;
}

static GtkWidget *
make_view (SbBoardLane *self)
{
  GtkWidget          *scroller = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_list_view_set_tab_behavior (GTK_LIST_VIEW (self->view), GTK_LIST_TAB_ITEM);
  gtk_widget_add_css_class (self->view, "sb-lane-cards");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, self->title, -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->view, keys);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);

  return scroller;
}

static GtkWidget *
make_folded (SbBoardLane *self)
{
  GtkWidget *button = gtk_button_new ();
  /* Translators: name of a stage */
  g_autofree char *words = g_strdup_printf (_("Unfold %s"), self->title);

  self->turned = sb_turned_label_new (self->title);
  gtk_widget_set_valign (self->turned, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->turned, "heading");
  gtk_button_set_child (GTK_BUTTON (button), self->turned);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (unfold_cb), self);

  return button;
}

static void
put_together (SbBoardLane *self)
{
  GtkWidget     *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INT64, GDK_ACTION_MOVE);

  self->empty = gtk_label_new (_("Nobody Here"));
  gtk_widget_add_css_class (self->empty, "dimmed");
  gtk_widget_add_css_class (self->empty, "caption");
  gtk_widget_set_margin_top (self->empty, 12);
  gtk_box_append (GTK_BOX (column), make_head (self));
  gtk_box_append (GTK_BOX (column), make_landing (self));
  gtk_box_append (GTK_BOX (column), self->empty);
  gtk_box_append (GTK_BOX (column), make_view (self));
  self->stack = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), column, "open");
  gtk_stack_add_named (GTK_STACK (self->stack), make_folded (self), "folded");
  adw_bin_set_child (ADW_BIN (self), self->stack);
  g_signal_connect (target, "enter", G_CALLBACK (enter_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  sb_board_lane_set_folded (self, FALSE);
}

GtkWidget *
sb_board_lane_new (SbEngine   *engine,
                   gint64      stage_id,
                   const char *title)
{
  SbBoardLane  *self = g_object_new (SB_TYPE_BOARD_LANE, NULL);
  SbPeopleQuery query = { .sort = SB_PEOPLE_BY_LAST, .stage_id = stage_id };

  self->engine = g_object_ref (engine);
  self->stage_id = stage_id;
  self->title = g_strdup (title);
  self->list = sb_people_list_new (engine);
  sb_people_list_set_query (self->list, &query);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->list));
  put_together (self);
  g_signal_connect_object (self->list, "changing", G_CALLBACK (changing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "ready", G_CALLBACK (ready_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (unmap_cb), NULL);

  return GTK_WIDGET (self);
}
