/* What pictures say: found by search, gone with the last message that had the picture; and paper that waits for a review. */
#include <string.h>

#include "sb-error.h"
#include "sb-store-ocr.h"
#include "sb-store-private.h"
#include "sb-temp-shop.h"

#define NOW  G_GINT64_CONSTANT (1750000000000)
#define HASH "aa00000000000000000000000000000000000000000000000000000000000001"

typedef struct
{
  SbTempShop file;
  gint64     contacts[2];
  gint64     messages[2];
} Shop;

/* Two customers who sent the same picture. */
static gboolean
fill (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  Shop              *shop = data;
  g_autoptr (SbLine) line = sb_line_new ();
  gint64             line_id;

  line->name = g_strdup ("Shop");
  line_id = sb_writer_save_line (writer, line, error);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char      *number = g_strdup_printf ("35191200000%u", i);
      g_autofree char      *wamid = g_strdup_printf ("wamid.%u", i);
      SbWho                 who = { .wa_id = number };
      gint64                contact = sb_writer_find_contact (writer, &who, TRUE, error);
      g_autoptr (SbMessage) message = sb_message_new ();
      SbAttachment         *attachment = sb_attachment_new ();

      message->thread_id = sb_writer_ensure_thread (writer, contact, line_id, error);
      message->line_id = line_id;
      message->kind = SB_MESSAGE_IMAGE;
      message->author = SB_AUTHOR_CUSTOMER;
      message->sent_at = NOW;
      message->wamid = g_strdup (wamid);
      attachment->state = SB_ATTACHMENT_HERE;
      attachment->mime = g_strdup ("image/jpeg");
      attachment->path = g_strdup ("/media/" HASH);
      sb_message_add_attachment (message, attachment);
      shop->contacts[i] = contact;
      shop->messages[i] = sb_writer_add_message (writer, message, 0, error);
      g_assert_cmpint (shop->messages[i], !=, 0);
    }
  g_assert_no_error (*error);

  return TRUE;
}

static void
set_up (Shop         *shop,
        gconstpointer data)
{
  sb_temp_shop_open (&shop->file, SB_STORE_INLINE, NOW, 5);
  sb_temp_shop_run (shop, fill);
}

static void
tear_down (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_close (&shop->file);
}

static gboolean
say (SbWriter *writer,
     gpointer  data,
     GError  **error)
{
  return sb_writer_set_media_text (writer, HASH, data, 90, error);
}

static gboolean
erase (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  return sb_db_exec (writer->db, error, "DELETE FROM contact WHERE id = ?", "i", *(const gint64 *) data);
}

static guint
count_hits (Shop       *shop,
            const char *query)
{
  g_autoptr (GPtrArray) hits = sb_reader_search (sb_store_get_reader (shop->file.store), query, 20, NULL);
  guint                 n = 0;

  for (guint i = 0; i < hits->len; i++)
    n += ((SbHit *) hits->pdata[i])->message_id != 0;

  return n;
}

static void
test_found (Shop         *shop,
            gconstpointer data)
{
  SbReader             *reader = sb_store_get_reader (shop->file.store);
  gint64                message = 0;
  g_autofree char      *hash = sb_reader_next_unread_picture (reader, &message);
  g_autofree char      *none = NULL;
  g_autoptr (GPtrArray) hits = NULL;

  g_assert_cmpstr (hash, ==, HASH);
  g_assert_cmpint (message, ==, shop->messages[1]);
  g_assert_cmpuint (count_hits (shop, "pistachio"), ==, 0);
  g_assert_true (sb_store_run (shop->file.store, say, (gpointer) "2 pistachio 20p", NULL));

  none = sb_reader_next_unread_picture (reader, &message);
  g_assert_null (none);
  g_assert_cmpuint (count_hits (shop, "pistachio"), ==, 2);
  g_assert_cmpuint (count_hits (shop, "pista"), ==, 2);
  hits = sb_reader_search (reader, "pistachio", 20, NULL);
  for (guint i = 0; i < hits->len; i++)
    g_assert_true (((SbHit *) hits->pdata[i])->message_id == shop->messages[0] || ((SbHit *) hits->pdata[i])->message_id == shop->messages[1]);
}

