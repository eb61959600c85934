#include "sb-clock.h"

#include <time.h>

/**
 * SbClock:
 *
 * The time, as an argument. The system clock may carry an offset (the practice shop's movable clock); the virtual clock
 * stands still until it is advanced, and fires its timers in order while it is. Reading it is safe from any thread,
 * everything else belongs to the main context.
 *
 * All times are unix milliseconds, UTC. Timers are civil time, as schedules are: when the clock is moved past them, they
 * fire; a system timer looks again at least every 30 seconds, because the kernel's own timers stand still in sleep.
 */
struct _SbClock
{
  GObject parent_instance;

  gboolean is_virtual;
  gint64   now; /* virtual only */
  gint64   offset;
  GMutex   lock;

  GSequence *timers;
  guint      last_id;
  guint      source_id;
};

typedef struct
{
  guint          id;
  gint64         at;
  GSourceFunc    func;
  gpointer       data;
  GDestroyNotify destroy;
} Timer;

enum
{
  JUMPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SbClock, sb_clock, G_TYPE_OBJECT)

#define LONGEST_WAIT_MS (30 * SB_SECOND_MS)

static void schedule (SbClock *self);

static void
timer_free (gpointer data)
{
  Timer *timer = data;

  if (timer->destroy != NULL)
    timer->destroy (timer->data);
  g_free (timer);
}

static int
timer_compare (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const Timer *x = a, *y = b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;

  return x->id < y->id ? -1 : x->id > y->id;
}

/* Fires one timer that is due; FALSE when none is. A timer fires once, whatever its function returns. */
static gboolean
fire_next (SbClock *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->timers);
  Timer         *timer;

  if (g_sequence_iter_is_end (first))
    return FALSE;

  timer = g_sequence_get (first);
  if (timer->at > sb_clock_now (self))
    return FALSE;

  {
    Timer due = *timer;

    timer->destroy = NULL;
    g_sequence_remove (first);
    due.func (due.data);
    if (due.destroy != NULL)
      due.destroy (due.data);
  }

  return TRUE;
}

static gboolean
wake_cb (gpointer user_data)
{
  SbClock *self = g_object_ref (user_data);

  self->source_id = 0;
  while (fire_next (self))
    ;
  schedule (self);
  g_object_unref (self);

  return G_SOURCE_REMOVE;
}

static void
schedule (SbClock *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->timers);
  const Timer   *timer;
  gint64         wait;

  g_clear_handle_id (&self->source_id, g_source_remove);

  if (self->is_virtual || g_sequence_iter_is_end (first))
    return;

  timer = g_sequence_get (first);
  wait = CLAMP (timer->at - sb_clock_now (self), 0, LONGEST_WAIT_MS);
  self->source_id = g_timeout_add (wait, wake_cb, self);
}

static void
sb_clock_finalize (GObject *object)
{
  SbClock *self = SB_CLOCK (object);

  g_clear_handle_id (&self->source_id, g_source_remove);
  g_sequence_free (self->timers);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (sb_clock_parent_class)->finalize (object);
}

static void
sb_clock_class_init (SbClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_clock_finalize;

  /* The offset changed or a virtual clock was advanced: whatever shows relative times looks again. */
  signals[JUMPED] = g_signal_new ("jumped", SB_TYPE_CLOCK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_clock_init (SbClock *self)
{
  self->timers = g_sequence_new (timer_free);
  g_mutex_init (&self->lock);
}

SbClock *
sb_clock_new_system (void)
{
  return g_object_new (SB_TYPE_CLOCK, NULL);
}

SbClock *
sb_clock_new_virtual (gint64 now_ms)
{
  SbClock *self = g_object_new (SB_TYPE_CLOCK, NULL);

  self->is_virtual = TRUE;
  self->now = now_ms;

  return self;
}

gint64
sb_clock_now (SbClock *self)
{
  gint64 now;

  g_mutex_lock (&self->lock);
  now = (self->is_virtual ? self->now : g_get_real_time () / 1000) + self->offset;
  g_mutex_unlock (&self->lock);

  return now;
}

/* Milliseconds since some fixed moment, never going back, counting sleep: for back-off and time-outs. */
gint64
sb_clock_uptime (SbClock *self)
{
  struct timespec boot;

  if (self->is_virtual)
    return self->now;

  clock_gettime (CLOCK_BOOTTIME, &boot);

  return boot.tv_sec * SB_SECOND_MS + boot.tv_nsec / 1000000;
}

gboolean
sb_clock_is_virtual (SbClock *self)
{
  return self->is_virtual;
}

/* Moves a virtual clock, stopping at each timer on the way so that each sees its own time. */
void
sb_clock_advance (SbClock *self,
                  gint64   by_ms)
{
  gint64 goal = self->now + by_ms;

  g_return_if_fail (self->is_virtual);

  for (;;)
    {
      GSequenceIter *first = g_sequence_get_begin_iter (self->timers);
      const Timer   *timer = g_sequence_iter_is_end (first) ? NULL : g_sequence_get (first);

      if (timer == NULL || timer->at - self->offset > goal)
        break;

      g_mutex_lock (&self->lock);
      self->now = MAX (self->now, timer->at - self->offset);
      g_mutex_unlock (&self->lock);
      fire_next (self);
    }

  g_mutex_lock (&self->lock);
  self->now = goal;
  g_mutex_unlock (&self->lock);
  g_signal_emit (self, signals[JUMPED], 0);
}

/* What is added to the machine's time. The practice shop moves it; a real shop never does. */
void
sb_clock_set_offset (SbClock *self,
                     gint64   offset_ms)
{
  if (self->offset == offset_ms)
    return;

  g_mutex_lock (&self->lock);
  self->offset = offset_ms;
  g_mutex_unlock (&self->lock);
  schedule (self);
  g_signal_emit (self, signals[JUMPED], 0);
}

gint64
sb_clock_get_offset (SbClock *self)
{
  return self->offset;
}

/**
 * sb_clock_add_timer:
 * @at_ms: when, on this clock; a moment in the past fires on the next turn of the main loop
 * @func: called once; its return value is not used
 *
 * Returns: an id for sb_clock_remove_timer(), never 0
 */
guint
sb_clock_add_timer (SbClock       *self,
                    gint64         at_ms,
                    GSourceFunc    func,
                    gpointer       data,
                    GDestroyNotify destroy)
{
  Timer *timer = g_new0 (Timer, 1);

  timer->id = ++self->last_id;
  timer->at = at_ms;
  timer->func = func;
  timer->data = data;
  timer->destroy = destroy;
  g_sequence_insert_sorted (self->timers, timer, timer_compare, NULL);
  schedule (self);

  return timer->id;
}

void
sb_clock_remove_timer (SbClock *self,
                       guint    id)
{
  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->timers); !g_sequence_iter_is_end (iter);
       iter = g_sequence_iter_next (iter))
    {
      const Timer *timer = g_sequence_get (iter);

      if (timer->id != id)
        continue;

      g_sequence_remove (iter);
      schedule (self);
      return;
    }
}
