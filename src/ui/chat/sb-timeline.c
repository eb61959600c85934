#include "sb-timeline.h"

#include <glib/gi18n.h>

#include "sb-bubble.h"
#include "sb-day-separator.h"

/**
 * SbTimeline:
 *
 * A conversation: a window of bubbles over it, read page by page as the top edge comes near, with the message under the eye
 * kept where it is. Bubbles are made anew only when their message changed.
 */
struct _SbTimeline
{
  AdwBin parent_instance;

  SbEngine  *engine;
  gint64     thread_id;
  char      *customer;
  GtkWidget *scroller;
  GtkWidget *column;
  GPtrArray *rows; /* Row, oldest first */
  guint      wanted;
  gboolean   at_foot;
  gboolean   loading;
  double     old_upper;
  guint      refresh_id;
  guint      minute_id;
  gint64     goal; /* message to show */
};

G_DEFINE_FINAL_TYPE (SbTimeline, sb_timeline, ADW_TYPE_BIN)

#define PAGE     50
#define MOST     200
#define GROUP_MS (3 * SB_MINUTE_MS)

typedef struct
{
  gint64     id;
  gint64     sent_at;
  char      *print; /* what it looks like: another print means another bubble */
  GtkWidget *widget;
  GtkWidget *day; /* separator above it, or NULL */
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->print);
  g_free (row);
}

static char *
print_of (const SbMessage *message,
          gboolean         newest_own)
{
  const SbAttachment *attachment = message->attachments != NULL && message->attachments->len > 0 ? message->attachments->pdata[0] : NULL;
  GString            *print = g_string_new (NULL);

  g_string_append_printf (print, "%d/%d/%d/%d/%u/%s/", message->status, message->revoked, newest_own, attachment != NULL ? (int) attachment->state : 0,
                          message->facts != NULL ? message->facts->len : 0, message->text != NULL ? message->text : "");
  for (guint i = 0; message->reactions != NULL && i < message->reactions->len; i++)
    g_string_append (print, ((SbReaction *) message->reactions->pdata[i])->emoji);
  if (message->status == SB_STATUS_UNKNOWN)
    g_string_append_printf (print, "/%" G_GINT64_FORMAT, message->status_at);

  return g_string_free (print, FALSE);
}

static gboolean
other_day (gint64 a,
           gint64 b)
{
  g_autoptr (GDateTime) x = g_date_time_new_from_unix_local (a / 1000);
  g_autoptr (GDateTime) y = g_date_time_new_from_unix_local (b / 1000);

  return g_date_time_get_day_of_year (x) != g_date_time_get_day_of_year (y) || g_date_time_get_year (x) != g_date_time_get_year (y);
}

static gint64
newest_own (GPtrArray *messages)
{
  for (guint i = messages->len; i > 0; i--)
    {
      const SbMessage *message = messages->pdata[i - 1];

      if (message->direction == SB_DIRECTION_OUT)
        return message->id;
    }

  return 0;
}

static GtkWidget *
make_bubble (SbTimeline      *self,
             const SbMessage *message,
             const SbMessage *before,
             gboolean         newest)
{
  GtkWidget *bubble = sb_bubble_new (self->engine, message, self->customer, newest);
  gboolean   grouped = before != NULL && before->direction == message->direction && message->sent_at - before->sent_at < GROUP_MS;

  gtk_widget_set_margin_top (bubble, grouped ? 3 : 12);
  gtk_widget_set_margin_start (bubble, message->direction == SB_DIRECTION_IN ? 0 : 48);
  gtk_widget_set_margin_end (bubble, message->direction == SB_DIRECTION_IN ? 48 : 0);

  return bubble;
}

static Row *
find_row (SbTimeline *self,
          gint64      id)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];

      if (row->id == id)
        return row;
    }

  return NULL;
}

/* Takes over the bubble of an unchanged message, else makes one. */
static Row *
row_for (SbTimeline      *self,
         const SbMessage *message,
         const SbMessage *before,
         gboolean         newest)
{
  Row  *old = find_row (self, message->id);
  Row  *row = g_new0 (Row, 1);
  char *print = print_of (message, newest);

  row->id = message->id;
  row->sent_at = message->sent_at;
  row->print = print;
  if (old != NULL && g_strcmp0 (old->print, print) == 0)
    row->widget = g_object_ref (old->widget);
  else
    row->widget = g_object_ref_sink (make_bubble (self, message, before, newest));
  if (before == NULL || other_day (before->sent_at, message->sent_at))
    row->day = g_object_ref_sink (sb_day_separator_new (message->sent_at, sb_clock_now (sb_engine_get_clock (self->engine))));

  return row;
}

