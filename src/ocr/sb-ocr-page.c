#include "sb-ocr-page.h"

#include <math.h>
#include <string.h>

#define WORDS_MAX  20000
#define OTHERS_MAX 8

static void
choice_free (gpointer data)
{
  SbOcrChoice *choice = data;

  g_free (choice->text);
  g_free (choice);
}

SbOcrLetter *
sb_ocr_letter_new (const char *text,
                   double      confidence,
                   SbOcrBox    box)
{
  SbOcrLetter *self = g_new0 (SbOcrLetter, 1);

  self->text = g_strdup (text);
  self->confidence = isfinite (confidence) ? CLAMP (confidence, 0, 100) : 0;
  self->box = box;
  self->others = g_ptr_array_new_with_free_func (choice_free);

  return self;
}

void
sb_ocr_letter_free (SbOcrLetter *self)
{
  g_free (self->text);
  g_ptr_array_unref (self->others);
  g_free (self);
}

/* Once each, and never what it was read as. */
void
sb_ocr_letter_add_other (SbOcrLetter *self,
                         const char  *text,
                         double       confidence)
{
  SbOcrChoice *choice;

  if (g_str_equal (text, self->text) || self->others->len >= OTHERS_MAX)
    return;
  for (guint i = 0; i < self->others->len; i++)
    if (g_str_equal (((SbOcrChoice *) self->others->pdata[i])->text, text))
      return;
  choice = g_new0 (SbOcrChoice, 1);
  choice->text = g_strdup (text);
  choice->confidence = isfinite (confidence) ? CLAMP (confidence, 0, 100) : 0;
  g_ptr_array_add (self->others, choice);
}

SbOcrLetter *
sb_ocr_letter_copy (const SbOcrLetter *self)
{
  SbOcrLetter *copy = sb_ocr_letter_new (self->text, self->confidence, self->box);

  for (guint i = 0; i < self->others->len; i++)
    {
      const SbOcrChoice *choice = self->others->pdata[i];

      sb_ocr_letter_add_other (copy, choice->text, choice->confidence);
    }

  return copy;
}

SbOcrBox
sb_ocr_box_around (SbOcrBox a,
                   SbOcrBox b)
{
  SbOcrBox box = { MIN (a.x, b.x), MIN (a.y, b.y), 0, 0 };

  if (a.w == 0 && a.h == 0)
    return b;
  if (b.w == 0 && b.h == 0)
    return a;
  box.w = MAX (a.x + a.w, b.x + b.w) - box.x;
  box.h = MAX (a.y + a.h, b.y + b.h) - box.y;

  return box;
}

/* -- from the reader's answer, which may say anything -- */

static int
small (JsonObject *object,
       const char *member)
{
  return (int) CLAMP (sb_json_int (object, member, 0), 0, 100000);
}

static SbOcrBox
box_of (JsonObject *object)
{
  return (SbOcrBox) { small (object, "x"), small (object, "y"), small (object, "w"), small (object, "h") };
}

SbOcrLetter *
sb_ocr_letter_from_json (JsonObject *object)
{
  const char  *text = sb_json_string (object, "t");
  SbOcrLetter *self = sb_ocr_letter_new (text != NULL ? text : "", sb_json_double (object, "c", 0), box_of (object));
  JsonArray   *others = sb_json_array (object, "o");

  for (guint i = 0; i < sb_json_length (others); i++)
    {
      JsonObject *other = sb_json_at (others, i);

      if (sb_json_string (other, "t") != NULL)
        sb_ocr_letter_add_other (self, sb_json_string (other, "t"), sb_json_double (other, "c", 0));
    }

  return self;
}

JsonArray *
sb_ocr_letter_others_to_json (const SbOcrLetter *self)
{
  JsonArray *others = json_array_new ();

  for (guint i = 0; i < self->others->len; i++)
    {
      const SbOcrChoice *choice = self->others->pdata[i];

      json_array_add_object_element (others, sb_json_make ("s:t", choice->text, "d:c", choice->confidence, NULL));
    }

  return others;
}

void
sb_ocr_word_free (SbOcrWord *word)
{
  g_free (word->text);
  g_ptr_array_unref (word->letters);
  g_free (word);
}

