/*
 * Comma-separated text: RFC 4180 and what people and programs make of it. One state machine, one record in memory. A quotation
 * mark that never closes would swallow the file: its row is refused, and reading goes on with the next line.
 */
#include "sb-rows.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-csv-dialect.h"
#include "sb-formula.h"
#include "sb-text-in.h"

#define BREAKS_MAX 100 /* lines within one cell */

typedef enum
{
  START, /* of a cell */
  PLAIN,
  QUOTED,
  CLOSING, /* after a quotation mark within a quoted cell: its end, or half of a doubled one */
} State;

typedef struct
{
  SbTextIn   *in;
  char        delimiter;
  GString    *again; /* bytes to be read once more */
  gsize       again_at;
  GString    *raw; /* the record as it stands, to go back to */
  GString    *cell;
  GString    *blanks; /* after a closing mark: they count only when the mark did not close */
  State       state;
  guint       breaks;
  gboolean    no_quotes; /* quotation marks of this record are letters */
  gboolean    too_long;
  gboolean    too_many;
  gboolean    legacy; /* a cell was not UTF-8 */
  gboolean    after_cr;
  guint       line;
  GPtrArray  *cells;
  const char *fault;
  char       *remark_legacy;
} Csv;

static int
next_byte (Csv     *self,
           GError **error)
{
  if (self->again_at < self->again->len)
    {
      char c = self->again->str[self->again_at++];

      if (self->again_at == self->again->len)
        {
          g_string_truncate (self->again, 0);
          self->again_at = 0;
        }
      return (guchar) c;
    }

  return sb_text_in_next (self->in, error);
}

static void
end_cell (Csv *self)
{
  gboolean         was_utf8 = TRUE;
  g_autofree char *text = NULL;

  if (self->cells->len >= SB_COLUMNS_MAX)
    self->too_many = TRUE;
  else
    {
      text = sb_codepage_decode (sb_text_in_get_codepage (self->in), self->cell->str, self->cell->len, &was_utf8);
      self->legacy |= !was_utf8;
      g_ptr_array_add (self->cells, sb_formula_strip (text));
    }
  g_string_truncate (self->cell, 0);
  self->state = START;
}

static void
start_record (Csv *self)
{
  g_string_truncate (self->raw, 0);
  g_string_truncate (self->cell, 0);
  g_string_truncate (self->blanks, 0);
  g_ptr_array_set_size (self->cells, 0);
  self->state = START;
  self->breaks = 0;
  self->too_long = self->too_many = self->legacy = FALSE;
}

/* The mark that opened was never closed: the record is read again with marks as letters, and ends at its own line's end. */
static void
go_back (Csv *self)
{
  g_autoptr (GString) rest = g_string_new_len (self->again->str + self->again_at, self->again->len - self->again_at);

  g_string_truncate (self->again, 0);
  g_string_append_len (self->again, self->raw->str, self->raw->len);
  g_string_append_len (self->again, rest->str, rest->len);
  self->again_at = 0;
  start_record (self);
  self->no_quotes = TRUE;
}

/* After a mark within a quoted cell. */
static void
take_after_mark (Csv *self,
                 char c)
{
  if (c == self->delimiter && c != '\0')
    {
      end_cell (self);
    }
  else if (c == '"' && self->blanks->len == 0)
    {
      g_string_append_c (self->cell, '"');
      self->state = QUOTED;
    }
  else if (c == ' ' && self->blanks->len < 64)
    g_string_append_c (self->blanks, c);
  else
    {
      /* Said "so" within: the mark was a letter. */
      g_string_append_printf (self->cell, "\"%s%c", self->blanks->str, c);
      self->state = QUOTED;
    }
  if (self->state != CLOSING)
    g_string_truncate (self->blanks, 0);
}

static void
take (Csv *self,
      char c)
{
  switch (self->state)
    {
    case START:
      if (c == '"' && !self->no_quotes)
        {
          g_string_truncate (self->cell, 0);
          self->state = QUOTED;
          break;
        }
      if (c == ' ')
        {
          g_string_append_c (self->cell, c);
          break;
        }
      self->state = PLAIN;
      G_GNUC_FALLTHROUGH;
    case PLAIN:
      if (c == self->delimiter && c != '\0')
        end_cell (self);
      else
        g_string_append_c (self->cell, c);
      break;
    case QUOTED:
      if (c == '"')
        self->state = CLOSING;
      else
        g_string_append_c (self->cell, c);
      self->breaks += c == '\n';
      break;
    case CLOSING:
    default:
      take_after_mark (self, c);
      break;
    }
}

