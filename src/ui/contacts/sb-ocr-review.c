#include "sb-ocr-review.h"

#include <glib/gi18n.h>

#include "sb-alert.h"
#include "sb-ocr-review-layout.h"
#include "sb-ocr-review-private.h"
#include "sb-ocr-scan.h"
#include "sb-tell.h"

/**
 * SbOcrReview:
 *
 * What was read from paper, beside the paper. Every number is looked at by somebody before it comes in: Finish stays off until
 * then. What is decided is kept in the shop at once, so the page can be left and gone on with.
 */
G_DEFINE_FINAL_TYPE (SbOcrReview, sb_ocr_review, ADW_TYPE_NAVIGATION_PAGE)

/* -- what is shown -- */

static guint
count_state (SbOcrReview  *self,
             SbOcrRowState state)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += ((const SbOcrRow *) self->rows->pdata[i])->state == state;

  return n;
}

static void
show_title (SbOcrReview *self)
{
  g_autoptr (SbPaper) paper = sb_reader_get_paper (sb_engine_get_reader (self->engine), self->paper_id);
  guint               n_seen = self->rows->len - count_state (self, SB_OCR_OPEN);
  guint               n_doubts = sb_ocr_review_count_doubts (self);
  g_autofree char    *rows = g_strdup_printf (ngettext ("%u row read", "%u rows read", self->rows->len), self->rows->len);
  g_autofree char    *seen = g_strdup_printf (ngettext ("%u looked at", "%u looked at", n_seen), n_seen);
  g_autofree char    *doubts = g_strdup_printf (ngettext ("%u doubt left", "%u doubts left", n_doubts), n_doubts);
  /* The name of a file keeps its own direction, and leaves the line its own. */
  g_autofree char *file = g_strdup_printf ("\u2068%s\u2069", paper != NULL && paper->file_name != NULL ? paper->file_name : "");
  /* Translators: file name, rows read, rows looked at, doubts left */
  g_autofree char *subtitle = g_strdup_printf (_("%s · %s, %s, %s"), file, rows, seen, doubts);

  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), self->is_narrow ? seen : subtitle);
  gtk_widget_set_sensitive (self->finish, !self->finishing && sb_ocr_rows_are_reviewed (self->rows));
}

static void
choice_cb (GtkButton   *button,
           SbOcrReview *self)
{
  sb_ocr_review_choose (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "choice")));
}

static GtkWidget *
choice_button (SbOcrReview       *self,
               guint              number,
               const SbOcrChoice *choice)
{
  GtkWidget       *button = gtk_button_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *letter = gtk_label_new (choice->text);
  g_autofree char *sure = g_strdup_printf (_("%d %%"), (int) choice->confidence);
  g_autofree char *key = g_strdup_printf ("%u", number + 1);
  GtkWidget       *cap = gtk_label_new (key);
  GtkWidget       *percent = gtk_label_new (sure);

  gtk_widget_add_css_class (letter, "heading");
  gtk_widget_add_css_class (percent, "dimmed");
  gtk_widget_add_css_class (percent, "caption");
  gtk_widget_add_css_class (cap, "sb-key");
  gtk_box_append (GTK_BOX (box), letter);
  gtk_box_append (GTK_BOX (box), percent);
  gtk_box_append (GTK_BOX (box), cap);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, choice->text, -1);
  g_object_set_data (G_OBJECT (button), "choice", GUINT_TO_POINTER (number));
  g_signal_connect_object (button, "clicked", G_CALLBACK (choice_cb), self, 0);

  return button;
}

