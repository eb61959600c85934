/* The program that answers the search of the desktop, on a bus of its own, started by its name as the desktop starts it. */
#include <gio/gio.h>
#include <glib/gstdio.h>

#include "sb-config.h"
#include "sb-writer-contacts.h"

#define NOW       G_GINT64_CONSTANT (1750000000000)
#define NAME      SB_APP_ID ".SearchProvider"
#define INTERFACE "org.gnome.Shell.SearchProvider2"

typedef struct
{
  char            *home;
  GTestDBus       *daemon;
  GDBusConnection *bus;
  char            *path;
  gint64           thread, message, second;
  char            *asked; /* what the program itself was asked to do, as "action parameter" */
} Desk;

/* -- a shop with two customers -- */

static gint64
add_message (SbWriter *writer,
             gint64    thread,
             gint64    line,
             gint64    at,
             SbAuthor  author,
             char     *text)
{
  g_autoptr (GError) error = NULL;
  SbMessage          message = { .thread_id = thread, .line_id = line, .kind = SB_MESSAGE_TEXT, .author = author, .sent_at = at, .text = text };
  gint64             id;

  message.direction = author == SB_AUTHOR_CUSTOMER ? SB_DIRECTION_IN : SB_DIRECTION_OUT;
  id = sb_writer_add_message (writer, &message, 0, &error);
  g_assert_no_error (error);

  return id;
}

static gboolean
fill (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  Desk              *desk = data;
  g_autoptr (SbLine) line = sb_line_new ();
  SbWho              amira = { .wa_id = "447700900123", .profile_name = "Amira Haddad" };
  SbWho              bruno = { .wa_id = "351912345678", .profile_name = "Bruno Costa" };
  SbWho              zelda = { .wa_id = "351912345679", .profile_name = "Zelda Zorn" };
  gint64             line_id, blocked;

  line->name = g_strdup ("Shop");
  line_id = sb_writer_save_line (writer, line, error);
  desk->thread = sb_writer_ensure_thread (writer, sb_writer_find_contact (writer, &amira, TRUE, error), line_id, error);
  desk->second = sb_writer_ensure_thread (writer, sb_writer_find_contact (writer, &bruno, TRUE, error), line_id, error);
  desk->message = add_message (writer, desk->thread, line_id, NOW - 5000, SB_AUTHOR_CUSTOMER, (char *) "Do you have the\nblue velvet sofa?");
  add_message (writer, desk->second, line_id, NOW - 4000, SB_AUTHOR_STAFF, (char *) "The green velvet chair is here");

  blocked = sb_writer_find_contact (writer, &zelda, TRUE, error);
  add_message (writer, sb_writer_ensure_thread (writer, blocked, line_id, error), line_id, NOW - 3000, SB_AUTHOR_CUSTOMER, (char *) "Velvet, velvet");

  return desk->thread != 0 && desk->second != 0 && sb_writer_block_contact (writer, blocked, TRUE, FALSE, error);
}

static void
make_shop (Desk *desk)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (SbClock) clock = sb_clock_new_virtual (NOW);
  SbRandom           *random = sb_random_new_seeded (1);
  g_autofree char    *folder = g_build_filename (desk->home, "data", "shopbell", "shop", NULL);
  g_autofree char    *last = g_build_filename (desk->home, "data", "shopbell", "last-shop", NULL);
  SbStore            *store;

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (last, "shop", -1, NULL));
  store = sb_store_open (folder, SB_STORE_CREATE | SB_STORE_INLINE, clock, random, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (sb_store_run (store, fill, desk, &error));
  g_assert_no_error (error);
  sb_store_close (store);
  g_object_unref (store);
  sb_random_free (random);
}

/* -- the desktop -- */

static void
allow (Desk    *desk,
       gboolean allowed)
{
  g_autofree char *folder = g_build_filename (desk->home, "config", "glib-2.0", "settings", NULL);
  g_autofree char *file = g_build_filename (folder, "keyfile", NULL);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (file, allowed ? "[io/github/shopbell/Shopbell]\ndesktop-search=true\n" : "", -1, NULL));
}

