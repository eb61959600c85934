#pragma once

#include "sb-practice-call.h"

G_BEGIN_DECLS

gboolean sb_practice_server_start (SbPractice *self,
                                   GError    **error);
void     sb_practice_server_cut (SoupServerMessage *message);

G_END_DECLS
