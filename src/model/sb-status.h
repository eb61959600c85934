#pragma once

#include "sb-types.h"

G_BEGIN_DECLS

SbStatus    sb_status_merge (SbStatus now,
                             SbStatus fact);
gboolean    sb_status_is_on_the_way (SbStatus status);
SbStatus    sb_status_from_wire (const char *word);
const char *sb_status_to_name (SbStatus status);
const char *sb_message_kind_to_name (SbMessageKind kind);
const char *sb_direction_to_name (SbDirection direction);
const char *sb_thread_status_to_name (SbThreadStatus status);

G_END_DECLS
