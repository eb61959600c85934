#pragma once

#include "sb-mailbox-box.h"

G_BEGIN_DECLS

typedef enum
{
  SB_MAILBOX_STORED,
  SB_MAILBOX_KNOWN,  /* the same bytes came before: a retry */
  SB_MAILBOX_FULL,   /* the box has no room and drops nothing */
  SB_MAILBOX_NO_BOX, /* the box was removed meanwhile */
} SbMailboxOutcome;

/**
 * SbMailboxAppend:
 * @id: SHA-256 of the raw body, in hex
 * @headers: a JSON object as text
 *
 * One event to keep; the outcome and the number it got are written by sb_mailbox_event_append ().
 */
typedef struct
{
  gint64           box;
  gint64           now;
  char            *id;
  char            *headers;
  gboolean         sealed;
  GBytes          *body;
  SbMailboxOutcome outcome;
  gint64           seq;
} SbMailboxAppend;

void     sb_mailbox_append_free (SbMailboxAppend *self);
gboolean sb_mailbox_event_append (SbDb    *db,
                                  gpointer append,
                                  GError **error);

gboolean sb_mailbox_event_is_known (SbDb       *db,
                                    gint64      box,
                                    const char *id,
                                    gint64      now);

/**
 * SbMailboxRead:
 * @status: 200, 404, 409 or 410
 * @text: the answer, JSON
 *
 * One question for events. Nothing is held back: at least one event is given however large it is.
 */
typedef struct
{
  gint64   box;
  char    *epoch;
  gint64   after;
  gint64   limit;
  guint    status;
  guint    n_events;
  GString *text;
} SbMailboxRead;

void     sb_mailbox_read_free (SbMailboxRead *self);
gboolean sb_mailbox_event_read (SbDb    *db,
                                gpointer read,
                                GError **error);

/* One acknowledgement by one device; @status and @text as above. */
typedef struct
{
  gint64   box;
  gint64   token;
  char    *epoch;
  gint64   upto;
  guint    status;
  GString *text;
} SbMailboxAck;

void     sb_mailbox_ack_free (SbMailboxAck *self);
gboolean sb_mailbox_event_ack (SbDb    *db,
                               gpointer ack,
                               GError **error);

gboolean sb_mailbox_event_sweep (SbDb    *db,
                                 gpointer now,
                                 GError **error);

G_END_DECLS
