#include "sb-erasure-journal.h"

#include "sb-journal.h"

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
           JsonObject       *object)
{
  JsonArray     *hashes = sb_json_array (object, "people");
  SbErasureLine *line;

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
  g_autoptr (GPtrArray)        nodes = sb_journal_read (folder, NAME, error);
  g_autoptr (SbErasureJournal) self = NULL;

  if (nodes == NULL)
    return NULL;
  self = g_new0 (SbErasureJournal, 1);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  for (guint i = 0; i < nodes->len; i++)
    read_line (self, sb_json_root (nodes->pdata[i]));

  return self->salt != NULL ? g_steal_pointer (&self) : NULL;
}

gboolean
sb_erasure_journal_append (const char *folder,
                           const char *salt,
                           gint64      at,
                           GPtrArray  *hashes,
                           GError    **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  JsonArray            *people = json_array_new ();

  for (guint i = 0; i < hashes->len; i++)
    json_array_add_string_element (people, hashes->pdata[i]);
  g_ptr_array_add (lines, sb_json_make ("s:salt", salt, "i:at", at, "a:people", people, NULL));

  return sb_journal_append (folder, NAME, lines, error);
}
