#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_PROOF_PANE (sb_proof_pane_get_type ())

G_DECLARE_FINAL_TYPE (SbProofPane, sb_proof_pane, SB, PROOF_PANE, AdwBin)

GtkWidget *sb_proof_pane_new (SbEngine *engine);
void       sb_proof_pane_show (SbProofPane *self,
                               gint64       contact_id);
void       sb_proof_pane_save (SbProofPane *self);
void       sb_proof_pane_print (SbProofPane *self);

void sb_proof_pane_set_narrow (SbProofPane   *self,
                               AdwBreakpoint *narrow);

/* The same from elsewhere: asks where to save the page of one person. */
void sb_proof_save_as (SbEngine  *engine,
                       gint64     contact_id,
                       GtkWidget *parent);

G_END_DECLS
