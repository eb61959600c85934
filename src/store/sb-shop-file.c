/* The folder around the database: who may write, what is set aside, and whether the last end was a clean one. */
#include "sb-shop-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* The kernel holds the lock for as long as the process lives, however it ends. Returns the descriptor, or -1. */
int
sb_shop_file_lock (const char *folder,
                   GError    **error)
{
  g_autofree char *path = g_build_filename (folder, "shop.lock", NULL);
  int              fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;

  if (fd >= 0 && errno == EWOULDBLOCK)
    g_set_error_literal (error, SB_ERROR, SB_ERROR_BUSY, "This shop is open in another program");
  else
    g_set_error (error, SB_ERROR, errno == EROFS || errno == EACCES ? SB_ERROR_READ_ONLY : SB_ERROR_STORAGE,
                 "The shop cannot be locked for writing: %s", g_strerror (errno));
  if (fd >= 0)
    close (fd);

  return -1;
}

/* A name is on the disk only when the folder that holds it is. Some folders may be written in but not opened. */
static gboolean
sync_folder (const char *folder,
             GError    **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int fault = fd < 0 || fsync (fd) != 0 ? errno : 0;

  if (fd >= 0)
    close (fd);
  if (fault == 0 || fault == EACCES || fault == EINVAL)
    return TRUE;

  g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "The folder %s cannot be written to the disk: %s", folder, g_strerror (fault));

  return FALSE;
}

/* Makes @folder and those above it that are missing, each durably named in its parent before anything is put into it. */
static gboolean
make_folder (const char *folder,
             GError    **error)
{
  g_autofree char *parent = g_path_get_dirname (folder);

  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (!g_str_equal (parent, folder) && !make_folder (parent, error))
    return FALSE;
  if (g_mkdir (folder, 0700) != 0 && errno != EEXIST)
    {
      g_set_error (error, SB_ERROR, errno == ENOSPC ? SB_ERROR_DISK_FULL : SB_ERROR_STORAGE, "The folder %s cannot be made: %s", folder, g_strerror (errno));
      return FALSE;
    }

  return sync_folder (parent, error);
}

/* Folder 0700, media 0700, database 0600 whatever the umask says; the journal files take the database's mode. */
gboolean
sb_shop_file_prepare (const char *folder,
                      gboolean    create,
                      GError    **error)
{
  g_autofree char *path = g_build_filename (folder, "shop.db", NULL);
  g_autofree char *media = g_build_filename (folder, "media", NULL);
  gboolean         is_new = !g_file_test (path, G_FILE_TEST_EXISTS);
  int              fd;

  if (!create && is_new)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_NOT_FOUND, "There is no shop in %s", folder);
      return FALSE;
    }

  if (!make_folder (folder, error) || !make_folder (media, error))
    return FALSE;
  chmod (folder, 0700);
  chmod (media, 0700);

  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0)
    {
      fchmod (fd, 0600);
      close (fd);
    }

  return !is_new || sync_folder (folder, error);
}

/* Renames the database and its journal, never deletes them. Returns the new path of the database. */
char *
sb_shop_file_set_aside (const char *folder,
                        gint64      now_ms,
                        GError    **error)
{
  static const char *const endings[] = { "", "-wal", "-shm" };
  g_autoptr (GDateTime)    now = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autofree char         *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char         *from = g_build_filename (folder, "shop.db", NULL);
  g_autofree char         *to = g_strdup_printf ("%s.damaged-%s", from, stamp);

  for (int n = 2; g_file_test (to, G_FILE_TEST_EXISTS); n++)
    {
      g_free (to);
      to = g_strdup_printf ("%s.damaged-%s-%d", from, stamp, n);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *old = g_strconcat (from, endings[i], NULL);
      g_autofree char *new = g_strconcat (to, endings[i], NULL);

      if (g_rename (old, new) != 0 && (i == 0 || errno != ENOENT))
        {
          g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "The damaged file cannot be set aside: %s", g_strerror (errno));
          return NULL;
        }
    }

  return g_steal_pointer (&to);
}

static char *
marker (const char *folder)
{
  return g_build_filename (folder, "shop.open", NULL);
}

#define DAMAGED "damaged\n"

SbShopMark
sb_shop_file_get_mark (const char *folder)
{
  g_autofree char *path = marker (folder);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_file_test (path, G_FILE_TEST_EXISTS) ? SB_SHOP_MARK_OPEN : SB_SHOP_MARK_CLOSED;

  return g_str_equal (text, DAMAGED) ? SB_SHOP_MARK_DAMAGED : SB_SHOP_MARK_OPEN;
}

/* What a crash or a power cut leaves behind tells the next start to look the file over. */
void
sb_shop_file_set_mark (const char *folder,
                       SbShopMark  mark)
{
  g_autofree char *path = marker (folder);
  int              fd;

  if (mark == SB_SHOP_MARK_CLOSED)
    {
      g_unlink (path);
      return;
    }

  fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd >= 0 && mark == SB_SHOP_MARK_DAMAGED && write (fd, DAMAGED, strlen (DAMAGED)) < 0)
    g_message ("The damage cannot be noted in %s; the file is looked over at the next start", path);
  if (fd >= 0)
    close (fd);
}
