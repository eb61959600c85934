#include "sb-import-list.h"

#include <glib/gi18n-lib.h>

#include "sb-contacts-out.h"

static GPtrArray *
cells_of (const SbImportTable *table,
          SbDecisions         *decisions,
          const SbPlanRow     *row)
{
  const SbDecision *decision = decisions != NULL ? sb_decisions_get (decisions, row->index) : NULL;

  return decision != NULL && decision->cells != NULL ? decision->cells : ((SbTableRow *) table->rows->pdata[row->index])->cells;
}

static GPtrArray *
line_of (const SbPlanRow *row,
         GPtrArray       *cells)
{
  GPtrArray *line = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (line, g_strdup_printf ("%u", row->number));
  for (guint i = 0; i < cells->len; i++)
    g_ptr_array_add (line, g_strdup (cells->pdata[i]));

  return line;
}

gboolean
sb_import_list_write (const SbImportPlan  *plan,
                      const SbImportTable *table,
                      SbDecisions         *decisions,
                      SbFateWords          words,
                      const char          *path,
                      GError             **error)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) fates = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (titles, (gpointer) _("Row"));
  for (guint i = 0; i < plan->mapping->columns->len; i++)
    g_ptr_array_add (titles, ((const SbImportColumn *) plan->mapping->columns->pdata[i])->title);
  for (guint i = 0; i < plan->rows->len; i++)
    {
      const SbPlanRow *row = plan->rows->pdata[i];
      const char      *why = row->reason != NULL ? row->reason : row->remark;

      g_ptr_array_add (rows, line_of (row, cells_of (table, decisions, row)));
      /* Translators: what became of a row of a list, and why ("Cannot use: This is a date, not a phone number") */
      g_ptr_array_add (fates, why != NULL ? g_strdup_printf (_("%s: %s"), words (row->fate), why) : g_strdup (words (row->fate)));
    }

  /* Translators: title of the column that says what became of each row of a list */
  return sb_rows_write_csv (path, _("What Happened"), titles, rows, fates, error);
}
