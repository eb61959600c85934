#include "sb-segment-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "sb-segment-acts.h"

#define WAIT_MS 1000 /* between two counts while messages come in */
#define LONGEST 32   /* letters of a name on a chip */
#define HIGHEST 120  /* pixels: three lines of chips, the others are scrolled to */

struct _SbSegmentBar
{
  GtkBox parent_instance;

  SbEngine     *engine;
  GtkWidget    *chips;
  GtkWidget    *menu; /* of a chip */
  gint64        chosen;
  GCancellable *counting;
  guint         n_counting; /* under way */
  gboolean      count_again;
  guint         timer_id;
  gint64        acted_on; /* whose menu is open */
  gboolean      filling;
};

G_DEFINE_FINAL_TYPE (SbSegmentBar, sb_segment_bar, GTK_TYPE_BOX)

enum
{
  CHOSEN,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* -- a chip -- */

static gint64
id_of (GtkWidget *chip)
{
  return *(gint64 *) g_object_get_data (G_OBJECT (chip), "segment");
}

static GtkWidget *
find_chip (SbSegmentBar *self,
           gint64        segment_id)
{
  for (GtkWidget *chip = gtk_widget_get_first_child (self->chips); chip != NULL; chip = gtk_widget_get_next_sibling (chip))
    if (id_of (chip) == segment_id)
      return chip;

  return NULL;
}

static void
toggled_cb (GtkToggleButton *chip,
            gpointer         user_data)
{
  SbSegmentBar *self = user_data;

  if (self->filling || !gtk_toggle_button_get_active (chip))
    return;
  self->chosen = id_of (GTK_WIDGET (chip));
  g_signal_emit (self, signals[CHOSEN], 0, self->chosen);
}

static void
open_menu (SbSegmentBar *self,
           GtkWidget    *chip)
{
  graphene_rect_t bounds;
  GdkRectangle    place;

  if (id_of (chip) == 0 || !gtk_widget_compute_bounds (chip, GTK_WIDGET (self), &bounds))
    return;
  self->acted_on = id_of (chip);
  place = (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width, (int) bounds.size.height };
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &place);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            gpointer         user_data)
{
  open_menu (user_data, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
}

static void
held_cb (GtkGestureLongPress *gesture,
         double               x,
         double               y,
         gpointer             user_data)
{
  open_menu (user_data, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        gpointer               user_data)
{
  SbSegmentBar *self = user_data;
  GtkWidget    *chip = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  if (keyval == GDK_KEY_Menu || (keyval == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0))
    open_menu (self, chip);
  else if (keyval == GDK_KEY_Delete && id_of (chip) != 0)
    sb_segment_act_delete (GTK_WIDGET (self), self->engine, id_of (chip));
  else
    return FALSE;

  return TRUE;
}

static void
add_controllers (SbSegmentBar *self,
                 GtkWidget    *chip)
{
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkGesture         *hold = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, 0);
  g_signal_connect_object (hold, "pressed", G_CALLBACK (held_cb), self, 0);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, 0);
  gtk_widget_add_controller (chip, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (chip, GTK_EVENT_CONTROLLER (hold));
  gtk_widget_add_controller (chip, keys);
}

/* @segment: NULL for everyone */
static void
add_chip (SbSegmentBar    *self,
          const SbSegment *segment)
{
  GtkWidget *chip = gtk_toggle_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *mark = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *label = gtk_label_new (segment != NULL ? segment->name : C_("people", "Everyone"));
  gint64     id = segment != NULL ? segment->id : 0;
  GtkWidget *first = gtk_widget_get_first_child (self->chips);

  gtk_widget_set_visible (mark, FALSE);
  gtk_widget_add_css_class (mark, "warning");
  /* The chips go on in a second line where it is narrow; only a very long name is cut. */
  if (g_utf8_strlen (gtk_label_get_text (GTK_LABEL (label)), -1) > LONGEST)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      gtk_label_set_width_chars (GTK_LABEL (label), LONGEST);
      gtk_label_set_max_width_chars (GTK_LABEL (label), LONGEST);
    }
  gtk_box_append (GTK_BOX (content), mark);
  gtk_box_append (GTK_BOX (content), label);
  gtk_button_set_child (GTK_BUTTON (chip), content);
  gtk_widget_add_css_class (chip, "sb-segment");
  gtk_widget_add_css_class (chip, "flat");
  g_object_set_data_full (G_OBJECT (chip), "segment", g_memdup2 (&id, sizeof id), g_free);
  g_object_set_data_full (G_OBJECT (chip), "name", g_strdup (gtk_label_get_text (GTK_LABEL (label))), g_free);
  g_object_set_data (G_OBJECT (chip), "label", label);
  g_object_set_data (G_OBJECT (chip), "mark", mark);
  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (first));
  if (id == self->chosen)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
  g_signal_connect_object (chip, "toggled", G_CALLBACK (toggled_cb), self, 0);
  add_controllers (self, chip);
  adw_wrap_box_append (ADW_WRAP_BOX (self->chips), chip);
}

