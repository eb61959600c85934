#pragma once

#include "sb-store.h"

G_BEGIN_DECLS

/*
 * What a command may do, by subject. Every function runs inside the command's transaction, keeps the derived rows right
 * (thread row, unread, counters, tag sort keys, daily figures, search) and appends the event that tells of the change.
 * All return FALSE (or 0 / NULL) with @error on a database fault.
 */

gint64    sb_writer_now (SbWriter *self);
gint64    sb_writer_new_id (SbWriter *self);
SbReader *sb_writer_get_reader (SbWriter *self); /* sees the open transaction; belongs to the writing thread */

/* Runs @command inside the open transaction in a savepoint of its own: when it fails, what came before it stands. */
gboolean sb_writer_attempt (SbWriter *self,
                            SbCommand command,
                            gpointer  data,
                            GError  **error);

/* -- events and their readers -- */
gboolean sb_writer_append_event (SbWriter      *self,
                                 const SbEvent *event,
                                 GError       **error);
gint64   sb_writer_get_cursor (SbWriter   *self,
                               const char *reader);
gboolean sb_writer_set_cursor (SbWriter   *self,
                               const char *reader,
                               gint64      event_id,
                               GError    **error);

/* -- who did it, for the events and Undo that follow in this command -- */
void sb_writer_set_actor (SbWriter *self,
                          SbAuthor  actor,
                          gint64    staff_id);

/* -- inbound, raw -- */
typedef struct
{
  gint64      line_id;
  const char *source; /* "mailbox", "listener", "practice" */
  const char *epoch;
  gint64      seq;
  gint64      received_at;
  GBytes     *body;
} SbRawEvent;

/* 0 without error: seen before. */
gint64   sb_writer_add_raw (SbWriter         *self,
                            const SbRawEvent *raw,
                            GError          **error);
gboolean sb_writer_set_source_cursor (SbWriter   *self,
                                      gint64      line_id,
                                      const char *epoch,
                                      gint64      seq,
                                      GError    **error);
gboolean sb_writer_get_source_cursor (SbWriter *self,
                                      gint64    line_id,
                                      char    **epoch,
                                      gint64   *seq);
gboolean sb_writer_add_gap (SbWriter   *self,
                            gint64      line_id,
                            gint64      from_seq,
                            gint64      to_seq,
                            const char *why,
                            GError    **error);
gboolean sb_writer_add_forged (SbWriter   *self,
                               gint64      line_id,
                               const char *why,
                               GBytes     *body,
                               GError    **error);

typedef struct
{
  gint64  id;
  gint64  line_id;
  gint64  received_at;
  int     tries;
  GBytes *body;
} SbRawRow;

void       sb_raw_row_free (SbRawRow *self);
GPtrArray *sb_writer_list_raw (SbWriter *self,
                               guint     limit);
gboolean   sb_writer_finish_raw (SbWriter   *self,
                                 gint64      raw_id,
                                 const char *poison_error,
                                 GError    **error);
gboolean   sb_writer_try_raw (SbWriter *self,
                              gint64    raw_id,
                              GError  **error);

/* -- people -- */
typedef struct
{
  const char *wa_id;
  const char *bsuid;
  const char *parent_bsuid;
  const char *username;
  const char *phone;
  const char *profile_name;
  const char *country;
  gint64      at; /* when all this was told, by the network's clock; 0 unknown */
} SbWho;

/* Finds by any identity (numbers by their variants), fills in the others, makes the contact when none fits. */
gint64   sb_writer_find_contact (SbWriter    *self,
                                 const SbWho *who,
                                 gboolean     create,
                                 GError     **error);
gint64   sb_writer_ensure_thread (SbWriter *self,
                                  gint64    contact_id,
                                  gint64    line_id,
                                  GError  **error);
gboolean sb_writer_rename_contact (SbWriter   *self,
                                   gint64      contact_id,
                                   const char *name,
                                   GError    **error);
gboolean sb_writer_set_blocked (SbWriter *self,
                                gint64    contact_id,
                                gboolean  blocked,
                                GError  **error);
