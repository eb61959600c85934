#include "sb-import-row-dialog.h"

#include <glib/gi18n.h>

#include "sb-import-words.h"

#define SHOWN_MAX 100 /* columns, as beside the rows */

struct _SbImportRowDialog
{
  AdwDialog parent_instance;

  guint      index;
  GPtrArray *rows;  /* AdwEntryRow of each column, or NULL */
  GPtrArray *cells; /* char *, as they were */
};

G_DEFINE_FINAL_TYPE (SbImportRowDialog, sb_import_row_dialog, ADW_TYPE_DIALOG)

enum
{
  SAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

guint
sb_import_row_dialog_get_index (SbImportRowDialog *self)
{
  return self->index;
}

guint
sb_import_row_dialog_get_n_columns (SbImportRowDialog *self)
{
  return self->rows->len;
}

static const char *
cell_at (GPtrArray *cells,
         guint      column)
{
  return column < cells->len ? cells->pdata[column] : "";
}

/* A line has no place for a second one; only what was typed is taken. */
static char *
one_line (const char *text)
{
  return g_strdelimit (g_strdup (text), "\n\t\r", ' ');
}

const char *
sb_import_row_dialog_get_cell (SbImportRowDialog *self,
                               guint              column)
{
  GtkWidget       *row = self->rows->pdata[column];
  const char      *text = row != NULL ? gtk_editable_get_text (GTK_EDITABLE (row)) : NULL;
  g_autofree char *before = one_line (cell_at (self->cells, column));

  return g_strcmp0 (text, before) != 0 ? text : NULL;
}

static void
save_cb (SbImportRowDialog *self)
{
  g_signal_emit (self, signals[SAVE], 0);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
add_columns (SbImportRowDialog  *self,
             GtkWidget          *group,
             const SbImportPlan *plan)
{
  for (guint i = 0; i < plan->mapping->columns->len; i++)
    {
      const SbImportColumn *column = plan->mapping->columns->pdata[i];
      const char           *cell = cell_at (self->cells, i);
      gboolean              is_shown = i < SHOWN_MAX && (column->sample != NULL || cell[0] != '\0' || (column->field != SB_FIELD_OTHER && column->field != SB_FIELD_NONE));
      GtkWidget            *row = is_shown ? adw_entry_row_new () : NULL;
      g_autofree char      *text = one_line (cell);

      g_ptr_array_add (self->rows, row);
      if (row == NULL)
        continue;
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), column->title);
      gtk_editable_set_text (GTK_EDITABLE (row), text);
      g_signal_connect_object (row, "entry-activated", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
}

static GtkWidget *
make_header (SbImportRowDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_label (_("Cancel"));
  GtkWidget *save = gtk_button_new_with_label (_("Use"));

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_widget_add_css_class (save, "suggested-action");
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (adw_dialog_close), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (save, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), save);

  return header;
}

static void
sb_import_row_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (SB_IMPORT_ROW_DIALOG (object)->rows);
  g_ptr_array_unref (SB_IMPORT_ROW_DIALOG (object)->cells);

  G_OBJECT_CLASS (sb_import_row_dialog_parent_class)->finalize (object);
}

static void
sb_import_row_dialog_class_init (SbImportRowDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_import_row_dialog_finalize;

  signals[SAVE] = g_signal_new ("save", SB_TYPE_IMPORT_ROW_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_import_row_dialog_init (SbImportRowDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->cells = g_ptr_array_new_with_free_func (g_free);
}

AdwDialog *
sb_import_row_dialog_new (const SbImportPlan *plan,
                          const SbPlanRow    *row,
                          GPtrArray          *cells)
{
  SbImportRowDialog *self = g_object_new (SB_TYPE_IMPORT_ROW_DIALOG, NULL);
  GtkWidget         *view = adw_toolbar_view_new ();
  GtkWidget         *page = adw_preferences_page_new ();
  GtkWidget         *group = adw_preferences_group_new ();
  g_autofree char   *title = g_strdup_printf (_("Row %u"), row->number);
  g_autofree char   *about = sb_import_words_about (row);

  self->index = row->index;
  for (guint i = 0; i < cells->len; i++)
    g_ptr_array_add (self->cells, g_strdup (cells->pdata[i]));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), about);
  add_columns (self, group, plan);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), make_header (self));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (ADW_DIALOG (self), title);
  adw_dialog_set_content_width (ADW_DIALOG (self), 480);
  adw_dialog_set_child (ADW_DIALOG (self), view);

  return ADW_DIALOG (self);
}
