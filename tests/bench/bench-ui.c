/*
 * The window of a big shop under the hand: a frame of scrolling the list, opening another conversation, what is under the eye
 * while older pages load, and a letter typed while messages arrive. The widgets are the program's own, in a window of their own.
 * With the names of parts as arguments only those are measured: scroll, deep, switch, anchor, typing.
 */
#include <adwaita.h>
#include <math.h>
#include <stdio.h>

#include "bench.h"
#include "fill.h"
#include "sb-config.h"
#include "sb-engine-private.h"
#include "sb-inbox-page.h"
#include "sb-store-private.h"
#include "sb-thread-item.h"
#include "sb-ui-resources.h"

#define SMALL_SHOP  20000
#define LONG_THREAD 3000
#define ROUNDS      3
#define FRAMES      120
#define STEP_PX     120
/* As many as the frames pass, and a window more. */
#define ROWS_TO_SCROLL (FRAMES * STEP_PX / 68 + 40)
#define SWITCHES       64
#define BUBBLES        50
#define LETTERS        80
#define LETTER_MS      50
#define MESSAGES_10    10 /* ms between two messages: a hundred a second */

typedef struct
{
  char      *folder;
  SbEngine  *engine;
  GtkWidget *window;
  GtkWidget *page;
} Desk;

/* -- the frame clock -- */

static double painted_at;
static double frame_from;
static double frame_took;
static double frame_cpu_from;
static double frame_cpu; /* what it took of a processor, whatever else the computer did */
static guint  n_frames;

static void
before_cb (GdkFrameClock *clock)
{
  frame_from = bench_now_ms ();
  frame_cpu_from = bench_cpu_ms ();
}

static void
after_cb (GdkFrameClock *clock)
{
  painted_at = bench_now_ms ();
  frame_took = painted_at - frame_from;
  frame_cpu = bench_cpu_ms () - frame_cpu_from;
  n_frames++;
}

static void
watch_frames (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect (clock, "before-paint", G_CALLBACK (before_cb), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_cb), NULL);
}

/* Of what was changed. */
static void
wait_change (void)
{
  guint n = n_frames;

  while (n_frames == n)
    g_main_context_iteration (NULL, TRUE);
}

/* Of the whole window, changed or not. */
static void
wait_frame (GtkWidget *window)
{
  gtk_widget_queue_draw (window);
  wait_change ();
}

static void
settle (int ms)
{
  double end = bench_now_ms () + ms;

  while (bench_now_ms () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* -- a desk -- */

static GtkWidget *
find_widget (GtkWidget  *top,
             const char *type)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (top), type))
    return top;
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
show_window (GtkWidget *child)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1180, 760);
  adw_window_set_content (ADW_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_frame_clock (window) == NULL || !gtk_widget_get_mapped (window))
    g_main_context_iteration (NULL, TRUE);
  watch_frames (window);
  settle (400);

  return window;
}

static gboolean
add_history (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  guint64 state = 5;

  for (gint64 i = 0; i < LONG_THREAD; i++)
    {
      g_autofree char *text = bench_text (&state);

      if (!sb_db_exec (writer->db, error, "INSERT INTO message (id, thread_id, line_id, kind, direction, author, sent_at, text, status) VALUES (?, ?, 1, 1, ?, ?, ?, ?, 0)", "iinnis",
                       1000 + i, bench_thread_id (0), (int) (i % 3 == 0), i % 3 == 0 ? 2 : 1, BENCH_START_MS - (LONG_THREAD - i) * 60000, text))
        return FALSE;
    }

  return TRUE;
}

static void
write_history (const char *folder)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (SbClock) clock = sb_clock_new_system ();
  SbRandom           *random = sb_random_new_system ();
  SbStore            *store = sb_store_open (folder, SB_STORE_INLINE, clock, random, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (sb_store_run (store, add_history, NULL, &error));
  sb_store_close (store);
  g_object_unref (store);
  sb_random_free (random);
}

static Desk *
open_desk (guint n_messages)
{
  Desk              *desk = g_new0 (Desk, 1);
  g_autoptr (GError) error = NULL;

  desk->folder = bench_shop_copy (n_messages);
  write_history (desk->folder);
  desk->engine = sb_engine_open (desk->folder, 0, NULL, &error);
  g_assert_no_error (error);
  desk->page = sb_inbox_page_new (desk->engine, NULL);
  desk->window = show_window (desk->page);

  return desk;
}

static void
close_desk (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  settle (100);
  sb_engine_close (desk->engine);
  g_object_unref (desk->engine);
  bench_remove_copy (desk->folder);
  g_free (desk);
}

/* -- scrolling the list -- */

