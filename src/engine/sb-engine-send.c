/* A message on its way into the outbox: the gate, the file if there is one, then message and row in one commit. */
#include "sb-engine-private.h"

#include <string.h>

#include "sb-json.h"
#include "sb-phone.h"
#include "sb-tray.h"

typedef struct
{
  SbOutgoingMessage outgoing;
  SbMessage        *message;
  char             *number;
  char             *path;
  char             *client_key;
  gint64            line_id;
  gint64            thread_id;
  gint64            staff_id;
  gint64            message_id; /* out */
} Send;

static void
send_free (gpointer data)
{
  Send *send = data;

  g_clear_pointer (&send->message, sb_message_free);
  g_free (send->number);
  g_free (send->path);
  g_free (send->client_key);
  g_free (send);
}

/* What goes into a file that cannot be trusted to stay must not look as if it were on its way. */
static SbReason
ask (SbEngine                *self,
     const SbOutgoingMessage *outgoing,
     gint64                  *line_id,
     char                   **detail)
{
  if (sb_store_is_read_only (self->store))
    return SB_REASON_READ_ONLY;
  if (sb_store_get_file_state (self->store) == SB_FILE_DAMAGED)
    return SB_REASON_DAMAGED;

  return sb_gate_check (sb_store_get_reader (self->store), self->secrets, sb_clock_now (self->clock), outgoing, line_id, detail);
}

SbReason
sb_engine_ask_gate (SbEngine                *self,
                    const SbOutgoingMessage *outgoing,
                    char                   **detail)
{
  gint64 line_id;

  return ask (self, outgoing, &line_id, detail);
}

/* A contact for a number that has not written yet. */
static gint64
ensure_thread (SbWriter *writer,
               Send     *send,
               GError  **error)
{
  SbWho  who = { .phone = send->number };
  gint64 contact_id;

  if (send->thread_id != 0)
    return send->thread_id;
  contact_id = sb_writer_find_contact (writer, &who, TRUE, error);

  return contact_id != 0 ? sb_writer_ensure_thread (writer, contact_id, send->line_id, error) : 0;
}

static gboolean
send_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Send      *send = data;
  SbOutgoing row = { .line_id = send->line_id, .not_before = send->outgoing.not_before, .client_key = send->client_key };

  send->message_id = sb_writer_find_client_key (writer, send->client_key);
  if (send->message_id != 0)
    return TRUE; /* the key was pressed once; it does not matter how often it was reported */

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, send->staff_id);
  send->message->thread_id = ensure_thread (writer, send, error);
  if (send->message->thread_id == 0)
    return FALSE;
  send->message->sent_at = sb_writer_now (writer);
  send->message->status_at = send->message->sent_at;
  send->message_id = sb_writer_add_message (writer, send->message, 0, error);
  row.message_id = send->message_id;

  return send->message_id != 0 && sb_writer_queue (writer, &row, error) != 0 && sb_writer_take_from_tray (writer, send->client_key, error) &&
         sb_writer_save_draft (writer, send->message->thread_id, NULL, 0, error);
}

static void
queued_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Send             *send = sb_store_get_command_data (result);
  GError           *error = NULL;

  if (sb_store_run_finish (SB_STORE (object), result, &error))
    g_task_return_int (task, send->message_id);
  else
    g_task_return_error (task, error);
}

/* -- the message -- */

