#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "sb-error.h"
#include "sb-temp-shop.h"
#include "sb-writer.h"

#define NOW G_GINT64_CONSTANT (1750000000000)

typedef struct
{
  SbTempShop file;
  gint64     line, thread, message, outbox, undo;
  int        step;
} Shop;

static gboolean
make_shop (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop              *shop = data;
  g_autoptr (SbLine) line = sb_line_new ();
  SbWho              who = { .wa_id = "201001234567", .profile_name = "Amira" };
  gint64             contact;

  line->name = g_strdup ("Shop");
  shop->line = sb_writer_save_line (writer, line, error);
  contact = sb_writer_find_contact (writer, &who, TRUE, error);
  shop->thread = sb_writer_ensure_thread (writer, contact, shop->line, error);

  return shop->thread != 0;
}

static void
set_up (Shop         *shop,
        gconstpointer data)
{
  sb_temp_shop_open (&shop->file, GPOINTER_TO_INT (data), NOW, 1);
  sb_temp_shop_run (shop, make_shop);
}

static void
tear_down (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_close (&shop->file);
}

static gboolean
add_inbound (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Shop     *shop = data;
  SbMessage m = { .thread_id = shop->thread, .line_id = shop->line, .kind = SB_MESSAGE_TEXT, .author = SB_AUTHOR_CUSTOMER, .sent_at = NOW - 1000, .text = (char *) "أهلاً وسهلاً coffee \"beans\"", .wamid = (char *) "wamid.one" };

  shop->message = sb_writer_add_message (writer, &m, 0, error);
  g_assert_no_error (*error);

  return TRUE;
}

static void
test_inbound (Shop         *shop,
              gconstpointer data)
{
  g_autoptr (GPtrArray) threads = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  SbThread             *thread;
  SbCounts              counts;

  sb_temp_shop_run (shop, add_inbound);
  g_assert_cmpint (shop->message, !=, 0);
  sb_temp_shop_run (shop, add_inbound);
  g_assert_cmpint (shop->message, ==, 0);

  threads = sb_reader_list_threads (sb_store_get_reader (shop->file.store), NULL, NULL, 50);
  g_assert_cmpuint (threads->len, ==, 1);
  thread = threads->pdata[0];
  g_assert_cmpstr (thread->name, ==, "Amira");
  g_assert_cmpint (thread->unread, ==, 1);
  g_assert_true (thread->unanswered);
  g_assert_cmpint (thread->window_until, ==, NOW - 1000 + SB_DAY_MS);
  messages = sb_reader_list_messages (sb_store_get_reader (shop->file.store), shop->thread, 0, 0, 50);
  g_assert_cmpuint (messages->len, ==, 1);
  sb_reader_get_counts (sb_store_get_reader (shop->file.store), &counts);
  g_assert_cmpint (counts.threads_unread, ==, 1);
  sb_temp_shop_run (shop, sb_temp_shop_recount);
}

static const char *const unseen[] = { "   ", "\u200b\u2060", "\u3164", "\u2800 ", "  Ann\n" };

static gboolean
add_unseen (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  Shop *shop = data;

  for (gsize i = 0; i < G_N_ELEMENTS (unseen); i++)
    {
      g_autofree char *number = g_strdup_printf ("44770090080%u", (guint) i);
      SbWho            who = { .wa_id = number, .profile_name = unseen[i] };
      gint64           contact = sb_writer_find_contact (writer, &who, TRUE, error);

      /* Once more, when they are known. */
      who.at = NOW;
      g_assert_cmpint (sb_writer_find_contact (writer, &who, TRUE, error), ==, contact);
      g_assert_cmpint (sb_writer_ensure_thread (writer, contact, shop->line, error), !=, 0);
    }

  return TRUE;
}

/* People hide behind spaces and letters without a picture. */
static void
test_unseen_name (Shop         *shop,
                  gconstpointer data)
{
  SbReader *reader = sb_store_get_reader (shop->file.store);

  sb_temp_shop_run (shop, add_unseen);
  for (gsize i = 0; i < G_N_ELEMENTS (unseen); i++)
    {
      g_autofree char     *number = g_strdup_printf ("44770090080%u", (guint) i);
      g_autoptr (SbThread) thread = sb_reader_get_thread (reader, sb_reader_find_thread (reader, number));

      g_assert_nonnull (thread);
      if (i < 4)
        g_assert_nonnull (strstr (thread->name, "7700"));
      else
        g_assert_cmpstr (thread->name, ==, "Ann");
    }
}