gboolean sb_writer_replace_identity (SbWriter      *self,
                                     SbIdentityKind kind,
                                     const char    *old_value,
                                     const char    *new_value,
                                     gint64        *contact_id,
                                     GError       **error);
char    *sb_writer_get_address (SbWriter *self,
                                gint64    contact_id,
                                gboolean *is_user_id);

/* -- messages -- */

/* Stores @message (id 0: one is made). 0 without error: a message with this wamid is there already. */
gint64   sb_writer_add_message (SbWriter        *self,
                                const SbMessage *message,
                                gint64           raw_id,
                                GError         **error);
gint64   sb_writer_find_wamid (SbWriter   *self,
                               const char *wamid);
gboolean sb_writer_edit_message (SbWriter   *self,
                                 gint64      message_id,
                                 const char *text,
                                 gint64      at,
                                 GError    **error);
gboolean sb_writer_revoke_message (SbWriter *self,
                                   gint64    message_id,
                                   gint64    at,
                                   GError  **error);
gboolean sb_writer_set_reaction (SbWriter   *self,
                                 gint64      message_id,
                                 SbDirection by,
                                 const char *emoji,
                                 gint64      at,
                                 GError    **error);
gboolean sb_writer_add_system_line (SbWriter   *self,
                                    gint64      thread_id,
                                    const char *what,
                                    JsonObject *data,
                                    GError    **error);
gint64   sb_writer_add_note (SbWriter   *self,
                             gint64      thread_id,
                             const char *text,
                             GError    **error);

/* A status as the network told it. An unknown wamid with a @tag binds it to that outbox row; else the fact waits for its message. */
typedef struct
{
  const char *wamid;
  const char *tag; /* biz_opaque_callback_data, or NULL */
  SbStatus    status;
  gint64      at;
  int         error_code;
  const char *error_title;
  const char *error_details;
  const char *pricing; /* JSON, or NULL */
} SbStatusEvent;

gboolean sb_writer_apply_status (SbWriter            *self,
                                 const SbStatusEvent *fact,
                                 GError             **error);

/* -- attachments -- */
typedef struct
{
  gint64 id;
  gint64 message_id;
  gint64 line_id;
  char  *media_id;
  char  *url;
  char  *mime;
  char  *sha256; /* as the network gave it, or NULL */
  int    tries;
} SbWantedMedia;

void       sb_wanted_media_free (SbWantedMedia *self);
GPtrArray *sb_writer_list_wanted (SbWriter *self,
                                  guint     limit);
gboolean   sb_writer_settle_attachment (SbWriter         *self,
                                        gint64            attachment_id,
                                        SbAttachmentState state,
                                        const char       *hash, /* hex SHA-256 = file name under media/, or NULL */
                                        gint64            size,
                                        gint64            retry_at,
                                        GError          **error);
/* Not listed as wanted again before @until. */
gboolean sb_writer_hold_attachment (SbWriter *self,
                                    gint64    attachment_id,
                                    gint64    until,
                                    GError  **error);
char    *sb_store_media_path (SbStore    *self,
                              const char *hash);
/* Copies @source into the media folder by its content (part file, flush, rename) and returns the hex hash. Any thread. */
char *sb_store_import_media (SbStore    *self,
                             const char *source,
                             gint64     *size,
                             GError    **error);

/* -- outbox -- */
typedef struct
{
  gint64      message_id;
  gint64      line_id;
  gint64      not_before;
  gint64      expires_at; /* 0: never */
  const char *client_key; /* made when the key was pressed: the same key twice is one message */
} SbOutgoing;

/* 0 without error: @client_key was used before. The message row must be there, with direction OUT. */
gint64 sb_writer_queue (SbWriter         *self,
                        const SbOutgoing *outgoing,
                        GError          **error);
gint64 sb_writer_find_client_key (SbWriter   *self,
                                  const char *client_key);
/* Takes up to @limit due rows of @line_id, marks them sending with attempt and time, at most one per thread. */
GPtrArray *sb_writer_claim (SbWriter *self,
                            gint64    line_id,
                            guint     limit,
                            GError  **error);
