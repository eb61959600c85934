/* What Undo puts back of people, stages and columns. A target with a colon names, after it, what has no id of its own. */
#include "sb-store-private.h"

#include <string.h>

#include "sb-json.h"

typedef struct
{
  const char *name;
  const char *read;
  const char *write; /* from JSON ?1 to the row ?2; NULL: done by hand */
  SbEventKind event;
} Target;

static const Target targets[] = {
  { "contact.details", "SELECT json_object ('language', language, 'country', country, 'zone', time_zone, 'source', source) FROM contact WHERE id = ?",
    "UPDATE contact SET language = json_extract (?1, '$.language'), country = json_extract (?1, '$.country'), time_zone = json_extract (?1, '$.zone'), source = json_extract (?1, '$.source') WHERE id = ?2",
    SB_EVENT_CONTACT_CHANGED },
  { "contact.stage", "SELECT json_object ('stage', stage_id) FROM contact WHERE id = ?",
    "UPDATE contact SET stage_id = json_extract (?1, '$.stage') WHERE id = ?2", SB_EVENT_CONTACT_STAGE },
  { "contact.hidden", "SELECT json_object ('hidden', hidden) FROM contact WHERE id = ?",
    "UPDATE contact SET hidden = json_extract (?1, '$.hidden') WHERE id = ?2", SB_EVENT_CONTACT_CHANGED },
  /* One that was made by hand goes off the lists, and comes back. */
  { "contact.made", "SELECT json_object ('there', 1) FROM contact WHERE id = ? AND removed = 0", "UPDATE contact SET removed = ?1 IS NULL WHERE id = ?2", SB_EVENT_CONTACT_REMOVED },
  { "contact.removed", "SELECT json_object ('removed', removed) FROM contact WHERE id = ?",
    "UPDATE contact SET removed = json_extract (?1, '$.removed') WHERE id = ?2", SB_EVENT_CONTACT_REMOVED },
  { "contact.merged", "SELECT json_object ('into', merged_into, 'removed', removed) FROM contact WHERE id = ?", NULL, SB_EVENT_CONTACT_MERGED },
  { "contact.identities", "SELECT json_group_array (json_array (id, kind, value)) FROM (SELECT id, kind, value FROM identity WHERE contact_id = ? ORDER BY id)", NULL, SB_EVENT_CONTACT_CHANGED },
  { "people.stage", "SELECT json_object ('name', name, 'folded', folded, 'position', position) FROM stage WHERE id = ?",
    "INSERT INTO stage (id, name, folded, position) SELECT ?2, json_extract (?1, '$.name'), json_extract (?1, '$.folded'), json_extract (?1, '$.position') WHERE true "
    "ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded, position = excluded.position",
    SB_EVENT_PEOPLE_SETUP },
  { "people.field", "SELECT json_object ('name', name, 'kind', kind, 'choices', choices, 'position', position) FROM field WHERE id = ?",
    "INSERT INTO field (id, name, kind, choices, position) SELECT ?2, json_extract (?1, '$.name'), json_extract (?1, '$.kind'), json_extract (?1, '$.choices'), json_extract (?1, '$.position') WHERE true "
    "ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, choices = excluded.choices, position = excluded.position",
    SB_EVENT_PEOPLE_SETUP },
};

#define TAG   "contact.tag:"
#define FIELD "contact.field:"
#define APART "contact.apart:"

static const Target *
find_target (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    if (g_str_equal (targets[i].name, name))
      return &targets[i];

  return NULL;
}

static gint64
number_after (const char *target,
              const char *prefix)
{
  return g_ascii_strtoll (target + strlen (prefix), NULL, 10);
}

gboolean
sb_undo_contacts_owns (const char *target)
{
  return g_str_has_prefix (target, TAG) || g_str_has_prefix (target, FIELD) || g_str_has_prefix (target, APART) || find_target (target) != NULL;
}

SbEventKind
sb_undo_contacts_event (const char *target)
{
  if (g_str_has_prefix (target, TAG))
    return SB_EVENT_THREAD_TAGGED;
  if (g_str_has_prefix (target, FIELD) || g_str_has_prefix (target, APART))
    return SB_EVENT_CONTACT_CHANGED;

  return find_target (target)->event;
}

char *
sb_undo_contacts_read (SbWriter   *self,
                       const char *target,
                       gint64      row_id)
{
  if (g_str_has_prefix (target, TAG))
    return sb_db_text (self->db, "SELECT json_object ('on', 1) FROM contact_tag WHERE contact_id = ? AND tag_id = ?", "ii", row_id, number_after (target, TAG));
  if (g_str_has_prefix (target, FIELD))
    return sb_db_text (self->db, "SELECT json_object ('value', value) FROM contact_field WHERE contact_id = ? AND name = ?", "is", row_id, target + strlen (FIELD));
  if (g_str_has_prefix (target, APART))
    return sb_db_text (self->db, "SELECT json_object ('on', 1) FROM contact_apart WHERE one_id = ? AND other_id = ?", "ii", row_id, number_after (target, APART));

  return sb_db_text (self->db, find_target (target)->read, "i", row_id);
}