static void
show_choices (SbOcrReview *self)
{
  g_autoptr (GPtrArray) choices = sb_ocr_review_list_choices (self);
  GtkWidget            *child;
  GtkWidget            *other;

  while ((child = gtk_widget_get_first_child (self->choices)) != NULL)
    adw_wrap_box_remove (ADW_WRAP_BOX (self->choices), child);
  gtk_widget_set_visible (self->choices, choices->len > 0);
  if (choices->len == 0)
    return;
  for (guint i = 0; i < choices->len; i++)
    adw_wrap_box_append (ADW_WRAP_BOX (self->choices), choice_button (self, i, choices->pdata[i]));
  other = gtk_button_new_with_label (_("Other…"));
  gtk_widget_add_css_class (other, "flat");
  g_signal_connect_object (other, "clicked", G_CALLBACK (sb_ocr_review_retype), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (ADW_WRAP_BOX (self->choices), other);
}

static void
show_hint (SbOcrReview    *self,
           const SbOcrRow *row)
{
  const char *hint = NULL;

  if (row->state == SB_OCR_ACCEPTED)
    hint = _("Accepted. “Back” takes that back.");
  else if (row->state == SB_OCR_SKIPPED)
    hint = _("Skipped: this row does not come in. “Back” takes that back.");
  else if (!sb_ocr_row_has_number (row))
    hint = _("Without a number nobody can be written to. Retype it, or skip the row.");
  else if (self->at.sign >= 0)
    hint = _("Choose the letter it is, or retype it.");
  else if (!sb_ocr_row_number_is_whole (row, self->country))
    hint = _("This is not a whole number: digits are missing or too many. Retype it.");
  else
    hint = _("Compare it with the paper, then accept it.");
  gtk_label_set_text (GTK_LABEL (self->hint), hint);
}

static void
show_counter (SbOcrReview *self)
{
  guint            n = sb_ocr_review_count_doubts (self);
  g_autofree char *text = g_strdup_printf (ngettext ("%u doubt left", "%u doubts left", n), n);

  gtk_label_set_text (GTK_LABEL (self->counter), n > 0 ? text : _("No doubts left"));
}

static GdkTexture *
texture_of (SbOcrReview *self,
            int          page)
{
  GdkTexture *texture = g_hash_table_lookup (self->textures, GINT_TO_POINTER (page));

  for (guint i = 0; texture == NULL && i < self->pages->len; i++)
    {
      const SbPaperPage *found = self->pages->pdata[i];
      g_autofree char   *path = found->number == page ? sb_engine_dup_paper_picture (self->engine, found) : NULL;

      /* The picture was written by the helper: upright, of a size that is known. */
      if (path != NULL && (texture = gdk_texture_new_from_filename (path, NULL)) != NULL)
        {
          g_hash_table_remove_all (self->textures);
          g_hash_table_insert (self->textures, GINT_TO_POINTER (page), texture);
        }
    }

  return texture;
}

static void
show_paper (SbOcrReview    *self,
            const SbOcrRow *row)
{
  const SbOcrCell *cell = row->cells[self->at.field];
  GdkTexture      *texture = texture_of (self, row->page);
  SbOcrBox         doubt = { 0 };

  if (cell != NULL && self->at.sign >= 0 && (guint) self->at.sign < cell->signs->len)
    doubt = ((const SbOcrSign *) cell->signs->pdata[self->at.sign])->letter->box;
  sb_ocr_photo_set_texture (SB_OCR_PHOTO (self->photo), texture);
  sb_ocr_photo_set_boxes (SB_OCR_PHOTO (self->photo), row->box, cell != NULL ? cell->box : (SbOcrBox) { 0 });
  sb_ocr_crop_show (SB_OCR_CROP (self->crop), texture, cell != NULL ? cell->box : row->box, doubt);
}

void
sb_ocr_review_show (SbOcrReview *self)
{
  const SbOcrRow  *row = self->at.row < self->rows->len ? self->rows->pdata[self->at.row] : NULL;
  g_autofree char *name = NULL;
  g_autofree char *heading = NULL;
  g_autofree char *markup = NULL;

  show_title (self);
  if (row == NULL)
    return;
  name = sb_ocr_row_dup_text (row, SB_OCR_NAME);
  /* Translators: number of the row, name of the person, what is looked at, as "Row 3 · Khalid · number" */
  heading = g_strdup_printf (_("Row %u · %s · %s"), row->number, name, sb_ocr_review_field_title (self->at.field));
  markup = sb_ocr_review_cell_markup (row, self->at.field);
  gtk_label_set_text (GTK_LABEL (self->heading), heading);
  gtk_label_set_markup (GTK_LABEL (self->value), markup[0] != '\0' ? markup : "—");
  gtk_widget_set_visible (self->value, TRUE);
  gtk_widget_set_visible (self->entry, FALSE);
  show_counter (self);
  show_choices (self);
  show_hint (self, row);
  sb_ocr_review_show_fields (self, row);
  show_paper (self, row);
  self->filling = TRUE;
  gtk_single_selection_set_selected (self->selection, self->at.row);
  gtk_column_view_scroll_to (GTK_COLUMN_VIEW (self->table), self->at.row, NULL, GTK_LIST_SCROLL_NONE, NULL);
  self->filling = FALSE;
}

/* -- the end -- */

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GtkWidget) overlay = user_data;
  g_autoptr (GError)    error = NULL;
  guint                 n = 0;
  g_autofree char      *text = NULL;

  if (sb_engine_undo_import_finish (SB_ENGINE (object), result, &n, &error))
    text = g_strdup_printf (ngettext ("%u went back", "%u went back", n), n);
  sb_tell (overlay, text != NULL ? text : error->message);
}

