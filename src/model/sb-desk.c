#include "sb-desk.h"

#include "sb-json.h"

SbDesk *
sb_desk_new (void)
{
  return sb_desk_from_text (NULL);
}

void
sb_desk_free (SbDesk *self)
{
  sb_hours_free (self->hours);
  g_free (self->away_text);
  g_free (self->question);
  g_free (self);
}

/* @json: (nullable): nothing was set yet */
SbDesk *
sb_desk_from_text (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? sb_json_parse (json, -1, NULL) : NULL;
  JsonObject          *root = sb_json_root (node);
  SbDesk              *self = g_new0 (SbDesk, 1);

  self->hours = sb_hours_from_json (sb_json_object (root, "hours"));
  self->away = sb_json_bool (root, "away", FALSE);
  self->away_text = g_strdup (sb_json_string (root, "away_text"));
  self->asks = sb_json_bool (root, "asks", FALSE);
  self->scale = sb_json_int (root, "scale", 3) == 5 ? 5 : 3;
  self->question = g_strdup (sb_json_string (root, "question"));
  self->wait_s = CLAMP (sb_json_int (root, "wait_s", SB_DESK_WAIT_S), 5, 3600);
  self->same_person = sb_json_bool (root, "same_person", FALSE);

  return self;
}

char *
sb_desk_to_text (const SbDesk *self)
{
  g_autoptr (JsonObject) root = sb_json_make ("o:hours", sb_hours_to_json (self->hours), "b:away", self->away, "s:away_text", self->away_text, "b:asks", self->asks, "i:scale",
                                              (gint64) self->scale, "s:question", self->question, "i:wait_s", (gint64) self->wait_s, "b:same_person", self->same_person, NULL);

  return sb_json_text (root);
}
