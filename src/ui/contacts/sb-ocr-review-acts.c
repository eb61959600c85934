/* What the keys of the review do: each changes one row, keeps it in the shop, and can be gone back from. */
#include <glib/gi18n.h>

#include "sb-json.h"
#include "sb-ocr-review-private.h"

/* Numbers first, then names, then the rest: a wrong number goes to a stranger. */
static const SbOcrField order[] = { SB_OCR_NUMBER, SB_OCR_NUMBER_2, SB_OCR_NAME, SB_OCR_ORDER, SB_OCR_COMPANY, SB_OCR_MAIL, SB_OCR_WEB, SB_OCR_ADDRESS };

void
sb_ocr_step_free (SbOcrStep *step)
{
  g_free (step->data);
  g_clear_pointer (&step->before, sb_paper_before_free);
  g_free (step);
}

static SbOcrRow *
row_at (SbOcrReview *self)
{
  return self->at.row < self->rows->len ? self->rows->pdata[self->at.row] : NULL;
}

static SbOcrSign *
sign_at (SbOcrReview *self)
{
  SbOcrRow *row = row_at (self);

  if (row == NULL || self->at.sign < 0 || row->cells[self->at.field] == NULL || (guint) self->at.sign >= row->cells[self->at.field]->signs->len)
    return NULL;

  return row->cells[self->at.field]->signs->pdata[self->at.sign];
}

static void
remember (SbOcrReview *self)
{
  SbOcrStep             *step = g_new0 (SbOcrStep, 1);
  g_autoptr (JsonObject) object = sb_ocr_row_to_json (row_at (self));

  step->at = self->at;
  step->data = sb_json_text (object);
  g_ptr_array_add (self->steps, step);
}

static void
keep (SbOcrReview *self,
      guint        row)
{
  sb_engine_save_paper_row (self->engine, self->paper_id, self->rows->pdata[row]);
  sb_ocr_review_row_changed (self, row);
}

/* -- where to go -- */

/* The first doubt of @row at or after @from (a place in it), FALSE without one. */
static gboolean
doubt_in_row (const SbOcrRow *row,
              SbOcrPlace     *place)
{
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      const SbOcrCell *cell = row->cells[order[i]];

      for (guint k = 0; cell != NULL && k < cell->signs->len; k++)
        if (((const SbOcrSign *) cell->signs->pdata[k])->doubt)
          {
            place->field = order[i];
            place->sign = (int) k;
            return TRUE;
          }
    }

  return FALSE;
}

static SbOcrField
first_field (const SbOcrRow *row)
{
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if (row->cells[order[i]] != NULL)
      return order[i];

  return SB_OCR_NAME;
}

void
sb_ocr_review_go (SbOcrReview *self,
                  SbOcrPlace   place)
{
  self->at = place;
  sb_ocr_review_show (self);
}

static void
go_to_row (SbOcrReview *self,
           guint        row)
{
  SbOcrPlace place = { row, SB_OCR_NUMBER, -1 };

  if (row >= self->rows->len)
    return;
  if (!doubt_in_row (self->rows->pdata[row], &place))
    place.field = first_field (self->rows->pdata[row]);
  sb_ocr_review_go (self, place);
}

/* The next row that waits, from here round to the start; the last one looked at stays when none is left. */
static void
go_on (SbOcrReview *self)
{
  for (guint i = 1; i <= self->rows->len; i++)
    {
      guint           row = (self->at.row + i) % self->rows->len;
      const SbOcrRow *next = self->rows->pdata[row];

      if (next->state == SB_OCR_OPEN)
        {
          go_to_row (self, row);
          return;
        }
    }
  go_to_row (self, self->at.row);
}

/* A row pressed on the paper. */
void
sb_ocr_review_point (SbOcrReview *self,
                     double       x,
                     double       y)
{
  const SbOcrRow *here = row_at (self);

  for (guint i = 0; here != NULL && i < self->rows->len; i++)
    {
      const SbOcrRow *row = self->rows->pdata[i];

      if (row->page == here->page && y >= row->box.y && y <= row->box.y + row->box.h && x >= row->box.x && x <= row->box.x + row->box.w)
        {
          go_to_row (self, i);
          return;
        }
    }
}

