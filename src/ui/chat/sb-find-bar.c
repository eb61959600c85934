#include "sb-find-bar.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-engine-find.h"

/**
 * SbFindBar:
 *
 * Words in the open conversation, however long it is: how often they are there, and from one to the next. The newest comes
 * first, as nobody reads a conversation from its beginning; after the oldest it starts over.
 */
struct _SbFindBar
{
  AdwBin parent_instance;

  SbEngine     *engine;
  SbTimeline   *timeline; /* not owned: stands beside it */
  gint64        thread_id;
  GArray       *ids; /* of the messages with the words, newest first */
  guint         at;
  GCancellable *cancellable;
  GtkWidget    *entry;
  GtkWidget    *count;
  GtkWidget    *older;
  GtkWidget    *newer;
};

G_DEFINE_FINAL_TYPE (SbFindBar, sb_find_bar, ADW_TYPE_BIN)

enum
{
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_count (SbFindBar *self)
{
  guint            n = self->ids != NULL ? self->ids->len : 0;
  g_autofree char *text = NULL;

  if (n > 0)
    /* Translators: which hit is shown, and how many there are, such as "3 of 41" */
    text = g_strdup_printf (_("%1$u of %2$u"), self->at + 1, n);
  else
    text = g_strdup (self->ids != NULL ? _("Nothing Found") : "");
  gtk_label_set_text (GTK_LABEL (self->count), text);
  gtk_widget_set_sensitive (self->older, n > 0);
  gtk_widget_set_sensitive (self->newer, n > 0);
  if (self->ids != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
go_to (SbFindBar *self,
       guint      at)
{
  self->at = at;
  show_count (self);
  sb_timeline_jump (self->timeline, g_array_index (self->ids, gint64, at));
}

static void
step (SbFindBar *self,
      gboolean   older)
{
  guint n = self->ids != NULL ? self->ids->len : 0;

  if (n > 0)
    go_to (self, older ? (self->at + 1) % n : (self->at + n - 1) % n);
}

/* -- finding -- */

/* The hit that is shown stays when it still is one. */
static guint
same_as_before (SbFindBar *self,
                GArray    *ids)
{
  gint64 before = self->ids != NULL && self->at < self->ids->len ? g_array_index (self->ids, gint64, self->at) : 0;

  for (guint i = 0; before != 0 && i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == before)
      return i;

  return 0;
}

static void
take (SbFindBar *self,
      GArray    *ids)
{
  guint at = ids != NULL ? same_as_before (self, ids) : 0;

  g_clear_pointer (&self->ids, g_array_unref);
  self->ids = ids;
  self->at = at;
  sb_timeline_set_found (self->timeline, ids, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  if (ids != NULL && ids->len > 0)
    go_to (self, at);
  else
    show_count (self);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbFindBar) self = user_data;
  g_autoptr (GError)    error = NULL;
  GArray               *ids = sb_engine_find_finish (SB_ENGINE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->engine == NULL)
    return;
  if (error != NULL)
    g_message ("The conversation cannot be searched: %s", error->message);
  take (self, ids);
}

static void
stop_finding (SbFindBar *self)
{
  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
}

static void
changed_cb (GtkSearchEntry *entry,
            gpointer        user_data)
{
  SbFindBar  *self = user_data;
  const char *words = gtk_editable_get_text (GTK_EDITABLE (entry));

  stop_finding (self);
  if (words[0] == '\0' || self->thread_id == 0)
    {
      take (self, NULL);
      return;
    }
  self->cancellable = g_cancellable_new ();
  sb_engine_find_async (self->engine, self->thread_id, words, self->cancellable, found_cb, g_object_ref (self));
}

/* -- opening and closing -- */

/* With the words of the last time marked, so that typing replaces them. */
void
sb_find_bar_open (SbFindBar *self,
                  gint64     thread_id)
{
  gboolean other = self->thread_id != thread_id || !gtk_widget_get_visible (GTK_WIDGET (self));

  self->thread_id = thread_id;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
  if (other)
    changed_cb (GTK_SEARCH_ENTRY (self->entry), self);
}

/* What is on show stays where it is. */
void
sb_find_bar_close (SbFindBar *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  stop_finding (self);
  g_clear_pointer (&self->ids, g_array_unref);
  sb_timeline_set_found (self->timeline, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
close_cb (SbFindBar *self)
{
  sb_find_bar_close (self);
  g_signal_emit (self, signals[CLOSED], 0);
}

/* -- keys and buttons -- */

static void
older_cb (SbFindBar *self)
{
  step (self, TRUE);
}

static void
newer_cb (SbFindBar *self)
{
  step (self, FALSE);
}

static gboolean
key_cb (GtkEventControllerKey *keys,
        guint                  key,
        guint                  code,
        GdkModifierType        state,
        gpointer               user_data)
{
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || (state & GDK_SHIFT_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  step (user_data, FALSE);

  return GDK_EVENT_STOP;
}

/* The cursor may be in the conversation by now. */
static gboolean
again_cb (GtkWidget *widget,
          GVariant  *older,
          gpointer   user_data)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  step (SB_FIND_BAR (widget), g_variant_get_boolean (older));

  return TRUE;
}

static void
add_keys (SbFindBar *self)
{
  GtkEventController *typed = gtk_event_controller_key_new ();
  GtkEventController *everywhere = gtk_shortcut_controller_new ();
  GtkShortcut        *next = gtk_shortcut_new_with_arguments (gtk_shortcut_trigger_parse_string ("<Control>g"), gtk_callback_action_new (again_cb, NULL, NULL), "b", TRUE);
  GtkShortcut        *previous = gtk_shortcut_new_with_arguments (gtk_shortcut_trigger_parse_string ("<Control><Shift>g"), gtk_callback_action_new (again_cb, NULL, NULL), "b", FALSE);

  gtk_event_controller_set_propagation_phase (typed, GTK_PHASE_CAPTURE);
  g_signal_connect (typed, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->entry, typed);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (everywhere), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (everywhere), next);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (everywhere), previous);
  gtk_widget_add_controller (GTK_WIDGET (self), everywhere);
}

static GtkWidget *
make_button (SbFindBar  *self,
             const char *icon,
             const char *name,
             GCallback   callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", callback, self);

  return button;
}

static void
sb_find_bar_dispose (GObject *object)
{
  SbFindBar *self = SB_FIND_BAR (object);

  stop_finding (self);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_find_bar_parent_class)->dispose (object);
}

static void
sb_find_bar_class_init (SbFindBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_find_bar_dispose;

  signals[CLOSED] = g_signal_new ("closed", SB_TYPE_FIND_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_find_bar_init (SbFindBar *self)
{
  /* Two lines where texts are large and the window is narrow. */
  GtkWidget *row = adw_wrap_box_new ();
  GtkWidget *end = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->entry = gtk_search_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 6);
  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (self->entry), _("Find in This Conversation"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Find in This Conversation"), -1);
  gtk_widget_set_hexpand (self->entry, TRUE);
  self->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count, "numeric");
  self->older = make_button (self, "go-up-symbolic", _("Older Hit"), G_CALLBACK (older_cb));
  self->newer = make_button (self, "go-down-symbolic", _("Newer Hit"), G_CALLBACK (newer_cb));
  g_signal_connect (self->entry, "search-changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (older_cb), self);
  g_signal_connect_swapped (self->entry, "next-match", G_CALLBACK (older_cb), self);
  g_signal_connect_swapped (self->entry, "previous-match", G_CALLBACK (newer_cb), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (close_cb), self);
  /* On a line of their own the buttons stay at the edge they are at beside the field. */
  gtk_widget_set_hexpand (self->count, TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->count), 0);
  gtk_box_append (GTK_BOX (end), self->count);
  gtk_box_append (GTK_BOX (end), self->older);
  gtk_box_append (GTK_BOX (end), self->newer);
  gtk_box_append (GTK_BOX (end), make_button (self, "window-close-symbolic", _("Close"), G_CALLBACK (close_cb)));
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (row), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (row), 6);
  adw_wrap_box_append (ADW_WRAP_BOX (row), self->entry);
  adw_wrap_box_append (ADW_WRAP_BOX (row), end);
  gtk_widget_add_css_class (row, "sb-find-bar");
  adw_bin_set_child (ADW_BIN (self), row);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  show_count (self);
  add_keys (self);
}

/* @timeline: where the hits are shown; has to live as long as the bar */
GtkWidget *
sb_find_bar_new (SbEngine   *engine,
                 SbTimeline *timeline)
{
  SbFindBar *self = g_object_new (SB_TYPE_FIND_BAR, NULL);

  self->engine = g_object_ref (engine);
  self->timeline = timeline;

  return GTK_WIDGET (self);
}