static void
test_search (Shop         *shop,
             gconstpointer data)
{
  static const char *const found[] = { "coff", "اهلا", "beans", "Amira", "+20 100 123 4567", "\"coffee", "from:amira coffee" };
  static const char *const hostile[] = { "\"", "a\"b*", "NEAR(a b)", "text:x", "* OR", "AND", "(((", "x NOT", "^a", "-a", "'; DROP TABLE message", "%_\\", "{a}:b", "tag:", "before:x" };

  sb_temp_shop_run (shop, add_inbound);
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autoptr (GError)    error = NULL;
      g_autoptr (GPtrArray) hits = sb_reader_search (sb_store_get_reader (shop->file.store), found[i], 50, &error);

      g_test_message ("%s", found[i]);
      g_assert_no_error (error);
      g_assert_cmpuint (hits->len, >, 0);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (GError)    error = NULL;
      g_autoptr (GPtrArray) hits = sb_reader_search (sb_store_get_reader (shop->file.store), hostile[i], 50, &error);

      if (hits == NULL)
        g_assert_error (error, SB_ERROR, SB_ERROR_INVALID);
    }
}

static gboolean
send (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  Shop                 *shop = data;
  SbMessage             m = { .thread_id = shop->thread, .line_id = shop->line, .kind = SB_MESSAGE_TEXT, .direction = SB_DIRECTION_OUT, .author = SB_AUTHOR_STAFF, .sent_at = NOW, .text = (char *) "hello" };
  SbOutgoing            out = { .line_id = shop->line, .client_key = "key" };
  SbSettle              unknown = { .kind = SB_SETTLE_UNKNOWN };
  g_autofree char      *tag = NULL;
  g_autoptr (GPtrArray) claimed = NULL;
  SbStatusEvent         facts[] = { { .wamid = "wamid.out", .status = SB_STATUS_READ, .at = NOW + 3 }, { .wamid = "wamid.out", .status = SB_STATUS_SENT, .at = NOW + 1 } };

  out.message_id = shop->message = sb_writer_add_message (writer, &m, 0, error);
  shop->outbox = sb_writer_queue (writer, &out, error);
  g_assert_no_error (*error);
  g_assert_cmpint (sb_writer_queue (writer, &out, error), ==, 0);
  claimed = sb_writer_claim (writer, shop->line, 8, error);
  g_assert_no_error (*error);
  g_assert_cmpuint (claimed->len, ==, 1);
  g_assert_true (sb_writer_settle (writer, shop->outbox, &unknown, error));
  sb_temp_shop_recount (writer, NULL, error);

  facts[0].tag = tag = g_strdup_printf ("outbox:%" G_GINT64_FORMAT, shop->outbox);
  for (int i = 0; i < 4; i++)
    g_assert_true (sb_writer_apply_status (writer, &facts[i % 2], error));
  sb_temp_shop_recount (writer, NULL, error);

  return TRUE;
}

static void
test_outbox (Shop         *shop,
             gconstpointer data)
{
  g_autoptr (SbMessage) message = NULL;
  SbCounts              counts;

  sb_temp_shop_run (shop, send);
  message = sb_reader_get_message (sb_store_get_reader (shop->file.store), shop->message);
  g_assert_cmpint (message->status, ==, SB_STATUS_READ);
  g_assert_cmpstr (message->wamid, ==, "wamid.out");
  sb_reader_get_counts (sb_store_get_reader (shop->file.store), &counts);
  g_assert_cmpint (counts.outbox_unknown, ==, 0);
}

static gboolean
close_thread (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Shop  *shop = data;
  gint64 tag = sb_writer_ensure_tag (writer, "VIP", 1, error);

  g_assert_cmpint (tag, ==, sb_writer_ensure_tag (writer, "vip ", 1, error));
  shop->undo = sb_writer_begin_undo (writer, "Close", error);

  return sb_writer_tag (writer, shop->thread, tag, TRUE, error) && sb_writer_mark_read (writer, shop->thread, 0, error) &&
         sb_writer_set_thread_status (writer, shop->thread, SB_THREAD_CLOSED, 0, error);
}

static gboolean
undo (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  return sb_writer_undo (writer, ((Shop *) data)->undo, error);
}