/* The words as the customer will read them, and the wire's own form beside. */
static void
fill_template (SbEngine                *self,
               SbMessage               *message,
               const SbOutgoingMessage *outgoing)
{
  g_autoptr (SbTemplate) template = sb_reader_get_template (sb_store_get_reader (self->store), outgoing->template_id);
  g_autoptr (GPtrArray) titles = sb_template_buttons (template);
  g_autofree char      *header = sb_template_fill (template, "HEADER", outgoing->values);
  g_autofree char      *footer = sb_template_fill (template, "FOOTER", outgoing->values);
  const char           *media = outgoing->values != NULL ? g_hash_table_lookup (outgoing->values, "header.media") : NULL;
  JsonArray            *buttons = json_array_new ();

  for (guint i = 0; i < titles->len; i++)
    json_array_add_string_element (buttons, titles->pdata[i]);
  message->text = sb_template_fill (template, "BODY", outgoing->values);
  message->data = sb_json_make ("s:name", template->name, "s:category", template->category, "s:header", header, "s:footer", footer, "a:buttons", buttons,
                                "o:template", sb_template_to_wire (template, outgoing->values), NULL);
  if (media != NULL && media[0] == '/')
    {
      SbAttachment *attachment = sb_attachment_new ();

      attachment->state = SB_ATTACHMENT_HERE;
      attachment->path = g_strdup (media);
      sb_message_add_attachment (message, attachment);
    }
}

static SbMessage *
message_of (SbEngine                *self,
            const SbOutgoingMessage *outgoing,
            gint64                   line_id)
{
  SbMessage *message = sb_message_new ();

  message->line_id = line_id;
  message->kind = outgoing->kind;
  message->direction = SB_DIRECTION_OUT;
  message->author = SB_AUTHOR_STAFF;
  message->staff_id = self->staff_id;
  message->status = SB_STATUS_QUEUED;
  message->quote_id = outgoing->quote_id;
  if (outgoing->kind == SB_MESSAGE_TEMPLATE)
    fill_template (self, message, outgoing);
  else
    {
      message->text = g_strdup (outgoing->text);
      message->data = outgoing->data != NULL ? json_object_ref (outgoing->data) : NULL;
    }

  return message;
}

/* -- the file -- */

typedef struct
{
  SbStore *store;
  char    *path;
  char    *filename;
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_object_unref (import->store);
  g_free (import->path);
  g_free (import->filename);
  g_free (import);
}

static char *
mime_of (const char *path)
{
  g_autofree char *type = g_content_type_guess (path, NULL, 0, NULL);
  char            *mime = g_content_type_get_mime_type (type);

  if (mime != NULL && g_str_has_suffix (mime, "+ogg"))
    return g_set_str (&mime, "audio/ogg"), mime;

  return mime != NULL ? mime : g_strdup ("application/octet-stream");
}

static void
import_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Import       *import = task_data;
  GError       *error = NULL;
  gint64        size = 0;
  char         *hash = sb_store_import_media (import->store, import->path, &size, &error);
  SbAttachment *attachment;

  if (hash == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  attachment = sb_attachment_new ();
  attachment->state = SB_ATTACHMENT_HERE;
  attachment->path = sb_store_media_path (import->store, hash);
  attachment->mime = mime_of (import->path);
  attachment->filename = import->filename != NULL ? g_strdup (import->filename) : g_path_get_basename (import->path);
  attachment->size = size;
  g_free (hash);
  g_task_return_pointer (task, attachment, (GDestroyNotify) sb_attachment_free);
}

static void
queue (GTask *task)
{
  SbEngine *self = g_task_get_source_object (task);
  Send     *send = g_object_steal_data (G_OBJECT (task), "send");

  sb_store_run_async (self->store, send_command, send, send_free, queued_cb, task);
}

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Send             *send = g_object_get_data (G_OBJECT (task), "send");
  GError           *error = NULL;
  SbAttachment     *attachment = g_task_propagate_pointer (G_TASK (result), &error);

  if (attachment == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_clear_pointer (&send->message->attachments, g_ptr_array_unref);
  sb_message_add_attachment (send->message, attachment);
  queue (g_steal_pointer (&task));
}

static void
import_file (SbEngine   *self,
             GTask      *task,
             const char *path,
             const char *filename)
{
  g_autoptr (GTask) inner = g_task_new (self, NULL, imported_cb, task);
  Import           *import = g_new0 (Import, 1);

  import->store = g_object_ref (self->store);
  import->path = g_strdup (path);
  import->filename = g_strdup (filename);
  g_task_set_task_data (inner, import, import_free);
  g_task_run_in_thread (inner, import_thread);
}

