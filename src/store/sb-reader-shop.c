/* Lines, templates, staff, tags, drafts, the log, and the kept numbers. */
#include "sb-store-private.h"

#include "sb-json.h"
#include "sb-reader-private.h"
#include "sb-reader-reading.h"

#define LINE_COLUMNS                                                                                                                        \
  "SELECT id, kind, state, name, colour, base_url, phone_number_id, waba_id, app_id, display_number, verified_name, inbound, inbound_url, " \
  "inbound_box, state_reason, paused_until, pace, daily_limit, quality, last_in_at, last_poll_at, last_out_at, stale_after FROM line "

static SbLine *
line_from (sqlite3_stmt *s)
{
  SbLine *line = sb_line_new ();

  line->id = sqlite3_column_int64 (s, 0);
  line->kind = sqlite3_column_int (s, 1);
  line->state = sqlite3_column_int (s, 2);
  line->name = sb_db_dup_column (s, 3);
  line->colour = sqlite3_column_int (s, 4);
  line->base_url = sb_db_dup_column (s, 5);
  line->phone_number_id = sb_db_dup_column (s, 6);
  line->waba_id = sb_db_dup_column (s, 7);
  line->app_id = sb_db_dup_column (s, 8);
  line->display_number = sb_db_dup_column (s, 9);
  line->verified_name = sb_db_dup_column (s, 10);
  line->inbound = sqlite3_column_int (s, 11);
  line->inbound_url = sb_db_dup_column (s, 12);
  line->inbound_box = sb_db_dup_column (s, 13);
  line->state_reason = sb_db_dup_column (s, 14);
  line->paused_until = sqlite3_column_int64 (s, 15);
  line->pace_per_second = sqlite3_column_int (s, 16);
  line->daily_limit = sqlite3_column_int (s, 17);
  line->quality = sb_db_dup_column (s, 18);
  line->last_in_at = sqlite3_column_int64 (s, 19);
  line->last_poll_at = sqlite3_column_int64 (s, 20);
  line->last_out_at = sqlite3_column_int64 (s, 21);
  line->stale_after_ms = sqlite3_column_int64 (s, 22);

  return line;
}

GPtrArray *
sb_reader_list_lines (SbReader *self)
{
  GPtrArray    *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_line_free);
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL, LINE_COLUMNS "WHERE state != 5 ORDER BY id", "");

  while (sb_db_step (sb_reader_get_db (self), s, NULL))
    g_ptr_array_add (lines, line_from (s));

  return lines;
}

SbLine *
sb_reader_get_line (SbReader *self,
                    gint64    line_id)
{
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL, LINE_COLUMNS "WHERE id = ?", "i", line_id);
  SbLine       *line = sb_db_step (sb_reader_get_db (self), s, NULL) ? line_from (s) : NULL;

  sb_db_done (s);

  return line;
}

/* -- templates -- */

#define TEMPLATE_COLUMNS "SELECT id, line_id, remote_id, name, language, category, status, reason, quality, named, components, synced_at FROM template "

static SbTemplate *
template_from (sqlite3_stmt *s)
{
  SbTemplate *template = sb_template_new ();
  g_autofree char     *components = sb_db_dup_column (s, 10);
  g_autoptr (JsonNode) node = components != NULL ? sb_json_parse (components, -1, NULL) : NULL;

  template->id = sqlite3_column_int64 (s, 0);
  template->line_id = sqlite3_column_int64 (s, 1);
  template->remote_id = sb_db_dup_column (s, 2);
  template->name = sb_db_dup_column (s, 3);
  template->language = sb_db_dup_column (s, 4);
  template->category = sb_db_dup_column (s, 5);
  template->status = sb_db_dup_column (s, 6);
  template->reason = sb_db_dup_column (s, 7);
  template->quality = sb_db_dup_column (s, 8);
  template->named = sqlite3_column_int (s, 9) != 0;
  template->components = node != NULL &&JSON_NODE_HOLDS_ARRAY (node) ? json_array_ref (json_node_get_array (node)) : json_array_new ();
  template->synced_at = sqlite3_column_int64 (s, 11);

  return template;
}

/* @line_id: 0 for all lines */
GPtrArray *
sb_reader_list_templates (SbReader *self,
                          gint64    line_id,
                          gboolean  approved_only)
{
  GPtrArray    *templates = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_template_free);
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL,
                                 TEMPLATE_COLUMNS "WHERE (?1 = 0 OR line_id = ?1) AND status != 'DELETED' AND (?2 = 0 OR status = 'APPROVED') ORDER BY name, language", "in", line_id,
                                 approved_only ? 1 : 0);

  while (sb_db_step (sb_reader_get_db (self), s, NULL))
    g_ptr_array_add (templates, template_from (s));

  return templates;
}