/* The service file as it is installed, but for the place of the program. */
static void
install_service (Desk *desk)
{
  g_autofree char     *services = g_build_filename (desk->home, "services", NULL);
  g_autofree char     *target = g_build_filename (services, NAME ".service", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError)   error = NULL;
  g_autofree char     *command = NULL;

  g_key_file_load_from_file (file, g_getenv ("SHOPBELL_SEARCH_SERVICE"), 0, &error);
  g_assert_no_error (error);
  command = g_key_file_get_string (file, "D-BUS Service", "Exec", NULL);
  g_assert_true (g_str_has_suffix (command, "/shopbell-search"));
  g_key_file_set_string (file, "D-BUS Service", "Exec", g_getenv ("SHOPBELL_SEARCH"));
  g_mkdir_with_parents (services, 0700);
  g_assert_true (g_key_file_save_to_file (file, target, NULL));
  g_test_dbus_add_service_dir (desk->daemon, services);
}

/* Where the desktop looks for us, read from the file it reads. */
static void
read_ini (Desk *desk)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError)   error = NULL;
  g_autofree char     *name = NULL;
  g_autofree char     *desktop = NULL;

  g_key_file_load_from_file (file, g_getenv ("SHOPBELL_SEARCH_INI"), 0, &error);
  g_assert_no_error (error);
  name = g_key_file_get_string (file, "Shell Search Provider", "BusName", NULL);
  desktop = g_key_file_get_string (file, "Shell Search Provider", "DesktopId", NULL);
  desk->path = g_key_file_get_string (file, "Shell Search Provider", "ObjectPath", NULL);
  g_assert_cmpstr (name, ==, NAME);
  g_assert_cmpstr (desktop, ==, SB_APP_ID ".desktop");
  g_assert_cmpint (g_key_file_get_integer (file, "Shell Search Provider", "Version", NULL), ==, 2);
}

static void
action_cb (GDBusConnection       *bus,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  Desk                *desk = user_data;
  const char          *action;
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GVariant) first = NULL;
  g_autofree char     *text = NULL;

  g_variant_get (parameters, "(&s@av@a{sv})", &action, &list, NULL);
  g_variant_get_child (list, 0, "v", &first);
  text = g_variant_print (first, FALSE);
  g_free (desk->asked);
  desk->asked = g_strdup_printf ("%s %s", action, text);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static const GDBusInterfaceVTable vtable = { .method_call = action_cb };

/* Stands for the program with the window. */
static void
own_app (Desk *desk)
{
  static const char         xml[] = "<node><interface name='org.freedesktop.Application'><method name='ActivateAction'><arg type='s' direction='in'/>"
                                    "<arg type='av' direction='in'/><arg type='a{sv}' direction='in'/></method></interface></node>";
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, NULL);
  g_autofree char          *path = g_strdelimit (g_strconcat ("/", SB_APP_ID, NULL), ".", '/');
  g_autoptr (GVariant)      owned = NULL;

  g_assert_cmpuint (g_dbus_connection_register_object (desk->bus, path, node->interfaces[0], &vtable, desk, NULL, NULL), !=, 0);
  owned = g_dbus_connection_call_sync (desk->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", SB_APP_ID, 4), NULL, 0, -1, NULL, NULL);
  g_assert_nonnull (owned);
}

static void
set_up (Desk         *desk,
        gconstpointer data)
{
  g_autofree char *runtime = NULL;
  g_autofree char *data_home = NULL;
  g_autofree char *config = NULL;

  desk->home = g_dir_make_tmp ("shopbell-search-XXXXXX", NULL);
  runtime = g_build_filename (desk->home, "run", NULL);
  data_home = g_build_filename (desk->home, "data", NULL);
  config = g_build_filename (desk->home, "config", NULL);
  g_mkdir_with_parents (runtime, 0700);
  g_setenv ("HOME", desk->home, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", runtime, TRUE);
  g_setenv ("XDG_DATA_HOME", data_home, TRUE);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  make_shop (desk);
  allow (desk, GPOINTER_TO_INT (data));
  read_ini (desk);
  desk->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  install_service (desk);
  g_test_dbus_up (desk->daemon);
  desk->bus = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (desk->daemon),
                                                      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, NULL);
  g_assert_nonnull (desk->bus);
  own_app (desk);
}

