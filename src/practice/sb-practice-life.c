#include "sb-practice-life.h"

#include <stdio.h>

#include "sb-practice-follow.h"
#include "sb-practice-inbound.h"
#include "sb-practice-persona.h"
#include "sb-practice-resources.h"

#define RESOURCE "/io/github/shopbell/Shopbell/practice/cake-shop.json"

/* One thing somebody wrote, with the customer it belongs to. */
typedef struct
{
  JsonObject *person;
  JsonObject *step;
  gint64      at;
} Step;

static int
by_time (gconstpointer a,
         gconstpointer b)
{
  const Step *x = a, *y = b;

  return x->at < y->at ? -1 : x->at > y->at;
}

/* "6d 09:15" is six days ago at that time of day (UTC), "-25" is 25 minutes ago. */
static gint64
moment_of (const char *when,
           gint64      now)
{
  gint64 midnight = now - now % SB_DAY_MS;
  int    days = 0, hour = 0, minute = 0;

  if (when[0] == '-')
    return now + g_ascii_strtoll (when, NULL, 10) * SB_MINUTE_MS;
  if (sscanf (when, "%dd %d:%d", &days, &hour, &minute) != 3)
    return now;

  return midnight - days * SB_DAY_MS + hour * SB_HOUR_MS + minute * SB_MINUTE_MS;
}

static GArray *
collect (JsonArray *people,
         gint64     now)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (Step));

  for (guint i = 0; i < sb_json_length (people); i++)
    {
      JsonObject *person = sb_json_at (people, i);
      JsonArray  *story = sb_json_array (person, "story");

      for (guint j = 0; j < sb_json_length (story); j++)
        {
          Step step = { person, sb_json_at (story, j), 0 };

          step.at = moment_of (sb_json_string (step.step, "when"), now);
          g_array_append_val (steps, step);
        }
    }
  g_array_sort (steps, by_time);

  return steps;
}

/* Replaces @name by the id of the step called so: quotes, reactions and answered buttons point at earlier messages. */
static void
resolve (JsonObject *message,
         GHashTable *names,
         const char *business,
         const char *phone)
{
  const char *quoted = sb_json_string (message, "quote");
  JsonObject *reaction = sb_json_object (message, "reaction");
  const char *target = sb_json_string (reaction, "message_id");

  if (quoted != NULL)
    {
      const char *id = g_hash_table_lookup (names, quoted);

      if (id != NULL)
        json_object_set_object_member (message, "context", sb_json_make ("s:from", g_str_has_prefix (quoted, "shop") ? business : phone, "s:id", id, NULL));
    }
  if (target != NULL && g_hash_table_contains (names, target))
    json_object_set_string_member (reaction, "message_id", g_hash_table_lookup (names, target));

  json_object_remove_member (message, "quote");
  json_object_remove_member (message, "when");
  json_object_remove_member (message, "by");
  json_object_remove_member (message, "called");
  json_object_remove_member (message, "ticks");
}

static void
tick (SbPractice *self,
      const char *wamid,
      const char *ticks,
      gint64      at)
{
  sb_practice_follow_status (self, wamid, "sent", 0, at + 1000);
  if (g_strcmp0 (ticks, "sent") == 0)
    return;

  sb_practice_follow_status (self, wamid, "delivered", 0, at + 2000);
  if (g_strcmp0 (ticks, "delivered") != 0)
    sb_practice_follow_status (self, wamid, "read", 0, at + SB_MINUTE_MS);
}

static void
tell (SbPractice *self,
      const Step *step,
      GHashTable *names)
{
  const char            *key = sb_json_string (step->person, "persona");
  JsonObject            *persona = sb_practice_persona_find (self, key != NULL ? key : sb_json_string (step->person, "phone"));
  g_autoptr (JsonObject) message = sb_practice_copy (step->step);
  const char            *called = sb_json_string (step->step, "called");
  g_autofree char       *wamid = NULL;

  if (persona == NULL)
    persona = sb_practice_persona_add (self, sb_json_make ("s:name", sb_json_string (step->person, "name"), "s:phone", sb_json_string (step->person, "phone"),
                                                           "i:colour", sb_json_int (step->person, "colour", 0), NULL));

  resolve (message, names, sb_practice_config (self, "phone"), sb_json_string (persona, "phone"));
  if (g_strcmp0 (sb_json_string (step->step, "by"), "shop") == 0)
    {
      wamid = sb_practice_inbound_echo (self, persona, message, step->at);
      tick (self, wamid, sb_json_string (step->step, "ticks"), step->at);
    }
  else
    wamid = sb_practice_inbound_deliver (self, persona, message, step->at);

  if (called != NULL)
    g_hash_table_insert (names, g_strdup (called), g_strdup (wamid));
}

/* A week of a cake shop, told as the events it would have caused. */
void
sb_practice_life_tell (SbPractice *self)
{
  g_autoptr (GBytes)     bytes = g_resource_lookup_data (sb_practice_get_resource (), RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonNode)   node = sb_json_parse_bytes (bytes, NULL);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gint64                 now = sb_practice_now (self);
  g_autoptr (GArray)     steps = collect (sb_json_array (sb_json_root (node), "people"), now);

  for (guint i = 0; i < steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);

      if (step->at <= now)
        tell (self, step, names);
    }

  sb_practice_persona_wrote (self, sb_practice_persona_find (self, "hugo"));
}
