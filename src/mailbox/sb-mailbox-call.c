#include "sb-mailbox-call.h"

#include <string.h>

static void
gone_cb (SoupServerMessage *message,
         gpointer           user_data)
{
  SbMailboxCall *self = user_data;

  self->gone = TRUE;
}

SbMailboxCall *
sb_mailbox_call_new (SbMailboxServer   *server,
                     SoupServerMessage *message,
                     GHashTable        *query)
{
  SbMailboxCall *self = g_rc_box_new0 (SbMailboxCall);

  self->server = server;
  self->message = g_object_ref (message);
  self->query = query != NULL ? g_hash_table_ref (query) : NULL;
  g_signal_connect (message, "disconnected", G_CALLBACK (gone_cb), self);

  return self;
}

SbMailboxCall *
sb_mailbox_call_ref (SbMailboxCall *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  SbMailboxCall *self = data;

  g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_object (&self->message);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->box, sb_mailbox_box_free);
  g_free (self->epoch);
}

void
sb_mailbox_call_unref (SbMailboxCall *self)
{
  g_rc_box_release_full (self, clear);
}

const char *
sb_mailbox_call_param (SbMailboxCall *self,
                       const char    *name)
{
  return self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;
}

gint64
sb_mailbox_call_param_int (SbMailboxCall *self,
                           const char    *name,
                           gint64         fallback,
                           gint64         least,
                           gint64         most)
{
  const char *text = sb_mailbox_call_param (self, name);
  gint64      value;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL))
    return fallback;

  return CLAMP (value, least, most);
}

const char *
sb_mailbox_call_header (SbMailboxCall *self,
                        const char    *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (self->message), name);
}

GBytes *
sb_mailbox_call_body (SbMailboxCall *self)
{
  return soup_message_body_flatten (soup_server_message_get_request_body (self->message));
}

/* The answer comes later, from sb_mailbox_call_answer (). */
void
sb_mailbox_call_pause (SbMailboxCall *self)
{
  if (!self->paused && !self->gone)
    soup_server_message_pause (self->message);
  self->paused = TRUE;
}

void
sb_mailbox_call_answer (SbMailboxCall *self,
                        guint          status,
                        const char    *type,
                        const char    *text,
                        gsize          length)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  if (self->gone)
    return;

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Accel-Buffering", "no");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_server_message_set_status (self->message, status, NULL);
  soup_server_message_set_response (self->message, type, SOUP_MEMORY_COPY, text, length);
  if (self->paused)
    soup_server_message_unpause (self->message);
  self->paused = FALSE;
}

void
sb_mailbox_call_answer_text (SbMailboxCall *self,
                             guint          status,
                             const char    *text)
{
  sb_mailbox_call_answer (self, status, "text/plain", text, strlen (text));
}

/* @answer: (transfer full) */
void
sb_mailbox_call_answer_json (SbMailboxCall *self,
                             guint          status,
                             JsonObject    *answer)
{
  g_autofree char *text = sb_json_text (answer);

  sb_mailbox_call_answer (self, status, "application/json", text, strlen (text));
  json_object_unref (answer);
}
