#include "sb-pane-handle.h"

#include "sb-settings.h"

#define THICKNESS 8
/* By hand a pane gets wider than by itself. */
#define BY_HAND 60

struct _SbPaneHandle
{
  AdwBin parent_instance;

  GtkWidget  *split;
  const char *setting;
  gboolean    pane_is_last;
  int         min, max; /* of its own, in sp */
  int         width;    /* by hand; 0 for its own */
};

G_DEFINE_FINAL_TYPE (SbPaneHandle, sb_pane_handle, ADW_TYPE_BIN)

static void
apply (SbPaneHandle *self)
{
  double min = self->width > 0 ? self->width : self->min;
  double max = self->width > 0 ? self->width : self->max;

  /* The lower bound is never above the upper one on the way. */
  g_object_set (self->split, "max-sidebar-width", MAX (max, min), NULL);
  g_object_set (self->split, "min-sidebar-width", min, "max-sidebar-width", max, NULL);
}

static void
set_width (SbPaneHandle *self,
           int           width)
{
  self->width = width > 0 ? CLAMP (width, self->min, self->max + BY_HAND) : 0;
  apply (self);
}

/* Where the pointer is, counted from the pane's outer edge, in sp: the handle itself moves while it is drawn. */
static double
width_at (SbPaneHandle *self,
          double        x)
{
  graphene_point_t place;
  gboolean         from_right = self->pane_is_last != (gtk_widget_get_direction (self->split) == GTK_TEXT_DIR_RTL);

  if (!gtk_widget_compute_point (GTK_WIDGET (self), self->split, &GRAPHENE_POINT_INIT ((float) x, 0), &place))
    return self->width;

  return adw_length_unit_from_px (ADW_LENGTH_UNIT_SP, from_right ? gtk_widget_get_width (self->split) - place.x : place.x, gtk_widget_get_settings (self->split));
}

static void
drawn_cb (GtkGestureDrag *gesture,
          double          dx,
          double          dy,
          SbPaneHandle   *self)
{
  double x, y;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (ABS (dx) > 0)
    set_width (self, (int) width_at (self, x + dx));
}

static void
let_go_cb (GtkGestureDrag *gesture,
           double          dx,
           double          dy,
           SbPaneHandle   *self)
{
  g_settings_set_int (sb_settings_get (), self->setting, self->width);
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            SbPaneHandle    *self)
{
  if (n_press != 2)
    return;
  set_width (self, 0);
  g_settings_set_int (sb_settings_get (), self->setting, 0);
}

static void
sb_pane_handle_class_init (SbPaneHandleClass *klass)
{
}

static void
sb_pane_handle_init (SbPaneHandle *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_size_request (GTK_WIDGET (self), THICKNESS, -1);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "col-resize");
  g_signal_connect (drag, "drag-update", G_CALLBACK (drawn_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (let_go_cb), self);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
sb_pane_handle_wrap (GtkWidget  *child,
                     GtkWidget  *split,
                     gboolean    pane_is_last,
                     const char *setting,
                     int         min,
                     int         max)
{
  SbPaneHandle *self = g_object_new (SB_TYPE_PANE_HANDLE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget    *overlay = gtk_overlay_new ();

  self->split = split;
  self->setting = setting;
  self->pane_is_last = pane_is_last;
  self->min = min;
  self->max = max;
  set_width (self, g_settings_get_int (sb_settings_get (), setting));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), child);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self));
  g_object_bind_property (split, "collapsed", self, "visible", G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);

  return overlay;
}
