/*
 * Contacts out of files. Each row keeps the contact as it was and as the row left it; undoing puts back, value by value, what
 * still stands as it was left. Nothing here touches consent or a block: a file cannot speak for a customer.
 */
#include "sb-store-private.h"
#include "sb-writer-refusals.h"

#include "sb-import-image.h"
#include "sb-import-marks.h"
#include "sb-json.h"

/* One event for many rows: a list of five thousand is one thing that happened. */
static gboolean
tell (SbWriter   *self,
      SbEventKind kind,
      gint64      contact_id,
      gint64      thread_id,
      gint64      import_id,
      GError    **error)
{
  g_autofree char *data = g_strdup_printf ("{\"import\":\"%" G_GINT64_FORMAT "\"}", import_id);
  SbEvent          event = { .kind = kind, .contact_id = contact_id, .thread_id = thread_id, .actor = self->actor, .staff_id = self->staff_id, .data = data };

  return sb_writer_append_event (self, &event, error);
}

/* With what the owner declared about consent, for the record: it opts nobody in. */
static gboolean
tell_declared (SbWriter *self,
               gint64    import_id,
               GError  **error)
{
  g_autofree char *data = sb_db_text (self->db,
                                      "SELECT json_patch (json_object ('import', CAST (id AS TEXT)), json_object ('consent', json (nullif (about ->> '$.consent', '')))) FROM import WHERE id = ?",
                                      "i", import_id);
  SbEvent          event = { .kind = SB_EVENT_IMPORTED, .actor = self->actor, .staff_id = self->staff_id, .data = data };

  return sb_writer_append_event (self, &event, error);
}

/* A contact that is shown in the inbox tells of itself. */
static gboolean
tell_thread (SbWriter *self,
             gint64    contact_id,
             gint64    import_id,
             GError  **error)
{
  gint64 thread_id = sb_db_int (self->db, 0, "SELECT id FROM thread WHERE contact_id = ?", "i", contact_id);

  return thread_id == 0 || tell (self, SB_EVENT_CONTACT_CHANGED, contact_id, thread_id, import_id, error);
}

gint64
sb_writer_begin_import (SbWriter   *self,
                        const char *file_name,
                        const char *kind,
                        GError    **error)
{
  gint64 id = sb_writer_new_id (self);

  return sb_db_exec (self->db, error, "INSERT INTO import (id, at, staff_id, file_name, kind, state) VALUES (?, ?, ?, ?, ?, ?)", "iiissn",
                     id, sb_writer_now (self), self->staff_id, file_name, kind, (int) SB_IMPORT_WRITING)
             ? id
             : 0;
}

gboolean
sb_writer_end_import (SbWriter       *self,
                      const SbImport *import,
                      GError        **error)
{
  return sb_db_exec (self->db, error, "UPDATE import SET state = ?, n_new = ?, n_changed = ?, n_same = ?, n_merged = ?, n_rejected = ? WHERE id = ?", "nnnnnni",
                     (int) SB_IMPORT_DONE, (int) import->n_new, (int) import->n_changed, (int) import->n_same, (int) import->n_merged, (int) import->n_rejected, import->id) &&
         tell (self, SB_EVENT_CONTACT_CHANGED, 0, 0, import->id, error) && tell_declared (self, import->id, error);
}

/* -- writing a row -- */

/* The last written is the one messages go to, so the first comes last. */
static gboolean
add_numbers (SbWriter  *self,
             gint64     contact_id,
             GPtrArray *numbers,
             guint      from,
             GError   **error)
{
  for (guint i = numbers->len; i > from; i--)
    if (!sb_db_exec (self->db, error, "INSERT INTO identity (id, contact_id, kind, value) VALUES (?, ?, ?, ?) ON CONFLICT (kind, value) DO NOTHING", "iins",
                     sb_writer_new_id (self), contact_id, (int) SB_IDENTITY_PHONE, numbers->pdata[i - 1]) ||
        !sb_writer_meet_stranger (self, contact_id, numbers->pdata[i - 1], error))
      return FALSE;

  return TRUE;
}

static gboolean
set_fields (SbWriter     *self,
            gint64        contact_id,
            const SbCard *card,
            GError      **error)
{
  for (guint i = 0; i < card->fields->len; i++)
    {
      const SbCardField *field = card->fields->pdata[i];

      if (!sb_db_exec (self->db, error, "INSERT INTO contact_field (contact_id, name, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", "iss",
                       contact_id, field->name, field->value))
        return FALSE;
    }

  return TRUE;
}

