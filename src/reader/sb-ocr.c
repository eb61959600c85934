/*
 * The command "ocr": {"path", "languages", "turn", "auto_turn", "picture", "pages"} becomes one answer a page:
 * {"page", "pages", "width", "height", "confidence", "verdict", "words": [{"t", "c", "x", "y", "w", "h", "line", "letters"}]}.
 * "picture" is where the page is put as it was read, upright and straight, so that boxes fit on it and nobody else has to open
 * what a stranger made. Text documents answer with {"text"} instead of words.
 */
#include <glib/gstdio.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "sb-error.h"
#include "sb-ocr-cells.h"
#include "sb-ocr-document.h"
#include "sb-ocr-indic.h"
#include "sb-ocr-letters.h"
#include "sb-ocr-lost.h"
#include "sb-ocr-numbers.h"
#include "sb-ocr-pdf.h"
#include "sb-reader-commands.h"

typedef enum
{
  SB_SOURCE_PICTURE,
  SB_SOURCE_PDF,
  SB_SOURCE_DOCX,
  SB_SOURCE_TEXT,
} Source;

typedef struct
{
  JsonObject      *request;
  const char      *path;
  Source           source;
  PopplerDocument *pdf;
  SbOcrLetters    *letters;
  int              n_pages;
} Job;

static void
job_clear (Job *job)
{
  g_clear_object (&job->pdf);
  g_clear_pointer (&job->letters, sb_ocr_letters_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

/* A pipe would be waited for, a device never ends. */
static gboolean
is_file (const char *path,
         GError    **error)
{
  GStatBuf about;

  if (g_stat (path, &about) != 0)
    g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, _("The file is not there any more, or it may not be opened"));
  else if (S_ISDIR (about.st_mode))
    g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("This is a folder. Choose the file in it that has the list"));
  else if (!S_ISREG (about.st_mode))
    g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("This is no file that could be read to its end"));
  else
    return TRUE;

  return FALSE;
}

/* By its first bytes, never by its name. */
static gboolean
find_source (const char *path,
             Source     *source,
             GError    **error)
{
  guint8 head[1024] = { 0 };
  FILE  *file = is_file (path, error) ? fopen (path, "rb") : NULL;
  gsize  length;
  int    format = 0;

  if (file == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, _("The file is not there any more, or it may not be opened"));
      return FALSE;
    }
  length = fread (head, 1, sizeof head, file);
  fclose (file);

  if (length == 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("The file is empty"));
      return FALSE;
    }
  if (memmem (head, length, "%PDF-", 5) != NULL)
    *source = SB_SOURCE_PDF;
  else if (length > 4 && memcmp (head, "PK\3\4", 4) == 0)
    *source = SB_SOURCE_DOCX;
  else if (findFileFormat (path, &format) == 0 && format != IFF_UNKNOWN)
    *source = SB_SOURCE_PICTURE;
  else if (memchr (head, 0, length) == NULL || (head[0] >= 0xfe && head[1] >= 0xfe))
    *source = SB_SOURCE_TEXT;
  else
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("This kind of file cannot be read. Photos, PDF, DOCX and TXT can"));
      return FALSE;
    }

  return TRUE;
}

static gboolean
answer_text (char *text)
{
  g_autofree char *owned = text;

  if (text == NULL)
    return FALSE;
  sb_child_print (sb_json_make ("i:page", (gint64) 0, "i:pages", (gint64) 1, "s:text", text, NULL));

  return TRUE;
}

/* -- one page -- */

#define DARK      60.0
#define BLURRED   0.07
#define TURN_SURE 88.0 /* of a page that is only guessed to be held another way */

/* What a person can do something about. */
static const char *
verdict_of (const SbOcrPicture *picture,
            const SbOcrFound   *found)
{
  if (found->confidence >= 75 && found->n_words >= 3 && found->score > 10)
    return "good";
  if (picture->brightness < DARK)
    return "dark";
  if (picture->sharpness < BLURRED * 2)
    return "blurred";
  if (found->height > 0 && found->height / picture->scale < 11)
    return "small";
  if (found->n_words < 2 || found->score < 5)
    return "empty";

  return found->confidence >= 60 ? "good" : "blurred";
}

static gboolean
is_surely_upright (const SbOcrFound *found)
{
  return found->turn == 0 && found->confidence >= 78 && found->score >= 20;
}

