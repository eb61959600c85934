/* The media folder: files by the hash of their content, so that the same picture lies there once and no name is trusted. */
#include "sb-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK   (256 * 1024)
#define LARGEST (100 * 1024 * 1024) /* what the network takes of any file */

/* Absolute path of the file with this hash; it need not be there. */
char *
sb_store_media_path (SbStore    *self,
                     const char *hash)
{
  return g_build_filename (sb_store_get_folder (self), "media", hash, NULL);
}

static gboolean
copy_and_hash (int        from,
               int        to,
               GChecksum *checksum,
               gint64    *size,
               GError   **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  gssize             got;

  *size = 0;
  while ((got = read (from, chunk, CHUNK)) > 0)
    {
      g_checksum_update (checksum, chunk, got);
      *size += got;
      for (gssize done = 0; done < got;)
        {
          gssize wrote = write (to, chunk + done, got - done);

          if (wrote < 0)
            {
              g_set_error (error, SB_ERROR, errno == ENOSPC ? SB_ERROR_DISK_FULL : SB_ERROR_STORAGE, "The file cannot be kept: %s", g_strerror (errno));
              return FALSE;
            }
          done += wrote;
        }
    }

  if (got < 0 || fsync (to) != 0)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "The file cannot be read or kept: %s", g_strerror (errno));
      return FALSE;
    }

  return TRUE;
}

static gboolean
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int result = fd >= 0 ? fsync (fd) : -1;

  if (fd >= 0)
    close (fd);

  return result == 0;
}

/* A file that has an end, and not too far off: a pipe would be waited for, and a device fills the disk. */
static int
open_file (const char *source,
           GError    **error)
{
  int         fd = open (source, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat about;

  if (fd < 0 || fstat (fd, &about) != 0)
    g_set_error (error, SB_ERROR, SB_ERROR_NOT_FOUND, "The file cannot be opened: %s", g_strerror (errno));
  else if (S_ISDIR (about.st_mode))
    g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "This is a folder, not a file");
  else if (!S_ISREG (about.st_mode))
    g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "This is no file that could be read to its end");
  else if (about.st_size > LARGEST)
    g_set_error (error, SB_ERROR, SB_ERROR_TOO_LARGE, "The file is larger than %d MB", LARGEST / 1024 / 1024);
  else
    return fd;
  if (fd >= 0)
    close (fd);

  return -1;
}

char *
sb_store_import_media (SbStore    *self,
                       const char *source,
                       gint64     *size,
                       GError    **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char      *folder = g_build_filename (sb_store_get_folder (self), "media", NULL);
  g_autofree char      *part = g_build_filename (folder, "incoming-XXXXXX.part", NULL);
  g_autofree char      *path = NULL;
  gint64                length = 0;
  int                   from = open_file (source, error);
  int                   to;
  gboolean              done;

  if (from < 0)
    return NULL;

  to = g_mkstemp_full (part, O_WRONLY | O_CLOEXEC, 0600);
  if (to < 0)
    {
      g_set_error (error, SB_ERROR, errno == ENOSPC ? SB_ERROR_DISK_FULL : SB_ERROR_STORAGE, "No file can be made in the media folder: %s", g_strerror (errno));
      close (from);
      return NULL;
    }

  done = copy_and_hash (from, to, checksum, &length, error);
  close (from);
  close (to);
  path = g_build_filename (folder, g_checksum_get_string (checksum), NULL);
  if (!done || g_rename (part, path) != 0 || !sync_folder (folder))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "The file cannot be kept: %s", g_strerror (errno));
      g_unlink (part);
      return NULL;
    }

  if (size != NULL)
    *size = length;

  return g_strdup (g_checksum_get_string (checksum));
}