static void
tear_down (Desk         *desk,
           gconstpointer data)
{
  g_dbus_connection_close_sync (desk->bus, NULL, NULL);
  g_clear_object (&desk->bus);
  g_test_dbus_down (desk->daemon);
  g_clear_object (&desk->daemon);
  g_free (desk->asked);
  g_free (desk->path);
  g_free (desk->home);
}

/* -- asking -- */

static GVariant *
ask (Desk       *desk,
     const char *method,
     GVariant   *parameters)
{
  g_autoptr (GError) error = NULL;
  GVariant          *answer = g_dbus_connection_call_sync (desk->bus, NAME, desk->path, INTERFACE, method, parameters, NULL, 0, 20000, NULL, &error);

  g_assert_no_error (error);

  return answer;
}

static GStrv
find (Desk       *desk,
      const char *words)
{
  g_auto (GStrv)       terms = g_strsplit (words, " ", -1);
  g_autoptr (GVariant) answer = ask (desk, "GetInitialResultSet", g_variant_new ("(^as)", terms));
  GStrv                ids = NULL;

  g_variant_get (answer, "(^as)", &ids);

  return ids;
}

static char *
id_of (gint64 thread,
       gint64 message)
{
  return g_strdup_printf ("shop/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, thread, message);
}

static void
wait_for_ask (Desk *desk)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (desk->asked == NULL && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
}

/* -- the tests -- */

static void
test_finds (Desk         *desk,
            gconstpointer data)
{
  static const char *const spellings[] = { "+44 7700 900123", "07700 900123", "7700-900-123", "(0)7700 900 123" };
  g_autofree char         *person = id_of (desk->thread, 0);
  g_autofree char         *message = id_of (desk->thread, desk->message);

  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_auto (GStrv) ids = find (desk, spellings[i]);

      g_test_message ("%s: %s", spellings[i], ids[0] != NULL ? ids[0] : "nothing");
      g_assert_true (g_strv_contains ((const char *const *) ids, person));
    }

  {
    g_auto (GStrv) by_name = find (desk, "amira");
    g_auto (GStrv) by_words = find (desk, "blue sof");
    g_auto (GStrv) signs = find (desk, "?! ..");
    g_auto (GStrv) one_letter = find (desk, "a");
    g_auto (GStrv) nothing = find (desk, "wardrobe");
    g_auto (GStrv) blocked = find (desk, "zelda");
    g_auto (GStrv) blocked_number = find (desk, "+351 912 345 679");

    g_assert_cmpstr (by_name[0], ==, person);
    g_assert_cmpstr (by_words[0], ==, message);
    g_assert_null (by_words[1]);
    g_assert_null (signs[0]);
    g_assert_null (one_letter[0]);
    g_assert_null (nothing[0]);
    g_assert_null (blocked[0]);
    g_assert_null (blocked_number[0]);
  }
}

static void
test_narrows (Desk         *desk,
              gconstpointer data)
{
  g_autofree char     *message = id_of (desk->thread, desk->message);
  g_auto (GStrv)       both = find (desk, "velvet");
  g_auto (GStrv)       one = NULL;
  const char          *terms[] = { "velvet", "sofa", NULL };
  g_autoptr (GVariant) answer = NULL;

  g_assert_cmpuint (g_strv_length (both), ==, 2);
  answer = ask (desk, "GetSubsearchResultSet", g_variant_new ("(^as^as)", both, terms));
  g_variant_get (answer, "(^as)", &one);
  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpstr (one[0], ==, message);
}

