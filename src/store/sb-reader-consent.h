#pragma once

#include "sb-consent-entry.h"
#include "sb-reader.h"
#include "sb-stop-words.h"

G_BEGIN_DECLS

/* What people agreed to. Lists are GPtrArray with a free function; they are empty, never NULL. */

SbConsent sb_reader_get_consent (SbReader *self,
                                 gint64    contact_id);
/* The last word about a purpose that stands; 0 for none. */
SbAnswer sb_reader_get_answer (SbReader *self,
                               gint64    contact_id,
                               SbPurpose purpose);
/* When that was, unix ms; 0 for never. */
gint64   sb_reader_get_answer_time (SbReader *self,
                                    gint64    contact_id,
                                    SbPurpose purpose);
gboolean sb_reader_has_consent_entries (SbReader *self,
                                        gint64    contact_id);
gint64   sb_reader_find_contact_of_number (SbReader   *self,
                                           const char *number);

/* What part of the ledger to list. */
typedef enum
{
  SB_LEDGER_ALL,
  SB_LEDGER_YES,
  SB_LEDGER_OPTED_OUT,
  SB_LEDGER_PEOPLE, /* one row for each person of a state, with the newest entry */
} SbLedgerView;

/* SbConsentEntry, newest first; @after_id: the id of the last row (of the contact with SB_LEDGER_PEOPLE), 0 for the top. */
GPtrArray      *sb_reader_list_ledger (SbReader    *self,
                                       SbLedgerView view,
                                       SbConsent    state,
                                       gint64       after_id,
                                       guint        limit);
GPtrArray      *sb_reader_list_consent_of (SbReader *self, /* oldest first */
                                           gint64    contact_id);
SbConsentEntry *sb_reader_get_consent_entry (SbReader *self,
                                             gint64    id);
void            sb_reader_count_consents (SbReader *self,
                                          int       counts[SB_N_CONSENTS]);

GPtrArray *sb_reader_list_consent_questions (SbReader *self,
                                             guint     limit);
gint64     sb_reader_get_question_writer (SbReader *self,
                                          gint64    question_id);
int        sb_reader_count_consent_questions (SbReader *self);

GPtrArray *sb_reader_list_wordings (SbReader     *self,
                                    SbWordingKind kind); /* 0: all */
SbWording *sb_reader_get_wording (SbReader *self,
                                  gint64    id);
/* The wording to which @folded is the whole answer, whenever it was in use; 0 for none. */
gint64 sb_reader_find_wording_reply (SbReader   *self,
                                     const char *folded);
/* In @language, else the first there is. */
SbWording *sb_reader_get_wording_in_use (SbReader     *self,
                                         SbWordingKind kind,
                                         const char   *language);

/* SbStopLookup with a reader as its data. */
SbStopMeaning sb_reader_find_stop_word (const char *folded,
                                        char       *language,
                                        gboolean   *asks,
                                        gpointer    data);

typedef struct
{
  char         *word;
  char         *language;
  SbStopMeaning meaning;
} SbStopWord;

void       sb_stop_word_free (SbStopWord *self);
GPtrArray *sb_reader_list_stop_words (SbReader *self);

G_END_DECLS
