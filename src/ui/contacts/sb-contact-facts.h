#pragma once

#include <adwaita.h>

#include "sb-engine-contacts.h"

G_BEGIN_DECLS

/* What is known of a person, each edited where it stands. */
#define SB_TYPE_CONTACT_FACTS (sb_contact_facts_get_type ())

G_DECLARE_FINAL_TYPE (SbContactFacts, sb_contact_facts, SB, CONTACT_FACTS, AdwBin)

GtkWidget *sb_contact_facts_new (SbEngine *engine);
void       sb_contact_facts_show (SbContactFacts *self,
                                  const SbPerson *person);

G_END_DECLS