static void
show_count (GtkWidget           *chip,
            const SbPeopleCount *people)
{
  const char      *name = g_object_get_data (G_OBJECT (chip), "name");
  GtkWidget       *label = g_object_get_data (G_OBJECT (chip), "label");
  gboolean         is_good = people->n >= 0;
  g_autofree char *text = NULL;
  g_autofree char *spoken = NULL;

  /* Translators: a group of people and how many are in it: “Regulars 212” */
  text = is_good ? g_strdup_printf (C_("people", "%s %'lu"), name, (gulong) people->n) : g_strdup (name);
  /* Translators: spoken for a group of people that cannot be counted, and why */
  spoken = is_good ? g_strdup (text) : g_strdup_printf (_("%s: %s"), name, (char *) people->problems->pdata[0]);
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (chip), "mark"), !is_good);
  gtk_widget_set_tooltip_text (chip, is_good ? NULL : people->problems->pdata[0]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* -- counting -- */

typedef struct
{
  SbSegmentBar *bar;
  gint64        id;
} Counting;

static void count_all (SbSegmentBar *self);

static gboolean
again_cb (gpointer data)
{
  SbSegmentBar *self = data;

  self->timer_id = 0;
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->n_counting > 0)
    self->count_again = TRUE;
  else
    count_all (self);

  return G_SOURCE_REMOVE;
}

static void
count_soon (SbSegmentBar *self)
{
  if (self->timer_id == 0)
    self->timer_id = g_timeout_add (WAIT_MS, again_cb, self);
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Counting                 *counting = user_data;
  g_autoptr (SbSegmentBar)  self = counting->bar;
  g_autoptr (GError)        error = NULL;
  g_autoptr (SbPeopleCount) people = sb_engine_count_people_finish (SB_ENGINE (object), result, &error);
  GtkWidget                *chip = self->engine != NULL ? find_chip (self, counting->id) : NULL;

  g_free (counting);
  self->n_counting--;
  if (people != NULL && chip != NULL)
    show_count (chip, people);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("a group of people cannot be counted: %s", error->message);
  if (self->n_counting == 0 && self->count_again && self->engine != NULL)
    {
      self->count_again = FALSE;
      count_soon (self);
    }
}

static void
count_one (SbSegmentBar    *self,
           const SbSegment *segment)
{
  Counting *counting = g_new0 (Counting, 1);

  counting->bar = g_object_ref (self);
  counting->id = segment != NULL ? segment->id : 0;
  self->n_counting++;
  sb_engine_count_people_async (self->engine, segment, 0, self->counting, counted_cb, counting);
}

static void
count_all (SbSegmentBar *self)
{
  g_autoptr (GPtrArray) segments = sb_reader_list_segments (sb_engine_get_reader (self->engine));

  count_one (self, NULL);
  for (guint i = 0; i < segments->len; i++)
    count_one (self, segments->pdata[i]);
}

/* -- the groups there are -- */

