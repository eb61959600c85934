#include "sb-import-detail.h"

#include <glib/gi18n.h>

#include "sb-engine-import-list.h"
#include "sb-import-words.h"
#include "sb-json.h"
#include "sb-page-parts.h"
#include "sb-tell.h"

#define KEPT_MAX 1000

struct _SbImportDetail
{
  AdwBin parent_instance;

  SbEngine      *engine;
  SbImport      *import;
  SbUndoPreview *preview;
  GCancellable  *looking;
  gboolean       undoing;
  guint          n_staying; /* as it was told before it was done */
};

G_DEFINE_FINAL_TYPE (SbImportDetail, sb_import_detail, ADW_TYPE_BIN)

static void rebuild (SbImportDetail *self);

/* -- what is done -- */

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbImportDetail) self = user_data;
  g_autoptr (GError)         error = NULL;
  g_autofree char           *back = NULL;
  g_autofree char           *stayed = NULL;
  g_autofree char           *words = NULL;
  guint                      n = 0, n_kept;

  self->undoing = FALSE;
  if (!sb_engine_undo_import_finish (SB_ENGINE (object), result, &n, &error))
    {
      sb_tell (GTK_WIDGET (self), error->message);
      rebuild (self);
      return;
    }
  n_kept = MIN (n, self->n_staying);
  back = sb_import_words_count (n - n_kept);
  stayed = sb_import_words_count (n_kept);
  /* Translators: after an import was taken back: "4,812 went back, 6 stayed" */
  words = g_strdup_printf (_("%s went back, %s stayed"), back, stayed);
  sb_tell (GTK_WIDGET (self), words);
}

static void
undo_cb (SbImportDetail *self)
{
  if (self->undoing || self->preview == NULL)
    return;
  self->undoing = TRUE;
  self->n_staying = self->preview->n_staying;
  sb_engine_undo_import_async (self->engine, self->import->id, undone_cb, g_object_ref (self));
  rebuild (self);
}

static void
save_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SbImportDetail) self = user_data;
  g_autoptr (GFile)          file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, NULL);
  g_autofree char           *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError)         error = NULL;
  guint                      n = 0;

  if (path != NULL)
    sb_tell (GTK_WIDGET (self), sb_engine_save_rejected (self->engine, self->import->id, path, &n, &error) ? _("Saved. Put the rows right and import the file again") : error->message);
}

static void
save_all_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SbImportDetail) self = user_data;
  g_autoptr (GFile)          file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, NULL);
  g_autofree char           *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError)         error = NULL;
  guint                      n = 0;

  if (path != NULL)
    sb_tell (GTK_WIDGET (self), sb_engine_save_import_list (self->engine, self->import->id, path, &n, &error) ? _("Saved") : error->message);
}

