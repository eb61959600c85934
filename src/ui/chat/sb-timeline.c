#include "sb-timeline.h"

#include <glib/gi18n.h>

#include "sb-day-separator.h"
#include "sb-message-row.h"
#include "sb-thread-print.h"
#include "sb-timeline-column.h"
#include "sb-timeline-private.h"
#include "sb-together.h"

/**
 * SbTimeline:
 *
 * A conversation: a moving window over its messages, read page by page as an edge comes near, with what is under the eye
 * kept where it is. A conversation opens at its first unread message, else where it was left, else at its foot.
 */
G_DEFINE_FINAL_TYPE (SbTimeline, sb_timeline, ADW_TYPE_BIN)

#define EDGE       800
#define FRESH_ROOM 60
#define FLASH_MS   1200
#define ABOVE      12 /* a message that is jumped to */
#define LOWEST_ROW 38 /* a message of one line, in a group */

/* Where a conversation was left. */
typedef struct
{
  gint64 message_id;
  double offset;
} Place;

/* -- the pill at the foot -- */

static gboolean
is_at_end (SbTimeline *self)
{
  return self->window != NULL && self->window->at_end && sb_timeline_column_is_at_foot (SB_TIMELINE_COLUMN (self->column));
}

static void
show_pill (SbTimeline *self)
{
  g_autofree char *text = NULL;
  GtkAdjustment   *vertical = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  double           rest = gtk_adjustment_get_upper (vertical) - gtk_adjustment_get_page_size (vertical) - gtk_adjustment_get_value (vertical);
  gboolean         far = self->window != NULL && (!self->window->at_end || rest > gtk_adjustment_get_page_size (vertical));

  if (self->n_new > 0)
    /* Translators: messages that came in below what is shown */
    text = g_strdup_printf (ngettext ("%d new", "%d new", self->n_new), self->n_new);
  else
    text = g_strdup (_("Newest"));
  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->pill)), text) != 0)
    gtk_button_set_label (GTK_BUTTON (self->pill), text);
  gtk_widget_set_visible (self->pill, self->window != NULL && !is_at_end (self) && (self->n_new > 0 || far));
}

static void scrolled_cb (SbTimeline *self);

static gboolean
frame_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  SbTimeline *self = SB_TIMELINE (widget);

  self->frame_id = 0;
  scrolled_cb (self);

  return G_SOURCE_REMOVE;
}

/* First the page that is seen: what lies beyond its edges is read when it has been painted. */
static void
wait_for_frame (SbTimeline *self)
{
  g_clear_handle_id (&self->edge_id, g_source_remove);
  if (self->frame_id == 0)
    self->frame_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), frame_cb, NULL, NULL);
}

/* Not while a layout is under way: the pill would ask for another one. */
static void
go_to_foot (SbTimeline *self)
{
  if (self->window == NULL)
    return;
  if (!self->window->at_end)
    {
      sb_timeline_column_clear (SB_TIMELINE_COLUMN (self->column));
      sb_message_window_go_to_foot (self->window);
      sb_timeline_show_window (self);
      wait_for_frame (self);
    }
  self->n_new = 0;
  sb_timeline_column_stick_to_foot (SB_TIMELINE_COLUMN (self->column));
}

/* -- edges -- */

static gboolean
edge_cb (gpointer user_data)
{
  SbTimeline    *self = user_data;
  GtkAdjustment *vertical = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  double         above = gtk_adjustment_get_value (vertical) - gtk_adjustment_get_lower (vertical);
  double         below = gtk_adjustment_get_upper (vertical) - gtk_adjustment_get_page_size (vertical) - gtk_adjustment_get_value (vertical);

  self->edge_id = 0;
  if (self->window == NULL || gtk_adjustment_get_page_size (vertical) < 1)
    return G_SOURCE_REMOVE;

  if (above < EDGE && sb_message_window_load_older (self->window))
    sb_timeline_show_window (self);
  else if (below < EDGE && sb_message_window_load_newer (self->window))
    sb_timeline_show_window (self);
  if (is_at_end (self))
    self->n_new = 0;
  show_pill (self);

  return G_SOURCE_REMOVE;
}

static void
scrolled_cb (SbTimeline *self)
{
  if (self->edge_id == 0 && self->frame_id == 0)
    self->edge_id = g_idle_add (edge_cb, self);
}

