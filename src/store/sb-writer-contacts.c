/* The shop's people, as a person changes them. */
#include "sb-writer-contacts.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "sb-country.h"
#include "sb-json.h"
#include "sb-phone.h"
#include "sb-reader-contacts.h"
#include "sb-store-private.h"
#include "sb-writer-refusals.h"

#define FIELD_NAME_LETTERS 80

static gboolean
refuse (GError    **error,
        const char *sentence)
{
  g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, sentence);

  return FALSE;
}

/* An event about a contact, told to its conversation, too. Takes @data over. */
gboolean
sb_contacts_event (SbWriter   *self,
                   SbEventKind kind,
                   gint64      contact_id,
                   char       *data,
                   GError    **error)
{
  g_autofree char *owned = data;
  SbEvent          event = { .kind = kind, .contact_id = contact_id, .actor = self->actor, .staff_id = self->staff_id, .data = owned };

  event.thread_id = contact_id != 0 ? sb_db_int (self->db, 0, "SELECT id FROM thread WHERE contact_id = ?", "i", contact_id) : 0;

  return sb_writer_append_event (self, &event, error);
}

static gboolean
touched (SbWriter *self,
         gint64    contact_id,
         GError  **error)
{
  return sb_db_exec (self->db, error, "UPDATE contact SET updated_at = ? WHERE id = ?", "ii", sb_writer_now (self), contact_id);
}

static gboolean
is_there (SbWriter *self,
          gint64    contact_id,
          GError  **error)
{
  return sb_db_int (self->db, 0, "SELECT 1 FROM contact WHERE id = ? AND removed = 0", "i", contact_id) != 0 || refuse (error, _("This customer is not in the shop any more."));
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || text[0] == '\0';
}

/* -- identities -- */

static gint64
owner_of (SbWriter      *self,
          SbIdentityKind kind,
          const char    *value)
{
  if (kind == SB_IDENTITY_PHONE || kind == SB_IDENTITY_WA_ID)
    return sb_reader_find_number (self->reader, value);

  return sb_db_int (self->db, 0, "SELECT contact_id FROM identity WHERE kind = ? AND value = ?", "ns", (int) kind, value);
}

static gboolean
is_own_line (SbWriter   *self,
             const char *digits)
{
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (self->reader);
  g_auto (GStrv)        variants = sb_phone_variants (digits);

  for (guint i = 0; i < lines->len; i++)
    {
      const SbLine    *line = lines->pdata[i];
      g_autofree char *own = line->display_number != NULL ? sb_phone_normalize (line->display_number, NULL) : NULL;

      if (own != NULL && g_strv_contains ((const char *const *) variants, own))
        return TRUE;
    }

  return FALSE;
}

/* Taken by somebody who is there: their name is in the sentence. */
static gboolean
refuse_taken (SbWriter *self,
              gint64    owner_id,
              GError  **error)
{
  g_autoptr (SbPerson) owner = sb_reader_get_person (self->reader, owner_id);

  /* Translators: name of a customer */
  g_set_error (error, SB_ERROR, SB_ERROR_INVALID, _("This already belongs to %s."), owner != NULL ? owner->name : "?");

  return FALSE;
}

