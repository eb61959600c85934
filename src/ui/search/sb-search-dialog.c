#include "sb-search-dialog.h"

#include <glib/gi18n.h>

#include "sb-thread-row.h"

/* One box for names, numbers, words and notes. A hit opens its conversation at its message. */
typedef struct
{
  SbEngine     *engine;
  SbWindow     *window;
  AdwDialog    *dialog;
  GtkWidget    *entry;
  GtkWidget    *list;
  GtkWidget    *foot;
  GCancellable *cancellable;
  gint64        asked_at;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_cancellable_cancel (search->cancellable);
  g_object_unref (search->cancellable);
  g_object_unref (search->engine);
  g_free (search);
}

static void
opened_cb (AdwActionRow *row,
           gpointer      user_data)
{
  Search *search = user_data;
  gint64 *ids = g_object_get_data (G_OBJECT (row), "ids");

  sb_window_open_thread (search->window, ids[0], ids[1]);
  adw_dialog_close (search->dialog);
}

static void
add_hit (Search      *search,
         const SbHit *hit)
{
  GtkWidget       *row = adw_action_row_new ();
  gint64           ids[] = { hit->thread_id, hit->message_id };
  g_autofree char *time = sb_time_short (hit->at, sb_clock_now (sb_engine_get_clock (search->engine)));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), hit->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), hit->snippet != NULL ? hit->snippet : "");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (time));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "ids", g_memdup2 (ids, sizeof ids), g_free);
  g_signal_connect (row, "activated", G_CALLBACK (opened_cb), search);
  gtk_list_box_append (GTK_LIST_BOX (search->list), row);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) hits = sb_engine_search_finish (SB_ENGINE (object), result, &error);
  Search               *search = user_data;
  g_autofree char      *foot = NULL;
  GtkWidget            *child;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  while ((child = gtk_widget_get_first_child (search->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (search->list), child);
  for (guint i = 0; hits != NULL && i < hits->len; i++)
    add_hit (search, hits->pdata[i]);
  gtk_widget_set_visible (search->list, hits != NULL && hits->len > 0);
  if (hits == NULL)
    foot = g_strdup (error->message);
  else if (hits->len == 0)
    foot = g_strdup (_("No message, note or file has all of these words."));
  else
    /* Translators: how many hits, and how many milliseconds the search took */
    foot = g_strdup_printf (ngettext ("%u hit in %d ms", "%u hits in %d ms", hits->len), hits->len, (int) ((g_get_monotonic_time () - search->asked_at) / 1000));
  gtk_label_set_text (GTK_LABEL (search->foot), foot);
}

static void
show_hint (Search *search)
{
  gtk_label_set_text (GTK_LABEL (search->foot), _("Type a word, a name or a number. from: tag: before: after: and has: narrow it down."));
}

static void
changed_cb (GtkSearchEntry *entry,
            gpointer        user_data)
{
  Search     *search = user_data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  g_cancellable_cancel (search->cancellable);
  g_object_unref (search->cancellable);
  search->cancellable = g_cancellable_new ();
  if (text[0] == '\0')
    {
      gtk_list_box_remove_all (GTK_LIST_BOX (search->list));
      gtk_widget_set_visible (search->list, FALSE);
      show_hint (search);
      return;
    }
  search->asked_at = g_get_monotonic_time ();
  sb_engine_search_async (search->engine, text, 60, search->cancellable, found_cb, search);
}

AdwDialog *
sb_search_dialog_new (SbEngine *engine,
                      SbWindow *window)
{
  AdwDialog *dialog = adw_dialog_new ();
  Search    *search = g_new0 (Search, 1);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  search->engine = g_object_ref (engine);
  search->window = window;
  search->dialog = dialog;
  search->cancellable = g_cancellable_new ();
  search->entry = gtk_search_entry_new ();
  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (search->entry), _("Name, number or words"));
  gtk_widget_set_hexpand (search->entry, TRUE);
  search->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (search->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (search->list, "boxed-list");
  gtk_widget_set_visible (search->list, FALSE);
  search->foot = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (search->foot), TRUE);
  gtk_label_set_justify (GTK_LABEL (search->foot), GTK_JUSTIFY_CENTER);
  gtk_widget_set_margin_top (search->foot, 12);
  show_hint (search);
  gtk_widget_set_margin_start (clamp, 12);
  gtk_widget_set_margin_end (clamp, 12);
  gtk_widget_set_margin_bottom (clamp, 12);
  gtk_box_append (GTK_BOX (clamp), search->list);
  gtk_box_append (GTK_BOX (clamp), search->foot);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), search->entry);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);
  adw_dialog_set_title (dialog, _("Search"));
  adw_dialog_set_content_width (dialog, 560);
  adw_dialog_set_content_height (dialog, 520);
  adw_dialog_set_child (dialog, view);
  adw_dialog_set_focus (dialog, search->entry);
  g_signal_connect (search->entry, "search-changed", G_CALLBACK (changed_cb), search);
  g_object_set_data_full (G_OBJECT (dialog), "search", search, search_free);

  return dialog;
}

void
sb_search_dialog_set_words (AdwDialog  *dialog,
                            const char *words)
{
  Search *search = g_object_get_data (G_OBJECT (dialog), "search");

  gtk_editable_set_text (GTK_EDITABLE (search->entry), words);
}
