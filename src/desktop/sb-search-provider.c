#include "sb-search-provider.h"

#include <string.h>

#include "sb-config.h"
#include "sb-search-answers.h"

/**
 * SbSearchProvider:
 *
 * Answers the search of the desktop (org.gnome.Shell.SearchProvider2). The bus starts it with the first question, and it
 * leaves a while after the last one. It only reads; what is chosen opens in Shopbell itself.
 */
struct _SbSearchProvider
{
  GApplication parent_instance;

  SbSearchAnswers *answers;
  GCancellable    *cancellable; /* of the question under way: the next word typed makes it pointless */
  guint            object_id;
};

G_DEFINE_FINAL_TYPE (SbSearchProvider, sb_search_provider, G_TYPE_APPLICATION)

/* A provider that stays longer is told to the person as a program that runs in the background. */
#define IDLE_MS 10000

static const char interface_xml[] =
    "<node><interface name='org.gnome.Shell.SearchProvider2'>"
    "<method name='GetInitialResultSet'><arg type='as' name='terms' direction='in'/><arg type='as' name='results' direction='out'/></method>"
    "<method name='GetSubsearchResultSet'><arg type='as' name='previous_results' direction='in'/><arg type='as' name='terms' direction='in'/>"
    "<arg type='as' name='results' direction='out'/></method>"
    "<method name='GetResultMetas'><arg type='as' name='identifiers' direction='in'/><arg type='aa{sv}' name='metas' direction='out'/></method>"
    "<method name='ActivateResult'><arg type='s' name='identifier' direction='in'/><arg type='as' name='terms' direction='in'/>"
    "<arg type='u' name='timestamp' direction='in'/></method>"
    "<method name='LaunchSearch'><arg type='as' name='terms' direction='in'/><arg type='u' name='timestamp' direction='in'/></method>"
    "</interface></node>";

/* -- asking -- */

typedef struct
{
  SbSearchProvider      *provider;
  GDBusMethodInvocation *invocation;
} Call;

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Call              *call = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)     ids = sb_search_answers_find_finish (SB_SEARCH_ANSWERS (object), result, &error);

  if (ids == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The search of the desktop gets no answer: %s", error->message);
  g_dbus_method_invocation_return_value (call->invocation, g_variant_new ("(^as)", ids != NULL ? ids : (char *[]) { NULL }));
  g_application_release (G_APPLICATION (call->provider));
  g_object_unref (call->provider);
  g_free (call);
}

static void
find (SbSearchProvider      *self,
      GDBusMethodInvocation *invocation,
      const char *const     *terms)
{
  Call *call = g_new0 (Call, 1);

  call->provider = g_object_ref (self);
  call->invocation = invocation;
  g_application_hold (G_APPLICATION (self));
  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  sb_search_answers_find_async (self->answers, terms, self->cancellable, found_cb, call);
}

/* -- opening -- */

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GApplication) application = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (GVariant)     nothing = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);

  if (nothing == NULL)
    g_warning ("Shopbell could not be opened: %s", error->message);
  g_application_release (application);
}

/* The program itself does it, and is started for it. @parameter: (transfer floating) */
static void
ask_app (SbSearchProvider *self,
         const char       *action,
         GVariant         *parameter,
         guint32           timestamp)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self));
  g_autofree char *path = g_strconcat ("/", SB_APP_ID, NULL);
  g_autofree char *startup = g_strdup_printf ("_TIME%u", timestamp);
  GVariantBuilder  parameters, platform;

  g_variant_builder_init_static (&parameters, G_VARIANT_TYPE ("av"));
  g_variant_builder_add (&parameters, "v", parameter);
  g_variant_builder_init_static (&platform, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&platform, "{sv}", "desktop-startup-id", g_variant_new_string (startup));
  g_application_hold (G_APPLICATION (self));
  g_dbus_connection_call (bus, SB_APP_ID, g_strdelimit (path, ".", '/'), "org.freedesktop.Application", "ActivateAction",
                          g_variant_new ("(sava{sv})", action, &parameters, &platform), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, opened_cb, g_object_ref (self));
}

