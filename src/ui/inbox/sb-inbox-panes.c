/* Going from pane to pane and from place to place by keys. */
#include "sb-conversation.h"
#include "sb-inbox-private.h"
#include "sb-thread-place.h"

/* How long a list takes to be laid out, about. */
#define LAYOUT_MS 8
/* So long rows may still come before anybody has done anything; while the pointer is on the list none come at all. */
#define BEGINNING_US (20 * G_USEC_PER_SEC)

/* Panes in the order in which one reads. */
typedef enum
{
  PLACES,
  LIST,
  CONVERSATION,
  SIDE,
  OTHER_PLACE, /* what is shown instead of the last three */
  N_PANES
} Pane;

static AdwNavigationSplitView *
outer_of (SbInboxPage *self)
{
  return ADW_NAVIGATION_SPLIT_VIEW (self->outer);
}

static gboolean
is_inbox (SbInboxPage *self)
{
  return adw_navigation_split_view_get_content (outer_of (self)) == self->inbox_place;
}

static GtkWidget *
widget_of (SbInboxPage *self,
           Pane         pane)
{
  switch (pane)
    {
    case PLACES:
      return self->sidebar;
    case LIST:
      return self->pane;
    case CONVERSATION:
      return self->conversation;
    case SIDE:
      return adw_overlay_split_view_get_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->overlay));
    case OTHER_PLACE:
      return GTK_WIDGET (adw_navigation_split_view_get_content (outer_of (self)));
    case N_PANES:
    default:
      return NULL;
    }
}

/* Whether there is anything to go to. */
static gboolean
is_there (SbInboxPage *self,
          Pane         pane)
{
  switch (pane)
    {
    case PLACES:
      return TRUE;
    case LIST:
      return is_inbox (self);
    case CONVERSATION:
      return is_inbox (self) && sb_conversation_get_thread (SB_CONVERSATION (self->conversation)) != 0;
    case SIDE:
      return is_inbox (self) && adw_overlay_split_view_get_show_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->overlay));
    case OTHER_PLACE:
      return !is_inbox (self);
    case N_PANES:
    default:
      return FALSE;
    }
}

static Pane
pane_of_focus (SbInboxPage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  for (Pane pane = PLACES; focus != NULL && pane < N_PANES; pane++)
    if (is_there (self, pane) && (focus == widget_of (self, pane) || gtk_widget_is_ancestor (focus, widget_of (self, pane))))
      return pane;

  return N_PANES;
}

/* The page the pane is on comes into sight, where there is room for one only. */
static void
bring (SbInboxPage *self,
       Pane         pane)
{
  adw_navigation_split_view_set_show_content (outer_of (self), pane != PLACES);
  if (pane == LIST || pane == CONVERSATION || pane == SIDE)
    adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->inner), pane != LIST);
}

static void
go_to (SbInboxPage *self,
       Pane         pane)
{
  bring (self, pane);
  switch (pane)
    {
    case PLACES:
      sb_sidebar_focus (SB_SIDEBAR (self->sidebar));
      break;
    case LIST:
      if (sb_thread_view_get_n_rows (self->threads) > 0)
        sb_thread_view_focus (self->threads);
      else
        gtk_widget_child_focus (self->pane, GTK_DIR_TAB_FORWARD);
      break;
    case CONVERSATION:
      sb_conversation_focus (SB_CONVERSATION (self->conversation));
      break;
    case SIDE:
    case OTHER_PLACE:
      gtk_widget_child_focus (widget_of (self, pane), GTK_DIR_TAB_FORWARD);
      break;
    case N_PANES:
    default:
      break;
    }
}

/* From nowhere, forward begins with the list. */
static void
walk (SbInboxPage *self,
      int          by)
{
  Pane from = pane_of_focus (self);
  int  pane = from != N_PANES ? (int) from : by > 0 ? PLACES
                                                    : LIST;

  for (int i = 0; i < N_PANES; i++)
    {
      pane = (pane + by + N_PANES) % N_PANES;
      if (is_there (self, pane))
        break;
    }
  go_to (self, pane);
}