static void
test_read_again (Shop         *shop,
                 gconstpointer data)
{
  g_assert_true (sb_store_run (shop->file.store, say, (gpointer) "lemon", NULL));
  g_assert_true (sb_store_run (shop->file.store, say, (gpointer) "almond", NULL));
  g_assert_cmpuint (count_hits (shop, "lemon"), ==, 0);
  g_assert_cmpuint (count_hits (shop, "almond"), ==, 2);
}

static void
test_erased (Shop         *shop,
             gconstpointer data)
{
  SbReader        *reader = sb_store_get_reader (shop->file.store);
  g_autofree char *text = NULL;
  g_autofree char *gone = NULL;

  g_assert_true (sb_store_run (shop->file.store, say, (gpointer) "pistachio", NULL));
  g_assert_true (sb_store_run (shop->file.store, erase, &shop->contacts[0], NULL));
  text = sb_reader_get_media_text (reader, HASH);
  g_assert_cmpstr (text, ==, "pistachio");
  g_assert_cmpuint (count_hits (shop, "pistachio"), ==, 1);

  g_assert_true (sb_store_run (shop->file.store, erase, &shop->contacts[1], NULL));
  gone = sb_reader_get_media_text (reader, HASH);
  g_assert_null (gone);
  g_assert_cmpuint (count_hits (shop, "pistachio"), ==, 0);
  /* What is read of somebody who was erased meanwhile is not kept. */
  g_assert_true (sb_store_run (shop->file.store, say, (gpointer) "pistachio", NULL));
  gone = sb_reader_get_media_text (reader, HASH);
  g_assert_null (gone);
}

static gboolean
begin_paper (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  const SbPaper     paper = { .file_name = (char *) "list.jpg", .country = (char *) "GB", .state = SB_PAPER_OPEN };
  const SbPaperPage page = { .number = 0, .hash = (char *) HASH, .verdict = (char *) "good" };
  gint64           *id = data;

  *id = sb_writer_save_paper (writer, &paper, error);

  return *id != 0 && sb_writer_save_paper_page (writer, *id, &page, error) && sb_writer_save_paper_row (writer, *id, 1, "{\"row\":1}", error) && sb_writer_save_paper_row (writer, *id, 2, "{}", error) &&
         sb_writer_save_paper_row (writer, *id, 2, "{\"row\":2}", error);
}

static gboolean
end_paper (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  g_autoptr (SbPaper) paper = sb_reader_get_paper (sb_writer_get_reader (writer), *(const gint64 *) data);

  paper->state = SB_PAPER_FINISHED;
  paper->import_id = 7;

  return sb_writer_save_paper (writer, paper, error) != 0;
}

static void
test_paper_waits (Shop         *shop,
                  gconstpointer data)
{
  SbReader             *reader = sb_store_get_reader (shop->file.store);
  gint64                id = 0;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (SbPaper)   ended = NULL;

  g_assert_true (sb_store_run (shop->file.store, begin_paper, &id, NULL));
  open = sb_reader_list_open_papers (reader, 10);
  rows = sb_reader_list_paper_rows (reader, id);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpuint (((SbPaper *) open->pdata[0])->n_rows, ==, 2);
  g_assert_cmpstr (rows->pdata[1], ==, "{\"row\":2}");

  g_assert_true (sb_store_run (shop->file.store, end_paper, &id, NULL));
  none = sb_reader_list_open_papers (reader, 10);
  ended = sb_reader_get_paper (reader, id);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (ended->import_id, ==, 7);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/what a picture says is found with its message", Shop, NULL, set_up, test_found, tear_down);
  g_test_add ("/store/a picture that is read again says the new words only", Shop, NULL, set_up, test_read_again, tear_down);
  g_test_add ("/store/what a picture says goes with its last message", Shop, NULL, set_up, test_erased, tear_down);
  g_test_add ("/store/paper waits for its review", Shop, NULL, set_up, test_paper_waits, tear_down);

  return g_test_run ();
}
