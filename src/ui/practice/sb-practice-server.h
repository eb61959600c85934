#pragma once

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_PRACTICE_SERVER (sb_practice_server_get_type ())

G_DECLARE_FINAL_TYPE (SbPracticeServer, sb_practice_server, SB, PRACTICE_SERVER, GObject)

/* Runs shopbell-practice as a child, for as long as this object lives. */
void              sb_practice_server_start_async (const char         *folder,
                                                  GAsyncReadyCallback callback,
                                                  gpointer            user_data);
SbPracticeServer *sb_practice_server_start_finish (GAsyncResult *result,
                                                   GError      **error);
const char       *sb_practice_server_get (SbPracticeServer *self,
                                          const char       *what);
void              sb_practice_server_ask_async (SbPracticeServer   *self,
                                                const char         *method,
                                                const char         *path,
                                                JsonObject         *body,
                                                GAsyncReadyCallback callback,
                                                gpointer            user_data);
JsonNode         *sb_practice_server_ask_finish (SbPracticeServer *self,
                                                 GAsyncResult     *result,
                                                 GError          **error);

G_END_DECLS
