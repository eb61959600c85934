/* Loaded before the program: while the file that SHOPBELL_FULL_DISK names is there, nothing more can be written beside it, nor
 * in the folders below: "no space left on device". The program itself knows nothing of it.
 */
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int
is_full (int fd)
{
  const char *flag = getenv ("SHOPBELL_FULL_DISK");
  char        link[64], path[PATH_MAX];
  ssize_t     length;
  size_t      folder;

  if (flag == NULL || access (flag, F_OK) != 0)
    return 0;
  folder = strrchr (flag, '/') - flag;
  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink (link, path, sizeof path - 1);

  return length > (ssize_t) folder && strncmp (path, flag, folder + 1) == 0;
}

static ssize_t
no_room (void)
{
  errno = ENOSPC;

  return -1;
}

__attribute__ ((visibility ("default"))) ssize_t
write (int         fd,
       const void *bytes,
       size_t      size)
{
  static ssize_t (*real) (int, const void *, size_t);

  if (real == NULL)
    real = (ssize_t (*) (int, const void *, size_t)) dlsym (RTLD_NEXT, "write");

  return is_full (fd) ? no_room () : real (fd, bytes, size);
}

__attribute__ ((visibility ("default"))) ssize_t
pwrite64 (int         fd,
          const void *bytes,
          size_t      size,
          off64_t     at)
{
  static ssize_t (*real) (int, const void *, size_t, off64_t);

  if (real == NULL)
    real = (ssize_t (*) (int, const void *, size_t, off64_t)) dlsym (RTLD_NEXT, "pwrite64");

  return is_full (fd) ? no_room () : real (fd, bytes, size, at);
}
