#include "sb-camera-portal.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n.h>

#include "sb-error.h"

#define NAME   "org.freedesktop.portal.Desktop"
#define PATH   "/org/freedesktop/portal/desktop"
#define CAMERA "org.freedesktop.portal.Camera"

typedef struct
{
  GDBusConnection *bus;
  guint            response_id;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  if (asking->response_id != 0)
    g_dbus_connection_signal_unsubscribe (asking->bus, asking->response_id);
  g_clear_object (&asking->bus);
  g_free (asking);
}

static void
refuse (GTask      *task,
        const char *sentence)
{
  g_task_return_new_error_literal (task, SB_ERROR, SB_ERROR_NOT_FOUND, sentence);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask)       task = user_data;
  g_autoptr (GUnixFDList) list = NULL;
  g_autoptr (GVariant)    answer = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (object), &list, result, NULL);
  gint32                  index = 0;
  int                     fd;

  if (answer == NULL || list == NULL)
    {
      refuse (task, _("The desktop gave no picture of the camera. Choose a file instead"));
      return;
    }
  g_variant_get (answer, "(h)", &index);
  fd = g_unix_fd_list_get (list, index, NULL);
  g_task_return_int (task, fd);
}

static void
open_remote (GTask *task)
{
  Asking         *asking = g_task_get_task_data (task);
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_dbus_connection_call_with_unix_fd_list (asking->bus, NAME, PATH, CAMERA, "OpenPipeWireRemote", g_variant_new ("(a{sv})", &options), G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                                            g_task_get_cancellable (task), opened_cb, task);
}

/* The person said yes or no. */
static void
response_cb (GDBusConnection *bus,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *name,
             GVariant        *parameters,
             gpointer         user_data)
{
  GTask  *task = user_data;
  Asking *asking = g_task_get_task_data (task);
  guint32 response = 2;

  g_variant_get_child (parameters, 0, "u", &response);
  g_dbus_connection_signal_unsubscribe (bus, asking->response_id);
  asking->response_id = 0;
  if (response == 0)
    open_remote (task);
  else
    {
      refuse (task, _("The camera was not allowed. Allow it in the settings of the desktop, or choose a file instead"));
      g_object_unref (task);
    }
}

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask               *task = user_data;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, NULL);
  Asking              *asking = g_task_get_task_data (task);

  if (answer != NULL)
    return;
  /* The wait for an answer that cannot come ends here. */
  if (asking->response_id != 0)
    {
      g_dbus_connection_signal_unsubscribe (asking->bus, asking->response_id);
      asking->response_id = 0;
      refuse (task, _("This desktop does not share a camera with programs. Choose a file instead"));
      g_object_unref (task);
    }
}

static void
ask (GTask *task)
{
  Asking          *asking = g_task_get_task_data (task);
  g_autofree char *token = g_strdup_printf ("shopbell%u", g_random_int ());
  g_autofree char *sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (asking->bus) + 1), ".", '_');
  g_autofree char *request = g_strdup_printf (PATH "/request/%s/%s", sender, token);
  GVariantBuilder  options;

  asking->response_id = g_dbus_connection_signal_subscribe (asking->bus, NAME, "org.freedesktop.portal.Request", "Response", request, NULL, G_DBUS_SIGNAL_FLAGS_NONE, response_cb, task, NULL);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_dbus_connection_call (asking->bus, NAME, PATH, CAMERA, "AccessCamera", g_variant_new ("(a{sv})", &options), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, g_task_get_cancellable (task), asked_cb, task);
}

/* Nobody is asked for a camera that is not there; an older portal that cannot tell is asked. */
static void
present_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask               *task = user_data;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, NULL);
  g_autoptr (GVariant) value = NULL;

  if (answer != NULL)
    g_variant_get (answer, "(v)", &value);
  if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && !g_variant_get_boolean (value))
    {
      refuse (task, _("This computer has no camera, or it is not plugged in. Choose a file instead"));
      g_object_unref (task);
      return;
    }
  ask (task);
}

static void
bus_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  GTask  *task = user_data;
  Asking *asking = g_task_get_task_data (task);

  asking->bus = g_bus_get_finish (result, NULL);
  if (asking->bus == NULL)
    {
      refuse (task, _("This desktop does not share a camera with programs. Choose a file instead"));
      g_object_unref (task);
      return;
    }
  g_dbus_connection_call (asking->bus, NAME, PATH, "org.freedesktop.DBus.Properties", "Get", g_variant_new ("(ss)", CAMERA, "IsCameraPresent"), G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          g_task_get_cancellable (task), present_cb, task);
}

void
sb_camera_portal_open_async (GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sb_camera_portal_open_async);
  g_task_set_task_data (task, g_new0 (Asking, 1), asking_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, bus_cb, task);
}

int
sb_camera_portal_open_finish (GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}