SbTemplate *
sb_reader_get_template (SbReader *self,
                        gint64    template_id)
{
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL, TEMPLATE_COLUMNS "WHERE id = ?", "i", template_id);
  SbTemplate *template = sb_db_step (sb_reader_get_db (self), s, NULL) ? template_from (s) : NULL;

  sb_db_done (s);

  return template;
}

/* -- named things; columns: id, name, colour, position, role, active, query, and whose a view is -- */

static GPtrArray *
list_named (SbReader     *self,
            sqlite3_stmt *s)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_named_free);

  while (sb_db_step (sb_reader_get_db (self), s, NULL))
    {
      SbNamed *named = sb_named_new ();

      named->id = sqlite3_column_int64 (s, 0);
      named->name = sb_db_dup_column (s, 1);
      named->colour = sqlite3_column_int (s, 2);
      named->position = sqlite3_column_int (s, 3);
      named->role = sqlite3_column_int (s, 4);
      named->active = sqlite3_column_int (s, 5) != 0;
      named->query = sb_db_dup_column (s, 6);
      named->staff_id = sqlite3_column_count (s) > 7 ? sqlite3_column_int64 (s, 7) : 0;
      g_ptr_array_add (rows, named);
    }

  return rows;
}

GPtrArray *
sb_reader_list_staff (SbReader *self)
{
  return list_named (self, sb_db_query (sb_reader_get_db (self), NULL, "SELECT id, name, colour, position, role, active, NULL FROM staff ORDER BY role, position, id", ""));
}

GPtrArray *
sb_reader_list_tags (SbReader *self)
{
  return list_named (self, sb_db_query (sb_reader_get_db (self), NULL, "SELECT id, name, colour, 0, 0, 1, NULL FROM tag ORDER BY folded", ""));
}

GPtrArray *
sb_reader_list_thread_tags (SbReader *self,
                            gint64    thread_id)
{
  return list_named (self, sb_db_query (sb_reader_get_db (self), NULL,
                                        "SELECT tag.id, name, colour, 0, 0, 1, NULL FROM thread_tag g JOIN tag ON tag.id = g.tag_id WHERE g.thread_id = ? ORDER BY folded", "i", thread_id));
}

/* Everybody's, and those of the reader's own person, in that person's order. */
GPtrArray *
sb_reader_list_views (SbReader *self)
{
  return list_named (self, sb_db_query (sb_reader_get_db (self), NULL, "SELECT view.id, name, 0, position, 0, 1, query, staff_id FROM view LEFT JOIN json_each ((SELECT view_order FROM staff WHERE id = ?1)) own ON own.value = view.id "
                                                                       "WHERE staff_id IN (0, ?1) ORDER BY own.key IS NULL, own.key, position, view.id",
                                        "i", sb_reader_get_staff (self)));
}

GPtrArray *
sb_reader_list_quick_replies (SbReader *self)
{
  return list_named (self, sb_db_query (sb_reader_get_db (self), NULL, "SELECT id, name, 0, position, 0, 1, text FROM quick_reply ORDER BY position, id", ""));
}

/* -- drafts, events, numbers -- */

void
sb_draft_free (SbDraft *self)
{
  g_free (self->text);
  g_free (self);
}

SbDraft *
sb_reader_get_draft (SbReader *self,
                     gint64    thread_id)
{
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL, "SELECT text, quote_id, edited_at FROM draft WHERE thread_id = ?", "i", thread_id);
  SbDraft      *draft = NULL;

  if (sb_db_step (sb_reader_get_db (self), s, NULL))
    {
      draft = g_new0 (SbDraft, 1);
      draft->text = sb_db_dup_column (s, 0);
      draft->quote_id = sqlite3_column_int64 (s, 1);
      draft->edited_at = sqlite3_column_int64 (s, 2);
    }
  sb_db_done (s);

  return draft;
}

#define EVENT_COLUMNS "SELECT id, at, kind, thread_id, contact_id, message_id, line_id, actor, staff_id, stale, data FROM event "

