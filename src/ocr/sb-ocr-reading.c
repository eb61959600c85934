#include "sb-ocr-reading.h"

#include <string.h>

#include "sb-ocr-doubt.h"
#include "sb-ocr-lines.h"
#include "sb-phone.h"

#define LINE_HEIGHT 20
#define LETTER      10

/* -- a document: its text laid out as if it stood on paper, a tab as a wide gap -- */

static SbOcrWord *
typed_word (const char *text,
            int         x,
            int         line)
{
  SbOcrWord *word = g_new0 (SbOcrWord, 1);
  int        n = (int) g_utf8_strlen (text, -1);

  word->text = g_strdup (text);
  word->confidence = 100;
  word->line = line;
  word->box = (SbOcrBox) { x, line * 2 * LINE_HEIGHT, n * LETTER, LINE_HEIGHT };
  word->letters = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_ocr_letter_free);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), x += LETTER)
    {
      char letter[7] = { 0 };

      g_unichar_to_utf8 (g_utf8_get_char (p), letter);
      g_ptr_array_add (word->letters, sb_ocr_letter_new (letter, 100, (SbOcrBox) { x, word->box.y, LETTER, LINE_HEIGHT }));
    }

  return word;
}

static void
lay_out_line (SbOcrPage  *page,
              const char *text,
              int         line)
{
  g_auto (GStrv) columns = g_strsplit_set (text, "\t;", -1);
  int            x = 0;

  for (guint i = 0; columns[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit_set (columns[i], " ,\r", -1);

      for (guint k = 0; words[k] != NULL; k++)
        if (words[k][0] != '\0')
          {
            SbOcrWord *word = typed_word (words[k], x, line);

            g_ptr_array_add (page->words, word);
            x = word->box.x + word->box.w + LETTER;
          }
      x += 4 * LINE_HEIGHT;
    }
}

static void
lay_out (SbOcrPage  *page,
         const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 20000);

  for (guint i = 0; lines[i] != NULL; i++)
    lay_out_line (page, lines[i], (int) i);
}

/* -- what kind of paper -- */

static gboolean
looks_like_card (GPtrArray  *lines,
                 const char *country)
{
  guint n_numbers = 0, n_mails = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      const SbOcrLine *line = lines->pdata[i];
      g_autofree char *text = sb_ocr_run_text (line, (SbOcrRun) { 0, line->words->len });
      SbOcrRun         run;

      n_numbers += sb_ocr_find_number (line, country, &run);
      n_mails += strchr (text, '@') != NULL || strstr (text, "www.") != NULL;
    }

  return lines->len >= 3 && lines->len <= 16 && n_numbers <= 3 && n_mails >= 1 && n_mails <= 3;
}

/* A number nobody could call is in doubt as a whole, however surely its digits were read. */
static void
look_over (SbOcrRow   *row,
           const char *country,
           gboolean    foreign)
{
  static const SbOcrField names[] = { SB_OCR_NAME, SB_OCR_COMPANY, SB_OCR_ADDRESS };
  static const SbOcrField numbers[] = { SB_OCR_NUMBER, SB_OCR_NUMBER_2 };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    sb_ocr_row_trim (row, names[i]);
  for (gsize i = 0; !foreign && i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = sb_ocr_row_dup_text (row, numbers[i]);
      g_autofree char *whole = text[0] != '\0' ? sb_phone_normalize (text, country) : NULL;

      if (text[0] != '\0' && whole == NULL)
        sb_ocr_row_doubt_end (row, numbers[i]);
    }
}

static guint
count_uncallable (GPtrArray  *rows,
                  guint       first,
                  const char *country)
{
  guint n = 0;

  for (guint i = first; i < rows->len; i++)
    n += sb_ocr_row_has_number (rows->pdata[i]) && !sb_ocr_row_number_is_whole (rows->pdata[i], country);

  return n;
}

static guint
count_number (const SbOcrRow *row)
{
  g_autofree char *text = sb_ocr_row_dup_text (row, SB_OCR_NUMBER);

  return sb_ocr_count_digits (text, NULL);
}

