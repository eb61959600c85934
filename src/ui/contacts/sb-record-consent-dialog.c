#include <glib/gi18n.h>

#include "sb-consent-dialogs.h"
#include "sb-thread-row.h"

/* What somebody said outside of the chat, as it goes into the ledger. Every choice has to be made by hand. */
typedef struct
{
  SbEngine         *engine;
  AdwDialog        *dialog;
  gint64            contact_id;
  SbConsentRecorded recorded;
  gpointer          data;
  GDestroyNotify    destroy;
  GtkWidget        *person;
  GtkWidget        *found;
  GtkWidget        *what;
  GtkWidget        *how;
  GtkWidget        *where;
  GtkWidget        *wording;
  GtkWidget        *when;
  GtkWidget        *note;
  GtkWidget        *proof;
  GtkWidget        *problem;
  GPtrArray        *wordings; /* SbWording */
  char             *path;
} Form;

static const struct
{
  SbPurpose purpose;
  SbAnswer  answer;
} said[] = {
  { SB_PURPOSE_OFFERS, SB_ANSWER_YES },
  { SB_PURPOSE_ORDERS, SB_ANSWER_YES },
  { SB_PURPOSE_OFFERS, SB_ANSWER_NO },
  { SB_PURPOSE_EVERYTHING, SB_ANSWER_NO },
};

static const SbMethod         ways[] = { SB_METHOD_TOLD, SB_METHOD_FORM, SB_METHOD_LINK, SB_METHOD_FILE };
static const SbConsentChannel places[] = { SB_CONSENT_CHANNEL_SHOP, SB_CONSENT_CHANNEL_PAPER, SB_CONSENT_CHANNEL_CALL, SB_CONSENT_CHANNEL_WEB, SB_CONSENT_CHANNEL_WHATSAPP, SB_CONSENT_CHANNEL_FILE };

static void
form_free (gpointer data)
{
  Form *form = data;

  if (form->destroy != NULL)
    form->destroy (form->data);
  g_object_unref (form->engine);
  g_clear_pointer (&form->wordings, g_ptr_array_unref);
  g_free (form->path);
  g_free (form);
}

/* -- who -- */

static void
show_person (Form *form)
{
  SbReader             *reader = sb_engine_get_reader (form->engine);
  g_autoptr (SbContact) contact = form->contact_id != 0 ? sb_reader_get_contact (reader, form->contact_id) : NULL;
  const char           *name = contact == NULL ? NULL : contact->name != NULL       ? contact->name
                                                    : contact->profile_name != NULL ? contact->profile_name
                                                                                    : contact->number;

  gtk_label_set_text (GTK_LABEL (form->found), name != NULL ? name : _("Nobody yet"));
  if (name != NULL)
    gtk_widget_remove_css_class (form->found, "dimmed");
  else
    gtk_widget_add_css_class (form->found, "dimmed");
}

static void
person_cb (GtkEditable *editable,
           gpointer     user_data)
{
  Form                *form = user_data;
  SbReader            *reader = sb_engine_get_reader (form->engine);
  const char          *text = gtk_editable_get_text (editable);
  gint64               thread_id = text[0] != '\0' ? sb_reader_find_thread (reader, text) : 0;
  g_autoptr (SbThread) thread = thread_id != 0 ? sb_reader_get_thread (reader, thread_id) : NULL;

  form->contact_id = thread != NULL ? thread->contact_id : text[0] != '\0' ? sb_reader_find_contact_of_number (reader, text)
                                                                           : 0;
  show_person (form);
}

/* -- the file -- */

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AdwDialog) dialog = user_data;
  g_autoptr (GFile)     file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, NULL);
  g_autofree char      *base = file != NULL ? g_file_get_basename (file) : NULL;
  Form                 *form = g_object_get_data (G_OBJECT (dialog), "form");

  if (file == NULL)
    return;
  g_free (form->path);
  form->path = g_file_get_path (file);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (form->proof), base);
}

