/* Acts on tags, as a request names them. */
#include "sb-engine-private.h"

#include <glib/gi18n-lib.h>

#include "sb-engine-tags.h"

static const struct
{
  const char  *name;
  SbTagActKind kind;
} acts[] = {
  { "rename", SB_TAG_RENAME },
  { "colour", SB_TAG_RECOLOUR },
  { "merge", SB_TAG_MERGE },
  { "remove", SB_TAG_DELETE },
};

static gint64
tag_called (SbEngine   *engine,
            const char *name,
            GError    **error)
{
  gint64 id = name != NULL ? sb_engine_find_tag (engine, name) : 0;

  if (id == 0)
    /* Translators: name of a tag */
    g_set_error (error, SB_ERROR, SB_ERROR_NOT_FOUND, _("There is no tag “%s”"), name != NULL ? name : "");

  return id;
}

gboolean
sb_control_tag (SbEngine           *engine,
                JsonObject         *request,
                GAsyncReadyCallback callback,
                gpointer            user_data,
                GError            **error)
{
  const char *name = sb_json_string (request, "act");
  SbTagAct    act = { .name = sb_json_string (request, "name"), .colour = (int) sb_json_int (request, "colour", 0) };
  gsize       known = 0;

  while (known < G_N_ELEMENTS (acts) && g_strcmp0 (acts[known].name, name) != 0)
    known++;
  if (known == G_N_ELEMENTS (acts))
    {
      g_set_error (error, SB_ERROR, SB_ERROR_INVALID, "There is no act “%s” on tags", name != NULL ? name : "");
      return FALSE;
    }
  act.kind = acts[known].kind;
  act.tag_id = tag_called (engine, sb_json_string (request, "tag"), error);
  if (act.tag_id == 0)
    return FALSE;
  if (act.kind == SB_TAG_MERGE && (act.into_id = tag_called (engine, sb_json_string (request, "into"), error)) == 0)
    return FALSE;
  sb_engine_tag_async (engine, &act, callback, user_data);

  return TRUE;
}
