#include "sb-message-row.h"

#include <glib/gi18n.h>

#include "sb-bubble.h"
#include "sb-bubble-cards.h"
#include "sb-message-acts.h"
#include "sb-thread-row.h"

/**
 * SbMessageRow:
 *
 * One message in the timeline: its bubble at its side, reactions over the lower edge, below it the status in words and the
 * card of a message that did not surely go out. The row stays the same widget for as long as its message is on show; what is
 * in it is made anew when the message changes.
 */
struct _SbMessageRow
{
  GtkWidget parent_instance;

  SbEngine  *engine;
  SbMessage *message;
  char      *print; /* what it looks like: another print means another content */
  GtkWidget *bubble;
  GtkWidget *reactions;
  GtkWidget *below; /* status word or card */
  GtkWidget *menu;
  int        widest; /* of a bubble around a picture; 0: no picture */
};

G_DEFINE_FINAL_TYPE (SbMessageRow, sb_message_row, GTK_TYPE_WIDGET)

#define WIDEST      504
#define PILL_OVER   9
#define GAP         2
#define GROUPED_GAP 3
#define GROUP_GAP   12

/* -- layout -- */

static int
bubble_width (SbMessageRow *self,
              int           width)
{
  int limit = self->widest > 0 ? self->widest : WIDEST;
  int natural, minimum;

  /* In a narrow window three quarters are too little for the words. */
  limit = MIN (limit, MAX (width * 3 / 4, MIN (width - 48, 300)));
  gtk_widget_measure (self->bubble, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);

  return MIN (MAX (MIN (natural, limit), minimum), width);
}

static int
below_width (SbMessageRow *self,
             int           width)
{
  int natural, minimum;

  gtk_widget_measure (self->below, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);

  return MIN (MAX (MIN (natural, 660), minimum), width);
}

static int
height_at (GtkWidget *widget,
           int        width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);

  return height;
}

static int
pill_rise (SbMessageRow *self)
{
  return self->reactions != NULL ? height_at (self->reactions, -1) - PILL_OVER : 0;
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  SbMessageRow *self = SB_MESSAGE_ROW (widget);

  *minimum = *natural = 0;
  if (self->bubble == NULL)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->bubble, orientation, -1, minimum, natural, NULL, NULL);
      return;
    }

  for_size = for_size > 0 ? for_size : WIDEST;
  *natural = height_at (self->bubble, bubble_width (self, for_size)) + pill_rise (self);
  if (self->below != NULL)
    *natural += GAP + height_at (self->below, below_width (self, for_size));
  *minimum = *natural;
}

static gboolean
is_centred (SbMessageRow *self)
{
  return self->message->direction == SB_DIRECTION_SYSTEM || self->message->kind == SB_MESSAGE_SYSTEM;
}

/* The customer's side is where lines start, ours where they end. */
static int
side_x (SbMessageRow *self,
        int           width,
        int           child)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (is_centred (self))
    return (width - child) / 2;

  return (self->message->direction == SB_DIRECTION_IN) != rtl ? 0 : width - child;
}

static void
size_allocate (GtkWidget *widget,
               int        width,
               int        height,
               int        baseline)
{
  SbMessageRow *self = SB_MESSAGE_ROW (widget);
  int           bubble, y;

  if (self->bubble == NULL)
    return;

  bubble = bubble_width (self, width);
  y = height_at (self->bubble, bubble);
  gtk_widget_size_allocate (self->bubble, &(GtkAllocation) { side_x (self, width, bubble), 0, bubble, y }, -1);
  if (self->reactions != NULL)
    {
      int pill, pill_height = height_at (self->reactions, -1);
      int x = side_x (self, width, bubble);

      gtk_widget_measure (self->reactions, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &pill, NULL, NULL);
      x += side_x (self, width, 1) == 0 ? 12 : bubble - pill - 12;
      gtk_widget_size_allocate (self->reactions, &(GtkAllocation) { MAX (0, x), y - PILL_OVER, pill, pill_height }, -1);
      y += pill_rise (self);
    }
  if (self->below != NULL)
    {
      int below = below_width (self, width);

      gtk_widget_size_allocate (self->below, &(GtkAllocation) { side_x (self, width, below), y + GAP, below, height_at (self->below, below) }, -1);
    }
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

/* -- what is in it -- */

/* "Sent 14:29 · Delivered 14:29 · Read 14:31" */
static char *
times_text (const SbMessage *message)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; message->facts != NULL && i < message->facts->len; i++)
    {
      const SbStatusFact *fact = &g_array_index (message->facts, SbStatusFact, i);
      g_autofree char    *time = sb_time_clock (fact->at);

      g_string_append_printf (text, "%s%s %s", text->len > 0 ? " · " : "", sb_status_words (fact->status), time);
    }
  if (text->len == 0 && message->status != SB_STATUS_NONE)
    g_string_append (text, sb_status_words (message->status));

  return g_string_free (text, FALSE);
}

