#include "sb-control.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sb-control-import.h"
#include "sb-control-people.h"
#include "sb-engine-contacts.h"
#include "sb-engine-private.h"
#include "sb-engine-tags.h"
#include "sb-json.h"

struct _SbControl
{
  SbEngine       *engine;
  GSocketService *service;
  char           *path;
  int             folder_fd;
};

#define SOCKET_NAME "control.sock"

/* A socket's address holds 107 bytes and a folder's path may be longer: the folder is named by its descriptor. */
static GSocketAddress *
address_of (int folder_fd)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d/" SOCKET_NAME, folder_fd);

  return g_unix_socket_address_new (path);
}

/* -- requests -- */

/* An error as the other side gets it: a word to act on and a sentence. */
JsonObject *
sb_control_reply_error (const GError *error)
{
  const char *code = "failed";

  if (error->domain == SB_ERROR)
    switch ((SbError) error->code)
      {
      case SB_ERROR_REFUSED:
      case SB_ERROR_WINDOW_CLOSED:
        code = "refused";
        break;
      case SB_ERROR_NOT_FOUND:
        code = "not-found";
        break;
      case SB_ERROR_INVALID:
        code = "invalid";
        break;
      case SB_ERROR_AUTH:
      case SB_ERROR_NO_SECRET:
        code = "key";
        break;
      case SB_ERROR_NETWORK:
      case SB_ERROR_REMOTE:
      case SB_ERROR_UNKNOWN:
        code = "network";
        break;
      case SB_ERROR_BUSY:
        code = "busy";
        break;
      case SB_ERROR_STORAGE:
      case SB_ERROR_DISK_FULL:
      case SB_ERROR_DAMAGED:
      case SB_ERROR_NEWER:
      case SB_ERROR_READ_ONLY:
      case SB_ERROR_TOO_LARGE:
      default:
        break;
      }

  return sb_json_make ("b:ok", FALSE, "s:code", code, "s:error", error->message, NULL);
}

static JsonObject *
reply_id (const char *member,
          gint64      id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  JsonObject      *reply = sb_json_make ("b:ok", TRUE, NULL);

  json_object_set_string_member (reply, member, text);

  return reply;
}

static void
done (GTask      *task,
      JsonObject *reply)
{
  g_task_return_pointer (task, reply, (GDestroyNotify) json_object_unref);
  g_object_unref (task);
}

/* Either @error (taken over) or an id under @member. */
static void
done_id (GTask      *task,
         const char *member,
         gint64      id,
         GError     *error)
{
  g_autoptr (GError) cause = error;

  done (task, cause != NULL ? sb_control_reply_error (cause) : reply_id (member, id));
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GError *error = NULL;
  gint64  id = sb_engine_send_finish (SB_ENGINE (object), result, &error);

  done_id (user_data, "message", id, error);
}

static gint64
find_template (SbEngine   *engine,
               const char *name,
               const char *language)
{
  g_autoptr (GPtrArray) templates = sb_reader_list_templates (sb_engine_get_reader (engine), 0, FALSE);

  for (guint i = 0; i < templates->len; i++)
    {
      const SbTemplate *template = templates->pdata[i];

      if (g_strcmp0 (template->name, name) == 0 && (language == NULL || g_strcmp0 (template->language, language) == 0))
        return template->id;
    }

  return 0;
}

static GHashTable *
values_of (JsonObject *request)
{
  JsonObject       *given = sb_json_object (request, "values");
  GHashTable       *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GList) members = given != NULL ? json_object_get_members (given) : NULL;

  for (GList *member = members; member != NULL; member = member->next)
    {
      const char *text = sb_json_string (given, member->data);

      if (text != NULL)
        g_hash_table_insert (values, g_strdup (member->data), g_strdup (text));
    }

  return values;
}

static SbMessageKind
kind_of_file (const char *path)
{
  g_autofree char *type = g_content_type_guess (path, NULL, 0, NULL);
  g_autofree char *mime = g_content_type_get_mime_type (type);

  if (mime == NULL)
    return SB_MESSAGE_DOCUMENT;
  if (g_str_equal (mime, "image/webp"))
    return SB_MESSAGE_STICKER;
  if (g_str_has_prefix (mime, "image/"))
    return SB_MESSAGE_IMAGE;
  if (g_str_has_prefix (mime, "audio/"))
    return SB_MESSAGE_AUDIO;
  if (g_str_has_prefix (mime, "video/"))
    return SB_MESSAGE_VIDEO;

  return SB_MESSAGE_DOCUMENT;
}

