#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SbMailboxQr:
 * @size: modules on each side
 * @modules: @size times @size, 1 is dark
 *
 * A QR code of bytes, error correction level L: what a terminal shows is not torn or stained.
 */
typedef struct
{
  int     size;
  guint8 *modules;
} SbMailboxQr;

SbMailboxQr *sb_mailbox_qr_new (const char *text) G_GNUC_WARN_UNUSED_RESULT;
void         sb_mailbox_qr_free (SbMailboxQr *self);
char        *sb_mailbox_qr_draw (SbMailboxQr *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbMailboxQr, sb_mailbox_qr_free)

G_END_DECLS
