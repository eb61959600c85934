#pragma once

#include "sb-engine.h"
#include "sb-import-plan.h"
#include "sb-import-record.h"

G_BEGIN_DECLS

/*
 * Contacts from files: a plan in a worker, which writes nothing; then its rows in batches, each one commit; days later, if the
 * owner wants, all of it taken back.
 */

/* @path or @text. A file is opened by a helper with limits, so that a hostile one can hurt nobody. */
void           sb_engine_read_import_async (SbEngine           *self,
                                            const char         *path,
                                            const char         *text,
                                            const char         *sheet,
                                            GCancellable       *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer            user_data);
SbImportTable *sb_engine_read_import_finish (SbEngine     *self,
                                             GAsyncResult *result,
                                             GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* The options are copied. Without a country in them numbers are read as those of the shop's own lines. */
void          sb_engine_plan_import_async (SbEngine              *self,
                                           SbImportTable         *table,
                                           const SbImportOptions *options,
                                           GCancellable          *cancellable,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
SbImportPlan *sb_engine_plan_import_finish (SbEngine     *self,
                                            GAsyncResult *result,
                                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full) (nullable): of the shop's first line with a number of its own. */
char *sb_engine_dup_own_country (SbEngine *self) G_GNUC_WARN_UNUSED_RESULT;

/* How files of one shape were read the last time. */
typedef struct
{
  GArray     *fields;  /* SbField */
  char       *country; /* (nullable) */
  SbHeader    header;
  SbDateOrder dates;
  gboolean    fill_only;
} SbImportMemory;

void            sb_import_memory_free (SbImportMemory *self);
SbImportMemory *sb_engine_recall_import (SbEngine            *self, /* (nullable) */
                                         const SbImportTable *table) G_GNUC_WARN_UNUSED_RESULT;

/* What the owner says of the whole list. It is written down with the import and changes nobody's consent by itself. */
typedef struct
{
  const char           *consent_method;  /* (nullable): "paper", "shop", "phone", "web", "other" */
  const char           *consent_wording; /* (nullable) */
  const SbImportTable  *table;           /* (nullable): with it the mapping is remembered for files of this shape */
  const SbImportMemory *memory;
} SbImportWords;

typedef void (*SbImportProgress) (guint    n_done,
                                  guint    n_rows,
                                  gpointer data);

/*
 * @plan lives until the callback; its new rows learn the ids of their contacts. @words (nullable) are read at once. Cancelled,
 * it stops between two batches and takes back what was written.
 */
void sb_engine_apply_import_async (SbEngine            *self,
                                   SbImportPlan        *plan,
                                   const SbImportWords *words,
                                   SbImportProgress     progress,
                                   gpointer             progress_data,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
/* The import's id; 0 without error: there was nothing to write, so there is nothing to undo. */
gint64 sb_engine_apply_import_finish (SbEngine     *self,
                                      GAsyncResult *result,
                                      GError      **error);

void     sb_engine_undo_import_async (SbEngine           *self,
                                      gint64              import_id,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
gboolean sb_engine_undo_import_finish (SbEngine     *self,
                                       GAsyncResult *result,
                                       guint        *n_undone,
                                       GError      **error);

/* What taking it back would do, by name. */
void           sb_engine_preview_undo_async (SbEngine           *self,
                                             gint64              import_id,
                                             GCancellable       *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer            user_data);
SbUndoPreview *sb_engine_preview_undo_finish (SbEngine     *self,
                                              GAsyncResult *result,
                                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* The rows that could not be used, as a file to put right and bring in again; how many there are. */
gboolean sb_engine_save_rejected (SbEngine   *self,
                                  gint64      import_id,
                                  const char *path,
                                  guint      *n_rows,
                                  GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbImportMemory, sb_import_memory_free)

G_END_DECLS
