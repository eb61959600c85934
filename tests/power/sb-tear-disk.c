#include "sb-tear-disk.h"

#include <string.h>

typedef enum
{
  OPERATION_WRITE,
  OPERATION_TRUNCATE,
  OPERATION_FLUSH,
  OPERATION_FLUSH_FOLDER,
  OPERATION_NAME,   /* a name for a new file */
  OPERATION_REMOVE, /* of a name */
} OperationKind;

typedef struct
{
  OperationKind kind;
  guint         file;
  gsize         offset; /* of a write; size of a truncation */
  gsize         length;
  guint8       *data;
  char         *name;
} Operation;

/* A file on the platter: what surely stays, and the operations that nobody flushed yet. */
typedef struct
{
  GByteArray *durable;
  GArray     *pending; /* guint: index of the operation */
} Platter;

struct _SbTearDisk
{
  GHashTable *names; /* name -> SbTearFile, as the running program sees it */
  GArray     *log;   /* Operation */
  gboolean    lying;
  gboolean    remembers; /* what is done to it */
  void (*hook) (gpointer data);
  gpointer hook_data;
  gboolean in_hook;
  guint    n_files;

  /* the platter after the first @done operations */
  guint       done;
  GPtrArray  *platters;       /* by number of the file */
  GHashTable *durable_names;  /* name -> number + 1 */
  GArray     *pending_folder; /* guint */
};

/* How the unflushed part of a cut is treated. */
typedef enum
{
  FATE_DROPPED,
  FATE_KEPT,
  FATE_PREFIX,    /* the first few in order, the next one torn */
  FATE_SCATTERED, /* each one, and each sector of it, by chance */
  FATE_RUBBISH,   /* like scattered, and what does not arrive may be rubbish */
  N_FATES
} Fate;

static void
operation_clear (gpointer data)
{
  Operation *operation = data;

  g_free (operation->data);
  g_free (operation->name);
}

static void
platter_free (gpointer data)
{
  Platter *platter = data;

  g_byte_array_unref (platter->durable);
  g_array_unref (platter->pending);
  g_free (platter);
}

static Platter *
platter_new (void)
{
  Platter *platter = g_new0 (Platter, 1);

  platter->durable = g_byte_array_new ();
  platter->pending = g_array_new (FALSE, FALSE, sizeof (guint));

  return platter;
}

SbTearDisk *
sb_tear_disk_new (void)
{
  SbTearDisk *self = g_new0 (SbTearDisk, 1);

  self->remembers = TRUE;
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sb_tear_file_close);
  self->log = g_array_new (FALSE, TRUE, sizeof (Operation));
  g_array_set_clear_func (self->log, operation_clear);
  self->platters = g_ptr_array_new_with_free_func (platter_free);
  self->durable_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pending_folder = g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

void
sb_tear_disk_free (SbTearDisk *self)
{
  g_hash_table_unref (self->names);
  g_array_unref (self->log);
  g_ptr_array_unref (self->platters);
  g_hash_table_unref (self->durable_names);
  g_array_unref (self->pending_folder);
  g_free (self);
}

void
sb_tear_disk_set_lying (SbTearDisk *self,
                        gboolean    lying)
{
  self->lying = lying;
}

void
sb_tear_disk_set_hook (SbTearDisk *self,
                       void (*hook) (gpointer data),
                       gpointer data)
{
  self->hook = hook;
  self->hook_data = data;
}

guint
sb_tear_disk_n_operations (SbTearDisk *self)
{
  return self->log->len;
}

/* Takes what @operation holds. */
static void
log_operation (SbTearDisk *self,
               Operation   operation)
{
  if (self->remembers)
    g_array_append_val (self->log, operation);
  else
    operation_clear (&operation);
}

static void
call_hook (SbTearDisk *self)
{
  if (self->hook == NULL || self->in_hook)
    return;

  self->in_hook = TRUE;
  self->hook (self->hook_data);
  self->in_hook = FALSE;
}

/* -- as the running program sees it -- */

static SbTearFile *
file_new (SbTearDisk *disk,
          guint       number)
{
  SbTearFile *file = g_new0 (SbTearFile, 1);

  file->n_users = 1;
  file->number = number;
  file->disk = disk;
  file->bytes = g_byte_array_new ();

  return file;
}

void
sb_tear_file_close (SbTearFile *file)
{
  if (--file->n_users > 0)
    return;

  if (file->free_locks != NULL)
    file->free_locks (file->locks);
  g_byte_array_unref (file->bytes);
  g_free (file);
}

