#include "sb-people-list.h"

#include <gtk/gtk.h>

/* -- the row -- */

struct _SbPersonItem
{
  GObject parent_instance;

  gint64    id;
  SbPerson *person;
};

G_DEFINE_FINAL_TYPE (SbPersonItem, sb_person_item, G_TYPE_OBJECT)

static guint item_changed;

static void
sb_person_item_finalize (GObject *object)
{
  sb_person_free (SB_PERSON_ITEM (object)->person);

  G_OBJECT_CLASS (sb_person_item_parent_class)->finalize (object);
}

static void
sb_person_item_class_init (SbPersonItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_person_item_finalize;
  item_changed = g_signal_new ("changed", SB_TYPE_PERSON_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_person_item_init (SbPersonItem *self)
{
}

const SbPerson *
sb_person_item_get (SbPersonItem *self)
{
  return self->person;
}

gint64
sb_person_item_get_id (SbPersonItem *self)
{
  return self->id;
}

/**
 * SbPeopleList:
 *
 * The people of a query. Whom it holds, and in which order, is asked in a worker; the rows are read page by page as a view
 * asks for them, and the ones seen last are kept. Somebody writing changes a row and moves none: a list that people read
 * must not jump.
 *
 * Signals:
 *  "changing": many rows are about to change their places.
 *  "ready": the answer to a query is there.
 */
struct _SbPeopleList
{
  GObject parent_instance;

  SbEngine      *engine;
  SbPeopleQuery *query;
  GArray        *ids;
  GHashTable    *items;  /* id -> SbPersonItem, not owned: those that somebody holds */
  GPtrArray     *recent; /* owned, a ring */
  guint          next;
  GHashTable    *dirty; /* ids of contacts, and of conversations, that changed */
  gboolean       all_dirty;
  gboolean       order_dirty;
  gboolean       active;
  gboolean       asking;
  gboolean       ready;
  guint          refresh_id;
  GCancellable  *cancellable;
};

#define PAGE       64
#define KEPT       1024
#define REFRESH_MS 120

static guint changing_signal, ready_signal;

static void list_model_init (GListModelInterface *iface);
static void ask (SbPeopleList *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (SbPeopleList, sb_people_list, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* -- rows -- */

/* The key lies in the item, so it is looked for by value. Items go in small numbers, and seldom. */
static void
gone_cb (gpointer user_data,
         GObject *where_it_was)
{
  SbPeopleList  *self = user_data;
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (value == where_it_was)
      {
        g_hash_table_iter_remove (&iter);
        return;
      }
}

static void
keep (SbPeopleList *self,
      SbPersonItem *item)
{
  if (self->recent->len < KEPT)
    g_ptr_array_add (self->recent, item);
  else
    {
      g_object_unref (self->recent->pdata[self->next]);
      self->recent->pdata[self->next] = item;
      self->next = (self->next + 1) % KEPT;
    }
}

/* The page around @position that is not there yet. */
static void
load_page (SbPeopleList *self,
           guint         position)
{
  guint                 from = position / PAGE * PAGE;
  guint                 n = MIN (PAGE, self->ids->len - from);
  g_autoptr (GPtrArray) people = sb_reader_get_people (sb_engine_get_reader (self->engine), &g_array_index (self->ids, gint64, from), n);

  g_ptr_array_set_free_func (people, NULL);
  for (guint i = 0; i < people->len; i++)
    {
      SbPerson     *person = people->pdata[i];
      SbPersonItem *item;

      if (g_hash_table_contains (self->items, &person->id))
        {
          sb_person_free (person);
          continue;
        }
      item = g_object_new (SB_TYPE_PERSON_ITEM, NULL);
      item->id = person->id;
      item->person = person;
      g_hash_table_insert (self->items, &item->id, item);
      g_object_weak_ref (G_OBJECT (item), gone_cb, self);
      keep (self, item);
    }
}

/* Somebody who is no longer in the file, until the list is asked again. */
static SbPersonItem *
make_empty (SbPeopleList *self,
            gint64        id)
{
  SbPersonItem *item = g_object_new (SB_TYPE_PERSON_ITEM, NULL);

  item->id = id;
  item->person = sb_person_new ();
  item->person->id = id;
  item->person->name = g_strdup ("…");
  item->person->handle = g_strdup ("");

  return item;
}

static GType
get_item_type (GListModel *model)
{
  return SB_TYPE_PERSON_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return SB_PEOPLE_LIST (model)->ids->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  SbPeopleList *self = SB_PEOPLE_LIST (model);
  gint64        id = sb_people_list_get_id (self, position);
  SbPersonItem *item;

  if (id == 0)
    return NULL;
  item = g_hash_table_lookup (self->items, &id);
  if (item == NULL)
    {
      load_page (self, position);
      item = g_hash_table_lookup (self->items, &id);
    }

  return item != NULL ? g_object_ref (item) : make_empty (self, id);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

gint64
sb_people_list_get_id (SbPeopleList *self,
                       guint         position)
{
  return position < self->ids->len ? g_array_index (self->ids, gint64, position) : 0;
}

/* %GTK_INVALID_LIST_POSITION when the list has not got them. */
guint
sb_people_list_find (SbPeopleList *self,
                     gint64        contact_id)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == contact_id)
      return i;

  return GTK_INVALID_LIST_POSITION;
}

/* (transfer full): everybody in the list */
GArray *
sb_people_list_dup_ids (SbPeopleList *self)
{
  return g_array_copy (self->ids);
}

/* -- asking -- */

/* What is alike at both ends stays; what lies between is told as one change. */
static void
adopt (SbPeopleList *self,
       GArray       *ids)
{
  g_autoptr (GArray) old = g_steal_pointer (&self->ids);
  const gint64      *a = (const gint64 *) (gpointer) old->data;
  const gint64      *b = (const gint64 *) (gpointer) ids->data;
  guint              head = 0, tail = 0;

  while (head < MIN (old->len, ids->len) && a[head] == b[head])
    head++;
  while (tail < MIN (old->len, ids->len) - head && a[old->len - 1 - tail] == b[ids->len - 1 - tail])
    tail++;
  if (old->len - head - tail > 0 || ids->len - head - tail > 0)
    {
      self->ids = g_array_ref (old);
      g_signal_emit (self, changing_signal, 0);
      g_array_unref (self->ids);
      self->ids = g_array_ref (ids);
      g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail, ids->len - head - tail);
    }
  else
    self->ids = g_array_ref (ids);
}

static void
read_again (SbPeopleList *self,
            SbPersonItem *item)
{
  g_autoptr (GPtrArray) people = sb_reader_get_people (sb_engine_get_reader (self->engine), &item->id, 1);
  SbPerson             *person = people->len > 0 ? people->pdata[0] : NULL;

  if (person == NULL || sb_person_equal (person, item->person))
    return;
  g_ptr_array_set_free_func (people, NULL);
  sb_person_free (item->person);
  item->person = person;
  g_signal_emit (item, item_changed, 0);
}

static void
read_dirty (SbPeopleList *self)
{
  g_autoptr (GList) items = g_hash_table_get_values (self->items);

  for (GList *link = items; link != NULL; link = link->next)
    {
      SbPersonItem *item = link->data;

      if (self->all_dirty || g_hash_table_contains (self->dirty, &item->id) || (item->person->thread_id != 0 && g_hash_table_contains (self->dirty, &item->person->thread_id)))
        read_again (self, item);
    }
  g_hash_table_remove_all (self->dirty);
  self->all_dirty = FALSE;
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbPeopleList) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (GArray)       ids = sb_engine_list_people_finish (SB_ENGINE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->asking = FALSE;
  if (ids != NULL)
    adopt (self, ids);
  else
    g_warning ("The people cannot be read: %s", error->message);
  self->ready = TRUE;
  g_signal_emit (self, ready_signal, 0);
  if (self->order_dirty && self->active)
    ask (self);
}

static void
ask (SbPeopleList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->order_dirty = FALSE;
  self->asking = TRUE;
  sb_engine_list_people_async (self->engine, self->query, self->cancellable, listed_cb, g_object_ref (self));
}

static gboolean
refresh_cb (gpointer user_data)
{
  SbPeopleList *self = user_data;

  self->refresh_id = 0;
  read_dirty (self);
  if (self->order_dirty && !self->asking)
    ask (self);

  return G_SOURCE_REMOVE;
}

static void
schedule (SbPeopleList *self)
{
  if (self->active && self->refresh_id == 0 && (self->order_dirty || self->all_dirty || g_hash_table_size (self->dirty) > 0))
    self->refresh_id = g_timeout_add (REFRESH_MS, refresh_cb, self);
}

/* Asks again with the same query. */
void
sb_people_list_refresh (SbPeopleList *self)
{
  self->order_dirty = TRUE;
  schedule (self);
}

/* A list that nobody sees waits with its questions. */
void
sb_people_list_set_active (SbPeopleList *self,
                           gboolean      active)
{
  self->active = active;
  if (active && !self->ready && !self->asking)
    ask (self);
  else
    schedule (self);
}

gboolean
sb_people_list_is_ready (SbPeopleList *self)
{
  return self->ready;
}

void
sb_people_list_set_query (SbPeopleList        *self,
                          const SbPeopleQuery *query)
{
  SbPeopleQuery *old = self->query;

  self->query = sb_people_query_copy (query);
  sb_people_query_free (old);
  self->order_dirty = TRUE;
  if (self->active)
    ask (self);
}

const SbPeopleQuery *
sb_people_list_get_query (SbPeopleList *self)
{
  return self->query;
}

static void
event_cb (SbPeopleList *self,
          SbEvent      *event)
{
  switch ((int) event->kind)
    {
    case SB_EVENT_THREAD_READ:
    case SB_EVENT_THREAD_DRAFT:
    case SB_EVENT_THREAD_PINNED:
    case SB_EVENT_THREAD_ASSIGNED:
    case SB_EVENT_NOTE:
      return;
    case SB_EVENT_PEOPLE_SETUP:
    case SB_EVENT_TAG_CHANGED:
    case SB_EVENT_UNDONE:
      self->all_dirty = TRUE;
      self->order_dirty = self->order_dirty || event->kind != SB_EVENT_TAG_CHANGED;
      break;
    case SB_EVENT_CONTACT_ADDED:
    case SB_EVENT_CONTACT_MERGED:
    case SB_EVENT_CONTACT_REMOVED:
    case SB_EVENT_CONTACT_STAGE:
    case SB_EVENT_CONTACT_CHANGED:
    case SB_EVENT_THREAD_TAGGED:
    case SB_EVENT_CONSENT:
      self->order_dirty = TRUE;
      break;
    default:
      break;
    }
  if (event->contact_id != 0)
    g_hash_table_add (self->dirty, g_memdup2 (&event->contact_id, sizeof event->contact_id));
  if (event->thread_id != 0)
    g_hash_table_add (self->dirty, g_memdup2 (&event->thread_id, sizeof event->thread_id));
  /* An import tells once for all of its rows. */
  if (event->kind == SB_EVENT_CONTACT_CHANGED && event->contact_id == 0 && event->thread_id == 0)
    self->all_dirty = TRUE;
  schedule (self);
}

static void
sb_people_list_dispose (GObject *object)
{
  SbPeopleList  *self = SB_PEOPLE_LIST (object);
  GHashTableIter iter;
  gpointer       item;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_object_weak_unref (G_OBJECT (item), gone_cb, self);
  g_hash_table_remove_all (self->items);
  g_ptr_array_set_size (self->recent, 0);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_people_list_parent_class)->dispose (object);
}

static void
sb_people_list_finalize (GObject *object)
{
  SbPeopleList *self = SB_PEOPLE_LIST (object);

  g_hash_table_unref (self->items);
  g_hash_table_unref (self->dirty);
  g_ptr_array_unref (self->recent);
  g_array_unref (self->ids);
  sb_people_query_free (self->query);

  G_OBJECT_CLASS (sb_people_list_parent_class)->finalize (object);
}

static void
sb_people_list_class_init (SbPeopleListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_people_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_people_list_finalize;
  changing_signal = g_signal_new ("changing", SB_TYPE_PEOPLE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  ready_signal = g_signal_new ("ready", SB_TYPE_PEOPLE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_people_list_init (SbPeopleList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->items = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->recent = g_ptr_array_new_with_free_func (g_object_unref);
  self->dirty = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->query = g_new0 (SbPeopleQuery, 1);
}

SbPeopleList *
sb_people_list_new (SbEngine *engine)
{
  SbPeopleList *self = g_object_new (SB_TYPE_PEOPLE_LIST, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);

  return self;
}
