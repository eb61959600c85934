#include "sb-secrets.h"

#include <errno.h>
#include <fcntl.h>
#include <libsecret/secret.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sb-json.h"

typedef enum
{
  BACKING_MEMORY,
  BACKING_KEYRING,
  BACKING_FILE,
} Backing;

struct _SbSecrets
{
  GObject parent_instance;

  Backing     backing;
  gboolean    lasting;
  char       *shop_id;
  char       *path;
  GHashTable *values; /* "line:ID:name" or "name" -> value */
};

G_DEFINE_FINAL_TYPE (SbSecrets, sb_secrets, G_TYPE_OBJECT)

static const SecretSchema schema = {
  "io.github.shopbell.Shopbell",
  SECRET_SCHEMA_NONE,
  { { "shop", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "name", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
};

static void
wipe (gpointer value)
{
  explicit_bzero (value, strlen (value));
  g_free (value);
}

static void
sb_secrets_finalize (GObject *object)
{
  SbSecrets *self = SB_SECRETS (object);

  g_hash_table_unref (self->values);
  g_free (self->shop_id);
  g_free (self->path);

  G_OBJECT_CLASS (sb_secrets_parent_class)->finalize (object);
}

static void
sb_secrets_class_init (SbSecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_secrets_finalize;
}

static void
sb_secrets_init (SbSecrets *self)
{
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, wipe);
}

SbSecrets *
sb_secrets_new_memory (void)
{
  return g_object_new (SB_TYPE_SECRETS, NULL);
}

SbSecrets *
sb_secrets_new_keyring (const char *shop_id)
{
  SbSecrets *self = g_object_new (SB_TYPE_SECRETS, NULL);

  self->backing = BACKING_KEYRING;
  self->shop_id = g_strdup (shop_id);

  return self;
}

/* "app_secret" and "app-secret" are one. */
static char *
plain_name (const char *name)
{
  char *copy = g_strdup (name);

  g_strdelimit (copy, "_", '-');

  return copy;
}

static gboolean
read_file (SbSecrets *self,
           int        fd,
           GError   **error)
{
  g_autofree char     *text = g_malloc0 (SB_JSON_MAX_BYTES + 1);
  gssize               got = read (fd, text, SB_JSON_MAX_BYTES);
  g_autoptr (JsonNode) node = got >= 0 ? sb_json_parse (text, got, error) : NULL;
  JsonObject          *root = sb_json_root (node);
  g_autoptr (GList)    members = NULL;

  explicit_bzero (text, SB_JSON_MAX_BYTES);
  if (root == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "The file of secrets is not a JSON object");
      return FALSE;
    }

  members = json_object_get_members (root);
  for (GList *member = members; member != NULL; member = member->next)
    {
      const char *value = sb_json_string (root, member->data);

      if (value != NULL)
        g_hash_table_insert (self->values, plain_name (member->data), g_strdup (value));
    }

  return TRUE;
}

/**
 * sb_secrets_new_file:
 *
 * For the command line, on machines without a keyring. A file that others may read is refused.
 */
SbSecrets *
sb_secrets_new_file (const char *path,
                     GError    **error)
{
  g_autoptr (SbSecrets) self = g_object_new (SB_TYPE_SECRETS, NULL);
  int                   fd = open (path, O_RDONLY | O_CLOEXEC);
  struct stat           info;
  gboolean              done;

  self->backing = BACKING_FILE;
  self->lasting = TRUE;
  self->path = g_strdup (path);
  if (fd < 0 || fstat (fd, &info) != 0)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_NO_SECRET, "The file of secrets cannot be opened: %s", g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return NULL;
    }
  if ((info.st_mode & 077) != 0)
    {
      close (fd);
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NO_SECRET, "The file of secrets may be read by others; its mode must be 0600");
      return NULL;
    }

  done = read_file (self, fd, error);
  close (fd);

  return done ? g_steal_pointer (&self) : NULL;
}

/* FALSE: what is set now is forgotten when the program ends. */
gboolean
sb_secrets_is_lasting (SbSecrets *self)
{
  return self->lasting;
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask)  task = user_data;
  g_autoptr (GError) error = NULL;
  SbSecrets         *self = g_task_get_source_object (task);
  GList             *items = secret_password_search_finish (result, &error);

  for (GList *item = items; item != NULL; item = item->next)
    {
      g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (item->data);
      SecretValue           *value = secret_retrievable_retrieve_secret_sync (item->data, NULL, NULL);
      const char            *name = g_hash_table_lookup (attributes, "name");

      if (value != NULL && name != NULL)
        g_hash_table_insert (self->values, g_strdup (name), g_strdup (secret_value_get_text (value)));
      g_clear_pointer (&value, secret_value_unref);
    }
  g_list_free_full (items, g_object_unref);

  self->lasting = error == NULL;
  if (error != NULL)
    g_message ("No password store answers: %s", error->message);
  g_task_return_boolean (task, error == NULL);
}

/* Fetches what the password store has of this shop. FALSE without error: there is no store; the program goes on. */
void
sb_secrets_load_async (SbSecrets          *self,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  if (self->backing != BACKING_KEYRING)
    {
      g_task_return_boolean (task, self->lasting);
      g_object_unref (task);
      return;
    }

  secret_password_search (&schema, SECRET_SEARCH_ALL | SECRET_SEARCH_UNLOCK | SECRET_SEARCH_LOAD_SECRETS, cancellable, found_cb, task, "shop", self->shop_id, NULL);
}

gboolean
sb_secrets_load_finish (SbSecrets    *self,
                        GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static char *
key_of (gint64      line_id,
        const char *name)
{
  return g_strdup_printf ("line:%" G_GINT64_FORMAT ":%s", line_id, name);
}

/* (nullable) (transfer none): of this line, else the general one of a secrets file. */
const char *
sb_secrets_get (SbSecrets  *self,
                gint64      line_id,
                const char *name)
{
  g_autofree char *key = key_of (line_id, name);
  const char      *value = g_hash_table_lookup (self->values, key);

  return value != NULL ? value : g_hash_table_lookup (self->values, name);
}

static gboolean
write_file (SbSecrets *self,
            GError   **error)
{
  g_autoptr (JsonObject) root = json_object_new ();
  g_autofree char       *text = NULL;
  GHashTableIter         iter;
  gpointer               key, value;

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &key, &value))
    json_object_set_string_member (root, key, value);
  text = sb_json_text (root);

  return g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbSecrets) self = user_data;
  g_autoptr (GError)    error = NULL;

  self->lasting = secret_password_store_finish (result, &error);
  if (error != NULL)
    g_message ("The password store did not keep a key: %s", error->message);
}

/* @value: (nullable): %NULL forgets it */
gboolean
sb_secrets_set (SbSecrets  *self,
                gint64      line_id,
                const char *name,
                const char *value,
                GError    **error)
{
  g_autofree char *key = key_of (line_id, name);

  if (value != NULL)
    g_hash_table_insert (self->values, g_strdup (key), g_strdup (value));
  else
    g_hash_table_remove (self->values, key);

  if (self->backing == BACKING_FILE)
    return write_file (self, error);
  if (self->backing == BACKING_KEYRING && value != NULL)
    secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, "Shopbell", value, NULL, stored_cb, g_object_ref (self), "shop", self->shop_id, "name", key, NULL);
  else if (self->backing == BACKING_KEYRING)
    secret_password_clear (&schema, NULL, NULL, NULL, "shop", self->shop_id, "name", key, NULL);

  return TRUE;
}