SbTearFile *
sb_tear_disk_open (SbTearDisk *self,
                   const char *name,
                   gboolean    create)
{
  SbTearFile *file = name != NULL ? g_hash_table_lookup (self->names, name) : NULL;

  if (name == NULL)
    return file_new (self, G_MAXUINT);
  if (file == NULL && !create)
    return NULL;
  if (file == NULL)
    {
      file = file_new (self, self->n_files++);
      g_hash_table_insert (self->names, g_strdup (name), file);
      log_operation (self, (Operation) { .kind = OPERATION_NAME, .file = file->number, .name = g_strdup (name) });
    }
  file->n_users++;

  return file;
}

gboolean
sb_tear_disk_exists (SbTearDisk *self,
                     const char *name)
{
  SbTearFile *file = g_hash_table_lookup (self->names, name);

  return file != NULL && file->bytes->len > 0;
}

gboolean
sb_tear_disk_remove (SbTearDisk *self,
                     const char *name,
                     gboolean    flush_folder)
{
  if (!g_hash_table_remove (self->names, name))
    return FALSE;

  log_operation (self, (Operation) { .kind = OPERATION_REMOVE, .name = g_strdup (name) });
  if (flush_folder && !self->lying)
    log_operation (self, (Operation) { .kind = OPERATION_FLUSH_FOLDER });

  return TRUE;
}

static void
put (GByteArray   *bytes,
     const guint8 *data,
     gsize         length,
     gsize         offset)
{
  gsize old = bytes->len;

  if (length == 0)
    return;
  if (offset + length > old)
    {
      g_byte_array_set_size (bytes, offset + length);
      if (offset > old)
        memset (bytes->data + old, 0, offset - old);
    }
  memcpy (bytes->data + offset, data, length);
}

void
sb_tear_file_write (SbTearFile   *file,
                    const guint8 *data,
                    gsize         length,
                    gsize         offset)
{
  put (file->bytes, data, length, offset);
  if (file->number == G_MAXUINT || !file->disk->remembers)
    return;

  log_operation (file->disk, (Operation) { .kind = OPERATION_WRITE, .file = file->number, .offset = offset, .length = length, .data = g_memdup2 (data, length) });
  call_hook (file->disk);
}

static void
cut_to (GByteArray *bytes,
        gsize       size)
{
  gsize old = bytes->len;

  g_byte_array_set_size (bytes, size);
  if (size > old)
    memset (bytes->data + old, 0, size - old);
}

void
sb_tear_file_truncate (SbTearFile *file,
                       gsize       size)
{
  cut_to (file->bytes, size);
  if (file->number != G_MAXUINT)
    log_operation (file->disk, (Operation) { .kind = OPERATION_TRUNCATE, .file = file->number, .offset = size });
}

void
sb_tear_file_flush (SbTearFile *file,
                    gboolean    flush_folder)
{
  if (file->number == G_MAXUINT || file->disk->lying)
    return;

  log_operation (file->disk, (Operation) { .kind = OPERATION_FLUSH, .file = file->number });
  if (flush_folder)
    log_operation (file->disk, (Operation) { .kind = OPERATION_FLUSH_FOLDER });
  call_hook (file->disk);
}

/* -- the platter -- */

static void
apply (GByteArray      *bytes,
       const Operation *operation)
{
  if (operation->kind == OPERATION_WRITE)
    put (bytes, operation->data, operation->length, operation->offset);
  else
    cut_to (bytes, operation->offset);
}

static Platter *
platter_of (SbTearDisk *self,
            guint       number)
{
  while (self->platters->len <= number)
    g_ptr_array_add (self->platters, platter_new ());

  return self->platters->pdata[number];
}

static void
apply_name (GHashTable      *names,
            const Operation *operation)
{
  if (operation->kind == OPERATION_NAME)
    g_hash_table_insert (names, g_strdup (operation->name), GUINT_TO_POINTER (operation->file + 1));
  else
    g_hash_table_remove (names, operation->name);
}

static void
advance (SbTearDisk *self)
{
  guint            index = self->done++;
  const Operation *operation = &g_array_index (self->log, Operation, index);
  Platter         *platter;

  switch (operation->kind)
    {
    case OPERATION_WRITE:
    case OPERATION_TRUNCATE:
      g_array_append_val (platter_of (self, operation->file)->pending, index);
      break;
    case OPERATION_FLUSH:
      platter = platter_of (self, operation->file);
      for (guint i = 0; i < platter->pending->len; i++)
        apply (platter->durable, &g_array_index (self->log, Operation, g_array_index (platter->pending, guint, i)));
      g_array_set_size (platter->pending, 0);
      break;
    case OPERATION_FLUSH_FOLDER:
      for (guint i = 0; i < self->pending_folder->len; i++)
        apply_name (self->durable_names, &g_array_index (self->log, Operation, g_array_index (self->pending_folder, guint, i)));
      g_array_set_size (self->pending_folder, 0);
      break;
    case OPERATION_NAME:
    case OPERATION_REMOVE:
    default:
      g_array_append_val (self->pending_folder, index);
      break;
    }
}

