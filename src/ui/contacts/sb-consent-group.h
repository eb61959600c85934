#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_CONSENT_GROUP (sb_consent_group_get_type ())

G_DECLARE_FINAL_TYPE (SbConsentGroup, sb_consent_group, SB, CONSENT_GROUP, AdwPreferencesGroup)

/* "What Was Agreed", for the card of one person; 0: nobody yet. Signal "open" (gint64): shows that one. */
GtkWidget *sb_consent_group_new (SbEngine *engine,
                                 gint64    contact_id);
void       sb_consent_group_show (SbConsentGroup *self,
                                  gint64          contact_id);

G_END_DECLS