/* The same reaction of both sides is one sign with a number. */
static char *
reactions_text (const SbMessage *message)
{
  const SbReaction *first = message->reactions != NULL && message->reactions->len > 0 ? message->reactions->pdata[0] : NULL;
  const SbReaction *second = first != NULL && message->reactions->len > 1 ? message->reactions->pdata[1] : NULL;

  if (first == NULL)
    return NULL;
  if (second == NULL)
    return g_strdup (first->emoji);
  if (g_strcmp0 (first->emoji, second->emoji) == 0)
    return g_strconcat (first->emoji, " 2", NULL);

  return g_strconcat (first->emoji, second->emoji, NULL);
}

/* For the screen reader: who, when, how far it got, the words. */
static char *
spoken (const SbMessage *message)
{
  g_autofree char *preview = message->kind == SB_MESSAGE_UNSUPPORTED ? sb_bubble_dup_words (message) : sb_message_preview (message);
  g_autofree char *time = sb_time_clock (message->sent_at);
  g_autofree char *status = NULL;

  if (message->direction == SB_DIRECTION_NOTE)
    /* Translators: for the screen reader: time, words of a note */
    return g_strdup_printf (_("Note %s: %s"), time, preview);
  if (message->direction == SB_DIRECTION_IN)
    /* Translators: for the screen reader: time, words of the customer */
    return g_strdup_printf (_("Customer %s: %s"), time, preview);
  if (message->direction == SB_DIRECTION_SYSTEM)
    return g_steal_pointer (&preview);

  status = g_utf8_strdown (sb_status_words (message->status), -1);

  /* Translators: for the screen reader: time, status such as "read", words of the shop */
  return g_strdup_printf (_("You %s, %s: %s"), time, status, preview);
}

static GtkWidget *
status_word (const SbMessage *message)
{
  gboolean         timed = message->facts != NULL && message->facts->len > 0 && message->status >= SB_STATUS_SENT && message->status <= SB_STATUS_READ;
  g_autofree char *time = timed ? sb_time_clock (g_array_index (message->facts, SbStatusFact, message->facts->len - 1).at) : NULL;
  g_autofree char *text = time != NULL ? g_strdup_printf ("%s %s", sb_status_words (message->status), time) : g_strdup (sb_status_words (message->status));
  GtkWidget       *word = sb_plain_label_new (text, "sb-status-word");

  gtk_widget_set_margin_end (word, 4);

  return word;
}

static GtkWidget *
make_below (SbMessageRow     *self,
            const SbRowPlace *place)
{
  if (self->message->status == SB_STATUS_UNKNOWN)
    return sb_evidence_card_new (self->engine, self->message);
  if (self->message->status == SB_STATUS_FAILED)
    return sb_failure_card_new (self->engine, self->message);
  if (self->message->direction == SB_DIRECTION_OUT && place->newest_own)
    return status_word (self->message);

  return NULL;
}

static void
drop_content (SbMessageRow *self)
{
  g_clear_pointer (&self->bubble, gtk_widget_unparent);
  g_clear_pointer (&self->reactions, gtk_widget_unparent);
  g_clear_pointer (&self->below, gtk_widget_unparent);
}