static void
save_list_cb (SbImportDetail *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Save List of All"));
  gtk_file_dialog_set_initial_name (dialog, _("all rows.csv"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, save_all_cb, g_object_ref (self));
}

static void
save_rejected_cb (SbImportDetail *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Save Rejected Rows"));
  gtk_file_dialog_set_initial_name (dialog, _("rejected rows.csv"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, save_cb, g_object_ref (self));
}

/* -- what is shown -- */

static GtkWidget *
add_group (GtkWidget  *column,
           const char *title,
           const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (GTK_BOX (column), group);

  return group;
}

static GtkWidget *
add_row (GtkWidget  *group,
         GtkWidget  *prefix,
         const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (prefix != NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), prefix);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  return row;
}

static GtkWidget *
new_text (const char *text,
          const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static char *
headline (const SbImport *import)
{
  guint            n = import->n_new + import->n_changed;
  g_autofree char *count = sb_import_words_count (n);

  switch (import->state)
    {
    case SB_IMPORT_WRITING:
      return g_strdup (_("This import was cut off while it was written"));
    case SB_IMPORT_UNDOING:
      return g_strdup (_("Taking this import back was cut off"));
    case SB_IMPORT_UNDONE:
      return g_strdup (_("This import was taken back"));
    case SB_IMPORT_DONE:
    default:
      /* Only what was said of the list is new. */
      if (n == 0 && import->n_same > 0)
        {
          g_autofree char *same = sb_import_words_count (import->n_same);

          return g_strdup_printf (ngettext ("Written down for %s person", "Written down for %s people", import->n_same), same);
        }
      return g_strdup_printf (ngettext ("%s person came in", "%s people came in", n), count);
    }
}

static char *
origin (SbImportDetail *self)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (self->import->at / 1000);
  g_autofree char      *file = sb_import_words_file (self->import->file_name);
  g_autofree char      *day = g_date_time_format (then, _("%-d %B %Y, %H:%M"));
  g_autofree char      *author = sb_reader_get_import_author (sb_engine_get_reader (self->engine), self->import->id);

  if (author == NULL)
    return g_strdup_printf (_("%s · imported on %s"), file, day);

  /* Translators: the file, the day, and who brought it in: "stall-list.csv · imported on 12 November 2026, 16:02 by Tom" */
  return g_strdup_printf (_("%s · imported on %s by %s"), file, day, author);
}

/* How many go back and how many stay, as a bar and in numbers. */
static void
add_share (GtkWidget           *card,
           const SbUndoPreview *preview)
{
  guint            n_back = preview->n_removed + preview->n_restored;
  guint            n = n_back + preview->n_staying;
  GtkWidget       *bar = gtk_progress_bar_new ();
  GtkWidget       *words = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *back_count = sb_import_words_count (n_back);
  g_autofree char *stay_count = sb_import_words_count (preview->n_staying);
  g_autofree char *back = g_strdup_printf (ngettext ("%s goes back to how it was", "%s go back to how they were", n_back), back_count);
  g_autofree char *stay = g_strdup_printf (ngettext ("%s stays", "%s stay", preview->n_staying), stay_count);
  GtkWidget       *start = new_text (back, NULL);

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar), n > 0 ? (double) n_back / n : 0);
  gtk_widget_add_css_class (bar, "sb-share");
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("How Many Go Back"), -1);
  gtk_widget_set_hexpand (start, TRUE);
  gtk_box_append (GTK_BOX (words), start);
  gtk_box_append (GTK_BOX (words), new_text (stay, NULL));
  gtk_box_append (GTK_BOX (card), bar);
  gtk_box_append (GTK_BOX (card), words);
}

static void
add_card (SbImportDetail *self,
          GtkWidget      *column)
{
  GtkWidget       *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *title = headline (self->import);
  g_autofree char *text = origin (self);

  gtk_widget_add_css_class (card, "sb-card");
  gtk_box_append (GTK_BOX (card), new_text (title, "title-3"));
  gtk_box_append (GTK_BOX (card), new_text (text, "dimmed"));
  if (self->preview != NULL && self->import->state != SB_IMPORT_UNDONE && self->preview->n_removed + self->preview->n_restored + self->preview->n_staying > 0)
    add_share (card, self->preview);
  gtk_box_append (GTK_BOX (column), card);
}

static GtkWidget *
new_pill (SbImportDetail *self,
          const char     *label,
          GCallback       callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  sb_page_wrap_button (button);
  gtk_widget_add_css_class (button, "pill");
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);

  return button;
}

static void
add_buttons (SbImportDetail *self,
             GtkWidget      *column)
{
  GtkWidget       *buttons = adw_wrap_box_new ();
  guint            n = self->import->n_new + self->import->n_changed + self->import->n_rejected;
  g_autofree char *count = sb_import_words_count (n);
  g_autofree char *all = g_strdup_printf (_("Save List of All %s…"), count);

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (buttons), 12);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (buttons), 12);
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  if (self->import->state != SB_IMPORT_UNDONE)
    {
      GtkWidget *undo = new_pill (self, self->undoing ? _("Going Back…") : _("Undo Import"), G_CALLBACK (undo_cb));

      gtk_widget_add_css_class (undo, "suggested-action");
      gtk_widget_set_sensitive (undo, self->preview != NULL && !self->undoing);
      adw_wrap_box_append (ADW_WRAP_BOX (buttons), undo);
    }
  if (self->import->n_rejected > 0)
    adw_wrap_box_append (ADW_WRAP_BOX (buttons), new_pill (self, _("Save Rejected Rows…"), G_CALLBACK (save_rejected_cb)));
  if (n > 0)
    adw_wrap_box_append (ADW_WRAP_BOX (buttons), new_pill (self, all, G_CALLBACK (save_list_cb)));
  gtk_box_append (GTK_BOX (column), buttons);
}

