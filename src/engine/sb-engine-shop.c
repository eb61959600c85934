/* Small questions about the shop as a whole, and its few settings. */
#include "sb-engine-private.h"

#include <glib/gi18n-lib.h>

#include "sb-reader-reading.h"

const char *
sb_engine_get_folder (SbEngine *self)
{
  return sb_store_get_folder (self->store);
}

gboolean
sb_engine_is_practice (SbEngine *self)
{
  g_autofree char *kind = sb_reader_get_meta (sb_store_get_reader (self->store), "kind");

  return g_strcmp0 (kind, "practice") == 0;
}

gboolean
sb_engine_is_read_only (SbEngine *self)
{
  return sb_store_is_read_only (self->store);
}

char *
sb_engine_get_damaged_copy (SbEngine *self)
{
  return sb_store_get_damaged_copy (self->store);
}

SbClock *
sb_engine_get_clock (SbEngine *self)
{
  return self->clock;
}

SbReader *
sb_engine_get_reader (SbEngine *self)
{
  return sb_store_get_reader (self->store);
}

SbReader *
sb_engine_new_reader (SbEngine *self,
                      GError  **error)
{
  SbReader *reader = sb_store_new_reader (self->store, error);

  if (reader != NULL)
    sb_reader_set_staff (reader, self->staff_id);

  return reader;
}

SbSecrets *
sb_engine_get_secrets (SbEngine *self)
{
  return self->secrets;
}

char *
sb_engine_dup_shop_name (SbEngine *self)
{
  char *name = sb_reader_get_meta (sb_store_get_reader (self->store), "name");

  return name != NULL ? name : g_strdup (sb_engine_is_practice (self) ? _("Practice Shop") : _("My Shop"));
}

typedef struct
{
  const char *key;
  const char *value;
} Meta;

static gboolean
meta_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  const Meta *meta = data;

  return sb_writer_set_meta (writer, meta->key, meta->value, error);
}

gboolean
sb_engine_set_shop_name (SbEngine   *self,
                         const char *name,
                         GError    **error)
{
  Meta meta = { "name", name };

  return sb_store_run (self->store, meta_command, &meta, error);
}

gboolean
sb_engine_set_kind (SbEngine   *self,
                    const char *kind,
                    GError    **error)
{
  Meta meta = { "kind", kind };

  return sb_store_run (self->store, meta_command, &meta, error);
}

void
sb_engine_get_counts (SbEngine *self,
                      SbCounts *counts)
{
  sb_reader_get_counts (sb_store_get_reader (self->store), counts);
}

void
sb_engine_set_notice_policy (SbEngine             *self,
                             const SbNoticePolicy *policy)
{
  sb_notices_set_policy (self->notices, policy);
}

void
sb_engine_set_open_thread (SbEngine *self,
                           gint64    thread_id)
{
  self->open_thread = thread_id;
  sb_notices_set_open_thread (self->notices, thread_id);
}
