/* Files that came with messages: fetched at once, because the network keeps them for days only. */
#include "sb-engine-private.h"

#include <glib/gstdio.h>

struct _SbMediaFetcher
{
  SbEngine     *engine; /* not owned */
  GCancellable *cancellable;
  guint         timer_id;
  guint         n_busy;
  gboolean      listing;
};

#define AT_ONCE    3
#define LARGEST    (100 * 1024 * 1024)
#define MOST_TRIES 40

typedef struct
{
  SbEngine *engine;
  gint64    attachment_id;
  int       tries;
  char     *part;
} Fetch;

typedef struct
{
  guint      limit;
  GPtrArray *wanted;
} Listing;

typedef struct
{
  gint64            attachment_id;
  SbAttachmentState state;
  char             *hash;
  gint64            size;
  gint64            retry_at;
} Outcome;

static void
fetch_free (Fetch *fetch)
{
  g_unlink (fetch->part);
  g_free (fetch->part);
  g_object_unref (fetch->engine);
  g_free (fetch);
}

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;

  g_free (outcome->hash);
  g_free (outcome);
}

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  g_clear_pointer (&listing->wanted, g_ptr_array_unref);
  g_free (listing);
}

static gboolean
settle_command (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  Outcome *outcome = data;

  return sb_writer_settle_attachment (writer, outcome->attachment_id, outcome->state, outcome->hash, outcome->size, outcome->retry_at, error);
}

static void
settled_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SbEngine) engine = user_data;
  g_autoptr (GError)   error = NULL;

  if (!sb_store_run_finish (SB_STORE (object), result, &error))
    g_warning ("A file that came could not be noted: %s", error->message);
  if (engine->fetcher != NULL)
    {
      engine->fetcher->n_busy--;
      sb_media_fetcher_wake (engine->fetcher);
    }
}

static void
settle (Fetch            *fetch,
        SbAttachmentState state,
        char             *hash,
        gint64            size,
        gint64            retry_at)
{
  Outcome *outcome;

  /* The shop was left meanwhile: it is still wanted, and fetched when the shop is open again. */
  if (fetch->engine->fetcher == NULL)
    {
      g_free (hash);
      return;
    }

  outcome = g_new0 (Outcome, 1);
  outcome->attachment_id = fetch->attachment_id;
  outcome->state = state;
  outcome->hash = hash;
  outcome->size = size;
  outcome->retry_at = retry_at;
  sb_store_run_async (fetch->engine->store, settle_command, outcome, outcome_free, settled_cb, g_object_ref (fetch->engine));
}

static void
import_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Fetch  *fetch = task_data;
  GError *error = NULL;
  gint64  size = 0;
  char   *hash = sb_store_import_media (fetch->engine->store, fetch->part, &size, &error);

  if (hash == NULL)
    g_task_return_error (task, error);
  else
    {
      g_object_set_data (G_OBJECT (task), "size", GSIZE_TO_POINTER ((gsize) size));
      g_task_return_pointer (task, hash, g_free);
    }
}

/* Waits 2, 4, 8 ... s, at most an hour; gives up when the network has surely dropped the file. */
static void
try_later (Fetch        *fetch,
           const GError *error)
{
  gint64 now = sb_clock_now (fetch->engine->clock);
  gint64 wait = MIN ((gint64) 2000 << MIN (fetch->tries, 11), SB_HOUR_MS);

  g_debug ("A file was not fetched (try %d): %s", fetch->tries + 1, error->message);
  if (g_error_matches (error, SB_ERROR, SB_ERROR_TOO_LARGE))
    settle (fetch, SB_ATTACHMENT_TOO_LARGE, NULL, 0, 0);
  else if ((g_error_matches (error, SB_ERROR, SB_ERROR_NOT_FOUND) && fetch->tries >= 3) || fetch->tries >= MOST_TRIES)
    settle (fetch, SB_ATTACHMENT_GONE, NULL, 0, 0);
  else
    settle (fetch, SB_ATTACHMENT_WANTED, NULL, 0, now + wait);
}

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Fetch             *fetch = user_data;
  g_autoptr (GError) error = NULL;
  char              *hash = g_task_propagate_pointer (G_TASK (result), &error);

  if (hash != NULL)
    settle (fetch, SB_ATTACHMENT_HERE, hash, GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (result), "size")), 0);
  else
    try_later (fetch, error);
  fetch_free (fetch);
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Fetch             *fetch = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask)  task = NULL;

  if (!sb_channel_fetch_finish (SB_CHANNEL (object), result, &error))
    {
      try_later (fetch, error);
      fetch_free (fetch);
      return;
    }

  task = g_task_new (fetch->engine, NULL, imported_cb, fetch);
  g_task_set_task_data (task, fetch, NULL);
  g_task_run_in_thread (task, import_thread);
}

