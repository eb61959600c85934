/* The person at the desk, and where they left it. */
#include "sb-engine-profile.h"

#include "sb-engine-private.h"
#include "sb-reader-reading.h"

#define PROFILE_KEY "desk-profile"

static const SbNamed *
find_active (GPtrArray *staff,
             gint64     staff_id)
{
  for (guint i = 0; i < staff->len; i++)
    {
      const SbNamed *person = staff->pdata[i];

      if (person->active && (staff_id == 0 || person->id == staff_id))
        return person;
    }

  return NULL;
}

SbNamed *
sb_engine_dup_profile (SbEngine *self)
{
  g_autoptr (GPtrArray) staff = sb_reader_list_staff (sb_store_get_reader (self->store));

  for (guint i = 0; i < staff->len; i++)
    if (((SbNamed *) staff->pdata[i])->id == self->staff_id)
      return g_ptr_array_steal_index (staff, i);

  return NULL;
}

GPtrArray *
sb_engine_list_profiles (SbEngine *self)
{
  GPtrArray *staff = sb_reader_list_staff (sb_store_get_reader (self->store));

  for (guint i = staff->len; i > 0; i--)
    if (!((SbNamed *) staff->pdata[i - 1])->active)
      g_ptr_array_remove_index (staff, i - 1);

  return staff;
}

gint64
sb_engine_get_staff (SbEngine *self)
{
  return self->staff_id;
}

/* -- kept with the shop -- */

typedef struct
{
  char *key;
  char *value;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_free (kept->key);
  g_free (kept->value);
  g_free (kept);
}

static gboolean
keep_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  const Kept *kept = data;

  return sb_writer_set_meta (writer, kept->key, kept->value, error);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!sb_store_run_finish (SB_STORE (object), result, &error))
    g_message ("The place at the desk could not be kept: %s", error->message);
}

/* Takes @key and @value over. What was asked for is written before the shop closes. */
static void
keep (SbEngine *self,
      char     *key,
      char     *value)
{
  Kept *kept = g_new0 (Kept, 1);

  kept->key = key;
  kept->value = value;
  if (sb_store_is_read_only (self->store))
    kept_free (kept);
  else
    sb_store_run_async (self->store, keep_command, kept, kept_free, kept_cb, NULL);
}

static char *
place_key (SbEngine *self)
{
  return g_strdup_printf ("desk-place:%" G_GINT64_FORMAT, self->staff_id);
}

char *
sb_engine_dup_place (SbEngine *self)
{
  g_autofree char *key = place_key (self);

  return sb_reader_get_meta (sb_store_get_reader (self->store), key);
}

void
sb_engine_set_place (SbEngine   *self,
                     const char *place)
{
  g_autofree char *before = sb_engine_dup_place (self);

  if (g_strcmp0 (before, place) != 0)
    keep (self, place_key (self), g_strdup (place));
}

/* -- sitting down -- */

static void
sit_down (SbEngine *self,
          gint64    staff_id)
{
  self->staff_id = staff_id;
  sb_reader_set_staff (sb_store_get_reader (self->store), staff_id);
}

/* Whoever is not there, or no longer works here, does not get the desk. */
void
sb_engine_set_staff (SbEngine *self,
                     gint64    staff_id)
{
  g_autoptr (GPtrArray) staff = sb_reader_list_staff (sb_store_get_reader (self->store));

  if (staff_id == self->staff_id || staff_id == 0 || find_active (staff, staff_id) == NULL)
    return;

  sit_down (self, staff_id);
  keep (self, g_strdup (PROFILE_KEY), g_strdup_printf ("%" G_GINT64_FORMAT, staff_id));
  sb_engine_emit_profile_changed (self);
}

/* Who sat here last, else the first. */
void
sb_profile_restore (SbEngine *self)
{
  g_autoptr (GPtrArray) staff = sb_reader_list_staff (sb_store_get_reader (self->store));
  g_autofree char      *last = sb_reader_get_meta (sb_store_get_reader (self->store), PROFILE_KEY);
  gint64                id = last != NULL ? g_ascii_strtoll (last, NULL, 10) : 0;
  const SbNamed        *person = find_active (staff, id);

  if (person == NULL)
    person = find_active (staff, 0);
  sit_down (self, person != NULL ? person->id : 0);
}

/* Whoever was removed while at the desk makes room. */
void
sb_profile_take (SbEngine      *self,
                 const SbEvent *event)
{
  g_autoptr (GPtrArray) staff = NULL;
  const SbNamed        *first;

  if (event->kind != SB_EVENT_STAFF_CHANGED && event->kind != SB_EVENT_UNDONE)
    return;
  staff = sb_reader_list_staff (sb_store_get_reader (self->store));
  first = find_active (staff, 0);
  if (first != NULL && find_active (staff, self->staff_id) == NULL)
    sb_engine_set_staff (self, first->id);
}