static gboolean
keep_row (SbWriter   *self,
          gint64      import_id,
          guint       number,
          gint64      contact_id,
          const char *before,
          GError    **error)
{
  g_autofree char *after = sb_import_snapshot (self->db, contact_id);

  return sb_db_exec (self->db, error, "INSERT INTO import_row (import_id, number, contact_id, before, after) VALUES (?, ?, ?, ?, ?)", "iiiss",
                     import_id, (gint64) number, contact_id, before, after);
}

gboolean
sb_writer_import_same (SbWriter *self,
                       gint64    import_id,
                       guint     number,
                       gint64    contact_id,
                       GError  **error)
{
  return keep_row (self, import_id, number, contact_id, SB_IMPORT_SAME, error);
}

static gint64
add_contact (SbWriter     *self,
             const SbCard *card,
             GError      **error)
{
  gint64 id = sb_writer_new_id (self);

  return sb_db_exec (self->db, error, "INSERT INTO contact (id, name, language, country, source, updated_at) VALUES (?, ?, ?, ?, 'import', ?)", "isssi", id, card->name, card->language, card->country,
                     sb_writer_now (self)) &&
                 add_numbers (self, id, card->numbers, 0, error) && set_fields (self, id, card, error)
             ? id
             : 0;
}

static gboolean
change_contact (SbWriter     *self,
                const SbCard *card,
                guint         n_numbers,
                GError      **error)
{
  return sb_db_exec (self->db, error, "UPDATE contact SET name = ?, language = ?, country = ?, updated_at = ? WHERE id = ?", "sssii", card->name, card->language, card->country,
                     sb_writer_now (self), card->contact_id) &&
         add_numbers (self, card->contact_id, card->numbers, n_numbers, error) && set_fields (self, card->contact_id, card, error);
}

static gint64
find_any (SbWriter     *self,
          const SbCard *card)
{
  for (guint i = 0; i < card->numbers->len; i++)
    {
      gint64 id = sb_reader_find_number (self->reader, card->numbers->pdata[i]);

      if (id != 0)
        return id;
    }

  return 0;
}

/* @before: (inout): the image says it, so that undoing takes them off again. */
static gboolean
bring_back (SbWriter *self,
            gint64    contact_id,
            char    **before,
            GError  **error)
{
  g_autofree char *was = g_steal_pointer (before);

  *before = sb_db_text (self->db, "SELECT json_set (?, '$.removed', 1)", "s", was);

  return sb_db_exec (self->db, error, "UPDATE contact SET removed = 0 WHERE id = ?", "i", contact_id);
}

gboolean
sb_writer_import_card (SbWriter            *self,
                       gint64               import_id,
                       guint                number,
                       const SbCard        *card,
                       gboolean             fill_only,
                       const SbImportMarks *marks,
                       gint64              *contact_id,
                       GError             **error)
{
  /* Looked for again: the plan may be a while old, and the customer may have written meanwhile. */
  gint64             id = find_any (self, card);
  g_autoptr (SbCard) known = id != 0 ? sb_reader_get_card (self->reader, id) : NULL;
  g_autofree char   *before = NULL;
  guint              n_numbers;
  gboolean           is_changed, is_back;

  if (known == NULL)
    {
      *contact_id = add_contact (self, card, error);
      return *contact_id != 0 && sb_import_marks_put (self, marks, *contact_id, error) && keep_row (self, import_id, number, *contact_id, NULL, error);
    }

  *contact_id = id;
  n_numbers = known->numbers->len;
  if (known->blocked)
    return TRUE;
  is_back = sb_db_int (self->db, 0, "SELECT removed FROM contact WHERE id = ?", "i", id) != 0;
  is_changed = sb_card_merge (known, card, fill_only);
  if (!is_changed && !is_back && !sb_import_marks_lack (self, marks, id))
    return TRUE;

  before = sb_import_snapshot (self->db, id);
  /* Somebody who was taken off the lists is in the file again: so they are back. */
  if (is_back && !bring_back (self, id, &before, error))
    return FALSE;

  return (!is_changed || change_contact (self, known, n_numbers, error)) && sb_import_marks_put (self, marks, id, error) && keep_row (self, import_id, number, id, before, error) && tell_thread (self, id, import_id, error);
}

/* -- undoing -- */

