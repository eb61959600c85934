#pragma once

#include "sb-field-kind.h"
#include "sb-person.h"
#include "sb-writer.h"

G_BEGIN_DECLS

/*
 * What a person does with the shop's people. Every function keeps what was, for Undo, and appends an event. FALSE (or 0) with
 * SB_ERROR_INVALID and a sentence for people where something does not fit.
 */

/* A new person by hand. A number that belongs to somebody removed brings them back; one that is taken is refused. */
gint64 sb_writer_create_contact (SbWriter   *self,
                                 const char *name,
                                 const char *digits,
                                 const char *username,
                                 GError    **error);
/* @column: "name", "language", "country", "time_zone", "source"; NULL or empty empties it */
gboolean sb_writer_set_contact_text (SbWriter   *self,
                                     gint64      contact_id,
                                     const char *column,
                                     const char *value,
                                     GError    **error);
/* Checked by the kind of the column @name, when the owner made one. */
gboolean sb_writer_set_contact_field (SbWriter   *self,
                                      gint64      contact_id,
                                      const char *name,
                                      const char *value,
                                      GError    **error);
gboolean sb_writer_add_contact_identity (SbWriter      *self,
                                         gint64         contact_id,
                                         SbIdentityKind kind,
                                         const char    *value,
                                         GError       **error);
gboolean sb_writer_remove_contact_identity (SbWriter *self,
                                            gint64    contact_id,
                                            gint64    identity_id,
                                            GError  **error);
gboolean sb_writer_tag_contact (SbWriter *self,
                                gint64    contact_id,
                                gint64    tag_id,
                                gboolean  on,
                                GError  **error);
gboolean sb_writer_set_contact_stage (SbWriter *self,
                                      gint64    contact_id,
                                      gint64    stage_id, /* 0: none */
                                      GError  **error);
/* @hide: with a block, what they write is kept and not shown */
gboolean sb_writer_block_contact (SbWriter *self,
                                  gint64    contact_id,
                                  gboolean  blocked,
                                  gboolean  hide,
                                  GError  **error);
/* Off all lists; what waits for them is taken out of the outbox first. */
gboolean sb_writer_remove_contact (SbWriter *self,
                                   gint64    contact_id,
                                   GError  **error);

/* -- stages and columns -- */
gint64   sb_writer_save_stage (SbWriter   *self,
                               gint64      stage_id, /* 0: a new one, at the end */
                               const char *name,
                               GError    **error);
gboolean sb_writer_move_stage (SbWriter *self,
                               gint64    stage_id,
                               int       by, /* -1 up, 1 down */
                               GError  **error);
gboolean sb_writer_delete_stage (SbWriter *self,
                                 gint64    stage_id,
                                 GError  **error);
gint64   sb_writer_save_field (SbWriter      *self,
                               const SbField *field, /* id 0: new */
                               GError       **error);
gboolean sb_writer_delete_field (SbWriter *self,
                                 gint64    field_id,
                                 GError  **error);

/* -- two that are one (sb-writer-merge.c) -- */

/* @from_gone: (nullable): what is taken over from @gone_id although @kept_id has it: "name", "stage", "field:NAME", ... */
gboolean sb_writer_merge_contacts (SbWriter          *self,
                                   gint64             kept_id,
                                   gint64             gone_id,
                                   const char *const *from_gone,
                                   GError           **error);
gboolean sb_writer_keep_apart (SbWriter *self,
                               gint64    one_id,
                               gint64    other_id,
                               GError  **error);

G_END_DECLS
