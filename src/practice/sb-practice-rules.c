#include "sb-practice-persona.h"

#include <string.h>

#include "sb-practice-due.h"
#include "sb-practice-event.h"
#include "sb-practice-follow.h"
#include "sb-practice-inbound.h"
#include "sb-practice-message.h"

/* Two robots must not talk for ever: so many answers an hour, then a person has to write as the customer. */
#define ANSWERS_PER_HOUR 4

#define NAG_MS   (90 * SB_SECOND_MS)
#define MAX_NAGS 3

/* What a regular says when the shop wrote: in turn, after a while. */
typedef struct
{
  const char *id;
  gint64      delay_ms;
  const char *answers[5];
} Rule;

static const Rule rules[] = {
  { "pia", 12 * SB_SECOND_MS, { "Thank you, that is very kind of you.", "Could you tell me what it would cost, please?", "That sounds lovely. I will take it.", "Many thanks and a nice day to all of you!" } },
  { "hugo", 5 * SB_SECOND_MS, { "ok and how much??", "need it TOMORROW", "fine. done. thx", "when can i pick it up??" } },
  { "tom", 9 * SB_SECOND_MS, { "yes pls 2 brownis and a cofee caek", "call me on 0770 090 02 if smth is worng", "gr8 tahnks", "sory, i ment tomorow" } },
  { "uma", 8 * SB_SECOND_MS, { "Great, thank you!", "Do you need my phone number for that?", "Perfect." } },
  { "quentin", SB_DAY_MS, { "Sorry, I am only seeing this now. Is it still possible?", "Sorry for the wait. Yes, please.", "Thank you, it was delicious." } },
};

static const Rule *
rule_of (JsonObject *persona)
{
  const char *id = sb_json_string (persona, "rule");

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (g_strcmp0 (id, rules[i].id) == 0)
        return &rules[i];
    }

  return NULL;
}

static gboolean
may_answer (SbPractice *self,
            JsonObject *persona)
{
  gint64 hour = sb_practice_now (self) / SB_HOUR_MS;
  gint64 n = sb_json_int (persona, "answer_hour", 0) == hour ? sb_json_int (persona, "n_answers", 0) : 0;

  if (sb_json_bool (persona, "auto", TRUE) == FALSE || n >= ANSWERS_PER_HOUR)
    return FALSE;

  json_object_set_int_member (persona, "answer_hour", hour);
  json_object_set_int_member (persona, "n_answers", n + 1);
  sb_practice_persona_save (self, persona);

  return TRUE;
}

static void
plan_answer (SbPractice *self,
             JsonObject *persona,
             gint64      delay_ms,
             JsonObject *message)
{
  sb_practice_due_add (self, sb_practice_now (self) + delay_ms, "answer",
                       sb_json_make ("s:peer", sb_json_string (persona, "id"), "o:message", message, NULL));
}

static JsonObject *
text_message (const char *text)
{
  return sb_json_make ("s:type", "text", "o:text", sb_json_make ("s:body", text, NULL), NULL);
}

/* Stella wants no offers: the word, and WhatsApp's own switch. */
static void
stop (SbPractice *self,
      JsonObject *persona)
{
  JsonObject *value = sb_practice_event_value (self, persona);
  JsonObject *preference = sb_json_make ("s:wa_id", sb_json_string (persona, "phone"), "s:user_id", sb_json_string (persona, "user_id"),
                                         "s:detail", "User requested to stop marketing messages", "s:category", "marketing_messages",
                                         "s:value", "stop", "i:timestamp", sb_practice_now (self) / 1000, NULL);

  json_object_set_boolean_member (persona, "stopped", TRUE);
  sb_practice_persona_save (self, persona);
  json_object_set_array_member (value, "user_preferences", sb_json_make_array (preference, NULL));
  sb_practice_event_emit (self, "user_preferences", value);
}

static JsonObject *
next_answer (JsonObject *persona,
             const Rule *rule)
{
  gint64 n = sb_json_int (persona, "n_said", 0);
  guint  n_answers = 0;

  while (n_answers < G_N_ELEMENTS (rule->answers) && rule->answers[n_answers] != NULL)
    n_answers++;
  json_object_set_int_member (persona, "n_said", n + 1);

  return text_message (rule->answers[n % n_answers]);
}

