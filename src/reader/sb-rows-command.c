/* "rows": a table in, its rows out, some hundreds a line; at the end what was found out about the file. */
#include <string.h>

#include "sb-error.h"
#include "sb-reader-commands.h"
#include "sb-rows-wire.h"

#define LINE_ROWS  256
#define LINE_BYTES (1024 * 1024)

typedef struct
{
  JsonArray *rows;
  gsize      n_bytes;
} Sending;

static void
send (Sending *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_array_member (object, "rows", self->rows);
  sb_child_print (object);
  self->rows = json_array_new ();
  self->n_bytes = 0;
}

static gboolean
row_cb (const SbRow *row,
        gpointer     data,
        GError     **error)
{
  Sending *self = data;

  self->n_bytes += sb_rows_wire_add (self->rows, row);
  if (json_array_get_length (self->rows) == LINE_ROWS || self->n_bytes > LINE_BYTES)
    send (self);

  return TRUE;
}

gboolean
sb_reader_rows (JsonObject *request,
                GError    **error)
{
  g_auto (SbFileAbout) about = { 0 };
  Sending              sending = { json_array_new (), 0 };
  const char          *path = sb_json_string (request, "path");
  gboolean             done;

  if (path == NULL)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "\"path\" is missing");
      json_array_unref (sending.rows);
      return FALSE;
    }
  done = sb_rows_read_file (path, sb_json_string (request, "sheet"), &about, row_cb, &sending, NULL, error);
  if (done)
    {
      send (&sending);
      sb_child_print (sb_json_make ("o:about", sb_rows_wire_about (&about), NULL));
    }
  json_array_unref (sending.rows);

  return done;
}
