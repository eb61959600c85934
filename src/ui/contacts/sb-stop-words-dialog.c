#include <glib/gi18n.h>

#include "sb-consent-dialogs.h"

/* The owner's list: for each language the words that stop, that stop everything, that start again, and those that are only polite. */
typedef struct
{
  SbEngine  *engine;
  GtkWidget *language;
  GtkWidget *fields[4];
  GPtrArray *codes; /* char * */
} Form;

static const SbStopMeaning meanings[] = { SB_STOP_OFFERS, SB_STOP_EVERYTHING, SB_STOP_START, SB_STOP_POLITE };

static void
form_free (gpointer data)
{
  Form *form = data;

  g_object_unref (form->engine);
  g_ptr_array_unref (form->codes);
  g_free (form);
}

static const char *
code_of (Form *form)
{
  guint index = adw_combo_row_get_selected (ADW_COMBO_ROW (form->language));

  return index < form->codes->len ? form->codes->pdata[index] : NULL;
}

static void
show_words (Form *form)
{
  g_autoptr (GPtrArray) words = sb_reader_list_stop_words (sb_engine_get_reader (form->engine));
  const char           *code = code_of (form);

  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint j = 0; j < words->len; j++)
        {
          const SbStopWord *word = words->pdata[j];

          if (word->meaning == meanings[i] && g_strcmp0 (word->language, code) == 0)
            g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", word->word);
        }
      gtk_editable_set_text (GTK_EDITABLE (form->fields[i]), text->str);
    }
}

static void
applied_cb (AdwEntryRow *row,
            gpointer     user_data)
{
  Form          *form = user_data;
  g_auto (GStrv) words = g_regex_split_simple ("\\s*[,،、]\\s*", gtk_editable_get_text (GTK_EDITABLE (row)), 0, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (form->fields[i] == GTK_WIDGET (row) && code_of (form) != NULL)
      sb_engine_set_stop_words_async (form->engine, code_of (form), meanings[i], (const char *const *) words, NULL, NULL);
}

/* The languages in which there are words, by the names they have for themselves where those are known. */
static void
fill_languages (Form *form)
{
  static const char *const names[][2] = {
    { "ar", "العربية" },
    { "da", "Dansk" },
    { "de", "Deutsch" },
    { "el", "Ελληνικά" },
    { "en", "English" },
    { "es", "Español" },
    { "fa", "فارسی" },
    { "fi", "Suomi" },
    { "fr", "Français" },
    { "he", "עברית" },
    { "hi", "हिन्दी" },
    { "id", "Bahasa Indonesia" },
    { "it", "Italiano" },
    { "nb", "Norsk" },
    { "nl", "Nederlands" },
    { "pl", "Polski" },
    { "pt", "Português" },
    { "ro", "Română" },
    { "ru", "Русский" },
    { "sv", "Svenska" },
    { "tr", "Türkçe" },
    { "uk", "Українська" },
    { "zh", "中文" },
  };
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  const char *const        *own = g_get_language_names ();
  guint                     chosen = 4;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gtk_string_list_append (list, names[i][1]);
      g_ptr_array_add (form->codes, (gpointer) names[i][0]);
      if (own[0] != NULL && g_str_has_prefix (own[0], names[i][0]))
        chosen = i;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (form->language), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (form->language), chosen);
}

void
sb_stop_words_dialog_present (SbEngine  *engine,
                              GtkWidget *parent)
{
  const char *titles[] = { _("Stop Offers"), _("Stop Everything"), _("Start Again"), _("Only Polite") };
  AdwDialog  *dialog = adw_preferences_dialog_new ();
  GtkWidget  *page = adw_preferences_page_new ();
  GtkWidget  *first = adw_preferences_group_new ();
  GtkWidget  *group = adw_preferences_group_new ();
  Form       *form = g_new0 (Form, 1);

  form->engine = g_object_ref (engine);
  form->codes = g_ptr_array_new ();
  form->language = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (form->language), _("Language"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (first), form->language);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _("Words with commas between them. A message that is nothing but one of them counts, in capitals or small letters, with or without dots and thanks."));
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      form->fields[i] = adw_entry_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (form->fields[i]), titles[i]);
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (form->fields[i]), TRUE);
      g_signal_connect (form->fields[i], "apply", G_CALLBACK (applied_cb), form);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), form->fields[i]);
    }
  fill_languages (form);
  g_signal_connect_swapped (form->language, "notify::selected", G_CALLBACK (show_words), form);
  show_words (form);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (first));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (dialog), ADW_PREFERENCES_PAGE (page));
  adw_dialog_set_title (dialog, _("Stop Words"));
  g_object_set_data_full (G_OBJECT (dialog), "form", form, form_free);
  adw_dialog_present (dialog, parent);
}
