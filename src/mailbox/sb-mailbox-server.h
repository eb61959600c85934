#pragma once

#include <libsoup/soup.h>

#include "sb-clock.h"
#include "sb-mailbox-store.h"

G_BEGIN_DECLS

/**
 * SbMailboxServer:
 * @db: the main context's own handle, for finding boxes and tokens
 * @buckets: box row -> SbMailboxBucket
 * @stored: box row -> how many times something was stored since the start
 * @waiters: SbMailboxCall, long polls that found nothing yet
 * @in_flight: bytes of request bodies in memory
 * @knocking: for how many seconds somebody waits to be let in
 * @failing: the last commit did not reach the disk
 *
 * The mailbox on the network. Main context only.
 */
typedef struct
{
  SbClock        *clock;
  SbDb           *db;
  SbMailboxStore *store;
  SoupServer     *server;
  GHashTable     *buckets;
  GHashTable     *stored;
  GPtrArray      *waiters;
  gint64          in_flight;
  GSocket        *socket;
  guint           sweep_id;
  guint           watch_id;
  guint           knocking;
  int             lock_fd;
  gboolean        failing;
  char           *socket_path;
  char           *url;
} SbMailboxServer;

SbMailboxServer *sb_mailbox_server_new (const char *dir,
                                        GError    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         sb_mailbox_server_listen (SbMailboxServer *self,
                                           const char      *where,
                                           GError         **error);
void             sb_mailbox_server_free (SbMailboxServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbMailboxServer, sb_mailbox_server_free)

G_END_DECLS
