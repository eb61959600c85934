/* Contacts as files other programs open. What is written here reads back as the same contacts. */
#include "sb-contacts-out.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "sb-field.h"
#include "sb-formula.h"

/* A file that takes its place only when it is whole. NULL path: standard output. */
typedef struct
{
  FILE *stream;
  char *part;
  char *path;
} Out;

static gboolean
fail (GError    **error,
      const char *path)
{
  int number = errno;

  g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, _("“%s” could not be written: %s"), path != NULL ? path : "-", g_strerror (number));

  return FALSE;
}

static gboolean
out_open (Out        *self,
          const char *path,
          GError    **error)
{
  self->path = g_strdup (path);
  self->part = path != NULL ? g_strconcat (path, ".part", NULL) : NULL;
  self->stream = path != NULL ? g_fopen (self->part, "wb") : stdout;

  return self->stream != NULL ? TRUE : fail (error, path);
}

static gboolean
out_close (Out     *self,
           gboolean is_good,
           GError **error)
{
  gboolean closed;

  if (self->path == NULL)
    return fflush (self->stream) == 0 ? is_good : fail (error, NULL);

  closed = fflush (self->stream) == 0 && fsync (fileno (self->stream)) == 0;
  closed = fclose (self->stream) == 0 && closed;
  if (!is_good || !closed || g_rename (self->part, self->path) != 0)
    {
      if (is_good)
        fail (error, self->path);
      g_unlink (self->part);
      is_good = FALSE;
    }
  g_free (self->part);
  g_free (self->path);

  return is_good;
}

/* -- as a table -- */

static GPtrArray *
titles_of (const SbCardShape *shape)
{
  GPtrArray *titles = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (titles, g_strdup ("Name"));
  g_ptr_array_add (titles, g_strdup ("Phone"));
  for (guint i = 2; i <= shape->n_numbers; i++)
    g_ptr_array_add (titles, g_strdup_printf ("Phone %u", i));
  g_ptr_array_add (titles, g_strdup ("Language"));
  g_ptr_array_add (titles, g_strdup ("Country"));
  for (char **field = shape->fields; *field != NULL; field++)
    {
      SbField known;
      char   *title = g_strdup (*field);

      if (sb_field_from_name (title, &known))
        title[0] = g_ascii_toupper (title[0]);
      g_ptr_array_add (titles, title);
    }

  return titles;
}

static GPtrArray *
cells_of (const SbCard      *card,
          const SbCardShape *shape)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (cells, g_strdup (card->name != NULL ? card->name : ""));
  for (guint i = 0; i < MAX (shape->n_numbers, 1); i++)
    g_ptr_array_add (cells, i < card->numbers->len ? g_strconcat ("+", card->numbers->pdata[i], NULL) : g_strdup (""));
  g_ptr_array_add (cells, g_strdup (card->language != NULL ? card->language : ""));
  g_ptr_array_add (cells, g_strdup (card->country != NULL ? card->country : ""));
  for (char **field = shape->fields; *field != NULL; field++)
    {
      const char *value = sb_card_get_field (card, *field);

      g_ptr_array_add (cells, g_strdup (value != NULL ? value : ""));
    }

  return cells;
}

/* RFC 4180, with what begins like a formula made harmless. */
static void
write_csv_row (FILE      *stream,
               GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    {
      g_autofree char *text = sb_formula_guard (cells->pdata[i]);

      if (i > 0)
        fputc (',', stream);
      if (strpbrk (text, ",;\t|\"\r\n") == NULL && text[0] != ' ')
        {
          fputs (text, stream);
          continue;
        }
      fputc ('"', stream);
      for (const char *c = text; *c != '\0'; c++)
        {
          if (*c == '"')
            fputc ('"', stream);
          fputc (*c, stream);
        }
      fputc ('"', stream);
    }
  fputs ("\r\n", stream);
}

static gboolean
write_csv (const char        *path,
           const SbCardShape *shape,
           SbCardFunc         next,
           gpointer           data,
           GError           **error)
{
  g_autoptr (GPtrArray) titles = titles_of (shape);
  Out                   out = { 0 };
  SbCard               *card;

  if (!out_open (&out, path, error))
    return FALSE;

  /* Excel reads UTF-8 only behind this mark. */
  fputs ("\xef\xbb\xbf", out.stream);
  write_csv_row (out.stream, titles);
  while ((card = next (data)) != NULL)
    {
      g_autoptr (GPtrArray) cells = cells_of (card, shape);

      write_csv_row (out.stream, cells);
      sb_card_free (card);
    }

  return out_close (&out, TRUE, error);
}

/**
 * sb_rows_write_csv:
 * @title: of a column after the others
 * @rows: GPtrArray of GPtrArray of char *
 * @notes: char *, for each row what stands in that column
 *
 * The rows that were refused, to be put right and imported again.
 */
gboolean
sb_rows_write_csv (const char *path,
                   const char *title,
                   GPtrArray  *titles,
                   GPtrArray  *rows,
                   GPtrArray  *notes,
                   GError    **error)
{
  Out out = { 0 };

  if (!out_open (&out, path, error))
    return FALSE;

  fputs ("\xef\xbb\xbf", out.stream);
  for (guint i = 0; i <= rows->len; i++)
    {
      GPtrArray            *source = i == 0 ? titles : rows->pdata[i - 1];
      g_autoptr (GPtrArray) cells = g_ptr_array_new ();

      for (guint j = 0; j < MAX (titles->len, source->len); j++)
        g_ptr_array_add (cells, j < source->len ? source->pdata[j] : (gpointer) "");
      g_ptr_array_insert (cells, 0, (gpointer) (i == 0 ? title : notes->pdata[i - 1]));
      write_csv_row (out.stream, cells);
    }

  return out_close (&out, TRUE, error);
}