static void
undo_cb (AdwToast *toast,
         gpointer  user_data)
{
  GtkWidget    *overlay = user_data;
  SbEngine     *engine = g_object_get_data (G_OBJECT (toast), "engine");
  const gint64 *id = g_object_get_data (G_OBJECT (toast), "import");

  sb_engine_undo_import_async (engine, *id, undone_cb, g_object_ref (overlay));
}

static void
toast_result (SbOcrReview *self,
              GtkWidget   *overlay,
              gint64       import_id,
              guint        n_people,
              guint        n_refused)
{
  guint            n_skipped = count_state (self, SB_OCR_SKIPPED) + n_refused;
  g_autofree char *came = g_strdup_printf (ngettext ("%u person came in", "%u people came in", n_people), n_people);
  g_autofree char *skipped = g_strdup_printf (ngettext ("%u skipped", "%u skipped", n_skipped), n_skipped);
  /* Translators: how many people came in, how many rows were skipped */
  g_autofree char *both = g_strdup_printf (_("%s, %s"), came, skipped);
  AdwToast        *toast = sb_toast_new (n_skipped > 0 ? both : came);

  if (import_id != 0)
    {
      adw_toast_set_button_label (toast, _("Undo"));
      adw_toast_set_timeout (toast, 15);
      g_object_set_data_full (G_OBJECT (toast), "engine", g_object_ref (self->engine), g_object_unref);
      g_object_set_data_full (G_OBJECT (toast), "import", g_memdup2 (&import_id, sizeof import_id), g_free);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), overlay, 0);
    }
  sb_tell_toast (overlay, toast);
}

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SbOcrReview) self = user_data;
  g_autoptr (GError)      error = NULL;
  guint                   n_people = 0, n_refused = 0;
  gint64                  id = sb_engine_finish_paper_finish (SB_ENGINE (object), result, &n_people, &n_refused, &error);
  GtkWidget              *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  self->finishing = FALSE;
  if (overlay == NULL)
    return;
  if (error != NULL)
    {
      sb_tell (overlay, error->message);
      show_title (self);
      return;
    }
  toast_result (self, overlay, id, n_people, n_refused);
  gtk_widget_activate_action (GTK_WIDGET (self), "navigation.pop", NULL);
}

void
sb_ocr_review_finish (SbOcrReview *self)
{
  if (self->finishing)
    return;
  self->finishing = TRUE;
  gtk_widget_set_sensitive (self->finish, FALSE);
  sb_engine_finish_paper_async (self->engine, self->paper_id, self->country, finished_cb, g_object_ref (self));
}

/* -- reading it again -- */

void
sb_ocr_review_load (SbOcrReview *self)
{
  g_autoptr (SbPaper) paper = sb_reader_get_paper (sb_engine_get_reader (self->engine), self->paper_id);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_hash_table_remove_all (self->textures);
  self->rows = sb_engine_list_paper_rows (self->engine, self->paper_id);
  self->pages = sb_reader_list_paper_pages (sb_engine_get_reader (self->engine), self->paper_id);
  g_set_str (&self->country, paper != NULL ? paper->country : NULL);
  sb_ocr_review_fill_table (self);
}

void
sb_ocr_review_begin (SbOcrReview *self)
{
  self->at = (SbOcrPlace) { 0, SB_OCR_NUMBER, -1 };
  sb_ocr_scan_show_verdict (self->pages, self->rows->len, self->stack, self->banner);
  if (!sb_ocr_review_step_doubt (self, 1))
    sb_ocr_review_show (self);
  sb_ocr_review_take_focus (self);
}

/* -- the page -- */

static void
mapped_cb (SbOcrReview *self)
{
  sb_ocr_review_show (self);
  sb_ocr_review_take_focus (self);
}

static GtkWidget *
make_header (SbOcrReview *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GMenu     *menu = g_menu_new ();
  GtkWidget *more = gtk_menu_button_new ();

  self->title = adw_window_title_new (_("Read a Paper List"), "");
  self->finish = gtk_button_new_with_label (_("Finish"));
  gtk_widget_set_valign (self->finish, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->finish, "suggested-action");
  gtk_widget_set_sensitive (self->finish, FALSE);
  g_signal_connect_object (self->finish, "clicked", G_CALLBACK (sb_ocr_review_finish), self, G_CONNECT_SWAPPED);
  g_menu_append (menu, _("Country of the Numbers…"), "paper.country");
  g_menu_append (menu, _("Languages on the Paper…"), "paper.languages");
  g_menu_append (menu, _("Choose Another File…"), "contacts.scan-file");
  g_menu_append (menu, _("Take a Photo…"), "contacts.scan-camera");
  g_menu_append (menu, _("Leave This List"), "paper.leave");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (more), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (more), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (more, _("More"));
  g_object_unref (menu);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), more);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->finish);

  return header;
}

