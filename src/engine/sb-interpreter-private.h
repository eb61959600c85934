#pragma once

#include "sb-engine-private.h"

G_BEGIN_DECLS

/* One event being read, inside its transaction. */
typedef struct
{
  SbWriter     *writer;
  const SbLine *line;
  gint64        raw_id;
  gint64        received_at;
} SbReading;

gint64   sb_reading_second (SbReading  *reading,
                            JsonObject *wire);
gboolean sb_interpret_messages (SbReading  *reading,
                                JsonObject *value,
                                gboolean    echoes,
                                GError    **error);
void     sb_interpret_choice (SbMessage  *message,
                              JsonObject *interactive);
gboolean sb_interpret_account (SbReading  *reading,
                               const char *field,
                               JsonObject *entry,
                               JsonObject *value,
                               GError    **error);

G_END_DECLS
