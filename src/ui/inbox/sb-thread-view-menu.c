/* What a row is asked for by the right button, a long press or the menu key; and the press that adds it to the selected ones. */
#include "sb-thread-view-private.h"

#include "sb-thread-menu.h"
#include "sb-thread-row.h"

static void
make_menu (SbThreadView *self)
{
  self->menu = gtk_popover_menu_new_from_model (NULL);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  g_signal_connect_object (self->menu, "closed", G_CALLBACK (sb_thread_view_focus), self, G_CONNECT_SWAPPED);
}

static void
popup (SbThreadView *self,
       gint64        thread_id,
       double        x,
       double        y)
{
  g_autoptr (SbThread)   thread = thread_id != 0 ? sb_reader_get_thread (sb_engine_get_reader (self->engine), thread_id) : NULL;
  g_autoptr (GMenuModel) model = NULL;

  if (thread == NULL)
    return;
  /* The menu of a row that is not among the selected ones is of that row alone. */
  if (self->selected != NULL && !g_hash_table_contains (self->selected, &thread_id))
    sb_thread_view_set_selecting (self, FALSE);
  model = sb_thread_menu_new (self->engine, thread);
  sb_thread_view_set_cursor (self, thread_id, TRUE);
  if (self->menu == NULL)
    make_menu (self);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static gint64
thread_at (SbThreadView *self,
           double        x,
           double        y)
{
  GtkWidget *picked = gtk_widget_pick (self->scroller, x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked != NULL ? gtk_widget_get_ancestor (picked, SB_TYPE_THREAD_ROW) : NULL;

  return row != NULL ? sb_thread_row_get_thread (SB_THREAD_ROW (row)) : 0;
}

static void
popup_at (SbThreadView *self,
          double        x,
          double        y)
{
  graphene_point_t place;

  if (gtk_widget_compute_point (self->scroller, GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float) x, (float) y), &place))
    popup (self, thread_at (self, x, y), place.x, place.y);
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            gpointer         user_data)
{
  SbThreadView   *self = user_data;
  guint           button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gint64          thread_id = thread_at (self, x, y);

  if (thread_id == 0 || (button != GDK_BUTTON_SECONDARY && !(button == GDK_BUTTON_PRIMARY && (state & GDK_CONTROL_MASK) != 0)))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (button == GDK_BUTTON_SECONDARY)
    popup_at (self, x, y);
  else
    sb_thread_view_toggle (self, thread_id);
}

static void
held_cb (GtkGestureLongPress *gesture,
         double               x,
         double               y,
         gpointer             user_data)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_at (user_data, x, y);
}

/* For the row of the cursor, by key. */
void
sb_thread_view_popup_menu (SbThreadView *self)
{
  GtkRoot        *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget      *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t place;

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->rows) && gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &place))
    popup (self, sb_thread_view_get_cursor (self), place.origin.x + place.size.width / 2, place.origin.y + place.size.height / 2);
}

/* On the scroller, before the list takes the press. */
void
sb_thread_view_add_menu (SbThreadView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (press, "pressed", G_CALLBACK (held_cb), self);
  gtk_widget_add_controller (self->scroller, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (self->scroller, GTK_EVENT_CONTROLLER (press));
}