static void
rewind_to_start (SbTearDisk *self)
{
  self->done = 0;
  g_ptr_array_set_size (self->platters, 0);
  g_hash_table_remove_all (self->durable_names);
  g_array_set_size (self->pending_folder, 0);
}

/* -- the cut -- */

static void
add_rubbish (GByteArray   *bytes,
             const guint8 *data,
             gsize         length,
             gsize         offset,
             SbRandom     *random)
{
  g_autofree guint8 *mixed = g_memdup2 (data, length);
  gsize              from = sb_random_below (random, length);
  gsize              to = from + 1 + sb_random_below (random, length - from);

  sb_random_bytes (random, mixed + from, to - from);
  put (bytes, mixed, length, offset);
}

/* Sector by sector; @n_whole: so many come first for sure and the others not at all, or -1: each by chance. */
static void
tear (GByteArray      *bytes,
      const Operation *operation,
      gsize            sector,
      gint             n_whole,
      gboolean         rubbish,
      SbRandom        *random)
{
  gsize end = operation->offset + operation->length;
  gint  number = 0;

  for (gsize at = operation->offset; at < end; number++)
    {
      gsize         next = MIN (end, (at / sector + 1) * sector);
      const guint8 *data = operation->data + (at - operation->offset);

      if (n_whole >= 0 ? number < n_whole : sb_random_below (random, 2) == 0)
        put (bytes, data, next - at, at);
      else if (rubbish && sb_random_below (random, 2) == 0)
        add_rubbish (bytes, data, next - at, at, random);
      at = next;
    }
}

static GByteArray *
survive (SbTearDisk    *self,
         const Platter *platter,
         Fate           fate,
         gsize          sector,
         SbRandom      *random)
{
  GByteArray *bytes = g_byte_array_sized_new (platter->durable->len);
  guint       n_pending = platter->pending->len;
  guint       n_whole = fate == FATE_KEPT ? n_pending : fate == FATE_PREFIX && n_pending > 0 ? sb_random_below (random, n_pending)
                                                                                             : 0;

  g_byte_array_append (bytes, platter->durable->data, platter->durable->len);
  for (guint i = 0; i < n_pending && fate != FATE_DROPPED; i++)
    {
      const Operation *operation = &g_array_index (self->log, Operation, g_array_index (platter->pending, guint, i));
      guint            chance = sb_random_below (random, 3);

      if (i < n_whole || (fate >= FATE_SCATTERED && chance == 0))
        apply (bytes, operation);
      else if (operation->kind == OPERATION_WRITE && (fate == FATE_PREFIX ? i == n_whole : chance == 1))
        tear (bytes, operation, sector, fate == FATE_PREFIX ? (gint) sb_random_below (random, 1 + operation->length / sector) : -1, fate == FATE_RUBBISH, random);
      else if (fate == FATE_PREFIX)
        break;
    }

  return bytes;
}

/* (transfer full): @bytes */
static void
keep_file (SbTearDisk *disk,
           const char *name,
           GByteArray *bytes)
{
  SbTearFile *file = file_new (disk, disk->n_files++);

  g_byte_array_unref (file->bytes);
  file->bytes = bytes;
  g_hash_table_insert (disk->names, g_strdup (name), file);
}

void
sb_tear_disk_remember (SbTearDisk *self)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (self->names), (GCompareFunc) strcmp);

  g_assert (!self->remembers && self->log->len == 0);
  self->remembers = TRUE;
  for (GList *name = names; name != NULL; name = name->next)
    {
      const SbTearFile *file = g_hash_table_lookup (self->names, name->data);

      log_operation (self, (Operation) { .kind = OPERATION_NAME, .file = file->number, .name = g_strdup (name->data) });
      log_operation (self, (Operation) { .kind = OPERATION_WRITE, .file = file->number, .length = file->bytes->len, .data = g_memdup2 (file->bytes->data, file->bytes->len) });
      log_operation (self, (Operation) { .kind = OPERATION_FLUSH, .file = file->number });
      log_operation (self, (Operation) { .kind = OPERATION_FLUSH_FOLDER });
    }
}

