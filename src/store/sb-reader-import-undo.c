/* What taking an import back would do. Looks at every contact it brought: for a worker. */
#include "sb-import-image.h"

#include "sb-store-private.h"

#define PAGE 500

static void
staying_free (gpointer data)
{
  SbStayingRow *row = data;

  g_free (row->name);
  g_free (row->field);
  g_free (row);
}

void
sb_undo_preview_free (SbUndoPreview *self)
{
  g_ptr_array_unref (self->staying);
  g_free (self);
}

/* Who it is and when the last thing happened. */
static void
describe (SbDb         *db,
          SbStayingRow *row)
{
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT coalesce (name, profile_name), updated_at FROM contact WHERE id = ?", "i", row->contact_id);

  if (sb_db_step (db, s, NULL))
    {
      row->name = sb_db_dup_column (s, 0);
      row->at = sqlite3_column_int64 (s, 1);
    }
  sb_db_done (s);
  if (row->stays != SB_STAYS_MESSAGES)
    return;

  s = sb_db_query (db, NULL,
                   "SELECT m.sent_at, m.direction FROM message m JOIN thread t ON t.id = m.thread_id WHERE t.contact_id = ? AND m.direction IN (0, 1) ORDER BY m.id DESC LIMIT 1", "i",
                   row->contact_id);
  if (sb_db_step (db, s, NULL))
    {
      row->at = sqlite3_column_int64 (s, 0);
      row->theirs = sqlite3_column_int (s, 1) == SB_DIRECTION_IN;
    }
  sb_db_done (s);
}

static gboolean
is_restored_name (const SbImportImage *image)
{
  g_autoptr (JsonNode) before = sb_json_parse (image->before, -1, NULL);
  g_autoptr (JsonNode) after = sb_json_parse (image->after, -1, NULL);

  return g_strcmp0 (sb_json_string (sb_json_root (before), "name"), sb_json_string (sb_json_root (after), "name")) != 0;
}

static void
count_one (SbDb                *db,
           SbUndoPreview       *preview,
           const SbImportImage *image,
           guint                most)
{
  g_autofree char *now = image->after != NULL ? sb_import_snapshot (db, image->contact_id) : NULL;
  g_autofree char *field = NULL;
  SbStays          stays = now != NULL ? sb_import_image_stays (db, image, now, &field) : SB_STAYS_NOT;

  /* The person was deleted since: nothing is left of the row. */
  if (now == NULL)
    return;
  if (stays == SB_STAYS_NOT && image->before == NULL)
    preview->n_removed++;
  else if (stays == SB_STAYS_NOT)
    {
      preview->n_restored++;
      preview->n_names += is_restored_name (image);
    }
  else if (preview->n_staying++ < most)
    {
      SbStayingRow *row = g_new0 (SbStayingRow, 1);

      row->number = (guint) image->number;
      row->contact_id = image->contact_id;
      row->stays = stays;
      row->field = g_steal_pointer (&field);
      describe (db, row);
      g_ptr_array_add (preview->staying, row);
    }
}

SbUndoPreview *
sb_reader_preview_undo (SbReader     *self,
                        gint64        import_id,
                        guint         most,
                        GCancellable *cancellable,
                        GError      **error)
{
  g_autoptr (SbUndoPreview) preview = g_new0 (SbUndoPreview, 1);
  SbDb                     *db = sb_reader_get_db (self);
  gint64                    last = -1;

  preview->staying = g_ptr_array_new_with_free_func (staying_free);
  for (;;)
    {
      g_autoptr (GPtrArray) images = sb_import_image_list (db, import_id, last, PAGE);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      for (guint i = 0; i < images->len; i++)
        {
          const SbImportImage *image = images->pdata[i];

          count_one (db, preview, image, most);
          last = image->number;
        }
      if (images->len < PAGE)
        return g_steal_pointer (&preview);
    }
}
