#include "sb-ocr-letters.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <tesseract/capi.h>

#include "sb-json.h"

#define CHOICES_MAX    4
#define LINE_SURE      80.0 /* a line that is read worse is read otherwise, too */
#define LETTER_CHOICES "2"  /* the engine's word for: what else a letter could be, letter by letter */
#define SURE           60   /* a word below it says nothing about how the page is held */

struct _SbOcrLetters
{
  TessBaseAPI *api;
  char        *first; /* of its languages */
  TessBaseAPI *lines; /* (nullable): with the first language alone, made when it is needed */
  TessBaseAPI *turns; /* its own small model tells how a page is held; made when it is needed */
};

static TessBaseAPI *
open_api (const char *languages)
{
  TessBaseAPI *api = TessBaseAPICreate ();

  if (TessBaseAPIInit3 (api, NULL, languages) == 0)
    return api;
  TessBaseAPIDelete (api);

  return NULL;
}

/* GStrv of "eng", "fra", "ara"... */
char **
sb_ocr_letters_list_installed (void)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  TessBaseAPI             *api = open_api ("osd");
  char                   **all;

  if (api == NULL)
    return g_strv_builder_end (names);
  all = TessBaseAPIGetAvailableLanguagesAsVector (api);
  for (guint i = 0; all != NULL && all[i] != NULL; i++)
    if (!g_str_equal (all[i], "osd"))
      g_strv_builder_add (names, all[i]);
  if (all != NULL)
    TessDeleteTextArray (all);
  TessBaseAPIDelete (api);

  return g_strv_builder_end (names);
}

/* Those of @wanted that are there, or English. */
static char *
installed_of (const char *wanted)
{
  g_auto (GStrv)      installed = sb_ocr_letters_list_installed ();
  g_auto (GStrv)      each = g_strsplit (wanted, "+", 8);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; each[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) installed, each[i]))
      g_string_append_printf (names, "%s%s", names->len > 0 ? "+" : "", each[i]);
  if (names->len == 0 && installed[0] != NULL)
    g_string_append (names, g_strv_contains ((const char *const *) installed, "eng") ? "eng" : installed[0]);

  return g_string_free_and_steal (g_steal_pointer (&names));
}

static void
set_up (TessBaseAPI *api)
{
  TessBaseAPISetVariable (api, "lstm_choice_mode", LETTER_CHOICES);
  TessBaseAPISetVariable (api, "lstm_choice_iterations", "2");
  TessBaseAPISetVariable (api, "debug_file", "/dev/null");
}

SbOcrLetters *
sb_ocr_letters_new (const char *languages,
                    GError    **error)
{
  TessBaseAPI  *api = open_api (languages);
  SbOcrLetters *self;

  /* Asking which are installed takes as long as loading one, so that is asked only when these are not. */
  if (api == NULL)
    {
      g_autofree char *names = installed_of (languages);

      api = names[0] != '\0' ? open_api (names) : NULL;
    }
  if (api == NULL)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, _("No language for reading pictures is installed on this computer"));
      return NULL;
    }
  set_up (api);
  /* The numbers before the rows of a list are no word that stands on end. */
  TessBaseAPISetVariable (api, "textord_tabfind_vertical_text", "0");
  /* Where its tables are nobody asks; rows and columns are found by where words stand. */
  TessBaseAPISetVariable (api, "textord_tabfind_find_tables", "0");
  self = g_new0 (SbOcrLetters, 1);
  self->api = api;
  self->first = g_strndup (languages, strcspn (languages, "+"));

  return self;
}

void
sb_ocr_letters_free (SbOcrLetters *self)
{
  TessBaseAPIDelete (self->api);
  if (self->lines != NULL)
    TessBaseAPIDelete (self->lines);
  g_free (self->first);
  if (self->turns != NULL)
    TessBaseAPIDelete (self->turns);
  g_free (self);
}

void
sb_ocr_found_clear (SbOcrFound *self)
{
  g_clear_pointer (&self->words, json_array_unref);
}

/* -- what was found, as JSON -- */

static void
add_box (JsonObject             *object,
         const TessPageIterator *page,
         TessPageIteratorLevel   level,
         const int              *origin)
{
  int left = 0, top = 0, right = 0, bottom = 0;

  TessPageIteratorBoundingBox (page, level, &left, &top, &right, &bottom);
  json_object_set_int_member (object, "x", origin[0] + left);
  json_object_set_int_member (object, "y", origin[1] + top);
  json_object_set_int_member (object, "w", right - left);
  json_object_set_int_member (object, "h", bottom - top);
}

