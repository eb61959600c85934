#pragma once

#include "sb-interpreter-private.h"

G_BEGIN_DECLS

/* What a customer's message means for the ledger; in the transaction that stores it. */
gboolean sb_consent_take_message (SbReading       *reading,
                                  gint64           contact_id,
                                  gint64           message_id,
                                  const SbMessage *message,
                                  GError         **error);
/* The customer used WhatsApp's own switch. */
gboolean sb_consent_take_preference (SbReading  *reading,
                                     gint64      contact_id,
                                     gint64      thread_id,
                                     JsonObject *preference,
                                     GError    **error);

G_END_DECLS
