#pragma once

#include <gtk/gtk.h>

#include "sb-message.h"

G_BEGIN_DECLS

/* Takes the contact of this number among those a message brought, from 0, into the shop's own; the action "message.save-contact". */
void sb_message_save_contact (GtkWidget  *widget,
                              const char *name,
                              GVariant   *parameter);

/* Whether there is a number to save. */
gboolean sb_message_contact_has_number (JsonObject *contact);

G_END_DECLS
