#pragma once

#include "sb-practice-call.h"

G_BEGIN_DECLS

gboolean sb_practice_check_text (SbPracticeCall *call,
                                 JsonObject     *object,
                                 const char     *member,
                                 const char     *path,
                                 glong           max,
                                 gboolean        required);
gboolean sb_practice_check_media (SbPracticeCall *call,
                                  JsonObject     *object,
                                  const char     *kind,
                                  const char     *path);
gboolean sb_practice_check_url (SbPracticeCall *call,
                                JsonObject     *object,
                                const char     *member,
                                const char     *path);
gboolean sb_practice_check_message (SbPracticeCall *call,
                                    const char     *type,
                                    JsonObject     *body);
gboolean sb_practice_check_interactive (SbPracticeCall *call,
                                        JsonObject     *interactive);

G_END_DECLS
