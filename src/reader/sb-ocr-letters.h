#pragma once

#include <json-glib/json-glib.h>

#include "sb-ocr-picture.h"

G_BEGIN_DECLS

/**
 * SbOcrLetters:
 *
 * Tesseract with its languages loaded, for as many pages as come.
 */
typedef struct _SbOcrLetters SbOcrLetters;

/* What was found on one picture. */
typedef struct
{
  JsonArray *words;
  guint      n_words;
  double     confidence; /* of a letter, on average, 0 to 100 */
  double     score;      /* letters that are surely some: compares two ways to hold a page */
  int        turn;       /* degrees clockwise after which most words would stand upright */
  double     height;     /* of a usual word, in points of the picture that was read */
  guint      n_letters;
} SbOcrFound;

SbOcrLetters *sb_ocr_letters_new (const char *languages,
                                  GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void          sb_ocr_letters_free (SbOcrLetters *self);
char        **sb_ocr_letters_list_installed (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean      sb_ocr_letters_read (SbOcrLetters       *self,
                                   const SbOcrPicture *picture,
                                   gboolean            one_block,
                                   SbOcrFound         *found,
                                   GError            **error);
/* Adds what stands on one @line, which was cut out of the page at @x and @y. */
void sb_ocr_letters_read_line (SbOcrLetters *self,
                               Pix          *pix,
                               int           x,
                               int           y,
                               int           line,
                               SbOcrFound   *found);
/* Without anything made easier: what the engine does by itself, for comparison. */
char *sb_ocr_letters_read_plain (SbOcrLetters *self,
                                 Pix          *pix) G_GNUC_WARN_UNUSED_RESULT;
/* Of one line that holds nothing but a number. */
char *sb_ocr_letters_read_digits (SbOcrLetters *self,
                                  Pix          *line) G_GNUC_WARN_UNUSED_RESULT;
int   sb_ocr_letters_guess_by_shape (SbOcrLetters       *self,
                                     const SbOcrPicture *picture);
int   sb_ocr_letters_guess_turn (SbOcrLetters       *self,
                                 const SbOcrPicture *picture);
void  sb_ocr_found_clear (SbOcrFound *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbOcrLetters, sb_ocr_letters_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SbOcrFound, sb_ocr_found_clear)

G_END_DECLS
