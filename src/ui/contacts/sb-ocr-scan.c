/* From a file to its review: choosing it, choosing its pages, reading it with a way to stop. */
#include "sb-ocr-scan.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "sb-alert.h"
#include "sb-import-open.h"
#include "sb-ocr-camera.h"
#include "sb-ocr-languages.h"
#include "sb-ocr-review.h"
#include "sb-tell.h"

/* A file on its way. */
typedef struct
{
  SbContactsPlace *place;
  char            *path;
  GCancellable    *cancellable;
  AdwDialog       *dialog; /* while it is read; not owned */
  GtkWidget       *bar;
  int              first;
  int              last;
  int              n_pages;
  SbOcrReview     *into;    /* (nullable): the list that gets more pages */
  gboolean         passing; /* the file is ours and goes when it was read */
} Scan;

/* First of all: the dialog gives the focus back to where it was. */
static void
close_dialog (Scan *scan)
{
  AdwDialog *dialog = scan->dialog;

  if (dialog == NULL)
    return;
  g_object_remove_weak_pointer (G_OBJECT (dialog), (gpointer *) &scan->dialog);
  scan->dialog = NULL;
  adw_dialog_force_close (dialog);
}

static void
scan_free (Scan *scan)
{
  close_dialog (scan);
  if (scan->passing)
    g_unlink (scan->path);
  g_clear_object (&scan->place);
  g_clear_object (&scan->into);
  g_clear_object (&scan->cancellable);
  g_free (scan->path);
  g_free (scan);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scan, scan_free)

static void
again_cb (GtkWidget *place)
{
  gtk_widget_activate_action (place, "contacts.scan-file", NULL);
}

static void
tell (SbContactsPlace *place,
      const char      *heading,
      const char      *body)
{
  AdwDialog *dialog = sb_alert_new (heading, body);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "close", _("Close"), "again", _("Choose Another…"), NULL);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "close");
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "again");
  g_signal_connect_object (dialog, "response::again", G_CALLBACK (again_cb), place, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (place));
}

/* -- reading -- */

static void
push_review (Scan     *scan,
             SbEngine *engine,
             gint64    id)
{
  AdwNavigationPage *review = sb_ocr_review_new (engine, id, scan->passing ? NULL : scan->path);

  sb_ocr_review_set_pages (SB_OCR_REVIEW (review), scan->n_pages);
  sb_contacts_place_push (scan->place, review);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Scan)   scan = user_data;
  g_autoptr (GError) error = NULL;
  SbEngine          *engine = SB_ENGINE (object);
  gint64             id = sb_engine_read_paper_finish (engine, result, &error);

  close_dialog (scan);
  if (id != 0 && scan->into != NULL)
    sb_ocr_review_reload (scan->into);
  else if (id != 0)
    push_review (scan, engine, id);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell (scan->place, _("This File Cannot Be Read"), error->message);
}

static void
progress_cb (int      page,
             int      n_pages,
             gpointer data)
{
  Scan            *scan = data;
  g_autofree char *text = NULL;
  int              n = MIN (MIN (scan->last < 0 ? n_pages : scan->last + 1, scan->first + SB_PAPER_PAGES), n_pages) - scan->first;

  if (scan->dialog == NULL)
    return;
  /* Translators: which page of how many is being read */
  text = g_strdup_printf (_("Page %d of %d"), page - scan->first + 1, n);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (scan->bar), (double) (page - scan->first) / MAX (1, n));
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (scan->bar), text);
}

static void
stop_cb (Scan *scan)
{
  g_cancellable_cancel (scan->cancellable);
}

static void
show_progress (Scan *scan)
{
  GtkWidget *bar = gtk_progress_bar_new ();

  scan->bar = bar;
  gtk_progress_bar_set_show_text (GTK_PROGRESS_BAR (bar), TRUE);
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (bar), _("Opening"));
  scan->dialog = sb_alert_new (_("Reading the Paper"), _("Everything stays on this computer. What is read so far is kept when you stop."));
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (scan->dialog), bar);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (scan->dialog), "stop", _("Stop"));
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (scan->dialog), "stop");
  g_object_add_weak_pointer (G_OBJECT (scan->dialog), (gpointer *) &scan->dialog);
  g_signal_connect_swapped (scan->dialog, "response::stop", G_CALLBACK (stop_cb), scan);
  adw_dialog_present (scan->dialog, GTK_WIDGET (scan->place));
}

