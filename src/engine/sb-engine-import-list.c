#include "sb-engine-import-list.h"

#include <glib/gi18n-lib.h>

#include "sb-contacts-out.h"
#include "sb-engine-private.h"
#include "sb-reader-import-list.h"

#define PAGE 500

static char *
fate_of (const SbListedRow *row)
{
  if (row->reason != NULL)
    return g_strdup_printf (_("Cannot use: %s"), row->reason);
  if (row->undone == 1)
    return g_strdup (_("Taken back"));
  if (row->undone == 2)
    return g_strdup (_("Stayed when the list was taken back"));

  if (row->is_same)
    return g_strdup (_("Same"));

  return g_strdup (row->is_new ? _("New") : _("Changed"));
}

static GPtrArray *
cells_of (const SbListedRow *row)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (cells, g_strdup_printf ("%u", row->number));
  g_ptr_array_add (cells, g_strdup (row->name != NULL ? row->name : ""));
  g_ptr_array_add (cells, row->number_text != NULL ? g_strconcat ("+", row->number_text, NULL) : g_strdup (""));

  return cells;
}

gboolean
sb_engine_save_import_list (SbEngine   *self,
                            gint64      import_id,
                            const char *path,
                            guint      *n_rows,
                            GError    **error)
{
  SbReader             *reader = sb_engine_get_reader (self);
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) fates = g_ptr_array_new_with_free_func (g_free);
  gint64                after = -1;
  guint                 n;

  g_ptr_array_add (titles, (gpointer) _("Row"));
  g_ptr_array_add (titles, (gpointer) _("Name"));
  g_ptr_array_add (titles, (gpointer) _("Phone"));
  do
    {
      g_autoptr (GPtrArray) page = sb_reader_list_import_rows (reader, import_id, after, PAGE);

      n = page->len;
      for (guint i = 0; i < n; i++)
        {
          const SbListedRow *row = page->pdata[i];

          g_ptr_array_add (rows, cells_of (row));
          g_ptr_array_add (fates, fate_of (row));
          after = row->number;
        }
    }
  while (n == PAGE);
  *n_rows = rows->len;

  return sb_rows_write_csv (path, _("What Happened"), titles, rows, fates, error);
}
