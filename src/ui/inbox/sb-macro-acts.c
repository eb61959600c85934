/* Macros at the desk: run by key, from the menu of a row or from a list, on one conversation or on many. */
#include "sb-macro-acts.h"

#include <glib/gi18n.h>

#include "sb-choice-dialog.h"
#include "sb-tell.h"
#include "sb-triage.h"

/* -- running -- */

typedef struct
{
  GtkWidget *widget;
  char      *said;
} Run;

static void
run_free (Run *run)
{
  g_object_unref (run->widget);
  g_free (run->said);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static void
ran_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (Run)    run = user_data;
  g_autoptr (GError) error = NULL;
  gint64             undo_id = sb_engine_act_finish (SB_ENGINE (object), result, &error);

  if (undo_id < 0)
    sb_tell (run->widget, error->message);
  else
    sb_tell_undo (run->widget, run->said, SB_ENGINE (object), undo_id);
}

static gboolean
takes_away (const SbMacro *macro)
{
  gboolean away = FALSE;

  for (guint i = 0; i < macro->steps->len; i++)
    {
      const SbMacroStep *step = macro->steps->pdata[i];

      if (step->kind == SB_STEP_STATUS)
        away = step->value == SB_THREAD_CLOSED;
      if (step->kind == SB_STEP_SNOOZE)
        away = TRUE;
    }

  return away;
}

/* @leaves: (out): the conversations leave the inbox by it */
gboolean
sb_macro_run (GtkWidget *widget,
              SbEngine  *engine,
              GArray    *threads,
              gint64     macro_id,
              gboolean  *leaves)
{
  SbReader           *reader = sb_engine_get_reader (engine);
  g_autoptr (SbMacro) macro = sb_reader_get_macro (reader, macro_id);
  g_autofree char    *problem = macro != NULL ? sb_macro_problem (reader, macro) : NULL;
  guint               n = threads->len;
  Run                *run;

  *leaves = FALSE;
  if (macro == NULL)
    return FALSE;
  if (problem != NULL)
    {
      /* Translators: name of a macro, and a sentence that says what is wrong with it */
      g_autofree char *words = g_strdup_printf (_("“%s” needs attention: %s"), macro->name, problem);

      sb_tell (widget, words);
      return FALSE;
    }

  *leaves = takes_away (macro);
  run = g_new0 (Run, 1);
  run->widget = g_object_ref (widget);
  run->said = n == 1 ? g_strdup (macro->name)
                     /* Translators: name of a macro, and on how many it was run */
                     : g_strdup_printf (ngettext ("%s · %u conversation", "%s · %u conversations", n), macro->name, n);
  sb_engine_run_macro_async (engine, macro_id, (const gint64 *) (gpointer) threads->data, n, ran_cb, run);

  return TRUE;
}

/* -- choosing -- */

typedef struct
{
  GtkWidget    *widget;
  GArray       *threads;
  SbMacroChosen chosen;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_object_unref (choice->widget);
  g_array_unref (choice->threads);
  g_free (choice);
}

#define MAKE_ONE 0

static void
chosen_cb (gint64   value,
           gpointer user_data)
{
  Choice *choice = user_data;

  if (value == MAKE_ONE)
    gtk_widget_activate_action (choice->widget, "app.preferences", NULL);
  else
    choice->chosen (choice->widget, choice->threads, value);
}

void
sb_macro_choose (GtkWidget    *widget,
                 SbEngine     *engine,
                 GArray       *threads,
                 SbMacroChosen chosen)
{
  SbReader             *reader = sb_engine_get_reader (engine);
  g_autoptr (GPtrArray) macros = sb_reader_list_macros (reader);
  Choice               *choice = g_new0 (Choice, 1);
  SbChoiceDialog       *dialog;

  choice->widget = g_object_ref (widget);
  choice->threads = g_array_ref (threads);
  choice->chosen = chosen;
  dialog = sb_choice_dialog_new (C_("dialog", "Macros"), chosen_cb, choice, choice_free);
  for (guint i = 0; i < macros->len; i++)
    {
      const SbMacro   *macro = macros->pdata[i];
      g_autofree char *problem = sb_macro_problem (reader, macro);
      g_autofree char *does = problem == NULL ? sb_macro_describe (engine, macro) : NULL;

      sb_choice_dialog_add (dialog, macro->name, problem != NULL ? problem : does, '\0', macro->id);
    }
  if (macros->len == 0)
    sb_choice_dialog_add (dialog, _("Make a Macro…"), _("Several actions under one name and key"), 'm', MAKE_ONE);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* (transfer full): an item for each macro. */
GMenuModel *
sb_macro_menu_new (SbEngine *engine)
{
  g_autoptr (GPtrArray) macros = sb_reader_list_macros (sb_engine_get_reader (engine));
  GMenu                *menu = g_menu_new ();

  for (guint i = 0; i < macros->len; i++)
    {
      const SbMacro        *macro = macros->pdata[i];
      g_autoptr (GMenuItem) item = NULL;
      g_auto (GStrv)        parts = g_strsplit (macro->name, "_", -1);
      g_autofree char      *label = g_strjoinv ("__", parts);

      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "inbox.macro", "x", macro->id);
      if (macro->key != NULL)
        g_menu_item_set_attribute (item, "accel", "s", macro->key);
      g_menu_append_item (menu, item);
    }
  if (macros->len == 0)
    g_menu_append (menu, _("Make a Macro…"), "app.preferences");

  return G_MENU_MODEL (menu);
}

/* -- words -- */

