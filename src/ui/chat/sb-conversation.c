#include "sb-conversation-private.h"

#include <glib/gi18n.h>

#include "sb-composer.h"
#include "sb-conversation-subtitle.h"
#include "sb-file-drop.h"
#include "sb-find-bar.h"
#include "sb-menu-later.h"
#include "sb-thread-row.h"
#include "sb-timeline.h"
#include "sb-triage.h"

/**
 * SbConversation:
 *
 * One customer at the desk: who it is and what may be done with the conversation above, what was said in the middle, the
 * answer below. Banners under the header tell of lasting states.
 */
/* Well after the first frame, and before a hand has gone to the mouse. */
#define MAKE_MS 400

G_DEFINE_FINAL_TYPE (SbConversation, sb_conversation, ADW_TYPE_BIN)

enum
{
  SETTLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* -- showing -- */

static void
show_title (SbConversation *self)
{
  g_autoptr (SbThread) thread = sb_conversation_load (self);
  g_autofree char     *sub = NULL;
  g_autofree char     *name = NULL;
  const char          *word;

  if (thread == NULL)
    return;
  sub = sb_conversation_subtitle (self->engine, thread, self->brief);
  name = sb_name_text (thread->name);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), name);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), sub);
  word = thread->status == SB_THREAD_CLOSED ? _("Reopen") : C_("button", "Done");
  gtk_widget_set_tooltip_text (self->done, word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->done), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
}

static void
show_link (SbConversation *self)
{
  gboolean online = sb_engine_is_online (self->engine);

  if (!online)
    {
      g_autofree char *since = sb_time_clock (sb_engine_get_offline_since (self->engine));
      /* Translators: a time of day */
      g_autofree char *text = g_strdup_printf (_("Offline since %s. You can go on working: what you write waits here."), since);

      gtk_label_set_text (GTK_LABEL (self->offline), text);
    }
  if (!online && !gtk_widget_get_visible (self->offline))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_text (GTK_LABEL (self->offline)), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  if (online && gtk_widget_get_visible (self->offline))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), _("Back online"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  gtk_widget_set_visible (self->offline, !online);
  show_title (self);
}

static void
mark_read (SbConversation *self)
{
  g_autoptr (SbThread) thread = sb_conversation_load (self);
  SbAct                order = { .kind = SB_ACT_READ, .thread_ids = &self->thread_id, .n_threads = 1 };

  if (thread != NULL && thread->unread > 0 && !sb_engine_is_read_only (self->engine))
    sb_triage_act (GTK_WIDGET (self), self->engine, &order, NULL);
}

/* Whoever is here reads; but what was put back as unread stays so until it is opened again. */
static void
look (SbConversation *self)
{
  if (!self->put_back)
    mark_read (self);
}

/* On the page that is shown, in the window that is worked in: what stands on another page is not read. */
static gboolean
is_looked_at (SbConversation *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return self->thread_id != 0 && root != NULL && gtk_window_is_active (GTK_WINDOW (root)) && gtk_widget_get_mapped (GTK_WIDGET (self));
}

static void
entered_cb (SbConversation *self)
{
  self->restored = FALSE;
  look (self);
}

static void
shown_cb (SbConversation *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->engine != NULL && root != NULL && gtk_window_is_active (GTK_WINDOW (root)))
    sb_engine_set_open_thread (self->engine, sb_conversation_look (self));
}

/* Somebody came back to the window. The conversation that is seen now, or 0: of it nothing need be told. */
gint64
sb_conversation_look (SbConversation *self)
{
  if (!is_looked_at (self))
    return 0;
  if (!self->restored)
    look (self);

  return self->thread_id;
}

/* More is unread than before, and nothing came in: somebody put it back. */
static void
watch_reading (SbConversation *self,
               gboolean        is_reading)
{
  g_autoptr (SbThread) thread = sb_conversation_load (self);
  int                  unread = thread != NULL ? thread->unread : 0;

  if (is_reading && unread > self->unread)
    self->put_back = TRUE;
  else if (unread == 0)
    self->put_back = FALSE;
  self->unread = unread;
}

/* The customer was erased while the conversation was open: it closes. */
static gboolean
is_gone (SbConversation *self)
{
  g_autoptr (SbThread) thread = sb_conversation_load (self);

  if (thread != NULL)
    return FALSE;
  self->thread_id = 0;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "none");
  gtk_widget_set_visible (self->done, FALSE);
  gtk_widget_set_visible (self->more, FALSE);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), _("Conversation"));
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), "");
  sb_engine_set_open_thread (self->engine, 0);

  return TRUE;
}

