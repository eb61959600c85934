#pragma once

#include <adwaita.h>

#include "sb-consent-entry.h"
#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_CONSENT_CARD (sb_consent_card_get_type ())

G_DECLARE_FINAL_TYPE (SbConsentCard, sb_consent_card, SB, CONSENT_CARD, AdwBin)

GtkWidget *sb_consent_card_new (SbEngine *engine);
void       sb_consent_card_refresh (SbConsentCard *self);
/* (nullable) (transfer none): the question that is asked */
const SbConsentQuestion *sb_consent_card_get_question (SbConsentCard *self);

G_END_DECLS
