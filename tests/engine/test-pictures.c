/* Customers' pictures are read while nobody waits for them, and not while the computer runs on its battery. */
#include <string.h>

#include "sb-engine-fixture.h"
#include "sb-engine-private.h"
#include "sb-picture-texts.h"
#include "sb-store-ocr.h"

#define UPOWER "org.freedesktop.UPower"

static const char interfaces[] = "<node><interface name='" UPOWER "'><property name='OnBattery' type='b' access='read'/></interface></node>";

/* The service that knows of the battery, on a bus of our own. */
typedef struct
{
  GDBusConnection *bus;
  gboolean         on_battery;
} Power;

static GVariant *
property_cb (GDBusConnection *bus,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *property,
             GError         **error,
             gpointer         user_data)
{
  const Power *power = user_data;

  return g_variant_new_boolean (power->on_battery);
}

static void
power_start (Power   *power,
             gboolean on_battery)
{
  static const GDBusInterfaceVTable table = { .get_property = property_cb };
  g_autoptr (GDBusNodeInfo)         node = g_dbus_node_info_new_for_xml (interfaces, NULL);
  g_autoptr (GVariant)              owned = NULL;

  power->on_battery = on_battery;
  power->bus = g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SYSTEM_BUS_ADDRESS"), G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, NULL);
  g_assert_nonnull (power->bus);
  g_assert_cmpuint (g_dbus_connection_register_object (power->bus, "/org/freedesktop/UPower", node->interfaces[0], &table, power, NULL, NULL), !=, 0);
  owned = g_dbus_connection_call_sync (power->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", UPOWER, 4), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (owned);
}

static void
power_set (Power   *power,
           gboolean on_battery)
{
  GVariantBuilder changed;

  power->on_battery = on_battery;
  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&changed, "{sv}", "OnBattery", g_variant_new_boolean (on_battery));
  g_assert_true (g_dbus_connection_emit_signal (power->bus, NULL, "/org/freedesktop/UPower", "org.freedesktop.DBus.Properties", "PropertiesChanged", g_variant_new ("(sa{sv}as)", UPOWER, &changed, NULL), NULL));
}

static void
power_stop (Power *power)
{
  g_dbus_connection_close_sync (power->bus, NULL, NULL);
  g_object_unref (power->bus);
}

/* A grey page: it can be opened, and says nothing. */
static char *
write_picture (const char *folder,
               guchar      shade)
{
  static const char header[] = "P5\n64 48\n255\n";
  char             *path = g_build_filename (folder, "page.pgm", NULL);
  g_autofree char  *data = g_malloc (sizeof header - 1 + 64 * 48);

  memcpy (data, header, sizeof header - 1);
  memset (data + sizeof header - 1, shade, 64 * 48);
  g_assert_true (g_file_set_contents (path, data, sizeof header - 1 + 64 * 48, NULL));

  return path;
}

typedef struct
{
  SbEngineFixture *shop;
  const char      *hash;
} Arrival;

static gboolean
add_command (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  const Arrival        *arrival = data;
  g_autoptr (SbMessage) message = sb_message_new ();
  SbAttachment         *attachment = sb_attachment_new ();

  message->thread_id = arrival->shop->ana;
  message->line_id = arrival->shop->line_id;
  message->kind = SB_MESSAGE_IMAGE;
  message->author = SB_AUTHOR_CUSTOMER;
  message->sent_at = SB_TEST_NOW;
  message->wamid = g_strdup_printf ("wamid.%.12s", arrival->hash);
  attachment->state = SB_ATTACHMENT_HERE;
  attachment->mime = g_strdup ("image/png");
  attachment->path = g_strdup_printf ("/media/%s", arrival->hash);
  sb_message_add_attachment (message, attachment);

  return sb_writer_add_message (writer, message, 0, error) != 0;
}

static void
added_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sb_store_run_finish (SB_STORE (object), result, &error));
  *(gboolean *) user_data = TRUE;
}

static char *
give_picture (SbEngineFixture *shop,
              guchar           shade)
{
  g_autofree char   *path = write_picture (shop->folder, shade);
  gint64             size = 0;
  g_autoptr (GError) error = NULL;
  char              *hash = sb_store_import_media (shop->engine->store, path, &size, &error);
  Arrival            arrival = { shop, hash };
  gboolean           done = FALSE;

  g_assert_no_error (error);
  sb_store_run_async (shop->engine->store, add_command, &arrival, NULL, added_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);

  return hash;
}

static gboolean
was_read (SbEngineFixture *shop,
          const char      *hash)
{
  g_autofree char *text = sb_reader_get_media_text (sb_fixture_reader (shop), hash);

  return text != NULL;
}

/* Real time: the rest between two pictures is real, too. */
static gboolean
is_read_within (SbEngineFixture *shop,
                const char      *hash,
                double           seconds)
{
  const gint64 end = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);

  while (!was_read (shop, hash) && g_get_monotonic_time () < end)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (20000);
    }

  return was_read (shop, hash);
}

static void
test_battery (SbEngineFixture *shop,
              gconstpointer    data)
{
  Power            power = { 0 };
  g_autofree char *first = give_picture (shop, 230);
  g_autofree char *second = NULL;

  power_start (&power, TRUE);
  sb_engine_set_reads_pictures (shop->engine, TRUE, "eng");
  g_assert_false (is_read_within (shop, first, 4));

  power_set (&power, FALSE);
  g_assert_true (is_read_within (shop, first, 30));

  power_set (&power, TRUE);
  g_assert_false (is_read_within (shop, "none", 0.3));
  second = give_picture (shop, 200);
  g_assert_false (is_read_within (shop, second, 4));

  power_set (&power, FALSE);
  g_assert_true (is_read_within (shop, second, 30));
  sb_engine_set_reads_pictures (shop->engine, FALSE, "eng");
  power_stop (&power);
}

/* Without a service that knows of batteries, as on a computer that has none. */
static void
test_plugged_in (SbEngineFixture *shop,
                 gconstpointer    data)
{
  g_autofree char *hash = give_picture (shop, 220);

  sb_engine_set_reads_pictures (shop->engine, TRUE, "eng");
  g_assert_true (is_read_within (shop, hash, 30));
  sb_engine_set_reads_pictures (shop->engine, FALSE, "eng");
}

/* Nobody asked for it. */
static void
test_switched_off (SbEngineFixture *shop,
                   gconstpointer    data)
{
  g_autofree char *hash = give_picture (shop, 210);

  sb_engine_set_reads_pictures (shop->engine, FALSE, "eng");
  g_assert_false (is_read_within (shop, hash, 3));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GTestDBus) bus = NULL;
  int                   failed;

  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (bus), TRUE);
  g_test_add ("/pictures/plugged-in", SbEngineFixture, NULL, sb_fixture_set_up, test_plugged_in, sb_fixture_tear_down);
  g_test_add ("/pictures/switched-off", SbEngineFixture, NULL, sb_fixture_set_up, test_switched_off, sb_fixture_tear_down);
  g_test_add ("/pictures/battery", SbEngineFixture, NULL, sb_fixture_set_up, test_battery, sb_fixture_tear_down);
  failed = g_test_run ();
  g_test_dbus_stop (bus);

  return failed;
}
