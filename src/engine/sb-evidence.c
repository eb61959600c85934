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

/* JSON: {"broke_at", "sentence", "rungs": [{"id", "state": "no" | "yes" | "later", "sentence"}]} */
char *
sb_evidence_new (gint64      broke_at,
                 const char *sentence)
{
  g_autoptr (JsonObject) root = sb_json_make ("i:broke_at", broke_at, "s:sentence", sentence,
                                              "a:rungs", sb_json_make_array (rung ("tick", "no", _("No tick has come back for it")), rung ("answer", "no", _("The customer has not answered since")), rung ("later", "later", _("Looks again when online. A tick settles it by itself")), NULL), NULL);

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

/* A quarter of an hour later: what has been seen since. Decides nothing. */
gboolean
sb_evidence_look_again (SbWriter *writer,
                        gint64    message_id,
                        gboolean  source_healthy,
                        GError  **error)
{
  g_autoptr (SbOutboxRow) row = sb_reader_get_outbox (sb_writer_get_reader (writer), message_id);
  g_autoptr (JsonNode)    node = row != NULL && row->evidence != NULL ? sb_json_parse (row->evidence, -1, NULL) : NULL;
  g_autoptr (JsonObject)  root = NULL;
  g_autofree char        *text = NULL;

  if (row == NULL || row->state != SB_STATUS_UNKNOWN)
    return TRUE;

  root = sb_json_make ("i:broke_at", sb_json_int (sb_json_root (node), "broke_at", row->attempted_at), "s:sentence", sb_json_string (sb_json_root (node), "sentence"),
                       "a:rungs",
                       sb_json_make_array (rung ("tick", "no", _("No tick has come back for it")),
                                                 customer_answered (writer, row) ? rung ("answer", "yes", _("The customer has written since")) : rung ("answer", "no", _("The customer has not answered since")), source_healthy ? rung ("later", "no", _("Messages arrive as they should, and nothing was heard of it: probably not sent")) : rung ("later", "later", _("Messages do not arrive at the moment, so nothing can be said")), NULL), NULL);
  text = sb_json_text (root);

  return sb_writer_set_evidence (writer, row->id, text, error);
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
