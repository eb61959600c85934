#include "sb-search-dialog.h"

#include <glib/gi18n.h>

#include "sb-page-parts.h"
#include "sb-search-hit-row.h"

/* So many are listed at once, and so many more when they are asked for. */
#define MOST 60

/* What was searched for last in a window: who comes back from a hit finds the others again. */
#define LAST "search-words"

/* One box for names, numbers, words and notes. A hit opens its conversation at its message. */
typedef struct
{
  SbEngine     *engine;
  SbWindow     *window;
  AdwDialog    *dialog;
  GtkWidget    *entry;
  GtkWidget    *pages;
  GtkWidget    *nothing;
  GtkWidget    *fewer;
  GtkWidget    *list;
  GtkWidget    *foot;
  GtkWidget    *more;
  GtkWidget    *found;
  GtkWidget    *keys;
  GCancellable *cancellable;
  guint         n_customers;
  guint         n_messages;
  gint64        asked_at; /* monotonic, in µs */
  guint         limit;
  char         *shown;   /* the words that the list answers */
  gboolean      entered; /* Enter came before the answer: its first hit is meant */
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_cancellable_cancel (search->cancellable);
  g_object_unref (search->cancellable);
  g_object_unref (search->engine);
  g_free (search->shown);
  g_free (search);
}

static void
opened_cb (GtkListBox    *list,
           GtkListBoxRow *row,
           gpointer       user_data)
{
  Search *search = user_data;

  g_object_set_data_full (G_OBJECT (search->window), LAST, g_strdup (search->shown), g_free);
  sb_window_open_thread (search->window, sb_search_hit_row_get_thread (GTK_WIDGET (row)), sb_search_hit_row_get_message (GTK_WIDGET (row)));
  adw_dialog_close (search->dialog);
}

/* -- what was found -- */

/* "Customers" over the first customer, "Messages" over the first message, with their numbers. */
static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  Search          *search = user_data;
  gboolean         message = sb_search_hit_row_get_message (GTK_WIDGET (row)) != 0;
  g_autofree char *number = NULL;
  GtkWidget       *box;
  GtkWidget       *title;

  gtk_list_box_row_set_header (row, NULL);
  if (before != NULL && (sb_search_hit_row_get_message (GTK_WIDGET (before)) != 0) == message)
    return;
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  title = gtk_label_new (message ? _("Messages") : _("Customers"));
  number = g_strdup_printf ("%u", message ? search->n_messages : search->n_customers);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (box, "sb-hit-head");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), gtk_label_new (number));
  gtk_list_box_row_set_header (row, box);
}

/* Customers first; within each, as the store has them. */
static void
show_hits (Search    *search,
           GPtrArray *hits)
{
  gint64 now = sb_clock_now (sb_engine_get_clock (search->engine));

  search->n_customers = search->n_messages = 0;
  for (guint i = 0; i < hits->len; i++)
    if (((const SbHit *) hits->pdata[i])->message_id != 0)
      search->n_messages++;
    else
      search->n_customers++;
  for (int messages = 0; messages <= 1; messages++)
    for (guint i = 0; i < hits->len; i++)
      if ((((const SbHit *) hits->pdata[i])->message_id != 0) == messages)
        gtk_list_box_append (GTK_LIST_BOX (search->list), sb_search_hit_row_new (hits->pdata[i], now));
  gtk_list_box_select_row (GTK_LIST_BOX (search->list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (search->list), 0));
  gtk_widget_set_visible (search->more, hits->len >= search->limit);
}

static void
show_nothing (Search     *search,
              const char *title,
              const char *words)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (search->entry));

  adw_status_page_set_title (ADW_STATUS_PAGE (search->nothing), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (search->nothing), words);
  gtk_widget_set_visible (search->fewer, strchr (typed, ' ') != NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (search->pages), "nothing");
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) hits = sb_engine_search_finish (SB_ENGINE (object), result, &error);
  Search               *search = user_data;
  g_autofree char      *words = NULL;
  gboolean              entered;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_list_box_remove_all (GTK_LIST_BOX (search->list));
  gtk_widget_set_visible (search->foot, hits != NULL && hits->len > 0);
  g_set_str (&search->shown, gtk_editable_get_text (GTK_EDITABLE (search->entry)));
  entered = search->entered;
  search->entered = FALSE;
  if (hits == NULL)
    {
      show_nothing (search, _("Nothing Found"), error->message);
      return;
    }
  if (hits->len == 0)
    {
      show_nothing (search, _("Nothing Found"), _("No message, note or file has all of these words."));
      return;
    }
  show_hits (search, hits);
  gtk_stack_set_visible_child_name (GTK_STACK (search->pages), "hits");
  /* Translators: how many hits, and how many milliseconds the search took */
  words = g_strdup_printf (ngettext ("%u hit in %d ms", "%u hits in %d ms", hits->len), hits->len, (int) ((g_get_monotonic_time () - search->asked_at) / 1000));
  gtk_label_set_text (GTK_LABEL (search->found), words);
  if (entered)
    opened_cb (GTK_LIST_BOX (search->list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (search->list), 0), search);
}

