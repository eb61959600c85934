/* One picture of a video, made by the helper: videos come from strangers. One at a time, however many are in sight. */
#include "sb-video-frame.h"

#include <glib/gstdio.h>

#include "sb-child.h"

#define SIDE       524 /* twice what is shown */
#define TIMEOUT_MS 20000
#define CPU_S      15
#define LARGEST    (64 * 1024 * 1024) /* of what the helper writes: the picture, and its list of decoders */
#define ABOUT_MAX  4096

static GQueue      waiting = G_QUEUE_INIT;
static gboolean    running;
static GHashTable *tried; /* videos without a picture; they are asked again after a restart, when there may be a decoder */

void
sb_video_frame_free (SbVideoFrame *self)
{
  g_free (self->picture);
  g_free (self);
}

/* -- what is kept -- */

/* media/HASH has its picture in thumbnails/HASH.jpg, and what is known beside it. */
static char *
kept_path (const char *video,
           const char *suffix)
{
  g_autofree char *folder = g_path_get_dirname (video);
  g_autofree char *name = g_path_get_basename (video);
  g_autofree char *file = g_strconcat (name, suffix, NULL);

  return g_build_filename (folder, "thumbnails", file, NULL);
}

/* (nullable): what was found out before. Two small files, so it may be asked while a row is made. */
SbVideoFrame *
sb_video_frame_look (const char *video)
{
  g_autofree char     *about = kept_path (video, ".json");
  g_autofree char     *text = NULL;
  gsize                length = 0;
  g_autoptr (JsonNode) node = NULL;
  SbVideoFrame        *frame;

  if (!g_file_get_contents (about, &text, &length, NULL) || length > ABOUT_MAX || (node = sb_json_parse (text, (gssize) length, NULL)) == NULL)
    return NULL;
  frame = g_new0 (SbVideoFrame, 1);
  frame->duration_ms = sb_json_int (sb_json_root (node), "ms", 0);
  frame->picture = kept_path (video, ".jpg");
  if (g_file_test (frame->picture, G_FILE_TEST_EXISTS))
    return frame;
  sb_video_frame_free (frame);

  return NULL;
}

/* The picture comes first: what is written half is not there for anybody. */
static void
keep (const char   *video,
      SbVideoFrame *frame)
{
  g_autofree char       *part = kept_path (video, ".part");
  g_autofree char       *picture = kept_path (video, ".jpg");
  g_autofree char       *about = kept_path (video, ".json");
  g_autoptr (JsonObject) object = sb_json_make ("i:ms", frame->duration_ms, NULL);
  g_autofree char       *text = sb_json_text (object);

  if (g_rename (part, picture) == 0 && g_file_set_contents (about, text, -1, NULL))
    frame->picture = g_steal_pointer (&picture);
}

/* -- asking the helper -- */

typedef struct
{
  char    *video;
  gboolean has_picture;
  gint64   duration_ms;
  gboolean answered;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_free (asking->video);
  g_free (asking);
}

static void next (void);

static void
answer_cb (JsonObject *object,
           gpointer    data)
{
  Asking *asking = g_task_get_task_data (data);

  asking->answered = TRUE;
  asking->has_picture = sb_json_bool (object, "picture", FALSE);
  asking->duration_ms = sb_json_int (object, "ms", 0);
}

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking           *asking = g_task_get_task_data (task);
  GError           *error = NULL;
  gboolean          done = sb_child_run_finish (result, &error) && asking->answered;
  SbVideoFrame     *frame;

  running = FALSE;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !asking->has_picture)
    g_hash_table_insert (tried, g_strdup (asking->video), GINT_TO_POINTER (done ? (int) CLAMP (asking->duration_ms, 0, G_MAXINT - 1) + 1 : 0));
  if (!done)
    g_task_return_error (task, error != NULL ? error : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "the helper said nothing"));
  else
    {
      frame = g_new0 (SbVideoFrame, 1);
      frame->duration_ms = asking->duration_ms;
      if (asking->has_picture)
        keep (asking->video, frame);
      g_task_return_pointer (task, frame, (GDestroyNotify) sb_video_frame_free);
    }
  next ();
}

static void
ask (GTask *task)
{
  const SbChildSpec      spec = { .program = "shopbell-reader",
                                  .arguments = (const char *const[]) { "frame", NULL },
                                  .cpu_s = CPU_S,
                                  .timeout_ms = TIMEOUT_MS,
                                  .file_size = LARGEST };
  Asking                *asking = g_task_get_task_data (task);
  g_autofree char       *part = kept_path (asking->video, ".part");
  g_autofree char       *folder = g_path_get_dirname (part);
  g_autofree char       *cache = g_build_filename (g_get_user_cache_dir (), "shopbell", NULL);
  g_autofree char       *registry = g_build_filename (cache, "decoders", NULL);
  g_autoptr (JsonObject) request = sb_json_make ("s:path", asking->video, "s:picture", part, "s:registry", registry, "i:side", (gint64) SIDE, NULL);

  running = TRUE;
  g_mkdir_with_parents (cache, 0700);
  g_mkdir (folder, 0700);
  sb_child_run_async (&spec, request, answer_cb, task, g_task_get_cancellable (task), asked_cb, task);
}

/* Those nobody wants any more are passed over. */
static void
next (void)
{
  GTask *task;

  while (!running && (task = g_queue_pop_head (&waiting)) != NULL)
    {
      if (g_task_return_error_if_cancelled (task))
        g_object_unref (task);
      else
        ask (task);
    }
}

/* Once is enough. (transfer full) @task; @known: its length in ms and 1, or 0 for no video */
static void
answer_again (GTask *task,
              int    known)
{
  SbVideoFrame *frame;

  if (known == 0)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "no picture could be made of this video");
  else
    {
      frame = g_new0 (SbVideoFrame, 1);
      frame->duration_ms = known - 1;
      g_task_return_pointer (task, frame, (GDestroyNotify) sb_video_frame_free);
    }
  g_object_unref (task);
}

void
sb_video_frame_async (const char         *video,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  GTask   *task = g_task_new (NULL, cancellable, callback, user_data);
  Asking  *asking = g_new0 (Asking, 1);
  gpointer known;

  if (tried == NULL)
    tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  asking->video = g_strdup (video);
  g_task_set_source_tag (task, sb_video_frame_async);
  g_task_set_task_data (task, asking, asking_free);
  if (g_hash_table_lookup_extended (tried, video, NULL, &known))
    {
      answer_again (task, GPOINTER_TO_INT (known));
      return;
    }
  g_queue_push_tail (&waiting, task);
  next ();
}

/* NULL with @error when the file is no video; without a picture where nothing here can decode it. */
SbVideoFrame *
sb_video_frame_finish (GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
