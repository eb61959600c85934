/* Two people at one desk: what is read and unread belongs to each, and every kept number equals a count from the beginning. */
#include "sb-error.h"
#include "sb-reader-reading.h"
#include "sb-store-private.h"
#include "sb-temp-shop.h"
#include "sb-writer-mentions.h"
#include "sb-writer-profiles.h"
#include "sb-writer-reading.h"

#define NOW          G_GINT64_CONSTANT (1750000000000)
#define N_THREADS    12
#define N_OPERATIONS 2000

typedef struct
{
  SbTempShop file;
  gint64     line, threads[N_THREADS];
  gint64     sari, bea;
  gint64     staff; /* whoever acts */
  gint64     thread, value;
  int        n_messages;
} Shop;

static gboolean
make_shop (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop              *shop = data;
  g_autoptr (SbLine) line = sb_line_new ();
  SbNamed            sari = { .name = (char *) "Sari", .colour = 1, .role = SB_ROLE_OWNER, .active = TRUE };

  line->name = g_strdup ("Shop");
  shop->line = sb_writer_save_line (writer, line, error);
  for (guint i = 0; i < N_THREADS; i++)
    {
      g_autofree char *number = g_strdup_printf ("35191200%04u", i);
      SbWho            who = { .wa_id = number };

      shop->threads[i] = sb_writer_ensure_thread (writer, sb_writer_find_contact (writer, &who, TRUE, error), shop->line, error);
    }
  shop->thread = shop->threads[0];
  shop->sari = sb_writer_save_named (writer, "staff", &sari, error);

  return shop->sari != 0;
}

static gboolean
add_bea (SbWriter *writer,
         gpointer  data,
         GError  **error)
{
  Shop   *shop = data;
  SbNamed bea = { .name = (char *) "Bea", .colour = 2, .role = SB_ROLE_STAFF, .active = TRUE };

  shop->bea = sb_writer_save_named (writer, "staff", &bea, error);

  return shop->bea != 0;
}

static void
set_up (Shop         *shop,
        gconstpointer data)
{
  sb_temp_shop_open (&shop->file, SB_STORE_INLINE, NOW, 9);
  sb_temp_shop_run (shop, make_shop);
}

static void
tear_down (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_close (&shop->file);
}

/* -- what people and customers do -- */

static gboolean
say (SbWriter   *writer,
     Shop       *shop,
     SbDirection direction,
     SbAuthor    author,
     gint64      sent_at,
     GError    **error)
{
  g_autofree char *wamid = g_strdup_printf ("wamid.%d", shop->n_messages++);
  SbMessage        m = { .thread_id = shop->thread, .line_id = shop->line, .kind = SB_MESSAGE_TEXT, .direction = direction, .author = author, .staff_id = author == SB_AUTHOR_STAFF ? shop->staff : 0, .sent_at = sent_at, .text = (char *) "coffee", .wamid = wamid };

  return sb_writer_add_message (writer, &m, 0, error) != 0;
}

static gboolean
customer_writes (SbWriter *writer,
                 gpointer  data,
                 GError  **error)
{
  return say (writer, data, SB_DIRECTION_IN, SB_AUTHOR_CUSTOMER, sb_writer_now (writer) + ((Shop *) data)->n_messages, error);
}

/* One that was on its way for long. */
static gboolean
customer_wrote_late (SbWriter *writer,
                     gpointer  data,
                     GError  **error)
{
  Shop *shop = data;

  return say (writer, shop, SB_DIRECTION_IN, SB_AUTHOR_CUSTOMER, NOW + sb_random_below (shop->file.random, MAX (shop->n_messages, 1)), error);
}

static gboolean
person_answers (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  return say (writer, data, SB_DIRECTION_OUT, SB_AUTHOR_STAFF, sb_writer_now (writer) + ((Shop *) data)->n_messages, error);
}

