#include "sb-thread-item-private.h"

#include <gdk/gdk.h>

#include "sb-settings.h"

/**
 * SbThreadList:
 *
 * The conversations of a view, newest first, loaded page by page as the list is scrolled. When the shop changes it asks for
 * what is loaded again, the less often the more that is, and tells the list only of the rows that differ, so that the place is kept. While it is held, rows
 * change and go, but none moves and none comes in above: those are counted as pending.
 */
struct _SbThreadList
{
  GObject parent_instance;

  SbEngine      *engine;
  SbThreadFilter filter;
  GPtrArray     *items;
  GHashTable    *places; /* id of the conversation -> place in items, plus 1 */
  guint          first;  /* how many rows are there at once */
  guint          wanted;
  SbThreadKey    end;   /* the last row that was read */
  gboolean       ended; /* there is none below it */
  gint64         cost;  /* what the last look at the shop took, in µs */
  guint          refresh_id;
  guint          more_id;
  guint          rest_id;
  guint          tick_id;
  guint          pending;
  GError        *trouble;
  gboolean       held;
  gboolean       release; /* the next look at the shop takes its order, whatever is held */
};

enum
{
  TICK,
  ROWS_CHANGED,
  PENDING,
  TROUBLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* As many as the window shows are there at once; the rest of the page comes when that is painted. */
#define FIRST   24
#define LEAST   8
#define ROW     70 /* pixels */
#define PAGE    60
#define LONG    (8 * PAGE)
#define REST_MS 600

/* A look at the shop waits a moment for the next change; one that takes long waits longer, so that typing goes on beside it. */
#define REFRESH_MS 30
/* A letter that was typed is painted first. */
#define AFTER_FRAME (GDK_PRIORITY_REDRAW + 10)
#define COST_SHARE  8

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
         g_strcmp0 (a->preview, b->preview) == 0 && g_strcmp0 (a->draft, b->draft) == 0 && g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->tags, b->tags) == 0 &&
         g_strcmp0 (a->assignee, b->assignee) == 0 && a->assignee_gone == b->assignee_gone;
}

/* -- looking at the shop again -- */

/* Position of the conversation, -1 when it is not loaded. */
int
sb_thread_list_find (SbThreadList *self,
                     gint64        thread_id)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->places, &thread_id)) - 1;
}

static void
set_pending (SbThreadList *self,
             guint         pending)
{
  if (self->pending == pending)
    return;
  self->pending = pending;
  g_signal_emit (self, signals[PENDING], 0);
}

static SbThreadItem *
find_item (SbThreadList *self,
           gint64        thread_id)
{
  int position = sb_thread_list_find (self, thread_id);

  return position >= 0 ? self->items->pdata[position] : NULL;
}

/* The item of @thread as it is now; @changed when an old one shows something else. (transfer full) */
static SbThreadItem *
take_item (SbThreadList   *self,
           const SbThread *thread,
           gboolean       *changed)
{
  SbThreadItem *item = find_item (self, thread->id);

  if (item == NULL)
    return sb_thread_item_new (sb_thread_copy (thread));
  if (!same (item->thread, thread))
    {
      sb_thread_free (item->thread);
      item->thread = sb_thread_copy (thread);
      item->stale = *changed = TRUE;
    }

  return g_object_ref (item);
}

/* What would come in above or climb: new conversations, and customers who wrote. */
static guint
count_pending (SbThreadList *self,
               GPtrArray    *fresh,
               guint         last)
{
  guint pending = 0;

  for (guint i = 0; i < last; i++)
    {
      const SbThread *thread = sb_thread_item_get (fresh->pdata[i]);
      SbThreadItem   *old = find_item (self, thread->id);

      if (old == NULL || (thread->last_at > old->placed_at && thread->last_direction == SB_DIRECTION_IN && (guint) sb_thread_list_find (self, thread->id) > i))
        pending++;
    }

  return pending;
}

/* The order on screen without what went, and what is older than all of it below. NULL when nothing is on screen. */
static GPtrArray *
keep_order (SbThreadList *self,
            GPtrArray    *fresh)
{
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  GPtrArray             *kept = g_ptr_array_new_with_free_func (g_object_unref);
  guint                  last = 0;

  for (guint i = 0; i < fresh->len; i++)
    g_hash_table_insert (places, fresh->pdata[i], GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < self->items->len; i++)
    {
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, self->items->pdata[i]));

      if (place != 0)
        g_ptr_array_add (kept, g_object_ref (self->items->pdata[i]));
      last = MAX (last, place);
    }
  if (kept->len == 0)
    {
      g_ptr_array_unref (kept);
      return NULL;
    }
  for (guint i = last; i < fresh->len; i++)
    g_ptr_array_add (kept, g_object_ref (fresh->pdata[i]));
  set_pending (self, count_pending (self, fresh, last));

  return kept;
}

