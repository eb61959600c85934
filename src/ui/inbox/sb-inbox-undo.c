/* Where the cursor goes when something is taken back: to what came back, one step for one key. */
#include "sb-conversation.h"
#include "sb-inbox-private.h"
#include "sb-json.h"

static gboolean
is_undone (const SbEvent *event)
{
  g_autoptr (JsonNode) node = event->data != NULL ? sb_json_parse (event->data, -1, NULL) : NULL;

  return sb_json_bool (sb_json_root (node), "undone", FALSE);
}

/* Of two windows of the shop only the one in which the key was pressed. */
static gboolean
is_in_use (SbInboxPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL && gtk_window_is_active (GTK_WINDOW (root));
}

/* Only one conversation is opened, as the person had it: many that came back in one step stay unread. */
#define TOGETHER_MS 120

static gboolean
open_cb (gpointer user_data)
{
  SbInboxPage *self = user_data;

  self->undone_id = 0;
  if (self->n_undone == 1)
    sb_inbox_page_open (self, self->undone_thread, 0, FALSE);
  self->n_undone = 0;

  return G_SOURCE_REMOVE;
}

/* The step itself says what it put back: several steps may be under way, and of many conversations the first comes last. */
static void
event_cb (SbInboxPage *self,
          SbEvent     *event)
{
  gboolean reading = (gtk_widget_get_state_flags (self->conversation) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

  if (event->thread_id == 0 || event->staff_id != sb_engine_get_staff (self->engine) || !is_undone (event) || !is_in_use (self))
    return;
  if (!sb_thread_view_return_to (self->threads, event->thread_id) || !reading)
    return;
  self->n_undone++;
  self->undone_thread = event->thread_id;
  g_clear_handle_id (&self->undone_id, g_source_remove);
  self->undone_id = g_timeout_add (TOGETHER_MS, open_cb, self);
}

void
sb_inbox_undo_add (SbInboxPage *self)
{
  g_signal_connect_object (self->engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
}
