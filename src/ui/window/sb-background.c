/* Asks the desktop whether Shopbell may go on without a window: org.freedesktop.portal.Background. */
#include "sb-background.h"

#include <glib/gi18n.h>

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define ANSWER_MS   (60 * 1000)

/* One question: the answer comes as a signal of an object whose path we choose beforehand. */
typedef struct
{
  GDBusConnection *bus;
  guint            subscription;
  guint            timeout;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_handle_id (&question->timeout, g_source_remove);
  if (question->subscription != 0)
    g_dbus_connection_signal_unsubscribe (question->bus, question->subscription);
  g_clear_object (&question->bus);
  g_free (question);
}

static void
answer (GTask       *task,
        SbBackground background)
{
  Question *question = g_task_get_task_data (task);

  if (g_task_get_completed (task))
    return;
  g_clear_handle_id (&question->timeout, g_source_remove);
  if (question->subscription != 0)
    g_dbus_connection_signal_unsubscribe (question->bus, question->subscription);
  question->subscription = 0;
  g_task_return_int (task, background);
  g_object_unref (task);
}

static void
response_cb (GDBusConnection *bus,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *parameters,
             gpointer         user_data)
{
  g_autoptr (GVariant) results = NULL;
  guint32              code;
  gboolean             granted = FALSE;

  g_variant_get (parameters, "(u@a{sv})", &code, &results);
  g_variant_lookup (results, "background", "b", &granted);
  answer (user_data, code == 0 && granted ? SB_BACKGROUND_GRANTED : SB_BACKGROUND_DENIED);
}

static gboolean
timeout_cb (gpointer user_data)
{
  GTask    *task = user_data;
  Question *question = g_task_get_task_data (task);

  question->timeout = 0;
  answer (task, SB_BACKGROUND_UNKNOWN);

  return G_SOURCE_REMOVE;
}

static void
called_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask)    task = user_data;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, NULL);

  if (reply == NULL)
    answer (task, SB_BACKGROUND_NO_PORTAL);
}

static GVariant *
make_options (const char *token,
              gboolean    autostart)
{
  GVariantBuilder options;
  const char     *command[] = { "shopbell", "--background", NULL };

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (_("Receive messages and send what is waiting")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (autostart));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));

  return g_variant_builder_end (&options);
}

/**
 * sb_background_request_async:
 * @autostart: also start with the computer
 *
 * Asks the desktop. In a sandbox the answer is binding; without one there may be nobody to ask.
 */
void
sb_background_request_async (gboolean            autostart,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GTask           *task = g_task_new (NULL, NULL, callback, user_data);
  Question        *question = g_new0 (Question, 1);
  g_autofree char *token = g_strdup_printf ("shopbell%u", g_random_int ());
  g_autofree char *sender = NULL;
  g_autofree char *path = NULL;

  g_task_set_task_data (task, question, question_free);
  question->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  if (question->bus == NULL)
    {
      answer (task, SB_BACKGROUND_NO_PORTAL);
      return;
    }

  sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (question->bus) + 1), ".", '_');
  path = g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, token);
  question->subscription = g_dbus_connection_signal_subscribe (question->bus, PORTAL_NAME, "org.freedesktop.portal.Request", "Response", path, NULL,
                                                               G_DBUS_SIGNAL_FLAGS_NONE, response_cb, task, NULL);
  question->timeout = g_timeout_add (ANSWER_MS, timeout_cb, task);
  g_dbus_connection_call (question->bus, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(s@a{sv})", "", make_options (token, autostart)), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, called_cb, g_object_ref (task));
}

SbBackground
sb_background_request_finish (GAsyncResult *result)
{
  return g_task_propagate_int (G_TASK (result), NULL);
}
