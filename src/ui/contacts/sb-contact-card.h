#pragma once

#include <adwaita.h>

#include "sb-engine-contacts.h"

G_BEGIN_DECLS

/* Signal "close": the person wants it out of the way. */
#define SB_TYPE_CONTACT_CARD (sb_contact_card_get_type ())

G_DECLARE_FINAL_TYPE (SbContactCard, sb_contact_card, SB, CONTACT_CARD, AdwBin)

GtkWidget *sb_contact_card_new (SbEngine *engine);
void       sb_contact_card_open (SbContactCard *self,
                                 gint64         contact_id);
gint64     sb_contact_card_get_contact (SbContactCard *self);
void       sb_contact_card_set_narrow (SbContactCard *self,
                                       AdwBreakpoint *narrow);
/* What stands between the facts and the timeline: consent. @slot: (transfer none), told of each contact by its "open" (gint64) signal */
void sb_contact_card_set_slot (SbContactCard *self,
                               GtkWidget     *slot);
/* The conversation, in the inbox; with a choice of the line when there is none yet. */
void sb_contact_card_message (GtkWidget *widget,
                              SbEngine  *engine,
                              gint64     contact_id);

G_END_DECLS
