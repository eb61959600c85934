#include "sb-inbox-page.h"

#include <glib/gi18n.h>

#include "sb-conversation.h"
#include "sb-customer-pane.h"
#include "sb-health-page.h"
#include "sb-phone-pane.h"
#include "sb-sidebar.h"
#include "sb-thread-row.h"

/**
 * SbInboxPage:
 *
 * The desk: views and lines at the side, the list, the conversation, and at its end the customer, or in the practice shop the
 * customer's phone. Three panes, two or one, as the window narrows.
 */
struct _SbInboxPage
{
  AdwBreakpointBin parent_instance;

  SbEngine         *engine;
  SbPracticeServer *server;
  SbThreadList     *list;
  const SbView     *view;

  GtkWidget         *outer;
  GtkWidget         *inner;
  GtkWidget         *overlay;
  GtkWidget         *sidebar;
  GtkWidget         *list_title;
  GtkWidget         *list_view;
  GtkWidget         *list_stack;
  GtkWidget         *list_empty;
  GtkWidget         *conversation;
  GtkWidget         *side; /* SbPhonePane or SbCustomerPane */
  AdwNavigationPage *inbox_place;
  AdwNavigationPage *health_place;
};

G_DEFINE_FINAL_TYPE (SbInboxPage, sb_inbox_page, ADW_TYPE_BREAKPOINT_BIN)

/**
 * sb_inbox_page_open:
 * @message_id: the message to show, or 0
 * @focus: the cursor goes into the answer
 */
void
sb_inbox_page_open (SbInboxPage *self,
                    gint64       thread_id,
                    gint64       message_id,
                    gboolean     focus)
{
  int position = sb_thread_list_find (self->list, thread_id);

  sb_conversation_open (SB_CONVERSATION (self->conversation), thread_id, message_id);
  if (SB_IS_CUSTOMER_PANE (self->side))
    sb_customer_pane_open (SB_CUSTOMER_PANE (self->side), thread_id);
  else if (SB_IS_PHONE_PANE (self->side))
    sb_phone_pane_follow (SB_PHONE_PANE (self->side), thread_id);
  if (position >= 0)
    gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (self->list_view))), position);
  adw_navigation_split_view_set_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), self->inbox_place);
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), TRUE);
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->inner), TRUE);
  if (focus)
    sb_conversation_focus (SB_CONVERSATION (self->conversation));
}

void
sb_inbox_page_show_health (SbInboxPage *self)
{
  if (self->health_place == NULL)
    self->health_place = g_object_ref_sink (adw_navigation_page_new (sb_health_page_new (self->engine), _("Connection Health")));
  adw_navigation_split_view_set_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), self->health_place);
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), TRUE);
}

void
sb_inbox_page_toggle_side (SbInboxPage *self)
{
  AdwOverlaySplitView *overlay = ADW_OVERLAY_SPLIT_VIEW (self->overlay);

  adw_overlay_split_view_set_show_sidebar (overlay, !adw_overlay_split_view_get_show_sidebar (overlay));
}

/* -- the list -- */

static void
activate_cb (GtkListView *view,
             guint        position,
             gpointer     user_data)
{
  SbInboxPage             *self = user_data;
  g_autoptr (SbThreadItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (item != NULL)
    sb_inbox_page_open (self, sb_thread_item_get (item)->id, 0, FALSE);
}

static void
show_row (SbInboxPage *self,
          GtkListItem *list_item)
{
  SbThreadItem *item = gtk_list_item_get_item (list_item);
  GtkWidget    *row = gtk_list_item_get_child (list_item);

  if (item == NULL || row == NULL)
    return;
  sb_thread_row_show (SB_THREAD_ROW (row), sb_thread_item_get (item), sb_clock_now (sb_engine_get_clock (self->engine)));
  gtk_list_item_set_accessible_label (list_item, sb_thread_row_get_name (SB_THREAD_ROW (row)));
}

/* Times of day and what is left of the 24 hours go on while nothing else happens. */
static void
tick_cb (SbThreadList *list,
         gpointer      user_data)
{
  GtkListItem *list_item = user_data;
  SbInboxPage *self = g_object_get_data (G_OBJECT (list_item), "page");

  show_row (self, list_item);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GObject                  *object,
          gpointer                  user_data)
{
  SbInboxPage *self = user_data;

  gtk_list_item_set_child (GTK_LIST_ITEM (object), sb_thread_row_new ());
  g_object_set_data (object, "page", self);
  g_signal_connect_object (self->list, "tick", G_CALLBACK (tick_cb), object, 0);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GObject                  *object,
         gpointer                  user_data)
{
  show_row (user_data, GTK_LIST_ITEM (object));
}

static void
near_end_cb (GtkAdjustment *adjustment,
             gpointer       user_data)
{
  SbInboxPage *self = user_data;

  if (gtk_adjustment_get_value (adjustment) + 2 * gtk_adjustment_get_page_size (adjustment) > gtk_adjustment_get_upper (adjustment))
    sb_thread_list_load_more (self->list);
}

static void
show_head (SbInboxPage *self)
{
  gboolean         empty = g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0;
  gboolean         is_inbox = self->view != NULL && self->view->filter.not_closed;
  SbCounts         counts;
  g_autofree char *sub = NULL;

  sb_engine_get_counts (self->engine, &counts);
  if (!sb_engine_is_online (self->engine))
    sub = g_strdup_printf (ngettext ("Offline – %d message waiting", "Offline – %d messages waiting", counts.outbox_waiting), counts.outbox_waiting);
  else
    sub = g_strdup_printf (ngettext ("%d open", "%d open", counts.threads_open), counts.threads_open);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->list_title), sub);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->list_empty), is_inbox ? _("All Answered") : _("Nothing Here"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->list_empty),
                                   is_inbox ? _("Nobody is waiting. New messages appear here by themselves.") : _("A conversation that fits this view shows up here."));
  gtk_stack_set_visible_child_name (GTK_STACK (self->list_stack), empty ? "empty" : "list");
}

