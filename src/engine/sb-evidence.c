/*
 * What speaks for and against an unknown message having gone out. The rungs are told to the person in words; only a status
 * that carries our tag, or a customer who quotes an id we never stored, settles it without one.
 */
#include "sb-engine-private.h"

#include <glib/gi18n-lib.h>

#include "sb-json.h"

static JsonObject *
rung (const char *id,
      const char *state,
      const char *sentence)
{
  return sb_json_make ("s:id", id, "s:state", state, "s:sentence", sentence, NULL);
}

static JsonArray *
rungs_of (JsonObject *tick,
          JsonObject *answer,
          JsonObject *history,
          JsonObject *later)
{
  JsonArray *rungs = sb_json_make_array (tick, answer, NULL);

  if (history != NULL)
    json_array_add_object_element (rungs, history);
  json_array_add_object_element (rungs, later);

  return rungs;
}

/* (transfer full) (nullable): the rung @id of what was written down before */
static JsonObject *
rung_before (JsonNode   *evidence,
             const char *id)
{
  JsonArray *rungs = sb_json_array (sb_json_root (evidence), "rungs");

  for (guint i = 0; i < sb_json_length (rungs); i++)
    if (g_strcmp0 (sb_json_string (sb_json_at (rungs, i), "id"), id) == 0)
      return json_object_ref (sb_json_at (rungs, i));

  return NULL;
}

static JsonObject *
no_tick (void)
{
  return rung ("tick", "no", _("No tick has come back for it"));
}

/*
 * JSON: {"broke_at", "sentence", "rungs": [{"id", "state", "sentence"}]}; id: "tick", "answer", "history", "later"; state: "yes",
 * "no", "later", and "none" where there is nobody to ask.
 */
char *
sb_evidence_new (gint64      broke_at,
                 const char *sentence)
{
  g_autoptr (JsonObject) root = sb_json_make ("i:broke_at", broke_at, "s:sentence", sentence,
                                              "a:rungs", rungs_of (no_tick (), rung ("answer", "no", _("The customer has not answered since")), NULL, rung ("later", "later", _("Looks again when online. A tick settles it by itself"))), NULL);

  return sb_json_text (root);
}

static gboolean
customer_answered (SbWriter          *writer,
                   const SbOutboxRow *row)
{
  g_autoptr (GPtrArray) tail = sb_reader_list_messages (sb_writer_get_reader (writer), row->thread_id, 0, 0, 20);

  for (guint i = 0; i < tail->len; i++)
    {
      const SbMessage *message = tail->pdata[i];

      if (message->direction == SB_DIRECTION_IN && message->sent_at > row->attempted_at)
        return TRUE;
    }

  return FALSE;
}

/* What was known of an unknown row; NULL when the row is none any more. */
static SbOutboxRow *
unknown_row (SbWriter  *writer,
             gint64     message_id,
             JsonNode **evidence)
{
  SbOutboxRow *row = sb_reader_get_outbox (sb_writer_get_reader (writer), message_id);

  *evidence = row != NULL && row->evidence != NULL ? sb_json_parse (row->evidence, -1, NULL) : NULL;
  if (row != NULL && row->state != SB_STATUS_UNKNOWN)
    g_clear_pointer (&row, sb_outbox_row_free);

  return row;
}

static gboolean
write_down (SbWriter          *writer,
            const SbOutboxRow *row,
            JsonNode          *before,
            JsonArray         *rungs,
            GError           **error)
{
  g_autoptr (JsonObject) root = sb_json_make ("i:broke_at", sb_json_int (sb_json_root (before), "broke_at", row->attempted_at),
                                              "s:sentence", sb_json_string (sb_json_root (before), "sentence"), "a:rungs", rungs, NULL);
  g_autofree char       *text = sb_json_text (root);

  return sb_writer_set_evidence (writer, row->id, text, error);
}

/* A quarter of an hour later: what has been seen since. Decides nothing. */
gboolean
sb_evidence_look_again (SbWriter *writer,
                        gint64    message_id,
                        gboolean  source_healthy,
                        gboolean *is_unknown,
                        GError  **error)
{
  g_autoptr (JsonNode)    before = NULL;
  g_autoptr (SbOutboxRow) row = unknown_row (writer, message_id, &before);
  JsonObject             *answer, *later;

  *is_unknown = row != NULL;
  if (row == NULL)
    return TRUE;

  answer = customer_answered (writer, row) ? rung ("answer", "yes", _("The customer has written since")) : rung ("answer", "no", _("The customer has not answered since"));
  later = source_healthy ? rung ("later", "no", _("Messages arrive as they should, and nothing was heard of it: probably not sent"))
                         : rung ("later", "later", _("Messages do not arrive at the moment, so nothing can be said"));

  return write_down (writer, row, before, rungs_of (no_tick (), answer, rung_before (before, "history"), later), error);
}

/* What the network's own list says of it. A hint, and told as one: it settles nothing. */
gboolean
sb_evidence_add_history (SbWriter   *writer,
                         gint64      message_id,
                         const char *list,
                         GError    **error)
{
  g_autoptr (JsonNode)    before = NULL;
  g_autoptr (SbOutboxRow) row = unknown_row (writer, message_id, &before);
  JsonObject             *answer, *later;

  if (row == NULL)
    return TRUE;

  answer = rung_before (before, "answer");
  later = rung_before (before, "later");

  return write_down (writer, row, before,
                     rungs_of (no_tick (), answer != NULL ? answer : rung ("answer", "no", _("The customer has not answered since")), sb_history_rung (sb_writer_get_reader (writer), row, list), later != NULL ? later : rung ("later", "later", _("Looks again when online. A tick settles it by itself"))),
                     error);
}

/* The customer answers a message of ours whose id we never got: where only one is unknown, it is that one. */
gboolean
sb_evidence_customer_quoted (SbWriter   *writer,
                             gint64      thread_id,
                             const char *wamid,
                             GError    **error)
{
  g_autoptr (SbThread)  thread = sb_reader_get_thread (sb_writer_get_reader (writer), thread_id);
  g_autoptr (GPtrArray) tail = NULL;

  if (thread == NULL || thread->n_unknown != 1)
    return TRUE;

  tail = sb_reader_list_messages (sb_writer_get_reader (writer), thread_id, 0, 0, 100);
  for (guint i = 0; i < tail->len; i++)
    {
      const SbMessage *message = tail->pdata[i];

      if (message->direction == SB_DIRECTION_OUT && message->status == SB_STATUS_UNKNOWN && message->wamid == NULL)
        {
          g_autoptr (SbOutboxRow) row = sb_reader_get_outbox (sb_writer_get_reader (writer), message->id);
          SbSettle                settle = { .kind = SB_SETTLE_ACCEPTED, .wamid = wamid };

          return row == NULL || sb_writer_settle (writer, row->id, &settle, error);
        }
    }

  return TRUE;
}
