#include <string.h>

#include "sb-ocr-doubt.h"
#include "sb-ocr-reading.h"

/* -- pages as they were recorded, and pages written by hand -- */

static SbOcrPage *
recorded (const char *name)
{
  g_autofree char     *path = g_test_build_filename (G_TEST_DIST, name, NULL);
  g_autofree char     *text = NULL;
  gsize                length;
  g_autoptr (GBytes)   bytes = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  bytes = g_bytes_new (text, length);
  node = sb_json_parse_large (bytes, 1 << 24, NULL);

  return sb_ocr_page_from_json (sb_json_root (node));
}

/* Each line of @paper is one of the page; two blanks are the gap between columns. */
static SbOcrPage *
drawn (const char *paper)
{
  g_auto (GStrv)         lines = g_strsplit (paper, "\n", -1);
  JsonArray             *words = json_array_new ();
  g_autoptr (JsonObject) page = sb_json_make ("a:words", words, "i:width", (gint64) 1000, "i:height", (gint64) 1000, NULL);

  for (guint y = 0; lines[y] != NULL; y++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[y], " ", -1);
      gint64         x = 0;

      for (guint i = 0; parts[i] != NULL; i++)
        {
          gint64 width = 10 * g_utf8_strlen (parts[i], -1);

          if (width > 0)
            json_array_add_object_element (words, sb_json_make ("s:t", parts[i], "d:c", 97.0, "i:x", x, "i:y", (gint64) y * 40, "i:w", width, "i:h", (gint64) 20, "i:line", (gint64) y, NULL));
          x += width > 0 ? width + 10 : 60;
        }
    }

  return sb_ocr_page_from_json (page);
}

static GPtrArray *
understood (const SbOcrPage *page,
            SbOcrAs          as)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_ocr_row_free);

  sb_ocr_understand (page, as, "GB", rows);

  return rows;
}

static void
check_cell (GPtrArray  *rows,
            guint       index,
            SbOcrField  field,
            const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_cmpuint (index, <, rows->len);
  text = sb_ocr_row_dup_text (rows->pdata[index], field);
  g_assert_cmpstr (text, ==, expected);
}

/* -- lists -- */

static void
test_recorded_list (void)
{
  static const char *const numbers[] = { "867", "507", "807", "029", "780", "738", "923", "026", "992", "227", "238", "779" };
  g_autoptr (SbOcrPage)    page = recorded ("hand.json");
  g_autoptr (GPtrArray)    rows = understood (page, SB_OCR_AS_GUESSED);

  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (numbers));
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *number = g_strconcat ("07700 900", numbers[i], NULL);

      check_cell (rows, i, SB_OCR_NUMBER, number);
      g_assert_true (sb_ocr_row_number_is_whole (rows->pdata[i], "GB"));
    }
  check_cell (rows, 3, SB_OCR_NAME, "Lina Evans");
  check_cell (rows, 3, SB_OCR_ORDER, "3 baguettes");
  check_cell (rows, 8, SB_OCR_NAME, "Grace Silva");
}

static void
test_columns (void)
{
  g_autoptr (SbOcrPage) page = drawn ("Orders Saturday\nName   Number   Order\n1   Fatima Z   07700 900341   2 choc 12p\n2   Lina      1 pistachio\n3   Hotel Albion   020 7946 0120   30 tarts");
  g_autoptr (GPtrArray) rows = understood (page, SB_OCR_AS_LIST);

  g_assert_cmpuint (rows->len, ==, 3);
  check_cell (rows, 0, SB_OCR_NAME, "Fatima Z");
  check_cell (rows, 0, SB_OCR_NUMBER, "07700 900341");
  check_cell (rows, 0, SB_OCR_ORDER, "2 choc 12p");
  check_cell (rows, 1, SB_OCR_NAME, "Lina");
  g_assert_false (sb_ocr_row_has_number (rows->pdata[1]));
  check_cell (rows, 2, SB_OCR_NUMBER, "020 7946 0120");
  check_cell (rows, 2, SB_OCR_ORDER, "30 tarts");
}

