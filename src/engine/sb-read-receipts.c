/* The blue ticks that a customer sees, where the owner wants to give them. */
#include "sb-engine-private.h"

#include <gio/gio.h>

/**
 * sb_engine_set_read_receipts:
 * @tell: whether customers see that their messages were read in an open conversation. Off by default.
 *
 * What is only marked as read in a list tells nobody, and nothing that was read while this was off is told later.
 */
void
sb_engine_set_read_receipts (SbEngine *self,
                             gboolean  tell)
{
  self->tells_read = tell;
}

gboolean
sb_engine_get_read_receipts (SbEngine *self)
{
  return self->tells_read;
}

/* A tick that does not arrive is no loss: the next one covers all messages before it. */
static void
told_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!sb_channel_mark_read_finish (SB_CHANNEL (object), result, &error))
    g_debug ("The network was not told of a message that was read: %s", error->message);
}

/* (nullable): the newest message of the customer; it stands for all before it */
static SbMessage *
newest_of_customer (SbReader *reader,
                    gint64    thread_id)
{
  g_autoptr (GPtrArray) tail = sb_reader_list_messages (reader, thread_id, 0, 0, 50);

  for (guint i = tail->len; i > 0; i--)
    {
      const SbMessage *message = tail->pdata[i - 1];

      if (message->direction == SB_DIRECTION_IN && message->wamid != NULL)
        return g_ptr_array_steal_index (tail, i - 1);
    }

  return NULL;
}

/* The tick is the shop's: it goes when the first person reads, and not again when the next one does. */
static gboolean
is_told (SbEngine *self,
         gint64    thread_id,
         gint64    message_id)
{
  const gint64 *told;

  if (self->told_read == NULL)
    self->told_read = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  told = g_hash_table_lookup (self->told_read, &thread_id);
  if (told != NULL && *told == message_id)
    return TRUE;
  g_hash_table_insert (self->told_read, g_memdup2 (&thread_id, sizeof thread_id), g_memdup2 (&message_id, sizeof message_id));

  return FALSE;
}

/* Only the conversation that somebody has before their eyes. */
void
sb_read_receipts_take (SbEngine      *self,
                       const SbEvent *event)
{
  SbReader             *reader = sb_store_get_reader (self->store);
  g_autoptr (SbThread)  thread = NULL;
  g_autoptr (SbMessage) message = NULL;
  SbLineRun            *run;

  if (!self->tells_read || event->kind != SB_EVENT_THREAD_READ || event->thread_id != self->open_thread || !self->online)
    return;

  thread = sb_reader_get_thread (reader, event->thread_id);
  message = thread != NULL && thread->unread == 0 ? newest_of_customer (reader, thread->id) : NULL;
  run = message != NULL ? sb_line_run_get (self, message->line_id) : NULL;
  if (run == NULL || run->channel == NULL || run->line->state != SB_LINE_ACTIVE || is_told (self, event->thread_id, message->id))
    return;

  sb_channel_mark_read_async (run->channel, message->wamid, FALSE, run->cancellable, told_cb, NULL);
}