/* What a request names must be there; an act on nothing would report success. */
static gboolean
target_is_there (SbEngine   *engine,
                 JsonObject *request,
                 GError    **error)
{
  SbReader             *reader = sb_engine_get_reader (engine);
  gint64                thread_id = sb_json_int (request, "thread", 0);
  gint64                message_id = sb_json_int (request, "message", 0);
  g_autoptr (SbThread)  thread = thread_id != 0 ? sb_reader_get_thread (reader, thread_id) : NULL;
  g_autoptr (SbMessage) message = message_id != 0 ? sb_reader_get_message (reader, message_id) : NULL;

  if (thread_id != 0 && thread == NULL)
    g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, "There is no such conversation");
  else if (message_id != 0 && message == NULL)
    g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, "There is no such message");
  else
    return TRUE;

  return FALSE;
}

static void
send_request (SbEngine   *engine,
              JsonObject *request,
              GTask      *task)
{
  g_autoptr (GHashTable) values = values_of (request);
  const char *template = sb_json_string (request, "template");
  SbOutgoingMessage  outgoing = { 0 };
  g_autoptr (GError) absent = NULL;

  if (!target_is_there (engine, request, &absent))
    {
      done (task, sb_control_reply_error (absent));
      return;
    }

  outgoing.kind = SB_MESSAGE_TEXT;
  outgoing.thread_id = sb_json_int (request, "thread", 0);
  outgoing.number = sb_json_string (request, "to");
  outgoing.line_id = sb_json_int (request, "line", 0);
  outgoing.text = sb_json_string (request, "text");
  outgoing.path = sb_json_string (request, "file");
  outgoing.quote_id = sb_json_int (request, "quote", 0);
  outgoing.not_before = sb_json_int (request, "not_before", 0);
  outgoing.client_key = sb_json_string (request, "key");
  if (outgoing.path != NULL)
    outgoing.kind = kind_of_file (outgoing.path);

  if (template != NULL)
    {
      outgoing.kind = SB_MESSAGE_TEMPLATE;
      outgoing.values = values;
      outgoing.template_id = find_template (engine, template, sb_json_string (request, "language"));
      if (outgoing.template_id == 0)
        {
          g_autoptr (GError) error = g_error_new (SB_ERROR, SB_ERROR_NOT_FOUND, "There is no template “%s”. Run template sync first", template);

          done (task, sb_control_reply_error (error));
          return;
        }
    }

  sb_engine_send_async (engine, &outgoing, sent_cb, task);
}

static void
acted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GError *error = NULL;
  gint64  id = sb_engine_act_finish (SB_ENGINE (object), result, &error);

  done_id (user_data, "undo", id, error);
}

static void
contact_acted_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GError *error = NULL;
  gint64  made = 0;
  gint64  undo = sb_engine_contact_act_finish (SB_ENGINE (object), result, &made, &error);

  done_id (user_data, made != 0 ? "made" : "undo", made != 0 ? made : undo, error);
}

