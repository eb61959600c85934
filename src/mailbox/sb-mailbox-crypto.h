#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the mailbox computes about bytes it never reads. All comparisons take the same time whatever they find. */
char    *sb_mailbox_hash (gconstpointer data,
                          gsize         length) G_GNUC_WARN_UNUSED_RESULT;
char    *sb_mailbox_hash_text (const char *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean sb_mailbox_same (const char *first,
                          const char *second);
char    *sb_mailbox_sign (GBytes     *body,
                          const char *secret) G_GNUC_WARN_UNUSED_RESULT;
gboolean sb_mailbox_is_signed (GBytes     *body,
                               const char *signature,
                               const char *secret);
GBytes  *sb_mailbox_seal (GBytes     *body,
                          const char *signature,
                          GBytes     *public_key) G_GNUC_WARN_UNUSED_RESULT;
GBytes  *sb_mailbox_read_key (const char *text,
                              GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
