/* A workbook as spreadsheets write it: the sheet is streamed; only shared strings and the kinds of cell formats are kept. */
#include "sb-rows.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "sb-number-format.h"
#include "sb-package.h"
#include "sb-sheet-rows.h"

#define STRINGS_MAX (64 * 1024 * 1024)
#define FORMATS_MAX 65536

typedef struct
{
  char *name;
  char *relation;
  char *part;
} Sheet;

typedef struct
{
  SbPackage  *package;
  GPtrArray  *sheets;
  gboolean    from_1904;
  GString    *strings; /* all shared strings, each with its NUL */
  GArray     *offsets; /* gsize, of each in @strings */
  gboolean    in_text, in_phonetic;
  GHashTable *codes;   /* number of a format -> its code */
  GArray     *formats; /* SbNumberFormat of each cell style */
  gboolean    in_cell_styles;

  SbSheetRows *rows;
  GString     *value;
  char         type; /* of the cell: n, s, i(nline), b, e, t(ext) */
  guint        style;
  guint        column;
  gboolean     in_value;
} Book;

static void
sheet_free (gpointer data)
{
  Sheet *sheet = data;

  g_free (sheet->name);
  g_free (sheet->relation);
  g_free (sheet->part);
  g_free (sheet);
}

/* -- the parts beside the sheet -- */

static gboolean
book_cb (xmlTextReader *reader,
         int            type,
         const char    *name,
         gpointer       data,
         GError       **error)
{
  Book            *book = data;
  g_autofree char *value = NULL;

  if (type != XML_READER_TYPE_ELEMENT)
    return TRUE;
  if (g_str_equal (name, "workbookPr"))
    {
      value = sb_package_attribute (reader, "date1904");
      book->from_1904 = g_strcmp0 (value, "1") == 0 || g_strcmp0 (value, "true") == 0;
    }
  else if (g_str_equal (name, "sheet") && book->sheets->len < 1000)
    {
      Sheet *sheet = g_new0 (Sheet, 1);

      sheet->name = sb_package_attribute (reader, "name");
      sheet->relation = sb_package_attribute (reader, "r:id");
      g_ptr_array_add (book->sheets, sheet);
    }

  return TRUE;
}

static gboolean
relation_cb (xmlTextReader *reader,
             int            type,
             const char    *name,
             gpointer       data,
             GError       **error)
{
  Book            *book = data;
  g_autofree char *id = NULL;
  g_autofree char *target = NULL;

  if (type != XML_READER_TYPE_ELEMENT || !g_str_equal (name, "Relationship"))
    return TRUE;

  id = sb_package_attribute (reader, "Id");
  target = sb_package_attribute (reader, "Target");
  for (guint i = 0; i < book->sheets->len && target != NULL; i++)
    {
      Sheet *sheet = book->sheets->pdata[i];

      if (g_strcmp0 (sheet->relation, id) == 0 && sheet->part == NULL)
        sheet->part = target[0] == '/' ? g_strdup (target + 1) : g_strconcat ("xl/", target, NULL);
    }

  return TRUE;
}

static gboolean
string_cb (xmlTextReader *reader,
           int            type,
           const char    *name,
           gpointer       data,
           GError       **error)
{
  Book *book = data;

  if (type == XML_READER_TYPE_ELEMENT)
    {
      if (g_str_equal (name, "si"))
        g_array_append_val (book->offsets, book->strings->len);
      if (g_str_equal (name, "si") && xmlTextReaderIsEmptyElement (reader))
        g_string_append_c (book->strings, '\0');
      book->in_phonetic |= g_str_equal (name, "rPh") && !xmlTextReaderIsEmptyElement (reader);
      book->in_text = g_str_equal (name, "t") && !xmlTextReaderIsEmptyElement (reader);
    }
  else if (type == XML_READER_TYPE_END_ELEMENT)
    {
      book->in_text = FALSE;
      if (g_str_equal (name, "rPh"))
        book->in_phonetic = FALSE;
      else if (g_str_equal (name, "si"))
        g_string_append_c (book->strings, '\0');
    }
  else if (book->in_text && !book->in_phonetic && book->offsets->len > 0 && xmlTextReaderConstValue (reader) != NULL)
    g_string_append (book->strings, (const char *) xmlTextReaderConstValue (reader));

  if (book->strings->len <= STRINGS_MAX)
    return TRUE;
  g_set_error_literal (error, SB_ERROR, SB_ERROR_TOO_LARGE, _("The file holds more than 64 MiB of text"));

  return FALSE;
}

