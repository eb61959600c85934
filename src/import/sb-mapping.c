#include "sb-mapping.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-phone-cell.h"
#include "sb-rows.h"

#define TOP_ROWS 6 /* among which the titles are looked for */

/* What the sample says of a column, each a share of the cells that are not empty. */
typedef struct
{
  guint  n;
  double numbers;
  double mails;
  double words;
  double mixed; /* words and a number in one cell */
} Look;

static void
column_free (gpointer data)
{
  SbImportColumn *column = data;

  g_free (column->title);
  g_free (column->sample);
  g_free (column);
}

void
sb_mapping_free (SbMapping *self)
{
  g_ptr_array_unref (self->columns);
  g_free (self);
}

gboolean
sb_mapping_has (const SbMapping *self,
                SbField          field)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (((const SbImportColumn *) self->columns->pdata[i])->field == field)
      return TRUE;

  return FALSE;
}

static const char *
cell_at (GPtrArray *row,
         guint      column)
{
  return column < row->len ? row->pdata[column] : "";
}

static gboolean
has_letters (const char *text)
{
  guint n = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    n += g_unichar_isalpha (g_utf8_get_char (c)) != 0;

  return n >= 2;
}

static Look
look_at (GPtrArray *rows,
         guint      first,
         guint      column)
{
  Look look = { 0 };

  for (guint i = first; i < rows->len; i++)
    {
      const char      *text = cell_at (rows->pdata[i], column);
      g_autofree char *rest = NULL;
      g_autofree char *found = NULL;

      if (text[0] == '\0')
        continue;
      look.n++;
      if (sb_phone_cell_is_likely (text))
        look.numbers++;
      else if (strchr (text, '@') != NULL && strchr (text, ' ') == NULL)
        look.mails++;
      else if ((found = sb_phone_cell_find (text, &rest)) != NULL && has_letters (text))
        look.mixed++;
      else if (has_letters (text))
        look.words++;
    }
  if (look.n > 0)
    {
      look.numbers /= look.n;
      look.mails /= look.n;
      look.words /= look.n;
      look.mixed /= look.n;
    }

  return look;
}

/* Somebody stands in it: a number or an address. */
static gboolean
is_somebody (GPtrArray *row)
{
  for (guint i = 0; i < row->len; i++)
    {
      g_autofree char *rest = NULL;
      g_autofree char *found = sb_phone_cell_find (row->pdata[i], &rest);

      if (found != NULL || sb_phone_cell_is_likely (row->pdata[i]) || strchr (row->pdata[i], '@') != NULL)
        return TRUE;
    }

  return FALSE;
}

static guint
count_known (GPtrArray *row)
{
  guint n = 0;

  for (guint i = 0; i < row->len; i++)
    n += *(const char *) row->pdata[i] != '\0' && g_utf8_strlen (row->pdata[i], -1) <= 40 && sb_field_of_title (row->pdata[i]) != SB_FIELD_OTHER;

  return n;
}

static gboolean
numbers_below (GPtrArray *rows,
               guint      at)
{
  GPtrArray *row = rows->pdata[at];

  for (guint i = 0; i < row->len; i++)
    if (has_letters (row->pdata[i]) && at + 1 < rows->len && look_at (rows, at + 1, i).numbers > 0.5)
      return TRUE;

  return FALSE;
}

/*
 * Titles are in the row that has most words known as such, of those above the first person; a name of the list may stand
 * above them and a second line of titles below. Without any known word it is the first row, when numbers follow below it.
 */
static guint
count_header (GPtrArray *rows)
{
  guint best = 0, most = 0, end = 0;

  while (end < MIN (rows->len, TOP_ROWS) && !is_somebody (rows->pdata[end]))
    {
      guint n = count_known (rows->pdata[end++]);

      if (n > most)
        {
          most = n;
          best = end;
        }
    }
  if (end == 0)
    return 0;
  if (most == 0)
    return numbers_below (rows, 0) ? 1 : 0;
  if (most == 1 && best > 1)
    return numbers_below (rows, best - 1) ? best : numbers_below (rows, 0) ? 1
                                                                           : best;
  if (best < end && count_known (rows->pdata[best]) > 0 && numbers_below (rows, best))
    best++;

  return best;
}

/* The title of a column: in the last row of titles, else in one above it. */
static const char *
title_at (SbMapping *self,
          GPtrArray *rows,
          guint      column)
{
  for (guint i = self->n_header; i > 0; i--)
    {
      const char *title = cell_at (rows->pdata[i - 1], column);

      if (title[0] != '\0')
        return title;
    }

  return "";
}

/* A name of the whole list ("Customers 2026") stands alone in its row. */
static gboolean
is_caption (GPtrArray *row)
{
  guint n = 0;

  for (guint i = 0; i < row->len; i++)
    n += *(const char *) row->pdata[i] != '\0';

  return n < 2;
}

