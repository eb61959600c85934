#include <string.h>

#include "fuzz.h"
#include "sb-ocr-reading.h"

/* Whatever the reader of letters says stands on a page: rows come out or none, and nothing leaves unseen. */

static const char *const words[] = { "O7700", "900l23", "+44", "07700", "900123", "@", "www.", "tel", "fax", "\\u0660", "\\u0641", "1e99", "-1", "null", "\"letters\":[]", "\"h\":0", "\"w\":100000", NULL };

static void
check_rows (const SbOcrPage *page,
            SbOcrAs          as)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_ocr_row_free);
  g_autofree char      *text = NULL;

  sb_ocr_understand (page, as, "GB", rows);
  text = sb_ocr_rows_to_text (rows);
  g_assert_nonnull (strchr (text, '\n'));
  g_assert_cmpuint (strchr (text, '\n') - text + 1, ==, strlen (text));
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (JsonObject) kept = sb_ocr_row_to_json (rows->pdata[i]);
      g_autoptr (SbOcrRow)   again = sb_ocr_row_from_json (kept);

      g_assert_cmpuint (again->number, ==, i + 1);
      g_assert_cmpuint (sb_ocr_row_count_doubts (again), ==, sb_ocr_row_count_doubts (rows->pdata[i]));
      sb_ocr_row_accept (again);
      g_assert_cmpuint (sb_ocr_row_count_doubts (again), ==, 0);
    }
}

static void
one (const char *data,
     gsize       length)
{
  g_autoptr (JsonNode)  node = sb_json_parse (data, (gssize) length, NULL);
  g_autoptr (SbOcrPage) page = sb_json_root (node) != NULL ? sb_ocr_page_from_json (sb_json_root (node)) : NULL;
  g_autofree char      *text = page != NULL ? sb_ocr_page_get_text (page) : NULL;

  if (page == NULL)
    return;
  g_assert_true (g_utf8_validate (text, -1, NULL));
  check_rows (page, SB_OCR_AS_GUESSED);
  check_rows (page, SB_OCR_AS_LIST);
  check_rows (page, SB_OCR_AS_CARD);
}

int
main (int    argc,
      char **argv)
{
  const FuzzTarget target = { .name = "words on paper", .corpus = "ocr-text.txt", .json = TRUE, .words = words, .one = one };

  return fuzz_run (argc, argv, &target);
}
