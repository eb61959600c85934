#include "sb-search-answers.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-config.h"
#include "sb-error.h"
#include "sb-store.h"

/**
 * SbSearchAnswers:
 *
 * What the search of the desktop gets to know: people, numbers in any spelling and messages of the shop that was open last,
 * read through a handle that cannot write. Nothing at all unless the owner allowed it.
 */
struct _SbSearchAnswers
{
  GObject parent_instance;

  GSettings  *settings;
  SbClock    *clock;
  SbStore    *store;
  char       *shop;  /* "shop" or "practice", of @store */
  GHashTable *words; /* id -> what a message says around the words that were found */
};

G_DEFINE_FINAL_TYPE (SbSearchAnswers, sb_search_answers, G_TYPE_OBJECT)

#define MOST_ASKED   60
#define MOST_PEOPLE  4
#define MOST_ANSWERS 12
#define SHORTEST     2

/* -- ids: shop/conversation/message, so that an answer of yesterday never opens something else -- */

static char *
make_id (SbSearchAnswers *self,
         gint64           thread_id,
         gint64           message_id)
{
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, self->shop, thread_id, message_id);
}

/* @message_id: (out): 0 for the customer */
gboolean
sb_search_answers_read_id (const char *id,
                           char      **shop,
                           gint64     *thread_id,
                           gint64     *message_id)
{
  g_auto (GStrv) parts = g_strsplit (id, "/", -1);

  if (g_strv_length (parts) != 3 || (!g_str_equal (parts[0], "shop") && !g_str_equal (parts[0], "practice")) ||
      !g_ascii_string_to_signed (parts[1], 10, 1, G_MAXINT64, thread_id, NULL) || !g_ascii_string_to_signed (parts[2], 10, 0, G_MAXINT64, message_id, NULL))
    return FALSE;
  *shop = g_strdup (parts[0]);

  return TRUE;
}

/* -- the shop -- */

/* The name of the shop that was open last, as the window wrote it down. */
static char *
last_shop (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "shopbell", "last-shop", NULL);
  g_autofree char *name = NULL;

  if (!g_file_get_contents (path, &name, NULL, NULL))
    return g_strdup ("shop");

  return g_strdup (g_str_has_prefix (name, "practice") ? "practice" : "shop");
}

static gboolean
open_shop (SbSearchAnswers *self,
           GError         **error)
{
  g_autofree char *name = last_shop ();
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "shopbell", name, NULL);

  if (self->store != NULL && g_str_equal (name, self->shop))
    return TRUE;
  if (self->store != NULL)
    sb_store_close (self->store);
  g_clear_object (&self->store);
  g_set_str (&self->shop, name);
  self->store = sb_store_open (folder, SB_STORE_READ_ONLY, self->clock, NULL, NULL, error);

  return self->store != NULL;
}

/* -- asking -- */

typedef struct
{
  SbStore *store;
  char    *words;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->store);
  g_free (question->words);
  g_free (question);
}

static void
interrupt_cb (GCancellable *cancellable,
              gpointer      reader)
{
  sb_reader_interrupt (reader);
}

static void
find_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Question            *question = task_data;
  GError              *error = NULL;
  g_autoptr (SbReader) reader = sb_store_new_reader (question->store, &error);
  gulong               handler = reader != NULL && cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (interrupt_cb), reader, NULL) : 0;
  GPtrArray           *hits = reader != NULL ? sb_reader_search (reader, question->words, MOST_ASKED, &error) : NULL;

  if (handler != 0)
    g_cancellable_disconnect (cancellable, handler);
  if (hits != NULL)
    g_task_return_pointer (task, hits, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/* Without callback data there is nothing to find: an empty list, at once. */
static void
answer_nothing (GTask *task)
{
  g_task_return_pointer (task, g_ptr_array_new_with_free_func ((GDestroyNotify) sb_hit_free), (GDestroyNotify) g_ptr_array_unref);
}

void
sb_search_answers_find_async (SbSearchAnswers    *self,
                              const char *const  *terms,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask)  task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char   *words = g_strstrip (g_strjoinv (" ", (char **) terms));
  g_autoptr (GError) error = NULL;
  Question          *question;

  g_task_set_source_tag (task, sb_search_answers_find_async);
  if (!g_settings_get_boolean (self->settings, "desktop-search") || g_utf8_strlen (words, -1) < SHORTEST)
    {
      answer_nothing (task);
      return;
    }
  if (!open_shop (self, &error))
    {
      g_message ("The search of the desktop cannot look into the shop: %s", error->message);
      answer_nothing (task);
      return;
    }

  question = g_new0 (Question, 1);
  question->store = g_object_ref (self->store);
  /* Whoever was blocked does not come up by the way. */
  question->words = g_strconcat (SB_SEARCH_NOT_BLOCKED " ", words, NULL);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, find_thread);
}

/* -- answering -- */