/* -- typing -- */

static void
ask (Search *search)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (search->entry));

  g_cancellable_cancel (search->cancellable);
  g_object_unref (search->cancellable);
  search->cancellable = g_cancellable_new ();
  if (text[0] == '\0')
    {
      gtk_list_box_remove_all (GTK_LIST_BOX (search->list));
      g_clear_pointer (&search->shown, g_free);
      gtk_widget_set_visible (search->foot, FALSE);
      gtk_stack_set_visible_child_name (GTK_STACK (search->pages), "hint");
      return;
    }
  search->asked_at = g_get_monotonic_time ();
  sb_engine_search_async (search->engine, text, search->limit, search->cancellable, found_cb, search);
}

static void
changed_cb (GtkSearchEntry *entry,
            gpointer        user_data)
{
  Search *search = user_data;

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), search->shown) == 0)
    return; /* Enter was quicker */
  search->limit = MOST;
  ask (search);
}

static void
more_cb (GtkButton *button,
         gpointer   user_data)
{
  Search *search = user_data;

  search->limit += 4 * MOST;
  ask (search);
}

/* The last word goes; what is left finds more. */
static void
fewer_cb (GtkButton *button,
          gpointer   user_data)
{
  Search          *search = user_data;
  g_autofree char *text = g_strchomp (g_strdup (gtk_editable_get_text (GTK_EDITABLE (search->entry))));
  char            *blank = strrchr (text, ' ');

  if (blank != NULL)
    *blank = '\0';
  gtk_editable_set_text (GTK_EDITABLE (search->entry), text);
  gtk_widget_grab_focus (search->entry);
  gtk_editable_set_position (GTK_EDITABLE (search->entry), -1);
}

/* Enter in the entry opens what is chosen in the list; never what an earlier word had found. */
static void
enter_cb (GtkSearchEntry *entry,
          gpointer        user_data)
{
  Search        *search = user_data;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (search->list));

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (search->entry)), search->shown) != 0)
    {
      search->entered = TRUE;
      search->limit = MOST;
      ask (search);
    }
  else if (row != NULL)
    opened_cb (GTK_LIST_BOX (search->list), row, search);
}

/* Up and Down walk through the hits while one types. */
static gboolean
key_cb (GtkEventControllerKey *keys,
        guint                  key,
        guint                  code,
        GdkModifierType        state,
        gpointer               user_data)
{
  Search         *search = user_data;
  GtkListBoxRow  *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (search->list));
  int             step = key == GDK_KEY_Down ? 1 : key == GDK_KEY_Up ? -1
                                                                     : 0;
  graphene_rect_t box;

  if (step == 0 || row == NULL)
    return GDK_EVENT_PROPAGATE;
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (search->list), gtk_list_box_row_get_index (row) + step);
  if (row == NULL)
    return GDK_EVENT_STOP;
  gtk_list_box_select_row (GTK_LIST_BOX (search->list), row);
  if (gtk_widget_compute_bounds (GTK_WIDGET (row), search->list, &box))
    gtk_adjustment_clamp_page (gtk_list_box_get_adjustment (GTK_LIST_BOX (search->list)), box.origin.y, box.origin.y + box.size.height + 12);

  return GDK_EVENT_STOP;
}

/* -- how it is built -- */

static void
make_entry (Search *search)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  search->entry = gtk_search_entry_new ();
  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (search->entry), _("Name, number or words"));
  gtk_widget_set_hexpand (search->entry, TRUE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), search);
  gtk_widget_add_controller (search->entry, keys);
  g_signal_connect (search->entry, "search-changed", G_CALLBACK (changed_cb), search);
  g_signal_connect (search->entry, "activate", G_CALLBACK (enter_cb), search);
  g_signal_connect_swapped (search->entry, "stop-search", G_CALLBACK (adw_dialog_close), search->dialog);
}

static GtkWidget *
status_new (const char *title,
            const char *words)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "system-search-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), words);
  gtk_widget_add_css_class (page, "compact");

  return page;
}

