/*
 * What is told to the person, and how often: one notification for each conversation. What a customer sends within seconds is
 * one: it waits for a short silence, and what comes soon after renews it with all of them. Twenty in five minutes, then a
 * summary. What is old when it arrives is summed up once.
 */
#include "sb-engine-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SILENCE_MS   1500  /* so long after the last message it is told */
#define LONGEST_MS   5000  /* and no later than so long after the first */
#define BURST_MS     10000 /* what follows within this time belongs to it */
#define MOST_TEXTS   3
#define SPAN_MS      (5 * SB_MINUTE_MS)
#define MOST_IN_SPAN 20
#define GATHER_MS    400

typedef struct
{
  gint64 thread_id;
  int    n_new;           /* of the burst, told or not */
  gint64 ids[MOST_TEXTS]; /* the newest of them, oldest first; 0 none */
  gint64 first_at;        /* of those not told yet; 0: all are told */
  gint64 last_at;
} Pending;

struct _SbNotices
{
  SbEngine      *engine; /* not owned */
  SbNoticePolicy policy;
  gint64         open_thread;
  GHashTable    *threads; /* thread id -> Pending */
  int            n_stale;
  gint64         span_start;
  int            n_in_span;
  int            n_held;
  guint          timer_id;
};

void
sb_notice_free (SbNotice *self)
{
  g_free (self->title);
  g_free (self->body);
  g_free (self);
}

static gboolean
is_quiet_time (SbNotices *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (sb_clock_now (self->engine->clock) / 1000);
  int                   minute = g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now);
  int                   from = self->policy.quiet_from, to = self->policy.quiet_to;

  if (!self->policy.quiet_enabled || from == to)
    return FALSE;

  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

static void
emit (SbNotices *self,
      gint64     thread_id,
      char      *title,
      char      *body,
      int        n_new)
{
  SbNotice *notice = g_new0 (SbNotice, 1);

  notice->thread_id = thread_id;
  notice->title = title;
  notice->body = body;
  notice->n_new = n_new;
  notice->silent = is_quiet_time (self);
  if (self->policy.enabled)
    sb_engine_emit_notice (self->engine, notice);
  sb_notice_free (notice);
}

/* (transfer full): the last words, oldest first. */
static char *
texts_of (SbReader      *reader,
          const Pending *pending)
{
  GString *texts = g_string_new (NULL);

  for (guint i = 0; i < MOST_TEXTS; i++)
    {
      g_autoptr (SbMessage) message = pending->ids[i] != 0 ? sb_reader_get_message (reader, pending->ids[i]) : NULL;
      g_autofree char      *preview = message != NULL ? sb_message_preview (message) : NULL;

      if (preview != NULL)
        g_string_append_printf (texts, "%s%s", texts->len > 0 ? "\n" : "", preview);
    }

  return g_string_free (texts, FALSE);
}

static void
show_thread (SbNotices *self,
             Pending   *pending)
{
  SbReader            *reader = sb_engine_get_reader (self->engine);
  g_autoptr (SbThread) thread = sb_reader_get_thread (reader, pending->thread_id);
  char                *title;

  if (thread == NULL || thread->unread == 0 || thread->blocked)
    return;
  /* Translators: name of the customer, how many new messages */
  title = pending->n_new > 1 ? g_strdup_printf (ngettext ("%s: %d message", "%s: %d messages", pending->n_new), thread->name, pending->n_new) : g_strdup (thread->name);
  emit (self, thread->id, title, self->policy.show_content ? texts_of (reader, pending) : g_strdup (ngettext ("New message", "New messages", pending->n_new)), pending->n_new);
}

static gboolean flush_cb (gpointer user_data);

static void
flush_in (SbNotices *self,
          gint64     ms)
{
  if (self->timer_id == 0)
    self->timer_id = sb_clock_add_timer (self->engine->clock, sb_clock_now (self->engine->clock) + ms, flush_cb, self, NULL);
}

static void
show_summaries (SbNotices *self)
{
  if (self->n_stale > 0)
    {
      emit (self, 0, g_strdup (_("While Shopbell was away")), g_strdup_printf (ngettext ("%d message arrived", "%d messages arrived", self->n_stale), self->n_stale), self->n_stale);
      self->n_stale = 0;
    }
  if (self->n_held > 0 && self->n_in_span <= MOST_IN_SPAN)
    {
      emit (self, 0, g_strdup (_("Many new messages")), g_strdup_printf (ngettext ("%d more conversation", "%d more conversations", self->n_held), self->n_held), self->n_held);
      self->n_held = 0;
    }
}

/* How long it is not told yet: the customer may still be writing. A clock that was set back does not hold it. */
static gint64
wait_of (const Pending *pending,
         gint64         now)
{
  gint64 due = MIN (pending->last_at + SILENCE_MS, pending->first_at + LONGEST_MS);

  return now < pending->first_at ? 0 : due - now;
}

static gboolean
flush_cb (gpointer user_data)
{
  SbNotices     *self = user_data;
  gint64         now = sb_clock_now (self->engine->clock);
  GHashTableIter iter;
  gpointer       value;
  gint64         again = 0;

  self->timer_id = 0;
  if (now - self->span_start > SPAN_MS || now < self->span_start)
    {
      self->span_start = now;
      self->n_in_span = 0;
    }

  g_hash_table_iter_init (&iter, self->threads);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Pending *pending = value;
      gint64   wait = wait_of (pending, now);

      if (pending->first_at == 0)
        continue;
      if (wait > 0)
        {
          again = again == 0 ? wait : MIN (again, wait);
          continue;
        }
      if (self->n_in_span < MOST_IN_SPAN)
        show_thread (self, pending);
      else
        self->n_held++;
      self->n_in_span++;
      pending->first_at = 0;
    }
  show_summaries (self);
  if (again > 0)
    flush_in (self, again);

  return G_SOURCE_REMOVE;
}

