#include "sb-import-image.h"

#include "sb-store-private.h"

/*
 * All that an import may change, and what shows that a person looked at somebody: the block, stage, tags and consent. The
 * pluses keep SQLite from walking the index of all numbers.
 */
#define SNAPSHOT                                                                                                                                                    \
  "SELECT json_object ('name', name, 'language', language, 'country', country, 'blocked', blocked, "                                                                \
  "'numbers', (SELECT json_group_array (value) FROM (SELECT value FROM identity WHERE contact_id = ?1 AND +kind = 1 ORDER BY +value)), "                            \
  "'fields', (SELECT json_group_object (name, value) FROM (SELECT name, value FROM contact_field WHERE contact_id = ?1 ORDER BY name)), "                           \
  "'stage', stage_id, 'consent', consent, 'tags', (SELECT json_group_array (tag_id) FROM (SELECT tag_id FROM contact_tag WHERE contact_id = ?1 ORDER BY tag_id))) " \
  "FROM contact WHERE id = ?1"

void
sb_import_image_free (SbImportImage *self)
{
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

char *
sb_import_snapshot (SbDb  *db,
                    gint64 contact_id)
{
  return sb_db_text (db, SNAPSHOT, "i", contact_id);
}

GPtrArray *
sb_import_image_list (SbDb  *db,
                      gint64 import_id,
                      gint64 after,
                      guint  limit)
{
  GPtrArray    *images = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_import_image_free);
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT number, contact_id, before, after FROM import_row WHERE import_id = ? AND number > ? AND undone != 1 AND before IS NOT '" SB_IMPORT_SAME "' "
                                           "ORDER BY number LIMIT ?",
                                 "iin", import_id, after, (int) limit);

  while (sb_db_step (db, s, NULL))
    {
      SbImportImage *image = g_new0 (SbImportImage, 1);

      image->number = sqlite3_column_int64 (s, 0);
      image->contact_id = sqlite3_column_int64 (s, 1);
      image->before = sb_db_dup_column (s, 2);
      image->after = sb_db_dup_column (s, 3);
      g_ptr_array_add (images, image);
    }

  return images;
}

static gboolean
is_equal (JsonObject *after,
          JsonObject *now,
          const char *member)
{
  JsonNode *one = json_object_get_member (after, member);
  JsonNode *other = json_object_get_member (now, member);

  return one != NULL && other != NULL && json_node_equal (one, other);
}

/* The first of the contact's own fields that differs. */
static char *
changed_field (JsonObject *after,
               JsonObject *now)
{
  g_autoptr (GList) ours = after != NULL ? json_object_get_members (after) : NULL;
  g_autoptr (GList) theirs = now != NULL ? json_object_get_members (now) : NULL;

  for (GList *name = ours; name != NULL; name = name->next)
    if (g_strcmp0 (sb_json_string (after, name->data), sb_json_string (now, name->data)) != 0)
      return g_strdup (name->data);
  for (GList *name = theirs; name != NULL; name = name->next)
    if (after == NULL || !json_object_has_member (after, name->data))
      return g_strdup (name->data);

  return NULL;
}

/* (nullable): what was changed since the row was written. An image of an older Shopbell says less; it is asked only what it says. */
static char *
changed_since (JsonObject *after,
               JsonObject *now)
{
  g_autoptr (GList) members = json_object_get_members (after);

  for (GList *member = members; member != NULL; member = member->next)
    if (!is_equal (after, now, member->data))
      return g_str_equal (member->data, "fields") ? changed_field (sb_json_object (after, "fields"), sb_json_object (now, "fields")) : g_strdup (member->data);

  return NULL;
}

/* Of somebody who was there before: what the row brought and somebody changed since. What it did not bring is not its matter. */
static char *
changed_of_ours (JsonObject *before,
                 JsonObject *after,
                 JsonObject *now)
{
  static const char *const columns[] = { "name", "language", "country", "stage" };
  JsonObject              *fields = sb_json_object (after, "fields");
  g_autoptr (GList)        names = fields != NULL ? json_object_get_members (fields) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (!is_equal (before, after, columns[i]) && !is_equal (after, now, columns[i]))
      return g_strdup (columns[i]);
  for (GList *name = names; name != NULL; name = name->next)
    {
      const char *brought = sb_json_string (fields, name->data);

      if (g_strcmp0 (sb_json_string (sb_json_object (before, "fields"), name->data), brought) != 0 &&
          g_strcmp0 (sb_json_string (sb_json_object (now, "fields"), name->data), brought) != 0)
        return g_strdup (name->data);
    }

  return NULL;
}

SbStays
sb_import_image_stays (SbDb                *db,
                       const SbImportImage *self,
                       const char          *now_text,
                       char               **field)
{
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;
  g_autoptr (JsonNode) now = NULL;
  g_autofree char     *changed = NULL;

  if (self->before == NULL && sb_db_int (db, 0, "SELECT 1 FROM thread WHERE contact_id = ?", "i", self->contact_id) != 0)
    return SB_STAYS_MESSAGES;
  if (g_strcmp0 (now_text, self->after) == 0)
    return SB_STAYS_NOT;
  before = self->before != NULL ? sb_json_parse (self->before, -1, NULL) : NULL;
  after = sb_json_parse (self->after, -1, NULL);
  now = sb_json_parse (now_text, -1, NULL);
  if (sb_json_root (after) == NULL || sb_json_root (now) == NULL)
    return SB_STAYS_EDITED;
  if (self->before == NULL)
    changed = changed_since (sb_json_root (after), sb_json_root (now));
  else if (sb_json_root (before) != NULL)
    changed = changed_of_ours (sb_json_root (before), sb_json_root (after), sb_json_root (now));
  if (changed == NULL)
    return SB_STAYS_NOT;
  if (field != NULL)
    *field = g_steal_pointer (&changed);

  return SB_STAYS_EDITED;
}