static void
event_cb (SbConversation *self,
          SbEvent        *event)
{
  if (event->thread_id != self->thread_id || self->thread_id == 0)
    return;
  if (is_gone (self))
    return;
  show_title (self);
  watch_reading (self, event->kind == SB_EVENT_THREAD_READ);
  if (event->kind == SB_EVENT_MESSAGE_IN && is_looked_at (self))
    look (self);
}

/* -- what a conversation is made of -- */

static void
files_cb (GStrv       paths,
          const char *sentence,
          gpointer    user_data)
{
  sb_conversation_attach (user_data, paths, sentence, NULL);
}

static void
words_cb (const char *words,
          gpointer    user_data)
{
  sb_conversation_attach (user_data, NULL, NULL, words);
}

static GtkWidget *
make_thread (SbConversation *self)
{
  GtkWidget          *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->timeline = sb_timeline_new (self->engine);
  self->composer = sb_composer_new (self->engine);
  gtk_box_append (GTK_BOX (column), self->timeline);
  gtk_box_append (GTK_BOX (column), self->composer);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (entered_cb), self);
  gtk_widget_add_controller (column, focus);
  sb_file_drop_add (column, files_cb, words_cb, self);

  return column;
}

/* What an open conversation needs is no business of the start. */
static void
need_thread (SbConversation *self)
{
  g_clear_handle_id (&self->make_id, g_source_remove);
  if (self->timeline != NULL)
    return;

  gtk_stack_add_named (GTK_STACK (self->stack), make_thread (self), "thread");
  sb_composer_set_brief (SB_COMPOSER (self->composer), self->brief);
  self->find = sb_find_bar_new (self->engine, SB_TIMELINE (self->timeline));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (adw_bin_get_child (ADW_BIN (self))), self->find);
  g_signal_connect_object (self->find, "closed", G_CALLBACK (sb_conversation_focus), self, G_CONNECT_SWAPPED);
}

static gboolean
make_cb (gpointer user_data)
{
  SbConversation *self = user_data;

  self->make_id = 0;
  need_thread (self);

  return G_SOURCE_REMOVE;
}

/* -- opening -- */

static void
show_thread (SbConversation *self,
             gint64          thread_id,
             gint64          message_id)
{
  need_thread (self);
  self->thread_id = thread_id;
  self->put_back = FALSE;
  watch_reading (self, FALSE);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "thread");
  sb_timeline_open (SB_TIMELINE (self->timeline), thread_id, message_id);
  sb_composer_open (SB_COMPOSER (self->composer), thread_id);
  if (is_looked_at (self))
    sb_engine_set_open_thread (self->engine, thread_id);
  gtk_widget_set_visible (self->done, TRUE);
  gtk_widget_set_visible (gtk_widget_get_parent (self->assign), TRUE);
  gtk_widget_set_visible (gtk_widget_get_parent (self->snooze), TRUE);
  gtk_widget_set_visible (self->more, TRUE);
  show_title (self);
}

/* @message_id: to be shown, or 0 for where it was left */
void
sb_conversation_open (SbConversation *self,
                      gint64          thread_id,
                      gint64          message_id)
{
  if (self->thread_id != thread_id || message_id != 0)
    {
      if (self->thread_id != thread_id && self->find != NULL)
        sb_find_bar_close (SB_FIND_BAR (self->find));
      show_thread (self, thread_id, message_id);
    }
  self->put_back = FALSE;
  self->restored = FALSE;
  mark_read (self);
}

void
sb_conversation_restore (SbConversation *self,
                         gint64          thread_id,
                         gint64          message_id,
                         double          offset)
{
  need_thread (self);
  if (message_id != 0)
    sb_timeline_set_place (SB_TIMELINE (self->timeline), thread_id, message_id, offset);
  self->restored = TRUE;
  if (self->thread_id != thread_id)
    show_thread (self, thread_id, 0);
}

/* Around a change of who sits at the desk. */
void
sb_conversation_rise (SbConversation *self)
{
  if (self->composer != NULL)
    sb_composer_rise (SB_COMPOSER (self->composer));
}

void
sb_conversation_sit (SbConversation *self)
{
  if (self->composer != NULL)
    sb_composer_sit (SB_COMPOSER (self->composer));
}

gint64
sb_conversation_get_place (SbConversation *self,
                           double         *offset)
{
  *offset = 0;

  return self->timeline != NULL ? sb_timeline_get_place (SB_TIMELINE (self->timeline), offset) : 0;
}