static double
rounded (double confidence)
{
  return (int) (confidence * 10) / 10.0;
}

/* What else the letter could be. */
static JsonArray *
other_letters (const TessResultIterator *at,
               const char               *read)
{
  JsonArray          *others = json_array_new ();
  TessChoiceIterator *choices = TessResultIteratorGetChoiceIterator (at);

  if (choices == NULL)
    return others;
  do
    {
      const char *text = TessChoiceIteratorGetUTF8Text (choices);
      double      confidence = TessChoiceIteratorConfidence (choices);

      if (text != NULL && text[0] != '\0' && strcmp (text, read) != 0 && confidence >= 0.5 && g_utf8_validate (text, -1, NULL))
        json_array_add_object_element (others, sb_json_make ("s:t", text, "d:c", rounded (confidence), NULL));
    }
  while (json_array_get_length (others) < CHOICES_MAX && TessChoiceIteratorNext (choices));
  TessChoiceIteratorDelete (choices);

  return others;
}

static gboolean
says_direction (gunichar c)
{
  return c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* (transfer full) (nullable): without the marks the engine sets where writing changes its direction; nothing stands there. */
static char *
without_marks (const char *text)
{
  g_autoptr (GString) rest = g_string_new (NULL);

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return NULL;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!says_direction (g_utf8_get_char (p)))
      g_string_append_unichar (rest, g_utf8_get_char (p));

  return rest->len > 0 ? g_string_free_and_steal (g_steal_pointer (&rest)) : NULL;
}

static JsonObject *
letter_row (const TessResultIterator *at,
            const int                *origin,
            double                   *confidence)
{
  char            *read = TessResultIteratorGetUTF8Text (at, RIL_SYMBOL);
  g_autofree char *text = without_marks (read);
  JsonObject      *row;

  TessDeleteText (read);
  if (text == NULL)
    return NULL;
  *confidence = TessResultIteratorConfidence (at, RIL_SYMBOL);
  row = sb_json_make ("s:t", text, "d:c", rounded (*confidence), "a:o", other_letters (at, text), NULL);
  add_box (row, TessResultIteratorGetPageIteratorConst (at), RIL_SYMBOL, origin);

  return row;
}

typedef struct
{
  SbOcrFound *found;
  JsonArray  *letters; /* of the word under way */
  GArray     *heights;
  int         line;
  int         block;
  int         origin[2]; /* of what is read on the page, in points */
  double      sum;       /* of the words' confidence, once for each of their letters */
  double      word;
  guint       n_letters;
} Walk;

static void
begin_word (Walk                     *walk,
            const TessResultIterator *at)
{
  const TessPageIterator *page = TessResultIteratorGetPageIteratorConst (at);
  char                   *text = TessResultIteratorGetUTF8Text (at, RIL_WORD);
  double                  confidence = TessResultIteratorConfidence (at, RIL_WORD);
  JsonObject             *word;
  int                     height;

  walk->letters = json_array_new ();
  walk->word = confidence;
  word = sb_json_make ("s:t", text != NULL && g_utf8_validate (text, -1, NULL) ? text : "", "d:c", rounded (confidence), "i:line", (gint64) walk->line, "i:block", (gint64) walk->block, "a:letters",
                       walk->letters, NULL);
  add_box (word, page, RIL_WORD, walk->origin);
  height = (int) sb_json_int (word, "h", 0);
  json_array_add_object_element (walk->found->words, word);
  walk->found->n_words++;
  if (text != NULL && confidence >= SURE)
    {
      g_array_append_val (walk->heights, height);
      walk->found->score += g_utf8_strlen (text, -1) * confidence / 100;
    }
  TessDeleteText (text);
}

static void
take_letter (Walk                     *walk,
             const TessResultIterator *at)
{
  const TessPageIterator *page = TessResultIteratorGetPageIteratorConst (at);
  double                  confidence = 0;
  JsonObject             *letter;

  walk->block += TessPageIteratorIsAtBeginningOf (page, RIL_BLOCK);
  walk->line += TessPageIteratorIsAtBeginningOf (page, RIL_TEXTLINE);
  if (TessPageIteratorIsAtBeginningOf (page, RIL_WORD) || walk->letters == NULL)
    begin_word (walk, at);
  letter = letter_row (at, walk->origin, &confidence);
  if (letter == NULL)
    return;
  json_array_add_object_element (walk->letters, letter);
  walk->sum += walk->word;
  walk->n_letters++;
}

