#include "sb-erasure-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "sb-json.h"

#define NAME "erased.journal"

static void
line_free (gpointer data)
{
  SbErasureLine *line = data;

  g_ptr_array_unref (line->hashes);
  g_free (line);
}

void
sb_erasure_journal_free (SbErasureJournal *self)
{
  g_free (self->salt);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

static void
read_line (SbErasureJournal *self,
           const char       *text)
{
  g_autoptr (JsonNode) node = sb_json_parse (text, -1, NULL);
  JsonObject          *object = sb_json_root (node);
  JsonArray           *hashes = sb_json_array (object, "people");
  SbErasureLine       *line;

  if (sb_json_string (object, "salt") != NULL)
    g_set_str (&self->salt, sb_json_string (object, "salt"));
  if (hashes == NULL)
    return;
  line = g_new0 (SbErasureLine, 1);
  line->at = sb_json_int (object, "at", 0);
  line->hashes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < sb_json_length (hashes); i++)
    g_ptr_array_add (line->hashes, g_strdup (json_array_get_string_element (hashes, i)));
  g_ptr_array_add (self->lines, line);
}

SbErasureJournal *
sb_erasure_journal_read (const char *folder,
                         GError    **error)
{
  g_autofree char             *path = g_build_filename (folder, NAME, NULL);
  g_autofree char             *text = NULL;
  g_autoptr (GError)           failure = NULL;
  g_autoptr (SbErasureJournal) self = NULL;
  g_auto (GStrv)               lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, &failure))
    {
      if (!g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "The list of erased people cannot be read: %s", failure->message);
      return NULL;
    }

  self = g_new0 (SbErasureJournal, 1);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if ((*line)[0] != '\0')
      read_line (self, *line);

  return self->salt != NULL ? g_steal_pointer (&self) : NULL;
}

static char *
line_of (const char *salt,
         gboolean    is_first,
         gint64      at,
         GPtrArray  *hashes)
{
  JsonArray             *people = json_array_new ();
  g_autoptr (JsonObject) line = NULL;
  g_autoptr (JsonObject) first = sb_json_make ("s:salt", salt, NULL);
  g_autofree char       *head = sb_json_text (first);
  g_autofree char       *text = NULL;

  for (guint i = 0; i < hashes->len; i++)
    json_array_add_string_element (people, hashes->pdata[i]);
  line = sb_json_make ("i:at", at, "a:people", people, NULL);
  text = sb_json_text (line);

  /* A line that was torn by a power cut ends here. */
  return g_strdup_printf ("%s%s%s\n", is_first ? head : "", "\n", text);
}

gboolean
sb_erasure_journal_append (const char *folder,
                           const char *salt,
                           gint64      at,
                           GPtrArray  *hashes,
                           GError    **error)
{
  g_autofree char *path = g_build_filename (folder, NAME, NULL);
  int              fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  int              directory = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_autofree char *text = line_of (salt, fd >= 0 && lseek (fd, 0, SEEK_END) == 0, at, hashes);
  gssize           length = strlen (text);
  gboolean         done = fd >= 0 && write (fd, text, length) == length && fsync (fd) == 0 && (directory < 0 || fsync (directory) == 0);

  if (!done)
    g_set_error (error, SB_ERROR, errno == ENOSPC ? SB_ERROR_DISK_FULL : SB_ERROR_STORAGE, "The list of erased people cannot be written: %s", g_strerror (errno));
  if (fd >= 0)
    close (fd);
  if (directory >= 0)
    close (directory);

  return done;
}
