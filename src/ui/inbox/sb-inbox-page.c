#include "sb-inbox-page.h"

#include <glib/gi18n.h>

#include "sb-composer.h"
#include "sb-phone-pane.h"
#include "sb-thread-row.h"
#include "sb-timeline.h"

/**
 * SbInboxPage:
 *
 * The desk: views and lines at the side, the list, the conversation, and at its end the practice customer's phone. Three panes,
 * two or one, as the window narrows.
 */
struct _SbInboxPage
{
  AdwBreakpointBin parent_instance;

  SbEngine         *engine;
  SbPracticeServer *server;
  SbThreadList     *list;
  gint64            thread_id;

  GtkWidget *outer;
  GtkWidget *inner;
  GtkWidget *overlay;
  GtkWidget *views;
  GtkWidget *lines;
  GtkWidget *list_title;
  GtkWidget *list_view;
  GtkWidget *list_stack;
  GtkWidget *title;
  GtkWidget *offline;
  GtkWidget *timeline;
  GtkWidget *composer;
  GtkWidget *content_stack;
  GtkWidget *done;
};

G_DEFINE_FINAL_TYPE (SbInboxPage, sb_inbox_page, ADW_TYPE_BREAKPOINT_BIN)

typedef struct
{
  const char    *title;
  SbThreadFilter filter;
} View;

static const View views[] = {
  { N_("Inbox"), { .not_closed = TRUE } },
  { N_("Unanswered"), { .not_closed = TRUE, .unanswered_only = TRUE } },
  { N_("With Customer"), { .not_closed = TRUE, .with_customer = TRUE } },
  { N_("Snoozed"), { .status = SB_THREAD_SNOOZED } },
  { N_("Done"), { .status = SB_THREAD_CLOSED } },
};

/* -- acting -- */

static void
undo_cb (AdwToast *toast,
         gpointer  user_data)
{
  sb_engine_undo_async (user_data, 0, NULL, NULL);
}

static void
toast (SbInboxPage *self,
       const char  *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast  *note = adw_toast_new (text);

  adw_toast_set_button_label (note, _("Undo"));
  g_signal_connect_object (note, "button-clicked", G_CALLBACK (undo_cb), self->engine, 0);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), note);
}

static void
act (SbInboxPage *self,
     SbActKind    kind,
     gint64       value,
     const char  *said)
{
  SbAct order = { .kind = kind, .thread_ids = &self->thread_id, .n_threads = 1, .value = value };

  if (self->thread_id == 0)
    return;
  sb_engine_act_async (self->engine, &order, NULL, NULL);
  if (said != NULL)
    toast (self, said);
}

static void
done_cb (GtkButton *button,
         gpointer   user_data)
{
  SbInboxPage         *self = user_data;
  g_autoptr (SbThread) thread = sb_reader_get_thread (sb_engine_get_reader (self->engine), self->thread_id);

  if (thread != NULL && thread->status == SB_THREAD_CLOSED)
    act (self, SB_ACT_OPEN, 0, _("Reopened"));
  else
    act (self, SB_ACT_DONE, 0, C_("toast", "Done"));
}

static void
snooze_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  SbInboxPage *self = SB_INBOX_PAGE (widget);
  gint64       now = sb_clock_now (sb_engine_get_clock (self->engine));
  gint64       hours = g_variant_get_int32 (parameter);

  act (self, SB_ACT_SNOOZE, hours > 0 ? now + hours * SB_HOUR_MS : 0, _("Snoozed"));
}

static void
unread_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  act (SB_INBOX_PAGE (widget), SB_ACT_UNREAD, 0, NULL);
}

static void
pin_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  SbInboxPage         *self = SB_INBOX_PAGE (widget);
  g_autoptr (SbThread) thread = sb_reader_get_thread (sb_engine_get_reader (self->engine), self->thread_id);

  if (thread != NULL)
    act (self, SB_ACT_PIN, !thread->pinned, thread->pinned ? _("Unpinned") : _("Pinned"));
}

/* -- showing -- */