static GPtrArray *
take_events (SbReader     *self,
             sqlite3_stmt *s)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_event_free);

  while (sb_db_step (sb_reader_get_db (self), s, NULL))
    {
      SbEvent *event = g_new0 (SbEvent, 1);

      event->id = sqlite3_column_int64 (s, 0);
      event->at = sqlite3_column_int64 (s, 1);
      event->kind = sqlite3_column_int (s, 2);
      event->thread_id = sqlite3_column_int64 (s, 3);
      event->contact_id = sqlite3_column_int64 (s, 4);
      event->message_id = sqlite3_column_int64 (s, 5);
      event->line_id = sqlite3_column_int64 (s, 6);
      event->actor = sqlite3_column_int (s, 7);
      event->staff_id = sqlite3_column_int64 (s, 8);
      event->stale = sqlite3_column_int (s, 9) != 0;
      event->data = sb_db_dup_column (s, 10);
      g_ptr_array_add (events, event);
    }

  return events;
}

GPtrArray *
sb_reader_list_events (SbReader *self,
                       gint64    after_id,
                       gint64    thread_id,
                       guint     limit)
{
  SbDb *db = sb_reader_get_db (self);

  if (thread_id != 0)
    return take_events (self, sb_db_query (db, NULL, EVENT_COLUMNS "WHERE thread_id = ? AND thread_id != 0 AND id > ? ORDER BY id LIMIT ?", "iin", thread_id, after_id, (int) limit));

  return take_events (self, sb_db_query (db, NULL, EVENT_COLUMNS "WHERE id > ? ORDER BY id LIMIT ?", "in", after_id, (int) limit));
}

/* The newest events of a conversation, newest first. */
GPtrArray *
sb_reader_list_newest_events (SbReader *self,
                              gint64    thread_id,
                              guint     limit)
{
  return take_events (self, sb_db_query (sb_reader_get_db (self), NULL, EVENT_COLUMNS "WHERE thread_id = ? AND thread_id != 0 ORDER BY id DESC LIMIT ?", "in", thread_id, (int) limit));
}

void
sb_reader_get_counts (SbReader *self,
                      SbCounts *counts)
{
  const struct
  {
    const char *key;
    int        *place;
  } places[] = {
    { "unread", &counts->threads_unread },
    { "unanswered", &counts->threads_unanswered },
    { "open", &counts->threads_open },
    { "snoozed", &counts->threads_snoozed },
    { "waiting", &counts->outbox_waiting },
    { "sending", &counts->outbox_sending },
    { "failed", &counts->outbox_failed },
    { "unknown", &counts->outbox_unknown },
    { "forged", &counts->forged },
    { "gaps", &counts->gaps },
    { "poison", &counts->poison },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    *places[i].place = sb_db_int (sb_reader_get_db (self), 0, "SELECT value FROM counter WHERE key = ?", "s", places[i].key);
  if (sb_reader_get_own (self) != 0)
    counts->threads_unread = sb_db_int (sb_reader_get_db (self), 0, "SELECT n_unread FROM staff WHERE id = ?", "i", sb_reader_get_own (self));
}

int
sb_reader_count_line_waiting (SbReader *self,
                              gint64    line_id)
{
  return sb_db_int (sb_reader_get_db (self), 0, "SELECT n_waiting FROM line WHERE id = ?", "i", line_id);
}

char *
sb_reader_get_meta (SbReader   *self,
                    const char *key)
{
  return sb_db_text (sb_reader_get_db (self), "SELECT value FROM meta WHERE key = ?", "s", key);
}

/* Adds what a check says; nothing of a row that is sound. */
static gboolean
add_problems (SbDb       *db,
              const char *sql,
              const char *words,
              GPtrArray  *problems,
              GError    **error)
{
  g_autoptr (GError) failure = NULL;
  sqlite3_stmt      *s = sb_db_query (db, &failure, sql, "");

  while (sb_db_step (db, s, &failure))
    {
      g_autofree char *text = sb_db_dup_column (s, 0);

      if (g_strcmp0 (text, "ok") != 0)
        g_ptr_array_add (problems, words != NULL ? g_strdup_printf ("a row of %s %s", text, words) : g_steal_pointer (&text));
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/* Adds a sentence to @problems for each thing that is wrong. @full reads every page; else only their structure. */
gboolean
sb_reader_check (SbReader  *self,
                 gboolean   full,
                 GPtrArray *problems,
                 GError   **error)
{
  SbDb              *db = sb_reader_get_db (self);
  g_autoptr (GError) failure = NULL;

  if (add_problems (db, full ? "PRAGMA integrity_check (20)" : "PRAGMA quick_check (20)", NULL, problems, &failure) &&
      add_problems (db, "PRAGMA foreign_key_check", "names something that is not there", problems, &failure) && sb_recount_compare (db, problems, &failure))
    return TRUE;
  /* What was found before the reading broke off is the answer. */
  if (problems->len > 0)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}
