#pragma once

#include <json-glib/json-glib.h>
#include <leptonica/allheaders.h>

#include "sb-error.h"

G_BEGIN_DECLS

#define SB_PIXELS_MAX  (50 * 1000 * 1000)
#define SB_PICTURE_MAX (G_GINT64_CONSTANT (100) * 1024 * 1024) /* bytes of the file */

typedef struct Pix Pix;

/**
 * SbOcrPicture:
 *
 * A page as it is read: upright, straight and with even light.
 */
typedef struct
{
  Pix       *source; /* as it came, held another way */
  Pix       *grey;
  JsonArray *numbers; /* (nullable): words that were read off @grey already */
  int        width;   /* of @grey */
  int        height;
  double     angle;      /* degrees it was turned to be straight */
  double     scale;      /* pixels of @grey for one of the picture */
  double     brightness; /* of the paper, 0 to 255 */
  double     sharpness;  /* of the strongest edges, 0 to 1 */
} SbOcrPicture;

void     sb_pix_free (Pix *pix);
Pix     *sb_pix_read (const char *path,
                      int         page,
                      GError    **error) G_GNUC_WARN_UNUSED_RESULT;
int      sb_pix_count_pages (const char *path);
gboolean sb_pix_check_header (const char *path,
                              GError    **error);
/* @turn: 0, 90, 180 or 270 degrees clockwise; @pix is kept. The light is even then, and nothing straight yet. */
SbOcrPicture *sb_ocr_picture_new (Pix *pix,
                                  int  turn) G_GNUC_WARN_UNUSED_RESULT;
int           sb_ocr_picture_guess_turn (const SbOcrPicture *self);
void          sb_ocr_picture_straighten (SbOcrPicture *self);
Pix          *sb_ocr_picture_draw (const SbOcrPicture *self) G_GNUC_WARN_UNUSED_RESULT;
void          sb_ocr_picture_free (SbOcrPicture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pix, sb_pix_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbOcrPicture, sb_ocr_picture_free)

G_END_DECLS