/* The reader's own place of a letter is now and then that of half the word: an even share of the word is nearer then. */
static void
tame_boxes (SbOcrWord *word)
{
  double share = (double) word->box.w / MAX (1, word->letters->len);

  for (guint i = 0; i < word->letters->len; i++)
    {
      SbOcrLetter *letter = word->letters->pdata[i];

      if (letter->box.w > 1.8 * share && word->letters->len > 1 && g_unichar_get_script (g_utf8_get_char (letter->text)) != G_UNICODE_SCRIPT_ARABIC)
        letter->box = (SbOcrBox) { word->box.x + (int) (i * share), word->box.y, (int) share, word->box.h };
    }
}

/* A word whose letters do not spell it is taken by its letters. */
static SbOcrWord *
word_from_json (JsonObject *object)
{
  SbOcrWord *self = g_new0 (SbOcrWord, 1);
  JsonArray *letters = sb_json_array (object, "letters");
  GString   *spelt = g_string_new (NULL);

  self->confidence = sb_json_double (object, "c", 0);
  self->box = box_of (object);
  self->line = small (object, "line");
  self->letters = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_ocr_letter_free);
  for (guint i = 0; i < sb_json_length (letters); i++)
    {
      SbOcrLetter *letter = sb_ocr_letter_from_json (sb_json_at (letters, i));

      g_ptr_array_add (self->letters, letter);
      g_string_append (spelt, letter->text);
    }
  if (self->letters->len == 0 && sb_json_string (object, "t") != NULL)
    for (const char *p = sb_json_string (object, "t"); *p != '\0'; p = g_utf8_next_char (p))
      {
        char letter[7] = { 0 };

        g_unichar_to_utf8 (g_utf8_get_char (p), letter);
        g_ptr_array_add (self->letters, sb_ocr_letter_new (letter, self->confidence, self->box));
        g_string_append (spelt, letter);
      }
  self->text = g_string_free_and_steal (spelt);
  tame_boxes (self);

  return self;
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;

  return TRUE;
}

/* (nullable): %NULL when @object is no page, but a word about how far the reader is. */
SbOcrPage *
sb_ocr_page_from_json (JsonObject *object)
{
  JsonArray  *words = sb_json_array (object, "words");
  const char *verdict = sb_json_string (object, "verdict");
  SbOcrPage  *self;

  if (words == NULL && sb_json_string (object, "text") == NULL)
    return NULL;
  self = g_new0 (SbOcrPage, 1);
  self->number = small (object, "page");
  self->n_pages = MAX (1, small (object, "pages"));
  self->width = small (object, "width");
  self->height = small (object, "height");
  self->turn = small (object, "turn") % 360;
  self->verdict = g_strdup (verdict != NULL ? verdict : "good");
  self->picture = g_strdup (sb_json_string (object, "picture"));
  self->text = words == NULL ? g_strdup (sb_json_string (object, "text")) : NULL;
  self->confidence = sb_json_double (object, "confidence", 0);
  self->words = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_ocr_word_free);
  for (guint i = 0; i < MIN (sb_json_length (words), WORDS_MAX); i++)
    {
      SbOcrWord *word = word_from_json (sb_json_at (words, i));

      if (is_blank (word->text))
        sb_ocr_word_free (word);
      else
        g_ptr_array_add (self->words, word);
    }

  return self;
}

void
sb_ocr_page_free (SbOcrPage *self)
{
  g_free (self->verdict);
  g_free (self->picture);
  g_free (self->text);
  g_ptr_array_unref (self->words);
  g_free (self);
}

/* As lines of text, for searching and copying. */
char *
sb_ocr_page_get_text (const SbOcrPage *self)
{
  GString *text = g_string_new (self->text);
  int      line = -1;

  for (guint i = 0; i < self->words->len; i++)
    {
      const SbOcrWord *word = self->words->pdata[i];

      if (text->len > 0)
        g_string_append_c (text, word->line == line ? ' ' : '\n');
      g_string_append (text, word->text);
      line = word->line;
    }

  return g_string_free_and_steal (text);
}
