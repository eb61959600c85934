#pragma once

#include "sb-card.h"
#include "sb-clock.h"
#include "sb-line.h"
#include "sb-message.h"
#include "sb-template.h"
#include "sb-thread.h"

G_BEGIN_DECLS

/**
 * SbReader:
 *
 * A read-only handle on the shop file. Every question here is bounded and indexed (a page of rows, one thread's tail, a
 * count kept in a row), so the window may ask on the main thread. One reader belongs to one thread; longer questions
 * (search, reports) use a reader of their own in a worker. Answers are plain data that the caller owns. A damaged row is
 * left out with a warning; the rest loads.
 */
#define SB_TYPE_READER (sb_reader_get_type ())

G_DECLARE_FINAL_TYPE (SbReader, sb_reader, SB, READER, GObject)

/* Lists are GPtrArray with a free function; they are empty, never NULL. */
GPtrArray *sb_reader_list_threads (SbReader             *self,
                                   const SbThreadFilter *filter,
                                   const SbThreadKey    *after,
                                   guint                 limit);
GPtrArray *sb_reader_try_threads (SbReader *self, const SbThreadFilter *filter, const SbThreadKey *after, guint limit, GError **error); /* what could be read */
SbThread  *sb_reader_get_thread (SbReader *self,
                                 gint64    thread_id);
gint64     sb_reader_find_thread (SbReader   *self,
                                  const char *number_or_name);
guint      sb_reader_count_threads (SbReader             *self,
                                    const SbThreadFilter *filter,
                                    guint                 at_most);

/* The newest @limit messages older than (@before_at, @before_id), oldest first; 0, 0 for the tail. */
GPtrArray *sb_reader_list_messages (SbReader *self,
                                    gint64    thread_id,
                                    gint64    before_at,
                                    gint64    before_id,
                                    guint     limit);
/* The oldest @limit messages newer than (@after_at, @after_id), oldest first. */
GPtrArray *sb_reader_list_messages_after (SbReader *self,
                                          gint64    thread_id,
                                          gint64    after_at,
                                          gint64    after_id,
                                          guint     limit);
SbMessage *sb_reader_get_message (SbReader *self,
                                  gint64    message_id);
gint64     sb_reader_find_wamid (SbReader   *self,
                                 const char *wamid);
gint64     sb_reader_first_unread (SbReader *self,
                                   gint64    thread_id);
char      *sb_reader_get_raw (SbReader *self,
                              gint64    message_id);

/* One thing the search found. */
typedef struct
{
  gint64      thread_id;
  gint64      message_id; /* 0: the contact itself */
  gint64      at;
  char       *name;
  char       *snippet; /* plain text; matches lie between U+2068 and U+2069 */
  SbDirection direction;
  gboolean    blocked; /* the customer is */
} SbHit;

/* Words of the search: only blocked customers, or none of them. */
#define SB_SEARCH_BLOCKED     "is:blocked"
#define SB_SEARCH_NOT_BLOCKED "-is:blocked"

void       sb_hit_free (SbHit *self);
GPtrArray *sb_reader_search (SbReader   *self,
                             const char *query,
                             guint       limit,
                             GError    **error);
void       sb_reader_interrupt (SbReader *self);

GPtrArray  *sb_reader_list_lines (SbReader *self);
SbLine     *sb_reader_get_line (SbReader *self,
                                gint64    line_id);
GPtrArray  *sb_reader_list_templates (SbReader *self,
                                      gint64    line_id,
                                      gboolean  approved_only);
SbTemplate *sb_reader_get_template (SbReader *self,
                                    gint64    template_id);
SbContact  *sb_reader_get_contact (SbReader *self,
                                   gint64    contact_id);
GPtrArray  *sb_reader_list_staff (SbReader *self);
GPtrArray  *sb_reader_list_tags (SbReader *self);
GPtrArray  *sb_reader_list_thread_tags (SbReader *self,
                                        gint64    thread_id);
GPtrArray  *sb_reader_list_views (SbReader *self);
GPtrArray  *sb_reader_list_quick_replies (SbReader *self);
GPtrArray  *sb_reader_list_events (SbReader *self,
                                   gint64    after_id,
                                   gint64    thread_id,
                                   guint     limit);
GPtrArray  *sb_reader_list_newest_events (SbReader *self,
                                          gint64    thread_id,
                                          guint     limit);

typedef struct
{
  char  *text;
  gint64 quote_id;
  gint64 edited_at;
} SbDraft;

