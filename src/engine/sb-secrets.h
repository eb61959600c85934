#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SbSecrets:
 *
 * The keys of the lines: in the system's password store, or (command line only, on machines without one) in a JSON file of
 * mode 0600. Names are "line:ID:token", "line:ID:app-secret", "line:ID:app-secret-previous", "line:ID:mailbox-token",
 * "line:ID:verify-token", "line:ID:seal-key". The program starts and reads with no store at all; what is set then is kept until
 * it is closed, and sb_secrets_is_lasting () says so.
 */
#define SB_TYPE_SECRETS (sb_secrets_get_type ())

G_DECLARE_FINAL_TYPE (SbSecrets, sb_secrets, SB, SECRETS, GObject)

SbSecrets  *sb_secrets_new_keyring (const char *shop_id);
SbSecrets  *sb_secrets_new_file (const char *path,
                                 GError    **error);
SbSecrets  *sb_secrets_new_memory (void);
gboolean    sb_secrets_is_lasting (SbSecrets *self);
void        sb_secrets_load_async (SbSecrets          *self,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
gboolean    sb_secrets_load_finish (SbSecrets    *self,
                                    GAsyncResult *result,
                                    GError      **error);
const char *sb_secrets_get (SbSecrets  *self,
                            gint64      line_id,
                            const char *name);
gboolean    sb_secrets_set (SbSecrets  *self,
                            gint64      line_id,
                            const char *name,
                            const char *value,
                            GError    **error);

G_END_DECLS
