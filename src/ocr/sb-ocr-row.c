#include "sb-ocr-row.h"

#include <string.h>

#include "sb-ocr-doubt.h"

static const char *const field_names[] = { "name", "number", "order", "company", "mail", "web", "address", "number_2" };

G_STATIC_ASSERT (G_N_ELEMENTS (field_names) == SB_OCR_N_FIELDS);

const char *
sb_ocr_field_to_name (SbOcrField field)
{
  return field_names[field];
}

gboolean
sb_ocr_field_is_number (SbOcrField field)
{
  return field == SB_OCR_NUMBER || field == SB_OCR_NUMBER_2;
}

static void
sign_free (gpointer data)
{
  SbOcrSign *sign = data;

  sb_ocr_letter_free (sign->letter);
  g_free (sign);
}

static SbOcrCell *
cell_new (void)
{
  SbOcrCell *self = g_new0 (SbOcrCell, 1);

  self->signs = g_ptr_array_new_with_free_func (sign_free);

  return self;
}

static void
cell_free (SbOcrCell *self)
{
  g_ptr_array_unref (self->signs);
  g_free (self);
}

static void
cell_add (SbOcrCell   *self,
          SbOcrLetter *letter)
{
  SbOcrSign *sign = g_new0 (SbOcrSign, 1);

  sign->letter = letter;
  self->box = sb_ocr_box_around (self->box, letter->box);
  g_ptr_array_add (self->signs, sign);
}

SbOcrRow *
sb_ocr_row_new (void)
{
  return g_new0 (SbOcrRow, 1);
}

void
sb_ocr_row_free (SbOcrRow *self)
{
  for (guint i = 0; i < SB_OCR_N_FIELDS; i++)
    g_clear_pointer (&self->cells[i], cell_free);
  g_free (self);
}

/* Words after each other, with a blank between them. They are copied. */
void
sb_ocr_row_add_words (SbOcrRow   *self,
                      SbOcrField  field,
                      SbOcrWord **words,
                      guint       n_words)
{
  SbOcrCell *cell;

  if (n_words == 0)
    return;
  if (self->cells[field] == NULL)
    self->cells[field] = cell_new ();
  cell = self->cells[field];
  for (guint i = 0; i < n_words; i++)
    {
      if (cell->signs->len > 0)
        cell_add (cell, sb_ocr_letter_new (" ", 100, (SbOcrBox) { 0 }));
      for (guint k = 0; k < words[i]->letters->len; k++)
        cell_add (cell, sb_ocr_letter_copy (words[i]->letters->pdata[k]));
      cell->box = sb_ocr_box_around (cell->box, words[i]->box);
      self->box = sb_ocr_box_around (self->box, words[i]->box);
    }
  sb_ocr_mark_doubts (cell, field);
}

/* (transfer full): empty without a cell */
char *
sb_ocr_row_dup_text (const SbOcrRow *self,
                     SbOcrField      field)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; self->cells[field] != NULL && i < self->cells[field]->signs->len; i++)
    g_string_append (text, ((SbOcrSign *) self->cells[field]->signs->pdata[i])->letter->text);

  return g_string_free_and_steal (text);
}

/* Typed by a person: there is no doubt about it, and it stands where the cell stood. */
void
sb_ocr_row_set_text (SbOcrRow   *self,
                     SbOcrField  field,
                     const char *text)
{
  SbOcrBox box = self->cells[field] != NULL ? self->cells[field]->box : (SbOcrBox) { 0 };

  g_clear_pointer (&self->cells[field], cell_free);
  if (text[0] == '\0')
    return;
  self->cells[field] = cell_new ();
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      char letter[7] = { 0 };

      g_unichar_to_utf8 (g_utf8_get_char (p), letter);
      cell_add (self->cells[field], sb_ocr_letter_new (letter, 100, (SbOcrBox) { 0 }));
    }
  self->cells[field]->box = box;
}