static void
begin (Scan *scan)
{
  g_autofree char *languages = sb_ocr_languages_get ();
  SbPaperWish      wish = { .path = scan->path, .languages = languages, .first = scan->first, .last = scan->last, .passing = scan->passing };

  if (scan->into != NULL)
    {
      wish.paper_id = sb_ocr_review_get_paper (scan->into);
      wish.more = TRUE;
    }
  show_progress (scan);
  sb_engine_read_paper_async (sb_contacts_place_get_engine (scan->place), &wish, progress_cb, scan, scan->cancellable, read_cb, scan);
}

/* -- which pages -- */

static void
pages_chosen_cb (AdwAlertDialog *dialog,
                 const char     *response,
                 Scan           *scan)
{
  GtkWidget *from = g_object_get_data (G_OBJECT (dialog), "from"), *to = g_object_get_data (G_OBJECT (dialog), "to");

  if (!g_str_equal (response, "read"))
    {
      scan_free (scan);
      return;
    }
  scan->first = (int) adw_spin_row_get_value (ADW_SPIN_ROW (from)) - 1;
  scan->last = MAX (scan->first, (int) adw_spin_row_get_value (ADW_SPIN_ROW (to)) - 1);
  begin (scan);
}

static void
ask_pages (Scan *scan,
           int   n_pages)
{
  g_autofree char *heading = g_strdup_printf (ngettext ("%d Page", "%d Pages", n_pages), n_pages);
  g_autofree char *limit = g_strdup_printf (_("Which of them have the list? %d are read at once, then the next ones are offered."), SB_PAPER_PAGES);
  AdwDialog       *dialog = sb_alert_new (heading, n_pages > SB_PAPER_PAGES ? limit : _("Which of them have the list?"));
  GtkWidget       *group = adw_preferences_group_new ();
  GtkWidget       *from = adw_spin_row_new_with_range (1, n_pages, 1), *to = adw_spin_row_new_with_range (1, n_pages, 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (from), _("From Page"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (to), _("To Page"));
  adw_spin_row_set_value (ADW_SPIN_ROW (to), MIN (n_pages, SB_PAPER_PAGES));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), from);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), to);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), group);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "back", _("Back"), "read", _("Read Them"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "read", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "read");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "back");
  g_object_set_data (G_OBJECT (dialog), "from", from);
  g_object_set_data (G_OBJECT (dialog), "to", to);
  g_signal_connect (dialog, "response", G_CALLBACK (pages_chosen_cb), scan);
  adw_dialog_present (dialog, GTK_WIDGET (scan->place));
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Scan)   scan = user_data;
  g_autoptr (GError) error = NULL;
  int                n_pages = sb_engine_count_pages_finish (SB_ENGINE (object), result, &error);

  if (n_pages == 0)
    tell (scan->place, _("This File Cannot Be Read"), error->message);
  else if (n_pages > 1)
    {
      scan->n_pages = n_pages;
      ask_pages (g_steal_pointer (&scan), n_pages);
    }
  else
    begin (g_steal_pointer (&scan));
}

static void
scan (SbContactsPlace *place,
      const char      *path,
      gboolean         passing)
{
  Scan *made = g_new0 (Scan, 1);

  made->place = g_object_ref (place);
  made->path = g_strdup (path);
  made->passing = passing;
  made->cancellable = g_cancellable_new ();
  made->last = -1;
  sb_engine_count_pages_async (sb_contacts_place_get_engine (place), path, made->cancellable, counted_cb, made);
}

void
sb_ocr_scan_path (SbContactsPlace *place,
                  const char      *path)
{
  scan (place, path, FALSE);
}

void
sb_ocr_scan_take_path (SbContactsPlace *place,
                       const char      *path)
{
  scan (place, path, TRUE);
}

void
sb_ocr_scan_more (SbContactsPlace *place,
                  SbOcrReview     *review,
                  const char      *path,
                  int              first)
{
  Scan *made = g_new0 (Scan, 1);

  made->place = g_object_ref (place);
  made->into = g_object_ref (review);
  made->path = g_strdup (path);
  made->cancellable = g_cancellable_new ();
  made->first = first;
  made->last = -1;
  begin (made);
}

