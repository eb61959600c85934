/* Who writes: a contact and all the identities it is known by. */
#include "sb-store-private.h"

#include "sb-json.h"
#include "sb-phone.h"
#include "sb-writer-refusals.h"

static gint64
find_identity (SbWriter      *self,
               SbIdentityKind kind,
               const char    *value)
{
  return sb_db_int (self->db, 0, "SELECT contact_id FROM identity WHERE kind = ? AND value = ?", "ns", (int) kind, value);
}

/* A number meets a contact under any of its variants, as a phone number or as a WhatsApp id. */
static gint64
find_number (SbWriter   *self,
             const char *digits)
{
  g_auto (GStrv) variants = sb_phone_variants (digits);

  for (char **variant = variants; *variant != NULL; variant++)
    {
      gint64 id = find_identity (self, SB_IDENTITY_WA_ID, *variant);

      if (id == 0)
        id = find_identity (self, SB_IDENTITY_PHONE, *variant);
      if (id != 0)
        return id;
    }

  return 0;
}

static gint64
find_anyhow (SbWriter    *self,
             const SbWho *who)
{
  gint64 id = who->bsuid != NULL ? find_identity (self, SB_IDENTITY_BSUID, who->bsuid) : 0;

  if (id == 0 && who->wa_id != NULL)
    id = find_number (self, who->wa_id);
  if (id == 0 && who->phone != NULL)
    id = find_number (self, who->phone);
  if (id == 0 && who->parent_bsuid != NULL)
    id = find_identity (self, SB_IDENTITY_PARENT_BSUID, who->parent_bsuid);
  /* A user name may change hands: it finds somebody only when nothing firmer was told. */
  if (id == 0 && who->username != NULL && who->bsuid == NULL && who->wa_id == NULL && who->phone == NULL)
    id = find_identity (self, SB_IDENTITY_USERNAME, who->username);

  return id;
}

static gboolean
add_identity (SbWriter      *self,
              gint64         contact_id,
              SbIdentityKind kind,
              const char    *value,
              GError       **error)
{
  if (value == NULL || value[0] == '\0')
    return TRUE;

  return sb_db_exec (self->db, error, "INSERT INTO identity (id, contact_id, kind, value) VALUES (?, ?, ?, ?) ON CONFLICT (kind, value) DO NOTHING",
                     "iins", sb_writer_new_id (self), contact_id, (int) kind, value) &&
         sb_writer_meet_stranger (self, contact_id, value, error);
}

/* A user name belongs to whoever wears it now. */
static gboolean
set_username (SbWriter   *self,
              gint64      contact_id,
              const char *username,
              GError    **error)
{
  if (username == NULL || find_identity (self, SB_IDENTITY_USERNAME, username) == contact_id)
    return TRUE;

  return sb_db_exec (self->db, error, "DELETE FROM identity WHERE kind = ? AND (value = ? OR contact_id = ?)", "nsi", (int) SB_IDENTITY_USERNAME, username, contact_id) &&
         add_identity (self, contact_id, SB_IDENTITY_USERNAME, username, error);
}

static gint64
make_contact (SbWriter    *self,
              const SbWho *who,
              GError     **error)
{
  gint64           id = sb_writer_new_id (self);
  g_autofree char *country = who->country != NULL ? g_strdup (who->country) : who->wa_id != NULL ? sb_phone_country (who->wa_id)
                                                                                                 : NULL;
  SbEvent          event = { .kind = SB_EVENT_CONTACT_ADDED, .contact_id = id, .actor = self->actor, .staff_id = self->staff_id };

  if (!sb_db_exec (self->db, error, "INSERT INTO contact (id, profile_name, profile_at, country, source, updated_at) VALUES (?, ?, ?, ?, 'inbound', ?)", "isisi", id, who->profile_name, who->profile_name != NULL ? who->at : 0, country, sb_writer_now (self)) ||
      !sb_writer_append_event (self, &event, error))
    return 0;

  return id;
}

/* The newest name wins, whenever it comes; of two names of one second always the same. */
static gboolean
set_profile_name (SbWriter   *self,
                  gint64      contact_id,
                  const char *name,
                  gint64      at,
                  GError    **error)
{
  SbEvent event = { .kind = SB_EVENT_CONTACT_CHANGED, .contact_id = contact_id, .actor = self->actor };

  if (name == NULL || name[0] == '\0')
    return TRUE;
  if (!sb_db_exec (self->db, error, "UPDATE contact SET profile_at = ?1 WHERE id = ?2 AND profile_name = ?3 AND profile_at < ?1", "iis", at, contact_id, name) ||
      !sb_db_exec (self->db, error,
                   "UPDATE contact SET profile_name = ?1, profile_at = ?2, updated_at = ?3 WHERE id = ?4 AND profile_name IS NOT ?1 "
                   "AND (profile_name IS NULL OR profile_at < ?2 OR (profile_at = ?2 AND profile_name < ?1))",
                   "siii", name, at, sb_writer_now (self), contact_id))
    return FALSE;
  if (sb_db_changes (self->db) == 0)
    return TRUE;

  event.thread_id = sb_db_int (self->db, 0, "SELECT id FROM thread WHERE contact_id = ?", "i", contact_id);

  return sb_writer_append_event (self, &event, error);
}