gboolean
sb_writer_add_contact_identity (SbWriter      *self,
                                gint64         contact_id,
                                SbIdentityKind kind,
                                const char    *value,
                                GError       **error)
{
  gint64 owner = owner_of (self, kind, value);

  if (!is_there (self, contact_id, error))
    return FALSE;
  if (owner == contact_id)
    return TRUE;
  if (owner != 0 && sb_db_int (self->db, 0, "SELECT removed FROM contact WHERE id = ?", "i", owner) == 0)
    return refuse_taken (self, owner, error);
  if (kind == SB_IDENTITY_PHONE && is_own_line (self, value))
    return refuse (error, _("This is a number of your own shop."));
  /* Of somebody who was removed: it goes over. */
  if (owner != 0 && (!sb_undo_keep (self, "contact.identities", owner, error) ||
                     !sb_db_exec (self->db, error, "DELETE FROM identity WHERE contact_id = ? AND kind = ? AND value = ?", "ins", owner, (int) kind, value)))
    return FALSE;

  return sb_undo_keep (self, "contact.identities", contact_id, error) &&
         sb_db_exec (self->db, error, "INSERT INTO identity (id, contact_id, kind, value) VALUES (?, ?, ?, ?) ON CONFLICT (kind, value) DO NOTHING", "iins", sb_writer_new_id (self), contact_id, (int) kind, value) &&
         sb_writer_meet_stranger (self, contact_id, value, error) && touched (self, contact_id, error) && sb_contacts_event (self, SB_EVENT_CONTACT_CHANGED, contact_id, g_strdup ("{\"what\":\"identity\"}"), error);
}

gboolean
sb_writer_remove_contact_identity (SbWriter *self,
                                   gint64    contact_id,
                                   gint64    identity_id,
                                   GError  **error)
{
  return sb_undo_keep (self, "contact.identities", contact_id, error) &&
         sb_db_exec (self->db, error, "DELETE FROM identity WHERE id = ? AND contact_id = ?", "ii", identity_id, contact_id) && touched (self, contact_id, error) &&
         sb_contacts_event (self, SB_EVENT_CONTACT_CHANGED, contact_id, g_strdup ("{\"what\":\"identity\"}"), error);
}

/* -- by hand -- */

static gboolean
set_removed (SbWriter *self,
             gint64    contact_id,
             gboolean  removed,
             GError  **error)
{
  return sb_undo_keep (self, "contact.removed", contact_id, error) &&
         sb_db_exec (self->db, error, "UPDATE contact SET removed = ?, updated_at = ? WHERE id = ?", "nii", removed ? 1 : 0, sb_writer_now (self), contact_id) &&
         sb_contacts_event (self, SB_EVENT_CONTACT_REMOVED, contact_id, removed ? NULL : g_strdup ("{\"back\":true}"), error);
}

static gint64
insert_contact (SbWriter   *self,
                const char *digits,
                GError    **error)
{
  gint64           id = sb_writer_new_id (self);
  g_autofree char *country = digits != NULL ? sb_phone_country (digits) : NULL;
  SbEvent          event = { .kind = SB_EVENT_CONTACT_ADDED, .contact_id = id, .actor = self->actor, .staff_id = self->staff_id, .data = (char *) "{\"by\":\"hand\"}" };

  return sb_undo_keep (self, "contact.made", id, error) &&
                 sb_db_exec (self->db, error, "INSERT INTO contact (id, country, source, updated_at) VALUES (?, ?, 'hand', ?)", "isi", id, country, sb_writer_now (self)) &&
                 sb_writer_append_event (self, &event, error)
             ? id
             : 0;
}

gint64
sb_writer_create_contact (SbWriter   *self,
                          const char *name,
                          const char *digits,
                          const char *username,
                          GError    **error)
{
  gint64   id = digits != NULL ? owner_of (self, SB_IDENTITY_PHONE, digits) : username != NULL ? owner_of (self, SB_IDENTITY_USERNAME, username)
                                                                                               : 0;
  gboolean is_back = id != 0 && sb_db_int (self->db, 0, "SELECT removed FROM contact WHERE id = ?", "i", id) == 1;

  if (is_empty (name) && digits == NULL && username == NULL)
    return refuse (error, _("A customer needs a name, a number or a user name."));
  if (id != 0 && !is_back)
    return refuse_taken (self, id, error);
  if (digits != NULL && is_own_line (self, digits))
    return refuse (error, _("This is a number of your own shop."));

  if (is_back ? !set_removed (self, id, FALSE, error) : (id = insert_contact (self, digits, error)) == 0)
    return 0;
  if ((!is_empty (name) && !sb_writer_set_contact_text (self, id, "name", name, error)) ||
      (digits != NULL && !sb_writer_add_contact_identity (self, id, SB_IDENTITY_PHONE, digits, error)) ||
      (username != NULL && !sb_writer_add_contact_identity (self, id, SB_IDENTITY_USERNAME, username, error)))
    return 0;

  return id;
}

