#pragma once

#include "sb-channel.h"

G_BEGIN_DECLS

JsonObject *sb_cloud_payload (const SbSendJob *job,
                              const char      *media_id);
const char *sb_cloud_media_type (SbMessageKind kind);

G_END_DECLS