/* The few that fit: people first, and of the messages the newest, each conversation told apart by its message. */
static GStrv
choose (SbSearchAnswers *self,
        GPtrArray       *hits)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  guint                    n_people = 0, n_answers = 0;

  for (guint i = 0; i < hits->len && n_answers < MOST_ANSWERS; i++)
    {
      const SbHit *hit = hits->pdata[i];
      char        *id;

      if (hit->message_id == 0 && n_people++ >= MOST_PEOPLE)
        continue;
      id = make_id (self, hit->thread_id, hit->message_id);
      g_strv_builder_add (ids, id);
      if (hit->snippet != NULL)
        g_hash_table_replace (self->words, id, g_strdup (hit->snippet));
      else
        g_free (id);
      n_answers++;
    }

  return g_strv_builder_end (ids);
}

/* Returns: (transfer full): ids, best first; empty when nothing was found, nothing may be shown, or only signs were typed */
GStrv
sb_search_answers_find_finish (SbSearchAnswers *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_autoptr (GError)    failure = NULL;
  g_autoptr (GPtrArray) hits = g_task_propagate_pointer (G_TASK (result), &failure);

  if (hits != NULL)
    return choose (self, hits);
  if (g_error_matches (failure, SB_ERROR, SB_ERROR_INVALID))
    return g_new0 (char *, 1);
  g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

/* One line: the desktop gives no more. */
static char *
flatten (const char *text)
{
  char *line = g_strdup (text != NULL ? text : "");

  return g_strstrip (g_strdelimit (line, "\n\r\t", ' '));
}

static char *
describe_message (SbSearchAnswers *self,
                  const char      *id,
                  gint64           message_id)
{
  g_autoptr (SbMessage) message = sb_reader_get_message (sb_store_get_reader (self->store), message_id);
  const char           *found = g_hash_table_lookup (self->words, id);
  g_autofree char      *preview = message != NULL && found == NULL ? sb_message_preview (message) : NULL;
  g_autofree char      *line = flatten (found != NULL ? found : preview);

  if (message == NULL)
    return NULL;
  if (message->direction == SB_DIRECTION_OUT)
    /* Translators: what the shop wrote, in the search of the desktop */
    return g_strdup_printf (_("You: %s"), line);

  return g_steal_pointer (&line);
}

static void
add_meta (SbSearchAnswers *self,
          GVariantBuilder *metas,
          const char      *id)
{
  g_autofree char     *shop = NULL;
  g_autofree char     *about = NULL;
  gint64               thread_id, message_id;
  g_autoptr (SbThread) thread = NULL;

  if (!sb_search_answers_read_id (id, &shop, &thread_id, &message_id) || g_strcmp0 (shop, self->shop) != 0)
    return;
  thread = sb_reader_get_thread (sb_store_get_reader (self->store), thread_id);
  if (thread == NULL)
    return;
  about = message_id != 0 ? describe_message (self, id, message_id) : g_strdup (thread->handle != NULL ? thread->handle : "");
  if (about == NULL)
    return;

  g_variant_builder_open (metas, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (metas, "{sv}", "id", g_variant_new_string (id));
  g_variant_builder_add (metas, "{sv}", "name", g_variant_new_string (thread->name != NULL ? thread->name : about));
  g_variant_builder_add (metas, "{sv}", "description", g_variant_new_string (about));
  g_variant_builder_add (metas, "{sv}", "gicon", g_variant_new_string (message_id != 0 ? SB_APP_ID : "avatar-default"));
  g_variant_builder_close (metas);
}

/* Returns: (transfer floating): aa{sv}, without those that are gone by now */
GVariant *
sb_search_answers_describe (SbSearchAnswers   *self,
                            const char *const *ids)
{
  GVariantBuilder metas;

  g_variant_builder_init_static (&metas, G_VARIANT_TYPE ("aa{sv}"));
  if (g_settings_get_boolean (self->settings, "desktop-search") && open_shop (self, NULL))
    for (; *ids != NULL; ids++)
      add_meta (self, &metas, *ids);

  return g_variant_builder_end (&metas);
}

static void
sb_search_answers_dispose (GObject *object)
{
  SbSearchAnswers *self = SB_SEARCH_ANSWERS (object);

  if (self->store != NULL)
    sb_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->words, g_hash_table_unref);
  g_clear_pointer (&self->shop, g_free);

  G_OBJECT_CLASS (sb_search_answers_parent_class)->dispose (object);
}

static void
sb_search_answers_class_init (SbSearchAnswersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_search_answers_dispose;
}

static void
sb_search_answers_init (SbSearchAnswers *self)
{
  self->settings = g_settings_new (SB_BASE_ID);
  self->clock = sb_clock_new_system ();
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

SbSearchAnswers *
sb_search_answers_new (void)
{
  return g_object_new (SB_TYPE_SEARCH_ANSWERS, NULL);
}