/* "Phone" over two columns "Mobile" and "Home" stands only over the first of them. */
static SbField
field_at (SbMapping  *self,
          GPtrArray  *rows,
          guint       column,
          const char *title)
{
  SbField field = sb_field_of_title (title);

  for (guint i = self->n_header; field == SB_FIELD_OTHER && i > 1; i--)
    {
      const char *above = "";

      if (is_caption (rows->pdata[i - 2]))
        continue;
      for (guint j = column + 1; j > 0 && above[0] == '\0'; j--)
        above = cell_at (rows->pdata[i - 2], j - 1);
      field = sb_field_of_title (above);
    }

  return field;
}

/* A, B, ... Z, AA, ... */
static char *
letter_of (guint column)
{
  GString *text = g_string_new (NULL);

  for (guint rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    g_string_prepend_c (text, (char) ('A' + (rest - 1) % 26));

  return g_string_free (text, FALSE);
}

static void
make_columns (SbMapping *self,
              GPtrArray *rows)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n = MAX (n, ((GPtrArray *) rows->pdata[i])->len);

  for (guint i = 0; i < MIN (n, SB_COLUMNS_MAX); i++)
    {
      SbImportColumn *column = g_new0 (SbImportColumn, 1);
      const char     *title = title_at (self, rows, i);

      column->title = title[0] != '\0' ? g_strdup (title) : letter_of (i);
      column->field = title[0] != '\0' ? field_at (self, rows, i, title) : SB_FIELD_OTHER;
      column->is_mobile = sb_field_is_mobile (title);
      column->has_kind = i > 0 && sb_field_is_kind (title_at (self, rows, i - 1));
      for (guint j = self->n_header; j < rows->len && column->sample == NULL; j++)
        if (*cell_at (rows->pdata[j], i) != '\0')
          column->sample = g_strdup (cell_at (rows->pdata[j], i));
      g_ptr_array_add (self->columns, column);
    }
}

/* A title that promises numbers over a column that has none ("Phone type") is not believed when another column has them. */
static void
check_phones (SbMapping  *self,
              const Look *looks)
{
  gboolean proven = FALSE;

  for (guint i = 0; i < self->columns->len; i++)
    proven |= ((SbImportColumn *) self->columns->pdata[i])->field == SB_FIELD_PHONE && looks[i].numbers >= 0.5;

  for (guint i = 0; i < self->columns->len; i++)
    {
      SbImportColumn *column = self->columns->pdata[i];

      if (column->field == SB_FIELD_PHONE && looks[i].n > 0 && looks[i].numbers < 0.1 && looks[i].mixed < 0.1 && proven)
        column->field = SB_FIELD_NONE;
    }
}

/* A title that promises numbers over whole lines ("Amina 0612 34 56 78"): they are read as lines when nothing else has names. */
static void
check_lines (SbMapping  *self,
             const Look *looks)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      SbImportColumn *column = self->columns->pdata[i];

      if (column->field == SB_FIELD_PHONE && looks[i].mixed > 0.5 && !sb_mapping_has (self, SB_FIELD_NAME) && !sb_mapping_has (self, SB_FIELD_FIRST_NAME) && !sb_mapping_has (self, SB_FIELD_LAST_NAME))
        column->field = SB_FIELD_LINE;
    }
}

/* The best of those nobody named. */
static SbImportColumn *
find_column (SbMapping  *self,
             const Look *looks,
             gsize       offset,
             gboolean    of_numbers)
{
  SbImportColumn *best = NULL;
  double          most = 0.45;

  for (guint i = 0; i < self->columns->len; i++)
    {
      SbImportColumn *column = self->columns->pdata[i];
      double          share = G_STRUCT_MEMBER (double, &looks[i], offset);

      if (column->field != SB_FIELD_OTHER || share <= most || (of_numbers && sb_field_is_no_number (column->title)))
        continue;
      best = column;
      most = share;
    }

  return best;
}

static void
guess_rest (SbMapping  *self,
            const Look *looks)
{
  SbImportColumn *column;

  if (!sb_mapping_has (self, SB_FIELD_PHONE))
    {
      column = find_column (self, looks, G_STRUCT_OFFSET (Look, numbers), TRUE);
      if (column != NULL)
        column->field = SB_FIELD_PHONE;
      else if ((column = find_column (self, looks, G_STRUCT_OFFSET (Look, mixed), FALSE)) != NULL)
        column->field = SB_FIELD_LINE;
    }
  if (!sb_mapping_has (self, SB_FIELD_EMAIL) && (column = find_column (self, looks, G_STRUCT_OFFSET (Look, mails), FALSE)) != NULL)
    column->field = SB_FIELD_EMAIL;
  if (self->has_header || sb_mapping_has (self, SB_FIELD_LINE))
    return;
  /* Without titles the first words are the name. */
  if (!sb_mapping_has (self, SB_FIELD_NAME) && (column = find_column (self, looks, G_STRUCT_OFFSET (Look, words), FALSE)) != NULL)
    column->field = SB_FIELD_NAME;
}

