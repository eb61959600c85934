/* Files that exist only to be sent: a pasted picture, a picture made smaller, a voice note. */
#include "sb-picture-shrink.h"

#include <errno.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

typedef struct
{
  char  *path;
  gint64 largest;
} Shrink;

static void
shrink_free (gpointer data)
{
  Shrink *shrink = data;

  g_free (shrink->path);
  g_free (shrink);
}

static char *
folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "shopbell", "outgoing", NULL);
}

/**
 * sb_outgoing_path:
 * @suffix: such as ".png"
 *
 * Returns: (transfer full): a new name in the user's cache, for a file that is thrown away once it is sent
 */
char *
sb_outgoing_path (const char *suffix)
{
  g_autofree char *parent = folder ();
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (uuid, suffix, NULL);

  if (g_mkdir_with_parents (parent, 0700) != 0)
    g_message ("%s: %s", parent, g_strerror (errno));

  return g_build_filename (parent, name, NULL);
}

/**
 * sb_outgoing_named_path:
 * @name: as the customer sees it; never a path
 *
 * Returns: (transfer full): the same with this name, in a folder of its own
 */
char *
sb_outgoing_named_path (const char *name)
{
  g_autofree char *parent = sb_outgoing_path ("");
  g_autofree char *plain = g_strdelimit (g_strdup (name), "/", '_');

  if (g_mkdir_with_parents (parent, 0700) != 0)
    g_message ("%s: %s", parent, g_strerror (errno));

  return g_build_filename (parent, g_str_equal (plain, "..") || g_str_equal (plain, ".") || plain[0] == '\0' ? "_" : plain, NULL);
}

/* Whether sb_outgoing_path () made its name. */
gboolean
sb_outgoing_is_ours (const char *path)
{
  g_autofree char *parent = folder ();
  g_autofree char *of_path = g_path_get_dirname (path);

  return g_str_equal (parent, of_path);
}

/* Whether sb_outgoing_named_path () made its place. */
static gboolean
is_named (const char *path)
{
  g_autofree char *of_path = g_path_get_dirname (path);

  return sb_outgoing_is_ours (of_path);
}

/* Files of the person are left alone: only what lies in our own folder goes. */
void
sb_outgoing_drop (const char *path)
{
  if (sb_outgoing_is_ours (path))
    g_unlink (path);
  else if (is_named (path))
    {
      g_autofree char *of_path = g_path_get_dirname (path);

      g_unlink (path);
      g_rmdir (of_path);
    }
}

/* JPEG knows no transparency: what shines through becomes white. */
static GdkPixbuf *
flatten (GdkPixbuf *picture)
{
  int        width = gdk_pixbuf_get_width (picture);
  int        height = gdk_pixbuf_get_height (picture);
  GdkPixbuf *flat;

  if (!gdk_pixbuf_get_has_alpha (picture))
    return g_object_ref (picture);
  flat = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  gdk_pixbuf_fill (flat, 0xffffffff);
  gdk_pixbuf_composite (picture, flat, 0, 0, width, height, 0, 0, 1, 1, GDK_INTERP_NEAREST, 255);

  return flat;
}

static GdkPixbuf *
load (const char *path,
      int         longest,
      GError    **error)
{
  g_autoptr (GdkPixbuf) loaded = NULL;
  g_autoptr (GdkPixbuf) upright = NULL;
  int                   width = 0, height = 0;

  if (gdk_pixbuf_get_file_info (path, &width, &height) != NULL && MAX (width, height) <= longest)
    loaded = gdk_pixbuf_new_from_file (path, error);
  else
    loaded = gdk_pixbuf_new_from_file_at_scale (path, longest, longest, TRUE, error);
  if (loaded == NULL)
    return NULL;
  upright = gdk_pixbuf_apply_embedded_orientation (loaded);

  return flatten (upright != NULL ? upright : loaded);
}

static gboolean
save (const char *path,
      int         longest,
      const char *quality,
      const char *target,
      GError    **error)
{
  g_autoptr (GdkPixbuf) picture = load (path, longest, error);

  return picture != NULL && gdk_pixbuf_save (picture, target, "jpeg", error, "quality", quality, NULL);
}

static void
shrink_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  static const struct
  {
    int         longest;
    const char *quality;
  } steps[] = { { 4096, "88" }, { 2560, "85" }, { 1920, "80" }, { 1280, "75" } };

  Shrink          *shrink = task_data;
  g_autofree char *target = sb_outgoing_path (".jpg");
  GError          *error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (steps) && !g_cancellable_is_cancelled (cancellable); i++)
    {
      GStatBuf info;

      if (!save (shrink->path, steps[i].longest, steps[i].quality, target, &error))
        {
          g_task_return_error (task, error);
          return;
        }
      if (g_stat (target, &info) == 0 && info.st_size <= shrink->largest)
        {
          g_task_return_pointer (task, g_steal_pointer (&target), g_free);
          return;
        }
    }

  g_unlink (target);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "Still larger than %" G_GINT64_FORMAT " bytes", shrink->largest);
}

/**
 * sb_picture_shrink_async:
 * @largest: in bytes
 *
 * Makes a JPEG of the picture at @path that is no larger, as large in pixels as that allows.
 */
void
sb_picture_shrink_async (const char         *path,
                         gint64              largest,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Shrink           *shrink = g_new0 (Shrink, 1);

  shrink->path = g_strdup (path);
  shrink->largest = largest;
  g_task_set_source_tag (task, sb_picture_shrink_async);
  g_task_set_task_data (task, shrink, shrink_free);
  g_task_run_in_thread (task, shrink_thread);
}

/* Returns: (transfer full): the path of the new file */
char *
sb_picture_shrink_finish (GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
