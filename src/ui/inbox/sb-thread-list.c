#include "sb-thread-item.h"

/**
 * SbThreadItem:
 *
 * A row of the inbox as a list shows it; replaced, never changed.
 */
struct _SbThreadItem
{
  GObject parent_instance;

  SbThread *thread;
};

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

  return self;
}

const SbThread *
sb_thread_item_get (SbThreadItem *self)
{
  return self->thread;
}

/**
 * SbThreadList:
 *
 * The conversations of a view, newest first, loaded page by page as the list is scrolled. When the shop changes it asks for
 * what is loaded again and tells the list only of the rows that differ, so that the place is kept.
 */
struct _SbThreadList
{
  GObject parent_instance;

  SbEngine      *engine;
  SbThreadFilter filter;
  GPtrArray     *items;
  guint          wanted;
  guint          refresh_id;
  guint          tick_id;
};

enum
{
  TICK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define PAGE 60

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SbThreadList, sb_thread_list, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return SB_TYPE_THREAD_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return SB_THREAD_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  SbThreadList *self = SB_THREAD_LIST (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
same (const SbThread *a,
      const SbThread *b)
{
  return a->id == b->id && a->last_at == b->last_at && a->unread == b->unread && a->last_status == b->last_status && a->pinned == b->pinned && a->status == b->status &&
         a->window_until == b->window_until && a->snooze_until == b->snooze_until && a->n_waiting == b->n_waiting && a->n_unknown == b->n_unknown && a->assignee_id == b->assignee_id &&
         g_strcmp0 (a->preview, b->preview) == 0 && g_strcmp0 (a->draft, b->draft) == 0 && g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->tags, b->tags) == 0;
}

/* Rows alike at both ends stay; what lies between is replaced in one step. */
void
sb_thread_list_refresh (SbThreadList *self)
{
  g_autoptr (GPtrArray) threads = sb_reader_list_threads (sb_engine_get_reader (self->engine), &self->filter, NULL, self->wanted);
  GPtrArray            *items = g_ptr_array_new_with_free_func (g_object_unref);
  guint                 head = 0, tail = 0, n_old = self->items->len, n_new = threads->len;

  while (head < MIN (n_old, n_new) && same (sb_thread_item_get (self->items->pdata[head]), threads->pdata[head]))
    head++;
  while (tail < MIN (n_old, n_new) - head && same (sb_thread_item_get (self->items->pdata[n_old - 1 - tail]), threads->pdata[n_new - 1 - tail]))
    tail++;

  for (guint i = 0; i < n_new; i++)
    if (i < head)
      g_ptr_array_add (items, g_object_ref (self->items->pdata[i]));
    else if (i >= n_new - tail)
      g_ptr_array_add (items, g_object_ref (self->items->pdata[n_old - (n_new - i)]));
    else
      g_ptr_array_add (items, sb_thread_item_new (sb_thread_copy (threads->pdata[i])));

  g_ptr_array_unref (self->items);
  self->items = items;
  if (n_old - head - tail > 0 || n_new - head - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, n_old - head - tail, n_new - head - tail);
}

static gboolean
refresh_cb (gpointer user_data)
{
  SbThreadList *self = user_data;

  self->refresh_id = 0;
  sb_thread_list_refresh (self);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (SbThreadList *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add (30, refresh_cb, self);
}

void
sb_thread_list_set_filter (SbThreadList         *self,
                           const SbThreadFilter *filter)
{
  self->filter = *filter;
  self->wanted = PAGE;
  sb_thread_list_refresh (self);
}

/* The end of the list came into sight. */
void
sb_thread_list_load_more (SbThreadList *self)
{
  if (self->items->len < self->wanted)
    return;
  self->wanted += PAGE;
  changed_cb (self);
}

/* Position of the conversation, -1 when it is not loaded. */
int
sb_thread_list_find (SbThreadList *self,
                     gint64        thread_id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (sb_thread_item_get (self->items->pdata[i])->id == thread_id)
      return i;

  return -1;
}

static void
sb_thread_list_dispose (GObject *object)
{
  SbThreadList *self = SB_THREAD_LIST (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_thread_list_parent_class)->dispose (object);
}

static void
sb_thread_list_class_init (SbThreadListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_thread_list_dispose;

  /* A minute passed or the clock was moved: rows that show times look again. */
  signals[TICK] = g_signal_new ("tick", SB_TYPE_THREAD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_thread_list_init (SbThreadList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->wanted = PAGE;
}

static gboolean
tick_cb (gpointer user_data)
{
  g_signal_emit (user_data, signals[TICK], 0);

  return G_SOURCE_CONTINUE;
}

SbThreadList *
sb_thread_list_new (SbEngine *engine)
{
  SbThreadList *self = g_object_new (SB_TYPE_THREAD_LIST, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "counts-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sb_engine_get_clock (engine), "jumped", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  self->tick_id = g_timeout_add_seconds (60, tick_cb, self);

  return self;
}