static void
put_rows (SbTimeline *self,
          GPtrArray  *rows)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->column)) != NULL)
    gtk_box_remove (GTK_BOX (self->column), child);
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = rows->pdata[i];

      if (row->day != NULL)
        {
          gtk_box_append (GTK_BOX (self->column), row->day);
          g_clear_object (&row->day);
        }
      gtk_box_append (GTK_BOX (self->column), row->widget);
      g_object_unref (row->widget);
    }
  g_ptr_array_unref (self->rows);
  self->rows = rows;
}

/* The common case of a new message at the foot or a changed one keeps every other widget where it is. */
static gboolean
put_in_place (SbTimeline *self,
              GPtrArray  *rows)
{
  guint n_old = self->rows->len;

  if (n_old == 0 || rows->len < n_old || rows->len - n_old > 8)
    return FALSE;
  for (guint i = 0; i < n_old; i++)
    if (((Row *) rows->pdata[i])->id != ((Row *) self->rows->pdata[i])->id)
      return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = rows->pdata[i];
      Row *old = i < n_old ? self->rows->pdata[i] : NULL;

      if (old == NULL && row->day != NULL)
        gtk_box_append (GTK_BOX (self->column), row->day);
      g_clear_object (&row->day);
      if (old == NULL)
        gtk_box_append (GTK_BOX (self->column), row->widget);
      else if (old->widget != row->widget)
        {
          gtk_box_insert_child_after (GTK_BOX (self->column), row->widget, old->widget);
          gtk_box_remove (GTK_BOX (self->column), old->widget);
        }
      g_object_unref (row->widget);
    }
  g_ptr_array_unref (self->rows);
  self->rows = rows;

  return TRUE;
}

static void
refresh (SbTimeline *self)
{
  g_autoptr (GPtrArray) messages = sb_reader_list_messages (sb_engine_get_reader (self->engine), self->thread_id, 0, 0, self->wanted);
  GPtrArray            *rows = g_ptr_array_new_with_free_func (row_free);
  gint64                newest = newest_own (messages);

  for (guint i = 0; i < messages->len; i++)
    {
      const SbMessage *message = messages->pdata[i];

      g_ptr_array_add (rows, row_for (self, message, i > 0 ? messages->pdata[i - 1] : NULL, message->id == newest));
    }
  if (!put_in_place (self, rows))
    put_rows (self, rows);
}

static gboolean
refresh_cb (gpointer user_data)
{
  SbTimeline *self = user_data;

  self->refresh_id = 0;
  if (self->thread_id != 0)
    refresh (self);

  return G_SOURCE_REMOVE;
}

static void
event_cb (SbTimeline *self,
          SbEvent    *event)
{
  if (event->thread_id != self->thread_id || self->thread_id == 0)
    return;
  if (event->kind == SB_EVENT_THREAD_DRAFT || event->kind == SB_EVENT_THREAD_READ)
    return;
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add (16, refresh_cb, self);
}

/* -- scrolling -- */

static void
upper_cb (GtkAdjustment *adjustment,
          GParamSpec    *pspec,
          gpointer       user_data)
{
  SbTimeline *self = user_data;
  double      upper = gtk_adjustment_get_upper (adjustment);

  if (self->loading)
    {
      /* Older messages came in above: what was under the eye stays there. */
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + upper - self->old_upper);
      self->loading = FALSE;
    }
  else if (self->at_foot && self->goal == 0)
    gtk_adjustment_set_value (adjustment, upper - gtk_adjustment_get_page_size (adjustment));
  self->old_upper = upper;
}

static void
value_cb (GtkAdjustment *adjustment,
          gpointer       user_data)
{
  SbTimeline *self = user_data;
  double      value = gtk_adjustment_get_value (adjustment);
  double      page = gtk_adjustment_get_page_size (adjustment);

  /* A value that moved because the content grew says nothing about what the person wants. */
  if (gtk_adjustment_get_upper (adjustment) - self->old_upper < 0.5 && self->old_upper - gtk_adjustment_get_upper (adjustment) < 0.5)
    self->at_foot = value + page >= gtk_adjustment_get_upper (adjustment) - 30;
  if (value < 120 && !self->loading && self->rows->len >= self->wanted && self->wanted < MOST * 20)
    {
      self->loading = TRUE;
      self->old_upper = gtk_adjustment_get_upper (adjustment);
      self->wanted += PAGE;
      if (self->refresh_id == 0)
        self->refresh_id = g_idle_add (refresh_cb, self);
    }
}