static gboolean
style_cb (xmlTextReader *reader,
          int            type,
          const char    *name,
          gpointer       data,
          GError       **error)
{
  Book            *book = data;
  g_autofree char *id = NULL;
  g_autofree char *code = NULL;

  if (g_str_equal (name, "cellXfs"))
    book->in_cell_styles = type == XML_READER_TYPE_ELEMENT;
  if (type != XML_READER_TYPE_ELEMENT)
    return TRUE;

  id = sb_package_attribute (reader, "numFmtId");
  if (g_str_equal (name, "numFmt") && id != NULL && g_hash_table_size (book->codes) < FORMATS_MAX)
    {
      code = sb_package_attribute (reader, "formatCode");
      if (code != NULL)
        g_hash_table_replace (book->codes, GINT_TO_POINTER (atoi (id)), g_steal_pointer (&code));
    }
  else if (g_str_equal (name, "xf") && book->in_cell_styles && book->formats->len < FORMATS_MAX)
    {
      int            number = id != NULL ? atoi (id) : 0;
      const char    *known = g_hash_table_lookup (book->codes, GINT_TO_POINTER (number));
      SbNumberFormat format = known != NULL ? sb_number_format_of_code (known) : sb_number_format_of_id (number);

      g_array_append_val (book->formats, format);
    }

  return TRUE;
}

/* -- the sheet -- */

/* "BC12" is column 54, counted from 0; without a place the cell follows the one before. */
static guint
column_of (const char *place,
           guint       fallback)
{
  guint column = 0;
  int   n = 0;

  if (place == NULL)
    return fallback;
  for (; g_ascii_isalpha (*place) && n < 4; place++, n++)
    column = column * 26 + (guint) (g_ascii_toupper (*place) - 'A' + 1);

  return column > 0 ? column - 1 : fallback;
}

static void
begin_cell (Book          *book,
            xmlTextReader *reader)
{
  g_autofree char *place = sb_package_attribute (reader, "r");
  g_autofree char *type = sb_package_attribute (reader, "t");
  g_autofree char *style = sb_package_attribute (reader, "s");

  book->column = column_of (place, book->column + 1);
  book->type = type == NULL ? 'n' : g_str_equal (type, "s") ? 's'
                                : g_str_equal (type, "b")   ? 'b'
                                : g_str_equal (type, "e")   ? 'e'
                                : g_str_equal (type, "n")   ? 'n'
                                                            : 't';
  book->style = style != NULL ? (guint) CLAMP (atoi (style), 0, FORMATS_MAX) : 0;
  g_string_truncate (book->value, 0);
}

static char *
cell_text (Book *book)
{
  SbNumberFormat format = book->style < book->formats->len ? g_array_index (book->formats, SbNumberFormat, book->style) : (SbNumberFormat) { 0 };
  char          *end = NULL;
  double         number;

  switch (book->type)
    {
    case 's':
      {
        guint64 index = g_ascii_strtoull (book->value->str, NULL, 10);

        return g_strdup (index < book->offsets->len ? book->strings->str + g_array_index (book->offsets, gsize, index) : "");
      }
    case 'b':
      return g_strdup (g_str_equal (book->value->str, "1") ? "TRUE" : "FALSE");
    case 'e':
      return g_strdup ("");
    case 'n':
      number = g_ascii_strtod (book->value->str, &end);
      if (end != book->value->str && *end == '\0')
        return sb_number_to_text (number, format, book->from_1904);
      return g_strdup (book->value->str);
    default:
      return g_strdup (book->value->str);
    }
}

static gboolean
begin_row (Book          *book,
           xmlTextReader *reader,
           GError       **error)
{
  g_autofree char *number = sb_package_attribute (reader, "r");

  g_autofree char *hidden = sb_package_attribute (reader, "hidden");

  book->column = G_MAXUINT;
  if (!sb_sheet_rows_begin (book->rows, number != NULL ? (guint) CLAMP (g_ascii_strtoll (number, NULL, 10), 0, G_MAXINT) : 0, error))
    return FALSE;
  if (hidden != NULL && (g_str_equal (hidden, "1") || g_str_equal (hidden, "true")))
    sb_sheet_rows_hide (book->rows);

  return TRUE;
}