/* An order that begins with a digit is no end of a number. */
static void
test_order_beside_number (void)
{
  g_autoptr (SbOcrPage) page = drawn ("Khalid 07700 900419 1 pistachio");
  g_autoptr (GPtrArray) rows = understood (page, SB_OCR_AS_LIST);

  g_assert_cmpuint (rows->len, ==, 1);
  check_cell (rows, 0, SB_OCR_NUMBER, "07700 900419");
  check_cell (rows, 0, SB_OCR_ORDER, "1 pistachio");
}

static void
test_screen (void)
{
  g_autoptr (SbOcrPage) page = drawn ("Contacts\nAmina Haddad\n+44 7700 900123\nOmar Khan\n+44 7700 900456");
  g_autoptr (GPtrArray) rows = understood (page, SB_OCR_AS_LIST);

  g_assert_cmpuint (rows->len, ==, 2);
  check_cell (rows, 0, SB_OCR_NAME, "Amina Haddad");
  check_cell (rows, 0, SB_OCR_NUMBER, "+44 7700 900123");
  check_cell (rows, 1, SB_OCR_NAME, "Omar Khan");
}

static void
test_arabic_digits (void)
{
  g_autoptr (SbOcrPage) page = drawn ("٠٧٧٠٠   ٩٠٠١٢٣      فاطمة");
  g_autoptr (GPtrArray) rows = understood (page, SB_OCR_AS_LIST);

  g_assert_cmpuint (rows->len, ==, 1);
  check_cell (rows, 0, SB_OCR_NAME, "فاطمة");
  g_assert_cmpuint (sb_ocr_row_count_doubts (rows->pdata[0]), ==, 0);
}

/* -- doubts -- */

static void
test_repaired_digits (void)
{
  g_autoptr (SbOcrPage) page = drawn ("Khalid   O7700 9004l9   1 cake");
  g_autoptr (GPtrArray) rows = understood (page, SB_OCR_AS_LIST);
  SbOcrRow             *row;

  g_assert_cmpuint (rows->len, ==, 1);
  row = rows->pdata[0];
  check_cell (rows, 0, SB_OCR_NUMBER, "07700 900419");
  g_assert_cmpuint (sb_ocr_row_count_doubts (row), ==, 2);
  g_assert_true (((const SbOcrSign *) row->cells[SB_OCR_NUMBER]->signs->pdata[0])->doubt);
  g_assert_false (((const SbOcrSign *) row->cells[SB_OCR_NUMBER]->signs->pdata[1])->doubt);

  sb_ocr_row_choose (row, SB_OCR_NUMBER, 0, "0");
  g_assert_cmpuint (sb_ocr_row_count_doubts (row), ==, 1);
}

static void
test_rivals (void)
{
  SbOcrLetter         *letter = sb_ocr_letter_new ("7", 97, (SbOcrBox) { 1, 2, 3, 4 });
  GPtrArray           *letters = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_ocr_letter_free);
  SbOcrWord            word = { .text = (char *) "7", .confidence = 97, .letters = letters, .box = { 1, 2, 3, 4 } };
  SbOcrWord           *words[] = { &word };
  g_autoptr (SbOcrRow) row = sb_ocr_row_new ();

  sb_ocr_letter_add_other (letter, "1", 21);
  g_ptr_array_add (letters, letter);
  sb_ocr_row_add_words (row, SB_OCR_NUMBER, words, 1);
  g_assert_cmpuint (sb_ocr_row_count_doubts (row), ==, 1);
  g_ptr_array_unref (letters);
}

/* -- cards -- */

