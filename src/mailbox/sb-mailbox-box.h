#pragma once

#include <json-glib/json-glib.h>

#include "sb-clock.h"
#include "sb-mailbox-db.h"

G_BEGIN_DECLS

#define SB_MAILBOX_VERSION        "SBMB/1"
#define SB_MAILBOX_MAX_BYTES      (G_GINT64_CONSTANT (200) * 1024 * 1024)
#define SB_MAILBOX_RETENTION_DAYS 14

/**
 * SbMailboxBox:
 * @checked: events without a good signature are refused
 * @seal_key: (nullable): public key of the desk that events are sealed to
 * @newest: the last number given out
 * @gone: everything up to this number is deleted
 *
 * One shop's box, as it was when it was read.
 */
typedef struct
{
  gint64   row;
  char    *box;
  char    *name;
  char    *epoch;
  gboolean checked;
  char    *app_secret;
  char    *previous_secret;
  GBytes  *seal_key;
  char    *verify_hash;
  gint64   newest;
  gint64   gone;
  gint64   bytes;
  gint64   dropped;
  gint64   aged_from;
  gint64   max_bytes;
  gint64   retention_days;
  gint64   created;
} SbMailboxBox;

SbMailboxBox *sb_mailbox_box_new (void);
void          sb_mailbox_box_free (SbMailboxBox *self);

SbMailboxBox *sb_mailbox_box_find (SbDb       *db,
                                   const char *box,
                                   GError    **error) G_GNUC_WARN_UNUSED_RESULT;
SbMailboxBox *sb_mailbox_box_find_row (SbDb    *db,
                                       gint64   row,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
SbMailboxBox *sb_mailbox_box_find_named (SbDb       *db,
                                         const char *name,
                                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *sb_mailbox_box_list (SbDb    *db,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean sb_mailbox_box_add (SbDb         *db,
                             SbMailboxBox *self,
                             gint64        now,
                             GError      **error);
gboolean sb_mailbox_box_save (SbDb         *db,
                              SbMailboxBox *self,
                              GError      **error);
gboolean sb_mailbox_box_remove (SbDb         *db,
                                SbMailboxBox *self,
                                GError      **error);
gboolean sb_mailbox_box_renew (SbDb         *db,
                               SbMailboxBox *self,
                               GError      **error);

char    *sb_mailbox_box_add_token (SbDb         *db,
                                   SbMailboxBox *self,
                                   const char   *label,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sb_mailbox_box_remove_token (SbDb         *db,
                                      SbMailboxBox *self,
                                      const char   *label,
                                      GError      **error);
gint64   sb_mailbox_box_find_token (SbDb         *db,
                                    SbMailboxBox *self,
                                    const char   *token,
                                    GError      **error);
gint64   sb_mailbox_box_count_tokens (SbDb         *db,
                                      SbMailboxBox *self);

JsonObject *sb_mailbox_box_status (SbMailboxBox *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbMailboxBox, sb_mailbox_box_free)

G_END_DECLS