/* -- what is known -- */

static const char *const columns[][3] = {
  { "name", "contact.name", "UPDATE contact SET name = ? WHERE id = ?" },
  { "language", "contact.details", "UPDATE contact SET language = ? WHERE id = ?" },
  { "country", "contact.details", "UPDATE contact SET country = ? WHERE id = ?" },
  { "time_zone", "contact.details", "UPDATE contact SET time_zone = ? WHERE id = ?" },
  { "source", "contact.details", "UPDATE contact SET source = ? WHERE id = ?" },
};

static gboolean
is_time_zone (const char *name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);

  return zone != NULL && name[0] != '+' && name[0] != '-';
}

/* "fr", "pt-BR" */
static gboolean
is_language (const char *code)
{
  gsize length = 0;

  while (g_ascii_isalpha (code[length]))
    length++;

  return (length == 2 || length == 3) && (code[length] == '\0' || (strchr ("-_", code[length]) != NULL && strlen (code) <= 12));
}

/* As it is: what two people who become one had is not lost over how it was written. */
gboolean
sb_contacts_put_text (SbWriter   *self,
                      gint64      contact_id,
                      const char *column,
                      const char *kept,
                      GError    **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_str_equal (columns[i][0], column))
      return sb_undo_keep (self, columns[i][1], contact_id, error) && sb_db_exec (self->db, error, columns[i][2], "si", kept, contact_id) && touched (self, contact_id, error) &&
             sb_contacts_event (self, SB_EVENT_CONTACT_CHANGED, contact_id, g_strdup_printf ("{\"what\":\"%s\"}", column), error);

  return refuse (error, _("There is no such detail."));
}

gboolean
sb_writer_set_contact_text (SbWriter   *self,
                            gint64      contact_id,
                            const char *column,
                            const char *value,
                            GError    **error)
{
  const char      *kept = is_empty (value) ? NULL : value;
  g_autofree char *country = NULL;

  if (kept != NULL && g_str_equal (column, "country"))
    {
      country = sb_country_find (kept);
      if (country == NULL)
        return refuse (error, _("There is no such country. Write its two letters, like GB."));
      kept = country;
    }
  if (kept != NULL && g_str_equal (column, "language") && !is_language (kept))
    return refuse (error, _("There is no such language. Write its letters, like en or pt-BR."));
  if (kept != NULL && g_str_equal (column, "time_zone") && !is_time_zone (kept))
    return refuse (error, _("There is no such time zone. Write it like Europe/London."));

  return is_there (self, contact_id, error) && sb_contacts_put_text (self, contact_id, column, kept, error);
}

static char *
field_data (const char *name)
{
  g_autoptr (JsonObject) data = sb_json_make ("s:what", "field", "s:field", name, NULL);

  return sb_json_text (data);
}

/* As it is: what two people who become one had before a field got its kind is not lost over it. */
gboolean
sb_contacts_put_field (SbWriter   *self,
                       gint64      contact_id,
                       const char *name,
                       const char *kept,
                       GError    **error)
{
  g_autofree char *target = g_strconcat ("contact.field:", name, NULL);
  gboolean         done;

  if (!sb_undo_keep (self, target, contact_id, error))
    return FALSE;
  if (is_empty (kept))
    done = sb_db_exec (self->db, error, "DELETE FROM contact_field WHERE contact_id = ? AND name = ?", "is", contact_id, name);
  else
    done = sb_db_exec (self->db, error, "INSERT INTO contact_field (contact_id, name, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", "iss", contact_id, name, kept);

  return done && touched (self, contact_id, error) && sb_contacts_event (self, SB_EVENT_CONTACT_CHANGED, contact_id, field_data (name), error);
}

