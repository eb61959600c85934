#pragma once

#include <json-glib/json-glib.h>

#include "sb-types.h"

G_BEGIN_DECLS

typedef struct
{
  gint64            id;
  SbAttachmentState state;
  char             *path; /* absolute, or NULL while it is not here */
  char             *mime;
  char             *filename; /* for display only, never a path */
  gint64            size;
  int               width;
  int               height;
  gint64            duration_ms;
  char             *media_id; /* the network's id, or NULL */
} SbAttachment;

typedef struct
{
  SbDirection by; /* IN: the customer, OUT: the shop */
  char       *emoji;
} SbReaction;

/* One status with its time, for the tooltip and the timeline. */
typedef struct
{
  SbStatus status;
  gint64   at;
} SbStatusFact;

/**
 * SbMessage:
 *
 * One entry of a conversation, complete enough to draw it. Plain data: it may cross threads, and belongs to one at a time.
 */
typedef struct
{
  gint64        id;
  gint64        thread_id;
  gint64        line_id;
  SbMessageKind kind;
  SbDirection   direction;
  SbAuthor      author;
  gint64        staff_id;
  char         *author_name; /* of staff, flow, rule...; NULL for the customer */
  gint64        sent_at;     /* unix ms: the network's time for inbound, the time of writing for ours */
  char         *text;        /* body, caption, title of the chosen button; plain text with WhatsApp marks */
  JsonObject   *data;        /* the rest by kind, as on the wire, or NULL */
  char         *wamid;
  SbStatus      status;
  gint64        status_at;
  int           error_code;
  char         *error_text; /* the network's own words */
  gint64        quote_id;   /* the message it answers, 0 for none */
  char         *quote_text;
  SbMessageKind quote_kind;
  SbDirection   quote_direction;
  gboolean      quote_revoked; /* its words were taken back; quote_text is NULL */
  gboolean      edited;
  gboolean      revoked;
  gboolean      damaged; /* its row in the file cannot be read in full */
  gboolean      stale;
  GPtrArray    *attachments; /* SbAttachment, or NULL */
  GPtrArray    *reactions;   /* SbReaction, or NULL */
  GArray       *facts;       /* SbStatusFact in order of rank, or NULL */
} SbMessage;

SbMessage    *sb_message_new (void);
SbMessage    *sb_message_copy (const SbMessage *self);
void          sb_message_free (SbMessage *self);
SbAttachment *sb_attachment_new (void);
void          sb_attachment_free (SbAttachment *self);
void          sb_message_add_attachment (SbMessage    *self,
                                         SbAttachment *attachment);
void          sb_message_add_reaction (SbMessage  *self,
                                       SbDirection by,
                                       const char *emoji);
char         *sb_message_preview (const SbMessage *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbMessage, sb_message_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbAttachment, sb_attachment_free)

G_END_DECLS
