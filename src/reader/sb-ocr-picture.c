#include "sb-ocr-picture.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>

#include "sb-exif.h"

#define SIDE_MAX    2800 /* more pixels cost time and bring nothing */
#define SIDE_MIN    1400 /* letters of a small picture are made larger before they are read */
#define SKEW_MAX    15.0
#define SKEW_SURE   2.0 /* how much clearer the lines must be for a turn to count */
#define INK         170 /* darker than that, once the light is even */
#define PAPER       200
#define ORIENT_SURE 10.0f
#define ORIENT_KEEP 6.0f
#define RULE_MIN    160  /* points; no letter has a stroke so long */
#define RULES_MAX   0.08 /* of a page; more than that is a shadow or a table top */
#define NIGHT       110  /* a page whose usual point is darker may be light ink on dark paper */
#define INK_MAX     0.2  /* of a page: more that is bright is paper on a dark table */
#define RADIAN      (G_PI / 180)

void
sb_pix_free (Pix *pix)
{
  pixDestroy (&pix);
}

/* The header alone: a picture of a few kilobytes may claim to be a whole wall. */
gboolean
sb_pix_check_header (const char *path,
                     GError    **error)
{
  l_int32  format = 0, width = 0, height = 0, bits = 0, samples = 0, palette = 0;
  GStatBuf status;

  if (g_stat (path, &status) == 0 && status.st_size > SB_PICTURE_MAX)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_TOO_LARGE, _("The picture is larger than 100 MB. Save a smaller copy of it and use that"));
      return FALSE;
    }
  if (pixReadHeader (path, &format, &width, &height, &bits, &samples, &palette) != 0 || width <= 0 || height <= 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("This is no picture that can be read, or it is damaged"));
      return FALSE;
    }
  if ((gint64) width * height > SB_PIXELS_MAX)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_TOO_LARGE, _("The picture has %d × %d points; more than 50 million are not opened"), width, height);
      return FALSE;
    }

  return TRUE;
}

/* Only TIFF has several. */
int
sb_pix_count_pages (const char *path)
{
  l_int32 format = 0, n = 0;
  FILE   *file;

  if (findFileFormat (path, &format) != 0 || format < IFF_TIFF || format > IFF_TIFF_ZIP || (file = fopen (path, "rb")) == NULL)
    return 1;
  if (tiffGetCount (file, &n) != 0)
    n = 1;
  fclose (file);

  return MAX (n, 1);
}

static gboolean
check_tiff_page (const char *path,
                 int         page,
                 GError    **error)
{
  l_int32 width = 0, height = 0;

  if (readHeaderTiff (path, page, &width, &height, NULL, NULL, NULL, NULL, NULL) != 0 || width <= 0 || height <= 0)
    g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("This page of the picture is damaged"));
  else if ((gint64) width * height > SB_PIXELS_MAX)
    g_set_error (error, SB_ERROR, SB_ERROR_TOO_LARGE, _("The picture has %d × %d points; more than 50 million are not opened"), width, height);
  else
    return TRUE;

  return FALSE;
}

Pix *
sb_pix_read (const char *path,
             int         page,
             GError    **error)
{
  g_autoptr (Pix) pix = NULL;
  Pix            *upright;
  int             turns;

  if (!sb_pix_check_header (path, error))
    return NULL;
  if (sb_pix_count_pages (path) > 1)
    pix = check_tiff_page (path, page, error) ? pixReadTiff (path, page) : NULL;
  else
    pix = pixRead (path);
  if (pix == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("This is no picture that can be read, or it is damaged"));
      return NULL;
    }

  upright = pixRemoveAlpha (pix);
  pixDestroy (&pix);
  pix = pixConvertTo32 (upright);
  pixDestroy (&upright);
  turns = sb_exif_turns (path);
  if (turns != 0)
    {
      upright = pixRotateOrth (pix, turns);
      pixDestroy (&pix);
      pix = upright;
    }

  return g_steal_pointer (&pix);
}

/* -- making it easy to read -- */