static gboolean
is_stain (const SbOcrSign *sign)
{
  const gunichar c = g_utf8_get_char (sign->letter->text);

  return g_unichar_isspace (c) || (c < 128 && c != '\0' && strchr (".,:;|_'\"`~=<>{}[]\\*^-", (int) c) != NULL) || c == 0x2018 || c == 0x2019 || c == 0x2014 || c == 0x2013;
}

void
sb_ocr_row_trim (SbOcrRow  *self,
                 SbOcrField field)
{
  GPtrArray *signs = self->cells[field] != NULL ? self->cells[field]->signs : NULL;

  while (signs != NULL && signs->len > 0 && is_stain (signs->pdata[signs->len - 1]))
    g_ptr_array_remove_index (signs, signs->len - 1);
  while (signs != NULL && signs->len > 0 && is_stain (signs->pdata[0]))
    g_ptr_array_remove_index (signs, 0);
  if (signs != NULL && signs->len == 0)
    g_clear_pointer (&self->cells[field], cell_free);
}

void
sb_ocr_row_doubt_end (SbOcrRow  *self,
                      SbOcrField field)
{
  GPtrArray *signs = self->cells[field]->signs;

  if (signs->len > 0)
    ((SbOcrSign *) signs->pdata[signs->len - 1])->doubt = TRUE;
}

guint
sb_ocr_row_count_cell_doubts (const SbOcrRow *self,
                              SbOcrField      field)
{
  guint n = 0;

  for (guint i = 0; self->cells[field] != NULL && i < self->cells[field]->signs->len; i++)
    n += ((SbOcrSign *) self->cells[field]->signs->pdata[i])->doubt;

  return n;
}

guint
sb_ocr_row_count_doubts (const SbOcrRow *self)
{
  guint n = 0;

  for (guint field = 0; field < SB_OCR_N_FIELDS; field++)
    n += sb_ocr_row_count_cell_doubts (self, field);

  return n;
}

/* Of the least sure cell, 0 to 100: one bad number is not made good by a long name. */
double
sb_ocr_row_get_confidence (const SbOcrRow *self)
{
  double least = 100;

  for (guint field = 0; field < SB_OCR_N_FIELDS; field++)
    {
      double sum = 0;
      guint  n = self->cells[field] != NULL ? self->cells[field]->signs->len : 0;

      for (guint i = 0; i < n; i++)
        sum += ((SbOcrSign *) self->cells[field]->signs->pdata[i])->letter->confidence;
      if (n > 0)
        least = MIN (least, sum / n);
    }

  return least;
}

gboolean
sb_ocr_row_has_number (const SbOcrRow *self)
{
  return self->cells[SB_OCR_NUMBER] != NULL || self->cells[SB_OCR_NUMBER_2] != NULL;
}

/* Somebody looked at it and it is as it stands. */
void
sb_ocr_row_accept (SbOcrRow *self)
{
  self->state = SB_OCR_ACCEPTED;
  for (guint field = 0; field < SB_OCR_N_FIELDS; field++)
    for (guint i = 0; self->cells[field] != NULL && i < self->cells[field]->signs->len; i++)
      ((SbOcrSign *) self->cells[field]->signs->pdata[i])->doubt = FALSE;
}

void
sb_ocr_row_choose (SbOcrRow   *self,
                   SbOcrField  field,
                   guint       index,
                   const char *text)
{
  SbOcrSign *sign;

  g_return_if_fail (self->cells[field] != NULL && index < self->cells[field]->signs->len);

  sign = self->cells[field]->signs->pdata[index];
  g_set_str (&sign->letter->text, text);
  sign->letter->confidence = 100;
  sign->doubt = FALSE;
}

static void
turn_box (SbOcrBox *box,
          int       turn,
          int       width,
          int       height)
{
  const SbOcrBox was = *box;

  if (was.w == 0 && was.h == 0)
    return;
  if (turn == 90)
    *box = (SbOcrBox) { width - was.y - was.h, was.x, was.h, was.w };
  else if (turn == 180)
    *box = (SbOcrBox) { width - was.x - was.w, height - was.y - was.h, was.w, was.h };
  else if (turn == 270)
    *box = (SbOcrBox) { was.y, height - was.x - was.w, was.h, was.w };
}

