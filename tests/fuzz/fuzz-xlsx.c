#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "sb-rows.h"

/*
 * Sheets nobody would write, in a workbook that is whole otherwise; then the same file with bytes of its ZIP turned over. Rows
 * come within the limits or a sentence says why not.
 */

static const char *const words[] = { "<row>", "</row>", "<row r=\"0\">", "<row r=\"99999999999\">", "<c r=\"A1\" t=\"s\">", "</c>", "<v>", "</v>", "<t>", "</is>", "&amp;", "&x;", "<!DOCTYPE a [", "]>", "<![CDATA[", "<rPh>",
                                     "s=\"1\"", "s=\"-1\"", "s=\"4294967296\"", "1e400", "nan", "45413", "<table:table>", NULL };

static char *path;

#define WORKBOOK                                                                                                                        \
  "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" r:id=\"rId1\"/>" \
  "</sheets></workbook>"
#define RELATIONS "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
#define STYLES                                                                                                                              \
  "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"00000000000\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/>" \
  "<xf numFmtId=\"14\"/></cellXfs></styleSheet>"
#define STRINGS "<sst><si><t>Name</t></si><si><r><t>Pho</t></r><r><t>ne</t></r></si></sst>"

static void
add (struct archive *archive,
     const char     *name,
     const char     *data,
     gsize           length)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (la_int64_t) length);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_data (archive, data, length), ==, (la_ssize_t) length);
  archive_entry_free (entry);
}

static void
write_book (const char *sheet,
            gsize       length)
{
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  add (archive, "xl/workbook.xml", WORKBOOK, strlen (WORKBOOK));
  add (archive, "xl/_rels/workbook.xml.rels", RELATIONS, strlen (RELATIONS));
  add (archive, "xl/styles.xml", STYLES, strlen (STYLES));
  add (archive, "xl/sharedStrings.xml", STRINGS, strlen (STRINGS));
  add (archive, "xl/worksheets/sheet1.xml", sheet, length);
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
}

static gboolean
row_cb (const SbRow *row,
        gpointer     data,
        GError     **error)
{
  g_assert_cmpuint (row->cells->len, <=, SB_COLUMNS_MAX);
  for (guint i = 0; i < row->cells->len; i++)
    g_assert_true (g_utf8_validate (row->cells->pdata[i], -1, NULL));
  (*(guint *) data)++;

  return TRUE;
}

static void
read_book (void)
{
  g_auto (SbFileAbout) about = { 0 };
  g_autoptr (GError)   error = NULL;
  guint                n = 0;

  if (sb_rows_read_file (path, NULL, &about, row_cb, &n, NULL, &error))
    g_assert_no_error (error);
  else
    g_assert_true (error != NULL && g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (n, <=, SB_ROWS_MAX);
}

/* A byte of the file, chosen by what is in it: the same input breaks the same way. */
static void
break_book (guint seed)
{
  g_autofree char *bytes = NULL;
  gsize            length = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  bytes[seed % length] ^= (char) (1 << (seed / 7 % 8));
  bytes[(seed / 3) % length] ^= (char) (seed >> 16);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

static void
one (const char *data,
     gsize       length)
{
  g_autofree char *body = g_strndup (data, length);
  g_autofree char *sheet = g_strdup_printf ("<worksheet><sheetData>%s</sheetData></worksheet>", body);

  write_book (sheet, strlen (sheet));
  read_book ();
  break_book (g_str_hash (body));
  read_book ();
}

static void
set_up (void)
{
  path = g_build_filename (g_get_tmp_dir (), "fuzz-xlsx-XXXXXX", NULL);
  g_assert_cmpint (close (g_mkstemp (path)), ==, 0);
}

static void
tear_down (void)
{
  g_unlink (path);
  g_free (path);
}

int
main (int    argc,
      char **argv)
{
  const FuzzTarget target = { .name = "workbooks", .corpus = "xlsx.txt", .words = words, .set_up = set_up, .one = one, .tear_down = tear_down };

  return fuzz_run (argc, argv, &target);
}