static void
test_undo (Shop         *shop,
           gconstpointer data)
{
  g_autoptr (SbThread) thread = NULL;
  g_autoptr (GError)   error = NULL;

  sb_temp_shop_run (shop, add_inbound);
  sb_temp_shop_run (shop, close_thread);
  sb_temp_shop_run (shop, undo);
  thread = sb_reader_get_thread (sb_store_get_reader (shop->file.store), shop->thread);
  g_assert_cmpint (thread->status, ==, SB_THREAD_OPEN);
  g_assert_cmpint (thread->unread, ==, 1);
  g_assert_null (thread->tags);
  sb_temp_shop_run (shop, sb_temp_shop_recount);
  g_assert_false (sb_store_run (shop->file.store, undo, shop, &error));
  g_assert_error (error, SB_ERROR, SB_ERROR_NOT_FOUND);
}

static gboolean
redo (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 0);

  return sb_writer_redo (writer, sb_writer_last_redo (writer, 0), error);
}

/* -- the words of a message that waits -- */

static gboolean
change_waiting (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  Shop      *shop = data;
  SbMessage  m = { .thread_id = shop->thread, .line_id = shop->line, .kind = SB_MESSAGE_TEXT, .direction = SB_DIRECTION_OUT, .author = SB_AUTHOR_STAFF, .sent_at = NOW, .text = (char *) "at nine" };
  SbOutgoing out = { .line_id = shop->line, .client_key = "waits" };

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 0);
  out.message_id = shop->message = sb_writer_add_message (writer, &m, 0, error);
  shop->outbox = sb_writer_queue (writer, &out, error);
  shop->undo = sb_writer_begin_undo (writer, "change", error);

  return sb_writer_edit_queued (writer, shop->message, "at ten", error);
}

static gboolean
claim (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  g_autoptr (GPtrArray) claimed = sb_writer_claim (writer, ((Shop *) data)->line, 8, error);

  return claimed != NULL && claimed->len == 1;
}

static void
says (Shop       *shop,
      const char *text)
{
  SbReader             *reader = sb_store_get_reader (shop->file.store);
  g_autoptr (SbMessage) message = sb_reader_get_message (reader, shop->message);
  g_autoptr (SbThread)  thread = sb_reader_get_thread (reader, shop->thread);

  g_assert_cmpstr (message->text, ==, text);
  g_assert_nonnull (strstr (thread->preview, text));
}

static void
test_waiting_text (Shop         *shop,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  sb_temp_shop_run (shop, change_waiting);
  says (shop, "at ten");
  sb_temp_shop_run (shop, undo);
  says (shop, "at nine");
  sb_temp_shop_run (shop, redo);
  says (shop, "at ten");
  sb_temp_shop_run (shop, claim);
  g_assert_false (sb_store_run (shop->file.store, undo, shop, &error));
  g_assert_error (error, SB_ERROR, SB_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "The message does not wait any more, so its words cannot be changed");
  says (shop, "at ten");
  sb_temp_shop_run (shop, sb_temp_shop_recount);
}

static gboolean
add_note (SbWriter *writer,
          gpointer  data,
          GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 0);
  shop->undo = sb_writer_begin_undo (writer, "note", error);
  shop->message = sb_writer_add_note (writer, shop->thread, "No nuts", error);

  return shop->message != 0;
}

static void
test_redo (Shop         *shop,
           gconstpointer data)
{
  g_autoptr (SbThread)  thread = NULL;
  g_autoptr (SbMessage) note = NULL;
  g_autoptr (SbMessage) gone = NULL;
  g_autoptr (GError)    error = NULL;

  sb_temp_shop_run (shop, add_inbound);
  sb_temp_shop_run (shop, close_thread);
  sb_temp_shop_run (shop, undo);
  sb_temp_shop_run (shop, redo);
  thread = sb_reader_get_thread (sb_store_get_reader (shop->file.store), shop->thread);
  g_assert_cmpint (thread->status, ==, SB_THREAD_CLOSED);
  g_assert_cmpint (thread->unread, ==, 0);
  g_assert_cmpstr (thread->tags, ==, "VIP");
  sb_temp_shop_run (shop, sb_temp_shop_recount);
  g_assert_false (sb_store_run (shop->file.store, redo, shop, &error));
  g_assert_error (error, SB_ERROR, SB_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* What was undone before something else was done is not done again. */
  sb_temp_shop_run (shop, undo);
  sb_temp_shop_run (shop, add_note);
  g_assert_false (sb_store_run (shop->file.store, redo, shop, &error));
  g_assert_error (error, SB_ERROR, SB_ERROR_NOT_FOUND);

  sb_temp_shop_run (shop, undo);
  gone = sb_reader_get_message (sb_store_get_reader (shop->file.store), shop->message);
  g_assert_null (gone);
  sb_temp_shop_run (shop, redo);
  note = sb_reader_get_message (sb_store_get_reader (shop->file.store), shop->message);
  g_assert_cmpstr (note->text, ==, "No nuts");
  g_assert_cmpint (note->direction, ==, SB_DIRECTION_NOTE);
  sb_temp_shop_run (shop, sb_temp_shop_recount);
}

/* The step: 0 saves a view, 1 renames it, 2 deletes it. */
static gboolean
change_view (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Shop   *shop = data;
  SbNamed view = { .id = shop->outbox, .name = (char *) (shop->step == 0 ? "Cakes" : "Weddings"), .query = (char *) "{\"unread\":true}", .active = TRUE };

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 0);
  shop->undo = sb_writer_begin_undo (writer, "view", error);
  if (shop->step == 2)
    return sb_writer_delete_view (writer, shop->outbox, error);
  shop->outbox = sb_writer_save_named (writer, "view", &view, error);

  return shop->outbox != 0;
}

