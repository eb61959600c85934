/* Nothing moves under pointer and keys: the list is held while they are on it, and for a moment after. */
#include "sb-thread-hold.h"

/* Nothing moves before pointer and keys have been away so long. */
#define AWAY_SECONDS 2

typedef struct
{
  GtkWidget    *scroller; /* not owned: this is its data */
  SbThreadList *list;
  gboolean      pointer_on;
  guint         away_id;
} Hold;

static void
hold_free (gpointer data)
{
  Hold *self = data;

  g_clear_handle_id (&self->away_id, g_source_remove);
  g_object_unref (self->list);
  g_free (self);
}

static void
update (Hold *self)
{
  GtkRoot *root = gtk_widget_get_root (self->scroller);
  gboolean here = gtk_widget_get_mapped (self->scroller) && root != NULL && gtk_window_is_active (GTK_WINDOW (root));

  sb_thread_list_hold (self->list, self->away_id != 0 || (here && self->pointer_on));
}

static gboolean
away_cb (gpointer user_data)
{
  Hold *self = user_data;

  self->away_id = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

static void
stay (Hold *self)
{
  g_clear_handle_id (&self->away_id, g_source_remove);
  self->away_id = g_timeout_add_seconds (AWAY_SECONDS, away_cb, self);
  update (self);
}

static void
enter_cb (Hold *self)
{
  self->pointer_on = TRUE;
  update (self);
}

static void
leave_cb (Hold *self)
{
  self->pointer_on = FALSE;
  stay (self);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        gpointer               user_data)
{
  stay (user_data);

  return FALSE;
}

void
sb_thread_hold_add (GtkWidget    *scroller,
                    SbThreadList *list)
{
  Hold               *self = g_new0 (Hold, 1);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->scroller = scroller;
  self->list = g_object_ref (list);
  g_object_set_data_full (G_OBJECT (scroller), "sb-thread-hold", self, hold_free);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (enter_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (scroller, motion);
  gtk_widget_add_controller (scroller, keys);
}
