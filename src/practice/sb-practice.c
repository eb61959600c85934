#include "sb-practice.h"

#include <errno.h>

#include "sb-practice-box.h"
#include "sb-practice-due.h"
#include "sb-practice-life.h"
#include "sb-practice-persona.h"
#include "sb-practice-server.h"
#include "sb-practice-template.h"

/* The moment things happen at: when something due fires late, because the clock was moved, its own time counts. */
gint64
sb_practice_now (SbPractice *self)
{
  return self->moment != 0 ? self->moment : sb_clock_now (self->clock);
}

const char *
sb_practice_config (SbPractice *self,
                    const char *member)
{
  return sb_json_string (self->config, member);
}

void
sb_practice_save_config (SbPractice *self)
{
  sb_practice_store_put (self->store, "config", "main", self->config);
}

/* A generator of its own for each thing that needs chance: the count is kept, so a restart goes on and never repeats. */
SbRandom *
sb_practice_random (SbPractice *self)
{
  guint64 count = sb_json_int (self->config, "count", 0) + 1;
  guint64 seed = sb_json_int (self->config, "seed", 0);

  json_object_set_int_member (self->config, "count", count);
  sb_practice_save_config (self);

  return sb_random_new_seeded (seed ^ (count * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)));
}

/* Fifteen or more decimal digits, as Graph ids are. */
char *
sb_practice_new_id (SbPractice *self,
                    const char *prefix)
{
  g_autoptr (SbRandom) random = sb_practice_random (self);

  return g_strdup_printf ("%s%09u%05u", prefix, sb_random_below (random, 1000000000), sb_random_below (random, 100000));
}

/* The layout seen in real ids: the customer's number, the direction, twenty hexadecimal digits. */
char *
sb_practice_new_wamid (SbPractice *self,
                       const char *address,
                       gboolean    inbound)
{
  g_autoptr (SbRandom)   random = sb_practice_random (self);
  g_autoptr (GByteArray) raw = g_byte_array_new ();
  g_autofree char       *tail = g_strdup_printf ("%016" G_GINT64_MODIFIER "X%04X", sb_random_next (random), sb_random_below (random, 65536));
  g_autofree char       *text = NULL;
  gsize                  length = MIN (strlen (address), 40);
  guint8                 head[] = { 0x1c, 0x18, (guint8) length };
  guint8                 middle[] = { 0x15, 0x02, 0x00, inbound ? 0x12 : 0x11, 0x18, 20 };
  guint8                 end = 0;

  g_byte_array_append (raw, head, sizeof head);
  g_byte_array_append (raw, (const guint8 *) address, length);
  g_byte_array_append (raw, middle, sizeof middle);
  g_byte_array_append (raw, (const guint8 *) tail, 20);
  g_byte_array_append (raw, &end, 1);
  text = g_base64_encode (raw->data, raw->len);

  return g_strconcat ("wamid.", text, NULL);
}

/* What came over the wire is immutable; a copy can be changed. */
JsonObject *
sb_practice_copy (JsonObject *object)
{
  g_autofree char     *text = sb_json_text (object);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return json_node_dup_object (node);
}

static void
set_token (SbPractice *self,
           const char *member,
           const char *prefix,
           gsize       length)
{
  g_autoptr (SbRandom) random = sb_practice_random (self);
  g_autofree char     *token = sb_random_token (random, length);
  g_autofree char     *text = g_strconcat (prefix, token, NULL);

  json_object_set_string_member (self->config, member, text);
}

static void
set_id (SbPractice *self,
        const char *member,
        const char *prefix)
{
  g_autofree char *id = sb_practice_new_id (self, prefix);

  json_object_set_string_member (self->config, member, id);
}

static void
set_secret (SbPractice *self)
{
  g_autoptr (SbRandom) random = sb_practice_random (self);
  g_autofree char     *secret = g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
                                                 sb_random_next (random), sb_random_next (random));

  json_object_set_string_member (self->config, "app_secret", secret);
}

/* The first start: who we are for as long as the folder exists. */
static void
found (SbPractice *self)
{
  g_autoptr (SbRandom) system = sb_random_new_system ();
  gint64               seed = self->options->seeded ? self->options->seed : (gint64) (sb_random_next (system) >> 2);

  self->config = json_object_new ();
  json_object_set_int_member (self->config, "seed", seed);
  set_id (self, "phone_number_id", "1");
  set_id (self, "waba_id", "2");
  set_id (self, "app_id", "7");
  set_id (self, "business_id", "3");
  set_token (self, "token", "EAAPractice", 48);
  set_secret (self);
  set_token (self, "verify_token", "verify-", 24);
  set_token (self, "box", "", 22);
  set_token (self, "box_token", "", 43);
  set_token (self, "epoch", "", 16);
  json_object_set_string_member (self->config, "phone", "447700900100");
  json_object_set_boolean_member (self->config, "online", TRUE);
  sb_practice_save_config (self);
}