static void
next_pane_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  walk (SB_INBOX_PAGE (widget), 1);
}

static void
previous_pane_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  walk (SB_INBOX_PAGE (widget), -1);
}

/* -- places -- */

/* Each place keeps its number, whichever of them are there. */
static const char *const places[] = { "sidebar", "inbox", "contacts", "campaigns", "templates", "flows", "automation", "assistant", "insights" };

static void
place_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  SbInboxPage *self = SB_INBOX_PAGE (widget);
  guint        place = (guint) g_variant_get_int32 (parameter);

  if (place >= G_N_ELEMENTS (places))
    return;
  if (place == 0)
    go_to (self, PLACES);
  else if (place == 1)
    {
      sb_inbox_page_show_inbox (self);
      go_to (self, LIST);
    }
  else if (sb_sidebar_has_place (SB_SIDEBAR (self->sidebar), places[place]))
    {
      sb_inbox_page_show_place (self, places[place]);
      go_to (self, OTHER_PLACE);
    }
}

void
sb_inbox_panes_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "inbox.next-pane", NULL, next_pane_cb);
  gtk_widget_class_install_action (widget_class, "inbox.previous-pane", NULL, previous_pane_cb);
  gtk_widget_class_install_action (widget_class, "inbox.place", "i", place_cb);
}

/* Nobody has gone anywhere yet: the focus is where the window put it, or was lost with a row that went. */
static gboolean
is_untouched (SbInboxPage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (focus == NULL || !gtk_widget_get_mapped (focus) || gtk_widget_is_ancestor (focus, self->pane))
    return TRUE;

  return !self->has_begun && !GTK_IS_TEXT_VIEW (focus) && !GTK_IS_EDITABLE (focus);
}

/* The first row, also when others come in above it; unless the desk was left at a conversation, or somebody has walked. */
static void
take_first (SbInboxPage *self)
{
  gint64 cursor = sb_thread_view_get_cursor (self->threads);

  if (sb_conversation_get_thread (SB_CONVERSATION (self->conversation)) == 0 && (cursor == 0 || cursor == self->begin_cursor))
    {
      self->begin_cursor = sb_thread_view_get_beside (self->threads, 0, 0);
      sb_thread_view_set_cursor (self->threads, self->begin_cursor, TRUE);
    }
  else
    sb_thread_place_focus (self->threads);
}

static void look_again_cb (SbInboxPage *self);

static gboolean
begin_cb (gpointer user_data)
{
  SbInboxPage *self = user_data;

  self->begin_id = 0;
  if (g_get_monotonic_time () > self->begin_until)
    {
      g_signal_handlers_disconnect_by_func (self->threads, look_again_cb, self);
      return G_SOURCE_REMOVE;
    }
  /* Also when the list has it: the row that had it may have gone and come again. */
  if (is_inbox (self) && sb_thread_view_get_n_rows (self->threads) > 0 && is_untouched (self))
    {
      if (!sb_thread_place_is_pending (self->threads))
        take_first (self);
      /* Rows take the focus only when they have been laid out. */
      if (!sb_thread_view_has_focus (self->threads))
        self->begin_id = g_timeout_add (LAYOUT_MS, begin_cb, self);
    }
  self->has_begun = self->has_begun || sb_thread_view_has_focus (self->threads);

  return G_SOURCE_REMOVE;
}

static void
look_again_cb (SbInboxPage *self)
{
  if (self->begin_id == 0)
    self->begin_id = g_idle_add (begin_cb, self);
}

/*
 * Somebody sat down: the keys walk the list as soon as there is one, after the window has found a focus of its own, and also
 * when rows still come and go in the first moments.
 */
void
sb_inbox_panes_begin (SbInboxPage *self)
{
  self->has_begun = FALSE;
  self->begin_cursor = 0;
  self->begin_until = g_get_monotonic_time () + BEGINNING_US;
  g_signal_handlers_disconnect_by_func (self->threads, look_again_cb, self);
  g_signal_connect_object (self->threads, "changed", G_CALLBACK (look_again_cb), self, G_CONNECT_SWAPPED);
  look_again_cb (self);
}
