/* Every answer a desktop can give to the question for its camera becomes a picture or a sentence. The portal is one of our own. */
#include <errno.h>
#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "sb-camera-portal.h"

#define PATH "/org/freedesktop/portal/desktop"

static const char interfaces[] =
    "<node><interface name='org.freedesktop.portal.Camera'>"
    "<method name='AccessCamera'><arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
    "<method name='OpenPipeWireRemote'><arg type='a{sv}' direction='in'/><arg type='h' direction='out'/></method>"
    "<property name='IsCameraPresent' type='b' access='read'/></interface></node>";

/* How the portal behaves. */
typedef struct
{
  const char *name;
  gboolean    absent;
  gboolean    no_camera;
  guint32     response; /* 0: yes, 1: the person said no */
  gboolean    no_fd;
  const char *words; /* of the sentence; NULL: a picture comes */
} Case;

typedef struct
{
  const Case      *is;
  GDBusConnection *bus;
  guint            n_asked;
  int              fd;
  GMainLoop       *loop;
  GError          *error;
} Portal;

static void
answer_fd (Portal                *portal,
           GDBusMethodInvocation *invocation)
{
  g_autoptr (GUnixFDList) list = g_unix_fd_list_new ();
  g_autofd int            fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);

  if (portal->is->no_fd)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.portal.Error.NotAllowed", "no");
      return;
    }
  g_assert_cmpint (g_unix_fd_list_append (list, fd, NULL), ==, 0);
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0), list);
}

static void
called_cb (GDBusConnection       *bus,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  Portal              *portal = user_data;
  g_autoptr (GVariant) options = NULL;
  g_autofree char     *token = NULL;
  g_autofree char     *who = g_strdelimit (g_strdup (sender + 1), ".", '_');
  g_autofree char     *request = NULL;

  if (g_str_equal (method, "OpenPipeWireRemote"))
    {
      answer_fd (portal, invocation);
      return;
    }
  portal->n_asked++;
  options = g_variant_get_child_value (parameters, 0);
  g_assert_true (g_variant_lookup (options, "handle_token", "s", &token));
  request = g_strdup_printf (PATH "/request/%s/%s", who, token);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", request));
  g_dbus_connection_emit_signal (bus, NULL, request, "org.freedesktop.portal.Request", "Response", g_variant_new ("(u@a{sv})", portal->is->response, g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0)), NULL);
}

static GVariant *
property_cb (GDBusConnection *bus,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *property,
             GError         **error,
             gpointer         user_data)
{
  Portal *portal = user_data;

  return g_variant_new_boolean (!portal->is->no_camera);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Portal *portal = user_data;

  portal->fd = sb_camera_portal_open_finish (result, &portal->error);
  g_main_loop_quit (portal->loop);
}

static gboolean
late_cb (gpointer data)
{
  g_error ("No answer came");

  return G_SOURCE_REMOVE;
}

static void
test_case (gconstpointer data)
{
  static const GDBusInterfaceVTable table = { .method_call = called_cb, .get_property = property_cb };
  g_autoptr (GDBusNodeInfo)         node = g_dbus_node_info_new_for_xml (interfaces, NULL);
  g_autoptr (GMainLoop)             loop = g_main_loop_new (NULL, FALSE);
  Portal                            portal = { .is = data, .fd = -1, .loop = loop };
  guint                             object = 0, name = 0, late = g_timeout_add_seconds (20, late_cb, NULL);

  portal.bus = g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"), G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, NULL);
  g_assert_nonnull (portal.bus);
  if (!portal.is->absent)
    {
      g_autoptr (GVariant) owned = NULL;

      object = g_dbus_connection_register_object (portal.bus, PATH, node->interfaces[0], &table, &portal, NULL, NULL);
      owned = g_dbus_connection_call_sync (portal.bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", "org.freedesktop.portal.Desktop", 4), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
      g_assert_nonnull (owned);
      name = 1;
    }

  sb_camera_portal_open_async (NULL, opened_cb, &portal);
  g_main_loop_run (loop);
  g_source_remove (late);
  if (portal.is->words == NULL)
    {
      g_assert_no_error (portal.error);
      g_assert_cmpint (fcntl (portal.fd, F_GETFD), !=, -1);
      close (portal.fd);
    }
  else
    {
      g_assert_cmpint (portal.fd, ==, -1);
      g_assert_nonnull (portal.error);
      g_assert_nonnull (strstr (portal.error->message, portal.is->words));
      g_assert_nonnull (strstr (portal.error->message, "hoose a file instead"));
    }
  g_assert_cmpuint (portal.n_asked, ==, name != 0 && !portal.is->no_camera ? 1 : 0);
  if (object != 0)
    g_dbus_connection_unregister_object (portal.bus, object);
  g_clear_error (&portal.error);
  g_dbus_connection_close_sync (portal.bus, NULL, NULL);
  g_object_unref (portal.bus);
}

int
main (int    argc,
      char **argv)
{
  static const Case cases[] = {
    { .name = "/camera/absent", .absent = TRUE, .words = "does not share a camera" },
    { .name = "/camera/none", .no_camera = TRUE, .words = "has no camera" },
    { .name = "/camera/denied", .response = 1, .words = "was not allowed" },
    { .name = "/camera/ended", .response = 2, .words = "was not allowed" },
    { .name = "/camera/no-picture", .no_fd = TRUE, .words = "gave no picture" },
    { .name = "/camera/allowed" },
  };
  g_autoptr (GTestDBus) bus = NULL;
  int                   failed;

  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].name, &cases[i], test_case);
  failed = g_test_run ();
  g_test_dbus_stop (bus);

  return failed;
}
