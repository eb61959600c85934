/* What the lines of the shop are called, for the rows of a list: read once, and again when a line changes. */
#include "sb-line-names.h"

#define NAMES "sb-line-names"

static void
forget_cb (SbEngine *engine)
{
  g_object_set_data (G_OBJECT (engine), NAMES, NULL);
}

static GHashTable *
read_names (SbEngine *engine)
{
  GHashTable           *names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (engine));

  for (guint i = 0; i < lines->len; i++)
    {
      const SbLine *line = lines->pdata[i];

      g_hash_table_insert (names, g_memdup2 (&line->id, sizeof line->id), g_strdup (line->name));
    }
  if (g_signal_handler_find (engine, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, forget_cb, NULL) == 0)
    g_signal_connect (engine, "lines-changed", G_CALLBACK (forget_cb), NULL);
  g_object_set_data_full (G_OBJECT (engine), NAMES, names, (GDestroyNotify) g_hash_table_unref);

  return names;
}

/* (nullable) (transfer none): NULL where there is one line only, which need not be told from others. */
const char *
sb_line_names_get (SbEngine *engine,
                   gint64    line_id)
{
  GHashTable *names = g_object_get_data (G_OBJECT (engine), NAMES);

  if (names == NULL)
    names = read_names (engine);

  return g_hash_table_size (names) > 1 ? g_hash_table_lookup (names, &line_id) : NULL;
}