/* Rows alike at both ends stay; what lies between is told as one change. (transfer full) @items */
static void
adopt (SbThreadList *self,
       GPtrArray    *items)
{
  g_autoptr (GPtrArray) old = self->items;
  guint                 head = 0, tail = 0;

  while (head < MIN (old->len, items->len) && old->pdata[head] == items->pdata[head])
    head++;
  while (tail < MIN (old->len, items->len) - head && old->pdata[old->len - 1 - tail] == items->pdata[items->len - 1 - tail])
    tail++;
  self->items = items;
  g_hash_table_remove_all (self->places);
  for (guint i = 0; i < items->len; i++)
    g_hash_table_insert (self->places, &((SbThreadItem *) items->pdata[i])->id, GUINT_TO_POINTER (i + 1));
  if (old->len - head - tail > 0 || items->len - head - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail, items->len - head - tail);
}

/* @trouble: (transfer full) (nullable) */
static void
take_trouble (SbThreadList *self,
              GError       *trouble)
{
  gboolean is_news = (self->trouble == NULL) != (trouble == NULL) || (trouble != NULL && self->trouble->code != trouble->code);

  g_clear_error (&self->trouble);
  self->trouble = trouble;
  if (is_news && trouble != NULL)
    g_message ("Not all conversations can be read: %s", trouble->message);
  if (is_news)
    g_signal_emit (self, signals[TROUBLE], 0);
}

/* Rows that show the same as before are left alone: each costs a layout of its text. */
static void
tell_changed (SbThreadList *self)
{
  g_signal_emit (self, signals[ROWS_CHANGED], 0);
  for (guint i = 0; i < self->items->len; i++)
    ((SbThreadItem *) self->items->pdata[i])->stale = FALSE;
}

/* @threads: from the top or from the last end on, @asked of them */
static void
note_end (SbThreadList *self,
          GPtrArray    *threads,
          guint         asked)
{
  const SbThread *last = threads->len > 0 ? threads->pdata[threads->len - 1] : NULL;

  self->ended = threads->len < asked;
  if (last != NULL)
    self->end = (SbThreadKey) { .pinned = last->pinned, .last_at = last->last_at, .id = last->id };
}

void
sb_thread_list_refresh (SbThreadList *self)
{
  gint64                start = g_get_monotonic_time ();
  GError               *trouble = NULL;
  g_autoptr (GPtrArray) threads = sb_reader_try_threads (sb_engine_get_reader (self->engine), &self->filter, NULL, self->wanted, &trouble);
  GPtrArray            *items = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray            *kept;
  gboolean              changed = FALSE;

  note_end (self, threads, self->wanted);
  for (guint i = 0; i < threads->len; i++)
    g_ptr_array_add (items, take_item (self, threads->pdata[i], &changed));
  kept = self->held && !self->release ? keep_order (self, items) : NULL;
  if (kept != NULL)
    {
      g_ptr_array_unref (items);
      adopt (self, kept);
    }
  else
    {
      for (guint i = 0; i < items->len; i++)
        ((SbThreadItem *) items->pdata[i])->placed_at = sb_thread_item_get (items->pdata[i])->last_at;
      self->release = FALSE;
      set_pending (self, 0);
      adopt (self, items);
    }
  if (changed)
    tell_changed (self);
  take_trouble (self, trouble);
  self->cost = g_get_monotonic_time () - start;
}

