#include "sb-attach-keep.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "sb-json.h"

#define LARGEST_LIST (1024 * 1024)

static char *
list_path (SbEngine *engine)
{
  return g_build_filename (sb_engine_get_folder (engine), "tray.json", NULL);
}

static void
add_tile (JsonBuilder  *builder,
          SbAttachTile *tile)
{
  g_autofree char *uri = g_filename_to_uri (sb_attach_tile_get_path (tile), NULL, NULL);

  if (uri == NULL)
    return;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "thread");
  json_builder_add_int_value (builder, sb_attach_tile_get_thread (tile));
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, uri);
  json_builder_set_member_name (builder, "voice");
  json_builder_add_boolean_value (builder, sb_attach_tile_is_voice (tile));
  json_builder_set_member_name (builder, "key");
  json_builder_add_string_value (builder, sb_attach_tile_get_key (tile));
  json_builder_end_object (builder);
}

/* @tiles: those of every conversation */
void
sb_attach_keep_write (SbEngine  *engine,
                      GPtrArray *tiles)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char        *path = list_path (engine);
  g_autoptr (JsonNode)    root = NULL;
  g_autofree char        *text = NULL;
  g_autoptr (GError)      error = NULL;

  if (sb_engine_is_read_only (engine))
    return;
  if (tiles->len == 0)
    {
      if (g_unlink (path) != 0 && errno != ENOENT)
        g_message ("%s: %s", path, g_strerror (errno));
      return;
    }
  json_builder_begin_array (builder);
  for (guint i = 0; i < tiles->len; i++)
    add_tile (builder, tiles->pdata[i]);
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_message ("The files that wait would not survive a restart: %s", error->message);
}

/* The key comes back as well: what went out in the last moment is not sent twice. */
static GtkWidget *
read_tile (JsonObject *item)
{
  const char      *uri = sb_json_string (item, "file");
  const char      *key = sb_json_string (item, "key");
  gint64           thread_id = sb_json_int (item, "thread", 0);
  g_autofree char *path = uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;
  GtkWidget       *tile;

  if (path == NULL || thread_id <= 0)
    return NULL;
  tile = sb_attach_tile_new (path, thread_id, sb_json_bool (item, "voice", FALSE));
  if (key != NULL)
    sb_attach_tile_set_key (SB_ATTACH_TILE (tile), key);

  return tile;
}

/* Returns: (transfer container) (element-type SbAttachTile): floating; empty when nothing was kept */
GPtrArray *
sb_attach_keep_read (SbEngine *engine)
{
  GPtrArray             *tiles = g_ptr_array_new ();
  g_autofree char       *path = list_path (engine);
  g_autofree char       *text = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode              *root;
  gsize                  length = 0;

  if (!g_file_get_contents (path, &text, &length, NULL) || length > LARGEST_LIST || !json_parser_load_from_data (parser, text, length, NULL))
    return tiles;
  root = json_parser_get_root (parser);
  for (guint i = 0; root != NULL && JSON_NODE_HOLDS_ARRAY (root) && i < json_array_get_length (json_node_get_array (root)); i++)
    {
      JsonNode  *node = json_array_get_element (json_node_get_array (root), i);
      GtkWidget *tile = JSON_NODE_HOLDS_OBJECT (node) ? read_tile (json_node_get_object (node)) : NULL;

      if (tile != NULL)
        g_ptr_array_add (tiles, tile);
    }

  return tiles;
}
