#pragma once

#include "sb-condition-eval.h"
#include "sb-dossier.h"

G_BEGIN_DECLS

/* A condition as a sentence a shopkeeper would say; names are those the condition carries, see sb_condition_resolve (). */
char *sb_condition_to_words (const SbCondition *self) G_GNUC_WARN_UNUSED_RESULT;

const char *sb_subject_to_words (SbSubject subject);
const char *sb_operator_to_words (SbOperator op,
                                  SbSubject  subject);
char       *sb_condition_fixed_words (SbSubject subject,
                                      gint64    id) G_GNUC_WARN_UNUSED_RESULT;

/* What a comparison saw, for “why is this person in”: "VIP, Wedding", "3 days ago", "nothing". */
char *sb_verdict_seen_words (const SbVerdict       *self,
                             const SbShopSchema    *schema,
                             const SbConditionTime *time) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
