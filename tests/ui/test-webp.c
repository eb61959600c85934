/* Stickers, as they come from telephones: one that stands, one that moves, and files that are neither. */
#include "sb-webp.h"

#include <glib/gstdio.h>

#include "sb-error.h"

static const char *moving, *standing;

#define PLENTY (50 * 1000 * 1000)

static void
test_standing (void)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) frames = sb_webp_decode (standing, PLENTY, 10, &error);
  int                   width = 0, height = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (frames->len, ==, 1);
  g_assert_true (sb_webp_get_size (standing, &width, &height));
  g_assert_cmpint (gdk_texture_get_width (((SbWebpFrame *) frames->pdata[0])->texture), ==, width);
  g_assert_cmpint (gdk_texture_get_height (((SbWebpFrame *) frames->pdata[0])->texture), ==, height);
}

/* The pixel in the middle: red, green, blue, opacity. */
static guint32
middle_of (GdkTexture *texture)
{
  int                 width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * height);

  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);

  return pixels[height / 2 * width + width / 2];
}

static void
test_moving (void)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) frames = sb_webp_decode (moving, PLENTY, 10, &error);
  const SbWebpFrame    *first, *second;

  g_assert_no_error (error);
  g_assert_cmpuint (frames->len, ==, 2);
  first = frames->pdata[0];
  second = frames->pdata[1];
  g_assert_cmpint (first->until_ms, >, 0);
  g_assert_cmpint (second->until_ms, >, first->until_ms);
  g_assert_cmphex (middle_of (first->texture), !=, middle_of (second->texture));
}

static void
test_one_is_enough (void)
{
  g_autoptr (GPtrArray) frames = sb_webp_decode (moving, PLENTY, 1, NULL);

  g_assert_cmpuint (frames->len, ==, 1);
}

/* Cut anywhere, or larger than is allowed: refused, and nothing is read that is not there. */
static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *contents = NULL;
  g_autofree char   *path = NULL;
  gsize              length;
  int                fd, width, height;

  g_assert_null (sb_webp_decode (moving, 60 * 60 - 1, 10, &error));
  g_assert_error (error, SB_ERROR, SB_ERROR_INVALID);
  g_assert_null (sb_webp_decode ("/nonexistent/sticker.webp", PLENTY, 10, NULL));
  g_assert_true (g_file_get_contents (moving, &contents, &length, NULL));
  fd = g_file_open_tmp ("sticker-XXXXXX.webp", &path, NULL);
  g_assert_cmpint (fd, >=, 0);
  g_assert_true (g_close (fd, NULL));
  for (gsize cut = 0; cut < length; cut++)
    {
      g_autoptr (GPtrArray) frames = NULL;

      g_assert_true (g_file_set_contents (path, contents, (gssize) cut, NULL));
      frames = sb_webp_decode (path, PLENTY, 10, NULL);
      g_assert_true (frames == NULL || frames->len > 0);
    }
  g_assert_true (g_file_set_contents (path, "RIFF", 4, NULL));
  g_assert_false (sb_webp_get_size (path, &width, &height));
  g_remove (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  moving = argv[1];
  standing = argv[2];
  g_test_add_func ("/webp/a sticker that stands is one picture", test_standing);
  g_test_add_func ("/webp/a sticker that moves has frames with times", test_moving);
  g_test_add_func ("/webp/no more frames than were asked for", test_one_is_enough);
  g_test_add_func ("/webp/broken and huge ones are refused", test_refused);

  return g_test_run ();
}