static gboolean
phone_answers (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  return say (writer, data, SB_DIRECTION_OUT, SB_AUTHOR_PHONE, sb_writer_now (writer) + ((Shop *) data)->n_messages, error);
}

static gboolean
begin (SbWriter *writer,
       Shop     *shop,
       GError  **error)
{
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, shop->staff);

  return sb_writer_begin_undo (writer, "change", error) != 0;
}

static gboolean
reads (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  Shop *shop = data;

  return begin (writer, shop, error) && sb_writer_mark_read (writer, shop->thread, shop->value, error);
}

static gboolean
marks_unread (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Shop *shop = data;

  return begin (writer, shop, error) && sb_writer_mark_unread (writer, shop->thread, shop->value, error);
}

static gboolean
finishes (SbWriter *writer,
          gpointer  data,
          GError  **error)
{
  Shop *shop = data;

  return begin (writer, shop, error) && sb_writer_set_thread_status (writer, shop->thread, SB_THREAD_CLOSED, 0, error) && sb_writer_mark_read_by_all (writer, shop->thread, error);
}

static gboolean
snoozes (SbWriter *writer,
         gpointer  data,
         GError  **error)
{
  Shop *shop = data;

  return begin (writer, shop, error) && sb_writer_set_thread_status (writer, shop->thread, SB_THREAD_SNOOZED, NOW + SB_DAY_MS, error);
}

static gboolean
pins (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  Shop *shop = data;

  return begin (writer, shop, error) && sb_writer_set_pinned (writer, shop->thread, sb_random_below (shop->file.random, 2) == 0, error);
}

static gboolean
undoes (SbWriter *writer,
        gpointer  data,
        GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, shop->staff);

  return sb_writer_undo (writer, sb_writer_last_undo (writer, shop->staff, NULL), error);
}

static gboolean
comes_and_goes (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  Shop *shop = data;

  return begin (writer, shop, error) && sb_writer_set_staff_active (writer, shop->bea, sb_random_below (shop->file.random, 2) == 0, error);
}

/* The whole conversation goes, as when two contacts become one. */
static gboolean
thread_goes (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Shop            *shop = data;
  int              i = sb_random_below (shop->file.random, N_THREADS);
  g_autofree char *number = g_strdup_printf ("35191300%04d", shop->n_messages++);
  SbWho            who = { .wa_id = number };
  gint64           heir = sb_writer_ensure_thread (writer, sb_writer_find_contact (writer, &who, TRUE, error), shop->line, error);

  if (!sb_db_exec (writer->db, error, "DELETE FROM thread WHERE id = ?", "i", shop->threads[i]))
    return FALSE;
  shop->threads[i] = heir;

  return TRUE;
}

static gboolean
expect_recount (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func (g_free);

  if (!sb_writer_recount (writer, FALSE, differences, error))
    return FALSE;
  for (guint i = 0; i < differences->len; i++)
    g_test_message ("%s", (char *) differences->pdata[i]);
  g_assert_cmpuint (differences->len, ==, 0);

  return TRUE;
}

/* -- what each of them sees -- */

static SbReader *
as (Shop  *shop,
    gint64 staff_id)
{
  SbReader *reader = sb_store_get_reader (shop->file.store);

  sb_reader_set_staff (reader, staff_id);

  return reader;
}

static void
expect_unread (Shop  *shop,
               gint64 staff_id,
               int    unread)
{
  SbReader             *reader = as (shop, staff_id);
  SbThreadFilter        filter = { .unread_only = TRUE };
  g_autoptr (SbThread)  thread = sb_reader_get_thread (reader, shop->thread);
  g_autoptr (GPtrArray) listed = sb_reader_list_threads (reader, &filter, NULL, 100);
  SbCounts              counts;

  sb_reader_get_counts (reader, &counts);
  g_assert_cmpint (thread->unread, ==, unread);
  g_assert_cmpint (counts.threads_unread, ==, unread > 0);
  g_assert_cmpuint (listed->len, ==, unread > 0);
  g_assert_cmpuint (sb_reader_count_threads (reader, &filter, 100), ==, unread > 0);
  g_assert_true ((sb_reader_first_unread (reader, shop->thread) != 0) == (unread > 0));
}

