/* The second half of an import's page: the writing, and what came of it. */
#include <glib/gi18n.h>

#include "sb-contacts-out.h"
#include "sb-import-columns.h"
#include "sb-import-list.h"
#include "sb-import-page-private.h"
#include "sb-import-words.h"
#include "sb-imports-page.h"
#include "sb-page-parts.h"
#include "sb-tell.h"

/* -- the rows nobody can use, as a file -- */

static gboolean
write_rejected (SbImportPage *self,
                const char   *path,
                GError      **error)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GPtrArray) reasons = g_ptr_array_new ();

  for (guint i = 0; i < self->plan->mapping->columns->len; i++)
    g_ptr_array_add (titles, ((const SbImportColumn *) self->plan->mapping->columns->pdata[i])->title);
  for (guint i = 0; i < self->plan->rows->len; i++)
    {
      const SbPlanRow *row = self->plan->rows->pdata[i];

      if (row->fate != SB_FATE_REJECTED)
        continue;
      g_ptr_array_add (rows, row->cells);
      g_ptr_array_add (reasons, row->reason);
    }

  return sb_rows_write_csv (path, _("Reason"), titles, rows, reasons, error);
}

static void
save_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SbImportPage) self = user_data;
  g_autoptr (GFile)        file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, NULL);
  g_autofree char         *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError)       error = NULL;

  if (path != NULL)
    sb_tell (GTK_WIDGET (self), write_rejected (self, path, &error) ? _("Saved. Put the rows right and import the file again") : error->message);
}

void
sb_import_page_save_rejected (SbImportPage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  if (self->plan == NULL || self->plan->counts[SB_FATE_REJECTED] == 0)
    return;
  gtk_file_dialog_set_title (dialog, _("Save Rejected Rows"));
  /* Translators: the name that is offered for the file of rows that could not be used */
  gtk_file_dialog_set_initial_name (dialog, _("rejected rows.csv"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, save_cb, g_object_ref (self));
}

static void
save_all_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SbImportPage) self = user_data;
  g_autoptr (GFile)        file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, NULL);
  g_autofree char         *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError)       error = NULL;

  if (path != NULL && self->plan != NULL)
    sb_tell (GTK_WIDGET (self), sb_import_list_write (self->plan, self->table, self->decisions, sb_import_words_fate, path, &error) ? _("Saved") : error->message);
}

/* Every row with what becomes of it. */
void
sb_import_page_save_all (SbImportPage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  if (self->plan == NULL)
    return;
  gtk_file_dialog_set_title (dialog, _("Save List of All"));
  /* Translators: the name that is offered for the file with every row and what became of it */
  gtk_file_dialog_set_initial_name (dialog, _("all rows.csv"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, save_all_cb, g_object_ref (self));
}

/* -- what came of it -- */

static void
show_cb (SbImportPage *self)
{
  SbContactsPlace *place = self->place;
  gint64           id = self->import_id;

  sb_imports_page_show (SB_IMPORTS_PAGE (sb_contacts_place_show (place, "imports")), id);
}

static GtkWidget *
new_pill (SbImportPage *self,
          const char   *label,
          const char   *css_class,
          GCallback     callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "pill");
  sb_page_wrap_button (button);
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);

  return button;
}

static void
add_count (GtkWidget  *group,
           const char *title,
           guint       n)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *label;
  g_autofree char *count = sb_import_words_count (n);

  label = gtk_label_new (count);
  gtk_widget_add_css_class (label, "numeric");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static GtkWidget *