static void
test_describes (Desk         *desk,
                gconstpointer data)
{
  g_auto (GStrv)       ids = find (desk, "velvet");
  g_autofree char     *gone = id_of (desk->thread, 12345);
  const char          *asked[] = { ids[0], ids[1], gone, "rubbish", "shop/1", NULL };
  g_autoptr (GVariant) answer = ask (desk, "GetResultMetas", g_variant_new ("(^as)", asked));
  g_autoptr (GVariant) metas = g_variant_get_child_value (answer, 0);
  const char          *texts[] = { "The green", "blue" };
  const char          *names[] = { "Bruno Costa", "Amira Haddad" };

  g_assert_cmpuint (g_variant_n_children (metas), ==, 2);
  for (gsize i = 0; i < 2; i++)
    {
      g_autoptr (GVariant) meta = g_variant_get_child_value (metas, i);
      const char          *id, *name, *description, *icon;

      g_assert_true (g_variant_lookup (meta, "id", "&s", &id));
      g_assert_true (g_variant_lookup (meta, "name", "&s", &name));
      g_assert_true (g_variant_lookup (meta, "description", "&s", &description));
      g_assert_true (g_variant_lookup (meta, "gicon", "&s", &icon));
      g_assert_cmpstr (id, ==, ids[i]);
      g_assert_cmpstr (name, ==, names[i]);
      g_assert_nonnull (strstr (description, texts[i]));
      g_assert_null (strchr (description, '\n'));
      g_assert_cmpint (g_str_has_prefix (description, "You: "), ==, i == 0);
      g_assert_nonnull (g_icon_new_for_string (icon, NULL));
    }
}

static void
test_opens (Desk         *desk,
            gconstpointer data)
{
  g_autofree char     *id = id_of (desk->thread, desk->message);
  g_autofree char     *expected = g_strdup_printf ("open-message ('shop', %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ")", desk->thread, desk->message);
  const char          *terms[] = { "blue", "sofa", NULL };
  g_autoptr (GVariant) opened = ask (desk, "ActivateResult", g_variant_new ("(s^asu)", id, terms, 7));
  g_autoptr (GVariant) launched = NULL;

  wait_for_ask (desk);
  g_assert_cmpstr (desk->asked, ==, expected);

  g_clear_pointer (&desk->asked, g_free);
  launched = ask (desk, "LaunchSearch", g_variant_new ("(^asu)", terms, 7));
  wait_for_ask (desk);
  g_assert_cmpstr (desk->asked, ==, "search-for 'blue sofa'");
}

static void
test_silent (Desk         *desk,
             gconstpointer data)
{
  g_auto (GStrv)       by_name = find (desk, "amira");
  g_auto (GStrv)       by_words = find (desk, "velvet");
  g_autofree char     *id = id_of (desk->thread, desk->message);
  const char          *asked[] = { id, NULL };
  g_autoptr (GVariant) answer = ask (desk, "GetResultMetas", g_variant_new ("(^as)", asked));
  g_autoptr (GVariant) metas = g_variant_get_child_value (answer, 0);

  g_assert_null (by_name[0]);
  g_assert_null (by_words[0]);
  g_assert_cmpuint (g_variant_n_children (metas), ==, 0);
}

static gboolean
is_running (Desk *desk)
{
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (desk->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
                                                             g_variant_new ("(s)", NAME), NULL, 0, -1, NULL, NULL);
  gboolean             owned = FALSE;

  g_variant_get (answer, "(b)", &owned);

  return owned;
}

/* Not a figure: only that it stays for the next letter, and does not stay for good. */
static void
test_leaves (Desk         *desk,
             gconstpointer data)
{
  g_auto (GStrv) ids = NULL;
  gint64         end;

  g_assert_false (is_running (desk));
  ids = find (desk, "velvet");
  g_assert_true (is_running (desk));
  end = g_get_monotonic_time () + 40 * G_USEC_PER_SEC;
  while (is_running (desk) && g_get_monotonic_time () < end)
    g_usleep (100 * 1000);
  g_assert_false (is_running (desk));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/search-provider/people, numbers in any spelling and messages are found", Desk, GINT_TO_POINTER (TRUE), set_up, test_finds, tear_down);
  g_test_add ("/search-provider/a longer question narrows the answer down", Desk, GINT_TO_POINTER (TRUE), set_up, test_narrows, tear_down);
  g_test_add ("/search-provider/answers say who and what, and those that are gone say nothing", Desk, GINT_TO_POINTER (TRUE), set_up, test_describes, tear_down);
  g_test_add ("/search-provider/an answer opens at its message, and all of them in the search", Desk, GINT_TO_POINTER (TRUE), set_up, test_opens, tear_down);
  g_test_add ("/search-provider/nothing is told unless the owner allowed it", Desk, GINT_TO_POINTER (FALSE), set_up, test_silent, tear_down);
  g_test_add ("/search-provider/it leaves after the last question", Desk, GINT_TO_POINTER (TRUE), set_up, test_leaves, tear_down);

  return g_test_run ();
}