static void
activate_result (SbSearchProvider *self,
                 const char       *id,
                 guint32           timestamp)
{
  g_autofree char *shop = NULL;
  gint64           thread_id, message_id;

  if (sb_search_answers_read_id (id, &shop, &thread_id, &message_id))
    ask_app (self, "open-message", g_variant_new ("(sxx)", shop, thread_id, message_id), timestamp);
}

/* -- the bus -- */

static void
method_cb (GDBusConnection       *bus,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  SbSearchProvider       *self = user_data;
  g_autofree const char **list = NULL;
  const char             *id;
  guint32                 timestamp;
  g_autofree char        *words = NULL;

  /* Each question keeps the program for another while. */
  g_application_hold (G_APPLICATION (self));
  if (g_str_equal (method, "GetInitialResultSet") || g_str_equal (method, "GetSubsearchResultSet"))
    {
      /* What was found before was cut off at a few: a longer question is asked anew. */
      g_variant_get_child (parameters, g_str_equal (method, "GetInitialResultSet") ? 0 : 1, "^a&s", &list);
      find (self, invocation, list);
    }
  else if (g_str_equal (method, "GetResultMetas"))
    {
      g_variant_get (parameters, "(^a&s)", &list);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@aa{sv})", sb_search_answers_describe (self->answers, list)));
    }
  else if (g_str_equal (method, "ActivateResult"))
    {
      g_variant_get (parameters, "(&s^a&su)", &id, &list, &timestamp);
      activate_result (self, id, timestamp);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
  else
    {
      g_variant_get (parameters, "(^a&su)", &list, &timestamp);
      words = g_strjoinv (" ", (char **) list);
      ask_app (self, "search-for", g_variant_new_string (words), timestamp);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
  g_application_release (G_APPLICATION (self));
}

static const GDBusInterfaceVTable vtable = { .method_call = method_cb };

static gboolean
dbus_register (GApplication    *application,
               GDBusConnection *bus,
               const char      *path,
               GError         **error)
{
  SbSearchProvider         *self = SB_SEARCH_PROVIDER (application);
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, error);

  if (node == NULL || !G_APPLICATION_CLASS (sb_search_provider_parent_class)->dbus_register (application, bus, path, error))
    return FALSE;
  self->object_id = g_dbus_connection_register_object (bus, path, node->interfaces[0], &vtable, self, NULL, error);

  return self->object_id != 0;
}

static void
dbus_unregister (GApplication    *application,
                 GDBusConnection *bus,
                 const char      *path)
{
  SbSearchProvider *self = SB_SEARCH_PROVIDER (application);

  if (self->object_id != 0)
    g_dbus_connection_unregister_object (bus, self->object_id);
  self->object_id = 0;

  G_APPLICATION_CLASS (sb_search_provider_parent_class)->dbus_unregister (application, bus, path);
}

/* Started by hand it has nothing to show. */
static void
activate (GApplication *application)
{
}

static void
sb_search_provider_dispose (GObject *object)
{
  SbSearchProvider *self = SB_SEARCH_PROVIDER (object);

  g_clear_object (&self->answers);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (sb_search_provider_parent_class)->dispose (object);
}

static void
sb_search_provider_class_init (SbSearchProviderClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sb_search_provider_dispose;
  application_class->dbus_register = dbus_register;
  application_class->dbus_unregister = dbus_unregister;
  application_class->activate = activate;
}

static void
sb_search_provider_init (SbSearchProvider *self)
{
  self->answers = sb_search_answers_new ();
}

GApplication *
sb_search_provider_new (void)
{
  return g_object_new (SB_TYPE_SEARCH_PROVIDER, "application-id", SB_APP_ID ".SearchProvider", "flags", G_APPLICATION_IS_SERVICE, "inactivity-timeout", IDLE_MS, NULL);
}
