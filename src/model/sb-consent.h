#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers that are written to the shop file. They are only ever appended to. */

/* What a person may receive today: derived from the ledger, kept in contact.consent. */
typedef enum
{
  SB_CONSENT_NONE = 0,   /* never asked */
  SB_CONSENT_ORDERS = 1, /* news about their orders only */
  SB_CONSENT_OFFERS = 2,
  SB_CONSENT_OPTED_OUT = 3,
} SbConsent;

#define SB_N_CONSENTS 4

typedef enum
{
  SB_PURPOSE_ORDERS = 1,
  SB_PURPOSE_OFFERS = 2,
  SB_PURPOSE_EVERYTHING = 3,
} SbPurpose;

typedef enum
{
  SB_ANSWER_YES = 1,
  SB_ANSWER_NO = 2,
  SB_ANSWER_WITHDRAWN = 3, /* takes back the entry it names; that entry stays to be read */
  SB_ANSWER_FOLLOWED = 4,  /* what the shop did because of an entry: waiting offers cancelled */
  SB_ANSWER_RESTORED = 5,  /* the entry it names, once taken back, stands again */
} SbAnswer;

typedef enum
{
  SB_METHOD_WROTE_FIRST = 1, /* the customer began */
  SB_METHOD_BUTTON = 2,      /* tapped a button of ours */
  SB_METHOD_WORD = 3,        /* wrote a stop or start word, and nothing else */
  SB_METHOD_LINK = 4,        /* a link or the code on a poster */
  SB_METHOD_FORM = 5,        /* signed */
  SB_METHOD_TOLD = 6,        /* said so to somebody of the shop */
  SB_METHOD_NETWORK = 7,     /* the switch in WhatsApp itself */
  SB_METHOD_FILE = 8,        /* a list that names its proof */
  SB_METHOD_READ = 9,        /* a person of the shop read a message and decided */
  SB_METHOD_SHOPBELL = 10,   /* follows from another entry */
  SB_METHOD_JOURNAL = 11,    /* an older shop file came back; the refusal outlived it beside */
} SbMethod;

typedef enum
{
  SB_CONSENT_CHANNEL_WHATSAPP = 1,
  SB_CONSENT_CHANNEL_SHOP = 2,
  SB_CONSENT_CHANNEL_PAPER = 3,
  SB_CONSENT_CHANNEL_CALL = 4,
  SB_CONSENT_CHANNEL_WEB = 5,
  SB_CONSENT_CHANNEL_FILE = 6,
} SbConsentChannel;

/* (transfer none): words for people, translated. */
const char *sb_consent_get_label (SbConsent consent);
const char *sb_consent_get_icon (SbConsent consent);
const char *sb_consent_get_style (SbConsent consent);
const char *sb_method_get_label (SbMethod method);
const char *sb_consent_channel_get_label (SbConsentChannel channel);

/* What an entry says, as a heading: "Yes to offers". */
const char *sb_consent_entry_title (SbPurpose purpose,
                                    SbAnswer  answer);

/* Names for files and the command line, the same in every language. */
const char      *sb_consent_get_name (SbConsent consent);
const char      *sb_purpose_get_name (SbPurpose purpose);
const char      *sb_answer_get_name (SbAnswer answer);
const char      *sb_method_get_name (SbMethod method);
const char      *sb_consent_channel_get_name (SbConsentChannel channel);
SbPurpose        sb_purpose_from_name (const char *name);
SbAnswer         sb_answer_from_name (const char *name);
SbMethod         sb_method_from_name (const char *name);
SbConsentChannel sb_consent_channel_from_name (const char *name);

/* What follows from the last word about offers and the last word about orders; 0 for none. */
SbConsent sb_consent_derive (SbAnswer offers,
                             SbAnswer orders);

G_END_DECLS