static void
show_title (SbInboxPage *self)
{
  g_autoptr (SbThread) thread = self->thread_id != 0 ? sb_reader_get_thread (sb_engine_get_reader (self->engine), self->thread_id) : NULL;
  gint64               now = sb_clock_now (sb_engine_get_clock (self->engine));
  g_autofree char     *sub = NULL;

  if (thread == NULL)
    return;
  if (thread->n_waiting > 0 || thread->n_unknown > 0)
    /* Translators: messages that wait to go out, and those of which nobody knows */
    sub = g_strdup_printf (_("%d waiting, %d to check"), thread->n_waiting, thread->n_unknown);
  else if (thread->unanswered)
    {
      g_autofree char *since = sb_duration_text (now - thread->unanswered_since);

      /* Translators: how long the customer has been waiting */
      sub = g_strdup_printf (_("Waiting for your answer · %s"), since);
    }
  else
    sub = g_strdup (thread->handle);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), thread->name);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), sub);
  gtk_widget_set_tooltip_text (self->done, thread->status == SB_THREAD_CLOSED ? _("Reopen") : C_("button", "Done"));
}

static void
mark_read (SbInboxPage *self)
{
  g_autoptr (SbThread) thread = self->thread_id != 0 ? sb_reader_get_thread (sb_engine_get_reader (self->engine), self->thread_id) : NULL;

  if (thread != NULL && thread->unread > 0 && !sb_engine_is_read_only (self->engine))
    act (self, SB_ACT_READ, 0, NULL);
}

static void
event_cb (SbInboxPage *self,
          SbEvent     *event)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (event->thread_id != self->thread_id || self->thread_id == 0)
    return;
  show_title (self);
  if (event->kind == SB_EVENT_MESSAGE_IN && root != NULL && gtk_window_is_active (GTK_WINDOW (root)))
    mark_read (self);
}

void
sb_inbox_page_open (SbInboxPage *self,
                    gint64       thread_id,
                    gint64       message_id,
                    gboolean     focus)
{
  int position;

  if (self->thread_id != thread_id || message_id != 0)
    {
      self->thread_id = thread_id;
      gtk_stack_set_visible_child_name (GTK_STACK (self->content_stack), "thread");
      sb_timeline_open (SB_TIMELINE (self->timeline), thread_id, message_id);
      sb_composer_open (SB_COMPOSER (self->composer), thread_id);
      sb_engine_set_open_thread (self->engine, thread_id);
      show_title (self);
    }
  mark_read (self);
  position = sb_thread_list_find (self->list, thread_id);
  if (position >= 0)
    gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (self->list_view))), position);
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->inner), TRUE);
  if (focus)
    sb_composer_focus (SB_COMPOSER (self->composer));
}

static void
activate_cb (GtkListView *view,
             guint        position,
             gpointer     user_data)
{
  SbInboxPage              *self = user_data;
  g_autoptr (SbThreadItem)  item = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (item != NULL)
    sb_inbox_page_open (self, sb_thread_item_get (item)->id, 0, FALSE);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GObject                  *object,
          gpointer                  user_data)
{
  gtk_list_item_set_child (GTK_LIST_ITEM (object), sb_thread_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GObject                  *object,
         gpointer                  user_data)
{
  SbInboxPage  *self = user_data;
  GtkListItem  *list_item = GTK_LIST_ITEM (object);
  SbThreadItem *item = gtk_list_item_get_item (list_item);
  GtkWidget    *row = gtk_list_item_get_child (list_item);
  char         *label = NULL;

  sb_thread_row_show (SB_THREAD_ROW (row), sb_thread_item_get (item), sb_clock_now (sb_engine_get_clock (self->engine)));
  {
    const SbThread  *thread = sb_thread_item_get (item);
    g_autofree char *time = sb_time_short (thread->last_at, sb_clock_now (sb_engine_get_clock (self->engine)));

    label = g_strdup_printf ("%s, %s: %s", thread->name, time, thread->preview != NULL ? thread->preview : "");
    gtk_list_item_set_accessible_label (list_item, label);
    g_free (label);
  }
}

static void
edge_cb (GtkScrolledWindow *scroller,
         GtkPositionType    position,
         gpointer           user_data)
{
  SbInboxPage *self = user_data;

  if (position == GTK_POS_BOTTOM)
    sb_thread_list_load_more (self->list);
}

static void
near_end_cb (GtkAdjustment *adjustment,
             gpointer       user_data)
{
  if (gtk_adjustment_get_value (adjustment) + 2 * gtk_adjustment_get_page_size (adjustment) > gtk_adjustment_get_upper (adjustment))
    edge_cb (NULL, GTK_POS_BOTTOM, user_data);
}

/* -- the side -- */

static void
view_cb (GtkListBox    *box,
         GtkListBoxRow *row,
         gpointer       user_data)
{
  SbInboxPage *self = user_data;
  int          index = row != NULL ? gtk_list_box_row_get_index (row) : 0;

  if (index < 0 || index >= (int) G_N_ELEMENTS (views))
    return;
  sb_thread_list_set_filter (self->list, &views[index].filter);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->list_title), _(views[index].title));
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), TRUE);
}

