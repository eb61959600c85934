/* What a person decides about rows of an import; each decision makes the plan anew, and can be taken back. */
#include "sb-fate-list.h"
#include "sb-fate-table.h"
#include "sb-import-page-private.h"
#include "sb-import-row-dialog.h"

#define HISTORY_MAX 50 /* decisions that can be taken back */

static void
remember_decisions (SbImportPage *self)
{
  if (self->history->len == HISTORY_MAX)
    g_ptr_array_remove_index (self->history, 0);
  g_ptr_array_add (self->history, sb_decisions_copy (self->decisions));
}

void
sb_import_page_use_number (SbImportPage *self,
                           const char   *number)
{
  const SbPlanRow *row = sb_fate_table_get_chosen (SB_FATE_TABLE (self->table_view));
  guint            column = G_MAXUINT;
  g_autofree char *written = NULL;

  if (row == NULL || row->cells == NULL || self->n_planned != NULL)
    return;
  written = sb_fate_list_written (self->plan, row->cells, &column);
  if (column == G_MAXUINT)
    return;
  remember_decisions (self);
  sb_decision_set_cell (sb_decisions_want (self->decisions, row->index), self->table->rows->pdata[row->index], column, number);
  self->to_rows = TRUE;
  sb_import_page_plan (self);
}

static void
edited_cb (SbImportPage      *self,
           SbImportRowDialog *dialog)
{
  guint       index = sb_import_row_dialog_get_index (dialog);
  SbDecision *decision = NULL;

  if (index >= self->table->rows->len)
    return;
  for (guint i = 0; i < sb_import_row_dialog_get_n_columns (dialog); i++)
    {
      const char *text = sb_import_row_dialog_get_cell (dialog, i);

      if (text == NULL)
        continue;
      if (decision == NULL)
        remember_decisions (self);
      decision = sb_decisions_want (self->decisions, index);
      sb_decision_set_cell (decision, self->table->rows->pdata[index], i, text);
    }
  if (decision == NULL)
    return;
  self->to_rows = TRUE;
  sb_import_page_plan (self);
}

/* Every cell of the chosen row. */
void
sb_import_page_edit_row (SbImportPage *self)
{
  const SbPlanRow  *row = sb_fate_table_get_chosen (SB_FATE_TABLE (self->table_view));
  const SbDecision *decision = row != NULL ? sb_decisions_get (self->decisions, row->index) : NULL;
  GPtrArray        *cells;
  AdwDialog        *dialog;

  if (row == NULL || self->n_planned != NULL || row->fix == SB_FIX_LEFT_OUT)
    return;
  cells = decision != NULL && decision->cells != NULL ? decision->cells : ((SbTableRow *) self->table->rows->pdata[row->index])->cells;
  dialog = sb_import_row_dialog_new (self->plan, row, cells);
  g_signal_connect_object (dialog, "save", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

void
sb_import_page_leave_row (SbImportPage *self)
{
  const SbPlanRow *row = sb_fate_table_get_chosen (SB_FATE_TABLE (self->table_view));

  if (row == NULL || self->n_planned != NULL)
    return;
  remember_decisions (self);
  sb_decisions_want (self->decisions, row->index)->left_out = row->fix != SB_FIX_LEFT_OUT;
  self->to_rows = TRUE;
  sb_import_page_plan (self);
}

void
sb_import_page_use_country (SbImportPage *self)
{
  if (self->plan->fix_country == NULL || self->n_planned != NULL)
    return;
  remember_decisions (self);
  for (guint i = 0; i < self->plan->fix_rows->len; i++)
    g_set_str (&sb_decisions_want (self->decisions, g_array_index (self->plan->fix_rows, guint, i))->country, self->plan->fix_country);
  sb_import_page_plan (self);
}

void
sb_import_page_bring_back (SbImportPage *self)
{
  if (self->plan->n_erased == 0 || self->n_planned != NULL)
    return;
  remember_decisions (self);
  for (guint i = 0; i < self->plan->rows->len; i++)
    {
      const SbPlanRow *row = self->plan->rows->pdata[i];

      if (row->fix == SB_FIX_ERASED)
        sb_decisions_want (self->decisions, row->index)->brought_back = TRUE;
    }
  sb_import_page_plan (self);
}

void
sb_import_page_take_back (SbImportPage *self)
{
  if (self->history->len == 0 || self->n_planned != NULL)
    return;
  g_hash_table_unref (self->decisions);
  self->decisions = g_ptr_array_steal_index (self->history, self->history->len - 1);
  self->to_rows = TRUE;
  sb_import_page_plan (self);
}
