#pragma once

#include "sb-practice.h"

G_BEGIN_DECLS

typedef void (*SbPracticeHookChecked) (gboolean ok,
                                       gpointer user_data);

const char *sb_practice_hook_url (SbPractice *self);
void        sb_practice_hook_send (SbPractice *self,
                                   gint64      seq);
void        sb_practice_hook_due (SbPractice *self,
                                  JsonObject *detail);
void        sb_practice_hook_check (SbPractice           *self,
                                    const char           *url,
                                    const char           *verify_token,
                                    SbPracticeHookChecked checked,
                                    gpointer              user_data);

G_END_DECLS
