/* OpenDocument sheets: one part holds all, streamed. Repetitions are how a few bytes claim a billion cells; they are counted, not made. */
#include "sb-rows.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "sb-number-format.h"
#include "sb-package.h"
#include "sb-sheet-rows.h"

typedef struct
{
  const char   *wanted;
  SbFileAbout  *about;
  GStrvBuilder *names;
  SbSheetRows  *rows;
  gboolean      reading; /* this table is the one */
  gboolean      done;
  guint         row; /* of the next table row, from 1 */
  guint         row_repeat;
  guint         column;
  guint         column_repeat;
  gboolean      in_cell;
  guint         in_note; /* comments of a cell hold paragraphs too */
  guint         n_paragraphs;
  gboolean      in_paragraph;
  char         *type;
  char         *value;
  GString      *text;
} Ods;

static guint
repeat_of (xmlTextReader *reader,
           const char    *name)
{
  g_autofree char *text = sb_package_attribute (reader, name);

  return text != NULL ? (guint) CLAMP (g_ascii_strtoll (text, NULL, 10), 1, G_MAXINT / 2) : 1;
}

static void
begin_table (Ods           *self,
             xmlTextReader *reader)
{
  g_autofree char *name = sb_package_attribute (reader, "table:name");

  if (name == NULL)
    name = g_strdup ("");
  g_strv_builder_add (self->names, name);
  self->done |= self->reading && (self->wanted != NULL || sb_sheet_rows_any (self->rows));
  self->reading = !self->done && (self->wanted == NULL || g_str_equal (self->wanted, name));
  self->row = 1;
  if (self->reading)
    g_set_str (&self->about->sheet, name);
}

static void
begin_cell (Ods           *self,
            xmlTextReader *reader)
{
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->value, g_free);
  self->type = sb_package_attribute (reader, "office:value-type");
  if (g_strcmp0 (self->type, "date") == 0)
    self->value = sb_package_attribute (reader, "office:date-value");
  else
    self->value = sb_package_attribute (reader, "office:value");
  self->column_repeat = repeat_of (reader, "table:number-columns-repeated");
  g_string_truncate (self->text, 0);
  self->n_paragraphs = 0;
  self->in_cell = TRUE;
}

/* Digits with leading zeros are how the sheet shows a number; 8.12E+11 or 812.345.678.901,00 are not what it is. */
static gboolean
shows_all_digits (const char *shown,
                  const char *number)
{
  g_autofree char *digits = g_strdup (shown);
  char            *to = digits;

  if (strspn (shown, "0123456789 -()") != strlen (shown))
    return FALSE;
  for (const char *from = shown; *from != '\0'; from++)
    if (g_ascii_isdigit (*from))
      *to++ = *from;
  *to = '\0';

  return g_str_has_suffix (digits, number) && strspn (digits, "0") >= strlen (digits) - strlen (number);
}

static char *
cell_text (Ods *self)
{
  char *end = NULL;

  if (g_strcmp0 (self->type, "date") == 0 && self->value != NULL)
    return g_strndup (self->value, MIN (strlen (self->value), 10));
  if (g_strcmp0 (self->type, "float") == 0 && self->value != NULL)
    {
      double value = g_ascii_strtod (self->value, &end);

      if (end != self->value && *end == '\0')
        {
          g_autofree char *number = sb_number_to_text (value, (SbNumberFormat) { 0 }, FALSE);

          return shows_all_digits (self->text->str, number) ? g_strdup (self->text->str) : g_steal_pointer (&number);
        }
    }

  return g_strdup (self->text->str);
}

static void
end_cell (Ods *self)
{
  if (self->in_cell && self->reading)
    {
      g_autofree char *text = cell_text (self);

      /* A cell repeated to the edge of the sheet is an empty one. */
      for (guint i = 0; text[0] != '\0' && i < MIN (self->column_repeat, SB_COLUMNS_MAX) && self->column + i <= SB_COLUMNS_MAX; i++)
        sb_sheet_rows_put (self->rows, self->column + i, g_strdup (text));
    }
  self->column = MIN (self->column + self->column_repeat, G_MAXINT / 2);
  self->in_cell = FALSE;
  self->column_repeat = 1;
}

