#include "sb-ring.h"

#include <math.h>

#define SIZE   18
#define STROKE 2.5

/**
 * SbRing:
 *
 * How much of the customer's 24 hours is left: a ring that empties clockwise, in the warning colour near its end. It only
 * decorates the words beside it.
 */
struct _SbRing
{
  GtkWidget parent_instance;

  double part; /* 0 to 1 */
};

G_DEFINE_FINAL_TYPE (SbRing, sb_ring, GTK_TYPE_WIDGET)

static void
sb_ring_snapshot (GtkWidget   *widget,
                  GtkSnapshot *snapshot)
{
  SbRing                    *self = SB_RING (widget);
  float                      width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  float                      radius = (MIN (width, height) - STROKE) / 2;
  double                     end = -G_PI_2 + 2 * G_PI * CLAMP (self->part, 0, 1);
  graphene_point_t           middle = GRAPHENE_POINT_INIT (width / 2, height / 2);
  g_autoptr (GskStroke)      stroke = gsk_stroke_new (STROKE);
  g_autoptr (GskPathBuilder) circle = gsk_path_builder_new ();
  g_autoptr (GskPathBuilder) arc = gsk_path_builder_new ();
  g_autoptr (GskPath)        whole = NULL;
  g_autoptr (GskPath)        left = NULL;
  GdkRGBA                    colour, faint;

  gtk_widget_get_color (widget, &colour);
  faint = colour;
  faint.alpha *= 0.2f;
  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  gsk_path_builder_add_circle (circle, &middle, radius);
  whole = gsk_path_builder_free_to_path (g_steal_pointer (&circle));
  gtk_snapshot_append_stroke (snapshot, whole, stroke, &faint);
  if (self->part <= 0)
    return;

  gsk_path_builder_move_to (arc, middle.x, middle.y - radius);
  if (self->part > 0.5)
    gsk_path_builder_svg_arc_to (arc, radius, radius, 0, FALSE, TRUE, middle.x, middle.y + radius);
  gsk_path_builder_svg_arc_to (arc, radius, radius, 0, FALSE, TRUE, middle.x + radius * cos (end), middle.y + radius * sin (end));
  left = gsk_path_builder_free_to_path (g_steal_pointer (&arc));
  gtk_snapshot_append_stroke (snapshot, left, stroke, &colour);
}

static void
sb_ring_measure (GtkWidget     *widget,
                 GtkOrientation orientation,
                 int            for_size,
                 int           *minimum,
                 int           *natural,
                 int           *minimum_baseline,
                 int           *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
sb_ring_class_init (SbRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = sb_ring_snapshot;
  widget_class->measure = sb_ring_measure;
  gtk_widget_class_set_css_name (widget_class, "ring");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
sb_ring_init (SbRing *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
sb_ring_new (void)
{
  return g_object_new (SB_TYPE_RING, NULL);
}

/* @part: what is left, 0 to 1 */
void
sb_ring_set_part (SbRing *self,
                  double  part)
{
  self->part = MIN (part, 0.999);
  if (part < 1.0 / 12)
    gtk_widget_add_css_class (GTK_WIDGET (self), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "warning");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
