/* Tags everywhere at once: what the window and the command line ask for. */
#include "sb-engine-tags.h"

#include "sb-engine-private.h"
#include "sb-import-record.h"

typedef struct
{
  SbTagAct act;
  char    *name;
  gint64   staff_id;
  gint64   undo_id; /* out */
} Acting;

static void
acting_free (gpointer data)
{
  Acting *acting = data;

  g_free (acting->name);
  g_free (acting);
}

static gboolean
act_command (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Acting *acting = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, acting->staff_id);
  acting->undo_id = sb_writer_begin_undo (writer, "tag", error);
  if (acting->undo_id == 0)
    return FALSE;

  switch (acting->act.kind)
    {
    case SB_TAG_RENAME:
      return sb_writer_rename_tag (writer, acting->act.tag_id, acting->name != NULL ? acting->name : "", error);
    case SB_TAG_RECOLOUR:
      return sb_writer_set_tag_colour (writer, acting->act.tag_id, acting->act.colour, error);
    case SB_TAG_MERGE:
      return sb_writer_merge_tag (writer, acting->act.tag_id, acting->act.into_id, error);
    case SB_TAG_DELETE:
      return sb_writer_delete_tag (writer, acting->act.tag_id, error);
    default:
      g_assert_not_reached ();
    }
}

void
sb_engine_tag_async (SbEngine           *self,
                     const SbTagAct     *act,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  Acting *acting = g_new0 (Acting, 1);

  acting->act = *act;
  acting->name = g_strdup (act->name);
  acting->staff_id = self->staff_id;
  sb_engine_command (self, act_command, acting, acting_free, &acting->undo_id, callback, user_data);
}

gint64
sb_engine_find_tag (SbEngine   *self,
                    const char *name)
{
  return sb_reader_find_tag (sb_engine_get_reader (self), name);
}