static void
act_request (SbEngine   *engine,
             JsonObject *request,
             GTask      *task)
{
  static const struct
  {
    const char *name;
    SbActKind   kind;
  } acts[] = {
    { "reopen", SB_ACT_OPEN },
    { "pending", SB_ACT_PENDING },
    { "done", SB_ACT_DONE },
    { "snooze", SB_ACT_SNOOZE },
    { "assign", SB_ACT_ASSIGN },
    { "pin", SB_ACT_PIN },
    { "read", SB_ACT_READ },
    { "unread", SB_ACT_UNREAD },
    { "tag", SB_ACT_TAG },
    { "untag", SB_ACT_UNTAG },
    { "note", SB_ACT_NOTE },
    { "draft", SB_ACT_DRAFT },
    { "block", SB_ACT_BLOCK },
    { "rename", SB_ACT_RENAME },
    { "leave", SB_ACT_LEAVE },
    { "send-again", SB_ACT_SEND_AGAIN },
    { "cancel", SB_ACT_CANCEL },
  };
  const char        *name = sb_json_string (request, "act");
  gint64             thread = sb_json_int (request, "thread", 0);
  SbAct              act = { 0 };
  gsize              known = 0;
  g_autoptr (GError) error = NULL;

  act.thread_ids = &thread;
  act.n_threads = thread != 0 ? 1 : 0;
  act.message_id = sb_json_int (request, "message", 0);
  act.value = sb_json_int (request, "value", 0);
  act.text = sb_json_string (request, "text");
  while (known < G_N_ELEMENTS (acts) && g_strcmp0 (acts[known].name, name) != 0)
    known++;

  if (known == G_N_ELEMENTS (acts))
    g_set_error (&error, SB_ERROR, SB_ERROR_INVALID, "There is no act “%s”", name != NULL ? name : "");
  else if (thread == 0 && act.message_id == 0)
    g_set_error_literal (&error, SB_ERROR, SB_ERROR_INVALID, "Which conversation, or which message?");
  else
    target_is_there (engine, request, &error);

  if (error != NULL)
    {
      done (task, sb_control_reply_error (error));
      return;
    }

  act.kind = acts[known].kind;
  sb_engine_act_async (engine, &act, acted_cb, task);
}

static void
tag_request (SbEngine   *engine,
             JsonObject *request,
             GTask      *task)
{
  g_autoptr (GError) error = NULL;

  if (!sb_control_tag (engine, request, acted_cb, task, &error))
    done (task, sb_control_reply_error (error));
}

static void
synced_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GError *error = NULL;

  sb_engine_sync_templates_finish (SB_ENGINE (object), result, &error);
  done_id (user_data, "done", 1, error);
}

static void
line_request (SbEngine   *engine,
              JsonObject *request,
              GTask      *task)
{
  gint64      line = sb_json_int (request, "line", 0);
  const char *what = sb_json_string (request, "what");

  if (g_strcmp0 (what, "sync") == 0)
    {
      sb_engine_sync_templates_async (engine, line, synced_cb, task);
      return;
    }

  if (g_strcmp0 (what, "reload") == 0)
    sb_engine_reload_line (engine, line);
  else
    sb_engine_set_line_paused (engine, line, g_strcmp0 (what, "pause") == 0, sb_json_int (request, "until", 0));
  done (task, reply_id ("line", line));
}

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GError *error = NULL;

  sb_engine_undo_finish (SB_ENGINE (object), result, &error);
  done_id (user_data, "done", 1, error);
}

/**
 * sb_control_execute_async:
 * @request: {"command": "send"|"act"|"line"|"tag"|"undo"|"import"|"import-undo"|"consent-add"|"erase"|"segment", ...}
 *
 * Never fails: what went wrong is in the reply, {"ok": false, "code": ..., "error": ...}.
 */
void
sb_control_execute_async (SbEngine           *engine,
                          JsonObject         *request,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask      *task = g_task_new (engine, NULL, callback, user_data);
  const char *command = sb_json_string (request, "command");

  if (g_strcmp0 (command, "send") == 0)
    send_request (engine, request, task);
  else if (g_strcmp0 (command, "act") == 0)
    act_request (engine, request, task);
  else if (g_strcmp0 (command, "line") == 0)
    line_request (engine, request, task);
  else if (g_strcmp0 (command, "contact") == 0 && sb_control_contact (engine, request, contact_acted_cb, task))
    return;
  else if (g_strcmp0 (command, "tag") == 0)
    tag_request (engine, request, task);
  else if (g_strcmp0 (command, "undo") == 0)
    sb_engine_undo_async (engine, sb_json_int (request, "undo", 0), undone_cb, task);
  else if (g_strcmp0 (command, "import") == 0)
    sb_control_import (engine, request, task);
  else if (g_strcmp0 (command, "import-undo") == 0)
    sb_control_undo_import (engine, request, task);
  else if (g_strcmp0 (command, "consent-add") == 0)
    sb_control_consent (engine, request, task);
  else if (g_strcmp0 (command, "erase") == 0)
    sb_control_erase (engine, request, task);
  else if (g_strcmp0 (command, "segment") == 0)
    sb_control_segment (engine, request, task);
  else
    {
      g_autoptr (GError) error = g_error_new (SB_ERROR, SB_ERROR_INVALID, "There is no command “%s”", command != NULL ? command : "");

      done (task, sb_control_reply_error (error));
    }
}