static void
set_count (SbInboxPage *self,
           int          index,
           int          count,
           gboolean     accent)
{
  GtkListBoxRow   *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->views), index);
  GtkWidget       *label = row != NULL ? g_object_get_data (G_OBJECT (row), "count") : NULL;
  g_autofree char *text = count > 0 ? g_strdup_printf ("%d", count) : g_strdup ("");

  if (label == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (label), text);
  if (accent)
    gtk_widget_add_css_class (label, "accent");
}

static void
update_counts (SbInboxPage *self)
{
  SbCounts         counts;
  g_autofree char *sub = NULL;

  sb_engine_get_counts (self->engine, &counts);
  set_count (self, 0, counts.threads_unread, TRUE);
  set_count (self, 1, counts.threads_unanswered, TRUE);
  set_count (self, 2, counts.threads_open - counts.threads_unanswered, FALSE);
  set_count (self, 3, counts.threads_snoozed, FALSE);
  if (!sb_engine_is_online (self->engine))
    sub = g_strdup_printf (ngettext ("Offline – %d message waiting", "Offline – %d messages waiting", counts.outbox_waiting), counts.outbox_waiting);
  else
    sub = g_strdup_printf (ngettext ("%d open", "%d open", counts.threads_open), counts.threads_open);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->list_title), sub);
  gtk_stack_set_visible_child_name (GTK_STACK (self->list_stack), g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0 ? "list" : "empty");
}

static GtkWidget *
line_row (SbInboxPage  *self,
          const SbLine *line)
{
  GtkWidget       *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget       *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget       *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget       *name = gtk_label_new (line->kind == SB_LINE_PRACTICE ? _("Practice Line") : line->name);
  char            *sentence = NULL;
  SbLink           link = sb_engine_get_link (self->engine, line->id, &sentence);
  g_autofree char *owned = sentence;
  GtkWidget       *state = gtk_label_new (sentence);

  gtk_widget_add_css_class (dot, "sb-line-dot");
  gtk_widget_add_css_class (dot, line->kind == SB_LINE_PRACTICE && link == SB_LINK_OK ? "practice" : link == SB_LINK_OK ? "ok" : link == SB_LINK_OFF ? "off" : "trouble");
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (dot, 8);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (state), 0);
  gtk_label_set_ellipsize (GTK_LABEL (state), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (state, "caption");
  gtk_widget_add_css_class (state, "dim-label");
  gtk_box_append (GTK_BOX (column), name);
  gtk_box_append (GTK_BOX (column), state);
  gtk_box_append (GTK_BOX (row), dot);
  gtk_box_append (GTK_BOX (row), column);

  return row;
}

