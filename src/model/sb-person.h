#pragma once

#include "sb-consent.h"
#include "sb-types.h"

G_BEGIN_DECLS

/* A row of People: one customer with what a list may show of them. */
typedef struct
{
  gint64        id;
  gint64        thread_id; /* 0: nobody wrote yet */
  char         *name;      /* what to call them: own name, profile name, or number */
  char         *handle;    /* number in international form, "@username", or empty */
  gint64        stage_id;
  char         *stage; /* name, or NULL */
  gint64        last_at;
  SbDirection   last_direction;
  SbMessageKind last_kind;
  char         *preview; /* NULL: no message yet */
  SbConsent     consent;
  gboolean      blocked;
  gboolean      hidden;
  char         *language;
  char         *country;
  char         *time_zone;
  char         *source;
  char         *tags;   /* names, joined by ", "; or NULL */
  GPtrArray    *fields; /* SbCardField, owned */
} SbPerson;

SbPerson   *sb_person_new (void);
void        sb_person_free (SbPerson *self);
const char *sb_person_get_field (const SbPerson *self,
                                 const char     *name);
gboolean    sb_person_equal (const SbPerson *a,
                             const SbPerson *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbPerson, sb_person_free)

typedef enum
{
  SB_PEOPLE_BY_LAST, /* who spoke with us last */
  SB_PEOPLE_BY_NAME,
  SB_PEOPLE_BY_STAGE,
  SB_PEOPLE_BY_CONSENT,
  SB_PEOPLE_BY_LANGUAGE,
  SB_PEOPLE_BY_COUNTRY,
  SB_PEOPLE_BY_SOURCE,
  SB_PEOPLE_BY_BLOCKED,
  SB_PEOPLE_BY_ADDED,
  SB_PEOPLE_BY_FIELD, /* the field called @field */
} SbPeopleSort;

#define SB_PEOPLE_NO_STAGE (-1)

/* Whom to list, and in which order. Zero means "any". */
typedef struct
{
  SbPeopleSort sort;
  gboolean     backwards; /* against the order one expects: Z first, the oldest first */
  char        *field;
  char        *words; /* of a name, number, user name or field */
  gint64       tag_id;
  gint64       stage_id; /* or %SB_PEOPLE_NO_STAGE */
  int          consent;  /* SbConsent + 1 */
  int          blocked;  /* 1 only they, 2 without them */
  GArray      *only;     /* (nullable): ids (gint64) out of which to choose */
} SbPeopleQuery;

SbPeopleQuery *sb_people_query_copy (const SbPeopleQuery *self);
void           sb_people_query_free (SbPeopleQuery *self);
gboolean       sb_people_query_is_filtered (const SbPeopleQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbPeopleQuery, sb_people_query_free)

/* One of the ways in which a person is known. */
typedef struct
{
  gint64         id;
  SbIdentityKind kind;
  char          *value; /* as it is kept */
  char          *shown; /* for people */
} SbIdentity;

void sb_identity_free (SbIdentity *self);

/* Something that happened with a person, over all lines. */
typedef struct
{
  gint64      at;
  SbEventKind kind; /* %SB_EVENT_MESSAGE_IN: the messages of one day on one line */
  SbAuthor    actor;
  gint64      staff_id;
  gint64      line_id;
  gint64      message_id; /* of a note, and the newest of the messages */
  int         n_in;
  int         n_out;
  char       *text; /* of a note, or the event's data */
  char       *by;   /* who wrote the note */
} SbMoment;

void sb_moment_free (SbMoment *self);

/* Two contacts that may be one person. */
typedef struct
{
  gint64   one_id;
  gint64   other_id;
  gboolean by_number; /* variants of one number; else the same name */
} SbTwins;

G_END_DECLS