static const char *
name_of (GPtrArray  *rows,
         gint64      id,
         const char *fallback)
{
  for (guint i = 0; i < rows->len; i++)
    if (((SbNamed *) rows->pdata[i])->id == id)
      return ((SbNamed *) rows->pdata[i])->name;

  return fallback != NULL ? fallback : "";
}

static char *
step_words (SbEngine          *engine,
            const SbMacroStep *step)
{
  SbReader             *reader = sb_engine_get_reader (engine);
  g_autoptr (GPtrArray) staff = sb_reader_list_staff (reader);
  g_autoptr (GPtrArray) tags = sb_reader_list_tags (reader);

  switch (step->kind)
    {
    case SB_STEP_STATUS:
      return g_strdup (step->value == SB_THREAD_CLOSED ? C_("toast", "Done") : step->value == SB_THREAD_PENDING ? _("Pending")
                                                                                                   : C_("macro", "Reopen"));
    case SB_STEP_SNOOZE:
      return g_strdup (C_("macro", "Snooze"));
    case SB_STEP_ASSIGN_ME:
      return g_strdup (_("Assign to Me"));
    case SB_STEP_ASSIGN:
      /* Translators: name of a colleague */
      return step->value == 0 ? g_strdup (_("Assign to nobody")) : g_strdup_printf (_("Assign to %s"), name_of (staff, step->value, step->text));
    case SB_STEP_TAG:
      /* Translators: name of a tag */
      return g_strdup_printf (_("Tag “%s”"), name_of (tags, step->value, step->text));
    case SB_STEP_UNTAG:
      /* Translators: name of a tag */
      return g_strdup_printf (_("Without tag “%s”"), name_of (tags, step->value, step->text));
    case SB_STEP_NOTE:
      return g_strdup (C_("macro", "Note"));
    case SB_STEP_ANSWER:
      return g_strdup (C_("macro", "Text into the answer"));
    default:
      g_assert_not_reached ();
    }
}

/* "Tag “Pickup” · Assign to Me · Done" */
char *
sb_macro_describe (SbEngine      *engine,
                   const SbMacro *macro)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < macro->steps->len; i++)
    {
      g_autofree char *step = step_words (engine, macro->steps->pdata[i]);

      g_string_append_printf (words, "%s%s", i > 0 ? " · " : "", step);
    }

  return g_string_free (words, FALSE);
}

/* @key: as kept */
char *
sb_macro_key_label (const char *key)
{
  guint           value = 0;
  GdkModifierType modifiers = 0;

  return gtk_accelerator_parse (key, &value, &modifiers) ? gtk_accelerator_get_label (value, modifiers) : g_strdup (key);
}

/* -- keys -- */

typedef struct
{
  GtkWidget          *widget; /* not owned: the keys go with it */
  SbEngine           *engine; /* not owned */
  GtkEventController *controller;
} Keys;

typedef struct
{
  gint64   macro_id;
  gboolean is_typed; /* a key that writes something in a text */
} Press;

static Press *
press_new (const SbMacro *macro)
{
  Press *press = g_new0 (Press, 1);

  press->macro_id = macro->id;
  press->is_typed = macro->key[0] != '<';

  return press;
}

/* A digit typed into a text is a digit. */
static gboolean
pressed_cb (GtkWidget *widget,
            GVariant  *arguments,
            gpointer   user_data)
{
  GtkRoot     *root = gtk_widget_get_root (widget);
  GtkWidget   *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  const Press *press = user_data;

  if (press->is_typed && focus != NULL && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus)))
    return FALSE;

  return gtk_widget_activate_action (widget, "inbox.macro", "x", press->macro_id);
}

static void
show_keys (Keys *keys)
{
  g_autoptr (GPtrArray) macros = sb_reader_list_macros (sb_engine_get_reader (keys->engine));

  if (keys->controller != NULL)
    gtk_widget_remove_controller (keys->widget, keys->controller);
  keys->controller = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys->controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < macros->len; i++)
    {
      const SbMacro      *macro = macros->pdata[i];
      GtkShortcutTrigger *trigger = macro->key != NULL ? gtk_shortcut_trigger_parse_string (macro->key) : NULL;

      if (trigger != NULL)
        gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys->controller),
                                              gtk_shortcut_new (trigger, gtk_callback_action_new (pressed_cb, press_new (macro), g_free)));
    }
  gtk_widget_add_controller (keys->widget, keys->controller);
}

static void
event_cb (GtkWidget *widget,
          SbEvent   *event)
{
  if (event->kind == SB_EVENT_MACRO_CHANGED)
    show_keys (g_object_get_data (G_OBJECT (widget), "macro-keys"));
}

void
sb_macro_keys_add (GtkWidget *widget,
                   SbEngine  *engine)
{
  Keys *keys = g_new0 (Keys, 1);

  keys->widget = widget;
  keys->engine = engine;
  g_object_set_data_full (G_OBJECT (widget), "macro-keys", keys, g_free);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), widget, G_CONNECT_SWAPPED);
  show_keys (keys);
}

/* In the dialog of all keys. */
void
sb_macro_add_shortcuts (AdwPreferencesPage *page,
                        SbEngine           *engine)
{
  g_autoptr (GPtrArray) macros = sb_reader_list_macros (sb_engine_get_reader (engine));
  GtkWidget            *group = NULL;

  for (guint i = 0; i < macros->len; i++)
    {
      const SbMacro   *macro = macros->pdata[i];
      g_autofree char *label = macro->key != NULL ? sb_macro_key_label (macro->key) : NULL;
      GtkWidget       *row;

      if (label == NULL)
        continue;
      if (group == NULL)
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Keys of Your Macros"));
          adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
        }
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), macro->name);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (label));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
}