static gboolean
unflash_cb (gpointer user_data)
{
  gtk_widget_remove_css_class (user_data, "flash");

  return G_SOURCE_REMOVE;
}

static gboolean
jump_cb (gpointer user_data)
{
  SbTimeline     *self = user_data;
  Row            *row = find_row (self, self->goal);
  graphene_rect_t bounds;
  GtkAdjustment  *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  self->goal = 0;
  if (row != NULL && gtk_widget_compute_bounds (row->widget, self->column, &bounds))
    {
      GtkWidget *frame = gtk_widget_get_first_child (row->widget);

      self->at_foot = FALSE;
      gtk_adjustment_set_value (adjustment, bounds.origin.y - gtk_adjustment_get_page_size (adjustment) / 3);
      gtk_widget_add_css_class (frame, "flash");
      g_timeout_add_full (G_PRIORITY_DEFAULT, 1200, unflash_cb, g_object_ref (frame), g_object_unref);
    }

  return G_SOURCE_REMOVE;
}

/**
 * sb_timeline_open:
 * @message_id: the message to show, or 0 for the foot
 */
void
sb_timeline_open (SbTimeline *self,
                  gint64      thread_id,
                  gint64      message_id)
{
  SbReader             *reader = sb_engine_get_reader (self->engine);
  g_autoptr (SbThread)  thread = thread_id != 0 ? sb_reader_get_thread (reader, thread_id) : NULL;
  g_autoptr (SbMessage) goal = message_id != 0 ? sb_reader_get_message (reader, message_id) : NULL;

  self->thread_id = thread != NULL ? thread_id : 0;
  g_set_str (&self->customer, thread != NULL ? thread->name : NULL);
  self->wanted = PAGE;
  self->at_foot = TRUE;
  self->loading = FALSE;
  self->goal = 0;
  g_ptr_array_set_size (self->rows, 0);
  put_rows (self, g_ptr_array_new_with_free_func (row_free));
  if (thread == NULL)
    return;

  if (goal != NULL)
    {
      g_autoptr (GPtrArray) after = sb_reader_list_messages_after (reader, thread_id, goal->sent_at, goal->id, MOST * 20);

      self->wanted = MIN (after->len + PAGE / 2, MOST * 20);
      self->wanted = MAX (self->wanted, PAGE);
      self->goal = message_id;
      g_timeout_add (80, jump_cb, self);
    }
  refresh (self);
}

/* "Today" became "Yesterday". */
static void
redate (SbTimeline *self)
{
  gint64 now = sb_clock_now (sb_engine_get_clock (self->engine));

  for (GtkWidget *child = gtk_widget_get_first_child (self->column); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_has_css_class (child, "sb-day"))
      sb_day_separator_show (child, now);
}

static gboolean
minute_cb (gpointer user_data)
{
  redate (user_data);

  return G_SOURCE_CONTINUE;
}

static void
sb_timeline_dispose (GObject *object)
{
  SbTimeline *self = SB_TIMELINE (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->minute_id, g_source_remove);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->customer, g_free);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_timeline_parent_class)->dispose (object);
}

static void
sb_timeline_class_init (SbTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_timeline_dispose;
}

static void
sb_timeline_init (SbTimeline *self)
{
  GtkWidget     *clamp = adw_clamp_new ();
  GtkAdjustment *adjustment;

  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->wanted = PAGE;
  self->column = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, NULL);
  gtk_widget_set_valign (self->column, GTK_ALIGN_END);
  gtk_widget_set_margin_start (self->column, 18);
  gtk_widget_set_margin_end (self->column, 18);
  gtk_widget_set_margin_bottom (self->column, 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->column), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Conversation"), -1);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 900);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->column);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), clamp);
  gtk_widget_add_css_class (self->scroller, "sb-timeline");
  gtk_widget_set_vexpand (self->scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), self->scroller);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  g_signal_connect (adjustment, "notify::upper", G_CALLBACK (upper_cb), self);
  g_signal_connect (adjustment, "notify::page-size", G_CALLBACK (upper_cb), self);
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (value_cb), self);
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
