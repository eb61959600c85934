#include "sb-store-scrub.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "sb-erasure-journal.h"
#include "sb-json.h"
#include "sb-store-private.h"

/* -- files -- */

/* What was made of a video, see the window: its picture and its length. */
static void
remove_thumbnail (SbStore    *self,
                  const char *hash,
                  GPtrArray  *left)
{
  static const char *const suffixes[] = { ".jpg", ".json", ".part" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (hash, suffixes[i], NULL);
      g_autofree char *path = g_build_filename (self->folder, "media", "thumbnails", name, NULL);

      if (g_unlink (path) != 0 && g_file_test (path, G_FILE_TEST_EXISTS))
        g_ptr_array_add (left, g_strdup_printf ("The picture %s could not be removed", name));
    }
}

static void
remove_media (SbStore         *self,
              const SbErasure *erasure,
              GPtrArray       *left)
{
  for (guint i = 0; i < erasure->media->len; i++)
    {
      g_autofree char *path = sb_store_media_path (self, erasure->media->pdata[i]);

      if (g_unlink (path) != 0 && g_file_test (path, G_FILE_TEST_EXISTS))
        g_ptr_array_add (left, g_strdup_printf ("The file %s could not be removed", (char *) erasure->media->pdata[i]));
      remove_thumbnail (self, erasure->media->pdata[i], left);
    }
}

/* A copy from before an update is an older shop with the person in it; a damaged file that was set aside may be, too. */
static void
remove_copies (SbStore   *self,
               GPtrArray *left)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char      *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      if (g_str_has_prefix (name, "shop.db.before-") && g_unlink (path) != 0)
        g_ptr_array_add (left, g_strdup_printf ("The copy %s could not be removed", name));
      if (g_str_has_prefix (name, "shop.db.damaged-"))
        g_ptr_array_add (left, g_strdup_printf ("%s was set aside because it is damaged; it was not looked into", name));
    }
}

/* Readers may hold the journal for a moment; the database waits for them a while. */
static void
empty_journal (SbStore   *self,
               GPtrArray *left)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SbDb)   db = sb_db_open (self->path, 0, self->vfs, &error);
  gint64             busy = db != NULL ? sb_db_int (db, 1, "PRAGMA wal_checkpoint (TRUNCATE)", "") : 1;

  for (int tries = 0; busy != 0 && db != NULL && tries < 20; tries++)
    {
      g_usleep (100 * 1000);
      busy = sb_db_int (db, 1, "PRAGMA wal_checkpoint (TRUNCATE)", "");
    }
  if (busy != 0)
    g_ptr_array_add (left, g_strdup ("The journal of the database is in use; it is emptied when Shopbell is closed"));
}

void
sb_store_scrub (SbStore         *self,
                const SbErasure *erasure,
                GPtrArray       *left)
{
  remove_media (self, erasure, left);
  if (self->vfs == NULL)
    remove_copies (self, left);
  empty_journal (self, left);
}

/* -- the certificate -- */

static void
name_evidence (GString         *text,
               const SbErasure *erasure)
{
  for (guint i = 0; i < erasure->evidence->len; i++)
    {
      const char *hash = erasure->evidence->pdata[i];
      gboolean    gone = g_ptr_array_find_with_equal_func (erasure->media, hash, g_str_equal, NULL);

      g_string_append_printf (text, "%s  %.16s  %s\n", i == 0 ? "\nEvidence of consent (the file's own hash):\n" : "", hash, gone ? "removed" : "kept, it belongs to others, too");
    }
}

char *
sb_store_certify (SbStore         *self,
                  const SbErasure *erasure,
                  GPtrArray       *left,
                  GError         **error)
{
  const char           *hash = erasure->identities->len > 0 ? erasure->identities->pdata[0] : "none";
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (erasure->at / 1000);
  g_autofree char      *time = g_date_time_format (at, "%Y-%m-%d %H:%M:%S");
  g_autofree char      *day = g_date_time_format (at, "%Y-%m-%d");
  g_autofree char      *name = g_strdup_printf ("%s-%.8s.txt", day, hash);
  g_autofree char      *folder = g_build_filename (self->folder, "erasures", NULL);
  g_autofree char      *path = g_build_filename (folder, name, NULL);
  g_autoptr (GString)   text = g_string_new ("Certificate of erasure\n\n");
  g_autoptr (GList)     tables = json_object_get_members (erasure->counts);

  g_string_append_printf (text, "When (UTC): %s\nPerson (keyed hash of the number): %s\n\nRemoved:\n", time, hash);
  for (GList *table = tables; table != NULL; table = table->next)
    g_string_append_printf (text, "  %-18s %" G_GINT64_FORMAT "\n", (char *) table->data, json_object_get_int_member (erasure->counts, table->data));
  name_evidence (text, erasure);
  g_string_append (text, "\nThe consent ledger keeps what was agreed and when, without name, number and words.\n"
                         "Backups made before this time still hold the person until they expire; when one is restored, the\n"
                         "list of erased people beside the database erases them again. That list, and the one of people who\n"
                         "opted out, hold keyed hashes of numbers and nothing else.\n");
  for (guint i = 0; i < left->len; i++)
    g_string_append_printf (text, "%s%s.\n", i == 0 ? "\nNot cleaned:\n" : "", (char *) left->pdata[i]);

  g_mkdir (folder, 0700);
  if (!g_file_set_contents_full (path, text->str, text->len, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error))
    return NULL;

  return g_steal_pointer (&path);
}

/* -- after a restore -- */

static gint64
n_applied (SbReader *reader)
{
  g_autofree char *text = sb_reader_get_meta (reader, "erasures-applied");

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* A file from before an erasure has applied fewer lines than the journal has. */
gboolean
sb_store_needs_reapply (SbStore *self)
{
  g_autoptr (SbErasureJournal) journal = self->vfs == NULL ? sb_erasure_journal_read (self->folder, NULL) : NULL;
  g_autofree char             *salt = journal != NULL ? sb_reader_get_meta (self->reader, "erasure-salt") : NULL;

  return journal != NULL && (g_strcmp0 (salt, journal->salt) != 0 || n_applied (self->reader) != (gint64) journal->lines->len);
}

static gboolean
take_over (SbWriter               *self,
           const SbErasureJournal *journal,
           GError                **error)
{
  g_autofree char *n = g_strdup_printf ("%u", journal->lines->len);

  for (guint i = 0; i < journal->lines->len; i++)
    {
      const SbErasureLine *line = journal->lines->pdata[i];

      for (guint j = 0; j < line->hashes->len; j++)
        if (!sb_writer_note_erased (self, line->hashes->pdata[j], line->at, error))
          return FALSE;
    }

  return sb_writer_set_meta (self, "erasure-salt", journal->salt, error) && sb_writer_set_meta (self, "erasures-applied", n, error);
}

gboolean
sb_writer_reapply_erasures (SbWriter *self,
                            gpointer  data,
                            GError  **error)
{
  g_autoptr (SbErasureJournal) journal = sb_erasure_journal_read (self->folder, error);
  g_autoptr (GArray)           found = NULL;
  SbReapply                   *reapply = data;

  if (journal == NULL)
    return error == NULL || *error == NULL;
  if (!take_over (self, journal, error))
    return FALSE;
  found = sb_reader_list_returned (self->reader, journal->salt);
  for (guint i = 0; i < found->len; i++)
    {
      SbErasure *erasure = sb_writer_erase_again (self, g_array_index (found, gint64, i), error);

      if (erasure == NULL)
        return FALSE;
      g_ptr_array_add (reapply->erasures, erasure);
    }

  return TRUE;
}
