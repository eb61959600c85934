#pragma once

#include "sb-engine-import.h"
#include "sb-ocr-reading.h"
#include "sb-store-ocr.h"

G_BEGIN_DECLS

/*
 * Paper becomes contacts: a file is read by the helper, its rows are kept in the shop, somebody looks at each, and what was
 * accepted goes the way of every import. Nothing is imported that nobody looked at.
 */
#define SB_PAPER_PAGES 50 /* held in memory at once */

typedef struct
{
  gint64      paper_id; /* 0: a new one; else @page of it is read again, as it was turned, or, with @more, more pages are added */
  gboolean    more;
  int         page;
  const char *path;
  gboolean    passing;   /* the file goes when it was read */
  const char *file_name; /* (nullable): as a person knows it */
  const char *country;   /* (nullable): that of the shop's own lines */
  const char *languages; /* as "eng+fra" */
  int         turn;      /* degrees clockwise */
  gboolean    auto_turn;
  int         first; /* page, from 0 */
  int         last;  /* -1: to the end, but never more than SB_PAPER_PAGES at once */
  SbOcrAs     as;
} SbPaperWish;

typedef void (*SbPaperProgress) (int      page,
                                 int      n_pages,
                                 gpointer data);

/* Cancelled, it keeps the pages that are read already. */
void   sb_engine_read_paper_async (SbEngine           *self,
                                   const SbPaperWish  *wish,
                                   SbPaperProgress     progress,
                                   gpointer            progress_data,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
gint64 sb_engine_read_paper_finish (SbEngine     *self,
                                    GAsyncResult *result,
                                    GError      **error);

/* Asks how many pages @path has; the answer is a number, or 0 with @error. */
void sb_engine_count_pages_async (SbEngine           *self,
                                  const char         *path,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
int  sb_engine_count_pages_finish (SbEngine     *self,
                                   GAsyncResult *result,
                                   GError      **error);

GPtrArray *sb_paper_rows_of (SbReader *reader,
                             gint64    paper_id) G_GNUC_WARN_UNUSED_RESULT; /* SbOcrRow */
GPtrArray *sb_engine_list_paper_rows (SbEngine *self,
                                      gint64    paper_id) G_GNUC_WARN_UNUSED_RESULT; /* SbOcrRow */
void       sb_engine_save_paper_row (SbEngine       *self,
                                     gint64          paper_id,
                                     const SbOcrRow *row);
void       sb_engine_leave_paper (SbEngine *self,
                                  gint64    paper_id);
/* Every row with a number was accepted or skipped. */
gboolean sb_ocr_rows_are_reviewed (GPtrArray *rows);

/* Refused while a row with a number waits to be looked at. @n_people: how many came in or changed. */
void   sb_engine_finish_paper_async (SbEngine           *self,
                                     gint64              paper_id,
                                     const char         *country,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
gint64 sb_engine_finish_paper_finish (SbEngine     *self,
                                      GAsyncResult *result,
                                      guint        *n_people,
                                      guint        *n_refused,
                                      GError      **error);

/* (transfer full) (nullable): where the picture of @page lies, upright as it was read */
char *sb_engine_dup_paper_picture (SbEngine          *self,
                                   const SbPaperPage *page);

G_END_DECLS