/* On a list nearly all numbers are of one length: one that is shorter or longer lost a digit, or caught one, even if it could be called. */
static void
doubt_odd_lengths (GPtrArray *rows,
                   guint      first)
{
  guint counts[32] = { 0 }, usual = 0, n = 0;

  for (guint i = first; i < rows->len; i++)
    {
      guint length = MIN (count_number (rows->pdata[i]), G_N_ELEMENTS (counts) - 1);

      counts[length] += length > 0;
      n += length > 0;
    }
  for (guint length = 1; length < G_N_ELEMENTS (counts); length++)
    if (counts[length] > counts[usual])
      usual = length;
  if (n < 5 || counts[usual] * 10 < n * 7)
    return;
  for (guint i = first; i < rows->len; i++)
    if (count_number (rows->pdata[i]) != usual && count_number (rows->pdata[i]) > 0)
      sb_ocr_row_doubt_end (rows->pdata[i], SB_OCR_NUMBER);
}

void
sb_ocr_understand (const SbOcrPage *page,
                   SbOcrAs          as,
                   const char      *country,
                   GPtrArray       *rows)
{
  g_autoptr (SbOcrPage) laid_out = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  const SbOcrPage      *shown = page;
  guint                 first;
  gboolean              foreign;

  if (page->text != NULL)
    {
      g_autoptr (JsonObject) empty = sb_json_make ("a:words", json_array_new (), NULL);

      shown = laid_out = sb_ocr_page_from_json (empty);
      lay_out (laid_out, page->text);
    }
  lines = sb_ocr_lines_of (shown);
  first = rows->len;
  if (as == SB_OCR_AS_CARD || (as == SB_OCR_AS_GUESSED && looks_like_card (lines, country)))
    sb_ocr_read_card (shown, lines, country, rows);
  else
    sb_ocr_read_list (shown, lines, country, rows);
  /* Where nearly none can be called it is the country that is wrong, not every number. */
  foreign = rows->len - first >= 5 && count_uncallable (rows, first, country) * 10 > (rows->len - first) * 7;
  for (guint i = first; i < rows->len; i++)
    look_over (rows->pdata[i], country, foreign);
  doubt_odd_lengths (rows, first);
}

/* -- out again -- */

static const struct
{
  SbOcrField  field;
  const char *title; /* as the import knows it */
} columns[] = {
  { SB_OCR_NAME, "Name" },
  { SB_OCR_NUMBER, "Phone" },
  { SB_OCR_NUMBER_2, "Phone 2" },
  { SB_OCR_COMPANY, "Company" },
  { SB_OCR_MAIL, "Email" },
  { SB_OCR_ADDRESS, "Address" },
  { SB_OCR_ORDER, "Note" },
};

static gboolean
has_any (GPtrArray *rows,
         SbOcrField field)
{
  for (guint i = 0; i < rows->len; i++)
    if (((const SbOcrRow *) rows->pdata[i])->cells[field] != NULL)
      return TRUE;

  return FALSE;
}

/* A person who was never looked at, or was skipped, is not in it: no number comes in unseen. */
char *
sb_ocr_rows_to_text (GPtrArray *rows)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (i < 2 || has_any (rows, columns[i].field))
      g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "", columns[i].title);
  g_string_append_c (text, '\n');

  for (guint k = 0; k < rows->len; k++)
    {
      const SbOcrRow *row = rows->pdata[k];

      if (row->state != SB_OCR_ACCEPTED || !sb_ocr_row_has_number (row))
        continue;
      for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
        {
          g_autofree char *cell = sb_ocr_row_dup_text (row, columns[i].field);

          g_strdelimit (cell, "\t\n\r", ' ');
          if (i < 2 || has_any (rows, columns[i].field))
            g_string_append_printf (text, "%s%s", i > 0 ? "\t" : "", cell);
        }
      g_string_append_c (text, '\n');
    }

  return g_string_free_and_steal (text);
}

gboolean
sb_ocr_row_number_is_whole (const SbOcrRow *row,
                            const char     *country)
{
  g_autofree char *text = sb_ocr_row_dup_text (row, row->cells[SB_OCR_NUMBER] != NULL ? SB_OCR_NUMBER : SB_OCR_NUMBER_2);
  g_autofree char *digits = text[0] != '\0' ? sb_phone_normalize (text, country) : NULL;

  return digits != NULL;
}
