#pragma once

#include "sb-engine.h"
#include "sb-json.h"

G_BEGIN_DECLS

/*
 * What is said of people while the shop is open: their consent, their erasure, the groups they are in. All take @task and
 * return its reply, a JsonObject.
 */

/* {"contact", "purpose", "answer", "method", "channel", "wording", "note", "proof"}; names as in the ledger, the wording by its id */
void sb_control_consent (SbEngine   *engine,
                         JsonObject *request,
                         GTask      *task);
/* {"contact"} */
void sb_control_erase (SbEngine   *engine,
                       JsonObject *request,
                       GTask      *task);
/* {"act": "save"|"delete"|"add"|"remove", "segment", "name", "list", "rule", "contacts"}; ids are strings */
void sb_control_segment (SbEngine   *engine,
                         JsonObject *request,
                         GTask      *task);

G_END_DECLS