static gboolean
note_refusal (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  SbEvent *event = data;

  return sb_writer_append_event (writer, event, error);
}

static void
refuse (SbEngine *self,
        GTask    *task,
        gint64    thread_id,
        SbReason  reason)
{
  SbEvent *event = g_new0 (SbEvent, 1);

  event->kind = SB_EVENT_REFUSED;
  event->thread_id = thread_id;
  event->actor = SB_AUTHOR_STAFF;
  event->staff_id = self->staff_id;
  event->data = g_strdup_printf ("{\"reason\":\"%s\"}", sb_reason_to_name (reason));
  if (!sb_store_is_read_only (self->store))
    sb_store_run_async (self->store, note_refusal, event, (GDestroyNotify) sb_event_free, NULL, NULL);
  else
    sb_event_free (event);
  g_task_return_new_error (task, SB_ERROR, reason == SB_REASON_WINDOW_CLOSED ? SB_ERROR_WINDOW_CLOSED : SB_ERROR_REFUSED, "%s", sb_reason_to_sentence (reason));
  g_object_unref (task);
}

/**
 * sb_engine_send_async:
 *
 * Queues @outgoing when the gate allows it or says that it may wait. The answer comes when it is on the disk, not when it is
 * sent. The draft of the conversation is cleared in the same commit.
 */
void
sb_engine_send_async (SbEngine                *self,
                      const SbOutgoingMessage *outgoing,
                      GAsyncReadyCallback      callback,
                      gpointer                 user_data)
{
  GTask   *task = g_task_new (self, NULL, callback, user_data);
  gint64   line_id = 0;
  SbReason reason = ask (self, outgoing, &line_id, NULL);
  Send    *send;

  if (reason != SB_REASON_ALLOWED && !sb_reason_is_wait (reason))
    {
      refuse (self, task, outgoing->thread_id, reason);
      return;
    }

  send = g_new0 (Send, 1);
  send->outgoing.not_before = outgoing->not_before;
  send->message = message_of (self, outgoing, line_id);
  send->thread_id = outgoing->thread_id != 0 ? outgoing->thread_id : sb_reader_find_thread (sb_store_get_reader (self->store), outgoing->number);
  send->number = outgoing->number != NULL ? sb_phone_normalize (outgoing->number, NULL) : NULL;
  if (send->number == NULL && outgoing->number != NULL)
    {
      g_autofree char *with_plus = g_strconcat ("+", outgoing->number, NULL);

      send->number = sb_phone_normalize (with_plus, NULL);
    }
  if (send->number == NULL && sb_phone_is_digits (outgoing->number))
    send->number = g_strdup (outgoing->number);
  send->client_key = outgoing->client_key != NULL ? g_strdup (outgoing->client_key) : sb_random_token (self->random, 22);
  send->line_id = line_id;
  send->staff_id = self->staff_id;
  if (send->thread_id == 0 && send->number == NULL)
    {
      send_free (send);
      refuse (self, task, 0, SB_REASON_NO_ADDRESS);
      return;
    }

  g_object_set_data_full (G_OBJECT (task), "send", send, send_free);
  if (outgoing->path != NULL)
    import_file (self, task, outgoing->path, outgoing->filename);
  else if (send->message->attachments != NULL && send->message->attachments->len > 0)
    import_file (self, task, ((SbAttachment *) send->message->attachments->pdata[0])->path, NULL);
  else
    queue (task);
}

/* The message's id, 0 with @error. */
gint64
sb_engine_send_finish (SbEngine     *self,
                       GAsyncResult *result,
                       GError      **error)
{
  GError *failure = NULL;
  gint64  id = g_task_propagate_int (G_TASK (result), &failure);

  if (failure == NULL)
    return id;
  g_propagate_error (error, failure);

  return 0;
}