static GtkWidget *
list_of (Desk *desk)
{
  return find_widget (desk->page, "GtkListView");
}

static guint
n_rows (Desk *desk)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list_of (desk)))));
}

/* Scrolls to the end of what is loaded and waits for the next page to be painted; FALSE when there is none. */
static gboolean
load_page (Desk *desk)
{
  GtkAdjustment *vertical = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list_of (desk)));
  guint          before = n_rows (desk);
  double         end = bench_now_ms () + 1000;

  gtk_adjustment_set_value (vertical, gtk_adjustment_get_upper (vertical) - gtk_adjustment_get_page_size (vertical));
  while (n_rows (desk) == before && bench_now_ms () < end)
    g_main_context_iteration (NULL, FALSE);
  wait_frame (desk->window);

  return n_rows (desk) > before;
}

static void
scroll_list (Desk   *desk,
             GArray *samples,
             GArray *cpu)
{
  GtkAdjustment *vertical = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list_of (desk)));

  while (n_rows (desk) < ROWS_TO_SCROLL && load_page (desk))
    ;
  g_assert_cmpuint (n_rows (desk), >=, ROWS_TO_SCROLL);
  gtk_adjustment_set_value (vertical, 0);
  wait_frame (desk->window);
  for (guint i = 0; i < FRAMES; i++)
    {
      double goal = gtk_adjustment_get_value (vertical) + STEP_PX;

      gtk_adjustment_set_value (vertical, goal);
      wait_change ();
      /* A window that was shown a moment ago may still put its focus in place. */
      if (gtk_adjustment_get_value (vertical) < goal - 1)
        continue;
      bench_add (samples, frame_took);
      bench_add (cpu, frame_cpu);
    }
  g_assert_cmpuint (samples->len, >, FRAMES / 2);
}

static void
bench_scroll (Desk *big)
{
  GArray          *of_big = bench_samples_new ();
  GArray          *of_small = bench_samples_new ();
  GArray          *cpu = bench_samples_new ();
  GArray          *cpu_small = bench_samples_new ();
  g_autofree char *metric = g_strdup_printf ("frame of scrolling the list (p95), %u conversations", bench_n_threads (bench_size ()));
  Desk            *small;
  double           p95;

  /* One window at a time: the list of one that stands behind another does not scroll. */
  for (guint i = 0; i < ROUNDS; i++)
    scroll_list (big, of_big, cpu);
  gtk_widget_set_visible (big->window, FALSE);
  small = open_desk (SMALL_SHOP);
  for (guint i = 0; i < ROUNDS; i++)
    scroll_list (small, of_small, cpu_small);
  close_desk (small);
  gtk_widget_set_visible (big->window, TRUE);
  settle (1000);
  p95 = bench_percentile (of_big, 0.95);
  bench_ratio (metric, p95, "ms", "a list of 1000 conversations", bench_percentile (of_small, 0.95), BENCH_AT_MOST, 1.2);
  bench_limit (metric, p95, "ms", BENCH_AT_MOST, 8);
  bench_ratio ("processor for a frame of scrolling the list (p95)", bench_percentile (cpu, 0.95), "ms", "a list of 1000 conversations", bench_percentile (cpu_small, 0.95), BENCH_AT_MOST, 1.2);
  bench_limit ("processor for a frame of scrolling the list (p95)", bench_percentile (cpu, 0.95), "ms", BENCH_AT_MOST, 8);
  g_array_unref (cpu);
  g_array_unref (cpu_small);
  g_array_unref (of_big);
  g_array_unref (of_small);
}

/* -- all of the list -- */

/* To the last conversation, a page at a time: the last pages must not cost more than the first. */
static void
bench_deep (Desk *desk)
{
  GArray          *first = bench_samples_new ();
  GArray          *last = bench_samples_new ();
  GArray          *all = bench_samples_new ();
  g_autofree char *metric = NULL;
  GListModel      *model = gtk_single_selection_get_model (GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (list_of (desk)))));
  double           from = bench_cpu_ms ();

  while (load_page (desk))
    {
      bench_add (all, bench_cpu_ms () - from);
      from = bench_cpu_ms ();
    }
  for (guint i = 0; i < all->len; i++)
    if (i < all->len / 10)
      bench_add (first, g_array_index (all, double, i));
    else if (i >= all->len - all->len / 10)
      bench_add (last, g_array_index (all, double, i));
  metric = g_strdup_printf ("processor for the next page of the list (median), the last tenth of %u conversations", n_rows (desk));
  bench_ratio (metric, bench_median (last), "ms", "the first tenth", bench_median (first), BENCH_AT_MOST, 1.5);
  bench_limit ("processor for the next page of the list (p95), to the painted frame", bench_percentile (all, 0.95), "ms", BENCH_AT_MOST, 33);
  from = bench_cpu_ms ();
  sb_thread_list_refresh (SB_THREAD_LIST (model));
  bench_limit ("processor for a change while all conversations are loaded", bench_cpu_ms () - from, "ms", BENCH_AT_MOST, 100);
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list_of (desk))), 0);
  settle (1000);
  from = bench_cpu_ms ();
  sb_thread_list_refresh (SB_THREAD_LIST (model));
  bench_limit ("the same, back at the top", bench_cpu_ms () - from, "ms", BENCH_AT_MOST, 16);
  g_array_unref (first);
  g_array_unref (last);
  g_array_unref (all);
}