static void
test_each (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_run (shop, customer_writes);
  sb_temp_shop_run (shop, add_bea);
  expect_unread (shop, shop->sari, 1);
  expect_unread (shop, shop->bea, 1);
  sb_temp_shop_run (shop, customer_writes);
  expect_unread (shop, shop->sari, 2);
  expect_unread (shop, shop->bea, 2);

  shop->staff = shop->bea;
  sb_temp_shop_run (shop, reads);
  expect_unread (shop, shop->sari, 2);
  expect_unread (shop, shop->bea, 0);
  sb_temp_shop_run (shop, undoes);
  expect_unread (shop, shop->bea, 2);

  sb_temp_shop_run (shop, person_answers);
  expect_unread (shop, shop->sari, 2);
  expect_unread (shop, shop->bea, 0);
  sb_temp_shop_run (shop, marks_unread);
  expect_unread (shop, shop->sari, 2);
  expect_unread (shop, shop->bea, 1);

  shop->staff = shop->sari;
  sb_temp_shop_run (shop, reads);
  expect_unread (shop, shop->sari, 0);
  expect_unread (shop, shop->bea, 1);
  sb_temp_shop_run (shop, expect_recount);
}

/* What is done is done for everybody, and Undo gives each of them back what was theirs. */
static void
test_done (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_run (shop, add_bea);
  sb_temp_shop_run (shop, customer_writes);
  sb_temp_shop_run (shop, customer_writes);
  shop->staff = shop->bea;
  sb_temp_shop_run (shop, reads);
  sb_temp_shop_run (shop, marks_unread);
  expect_unread (shop, shop->sari, 2);
  expect_unread (shop, shop->bea, 1);

  sb_temp_shop_run (shop, finishes);
  expect_unread (shop, shop->sari, 0);
  expect_unread (shop, shop->bea, 0);
  sb_temp_shop_run (shop, undoes);
  expect_unread (shop, shop->sari, 2);
  expect_unread (shop, shop->bea, 1);
  sb_temp_shop_run (shop, expect_recount);
}

/* What is snoozed is still unread, but the inbox, where it is not, does not count it. */
static void
test_snoozed (Shop         *shop,
              gconstpointer data)
{
  SbCounts counts;

  sb_temp_shop_run (shop, add_bea);
  sb_temp_shop_run (shop, customer_writes);
  shop->staff = shop->sari;
  sb_temp_shop_run (shop, snoozes);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SbThread) thread = sb_reader_get_thread (as (shop, i == 0 ? shop->sari : shop->bea), shop->thread);

      sb_reader_get_counts (sb_store_get_reader (shop->file.store), &counts);
      g_assert_cmpint (counts.threads_unread, ==, 0);
      g_assert_cmpint (thread->unread, ==, 1);
    }
  sb_temp_shop_run (shop, expect_recount);
  sb_temp_shop_run (shop, undoes);
  expect_unread (shop, shop->sari, 1);
  expect_unread (shop, shop->bea, 1);
  sb_temp_shop_run (shop, expect_recount);
}

/* A message that comes late, from before what was read meanwhile, is counted when the reading is undone. */
static void
test_late (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_run (shop, customer_writes);
  sb_temp_shop_run (shop, customer_writes);
  shop->staff = shop->sari;
  sb_temp_shop_run (shop, reads);
  shop->value = 0;
  sb_temp_shop_run (shop, customer_wrote_late);
  expect_unread (shop, shop->sari, 0);
  sb_temp_shop_run (shop, undoes);
  expect_unread (shop, shop->sari, 3);
  sb_temp_shop_run (shop, expect_recount);
}

