#pragma once

#include "sb-reader.h"
#include "sb-writer.h"

G_BEGIN_DECLS

/* Written to the shop file: only ever appended to. */
typedef enum
{
  SB_PAPER_OPEN = 1,
  SB_PAPER_FINISHED = 2,
  SB_PAPER_LEFT = 3, /* nothing came of it */
} SbPaperState;

typedef struct
{
  gint64       id;
  gint64       at;
  char        *file_name;
  char        *country;
  char        *path;    /* (nullable): of the file, while the paper is open */
  int          n_pages; /* of the file; 0 not told */
  SbPaperState state;
  gint64       import_id;
  guint        n_rows;
} SbPaper;

typedef struct
{
  int   number;
  char *hash; /* (nullable) */
  char *verdict;
  int   turn;
} SbPaperPage;

void       sb_paper_free (SbPaper *self);
SbPaper   *sb_reader_get_paper (SbReader *self,
                                gint64    paper_id);
GPtrArray *sb_reader_list_open_papers (SbReader *self,
                                       guint     limit); /* SbPaper, newest first */
GPtrArray *sb_reader_list_paper_pages (SbReader *self,
                                       gint64    paper_id); /* SbPaperPage */
GPtrArray *sb_reader_list_paper_rows (SbReader *self,
                                      gint64    paper_id); /* char *, JSON */

/* @paper with id 0 is new. Returns its id, 0 with @error. */
gint64   sb_writer_save_paper (SbWriter      *self,
                               const SbPaper *paper,
                               GError       **error);
gboolean sb_writer_save_paper_page (SbWriter          *self,
                                    gint64             paper_id,
                                    const SbPaperPage *page,
                                    GError           **error);
gboolean sb_writer_save_paper_row (SbWriter   *self,
                                   gint64      paper_id,
                                   guint       number,
                                   const char *data,
                                   GError    **error);
gboolean sb_writer_clear_paper_rows (SbWriter *self,
                                     gint64    paper_id,
                                     GError  **error);

/* -- what pictures say -- */

/* (nullable): the newest picture of a customer that lies here and was never read; @message_id is its message. */
char    *sb_reader_next_unread_picture (SbReader *self,
                                        gint64   *message_id);
gboolean sb_writer_set_media_text (SbWriter   *self,
                                   const char *hash,
                                   const char *text,
                                   int         confidence,
                                   GError    **error);
char    *sb_reader_get_media_text (SbReader   *self,
                                   const char *hash);
gboolean sb_writer_delete_media_text (SbWriter   *self,
                                      const char *hash,
                                      GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbPaper, sb_paper_free)

G_END_DECLS
