#include "sb-text-in.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-error.h"

#define CHUNK  (64 * 1024)
#define SAMPLE (128 * 1024)

typedef enum
{
  BYTES,
  UTF16_LE,
  UTF16_BE,
} Width;

struct _SbTextIn
{
  GInputStream *stream;
  GCancellable *cancellable;
  Width         width;
  gboolean      had_mark;
  gboolean      ended;
  SbCodepage    codepage;
  gboolean      is_utf8;
  guchar        odd; /* half of a UTF-16 unit */
  gboolean      has_odd;
  gunichar      high; /* the first of a surrogate pair, or 0 */
  GString      *text;
  gsize         at;
};

void
sb_text_in_free (SbTextIn *self)
{
  g_object_unref (self->stream);
  g_clear_object (&self->cancellable);
  g_string_free (self->text, TRUE);
  g_free (self);
}

static void
take_unit (SbTextIn *self,
           gunichar  unit)
{
  if (self->high != 0 && unit >= 0xdc00 && unit < 0xe000)
    {
      g_string_append_unichar (self->text, 0x10000 + ((self->high - 0xd800) << 10) + (unit - 0xdc00));
      self->high = 0;
      return;
    }
  if (self->high != 0)
    g_string_append_unichar (self->text, 0xfffd);

  self->high = unit >= 0xd800 && unit < 0xdc00 ? unit : 0;
  if (unit >= 0xdc00 && unit < 0xe000)
    g_string_append_unichar (self->text, 0xfffd);
  else if (self->high == 0 && unit != 0 && unit != 0xfeff)
    g_string_append_unichar (self->text, unit);
}

static void
take_wide (SbTextIn     *self,
           const guchar *bytes,
           gsize         length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!self->has_odd)
        self->odd = bytes[i];
      else
        take_unit (self, self->width == UTF16_LE ? (gunichar) self->odd | (gunichar) bytes[i] << 8 : (gunichar) self->odd << 8 | bytes[i]);
      self->has_odd = !self->has_odd;
    }
}

static void
take_bytes (SbTextIn     *self,
            const guchar *bytes,
            gsize         length)
{
  const guchar *end = bytes + length;

  while (bytes < end)
    {
      const guchar *nul = memchr (bytes, 0, end - bytes);
      const guchar *stop = nul != NULL ? nul : end;

      g_string_append_len (self->text, (const char *) bytes, stop - bytes);
      bytes = nul != NULL ? nul + 1 : end;
    }
}

/* By its mark, or by every other byte being NUL. FALSE: this is no text. */
static gboolean
look_at_start (SbTextIn     *self,
               const guchar *bytes,
               gsize         length,
               gsize        *skip)
{
  gsize n_even = 0, n_odd = 0, looked = MIN (length, 4096);

  *skip = 0;
  if (length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    *skip = 3;
  else if (length >= 2 && bytes[0] == 0xff && bytes[1] == 0xfe)
    self->width = UTF16_LE;
  else if (length >= 2 && bytes[0] == 0xfe && bytes[1] == 0xff)
    self->width = UTF16_BE;
  self->had_mark = *skip > 0 || self->width != BYTES;
  if (self->had_mark)
    return TRUE;

  for (gsize i = 0; i < looked; i++)
    if (bytes[i] == 0)
      {
        if (i % 2 == 0)
          n_even++;
        else
          n_odd++;
      }
  if (n_odd > looked / 5 && n_even < looked / 50)
    self->width = UTF16_LE;
  else if (n_even > looked / 5 && n_odd < looked / 50)
    self->width = UTF16_BE;
  else
    return n_even + n_odd <= looked / 10;

  return TRUE;
}

static gboolean
fill (SbTextIn *self,
      gboolean  is_first,
      GError  **error)
{
  g_autofree guchar *bytes = g_malloc (CHUNK);
  gsize              length = 0, skip = 0;

  if (!g_input_stream_read_all (self->stream, bytes, CHUNK, &length, self->cancellable, error))
    return FALSE;
  self->ended = length < CHUNK;
  if (is_first && !look_at_start (self, bytes, length, &skip))
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("This is no text and no spreadsheet that Shopbell can read"));
      return FALSE;
    }
  if (self->width == BYTES)
    take_bytes (self, bytes + skip, length - skip);
  else
    take_wide (self, bytes, length);

  return TRUE;
}

SbTextIn *
sb_text_in_new (GInputStream *stream,
                GCancellable *cancellable,
                GError      **error)
{
  g_autoptr (SbTextIn) self = g_new0 (SbTextIn, 1);
  gsize                whole;
  const char          *end = NULL;

  self->stream = g_object_ref (stream);
  g_set_object (&self->cancellable, cancellable);
  self->text = g_string_sized_new (SAMPLE);

  if (!fill (self, TRUE, error))
    return NULL;
  while (!self->ended && self->text->len < SAMPLE)
    if (!fill (self, FALSE, error))
      return NULL;

  /* A letter cut off by the end of the sample is no fault. */
  whole = self->text->len;
  self->is_utf8 = g_utf8_validate_len (self->text->str, whole, &end) || (!self->ended && end != NULL && self->text->str + whole - end < 4);
  self->codepage = self->is_utf8 ? SB_CODEPAGE_1252 : sb_codepage_guess (self->text->str, whole);

  return g_steal_pointer (&self);
}

/* The next byte; -1 at the end and, with @error, on a fault. */
int
sb_text_in_next (SbTextIn *self,
                 GError  **error)
{
  while (self->at == self->text->len)
    {
      if (self->ended)
        return -1;
      g_string_truncate (self->text, 0);
      self->at = 0;
      if (!fill (self, FALSE, error))
        return -1;
    }

  return (guchar) self->text->str[self->at++];
}

/* The start of the text, before the first sb_text_in_next (). */
const char *
sb_text_in_peek (SbTextIn *self,
                 gsize    *length)
{
  *length = self->text->len - self->at;

  return self->text->str + self->at;
}

/* For the cells that are not UTF-8. */
SbCodepage
sb_text_in_get_codepage (SbTextIn *self)
{
  return self->codepage;
}

const char *
sb_text_in_get_encoding (SbTextIn *self)
{
  if (self->width != BYTES)
    return "UTF-16";

  return self->is_utf8 ? "UTF-8" : sb_codepage_to_name (self->codepage);
}