static int
compare_int (gconstpointer a,
             gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/* Words that run up or down the page: the engine reads them, but a person wants them level. */
static int
turn_of_words (JsonArray *words)
{
  guint n_down = 0, n_up = 0, n_level = 0;

  for (guint i = 0; i < sb_json_length (words); i++)
    {
      JsonObject *word = sb_json_at (words, i), *next = sb_json_at (words, i + 1);
      gboolean    same_line = next != NULL && sb_json_int (next, "line", 0) == sb_json_int (word, "line", 0);

      if (strlen (sb_json_string (word, "t")) < 3)
        continue;
      if (sb_json_int (word, "h", 0) < sb_json_int (word, "w", 0))
        n_level++;
      else if (same_line && sb_json_int (word, "y", 0) < sb_json_int (next, "y", 0))
        n_down++;
      else if (same_line)
        n_up++;
    }
  if (n_down + n_up <= n_level)
    return 0;

  return n_down > n_up ? 270 : 90;
}

static void
finish (Walk *walk)
{
  g_array_sort (walk->heights, compare_int);
  if (walk->heights->len > 0)
    walk->found->height = g_array_index (walk->heights, int, walk->heights->len / 2);
  if (walk->n_letters > 0)
    walk->found->confidence = walk->sum / walk->n_letters;
  walk->found->n_letters = walk->n_letters;
  walk->found->turn = turn_of_words (walk->found->words);
}

static gboolean
says_nothing (const TessResultIterator *at)
{
  char    *text = TessResultIteratorGetUTF8Text (at, RIL_WORD);
  gboolean nothing = text == NULL || text[0] == '\0';

  TessDeleteText (text);

  return nothing;
}

static void
walk_letters (TessBaseAPI *api,
              Walk        *walk)
{
  TessResultIterator *at = TessBaseAPIGetIterator (api);

  if (at == NULL)
    return;
  /* A picture without any writing has one word, with nothing in it. */
  if (!says_nothing (at))
    do
      take_letter (walk, at);
    while (TessResultIteratorNext (at, RIL_SYMBOL));
  TessResultIteratorDelete (at);
}

gboolean
sb_ocr_letters_read (SbOcrLetters       *self,
                     const SbOcrPicture *picture,
                     gboolean            one_block,
                     SbOcrFound         *found,
                     GError            **error)
{
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (int));
  Walk               walk = { .found = found, .heights = heights };

  TessBaseAPISetPageSegMode (self->api, one_block ? PSM_SINGLE_BLOCK : PSM_AUTO);
  TessBaseAPISetImage2 (self->api, picture->grey);
  TessBaseAPISetSourceResolution (self->api, 300);
  if (TessBaseAPIRecognize (self->api, NULL) != 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("The letters of this picture could not be read"));
      return FALSE;
    }
  found->words = json_array_new ();
  walk_letters (self->api, &walk);
  finish (&walk);
  TessBaseAPIClear (self->api);

  return TRUE;
}

/* TRUE when @line was read and there is no other way to read it that could do better. */
static gboolean
read_line_by (TessBaseAPI    *api,
              TessPageSegMode mode,
              Pix            *line,
              SbOcrFound     *found,
              Walk           *walk)
{
  TessBaseAPISetPageSegMode (api, mode);
  TessBaseAPISetImage2 (api, line);
  TessBaseAPISetSourceResolution (api, 300);
  found->words = json_array_new ();
  if (TessBaseAPIRecognize (api, NULL) == 0)
    walk_letters (api, walk);
  TessBaseAPIClear (api);
  if (walk->n_letters > 0)
    found->confidence = walk->sum / walk->n_letters;

  return found->confidence >= LINE_SURE;
}

static void
add_found (SbOcrFound *self,
           SbOcrFound *more)
{
  for (guint i = 0; i < sb_json_length (more->words); i++)
    json_array_add_object_element (self->words, json_object_ref (sb_json_at (more->words, i)));
  self->n_words += more->n_words;
  self->score += more->score;
  if (self->n_letters + more->n_letters > 0)
    self->confidence = (self->confidence * self->n_letters + more->confidence * more->n_letters) / (self->n_letters + more->n_letters);
  self->n_letters += more->n_letters;
}