static gboolean
list_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Listing *listing = data;

  listing->wanted = sb_writer_list_wanted (writer, listing->limit);
  /* Taken: not listed again while it is fetched; a crash leaves it wanted. */
  for (guint i = 0; i < listing->wanted->len; i++)
    {
      const SbWantedMedia *media = listing->wanted->pdata[i];

      if (!sb_writer_hold_attachment (writer, media->id, sb_writer_now (writer) + 5 * SB_MINUTE_MS, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
again_cb (gpointer user_data)
{
  SbMediaFetcher *self = user_data;

  self->timer_id = 0;
  sb_media_fetcher_wake (self);

  return G_SOURCE_REMOVE;
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbEngine) engine = user_data;
  Listing             *listing = sb_store_get_command_data (result);
  SbMediaFetcher      *self = engine->fetcher;

  if (self == NULL)
    return;
  self->listing = FALSE;
  if (!sb_store_run_finish (SB_STORE (object), result, NULL) || listing->wanted == NULL)
    return;

  for (guint i = 0; i < listing->wanted->len; i++)
    {
      const SbWantedMedia *media = listing->wanted->pdata[i];
      SbLineRun           *run = sb_line_run_get (engine, media->line_id);
      g_autofree char     *name = g_strdup_printf ("fetch-%" G_GINT64_FORMAT ".part", media->id);
      Fetch               *fetch;

      if (run == NULL || run->channel == NULL)
        continue;
      fetch = g_new0 (Fetch, 1);
      fetch->engine = g_object_ref (engine);
      fetch->attachment_id = media->id;
      fetch->tries = media->tries;
      fetch->part = g_build_filename (sb_store_get_folder (engine->store), "media", name, NULL);
      self->n_busy++;
      sb_channel_fetch_async (run->channel, media->media_id, media->url, fetch->part, LARGEST, self->cancellable, fetched_cb, fetch);
    }

  if (self->timer_id == 0)
    self->timer_id = sb_clock_add_timer (engine->clock, sb_clock_now (engine->clock) + 30 * SB_SECOND_MS, again_cb, self, NULL);
}

void
sb_media_fetcher_wake (SbMediaFetcher *self)
{
  Listing *listing;

  if (self == NULL || !self->engine->started || !self->engine->online || self->listing || self->n_busy >= AT_ONCE)
    return;

  self->listing = TRUE;
  listing = g_new0 (Listing, 1);
  listing->limit = AT_ONCE - self->n_busy;
  sb_store_run_async (self->engine->store, list_command, listing, listing_free, listed_cb, g_object_ref (self->engine));
}

SbMediaFetcher *
sb_media_fetcher_new (SbEngine *engine)
{
  SbMediaFetcher *self = g_new0 (SbMediaFetcher, 1);

  self->engine = engine;
  self->cancellable = g_cancellable_new ();

  return self;
}

void
sb_media_fetcher_free (SbMediaFetcher *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  if (self->timer_id != 0)
    sb_clock_remove_timer (self->engine->clock, self->timer_id);
  g_free (self);
}
