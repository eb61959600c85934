#pragma once

#include "sb-contact-card.h"

G_BEGIN_DECLS

/* What else can be done with the person of a card. */
GMenuModel *sb_contact_menu_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): the actions of the menu, put on @card; the state of "block" is how the person is blocked. */
GSimpleActionGroup *sb_contact_menu_install (SbContactCard *card,
                                             SbEngine      *engine) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