/* -- a walk -- */

static const SbCommand operations[] = {
  customer_writes,
  customer_writes,
  customer_writes,
  customer_wrote_late,
  person_answers,
  phone_answers,
  reads,
  reads,
  reads,
  marks_unread,
  finishes,
  snoozes,
  pins,
  undoes,
  undoes,
  comes_and_goes,
  thread_goes,
};

/* Unread lists of both, page by page, against all conversations looked at one by one. */
static void
expect_pages (Shop  *shop,
              gint64 staff_id)
{
  SbReader             *reader = as (shop, staff_id);
  SbThreadFilter        filter = { .unread_only = TRUE };
  g_autoptr (GPtrArray) all = sb_reader_list_threads (reader, NULL, NULL, 1000);
  SbThreadKey           after = { 0 };
  SbCounts              counts;
  int                   n = 0;

  sb_reader_get_counts (reader, &counts);
  for (guint i = 0; i < all->len; i++)
    {
      const SbThread       *thread = all->pdata[i];
      g_autoptr (GPtrArray) next = NULL;

      if (thread->unread == 0)
        continue;
      next = sb_reader_list_threads (reader, &filter, &after, 1);
      g_assert_cmpuint (next->len, ==, 1);
      g_assert_cmpint (((SbThread *) next->pdata[0])->id, ==, thread->id);
      after = (SbThreadKey) { .pinned = thread->pinned, .last_at = thread->last_at, .id = thread->id };
      n += thread->status == SB_THREAD_OPEN || thread->status == SB_THREAD_PENDING;
    }
  g_assert_cmpint (n, ==, counts.threads_unread);
}

static void
test_walk (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_run (shop, add_bea);
  for (int i = 0; i < N_OPERATIONS; i++)
    {
      shop->staff = sb_random_below (shop->file.random, 2) == 0 ? shop->sari : shop->bea;
      shop->thread = shop->threads[sb_random_below (shop->file.random, N_THREADS)];
      /* Refused is fine: there is nothing to undo, or it was changed since. */
      sb_store_run (shop->file.store, operations[sb_random_below (shop->file.random, G_N_ELEMENTS (operations))], shop, NULL);
      if (i % 10 == 0)
        sb_temp_shop_run (shop, expect_recount);
      if (i % 100 == 0)
        {
          expect_pages (shop, shop->sari);
          expect_pages (shop, shop->bea);
        }
    }
  sb_temp_shop_run (shop, expect_recount);
  g_assert_cmpint (shop->n_messages, >, 500);
}

/* What is kept wrongly is found, and set right. */
static gboolean
spoil (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func (g_free);

  return sb_db_exec (writer->db, error, "UPDATE reading SET unread = unread + 3", "") && sb_db_exec (writer->db, error, "UPDATE staff SET n_unread = 77", "") &&
         sb_writer_recount (writer, TRUE, differences, error) && differences->len > 1;
}

static void
test_repair (Shop         *shop,
             gconstpointer data)
{
  sb_temp_shop_run (shop, add_bea);
  sb_temp_shop_run (shop, customer_writes);
  sb_temp_shop_run (shop, spoil);
  sb_temp_shop_run (shop, expect_recount);
  expect_unread (shop, shop->bea, 1);
}

/* -- calling somebody in a note -- */

static gboolean
read_by_bea (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, shop->bea);

  return sb_writer_mark_read (writer, shop->thread, 0, error);
}

static gboolean
note_for_bea (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Shop *shop = data;

  return begin (writer, shop, error) && sb_writer_add_note (writer, shop->thread, "@bea, can you?", error) != 0 && sb_writer_mention (writer, shop->thread, "@bea, can you?", error);
}

