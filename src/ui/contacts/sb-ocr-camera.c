/* A photo of the paper, taken with this computer's camera through the desktop, which asks the person first. */
#include "sb-ocr-camera.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <unistd.h>

#include "sb-camera-portal.h"
#include "sb-config.h"
#include "sb-ocr-scan.h"

#define FRAMES_MS 66

typedef struct
{
  SbContactsPlace *place;
  AdwDialog       *dialog; /* not owned; this lives with it */
  GtkWidget       *stack;
  GtkWidget       *picture;
  GtkWidget       *trouble;
  GtkWidget       *take;
  GCancellable    *cancellable;
  GstElement      *pipeline;
  GstElement      *sink;
  GdkTexture      *frame;
  guint            frames_id;
} Camera;

static void
camera_free (gpointer data)
{
  Camera *camera = data;

  g_cancellable_cancel (camera->cancellable);
  g_clear_handle_id (&camera->frames_id, g_source_remove);
  if (camera->pipeline != NULL)
    gst_element_set_state (camera->pipeline, GST_STATE_NULL);
  g_clear_pointer (&camera->sink, gst_object_unref);
  g_clear_pointer (&camera->pipeline, gst_object_unref);
  g_clear_object (&camera->cancellable);
  g_clear_object (&camera->frame);
  g_clear_object (&camera->place);
  g_free (camera);
}

static void
show_trouble (Camera     *camera,
              const char *sentence)
{
  adw_status_page_set_description (ADW_STATUS_PAGE (camera->trouble), sentence);
  gtk_stack_set_visible_child_name (GTK_STACK (camera->stack), "trouble");
  gtk_widget_set_sensitive (camera->take, FALSE);
}

/* (transfer full) (nullable) */
static GdkTexture *
texture_of (GstSample *sample)
{
  GstStructure *caps = gst_caps_get_structure (gst_sample_get_caps (sample), 0);
  GstBuffer    *buffer = gst_sample_get_buffer (sample);
  GstMapInfo    map;
  GdkTexture   *texture = NULL;
  int           width = 0, height = 0;

  gst_structure_get_int (caps, "width", &width);
  gst_structure_get_int (caps, "height", &height);
  if (width <= 0 || height <= 0 || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return NULL;
  if (map.size >= (gsize) width * height * 4)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (map.data, (gsize) width * height * 4);

      texture = gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, bytes, (gsize) width * 4);
    }
  gst_buffer_unmap (buffer, &map);

  return texture;
}

static gboolean
frame_cb (gpointer user_data)
{
  Camera                *camera = user_data;
  g_autoptr (GstBus)     bus = gst_element_get_bus (camera->pipeline);
  g_autoptr (GstMessage) fault = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  GstSample             *sample;

  if (fault != NULL)
    {
      camera->frames_id = 0;
      show_trouble (camera, _("The camera stopped. Is another program using it? A file can be chosen instead."));
      return G_SOURCE_REMOVE;
    }
  sample = gst_app_sink_try_pull_sample (GST_APP_SINK (camera->sink), 0);
  if (sample == NULL)
    return G_SOURCE_CONTINUE;
  g_clear_object (&camera->frame);
  camera->frame = texture_of (sample);
  gst_sample_unref (sample);
  if (camera->frame != NULL)
    {
      gtk_picture_set_paintable (GTK_PICTURE (camera->picture), GDK_PAINTABLE (camera->frame));
      gtk_stack_set_visible_child_name (GTK_STACK (camera->stack), "picture");
      gtk_widget_set_sensitive (camera->take, TRUE);
    }

  return G_SOURCE_CONTINUE;
}

/* @source: the beginning of a pipeline. */
static void
start (Camera     *camera,
       const char *source)
{
  g_autofree char *text = g_strconcat (source, " ! videoconvert ! video/x-raw,format=RGBA ! appsink name=sink max-buffers=1 drop=true sync=false", NULL);

  gst_init (NULL, NULL);
  camera->pipeline = gst_parse_launch (text, NULL);
  if (camera->pipeline == NULL)
    {
      show_trouble (camera, _("A part that shows cameras is missing on this computer. Choose a file instead."));
      return;
    }
  camera->sink = gst_bin_get_by_name (GST_BIN (camera->pipeline), "sink");
  gst_element_set_state (camera->pipeline, GST_STATE_PLAYING);
  camera->frames_id = g_timeout_add (FRAMES_MS, frame_cb, camera);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AdwDialog) dialog = user_data;
  g_autoptr (GError)    error = NULL;
  Camera               *camera = g_object_get_data (G_OBJECT (dialog), "camera");
  int                   fd = sb_camera_portal_open_finish (result, &error);
  g_autofree char      *source = NULL;

  if (fd < 0)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_trouble (camera, error->message);
      return;
    }
  source = g_strdup_printf ("pipewiresrc fd=%d", fd);
  start (camera, source);
}

/* The photo goes the way of every file; it is put aside only until it was read. */
static void
take_cb (Camera *camera)
{
  g_autofree char            *folder = g_build_filename (g_get_user_cache_dir (), "shopbell", NULL);
  g_autofree char            *path = g_build_filename (folder, "camera.png", NULL);
  g_autoptr (SbContactsPlace) place = g_object_ref (camera->place);

  g_mkdir_with_parents (folder, 0700);
  if (camera->frame == NULL || !gdk_texture_save_to_png (camera->frame, path))
    {
      show_trouble (camera, _("The photo could not be put aside. Is the disk full?"));
      return;
    }
  adw_dialog_close (camera->dialog);
  sb_ocr_scan_take_path (place, path);
}

static void
fill (Camera *camera)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();

  camera->stack = gtk_stack_new ();
  camera->picture = gtk_picture_new ();
  camera->trouble = adw_status_page_new ();
  camera->take = gtk_button_new_with_label (_("Take Photo"));
  gtk_widget_add_css_class (camera->take, "suggested-action");
  gtk_widget_set_sensitive (camera->take, FALSE);
  g_signal_connect_swapped (camera->take, "clicked", G_CALLBACK (take_cb), camera);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (camera->trouble), "sb-photo-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (camera->trouble), _("No Camera"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (camera->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What the camera sees"), -1);
  gtk_stack_add_named (GTK_STACK (camera->stack), adw_spinner_new (), "wait");
  gtk_stack_add_named (GTK_STACK (camera->stack), camera->picture, "picture");
  gtk_stack_add_named (GTK_STACK (camera->stack), camera->trouble, "trouble");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), camera->take);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), camera->stack);
  adw_dialog_set_child (camera->dialog, view);
  adw_dialog_set_title (camera->dialog, _("Photo of a Paper List"));
  adw_dialog_set_content_width (camera->dialog, 720);
  adw_dialog_set_content_height (camera->dialog, 560);
}

void
sb_ocr_camera_present (SbContactsPlace *place)
{
  AdwDialog  *dialog = adw_dialog_new ();
  Camera     *camera = g_new0 (Camera, 1);
  const char *source = NULL;

#if SB_DEVEL
  /* A source of pictures for the tests, where there is no camera. */
  source = g_getenv ("SHOPBELL_CAMERA");
#endif
  camera->place = g_object_ref (place);
  camera->dialog = dialog;
  camera->cancellable = g_cancellable_new ();
  g_object_set_data_full (G_OBJECT (dialog), "camera", camera, camera_free);
  fill (camera);
  adw_dialog_present (dialog, GTK_WIDGET (place));
  if (source != NULL)
    start (camera, source);
  else
    sb_camera_portal_open_async (camera->cancellable, opened_cb, g_object_ref (dialog));
}
