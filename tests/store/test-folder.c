/* A new shop is still there after a power cut: each folder is named on the disk before anything is put into it. */
#include <sys/syscall.h>
#include <unistd.h>

#include "sb-clock.h"
#include "sb-store.h"

static GPtrArray *synced;

/* In place of the C library's: what is synced, and what was there by then. */
int
fsync (int fd)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  char            *path = g_file_read_link (link, NULL);

  if (synced != NULL && path != NULL)
    g_ptr_array_add (synced, path);
  else
    g_free (path);

  return (int) syscall (SYS_fsync, fd);
}

static guint
place (const char *path)
{
  guint found = G_MAXUINT;

  g_test_message ("%s", path);
  g_assert_true (g_ptr_array_find_with_equal_func (synced, path, g_str_equal, &found));

  return found;
}

static void
test_folders (void)
{
  g_autofree char      *top = g_dir_make_tmp ("shop-XXXXXX", NULL);
  g_autofree char      *between = g_build_filename (top, "shops", NULL);
  g_autofree char      *folder = g_build_filename (between, "mine", NULL);
  g_autoptr (SbClock)   clock = sb_clock_new_virtual (1750000000000);
  g_autoptr (SbRandom)  random = sb_random_new_seeded (1);
  g_autoptr (GError)    error = NULL;
  g_autoptr (SbStore)   store = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  guint                 n;

  synced = paths;
  store = sb_store_open (folder, SB_STORE_CREATE | SB_STORE_INLINE, clock, random, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (place (top), <, place (between));
  g_assert_cmpuint (place (between), <, place (folder));
  sb_store_close (store);
  g_clear_object (&store);

  /* What is there already costs nothing. */
  n = paths->len;
  store = sb_store_open (folder, SB_STORE_CREATE | SB_STORE_INLINE, clock, random, NULL, &error);
  g_assert_no_error (error);
  for (; n < paths->len; n++)
    g_assert_cmpstr (paths->pdata[n], !=, top);
  sb_store_close (store);
  synced = NULL;
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/a new shop's folders are on the disk", test_folders);

  return g_test_run ();
}