static void
add_count (GtkWidget *group,
           SbFate     fate,
           guint      n)
{
  GtkWidget       *icon = gtk_image_new_from_icon_name (sb_import_words_fate_icon (fate));
  GtkWidget       *row;
  GtkWidget       *label;
  g_autofree char *count = sb_import_words_count (n);

  if (n == 0)
    return;
  gtk_widget_add_css_class (icon, sb_import_words_fate_class (fate));
  row = add_row (group, icon, sb_import_words_fate (fate), NULL);
  label = gtk_label_new (count);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

static void
add_consent (SbImportDetail *self,
             GtkWidget      *group)
{
  g_autofree char     *about = sb_reader_get_import_about (sb_engine_get_reader (self->engine), self->import->id);
  g_autoptr (JsonNode) node = about != NULL ? sb_json_parse (about, -1, NULL) : NULL;
  JsonObject          *consent = sb_json_object (sb_json_root (node), "consent");
  const char          *wording = sb_json_string (consent, "wording");

  if (consent != NULL)
    add_row (group, gtk_image_new_from_icon_name ("sb-note-symbolic"), _("You wrote down how you got their permission"), wording != NULL && wording[0] != '\0' ? wording : NULL);
}

static void
add_what_came (SbImportDetail *self,
               GtkWidget      *column)
{
  GtkWidget *group = add_group (column, _("What Came"), NULL);

  add_count (group, SB_FATE_NEW, self->import->n_new);
  add_count (group, SB_FATE_CHANGED, self->import->n_changed);
  add_count (group, SB_FATE_SAME, self->import->n_same);
  add_count (group, SB_FATE_MERGED, self->import->n_merged);
  add_count (group, SB_FATE_REJECTED, self->import->n_rejected);
  add_consent (self, group);
}

static void
add_what_goes_back (const SbUndoPreview *preview,
                    GtkWidget           *column)
{
  GtkWidget       *group = add_group (column, _("What Goes Back"), NULL);
  g_autofree char *removed_count = sb_import_words_count (preview->n_removed);
  g_autofree char *restored_count = sb_import_words_count (preview->n_restored);
  g_autofree char *removed = g_strdup_printf (ngettext ("%s new person is removed", "%s new people are removed", preview->n_removed), removed_count);
  g_autofree char *restored = g_strdup_printf (ngettext ("%s person gets back what they had", "%s people get back what they had", preview->n_restored), restored_count);
  g_autofree char *names = g_strdup_printf (ngettext ("%u of them an old name", "%u of them their old names", preview->n_names), preview->n_names);

  if (preview->n_removed > 0)
    add_row (group, gtk_image_new_from_icon_name ("list-remove-symbolic"), removed, _("Nobody has written to them or changed them since"));
  if (preview->n_restored > 0)
    add_row (group, gtk_image_new_from_icon_name ("edit-undo-symbolic"), restored, preview->n_names > 0 ? names : NULL);
  add_row (group, gtk_image_new_from_icon_name ("sb-note-symbolic"), _("What people agreed to stays"), _("It is never shortened, and no file adds to it"));
}

static void
open_cb (GtkWidget *row)
{
  const gint64 *id = g_object_get_data (G_OBJECT (row), "contact");

  gtk_widget_activate_action (row, "place.contact", "x", *id);
}

/* Whoever stays can be looked at. */
static void
add_staying (GtkWidget  *group,
             gint64      contact_id,
             const char *name,
             const char *why)
{
  const char *shown = name != NULL ? name : _("No name");
  GtkWidget *row = add_row (group, adw_avatar_new (30, shown, TRUE), shown, why);
  GtkWidget *next = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_accessible_update_state (GTK_ACCESSIBLE (next), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), next);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "contact", g_memdup2 (&contact_id, sizeof contact_id), g_free);
  g_signal_connect (row, "activated", G_CALLBACK (open_cb), NULL);
}