static void
update_lines (SbInboxPage *self)
{
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (self->engine));
  gboolean              online = sb_engine_is_online (self->engine);
  GtkWidget            *child;

  while ((child = gtk_widget_get_first_child (self->lines)) != NULL)
    gtk_box_remove (GTK_BOX (self->lines), child);
  for (guint i = 0; i < lines->len; i++)
    gtk_box_append (GTK_BOX (self->lines), line_row (self, lines->pdata[i]));
  if (!online)
    {
      g_autofree char *since = sb_time_clock (sb_engine_get_offline_since (self->engine));
      /* Translators: a time of day */
      g_autofree char *text = g_strdup_printf (_("Offline since %s. You can go on working: what you write waits here."), since);

      gtk_label_set_text (GTK_LABEL (self->offline), text);
    }
  gtk_widget_set_visible (self->offline, !online);
  update_counts (self);
  show_title (self);
}

static GtkWidget *
make_view_row (const char *title,
               gboolean    first)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *count = gtk_label_new (NULL);

  if (first)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("sb-inbox-symbolic"));
  else
    gtk_widget_set_margin_start (box, 28);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "sb-sidebar-count");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "count", count);

  return row;
}

static GtkWidget *
make_side (SbInboxPage *self)
{
  GtkWidget        *view = adw_toolbar_view_new ();
  GtkWidget        *header = adw_header_bar_new ();
  GtkWidget        *menu = gtk_menu_button_new ();
  g_autoptr (GMenu) model = g_menu_new ();
  g_autofree char  *name = sb_engine_dup_shop_name (self->engine);

  g_menu_append (model, _("Practice Shop"), "app.practice");
  g_menu_append (model, _("Connect Your Number…"), "app.connect");
  g_menu_append (model, _("Keyboard Shortcuts"), "app.shortcuts");
  g_menu_append (model, _("Help"), "app.help");
  g_menu_append (model, _("About Shopbell"), "app.about");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu), G_MENU_MODEL (model));
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (menu), TRUE);
  gtk_widget_set_tooltip_text (menu, _("Main Menu"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), menu);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (name, NULL));
  self->views = gtk_list_box_new ();
  gtk_widget_add_css_class (self->views, "navigation-sidebar");
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->views), make_view_row (_(views[i].title), i == 0));
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_set_margin_start (self->lines, 12);
  gtk_widget_set_margin_end (self->lines, 12);
  gtk_widget_set_margin_bottom (self->lines, 12);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->views);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), self->lines);

  return view;
}

/* -- the list -- */

static GtkWidget *
make_list (SbInboxPage *self)
{
  GtkWidget          *view = adw_toolbar_view_new ();
  GtkWidget          *header = adw_header_bar_new ();
  GtkWidget          *search = gtk_button_new_from_icon_name ("system-search-symbolic");
  GtkWidget          *scroller = gtk_scrolled_window_new ();
  GtkWidget          *empty = adw_status_page_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection;

  self->list = sb_thread_list_new (self->engine);
  self->list_title = adw_window_title_new (_("Inbox"), NULL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->list_title);
  gtk_widget_set_tooltip_text (search, _("Search"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (search), "app.search");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), search);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->list)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  self->list_view = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list_view), TRUE);
  gtk_widget_add_css_class (self->list_view, "sb-threads");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list_view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Conversations"), -1);
  g_signal_connect (self->list_view, "activate", G_CALLBACK (activate_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list_view);
  g_signal_connect (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), "value-changed", G_CALLBACK (near_end_cb), self);
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _("All Answered"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty), _("Nobody is waiting. New messages appear here by themselves."));
  gtk_widget_add_css_class (empty, "compact");
  self->list_stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->list_stack), scroller, "list");
  gtk_stack_add_named (GTK_STACK (self->list_stack), empty, "empty");
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->list_stack);

  return view;
}

/* -- the conversation -- */

