/* A row is [number, cells, fault, remark]; its cells are one text with unit separators between, which no cell has. */
#include "sb-rows-wire.h"

#include <string.h>

#define BETWEEN '\x1f'

gsize
sb_rows_wire_add (JsonArray   *rows,
                  const SbRow *row)
{
  g_autoptr (GString) cells = g_string_new (NULL);
  JsonArray          *sent = json_array_sized_new (4);

  for (guint i = 0; i < row->cells->len; i++)
    {
      gsize start = cells->len;

      g_string_append (cells, row->cells->pdata[i]);
      for (char *c = strchr (cells->str + start, BETWEEN); c != NULL; c = strchr (c, BETWEEN))
        *c = ' ';
      g_string_append_c (cells, BETWEEN);
    }
  json_array_add_int_element (sent, row->number);
  json_array_add_string_element (sent, cells->str);
  json_array_add_string_element (sent, row->fault != NULL ? row->fault : "");
  json_array_add_string_element (sent, row->remark != NULL ? row->remark : "");
  json_array_add_array_element (rows, sent);

  return cells->len + 32;
}

static void
cut (GPtrArray  *cells,
     const char *text)
{
  g_ptr_array_set_size (cells, 0);
  for (const char *end = strchr (text, BETWEEN); end != NULL && cells->len < SB_COLUMNS_MAX; end = strchr (text, BETWEEN))
    {
      g_ptr_array_add (cells, g_strndup (text, (gsize) (end - text)));
      text = end + 1;
    }
}

static const char *
text_at (JsonArray *row,
         guint      at)
{
  JsonNode   *node = at < json_array_get_length (row) ? json_array_get_element (row, at) : NULL;
  const char *text = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  return text != NULL ? text : "";
}

/* The helper read a stranger's file: what it says is looked at like the file itself. */
gboolean
sb_rows_wire_take (JsonArray *rows,
                   SbRowFunc  func,
                   gpointer   data,
                   GError   **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < sb_json_length (rows); i++)
    {
      JsonNode  *node = json_array_get_element (rows, i);
      JsonArray *sent = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      SbRow      row = { .cells = cells };
      JsonNode  *number = sent != NULL && json_array_get_length (sent) == 4 ? json_array_get_element (sent, 0) : NULL;

      if (number == NULL || !JSON_NODE_HOLDS_VALUE (number))
        continue;
      row.number = (guint) CLAMP (json_node_get_int (number), 0, G_MAXINT);
      cut (cells, text_at (sent, 1));
      row.fault = *text_at (sent, 2) != '\0' ? text_at (sent, 2) : NULL;
      row.remark = *text_at (sent, 3) != '\0' ? text_at (sent, 3) : NULL;
      if (!func (&row, data, error))
        return FALSE;
    }

  return TRUE;
}

JsonObject *
sb_rows_wire_about (const SbFileAbout *about)
{
  JsonArray *sheets = json_array_new ();

  for (char **sheet = about->sheets; sheet != NULL && *sheet != NULL; sheet++)
    json_array_add_string_element (sheets, *sheet);

  return sb_json_make ("s:kind", about->kind, "s:encoding", about->encoding, "i:delimiter", (gint64) about->delimiter, "s:sheet", about->sheet, "a:sheets", sheets, NULL);
}

void
sb_rows_wire_take_about (JsonObject  *object,
                         SbFileAbout *about)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  JsonArray               *sheets = sb_json_array (object, "sheets");

  for (guint i = 0; i < sb_json_length (sheets); i++)
    g_strv_builder_add (names, json_array_get_string_element (sheets, i));
  sb_file_about_clear (about);
  about->kind = g_strdup (sb_json_string (object, "kind"));
  about->encoding = g_strdup (sb_json_string (object, "encoding"));
  about->delimiter = (char) sb_json_int (object, "delimiter", 0);
  about->sheet = g_strdup (sb_json_string (object, "sheet"));
  if (sb_json_length (sheets) > 0)
    about->sheets = g_strv_builder_end (names);
}
