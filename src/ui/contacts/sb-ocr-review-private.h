#pragma once

#include "sb-ocr-crop.h"
#include "sb-ocr-photo.h"
#include "sb-ocr-review.h"
#include "sb-paper-back.h"

G_BEGIN_DECLS

/* The doubt under review: a letter of a cell of a row. */
typedef struct
{
  guint      row;
  SbOcrField field;
  int        sign; /* -1: no letter, the cell as a whole */
} SbOcrPlace;

struct _SbOcrReview
{
  AdwNavigationPage parent_instance;

  SbEngine   *engine;
  gint64      paper_id;
  char       *path; /* or NULL */
  char       *country;
  GPtrArray  *rows;     /* SbOcrRow */
  GPtrArray  *pages;    /* SbPaperPage */
  GPtrArray  *steps;    /* SbOcrStep: what to go back to */
  GHashTable *textures; /* page number -> GdkTexture */
  SbOcrPlace  at;
  gboolean    finishing;
  gboolean    filling; /* the table is being changed by us */
  gboolean    is_narrow;

  GtkWidget          *title;
  GtkWidget          *finish;
  GtkWidget          *banner;
  GtkWidget          *more; /* the banner that offers the pages not read yet */
  int                 n_pages;
  GtkWidget          *stack;
  GtkWidget          *photo;
  GtkWidget          *zoom;
  GtkWidget          *crop;
  GtkWidget          *heading;
  GtkWidget          *counter;
  GtkWidget          *value;
  GtkWidget          *entry;
  GtkWidget          *choices;
  GtkWidget          *hint;
  GtkWidget          *whole; /* all fields of the row, where there is no room for the table */
  GtkWidget          *accept;
  GtkWidget          *table;
  GListStore         *items;
  GtkSingleSelection *selection;
};

/* A row as it was, for Z. */
typedef struct
{
  SbOcrPlace     at;
  char          *data;
  SbPaperBefore *before; /* (nullable): the whole list, when a page was read again */
} SbOcrStep;

/* sb-ocr-review-table.c */
GtkWidget *sb_ocr_review_make_table (SbOcrReview *self);
void       sb_ocr_review_fill_table (SbOcrReview *self);
void       sb_ocr_review_row_changed (SbOcrReview *self,
                                      guint        row);
/* (transfer full): amber and a double underline on each letter in doubt */
char *sb_ocr_review_cell_markup (const SbOcrRow *row,
                                 SbOcrField      field);

/* sb-ocr-review-acts.c: what the keys do */
void       sb_ocr_review_accept (SbOcrReview *self,
                                 gboolean     go_on);
void       sb_ocr_review_skip (SbOcrReview *self);
void       sb_ocr_review_back (SbOcrReview *self);
gboolean   sb_ocr_review_step_doubt (SbOcrReview *self,
                                     int          by);
void       sb_ocr_review_choose (SbOcrReview *self,
                                 guint        choice);
void       sb_ocr_review_retype (SbOcrReview *self);
void       sb_ocr_review_typed (SbOcrReview *self);
guint      sb_ocr_review_count_doubts (SbOcrReview *self);
GPtrArray *sb_ocr_review_list_choices (SbOcrReview *self); /* SbOcrChoice, not owned */
void       sb_ocr_review_next (SbOcrReview *self);
void       sb_ocr_review_point (SbOcrReview *self,
                                double       x,
                                double       y);
void       sb_ocr_review_go (SbOcrReview *self,
                             SbOcrPlace   place);
void       sb_ocr_step_free (SbOcrStep *step);

/* sb-ocr-review-keys.c */
void       sb_ocr_review_add_keys (SbOcrReview *self);
GtkWidget *sb_ocr_review_make_tools (SbOcrReview *self);

/* sb-ocr-review-fields.c */
const char *sb_ocr_review_field_title (SbOcrField field);
void        sb_ocr_review_show_fields (SbOcrReview    *self,
                                       const SbOcrRow *row);

/* sb-ocr-review-layout.c: where keys are heard, on what is shown of the rows */
void sb_ocr_review_take_focus (SbOcrReview *self);

/* sb-ocr-review.c */
void sb_ocr_review_show (SbOcrReview *self);
void sb_ocr_review_finish (SbOcrReview *self);
void sb_ocr_review_load (SbOcrReview *self);
void sb_ocr_review_begin (SbOcrReview *self);

/* sb-ocr-review-again.c */
void       sb_ocr_review_turn (SbOcrReview *self,
                               int          degrees);
void       sb_ocr_review_go_back (SbOcrReview   *self,
                                  SbPaperBefore *before,
                                  SbOcrPlace     at);
void       sb_ocr_review_install_again (GtkWidgetClass *klass);
GtkWidget *sb_ocr_review_make_more (SbOcrReview *self);

G_END_DECLS