static GtkWidget *
make_more (void)
{
  GtkWidget        *more = gtk_menu_button_new ();
  g_autoptr (GMenu) model = g_menu_new ();

  g_menu_append (model, _("Mark as Unread"), "inbox.unread");
  g_menu_append (model, _("Pin or Unpin"), "inbox.pin");
  g_menu_append (model, _("Snooze for 1 Hour"), "inbox.snooze(1)");
  g_menu_append (model, _("Snooze for 1 Day"), "inbox.snooze(24)");
  g_menu_append (model, _("Snooze until the Customer Writes"), "inbox.snooze(0)");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (more), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (more), G_MENU_MODEL (model));
  gtk_widget_set_tooltip_text (more, _("More"));

  return more;
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  SbInboxPage     *self = user_data;
  GSList          *files = g_value_get_boxed (value);
  g_autofree char *path = files != NULL ? g_file_get_path (files->data) : NULL;

  if (path == NULL || self->thread_id == 0)
    return FALSE;
  sb_composer_attach (SB_COMPOSER (self->composer), path);

  return TRUE;
}

static GtkWidget *
make_thread (SbInboxPage *self)
{
  GtkWidget     *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->timeline = sb_timeline_new (self->engine);
  self->composer = sb_composer_new (self->engine);
  gtk_box_append (GTK_BOX (column), self->timeline);
  gtk_box_append (GTK_BOX (column), self->composer);
  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (column, GTK_EVENT_CONTROLLER (drop));

  return column;
}

static GtkWidget *
make_content (SbInboxPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *none = adw_status_page_new ();

  self->title = adw_window_title_new (_("Conversation"), NULL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  self->done = gtk_button_new_from_icon_name ("object-select-symbolic");
  gtk_widget_set_tooltip_text (self->done, C_("button", "Done"));
  g_signal_connect (self->done, "clicked", G_CALLBACK (done_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->done);
  if (self->server != NULL)
    {
      GtkWidget *toggle = gtk_toggle_button_new ();

      gtk_button_set_icon_name (GTK_BUTTON (toggle), "sb-phone-line-symbolic");
      gtk_widget_set_tooltip_text (toggle, _("Customer’s Phone"));
      g_object_bind_property (self->overlay, "show-sidebar", toggle, "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
      adw_header_bar_pack_end (ADW_HEADER_BAR (header), toggle);
    }
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), make_more ());
  self->offline = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->offline), TRUE);
  gtk_widget_add_css_class (self->offline, "sb-offline-banner");
  gtk_widget_set_visible (self->offline, FALSE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  if (self->server != NULL)
    {
      GtkWidget *banner = gtk_label_new (_("Practice – nothing leaves this computer"));

      gtk_widget_add_css_class (banner, "sb-practice-banner");
      gtk_label_set_ellipsize (GTK_LABEL (banner), PANGO_ELLIPSIZE_END);
      adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), banner);
    }
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), self->offline);
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _("Choose a Conversation"));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "sb-inbox-symbolic");
  self->content_stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->content_stack), none, "none");
  gtk_stack_add_named (GTK_STACK (self->content_stack), make_thread (self), "thread");
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->content_stack);

  return view;
}

static GtkWidget *
make_phone (SbInboxPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (_("Customer’s Phone"), NULL));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), sb_phone_pane_new (self->engine, self->server));

  return view;
}

/* -- widths -- */

static void
add_breakpoint (SbInboxPage *self,
                const char  *condition,
                gboolean     outer,
                gboolean     inner)
{
  AdwBreakpoint *breakpoint = adw_breakpoint_new (adw_breakpoint_condition_parse (condition));
  GValue         yes = G_VALUE_INIT;
  GValue         no = G_VALUE_INIT;

  g_value_init (&yes, G_TYPE_BOOLEAN);
  g_value_set_boolean (&yes, TRUE);
  g_value_init (&no, G_TYPE_BOOLEAN);
  adw_breakpoint_add_setter (breakpoint, G_OBJECT (self->overlay), "collapsed", &yes);
  adw_breakpoint_add_setter (breakpoint, G_OBJECT (self->overlay), "show-sidebar", &no);
  if (outer)
    adw_breakpoint_add_setter (breakpoint, G_OBJECT (self->outer), "collapsed", &yes);
  if (inner)
    adw_breakpoint_add_setter (breakpoint, G_OBJECT (self->inner), "collapsed", &yes);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (self), breakpoint);
}