static void
replace (Pix **pix,
         Pix  *with)
{
  if (with == NULL)
    return;
  pixDestroy (pix);
  *pix = with;
}

static Pix *
scaled (const SbOcrPicture *self,
        Pix                *pix)
{
  return self->scale < 0.999 || self->scale > 1.001 ? pixScale (pix, self->scale, self->scale) : pixClone (pix);
}

static double
good_scale (Pix *pix)
{
  int side = MAX (pixGetWidth (pix), pixGetHeight (pix));

  return side > SIDE_MAX ? (double) SIDE_MAX / side : side < SIDE_MIN ? MIN (2.5, (double) SIDE_MIN / side)
                                                                      : 1;
}

/* @pix gets the white corners of a page that is turned a little. */
static Pix *
rotated (Pix   *pix,
         double angle)
{
  return pixRotate (pix, angle * RADIAN, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0);
}

/* Lines of writing, found in black and white, are turned level. */
static void
straighten (SbOcrPicture *self)
{
  g_autoptr (Pix) binary = pixConvertTo1 (self->grey, INK);
  l_float32       angle = 0, sure = 0;

  if (binary == NULL || pixFindSkewSweepAndSearch (binary, &angle, &sure, 4, 2, SKEW_MAX, 1.0, 0.01f) != 0)
    return;
  if (sure < SKEW_SURE || fabs (angle) < 0.2)
    return;
  self->angle = angle;
  replace (&self->grey, rotated (self->grey, angle));
}

static double
share (Pix *binary)
{
  l_int32 n = 0;

  pixCountPixels (binary, &n, NULL);

  return (double) n / ((double) pixGetWidth (binary) * pixGetHeight (binary));
}

/* Printed rules, which are far longer than any stroke of a letter, make the engine see columns and letters where none are. */
static void
remove_rules (SbOcrPicture *self)
{
  g_autoptr (Pix) binary = pixConvertTo1 (self->grey, INK);
  g_autoptr (Pix) level = binary != NULL ? pixOpenCompBrick (NULL, binary, RULE_MIN, 1) : NULL;
  g_autoptr (Pix) upright = binary != NULL ? pixOpenCompBrick (NULL, binary, 1, RULE_MIN) : NULL;

  if (level == NULL || upright == NULL || share (level) + share (upright) > RULES_MAX)
    return;
  pixDilateBrick (level, level, 3, 3);
  pixDilateBrick (upright, upright, 3, 3);
  pixSetMasked (self->grey, level, PAPER);
  pixSetMasked (self->grey, upright, PAPER);
}

/* The light of the paper: nine of ten points are darker. */
static void
measure_light (SbOcrPicture *self)
{
  l_uint32 level = 255;

  pixGetRankValue (self->grey, MAX (1, pixGetWidth (self->grey) / 300), 0.9f, &level);
  self->brightness = level;
}

/*
 * How suddenly ink begins. In a sharp picture the steepest step between two neighbours is most of the way from paper to ink; the
 * more it is blurred, the smaller is a single step.
 */
static void
measure_sharpness (SbOcrPicture *self)
{
  int       width = pixGetWidth (self->grey), height = pixGetHeight (self->grey);
  l_uint32 *data = pixGetData (self->grey);
  int       words = pixGetWpl (self->grey);
  guint64   steps[256] = { 0 }, n = 0, seen = 0;

  for (int y = 0; y < height; y += 2)
    {
      const l_uint32 *line = data + (gsize) y * words;

      for (int x = 1; x < width; x++)
        {
          int step = abs ((int) GET_DATA_BYTE (line, x) - (int) GET_DATA_BYTE (line, x - 1));

          steps[step]++;
          n += step > 6;
        }
    }
  /* The steepest tenth of everything that is a step at all. */
  for (int step = 255; step > 6; step--)
    {
      seen += steps[step];
      if (seen * 10 >= n && n > 0)
        {
          self->sharpness = step / 255.0;
          return;
        }
    }
}