void
sb_ocr_row_turn (SbOcrRow *self,
                 int       turn,
                 int       width,
                 int       height)
{
  turn_box (&self->box, turn, width, height);
  for (guint field = 0; field < SB_OCR_N_FIELDS; field++)
    {
      SbOcrCell *cell = self->cells[field];

      if (cell == NULL)
        continue;
      turn_box (&cell->box, turn, width, height);
      for (guint i = 0; i < cell->signs->len; i++)
        turn_box (&((SbOcrSign *) cell->signs->pdata[i])->letter->box, turn, width, height);
    }
}

/* -- as JSON, for the shop file -- */

static void
set_box (JsonObject *object,
         SbOcrBox    box)
{
  json_object_set_int_member (object, "x", box.x);
  json_object_set_int_member (object, "y", box.y);
  json_object_set_int_member (object, "w", box.w);
  json_object_set_int_member (object, "h", box.h);
}

static SbOcrBox
get_box (JsonObject *object)
{
  return (SbOcrBox) { (int) sb_json_int (object, "x", 0), (int) sb_json_int (object, "y", 0), (int) sb_json_int (object, "w", 0), (int) sb_json_int (object, "h", 0) };
}

static JsonObject *
cell_to_json (const SbOcrCell *cell)
{
  JsonArray  *signs = json_array_new ();
  JsonObject *object;

  for (guint i = 0; i < cell->signs->len; i++)
    {
      const SbOcrSign *sign = cell->signs->pdata[i];
      JsonObject      *row = sb_json_make ("s:t", sign->letter->text, "d:c", sign->letter->confidence, "a:o", sb_ocr_letter_others_to_json (sign->letter), NULL);

      if (sign->doubt)
        json_object_set_boolean_member (row, "doubt", TRUE);
      set_box (row, sign->letter->box);
      json_array_add_object_element (signs, row);
    }
  object = sb_json_make ("a:signs", signs, NULL);
  set_box (object, cell->box);

  return object;
}

static SbOcrCell *
cell_from_json (JsonObject *object)
{
  SbOcrCell *cell = cell_new ();
  JsonArray *signs = sb_json_array (object, "signs");

  for (guint i = 0; i < sb_json_length (signs); i++)
    {
      JsonObject *row = sb_json_at (signs, i);

      cell_add (cell, sb_ocr_letter_from_json (row));
      ((SbOcrSign *) cell->signs->pdata[i])->doubt = sb_json_bool (row, "doubt", FALSE);
    }
  cell->box = get_box (object);

  return cell;
}

JsonObject *
sb_ocr_row_to_json (const SbOcrRow *self)
{
  JsonObject *object = sb_json_make ("i:row", (gint64) self->number, "i:page", (gint64) self->page, "i:state", (gint64) self->state, NULL);

  set_box (object, self->box);
  for (guint field = 0; field < SB_OCR_N_FIELDS; field++)
    if (self->cells[field] != NULL)
      json_object_set_object_member (object, field_names[field], cell_to_json (self->cells[field]));

  return object;
}

SbOcrRow *
sb_ocr_row_from_json (JsonObject *object)
{
  SbOcrRow *self = sb_ocr_row_new ();
  gint64    state = sb_json_int (object, "state", SB_OCR_OPEN);

  self->number = (guint) sb_json_int (object, "row", 0);
  self->page = (int) sb_json_int (object, "page", 0);
  self->state = state == SB_OCR_ACCEPTED || state == SB_OCR_SKIPPED ? (SbOcrRowState) state : SB_OCR_OPEN;
  self->box = get_box (object);
  for (guint field = 0; field < SB_OCR_N_FIELDS; field++)
    if (sb_json_object (object, field_names[field]) != NULL)
      self->cells[field] = cell_from_json (sb_json_object (object, field_names[field]));

  return self;
}
