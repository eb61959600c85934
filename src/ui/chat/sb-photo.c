#include "sb-photo.h"

#include <glib/gi18n.h>

#include "sb-error.h"
#include "sb-webp.h"

/**
 * SbPhoto:
 *
 * A picture of a size known before it is decoded, so that nothing moves when it appears. Decoded in a worker, cropped around
 * its middle when it is very long or wide, with a thin inner edge so that a white picture has one, too.
 */
struct _SbPhoto
{
  GtkWidget parent_instance;

  GdkTexture   *texture;
  GPtrArray    *frames; /* (nullable): of SbWebpFrame, of a sticker that moves */
  GCancellable *cancellable;
  gint64        began_us;
  guint         tick_id;
  int           width;
  int           height;
};

G_DEFINE_FINAL_TYPE (SbPhoto, sb_photo, GTK_TYPE_WIDGET)

#define LARGEST_PIXELS (50 * 1000 * 1000)
#define MOST_FRAMES    120
#define MOST_ROUNDS    3 /* then it rests: what moves on and on keeps nobody's eyes on the words */

/**
 * sb_photo_fit:
 *
 * The size at which a picture is shown: its longer side @side, its shape between 1:2 and 2:1.
 */
void
sb_photo_fit (int  width,
              int  height,
              int  side,
              int *fit_width,
              int *fit_height)
{
  double shape = width > 0 && height > 0 ? CLAMP ((double) width / height, 0.5, 2.0) : 1.5;

  *fit_width = shape >= 1 ? side : (int) (side * shape + 0.5);
  *fit_height = shape >= 1 ? (int) (side / shape + 0.5) : side;
}

static GdkTexture *
decode_webp (const char *path,
             GError    **error)
{
  g_autoptr (GPtrArray) frames = sb_webp_decode (path, LARGEST_PIXELS, 1, error);

  return frames != NULL ? g_object_ref (((SbWebpFrame *) frames->pdata[0])->texture) : NULL;
}

/* Safe in any thread. A picture that would need too much memory is refused by its header. */
GdkTexture *
sb_photo_decode (const char *path,
                 int         largest,
                 GError    **error)
{
  int                   width = 0, height = 0;
  g_autoptr (GdkPixbuf) read = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GBytes)    bytes = NULL;

  if (sb_webp_get_size (path, &width, &height))
    return decode_webp (path, error);
  if (gdk_pixbuf_get_file_info (path, &width, &height) != NULL && (gint64) width * height > LARGEST_PIXELS)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_TOO_LARGE, "too many pixels");
      return NULL;
    }
  if (MAX (width, height) > largest)
    read = gdk_pixbuf_new_from_file_at_scale (path, largest, largest, TRUE, error);
  else
    read = gdk_pixbuf_new_from_file (path, error);
  if (read == NULL)
    return NULL;

  pixbuf = gdk_pixbuf_apply_embedded_orientation (read);
  bytes = gdk_pixbuf_read_pixel_bytes (pixbuf);

  return gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf), gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8 : GDK_MEMORY_R8G8B8, bytes,
                                 gdk_pixbuf_get_rowstride (pixbuf));
}

/* Twice the size it is shown at, and twice again for long pictures, of which only the middle is seen. */
static void
decode_thread (GTask        *task,
               gpointer      source,
               gpointer      path,
               GCancellable *cancellable)
{
  GError     *error = NULL;
  GdkTexture *texture = sb_photo_decode (path, 4 * 262, &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
decoded_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  SbPhoto               *self = SB_PHOTO (object);
  g_autoptr (GError)     error = NULL;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);

  if (texture != NULL && g_set_object (&self->texture, texture))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("a picture was not read: %s", error->message);
}

/* -- a sticker that moves -- */

static gboolean
move_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  SbPhoto           *self = SB_PHOTO (widget);
  const SbWebpFrame *last = self->frames->pdata[self->frames->len - 1];
  gint64             now = gdk_frame_clock_get_frame_time (clock);
  gint64             ms;
  guint              at = 0;

  if (self->began_us == 0)
    self->began_us = now;
  ms = (now - self->began_us) / 1000;
  if (last->until_ms > 0 && ms < (gint64) MOST_ROUNDS * last->until_ms)
    while (at + 1 < self->frames->len && ms % last->until_ms >= ((SbWebpFrame *) self->frames->pdata[at])->until_ms)
      at++;
  if (g_set_object (&self->texture, ((SbWebpFrame *) self->frames->pdata[at])->texture))
    gtk_widget_queue_draw (widget);
  if (last->until_ms > 0 && ms < (gint64) MOST_ROUNDS * last->until_ms)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;

  return G_SOURCE_REMOVE;
}

