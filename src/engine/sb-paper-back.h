#pragma once

#include "sb-engine-ocr.h"

G_BEGIN_DECLS

/**
 * SbPaperBefore:
 *
 * A list as it was before one of its pages was read again, to go back to.
 */
typedef struct
{
  GPtrArray *rows; /* char *, JSON */
  int        page;
  char      *hash;
  char      *verdict;
  int        turn;
} SbPaperBefore;

SbPaperBefore *sb_paper_before_new (GPtrArray         *rows,
                                    const SbPaperPage *page) G_GNUC_WARN_UNUSED_RESULT;
void           sb_paper_before_free (SbPaperBefore *self);
/* Takes @before. */
void     sb_engine_restore_paper_async (SbEngine           *self,
                                        gint64              paper_id,
                                        SbPaperBefore      *before,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
gboolean sb_engine_restore_paper_finish (SbEngine     *self,
                                         GAsyncResult *result,
                                         GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbPaperBefore, sb_paper_before_free)

G_END_DECLS