/* What is queued for this customer goes no earlier than @until. */
gboolean sb_writer_hold_thread (SbWriter *self,
                                gint64    thread_id,
                                gint64    until,
                                GError  **error);
gint64   sb_writer_next_due (SbWriter *self,
                             gint64    line_id); /* when the next queued row may go; 0 for none */

typedef enum
{
  SB_SETTLE_ACCEPTED, /* wamid */
  SB_SETTLE_LATER,    /* back to queued at retry_at; error kept */
  SB_SETTLE_FAILED,
  SB_SETTLE_UNKNOWN,
  SB_SETTLE_RELEASED, /* back to queued, no attempt burned (key refused, line stopped, claimed but not sent) */
} SbSettleKind;

typedef struct
{
  SbSettleKind kind;
  const char  *wamid;
  const char  *wa_id; /* the identity the network answered with, or NULL */
  gboolean     held;
  const char  *to;
  gboolean     to_is_user_id;
  gint64       retry_at;
  int          error_code;
  const char  *error;
  const char  *evidence; /* JSON */
} SbSettle;

gboolean sb_writer_settle (SbWriter       *self,
                           gint64          outbox_id,
                           const SbSettle *settle,
                           GError        **error);
/* After a crash: every row in "sending" becomes unknown with the given evidence; returns how many. */
int      sb_writer_orphans_to_unknown (SbWriter   *self,
                                       const char *evidence,
                                       gint64      look_again_at,
                                       GError    **error);
gboolean sb_writer_set_evidence (SbWriter   *self,
                                 gint64      outbox_id,
                                 const char *evidence,
                                 GError    **error);
/* A person's decisions. Each is a compare-and-set: FALSE with SB_ERROR_INVALID when the row moved on meanwhile. */
gboolean sb_writer_resend (SbWriter *self,
                           gint64    message_id,
                           GError  **error);
gboolean sb_writer_leave (SbWriter *self,
                          gint64    message_id,
                          GError  **error);
gboolean sb_writer_cancel (SbWriter *self,
                           gint64    message_id,
                           GError  **error);
gboolean sb_writer_edit_queued (SbWriter   *self,
                                gint64      message_id,
                                const char *text,
                                GError    **error);

/* -- threads, each keeping before-images for Undo when the actor is staff -- */
gboolean sb_writer_set_thread_status (SbWriter      *self,
                                      gint64         thread_id,
                                      SbThreadStatus status,
                                      gint64         snooze_until,
                                      GError       **error);
gboolean sb_writer_assign (SbWriter *self,
                           gint64    thread_id,
                           gint64    staff_id,
                           GError  **error);
gboolean sb_writer_set_pinned (SbWriter *self,
                               gint64    thread_id,
                               gboolean  pinned,
                               GError  **error);
gboolean sb_writer_mark_read (SbWriter *self,
                              gint64    thread_id,
                              gint64    up_to_message, /* 0: all */
                              GError  **error);
gboolean sb_writer_mark_unread (SbWriter *self,
                                gint64    thread_id,
                                gint64    from_message, /* 0: the newest of the customer */
                                GError  **error);
gboolean sb_writer_tag (SbWriter *self,
                        gint64    thread_id,
                        gint64    tag_id,
                        gboolean  on,
                        GError  **error);
gint64   sb_writer_ensure_tag (SbWriter   *self,
                               const char *name,
                               int         colour,
                               GError    **error); /* "VIP", "vip " and "Vip" are one tag */
gboolean sb_writer_save_draft (SbWriter   *self,
                               gint64      thread_id,
                               const char *text, /* NULL or empty: none */
                               gint64      quote_id,
                               GError    **error);

/* -- lines, templates, staff, views, quick replies, meta -- */
gint64   sb_writer_save_line (SbWriter     *self,
                              const SbLine *line, /* id 0: new */
                              GError      **error);
gboolean sb_writer_set_line_state (SbWriter   *self,
                                   gint64      line_id,
                                   SbLineState state,
                                   const char *reason,
                                   gint64      until,
                                   GError    **error);
gboolean sb_writer_touch_line (SbWriter *self,
                               gint64    line_id,
                               gint64    last_in_at,   /* 0: leave */
                               gint64    last_poll_at, /* 0: leave */
                               GError  **error);