/* -- ways in -- */

static void
file_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SbContactsPlace) place = user_data;
  g_autoptr (GFile)           file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, NULL);
  g_autofree char            *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    sb_ocr_scan_path (place, path);
}

static void
scan_file_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  static const char *const  suffixes[] = { "jpg", "jpeg", "png", "webp", "tif", "tiff", "pdf", "docx", "txt" };

  gtk_file_filter_set_name (filter, _("Photos and documents"));
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  gtk_file_dialog_set_title (dialog, _("Photo of a Paper List"));
  gtk_file_dialog_set_default_filter (dialog, filter);
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, file_cb, g_object_ref (widget));
}

static void
scan_camera_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  sb_ocr_camera_present (SB_CONTACTS_PLACE (widget));
}

void
sb_ocr_scan_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "contacts.scan-file", NULL, scan_file_action);
  gtk_widget_class_install_action (klass, "contacts.scan-camera", NULL, scan_camera_action);
}

/* Spreadsheets and cards of telephones are for the import. */
gboolean
sb_ocr_scan_takes (const char *path)
{
  static const char *const suffixes[] = { ".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".pdf", ".docx" };
  g_autofree char         *low = g_ascii_strdown (path, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (low, suffixes[i]))
      return TRUE;

  return FALSE;
}

static gboolean
drop_cb (GtkDropTarget   *target,
         const GValue    *value,
         double           x,
         double           y,
         SbContactsPlace *place)
{
  return G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) && sb_import_open_files (place, g_value_get_boxed (value));
}

static void
pasted_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbContactsPlace) place = user_data;
  const GValue               *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, NULL);

  if (value != NULL && G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    sb_import_open_files (place, g_value_get_boxed (value));
}

static gboolean
paste_cb (GtkWidget *widget,
          GVariant  *arguments,
          gpointer   user_data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GtkRoot      *root = gtk_widget_get_root (widget);
  GtkWidget    *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (GTK_IS_EDITABLE (focus) || !gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), GDK_TYPE_FILE_LIST))
    return FALSE;
  gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, pasted_cb, g_object_ref (widget));

  return TRUE;
}

/* -- what was begun and left -- */

static void
go_on_cb (AdwToast        *toast,
          SbContactsPlace *place)
{
  const gint64 *id = g_object_get_data (G_OBJECT (toast), "paper");

  sb_contacts_place_push (place, sb_ocr_review_new (sb_contacts_place_get_engine (place), *id, NULL));
}

/* The newest list somebody began to review, once when the place is opened. */
static void
offer_cb (SbContactsPlace *place)
{
  SbEngine             *engine = sb_contacts_place_get_engine (place);
  g_autoptr (GPtrArray) papers = engine != NULL ? sb_reader_list_open_papers (sb_engine_get_reader (engine), 1) : NULL;
  const SbPaper        *paper = papers != NULL && papers->len > 0 ? papers->pdata[0] : NULL;
  GtkWidget            *overlay = gtk_widget_get_ancestor (GTK_WIDGET (place), ADW_TYPE_TOAST_OVERLAY);
  AdwToast             *toast;
  g_autofree char      *text = NULL;

  g_signal_handlers_disconnect_by_func (place, offer_cb, NULL);
  if (paper == NULL || overlay == NULL || paper->n_rows == 0)
    return;
  /* Translators: name of a photo */
  text = g_strdup_printf (_("“%s” waits to be looked at"), paper->file_name != NULL ? paper->file_name : "");
  toast = sb_toast_new (text);
  adw_toast_set_button_label (toast, _("Go On"));
  adw_toast_set_timeout (toast, 15);
  g_object_set_data_full (G_OBJECT (toast), "paper", g_memdup2 (&paper->id, sizeof paper->id), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (go_on_cb), place, 0);
  sb_tell_toast (overlay, toast);
}

void
sb_ocr_scan_add_drop (SbContactsPlace *place)
{
  GtkDropTarget      *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), place, 0);
  gtk_widget_add_controller (GTK_WIDGET (place), GTK_EVENT_CONTROLLER (target));
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>v"), gtk_callback_action_new (paste_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (place), keys);
  g_signal_connect (place, "map", G_CALLBACK (offer_cb), NULL);
}