static gboolean
write_tag (SbWriter   *self,
           gint64      contact_id,
           gint64      tag_id,
           const char *value,
           GError    **error)
{
  if (value == NULL)
    return sb_db_exec (self->db, error, "DELETE FROM contact_tag WHERE contact_id = ? AND tag_id = ?", "ii", contact_id, tag_id);

  return sb_db_exec (self->db, error, "INSERT OR IGNORE INTO contact_tag (contact_id, tag_id) SELECT ?1, id FROM tag WHERE id = ?2", "ii", contact_id, tag_id);
}

static gboolean
write_field (SbWriter   *self,
             gint64      contact_id,
             const char *name,
             const char *value,
             GError    **error)
{
  if (value == NULL)
    return sb_db_exec (self->db, error, "DELETE FROM contact_field WHERE contact_id = ? AND name = ?", "is", contact_id, name);

  return sb_db_exec (self->db, error, "INSERT INTO contact_field (contact_id, name, value) VALUES (?1, ?2, json_extract (?3, '$.value')) ON CONFLICT DO UPDATE SET value = excluded.value", "iss",
                     contact_id, name, value);
}

static gboolean
write_apart (SbWriter   *self,
             gint64      one_id,
             gint64      other_id,
             const char *value,
             GError    **error)
{
  if (value == NULL)
    return sb_db_exec (self->db, error, "DELETE FROM contact_apart WHERE one_id = ? AND other_id = ?", "ii", one_id, other_id);

  return sb_db_exec (self->db, error, "INSERT OR IGNORE INTO contact_apart (one_id, other_id) VALUES (?, ?)", "ii", one_id, other_id);
}

/* Those that are not in the list go; those of it that are missing come back, unless somebody else has them now. */
static gboolean
write_identities (SbWriter   *self,
                  gint64      contact_id,
                  const char *value,
                  GError    **error)
{
  return sb_db_exec (self->db, error, "DELETE FROM identity WHERE contact_id = ?1 AND id NOT IN (SELECT json_extract (j.value, '$[0]') FROM json_each (?2) j)", "is", contact_id, value) &&
         sb_db_exec (self->db, error,
                     "INSERT INTO identity (id, contact_id, kind, value) SELECT json_extract (j.value, '$[0]'), ?1, json_extract (j.value, '$[1]'), json_extract (j.value, '$[2]') "
                     "FROM json_each (?2) j WHERE true ON CONFLICT DO NOTHING",
                     "is", contact_id, value);
}

/* Joined again, or taken apart. */
static gboolean
write_merged (SbWriter   *self,
              gint64      gone_id,
              const char *value,
              GError    **error)
{
  g_autoptr (JsonNode) node = sb_json_parse (value, -1, error);
  gint64               into = sb_json_int (sb_json_root (node), "into", 0);

  if (node == NULL)
    return FALSE;

  return into != 0 ? sb_merge_join (self, into, gone_id, error) : sb_merge_split (self, gone_id, error);
}

/* What stands under a renamed column goes back under its name. */
static gboolean
rename_values (SbWriter   *self,
               gint64      field_id,
               const char *value,
               GError    **error)
{
  return sb_db_exec (self->db, error,
                     "UPDATE OR IGNORE contact_field SET name = json_extract (?1, '$.name') WHERE name = (SELECT name FROM field WHERE id = ?2) AND name != json_extract (?1, '$.name')", "si", value, field_id);
}

gboolean
sb_undo_contacts_write (SbWriter   *self,
                        const char *target,
                        gint64      row_id,
                        const char *value,
                        GError    **error)
{
  if (g_str_has_prefix (target, TAG))
    return write_tag (self, row_id, number_after (target, TAG), value, error);
  if (g_str_has_prefix (target, FIELD))
    return write_field (self, row_id, target + strlen (FIELD), value, error);
  if (g_str_has_prefix (target, APART))
    return write_apart (self, row_id, number_after (target, APART), value, error);
  if (g_str_equal (target, "contact.identities"))
    return write_identities (self, row_id, value, error);
  if (g_str_equal (target, "contact.merged"))
    return write_merged (self, row_id, value, error);
  if (g_str_equal (target, "people.stage") && value == NULL)
    return sb_db_exec (self->db, error, "DELETE FROM stage WHERE id = ?", "i", row_id);
  if (g_str_equal (target, "people.field") && value == NULL)
    return sb_db_exec (self->db, error, "DELETE FROM field WHERE id = ?", "i", row_id);
  if (g_str_equal (target, "people.field") && !rename_values (self, row_id, value, error))
    return FALSE;

  return sb_db_exec (self->db, error, find_target (target)->write, "si", value, row_id);
}