static void
sb_inbox_page_dispose (GObject *object)
{
  SbInboxPage *self = SB_INBOX_PAGE (object);

  g_clear_object (&self->list);
  g_clear_object (&self->server);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_inbox_page_parent_class)->dispose (object);
}

static void
sb_inbox_page_class_init (SbInboxPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sb_inbox_page_dispose;
  gtk_widget_class_install_action (widget_class, "inbox.snooze", "i", snooze_cb);
  gtk_widget_class_install_action (widget_class, "inbox.unread", NULL, unread_cb);
  gtk_widget_class_install_action (widget_class, "inbox.pin", NULL, pin_cb);
}

static void
sb_inbox_page_init (SbInboxPage *self)
{
}

static void
put_together (SbInboxPage *self)
{
  self->overlay = adw_overlay_split_view_new ();
  adw_overlay_split_view_set_sidebar_position (ADW_OVERLAY_SPLIT_VIEW (self->overlay), GTK_PACK_END);
  adw_overlay_split_view_set_min_sidebar_width (ADW_OVERLAY_SPLIT_VIEW (self->overlay), 300);
  adw_overlay_split_view_set_max_sidebar_width (ADW_OVERLAY_SPLIT_VIEW (self->overlay), 360);
  if (self->server != NULL)
    adw_overlay_split_view_set_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->overlay), make_phone (self));
  adw_overlay_split_view_set_show_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->overlay), self->server != NULL);

  self->inner = adw_navigation_split_view_new ();
  self->outer = adw_navigation_split_view_new ();
  adw_navigation_split_view_set_min_sidebar_width (ADW_NAVIGATION_SPLIT_VIEW (self->inner), 270);
  adw_navigation_split_view_set_max_sidebar_width (ADW_NAVIGATION_SPLIT_VIEW (self->inner), 340);
  adw_navigation_split_view_set_min_sidebar_width (ADW_NAVIGATION_SPLIT_VIEW (self->outer), 180);
  adw_navigation_split_view_set_max_sidebar_width (ADW_NAVIGATION_SPLIT_VIEW (self->outer), 220);
  adw_navigation_split_view_set_sidebar (ADW_NAVIGATION_SPLIT_VIEW (self->inner), adw_navigation_page_new (make_list (self), _("Inbox")));
  adw_overlay_split_view_set_content (ADW_OVERLAY_SPLIT_VIEW (self->overlay), make_content (self));
  adw_navigation_split_view_set_content (ADW_NAVIGATION_SPLIT_VIEW (self->inner), adw_navigation_page_new (self->overlay, _("Conversation")));
  adw_navigation_split_view_set_sidebar (ADW_NAVIGATION_SPLIT_VIEW (self->outer), adw_navigation_page_new (make_side (self), _("Shop")));
  adw_navigation_split_view_set_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), adw_navigation_page_new (self->inner, _("Inbox")));
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 290);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (self), self->outer);
  add_breakpoint (self, "max-width: 1099sp", FALSE, FALSE);
  add_breakpoint (self, "max-width: 879sp", TRUE, FALSE);
  add_breakpoint (self, "max-width: 629sp", TRUE, TRUE);
}

/* @server: (nullable): of the practice shop */
GtkWidget *
sb_inbox_page_new (SbEngine         *engine,
                   SbPracticeServer *server)
{
  SbInboxPage *self = g_object_new (SB_TYPE_INBOX_PAGE, NULL);

  self->engine = g_object_ref (engine);
  self->server = server != NULL ? g_object_ref (server) : NULL;
  put_together (self);
  sb_thread_list_set_filter (self->list, &views[0].filter);
  g_signal_connect (self->views, "row-activated", G_CALLBACK (view_cb), self);
  gtk_list_box_select_row (GTK_LIST_BOX (self->views), gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->views), 0));
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "counts-changed", G_CALLBACK (update_counts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "lines-changed", G_CALLBACK (update_lines), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (update_counts), self, G_CONNECT_SWAPPED);
  update_lines (self);

  return GTK_WIDGET (self);
}