static gboolean
has_number (JsonArray  *numbers,
            const char *value)
{
  for (guint i = 0; i < sb_json_length (numbers); i++)
    if (g_strcmp0 (json_array_get_string_element (numbers, i), value) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
remove_numbers (SbWriter   *self,
                gint64      contact_id,
                JsonObject *before,
                JsonObject *after,
                GError    **error)
{
  JsonArray *were = sb_json_array (before, "numbers");
  JsonArray *became = sb_json_array (after, "numbers");

  for (guint i = 0; i < sb_json_length (became); i++)
    {
      const char *value = json_array_get_string_element (became, i);

      if (!has_number (were, value) && !sb_db_exec (self->db, error, "DELETE FROM identity WHERE contact_id = ? AND kind = ? AND value = ?", "ins", contact_id, (int) SB_IDENTITY_PHONE, value))
        return FALSE;
    }

  return TRUE;
}

/* Of one value: TRUE when it may be put back; one that somebody changed since is counted. */
static gboolean
is_ours (JsonObject *before,
         JsonObject *after,
         JsonObject *now,
         const char *member,
         guint      *n_kept)
{
  if (g_strcmp0 (sb_json_string (before, member), sb_json_string (after, member)) == 0)
    return FALSE;
  if (g_strcmp0 (sb_json_string (now, member), sb_json_string (after, member)) == 0)
    return TRUE;
  (*n_kept)++;

  return FALSE;
}

static gboolean
restore_columns (SbWriter   *self,
                 gint64      contact_id,
                 JsonObject *before,
                 JsonObject *after,
                 JsonObject *now,
                 guint      *n_kept,
                 GError    **error)
{
  static const char *const columns[][2] = { { "name", "UPDATE contact SET name = ?, updated_at = ? WHERE id = ?" },
                                            { "language", "UPDATE contact SET language = ?, updated_at = ? WHERE id = ?" },
                                            { "country", "UPDATE contact SET country = ?, updated_at = ? WHERE id = ?" } };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (is_ours (before, after, now, columns[i][0], n_kept) &&
        !sb_db_exec (self->db, error, columns[i][1], "sii", sb_json_string (before, columns[i][0]), sb_writer_now (self), contact_id))
      return FALSE;

  return TRUE;
}

static gboolean
restore_fields (SbWriter   *self,
                gint64      contact_id,
                JsonObject *before,
                JsonObject *after,
                JsonObject *now,
                guint      *n_kept,
                GError    **error)
{
  g_autoptr (GList) names = after != NULL ? json_object_get_members (after) : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    {
      const char *value = sb_json_string (before, name->data);

      if (!is_ours (before, after, now, name->data, n_kept))
        continue;
      if (value != NULL ? !sb_db_exec (self->db, error, "UPDATE contact_field SET value = ? WHERE contact_id = ? AND name = ?", "sis", value, contact_id, name->data)
                        : !sb_db_exec (self->db, error, "DELETE FROM contact_field WHERE contact_id = ? AND name = ?", "is", contact_id, name->data))
        return FALSE;
    }

  return TRUE;
}

static gboolean
settle_row (SbWriter            *self,
            gint64               import_id,
            const SbImportImage *image,
            const char          *kept,
            GError             **error)
{
  return sb_db_exec (self->db, error, "UPDATE import_row SET undone = ?, kept = ? WHERE import_id = ? AND number = ?", "nsii", kept != NULL ? 2 : 1, kept, import_id, image->number);
}

/* Rows whose contacts came with the import and go again, all of them at once: the words to search for are put right once then, not for each. */
typedef struct
{
  JsonArray *contacts;
  JsonArray *numbers; /* of the rows */
} Leaving;

/* A contact that came with the import goes, unless somebody touched it or talked with it. */
static gboolean
remove_contact (SbWriter            *self,
                gint64               import_id,
                const SbImportImage *image,
                const char          *now,
                Leaving             *leaving,
                GError             **error)
{
  SbStays stays = sb_import_image_stays (self->db, image, now, NULL);

  if (stays != SB_STAYS_NOT)
    return settle_row (self, import_id, image, stays == SB_STAYS_MESSAGES ? "messages" : "edited", error);
  if (!sb_writer_stay_refused (self, image->contact_id, error))
    return FALSE;
  json_array_add_int_element (leaving->contacts, image->contact_id);
  json_array_add_int_element (leaving->numbers, image->number);

  return TRUE;
}

static char *
array_text (JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), array);

  return sb_json_node_text (node);
}

