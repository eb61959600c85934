#include "sb-practice-persona.h"

#include <string.h>

#include "sb-phone.h"

/* The seven who are always there. @receipts is what their phone does; @rule what they do themselves. */
typedef struct
{
  const char *id;
  const char *name;
  const char *trait;
  const char *phone;
  const char *username;
  gint64      colour;
  const char *receipts;
  const char *suggestions[5];
} Regular;

static const Regular regulars[] = {
  { "pia", "Polite Pia", "asks nicely, says thank you", "447700900201", NULL, 0, "normal", { "Thank you so much!", "Could I order a lemon cake, please?", "Are you open on Sunday?" } },
  { "hugo", "Hurry Hugo", "wants it now", "447700900202", NULL, 1, "quick", { "Chocolate!!", "still waiting...", "how much??" } },
  { "vera", "Voice Vera", "sends voice messages", "447700900203", NULL, 2, "normal", { "Sorry, I am driving", "Did you hear my message?" } },
  { "tom", "Typo Tom", "types in a hurry, gives a wrong number", "447700900204", NULL, 3, "normal", { "can i odrer 2 brownis", "my nubmer is 0770 090 02", "thx!" } },
  { "stella", "Stop Stella", "wants no advertising", "447700900205", NULL, 4, "normal", { "STOP", "Please stop writing to me", "START" } },
  { "quentin", "Quiet Quentin", "never reads, comes back after a day", "447700900206", NULL, 5, "no-read", { "Sorry, only seeing this now", "Is it still possible?" } },
  { "uma", "Username Uma", "has a username, no number", NULL, "uma.bakes", 6, "normal", { "Do you need my number?", "Here I am" } },
};

/* A user id that belongs to this business and this person alone. */
static char *
make_user_id (SbPractice *self,
              const char *key)
{
  g_autofree char *text = g_strdup_printf ("%s/%s", sb_practice_config (self, "business_id"), key);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  guint64          number = g_ascii_strtoull (hash + 48, NULL, 16) % G_GUINT64_CONSTANT (90000000000000);
  const char      *country = g_str_has_prefix (key, "33") ? "FR" : g_str_has_prefix (key, "351") ? "PT"
                                                               : g_str_has_prefix (key, "1")     ? "US"
                                                                                                 : "GB";

  return g_strdup_printf ("%s.%" G_GUINT64_FORMAT, country, number + G_GUINT64_CONSTANT (10000000000000));
}

static void
index_one (SbPractice *self,
           JsonObject *persona)
{
  static const char *members[] = { "id", "phone", "user_id", "username" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *key = sb_json_string (persona, members[i]);

      if (key != NULL)
        g_hash_table_insert (self->people, g_strdup (key), g_strdup (sb_json_string (persona, "id")));
    }
}

void
sb_practice_persona_index (SbPractice *self)
{
  g_autoptr (GPtrArray) list = sb_practice_store_list (self->store, "persona");

  for (guint i = 0; i < list->len; i++)
    index_one (self, list->pdata[i]);
}

void
sb_practice_persona_save (SbPractice *self,
                          JsonObject *persona)
{
  sb_practice_store_put (self->store, "persona", sb_json_string (persona, "id"), persona);
  index_one (self, persona);
}

void
sb_practice_persona_furnish (SbPractice *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (regulars); i++)
    {
      const Regular         *regular = &regulars[i];
      g_autofree char       *user_id = make_user_id (self, regular->phone != NULL ? regular->phone : regular->id);
      JsonArray             *suggestions = json_array_new ();
      g_autoptr (JsonObject) persona =
          sb_json_make ("s:id", regular->id, "s:name", regular->name, "s:trait", regular->trait, "s:phone", regular->phone,
                        "s:username", regular->username, "s:user_id", user_id, "i:colour", regular->colour,
                        "s:receipts", regular->receipts, "s:rule", regular->id, "b:regular", TRUE, "b:stopped", FALSE, NULL);

      for (guint j = 0; regular->suggestions[j] != NULL; j++)
        json_array_add_string_element (suggestions, regular->suggestions[j]);
      json_object_set_array_member (persona, "suggestions", suggestions);
      sb_practice_persona_save (self, persona);
    }
}

