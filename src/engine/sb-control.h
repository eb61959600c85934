#pragma once

#include "sb-engine.h"

G_BEGIN_DECLS

/**
 * SbControl:
 *
 * The running engine's ear for the command line: a Unix socket in the shop's folder (0600), one JSON line in, one out. The
 * same requests may be executed on an engine of one's own, so that a command behaves alike whether the shop is open
 * elsewhere or not. It is not an interface for programs of others; the man page of shopbell-cli is.
 */
typedef struct _SbControl SbControl;

SbControl *sb_control_new (SbEngine *engine,
                           GError  **error);
void       sb_control_free (SbControl *self);

void        sb_control_execute_async (SbEngine           *engine,
                                      JsonObject         *request,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
JsonObject *sb_control_execute_finish (SbEngine     *engine,
                                       GAsyncResult *result);
JsonObject *sb_control_ask (const char *folder,
                            JsonObject *request,
                            GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbControl, sb_control_free)

G_END_DECLS