static gboolean
leave (SbWriter      *self,
       gint64         import_id,
       const Leaving *leaving,
       GError       **error)
{
  g_autofree char *contacts = array_text (leaving->contacts);
  g_autofree char *numbers = array_text (leaving->numbers);

  return json_array_get_length (leaving->contacts) == 0 ||
         (sb_db_exec (self->db, error, "DELETE FROM contact WHERE id IN (SELECT value FROM json_each (?))", "s", contacts) &&
          sb_db_exec (self->db, error, "UPDATE import_row SET undone = 1, kept = NULL WHERE import_id = ? AND number IN (SELECT value FROM json_each (?))", "is", import_id, numbers));
}

static gboolean
restore_contact (SbWriter            *self,
                 gint64               import_id,
                 const SbImportImage *image,
                 const char          *now_text,
                 GError             **error)
{
  g_autoptr (JsonNode) before = sb_json_parse (image->before, -1, error);
  g_autoptr (JsonNode) after = before != NULL ? sb_json_parse (image->after, -1, error) : NULL;
  g_autoptr (JsonNode) now = after != NULL ? sb_json_parse (now_text, -1, error) : NULL;
  guint                n_kept = 0;

  if (now == NULL)
    return FALSE;

  return restore_columns (self, image->contact_id, sb_json_root (before), sb_json_root (after), sb_json_root (now), &n_kept, error) &&
         restore_fields (self, image->contact_id, sb_json_object (sb_json_root (before), "fields"), sb_json_object (sb_json_root (after), "fields"),
                         sb_json_object (sb_json_root (now), "fields"), &n_kept, error) &&
         remove_numbers (self, image->contact_id, sb_json_root (before), sb_json_root (after), error) &&
         sb_import_marks_take (self, image->contact_id, sb_json_root (before), sb_json_root (after), sb_json_root (now), &n_kept, error) &&
         (n_kept > 0 || sb_json_int (sb_json_root (before), "removed", 0) == 0 || sb_db_exec (self->db, error, "UPDATE contact SET removed = 1 WHERE id = ?", "i", image->contact_id)) &&
         settle_row (self, import_id, image, n_kept > 0 ? "edited" : NULL, error) && tell_thread (self, image->contact_id, import_id, error);
}

static gboolean
undo_row (SbWriter            *self,
          gint64               import_id,
          const SbImportImage *image,
          Leaving             *leaving,
          GError             **error)
{
  g_autofree char *now = image->after != NULL ? sb_import_snapshot (self->db, image->contact_id) : NULL;

  /* The person was deleted since: nothing is left of the row. */
  if (now == NULL)
    return settle_row (self, import_id, image, NULL, error);
  if (image->before == NULL)
    return remove_contact (self, import_id, image, now, leaving, error);

  return restore_contact (self, import_id, image, now, error);
}

/* Each of many words goes out of every part of the index it may stand in: with one part that is quick. */
static gboolean
gather_words (SbWriter *self,
              GError  **error)
{
  return sb_db_exec (self->db, error, "INSERT INTO contact_fts (contact_fts) VALUES ('optimize')", "");
}

gboolean
sb_writer_undo_import (SbWriter *self,
                       gint64    import_id,
                       gint64    after,
                       guint     limit,
                       guint    *n_rows,
                       gint64   *last,
                       GError  **error)
{
  g_autoptr (GPtrArray) images = sb_import_image_list (self->db, import_id, after, limit);
  g_autoptr (JsonArray) contacts = json_array_new ();
  g_autoptr (JsonArray) numbers = json_array_new ();
  Leaving               leaving = { contacts, numbers };

  /* Who was on the list and stayed as they were, has nothing to get back. */
  if (after < 0 && !sb_db_exec (self->db, error, "UPDATE import_row SET undone = 1 WHERE import_id = ? AND before = '" SB_IMPORT_SAME "'", "i", import_id))
    return FALSE;
  *n_rows = images->len;
  *last = after;
  if (after < 0 && images->len == limit && !gather_words (self, error))
    return FALSE;
  for (guint i = 0; i < images->len; i++)
    {
      const SbImportImage *image = images->pdata[i];

      if (!undo_row (self, import_id, image, &leaving, error))
        return FALSE;
      *last = image->number;
    }
  if (!leave (self, import_id, &leaving, error))
    return FALSE;

  return sb_db_exec (self->db, error, "UPDATE import SET state = ? WHERE id = ?", "ni", images->len > 0 ? (int) SB_IMPORT_UNDOING : (int) SB_IMPORT_UNDONE, import_id) &&
         (images->len > 0 || (sb_import_marks_drop_tag (self, import_id, error) && tell (self, SB_EVENT_CONTACT_CHANGED, 0, 0, import_id, error) && tell (self, SB_EVENT_IMPORT_UNDONE, 0, 0, import_id, error)));
}