make_result (SbImportPage *self)
{
  const guint     *counts = self->plan->counts;
  guint            n = counts[SB_FATE_NEW] + counts[SB_FATE_CHANGED];
  g_autofree char *count = sb_import_words_count (n);
  guint            n_declared = sb_import_page_count_declared (self);
  g_autofree char *declared = sb_import_words_count (n_declared);
  g_autofree char *title = n_declared > 0 ? g_strdup_printf (ngettext ("Written Down for %s Person", "Written Down for %s People", n_declared), declared)
                                          : g_strdup_printf (ngettext ("%s Person Came In", "%s People Came In", n), count);
  g_autofree char *save = g_strdup_printf (ngettext ("Save the %u Row…", "Save the %u Rows…", counts[SB_FATE_REJECTED]), counts[SB_FATE_REJECTED]);
  g_autofree char *rows = sb_import_words_count (self->plan->rows->len);
  g_autofree char *all = g_strdup_printf (_("Save List of All %s…"), rows);
  GtkWidget       *page = adw_status_page_new ();
  GtkWidget       *clamp = adw_clamp_new ();
  GtkWidget       *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget       *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget       *group = adw_preferences_group_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "sb-tick-1-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("All of it can be taken back, also in a few days."));
  for (guint fate = SB_FATE_NEW; fate < SB_N_FATES; fate++)
    if (counts[fate] > 0)
      add_count (group, sb_import_words_fate ((SbFate) fate), counts[fate]);
  add_count (group, _("Rows Altogether"), self->plan->rows->len);
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (buttons), new_pill (self, _("Show in Imports"), "suggested-action", G_CALLBACK (show_cb)));
  if (counts[SB_FATE_REJECTED] > 0)
    gtk_box_append (GTK_BOX (buttons), new_pill (self, save, NULL, G_CALLBACK (sb_import_page_save_rejected)));
  gtk_box_append (GTK_BOX (buttons), new_pill (self, all, NULL, G_CALLBACK (sb_import_page_save_all)));
  gtk_box_append (GTK_BOX (column), buttons);
  gtk_box_append (GTK_BOX (column), group);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 480);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), clamp);

  return page;
}

/* -- the writing -- */

static void
progress_cb (guint    n_done,
             guint    n_rows,
             gpointer user_data)
{
  SbImportPage    *self = user_data;
  g_autofree char *text = g_strdup_printf (_("%'u of %'u rows written"), n_done, n_rows);

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), n_rows > 0 ? (double) n_done / n_rows : 1);
  gtk_label_set_text (GTK_LABEL (self->progress_words), text);
}

static void
applied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SbImportPage) self = user_data;
  g_autoptr (GError)       error = NULL;

  self->import_id = sb_engine_apply_import_finish (SB_ENGINE (object), result, &error);
  g_clear_object (&self->writing);
  adw_navigation_page_set_can_pop (ADW_NAVIGATION_PAGE (self), TRUE);
  if (error == NULL)
    {
      sb_engine_keep_import_draft (self->engine, NULL);
      self->result = make_result (self);
      gtk_stack_add_named (GTK_STACK (self->stack), self->result, "result");
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "result");
      sb_import_page_set_title (self, _("done"));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sb_tell (GTK_WIDGET (self), _("Nothing was changed"));
  else
    sb_tell (GTK_WIDGET (self), error->message);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "rows");
  sb_import_page_plan (self);
}

static void
cancel_cb (SbImportPage *self)
{
  if (self->writing != NULL)
    g_cancellable_cancel (self->writing);
  gtk_label_set_text (GTK_LABEL (self->progress_words), _("Taking back what was written…"));
}

static GtkWidget *
make_writing (SbImportPage *self)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *cancel = new_pill (self, _("Cancel"), NULL, G_CALLBACK (cancel_cb));
  GtkWidget *clamp = adw_clamp_new ();

  self->progress = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Rows Written"), -1);
  self->progress_words = gtk_label_new (NULL);
  gtk_widget_set_halign (cancel, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), self->progress);
  gtk_box_append (GTK_BOX (column), self->progress_words);
  gtk_box_append (GTK_BOX (column), cancel);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 420);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Bringing People In…"));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), clamp);

  return page;
}

void
sb_import_page_write (SbImportPage *self)
{
  SbImportWords words = { .table = self->table, .memory = sb_import_columns_get (SB_IMPORT_COLUMNS (self->columns)) };

  if (!gtk_widget_get_sensitive (self->import) || g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "rows") != 0 || self->writing != NULL)
    return;
  words.consent_method = sb_import_columns_get_consent (SB_IMPORT_COLUMNS (self->columns), &words.consent_wording);
  if (self->progress == NULL)
    gtk_stack_add_named (GTK_STACK (self->stack), make_writing (self), "writing");
  progress_cb (0, self->plan->rows->len, self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "writing");
  gtk_widget_set_visible (self->import, FALSE);
  sb_import_page_set_title (self, _("being written"));
  adw_navigation_page_set_can_pop (ADW_NAVIGATION_PAGE (self), FALSE);
  self->writing = g_cancellable_new ();
  sb_engine_apply_import_async (self->engine, self->plan, &words, progress_cb, self, self->writing, applied_cb, g_object_ref (self));
}