static void
expect_view (Shop       *shop,
             const char *name)
{
  g_autoptr (GPtrArray) views = sb_reader_list_views (sb_store_get_reader (shop->file.store));

  g_assert_cmpuint (views->len, ==, name != NULL ? 1 : 0);
  if (name == NULL)
    return;
  g_assert_cmpstr (((SbNamed *) views->pdata[0])->name, ==, name);
  g_assert_cmpstr (((SbNamed *) views->pdata[0])->query, ==, "{\"unread\":true}");
}

static void
test_views (Shop         *shop,
            gconstpointer data)
{
  shop->outbox = 0;
  for (shop->step = 0; shop->step < 3; shop->step++)
    {
      static const char *const before[] = { NULL, "Cakes", "Weddings" };
      static const char *const after[] = { "Cakes", "Weddings", NULL };

      sb_temp_shop_run (shop, change_view);
      expect_view (shop, after[shop->step]);
      sb_temp_shop_run (shop, undo);
      expect_view (shop, before[shop->step]);
      sb_temp_shop_run (shop, redo);
      expect_view (shop, after[shop->step]);
    }
}

static void
test_count (Shop         *shop,
            gconstpointer data)
{
  SbReader      *reader = sb_store_get_reader (shop->file.store);
  SbThreadFilter filters[] = { { 0 }, { .not_closed = TRUE }, { .unread_only = TRUE }, { .unanswered_only = TRUE }, { .with_customer = TRUE }, { .status = SB_THREAD_CLOSED }, { .assignee_id = -1 }, { .line_id = 1 }, { .tag_ids = { 1 } }, { .tag_ids = { 1, 2 } }, { .tag_ids = { 1, 2 }, .tags_all = TRUE } };

  sb_temp_shop_run (shop, add_inbound);
  for (int closed = 0; closed < 2; closed++)
    {
      g_autoptr (GPtrArray) tags = sb_reader_list_tags (reader);

      for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
        {
          SbThreadFilter        filter = filters[i];
          g_autoptr (GPtrArray) threads = NULL;

          if (tags->len > 0 && filter.tag_ids[0] != 0)
            filter.tag_ids[0] = ((SbNamed *) tags->pdata[0])->id;
          threads = sb_reader_list_threads (reader, &filter, NULL, 10);
          g_assert_cmpuint (sb_reader_count_threads (reader, &filter, 10), ==, threads->len);
        }
      sb_temp_shop_run (shop, close_thread);
    }
  g_assert_cmpuint (sb_reader_count_threads (reader, NULL, 10), ==, 1);
}

static gboolean
delete_reply (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Shop   *shop = data;
  SbNamed reply = { .name = (char *) "Hours", .query = (char *) "Until {{time}}", .position = 3 };

  shop->message = sb_writer_save_named (writer, "quick-reply", &reply, error);
  shop->undo = sb_writer_begin_undo (writer, "change", error);

  return shop->message != 0 && sb_writer_delete_quick_reply (writer, shop->message, error);
}

