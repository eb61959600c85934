#pragma once

#include "sb-json.h"

G_BEGIN_DECLS

/* In points of the page's picture. */
typedef struct
{
  int x;
  int y;
  int w;
  int h;
} SbOcrBox;

/* What a letter could be, and how likely, 0 to 100. */
typedef struct
{
  char  *text;
  double confidence;
} SbOcrChoice;

typedef struct
{
  char      *text;
  double     confidence;
  SbOcrBox   box;
  GPtrArray *others; /* SbOcrChoice */
} SbOcrLetter;

typedef struct
{
  char      *text;
  double     confidence;
  SbOcrBox   box;
  int        line;
  GPtrArray *letters; /* SbOcrLetter */
} SbOcrWord;

/**
 * SbOcrPage:
 *
 * One page as the reader of letters told it: words and their places, or the bare text of a document.
 */
typedef struct
{
  int        number;
  int        n_pages;
  int        width;
  int        height;
  int        turn;    /* quarter turns in degrees that were needed to find this */
  char      *verdict; /* "good", "blurred", "dark", "small", "turned", "empty" */
  char      *picture; /* (nullable): where the upright picture was put */
  char      *text;    /* (nullable): of a document; it has no words then */
  double     confidence;
  GPtrArray *words; /* SbOcrWord */
} SbOcrPage;

SbOcrPage   *sb_ocr_page_from_json (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;
void         sb_ocr_page_free (SbOcrPage *self);
char        *sb_ocr_page_get_text (const SbOcrPage *self) G_GNUC_WARN_UNUSED_RESULT;
void         sb_ocr_word_free (SbOcrWord *word);
void         sb_ocr_letter_free (SbOcrLetter *self);
SbOcrLetter *sb_ocr_letter_new (const char *text,
                                double      confidence,
                                SbOcrBox    box) G_GNUC_WARN_UNUSED_RESULT;
SbOcrLetter *sb_ocr_letter_from_json (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;
SbOcrLetter *sb_ocr_letter_copy (const SbOcrLetter *self) G_GNUC_WARN_UNUSED_RESULT;
JsonArray   *sb_ocr_letter_others_to_json (const SbOcrLetter *self) G_GNUC_WARN_UNUSED_RESULT;
void         sb_ocr_letter_add_other (SbOcrLetter *self,
                                      const char  *text,
                                      double       confidence);
SbOcrBox     sb_ocr_box_around (SbOcrBox a,
                                SbOcrBox b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbOcrPage, sb_ocr_page_free)

G_END_DECLS
