#pragma once

#include "sb-ocr-row.h"

G_BEGIN_DECLS

/* Words that stand on one line of the paper, from the side where reading begins. */
typedef struct
{
  GPtrArray *words; /* SbOcrWord, not owned */
  SbOcrBox   box;
  gboolean   from_right;
} SbOcrLine;

typedef struct
{
  guint first;
  guint n;
} SbOcrRun;

GPtrArray *sb_ocr_lines_of (const SbOcrPage *page) G_GNUC_WARN_UNUSED_RESULT;
double     sb_ocr_usual_height (const SbOcrPage *page);
char      *sb_ocr_run_text (const SbOcrLine *line,
                            SbOcrRun         run) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sb_ocr_find_number (const SbOcrLine *line,
                               const char      *country,
                               SbOcrRun        *run);
int        sb_ocr_gap (const SbOcrLine *line,
                       guint            index);

/* sb-ocr-list.c, sb-ocr-card.c */
void sb_ocr_read_list (const SbOcrPage *page,
                       GPtrArray       *lines,
                       const char      *country,
                       GPtrArray       *rows);
void sb_ocr_read_card (const SbOcrPage *page,
                       GPtrArray       *lines,
                       const char      *country,
                       GPtrArray       *rows);

G_END_DECLS
