#pragma once

#include "sb-writer.h"

G_BEGIN_DECLS

/*
 * Refusals outlive the shop file. Whenever somebody refuses, or no longer does, a line goes into a list beside the database
 * before the change is committed; a file from before that, put back, takes the refusals over when it is opened.
 * The other way is not taken: nobody is opted in by a list.
 */

/* When somebody said no, unix ms; 0: they did not, or no longer. */
typedef struct
{
  gint64 offers;
  gint64 orders;
} SbRefusal;

SbRefusal sb_writer_get_refusal (SbWriter *self,
                                 gint64    contact_id);
/* After a change to what @contact_id said; @was: before it. */
gboolean sb_writer_note_refusal (SbWriter        *self,
                                 gint64           contact_id,
                                 const SbRefusal *was,
                                 GError         **error);

/* Before somebody is erased who said no: by the @hashes of what they were known by. */
gboolean sb_writer_keep_refusal (SbWriter        *self,
                                 const SbRefusal *refusal,
                                 GPtrArray       *hashes,
                                 const char      *salt,
                                 GError         **error);
/* Before the contact goes for another reason: the same. */
gboolean sb_writer_stay_refused (SbWriter *self,
                                 gint64    contact_id,
                                 GError  **error);
/* A person got this number, id or user name: when it is that of a stranger who said no, they did. */
gboolean sb_reader_is_refused_stranger (SbReader   *self,
                                        const char *value);
gboolean sb_writer_meet_stranger (SbWriter   *self,
                                  gint64      contact_id,
                                  const char *value,
                                  GError    **error);

/* Whether the file and the list beside it do not tell the same story. */
gboolean sb_store_needs_refusals (SbStore *self);
/* A command, without data: what the list has and the file has not is entered in the ledger; what waited is cancelled. */
gboolean sb_writer_reapply_refusals (SbWriter *self,
                                     gpointer  data,
                                     GError  **error);

G_END_DECLS
