/* Which reader a file is for: told by its bytes. What none of them reads is refused in words that say what to do. */
#include "sb-rows.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-chat-log.h"
#include "sb-package.h"

#define HEAD 512

void
sb_file_about_clear (SbFileAbout *self)
{
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->encoding, g_free);
  g_clear_pointer (&self->sheet, g_free);
  g_clear_pointer (&self->sheets, g_strfreev);
}

void
sb_file_about_copy (const SbFileAbout *self,
                    SbFileAbout       *copy)
{
  copy->kind = g_strdup (self->kind);
  copy->encoding = g_strdup (self->encoding);
  copy->delimiter = self->delimiter;
  copy->sheet = g_strdup (self->sheet);
  copy->sheets = g_strdupv (self->sheets);
}

static gboolean
starts (const guchar *head,
        gsize         length,
        const char   *with,
        gsize         with_length)
{
  return length >= with_length && memcmp (head, with, with_length) == 0;
}

/* Past a byte order mark and blanks; UTF-16 cards are looked at letter by letter. */
static gboolean
is_vcard (const guchar *head,
          gsize         length)
{
  static const char begin[] = "BEGIN:VCARD";
  gsize             n = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (head[i] == 0 || head[i] >= 0x80 || (n == 0 && g_ascii_isspace (head[i])))
        continue;
      if (g_ascii_toupper (head[i]) != begin[n])
        return FALSE;
      if (begin[++n] == '\0')
        return TRUE;
    }

  return FALSE;
}

/* The first letters in ASCII, past a byte order mark and blanks, in small ones. */
static void
plain_start (const guchar *head,
             gsize         length,
             char          start[20])
{
  gsize n = 0;

  for (gsize i = 0; i < length && n < 19; i++)
    if (head[i] != 0 && head[i] < 0x80 && !(n == 0 && g_ascii_isspace (head[i])))
      start[n++] = (char) g_ascii_tolower (head[i]);
  start[n] = '\0';
}

/* What a program wrote for programs: each line of it would pass for a row. */
static const char *
why_no_list (const guchar *head,
             gsize         length)
{
  static const char *const pages[] = { "<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<div", "<style", "<!--" };
  char                     start[20];

  plain_start (head, length, start);
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_has_prefix (start, pages[i]))
      return _("This is a web page, whatever its name says. Open it in a spreadsheet program and save it as XLSX or CSV");
  if (g_str_has_prefix (start, "<?xml") || g_str_has_prefix (start, "<workbook"))
    return _("This is an XML file. Open it in a spreadsheet program and save it as XLSX or CSV");
  if (start[0] == '{' || (start[0] == '[' && (start[1 + strspn (start + 1, " \r\n\t")] == '{' || start[1 + strspn (start + 1, " \r\n\t")] == '[')))
    return start[1] == '\\' ? _("This is a text document. Save the list as CSV or XLSX and import that")
                            : _("This is a file for programs (JSON), not a list. Export the contacts as CSV or XLSX and import that");

  return NULL;
}

static const char *
why_refused (const guchar *head,
             gsize         length)
{
  if (length == 0)
    return _("The file is empty");
  if (starts (head, length, "\xd0\xcf\x11\xe0", 4))
    return _("This is an old Excel file, or one protected by a password. Save it as XLSX or CSV without a password and import that");
  if (starts (head, length, "%PDF", 4))
    return _("This is a PDF. Export the table it was made from as CSV or XLSX and import that");
  if (starts (head, length, "\x89PNG", 4) || starts (head, length, "\xff\xd8\xff", 3) || starts (head, length, "GIF8", 4))
    return _("This is a picture, not a table");
  if (starts (head, length, "\x1f\x8b", 2) || starts (head, length, "7z\xbc\xaf", 4) || starts (head, length, "Rar!", 4))
    return _("This is a packed file. Unpack it and import what is inside");

  return why_no_list (head, length);
}

static gboolean
read_zip (const char   *path,
          const char   *sheet,
          SbFileAbout  *about,
          SbRowFunc     func,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  g_autoptr (SbPackage) package = sb_package_new (path, cancellable, error);

  if (package == NULL)
    return FALSE;
  if (sb_package_has (package, "xl/workbook.xml"))
    return sb_xlsx_read (path, sheet, about, func, data, cancellable, error);
  if (sb_package_has (package, "content.xml"))
    return sb_ods_read (path, sheet, about, func, data, cancellable, error);

  g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID,
                       sb_package_has (package, "Index/Document.iwa") ? _("This is a Numbers file. Export it as CSV or XLSX and import that")
                                                                      : _("This is a packed file, but no spreadsheet that Shopbell can read"));

  return FALSE;
}

/* A pipe would be waited for, a device never ends. */
static gboolean
is_file (GFile   *file,
         GError **error)
{
  GFileType type = g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL);

  if (type == G_FILE_TYPE_REGULAR)
    return TRUE;
  if (type == G_FILE_TYPE_DIRECTORY)
    g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("This is a folder. Choose the file in it that has the list"));
  else if (type == G_FILE_TYPE_UNKNOWN || type == G_FILE_TYPE_SYMBOLIC_LINK) /* a link that leads nowhere */
    g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, _("The file is not there any more, or may not be read"));
  else
    g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("This is no file that could be read to its end"));

  return FALSE;
}

gboolean
sb_rows_read_file (const char   *path,
                   const char   *sheet,
                   SbFileAbout  *about,
                   SbRowFunc     func,
                   gpointer      data,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_autoptr (GFile)            file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = is_file (file, error) ? g_file_read (file, cancellable, error) : NULL;
  guchar                       head[HEAD];
  gsize                        length = 0;
  const char                  *refused;

  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &length, cancellable, error))
    return FALSE;

  refused = why_refused (head, length);
  if (refused != NULL)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, refused);
      return FALSE;
    }
  if (starts (head, length, "PK", 2) && length > 3 && head[2] < 9)
    return read_zip (path, sheet, about, func, data, cancellable, error);

  if (!g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error))
    return FALSE;

  if (sb_chat_log_is ((const char *) head, length))
    return sb_chat_log_read (G_INPUT_STREAM (stream), about, func, data, cancellable, error);

  return is_vcard (head, length) ? sb_vcard_read (G_INPUT_STREAM (stream), about, func, data, cancellable, error)
                                 : sb_csv_read (G_INPUT_STREAM (stream), about, func, data, cancellable, error);
}

gboolean
sb_rows_read_text (const char  *text,
                   SbFileAbout *about,
                   SbRowFunc    func,
                   gpointer     data,
                   GError     **error)
{
  gsize                    length = strlen (text);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) length, NULL);

  if (sb_chat_log_is (text, MIN (length, HEAD)))
    return sb_chat_log_read (stream, about, func, data, NULL, error);

  return is_vcard ((const guchar *) text, MIN (length, HEAD)) ? sb_vcard_read (stream, about, func, data, NULL, error)
                                                              : sb_csv_read (stream, about, func, data, NULL, error);
}
