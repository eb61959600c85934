#include "sb-import-table.h"

static void
row_free (gpointer data)
{
  SbTableRow *row = data;

  g_ptr_array_unref (row->cells);
  g_free (row->fault);
  g_free (row->remark);
  g_free (row);
}

SbImportTable *
sb_import_table_new (const char *file_name)
{
  SbImportTable *self = g_new0 (SbImportTable, 1);

  g_atomic_ref_count_init (&self->refs);
  self->file_name = g_strdup (file_name);
  self->rows = g_ptr_array_new_with_free_func (row_free);

  return self;
}

SbImportTable *
sb_import_table_ref (SbImportTable *self)
{
  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
sb_import_table_unref (SbImportTable *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->file_name);
  sb_file_about_clear (&self->about);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static GPtrArray *
copy_cells (GPtrArray *cells)
{
  GPtrArray *copy = g_ptr_array_new_full (cells->len, g_free);

  for (guint i = 0; i < cells->len; i++)
    g_ptr_array_add (copy, g_strdup (cells->pdata[i]));

  return copy;
}

void
sb_import_table_add (SbImportTable *self,
                     const SbRow   *row)
{
  SbTableRow *kept = g_new0 (SbTableRow, 1);

  kept->number = row->number;
  kept->cells = copy_cells (row->cells);
  kept->fault = g_strdup (row->fault);
  kept->remark = g_strdup (row->remark);
  g_ptr_array_add (self->rows, kept);
}

static gboolean
row_cb (const SbRow *row,
        gpointer     data,
        GError     **error)
{
  sb_import_table_add (data, row);

  return TRUE;
}

SbImportTable *
sb_import_table_read_file (const char   *path,
                           const char   *sheet,
                           GCancellable *cancellable,
                           GError      **error)
{
  g_autofree char          *name = g_path_get_basename (path);
  g_autoptr (SbImportTable) self = sb_import_table_new (name);

  if (!sb_rows_read_file (path, sheet, &self->about, row_cb, self, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

SbImportTable *
sb_import_table_read_text (const char *text,
                           GError    **error)
{
  g_autoptr (SbImportTable) self = sb_import_table_new (NULL);

  if (!sb_rows_read_text (text, &self->about, row_cb, self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* -- decisions -- */

static void
decision_free (gpointer data)
{
  SbDecision *decision = data;

  g_free (decision->country);
  g_clear_pointer (&decision->cells, g_ptr_array_unref);
  g_free (decision);
}

SbDecisions *
sb_decisions_new (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, decision_free);
}

const SbDecision *
sb_decisions_get (SbDecisions *self,
                  guint        index)
{
  return g_hash_table_lookup (self, GUINT_TO_POINTER (index));
}

/* The decision about a row, to be changed. */
SbDecision *
sb_decisions_want (SbDecisions *self,
                   guint        index)
{
  SbDecision *decision = g_hash_table_lookup (self, GUINT_TO_POINTER (index));

  if (decision == NULL)
    {
      decision = g_new0 (SbDecision, 1);
      g_hash_table_insert (self, GUINT_TO_POINTER (index), decision);
    }

  return decision;
}

SbDecisions *
sb_decisions_copy (SbDecisions *self)
{
  SbDecisions   *copy = sb_decisions_new ();
  GHashTableIter iter;
  gpointer       index, value;

  g_hash_table_iter_init (&iter, self);
  while (g_hash_table_iter_next (&iter, &index, &value))
    {
      const SbDecision *from = value;
      SbDecision       *to = sb_decisions_want (copy, GPOINTER_TO_UINT (index));

      to->left_out = from->left_out;
      to->brought_back = from->brought_back;
      to->country = g_strdup (from->country);
      to->cells = from->cells != NULL ? copy_cells (from->cells) : NULL;
    }

  return copy;
}

/* A row may be shorter than the widest: it grows as far as is needed. */
void
sb_decision_set_cell (SbDecision       *self,
                      const SbTableRow *row,
                      guint             column,
                      const char       *text)
{
  if (self->cells == NULL)
    self->cells = copy_cells (row->cells);
  while (self->cells->len <= column)
    g_ptr_array_add (self->cells, g_strdup (""));
  g_free (self->cells->pdata[column]);
  self->cells->pdata[column] = g_strdup (text);
}
