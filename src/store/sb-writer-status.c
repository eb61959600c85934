/* Statuses: facts are appended, the message's status is their join on the lattice. */
#include "sb-store-private.h"

#include <stdlib.h>
#include <string.h>

#include "sb-json.h"
#include "sb-status.h"

/*
 * Sets what the message and its outbox row say, whatever it was; the callers decide that it may. The thread's row follows
 * when the message is its newest.
 */
gboolean
sb_message_set_status (SbWriter   *self,
                       gint64      message_id,
                       SbStatus    status,
                       int         error_code,
                       const char *error_text,
                       GError    **error)
{
  gint64           now = sb_writer_now (self);
  gint64           thread_id = sb_db_int (self->db, 0, "SELECT thread_id FROM message WHERE id = ?", "i", message_id);
  g_autofree char *data = g_strdup_printf ("{\"status\":\"%s\",\"code\":%d}", sb_status_to_name (status), error_code);

  return sb_db_exec (self->db, error, "UPDATE message SET status = ?, status_at = ?, error_code = ?, error_text = ? WHERE id = ?", "ninsi", (int) status, now,
                     error_code, error_text, message_id) &&
         sb_db_exec (self->db, error, "UPDATE outbox SET state = ?, settled = 0 WHERE message_id = ? AND state != ?", "nin", (int) status, message_id, (int) status) &&
         sb_db_exec (self->db, error, "UPDATE thread SET last_status = ? WHERE id = ? AND last_message_id = ?", "nii", (int) status, thread_id, message_id) &&
         sb_writer_event (self, SB_EVENT_MESSAGE_STATUS, thread_id, message_id, g_steal_pointer (&data), error);
}

static gboolean
keep_fact (SbWriter            *self,
           gint64               message_id,
           const SbStatusEvent *fact,
           gboolean            *is_new,
           GError             **error)
{
  if (!sb_db_exec (self->db, error, "INSERT INTO status_fact (message_id, status, at, error_code, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", "inins",
                   message_id, (int) fact->status, fact->at, fact->error_code, fact->pricing))
    return FALSE;

  *is_new = sb_db_changes (self->db) > 0;

  return TRUE;
}

static char *
error_words (const SbStatusEvent *fact)
{
  if (fact->error_details != NULL && fact->error_details[0] != '\0')
    return g_strdup (fact->error_details);

  return g_strdup (fact->error_title);
}

static gboolean
apply_to_message (SbWriter            *self,
                  gint64               message_id,
                  const SbStatusEvent *fact,
                  GError             **error)
{
  gboolean         is_new = FALSE;
  SbStatus         now, merged;
  g_autofree char *words = error_words (fact);

  if (!keep_fact (self, message_id, fact, &is_new, error))
    return FALSE;
  if (!is_new)
    return TRUE;

  now = sb_db_int (self->db, SB_STATUS_NONE, "SELECT status FROM message WHERE id = ?", "i", message_id);
  merged = sb_status_merge (now, fact->status);
  if (merged == now)
    {
      /* The time of an earlier step arrived late: shown in the tooltip. */
      gint64 thread_id = sb_db_int (self->db, 0, "SELECT thread_id FROM message WHERE id = ?", "i", message_id);

      return sb_writer_event (self, SB_EVENT_MESSAGE_CHANGED, thread_id, message_id, g_strdup ("{\"what\":\"fact\"}"), error);
    }

  return sb_message_set_status (self, message_id, merged, merged == SB_STATUS_FAILED ? fact->error_code : 0, merged == SB_STATUS_FAILED ? words : NULL, error);
}

/* The fact's tag names an outbox row of ours whose answer was lost: the id belongs to that message, and it did go out. */
static gint64
bind_by_tag (SbWriter            *self,
             const SbStatusEvent *fact,
             GError             **error)
{
  gint64 outbox_id, message_id;

  if (fact->tag == NULL || !g_str_has_prefix (fact->tag, "outbox:"))
    return 0;

  outbox_id = g_ascii_strtoll (fact->tag + strlen ("outbox:"), NULL, 10);
  message_id = sb_db_int (self->db, 0, "SELECT message_id FROM outbox WHERE id = ?", "i", outbox_id);
  if (message_id == 0 || sb_db_int (self->db, 1, "SELECT wamid IS NOT NULL FROM message WHERE id = ?", "i", message_id) != 0)
    return 0;

  if (!sb_db_exec (self->db, error, "UPDATE message SET wamid = ?, wamid_hash = ? WHERE id = ?", "sii", fact->wamid, sb_wamid_hash (fact->wamid), message_id) ||
      !sb_db_exec (self->db, error, "UPDATE outbox SET error = NULL, error_code = 0, evidence = NULL WHERE id = ?", "i", outbox_id) ||
      !sb_message_set_status (self, message_id, SB_STATUS_ACCEPTED, 0, NULL, error) ||
      !sb_message_apply_orphans (self, message_id, fact->wamid, error))
    return 0;

  return message_id;
}

gboolean
sb_writer_apply_status (SbWriter            *self,
                        const SbStatusEvent *fact,
                        GError             **error)
{
  g_autoptr (GError) failure = NULL;
  gint64             message_id = sb_writer_find_wamid (self, fact->wamid);
  g_autofree char   *words = error_words (fact);

  if (message_id == 0)
    message_id = bind_by_tag (self, fact, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (message_id != 0)
    return apply_to_message (self, message_id, fact, error);

  return sb_db_exec (self->db, error, "INSERT INTO status_orphan (wamid, status, at, error_code, error_text, data) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                     "sninss", fact->wamid, (int) fact->status, fact->at, fact->error_code, words, fact->pricing);
}

typedef struct
{
  SbStatus status;
  gint64   at;
  int      code;
  char    *words;
  char    *data;
} Orphan;

static void
orphan_clear (gpointer data)
{
  Orphan *orphan = data;

  g_free (orphan->words);
  g_free (orphan->data);
}

/* Facts that came before their message did. */
gboolean
sb_message_apply_orphans (SbWriter   *self,
                          gint64      message_id,
                          const char *wamid,
                          GError    **error)
{
  g_autoptr (GArray) orphans = g_array_new (FALSE, TRUE, sizeof (Orphan));
  sqlite3_stmt      *statement = sb_db_query (self->db, error, "SELECT status, at, error_code, error_text, data FROM status_orphan WHERE wamid = ? ORDER BY status", "s", wamid);

  g_array_set_clear_func (orphans, orphan_clear);
  while (sb_db_step (self->db, statement, error))
    {
      Orphan orphan = { sqlite3_column_int (statement, 0), sqlite3_column_int64 (statement, 1), sqlite3_column_int (statement, 2),
                        sb_db_dup_column (statement, 3), sb_db_dup_column (statement, 4) };

      g_array_append_val (orphans, orphan);
    }

  for (guint i = 0; i < orphans->len; i++)
    {
      const Orphan *orphan = &g_array_index (orphans, Orphan, i);
      SbStatusEvent fact = { .wamid = wamid, .status = orphan->status, .at = orphan->at, .error_code = orphan->code, .error_title = orphan->words, .pricing = orphan->data };

      if (!apply_to_message (self, message_id, &fact, error))
        return FALSE;
    }

  return orphans->len == 0 || sb_db_exec (self->db, error, "DELETE FROM status_orphan WHERE wamid = ?", "s", wamid);
}
