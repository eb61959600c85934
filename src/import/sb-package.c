#include "sb-package.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "sb-error.h"

#define PARTS_MAX    10000
#define UNPACKED_MAX (G_GINT64_CONSTANT (256) * 1024 * 1024)
#define RATIO_MAX    100
#define SMALL        (G_GINT64_CONSTANT (4) * 1024 * 1024) /* below it the ratio says nothing */

struct _SbPackage
{
  char         *path;
  gint64        size;
  gint64        unpacked; /* of the part being read */
  GCancellable *cancellable;
  GHashTable   *parts;
  GError       *fault; /* what stopped a read from within libxml2 */
};

typedef struct archive Archive;

static void
archive_close (Archive *archive)
{
  archive_read_free (archive);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlTextReader, xmlFreeTextReader)

static gboolean
refuse (GError    **error,
        SbError     code,
        const char *sentence)
{
  g_set_error_literal (error, SB_ERROR, (int) code, sentence);

  return FALSE;
}

static Archive *
open_archive (SbPackage *self,
              GError   **error)
{
  g_autoptr (Archive) archive = archive_read_new ();

  archive_read_support_format_zip (archive);
  if (archive_read_open_filename (archive, self->path, 64 * 1024) != ARCHIVE_OK)
    {
      refuse (error, SB_ERROR_INVALID, _("The file is damaged: it is no whole ZIP archive"));
      return NULL;
    }

  return g_steal_pointer (&archive);
}

static gboolean
list_parts (SbPackage *self,
            GError   **error)
{
  g_autoptr (Archive)   archive = open_archive (self, error);
  struct archive_entry *entry = NULL;
  int                   result;

  if (archive == NULL)
    return FALSE;

  while ((result = archive_read_next_header (archive, &entry)) == ARCHIVE_OK || result == ARCHIVE_WARN)
    {
      const char *name = archive_entry_pathname (entry);

      if (g_hash_table_size (self->parts) >= PARTS_MAX)
        return refuse (error, SB_ERROR_TOO_LARGE, _("The file has more than 10,000 parts inside; no list of contacts does"));
      if (archive_entry_is_encrypted (entry))
        return refuse (error, SB_ERROR_INVALID, _("The file is protected by a password. Save it without one and import it again"));
      if (name != NULL)
        g_hash_table_add (self->parts, g_strdup (name));
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
    }

  return result == ARCHIVE_EOF ? TRUE : refuse (error, SB_ERROR_INVALID, _("The file is damaged: it is no whole ZIP archive"));
}

SbPackage *
sb_package_new (const char   *path,
                GCancellable *cancellable,
                GError      **error)
{
  g_autoptr (SbPackage) self = g_new0 (SbPackage, 1);
  GStatBuf              status;

  self->path = g_strdup (path);
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_set_object (&self->cancellable, cancellable);
  if (g_stat (path, &status) == 0)
    self->size = status.st_size;

  return list_parts (self, error) ? g_steal_pointer (&self) : NULL;
}

void
sb_package_free (SbPackage *self)
{
  g_free (self->path);
  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->parts);
  g_clear_error (&self->fault);
  g_free (self);
}

gboolean
sb_package_has (SbPackage  *self,
                const char *part)
{
  return g_hash_table_contains (self->parts, part);
}

static Archive *
open_part (SbPackage  *self,
           const char *part,
           GError    **error)
{
  g_autoptr (Archive)   archive = open_archive (self, error);
  struct archive_entry *entry = NULL;
  int                   result;

  if (archive == NULL)
    return NULL;
  self->unpacked = 0;
  while ((result = archive_read_next_header (archive, &entry)) == ARCHIVE_OK || result == ARCHIVE_WARN)
    if (g_strcmp0 (archive_entry_pathname (entry), part) == 0)
      return g_steal_pointer (&archive);

  refuse (error, SB_ERROR_INVALID, _("The file is damaged: a part of it is missing"));

  return NULL;
}

/* -1 with @error set on a fault or past a limit. */
static gssize
read_part (SbPackage *self,
           Archive   *archive,
           char      *buffer,
           gsize      size,
           GError   **error)
{
  gssize length = archive_read_data (archive, buffer, size);

  if (length < 0)
    {
      refuse (error, SB_ERROR_INVALID, _("The file is damaged: a part of it cannot be unpacked"));
      return -1;
    }

  self->unpacked += length;
  if (self->unpacked > UNPACKED_MAX || (self->unpacked > SMALL && self->unpacked / RATIO_MAX > self->size))
    {
      refuse (error, SB_ERROR_TOO_LARGE, _("The file unpacks to far more than it is: it looks like a trap and is not opened"));
      return -1;
    }
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return -1;

  return length;
}

