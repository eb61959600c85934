#pragma once

#include <gio/gio.h>

#include "sb-codepage.h"

G_BEGIN_DECLS

/**
 * SbTextIn:
 *
 * A text file byte by byte, whatever it is written in: UTF-16 comes as UTF-8, everything else as it is (eight-bit text is
 * decoded cell by cell, for one file may hold both). Byte order marks and NULs are left out.
 */
typedef struct _SbTextIn SbTextIn;

SbTextIn   *sb_text_in_new (GInputStream *stream,
                            GCancellable *cancellable,
                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void        sb_text_in_free (SbTextIn *self);
int         sb_text_in_next (SbTextIn *self,
                             GError  **error);
const char *sb_text_in_peek (SbTextIn *self,
                             gsize    *length);
SbCodepage  sb_text_in_get_codepage (SbTextIn *self);
const char *sb_text_in_get_encoding (SbTextIn *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbTextIn, sb_text_in_free)

G_END_DECLS