/* -- jumping -- */

static void
end_flash (SbTimeline *self)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, &self->flashing);

  g_clear_handle_id (&self->flash_id, g_source_remove);
  if (row != NULL)
    sb_message_row_flash (SB_MESSAGE_ROW (row), FALSE);
  self->flashing = 0;
}

static gboolean
flash_cb (gpointer user_data)
{
  SbTimeline *self = user_data;

  self->flash_id = 0;
  end_flash (self);

  return G_SOURCE_REMOVE;
}

/* Where nothing may move, the outline stays until the next key. */
static void
flash (SbTimeline *self,
       gint64      message_id)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, &message_id);
  gboolean   animated = TRUE;

  end_flash (self);
  if (row == NULL)
    return;
  self->flashing = message_id;
  sb_message_row_flash (SB_MESSAGE_ROW (row), TRUE);
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animated, NULL);
  if (animated)
    self->flash_id = g_timeout_add (FLASH_MS, flash_cb, self);
}

/* A third of the page below its top edge, or less, so that all of @row is seen if it can be. */
static double
place_on_page (SbTimeline *self,
               GtkWidget  *row)
{
  GtkAdjustment *vertical = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  double         page = MAX (gtk_adjustment_get_page_size (vertical), 300);
  int            height;

  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, MAX (gtk_widget_get_width (self->column), 1), NULL, &height, NULL, NULL);

  return CLAMP (page - height - ABOVE, ABOVE, page / 3);
}

/* Brings the message to @offset below the top edge; negative: to where it is best read. FALSE when it is not there. */
static gboolean
bring (SbTimeline *self,
       gint64      message_id,
       double      offset)
{
  GtkWidget *row;

  if (sb_message_window_find (self->window, message_id) == NULL)
    {
      if (!sb_message_window_go_to (self->window, message_id))
        return FALSE;
      sb_timeline_column_clear (SB_TIMELINE_COLUMN (self->column));
      wait_for_frame (self);
    }
  sb_timeline_show_window (self);
  row = g_hash_table_lookup (self->rows, &message_id);
  sb_timeline_column_show_row (SB_TIMELINE_COLUMN (self->column), row, offset >= 0 ? offset : place_on_page (self, row));

  return TRUE;
}

/* To a message of this conversation, which is outlined for a moment. */
void
sb_timeline_jump (SbTimeline *self,
                  gint64      message_id)
{
  if (self->window != NULL && bring (self, message_id, -1))
    flash (self, message_id);
}

static void
jump_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  sb_timeline_jump (SB_TIMELINE (widget), g_variant_get_int64 (parameter));
}

void
sb_timeline_print (SbTimeline *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->thread_id != 0)
    sb_thread_print (self->engine, self->thread_id, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
}

static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  sb_timeline_print (SB_TIMELINE (widget));
}

/* -- opening -- */

static void
remember_place (SbTimeline *self)
{
  double     offset;
  GtkWidget *anchor = sb_timeline_column_get_anchor (SB_TIMELINE_COLUMN (self->column), &offset);
  Place     *place;

  if (self->thread_id == 0)
    return;
  if (anchor == NULL || is_at_end (self))
    {
      g_hash_table_remove (self->places, &self->thread_id);
      return;
    }
  place = g_new (Place, 1);
  place->message_id = sb_message_row_get_message (SB_MESSAGE_ROW (anchor))->id;
  place->offset = offset;
  g_hash_table_insert (self->places, g_memdup2 (&self->thread_id, sizeof self->thread_id), place);
}

gint64
sb_timeline_get_place (SbTimeline *self,
                       double     *offset)
{
  const Place *place;

  remember_place (self);
  place = g_hash_table_lookup (self->places, &self->thread_id);
  *offset = place != NULL ? place->offset : 0;

  return place != NULL ? place->message_id : 0;
}

void
sb_timeline_set_place (SbTimeline *self,
                       gint64      thread_id,
                       gint64      message_id,
                       double      offset)
{
  Place *place = g_new (Place, 1);

  *place = (Place) { message_id, offset };
  g_hash_table_insert (self->places, g_memdup2 (&thread_id, sizeof thread_id), place);
}

