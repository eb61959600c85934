/*
 * Drafts that the shop's file did not take: the disk is full, or another program has the file. They stay here, each with its
 * conversation, and are tried again until they are kept.
 */
#include "sb-composer-private.h"

#include "sb-reader-desk.h"

#define AGAIN_S 5

typedef struct
{
  char  *text;
  gint64 quote_id;
} Unsaved;

static void
unsaved_free (gpointer data)
{
  Unsaved *unsaved = data;

  g_free (unsaved->text);
  g_free (unsaved);
}

static gboolean
again_cb (gpointer user_data)
{
  SbComposer            *self = user_data;
  g_autoptr (GHashTable) tried = g_hash_table_ref (self->unsaved);
  GHashTableIter         iter;
  gpointer               thread_id, value;

  /* What is being sent is no draft any more when it went out. */
  if (!g_queue_is_empty (self->parcels))
    return G_SOURCE_CONTINUE;
  self->unsaved_id = 0;
  g_hash_table_iter_init (&iter, tried);
  while (g_hash_table_iter_next (&iter, &thread_id, &value))
    sb_composer_keep (self, *(gint64 *) thread_id, ((Unsaved *) value)->text, ((Unsaved *) value)->quote_id);

  return G_SOURCE_REMOVE;
}

/* The file holds what it held before: only that can be met with what is in the field. */
static void
go_back_to_kept (SbComposer *self)
{
  g_autoptr (SbDraft) draft = sb_reader_get_draft_of (sb_engine_get_reader (self->engine), self->thread_id, sb_engine_get_staff (self->engine));

  g_set_str (&self->base, draft != NULL ? draft->text : "");
}

void
sb_composer_add_unsaved (SbComposer   *self,
                         gint64        thread_id,
                         const char   *text,
                         gint64        quote_id,
                         const GError *error)
{
  Unsaved *unsaved = g_new0 (Unsaved, 1);

  unsaved->text = g_strdup (text);
  unsaved->quote_id = quote_id;
  if (self->unsaved == NULL)
    self->unsaved = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, unsaved_free);
  g_hash_table_insert (self->unsaved, g_memdup2 (&thread_id, sizeof thread_id), unsaved);
  if (self->unsaved_id == 0)
    self->unsaved_id = g_timeout_add_seconds (AGAIN_S, again_cb, self);
  if (thread_id != self->thread_id)
    return;
  go_back_to_kept (self);
  if (text[0] != '\0')
    sb_composer_show_problem (self, error->message);
}

/* It is kept, or was sent. */
void
sb_composer_forget_unsaved (SbComposer *self,
                            gint64      thread_id)
{
  if (self->unsaved == NULL || !g_hash_table_remove (self->unsaved, &thread_id))
    return;
  if (thread_id == self->thread_id && !self->gate_said)
    sb_composer_show_problem (self, NULL);
}

/* (nullable): what was written to @thread_id and is not in the file. */
const char *
sb_composer_get_unsaved (SbComposer *self,
                         gint64      thread_id,
                         gint64     *quote_id)
{
  const Unsaved *unsaved = self->unsaved != NULL ? g_hash_table_lookup (self->unsaved, &thread_id) : NULL;

  if (unsaved == NULL)
    return NULL;
  *quote_id = unsaved->quote_id;

  return unsaved->text;
}

void
sb_composer_end_unsaved (SbComposer *self)
{
  g_clear_handle_id (&self->unsaved_id, g_source_remove);
  g_clear_pointer (&self->unsaved, g_hash_table_unref);
}
