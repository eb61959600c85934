#include "sb-engine-export.h"

#include "sb-engine-private.h"

#define PAGE 500

typedef struct
{
  char            *path;
  SbContactsFormat format;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->path);
  g_free (wish);
}

/* All contacts, page by page. */
typedef struct
{
  SbReader     *reader;
  GCancellable *cancellable;
  GPtrArray    *page;
  guint         at;
  gint64        last;
  guint         n;
} Walk;

static SbCard *
next_card (gpointer data)
{
  Walk *walk = data;

  if (walk->page == NULL || walk->at == walk->page->len)
    {
      g_clear_pointer (&walk->page, g_ptr_array_unref);
      if (g_cancellable_is_cancelled (walk->cancellable))
        return NULL;
      walk->page = sb_reader_list_cards (walk->reader, walk->last, PAGE);
      walk->at = 0;
      if (walk->page->len == 0)
        return NULL;
      g_ptr_array_set_free_func (walk->page, NULL); /* each is given away */
    }
  walk->last = ((SbCard *) walk->page->pdata[walk->at])->contact_id;
  walk->n++;

  return walk->page->pdata[walk->at++];
}

static void
export_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  const Wish          *wish = data;
  GError              *error = NULL;
  g_autoptr (SbReader) reader = sb_engine_new_reader (SB_ENGINE (source), &error);
  g_auto (GStrv)       fields = NULL;
  SbCardShape          shape = { 0 };
  Walk                 walk = { .reader = reader, .cancellable = cancellable };

  if (reader != NULL)
    {
      sb_reader_get_card_shape (reader, &shape.n_numbers, &fields);
      shape.fields = fields;
      sb_contacts_write (wish->format, wish->path, &shape, next_card, &walk, &error);
    }
  for (guint i = walk.at; walk.page != NULL && i < walk.page->len; i++)
    sb_card_free (walk.page->pdata[i]);
  g_clear_pointer (&walk.page, g_ptr_array_unref);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, walk.n);
}

void
sb_engine_export_contacts_async (SbEngine           *self,
                                 const char         *path,
                                 SbContactsFormat    format,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Wish             *wish = g_new0 (Wish, 1);

  wish->path = g_strdup (path);
  wish->format = format;
  g_task_set_source_tag (task, sb_engine_export_contacts_async);
  g_task_set_task_data (task, wish, wish_free);
  g_task_run_in_thread (task, export_thread);
}

gboolean
sb_engine_export_contacts_finish (SbEngine     *self,
                                  GAsyncResult *result,
                                  guint        *n_contacts,
                                  GError      **error)
{
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  n = g_task_propagate_int (G_TASK (result), error);
  if (n >= 0)
    *n_contacts = (guint) n;

  return n >= 0;
}