/* The next doubt; without one, the next row that waits, or else the row below. */
void
sb_ocr_review_next (SbOcrReview *self)
{
  guint n_open = 0;

  if (sb_ocr_review_step_doubt (self, 1))
    return;
  for (guint i = 0; i < self->rows->len; i++)
    n_open += i != self->at.row && ((const SbOcrRow *) self->rows->pdata[i])->state == SB_OCR_OPEN;
  if (n_open > 0)
    go_on (self);
  else if (self->rows->len > 0)
    go_to_row (self, (self->at.row + 1) % self->rows->len);
}

guint
sb_ocr_review_count_doubts (SbOcrReview *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const SbOcrRow *row = self->rows->pdata[i];

      if (row->state == SB_OCR_OPEN)
        n += sb_ocr_row_count_doubts (row);
    }

  return n;
}

/* All doubts in their order, as places. */
static GArray *
list_doubts (SbOcrReview *self)
{
  GArray *doubts = g_array_new (FALSE, FALSE, sizeof (SbOcrPlace));

  for (guint r = 0; r < self->rows->len; r++)
    {
      const SbOcrRow *row = self->rows->pdata[r];

      for (gsize i = 0; row->state == SB_OCR_OPEN && i < G_N_ELEMENTS (order); i++)
        for (guint k = 0; row->cells[order[i]] != NULL && k < row->cells[order[i]]->signs->len; k++)
          if (((const SbOcrSign *) row->cells[order[i]]->signs->pdata[k])->doubt)
            {
              const SbOcrPlace place = { r, order[i], (int) k };

              g_array_append_val (doubts, place);
            }
    }

  return doubts;
}

static int
rank (const SbOcrPlace *place)
{
  int field = 0;

  while (field < (int) G_N_ELEMENTS (order) - 1 && order[field] != place->field)
    field++;

  return ((int) place->row * (int) G_N_ELEMENTS (order) + field) * 512 + place->sign;
}

/* The doubt after (@by 1) or before (-1) the one under review, round and round. */
gboolean
sb_ocr_review_step_doubt (SbOcrReview *self,
                          int          by)
{
  g_autoptr (GArray) doubts = list_doubts (self);
  int                here = rank (&self->at);
  int                found = -1;

  if (doubts->len == 0)
    return FALSE;
  for (guint i = 0; i < doubts->len; i++)
    {
      int there = rank (&g_array_index (doubts, SbOcrPlace, i));

      if (by > 0 && there > here && found < 0)
        found = (int) i;
      if (by < 0 && there < here)
        found = (int) i;
    }
  if (found < 0)
    found = by > 0 ? 0 : (int) doubts->len - 1;
  sb_ocr_review_go (self, g_array_index (doubts, SbOcrPlace, found));

  return TRUE;
}

/* -- what is decided -- */

/* A number with a letter still in doubt is not accepted: the letter comes first. */
static gboolean
number_in_doubt (const SbOcrRow *row,
                 SbOcrPlace     *place)
{
  return doubt_in_row (row, place) && sb_ocr_field_is_number (place->field);
}