/* The whole of a small part; (nullable) without error when it is not there. */
char *
sb_package_get_text (SbPackage  *self,
                     const char *part,
                     gsize       most,
                     GError    **error)
{
  g_autoptr (Archive) archive = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  char                buffer[4096];
  gssize              length = 0;

  if (!sb_package_has (self, part) || (archive = open_part (self, part, error)) == NULL)
    return NULL;
  while (text->len < most && (length = read_part (self, archive, buffer, sizeof buffer, error)) > 0)
    g_string_append_len (text, buffer, length);

  return length < 0 ? NULL : g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct
{
  SbPackage *package;
  Archive   *archive;
} Source;

/* A document type, where one is written: it is refused before libxml2 reads any of it. */
static gboolean
refuse_type (const char *start,
             gssize      length,
             GError    **error)
{
  if (g_strstr_len (start, length, "<!DOCTYPE") == NULL)
    return FALSE;

  return !refuse (error, SB_ERROR_INVALID, _("The file defines words of its own inside, which spreadsheets never do: it is not opened"));
}

static int
read_cb (void *context,
         char *buffer,
         int   length)
{
  Source  *source = context;
  gboolean is_start = source->package->unpacked < 64 * 1024; /* the parser asks for four bytes first */
  gssize   n;

  if (source->package->fault != NULL)
    return -1;
  n = read_part (source->package, source->archive, buffer, length, &source->package->fault);
  if (n > 0 && is_start && refuse_type (buffer, n, &source->package->fault))
    return -1;

  return (int) n;
}

static int
close_cb (void *context)
{
  return 0;
}

/* Words of libxml2 go nowhere; the outcome says enough. */
static void
silent_cb (void                   *data,
           const char             *words,
           xmlParserSeverities     severity,
           xmlTextReaderLocatorPtr place)
{
}

/* Entities are never put in, nothing is fetched, and a document type is no part of any spreadsheet. */
static gboolean
walk (SbPackage     *self,
      xmlTextReader *reader,
      SbNodeFunc     func,
      gpointer       data,
      GError       **error)
{
  int result;

  while ((result = xmlTextReaderRead (reader)) == 1)
    {
      int type = xmlTextReaderNodeType (reader);

      if (type == XML_READER_TYPE_DOCUMENT_TYPE || type == XML_READER_TYPE_ENTITY_REFERENCE)
        return refuse (error, SB_ERROR_INVALID, _("The file defines words of its own inside, which spreadsheets never do: it is not opened"));
      if (!func (reader, type, (const char *) xmlTextReaderConstLocalName (reader), data, error))
        return FALSE;
    }

  if (self->fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->fault));
      return FALSE;
    }

  return result == 0 ? TRUE : refuse (error, SB_ERROR_INVALID, _("The file is damaged: its contents break off or cannot be read"));
}

gboolean
sb_package_read_xml (SbPackage  *self,
                     const char *part,
                     SbNodeFunc  func,
                     gpointer    data,
                     GError    **error)
{
  g_autoptr (Archive)       archive = open_part (self, part, error);
  g_autoptr (xmlTextReader) reader = NULL;
  Source                    source = { self, archive };

  if (archive == NULL)
    return FALSE;

  reader = xmlReaderForIO (read_cb, close_cb, &source, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
  if (self->fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->fault));
      return FALSE;
    }
  if (reader == NULL)
    return refuse (error, SB_ERROR_INVALID, _("The file is damaged: its contents break off or cannot be read"));
  xmlTextReaderSetErrorHandler (reader, silent_cb, NULL);

  return walk (self, reader, func, data, error);
}

/* (nullable): of the element the reader stands on; @name with its prefix. */
char *
sb_package_attribute (xmlTextReader *reader,
                      const char    *name)
{
  xmlChar *value = xmlTextReaderGetAttribute (reader, (const xmlChar *) name);
  char    *copy = g_strdup ((const char *) value);

  xmlFree (value);

  return copy;
}
