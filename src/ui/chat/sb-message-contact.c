/* A contact that a customer passed on becomes one of the shop's: name and all numbers, in one step of Undo. */
#include "sb-message-contact.h"

#include <glib/gi18n.h>

#include "sb-json.h"
#include "sb-message-row.h"
#include "sb-people-acts.h"

#define MOST_NUMBERS 20

/* What the network knows of a number is complete; how somebody spelled it may not be. */
static char *
number_of (JsonObject *phone)
{
  const char *wa_id = sb_json_string (phone, "wa_id");
  const char *spelled = sb_json_string (phone, "phone");

  if (wa_id != NULL && wa_id[0] != '\0')
    return g_strconcat (wa_id[0] == '+' ? "" : "+", wa_id, NULL);

  return spelled != NULL && spelled[0] != '\0' ? g_strdup (spelled) : NULL;
}

/* (transfer full) */
static GStrv
list_numbers (JsonObject *contact)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray               *phones = sb_json_array (contact, "phones");

  for (guint i = 0; i < MIN (sb_json_length (phones), MOST_NUMBERS); i++)
    {
      char *number = number_of (sb_json_at (phones, i));

      if (number != NULL)
        g_strv_builder_take (builder, number);
    }

  return g_strv_builder_end (builder);
}

gboolean
sb_message_contact_has_number (JsonObject *contact)
{
  g_auto (GStrv) numbers = list_numbers (contact);

  return numbers[0] != NULL;
}

void
sb_message_save_contact (GtkWidget  *widget,
                         const char *name,
                         GVariant   *parameter)
{
  SbMessageRow    *row = SB_MESSAGE_ROW (widget);
  const SbMessage *message = sb_message_row_get_message (row);
  JsonArray       *contacts = sb_json_array (message->data, "contacts");
  guint            index = g_variant_get_uint32 (parameter);
  JsonObject      *contact = index < sb_json_length (contacts) ? sb_json_at (contacts, index) : NULL;
  const char      *called = sb_json_string (sb_json_object (contact, "name"), "formatted_name");
  g_auto (GStrv)   numbers = list_numbers (contact);
  SbContactAct     act = { .kind = SB_CONTACT_CREATE, .name = called, .text = numbers[0] };

  if (numbers[0] == NULL)
    return;
  act.list = (const char *const *) numbers + 1;
  sb_people_act (widget, sb_message_row_get_engine (row), &act, _("Contact saved"));
}
