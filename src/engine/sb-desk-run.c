/*
 * The desk's reader of the event log. It has a cursor of its own, moved in the transaction that does what the events ask for,
 * so that after a crash it goes on where it was and does nothing twice.
 */
#include "sb-desk-private.h"

#include "sb-json.h"

#define READER  "desk"
#define AT_ONCE 200

struct _SbDeskRun
{
  SbEngine *engine; /* not owned */
  gboolean  busy;
  gboolean  again;
};

typedef struct
{
  guint n_events;
} Round;

typedef struct
{
  const SbDesk  *desk;
  const SbEvent *event;
} Turn;

static gboolean
turn_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  const Turn *turn = data;

  if (!sb_desk_thread_changed (writer, turn->desk, turn->event, error))
    return FALSE;

  return turn->event->kind != SB_EVENT_MESSAGE_IN || sb_desk_answer_closed (writer, turn->desk, turn->event, error);
}

/* What cannot be done is left, told in the log, and does not stand in the way of the rest; a full disk does. */
static gboolean
take_turn (SbWriter *writer,
           Turn     *turn,
           GError  **error)
{
  g_autoptr (GError) failure = NULL;

  if (turn->event->kind != SB_EVENT_MESSAGE_IN && turn->event->kind != SB_EVENT_THREAD_STATUS)
    return TRUE;
  if (sb_writer_attempt (writer, turn_command, turn, &failure))
    return TRUE;
  if (failure == NULL || failure->domain != SB_ERROR || failure->code == SB_ERROR_DISK_FULL || failure->code == SB_ERROR_STORAGE || failure->code == SB_ERROR_DAMAGED)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  g_warning ("The desk could not act upon an event: %s", failure->message);

  return TRUE;
}

static gboolean
round_command (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  Round                *round = data;
  SbReader             *reader = sb_writer_get_reader (writer);
  g_autoptr (GPtrArray) events = sb_reader_list_events (reader, sb_writer_get_cursor (writer, READER), 0, AT_ONCE);
  g_autoptr (SbDesk)    desk = sb_reader_get_desk (reader);

  round->n_events = events->len;
  for (guint i = 0; i < events->len; i++)
    {
      Turn turn = { desk, events->pdata[i] };

      if (!take_turn (writer, &turn, error))
        return FALSE;
    }

  return events->len == 0 || sb_writer_set_cursor (writer, READER, ((SbEvent *) events->pdata[events->len - 1])->id, error);
}

static void
round_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbEngine) engine = user_data;
  Round               *round = sb_store_get_command_data (result);
  SbDeskRun           *self = engine->desk;
  g_autoptr (GError)   error = NULL;
  gboolean             ok = sb_store_run_finish (SB_STORE (object), result, &error);

  if (self == NULL)
    return;
  self->busy = FALSE;
  if (!ok)
    g_warning ("The desk cannot read the log now: %s", error->message);
  else if (round->n_events > 0)
    sb_scheduler_wake (engine->scheduler);
  if (self->again || (ok && round->n_events == AT_ONCE))
    sb_desk_run_wake (self);
}

/* Reads on from its cursor. */
void
sb_desk_run_wake (SbDeskRun *self)
{
  if (self == NULL || !self->engine->started)
    return;
  self->again = self->busy;
  if (self->busy)
    return;
  self->busy = TRUE;
  sb_store_run_async (self->engine->store, round_command, g_new0 (Round, 1), g_free, round_cb, g_object_ref (self->engine));
}

void
sb_desk_run_take (SbDeskRun     *self,
                  const SbEvent *event)
{
  if (event->kind == SB_EVENT_MESSAGE_IN || event->kind == SB_EVENT_THREAD_STATUS)
    sb_desk_run_wake (self);
}

SbDeskRun *
sb_desk_run_new (SbEngine *engine)
{
  SbDeskRun *self = g_new0 (SbDeskRun, 1);

  self->engine = engine;

  return self;
}

void
sb_desk_run_free (SbDeskRun *self)
{
  g_free (self);
}

/* -- what others ask of it -- */

gboolean
sb_desk_is_due (const SbDueRow *row)
{
  return g_str_equal (row->kind, "closing") || g_str_equal (row->kind, "away-end");
}

gboolean
sb_desk_carry_out (SbWriter       *writer,
                   const SbDueRow *row,
                   GError        **error)
{
  return g_str_equal (row->kind, "closing") ? sb_desk_ask (writer, row, error) : sb_desk_withdraw_answer (writer, row->subject_id, error);
}

/* Whoever had the customer last gets them back, as long as they work here. */
static gboolean
give_back (SbWriter             *writer,
           gint64                thread_id,
           const SbThreadBefore *before,
           GError              **error)
{
  g_autoptr (GPtrArray) staff = sb_reader_list_staff (sb_writer_get_reader (writer));
  const SbNamed        *carer = NULL;
  gint64                last = 0;
  SbEvent               event = { .kind = SB_EVENT_CAME_BACK, .thread_id = thread_id, .actor = SB_AUTHOR_SHOPBELL };

  for (guint i = 0; i < staff->len && before->assignee_id != 0; i++)
    if (((SbNamed *) staff->pdata[i])->id == before->assignee_id && ((SbNamed *) staff->pdata[i])->active)
      return TRUE; /* who has it, keeps it */
  last = sb_writer_find_last_carer (writer, thread_id);
  for (guint i = 0; i < staff->len; i++)
    if (((SbNamed *) staff->pdata[i])->id == last)
      carer = staff->pdata[i];
  if (last == before->assignee_id)
    return TRUE;
  if (!sb_writer_assign (writer, thread_id, last, error))
    return FALSE;

  return carer == NULL || (sb_writer_add_system_line (writer, thread_id, "came-back", sb_json_make ("s:staff", carer->name, NULL), error) && sb_writer_append_event (writer, &event, error));
}

/**
 * sb_desk_received:
 * @before: the conversation before @message was added to it
 *
 * In the transaction that stores a customer's message.
 */
gboolean
sb_desk_received (SbWriter             *writer,
                  const SbMessage      *message,
                  gint64                message_id,
                  const SbThreadBefore *before,
                  GError              **error)
{
  g_autoptr (SbDesk) desk = NULL;
  SbThreadBefore     now;
  gboolean           done;

  if (sb_desk_is_rating (message, NULL, NULL))
    return sb_desk_take_rating (writer, message, message_id, before, error);
  if (before->status != SB_THREAD_CLOSED || !sb_writer_look_at_thread (writer, message->thread_id, &now) || now.status == SB_THREAD_CLOSED)
    return TRUE;
  desk = sb_reader_get_desk (sb_writer_get_reader (writer));
  if (!desk->same_person)
    return TRUE;

  sb_writer_set_actor (writer, SB_AUTHOR_SHOPBELL, 0);
  done = give_back (writer, message->thread_id, before, error);
  sb_writer_set_actor (writer, SB_AUTHOR_CUSTOMER, 0);

  return done;
}