/* Enough where the shapes of the letters say so, too. */
static gboolean
is_likely_upright (const SbOcrFound *found)
{
  return found->turn == 0 && found->confidence >= 50 && found->score >= 20;
}

static gboolean
reads_arabic (Job *job)
{
  const char *languages = sb_json_string (job->request, "languages");

  return languages != NULL && (strstr (languages, "ara") != NULL || strstr (languages, "urd") != NULL);
}

static void
prepare (Job          *job,
         SbOcrPicture *picture)
{
  sb_ocr_picture_straighten (picture);
  if (reads_arabic (job))
    picture->numbers = sb_ocr_indic_take (picture);
}

/* (nullable): @pix held that way, ready to be read */
static SbOcrPicture *
hold (Job *job,
      Pix *pix,
      int  turn)
{
  SbOcrPicture *picture = sb_ocr_picture_new (pix, turn);

  if (picture != NULL)
    prepare (job, picture);

  return picture;
}

/* A list whose numbers are read already is read cell by cell, and of the page what is left then. */
static gboolean
read_letters (Job          *job,
              SbOcrPicture *picture,
              SbOcrFound   *found,
              GError      **error)
{
  g_autoptr (GPtrArray) cells = picture->numbers != NULL ? sb_ocr_cells_take (picture) : NULL;

  if (!sb_ocr_letters_read (job->letters, picture, FALSE, found, error))
    return FALSE;
  if (cells != NULL)
    sb_ocr_cells_read (cells, job->letters, found);

  return TRUE;
}

static void
add_words (JsonArray *words,
           JsonArray *more)
{
  for (guint i = 0; i < sb_json_length (more); i++)
    json_array_add_object_element (words, json_object_ref (sb_json_at (more, i)));
}

/* Reads @pix held another way; what it finds counts only when it is clearly more. */
static gboolean
try_turn (Job           *job,
          Pix           *pix,
          int            turn,
          SbOcrPicture **best_picture,
          SbOcrFound    *best,
          GError       **error)
{
  g_autoptr (SbOcrPicture) picture = hold (job, pix, turn);
  g_auto (SbOcrFound)      found = { 0 };

  if (picture == NULL || !read_letters (job, picture, &found, error))
    return FALSE;
  if (found.turn != 0 || found.score < (best->turn != 0 ? best->score * 0.8 : best->score * 1.6 + 8))
    return FALSE;
  sb_ocr_found_clear (best);
  *best = found;
  found.words = NULL;
  sb_ocr_picture_free (*best_picture);
  *best_picture = g_steal_pointer (&picture);

  return TRUE;
}

/* Somebody who reads Arabic has lists in other letters, too: what looked like digits of the east may have been those. */
static void
read_as_written (Job           *job,
                 Pix           *pix,
                 int            turn,
                 SbOcrPicture **best_picture,
                 SbOcrFound    *best)
{
  g_autoptr (SbOcrPicture) picture = NULL;
  g_auto (SbOcrFound)      found = { 0 };

  if (sb_json_length ((*best_picture)->numbers) == 0 || (picture = sb_ocr_picture_new (pix, turn)) == NULL)
    return;
  sb_ocr_picture_straighten (picture);
  if (!sb_ocr_letters_read (job->letters, picture, FALSE, &found, NULL) || !is_surely_upright (&found) || found.score < best->score * 2)
    return;
  sb_ocr_found_clear (best);
  *best = found;
  found.words = NULL;
  sb_ocr_picture_free (*best_picture);
  *best_picture = g_steal_pointer (&picture);
}

/* The quarter turn clockwise that makes writing of @pix, or 0. */
static int
find_turn (Job           *job,
           Pix           *pix,
           int            given,
           SbOcrPicture **picture,
           SbOcrFound    *found)
{
  int guess = sb_ocr_letters_guess_by_shape (job->letters, *picture);
  int turns[] = { 0, 180, 90, 270 };

  /* Nothing to be seen in any direction. */
  if ((*picture)->sharpness < BLURRED && found->score < 8)
    return 0;
  if (guess > 0 && try_turn (job, pix, (given + guess) % 360, picture, found, NULL))
    return guess;
  guess = turns[0] = sb_ocr_letters_guess_turn (job->letters, *picture);
  for (gsize i = 0; i < G_N_ELEMENTS (turns); i++)
    if (turns[i] > 0 && (i == 0 || turns[i] != guess) && try_turn (job, pix, (given + turns[i]) % 360, picture, found, NULL))
      return turns[i];

  return 0;
}

