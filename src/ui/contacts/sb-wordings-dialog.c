#include <glib/gi18n.h>

#include "sb-consent-dialogs.h"
#include "sb-tell.h"

/* The exact words people see: what they say yes to, and what answers a stop or a start. Changing makes a new number. */
typedef struct
{
  SbEngine  *engine;
  AdwDialog *dialog;
  GtkWidget *page;
  GtkWidget *questions; /* AdwPreferencesGroup */
  GtkWidget *answers;
  GtkWidget *text;
  GtkWidget *reply;
  gulong     event_id;
} Form;

static void show_wordings (Form *form);

static void
form_free (gpointer data)
{
  Form *form = data;

  g_clear_signal_handler (&form->event_id, form->engine);
  g_object_unref (form->engine);
  g_free (form);
}

static void
event_cb (SbEngine *engine,
          SbEvent  *event,
          gpointer  user_data)
{
  if (event->kind == SB_EVENT_WORDING)
    show_wordings (user_data);
}

static void
copy_cb (GtkWidget *button,
         gpointer   user_data)
{
  Form *form = user_data;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), g_object_get_data (G_OBJECT (button), "link"));
  sb_tell (GTK_WIDGET (form->dialog), _("Link copied"));
}

static char *
subtitle_of (const SbWording *wording)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (wording->at / 1000);
  g_autofree char      *day = g_date_time_format (at, C_("consent", "%-d %B %Y"));

  if (wording->at == 0)
    return g_strdup_printf (_("No. %d, came with Shopbell"), wording->number);
  if (wording->retired_at != 0)
    /* Translators: number of a wording, and the day from which it was used */
    return g_strdup_printf (_("No. %d, from %s, not in use any more"), wording->number, day);

  return g_strdup_printf (_("No. %d, in use since %s"), wording->number, day);
}

static GtkWidget *
row_of (Form            *form,
        const SbWording *wording)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *subtitle = subtitle_of (wording);
  g_autofree char *link = wording->kind == SB_WORDING_QUESTION ? sb_engine_dup_wording_link (form->engine, wording) : NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), wording->text);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 4);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (link != NULL)
    {
      GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");

      gtk_widget_set_tooltip_text (copy, _("Copy Link"));
      gtk_widget_set_valign (copy, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (copy, "flat");
      g_object_set_data_full (G_OBJECT (copy), "link", g_steal_pointer (&link), g_free);
      g_signal_connect (copy, "clicked", G_CALLBACK (copy_cb), form);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), copy);
    }
  if (wording->retired_at != 0)
    gtk_widget_add_css_class (row, "dimmed");

  return row;
}

/* -- answers: edited in place, each change is a new number -- */

typedef struct
{
  Form         *form;
  SbWordingKind kind;
  char         *language;
} Field;

static void
field_free (gpointer  data,
            GClosure *closure)
{
  Field *field = data;

  g_free (field->language);
  g_free (field);
}

static void
answer_cb (AdwEntryRow *row,
           gpointer     user_data)
{
  const Field *field = user_data;
  const char  *text = gtk_editable_get_text (GTK_EDITABLE (row));

  if (text[0] != '\0')
    sb_engine_save_wording_async (field->form->engine, 0, field->kind, field->language, text, NULL, NULL, NULL);
}

static GtkWidget *
answer_row (Form            *form,
            const SbWording *wording)
{
  const char      *titles[] = { NULL, NULL, _("After a stop word"), _("After stopping everything"), _("After starting again") };
  g_autofree char *title = g_strdup_printf (_("%s (%s, no. %d)"), titles[wording->kind], wording->language, wording->number);
  GtkWidget       *row = adw_entry_row_new ();
  Field           *field = g_new0 (Field, 1);

  field->form = form;
  field->kind = wording->kind;
  field->language = g_strdup (wording->language);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), wording->text);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_data (row, "apply", G_CALLBACK (answer_cb), field, field_free, 0);

  return row;
}

/* -- the list -- */

static void
replace_group (Form       *form,
               GtkWidget **group,
               const char *title,
               const char *description)
{
  if (*group != NULL)
    adw_preferences_page_remove (ADW_PREFERENCES_PAGE (form->page), ADW_PREFERENCES_GROUP (*group));
  *group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (*group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (*group), description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (form->page), ADW_PREFERENCES_GROUP (*group));
}

static void
show_wordings (Form *form)
{
  g_autoptr (GPtrArray) wordings = sb_reader_list_wordings (sb_engine_get_reader (form->engine), 0);

  replace_group (form, &form->questions, _("What People Say Yes To"), _("The words of each day stay, so that it can be shown what somebody saw."));
  replace_group (form, &form->answers, _("What Answers Them"), _("Sent once, in the language of the word."));
  for (guint i = 0; i < wordings->len; i++)
    {
      const SbWording *wording = wordings->pdata[i];

      if (wording->kind == SB_WORDING_QUESTION)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (form->questions), row_of (form, wording));
      else if (wording->retired_at == 0)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (form->answers), answer_row (form, wording));
    }
}

static void
added_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AdwDialog) dialog = user_data;
  g_autoptr (GError)    error = NULL;

  if (sb_engine_consent_finish (SB_ENGINE (object), result, &error) < 0)
    sb_tell (GTK_WIDGET (dialog), error->message);
}

static void
add_cb (GtkButton *button,
        gpointer   user_data)
{
  Form            *form = user_data;
  const char      *text = gtk_editable_get_text (GTK_EDITABLE (form->text));
  const char      *reply = gtk_editable_get_text (GTK_EDITABLE (form->reply));
  g_autofree char *language = g_strndup (pango_language_to_string (pango_language_get_default ()), 2);

  if (text[0] == '\0')
    {
      gtk_widget_grab_focus (form->text);
      return;
    }
  sb_engine_save_wording_async (form->engine, 0, SB_WORDING_QUESTION, language, text, reply[0] != '\0' ? reply : NULL, added_cb, g_object_ref (form->dialog));
  gtk_editable_set_text (GTK_EDITABLE (form->text), "");
  gtk_editable_set_text (GTK_EDITABLE (form->reply), "");
}

static GtkWidget *
make_new (Form *form)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *add = gtk_button_new_with_mnemonic (_("_Add"));

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("New Wording"));
  form->text = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (form->text), _("Question, as People Read It"));
  form->reply = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (form->reply), _("Words That Say Yes"));
  g_signal_connect (add, "clicked", G_CALLBACK (add_cb), form);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), add);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), form->text);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), form->reply);

  return group;
}

void
sb_wordings_dialog_present (SbEngine  *engine,
                            GtkWidget *parent)
{
  Form *form = g_new0 (Form, 1);

  form->engine = g_object_ref (engine);
  form->dialog = adw_preferences_dialog_new ();
  form->page = adw_preferences_page_new ();
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (form->page), ADW_PREFERENCES_GROUP (make_new (form)));
  show_wordings (form);
  form->event_id = g_signal_connect (engine, "event", G_CALLBACK (event_cb), form);
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (form->dialog), ADW_PREFERENCES_PAGE (form->page));
  adw_dialog_set_title (form->dialog, _("Wordings"));
  g_object_set_data_full (G_OBJECT (form->dialog), "form", form, form_free);
  adw_dialog_present (form->dialog, parent);
}