/* The next page, below what is there: nothing is read again for it. */
static gboolean
more_cb (gpointer user_data)
{
  SbThreadList         *self = user_data;
  GError               *trouble = NULL;
  guint                 n = self->items->len;
  g_autoptr (GPtrArray) threads = sb_reader_try_threads (sb_engine_get_reader (self->engine), &self->filter, &self->end, PAGE, &trouble);

  self->more_id = 0;
  note_end (self, threads, PAGE);
  for (guint i = 0; i < threads->len; i++)
    if (find_item (self, ((const SbThread *) threads->pdata[i])->id) == NULL)
      {
        SbThreadItem *item = sb_thread_item_new (sb_thread_copy (threads->pdata[i]));

        g_ptr_array_add (self->items, item);
        g_hash_table_insert (self->places, &item->id, GUINT_TO_POINTER (self->items->len));
      }
  self->wanted = MAX (self->wanted, self->items->len);
  if (self->items->len > n)
    g_list_model_items_changed (G_LIST_MODEL (self), n, 0, self->items->len - n);
  if (trouble != NULL)
    take_trouble (self, trouble);

  return G_SOURCE_REMOVE;
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
refresh_in (SbThreadList *self,
            guint         ms)
{
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  self->refresh_id = g_timeout_add_full (AFTER_FRAME, ms, refresh_cb, self, NULL);
}

static void
changed_cb (SbThreadList *self)
{
  gint64 rest_ms = self->items->len > LONG ? COST_SHARE * self->cost / 1000 : 0;

  if (self->refresh_id == 0)
    refresh_in (self, MAX (REFRESH_MS, rest_ms));
}

static gboolean
rest_cb (gpointer user_data)
{
  SbThreadList *self = user_data;

  self->rest_id = 0;
  self->wanted = MAX (self->wanted, PAGE);
  sb_thread_list_refresh (self);

  return G_SOURCE_REMOVE;
}

void
sb_thread_list_set_filter (SbThreadList         *self,
                           const SbThreadFilter *filter)
{
  self->filter = *filter;
  g_clear_handle_id (&self->more_id, g_source_remove);
  self->wanted = self->first;
  self->release = TRUE;
  sb_thread_list_refresh (self);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  if (self->items->len == self->first)
    self->rest_id = g_timeout_add (REST_MS, rest_cb, self);
}

/* Somebody comes back to the row at @position: as many are loaded at once as reach below it. */
void
sb_thread_list_want (SbThreadList *self,
                     guint         position)
{
  self->wanted = MAX (self->wanted, position + PAGE);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  sb_thread_list_refresh (self);
}

/* Somebody is on the list: nothing moves under them. */
void
sb_thread_list_hold (SbThreadList *self,
                     gboolean      held)
{
  if (self->held == held)
    return;
  self->held = held;
  if (!held)
    changed_cb (self);
}

/* The next change takes its place at once: it was asked for. */
void
sb_thread_list_release (SbThreadList *self)
{
  self->release = TRUE;
  refresh_in (self, REFRESH_MS);
}

/* How many conversations wait to come in above. */
guint
sb_thread_list_get_pending (SbThreadList *self)
{
  return self->pending;
}

const GError *
sb_thread_list_get_trouble (SbThreadList *self)
{
  return self->trouble;
}

/* The conversation at @position; 0 for none. */
gint64
sb_thread_list_get_id (SbThreadList *self,
                       guint         position)
{
  return position < self->items->len ? sb_thread_item_get (self->items->pdata[position])->id : 0;
}

static gboolean
holds (GArray *ids,
       gint64  id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;

  return FALSE;
}

/* Where one goes on when the conversations in @gone leave: the next below the last of them, else above. */
gint64
sb_thread_list_get_after (SbThreadList *self,
                          GArray       *gone)
{
  int n = g_list_model_get_n_items (G_LIST_MODEL (self));
  int last = sb_thread_list_find (self, g_array_index (gone, gint64, gone->len - 1));

  for (int i = last + 1; i < n; i++)
    if (!holds (gone, sb_thread_list_get_id (self, i)))
      return sb_thread_list_get_id (self, i);
  for (int i = last - 1; i >= 0; i--)
    if (!holds (gone, sb_thread_list_get_id (self, i)))
      return sb_thread_list_get_id (self, i);

  return 0;
}

/* Whether all conversations of the view are there: none is still to be loaded, none waits above. */
gboolean
sb_thread_list_is_whole (SbThreadList *self)
{
  return self->ended && self->pending == 0 && self->trouble == NULL;
}

/* The end of the list came into sight. */
void
sb_thread_list_load_more (SbThreadList *self)
{
  if (!self->ended && self->more_id == 0 && self->items->len > 0)
    self->more_id = g_idle_add_full (G_PRIORITY_DEFAULT, more_cb, self, NULL);
}

/* Somebody is back at the top of a list that was read far down: it need not be read that far at every change. */
void
sb_thread_list_shorten (SbThreadList *self)
{
  if (self->items->len <= LONG)
    return;
  self->wanted = 2 * PAGE;
  refresh_in (self, REFRESH_MS);
}

static void
sb_thread_list_dispose (GObject *object)
{
  SbThreadList *self = SB_THREAD_LIST (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->more_id, g_source_remove);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_error (&self->trouble);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_thread_list_parent_class)->dispose (object);
}

static void
sb_thread_list_class_init (SbThreadListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_thread_list_dispose;

  /* A minute passed, the clock was moved: all rows look again. */
  signals[PENDING] = g_signal_new ("pending", SB_TYPE_THREAD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TROUBLE] = g_signal_new ("trouble", SB_TYPE_THREAD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TICK] = g_signal_new ("tick", SB_TYPE_THREAD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* Conversations changed: the rows of stale items look again. */
  signals[ROWS_CHANGED] = g_signal_new ("rows-changed", SB_TYPE_THREAD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* In the window as it was left, and will be opened. */
static guint
rows_of_window (void)
{
  GSettings *settings = sb_settings_get ();

  return g_settings_get_boolean (settings, "window-maximized") ? FIRST : CLAMP (g_settings_get_int (settings, "window-height") / ROW + 1, LEAST, FIRST);
}

static void
sb_thread_list_init (SbThreadList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->places = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->first = self->wanted = rows_of_window ();
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
