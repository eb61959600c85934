/* What dialogs need where the window is narrow.
 *
 * A dialog is put together a second time when the window turns out to be narrow and it rises from below. The focus it was given
 * goes astray then: what is typed at once would be lost, or a row further down is chosen. It is given again once the sheet stands.
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
  g_signal_connect (window, "notify::visible-dialog", G_CALLBACK (visible_dialog_cb), NULL);
}