static void
test_quick_reply (Shop         *shop,
                  gconstpointer data)
{
  SbReader             *reader = sb_store_get_reader (shop->file.store);
  g_autoptr (GPtrArray) gone = NULL;
  g_autoptr (GPtrArray) back = NULL;
  const SbNamed        *reply;

  sb_temp_shop_run (shop, delete_reply);
  gone = sb_reader_list_quick_replies (reader);
  g_assert_cmpuint (gone->len, ==, 0);
  sb_temp_shop_run (shop, undo);
  back = sb_reader_list_quick_replies (reader);
  g_assert_cmpuint (back->len, ==, 1);
  reply = back->pdata[0];
  g_assert_cmpint (reply->id, ==, shop->message);
  g_assert_cmpstr (reply->name, ==, "Hours");
  g_assert_cmpstr (reply->query, ==, "Until {{time}}");
  g_assert_cmpint (reply->position, ==, 3);
}

static void
test_second (Shop         *shop,
             gconstpointer data)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (SbStore) second = sb_store_open (shop->file.folder, SB_STORE_DEFAULT, shop->file.clock, shop->file.random, NULL, &error);
  g_autoptr (SbStore) reader = sb_temp_shop_open_again (&shop->file, SB_STORE_READ_ONLY);
  g_autofree char    *file = g_build_filename (shop->file.folder, "shop.db", NULL);
  struct stat         info;

  g_assert_null (second);
  g_assert_error (error, SB_ERROR, SB_ERROR_BUSY);
  g_assert_nonnull (sb_store_get_reader (reader));
  g_assert_cmpint (stat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_newer (Shop         *shop,
            gconstpointer data)
{
  g_autofree char    *file = g_build_filename (shop->file.folder, "shop.db", NULL);
  g_autoptr (GError)  error = NULL;
  g_autoptr (SbStore) again = NULL;
  sqlite3            *db;

  if (shop->file.store != NULL)
    sb_store_close (shop->file.store);
  g_clear_object (&shop->file.store);
  g_assert_cmpint (sqlite3_open (file, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 99", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  again = sb_store_open (shop->file.folder, SB_STORE_DEFAULT, shop->file.clock, shop->file.random, NULL, &error);
  g_assert_null (again);
  g_assert_error (error, SB_ERROR, SB_ERROR_NEWER);
}

static void
test_damaged (Shop         *shop,
              gconstpointer data)
{
  g_autofree char *file = g_build_filename (shop->file.folder, "shop.db", NULL);
  g_autofree char *copy = NULL;

  if (shop->file.store != NULL)
    sb_store_close (shop->file.store);
  g_clear_object (&shop->file.store);
  g_assert_true (g_file_set_contents (file, "this is no database, but long enough to be looked at as if it were one, and so on and so on......", -1, NULL));
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  shop->file.store = sb_temp_shop_open_again (&shop->file, SB_STORE_CREATE);
  copy = sb_store_get_damaged_copy (shop->file.store);
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
}

int
main (int    argc,
      char **argv)
{
  gconstpointer in = GINT_TO_POINTER (SB_STORE_INLINE);

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/an inbound message is kept once", Shop, in, set_up, test_inbound, tear_down);
  g_test_add ("/store/an inbound message is kept once, by the thread", Shop, NULL, set_up, test_inbound, tear_down);
  g_test_add ("/store/a name of which nothing can be seen is none", Shop, in, set_up, test_unseen_name, tear_down);
  g_test_add ("/store/search finds, and never fails", Shop, in, set_up, test_search, tear_down);
  g_test_add ("/store/a status with our tag settles an unknown", Shop, in, set_up, test_outbox, tear_down);
  g_test_add ("/store/undo puts every row back, once", Shop, in, set_up, test_undo, tear_down);
  g_test_add ("/store/redo does it again, until something else is done", Shop, in, set_up, test_redo, tear_down);
  g_test_add ("/store/the words of a waiting message come back, as long as it waits", Shop, in, set_up, test_waiting_text, tear_down);
  g_test_add ("/store/a view saved, renamed and deleted is undone and redone", Shop, in, set_up, test_views, tear_down);
  g_test_add ("/store/a count is as long as its list", Shop, in, set_up, test_count, tear_down);
  g_test_add ("/store/a deleted quick reply can be had back", Shop, in, set_up, test_quick_reply, tear_down);
  g_test_add ("/store/a second opener is refused, a reader is not", Shop, NULL, set_up, test_second, tear_down);
  g_test_add ("/store/a newer file is refused", Shop, in, set_up, test_newer, tear_down);
  g_test_add ("/store/a damaged file is set aside", Shop, in, set_up, test_damaged, tear_down);

  return g_test_run ();
}
