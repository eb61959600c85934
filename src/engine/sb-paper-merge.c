#include "sb-paper-merge.h"

static char *
digits_of (const SbOcrRow *row)
{
  g_autofree char *text = sb_ocr_row_dup_text (row, row->cells[SB_OCR_NUMBER] != NULL ? SB_OCR_NUMBER : SB_OCR_NUMBER_2);
  GString         *digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);

  return g_string_free_and_steal (digits);
}

static gboolean
is_there (GPtrArray      *rows,
          const SbOcrRow *row)
{
  g_autofree char *wanted = digits_of (row);

  for (guint i = 0; wanted[0] != '\0' && i < rows->len; i++)
    {
      g_autofree char *digits = digits_of (rows->pdata[i]);

      if (g_str_equal (digits, wanted))
        return TRUE;
    }

  return FALSE;
}

static int
by_place (gconstpointer a,
          gconstpointer b)
{
  const SbOcrRow *x = *(SbOcrRow *const *) a, *y = *(SbOcrRow *const *) b;

  return x->page != y->page ? x->page - y->page : x->box.y - y->box.y;
}

void
sb_paper_merge_again (GPtrArray *rows,
                      GPtrArray *again,
                      int        page,
                      int        turn,
                      int        width,
                      int        height)
{
  for (guint i = rows->len; i > 0; i--)
    {
      SbOcrRow *row = rows->pdata[i - 1];

      if (row->page == page && row->state == SB_OCR_OPEN)
        g_ptr_array_remove_index (rows, i - 1);
      else if (row->page == page)
        sb_ocr_row_turn (row, turn, width, height);
    }
  for (guint i = 0; i < again->len; i++)
    if (!is_there (rows, again->pdata[i]))
      {
        g_autoptr (JsonObject) copy = sb_ocr_row_to_json (again->pdata[i]);
        SbOcrRow              *row = sb_ocr_row_from_json (copy);

        row->page = page;
        g_ptr_array_add (rows, row);
      }
  g_ptr_array_sort (rows, by_place);
  for (guint i = 0; i < rows->len; i++)
    ((SbOcrRow *) rows->pdata[i])->number = i + 1;
}
