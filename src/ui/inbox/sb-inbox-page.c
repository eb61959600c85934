#include <glib/gi18n.h>

#include "sb-commands.h"
#include "sb-contacts-place.h"
#include "sb-conversation.h"
#include "sb-customer-pane.h"
#include "sb-health-page.h"
#include "sb-inbox-private.h"
#include "sb-pane-handle.h"
#include "sb-people-page.h"
#include "sb-phone-pane.h"
#include "sb-reader-merged.h"
#include "sb-tell.h"

/**
 * SbInboxPage:
 *
 * The desk: views and lines at the side, the list, the conversation, and at its end the customer, or in the practice shop the
 * customer's phone. Three panes, two or one, as the window narrows.
 */
G_DEFINE_FINAL_TYPE (SbInboxPage, sb_inbox_page, ADW_TYPE_BREAKPOINT_BIN)

/* The side shows the customer of this conversation. */
void
sb_inbox_page_follow (SbInboxPage *self,
                      gint64       thread_id)
{
  sb_customer_pane_open (SB_CUSTOMER_PANE (self->customer), thread_id);
  if (self->phone != NULL)
    sb_phone_pane_follow (SB_PHONE_PANE (self->phone), thread_id);
}

/* The list and its conversation, instead of another place. */
void
sb_inbox_page_show_inbox (SbInboxPage *self)
{
  adw_navigation_split_view_set_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), self->inbox_place);
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), TRUE);
  sb_sidebar_mark_place (SB_SIDEBAR (self->sidebar), NULL);
}

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
  g_autoptr (SbThread) thread = NULL;

  /* A notification or a hit may be older than the shop is now. */
  thread_id = sb_reader_find_joined_thread (sb_engine_get_reader (self->engine), thread_id);
  thread = sb_reader_get_thread (sb_engine_get_reader (self->engine), thread_id);
  if (thread == NULL)
    {
      sb_tell (GTK_WIDGET (self), _("This customer is not in the shop any more."));
      return;
    }
  sb_conversation_open (SB_CONVERSATION (self->conversation), thread_id, message_id);
  sb_inbox_page_follow (self, thread_id);
  /* A new row may still be on its way, or wait above: the keys act upon what is shown. */
  if (!sb_thread_view_set_cursor (self->threads, thread_id, FALSE))
    sb_thread_view_return_to (self->threads, thread_id);
  sb_inbox_page_show_inbox (self);
  sb_inbox_profile_moved (self);
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->inner), TRUE);
  if (focus)
    sb_conversation_focus (SB_CONVERSATION (self->conversation));
}

/* The conversation that somebody sees, or 0. */
gint64
sb_inbox_page_look (SbInboxPage *self)
{
  return sb_conversation_look (SB_CONVERSATION (self->conversation));
}

void
sb_inbox_page_show_health (SbInboxPage *self)
{
  if (self->health_place == NULL)
    self->health_place = g_object_ref_sink (adw_navigation_page_new (sb_health_page_new (self->engine), _("Connection Health")));
  adw_navigation_split_view_set_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), self->health_place);
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), TRUE);
  sb_sidebar_mark_place (SB_SIDEBAR (self->sidebar), "health");
}

GtkWidget *
sb_inbox_page_show_place (SbInboxPage *self,
                          const char  *name)
{
  g_return_val_if_fail (g_str_equal (name, "contacts"), NULL);

  if (self->contacts_place == NULL)
    self->contacts_place = g_object_ref_sink (adw_navigation_page_new (sb_contacts_place_new (self->engine), _("Contacts")));
  adw_navigation_split_view_set_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), self->contacts_place);
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), TRUE);
  sb_sidebar_mark_place (SB_SIDEBAR (self->sidebar), name);

  return adw_navigation_page_get_child (self->contacts_place);
}

/* The card of a customer: opened from the conversation. */
static void
contact_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  GtkWidget *place = sb_inbox_page_show_place (SB_INBOX_PAGE (widget), "contacts");
  GtkWidget *people = sb_contacts_place_show (SB_CONTACTS_PLACE (place), "people");

  sb_people_page_open (SB_PEOPLE_PAGE (people), g_variant_get_int64 (parameter));
}