SbTearDisk *
sb_tear_disk_cut (SbTearDisk *self,
                  guint       n,
                  SbRandom   *random)
{
  SbTearDisk            *left = sb_tear_disk_new ();
  Fate                   fate = sb_random_below (random, N_FATES);
  gsize                  sector = sb_random_below (random, 2) == 0 ? 512 : 4096;
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GList)      sorted = NULL;
  GHashTableIter         iter;
  gpointer               name, number;

  g_assert (n <= self->log->len);
  left->remembers = FALSE;
  if (n < self->done)
    rewind_to_start (self);
  while (self->done < n)
    advance (self);

  g_hash_table_iter_init (&iter, self->durable_names);
  while (g_hash_table_iter_next (&iter, &name, &number))
    g_hash_table_insert (names, g_strdup (name), number);
  for (guint i = 0; i < self->pending_folder->len; i++)
    if (fate == FATE_KEPT || (fate != FATE_DROPPED && sb_random_below (random, 2) == 0))
      apply_name (names, &g_array_index (self->log, Operation, g_array_index (self->pending_folder, guint, i)));

  /* In the order of their names, so that one seed is one outcome. */
  sorted = g_list_sort (g_hash_table_get_keys (names), (GCompareFunc) strcmp);
  for (GList *entry = sorted; entry != NULL; entry = entry->next)
    {
      guint file = GPOINTER_TO_UINT (g_hash_table_lookup (names, entry->data)) - 1;

      keep_file (left, entry->data, survive (self, platter_of (self, file), fate, sector, random));
    }

  return left;
}

SbTearDisk *
sb_tear_disk_copy (SbTearDisk *self)
{
  SbTearDisk    *copy = sb_tear_disk_new ();
  GHashTableIter iter;
  gpointer       name, file;

  copy->remembers = FALSE;
  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, &name, &file))
    {
      const GByteArray *bytes = ((SbTearFile *) file)->bytes;

      keep_file (copy, name, g_byte_array_append (g_byte_array_sized_new (bytes->len), bytes->data, bytes->len));
    }
  sb_tear_disk_remember (copy);

  return copy;
}

/* -- another disk under open files -- */

#define SWAP(type, a, b) \
  G_STMT_START           \
  {                      \
    type swapped = (a);  \
                         \
    (a) = (b);           \
    (b) = swapped;       \
  }                      \
  G_STMT_END

void
sb_tear_disk_exchange (SbTearDisk *self,
                       SbTearDisk *other)
{
  GHashTableIter iter;
  gpointer       name, theirs;

  g_assert (self->hook == NULL && g_hash_table_size (self->names) == g_hash_table_size (other->names));
  g_hash_table_iter_init (&iter, other->names);
  while (g_hash_table_iter_next (&iter, &name, &theirs))
    {
      SbTearFile *file = theirs;
      SbTearFile *ours = g_hash_table_lookup (self->names, name);

      g_assert (ours != NULL);
      SWAP (GByteArray *, ours->bytes, file->bytes);
      ours->number = file->number;
    }
  SWAP (GArray *, self->log, other->log);
  SWAP (GPtrArray *, self->platters, other->platters);
  SWAP (GHashTable *, self->durable_names, other->durable_names);
  SWAP (GArray *, self->pending_folder, other->pending_folder);
  self->n_files = other->n_files;
  self->done = other->done;
  self->lying = other->lying;
  self->remembers = other->remembers;
  sb_tear_disk_free (other);
}

guint
sb_tear_disk_n_names (SbTearDisk *self)
{
  return g_hash_table_size (self->names);
}

static guint64
mix (guint64 hash,
     guint64 word)
{
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  return hash ^ (hash >> 29);
}

static guint64
hash_bytes (guint64       hash,
            const guint8 *bytes,
            gsize         length)
{
  guint64 word;

  for (; length >= sizeof word; bytes += sizeof word, length -= sizeof word)
    {
      memcpy (&word, bytes, sizeof word);
      hash = mix (hash, word);
    }
  for (; length > 0; bytes++, length--)
    hash = mix (hash, *bytes);

  return hash;
}

guint64
sb_tear_disk_hash (SbTearDisk *self)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (self->names), (GCompareFunc) strcmp);
  guint64           hash = 1;

  for (GList *name = names; name != NULL; name = name->next)
    {
      const GByteArray *bytes = sb_tear_disk_get_bytes (self, name->data);

      hash = hash_bytes (hash, name->data, strlen (name->data));
      hash = hash_bytes (mix (hash, bytes->len), bytes->data, bytes->len);
    }

  return hash;
}

const GByteArray *
sb_tear_disk_get_bytes (SbTearDisk *self,
                        const char *name)
{
  const SbTearFile *file = g_hash_table_lookup (self->names, name);

  return file != NULL ? file->bytes : NULL;
}

void
sb_tear_disk_visit (SbTearDisk *self,
                    void (*visit) (SbTearFile *file))
{
  GHashTableIter iter;
  gpointer       file;

  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    visit (file);
}
