#pragma once

#include <adwaita.h>

#include "sb-engine-consent.h"

G_BEGIN_DECLS

/* @recorded is called with the undo step once the entry is in the ledger; @contact_id 0: a person is asked for. */
typedef void (*SbConsentRecorded) (gint64   undo_id,
                                   gpointer data);

void sb_record_consent_dialog_present (SbEngine         *engine,
                                       gint64            contact_id,
                                       GtkWidget        *parent,
                                       SbConsentRecorded recorded,
                                       gpointer          data,
                                       GDestroyNotify    destroy);
void sb_stop_words_dialog_present (SbEngine  *engine,
                                   GtkWidget *parent);
void sb_wordings_dialog_present (SbEngine  *engine,
                                 GtkWidget *parent);

G_END_DECLS