static void
leave_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  SbOcrReview *self = SB_OCR_REVIEW (widget);

  sb_engine_leave_paper (self->engine, self->paper_id);
  gtk_widget_activate_action (widget, "navigation.pop", NULL);
}

static void
country_chosen_cb (AdwAlertDialog *dialog,
                   const char     *response,
                   SbOcrReview    *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog)));

  if (!g_str_equal (response, "use"))
    return;
  g_free (self->country);
  self->country = text[0] != '\0' ? g_ascii_strup (text, 2) : NULL;
  sb_ocr_review_show (self);
}

static void
country_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  SbOcrReview *self = SB_OCR_REVIEW (widget);
  AdwDialog   *dialog = sb_alert_new (_("Country of the Numbers"), _("Where numbers without a country code are from, in two letters, such as GB or MA."));
  GtkWidget   *entry = gtk_entry_new ();

  gtk_entry_set_max_length (GTK_ENTRY (entry), 2);
  gtk_editable_set_text (GTK_EDITABLE (entry), self->country != NULL ? self->country : "");
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), entry);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "back", _("Back"), "use", _("Use It"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "use", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "use");
  g_signal_connect_object (dialog, "response", G_CALLBACK (country_chosen_cb), self, 0);
  adw_dialog_present (dialog, widget);
}

static void
sb_ocr_review_dispose (GObject *object)
{
  SbOcrReview *self = SB_OCR_REVIEW (object);

  g_clear_object (&self->items);
  g_clear_object (&self->selection);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_ocr_review_parent_class)->dispose (object);
}

static void
sb_ocr_review_finalize (GObject *object)
{
  SbOcrReview *self = SB_OCR_REVIEW (object);

  g_free (self->path);
  g_free (self->country);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_ptr_array_unref (self->steps);
  g_hash_table_unref (self->textures);

  G_OBJECT_CLASS (sb_ocr_review_parent_class)->finalize (object);
}

static void
sb_ocr_review_class_init (SbOcrReviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sb_ocr_review_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_ocr_review_finalize;
  gtk_widget_class_install_action (widget_class, "paper.leave", NULL, leave_action);
  gtk_widget_class_install_action (widget_class, "paper.country", NULL, country_action);
  sb_ocr_review_install_again (widget_class);
}

static void
sb_ocr_review_init (SbOcrReview *self)
{
  GtkWidget *view = adw_toolbar_view_new ();

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_ocr_row_free);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_ocr_step_free);
  self->textures = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->banner = adw_banner_new ("");
  self->stack = gtk_stack_new ();
  adw_banner_set_button_label (ADW_BANNER (self->banner), _("Take Another…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->banner), "contacts.scan-file");
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), make_header (self));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), self->banner);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), sb_ocr_review_make_more (self));
  gtk_stack_add_named (GTK_STACK (self->stack), sb_ocr_review_lay_out (self), "rows");
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->stack);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _("Read a Paper List"));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  sb_ocr_review_add_keys (self);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  g_signal_connect (self, "shown", G_CALLBACK (mapped_cb), NULL);
}

AdwNavigationPage *
sb_ocr_review_new (SbEngine   *engine,
                   gint64      paper_id,
                   const char *path)
{
  SbOcrReview        *self = g_object_new (SB_TYPE_OCR_REVIEW, NULL);
  g_autoptr (SbPaper) paper = sb_reader_get_paper (sb_engine_get_reader (engine), paper_id);

  self->engine = g_object_ref (engine);
  self->paper_id = paper_id;
  /* A list that is gone on with knows where its file was; that may have been moved since. */
  self->path = path != NULL ? g_strdup (path) : paper != NULL && paper->path != NULL && g_file_test (paper->path, G_FILE_TEST_IS_REGULAR) ? g_strdup (paper->path)
                                                                                                                                          : NULL;
  sb_ocr_review_load (self);
  sb_ocr_review_set_pages (self, paper != NULL ? paper->n_pages : 0);
  sb_ocr_review_begin (self);

  return ADW_NAVIGATION_PAGE (self);
}
