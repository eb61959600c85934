/* One conversation in a list; the list itself changes it. */
#include "sb-thread-item-private.h"

G_DEFINE_FINAL_TYPE (SbThreadItem, sb_thread_item, G_TYPE_OBJECT)

static void
sb_thread_item_finalize (GObject *object)
{
  sb_thread_free (SB_THREAD_ITEM (object)->thread);

  G_OBJECT_CLASS (sb_thread_item_parent_class)->finalize (object);
}

static void
sb_thread_item_class_init (SbThreadItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_thread_item_finalize;
}

static void
sb_thread_item_init (SbThreadItem *self)
{
}

/* @thread: (transfer full) */
SbThreadItem *
sb_thread_item_new (SbThread *thread)
{
  SbThreadItem *self = g_object_new (SB_TYPE_THREAD_ITEM, NULL);

  self->thread = thread;
  self->id = thread->id;
  self->placed_at = thread->last_at;

  return self;
}

const SbThread *
sb_thread_item_get (SbThreadItem *self)
{
  return self->thread;
}

/* Only while the list tells that rows changed. */
gboolean
sb_thread_item_is_stale (SbThreadItem *self)
{
  return self->stale;
}