static void
test_recorded_card (void)
{
  g_autoptr (SbOcrPage) page = recorded ("card.json");
  g_autoptr (GPtrArray) rows = understood (page, SB_OCR_AS_GUESSED);

  g_assert_cmpuint (rows->len, ==, 1);
  check_cell (rows, 0, SB_OCR_NAME, "Khalid Silva");
  g_assert_nonnull (((SbOcrRow *) rows->pdata[0])->cells[SB_OCR_MAIL]);
  g_assert_nonnull (((SbOcrRow *) rows->pdata[0])->cells[SB_OCR_COMPANY]);
  g_assert_true (sb_ocr_row_number_is_whole (rows->pdata[0], "GB"));
}

static void
test_fax_is_no_number (void)
{
  g_autoptr (SbOcrPage) page = drawn ("Anchor Tools\nTom Wright\nFax 020 7946 0999\nTel 020 7946 0120\ntom@anchor.example\n7 Market Street");
  g_autoptr (GPtrArray) rows = understood (page, SB_OCR_AS_CARD);

  g_assert_cmpuint (rows->len, ==, 1);
  check_cell (rows, 0, SB_OCR_NUMBER, "020 7946 0120");
  check_cell (rows, 0, SB_OCR_NAME, "Tom Wright");
  check_cell (rows, 0, SB_OCR_COMPANY, "Anchor Tools");
  check_cell (rows, 0, SB_OCR_MAIL, "tom@anchor.example");
  check_cell (rows, 0, SB_OCR_ADDRESS, "7 Market Street");
}

/* -- out -- */

static void
test_nothing_unseen_leaves (void)
{
  g_autoptr (SbOcrPage) page = drawn ("Amina   07700 900123   1 cake\nOmar   07700 900456   2 cakes\nIda   07700 900789   3 cakes");
  g_autoptr (GPtrArray) rows = understood (page, SB_OCR_AS_LIST);
  g_autofree char      *unseen = sb_ocr_rows_to_text (rows);
  g_autofree char      *seen = NULL;

  g_assert_null (strstr (unseen, "07700"));
  sb_ocr_row_accept (rows->pdata[0]);
  ((SbOcrRow *) rows->pdata[1])->state = SB_OCR_SKIPPED;
  seen = sb_ocr_rows_to_text (rows);
  g_assert_cmpstr (seen, ==, "Name\tPhone\tNote\nAmina\t07700 900123\t1 cake\n");
}

static void
test_kept_as_they_are (void)
{
  g_autoptr (SbOcrPage) page = recorded ("hand.json");
  g_autoptr (GPtrArray) rows = understood (page, SB_OCR_AS_GUESSED);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (JsonObject) first = sb_ocr_row_to_json (rows->pdata[i]);
      g_autoptr (SbOcrRow)   again = sb_ocr_row_from_json (first);
      g_autoptr (JsonObject) second = sb_ocr_row_to_json (again);
      g_autofree char       *a = sb_json_text (first);
      g_autofree char       *b = sb_json_text (second);

      g_assert_cmpuint (again->number, ==, i + 1);
      g_assert_cmpstr (a, ==, b);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ocr/a-list-that-was-photographed", test_recorded_list);
  g_test_add_func ("/ocr/columns-are-told-by-their-places", test_columns);
  g_test_add_func ("/ocr/an-order-that-begins-with-a-digit-is-no-end-of-a-number", test_order_beside_number);
  g_test_add_func ("/ocr/a-name-above-its-number", test_screen);
  g_test_add_func ("/ocr/digits-of-arabic-are-digits", test_arabic_digits);
  g_test_add_func ("/ocr/letters-become-digits-only-with-a-doubt", test_repaired_digits);
  g_test_add_func ("/ocr/a-likely-rival-is-a-doubt", test_rivals);
  g_test_add_func ("/ocr/a-card-that-was-photographed", test_recorded_card);
  g_test_add_func ("/ocr/a-fax-is-nobody-to-write-to", test_fax_is_no_number);
  g_test_add_func ("/ocr/what-nobody-looked-at-does-not-leave", test_nothing_unseen_leaves);
  g_test_add_func ("/ocr/rows-are-kept-as-they-are", test_kept_as_they_are);

  return g_test_run ();
}