static void
proof_cb (GtkWidget *button,
          gpointer   user_data)
{
  Form                     *form = user_data;
  g_autoptr (GtkFileDialog) chooser = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (chooser, _("Photo or File That Proves It"));
  gtk_file_dialog_open (chooser, GTK_WINDOW (gtk_widget_get_root (button)), NULL, opened_cb, g_object_ref (form->dialog));
}

/* -- recording -- */

static void
say_problem (Form       *form,
             const char *sentence)
{
  gtk_label_set_text (GTK_LABEL (form->problem), sentence);
  gtk_widget_set_visible (form->problem, TRUE);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (AdwDialog) dialog = user_data;
  g_autoptr (GError)    error = NULL;
  Form                 *form = g_object_get_data (G_OBJECT (dialog), "form");
  gint64                undo_id = sb_engine_consent_finish (SB_ENGINE (object), result, &error);

  if (undo_id < 0)
    {
      say_problem (form, error->message);
      return;
    }
  if (form->recorded != NULL)
    form->recorded (undo_id, form->data);
  adw_dialog_close (dialog);
}

/* Midday of a day written as 2026-11-21; 0 for today, -1 for what is no day. */
static gint64
time_of (const char *text,
         gint64      now)
{
  g_autofree char      *whole = g_strconcat (text, "T12:00:00", NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (whole, zone);
  gint64                at = time != NULL ? g_date_time_to_unix (time) * 1000 : -1;

  if (text[0] == '\0')
    return 0;

  return at > now ? (at - now < 24 * 3600 * (gint64) 1000 ? 0 : -1) : at;
}

static void
record_cb (GtkButton *button,
           gpointer   user_data)
{
  Form          *form = user_data;
  guint          what = adw_combo_row_get_selected (ADW_COMBO_ROW (form->what));
  guint          wording = adw_combo_row_get_selected (ADW_COMBO_ROW (form->wording));
  gint64         now = sb_clock_now (sb_engine_get_clock (form->engine));
  SbConsentEntry entry = { .contact_id = form->contact_id };

  if (form->contact_id == 0)
    {
      say_problem (form, _("Choose a person first."));
      return;
    }
  entry.at = time_of (gtk_editable_get_text (GTK_EDITABLE (form->when)), now);
  if (entry.at < 0)
    {
      say_problem (form, _("The day is written like 2026-11-21 and is not after today."));
      return;
    }
  entry.purpose = said[what].purpose;
  entry.answer = said[what].answer;
  entry.method = ways[adw_combo_row_get_selected (ADW_COMBO_ROW (form->how))];
  entry.channel = places[adw_combo_row_get_selected (ADW_COMBO_ROW (form->where))];
  entry.wording_id = wording > 0 ? ((const SbWording *) form->wordings->pdata[wording - 1])->id : 0;
  entry.note = (char *) gtk_editable_get_text (GTK_EDITABLE (form->note));
  if (entry.note[0] == '\0')
    entry.note = NULL;
  sb_engine_add_consent_async (form->engine, &entry, form->path, done_cb, g_object_ref (form->dialog));
}

/* -- the form -- */

static GtkWidget *
combo (const char *title)
{
  GtkWidget *row = adw_combo_row_new ();

  /* The words of a choice are long: they stand below the title, and are no markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);

  return row;
}

static GtkWidget *
entry_row (const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);

  return row;
}

static void
fill (GtkWidget     *row,
      GtkStringList *names)
{
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  g_object_unref (names);
}

static void
fill_choices (Form *form)
{
  GtkStringList *what = gtk_string_list_new (NULL);
  GtkStringList *how = gtk_string_list_new (NULL);
  GtkStringList *where = gtk_string_list_new (NULL);
  GtkStringList *wording = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (said); i++)
    gtk_string_list_append (what, sb_consent_entry_title (said[i].purpose, said[i].answer));
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    gtk_string_list_append (how, sb_method_get_label (ways[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    gtk_string_list_append (where, sb_consent_channel_get_label (places[i]));
  form->wordings = sb_reader_list_wordings (sb_engine_get_reader (form->engine), SB_WORDING_QUESTION);
  gtk_string_list_append (wording, C_("wording", "None of ours"));
  for (guint i = 0; i < form->wordings->len; i++)
    {
      const SbWording *one = form->wordings->pdata[i];
      g_autofree char *name = g_strdup_printf (_("No. %d: %s"), one->number, one->text);

      gtk_string_list_append (wording, name);
    }
  fill (form->what, what);
  fill (form->how, how);
  fill (form->where, where);
  fill (form->wording, wording);
}

static GtkWidget *
make_person (Form *form)
{
  GtkWidget *group = adw_preferences_group_new ();

  form->person = entry_row (_("Name or Number"));
  form->found = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (form->found), TRUE);
  gtk_label_set_xalign (GTK_LABEL (form->found), 0);
  gtk_widget_set_margin_top (form->found, 6);
  gtk_widget_set_margin_start (form->found, 12);
  g_signal_connect (form->person, "changed", G_CALLBACK (person_cb), form);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), form->person);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), form->found);

  return group;
}

static GtkWidget *
make_rows (Form *form)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *choose = gtk_button_new_from_icon_name ("document-open-symbolic");

  form->what = combo (_("What They Said"));
  form->how = combo (_("How"));
  form->where = combo (_("Where"));
  form->wording = combo (_("Wording They Saw"));
  form->when = entry_row (_("Day, if It Was Not Today (2026-11-21)"));
  form->note = entry_row (_("Note"));
  form->proof = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (form->proof), _("Photo or File as Proof"));
  gtk_widget_set_valign (choose, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (choose, "flat");
  gtk_widget_set_tooltip_text (choose, _("Choose a File"));
  g_signal_connect (choose, "clicked", G_CALLBACK (proof_cb), form);
  adw_action_row_add_suffix (ADW_ACTION_ROW (form->proof), choose);
  for (gsize i = 0; i < 7; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), (GtkWidget *[]) { form->what, form->how, form->where, form->wording, form->when, form->note, form->proof }[i]);
  fill_choices (form);

  return group;
}

static GtkWidget *
make_content (Form *form)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *record = gtk_button_new_with_mnemonic (_("_Record"));
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (record, "suggested-action");
  g_signal_connect (record, "clicked", G_CALLBACK (record_cb), form);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), record);
  form->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (form->problem), TRUE);
  gtk_widget_add_css_class (form->problem, "error");
  gtk_widget_set_visible (form->problem, FALSE);
  gtk_box_append (GTK_BOX (page), make_person (form));
  gtk_box_append (GTK_BOX (page), make_rows (form));
  gtk_box_append (GTK_BOX (page), form->problem);
  gtk_widget_set_margin_start (page, 18);
  gtk_widget_set_margin_end (page, 18);
  gtk_widget_set_margin_top (page, 6);
  gtk_widget_set_margin_bottom (page, 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), page);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);

  return view;
}

void
sb_record_consent_dialog_present (SbEngine         *engine,
                                  gint64            contact_id,
                                  GtkWidget        *parent,
                                  SbConsentRecorded recorded,
                                  gpointer          data,
                                  GDestroyNotify    destroy)
{
  Form *form = g_new0 (Form, 1);

  form->engine = g_object_ref (engine);
  form->recorded = recorded;
  form->data = data;
  form->destroy = destroy;
  form->dialog = adw_dialog_new ();
  g_object_set_data_full (G_OBJECT (form->dialog), "form", form, form_free);
  adw_dialog_set_title (form->dialog, _("Record Consent"));
  adw_dialog_set_content_width (form->dialog, 480);
  adw_dialog_set_child (form->dialog, make_content (form));
  form->contact_id = contact_id;
  show_person (form);
  adw_dialog_present (form->dialog, parent);
}
