#include "sb-contacts-export.h"

#include <glib/gi18n.h>

#include "sb-alert.h"
#include "sb-engine-export.h"
#include "sb-tell.h"

/* The first is offered: its cells are text, so that no number is taken for an amount or a formula. */
static const struct
{
  const char      *ending;
  const char      *title;
  SbContactsFormat format;
} formats[] = {
  { "xlsx", N_("Spreadsheet (XLSX)"), SB_CONTACTS_XLSX },
  { "csv", N_("Text with Commas (CSV)"), SB_CONTACTS_CSV },
  { "vcf", N_("Phone Contacts (vCard)"), SB_CONTACTS_VCARD },
};

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SbContactsPlace) place = user_data;
  g_autoptr (GError)          error = NULL;
  g_autofree char            *words = NULL;
  guint                       n = 0;

  if (!sb_engine_export_contacts_finish (SB_ENGINE (object), result, &n, &error))
    words = g_strdup_printf (_("The contacts could not be saved: %s"), error->message);
  else
    words = g_strdup_printf (ngettext ("%u contact saved", "%u contacts saved", n), n);
  sb_tell (GTK_WIDGET (place), words);
}

static SbContactsFormat
format_of (const char *path)
{
  g_autofree char *small = g_ascii_strdown (path, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (small, formats[i].ending))
      return formats[i].format;

  return formats[0].format;
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbContactsPlace) place = user_data;
  g_autoptr (GFile)           file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, NULL);
  g_autofree char            *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    sb_engine_export_contacts_async (sb_contacts_place_get_engine (place), path, format_of (path), NULL, exported_cb, g_object_ref (place));
}

static void
save (SbContactsPlace *place,
      gsize            which)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  /* Translators: the name that is offered for the file; the ending follows */
  g_autofree char *name = g_strdup_printf ("%s.%s", _("contacts"), formats[which].ending);

  gtk_file_dialog_set_title (dialog, _("Export Contacts"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (place))), NULL, saved_cb, g_object_ref (place));
}

static void
response_cb (AdwAlertDialog *dialog,
             const char     *response,
             gpointer        user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].ending, response))
      save (user_data, i);
}

void
sb_contacts_export (SbContactsPlace *place)
{
  AdwDialog *dialog = sb_alert_new (_("Export Contacts"), _("Everybody goes into one file, blocked customers too. What they agreed to is not in it."));

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "cancel", _("Cancel"));
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), formats[i].ending, _(formats[i].title));
  adw_alert_dialog_set_prefer_wide_layout (ADW_ALERT_DIALOG (dialog), FALSE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), place, 0);
  adw_dialog_present (dialog, GTK_WIDGET (place));
}