void
sb_conversation_focus (SbConversation *self)
{
  if (self->composer != NULL)
    sb_composer_focus (SB_COMPOSER (self->composer));
}

gint64
sb_conversation_get_thread (SbConversation *self)
{
  return self->thread_id;
}

/* The button at the end of the header shows and hides the sidebar of @overlay. */
void
sb_conversation_set_side (SbConversation *self,
                          GtkWidget      *overlay,
                          gboolean        is_phone)
{
  GtkWidget *toggle = gtk_toggle_button_new ();

  gtk_button_set_icon_name (GTK_BUTTON (toggle), is_phone ? "sb-phone-line-symbolic" : "sidebar-show-right-symbolic");
  gtk_widget_set_tooltip_text (toggle, is_phone ? _("Customer and Phone") : _("Customer"));
  g_object_bind_property (overlay, "show-sidebar", toggle, "active", G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  adw_header_bar_pack_end (ADW_HEADER_BAR (self->header), toggle);
  adw_header_bar_pack_end (ADW_HEADER_BAR (self->header), self->more);
  adw_header_bar_pack_end (ADW_HEADER_BAR (self->header), gtk_widget_get_parent (self->snooze));
  gtk_widget_set_visible (self->practice, is_phone);
  self->toggle = toggle;
}

static void
set_brief (SbConversation *self,
           gboolean        brief)
{
  self->brief = brief;
  show_title (self);
  if (self->composer != NULL)
    sb_composer_set_brief (SB_COMPOSER (self->composer), brief);
}

static void
narrow_cb (SbConversation *self)
{
  set_brief (self, TRUE);
}

static void
wide_cb (SbConversation *self)
{
  set_brief (self, FALSE);
}

void
sb_conversation_brief (SbConversation *self,
                       AdwBreakpoint  *breakpoint)
{
  g_signal_connect_object (breakpoint, "apply", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (breakpoint, "unapply", G_CALLBACK (wide_cb), self, G_CONNECT_SWAPPED);
}

void
sb_conversation_narrow (SbConversation *self,
                        AdwBreakpoint  *breakpoint)
{
  GtkWidget *gone[] = { self->assign, self->snooze, self->toggle };
  GValue     no = G_VALUE_INIT;
  GValue     yes = G_VALUE_INIT;

  g_value_init (&no, G_TYPE_BOOLEAN);
  for (gsize i = 0; i < G_N_ELEMENTS (gone); i++)
    adw_breakpoint_add_setter (breakpoint, G_OBJECT (gone[i]), "visible", &no);
  g_value_init (&yes, G_TYPE_BOOLEAN);
  g_value_set_boolean (&yes, TRUE);
  adw_breakpoint_add_setter (breakpoint, G_OBJECT (self->header), "show-back-button", &yes);
}

/* -- the whole -- */

static GtkWidget *
make_more (void)
{
  GtkWidget        *more = gtk_menu_button_new ();
  g_autoptr (GMenu) model = g_menu_new ();

  g_menu_append (model, _("Show or Hide the Customer"), "app.customer");
  g_menu_append (model, _("Snooze…"), "thread.snooze");
  g_menu_append (model, _("Assign…"), "thread.assign");
  g_menu_append (model, _("Tag…"), "thread.tag");
  g_menu_append (model, C_("menu", "Macros…"), "inbox.macros");
  g_menu_append (model, _("Mark as Unread"), "thread.unread");
  g_menu_append (model, _("Pending or Open"), "thread.pending");
  g_menu_append (model, _("Pin or Unpin"), "thread.pin");
  g_menu_append (model, _("Find in Conversation…"), "thread.find");
  g_menu_append (model, _("Print…"), "thread.print");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (more), "view-more-symbolic");
  sb_menu_later (GTK_MENU_BUTTON (more), G_MENU_MODEL (model));
  gtk_widget_set_tooltip_text (more, _("More"));

  return more;
}

/* Files or words from elsewhere, for the customer whose conversation is open. */
void
sb_conversation_attach (SbConversation *self,
                        GStrv           paths,
                        const char     *sentence,
                        const char     *words)
{
  need_thread (self);
  if (paths != NULL)
    sb_composer_add_files (SB_COMPOSER (self->composer), paths, sentence);
  if (words != NULL)
    sb_composer_add_words (SB_COMPOSER (self->composer), words);
}

static void
sb_conversation_dispose (GObject *object)
{
  SbConversation *self = SB_CONVERSATION (object);

  g_clear_handle_id (&self->make_id, g_source_remove);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_conversation_parent_class)->dispose (object);
}