static gboolean
is_unclosed (Csv *self)
{
  return self->state == QUOTED && (self->breaks > BREAKS_MAX || self->cell->len > SB_CELL_MAX);
}

/* Reads one record; FALSE at the end of the file or, with @error, on a fault. */
static gboolean
read_record (Csv     *self,
             guint   *first_line,
             GError **error)
{
  GError *fault = NULL;
  int     c;

  start_record (self);
  self->no_quotes = FALSE;
  *first_line = self->line;
  for (;;)
    {
      c = next_byte (self, &fault);
      if (fault != NULL)
        {
          g_propagate_error (error, fault);
          return FALSE;
        }
      if (c == '\n' && self->after_cr)
        {
          self->after_cr = FALSE;
          if (self->state != QUOTED)
            continue;
        }
      if ((c == -1 && self->state == QUOTED && !self->too_long) || is_unclosed (self))
        {
          if (c != -1)
            g_string_append_c (self->raw, (char) c);
          go_back (self);
          self->line = *first_line;
          continue;
        }
      if (c == -1)
        break;
      self->line += c == '\n' || c == '\r';
      self->after_cr = c == '\r';
      if ((c == '\n' || c == '\r') && (self->state != QUOTED || self->too_long))
        break;
      if (self->too_long)
        continue;
      g_string_append_c (self->raw, (char) c);
      take (self, (char) c);
      if (self->raw->len > SB_LINE_MAX)
        self->too_long = TRUE;
    }

  if (c == -1 && self->raw->len == 0)
    return FALSE;
  end_cell (self);

  return TRUE;
}

static gboolean
is_blank (GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    if (strspn (cells->pdata[i], " \t") != strlen (cells->pdata[i]))
      return FALSE;

  return TRUE;
}

static const char *
fault_of (Csv *self)
{
  if (self->too_long)
    return _("The line is longer than 1 MiB");
  if (self->no_quotes)
    return _("A quotation mark opens in this line and is never closed");
  if (self->too_many)
    return _("The line has more than 1000 columns");

  return NULL;
}

static gboolean
read_all (Csv          *self,
          SbRowFunc     func,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  GError *fault = NULL;
  guint   first_line = 1;
  guint   n_rows = 0;

  while (read_record (self, &first_line, &fault))
    {
      SbRow row = { .number = first_line, .cells = self->cells, .fault = fault_of (self), .remark = self->legacy ? self->remark_legacy : NULL };

      if (row.fault == NULL && is_blank (self->cells))
        continue;
      if (++n_rows > SB_ROWS_MAX)
        {
          g_set_error_literal (error, SB_ERROR, SB_ERROR_TOO_LARGE, _("The file has more than 1,000,000 rows"));
          return FALSE;
        }
      if (n_rows % 256 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!func (&row, data, error))
        return FALSE;
    }
  if (fault != NULL)
    g_propagate_error (error, fault);

  return fault == NULL;
}

gboolean
sb_csv_read (GInputStream *stream,
             SbFileAbout  *about,
             SbRowFunc     func,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr (SbTextIn)  in = sb_text_in_new (stream, cancellable, error);
  g_autoptr (GString)   again = g_string_new (NULL);
  g_autoptr (GString)   raw = g_string_new (NULL);
  g_autoptr (GString)   cell = g_string_new (NULL);
  g_autoptr (GString)   blanks = g_string_new (NULL);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autofree char      *remark = NULL;
  SbCsvDialect          dialect;
  Csv                   self = { .in = in, .again = again, .raw = raw, .cell = cell, .blanks = blanks, .cells = cells, .line = 1 };
  const char           *sample;
  gsize                 length = 0;

  if (in == NULL)
    return FALSE;

  sample = sb_text_in_peek (in, &length);
  dialect = sb_csv_dialect_guess (sample, length);
  g_set_str (&about->kind, dialect.delimiter != '\0' ? "csv" : "text");
  g_set_str (&about->encoding, sb_text_in_get_encoding (in));
  about->delimiter = dialect.delimiter;
  self.delimiter = dialect.delimiter;
  self.remark_legacy = remark = g_strdup_printf (_("Read as %s"), sb_codepage_to_name (sb_text_in_get_codepage (in)));
  for (gsize i = 0; i < dialect.skip; i++)
    if (sb_text_in_next (in, NULL) == '\n')
      self.line++;

  return read_all (&self, func, data, cancellable, error);
}
