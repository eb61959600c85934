#include <glib/gstdio.h>
#include <string.h>

#include "fuzz.h"
#include "sb-engine-private.h"
#include "sb-error.h"
#include "sb-temp-shop.h"

/* Events with a good signature and any content: each is applied whole or not at all, and every kept count stays right. */

#define NOW          G_GINT64_CONSTANT (1795240800000)
#define LOOK_EACH    250
#define PHONE_NUMBER "176024699761988"

static const char *const words[] = { "\"messages\":", "\"statuses\":", "\"id\":\"wamid.x\"", "\"type\":\"text\"", "\"context\":{\"id\":\"wamid.x\"}", "\"timestamp\":\"1\"", NULL };

static char     *folder;
static SbClock  *the_clock;
static SbRandom *chance;
static SbStore  *store;
static SbLine   *line;
static guint     n_seen, n_applied;

static gboolean
save_line (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  line->id = sb_writer_save_line (writer, line, error);

  return line->id != 0;
}

static void
set_up (void)
{
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("sb-fuzz-XXXXXX", NULL);
  the_clock = sb_clock_new_virtual (NOW);
  chance = sb_random_new_seeded (1);
  store = sb_store_open (folder, SB_STORE_CREATE | SB_STORE_INLINE, the_clock, chance, NULL, &error);
  g_assert_no_error (error);
  line = sb_line_new ();
  line->kind = SB_LINE_CLOUD;
  line->name = g_strdup ("Shop");
  line->phone_number_id = g_strdup (PHONE_NUMBER);
  sb_store_run (store, save_line, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
apply (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  return sb_interpret (writer, line, data, error);
}

/* Every kept count against a recount. */
static void
look_over (void)
{
  g_autoptr (SbReader)  reader = sb_store_new_reader (store, NULL);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError)    error = NULL;

  sb_reader_check (reader, FALSE, problems, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (problems->len > 0 ? problems->pdata[0] : NULL, ==, NULL);
}

static void
one (const char *data,
     gsize       length)
{
  SbRawRow           raw = { .id = 0, .line_id = line->id, .received_at = NOW };
  g_autoptr (GBytes) body = g_bytes_new_static (data, length);
  g_autoptr (GError) error = NULL;

  raw.body = body;
  if (sb_store_run (store, apply, &raw, &error))
    {
      g_assert_no_error (error);
      n_applied++;
    }
  else
    {
      g_assert_nonnull (error);
      g_assert_true (error->domain == SB_ERROR);
      g_assert_cmpint (error->code, !=, SB_ERROR_DAMAGED);
    }

  sb_clock_advance (the_clock, 1000);
  if (++n_seen % LOOK_EACH == 0)
    look_over ();
}

static void
tear_down (void)
{
  look_over ();
  /* Inputs that are all refused would test nothing. */
  g_assert_true (n_seen < 100 || n_applied > n_seen / 4);
  sb_store_close (store);
  g_object_unref (store);
  sb_line_free (line);
  g_object_unref (the_clock);
  sb_random_free (chance);
  sb_temp_folder_remove (folder);
  g_free (folder);
}

int
main (int    argc,
      char **argv)
{
  const FuzzTarget target = { .name = "inbound events", .corpus = "inbound.txt", .json = TRUE, .words = words, .set_up = set_up, .one = one, .tear_down = tear_down };

  return fuzz_run (argc, argv, &target);
}