static void
view_cb (SbInboxPage  *self,
         const SbView *view)
{
  self->view = view;
  sb_thread_list_set_filter (self->list, &view->filter);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->list_title), _(view->title));
  adw_navigation_split_view_set_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), self->inbox_place);
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), TRUE);
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->inner), FALSE);
  show_head (self);
}

static GtkWidget *
make_list_view (SbInboxPage *self)
{
  GtkWidget          *scroller = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection;

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

  return scroller;
}

static GtkWidget *
make_list (SbInboxPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *search = gtk_button_new_from_icon_name ("system-search-symbolic");

  self->list_title = adw_window_title_new (_("Inbox"), NULL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->list_title);
  gtk_widget_set_tooltip_text (search, _("Search"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (search), "app.search");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), search);
  self->list_empty = adw_status_page_new ();
  gtk_widget_add_css_class (self->list_empty, "compact");
  self->list_stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->list_stack), make_list_view (self), "list");
  gtk_stack_add_named (GTK_STACK (self->list_stack), self->list_empty, "empty");
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->list_stack);

  return view;
}

/* -- the side of the conversation -- */

static GtkWidget *
make_side (SbInboxPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();

  self->side = self->server != NULL ? sb_phone_pane_new (self->engine, self->server) : sb_customer_pane_new (self->engine);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (self->server != NULL ? _("Customer’s Phone") : _("Customer"), NULL));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->side);

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
    {
      adw_breakpoint_add_setter (breakpoint, G_OBJECT (self->inner), "collapsed", &yes);
      adw_breakpoint_add_setter (breakpoint, G_OBJECT (sb_conversation_get_toggle (SB_CONVERSATION (self->conversation))), "visible", &no);
    }
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (self), breakpoint);
}

static void
sb_inbox_page_dispose (GObject *object)
{
  SbInboxPage *self = SB_INBOX_PAGE (object);

  g_clear_object (&self->inbox_place);
  g_clear_object (&self->health_place);
  g_clear_object (&self->list);
  g_clear_object (&self->server);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_inbox_page_parent_class)->dispose (object);
}

static void
sb_inbox_page_class_init (SbInboxPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_inbox_page_dispose;
}

static void
sb_inbox_page_init (SbInboxPage *self)
{
}

static void
set_widths (GtkWidget *split,
            double     min,
            double     max)
{
  g_object_set (split, "min-sidebar-width", min, "max-sidebar-width", max, NULL);
}

static void
put_together (SbInboxPage *self)
{
  self->overlay = adw_overlay_split_view_new ();
  self->inner = adw_navigation_split_view_new ();
  self->outer = adw_navigation_split_view_new ();
  adw_overlay_split_view_set_sidebar_position (ADW_OVERLAY_SPLIT_VIEW (self->overlay), GTK_PACK_END);
  set_widths (self->overlay, 300, 360);
  set_widths (self->inner, 270, 340);
  set_widths (self->outer, 180, 220);

  self->conversation = sb_conversation_new (self->engine);
  adw_overlay_split_view_set_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->overlay), make_side (self));
  adw_overlay_split_view_set_show_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->overlay), self->server != NULL);
  sb_conversation_set_side (SB_CONVERSATION (self->conversation), self->overlay, self->server != NULL);
  adw_overlay_split_view_set_content (ADW_OVERLAY_SPLIT_VIEW (self->overlay), self->conversation);
  adw_navigation_split_view_set_sidebar (ADW_NAVIGATION_SPLIT_VIEW (self->inner), adw_navigation_page_new (make_list (self), _("Inbox")));
  adw_navigation_split_view_set_content (ADW_NAVIGATION_SPLIT_VIEW (self->inner), adw_navigation_page_new (self->overlay, _("Conversation")));
  self->sidebar = sb_sidebar_new (self->engine);
  self->inbox_place = g_object_ref_sink (adw_navigation_page_new (self->inner, _("Inbox")));
  adw_navigation_split_view_set_sidebar (ADW_NAVIGATION_SPLIT_VIEW (self->outer), adw_navigation_page_new (self->sidebar, _("Shop")));
  adw_navigation_split_view_set_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), self->inbox_place);
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
  self->list = sb_thread_list_new (engine);
  put_together (self);
  g_signal_connect_object (self->sidebar, "view", G_CALLBACK (view_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sidebar, "health", G_CALLBACK (sb_inbox_page_show_health), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "counts-changed", G_CALLBACK (show_head), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "lines-changed", G_CALLBACK (show_head), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (show_head), self, G_CONNECT_SWAPPED);
  sb_sidebar_choose (SB_SIDEBAR (self->sidebar), 0);

  return GTK_WIDGET (self);
}