/* Without the blanks around it; (nullable): of a name of blanks and fillers nothing can be seen. */
static char *
visible_name (const char *name)
{
  g_autofree char *stripped = g_utf8_make_valid (name != NULL ? name : "", -1);

  g_strstrip (stripped);
  for (const char *p = stripped; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      /* Hangul and Braille have letters without a picture. */
      if (g_unichar_isgraph (c) && c != 0x115F && c != 0x1160 && c != 0x3164 && c != 0xFFA0 && c != 0x2800)
        return g_steal_pointer (&stripped);
    }

  return NULL;
}

gint64
sb_writer_find_contact (SbWriter    *self,
                        const SbWho *given,
                        gboolean     create,
                        GError     **error)
{
  g_autofree char *name = visible_name (given->profile_name);
  SbWho            named = *given;
  const SbWho     *who = &named;
  gint64           id = find_anyhow (self, given);
  gboolean         is_new = id == 0;

  named.profile_name = name;
  if (is_new && !create)
    return 0;
  if (is_new)
    id = make_contact (self, who, error);
  if (id == 0)
    return 0;

  if (!add_identity (self, id, SB_IDENTITY_WA_ID, who->wa_id, error) || !add_identity (self, id, SB_IDENTITY_PHONE, who->phone, error) ||
      !add_identity (self, id, SB_IDENTITY_BSUID, who->bsuid, error) || !add_identity (self, id, SB_IDENTITY_PARENT_BSUID, who->parent_bsuid, error) ||
      !set_username (self, id, who->username, error) || (!is_new && !set_profile_name (self, id, who->profile_name, who->at, error)))
    return 0;

  return id;
}

gint64
sb_writer_ensure_thread (SbWriter *self,
                         gint64    contact_id,
                         gint64    line_id,
                         GError  **error)
{
  gint64 id = sb_db_int (self->db, 0, "SELECT id FROM thread WHERE contact_id = ?", "i", contact_id);

  if (id != 0)
    return id;

  id = sb_writer_new_id (self);
  if (line_id != 0)
    return sb_db_exec (self->db, error, "INSERT INTO thread (id, contact_id, line_id, last_at) VALUES (?, ?, ?, ?)", "iiii", id, contact_id, line_id, sb_writer_now (self)) ? id : 0;

  return sb_db_exec (self->db, error, "INSERT INTO thread (id, contact_id, last_at) VALUES (?, ?, ?)", "iii", id, contact_id, sb_writer_now (self)) ? id : 0;
}

static gboolean
contact_event (SbWriter *self,
               gint64    contact_id,
               GError  **error)
{
  SbEvent event = { .kind = SB_EVENT_CONTACT_CHANGED, .contact_id = contact_id, .actor = self->actor, .staff_id = self->staff_id };

  event.thread_id = sb_db_int (self->db, 0, "SELECT id FROM thread WHERE contact_id = ?", "i", contact_id);

  return sb_writer_append_event (self, &event, error);
}

gboolean
sb_writer_rename_contact (SbWriter   *self,
                          gint64      contact_id,
                          const char *name,
                          GError    **error)
{
  const char *kept = name != NULL && name[0] != '\0' ? name : NULL;

  return sb_undo_keep (self, "contact.name", contact_id, error) &&
         sb_db_exec (self->db, error, "UPDATE contact SET name = ?, updated_at = ? WHERE id = ?", "sii", kept, sb_writer_now (self), contact_id) &&
         contact_event (self, contact_id, error);
}

gboolean
sb_writer_set_blocked (SbWriter *self,
                       gint64    contact_id,
                       gboolean  blocked,
                       GError  **error)
{
  if (blocked && !sb_contacts_may_block (self, contact_id, error))
    return FALSE;

  return sb_undo_keep (self, "contact.blocked", contact_id, error) &&
         sb_db_exec (self->db, error, "UPDATE contact SET blocked = ?, updated_at = ? WHERE id = ?", "nii", blocked ? 1 : 0, sb_writer_now (self), contact_id) &&
         contact_event (self, contact_id, error);
}

/* A customer changed number or user id: the contact keeps both, the new one from now on. @contact_id is 0 when unknown. */
gboolean
sb_writer_replace_identity (SbWriter      *self,
                            SbIdentityKind kind,
                            const char    *old_value,
                            const char    *new_value,
                            gint64        *contact_id,
                            GError       **error)
{
  gint64 id = old_value != NULL ? find_identity (self, kind, old_value) : 0;

  if (id == 0 && kind == SB_IDENTITY_WA_ID && old_value != NULL)
    id = find_number (self, old_value);
  if (contact_id != NULL)
    *contact_id = id;
  if (id == 0 || new_value == NULL)
    return TRUE;

  return add_identity (self, id, kind, new_value, error) && contact_event (self, id, error);
}

/* (nullable): where to write to, looked up at the moment of sending: the newest WhatsApp id, else a phone number, else a user id. */
char *
sb_writer_get_address (SbWriter *self,
                       gint64    contact_id,
                       gboolean *is_user_id)
{
  static const SbIdentityKind order[] = { SB_IDENTITY_WA_ID, SB_IDENTITY_PHONE, SB_IDENTITY_BSUID, SB_IDENTITY_PARENT_BSUID };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      char *value = sb_db_text (self->db, "SELECT value FROM identity WHERE contact_id = ? AND kind = ? ORDER BY id DESC LIMIT 1", "in", contact_id, (int) order[i]);

      if (value == NULL)
        continue;
      if (is_user_id != NULL)
        *is_user_id = order[i] == SB_IDENTITY_BSUID || order[i] == SB_IDENTITY_PARENT_BSUID;
      return value;
    }

  return NULL;
}
