#pragma once

#include "sb-writer.h"

G_BEGIN_DECLS

/*
 * Everything the shop file holds of one person: to be given to them, or to be taken out of it. One list says where it is; a
 * test walks the schema and fails when a table that refers to people is not in it.
 */

typedef enum
{
  SB_PERSON_CONTACT,
  SB_PERSON_THREAD,
  SB_PERSON_MESSAGE,
  SB_PERSON_RAW,  /* the event a message came in */
  SB_PERSON_ANY,  /* the id of any of these */
  SB_PERSON_FILE, /* the hash of a file of theirs */
} SbPersonRef;

typedef enum
{
  SB_PERSON_EXPORTED = 1 << 0,
  SB_PERSON_ERASED = 1 << 1,  /* the rows go */
  SB_PERSON_EMPTIED = 1 << 2, /* the rows stay without what tells who it was */
} SbPersonFate;

typedef struct
{
  const char  *table;
  const char  *column;
  SbPersonRef  ref;
  SbPersonFate fate;
} SbPersonPlace;

const SbPersonPlace *sb_person_get_places (gsize *n);

/* All rows of one person by table, and the names of their files in the media folder. For a worker. */
JsonObject *sb_reader_export_person (SbReader   *self,
                                     gint64      contact_id,
                                     GPtrArray **media, /* char *, hashes */
                                     GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* What an erasure did. The names of files are hashes of what is in them. */
typedef struct
{
  gint64      at;
  GPtrArray  *identities; /* char *, hashed */
  GPtrArray  *media;      /* char *, files that nobody else uses */
  GPtrArray  *evidence;   /* char *, pictures that proved their consent; those not in @media prove others', too */
  JsonObject *counts;     /* rows by table */
} SbErasure;

void sb_erasure_free (SbErasure *self);
/* Fails with SB_ERROR_BUSY while a message to the person is under way. */
SbErasure *sb_writer_erase_person (SbWriter *self,
                                   gint64    contact_id,
                                   GError  **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same without a new line in the journal: after a restore. */
SbErasure *sb_writer_erase_again (SbWriter *self,
                                  gint64    contact_id,
                                  GError  **error) G_GNUC_WARN_UNUSED_RESULT;

/* -- who was erased, hashed; the salt is made when it is first needed -- */
char      *sb_writer_get_erasure_salt (SbWriter *self,
                                       GError  **error);
char      *sb_person_hash (const char *salt,
                           const char *value) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *sb_reader_hash_identities (SbReader   *self, /* char * */
                                      gint64      contact_id,
                                      const char *salt);
gint64     sb_reader_get_thread_of (SbReader *self,
                                    gint64    contact_id);
gboolean   sb_reader_is_erased (SbReader   *self,
                                const char *digits);
/* People who are in the file although an erasure at @at named them: a copy from before it came back. GArray of gint64. */
GArray  *sb_reader_list_returned (SbReader   *self,
                                  const char *salt);
gboolean sb_writer_note_erased (SbWriter   *self,
                                const char *hash,
                                gint64      at,
                                GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbErasure, sb_erasure_free)

G_END_DECLS
