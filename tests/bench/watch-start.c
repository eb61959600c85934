/*
 * Starts a program and looks at the display until its window stands still: watch-start MOST-SECONDS PROGRAM [ARGUMENTS]
 *
 * Prints {"mapped":ms,"first":ms,"still":ms,"cpu":ms,"rss":KiB}: from exec to the window, to the first picture in it that is
 * not of one colour, and to the picture that stayed; what the program's first thread took of a processor up to that; and what
 * the program holds in memory then.
 */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOOK_EVERY_MS 4
#define STILL_MS      800
#define WIDTH         700
#define HEIGHT        500

typedef struct
{
  double mapped, first, still, cpu;
} Moments;

static double
now_ms (void)
{
  return g_get_monotonic_time () / 1000.0;
}

/* A window may go while we look at it. */
static int
ignore (Display     *display,
        XErrorEvent *event)
{
  return 0;
}

static Window
find_window (Display *display)
{
  Window       root, parent, *children = NULL, found = None;
  unsigned int n = 0;

  XQueryTree (display, DefaultRootWindow (display), &root, &parent, &children, &n);
  for (unsigned int i = 0; i < n && found == None; i++)
    {
      XWindowAttributes attributes;

      if (XGetWindowAttributes (display, children[i], &attributes) && attributes.map_state == IsViewable && attributes.width > 300 && attributes.height > 300)
        found = children[i];
    }
  XFree (children);

  return found;
}

/* A number for the picture; 0 while it is of one colour or not there. */
static guint64
picture (Display *display,
         Window   window)
{
  XWindowAttributes attributes;
  XImage           *image;
  guint64           hash = 1469598103934665603u;
  gboolean          plain = TRUE;

  if (!XGetWindowAttributes (display, window, &attributes))
    return 0;
  image = XGetImage (display, window, 20, 20, MIN (WIDTH, attributes.width - 40), MIN (HEIGHT, attributes.height - 40), AllPlanes, ZPixmap);
  if (image == NULL)
    return 0;
  for (int i = 0; i < image->height * image->bytes_per_line / 4; i++)
    {
      guint32 pixel = ((guint32 *) (gpointer) image->data)[i];

      plain = plain && pixel == ((guint32 *) (gpointer) image->data)[0];
      hash = (hash ^ pixel) * 1099511628211u;
    }
  XDestroyImage (image);

  return plain ? 0 : hash;
}

static gint64
rss_of (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/smaps_rollup", pid);
  g_autofree char *text = NULL;
  const char      *line;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (line = g_strstr_len (text, -1, "\nRss:")) == NULL)
    return 0;

  return g_ascii_strtoll (g_strchug ((char *) line + 5), NULL, 10);
}

/* Of the first thread, whatever else the computer did. */
static double
cpu_of (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/schedstat", pid);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? g_ascii_strtod (text, NULL) / 1e6 : 0;
}

static Moments
watch (Display *display,
       GPid     pid,
       double   start,
       double   seconds)
{
  Moments moments = { 0 };
  Window  window = None;
  guint64 last = 0;

  while (now_ms () < start + seconds * 1000 && (moments.first <= 0 || now_ms () < start + moments.still + STILL_MS))
    {
      guint64 seen = 0;

      if (window == None && (window = find_window (display)) != None)
        moments.mapped = now_ms () - start;
      if (window != None)
        seen = picture (display, window);
      if (seen != 0 && moments.first <= 0)
        moments.first = now_ms () - start;
      if (seen != 0 && seen != last)
        {
          moments.still = now_ms () - start;
          moments.cpu = cpu_of (pid);
          last = seen;
        }
      poll (NULL, 0, LOOK_EVERY_MS);
    }

  return moments;
}

int
main (int    argc,
      char **argv)
{
  Display *display = XOpenDisplay (NULL);
  Moments  moments;
  double   start;
  GPid     pid;
  int      status;
  gint64   rss;

  if (argc < 3 || display == NULL)
    return 2;

  XSetErrorHandler (ignore);
  start = now_ms ();
  pid = fork ();
  if (pid == 0)
    {
      execvp (argv[2], argv + 2);
      _exit (127);
    }
  moments = watch (display, pid, start, g_ascii_strtod (argv[1], NULL));
  rss = rss_of (pid);
  kill (pid, SIGTERM);
  waitpid (pid, &status, 0);
  XCloseDisplay (display);
  printf ("{\"mapped\":%.1f,\"first\":%.1f,\"still\":%.1f,\"cpu\":%.1f,\"rss\":%" G_GINT64_FORMAT "}\n", moments.mapped, moments.first, moments.still, moments.cpu, rss);

  return moments.first > 0 ? 0 : 1;
}