/* Every cell is text: a number stays as it is and a formula is none. */
static gboolean
write_xlsx (const char        *path,
            const SbCardShape *shape,
            SbCardFunc         next,
            gpointer           data,
            GError           **error)
{
  g_autofree char      *part = g_strconcat (path, ".part", NULL);
  lxw_workbook_options  options = { .constant_memory = LXW_TRUE };
  lxw_workbook         *book = workbook_new_opt (part, &options);
  lxw_worksheet        *sheet = workbook_add_worksheet (book, "Contacts");
  lxw_format           *text = workbook_add_format (book);
  g_autoptr (GPtrArray) titles = titles_of (shape);
  SbCard               *card;
  lxw_row_t             row = 0;
  lxw_error             result;

  format_set_num_format (text, "@");
  worksheet_set_column (sheet, 0, (lxw_col_t) titles->len, 22, NULL);
  worksheet_freeze_panes (sheet, 1, 0);
  for (guint i = 0; i < titles->len; i++)
    worksheet_write_string (sheet, row, (lxw_col_t) i, titles->pdata[i], NULL);
  while ((card = next (data)) != NULL && row < 1048575)
    {
      g_autoptr (SbCard)    owned = card;
      g_autoptr (GPtrArray) cells = cells_of (card, shape);

      row++;
      for (guint i = 0; i < cells->len; i++)
        if (*(const char *) cells->pdata[i] != '\0')
          worksheet_write_string (sheet, row, (lxw_col_t) i, cells->pdata[i], text);
    }
  g_clear_pointer (&card, sb_card_free);

  result = workbook_close (book);
  if (result == LXW_NO_ERROR && g_rename (part, path) == 0)
    return TRUE;
  g_unlink (part);
  g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, _("“%s” could not be written: %s"), path, result != LXW_NO_ERROR ? lxw_strerror (result) : g_strerror (errno));

  return FALSE;
}

/* -- as cards -- */

static char *
escape (const char *text)
{
  GString *escaped = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (*c == '\n')
      g_string_append (escaped, "\\n");
    else if (*c != '\r')
      {
        if (strchr ("\\,;", *c) != NULL)
          g_string_append_c (escaped, '\\');
        g_string_append_c (escaped, *c);
      }

  return g_string_free (escaped, FALSE);
}

/* Lines hold 75 bytes; a fold never parts the bytes of a letter. */
static void
write_property (FILE       *stream,
                const char *head,
                const char *value,
                const char *tail)
{
  g_autofree char *escaped = escape (value);
  g_autofree char *line = g_strconcat (head, escaped, tail, NULL);
  gsize            column = 0;

  for (const char *c = line; *c != '\0'; c = g_utf8_next_char (c))
    {
      gsize length = (gsize) (g_utf8_next_char (c) - c);

      if (column + length > 75)
        {
          fputs ("\r\n ", stream);
          column = 1;
        }
      fwrite (c, 1, length, stream);
      column += length;
    }
  fputs ("\r\n", stream);
}

static void
write_card (FILE         *stream,
            const SbCard *card)
{
  static const char *const properties[][3] = {
    { "email", "EMAIL:", "" }, { "company", "ORG:", "" }, { "address", "ADR:;;", ";;;;" }, { "birthday", "BDAY:", "" }, { "note", "NOTE:", "" }
  };
  g_autofree char *number = card->numbers->len > 0 ? g_strconcat ("+", card->numbers->pdata[0], NULL) : g_strdup ("");
  const char      *name = card->name != NULL ? card->name : number;

  fputs ("BEGIN:VCARD\r\nVERSION:3.0\r\n", stream);
  write_property (stream, "N:;", name, ";;;");
  write_property (stream, "FN:", name, "");
  for (guint i = 0; i < card->numbers->len; i++)
    {
      g_autofree char *value = g_strconcat ("+", card->numbers->pdata[i], NULL);

      write_property (stream, i == 0 ? "TEL;TYPE=CELL,PREF:" : "TEL;TYPE=CELL:", value, "");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      const char *value = sb_card_get_field (card, properties[i][0]);

      if (value != NULL)
        write_property (stream, properties[i][1], value, properties[i][2]);
    }
  if (card->language != NULL)
    write_property (stream, "LANG:", card->language, "");
  fputs ("END:VCARD\r\n", stream);
}

static gboolean
write_vcards (const char *path,
              SbCardFunc  next,
              gpointer    data,
              GError    **error)
{
  Out     out = { 0 };
  SbCard *card;

  if (!out_open (&out, path, error))
    return FALSE;
  while ((card = next (data)) != NULL)
    {
      write_card (out.stream, card);
      sb_card_free (card);
    }

  return out_close (&out, TRUE, error);
}

/* @path: (nullable): standard output, which a workbook cannot be written to */
gboolean
sb_contacts_write (SbContactsFormat   format,
                   const char        *path,
                   const SbCardShape *shape,
                   SbCardFunc         next,
                   gpointer           data,
                   GError           **error)
{
  switch (format)
    {
    case SB_CONTACTS_VCARD:
      return write_vcards (path, next, data, error);
    case SB_CONTACTS_XLSX:
      if (path != NULL)
        return write_xlsx (path, shape, next, data, error);
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("A workbook needs a file to be written to"));
      return FALSE;
    case SB_CONTACTS_CSV:
    default:
      return write_csv (path, shape, next, data, error);
    }
}
