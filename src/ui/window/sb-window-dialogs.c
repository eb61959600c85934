/* The keys stay in the dialog that is open.
 *
 * A dialog is put together a second time when the window turns out to be narrow and it rises from below. The focus it was given
 * goes astray then: what is typed at once would be lost, or a row further down is chosen. It is given again once the sheet stands.
 *
 * What has the focus may turn grey by what one just did there. Then nothing has it, and not even Escape reaches the dialog: it
 * goes to the nearest that can have it.
 */
#include "sb-window-dialogs.h"

/* Frames until the sheet stands. */
#define STANDS 4

typedef struct
{
  GWeakRef wanted; /* what the dialog itself asked for, or nothing: then its first */
  guint    frames;
} Rising;

static void
rising_free (gpointer data)
{
  Rising *rising = data;

  g_weak_ref_clear (&rising->wanted);
  g_free (rising);
}

/* Where the focus went astray, it may have scrolled there. */
static void
scroll_back (GtkWidget *widget)
{
  if (GTK_IS_SCROLLED_WINDOW (widget))
    {
      GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget));

      gtk_adjustment_set_value (down, gtk_adjustment_get_lower (down));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    scroll_back (child);
}

static gboolean
frame_cb (GtkWidget     *dialog,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  Rising               *rising = user_data;
  g_autoptr (GtkWidget) wanted = NULL;
  GtkRoot              *root = gtk_widget_get_root (dialog);

  if (++rising->frames < STANDS)
    return G_SOURCE_CONTINUE;
  if (root == NULL || !gtk_widget_has_css_class (dialog, "bottom-sheet"))
    return G_SOURCE_REMOVE;
  scroll_back (dialog);
  wanted = g_weak_ref_get (&rising->wanted);
  if (wanted == NULL || !gtk_widget_is_ancestor (wanted, dialog) || !gtk_widget_grab_focus (wanted))
    {
      gtk_root_set_focus (root, NULL);
      gtk_widget_child_focus (dialog, GTK_DIR_TAB_FORWARD);
    }

  return G_SOURCE_REMOVE;
}

/* -- where the focus was, and is no more -- */

typedef struct
{
  AdwApplicationWindow *window; /* not owned: this is its data */
  GWeakRef              last;   /* what had the focus */
  guint                 idle_id;
} Lost;

static void
lost_free (gpointer data)
{
  Lost *self = data;

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_weak_ref_clear (&self->last);
  g_free (self);
}

static gboolean
lost_idle_cb (gpointer user_data)
{
  Lost                 *self = user_data;
  AdwDialog            *dialog = adw_application_window_get_visible_dialog (self->window);
  g_autoptr (GtkWidget) last = g_weak_ref_get (&self->last);
  GtkWidget            *around = last;

  self->idle_id = 0;
  if (dialog == NULL || gtk_window_get_focus (GTK_WINDOW (self->window)) != NULL)
    return G_SOURCE_REMOVE;
  if (around == NULL || !gtk_widget_is_ancestor (around, GTK_WIDGET (dialog)))
    around = GTK_WIDGET (dialog);
  while (!gtk_widget_child_focus (around, GTK_DIR_TAB_FORWARD) && around != GTK_WIDGET (dialog))
    around = gtk_widget_get_parent (around);

  return G_SOURCE_REMOVE;
}

static void
focus_cb (AdwApplicationWindow *window,
          GParamSpec           *pspec,
          gpointer              user_data)
{
  Lost      *self = user_data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  g_clear_handle_id (&self->idle_id, g_source_remove);
  if (focus != NULL)
    g_weak_ref_set (&self->last, focus);
  else if (adw_application_window_get_visible_dialog (window) != NULL)
    self->idle_id = g_idle_add (lost_idle_cb, self);
}

static void
keep_focus (AdwApplicationWindow *window)
{
  Lost *self = g_new0 (Lost, 1);

  self->window = window;
  g_weak_ref_init (&self->last, NULL);
  g_object_set_data_full (G_OBJECT (window), "sb-lost-focus", self, lost_free);
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (focus_cb), self);
}

/* -- a dialog is there -- */

static void
visible_dialog_cb (AdwApplicationWindow *window)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (window);
  Rising    *rising;

  /* One that is seen again, because the one above it was closed, keeps what it had. */
  if (dialog == NULL || g_object_get_data (G_OBJECT (dialog), "sb-risen") != NULL)
    return;
  g_object_set_data (G_OBJECT (dialog), "sb-risen", dialog);
  rising = g_new0 (Rising, 1);
  g_weak_ref_init (&rising->wanted, adw_dialog_get_focus (dialog));
  gtk_widget_add_tick_callback (GTK_WIDGET (dialog), frame_cb, rising, rising_free);
}

void
sb_window_dialogs_keep (AdwApplicationWindow *window)
{
  keep_focus (window);
  g_signal_connect (window, "notify::visible-dialog", G_CALLBACK (visible_dialog_cb), NULL);
}
