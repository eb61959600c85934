#pragma once

#include "sb-contacts-place.h"

G_BEGIN_DECLS

#define SB_TYPE_CONSENT_PAGE (sb_consent_page_get_type ())

G_DECLARE_FINAL_TYPE (SbConsentPage, sb_consent_page, SB, CONSENT_PAGE, AdwBin)

GtkWidget *sb_consent_page_new (SbContactsPlace *place);

G_END_DECLS
