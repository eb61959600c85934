#pragma once

#include "sb-practice.h"

G_BEGIN_DECLS

void     sb_practice_follow_send (SbPractice *self,
                                  JsonObject *message,
                                  JsonObject *persona);
void     sb_practice_follow_status (SbPractice *self,
                                    const char *wamid,
                                    const char *status,
                                    int         code,
                                    gint64      at_ms);
void     sb_practice_follow_status_due (SbPractice *self,
                                        JsonObject *detail);
void     sb_practice_follow_read_all (SbPractice *self,
                                      JsonObject *persona);
void     sb_practice_follow_catch_up (SbPractice *self,
                                      JsonObject *persona);
gboolean sb_practice_follow_window_open (SbPractice *self,
                                         JsonObject *persona);

G_END_DECLS
