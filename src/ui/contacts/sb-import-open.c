#include "sb-import-open.h"

#include <glib/gi18n.h>

#include "sb-alert.h"
#include "sb-import-page.h"
#include "sb-ocr-scan.h"
#include "sb-tell.h"

static const char *const endings[] = { ".csv", ".tsv", ".txt", ".xlsx", ".ods", ".vcf", ".vcard", NULL };

gboolean
sb_import_open_takes (const char *path)
{
  g_autofree char *small = g_ascii_strdown (path, -1);

  for (const char *const *ending = endings; *ending != NULL; ending++)
    if (g_str_has_suffix (small, *ending))
      return TRUE;

  return FALSE;
}

gboolean
sb_import_open_path (SbContactsPlace *place,
                     const char      *path)
{
  if (path == NULL)
    return FALSE;
  sb_contacts_place_show (place, "imports");
  sb_contacts_place_push (place, sb_import_page_new (place, path, NULL));

  return TRUE;
}

static gboolean
open_one (SbContactsPlace *place,
          GFile           *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    return FALSE;
  if (sb_import_open_takes (path))
    return sb_import_open_path (place, path);
  if (!sb_ocr_scan_takes (path))
    return FALSE;
  sb_contacts_place_show (place, "imports");
  sb_ocr_scan_path (place, path);

  return TRUE;
}

gboolean
sb_import_open_files (SbContactsPlace *place,
                      GdkFileList     *files)
{
  g_autoptr (GSList) list = gdk_file_list_get_files (files);

  for (GSList *file = list; file != NULL; file = file->next)
    if (open_one (place, file->data))
      return TRUE;
  sb_tell (GTK_WIDGET (place), _("Drop a spreadsheet, phone contacts, a photo or a PDF"));

  return FALSE;
}

/* -- a file -- */

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbContactsPlace) place = user_data;
  g_autoptr (GFile)           file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, NULL);
  g_autofree char            *path = file != NULL ? g_file_get_path (file) : NULL;

  sb_import_open_path (place, path);
}

void
sb_import_open_file (SbContactsPlace *place)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) lists = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  g_autoptr (GListStore)    filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  gtk_file_filter_set_name (lists, _("Spreadsheets and Contacts"));
  for (const char *const *ending = endings; *ending != NULL; ending++)
    gtk_file_filter_add_suffix (lists, *ending + 1);
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, lists);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_set_title (dialog, _("Import Contacts"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (place))), NULL, chosen_cb, g_object_ref (place));
}

/* -- pasted text -- */

static void
response_cb (AdwAlertDialog *dialog,
             const char     *response,
             gpointer        user_data)
{
  GtkTextBuffer   *buffer = user_data;
  SbContactsPlace *place = g_object_get_data (G_OBJECT (dialog), "place");
  GtkTextIter      start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  if (g_str_equal (response, "import") && *g_strstrip (text) != '\0')
    {
      sb_contacts_place_show (place, "imports");
      sb_contacts_place_push (place, sb_import_page_new (place, NULL, text));
    }
}

static void
pasted_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GtkTextBuffer) buffer = user_data;
  g_autofree char          *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);

  if (text != NULL && gtk_text_buffer_get_char_count (buffer) == 0)
    gtk_text_buffer_set_text (buffer, text, -1);
}

void
sb_import_open_pasted (SbContactsPlace *place)
{
  AdwDialog     *dialog = sb_alert_new (_("Import Pasted Text"), _("A name and a number on each line, or a table copied from a spreadsheet."));
  GtkWidget     *scroller = gtk_scrolled_window_new ();
  GtkWidget     *text = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  GdkClipboard  *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (place));

  gtk_text_view_set_monospace (GTK_TEXT_VIEW (text), TRUE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (text), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (text), 9);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (text), 9);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Text with People"), -1);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 220);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), text);
  gtk_widget_add_css_class (scroller, "card");
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), scroller);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("Cancel"), "import", _("Look at It"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "import", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "place", g_object_ref (place), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), buffer, 0);
  gdk_clipboard_read_text_async (clipboard, NULL, pasted_cb, g_object_ref (buffer));
  adw_dialog_present (dialog, GTK_WIDGET (place));
}

/* -- for the place and its pages -- */

static void
file_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  sb_import_open_file (SB_CONTACTS_PLACE (widget));
}

static void
pasted_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  sb_import_open_pasted (SB_CONTACTS_PLACE (widget));
}

void
sb_import_open_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "contacts.import-file", NULL, file_action);
  gtk_widget_class_install_action (klass, "contacts.import-pasted", NULL, pasted_action);
}

GMenuModel *
sb_import_open_menu (void)
{
  GMenu            *menu = g_menu_new ();
  g_autoptr (GMenu) paper = g_menu_new ();

  g_menu_append (menu, _("File…"), "contacts.import-file");
  g_menu_append (menu, _("Pasted Text…"), "contacts.import-pasted");
  g_menu_append (paper, _("Photo of a Paper List…"), "contacts.scan-file");
  g_menu_append (paper, _("Take a Photo…"), "contacts.scan-camera");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (paper));

  return G_MENU_MODEL (menu);
}

GtkWidget *
sb_import_open_button (void)
{
  GtkWidget             *button = gtk_menu_button_new ();
  g_autoptr (GMenuModel) menu = sb_import_open_menu ();

  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("Import…"));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);

  return button;
}
