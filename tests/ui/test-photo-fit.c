#include <glib/gstdio.h>

#include "sb-photo.h"

/* The longer side fills; very long and very wide pictures stop at 1:2 and 2:1. */
static void
test_fit (void)
{
  static const struct
  {
    int width, height, fit_width, fit_height;
  } cases[] = {
    { 4000, 3000, 262, 197 },
    { 3000, 4000, 197, 262 },
    { 100, 100, 262, 262 },
    { 9000, 100, 262, 131 },
    { 100, 9000, 131, 262 },
    { 0, 0, 262, 175 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int width, height;

      sb_photo_fit (cases[i].width, cases[i].height, 262, &width, &height);
      g_assert_cmpint (width, ==, cases[i].fit_width);
      g_assert_cmpint (height, ==, cases[i].fit_height);
    }
}

static void
test_not_a_picture (void)
{
  g_autofree char       *path = NULL;
  g_autoptr (GError)     error = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int                    fd = g_file_open_tmp ("photo-XXXXXX", &path, NULL);

  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, "this is no picture", -1, NULL));
  texture = sb_photo_decode (path, 262, &error);
  g_assert_null (texture);
  g_assert_nonnull (error);
  g_unlink (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/photo/fit", test_fit);
  g_test_add_func ("/photo/not-a-picture", test_not_a_picture);

  return g_test_run ();
}
