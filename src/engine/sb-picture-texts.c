#include "sb-picture-texts.h"

#include <string.h>

#include "sb-child.h"
#include "sb-engine-private.h"
#include "sb-json.h"
#include "sb-ocr-page.h"
#include "sb-store-ocr.h"

#define REST_MS  1500 /* between two pictures: nobody waits for them */
#define TEXT_MAX 20000

typedef struct
{
  SbEngine             *engine; /* not owned: this lives with it */
  char                 *languages;
  gboolean              wanted;
  gboolean              running;
  gboolean              on_battery;
  guint                 timer_id;
  GCancellable         *cancellable;
  GDBusProxy           *power;
  GPowerProfileMonitor *profile;
} Pictures;

/* One picture being read. It holds the engine, not the other way round. */
typedef struct
{
  SbEngine *engine;
  char     *hash;
  GString  *text;
  int       confidence;
} Picture;

static void wake (Pictures *self);

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_object_unref (picture->engine);
  g_free (picture->hash);
  g_string_free (picture->text, TRUE);
  g_free (picture);
}

static Pictures *
pictures_of (SbEngine *engine)
{
  return g_object_get_data (G_OBJECT (engine), "sb-picture-texts");
}

static void
stop (Pictures *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
pictures_free (gpointer data)
{
  Pictures *self = data;

  stop (self);
  g_clear_object (&self->power);
  g_clear_object (&self->profile);
  g_free (self->languages);
  g_free (self);
}

/* -- when -- */

static gboolean
saves_power (Pictures *self)
{
  g_autoptr (GVariant) battery = self->power != NULL ? g_dbus_proxy_get_cached_property (self->power, "OnBattery") : NULL;

  return self->on_battery || (battery != NULL && g_variant_is_of_type (battery, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (battery)) ||
         (self->profile != NULL && g_power_profile_monitor_get_power_saver_enabled (self->profile));
}

static void
power_changed_cb (SbEngine *engine)
{
  Pictures *self = pictures_of (engine);

  if (self == NULL)
    return;
  if (saves_power (self))
    stop (self);
  else
    wake (self);
}

static void
power_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbEngine) engine = user_data;
  Pictures            *self = pictures_of (engine);
  GDBusProxy          *proxy = g_dbus_proxy_new_for_bus_finish (result, NULL);

  if (self == NULL || proxy == NULL)
    {
      g_clear_object (&proxy);
      return;
    }
  self->power = proxy;
  g_signal_connect_object (proxy, "g-properties-changed", G_CALLBACK (power_changed_cb), engine, G_CONNECT_SWAPPED);
  power_changed_cb (engine);
}

/* -- one picture -- */

static gboolean
keep_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  const Picture *picture = data;

  sb_writer_set_actor (writer, SB_AUTHOR_SHOPBELL, 0);

  return sb_writer_set_media_text (writer, picture->hash, picture->text->str, picture->confidence, error);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SbEngine) engine = user_data;
  g_autoptr (GError)   error = NULL;
  Pictures            *self = pictures_of (engine);
  gboolean             kept = sb_store_run_finish (SB_STORE (object), result, &error);

  if (self == NULL)
    return;
  self->running = FALSE;
  if (kept)
    wake (self);
  else
    g_warning ("The words of a picture were not kept: %s", error->message);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Picture           *picture = user_data;
  Pictures          *self = pictures_of (picture->engine);
  g_autoptr (GError) error = NULL;
  gboolean           read = sb_child_run_finish (result, &error);

  /* Stopped, or a part of the program is missing: the picture waits for another time. */
  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_error_matches (error, SB_ERROR, SB_ERROR_NOT_FOUND) || !picture->engine->started)
    {
      if (self != NULL)
        self->running = FALSE;
      picture_free (picture);
      return;
    }
  /* One that cannot be read is not tried again: it was looked at, and says nothing. */
  if (!read)
    {
      g_debug ("A picture was not read: %s", error->message);
      g_string_truncate (picture->text, 0);
    }
  sb_store_run_async (picture->engine->store, keep_command, picture, picture_free, kept_cb, g_object_ref (picture->engine));
}

