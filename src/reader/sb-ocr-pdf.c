#include "sb-ocr-pdf.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "sb-json.h"

#define FILE_MAX  (G_GINT64_CONSTANT (300) * 1024 * 1024)
#define PAGES_MAX 1000
#define DPI       220.0
#define SIDE_MAX  2800.0

/* The library leaves these two out. */
typedef PopplerDocument Pdf;
typedef PopplerPage     PdfPage;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pdf, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PdfPage, g_object_unref)

PopplerDocument *
sb_pdf_open (const char *path,
             GError    **error)
{
  g_autoptr (GError) fault = NULL;
  g_autofree char   *full = g_canonicalize_filename (path, NULL);
  g_autofree char   *uri = g_filename_to_uri (full, NULL, NULL);
  g_autoptr (Pdf)    document = NULL;
  GStatBuf           status;

  if (g_stat (path, &status) == 0 && status.st_size > FILE_MAX)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_TOO_LARGE, _("The PDF is larger than 300 MB. Save the pages you need on their own"));
      return NULL;
    }
  document = uri != NULL ? poppler_document_new_from_file (uri, NULL, &fault) : NULL;
  if (document == NULL && g_error_matches (fault, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    g_set_error_literal (error, SB_ERROR, SB_ERROR_AUTH, _("The PDF needs a password. Save it without one and choose it again"));
  else if (document == NULL || poppler_document_get_n_pages (document) < 1) /* of a file cut short nothing may be left to show */
    g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("The PDF is damaged and cannot be read"));
  else if (poppler_document_get_n_pages (document) > PAGES_MAX)
    g_set_error (error, SB_ERROR, SB_ERROR_TOO_LARGE, _("The PDF has %d pages; more than 1,000 are not read at once"), poppler_document_get_n_pages (document));
  else
    return g_steal_pointer (&document);

  return NULL;
}

static Pix *
from_surface (cairo_surface_t *surface)
{
  int           width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  int           stride = cairo_image_surface_get_stride (surface);
  const guint8 *data = cairo_image_surface_get_data (surface);
  Pix          *pix = pixCreate (width, height, 32);

  if (pix == NULL)
    return NULL;
  for (int y = 0; y < height; y++)
    {
      const guint32 *from = (const guint32 *) (const void *) (data + (gsize) y * stride);
      l_uint32      *to = pixGetData (pix) + (gsize) y * pixGetWpl (pix);

      for (int x = 0; x < width; x++)
        to[x] = from[x] << 8; /* xRGB becomes RGBx */
    }

  return pix;
}

Pix *
sb_pdf_draw (PopplerDocument *document,
             int              number,
             double          *scale,
             GError         **error)
{
  g_autoptr (PdfPage) page = poppler_document_get_page (document, number);
  cairo_surface_t    *surface;
  cairo_t            *cr;
  Pix                *pix = NULL;
  double              width = 0, height = 0;

  if (page != NULL)
    poppler_page_get_size (page, &width, &height);
  if (width < 1 || height < 1 || width > 100000 || height > 100000)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_INVALID, _("Page %d of the PDF is damaged"), number + 1);
      return NULL;
    }

  *scale = MIN (DPI / 72, SIDE_MAX / MAX (width, height));
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX (1, (int) (width * *scale)), MAX (1, (int) (height * *scale)));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, *scale, *scale);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    pix = from_surface (surface);
  cairo_surface_destroy (surface);
  if (pix == NULL)
    g_set_error (error, SB_ERROR, SB_ERROR_INVALID, _("Page %d of the PDF is damaged"), number + 1);

  return pix;
}

/* -- words that are there already -- */

typedef struct
{
  JsonArray *words;
  GString   *text;
  JsonArray *letters;
  double     left, top, right, bottom;
  double     baseline;
  int        line;
} Words;

static JsonObject *
boxed (JsonObject *object,
       double      left,
       double      top,
       double      right,
       double      bottom)
{
  json_object_set_int_member (object, "x", (gint64) left);
  json_object_set_int_member (object, "y", (gint64) top);
  json_object_set_int_member (object, "w", (gint64) (right - left));
  json_object_set_int_member (object, "h", (gint64) (bottom - top));

  return object;
}

static void
end_word (Words *words)
{
  if (words->text->len > 0)
    json_array_add_object_element (words->words, boxed (sb_json_make ("s:t", words->text->str, "d:c", 100.0, "i:line", (gint64) words->line, "i:block", (gint64) 1, "a:letters",
                                                                      json_array_ref (words->letters), NULL),
                                                        words->left, words->top, words->right, words->bottom));
  g_string_truncate (words->text, 0);
  json_array_unref (words->letters);
  words->letters = json_array_new ();
}

static void
add_letter (Words                  *words,
            const char             *letter,
            const PopplerRectangle *box,
            double                  scale)
{
  double left = MIN (box->x1, box->x2) * scale, right = MAX (box->x1, box->x2) * scale;
  double top = MIN (box->y1, box->y2) * scale, bottom = MAX (box->y1, box->y2) * scale;

  /* A gap of a letter's width or another line ends a word, whether or not a blank was written there. */
  if (words->text->len > 0 && (left > words->right + (bottom - top) || ABS (bottom - words->bottom) > (bottom - top) / 2))
    end_word (words);
  if (words->text->len == 0)
    {
      words->line += ABS (bottom - words->baseline) > (bottom - top) / 2;
      words->baseline = bottom;
      words->left = left;
      words->top = top;
      words->bottom = bottom;
    }
  words->right = MAX (right, words->text->len == 0 ? right : words->right);
  words->top = MIN (words->top, top);
  words->bottom = MAX (words->bottom, bottom);
  g_string_append (words->text, letter);
  json_array_add_object_element (words->letters, boxed (sb_json_make ("s:t", letter, "d:c", 100.0, NULL), left, top, right, bottom));
}

JsonArray *
sb_pdf_words (PopplerDocument *document,
              int              number,
              double           scale)
{
  g_autoptr (PdfPage)          page = poppler_document_get_page (document, number);
  g_autofree char             *text = page != NULL ? poppler_page_get_text (page) : NULL;
  g_autofree PopplerRectangle *boxes = NULL;
  guint                        n_boxes = 0, i = 0;
  Words                        words = { .words = json_array_new (), .text = g_string_new (NULL), .letters = json_array_new (), .baseline = -1 };

  if (text == NULL || !poppler_page_get_text_layout (page, &boxes, &n_boxes))
    n_boxes = 0;
  for (const char *p = text; p != NULL && *p != '\0' && i < n_boxes; p = g_utf8_next_char (p), i++)
    {
      char letter[7] = { 0 };

      g_unichar_to_utf8 (g_utf8_get_char (p), letter);
      if (g_unichar_isspace (g_utf8_get_char (p)))
        end_word (&words);
      else
        add_letter (&words, letter, &boxes[i], scale);
    }
  end_word (&words);
  g_string_free (words.text, TRUE);
  json_array_unref (words.letters);
  if (json_array_get_length (words.words) >= 3)
    return words.words;
  json_array_unref (words.words);

  return NULL;
}