JsonObject *
sb_control_execute_finish (SbEngine     *engine,
                           GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* -- the socket -- */

static void
executed_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GSocketConnection) connection = user_data;
  g_autoptr (JsonObject)        reply = sb_control_execute_finish (SB_ENGINE (object), result);
  g_autofree char              *text = sb_json_text (reply);
  g_autofree char              *line = g_strconcat (text, "\n", NULL);

  /* A few hundred bytes into an empty socket buffer: this does not wait. */
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), line, strlen (line), NULL, NULL, NULL);
}

static void
line_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GSocketConnection) connection = user_data;
  SbEngine                     *engine = g_object_get_data (G_OBJECT (connection), "engine");
  g_autofree char              *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (object), result, NULL, NULL);
  g_autoptr (JsonNode)          node = line != NULL ? sb_json_parse (line, -1, NULL) : NULL;
  JsonObject                   *request = sb_json_root (node);

  if (request != NULL)
    sb_control_execute_async (engine, request, executed_cb, g_steal_pointer (&connection));
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  SbControl                   *self = user_data;
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));

  g_object_set_data_full (G_OBJECT (connection), "engine", g_object_ref (self->engine), g_object_unref);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, line_read_cb, g_object_ref (connection));

  return TRUE;
}

SbControl *
sb_control_new (SbEngine *engine,
                GError  **error)
{
  g_autoptr (SbControl)      self = g_new0 (SbControl, 1);
  g_autoptr (GSocketAddress) address = NULL;

  self->engine = g_object_ref (engine);
  self->service = g_socket_service_new ();
  self->path = g_build_filename (sb_engine_get_folder (engine), SOCKET_NAME, NULL);
  self->folder_fd = open (sb_engine_get_folder (engine), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (self->folder_fd < 0)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "The shop folder cannot be opened: %s", g_strerror (errno));
      return NULL;
    }

  /* Whoever holds the shop's lock owns the name; a socket that a killed program left is in the way. */
  unlink (self->path);
  address = address_of (self->folder_fd);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error))
    return NULL;

  chmod (self->path, 0600);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_socket_service_start (self->service);

  return g_steal_pointer (&self);
}

void
sb_control_free (SbControl *self)
{
  if (self->service != NULL)
    {
      g_socket_service_stop (self->service);
      g_socket_listener_close (G_SOCKET_LISTENER (self->service));
      g_signal_handlers_disconnect_by_data (self->service, self);
      unlink (self->path);
    }
  g_clear_object (&self->service);
  g_clear_object (&self->engine);
  if (self->folder_fd >= 0)
    close (self->folder_fd);
  g_free (self->path);
  g_free (self);
}

/**
 * sb_control_ask:
 *
 * Asks the engine that has the shop in @folder open, and waits for its answer. For the command line only. Fails with
 * %SB_ERROR_NOT_FOUND when nobody listens.
 */
JsonObject *
sb_control_ask (const char *folder,
                JsonObject *request,
                GError    **error)
{
  g_autoptr (GSocketClient)     client = g_socket_client_new ();
  g_autoptr (GSocketAddress)    address = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GDataInputStream)  lines = NULL;
  g_autoptr (JsonNode)          node = NULL;
  g_autofree char              *text = sb_json_text (request);
  g_autofree char              *line = g_strconcat (text, "\n", NULL);
  g_autofree char              *answer = NULL;
  int                           fd = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);

  if (fd >= 0)
    {
      address = address_of (fd);
      connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
      close (fd);
    }
  if (connection == NULL)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, "No running Shopbell answers for this shop");
      return NULL;
    }

  if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), line, strlen (line), NULL, NULL, error))
    return NULL;

  lines = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  answer = g_data_input_stream_read_line (lines, NULL, NULL, error);
  if (answer == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, SB_ERROR, SB_ERROR_UNKNOWN, "The running Shopbell ended before it answered");
      return NULL;
    }

  node = sb_json_parse (answer, -1, error);

  return sb_json_root (node) != NULL ? json_object_ref (sb_json_root (node)) : NULL;
}
