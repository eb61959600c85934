#pragma once

#include "sb-json.h"
#include "sb-rows.h"

G_BEGIN_DECLS

/* Rows between the helper that reads files and the program that shows them. */
gsize       sb_rows_wire_add (JsonArray   *rows,
                              const SbRow *row);
gboolean    sb_rows_wire_take (JsonArray *rows,
                               SbRowFunc  func,
                               gpointer   data,
                               GError   **error);
JsonObject *sb_rows_wire_about (const SbFileAbout *about) G_GNUC_WARN_UNUSED_RESULT;
void        sb_rows_wire_take_about (JsonObject  *object,
                                     SbFileAbout *about);

G_END_DECLS
