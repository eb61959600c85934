#include "sb-ocr-photo.h"

#include <adwaita.h>
#include <math.h>

#define ZOOM_MIN 0.25
#define ZOOM_MAX 4.0
#define MARGIN   18

/**
 * SbOcrPhoto:
 *
 * The page that is being read, as wide as the room it has times the zoom, with the row under review drawn round. It scrolls to
 * the row by itself.
 */
struct _SbOcrPhoto
{
  GtkWidget parent_instance;

  GdkTexture *texture;
  SbOcrBox    row;
  SbOcrBox    cell;
  double      zoom;
};

G_DEFINE_FINAL_TYPE (SbOcrPhoto, sb_ocr_photo, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static double
width_of_room (SbOcrPhoto *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  int        width = scroller != NULL ? gtk_widget_get_width (scroller) : 0;

  return MAX (120, width - 2 * MARGIN);
}

/* Points of the window for one of the page. */
static double
scale_of (SbOcrPhoto *self)
{
  return self->texture == NULL ? 1 : width_of_room (self) * self->zoom / MAX (1, gdk_texture_get_width (self->texture));
}

static void
sb_ocr_photo_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  SbOcrPhoto *self = SB_OCR_PHOTO (widget);
  double      scale = scale_of (self);
  int         length = 0;

  if (self->texture != NULL)
    length = (int) ceil (scale * (orientation == GTK_ORIENTATION_HORIZONTAL ? gdk_texture_get_width (self->texture) : gdk_texture_get_height (self->texture)));
  /* At the width of the room it must not ask for more than the room. */
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL && self->zoom <= 1 ? 0 : length + 2 * MARGIN;
  *natural = MAX (*minimum, length + 2 * MARGIN);
}

static graphene_rect_t
shown_box (SbOcrPhoto *self,
           SbOcrBox    box,
           double      around)
{
  double scale = scale_of (self);

  return GRAPHENE_RECT_INIT ((float) (MARGIN + box.x * scale - around), (float) (MARGIN + box.y * scale - around), (float) (box.w * scale + 2 * around), (float) (box.h * scale + 2 * around));
}

static void
draw_box (GtkSnapshot           *snapshot,
          const graphene_rect_t *box,
          const GdkRGBA         *colour,
          float                  width,
          float                  fill)
{
  const float    widths[] = { width, width, width, width };
  const GdkRGBA  colours[] = { *colour, *colour, *colour, *colour };
  GdkRGBA        inside = *colour;
  GskRoundedRect shape;

  inside.alpha = fill;
  gsk_rounded_rect_init_from_rect (&shape, box, 5);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &inside, box);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &shape, widths, colours);
}

static void
sb_ocr_photo_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  const GdkRGBA       amber = { 0.72f, 0.53f, 0.04f, 1 };
  SbOcrPhoto         *self = SB_OCR_PHOTO (widget);
  g_autoptr (GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
  graphene_rect_t     page;

  if (self->texture == NULL)
    return;
  page = shown_box (self, (SbOcrBox) { 0, 0, gdk_texture_get_width (self->texture), gdk_texture_get_height (self->texture) }, 0);
  gtk_snapshot_append_scaled_texture (snapshot, self->texture, GSK_SCALING_FILTER_TRILINEAR, &page);
  if (self->row.w > 0)
    {
      graphene_rect_t box = shown_box (self, self->row, 6);

      draw_box (snapshot, &box, accent, 2.5f, 0.06f);
    }
  if (self->cell.w > 0)
    {
      graphene_rect_t box = shown_box (self, self->cell, 3);

      draw_box (snapshot, &box, &amber, 2, 0.18f);
    }
}

/* The row in the middle of what is seen. */
static void
scroll_to_row (SbOcrPhoto *self)
{
  GtkWidget      *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment  *down = scroller != NULL ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)) : NULL;
  graphene_rect_t box = shown_box (self, self->row, 0);

  if (down == NULL || self->row.w == 0)
    return;
  if (box.origin.y < gtk_adjustment_get_value (down) + 20 || box.origin.y + box.size.height > gtk_adjustment_get_value (down) + gtk_adjustment_get_page_size (down) - 70)
    gtk_adjustment_set_value (down, box.origin.y + box.size.height / 2 - gtk_adjustment_get_page_size (down) / 2);
}

void
sb_ocr_photo_set_texture (SbOcrPhoto *self,
                          GdkTexture *texture)
{
  if (g_set_object (&self->texture, texture))
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
sb_ocr_photo_set_boxes (SbOcrPhoto *self,
                        SbOcrBox    row,
                        SbOcrBox    cell)
{
  self->row = row;
  self->cell = cell;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  scroll_to_row (self);
}

void
sb_ocr_photo_set_zoom (SbOcrPhoto *self,
                       double      zoom)
{
  self->zoom = CLAMP (zoom, ZOOM_MIN, ZOOM_MAX);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

double
sb_ocr_photo_get_zoom (SbOcrPhoto *self)
{
  return self->zoom;
}

static void
released_cb (SbOcrPhoto *self,
             int         n_press,
             double      x,
             double      y)
{
  double scale = scale_of (self);

  g_signal_emit (self, signals[CHOSEN], 0, (x - MARGIN) / scale, (y - MARGIN) / scale);
}

static void
sb_ocr_photo_dispose (GObject *object)
{
  g_clear_object (&SB_OCR_PHOTO (object)->texture);

  G_OBJECT_CLASS (sb_ocr_photo_parent_class)->dispose (object);
}

static void
sb_ocr_photo_class_init (SbOcrPhotoClass *klass)
{
  signals[CHOSEN] = g_signal_new ("chosen", SB_TYPE_OCR_PHOTO, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  G_OBJECT_CLASS (klass)->dispose = sb_ocr_photo_dispose;
  GTK_WIDGET_CLASS (klass)->measure = sb_ocr_photo_measure;
  GTK_WIDGET_CLASS (klass)->snapshot = sb_ocr_photo_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
sb_ocr_photo_init (SbOcrPhoto *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->zoom = 1;
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
sb_ocr_photo_new (void)
{
  return g_object_new (SB_TYPE_OCR_PHOTO, NULL);
}