static void
leave (SbTimeline *self)
{
  end_flash (self);
  if (self->frame_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->frame_id);
  self->frame_id = 0;
  g_clear_handle_id (&self->refresh_id, sb_together_remove);
  sb_timeline_column_clear (SB_TIMELINE_COLUMN (self->column));
  g_hash_table_remove_all (self->rows);
  g_hash_table_remove_all (self->labels);
  g_clear_pointer (&self->window, sb_message_window_free);
  self->thread_id = 0;
  self->fresh_id = 0;
  self->n_new = 0;
}

/* As many messages as fill the view, however short they are. */
static guint
page_of (SbTimeline *self)
{
  double height = gtk_adjustment_get_page_size (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)));

  return height < 1 ? SB_WINDOW_PAGE : (guint) CLAMP (height / LOWEST_ROW + 2, SB_WINDOW_PAGE / 2, SB_WINDOW_MOST / 4);
}

/**
 * sb_timeline_open:
 * @message_id: the message to show, or 0 for the first unread one, the place where it was left, or the foot
 */
void
sb_timeline_open (SbTimeline *self,
                  gint64      thread_id,
                  gint64      message_id)
{
  SbReader             *reader = sb_engine_get_reader (self->engine);
  g_autoptr (SbThread)  thread = thread_id != 0 ? sb_reader_get_thread (reader, thread_id) : NULL;
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (reader);
  Place                *place;

  remember_place (self);
  leave (self);
  g_set_str (&self->customer, thread != NULL ? thread->name : NULL);
  if (thread == NULL)
    {
      show_pill (self);
      return;
    }

  self->thread_id = thread_id;
  self->many_lines = lines->len > 1;
  self->window = sb_message_window_new (reader, thread_id);
  self->window->page = page_of (self);
  self->fresh_id = thread->unread > 0 ? sb_reader_first_unread (reader, thread_id) : 0;
  place = g_hash_table_lookup (self->places, &thread_id);
  if (message_id != 0 && bring (self, message_id, -1))
    flash (self, message_id);
  else if (self->fresh_id != 0 && bring (self, self->fresh_id, FRESH_ROOM))
    self->n_new = 0;
  else if (place == NULL || !bring (self, place->message_id, place->offset))
    {
      sb_message_window_go_to_foot (self->window);
      sb_timeline_show_window (self);
      sb_timeline_column_stick_to_foot (SB_TIMELINE_COLUMN (self->column));
    }
  wait_for_frame (self);
}

/* -- events -- */

static gboolean
refresh_cb (gpointer user_data)
{
  SbTimeline      *self = user_data;
  gboolean         at_end = is_at_end (self);
  guint            before = self->window->messages->len;
  const SbMessage *last = before > 0 ? self->window->messages->pdata[before - 1] : NULL;
  gint64           last_id = last != NULL ? last->id : 0;
  GPtrArray       *messages;

  self->refresh_id = 0;
  sb_message_window_refresh (self->window);
  sb_timeline_show_window (self);
  messages = self->window->messages;
  for (guint i = messages->len; at_end && last_id != 0 && i > 0 && ((SbMessage *) messages->pdata[i - 1])->id != last_id; i--)
    sb_message_row_arrive (g_hash_table_lookup (self->rows, &((SbMessage *) messages->pdata[i - 1])->id));
  scrolled_cb (self);

  return G_SOURCE_REMOVE;
}

static void
message_came (SbTimeline *self,
              SbEvent    *event)
{
  GtkRoot              *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean              looking = root != NULL && gtk_window_is_active (GTK_WINDOW (root));
  g_autoptr (SbMessage) message = sb_reader_get_message (sb_engine_get_reader (self->engine), event->message_id);
  g_autofree char      *preview = message != NULL ? sb_message_preview (message) : NULL;

  if (message == NULL)
    return;
  if (!is_at_end (self))
    self->n_new++;
  if (!looking && self->fresh_id == 0)
    self->fresh_id = message->id;
  if (looking)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), preview, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
event_cb (SbTimeline *self,
          SbEvent    *event)
{
  /* Two who are taken apart again: the event is of the other one, whose messages leave this one. */
  if ((event->thread_id != self->thread_id && event->kind != SB_EVENT_CONTACT_MERGED) || self->window == NULL)
    return;
  if (event->kind == SB_EVENT_THREAD_DRAFT || event->kind == SB_EVENT_THREAD_READ)
    return;

  if (event->kind == SB_EVENT_MESSAGE_IN)
    message_came (self, event);
  else if ((event->kind == SB_EVENT_MESSAGE_OUT || event->kind == SB_EVENT_NOTE) && event->actor == SB_AUTHOR_STAFF)
    {
      /* Who answers has read, and wants to see the answer. */
      self->fresh_id = 0;
      go_to_foot (self);
    }
  if (self->refresh_id == 0)
    self->refresh_id = sb_together_add (16, refresh_cb, self);
}

