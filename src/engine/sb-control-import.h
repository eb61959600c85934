#pragma once

#include "sb-engine.h"
#include "sb-json.h"

G_BEGIN_DECLS

/* Both take @task and return its reply, a JsonObject. */
void sb_control_import (SbEngine   *engine,
                        JsonObject *request,
                        GTask      *task);
void sb_control_undo_import (SbEngine   *engine,
                             JsonObject *request,
                             GTask      *task);

/* of sb-control.c: an error as the other side gets it */
JsonObject *sb_control_reply_error (const GError *error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
