/* Acts on the shop's people, as a request names them. */
#include "sb-engine-private.h"

#include "sb-engine-contacts.h"
#include "sb-json.h"

static const struct
{
  const char      *name;
  SbContactActKind kind;
} acts[] = {
  { "add", SB_CONTACT_CREATE },
  { "set", SB_CONTACT_SET },
  { "field", SB_CONTACT_FIELD },
  { "add-identity", SB_CONTACT_ADD_IDENTITY },
  { "tag", SB_CONTACT_TAG },
  { "untag", SB_CONTACT_UNTAG },
  { "block", SB_CONTACT_BLOCK },
  { "remove", SB_CONTACT_REMOVE },
  { "merge", SB_CONTACT_MERGE },
  { "apart", SB_CONTACT_APART },
  { "add-stage", SB_CONTACT_SAVE_STAGE },
};

static gint64
stage_called (SbEngine   *engine,
              const char *name)
{
  g_autoptr (GPtrArray) stages = sb_reader_list_stages (sb_engine_get_reader (engine));

  for (guint i = 0; name != NULL && i < stages->len; i++)
    if (g_ascii_strcasecmp (((SbNamed *) stages->pdata[i])->name, name) == 0)
      return ((SbNamed *) stages->pdata[i])->id;

  return 0;
}

/* {"command": "contact", "act", "contact", "value", "name", "text", "list"}. FALSE: there is no such act, and nobody is told. */
gboolean
sb_control_contact (SbEngine           *engine,
                    JsonObject         *request,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  const char              *name = sb_json_string (request, "act");
  gint64                   contact = sb_json_int (request, "contact", 0);
  JsonArray               *list = sb_json_array (request, "list");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv)           names = NULL;
  SbContactAct             act = { .contact_ids = &contact, .n_contacts = contact != 0 ? 1 : 0, .value = sb_json_int (request, "value", 0) };

  for (guint i = 0; i < sb_json_length (list); i++)
    g_strv_builder_add (builder, json_array_get_string_element (list, i));
  names = g_strv_builder_end (builder);
  act.name = sb_json_string (request, "name");
  act.text = sb_json_string (request, "text");
  act.list = names[0] != NULL ? (const char *const *) names : NULL;
  if (g_strcmp0 (name, "stage") == 0)
    {
      act.kind = SB_CONTACT_STAGE;
      act.value = act.text != NULL ? stage_called (engine, act.text) : 0;
      /* A stage that is not there must not mean none. */
      if (act.text != NULL && act.value == 0)
        act.value = -1;
      sb_engine_contact_act_async (engine, &act, callback, user_data);
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_strcmp0 (acts[i].name, name) == 0)
      {
        act.kind = acts[i].kind;
        sb_engine_contact_act_async (engine, &act, callback, user_data);
        return TRUE;
      }

  return FALSE;
}
