#pragma once

#include "sb-db.h"
#include "sb-writer.h"

G_BEGIN_DECLS

struct _SbWriter
{
  SbDb       *db;
  SbReader   *reader; /* over the same handle: sees the open transaction */
  SbClock    *clock;
  SbIdSource *ids;
  char       *folder;
  GPtrArray  *events; /* appended since the last commit, for the signal */

  /* of the running command */
  SbAuthor actor;
  gint64   staff_id;
  gint64   undo_step;
  int      undo_number;
};

SbReader *sb_reader_new_over (SbDb       *db,
                              const char *folder,
                              gboolean    owns);
SbDb     *sb_reader_get_db (SbReader *self);

SbDb *sb_store_open_db (const char *path,
                        SbDbFlags   flags,
                        const char *vfs,
                        GError    **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean sb_migrate (SbDb       *db,
                     const char *folder,
                     const char *vfs,
                     GError    **error);
gboolean sb_migrate_step (SbDb       *db,
                          int         version,
                          const char *script,
                          GError    **error);
int      sb_schema_version (void);

gboolean   sb_writer_event (SbWriter   *self,
                            SbEventKind kind,
                            gint64      thread_id,
                            gint64      message_id,
                            char       *data,
                            GError    **error);
gboolean   sb_undo_keep (SbWriter   *self,
                         const char *target,
                         gint64      row_id,
                         GError    **error);
gboolean   sb_undo_finish (SbWriter *self,
                           GError  **error);
gboolean   sb_message_apply_orphans (SbWriter   *self,
                                     gint64      message_id,
                                     const char *wamid,
                                     GError    **error);
gboolean   sb_message_set_status (SbWriter   *self,
                                  gint64      message_id,
                                  SbStatus    status,
                                  int         error_code,
                                  const char *error_text,
                                  GError    **error);
gboolean   sb_message_show_text (SbWriter *self,
                                 gint64    message_id,
                                 GError  **error);
gboolean   sb_recount_compare (SbDb      *db,
                               GPtrArray *differences,
                               GError   **error);
gint64     sb_wamid_hash (const char *wamid);
char      *sb_fold_name (const char *name);
SbMessage *sb_reader_message_from (SbReader     *self,
                                   sqlite3_stmt *statement);

struct _SbStore
{
  GObject parent_instance;

  char        *folder;
  char        *path;
  char        *vfs;
  SbStoreFlags flags;
  SbClock     *clock;
  SbRandom    *random;
  char        *damaged_copy;
  int          lock_fd;
  SbFileState  file_state;

  SbWriter *writer;
  SbReader *reader; /* of the main context */

  GThread      *thread;
  GAsyncQueue  *jobs;
  GMainContext *context;
};

/* sb-writer-outbox.c */
gboolean sb_outbox_fail_queued (SbWriter   *self,
                                gint64      line_id,
                                const char *sentence,
                                GError    **error);

/* sb-writer-segments.c */
gboolean sb_segment_remove (SbWriter   *self,
                            const char *target,
                            gint64      row_id,
                            GError    **error);
gboolean sb_segment_restore_members (SbWriter   *self,
                                     gint64      segment_id,
                                     const char *value,
                                     GError    **error);

/* sb-writer-reading.c */
#define SB_READING_TARGET "thread.read"
char    *sb_reading_read_target (SbWriter   *self,
                                 const char *target,
                                 gint64      thread_id);
gboolean sb_reading_write_target (SbWriter   *self,
                                  const char *target,
                                  gint64      thread_id,
                                  const char *value,
                                  GError    **error);
gboolean sb_reading_answered (SbWriter        *self,
                              const SbMessage *message,
                              GError         **error);

/* sb-search.c */
gboolean sb_search_has_letter (const char *word);
void     sb_search_add_word (GString    *match,
                             const char *word,
                             gboolean    prefix);
/* sb-undo-contacts.c */
gboolean    sb_undo_contacts_owns (const char *target);
SbEventKind sb_undo_contacts_event (const char *target);
char       *sb_undo_contacts_read (SbWriter   *self,
                                   const char *target,
                                   gint64      row_id);
gboolean    sb_undo_contacts_write (SbWriter   *self,
                                    const char *target,
                                    gint64      row_id,
                                    const char *value,
                                    GError    **error);

/* sb-writer-contacts.c */
gboolean sb_contacts_put_text (SbWriter   *self,
                               gint64      contact_id,
                               const char *column,
                               const char *kept,
                               GError    **error);
gboolean sb_contacts_put_field (SbWriter   *self,
                                gint64      contact_id,
                                const char *name,
                                const char *kept,
                                GError    **error);
gboolean sb_contacts_event (SbWriter   *self,
                            SbEventKind kind,
                            gint64      contact_id,
                            char       *data,
                            GError    **error);
gboolean sb_contacts_heard (SbWriter        *self,
                            const SbMessage *message,
                            GError         **error);
gboolean sb_contacts_may_block (SbWriter *self,
                                gint64    contact_id,
                                GError  **error);

/* sb-writer-merge.c */
gboolean sb_merge_split (SbWriter *self,
                         gint64    gone_id,
                         GError  **error);
gboolean sb_merge_join (SbWriter *self,
                        gint64    kept_id,
                        gint64    gone_id,
                        GError  **error);

/* sb-search-words.c */
GPtrArray *sb_words_with_beginning (SbDb       *db,
                                    const char *beginning,
                                    guint       at_most);

gboolean sb_store_can_be_read (SbDb    *db,
                               GError **error);
gpointer sb_store_thread_main (gpointer data);

G_END_DECLS
