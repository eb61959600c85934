#include "sb-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

GPtrArray *
sb_journal_read (const char *folder,
                 const char *name,
                 GError    **error)
{
  g_autofree char   *path = g_build_filename (folder, name, NULL);
  g_autofree char   *text = NULL;
  g_autoptr (GError) failure = NULL;
  GPtrArray         *nodes;
  g_auto (GStrv)     lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, &failure))
    {
      if (!g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "The list %s cannot be read: %s", name, failure->message);
      return NULL;
    }

  nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      JsonNode *node = (*line)[0] != '\0' ? sb_json_parse (*line, -1, NULL) : NULL;

      if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
        g_ptr_array_add (nodes, node);
      else
        g_clear_pointer (&node, json_node_unref);
    }

  return nodes;
}

gboolean
sb_journal_append (const char *folder,
                   const char *name,
                   GPtrArray  *lines,
                   GError    **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int              fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  int              directory = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  /* A line that was torn by a power cut ends here. */
  g_autoptr (GString) text = g_string_new ("\n");
  gboolean            done;

  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *line = sb_json_text (lines->pdata[i]);

      g_string_append_printf (text, "%s\n", line);
    }
  done = fd >= 0 && write (fd, text->str, text->len) == (gssize) text->len && fsync (fd) == 0 && (directory < 0 || fsync (directory) == 0);
  if (!done)
    g_set_error (error, SB_ERROR, errno == ENOSPC ? SB_ERROR_DISK_FULL : SB_ERROR_STORAGE, "The list %s cannot be written: %s", name, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  if (directory >= 0)
    close (directory);

  return done;
}

gint64
sb_journal_get_size (const char *folder,
                     const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GStatBuf         info;

  return g_stat (path, &info) == 0 ? info.st_size : 0;
}