/* Light letters on dark paper become dark letters on light paper. */
static void
invert_night (SbOcrPicture *self)
{
  int             factor = MAX (1, pixGetWidth (self->grey) / 300);
  l_uint32        usual = 255, bright = 255;
  g_autoptr (Pix) binary = NULL;

  pixGetRankValue (self->grey, factor, 0.5f, &usual);
  pixGetRankValue (self->grey, 1, 0.99f, &bright);
  if (usual > NIGHT || bright < usual + 60)
    return;
  binary = pixConvertTo1 (self->grey, (l_int32) (usual + bright) / 2);
  if (binary == NULL || 1 - share (binary) > INK_MAX)
    return;
  pixInvert (self->grey, self->grey);
}

SbOcrPicture *
sb_ocr_picture_new (Pix *pix,
                    int  turn)
{
  g_autoptr (SbOcrPicture) self = g_new0 (SbOcrPicture, 1);
  g_autoptr (Pix)          grey = NULL;
  Pix                     *even;

  self->source = turn == 0 ? pixClone (pix) : pixRotateOrth (pix, turn / 90);
  grey = self->source != NULL ? pixConvertTo8 (self->source, 0) : NULL;
  if (grey == NULL)
    return NULL;
  self->scale = good_scale (grey);
  self->grey = scaled (self, grey);
  if (self->grey == NULL)
    return NULL;
  self->width = pixGetWidth (self->grey);
  self->height = pixGetHeight (self->grey);
  invert_night (self);
  measure_light (self);
  if (self->brightness > 1 && self->brightness < 150)
    pixMultConstantGray (self->grey, (l_float32) (200 / self->brightness));
  even = pixBackgroundNormSimple (self->grey, NULL, NULL);
  replace (&self->grey, even);
  measure_sharpness (self);

  return g_steal_pointer (&self);
}

/*
 * Degrees clockwise that put a page upright, by how many letters reach above their line and how many below: 0 when it surely is,
 * -1 when it cannot be seen.
 */
int
sb_ocr_picture_guess_turn (const SbOcrPicture *self)
{
  l_float32       by = (l_float32) MIN (MIN (1, 1 / self->scale), 1600.0 / MAX (self->width, self->height)); /* a picture that was enlarged shows no more */
  g_autoptr (Pix) small = by < 1 ? pixScale (self->grey, by, by) : pixClone (self->grey);
  g_autoptr (Pix) binary = small != NULL ? pixConvertTo1 (small, INK) : NULL;
  g_autoptr (Pix) letters = binary != NULL ? pixSelectBySize (binary, 60, 60, 8, L_SELECT_IF_BOTH, L_SELECT_IF_LT, NULL) : NULL;
  l_float32       up = 0, left = 0;
  l_int32         held = L_TEXT_ORIENT_UNKNOWN;

  if (letters == NULL || pixOrientDetect (letters, &up, &left, 0, 0) != 0 || makeOrientDecision (up, left, ORIENT_SURE, 0, &held, 0) != 0)
    return -1;
  /* To stay as it is asks for less than to be turned. */
  if (up > ORIENT_KEEP && up > 2 * fabsf (left))
    return 0;

  return held == L_TEXT_ORIENT_LEFT ? 90 : held == L_TEXT_ORIENT_DOWN ? 180
                                       : held == L_TEXT_ORIENT_RIGHT  ? 270
                                                                      : -1;
}

void
sb_ocr_picture_straighten (SbOcrPicture *self)
{
  straighten (self);
  remove_rules (self);
}

/* (transfer full) (nullable): of the size and place of what is read, in its own colours, so that every box fits on it. */
Pix *
sb_ocr_picture_draw (const SbOcrPicture *self)
{
  g_autoptr (Pix) large = scaled (self, self->source);

  return large == NULL || fabs (self->angle) < 0.01 ? g_steal_pointer (&large) : rotated (large, self->angle);
}

void
sb_ocr_picture_free (SbOcrPicture *self)
{
  pixDestroy (&self->source);
  pixDestroy (&self->grey);
  g_clear_pointer (&self->numbers, json_array_unref);
  g_free (self);
}