/* Replaces what is known of @line_id's templates by @templates (SbTemplate); those missing are marked deleted. */
gboolean sb_writer_sync_templates (SbWriter  *self,
                                   gint64     line_id,
                                   GPtrArray *templates,
                                   GError   **error);
gboolean sb_writer_update_template (SbWriter   *self,
                                    gint64      line_id,
                                    const char *remote_id,
                                    const char *name,
                                    const char *language,
                                    const char *status,
                                    const char *reason,
                                    const char *quality,
                                    GError    **error);
gint64   sb_writer_save_named (SbWriter      *self,
                               const char    *what, /* "staff", "tag", "view", "quick-reply" */
                               const SbNamed *named,
                               GError       **error);
gboolean sb_writer_delete_view (SbWriter *self,
                                gint64    view_id,
                                GError  **error);
gboolean sb_writer_delete_quick_reply (SbWriter *self,
                                       gint64    id,
                                       GError  **error);
gboolean sb_writer_set_meta (SbWriter   *self,
                             const char *key,
                             const char *value,
                             GError    **error);

/* -- due rows: the only timers that matter -- */
gint64   sb_writer_add_due (SbWriter   *self,
                            gint64      at,
                            const char *kind,
                            gint64      subject_id,
                            const char *data,
                            GError    **error);
gboolean sb_writer_remove_due (SbWriter   *self,
                               const char *kind,
                               gint64      subject_id,
                               GError    **error);
typedef struct
{
  gint64 id;
  gint64 at;
  char  *kind;
  gint64 subject_id;
  char  *data;
} SbDueRow;

void       sb_due_row_free (SbDueRow *self);
GPtrArray *sb_writer_take_due (SbWriter *self,
                               gint64    now,
                               guint     limit,
                               GError  **error); /* removed as they are taken, in this transaction */
gint64     sb_writer_next_due_at (SbWriter *self);

/* -- undo -- */
/* Everything a command changes between begin and the end of the command is one step. */
gint64 sb_writer_begin_undo (SbWriter   *self,
                             const char *label,
                             GError    **error);
/* Puts back the rows of step @undo_id that nobody changed since; FALSE with SB_ERROR_INVALID when somebody did. */
gboolean sb_writer_undo (SbWriter *self,
                         gint64    undo_id,
                         GError  **error);
gint64   sb_writer_last_undo (SbWriter *self,
                              gint64    staff_id,
                              char    **label);
gboolean sb_writer_redo (SbWriter *self,
                         gint64    undo_id,
                         GError  **error);
gint64   sb_writer_last_redo (SbWriter *self,
                              gint64    staff_id);

/* -- imports: contacts from files, each list undoable as a whole -- */
typedef struct SbImportMarks SbImportMarks; /* sb-import-record.h */

gint64 sb_writer_begin_import (SbWriter   *self,
                               const char *file_name,
                               const char *kind,
                               GError    **error);
/* Writes @card over the contact that has one of its numbers, or as a new one. 0 without error: there was nothing to change. */
gboolean sb_writer_import_card (SbWriter            *self,
                                gint64               import_id,
                                guint                number,
                                const SbCard        *card,
                                gboolean             fill_only,
                                const SbImportMarks *marks, /* (nullable) */
                                gint64              *contact_id,
                                GError             **error);
gboolean sb_writer_end_import (SbWriter       *self,
                               const SbImport *import, /* its id and counts */
                               GError        **error);
/* Takes back up to @limit rows after @after; their number and the last of them come back. None: the import is undone. */
gboolean sb_writer_undo_import (SbWriter *self,
                                gint64    import_id,
                                gint64    after,
                                guint     limit,
                                guint    *n_rows,
                                gint64   *last,
                                GError  **error);

/* -- keeping derived rows honest -- */
gboolean sb_writer_recount (SbWriter  *self,
                            gboolean   repair,
                            GPtrArray *differences, /* char * */
                            GError   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbRawRow, sb_raw_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbWantedMedia, sb_wanted_media_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbDueRow, sb_due_row_free)

G_END_DECLS
