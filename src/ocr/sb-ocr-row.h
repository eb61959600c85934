#pragma once

#include "sb-ocr-page.h"

G_BEGIN_DECLS

/* What a cell holds. Written to the shop file: only ever appended to. */
typedef enum
{
  SB_OCR_NAME,
  SB_OCR_NUMBER,
  SB_OCR_ORDER, /* what stands beside name and number on a list */
  SB_OCR_COMPANY,
  SB_OCR_MAIL,
  SB_OCR_WEB,
  SB_OCR_ADDRESS,
  SB_OCR_NUMBER_2,
  SB_OCR_N_FIELDS
} SbOcrField;

/* Written to the shop file: only ever appended to. */
typedef enum
{
  SB_OCR_OPEN,
  SB_OCR_ACCEPTED, /* somebody looked at it */
  SB_OCR_SKIPPED,
} SbOcrRowState;

/* One letter of a cell, and whether a person has to look at it. */
typedef struct
{
  SbOcrLetter *letter;
  gboolean     doubt;
} SbOcrSign;

typedef struct
{
  GPtrArray *signs; /* SbOcrSign */
  SbOcrBox   box;
} SbOcrCell;

/**
 * SbOcrRow:
 *
 * One person on paper: what was read, letter by letter, and what somebody said about it.
 */
typedef struct
{
  guint         number; /* from 1 */
  int           page;
  SbOcrBox      box;
  SbOcrRowState state;
  SbOcrCell    *cells[SB_OCR_N_FIELDS]; /* (nullable) each */
} SbOcrRow;

SbOcrRow   *sb_ocr_row_new (void) G_GNUC_WARN_UNUSED_RESULT;
void        sb_ocr_row_free (SbOcrRow *self);
JsonObject *sb_ocr_row_to_json (const SbOcrRow *self) G_GNUC_WARN_UNUSED_RESULT;
SbOcrRow   *sb_ocr_row_from_json (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;
char       *sb_ocr_row_dup_text (const SbOcrRow *self,
                                 SbOcrField      field) G_GNUC_WARN_UNUSED_RESULT;
void        sb_ocr_row_set_text (SbOcrRow   *self,
                                 SbOcrField  field,
                                 const char *text);
void        sb_ocr_row_add_words (SbOcrRow   *self,
                                  SbOcrField  field,
                                  SbOcrWord **words,
                                  guint       n_words);
/* Signs at either end of a cell that are stains. */
void sb_ocr_row_trim (SbOcrRow  *self,
                      SbOcrField field);
/* The last letter, where a person types on when something is missing. */
void     sb_ocr_row_doubt_end (SbOcrRow  *self,
                               SbOcrField field);
guint    sb_ocr_row_count_doubts (const SbOcrRow *self);
guint    sb_ocr_row_count_cell_doubts (const SbOcrRow *self,
                                       SbOcrField      field);
double   sb_ocr_row_get_confidence (const SbOcrRow *self);
gboolean sb_ocr_row_has_number (const SbOcrRow *self);
/* The page was turned by @turn degrees clockwise and is @width by @height points now. */
void sb_ocr_row_turn (SbOcrRow *self,
                      int       turn,
                      int       width,
                      int       height);
void sb_ocr_row_accept (SbOcrRow *self);
void sb_ocr_row_choose (SbOcrRow   *self,
                        SbOcrField  field,
                        guint       sign,
                        const char *text);

gboolean    sb_ocr_field_is_number (SbOcrField field);
const char *sb_ocr_field_to_name (SbOcrField field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbOcrRow, sb_ocr_row_free)

G_END_DECLS
