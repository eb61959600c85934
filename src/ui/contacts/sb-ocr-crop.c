#include "sb-ocr-crop.h"

#define HEIGHT 78
#define PAD    0.28 /* of the cell's height: a little of the paper around it */

/**
 * SbOcrCrop:
 *
 * One cell of the paper, large, with the letter in doubt framed.
 */
struct _SbOcrCrop
{
  GtkWidget parent_instance;

  GdkTexture *texture;
  SbOcrBox    cell;
  SbOcrBox    doubt;
};

G_DEFINE_FINAL_TYPE (SbOcrCrop, sb_ocr_crop, GTK_TYPE_WIDGET)

static void
sb_ocr_crop_measure (GtkWidget     *widget,
                     GtkOrientation orientation,
                     int            for_size,
                     int           *minimum,
                     int           *natural,
                     int           *minimum_baseline,
                     int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 100;
}

static void
frame (GtkSnapshot           *snapshot,
       const graphene_rect_t *box)
{
  const GdkRGBA  amber = { 0.72f, 0.53f, 0.04f, 1 }, light = { 0.9f, 0.65f, 0.04f, 0.25f };
  const float    widths[] = { 2, 2, 2, 2 };
  const GdkRGBA  colours[] = { amber, amber, amber, amber };
  GskRoundedRect shape;

  gtk_snapshot_append_color (snapshot, &light, box);
  gsk_rounded_rect_init_from_rect (&shape, box, 4);
  gtk_snapshot_append_border (snapshot, &shape, widths, colours);
}

static void
sb_ocr_crop_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  SbOcrCrop      *self = SB_OCR_CROP (widget);
  double          width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double          pad = self->cell.h * PAD, scale, left, top;
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height), page;
  GskRoundedRect  shape;

  if (self->texture == NULL || self->cell.w <= 0 || self->cell.h <= 0)
    return;
  scale = MIN (height / (self->cell.h + 2 * pad), width / (self->cell.w + 2 * pad));
  left = (width - self->cell.w * scale) / 2 - self->cell.x * scale;
  top = (height - self->cell.h * scale) / 2 - self->cell.y * scale;
  page = GRAPHENE_RECT_INIT ((float) left, (float) top, (float) (gdk_texture_get_width (self->texture) * scale), (float) (gdk_texture_get_height (self->texture) * scale));

  gsk_rounded_rect_init_from_rect (&shape, &all, 9);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_scaled_texture (snapshot, self->texture, GSK_SCALING_FILTER_TRILINEAR, &page);
  if (self->doubt.w > 0)
    frame (snapshot, &GRAPHENE_RECT_INIT ((float) (left + self->doubt.x * scale - 2), (float) (top + self->doubt.y * scale - 4), (float) (self->doubt.w * scale + 4), (float) (self->doubt.h * scale + 8)));
  gtk_snapshot_pop (snapshot);
}

void
sb_ocr_crop_show (SbOcrCrop  *self,
                  GdkTexture *texture,
                  SbOcrBox    cell,
                  SbOcrBox    doubt)
{
  g_set_object (&self->texture, texture);
  self->cell = cell;
  self->doubt = doubt;
  gtk_widget_set_visible (GTK_WIDGET (self), texture != NULL && cell.w > 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
sb_ocr_crop_dispose (GObject *object)
{
  g_clear_object (&SB_OCR_CROP (object)->texture);

  G_OBJECT_CLASS (sb_ocr_crop_parent_class)->dispose (object);
}

static void
sb_ocr_crop_class_init (SbOcrCropClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_ocr_crop_dispose;
  GTK_WIDGET_CLASS (klass)->measure = sb_ocr_crop_measure;
  GTK_WIDGET_CLASS (klass)->snapshot = sb_ocr_crop_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
sb_ocr_crop_init (SbOcrCrop *self)
{
}

GtkWidget *
sb_ocr_crop_new (void)
{
  return g_object_new (SB_TYPE_OCR_CROP, NULL);
}