static void
build (SbMessageRow     *self,
       const SbRowPlace *place)
{
  g_autofree char *name = spoken (self->message);
  g_autofree char *tooltip = self->message->direction == SB_DIRECTION_OUT ? times_text (self->message) : NULL;
  g_autofree char *reactions = reactions_text (self->message);

  drop_content (self);
  self->bubble = sb_bubble_new (self->engine, self->message, place->customer, &place->answer, &self->widest);
  gtk_widget_set_parent (self->bubble, GTK_WIDGET (self));
  gtk_widget_set_tooltip_text (self->bubble, tooltip);
  if (reactions != NULL)
    {
      self->reactions = sb_plain_label_new (reactions, "sb-reactions");
      gtk_widget_set_parent (self->reactions, GTK_WIDGET (self));
    }
  self->below = make_below (self, place);
  if (self->below != NULL)
    gtk_widget_set_parent (self->below, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static char *
print_of (const SbMessage  *message,
          const SbRowPlace *place)
{
  const SbAttachment *attachment = message->attachments != NULL && message->attachments->len > 0 ? message->attachments->pdata[0] : NULL;
  g_autofree char    *reactions = reactions_text (message);

  return g_strdup_printf ("%d/%d/%d/%d/%d/%d/%u/%" G_GINT64_FORMAT "/%s/%s/%s", message->status, message->revoked, message->quote_revoked, message->edited, place->newest_own,
                          attachment != NULL ? (int) attachment->state : 0, message->facts != NULL ? message->facts->len : 0,
                          message->status == SB_STATUS_UNKNOWN ? message->status_at : 0, reactions != NULL ? reactions : "", place->answer.title != NULL ? place->answer.title : "",
                          message->text != NULL ? message->text : "");
}

void
sb_message_row_show (SbMessageRow     *self,
                     const SbMessage  *message,
                     const SbRowPlace *place)
{
  g_autofree char *print = print_of (message, place);
  gboolean         changed = g_strcmp0 (print, self->print) != 0;

  if (changed)
    {
      g_clear_pointer (&self->message, sb_message_free);
      self->message = sb_message_copy (message);
      g_set_str (&self->print, print);
      build (self, place);
      sb_message_acts_enable (self);
    }
  gtk_widget_set_margin_top (GTK_WIDGET (self), place->grouped ? GROUPED_GAP : GROUP_GAP);
  if (place->tail)
    gtk_widget_add_css_class (self->bubble, "tail");
  else
    gtk_widget_remove_css_class (self->bubble, "tail");
}

const SbMessage *
sb_message_row_get_message (SbMessageRow *self)
{
  return self->message;
}

SbEngine *
sb_message_row_get_engine (SbMessageRow *self)
{
  return self->engine;
}

/* The outline of a message that was jumped to. */
void
sb_message_row_flash (SbMessageRow *self,
                      gboolean      on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), "flash");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "flash");
}

/* It has just come in at the foot. */
void
sb_message_row_arrive (SbMessageRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "arrive");
}

/* -- menu -- */

static gboolean
drop_menu_cb (gpointer user_data)
{
  SbMessageRow *self = user_data;

  g_clear_pointer (&self->menu, gtk_widget_unparent);

  return G_SOURCE_REMOVE;
}

/* The chosen action still has to run through the menu's parent. */
static void
closed_cb (GtkPopover   *popover,
           SbMessageRow *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, drop_menu_cb, g_object_ref (self), g_object_unref);
}

/* @x, @y: where it points to, in the row */
void
sb_message_row_popup (SbMessageRow *self,
                      double        x,
                      double        y)
{
  g_autoptr (GMenuModel) model = sb_message_acts_menu (self);

  if (self->menu != NULL)
    return;

  self->menu = gtk_popover_menu_new_from_model (model);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  g_signal_connect (self->menu, "closed", G_CALLBACK (closed_cb), self);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SbMessageRow   *self = SB_MESSAGE_ROW (widget);
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (self->bubble, widget, &bounds))
    sb_message_row_popup (self, bounds.origin.x + bounds.size.width / 2, bounds.origin.y + bounds.size.height / 2);
}

static void
pressed_cb (GtkGesture *gesture,
            int         n_press,
            double      x,
            double      y,
            gpointer    user_data)
{
  gtk_widget_grab_focus (user_data);
  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) != GDK_BUTTON_SECONDARY)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  sb_message_row_popup (user_data, x, y);
}

static void
held_cb (GtkGesture *gesture,
         double      x,
         double      y,
         gpointer    user_data)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  sb_message_row_popup (user_data, x, y);
}

/* -- the whole -- */

static void
sb_message_row_dispose (GObject *object)
{
  SbMessageRow *self = SB_MESSAGE_ROW (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  drop_content (self);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_message_row_parent_class)->dispose (object);
}

static void
sb_message_row_finalize (GObject *object)
{
  SbMessageRow *self = SB_MESSAGE_ROW (object);

  g_clear_pointer (&self->message, sb_message_free);
  g_free (self->print);

  G_OBJECT_CLASS (sb_message_row_parent_class)->finalize (object);
}

static void
sb_message_row_class_init (SbMessageRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sb_message_row_dispose;
  object_class->finalize = sb_message_row_finalize;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_css_name (widget_class, "message");

  gtk_widget_class_install_action (widget_class, "message.menu", NULL, menu_action);
  sb_message_acts_install (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "message.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "message.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "message.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "message.reply", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "message.view", NULL);
}

static void
sb_message_row_init (SbMessageRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *hold = gtk_gesture_long_press_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  g_signal_connect (hold, "pressed", G_CALLBACK (held_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (hold));
}

GtkWidget *
sb_message_row_new (SbEngine *engine)
{
  SbMessageRow *self = g_object_new (SB_TYPE_MESSAGE_ROW, NULL);

  self->engine = g_object_ref (engine);

  return GTK_WIDGET (self);
}
