#pragma once

#include "sb-child.h"

G_BEGIN_DECLS

/* Prints its answers with sb_child_print (); FALSE with a sentence for people in @error. */
typedef gboolean (*SbReaderCommand) (JsonObject *request,
                                     GError    **error);

gboolean sb_reader_frame (JsonObject *request,
                          GError    **error);
gboolean sb_reader_ocr (JsonObject *request,
                        GError    **error);
gboolean sb_reader_rows (JsonObject *request,
                         GError    **error);

G_END_DECLS