/* -- another conversation -- */

/* As other programs show messages: a label that wraps for each. */
static void
fill_labels (GtkWidget *list,
             guint64    state)
{
  gtk_list_box_remove_all (GTK_LIST_BOX (list));
  for (guint i = 0; i < BUBBLES; i++)
    {
      g_autofree char *text = bench_text (&state);
      GtkWidget       *label = gtk_label_new (text);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 50);
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_widget_set_halign (label, i % 3 == 0 ? GTK_ALIGN_END : GTK_ALIGN_START);
      gtk_list_box_append (GTK_LIST_BOX (list), label);
    }
}

/* Those of the last days: they have as many messages on show as fit. */
static void
bench_switch (Desk *desk)
{
  GArray    *cpu = bench_samples_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *labels;
  GArray    *ours = bench_samples_new ();
  GArray    *theirs = bench_samples_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  labels = show_window (scroller);
  for (guint i = 0; i < SWITCHES; i++)
    {
      double from = bench_now_ms ();
      double cpu_from = bench_cpu_ms ();

      sb_inbox_page_open (SB_INBOX_PAGE (desk->page), i % 2 == 0 ? bench_thread_id (0) : bench_thread_id (1 + i), 0, FALSE);
      wait_frame (desk->window);
      if (i >= 4)
        {
          bench_add (ours, painted_at - from);
          bench_add (cpu, bench_cpu_ms () - cpu_from);
        }
      settle (60);
      from = bench_now_ms ();
      fill_labels (list, i);
      wait_frame (labels);
      if (i >= 4)
        bench_add (theirs, painted_at - from);
      settle (60);
    }
  gtk_window_destroy (GTK_WINDOW (labels));
  bench_ratio ("opening another conversation, to the painted frame", bench_median (ours), "ms", "a list of 50 wrapping labels, made anew", bench_median (theirs), BENCH_AT_MOST, 0.25);
  bench_limit ("opening another conversation (p95), to the painted frame", bench_percentile (ours, 0.95), "ms", BENCH_AT_MOST, 33);
  bench_limit ("processor for opening another conversation (p95), to the painted frame", bench_percentile (cpu, 0.95), "ms", BENCH_AT_MOST, 33);
  g_array_unref (cpu);
  g_array_unref (ours);
  g_array_unref (theirs);
}

/* -- what is under the eye -- */

static double
top_of (GtkWidget *row,
        GtkWidget *column)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (row, column, &bounds) ? bounds.origin.y : NAN;
}

/* (nullable) (transfer full): the row across the middle of the view */
static GtkWidget *
middle_row (GtkWidget *column)
{
  double middle = gtk_widget_get_height (column) / 2.0;

  for (GtkWidget *row = gtk_widget_get_first_child (column); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      double top = top_of (row, column);

      if (top <= middle && top + gtk_widget_get_height (row) > middle)
        return g_object_ref (row);
    }

  return NULL;
}

/* Each step moves every message by as much as was scrolled, also when a page is read in that moment. */
static void
bench_anchor (Desk *desk)
{
  GtkWidget     *column = find_widget (desk->page, "SbTimelineColumn");
  GtkAdjustment *vertical;
  double         worst = 0;
  guint          n_pages = 0;

  sb_inbox_page_open (SB_INBOX_PAGE (desk->page), bench_thread_id (0), 0, FALSE);
  settle (300);
  vertical = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (column));
  for (guint i = 0; i < 160; i++)
    {
      g_autoptr (GtkWidget) row = middle_row (column);
      GtkWidget            *first = gtk_widget_get_first_child (column);
      double                before = row != NULL ? top_of (row, column) : NAN;

      gtk_adjustment_set_value (vertical, gtk_adjustment_get_value (vertical) - STEP_PX);
      wait_frame (desk->window);
      settle (5);
      wait_frame (desk->window);
      if (row != NULL && gtk_widget_get_parent (row) == column)
        worst = MAX (worst, fabs (top_of (row, column) - before - STEP_PX));
      n_pages += first != gtk_widget_get_first_child (column);
    }
  if (n_pages < 3)
    {
      fprintf (stderr, "no page was read while scrolling, so nothing was measured\n");
      exit (1);
    }
  bench_limit ("message under the eye moves while older pages load", worst, "px", BENCH_AT_MOST, 0);
}