/* By title, letter or number. */
static SbImportColumn *
named_column (SbMapping  *self,
              const char *name)
{
  g_autofree char *folded = sb_field_fold (name);
  guint64          number = 0;

  for (guint i = 0; i < self->columns->len; i++)
    {
      SbImportColumn  *column = self->columns->pdata[i];
      g_autofree char *title = sb_field_fold (column->title);

      if (g_str_equal (title, folded))
        return column;
    }
  for (guint i = 0; i < self->columns->len; i++)
    {
      g_autofree char *letter = letter_of (i);

      if (g_ascii_strcasecmp (letter, name) == 0)
        return self->columns->pdata[i];
    }
  if (g_ascii_string_to_unsigned (name, 10, 1, self->columns->len, &number, NULL))
    return self->columns->pdata[number - 1];

  return NULL;
}

static gboolean
choose (SbMapping  *self,
        const char *choice,
        GError    **error)
{
  const char      *equals = strrchr (choice, '=');
  g_autofree char *name = equals != NULL ? g_strndup (choice, equals - choice) : NULL;
  SbImportColumn  *column = name != NULL ? named_column (self, name) : NULL;
  SbField          field;

  if (equals == NULL || !sb_field_from_name (equals + 1, &field))
    {
      g_set_error (error, SB_ERROR, SB_ERROR_INVALID, _("“%s” does not say what a column means: COLUMN=FIELD is expected"), choice);
      return FALSE;
    }
  if (column == NULL)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_INVALID, _("The file has no column “%s”"), name);
      return FALSE;
    }
  column->field = field;
  column->chosen = TRUE;

  return TRUE;
}

/* The order in which the file's own days can only be meant, if any of them tells. */
static void
tell_dates (SbMapping *self,
            GPtrArray *rows)
{
  for (guint i = 0; i < self->columns->len && self->dates == SB_DATES_GUESS; i++)
    if (((SbImportColumn *) self->columns->pdata[i])->field == SB_FIELD_BIRTHDAY)
      for (guint j = self->n_header; j < rows->len && self->dates == SB_DATES_GUESS; j++)
        self->dates = sb_date_cell_tell (cell_at (rows->pdata[j], i));
}

static gboolean
take_choices (SbMapping         *self,
              const GArray      *fields,
              const char *const *choices,
              GError           **error)
{
  for (guint i = 0; fields != NULL && i < MIN (fields->len, self->columns->len); i++)
    {
      SbImportColumn *column = self->columns->pdata[i];

      column->field = g_array_index (fields, SbField, i);
      column->chosen = TRUE;
    }
  for (const char *const *choice = choices; choice != NULL && *choice != NULL; choice++)
    if (!choose (self, *choice, error))
      return FALSE;

  return TRUE;
}

SbMapping *
sb_mapping_guess (GPtrArray         *rows,
                  SbHeader           header,
                  const GArray      *fields,
                  const char *const *choices,
                  GError           **error)
{
  g_autoptr (SbMapping) self = g_new0 (SbMapping, 1);
  g_autofree Look      *looks = NULL;

  self->columns = g_ptr_array_new_with_free_func (column_free);
  if (rows->len == 0)
    return g_steal_pointer (&self);

  self->n_header = header == SB_HEADER_GUESS ? count_header (rows) : MIN ((guint) header - SB_HEADER_NONE, rows->len);
  self->has_header = self->n_header > 0;
  make_columns (self, rows);
  looks = g_new0 (Look, MAX (self->columns->len, 1));
  for (guint i = 0; i < self->columns->len; i++)
    looks[i] = look_at (rows, self->n_header, i);
  check_phones (self, looks);
  check_lines (self, looks);
  guess_rest (self, looks);
  if (!take_choices (self, fields, choices, error))
    return NULL;
  tell_dates (self, rows);

  return g_steal_pointer (&self);
}

char *
sb_mapping_shape (const SbMapping *self)
{
  g_autoptr (GString) titles = g_string_new (NULL);

  g_string_append_printf (titles, "%u", self->columns->len);
  for (guint i = 0; i < self->columns->len && self->has_header; i++)
    {
      g_autofree char *folded = sb_field_fold (((const SbImportColumn *) self->columns->pdata[i])->title);

      g_string_append_printf (titles, "\n%s", folded);
    }

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, titles->str, (gssize) titles->len);
}