/* A page that is not held upright is read once only where that can be seen before; TRUE when it surely stands after @guess. */
static gboolean
read_turned (Job           *job,
             Pix           *pix,
             int            guess,
             SbOcrPicture **picture,
             SbOcrFound    *found)
{
  g_autoptr (SbOcrPicture) held = guess > 0 ? hold (job, pix, guess) : NULL;
  g_auto (SbOcrFound)      seen = { 0 };

  if (held == NULL || !read_letters (job, held, &seen, NULL) || seen.confidence < TURN_SURE || !is_surely_upright (&seen))
    return FALSE;
  *found = seen;
  seen.words = NULL;
  sb_ocr_picture_free (*picture);
  *picture = g_steal_pointer (&held);

  return TRUE;
}

/* Reads @pix the way it is held, or another way where that makes writing of it; @turn: how much it was turned for that. */
static gboolean
read_upright (Job           *job,
              Pix           *pix,
              int            given,
              SbOcrPicture **picture,
              SbOcrFound    *found,
              int           *turn,
              GError       **error)
{
  int guess = given == 0 ? sb_ocr_picture_guess_turn (*picture) : -1;

  if (read_turned (job, pix, guess, picture, found))
    {
      *turn = guess;
      return TRUE;
    }
  prepare (job, *picture);
  if (!read_letters (job, *picture, found, error))
    return FALSE;
  if (!is_surely_upright (found))
    read_as_written (job, pix, given, picture, found);
  if (!is_surely_upright (found) && !(guess == 0 && is_likely_upright (found)))
    *turn = find_turn (job, pix, given, picture, found);

  return TRUE;
}

static gboolean
keep_picture (Job                *job,
              int                 page,
              const SbOcrPicture *picture,
              JsonObject         *answer,
              GError            **error)
{
  const char      *pattern = sb_json_string (job->request, "picture");
  g_autoptr (Pix)  drawn = pattern != NULL ? sb_ocr_picture_draw (picture) : NULL;
  g_autofree char *path = NULL;

  if (pattern == NULL)
    return TRUE;
  path = g_strdup_printf ("%s-%d.jpg", pattern, page);
  if (drawn == NULL || pixWriteJpeg (path, drawn, 85, 0) != 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_STORAGE, _("The page could not be put aside: there is no room, or the folder may not be written to"));
      return FALSE;
    }
  json_object_set_string_member (answer, "picture", path);

  return TRUE;
}

static JsonObject *
page_answer (Job                *job,
             int                 page,
             const SbOcrPicture *picture,
             const SbOcrFound   *found,
             const char         *verdict)
{
  return sb_json_make ("i:page", (gint64) page, "i:pages", (gint64) job->n_pages, "i:width", (gint64) picture->width, "i:height", (gint64) picture->height, "d:angle",
                       picture->angle, "d:confidence", found->confidence, "d:brightness", picture->brightness, "d:sharpness", picture->sharpness, "s:verdict", verdict, "a:words",
                       json_array_ref (found->words), NULL);
}

static gboolean
read_pixels (Job     *job,
             int      page,
             Pix     *pix,
             GError **error)
{
  int                      given = (int) sb_json_int (job->request, "turn", 0) % 360;
  gboolean                 turns_itself = sb_json_bool (job->request, "auto_turn", FALSE);
  g_autoptr (SbOcrPicture) picture = sb_ocr_picture_new (pix, given);
  g_auto (SbOcrFound)      found = { 0 };
  const char              *verdict;
  JsonObject              *answer;
  int                      turn = 0;

  if (picture == NULL || !read_upright (job, pix, given, &picture, &found, &turn, error))
    return FALSE;
  verdict = verdict_of (picture, &found);
  if (turn != 0)
    verdict = turns_itself ? verdict_of (picture, &found) : "turned";

  if (reads_arabic (job))
    sb_ocr_lost_read (picture, job->letters, &found);
  sb_ocr_numbers_check (job->letters, picture, found.words);
  add_words (found.words, picture->numbers);
  answer = page_answer (job, page, picture, &found, verdict);
  json_object_set_int_member (answer, "turn", turn);
  if (!keep_picture (job, page, picture, answer, error))
    {
      json_object_unref (answer);
      return FALSE;
    }
  sb_child_print (answer);

  return TRUE;
}

