/* The preferences of a shop are opened: the click, the longest piece of work at once, and all of it until every page is there. */
#include <adwaita.h>
#include <time.h>

#include "bench.h"
#include "fill.h"
#include "sb-config.h"
#include "sb-engine.h"
#include "sb-preferences.h"
#include "sb-ui-resources.h"

#define ROUNDS   7
#define WATCH_MS 900

/* Of the main thread alone. */
static double
thread_ms (void)
{
  struct timespec at;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &at);

  return at.tv_sec * 1e3 + at.tv_nsec / 1e6;
}

static double
watch (void)
{
  double worst = 0;
  double end = bench_now_ms () + WATCH_MS;

  while (bench_now_ms () < end)
    {
      double from = thread_ms ();
      double took;

      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
      took = thread_ms () - from;
      worst = MAX (worst, took);
    }

  return worst;
}

static void
measure (SbEngine  *engine,
         GtkWidget *window,
         GArray    *click,
         GArray    *worst,
         GArray    *whole)
{
  double     from = thread_ms ();
  double     first, longest;
  AdwDialog *dialog = sb_preferences_new (engine);

  adw_dialog_present (dialog, window);
  first = thread_ms () - from;
  bench_add (click, first);
  longest = watch ();
  bench_add (worst, MAX (first, longest));
  bench_add (whole, thread_ms () - from);
  adw_dialog_force_close (dialog);
  watch ();
}

int
main (void)
{
  g_autofree char     *folder = NULL;
  g_autoptr (GError)   error = NULL;
  g_autoptr (SbEngine) engine = NULL;
  g_autoptr (GArray)   click = bench_samples_new ();
  g_autoptr (GArray)   worst = bench_samples_new ();
  g_autoptr (GArray)   whole = bench_samples_new ();
  GtkWidget           *window;

  if (!gtk_init_check ())
    return 77;
  adw_init ();
  sb_ui_register_resource ();
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()), SB_RESOURCES "/icons");
  folder = bench_shop_copy (20000);
  engine = sb_engine_open (folder, 0, NULL, &error);
  g_assert_no_error (error);
  window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1180, 760);
  adw_window_set_content (ADW_WINDOW (window), gtk_label_new ("Shopbell"));
  gtk_window_present (GTK_WINDOW (window));
  watch ();
  for (guint i = 0; i < ROUNDS; i++)
    measure (engine, window, click, worst, whole);
  bench_limit ("opening the preferences, until the click is done", bench_median (click), "ms of a core", BENCH_AT_MOST, 50);
  bench_limit ("opening the preferences, the longest piece of work at once", bench_median (worst), "ms of a core", BENCH_AT_MOST, 100);
  bench_limit ("opening the preferences, all of it", bench_median (whole), "ms of a core", BENCH_AT_MOST, 500);
  gtk_window_destroy (GTK_WINDOW (window));
  sb_engine_close (engine);
  bench_remove_copy (g_steal_pointer (&folder));

  return 0;
}
