#include "sb-sheet-rows.h"

#include <glib/gi18n-lib.h>

struct _SbSheetRows
{
  SbRowFunc  func;
  gpointer   data;
  guint      number;
  guint      n_rows;
  GPtrArray *cells;
  gboolean   too_many;
  gboolean   is_hidden;
  gboolean   is_open;
};

SbSheetRows *
sb_sheet_rows_new (SbRowFunc func,
                   gpointer  data)
{
  SbSheetRows *self = g_new0 (SbSheetRows, 1);

  self->func = func;
  self->data = data;
  self->cells = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
sb_sheet_rows_free (SbSheetRows *self)
{
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/* @number: 0 for the one after the last. A row within a row, which no sheet has, ends the outer one. */
gboolean
sb_sheet_rows_begin (SbSheetRows *self,
                     guint        number,
                     GError     **error)
{
  if (self->is_open && !sb_sheet_rows_end (self, error))
    return FALSE;

  self->number = number > 0 ? number : self->number + 1;
  self->is_open = TRUE;

  return TRUE;
}

/* Of the row that is open: a filter or a person keeps it from being seen. */
void
sb_sheet_rows_hide (SbSheetRows *self)
{
  self->is_hidden = self->is_open;
}

/* @text: (transfer full) */
void
sb_sheet_rows_put (SbSheetRows *self,
                   guint        column,
                   char        *text)
{
  g_autofree char *owned = text;

  if (owned == NULL || owned[0] == '\0' || !self->is_open)
    return;
  if (column >= SB_COLUMNS_MAX)
    {
      self->too_many = TRUE;
      return;
    }

  while (self->cells->len <= column)
    g_ptr_array_add (self->cells, g_strdup (""));
  g_free (self->cells->pdata[column]);
  self->cells->pdata[column] = g_steal_pointer (&owned);
}

gboolean
sb_sheet_rows_end (SbSheetRows *self,
                   GError     **error)
{
  SbRow    row = { .number = self->number, .cells = self->cells };
  gboolean goes_on = TRUE;

  if (self->too_many)
    row.fault = _("The row has more than 1000 columns");
  if (self->is_hidden)
    row.remark = _("This row is hidden in the spreadsheet");
  if (self->cells->len > 0 || self->too_many)
    {
      if (++self->n_rows > SB_ROWS_MAX)
        {
          g_set_error_literal (error, SB_ERROR, SB_ERROR_TOO_LARGE, _("The file has more than 1,000,000 rows"));
          return FALSE;
        }
      goes_on = self->func (&row, self->data, error);
    }
  g_ptr_array_set_size (self->cells, 0);
  self->too_many = self->is_open = self->is_hidden = FALSE;

  return goes_on;
}

/* Did any row come? */
gboolean
sb_sheet_rows_any (SbSheetRows *self)
{
  return self->n_rows > 0;
}
