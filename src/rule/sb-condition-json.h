#pragma once

#include "sb-condition.h"
#include "sb-json.h"

G_BEGIN_DECLS

#define SB_CONDITION_MAX_TESTS  100
#define SB_CONDITION_MAX_DEPTH  8
#define SB_CONDITION_MAX_VALUES 200
#define SB_CONDITION_MAX_TEXT   400 /* bytes */

/*
 * {"version": 1, "all": [{"subject": "tag", "op": "any-of", "value": [{"id": "123", "name": "VIP"}]}, {"none": [...]}]}
 *
 * A row may also be given by its name alone ("VIP"); sb_condition_resolve () finds its id.
 */
SbCondition *sb_condition_parse (const char *text,
                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;
char        *sb_condition_to_text (const SbCondition *self) G_GNUC_WARN_UNUSED_RESULT;

/* Of a test whose values were put in by a person: FALSE with a sentence that says what is missing. */
gboolean sb_condition_values_ok (const SbCondition *self,
                                 char             **why);

const char *sb_subject_to_name (SbSubject subject);
const char *sb_operator_to_name (SbOperator op);

/* The fixed words of consent and state: their numbers and keys. */
gboolean    sb_condition_fixed_id (SbSubject   subject,
                                   const char *key,
                                   gint64     *id);
const char *sb_condition_fixed_key (SbSubject subject,
                                    guint     index,
                                    gint64   *id);

G_END_DECLS