static gboolean
read_pdf_page (Job     *job,
               int      page,
               GError **error)
{
  double          scale = 1;
  g_autoptr (Pix) pix = sb_pdf_draw (job->pdf, page, &scale, error);
  SbOcrFound      found = { .confidence = 100 };
  SbOcrPicture    picture = { .source = pix, .brightness = 255, .sharpness = 1, .scale = 1 };
  JsonObject     *answer;
  gboolean        kept;

  if (pix == NULL)
    return FALSE;
  if (sb_json_int (job->request, "turn", 0) != 0 || (found.words = sb_pdf_words (job->pdf, page, scale)) == NULL)
    return read_pixels (job, page, pix, error);

  picture.width = pixGetWidth (pix);
  picture.height = pixGetHeight (pix);
  answer = page_answer (job, page, &picture, &found, "good");
  json_array_unref (found.words);
  kept = keep_picture (job, page, &picture, answer, error);
  if (kept)
    sb_child_print (answer);
  else
    json_object_unref (answer);

  return kept;
}

static gboolean
read_page (Job     *job,
           int      page,
           GError **error)
{
  g_autoptr (Pix) pix = NULL;

  sb_child_print (sb_json_make ("i:reading", (gint64) page, "i:pages", (gint64) job->n_pages, NULL));
  if (job->source == SB_SOURCE_PDF)
    return read_pdf_page (job, page, error);
  pix = sb_pix_read (job->path, page, error);

  return pix != NULL && read_pixels (job, page, pix, error);
}

/* -- all of them -- */

static gboolean
is_wanted (Job *job,
           int  page)
{
  int first = (int) sb_json_int (job->request, "first", 0), last = (int) sb_json_int (job->request, "last", G_MAXINT);

  return page >= first && page <= last;
}

static gboolean
read_pages (Job     *job,
            GError **error)
{
  const char *languages = sb_json_string (job->request, "languages");

  if (sb_json_bool (job->request, "count", FALSE))
    {
      sb_child_print (sb_json_make ("i:pages", (gint64) job->n_pages, NULL));
      return TRUE;
    }
  job->letters = sb_ocr_letters_new (languages != NULL ? languages : "eng", error);
  if (job->letters == NULL)
    return FALSE;
  for (int page = 0; page < job->n_pages; page++)
    if (is_wanted (job, page) && !read_page (job, page, error))
      return FALSE;

  return TRUE;
}

/* The engine as it comes, on the picture as it is: what all the rest is measured against. */
static gboolean
read_plain (Job     *job,
            GError **error)
{
  g_autoptr (Pix) pix = sb_pix_read (job->path, 0, error);
  gint64          start;
  char           *text;

  if (pix == NULL || (job->letters = sb_ocr_letters_new ("eng", error)) == NULL)
    return FALSE;
  start = g_get_monotonic_time ();
  text = sb_ocr_letters_read_plain (job->letters, pix);
  sb_child_print (sb_json_make ("s:text", text, "i:took_us", g_get_monotonic_time () - start, NULL));
  g_free (text);

  return TRUE;
}

gboolean
sb_reader_ocr (JsonObject *request,
               GError    **error)
{
  g_auto (Job) job = { .request = request, .path = sb_json_string (request, "path"), .n_pages = 1 };

  setMsgSeverity (L_SEVERITY_NONE);
  if (sb_json_bool (request, "list", FALSE))
    {
      g_auto (GStrv)   names = sb_ocr_letters_list_installed ();
      g_autofree char *text = g_strjoinv ("+", names);

      sb_child_print (sb_json_make ("s:languages", text, NULL));
      return TRUE;
    }
  if (!find_source (job.path != NULL ? job.path : "", &job.source, error))
    return FALSE;
  if (job.source == SB_SOURCE_TEXT)
    return answer_text (sb_document_read_text (job.path, error));
  if (job.source == SB_SOURCE_DOCX)
    return answer_text (sb_document_read_docx (job.path, error));
  if (job.source == SB_SOURCE_PICTURE && !sb_pix_check_header (job.path, error))
    return FALSE;
  if (sb_json_bool (request, "plain", FALSE))
    return read_plain (&job, error);
  if (job.source == SB_SOURCE_PDF && (job.pdf = sb_pdf_open (job.path, error)) == NULL)
    return FALSE;
  job.n_pages = job.pdf != NULL ? poppler_document_get_n_pages (job.pdf) : sb_pix_count_pages (job.path);

  return read_pages (&job, error);
}
