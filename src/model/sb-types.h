#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers that are written to the shop file. They are only ever appended to. */

typedef enum
{
  SB_LINE_CLOUD = 1,    /* Meta's Cloud API */
  SB_LINE_PRACTICE = 2, /* the practice line: the same protocol from a local server */
  SB_LINE_WAHA = 3,     /* a gateway the owner runs */
} SbLineKind;

typedef enum
{
  SB_LINE_ACTIVE = 1,
  SB_LINE_PAUSED = 2,    /* by a person */
  SB_LINE_NEEDS_KEY = 3, /* the access key was refused: the outbox holds */
  SB_LINE_BLOCKED = 4,   /* the other side stopped the account: ban, payment, registration */
  SB_LINE_REMOVED = 5,
} SbLineState;

typedef enum
{
  SB_INBOUND_NONE = 0,
  SB_INBOUND_MAILBOX = 1,
  SB_INBOUND_LISTENER = 2, /* the owner's own tunnel ends at a port of this computer */
  SB_INBOUND_PRACTICE = 3,
} SbInboundKind;

typedef enum
{
  SB_IDENTITY_PHONE = 1, /* digits, international, without "+" */
  SB_IDENTITY_WA_ID = 2,
  SB_IDENTITY_BSUID = 3,
  SB_IDENTITY_PARENT_BSUID = 4,
  SB_IDENTITY_USERNAME = 5,
} SbIdentityKind;

typedef enum
{
  SB_THREAD_OPEN = 1,
  SB_THREAD_PENDING = 2,
  SB_THREAD_CLOSED = 3,
  SB_THREAD_SNOOZED = 4,
} SbThreadStatus;

typedef enum
{
  SB_DIRECTION_IN = 0,
  SB_DIRECTION_OUT = 1,
  SB_DIRECTION_NOTE = 2,   /* for the team; no send path takes it */
  SB_DIRECTION_SYSTEM = 3, /* a line in the timeline: what happened to this customer */
} SbDirection;

typedef enum
{
  SB_MESSAGE_TEXT = 1,
  SB_MESSAGE_IMAGE = 2,
  SB_MESSAGE_VIDEO = 3,
  SB_MESSAGE_AUDIO = 4, /* data.voice tells a voice note */
  SB_MESSAGE_DOCUMENT = 5,
  SB_MESSAGE_STICKER = 6,
  SB_MESSAGE_LOCATION = 7,
  SB_MESSAGE_CONTACTS = 8,
  SB_MESSAGE_INTERACTIVE = 9,        /* buttons, list, link or request as sent; data.type */
  SB_MESSAGE_INTERACTIVE_REPLY = 10, /* what the customer chose */
  SB_MESSAGE_BUTTON = 11,            /* quick reply of a template */
  SB_MESSAGE_TEMPLATE = 12,
  SB_MESSAGE_ORDER = 13,
  SB_MESSAGE_SYSTEM = 14,
  SB_MESSAGE_UNSUPPORTED = 15,
  SB_MESSAGE_WELCOME = 16, /* the customer opened the chat */
  SB_MESSAGE_NOTE = 17,
} SbMessageKind;

typedef enum
{
  SB_AUTHOR_CUSTOMER = 1,
  SB_AUTHOR_STAFF = 2,
  SB_AUTHOR_PHONE = 3, /* the shop, typed in the network's own app */
  SB_AUTHOR_FLOW = 4,
  SB_AUTHOR_RULE = 5,
  SB_AUTHOR_CAMPAIGN = 6,
  SB_AUTHOR_ASSISTANT = 7,
  SB_AUTHOR_API = 8,
  SB_AUTHOR_SHOPBELL = 9, /* the program itself */
} SbAuthor;

/* What happened to a message. Derived from append-only facts; see sb_status_merge (). */
typedef enum
{
  SB_STATUS_NONE = 0, /* inbound, notes, system lines */
  SB_STATUS_DRAFT = 1,
  SB_STATUS_QUEUED = 2,
  SB_STATUS_SENDING = 3,
  SB_STATUS_ACCEPTED = 4,
  SB_STATUS_SENT = 5,
  SB_STATUS_DELIVERED = 6,
  SB_STATUS_READ = 7,
  SB_STATUS_FAILED = 8,
  SB_STATUS_UNKNOWN = 9,
  SB_STATUS_CANCELLED = 10,
  SB_STATUS_PLAYED = 11, /* a voice note was listened to */
  SB_STATUS_HELD = 12,   /* accepted, but kept back by the network for a quality check */
} SbStatus;