static void
add_who_stays (const SbUndoPreview *preview,
               GtkWidget           *column)
{
  g_autofree char *count = sb_import_words_count (preview->n_staying);
  g_autofree char *title = g_strdup_printf (ngettext ("%s Stays as It Is", "%s Stay as They Are", preview->n_staying), count);
  GtkWidget       *group;

  if (preview->n_staying == 0)
    return;
  group = add_group (column, title, _("Somebody worked on them after the import, so undo leaves them alone"));
  for (guint i = 0; i < preview->staying->len; i++)
    {
      const SbStayingRow *row = preview->staying->pdata[i];
      g_autofree char    *why = sb_import_words_stays (row);

      add_staying (group, row->contact_id, row->name, why);
    }
}

static void
add_who_stayed (SbImportDetail *self,
                GtkWidget      *column)
{
  g_autoptr (GPtrArray) kept = sb_reader_list_kept (sb_engine_get_reader (self->engine), self->import->id, 0, KEPT_MAX);
  g_autofree char      *title = g_strdup_printf (ngettext ("%u Stayed", "%u Stayed", kept->len), kept->len);
  GtkWidget            *group;

  if (kept->len == 0)
    return;
  group = add_group (column, title, _("Somebody had worked on them, so they were left alone"));
  for (guint i = 0; i < kept->len; i++)
    {
      const SbKeptRow *row = kept->pdata[i];
      g_autofree char *why = sb_import_words_kept (row->why);

      add_staying (group, row->contact_id, row->name, why);
    }
}

static void
rebuild (SbImportDetail *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_widget_add_css_class (column, "sb-import-detail");
  add_card (self, column);
  add_buttons (self, column);
  add_what_came (self, column);
  if (self->import->state == SB_IMPORT_UNDONE)
    add_who_stayed (self, column);
  else if (self->preview != NULL)
    {
      add_what_goes_back (self->preview, column);
      add_who_stays (self->preview, column);
    }
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 640);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbImportDetail) self = user_data;
  g_autoptr (GError)         error = NULL;
  SbUndoPreview             *preview = sb_engine_preview_undo_finish (SB_ENGINE (object), result, &error);

  if (preview == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("%s", error->message);
      return;
    }
  g_clear_pointer (&self->preview, sb_undo_preview_free);
  self->preview = preview;
  rebuild (self);
}

void
sb_import_detail_show (SbImportDetail *self,
                       gint64          import_id)
{
  SbImport *import = sb_reader_get_import (sb_engine_get_reader (self->engine), import_id);

  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  if (import == NULL)
    return;
  if (self->import == NULL || self->import->id != import->id || import->state == SB_IMPORT_UNDONE)
    g_clear_pointer (&self->preview, sb_undo_preview_free);
  g_clear_pointer (&self->import, sb_import_free);
  self->import = import;
  rebuild (self);
  if (import->state == SB_IMPORT_UNDONE)
    return;
  self->looking = g_cancellable_new ();
  sb_engine_preview_undo_async (self->engine, import_id, self->looking, looked_cb, g_object_ref (self));
}

static void
sb_import_detail_dispose (GObject *object)
{
  SbImportDetail *self = SB_IMPORT_DETAIL (object);

  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->import, sb_import_free);
  g_clear_pointer (&self->preview, sb_undo_preview_free);

  G_OBJECT_CLASS (sb_import_detail_parent_class)->dispose (object);
}

static void
sb_import_detail_class_init (SbImportDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_import_detail_dispose;
}

static void
sb_import_detail_init (SbImportDetail *self)
{
}

GtkWidget *
sb_import_detail_new (SbEngine *engine)
{
  SbImportDetail *self = g_object_new (SB_TYPE_IMPORT_DETAIL, NULL);

  self->engine = g_object_ref (engine);

  return GTK_WIDGET (self);
}
