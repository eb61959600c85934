#pragma once

#include "sb-engine.h"

G_BEGIN_DECLS

/* Codes of the languages writing can be read in on this computer, as "eng", "fra"; the answer may be empty. */
void   sb_engine_list_paper_languages_async (SbEngine           *self,
                                             GAsyncReadyCallback callback,
                                             gpointer            user_data);
char **sb_engine_list_paper_languages_finish (SbEngine     *self,
                                              GAsyncResult *result,
                                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
