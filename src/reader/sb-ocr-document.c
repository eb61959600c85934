/* What is text already needs no reading of letters: TXT as it is, DOCX by its paragraphs, tabs and tables. */
#include "sb-ocr-document.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-package.h"
#include "sb-text-in.h"

#define TEXT_MAX (4 * 1024 * 1024)

typedef struct
{
  GString *text;
  gboolean in_text; /* between <w:t> and </w:t> */
  guint    cells;   /* depth of table cells */
} Document;

static gboolean
full (Document *document,
      GError  **error)
{
  if (document->text->len <= TEXT_MAX)
    return FALSE;
  g_set_error_literal (error, SB_ERROR, SB_ERROR_TOO_LARGE, _("The document has more than 4 MB of text. Save the part with the list on its own"));

  return TRUE;
}

/* A cell ends with a tab and a row with a line, so that a table reads like one that was pasted. */
static void
end_element (Document   *document,
             const char *name)
{
  GString *text = document->text;

  if (g_str_equal (name, "p"))
    g_string_append_c (text, document->cells > 0 ? ' ' : '\n');
  else if (g_str_equal (name, "tc"))
    {
      while (text->len > 0 && text->str[text->len - 1] == ' ')
        g_string_truncate (text, text->len - 1);
      g_string_append_c (text, '\t');
      document->cells--;
    }
  else if (g_str_equal (name, "tr"))
    {
      if (text->len > 0 && text->str[text->len - 1] == '\t')
        g_string_truncate (text, text->len - 1);
      g_string_append_c (text, '\n');
    }
}

static gboolean
node_cb (xmlTextReader *reader,
         int            type,
         const char    *name,
         gpointer       data,
         GError       **error)
{
  Document *document = data;

  if (type == XML_READER_TYPE_ELEMENT && g_str_equal (name, "t"))
    document->in_text = !xmlTextReaderIsEmptyElement (reader);
  else if (type == XML_READER_TYPE_END_ELEMENT && g_str_equal (name, "t"))
    document->in_text = FALSE;
  else if (type == XML_READER_TYPE_ELEMENT && g_str_equal (name, "tab"))
    g_string_append_c (document->text, '\t');
  else if (type == XML_READER_TYPE_ELEMENT && g_str_equal (name, "br"))
    g_string_append_c (document->text, document->cells > 0 ? ' ' : '\n');
  else if (type == XML_READER_TYPE_ELEMENT && g_str_equal (name, "tc"))
    document->cells++;
  else if (type == XML_READER_TYPE_ELEMENT && g_str_equal (name, "p") && xmlTextReaderIsEmptyElement (reader))
    end_element (document, name);
  else if (type == XML_READER_TYPE_END_ELEMENT)
    end_element (document, name);
  else if (document->in_text && (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE))
    g_string_append (document->text, (const char *) xmlTextReaderConstValue (reader));

  return !full (document, error);
}

char *
sb_document_read_docx (const char *path,
                       GError    **error)
{
  g_autoptr (SbPackage) package = sb_package_new (path, NULL, error);
  g_autoptr (GString)   text = g_string_new (NULL);
  Document              document = { .text = text };

  if (package == NULL)
    return NULL;
  if (!sb_package_has (package, "word/document.xml"))
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("This is no document with text. Photos, PDF, DOCX and TXT can be read"));
      return NULL;
    }
  if (!sb_package_read_xml (package, "word/document.xml", node_cb, &document, error))
    return NULL;

  return g_string_free_and_steal (g_steal_pointer (&text));
}

char *
sb_document_read_text (const char *path,
                       GError    **error)
{
  g_autoptr (GFile)            file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr (SbTextIn)         input = stream != NULL ? sb_text_in_new (G_INPUT_STREAM (stream), NULL, error) : NULL;
  g_autoptr (GString)          bytes = g_string_new (NULL);
  Document                     document = { .text = bytes };
  int                          byte;

  if (input == NULL)
    return NULL;
  while ((byte = sb_text_in_next (input, error)) >= 0)
    {
      g_string_append_c (bytes, (char) byte);
      if (full (&document, error))
        return NULL;
    }
  if (error != NULL && *error != NULL)
    return NULL;
  if (g_utf8_validate_len (bytes->str, bytes->len, NULL))
    return g_string_free_and_steal (g_steal_pointer (&bytes));

  return sb_codepage_decode (sb_text_in_get_codepage (input), bytes->str, bytes->len, NULL);
}