/* "--04-15": a birthday of no year. */
static gboolean
is_yearless (const char *text)
{
  guint month, day;
  int   n = 0;

  return sscanf (text, "--%2u-%2u%n", &month, &day, &n) == 2 && text[n] == '\0' && month >= 1 && month <= 12 && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, 2000);
}

/* As a field keeps it; NULL with the sentence. A birthday is a day, though nobody made a field of it. */
static char *
check_value (SbWriter   *self,
             const char *name,
             const char *value,
             char      **sentence)
{
  g_autoptr (SbField) field = sb_reader_find_field (self->reader, name);

  if (field == NULL && !g_str_equal (name, "birthday"))
    return g_strdup (value);
  if (field == NULL)
    {
      field = sb_field_new ();
      field->kind = SB_FIELD_DATE;
      if (is_yearless (value))
        return g_strdup (value);
    }

  return sb_field_check (field, value, sentence);
}

gboolean
sb_writer_set_contact_field (SbWriter   *self,
                             gint64      contact_id,
                             const char *name,
                             const char *value,
                             GError    **error)
{
  g_autofree char *sentence = NULL;
  g_autofree char *kept = NULL;

  if (is_empty (name))
    return refuse (error, _("A field needs a name."));
  if (g_utf8_strlen (name, -1) > FIELD_NAME_LETTERS)
    return refuse (error, _("This name is too long."));
  if (!is_there (self, contact_id, error))
    return FALSE;
  if (!is_empty (value) && (kept = check_value (self, name, value, &sentence)) == NULL)
    return refuse (error, sentence);

  return sb_contacts_put_field (self, contact_id, name, kept, error);
}

gboolean
sb_writer_tag_contact (SbWriter *self,
                       gint64    contact_id,
                       gint64    tag_id,
                       gboolean  on,
                       GError  **error)
{
  g_autofree char *target = g_strdup_printf ("contact.tag:%" G_GINT64_FORMAT, tag_id);

  if (!is_there (self, contact_id, error) || !sb_undo_keep (self, target, contact_id, error))
    return FALSE;

  return (on ? sb_db_exec (self->db, error, "INSERT OR IGNORE INTO contact_tag (contact_id, tag_id) VALUES (?, ?)", "ii", contact_id, tag_id)
             : sb_db_exec (self->db, error, "DELETE FROM contact_tag WHERE contact_id = ? AND tag_id = ?", "ii", contact_id, tag_id)) &&
         sb_contacts_event (self, SB_EVENT_THREAD_TAGGED, contact_id, NULL, error);
}

gboolean
sb_writer_set_contact_stage (SbWriter *self,
                             gint64    contact_id,
                             gint64    stage_id,
                             GError  **error)
{
  g_autofree char *name = stage_id != 0 ? sb_db_text (self->db, "SELECT name FROM stage WHERE id = ?", "i", stage_id) : NULL;
  JsonObject      *data = sb_json_make ("s:stage", name, NULL);
  g_autofree char *text = sb_json_text (data);

  json_object_unref (data);
  if (stage_id != 0 && name == NULL)
    return refuse (error, _("There is no such stage any more."));
  if (!is_there (self, contact_id, error))
    return FALSE;

  return sb_undo_keep (self, "contact.stage", contact_id, error) &&
         sb_db_exec (self->db, error, "UPDATE contact SET stage_id = ?, updated_at = ? WHERE id = ?", "iii", stage_id, sb_writer_now (self), contact_id) &&
         sb_contacts_event (self, SB_EVENT_CONTACT_STAGE, contact_id, g_steal_pointer (&text), error);
}

/* -- blocked, hidden, removed -- */

/* A shop that blocked its own number would wonder for long why nothing comes through. */
gboolean
sb_contacts_may_block (SbWriter *self,
                       gint64    contact_id,
                       GError  **error)
{
  g_autoptr (GPtrArray) identities = sb_reader_list_identities (self->reader, contact_id);

  for (guint i = 0; i < identities->len; i++)
    {
      const SbIdentity *identity = identities->pdata[i];

      if ((identity->kind == SB_IDENTITY_PHONE || identity->kind == SB_IDENTITY_WA_ID) && is_own_line (self, identity->value))
        return refuse (error, _("This is a number of your own shop. It cannot be blocked."));
    }

  return TRUE;
}