static void
place_cb (SbInboxPage *self,
          const char  *name)
{
  sb_inbox_page_show_place (self, name);
}

void
sb_inbox_page_keep_place (SbInboxPage *self)
{
  sb_inbox_profile_keep (self);
}

void
sb_inbox_page_toggle_side (SbInboxPage *self)
{
  AdwOverlaySplitView *overlay = ADW_OVERLAY_SPLIT_VIEW (self->overlay);

  adw_overlay_split_view_set_show_sidebar (overlay, !adw_overlay_split_view_get_show_sidebar (overlay));
}

/* Two customers became one: whoever has the conversation open that went sees the one it went into. */
static void
event_cb (SbInboxPage   *self,
          const SbEvent *event)
{
  gint64 open = sb_conversation_get_thread (SB_CONVERSATION (self->conversation));
  gint64 now;

  if (event->kind != SB_EVENT_CONTACT_MERGED || open == 0)
    return;
  now = sb_reader_find_joined_thread (sb_engine_get_reader (self->engine), open);
  if (now == open)
    return;
  sb_conversation_restore (SB_CONVERSATION (self->conversation), now, 0, 0);
  sb_inbox_page_follow (self, now);
  sb_thread_view_set_cursor (self->threads, now, FALSE);
}

/* -- the list -- */

static void
open_cb (SbInboxPage *self,
         gint64       thread_id)
{
  sb_inbox_page_open (self, thread_id, 0, FALSE);
}

/* A view that was chosen; one that only changed stays where it is. */
static void
view_cb (SbInboxPage  *self,
         const SbView *view)
{
  sb_thread_pane_set_view (SB_THREAD_PANE (self->pane), view);
  sb_inbox_page_show_inbox (self);
  sb_inbox_profile_moved (self);
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->inner), FALSE);
}

/* -- the side of the conversation -- */

/* What the shop knows of the customer; in the practice shop, before it, the phone in the customer's hand. */
static GtkWidget *
make_switcher (SbInboxPage *self)
{
  AdwViewStack *stack = ADW_VIEW_STACK (adw_view_stack_new ());
  GtkWidget    *switcher = adw_inline_view_switcher_new ();

  self->phone = sb_phone_pane_new (self->engine, self->server);
  adw_view_stack_add_titled (stack, self->phone, "phone", C_("side", "Phone"));
  adw_view_stack_add_titled (stack, self->customer, "customer", C_("side", "Customer"));
  adw_inline_view_switcher_set_stack (ADW_INLINE_VIEW_SWITCHER (switcher), stack);
  gtk_widget_add_css_class (switcher, "round");
  gtk_widget_set_valign (switcher, GTK_ALIGN_CENTER);

  return switcher;
}

static GtkWidget *
make_side (SbInboxPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *title;

  self->customer = sb_customer_pane_new (self->engine);
  title = self->server != NULL ? make_switcher (self) : adw_window_title_new (_("Customer"), NULL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), title);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->server != NULL ? GTK_WIDGET (adw_inline_view_switcher_get_stack (ADW_INLINE_VIEW_SWITCHER (title))) : self->customer);

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
  GValue         pixels = G_VALUE_INIT;

  g_value_init (&yes, G_TYPE_BOOLEAN);
  g_value_set_boolean (&yes, TRUE);
  g_value_init (&no, G_TYPE_BOOLEAN);
  adw_breakpoint_add_setter (breakpoint, G_OBJECT (self->overlay), "collapsed", &yes);
  adw_breakpoint_add_setter (breakpoint, G_OBJECT (self->overlay), "show-sidebar", &no);
  if (outer)
    {
      adw_breakpoint_add_setter (breakpoint, G_OBJECT (self->outer), "collapsed", &yes);
      sb_conversation_brief (SB_CONVERSATION (self->conversation), breakpoint);
    }
  if (inner)
    {
      adw_breakpoint_add_setter (breakpoint, G_OBJECT (self->inner), "collapsed", &yes);
      /* Large texts do not make the side wider than the window. */
      g_value_init (&pixels, ADW_TYPE_LENGTH_UNIT);
      g_value_set_enum (&pixels, ADW_LENGTH_UNIT_PX);
      adw_breakpoint_add_setter (breakpoint, G_OBJECT (self->overlay), "sidebar-width-unit", &pixels);
      sb_conversation_narrow (SB_CONVERSATION (self->conversation), breakpoint);
    }
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (self), breakpoint);
}

