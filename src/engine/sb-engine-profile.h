#pragma once

#include "sb-engine.h"

G_BEGIN_DECLS

/*
 * Who sits at this desk. What is done is signed by them, what is unread is unread for them, and their own views are shown.
 * The signal "profile-changed" tells of another one; sb_engine_set_staff () changes it, and is remembered with the shop.
 */

/* (nullable) (transfer full): the person at the desk */
SbNamed *sb_engine_dup_profile (SbEngine *self);
/* Those who can be given something, the owner first. */
GPtrArray *sb_engine_list_profiles (SbEngine *self); /* SbNamed */

/* What the window wants to find again, as its own JSON; each person has one. */
char *sb_engine_dup_place (SbEngine *self);
void  sb_engine_set_place (SbEngine   *self,
                           const char *place);

G_END_DECLS