static GtkWidget *
make_pages (Search *search)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  search->list = gtk_list_box_new ();
  gtk_list_box_set_tab_behavior (GTK_LIST_BOX (search->list), GTK_LIST_TAB_ITEM);
  gtk_widget_add_css_class (search->list, "sb-hits");
  gtk_accessible_update_property (GTK_ACCESSIBLE (search->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What Was Found"), -1);
  gtk_list_box_set_header_func (GTK_LIST_BOX (search->list), header_cb, search, NULL);
  g_signal_connect (search->list, "row-activated", G_CALLBACK (opened_cb), search);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), column);
  gtk_list_box_set_adjustment (GTK_LIST_BOX (search->list), gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)));
  search->more = gtk_button_new_with_label (_("Show More"));
  gtk_widget_add_css_class (search->more, "flat");
  gtk_widget_set_halign (search->more, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_bottom (search->more, 12);
  g_signal_connect (search->more, "clicked", G_CALLBACK (more_cb), search);
  gtk_box_append (GTK_BOX (column), search->list);
  gtk_box_append (GTK_BOX (column), search->more);
  search->nothing = status_new (_("Nothing Found"), NULL);
  search->fewer = gtk_button_new_with_label (_("Search Fewer Words"));
  gtk_widget_set_halign (search->fewer, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (search->fewer, "pill");
  sb_page_wrap_button (search->fewer);
  g_signal_connect (search->fewer, "clicked", G_CALLBACK (fewer_cb), search);
  adw_status_page_set_child (ADW_STATUS_PAGE (search->nothing), search->fewer);

  search->pages = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (search->pages),
                       status_new (_("Search Everything"), _("Type a word, a name or a number. from: tag: before: after: and has: narrow it down.")), "hint");
  gtk_stack_add_named (GTK_STACK (search->pages), scroller, "hits");
  gtk_stack_add_named (GTK_STACK (search->pages), search->nothing, "nothing");
  gtk_widget_set_vexpand (search->pages, TRUE);

  return search->pages;
}

static void
add_key (GtkWidget  *box,
         const char *key,
         const char *words)
{
  GtkWidget *cap = gtk_label_new (key);
  GtkWidget *label = gtk_label_new (words);

  gtk_widget_add_css_class (cap, "sb-key");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_box_append (GTK_BOX (box), cap);
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
make_foot (Search *search)
{
  search->keys = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  search->foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  search->found = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (search->found), 0);
  gtk_label_set_ellipsize (GTK_LABEL (search->found), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (search->found, TRUE);
  gtk_widget_add_css_class (search->found, "dimmed");
  gtk_widget_add_css_class (search->foot, "sb-hit-foot");
  add_key (search->keys, "↑ ↓", _("Choose"));
  /* Translators: the Enter key */
  add_key (search->keys, C_("key", "Enter"), _("Open"));
  gtk_box_append (GTK_BOX (search->foot), search->found);
  gtk_box_append (GTK_BOX (search->foot), search->keys);
  gtk_widget_set_visible (search->foot, FALSE);

  return search->foot;
}

/* Where the dialog is narrow, fingers are likelier than keys. */
static void
add_breakpoint (Search *search)
{
  AdwBreakpoint *narrow = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 440sp"));
  GValue         no = G_VALUE_INIT;

  g_value_init (&no, G_TYPE_BOOLEAN);
  adw_breakpoint_add_setter (narrow, G_OBJECT (search->keys), "visible", &no);
  gtk_widget_set_size_request (GTK_WIDGET (search->dialog), 300, 200);
  adw_dialog_add_breakpoint (search->dialog, narrow);
}

AdwDialog *
sb_search_dialog_new (SbEngine *engine,
                      SbWindow *window)
{
  AdwDialog *dialog = adw_dialog_new ();
  Search    *search = g_new0 (Search, 1);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();

  search->engine = g_object_ref (engine);
  search->window = window;
  search->dialog = dialog;
  search->cancellable = g_cancellable_new ();
  search->limit = MOST;
  make_entry (search);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), search->entry);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), make_pages (search));
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), make_foot (search));
  adw_toolbar_view_set_bottom_bar_style (ADW_TOOLBAR_VIEW (view), ADW_TOOLBAR_RAISED_BORDER);
  adw_dialog_set_title (dialog, _("Search"));
  adw_dialog_set_content_width (dialog, 640);
  adw_dialog_set_content_height (dialog, 600);
  adw_dialog_set_child (dialog, view);
  adw_dialog_set_focus (dialog, search->entry);
  add_breakpoint (search);
  g_object_set_data_full (G_OBJECT (dialog), "search", search, search_free);
  if (g_object_get_data (G_OBJECT (window), LAST) != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (search->entry), g_object_get_data (G_OBJECT (window), LAST));
      gtk_editable_select_region (GTK_EDITABLE (search->entry), 0, -1);
    }

  return dialog;
}

void
sb_search_dialog_set_words (AdwDialog  *dialog,
                            const char *words)
{
  Search *search = g_object_get_data (G_OBJECT (dialog), "search");

  gtk_editable_set_text (GTK_EDITABLE (search->entry), words);
}