void     sb_draft_free (SbDraft *self);
SbDraft *sb_reader_get_draft (SbReader *self,
                              gint64    thread_id);

/* The end of the 24 hours for this customer on this line, unix ms; 0 when it never opened. */
gint64 sb_reader_get_window (SbReader *self,
                             gint64    thread_id,
                             gint64    line_id);

/* One message on its way out, as the outbox keeps it. */
typedef struct
{
  gint64   id;
  gint64   message_id;
  gint64   thread_id;
  gint64   line_id;
  SbStatus state;
  SbAuthor author;
  char    *to; /* digits or business-scoped id at the time of the last attempt; NULL before */
  gboolean to_is_user_id;
  int      attempts;
  gint64   next_at;      /* not before, unix ms */
  gint64   attempted_at; /* when the last request left, 0 for never */
  gint64   expires_at;
  char    *wamid;
  int      error_code;
  char    *error;    /* what went wrong last, for people */
  char    *evidence; /* JSON of the ladder of an unknown, or NULL */
  gint64   created_at;
} SbOutboxRow;

void         sb_outbox_row_free (SbOutboxRow *self);
GPtrArray   *sb_reader_list_outbox (SbReader *self,
                                    SbStatus  state,
                                    gint64    after_id,
                                    guint     limit);
SbOutboxRow *sb_reader_get_outbox (SbReader *self,
                                   gint64    message_id);

/* Kept in rows, never counted. */
typedef struct
{
  int threads_unread; /* customers in the inbox with something unread */
  int threads_unanswered;
  int threads_open;
  int threads_snoozed;
  int outbox_waiting; /* queued */
  int outbox_sending;
  int outbox_failed;
  int outbox_unknown;
  int forged; /* inbound events refused for their signature */
  int gaps;   /* times when events may be missing */
  int poison;
} SbCounts;

void     sb_reader_get_counts (SbReader *self,
                               SbCounts *counts);
int      sb_reader_count_line_waiting (SbReader *self,
                                       gint64    line_id);
char    *sb_reader_get_meta (SbReader   *self,
                             const char *key);
gboolean sb_reader_look_over (SbReader *self,
                              GError  **error);
gboolean sb_reader_check (SbReader  *self,
                          gboolean   full,
                          GPtrArray *problems,
                          GError   **error);

/* -- contacts and their imports (sb-reader-import.c) -- */
gint64     sb_reader_find_identity (SbReader      *self,
                                    SbIdentityKind kind,
                                    const char    *value);
gint64     sb_reader_find_number (SbReader   *self,
                                  const char *digits);
SbCard    *sb_reader_get_card (SbReader *self,
                               gint64    contact_id);
GPtrArray *sb_reader_list_cards (SbReader *self, /* SbCard, by id */
                                 gint64    after_id,
                                 guint     limit);
void       sb_reader_get_card_shape (SbReader *self,
                                     guint    *n_numbers,
                                     char   ***fields);

typedef enum
{
  SB_IMPORT_WRITING = 1, /* or cut off while it was */
  SB_IMPORT_DONE = 2,
  SB_IMPORT_UNDOING = 3,
  SB_IMPORT_UNDONE = 4,
} SbImportState;

typedef struct
{
  gint64        id;
  gint64        at;
  char         *file_name; /* NULL: pasted */
  char         *kind;
  SbImportState state;
  guint         n_new;
  guint         n_changed;
  guint         n_same;
  guint         n_merged;
  guint         n_rejected;
} SbImport;

/* What an undone import left as it was found, and why. */
typedef struct
{
  guint  number;
  gint64 contact_id;
  char  *name; /* (nullable) */
  char  *why;  /* "edited", "messages" */
} SbKeptRow;

void       sb_import_free (SbImport *self);
void       sb_kept_row_free (SbKeptRow *self);
GPtrArray *sb_reader_list_imports (SbReader *self, /* SbImport, newest first */
                                   guint     limit);
SbImport  *sb_reader_get_import (SbReader *self,
                                 gint64    import_id);
GPtrArray *sb_reader_list_kept (SbReader *self, /* SbKeptRow */
                                gint64    import_id,
                                guint     after_number,
                                guint     limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbImport, sb_import_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbKeptRow, sb_kept_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbHit, sb_hit_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbDraft, sb_draft_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbOutboxRow, sb_outbox_row_free)

G_END_DECLS