static void
sb_inbox_page_dispose (GObject *object)
{
  SbInboxPage *self = SB_INBOX_PAGE (object);

  g_clear_handle_id (&self->keep_id, g_source_remove);
  g_clear_handle_id (&self->begin_id, g_source_remove);
  g_clear_handle_id (&self->undone_id, g_source_remove);
  g_clear_object (&self->desk);
  g_clear_object (&self->inbox_place);
  g_clear_object (&self->health_place);
  g_clear_object (&self->contacts_place);
  g_clear_object (&self->server);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_inbox_page_parent_class)->dispose (object);
}

static void
sb_inbox_page_class_init (SbInboxPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_inbox_page_dispose;
  sb_inbox_actions_install (GTK_WIDGET_CLASS (klass));
  sb_inbox_panes_install (GTK_WIDGET_CLASS (klass));
  sb_inbox_profile_install (GTK_WIDGET_CLASS (klass));
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "place.contact", "x", contact_cb);
}

static void
sb_inbox_page_init (SbInboxPage *self)
{
}

static void
put_together (SbInboxPage *self)
{
  self->overlay = adw_overlay_split_view_new ();
  self->inner = adw_navigation_split_view_new ();
  self->outer = adw_navigation_split_view_new ();
  adw_overlay_split_view_set_sidebar_position (ADW_OVERLAY_SPLIT_VIEW (self->overlay), GTK_PACK_END);

  self->conversation = sb_conversation_new (self->engine);
  adw_overlay_split_view_set_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->overlay), sb_pane_handle_wrap (make_side (self), self->overlay, TRUE, "side-width", 300, 360));
  adw_overlay_split_view_set_show_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->overlay), self->server != NULL);
  sb_conversation_set_side (SB_CONVERSATION (self->conversation), self->overlay, self->server != NULL);
  adw_overlay_split_view_set_content (ADW_OVERLAY_SPLIT_VIEW (self->overlay), sb_pane_handle_wrap (self->conversation, self->inner, FALSE, "list-width", 290, 340));
  adw_navigation_split_view_set_sidebar (ADW_NAVIGATION_SPLIT_VIEW (self->inner), adw_navigation_page_new (sb_pane_handle_wrap (self->pane, self->outer, FALSE, "places-width", 180, 220), _("Inbox")));
  adw_navigation_split_view_set_content (ADW_NAVIGATION_SPLIT_VIEW (self->inner), adw_navigation_page_new (self->overlay, _("Conversation")));
  self->sidebar = sb_sidebar_new (self->engine);
  self->inbox_place = g_object_ref_sink (adw_navigation_page_new (self->inner, _("Inbox")));
  adw_navigation_split_view_set_sidebar (ADW_NAVIGATION_SPLIT_VIEW (self->outer), adw_navigation_page_new (self->sidebar, _("Shop")));
  adw_navigation_split_view_set_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), self->inbox_place);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 290);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (self), self->outer);
  add_breakpoint (self, "max-width: 1139sp", FALSE, FALSE);
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
  self->pane = sb_thread_pane_new (engine);
  self->threads = sb_thread_pane_get_threads (SB_THREAD_PANE (self->pane));
  put_together (self);
  g_signal_connect_object (self->sidebar, "view", G_CALLBACK (view_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sidebar, "health", G_CALLBACK (sb_inbox_page_show_health), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sidebar, "place", G_CALLBACK (place_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->threads, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  sb_inbox_actions_add (self);
  sb_inbox_profile_add (self);
  sb_inbox_profile_restore (self);
  g_signal_connect_after (self, "map", G_CALLBACK (sb_inbox_panes_begin), NULL);

  return GTK_WIDGET (self);
}