/* Each time it comes into sight, unless the computer asks for calm. */
static void
move (SbPhoto *self)
{
  gboolean allowed = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &allowed, NULL);
  if (self->frames == NULL || self->frames->len < 2 || !allowed || self->tick_id != 0)
    return;
  self->began_us = 0;
  self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), move_cb, NULL, NULL);
}

static void
frames_thread (GTask        *task,
               gpointer      source,
               gpointer      path,
               GCancellable *cancellable)
{
  GError    *error = NULL;
  GPtrArray *frames = sb_webp_decode (path, LARGEST_PIXELS, MOST_FRAMES, &error);

  if (frames != NULL)
    g_task_return_pointer (task, frames, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
frames_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  SbPhoto              *self = SB_PHOTO (object);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) frames = g_task_propagate_pointer (G_TASK (result), &error);

  if (frames == NULL)
    return;
  g_set_object (&self->texture, ((SbWebpFrame *) frames->pdata[0])->texture);
  self->frames = g_steal_pointer (&frames);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  move (self);
}

/* -- the widget -- */

static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  SbPhoto *self = SB_PHOTO (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? self->width : self->height;
}

/* Covers the whole place; what does not fit is cut off at both ends. */
static void
snapshot (GtkWidget   *widget,
          GtkSnapshot *snapshot)
{
  SbPhoto        *self = SB_PHOTO (widget);
  double          width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GskRoundedRect  outline;
  graphene_rect_t place = GRAPHENE_RECT_INIT (0, 0, width, height);
  GdkRGBA         colour;

  gtk_widget_get_color (widget, &colour);
  colour.alpha = 0.1;
  if (self->texture == NULL)
    gtk_snapshot_append_color (snapshot, &colour, &place);
  else
    {
      double w = gdk_texture_get_width (self->texture), h = gdk_texture_get_height (self->texture);
      double scale = MAX (width / w, height / h);

      gtk_snapshot_append_scaled_texture (snapshot, self->texture, GSK_SCALING_FILTER_TRILINEAR,
                                          &GRAPHENE_RECT_INIT ((width - w * scale) / 2, (height - h * scale) / 2, w * scale, h * scale));
    }
  gsk_rounded_rect_init_from_rect (&outline, &place, gtk_widget_has_css_class (widget, "small") ? 5 : 11);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 1, 1, 1, 1 }, (GdkRGBA[4]) { colour, colour, colour, colour });
}

static void
sb_photo_dispose (GObject *object)
{
  SbPhoto *self = SB_PHOTO (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->frames, g_ptr_array_unref);

  G_OBJECT_CLASS (sb_photo_parent_class)->dispose (object);
}

static void
sb_photo_class_init (SbPhotoClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sb_photo_dispose;
  widget_class->measure = measure;
  widget_class->snapshot = snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
sb_photo_init (SbPhoto *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), "sb-photo");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Photo"), -1);
  g_signal_connect (self, "map", G_CALLBACK (move), NULL);
}

static void
load (SbPhoto    *self,
      const char *path)
{
  int               width, height;
  gboolean          webp = sb_webp_get_size (path, &width, &height);
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, webp ? frames_cb : decoded_cb, NULL);

  g_task_set_source_tag (task, load);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, webp ? frames_thread : decode_thread);
}

/* The file's header is read here, because it says how high the picture will be. */
GtkWidget *
sb_photo_new (const char *path,
              int         side)
{
  SbPhoto *self = g_object_new (SB_TYPE_PHOTO, NULL);
  int      width = 0, height = 0;

  if (!sb_webp_get_size (path, &width, &height) && gdk_pixbuf_get_file_info (path, &width, &height) == NULL)
    width = height = 0;
  sb_photo_fit (width, height, side, &self->width, &self->height);
  load (self, path);

  return GTK_WIDGET (self);
}

GtkWidget *
sb_photo_new_square (const char *path,
                     int         side)
{
  SbPhoto *self = g_object_new (SB_TYPE_PHOTO, NULL);

  self->width = self->height = side;
  gtk_widget_add_css_class (GTK_WIDGET (self), "small");
  load (self, path);

  return GTK_WIDGET (self);
}

GtkWidget *
sb_photo_new_of_size (const char *path,
                      int         width,
                      int         height)
{
  SbPhoto *self = g_object_new (SB_TYPE_PHOTO, NULL);

  self->width = width;
  self->height = height;
  load (self, path);

  return GTK_WIDGET (self);
}

int
sb_photo_get_width (SbPhoto *self)
{
  return self->width;
}