static gboolean
begin_row (Ods           *self,
           xmlTextReader *reader,
           GError       **error)
{
  g_autofree char *visibility = sb_package_attribute (reader, "table:visibility");

  self->row_repeat = repeat_of (reader, "table:number-rows-repeated");
  self->column = 0;
  if (self->reading && !sb_sheet_rows_begin (self->rows, self->row, error))
    return FALSE;
  if (self->reading && visibility != NULL && !g_str_equal (visibility, "visible"))
    sb_sheet_rows_hide (self->rows);

  return TRUE;
}

/* A repeated row is one row: two would only be merged again. */
static gboolean
end_row (Ods     *self,
         GError **error)
{
  self->row = MIN (self->row + self->row_repeat, G_MAXINT / 2);

  return !self->reading || sb_sheet_rows_end (self->rows, error);
}

static gboolean
begin (Ods           *self,
       xmlTextReader *reader,
       const char    *name,
       GError       **error)
{
  gboolean is_empty = xmlTextReaderIsEmptyElement (reader);

  if (g_str_equal (name, "table"))
    begin_table (self, reader);
  else if (g_str_equal (name, "table-row"))
    return begin_row (self, reader, error) && (!is_empty || end_row (self, error));
  else if (g_str_equal (name, "table-cell") || g_str_equal (name, "covered-table-cell"))
    {
      begin_cell (self, reader);
      if (is_empty)
        end_cell (self);
    }
  else if (g_str_equal (name, "annotation"))
    self->in_note += !is_empty;
  else if (g_str_equal (name, "p") && self->in_cell && self->in_note == 0)
    {
      if (self->n_paragraphs++ > 0)
        g_string_append_c (self->text, '\n');
      self->in_paragraph = !is_empty;
    }
  else if (self->in_paragraph && (g_str_equal (name, "s") || g_str_equal (name, "tab")))
    g_string_append_c (self->text, ' ');
  else if (self->in_paragraph && g_str_equal (name, "line-break"))
    g_string_append_c (self->text, '\n');

  return TRUE;
}

static gboolean
content_cb (xmlTextReader *reader,
            int            type,
            const char    *name,
            gpointer       data,
            GError       **error)
{
  Ods *self = data;

  if (type == XML_READER_TYPE_ELEMENT)
    return begin (self, reader, name, error);
  if (type == XML_READER_TYPE_END_ELEMENT)
    {
      if (g_str_equal (name, "table-cell") || g_str_equal (name, "covered-table-cell"))
        end_cell (self);
      else if (g_str_equal (name, "table-row"))
        return end_row (self, error);
      else if (g_str_equal (name, "annotation"))
        self->in_note -= self->in_note > 0;
      else if (g_str_equal (name, "p"))
        self->in_paragraph = FALSE;
    }
  else if (self->in_paragraph && self->in_note == 0 && self->text->len < SB_CELL_MAX && xmlTextReaderConstValue (reader) != NULL)
    g_string_append (self->text, (const char *) xmlTextReaderConstValue (reader));

  return TRUE;
}

static gboolean
refuse_encrypted (SbPackage *package,
                  GError   **error)
{
  g_autofree char *manifest = sb_package_get_text (package, "META-INF/manifest.xml", 1024 * 1024, error);

  if (manifest == NULL || strstr (manifest, "encryption-data") == NULL)
    return *error == NULL;
  g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("The file is protected by a password. Save it without one and import it again"));

  return FALSE;
}

gboolean
sb_ods_read (const char   *path,
             const char   *sheet,
             SbFileAbout  *about,
             SbRowFunc     func,
             gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr (SbPackage)    package = sb_package_new (path, cancellable, error);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (SbSheetRows)  rows = sb_sheet_rows_new (func, data);
  g_autoptr (GString)      text = g_string_new (NULL);
  g_autoptr (GError)       fault = NULL;
  Ods                      self = { .wanted = sheet, .about = about, .names = names, .rows = rows, .text = text, .row = 1 };
  gboolean                 is_read;

  if (package == NULL)
    return FALSE;
  if (!refuse_encrypted (package, &fault))
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }

  is_read = sb_package_read_xml (package, "content.xml", content_cb, &self, error);
  g_free (self.type);
  g_free (self.value);
  g_set_str (&about->kind, "ods");
  g_strfreev (about->sheets);
  about->sheets = g_strv_builder_end (names);
  if (is_read && sheet != NULL && !g_strv_contains ((const char *const *) about->sheets, sheet))
    {
      g_set_error (error, SB_ERROR, SB_ERROR_NOT_FOUND, _("The file has no sheet named “%s”"), sheet);
      return FALSE;
    }

  return is_read;
}
