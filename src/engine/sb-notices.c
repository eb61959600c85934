/*
 * What is told to the person, and how often: one notification for each conversation, renewed at most every three seconds,
 * twenty in five minutes, then a summary. What is old when it arrives is summed up once.
 */
#include "sb-engine-private.h"

#include <glib/gi18n-lib.h>

#define QUIET_MS     3000
#define SPAN_MS      (5 * SB_MINUTE_MS)
#define MOST_IN_SPAN 20
#define GATHER_MS    400

typedef struct
{
  gint64 thread_id;
  int    n_new;
  gint64 message_id;
  gint64 shown_at;
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

static void
show_thread (SbNotices *self,
             Pending   *pending)
{
  SbReader             *reader = sb_engine_get_reader (self->engine);
  g_autoptr (SbThread)  thread = sb_reader_get_thread (reader, pending->thread_id);
  g_autoptr (SbMessage) message = sb_reader_get_message (reader, pending->message_id);
  char                 *body;

  if (thread == NULL || message == NULL || thread->unread == 0 || thread->blocked)
    return;

  if (!self->policy.show_content)
    body = g_strdup (_("New message"));
  else if (pending->n_new > 1)
    {
      g_autofree char *preview = sb_message_preview (message);

      /* Translators: how many new messages, then the newest of them */
      body = g_strdup_printf (ngettext ("%d new message: %s", "%d new messages: %s", pending->n_new), pending->n_new, preview);
    }
  else
    body = sb_message_preview (message);

  emit (self, thread->id, g_strdup (thread->name), body, pending->n_new);
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

      if (pending->n_new == 0)
        continue;
      if (pending->shown_at != 0 && now - pending->shown_at < QUIET_MS && now >= pending->shown_at)
        {
          again = QUIET_MS;
          continue;
        }
      if (self->n_in_span < MOST_IN_SPAN)
        show_thread (self, pending);
      else
        self->n_held++;
      self->n_in_span++;
      pending->shown_at = now;
      pending->n_new = 0;
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

void
sb_notices_take (SbNotices     *self,
                 const SbEvent *event)
{
  if (event->kind == SB_EVENT_THREAD_READ && is_read (self, event->thread_id))
    {
      Pending *pending = pending_of (self, event->thread_id);

      pending->n_new = 0;
      sb_engine_emit_withdraw (self->engine, event->thread_id);
    }
  if (event->kind == SB_EVENT_MESSAGE_OUT && event->actor == SB_AUTHOR_PHONE)
    pending_of (self, event->thread_id)->n_new = 0;
  if (event->kind != SB_EVENT_MESSAGE_IN || event->thread_id == self->open_thread)
    return;

  if (event->stale)
    self->n_stale++;
  else
    {
      Pending *pending = pending_of (self, event->thread_id);

      pending->n_new++;
      pending->message_id = event->message_id;
    }
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

void
sb_notices_free (SbNotices *self)
{
  if (self->timer_id != 0)
    sb_clock_remove_timer (self->engine->clock, self->timer_id);
  g_hash_table_unref (self->threads);
  g_free (self);
}
