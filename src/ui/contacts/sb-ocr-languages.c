/* Which languages stand on the paper: the reader of letters knows the words of some, and guesses worse with the wrong ones. */
#include "sb-ocr-languages.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-alert.h"
#include "sb-paper-languages.h"
#include "sb-settings.h"

#define KEY "paper-languages"

static const struct
{
  const char *code;
  const char *locale;
  const char *name;
} known[] = {
  { "eng", "en", N_("English") },
  { "fra", "fr", N_("French") },
  { "ara", "ar", N_("Arabic") },
  { "deu", "de", N_("German") },
  { "spa", "es", N_("Spanish") },
  { "por", "pt", N_("Portuguese") },
  { "ita", "it", N_("Italian") },
  { "nld", "nl", N_("Dutch") },
  { "tur", "tr", N_("Turkish") },
  { "rus", "ru", N_("Russian") },
  { "ukr", "uk", N_("Ukrainian") },
  { "pol", "pl", N_("Polish") },
  { "hin", "hi", N_("Hindi") },
  { "urd", "ur", N_("Urdu") },
  { "fas", "fa", N_("Persian") },
  { "heb", "he", N_("Hebrew") },
  { "ind", "id", N_("Indonesian") },
  { "swa", "sw", N_("Swahili") },
  { "chi_sim", "zh", N_("Chinese") },
};

static const char *
name_of (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].code, code))
      return _(known[i].name);

  return code;
}

char *
sb_ocr_languages_get (void)
{
  g_autofree char   *chosen = g_settings_get_string (sb_settings_get (), KEY);
  const char *const *names = g_get_language_names ();

  if (chosen[0] != '\0')
    return g_steal_pointer (&chosen);
  for (gsize i = 1; i < G_N_ELEMENTS (known); i++)
    if (names[0] != NULL && g_str_has_prefix (names[0], known[i].locale))
      return g_strconcat (known[i].code, "+eng", NULL);

  return g_strdup ("eng");
}

/* One question, from asking which are installed to the answer. */
typedef struct
{
  GtkWidget *parent;
  void (*chosen) (gpointer parent);
  GPtrArray *rows; /* AdwSwitchRow, not owned */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->parent);
  g_ptr_array_unref (question->rows);
  g_free (question);
}

static void
answered_cb (AdwAlertDialog *dialog,
             const char     *response,
             Question       *question)
{
  g_autoptr (GString) languages = g_string_new (NULL);
  g_autofree char    *before = sb_ocr_languages_get ();

  if (!g_str_equal (response, "read"))
    return;
  for (guint i = 0; i < question->rows->len; i++)
    if (adw_switch_row_get_active (question->rows->pdata[i]))
      g_string_append_printf (languages, "%s%s", languages->len > 0 ? "+" : "", (const char *) g_object_get_data (question->rows->pdata[i], "code"));
  if (languages->len == 0 || g_str_equal (languages->str, before))
    return;
  g_settings_set_string (sb_settings_get (), KEY, languages->str);
  question->chosen (question->parent);
}

static GtkWidget *
row_for (const char *code,
         GStrv       chosen)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name_of (code));
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), g_strv_contains ((const char *const *) chosen, code));
  g_object_set_data_full (G_OBJECT (row), "code", g_strdup (code), g_free);

  return row;
}

static void
present (Question *question,
         GStrv     installed)
{
  AdwDialog       *dialog = sb_alert_new (_("Languages on the Paper"), _("Names are read better in their own language, and the digits of Arabic with Arabic. What you decided already stays."));
  GtkWidget       *group = adw_preferences_group_new ();
  g_autofree char *languages = sb_ocr_languages_get ();
  g_auto (GStrv)   chosen = g_strsplit (languages, "+", -1);

  /* Those that are chosen first, in their order: the first one is believed most. */
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; (pass == 0 ? chosen[i] : installed[i]) != NULL; i++)
      {
        const char *code = pass == 0 ? chosen[i] : installed[i];
        GtkWidget  *row;

        if (pass == 0 ? !g_strv_contains ((const char *const *) installed, code) : g_strv_contains ((const char *const *) chosen, code))
          continue;
        row = row_for (code, chosen);
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
        g_ptr_array_add (question->rows, row);
      }
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), group);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "back", _("Back"), "read", _("Read Again"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "read", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "read");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "back");
  g_object_set_data_full (G_OBJECT (dialog), "question", question, question_free);
  g_signal_connect (dialog, "response", G_CALLBACK (answered_cb), question);
  adw_dialog_present (dialog, question->parent);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Question          *question = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)     installed = sb_engine_list_paper_languages_finish (SB_ENGINE (object), result, &error);

  if (installed != NULL && gtk_widget_get_root (question->parent) != NULL)
    {
      present (question, installed);
      return;
    }
  if (error != NULL)
    g_warning ("The languages of paper are not known: %s", error->message);
  question_free (question);
}

void
sb_ocr_languages_ask (GtkWidget *parent,
                      SbEngine  *engine,
                      GCallback  chosen)
{
  Question *question = g_new0 (Question, 1);

  question->parent = g_object_ref (parent);
  question->chosen = (void (*) (gpointer)) chosen;
  question->rows = g_ptr_array_new ();
  sb_engine_list_paper_languages_async (engine, listed_cb, question);
}