/* By id, phone, user id or username; %NULL when nobody is called that. */
JsonObject *
sb_practice_persona_find (SbPractice *self,
                          const char *name_or_address)
{
  const char *id;

  if (name_or_address == NULL)
    return NULL;

  id = g_hash_table_lookup (self->people, name_or_address[0] == '+' ? name_or_address + 1 : name_or_address);

  return id != NULL ? sb_practice_store_get (self->store, "persona", id) : NULL;
}

/* The person behind @address, who becomes an ordinary customer when nobody knows it yet. */
JsonObject *
sb_practice_persona_meet (SbPractice *self,
                          const char *address,
                          const char *name)
{
  JsonObject *known = sb_practice_persona_find (self, address);
  gboolean    by_id = strchr (address, '.') != NULL;

  if (known != NULL)
    {
      if (name != NULL && g_strcmp0 (name, sb_json_string (known, "name")) != 0)
        {
          json_object_set_string_member (known, "name", name);
          sb_practice_store_put (self->store, "persona", sb_json_string (known, "id"), known);
        }
      return known;
    }

  return sb_practice_persona_add (self, sb_json_make ("s:name", name, "s:phone", by_id ? NULL : address, "s:user_id", by_id ? address : NULL, NULL));
}

/**
 * sb_practice_persona_add:
 * @wanted: (transfer full): any members of a persona; what is missing is filled in
 *
 * Adds a customer, or changes the one of the same id.
 */
JsonObject *
sb_practice_persona_add (SbPractice *self,
                         JsonObject *wanted)
{
  g_autoptr (JsonObject) persona = sb_practice_copy (wanted);
  const char            *phone = sb_json_string (persona, "phone");
  const char            *username = sb_json_string (persona, "username");
  g_autofree char       *id = sb_json_dup_id (persona, "id");
  JsonObject            *known;

  if (id == NULL)
    id = g_strdup (phone != NULL ? phone : sb_json_string (persona, "user_id") != NULL ? sb_json_string (persona, "user_id")
                                                                                       : username);
  if (id == NULL)
    id = sb_practice_new_id (self, "someone-");

  known = sb_practice_persona_find (self, id);
  if (known != NULL)
    {
      g_autoptr (GList) members = json_object_get_members (known);

      for (GList *l = members; l != NULL; l = l->next)
        {
          if (!json_object_has_member (persona, l->data))
            json_object_set_member (persona, l->data, json_node_copy (json_object_get_member (known, l->data)));
        }
    }
  json_object_set_string_member (persona, "id", known != NULL ? sb_json_string (known, "id") : id);
  if (sb_json_string (persona, "user_id") == NULL)
    {
      g_autofree char *user_id = make_user_id (self, phone != NULL ? phone : id);

      json_object_set_string_member (persona, "user_id", user_id);
    }
  if (sb_json_string (persona, "name") == NULL && phone == NULL)
    json_object_set_string_member (persona, "name", username != NULL ? username : id);
  if (sb_json_string (persona, "receipts") == NULL)
    json_object_set_string_member (persona, "receipts", "normal");
  sb_practice_persona_save (self, persona);
  json_object_unref (wanted);

  return sb_practice_persona_find (self, id);
}

/* What a message to this person is addressed with. */
const char *
sb_practice_persona_address (JsonObject *persona)
{
  const char *phone = sb_json_string (persona, "phone");

  return phone != NULL ? phone : sb_json_string (persona, "user_id");
}

/* For the control interface: the document and whether the window is open. */
JsonObject *
sb_practice_persona_describe (SbPractice *self,
                              JsonObject *persona)
{
  JsonObject *copy = sb_practice_copy (persona);
  gint64      last = sb_json_int (persona, "last_in", 0);
  gint64      left = last != 0 ? last + SB_DAY_MS - sb_practice_now (self) : 0;

  json_object_set_int_member (copy, "window_left_ms", MAX (left, 0));
  json_object_set_string_member (copy, "address", sb_practice_persona_address (persona));

  return copy;
}
