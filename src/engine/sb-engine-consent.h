#pragma once

#include "sb-engine.h"
#include "sb-reader-consent.h"

G_BEGIN_DECLS

/*
 * Consent, as people of the shop record it. All end with sb_engine_consent_finish (): the id of the undo step, 0 where there
 * is none, -1 with @error.
 */

/* @evidence_path: (nullable): a file to be kept as proof */
void sb_engine_add_consent_async (SbEngine             *self,
                                  const SbConsentEntry *entry,
                                  const char           *evidence_path,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
void sb_engine_withdraw_consent_async (SbEngine           *self,
                                       gint64              entry_id,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
void sb_engine_answer_consent_question_async (SbEngine                *self,
                                              const SbConsentQuestion *question,
                                              gboolean                 was_stop,
                                              GAsyncReadyCallback      callback,
                                              gpointer                 user_data);
/* A wording is changed by a new one in its place; @text NULL only takes @wording_id out of use. Not undoable. */
void   sb_engine_save_wording_async (SbEngine           *self,
                                     gint64              wording_id,
                                     SbWordingKind       kind,
                                     const char         *language,
                                     const char         *text,
                                     const char         *reply,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
void   sb_engine_set_stop_words_async (SbEngine           *self,
                                       const char         *language,
                                       SbStopMeaning       meaning,
                                       const char *const  *words,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
gint64 sb_engine_consent_finish (SbEngine     *self,
                                 GAsyncResult *result,
                                 GError      **error);

/* (nullable): opens a chat with the shop in which the words that say yes to @wording are written already. */
char *sb_engine_dup_wording_link (SbEngine        *self,
                                  const SbWording *wording) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