/*
 * A second language finds its own letters in those of the first, and a short line is sometimes taken for none: what is read
 * badly is read otherwise, and the surest of it counts.
 */
void
sb_ocr_letters_read_line (SbOcrLetters *self,
                          Pix          *pix,
                          int           x,
                          int           y,
                          int           line,
                          SbOcrFound   *found)
{
  g_autoptr (GArray)  heights = g_array_new (FALSE, FALSE, sizeof (int));
  g_auto (SbOcrFound) best = { 0 };

  if (self->lines == NULL && (self->lines = open_api (self->first)) != NULL)
    set_up (self->lines);
  for (guint i = 0; i < 3; i++)
    {
      g_auto (SbOcrFound) tried = { 0 };
      /* The line begins with the first letter. */
      Walk     walk = { .found = &tried, .heights = heights, .line = line - 1, .origin = { x, y } };
      gboolean is_sure = read_line_by (i < 2 && self->lines != NULL ? self->lines : self->api, i == 1 ? PSM_RAW_LINE : PSM_SINGLE_LINE, pix, &tried, &walk);

      tried.n_letters = walk.n_letters;
      if (best.words == NULL || tried.confidence > best.confidence)
        {
          sb_ocr_found_clear (&best);
          best = tried;
          tried.words = NULL;
        }
      if (is_sure)
        break;
    }
  add_found (found, &best);
}

char *
sb_ocr_letters_read_plain (SbOcrLetters *self,
                           Pix          *pix)
{
  char *text, *copy;

  TessBaseAPISetPageSegMode (self->api, PSM_AUTO);
  TessBaseAPISetImage2 (self->api, pix);
  text = TessBaseAPIGetUTF8Text (self->api);
  copy = g_strdup (text != NULL ? text : "");
  TessDeleteText (text);
  TessBaseAPIClear (self->api);

  return copy;
}

char *
sb_ocr_letters_read_digits (SbOcrLetters *self,
                            Pix          *line)
{
  char *text, *copy;

  TessBaseAPISetVariable (self->api, "tessedit_char_whitelist", "0123456789+-().");
  TessBaseAPISetVariable (self->api, "lstm_choice_mode", "0");
  TessBaseAPISetPageSegMode (self->api, PSM_SINGLE_LINE);
  TessBaseAPISetImage2 (self->api, line);
  TessBaseAPISetSourceResolution (self->api, 300);
  text = TessBaseAPIGetUTF8Text (self->api);
  copy = g_strdup (text != NULL ? text : "");
  TessDeleteText (text);
  TessBaseAPIClear (self->api);
  TessBaseAPISetVariable (self->api, "tessedit_char_whitelist", "");
  TessBaseAPISetVariable (self->api, "lstm_choice_mode", LETTER_CHOICES);

  return copy;
}

/* By the shapes of letters alone, which is quick. */
int
sb_ocr_letters_guess_by_shape (SbOcrLetters       *self,
                               const SbOcrPicture *picture)
{
  int         degrees = 0;
  float       sure = 0, script_sure = 0;
  const char *script = NULL;

  if (self->turns == NULL)
    self->turns = open_api ("osd");
  if (self->turns == NULL)
    return 0;
  TessBaseAPISetVariable (self->turns, "debug_file", "/dev/null");
  TessBaseAPISetPageSegMode (self->turns, PSM_OSD_ONLY);
  TessBaseAPISetImage2 (self->turns, picture->grey);
  if (!TessBaseAPIDetectOrientationScript (self->turns, &degrees, &sure, &script, &script_sure) || sure < 1)
    return 0;

  return (360 - degrees) % 360;
}

/* Degrees clockwise that would put the page upright, or 0: by words that run up or down, then by the shapes of letters. */
int
sb_ocr_letters_guess_turn (SbOcrLetters       *self,
                           const SbOcrPicture *picture)
{
  g_auto (SbOcrFound) found = { 0 };

  TessBaseAPISetVariable (self->api, "textord_tabfind_vertical_text", "1");
  if (!sb_ocr_letters_read (self, picture, FALSE, &found, NULL))
    found.turn = 0;
  TessBaseAPISetVariable (self->api, "textord_tabfind_vertical_text", "0");

  return found.turn != 0 ? found.turn : sb_ocr_letters_guess_by_shape (self, picture);
}