static void
test_mention (Shop         *shop,
              gconstpointer data)
{
  g_assert_true (sb_text_mentions ("for @Bea", "Bea"));
  g_assert_true (sb_text_mentions ("@BEA: please", "Bea"));
  g_assert_false (sb_text_mentions ("@Beatrice", "Bea"));
  g_assert_false (sb_text_mentions ("mail@bea.example", "Bea"));
  g_assert_false (sb_text_mentions ("Bea knows", "Bea"));
  g_assert_false (sb_text_mentions ("@", ""));

  sb_temp_shop_run (shop, add_bea);
  shop->staff = shop->sari;
  sb_temp_shop_run (shop, customer_writes);
  sb_temp_shop_run (shop, read_by_bea);
  expect_unread (shop, shop->bea, 0);
  sb_temp_shop_run (shop, note_for_bea);
  expect_unread (shop, shop->bea, 1);
  sb_temp_shop_run (shop, undoes);
  expect_unread (shop, shop->bea, 0);
}

/* -- people who left -- */

static gboolean
assign_bea (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  Shop *shop = data;

  return begin (writer, shop, error) && sb_writer_assign (writer, shop->thread, shop->bea, error);
}

static gboolean
remove_staff (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Shop *shop = data;

  return begin (writer, shop, error) && sb_writer_set_staff_active (writer, shop->value, FALSE, error);
}

static void
test_removed (Shop         *shop,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  sb_temp_shop_run (shop, add_bea);
  shop->staff = shop->sari;
  sb_temp_shop_run (shop, assign_bea);
  shop->value = shop->bea;
  sb_temp_shop_run (shop, remove_staff);
  g_assert_false (sb_store_run (shop->file.store, assign_bea, shop, &error));
  g_assert_error (error, SB_ERROR, SB_ERROR_INVALID);
  g_clear_error (&error);
  sb_temp_shop_run (shop, undoes);
  sb_temp_shop_run (shop, assign_bea);

  shop->value = shop->sari;
  g_assert_false (sb_store_run (shop->file.store, remove_staff, shop, &error));
  g_assert_error (error, SB_ERROR, SB_ERROR_INVALID);
}

/* Unread conversations of whomever are found by an index, whatever their number. */
static void
test_index (Shop         *shop,
            gconstpointer data)
{
  g_autofree char *path = g_build_filename (shop->file.folder, "shop.db", NULL);
  g_autoptr (SbDb) db = sb_db_open (path, SB_DB_READ_ONLY, NULL, NULL);
  sqlite3_stmt    *statement = sb_db_query (db, NULL,
                                            "EXPLAIN QUERY PLAN SELECT t.id FROM thread t JOIN contact c ON c.id = t.contact_id JOIN reading o ON o.thread_id = t.id "
                                               "WHERE o.staff_id = 7 AND o.unread > 0 AND (o.pinned, o.last_at, o.thread_id) < (1, 2, 3) "
                                               "ORDER BY o.pinned DESC, o.last_at DESC, o.thread_id DESC LIMIT 50",
                                            "");
  gboolean         by_index = FALSE;

  while (sb_db_step (db, statement, NULL))
    {
      g_autofree char *detail = sb_db_dup_column (statement, 3);

      g_test_message ("%s", detail);
      by_index = by_index || g_str_has_prefix (detail, "SEARCH o USING INDEX reading_unread (staff_id=? AND (pinned");
      g_assert_null (g_strstr_len (detail, -1, "TEMP B-TREE"));
      g_assert_null (g_strstr_len (detail, -1, "SCAN"));
    }
  g_assert_true (by_index);
}

#define ADD(path, function) g_test_add ("/store/profiles/" path, Shop, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("each", test_each);
  ADD ("done", test_done);
  ADD ("snoozed", test_snoozed);
  ADD ("late", test_late);
  ADD ("walk", test_walk);
  ADD ("repair", test_repair);
  ADD ("mention", test_mention);
  ADD ("removed", test_removed);
  ADD ("index", test_index);

  return g_test_run ();
}