static void
answer_cb (JsonObject *object,
           gpointer    data)
{
  Picture              *picture = data;
  g_autoptr (SbOcrPage) page = sb_ocr_page_from_json (object);
  g_autofree char      *text = page != NULL ? sb_ocr_page_get_text (page) : NULL;

  /* What is mostly guessed would only be found by chance. */
  if (text == NULL || page->confidence < 55 || picture->text->len + strlen (text) > TEXT_MAX)
    return;
  g_string_append (picture->text, text);
  picture->confidence = (int) page->confidence;
}

static gboolean
next_cb (gpointer user_data)
{
  const SbChildSpec      spec = { .program = "shopbell-reader", .arguments = (const char *const[]) { "ocr", NULL } };
  Pictures              *self = user_data;
  gint64                 message_id = 0;
  g_autofree char       *hash = NULL;
  g_autofree char       *path = NULL;
  g_autoptr (JsonObject) request = NULL;
  Picture               *picture;

  self->timer_id = 0;
  if (self->running || !self->wanted || saves_power (self))
    return G_SOURCE_REMOVE;
  if (!self->engine->started)
    {
      wake (self); /* the shop is still being opened */
      return G_SOURCE_REMOVE;
    }
  hash = sb_reader_next_unread_picture (sb_engine_get_reader (self->engine), &message_id);
  if (hash == NULL)
    return G_SOURCE_REMOVE;

  self->running = TRUE;
  if (self->cancellable == NULL)
    self->cancellable = g_cancellable_new ();
  path = sb_store_media_path (self->engine->store, hash);
  request = sb_json_make ("s:path", path, "s:languages", self->languages, "b:auto_turn", TRUE, NULL);
  picture = g_new0 (Picture, 1);
  picture->engine = g_object_ref (self->engine);
  picture->hash = g_steal_pointer (&hash);
  picture->text = g_string_new (NULL);
  sb_child_run_async (&spec, request, answer_cb, picture, self->cancellable, read_cb, picture);

  return G_SOURCE_REMOVE;
}

static void
wake (Pictures *self)
{
  if (self->wanted && !self->running && self->timer_id == 0)
    self->timer_id = g_timeout_add (REST_MS, next_cb, self);
}

static void
event_cb (SbEngine      *engine,
          const SbEvent *event)
{
  Pictures *self = pictures_of (engine);

  if (self != NULL && (event->kind == SB_EVENT_MESSAGE_IN || event->kind == SB_EVENT_MESSAGE_CHANGED))
    wake (self);
}

static Pictures *
make (SbEngine *engine)
{
  Pictures *self = g_new0 (Pictures, 1);

  self->engine = engine;
  self->profile = g_power_profile_monitor_dup_default ();
  g_object_set_data_full (G_OBJECT (engine), "sb-picture-texts", self, pictures_free);
  g_signal_connect (engine, "event", G_CALLBACK (event_cb), NULL);
  g_signal_connect_object (self->profile, "notify::power-saver-enabled", G_CALLBACK (power_changed_cb), engine, G_CONNECT_SWAPPED);
  g_dbus_proxy_new_for_bus (G_BUS_TYPE_SYSTEM, G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START, NULL, "org.freedesktop.UPower", "/org/freedesktop/UPower", "org.freedesktop.UPower", NULL, power_cb, g_object_ref (engine));

  return self;
}

void
sb_engine_set_reads_pictures (SbEngine   *engine,
                              gboolean    reads,
                              const char *languages)
{
  Pictures *self = pictures_of (engine);

  if (self == NULL && !reads)
    return;
  if (self == NULL)
    self = make (engine);
  self->wanted = reads;
  g_set_str (&self->languages, languages);
  if (reads)
    wake (self);
  else
    stop (self);
}

void
sb_engine_set_on_battery (SbEngine *engine,
                          gboolean  on_battery)
{
  Pictures *self = pictures_of (engine);

  if (self == NULL)
    return;
  self->on_battery = on_battery;
  power_changed_cb (engine);
}
