#pragma once

#include "sb-consent.h"
#include "sb-types.h"

G_BEGIN_DECLS

/* One line of the ledger. Of a person without any, id is 0 and the rest says so. */
typedef struct
{
  gint64           id;
  gint64           contact_id;
  gint64           at;          /* when it was said, unix ms; 0: when it is recorded */
  gint64           recorded_at; /* given by the store */
  SbPurpose        purpose;
  SbAnswer         answer;
  SbMethod         method;
  SbConsentChannel channel;
  gint64           wording_id; /* what the person saw; 0 unknown */
  char            *words;      /* (nullable): the person's own */
  char            *note;       /* (nullable) */
  gint64           line_id;
  gint64           message_id;
  gint64           reply_id;      /* the confirmation */
  char            *evidence;      /* (nullable): hash of a file in the media folder */
  char            *evidence_name; /* (nullable) */
  SbAuthor         author;
  gint64           staff_id;
  gint64           refers_id;
  int              n; /* offers cancelled */

  /* told by the reader beside */
  char     *name; /* what to call the person; NULL: erased */
  SbConsent now;
  gboolean  stands; /* was not taken back */
  char     *staff_name;
  char     *line_name;
  int       wording_number;
  char     *wording_text;
  char     *reply_text;
  gint64    reply_at;
} SbConsentEntry;

SbConsentEntry *sb_consent_entry_new (void);
SbConsentEntry *sb_consent_entry_copy (const SbConsentEntry *self);
void            sb_consent_entry_free (SbConsentEntry *self);
const char     *sb_consent_entry_icon (const SbConsentEntry *self);
const char     *sb_consent_entry_style (const SbConsentEntry *self);
char           *sb_consent_entry_how (const SbConsentEntry *self) G_GNUC_WARN_UNUSED_RESULT;
char           *sb_consent_entry_heading (const SbConsentEntry *self) G_GNUC_WARN_UNUSED_RESULT;
const char     *sb_consent_entry_quote (const SbConsentEntry *self);
char           *sb_consent_check_value (GPtrArray *entries) G_GNUC_WARN_UNUSED_RESULT;

typedef enum
{
  SB_WORDING_QUESTION = 1, /* what people say yes to */
  SB_WORDING_STOPPED = 2,  /* the one answer to a stop word */
  SB_WORDING_STOPPED_ALL = 3,
  SB_WORDING_STARTED = 4,
} SbWordingKind;

typedef struct
{
  gint64        id;
  SbWordingKind kind;
  int           number;
  char         *language;
  char         *text;
  char         *reply; /* (nullable): what the customer sends to say yes */
  gint64        at;    /* 0: came with Shopbell */
  gint64        retired_at;
} SbWording;

void sb_wording_free (SbWording *self);

typedef struct
{
  gint64 id;
  gint64 contact_id;
  gint64 thread_id;
  gint64 message_id;
  gint64 at;
  char  *name;
  char  *text;
} SbConsentQuestion;

void sb_consent_question_free (SbConsentQuestion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbConsentEntry, sb_consent_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbWording, sb_wording_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbConsentQuestion, sb_consent_question_free)

G_END_DECLS