static void
sb_conversation_class_init (SbConversationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_conversation_dispose;

  /* It was done with the open conversation: the next may come. */
  signals[SETTLED] = g_signal_new ("settled", SB_TYPE_CONVERSATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  sb_conversation_acts_install (GTK_WIDGET_CLASS (klass));
}

/* Wherever the cursor is in the window. */
static void
sb_conversation_init (SbConversation *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>f"), gtk_named_action_new ("thread.find")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_after (self, "map", G_CALLBACK (shown_cb), NULL);
  g_signal_connect_after (self, "unmap", G_CALLBACK (shown_cb), NULL);
}

static GtkWidget *
make_banner (const char *text,
             const char *class)
{
  GtkWidget *banner = gtk_label_new (text);

  gtk_widget_add_css_class (banner, class);
  gtk_label_set_wrap (GTK_LABEL (banner), TRUE);
  gtk_label_set_justify (GTK_LABEL (banner), GTK_JUSTIFY_CENTER);
  gtk_widget_set_visible (banner, FALSE);

  return banner;
}

static GtkWidget *
make_none (SbConversation *self)
{
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (self->engine));
  GtkWidget            *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "sb-inbox-symbolic");
  if (lines->len == 0)
    {
      GtkWidget *button = gtk_button_new_with_label (_("Connect Your Number…"));

      gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
      gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), GTK_JUSTIFY_CENTER);
      adw_status_page_set_title (ADW_STATUS_PAGE (page), _("No Number Yet"));
      adw_status_page_set_description (ADW_STATUS_PAGE (page), _("Connect your shop’s number, or try everything in the practice shop."));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.connect");
      gtk_widget_add_css_class (button, "pill");
      gtk_widget_add_css_class (button, "suggested-action");
      gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
      adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
    }
  else
    {
      adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Choose a Conversation"));
      adw_status_page_set_description (ADW_STATUS_PAGE (page), _("J and K walk through the list."));
    }

  return page;
}

/* In a box of its own: the box is hidden while nothing is open, the button where there is no room. */
static GtkWidget *
header_button_new (const char *icon,
                   const char *name,
                   const char *action)
{
  GtkWidget *box = adw_bin_new ();
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, name);
  adw_bin_set_child (ADW_BIN (box), button);
  gtk_widget_set_visible (box, FALSE);

  return button;
}

GtkWidget *
sb_conversation_new (SbEngine *engine)
{
  SbConversation *self = g_object_new (SB_TYPE_CONVERSATION, NULL);
  GtkWidget      *view = adw_toolbar_view_new ();

  self->engine = g_object_ref (engine);
  self->header = adw_header_bar_new ();
  /* Beside the list, the way back is the list's. */
  adw_header_bar_set_show_back_button (ADW_HEADER_BAR (self->header), FALSE);
  self->title = adw_window_title_new (_("Conversation"), NULL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (self->header), self->title);
  self->done = gtk_button_new_from_icon_name ("object-select-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->done), "thread.done");
  gtk_widget_set_tooltip_text (self->done, C_("button", "Done"));
  adw_header_bar_pack_start (ADW_HEADER_BAR (self->header), self->done);
  gtk_widget_set_visible (self->done, FALSE);
  self->assign = header_button_new ("sb-contacts-symbolic", _("Assign"), "thread.assign");
  self->snooze = header_button_new ("alarm-symbolic", _("Snooze"), "thread.snooze");
  adw_header_bar_pack_start (ADW_HEADER_BAR (self->header), gtk_widget_get_parent (self->assign));
  self->more = make_more ();
  gtk_widget_set_visible (self->more, FALSE);
  self->practice = make_banner (_("Practice – nothing leaves this computer"), "sb-practice-banner");
  self->offline = make_banner (NULL, "sb-offline-banner");
  /* What is not shown is not measured either. */
  self->stack = g_object_new (GTK_TYPE_STACK, "hhomogeneous", FALSE, "vhomogeneous", FALSE, NULL);
  gtk_stack_add_named (GTK_STACK (self->stack), make_none (self), "none");
  self->make_id = g_timeout_add (MAKE_MS, make_cb, self);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), self->header);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), self->practice);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), self->offline);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->stack);
  adw_bin_set_child (ADW_BIN (self), view);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "lines-changed", G_CALLBACK (show_link), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sb_engine_get_clock (engine), "jumped", G_CALLBACK (show_title), self, G_CONNECT_SWAPPED);
  show_link (self);

  return GTK_WIDGET (self);
}
