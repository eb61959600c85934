#pragma once

#include "sb-message.h"

G_BEGIN_DECLS

/* (nullable) (transfer full): a line of what the desk did by itself, and the head of what it sent. */
char *sb_system_words (const SbMessage *message) G_GNUC_WARN_UNUSED_RESULT;
char *sb_desk_head (const SbMessage *message) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