/* Settled and read, whatever it says. */
static gboolean
put_away (SbWriter *self,
          gint64    thread_id,
          GError  **error)
{
  return thread_id == 0 || (sb_writer_set_thread_status (self, thread_id, SB_THREAD_CLOSED, 0, error) && sb_writer_mark_read (self, thread_id, 0, error));
}

gboolean
sb_writer_block_contact (SbWriter *self,
                         gint64    contact_id,
                         gboolean  blocked,
                         gboolean  hide,
                         GError  **error)
{
  if (!is_there (self, contact_id, error) || !sb_writer_set_blocked (self, contact_id, blocked, error))
    return FALSE;
  if (!sb_undo_keep (self, "contact.hidden", contact_id, error) ||
      !sb_db_exec (self->db, error, "UPDATE contact SET hidden = ? WHERE id = ?", "ni", blocked && hide ? 1 : 0, contact_id))
    return FALSE;

  return !(blocked && hide) || put_away (self, sb_reader_get_contact_thread (self->reader, contact_id), error);
}

static gboolean
cancel_waiting (SbWriter *self,
                gint64    thread_id,
                GError  **error)
{
  g_autoptr (GArray) messages = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt      *s = sb_db_query (self->db, error, "SELECT message_id FROM outbox WHERE thread_id = ? AND state = 2 ORDER BY id", "i", thread_id);

  while (sb_db_step (self->db, s, error))
    {
      gint64 id = sqlite3_column_int64 (s, 0);

      g_array_append_val (messages, id);
    }
  for (guint i = 0; i < messages->len; i++)
    if (!sb_writer_cancel (self, g_array_index (messages, gint64, i), error))
      return FALSE;

  return TRUE;
}

gboolean
sb_writer_remove_contact (SbWriter *self,
                          gint64    contact_id,
                          GError  **error)
{
  gint64 thread_id = sb_reader_get_contact_thread (self->reader, contact_id);

  return is_there (self, contact_id, error) && (thread_id == 0 || cancel_waiting (self, thread_id, error)) && put_away (self, thread_id, error) && set_removed (self, contact_id, TRUE, error);
}

/* A message of this conversation was stored: who was removed is back; what a hidden one writes is put away. */
gboolean
sb_contacts_heard (SbWriter        *self,
                   const SbMessage *message,
                   GError         **error)
{
  sqlite3_stmt *s;
  gint64        contact_id = 0;
  gboolean      removed, hidden;

  if (message->direction != SB_DIRECTION_IN && message->direction != SB_DIRECTION_OUT)
    return TRUE;
  s = sb_db_query (self->db, error, "SELECT c.id, c.removed, c.hidden FROM thread t JOIN contact c ON c.id = t.contact_id WHERE t.id = ? AND c.merged_into = 0 AND (c.removed = 1 OR c.hidden = 1)", "i", message->thread_id);
  if (sb_db_step (self->db, s, error))
    contact_id = sqlite3_column_int64 (s, 0);
  if (contact_id == 0)
    return TRUE;

  removed = sqlite3_column_int (s, 1) != 0;
  hidden = sqlite3_column_int (s, 2) != 0;
  sb_db_done (s);
  if (removed && (!sb_db_exec (self->db, error, "UPDATE contact SET removed = 0 WHERE id = ?", "i", contact_id) ||
                  !sb_contacts_event (self, SB_EVENT_CONTACT_REMOVED, contact_id, g_strdup ("{\"back\":true}"), error)))
    return FALSE;

  return !hidden || sb_db_exec (self->db, error, "UPDATE thread SET status = 3, snooze_until = 0, read_at = max (read_at, last_at), unread = 0, unanswered = 0, unanswered_since = 0 WHERE id = ?", "i", message->thread_id);
}
