#pragma once

#include "sb-reader-consent.h"
#include "sb-writer.h"

G_BEGIN_DECLS

/*
 * The ledger is only ever appended to; what a person may receive follows from it in the same transaction. Taking an entry
 * back is another entry.
 */

/* The entry's id; author and staff are those of the command when the entry names none. */
gint64   sb_writer_add_consent (SbWriter             *self,
                                const SbConsentEntry *entry,
                                GError              **error);
gboolean sb_writer_withdraw_consent (SbWriter *self,
                                     gint64    entry_id,
                                     gboolean  stands_again,
                                     GError  **error);
/* The same as a step of Undo, by a person. */
gboolean sb_writer_take_back_consent (SbWriter *self,
                                      gint64    entry_id,
                                      GError  **error);
/* Cancels what waits for somebody who opted out, and says so in the ledger; how many, -1 with @error. */
int sb_writer_cancel_refused (SbWriter *self,
                              gint64    contact_id,
                              gint64    entry_id,
                              GError  **error);

/* A question whose reply is the same as that of an older one takes its place; the older stays to be read. */
gint64   sb_writer_add_wording (SbWriter     *self,
                                SbWordingKind kind,
                                const char   *language,
                                const char   *text,
                                const char   *reply, /* (nullable) */
                                GError      **error);
gboolean sb_writer_retire_wording (SbWriter *self,
                                   gint64    wording_id,
                                   GError  **error);
/* Replaces the words of one language and meaning. */
gboolean sb_writer_set_stop_words (SbWriter          *self,
                                   const char        *language,
                                   SbStopMeaning      meaning,
                                   const char *const *words,
                                   GError           **error);

gint64   sb_writer_add_consent_question (SbWriter *self,
                                         gint64    contact_id,
                                         gint64    message_id,
                                         GError  **error);
gboolean sb_writer_settle_consent_question (SbWriter *self,
                                            gint64    question_id,
                                            gboolean  was_stop,
                                            GError  **error);

G_END_DECLS
