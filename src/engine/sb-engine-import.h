#pragma once

#include "sb-engine.h"
#include "sb-import-plan.h"

G_BEGIN_DECLS

/*
 * Contacts from files: a plan in a worker, which writes nothing; then its rows in batches, each one commit; days later, if the
 * owner wants, all of it taken back.
 */

/* @path or @text; the options are copied. Without a country in them numbers are read as those of the shop's own lines. */
void          sb_engine_plan_import_async (SbEngine              *self,
                                           const char            *path,
                                           const char            *text,
                                           const SbImportOptions *options,
                                           GCancellable          *cancellable,
                                           GAsyncReadyCallback    callback,
                                           gpointer               user_data);
SbImportPlan *sb_engine_plan_import_finish (SbEngine     *self,
                                            GAsyncResult *result,
                                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;

typedef void (*SbImportProgress) (guint    n_done,
                                  guint    n_rows,
                                  gpointer data);

/* @plan lives until the callback; its new rows learn the ids of their contacts. Cancelled, it stops between two batches. */
void sb_engine_apply_import_async (SbEngine           *self,
                                   SbImportPlan       *plan,
                                   SbImportProgress    progress,
                                   gpointer            progress_data,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
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

G_END_DECLS