static Pending *
pending_of (SbNotices *self,
            gint64     thread_id)
{
  Pending *pending = g_hash_table_lookup (self->threads, &thread_id);

  if (pending == NULL)
    {
      pending = g_new0 (Pending, 1);
      pending->thread_id = thread_id;
      g_hash_table_insert (self->threads, g_memdup2 (&thread_id, sizeof thread_id), pending);
    }

  return pending;
}

/* By whoever sits at this desk: what a colleague read is still news here. */
static gboolean
is_read (SbNotices *self,
         gint64     thread_id)
{
  g_autoptr (SbThread) thread = sb_reader_get_thread (sb_engine_get_reader (self->engine), thread_id);

  return thread == NULL || thread->unread == 0;
}

static void
forget (SbNotices *self,
        gint64     thread_id)
{
  Pending *pending = pending_of (self, thread_id);

  *pending = (Pending) { .thread_id = thread_id };
}

static void
add (SbNotices     *self,
     const SbEvent *event)
{
  Pending *pending = pending_of (self, event->thread_id);
  gint64   now = sb_clock_now (self->engine->clock);

  if (now - pending->last_at > BURST_MS || now < pending->last_at)
    forget (self, event->thread_id);
  memmove (pending->ids, pending->ids + 1, sizeof pending->ids - sizeof pending->ids[0]);
  pending->ids[MOST_TEXTS - 1] = event->message_id;
  pending->n_new++;
  pending->first_at = pending->first_at != 0 ? pending->first_at : now;
  pending->last_at = now;
}

/* What was written before the shop was here, such as what waited for a new line, did not come while it was away. */
static gboolean
was_here (SbNotices     *self,
          const SbEvent *event)
{
  SbReader             *reader = sb_engine_get_reader (self->engine);
  g_autoptr (GPtrArray) first = sb_reader_list_events (reader, 0, 0, 1);
  g_autoptr (SbMessage) message = sb_reader_get_message (reader, event->message_id);

  return message != NULL && first->len > 0 && message->sent_at >= ((SbEvent *) first->pdata[0])->at;
}

/* It was to go out later, or waited for the network, and when its time came the gate said no: nobody sat before it. */
static void
tell_refused (SbNotices     *self,
              const SbEvent *event)
{
  SbReader             *reader = sb_engine_get_reader (self->engine);
  g_autoptr (SbThread)  thread = sb_reader_get_thread (reader, event->thread_id);
  g_autoptr (SbMessage) message = sb_reader_get_message (reader, event->message_id);

  if (thread == NULL || message == NULL || message->error_text == NULL)
    return;
  /* Translators: name of a customer */
  emit (self, thread->id, g_strdup_printf (_("Not sent to %s"), thread->name),
        /* Translators: the first is a sentence that says why */
        g_strdup_printf (_("%s What you wrote is kept in the conversation."), message->error_text), 0);
}

void
sb_notices_take (SbNotices     *self,
                 const SbEvent *event)
{
  if (event->kind == SB_EVENT_REFUSED && event->message_id != 0 && event->thread_id != self->open_thread)
    tell_refused (self, event);
  if (event->kind == SB_EVENT_THREAD_READ && is_read (self, event->thread_id))
    {
      forget (self, event->thread_id);
      sb_engine_emit_withdraw (self->engine, event->thread_id);
    }
  if (event->kind == SB_EVENT_MESSAGE_OUT && event->actor == SB_AUTHOR_PHONE)
    forget (self, event->thread_id);
  if (event->kind != SB_EVENT_MESSAGE_IN || event->thread_id == self->open_thread)
    return;

  if (!event->stale)
    add (self, event);
  else if (was_here (self, event))
    self->n_stale++;
  flush_in (self, event->stale ? 1500 : GATHER_MS);
}

/* A line stopped: told once, whatever the hour. */
void
sb_notices_about_line (SbNotices  *self,
                       const char *title,
                       const char *body)
{
  emit (self, 0, g_strdup (title), g_strdup (body), 0);
}

void
sb_notices_set_policy (SbNotices            *self,
                       const SbNoticePolicy *policy)
{
  self->policy = *policy;
}

void
sb_notices_set_open_thread (SbNotices *self,
                            gint64     thread_id)
{
  self->open_thread = thread_id;
}

SbNotices *
sb_notices_new (SbEngine *engine)
{
  SbNotices *self = g_new0 (SbNotices, 1);

  self->engine = engine;
  self->policy = (SbNoticePolicy) { .enabled = TRUE, .show_content = TRUE };
  self->threads = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  return self;
}

/* The shop is left: what was to be told is not told any more, there is nobody to ask about it. */
void
sb_notices_hush (SbNotices *self)
{
  if (self->timer_id != 0)
    sb_clock_remove_timer (self->engine->clock, self->timer_id);
  self->timer_id = 0;
}

void
sb_notices_free (SbNotices *self)
{
  sb_notices_hush (self);
  g_hash_table_unref (self->threads);
  g_free (self);
}
