#include "sb-message-window.h"

SbMessageWindow *
sb_message_window_new (SbReader *reader,
                       gint64    thread_id)
{
  SbMessageWindow *self = g_new0 (SbMessageWindow, 1);

  self->reader = g_object_ref (reader);
  self->thread_id = thread_id;
  self->page = SB_WINDOW_PAGE;
  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_message_free);

  return self;
}

void
sb_message_window_free (SbMessageWindow *self)
{
  g_object_unref (self->reader);
  g_ptr_array_unref (self->messages);
  g_free (self);
}

static void
take (SbMessageWindow *self,
      GPtrArray       *messages)
{
  g_ptr_array_unref (self->messages);
  self->messages = messages;
}

static const SbMessage *
first (SbMessageWindow *self)
{
  return self->messages->len > 0 ? self->messages->pdata[0] : NULL;
}

static const SbMessage *
last (SbMessageWindow *self)
{
  return self->messages->len > 0 ? self->messages->pdata[self->messages->len - 1] : NULL;
}

void
sb_message_window_go_to_foot (SbMessageWindow *self)
{
  take (self, sb_reader_list_messages (self->reader, self->thread_id, 0, 0, self->page));
  self->at_end = TRUE;
  self->at_start = self->messages->len < self->page;
}

/*
 * A page from @message_id on, and half of one before it; more before it where the end is near. FALSE, with nothing changed,
 * when it is not of this conversation.
 */
gboolean
sb_message_window_go_to (SbMessageWindow *self,
                         gint64           message_id)
{
  g_autoptr (SbMessage) goal = sb_reader_get_message (self->reader, message_id);
  g_autoptr (GPtrArray) newer = NULL;
  GPtrArray            *messages;
  guint                 n_older;

  if (goal == NULL || goal->thread_id != self->thread_id)
    return FALSE;

  newer = sb_reader_list_messages_after (self->reader, self->thread_id, goal->sent_at, goal->id, self->page);
  n_older = self->page / 2 + self->page - newer->len;
  messages = sb_reader_list_messages (self->reader, self->thread_id, goal->sent_at, goal->id, n_older);
  self->at_start = messages->len < n_older;
  self->at_end = newer->len < self->page;
  g_ptr_array_add (messages, g_steal_pointer (&goal));
  g_ptr_array_extend_and_steal (messages, g_steal_pointer (&newer));
  take (self, messages);

  return TRUE;
}

/* One page more at the top; what is too much leaves at the foot. FALSE when there is none. */
gboolean
sb_message_window_load_older (SbMessageWindow *self)
{
  const SbMessage *edge = first (self);
  GPtrArray       *older;

  if (self->at_start || edge == NULL)
    return FALSE;

  older = sb_reader_list_messages (self->reader, self->thread_id, edge->sent_at, edge->id, self->page);
  self->at_start = older->len < self->page;
  g_ptr_array_extend_and_steal (older, g_steal_pointer (&self->messages));
  self->messages = older;
  if (older->len > SB_WINDOW_MOST)
    {
      g_ptr_array_set_size (older, SB_WINDOW_MOST);
      self->at_end = FALSE;
    }

  return TRUE;
}

/* One page more at the foot; what is too much leaves at the top. FALSE when there is none. */
gboolean
sb_message_window_load_newer (SbMessageWindow *self)
{
  const SbMessage *edge = last (self);
  GPtrArray       *newer;

  if (self->at_end || edge == NULL)
    return FALSE;

  newer = sb_reader_list_messages_after (self->reader, self->thread_id, edge->sent_at, edge->id, self->page);
  self->at_end = newer->len < self->page;
  g_ptr_array_extend_and_steal (self->messages, newer);
  if (self->messages->len > SB_WINDOW_MOST)
    {
      g_ptr_array_remove_range (self->messages, 0, self->messages->len - SB_WINDOW_MOST);
      self->at_start = FALSE;
    }

  return TRUE;
}

/**
 * sb_message_window_refresh:
 *
 * Reads the same stretch again. At the end of the conversation new messages join it; elsewhere they are left for
 * sb_message_window_load_newer ().
 */
void
sb_message_window_refresh (SbMessageWindow *self)
{
  const SbMessage *edge = first (self);
  guint            wanted = self->messages->len + (self->at_end ? self->page : 0);
  gboolean         from_start = edge == NULL || self->at_start;
  GPtrArray       *fresh;

  if (edge == NULL)
    {
      sb_message_window_go_to_foot (self);
      return;
    }

  fresh = sb_reader_list_messages_after (self->reader, self->thread_id, from_start ? G_MININT64 : edge->sent_at, from_start ? 0 : edge->id - 1, wanted);
  self->at_end = self->at_end && fresh->len < wanted;
  take (self, fresh);
  if (fresh->len > SB_WINDOW_MOST && self->at_end)
    {
      g_ptr_array_remove_range (fresh, 0, fresh->len - SB_WINDOW_MOST);
      self->at_start = FALSE;
    }
}

/* (nullable) (transfer none) */
const SbMessage *
sb_message_window_find (SbMessageWindow *self,
                        gint64           message_id)
{
  for (guint i = 0; i < self->messages->len; i++)
    {
      const SbMessage *message = self->messages->pdata[i];

      if (message->id == message_id)
        return message;
    }

  return NULL;
}