/* What the account looks like when nobody has changed it. */
static void
furnish (SbPractice *self)
{
  JsonObject *account = sb_json_make ("s:verified_name", "Marigold Cakes", "s:quality_rating", "GREEN", "s:limit", "TIER_2K",
                                      "b:registered", TRUE, "b:banned", FALSE, "b:payment_ok", TRUE, "s:status", "CONNECTED",
                                      "s:token_state", "ok", "b:test_mode", FALSE, "s:throughput", "STANDARD", NULL);
  JsonObject *profile = sb_json_make ("s:about", "Cakes for every day and the big ones", "s:address", "12 Orchard Row, Leeds",
                                      "s:description", "A small cake shop. Order two days ahead.", "s:email", "hello@marigold.example",
                                      "s:vertical", "RESTAURANT", NULL);

  json_object_set_object_member (self->config, "account", account);
  json_object_set_object_member (self->config, "profile", profile);
  json_object_set_boolean_member (self->config, "furnished", TRUE);
  sb_practice_save_config (self);
  sb_practice_persona_furnish (self);
  sb_practice_template_furnish (self);
  if (self->options->cake_shop)
    sb_practice_life_tell (self);
}

static gboolean
open_store (SbPractice *self,
            GError    **error)
{
  g_autofree char *path = g_build_filename (self->options->state_dir, "practice.db", NULL);
  JsonObject      *config;

  if (g_mkdir_with_parents (self->options->state_dir, 0700) != 0)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_STORAGE, "The folder %s cannot be made: %s", self->options->state_dir, g_strerror (errno));
      return FALSE;
    }

  self->store = sb_practice_store_open (path, error);
  if (self->store == NULL)
    return FALSE;

  config = sb_practice_store_get (self->store, "config", "main");
  if (config != NULL)
    self->config = json_object_ref (config);
  else
    found (self);

  return TRUE;
}

SbPractice *
sb_practice_new (SbPracticeOptions *options,
                 GError           **error)
{
  g_autoptr (SbPractice) self = g_new0 (SbPractice, 1);

  self->options = options;
  self->clock = sb_clock_new_system ();
  self->http = sb_http_new (10);
  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->waiters = g_ptr_array_new ();
  self->pace = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->deliveries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!open_store (self, error))
    return NULL;

  sb_clock_set_offset (self->clock, sb_json_int (self->config, "offset_ms", 0));
  sb_practice_persona_index (self);
  sb_practice_due_load (self);

  return g_steal_pointer (&self);
}

void
sb_practice_free (SbPractice *self)
{
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  sb_practice_box_release (self);
  if (self->due_timer != 0)
    sb_clock_remove_timer (self->clock, self->due_timer);
  g_clear_pointer (&self->due, g_sequence_free);
  g_clear_object (&self->server);
  g_clear_object (&self->http);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->config, json_object_unref);
  g_clear_pointer (&self->store, sb_practice_store_free);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_clear_pointer (&self->waiters, g_ptr_array_unref);
  g_clear_pointer (&self->pace, g_hash_table_unref);
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->deliveries, g_hash_table_unref);
  g_free (self->url);
  g_free (self);
}

/* Opens the door, then lets what is due happen: first the life of the shop, so that a webhook finds its media. */
gboolean
sb_practice_listen (SbPractice *self,
                    GError    **error)
{
  if (!sb_practice_server_start (self, error))
    return FALSE;

  if (self->options->webhook != NULL)
    {
      json_object_set_string_member (self->config, "webhook", self->options->webhook);
      sb_practice_save_config (self);
    }
  if (!sb_json_bool (self->config, "furnished", FALSE))
    furnish (self);
  sb_practice_due_run (self);
  sb_practice_store_flush (self->store);

  return TRUE;
}

/* The one line that a starter reads. */
char *
sb_practice_describe (SbPractice *self)
{
  g_autoptr (JsonObject) line = json_object_new ();
  static const char     *members[] = { "token", "app_secret", "verify_token", "phone_number_id", "waba_id", "app_id", "box", "box_token", "phone" };

  json_object_set_string_member (line, "url", self->url);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    json_object_set_string_member (line, members[i], sb_practice_config (self, members[i]));

  return sb_json_text (line);
}

/* Everything as on the first day, but the same credentials: who holds them goes on without a change. */
void
sb_practice_reset (SbPractice *self)
{
  static const char *kinds[] = { "persona", "message", "media", "template", "event", "due", "upload", "handle", "qr", "block" };
  static const char *switches[] = { "offset_ms", "webhook", "app_webhook", "waba_webhook", "phone_webhook", "subscribed" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    sb_practice_store_clear (self->store, kinds[i]);
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    json_object_remove_member (self->config, switches[i]);
  g_ptr_array_set_size (self->faults, 0);
  g_ptr_array_set_size (self->requests, 0);
  g_hash_table_remove_all (self->pace);
  g_hash_table_remove_all (self->people);
  sb_practice_due_load (self);
  json_object_set_boolean_member (self->config, "online", TRUE);
  sb_practice_box_renew (self);
  sb_clock_set_offset (self->clock, 0);
  furnish (self);
  sb_practice_due_run (self);
}