void
sb_ocr_review_accept (SbOcrReview *self,
                      gboolean     goes_on)
{
  SbOcrRow  *row = row_at (self);
  SbOcrPlace place = self->at;

  if (row == NULL)
    return;
  if (number_in_doubt (row, &place))
    {
      sb_ocr_review_go (self, place);
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (row->state != SB_OCR_ACCEPTED)
    {
      remember (self);
      if (sb_ocr_row_has_number (row))
        sb_ocr_row_accept (row);
      else
        row->state = SB_OCR_SKIPPED; /* nobody can be written to without a number */
      keep (self, self->at.row);
    }
  if (goes_on)
    go_on (self);
  else
    go_to_row (self, self->at.row);
}

void
sb_ocr_review_skip (SbOcrReview *self)
{
  SbOcrRow *row = row_at (self);

  if (row == NULL)
    return;
  remember (self);
  row->state = SB_OCR_SKIPPED;
  keep (self, self->at.row);
  go_on (self);
}

void
sb_ocr_review_back (SbOcrReview *self)
{
  g_autofree char     *data = NULL;
  g_autoptr (JsonNode) node = NULL;
  SbOcrStep           *step;
  SbOcrPlace           at;

  if (self->steps->len == 0 || self->finishing)
    return;
  step = self->steps->pdata[self->steps->len - 1];
  at = step->at;
  if (step->before != NULL)
    {
      SbPaperBefore *before = g_steal_pointer (&step->before);

      g_ptr_array_remove_index (self->steps, self->steps->len - 1);
      sb_ocr_review_go_back (self, before, at);
      return;
    }
  data = g_steal_pointer (&step->data);
  g_ptr_array_remove_index (self->steps, self->steps->len - 1);
  node = sb_json_parse (data, -1, NULL);
  if (sb_json_root (node) != NULL && at.row < self->rows->len)
    {
      sb_ocr_row_free (self->rows->pdata[at.row]);
      self->rows->pdata[at.row] = sb_ocr_row_from_json (sb_json_root (node));
      keep (self, at.row);
    }
  sb_ocr_review_go (self, at);
}

static SbOcrChoice *
choice_new (const char *text,
            double      confidence)
{
  SbOcrChoice *choice = g_new0 (SbOcrChoice, 1);

  choice->text = g_strdup (text);
  choice->confidence = confidence;

  return choice;
}

static void
choice_free (gpointer data)
{
  SbOcrChoice *choice = data;

  g_free (choice->text);
  g_free (choice);
}

/* (transfer full): what the letter could be, the likeliest first; in a number only digits. */
GPtrArray *
sb_ocr_review_list_choices (SbOcrReview *self)
{
  GPtrArray       *choices = g_ptr_array_new_with_free_func (choice_free);
  const SbOcrSign *sign = sign_at (self);

  if (sign == NULL || !sign->doubt)
    return choices;
  g_ptr_array_add (choices, choice_new (sign->letter->text, sign->letter->confidence));
  for (guint i = 0; i < sign->letter->others->len && choices->len < 4; i++)
    {
      const SbOcrChoice *other = sign->letter->others->pdata[i];

      if (!sb_ocr_field_is_number (self->at.field) || g_unichar_isdigit (g_utf8_get_char (other->text)))
        g_ptr_array_add (choices, choice_new (other->text, other->confidence));
    }

  return choices;
}

void
sb_ocr_review_choose (SbOcrReview *self,
                      guint        number)
{
  g_autoptr (GPtrArray) choices = sb_ocr_review_list_choices (self);
  SbOcrPlace            place = self->at;

  if (number >= choices->len)
    return;
  remember (self);
  sb_ocr_row_choose (row_at (self), self->at.field, (guint) self->at.sign, ((const SbOcrChoice *) choices->pdata[number])->text);
  keep (self, self->at.row);
  /* The next doubt of the same row, or the row as a whole, which now waits for Enter. */
  if (!doubt_in_row (row_at (self), &place))
    place.sign = -1;
  sb_ocr_review_go (self, place);
}

void
sb_ocr_review_retype (SbOcrReview *self)
{
  g_autofree char *text = NULL;

  if (row_at (self) == NULL)
    return;
  text = sb_ocr_row_dup_text (row_at (self), self->at.field);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_widget_set_visible (self->entry, TRUE);
  gtk_widget_set_visible (self->value, FALSE);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/* What was typed takes the place of what was read. */
void
sb_ocr_review_typed (SbOcrReview *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  SbOcrPlace       place = self->at;

  g_strstrip (text);
  remember (self);
  sb_ocr_row_set_text (row_at (self), self->at.field, text);
  row_at (self)->state = SB_OCR_OPEN;
  keep (self, self->at.row);
  if (!doubt_in_row (row_at (self), &place))
    place.sign = -1;
  sb_ocr_review_take_focus (self);
  sb_ocr_review_go (self, place);
}
