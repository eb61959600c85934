#pragma once

#include "sb-types.h"

G_BEGIN_DECLS

/* A row of the inbox: one customer, one timeline over all lines. */
typedef struct
{
  gint64         id;
  gint64         contact_id;
  gint64         line_id; /* the line the customer last wrote to */
  char          *name;    /* what to call the customer: own name, profile name, or number in national form */
  char          *handle;  /* number in international form, or @username; may be NULL in a list's row of somebody with a name */
  SbThreadStatus status;
  gint64         assignee_id;
  gint64         last_at;
  SbDirection    last_direction;
  SbMessageKind  last_kind;
  SbStatus       last_status; /* the worst of the newest own messages */
  SbAuthor       last_author;
  char          *preview;
  int            unread;
  gboolean       unanswered; /* the customer spoke last */
  gboolean       pinned;
  gboolean       blocked;
  gint64         snooze_until;
  gint64         window_until; /* when the 24 hours of the thread's line end; 0: never opened */
  gint64         unanswered_since;
  int            n_waiting;
  int            n_failed;
  int            n_unknown;
  char          *draft;         /* first words of the kept draft, or NULL */
  char          *tags;          /* names, joined by ", "; or NULL */
  char          *assignee;      /* name, or NULL for nobody */
  gboolean       assignee_gone; /* no longer works here */
} SbThread;

SbThread *sb_thread_new (void);
SbThread *sb_thread_copy (const SbThread *self);
void      sb_thread_free (SbThread *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbThread, sb_thread_free)

/* What to list. Zero means "any". All set conditions must hold. */
typedef struct
{
  SbThreadStatus status;      /* SB_THREAD_OPEN etc.; 0 any */
  gboolean       not_closed;  /* everything but closed and snoozed: the plain inbox */
  gint64         assignee_id; /* -1: nobody */
  gboolean       unread_only;
  gboolean       unanswered_only; /* the customer spoke last */
  gboolean       with_customer;   /* we spoke last */
  gint64         line_id;
  gint64         tag_ids[8]; /* zero-terminated when shorter */
  gboolean       tags_all;   /* every tag rather than any */
} SbThreadFilter;

/* Place in the order pinned DESC, last_at DESC, id DESC; { .id = 0 } is the top. */
typedef struct
{
  gboolean pinned;
  gint64   last_at;
  gint64   id;
} SbThreadKey;

typedef struct
{
  gint64   id;
  gint64   contact_id;
  char    *name;         /* given by the shop, or NULL */
  char    *profile_name; /* what the customer calls themselves, or NULL */
  char    *number;       /* digits, or NULL */
  char    *username;
  char    *language;
  char    *country;
  gint64   created_at;
  gboolean blocked;
} SbContact;

void sb_contact_free (SbContact *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbContact, sb_contact_free)

typedef struct
{
  gint64   id;
  char    *name;
  int      colour; /* 1..8 */
  int      position;
  SbRole   role;     /* staff only */
  gboolean active;   /* staff only */
  char    *query;    /* views: JSON of the filter; quick replies: the text */
  gint64   staff_id; /* views: whose own it is, 0 everybody's */
} SbNamed;

SbNamed *sb_named_new (void);
void     sb_named_free (SbNamed *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbNamed, sb_named_free)

G_END_DECLS