typedef enum
{
  SB_ATTACHMENT_WANTED = 1, /* not fetched yet */
  SB_ATTACHMENT_HERE = 2,
  SB_ATTACHMENT_GONE = 3, /* was not fetched while it could be */
  SB_ATTACHMENT_TOO_LARGE = 4,
} SbAttachmentState;

typedef enum
{
  SB_ROLE_OWNER = 1,
  SB_ROLE_MANAGER = 2,
  SB_ROLE_STAFF = 3,
} SbRole;

/* One thing that happened, as the event log keeps it. */
typedef enum
{
  SB_EVENT_MESSAGE_IN = 1,
  SB_EVENT_MESSAGE_OUT = 2,     /* a message was put in the outbox, or an echo came from the phone */
  SB_EVENT_MESSAGE_STATUS = 3,  /* data: status, error */
  SB_EVENT_MESSAGE_CHANGED = 4, /* edit, revoke, reaction, attachment arrived */
  SB_EVENT_NOTE = 5,
  SB_EVENT_SYSTEM_LINE = 6,
  SB_EVENT_THREAD_STATUS = 7,
  SB_EVENT_THREAD_ASSIGNED = 8,
  SB_EVENT_THREAD_TAGGED = 9,
  SB_EVENT_THREAD_READ = 10,
  SB_EVENT_THREAD_PINNED = 11,
  SB_EVENT_THREAD_SNOOZED = 12,
  SB_EVENT_THREAD_DRAFT = 13,
  SB_EVENT_CONTACT_ADDED = 14,
  SB_EVENT_CONTACT_CHANGED = 15,
  SB_EVENT_CONTACT_MERGED = 16,
  SB_EVENT_LINE_CHANGED = 17,
  SB_EVENT_TEMPLATE_CHANGED = 18,
  SB_EVENT_ACCOUNT = 19, /* a notice of the network about number, account or capability */
  SB_EVENT_CONSENT = 20,
  SB_EVENT_FORGED = 21,  /* an inbound event failed its signature: counted, never parsed */
  SB_EVENT_GAP = 22,     /* events may be missing */
  SB_EVENT_REFUSED = 23, /* the gate said no; data: reason */
  SB_EVENT_UNDONE = 24,
  SB_EVENT_VIEW_CHANGED = 25,
  SB_EVENT_TAG_CHANGED = 26,
  SB_EVENT_STAFF_CHANGED = 27,
  SB_EVENT_QUICK_REPLY_CHANGED = 28,
  SB_EVENT_DUE = 29,    /* a scheduled thing came due; data: kind */
  SB_EVENT_POISON = 30, /* an event could not be understood after three tries; it is kept */
  SB_EVENT_MACRO_CHANGED = 40,
  SB_EVENT_DESK_CHANGED = 41,     /* hours of the shop, and what it does by itself around them */
  SB_EVENT_AWAY = 42,             /* answered while closed; data: why it was, or was not */
  SB_EVENT_CLOSING = 43,          /* data: what: planned, asked, held, answered; score */
  SB_EVENT_CAME_BACK = 44,        /* given to who had it last */
  SB_EVENT_CONTACT_STAGE = 48,    /* data: stage */
  SB_EVENT_CONTACT_REMOVED = 49,  /* data: back, when it is there again */
  SB_EVENT_PEOPLE_SETUP = 50,     /* stages or the owner's columns changed */
  SB_EVENT_IMPORTED = 51,         /* a list of contacts came in; data: import */
  SB_EVENT_IMPORT_UNDONE = 52,    /* and was taken back */
  SB_EVENT_CONSENT_QUESTION = 53, /* was this a STOP? asked, or answered by a person */
  SB_EVENT_WORDING = 54,          /* a wording or the list of stop words changed */
  SB_EVENT_SEGMENT_CHANGED = 55,
  SB_EVENT_SEGMENT_MEMBERS = 56, /* somebody was put in a list or taken out */
  SB_EVENT_PICTURE_READ = 57,    /* what a customer's picture says can be searched now */
} SbEventKind;

typedef struct
{
  gint64      id;
  gint64      at;
  SbEventKind kind;
  gint64      thread_id;  /* 0 for none */
  gint64      contact_id; /* 0 for none */
  gint64      message_id; /* 0 for none */
  gint64      line_id;    /* 0 for none */
  SbAuthor    actor;
  gint64      staff_id; /* 0 unless actor is staff */
  gboolean    stale;    /* older than the line's limit when it arrived: shown, nothing answers it by itself */
  char       *data;     /* JSON object, or NULL */
} SbEvent;

void     sb_event_free (SbEvent *self);
SbEvent *sb_event_copy (const SbEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbEvent, sb_event_free)

G_END_DECLS