static gboolean
sheet_cb (xmlTextReader *reader,
          int            type,
          const char    *name,
          gpointer       data,
          GError       **error)
{
  Book *book = data;

  if (type == XML_READER_TYPE_ELEMENT)
    {
      gboolean is_empty = xmlTextReaderIsEmptyElement (reader);

      if (g_str_equal (name, "row"))
        return begin_row (book, reader, error) && (!is_empty || sb_sheet_rows_end (book->rows, error));
      if (g_str_equal (name, "c"))
        begin_cell (book, reader);
      book->in_phonetic |= g_str_equal (name, "rPh") && !is_empty;
      book->in_value = !is_empty && (g_str_equal (name, "v") || g_str_equal (name, "t"));
    }
  else if (type == XML_READER_TYPE_END_ELEMENT)
    {
      book->in_value = FALSE;
      if (g_str_equal (name, "rPh"))
        book->in_phonetic = FALSE;
      if (g_str_equal (name, "c"))
        sb_sheet_rows_put (book->rows, book->column, cell_text (book));
      else if (g_str_equal (name, "row"))
        return sb_sheet_rows_end (book->rows, error);
    }
  else if (book->in_value && !book->in_phonetic && xmlTextReaderConstValue (reader) != NULL && book->value->len < SB_CELL_MAX)
    g_string_append (book->value, (const char *) xmlTextReaderConstValue (reader));

  return TRUE;
}

/* -- the whole -- */

static gboolean
read_parts (Book    *book,
            GError **error)
{
  if (!sb_package_read_xml (book->package, "xl/workbook.xml", book_cb, book, error) ||
      !sb_package_read_xml (book->package, "xl/_rels/workbook.xml.rels", relation_cb, book, error))
    return FALSE;
  if (sb_package_has (book->package, "xl/styles.xml") && !sb_package_read_xml (book->package, "xl/styles.xml", style_cb, book, error))
    return FALSE;

  return !sb_package_has (book->package, "xl/sharedStrings.xml") || sb_package_read_xml (book->package, "xl/sharedStrings.xml", string_cb, book, error);
}

static gboolean
read_sheets (Book        *book,
             const char  *wanted,
             SbFileAbout *about,
             GError     **error)
{
  for (guint i = 0; i < book->sheets->len; i++)
    {
      const Sheet *sheet = book->sheets->pdata[i];

      if (sheet->name == NULL || sheet->part == NULL || (wanted != NULL && !g_str_equal (wanted, sheet->name)))
        continue;
      /* A sheet of charts has no rows. */
      if (!sb_package_has (book->package, sheet->part))
        continue;
      if (!sb_package_read_xml (book->package, sheet->part, sheet_cb, book, error))
        return FALSE;
      if (wanted != NULL || sb_sheet_rows_any (book->rows))
        {
          g_set_str (&about->sheet, sheet->name);
          return TRUE;
        }
    }

  if (wanted == NULL)
    return TRUE;
  g_set_error (error, SB_ERROR, SB_ERROR_NOT_FOUND, _("The file has no sheet named “%s”"), wanted);

  return FALSE;
}

static void
tell_sheets (Book        *book,
             SbFileAbout *about)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < book->sheets->len; i++)
    if (((const Sheet *) book->sheets->pdata[i])->name != NULL)
      g_strv_builder_add (names, ((const Sheet *) book->sheets->pdata[i])->name);
  g_strfreev (about->sheets);
  about->sheets = g_strv_builder_end (names);
}

static void
book_clear (Book *book)
{
  g_clear_pointer (&book->package, sb_package_free);
  g_clear_pointer (&book->sheets, g_ptr_array_unref);
  g_string_free (book->strings, TRUE);
  g_array_unref (book->offsets);
  g_hash_table_unref (book->codes);
  g_array_unref (book->formats);
  g_string_free (book->value, TRUE);
  g_clear_pointer (&book->rows, sb_sheet_rows_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Book, book_clear)

gboolean
sb_xlsx_read (const char   *path,
              const char   *sheet,
              SbFileAbout  *about,
              SbRowFunc     func,
              gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  g_auto (Book) book = {
    .package = sb_package_new (path, cancellable, error),
    .sheets = g_ptr_array_new_with_free_func (sheet_free),
    .strings = g_string_new (NULL),
    .offsets = g_array_new (FALSE, FALSE, sizeof (gsize)),
    .codes = g_hash_table_new_full (NULL, NULL, NULL, g_free),
    .formats = g_array_new (FALSE, FALSE, sizeof (SbNumberFormat)),
    .value = g_string_new (NULL),
    .rows = sb_sheet_rows_new (func, data),
  };

  if (book.package == NULL || !read_parts (&book, error))
    return FALSE;

  g_set_str (&about->kind, "xlsx");
  tell_sheets (&book, about);

  return read_sheets (&book, sheet, about, error);
}
