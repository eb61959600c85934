#pragma once

#include "sb-error.h"

G_BEGIN_DECLS

char *sb_document_read_docx (const char *path,
                             GError    **error) G_GNUC_WARN_UNUSED_RESULT;
char *sb_document_read_text (const char *path,
                             GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