/* "Today" became "Yesterday". */
static void
redate (SbTimeline *self)
{
  gint64         now = sb_clock_now (sb_engine_get_clock (self->engine));
  GHashTableIter iter;
  gpointer       label;

  g_hash_table_iter_init (&iter, self->labels);
  while (g_hash_table_iter_next (&iter, NULL, &label))
    if (gtk_widget_has_css_class (label, "sb-day"))
      sb_day_separator_show (label, now);
}

static gboolean
minute_cb (gpointer user_data)
{
  redate (user_data);

  return G_SOURCE_CONTINUE;
}

/* -- keys -- */

static void
walk (SbTimeline *self,
      gboolean    down)
{
  GtkWidget *row = gtk_widget_get_focus_child (self->column);

  if (row == NULL)
    return;
  do
    row = down ? gtk_widget_get_next_sibling (row) : gtk_widget_get_prev_sibling (row);
  while (row != NULL && !SB_IS_MESSAGE_ROW (row));
  if (row == NULL)
    return;
  gtk_widget_grab_focus (row);
  sb_timeline_column_reveal (SB_TIMELINE_COLUMN (self->column), row);
}

static gboolean
key_cb (GtkEventControllerKey *keys,
        guint                  key,
        guint                  code,
        GdkModifierType        state,
        gpointer               user_data)
{
  SbTimeline *self = user_data;

  if (self->flashing != 0 && self->flash_id == 0)
    end_flash (self);
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      walk (self, FALSE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      walk (self, TRUE);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      go_to_foot (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* -- the whole -- */

static void
sb_timeline_dispose (GObject *object)
{
  SbTimeline *self = SB_TIMELINE (object);

  if (self->rows != NULL)
    leave (self);
  g_clear_handle_id (&self->minute_id, g_source_remove);
  g_clear_handle_id (&self->edge_id, g_source_remove);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->labels, g_hash_table_unref);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->customer, g_free);
  g_clear_pointer (&self->found_ids, g_hash_table_unref);
  g_clear_pointer (&self->found, g_array_unref);
  g_clear_pointer (&self->found_words, g_free);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_timeline_parent_class)->dispose (object);
}

static void
sb_timeline_class_init (SbTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_timeline_dispose;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "timeline.jump", "x", jump_action);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "thread.print", NULL, print_action);
}

static GtkWidget *
make_pill (SbTimeline *self)
{
  GtkWidget *pill = gtk_button_new_with_label ("");

  gtk_widget_add_css_class (pill, "osd");
  gtk_widget_add_css_class (pill, "sb-pill");
  gtk_widget_set_halign (pill, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (pill, GTK_ALIGN_END);
  gtk_widget_set_margin_bottom (pill, 9);
  gtk_widget_set_visible (pill, FALSE);
  g_signal_connect_swapped (pill, "clicked", G_CALLBACK (go_to_foot), self);

  return pill;
}

static void
sb_timeline_init (SbTimeline *self)
{
  GtkWidget          *overlay = gtk_overlay_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkAdjustment      *vertical;

  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->column = sb_timeline_column_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->column), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Conversation"), -1);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->column, keys);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->column);
  gtk_widget_add_css_class (self->scroller, "sb-timeline");
  gtk_widget_set_vexpand (self->scroller, TRUE);
  self->pill = make_pill (self);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->scroller);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->pill);
  adw_bin_set_child (ADW_BIN (self), overlay);
  vertical = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  g_signal_connect_object (vertical, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (vertical, "changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
sb_timeline_new (SbEngine *engine)
{
  SbTimeline *self = g_object_new (SB_TYPE_TIMELINE, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sb_engine_get_clock (engine), "jumped", G_CALLBACK (redate), self, G_CONNECT_SWAPPED);
  self->minute_id = g_timeout_add_seconds (60, minute_cb, self);

  return GTK_WIDGET (self);
}
