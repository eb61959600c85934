#pragma once

#include <adwaita.h>

#include "sb-engine.h"
#include "sb-reader-consent.h"

G_BEGIN_DECLS

#define SB_TYPE_LEDGER (sb_ledger_get_type ())

G_DECLARE_FINAL_TYPE (SbLedger, sb_ledger, SB, LEDGER, AdwBin)

/* Signals: "selected" (gint64 contact_id), "activated" (gint64 entry_id). */
GtkWidget *sb_ledger_new (SbEngine *engine);
void       sb_ledger_show (SbLedger    *self,
                           SbLedgerView view,
                           SbConsent    state);
void       sb_ledger_refresh (SbLedger *self);
void       sb_ledger_set_narrow (SbLedger      *self,
                                 AdwBreakpoint *narrow);
/* (nullable) (transfer none): the row that is selected */
const SbConsentEntry *sb_ledger_get_selected (SbLedger *self);

G_END_DECLS