static void
fill (SbSegmentBar *self)
{
  g_autoptr (GPtrArray) segments = sb_reader_list_segments (sb_engine_get_reader (self->engine));
  GtkWidget            *child;
  gboolean              is_there = self->chosen == 0;

  self->filling = TRUE;
  for (guint i = 0; i < segments->len; i++)
    is_there = is_there || ((SbSegment *) segments->pdata[i])->id == self->chosen;
  if (!is_there)
    self->chosen = 0;
  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    adw_wrap_box_remove (ADW_WRAP_BOX (self->chips), child);
  add_chip (self, NULL);
  for (guint i = 0; i < segments->len; i++)
    add_chip (self, segments->pdata[i]);
  self->filling = FALSE;
  if (!is_there)
    g_signal_emit (self, signals[CHOSEN], 0, self->chosen);
  if (self->n_counting > 0)
    self->count_again = TRUE;
  else
    count_all (self);
}

static void
event_cb (SbSegmentBar  *self,
          const SbEvent *event)
{
  if (event->kind == SB_EVENT_SEGMENT_CHANGED)
    fill (self);
  /* Who comes back to it finds it counted anew. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    count_soon (self);
}

/* -- acts -- */

static void
new_rule_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  sb_segment_act_new_rule (widget, SB_SEGMENT_BAR (widget)->engine);
}

static void
new_list_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  sb_segment_act_new_list (widget, SB_SEGMENT_BAR (widget)->engine, NULL);
}

static void
change_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SbSegmentBar *self = SB_SEGMENT_BAR (widget);

  sb_segment_act_change (widget, self->engine, self->acted_on);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SbSegmentBar *self = SB_SEGMENT_BAR (widget);

  sb_segment_act_delete (widget, self->engine, self->acted_on);
}

/* -- the whole -- */

static void
sb_segment_bar_dispose (GObject *object)
{
  SbSegmentBar *self = SB_SEGMENT_BAR (object);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_segment_bar_parent_class)->dispose (object);
}

static void
sb_segment_bar_class_init (SbSegmentBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sb_segment_bar_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", SB_TYPE_SEGMENT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[CHANGED] = g_signal_new ("changed", SB_TYPE_SEGMENT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "segments.new-rule", NULL, new_rule_action);
  gtk_widget_class_install_action (widget_class, "segments.new-list", NULL, new_list_action);
  gtk_widget_class_install_action (widget_class, "segments.change", NULL, change_action);
  gtk_widget_class_install_action (widget_class, "segments.remove", NULL, remove_action);
}

static GtkWidget *
add_button (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget        *button = gtk_menu_button_new ();

  g_menu_append (menu, _("New Group by Rule…"), "segments.new-rule");
  g_menu_append (menu, _("New List…"), "segments.new-list");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "list-add-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _("New Group"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);

  return button;
}

static GtkWidget *
chip_menu (SbSegmentBar *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget        *popover;

  g_menu_append (menu, _("Change…"), "segments.change");
  g_menu_append (menu, _("Remove"), "segments.remove");
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_set_parent (popover, GTK_WIDGET (self));

  return popover;
}

static void
sb_segment_bar_init (SbSegmentBar *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->counting = g_cancellable_new ();
  self->chips = g_object_new (ADW_TYPE_WRAP_BOX, "child-spacing", 3, "line-spacing", 3, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_set_valign (self->chips, GTK_ALIGN_CENTER);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), HIGHEST);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->chips);
  gtk_widget_add_css_class (GTK_WIDGET (self), "sb-segments");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chips), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Groups of People"), -1);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_box_append (GTK_BOX (self), scrolled);
  gtk_box_append (GTK_BOX (self), add_button ());
  self->menu = chip_menu (self);
}

GtkWidget *
sb_segment_bar_new (SbEngine *engine)
{
  SbSegmentBar *self = g_object_new (SB_TYPE_SEGMENT_BAR, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  /* "Older than 30 days" changes with the day, without anything happening. */
  g_signal_connect_object (self, "map", G_CALLBACK (count_soon), self, 0);
  fill (self);

  return GTK_WIDGET (self);
}

gint64
sb_segment_bar_get_chosen (SbSegmentBar *self)
{
  return self->chosen;
}

void
sb_segment_bar_choose (SbSegmentBar *self,
                       gint64        segment_id)
{
  GtkWidget *chip = find_chip (self, segment_id);

  if (chip != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
}