/* A message of the shop has arrived on the customer's phone: what this customer makes of it. */
void
sb_practice_persona_heard (SbPractice *self,
                           JsonObject *persona,
                           const char *wamid)
{
  g_autoptr (JsonObject) keep = json_object_ref (persona);
  JsonObject            *message = sb_practice_message_get (self, wamid);
  const Rule            *rule = rule_of (persona);
  const char            *name = sb_json_string (persona, "rule");
  gboolean               offer = g_strcmp0 (sb_json_string (message, "category"), "marketing") == 0;
  JsonObject            *tapped;

  json_object_set_int_member (persona, "heard_at", sb_practice_now (self));
  sb_practice_persona_save (self, persona);
  if (name == NULL || g_strcmp0 (sb_json_string (message, "type"), "reaction") == 0 || !may_answer (self, persona))
    return;

  if (g_str_equal (name, "vera"))
    plan_answer (self, persona, 15 * SB_SECOND_MS, sb_json_make ("s:type", "audio", "i:seconds", (gint64) 14 + sb_json_int (persona, "n_answers", 0) * 9, NULL));
  else if (g_str_equal (name, "stella"))
    plan_answer (self, persona, 6 * SB_SECOND_MS, sb_json_make ("s:type", "text", "o:text", sb_json_make ("s:body", offer ? "STOP" : "ok", NULL), "b:stop", offer, NULL));
  else if (rule != NULL)
    {
      tapped = sb_practice_message_tap (self, message, NULL);
      plan_answer (self, persona, rule->delay_ms, tapped != NULL ? tapped : next_answer (persona, rule));
    }
}

/* The moment of an answer that was planned. */
void
sb_practice_persona_answer_due (SbPractice *self,
                                JsonObject *detail)
{
  JsonObject            *found = sb_practice_persona_find (self, sb_json_string (detail, "peer"));
  g_autoptr (JsonObject) persona = found != NULL ? json_object_ref (found) : NULL;
  g_autoptr (JsonObject) message = persona != NULL ? sb_practice_copy (sb_json_object (detail, "message")) : NULL;
  gboolean               stops = sb_json_bool (message, "stop", FALSE);
  g_autofree char       *wamid = NULL;

  if (persona == NULL)
    return;

  if (g_strcmp0 (sb_json_string (persona, "receipts"), "no-read") == 0)
    sb_practice_follow_read_all (self, persona);
  json_object_remove_member (message, "stop");
  wamid = sb_practice_inbound_deliver (self, persona, message, sb_practice_now (self));
  if (stops)
    stop (self, persona);
}

/* A message that belongs to a story told beforehand. */
void
sb_practice_persona_write_due (SbPractice *self,
                               JsonObject *detail)
{
  JsonObject      *persona = sb_practice_persona_find (self, sb_json_string (detail, "peer"));
  g_autofree char *wamid = NULL;

  if (persona == NULL)
    return;

  wamid = sb_practice_inbound_deliver (self, persona, sb_json_object (detail, "message"), sb_practice_now (self));
  sb_practice_persona_wrote (self, persona);
}

/* After a customer wrote, by hand or by story: who is impatient looks at the clock. Words of consent count at once. */
void
sb_practice_persona_wrote (SbPractice *self,
                           JsonObject *persona)
{
  if (g_strcmp0 (sb_json_string (persona, "receipts"), "no-read") == 0)
    sb_practice_follow_read_all (self, persona);
  if (g_strcmp0 (sb_json_string (persona, "rule"), "hugo") == 0)
    sb_practice_due_add (self, sb_practice_now (self) + NAG_MS, "nag",
                         sb_json_make ("s:peer", sb_json_string (persona, "id"), "i:since", sb_practice_now (self), "i:n", (gint64) 1, NULL));
}

/* Hugo was not answered. He says so, three times, ever later. */
void
sb_practice_persona_nag_due (SbPractice *self,
                             JsonObject *detail)
{
  static const char     *nags[] = { "hello??", "still waiting...", "ok i will ask somewhere else" };
  JsonObject            *found = sb_practice_persona_find (self, sb_json_string (detail, "peer"));
  g_autoptr (JsonObject) persona = found != NULL ? json_object_ref (found) : NULL;
  gint64                 since = sb_json_int (detail, "since", 0);
  gint64                 n = CLAMP (sb_json_int (detail, "n", 1), 1, MAX_NAGS);
  g_autofree char       *wamid = NULL;
  g_autoptr (JsonObject) message = NULL;

  if (persona == NULL || sb_json_int (persona, "heard_at", 0) >= since || !sb_json_bool (persona, "auto", TRUE) ||
      sb_json_int (persona, "last_in", 0) > since)
    return;

  message = text_message (nags[n - 1]);
  wamid = sb_practice_inbound_deliver (self, persona, message, sb_practice_now (self));
  if (n < MAX_NAGS)
    sb_practice_due_add (self, sb_practice_now (self) + NAG_MS * (n + 1), "nag",
                         sb_json_make ("s:peer", sb_json_string (persona, "id"), "i:since", sb_practice_now (self), "i:n", n + 1, NULL));
}