/* -- typing -- */

typedef struct
{
  Desk  *desk;
  gint64 line_id;
  guint  n;
} Flood;

static gint64
first_line (Desk *desk)
{
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (desk->engine));

  return ((SbLine *) lines->pdata[0])->id;
}

static gboolean
add_one (SbWriter *writer,
         gpointer  data,
         GError  **error)
{
  Flood           *flood = data;
  guint64          state = flood->n + 1;
  g_autofree char *text = bench_text (&state);
  SbMessage        message = {
           .thread_id = bench_thread_id (flood->n % 10 == 0 ? 0 : flood->n % 200), .line_id = flood->line_id, .kind = SB_MESSAGE_TEXT, .author = SB_AUTHOR_CUSTOMER, .text = text
  };

  message.sent_at = sb_clock_now (writer->clock);

  return sb_writer_add_message (writer, &message, 0, error) != 0;
}

static void
added_cb (GObject      *store,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  sb_store_run_finish (SB_STORE (store), result, &error);
  g_assert_no_error (error);
}

static gboolean
flood_cb (gpointer user_data)
{
  Flood *flood = user_data;
  Flood *one = g_memdup2 (flood, sizeof *flood);

  flood->n++;
  sb_store_run_async (flood->desk->engine->store, add_one, one, g_free, added_cb, NULL);

  return G_SOURCE_CONTINUE;
}

/* From the moment a key is due to the frame that shows it; a busy main loop is late for the key as well. */
static double
type_letters (Desk    *desk,
              gboolean flooded)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (find_widget (find_widget (desk->page, "SbComposer"), "GtkTextView")));
  Flood          flood = { .desk = desk, .line_id = first_line (desk) };
  guint          source = flooded ? g_timeout_add (MESSAGES_10, flood_cb, &flood) : 0;
  GArray        *samples = bench_samples_new ();
  double         due = bench_now_ms () + 300;
  double         p95;

  gtk_text_buffer_set_text (buffer, "", -1);
  for (guint i = 0; i < LETTERS; i++, due += LETTER_MS)
    {
      settle (MAX (0, (int) (due - bench_now_ms ())));
      gtk_text_buffer_insert_at_cursor (buffer, i % 6 == 5 ? " " : "a", -1);
      wait_frame (desk->window);
      bench_add (samples, painted_at - due);
    }
  if (source != 0)
    g_source_remove (source);
  settle (300);
  p95 = bench_percentile (samples, 0.95);
  g_array_unref (samples);

  return p95;
}

static void
bench_typing (Desk *desk)
{
  GArray *quiet = bench_samples_new ();
  GArray *flooded = bench_samples_new ();

  sb_inbox_page_open (SB_INBOX_PAGE (desk->page), bench_thread_id (0), 0, TRUE);
  settle (300);
  type_letters (desk, FALSE);
  for (guint i = 0; i < ROUNDS; i++)
    {
      bench_add (quiet, type_letters (desk, FALSE));
      bench_add (flooded, type_letters (desk, TRUE));
    }
  bench_ratio ("a letter typed while 100 messages a second arrive (p95), to the painted frame", bench_median (flooded), "ms", "the same while nobody writes", bench_median (quiet),
               BENCH_AT_MOST, 2);
  bench_limit ("a letter typed while 100 messages a second arrive (p95)", bench_median (flooded), "ms", BENCH_AT_MOST, 50);
  g_array_unref (quiet);
  g_array_unref (flooded);
}

static gboolean
wants (const char *const *parts,
       const char        *part)
{
  return *parts == NULL || g_strv_contains (parts, part);
}

int
main (int   argc,
      char *argv[])
{
  const char *const *parts = (const char *const *) argv + 1;
  GtkCssProvider    *provider;
  Desk              *big;

  if (!gtk_init_check ())
    return 77;
  adw_init ();
  sb_ui_register_resource ();
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, SB_RESOURCES "/ui/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()), SB_RESOURCES "/icons");

  big = open_desk (bench_size ());
  if (wants (parts, "scroll"))
    bench_scroll (big);
  if (wants (parts, "deep"))
    bench_deep (big);
  if (wants (parts, "switch"))
    bench_switch (big);
  if (wants (parts, "anchor"))
    bench_anchor (big);
  if (wants (parts, "typing"))
    bench_typing (big);
  close_desk (big);
  g_object_unref (provider);

  return 0;
}
