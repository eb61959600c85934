/* The one table of commands and keys: it feeds the accelerators, the keys of the desk, and the dialog that lists them. */
#include "sb-commands.h"

#include <glib/gi18n.h>

#include "sb-macro-acts.h"

typedef struct
{
  const char    *group;
  const char    *title;
  const char    *action;
  const char    *keys; /* with blanks between */
  SbCommandScope scope;
} Command;

#define EVERYWHERE   N_("Everywhere")
#define LIST         N_("List")
#define CONVERSATION N_("List and Conversation")
#define SELECTION    N_("Selecting Several")
#define WRITING      N_("Writing")
#define MESSAGE      N_("Message")
#define PEOPLE       N_("Contacts")

static const Command commands[] = {
  { EVERYWHERE, N_("Search"), "app.search", "<Control>k", SB_COMMAND_APP },
  { EVERYWHERE, N_("Show or Hide the Customer"), "app.customer", "F9", SB_COMMAND_APP },
  { EVERYWHERE, N_("Switch Person"), "inbox.switch-person", "<Control><Shift>p", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Next Pane"), "inbox.next-pane", "F6", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Previous Pane"), "inbox.previous-pane", "<Shift>F6", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Go to the Places"), "inbox.place(0)", "<Alt>0", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Go to the Inbox"), "inbox.place(1)", "<Alt>1", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Go to the Contacts"), "inbox.place(2)", "<Alt>2", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Next Unanswered Conversation"), "inbox.next-unanswered", "<Control>j", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Open the First View"), "inbox.view(1)", "<Control>1", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Open the Second View"), "inbox.view(2)", "<Control>2", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Open the Third View"), "inbox.view(3)", "<Control>3", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Open the Fourth View"), "inbox.view(4)", "<Control>4", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Open the Fifth View"), "inbox.view(5)", "<Control>5", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Open the Sixth View"), "inbox.view(6)", "<Control>6", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Open the Seventh View"), "inbox.view(7)", "<Control>7", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Open the Eighth View"), "inbox.view(8)", "<Control>8", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Open the Ninth View"), "inbox.view(9)", "<Control>9", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Undo"), "inbox.undo", "<Control>z", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Redo"), "inbox.redo", "<Control><Shift>z", SB_COMMAND_DESK },
  { EVERYWHERE, N_("Keyboard Shortcuts"), "app.shortcuts", "<Control>question", SB_COMMAND_APP },
  { EVERYWHERE, N_("Preferences"), "app.preferences", "<Control>comma", SB_COMMAND_APP },
  { EVERYWHERE, N_("Help"), "app.help", "F1", SB_COMMAND_APP },
  { EVERYWHERE, N_("Close the Window"), "window.close", "<Control>w", SB_COMMAND_APP },
  { EVERYWHERE, N_("Quit"), "app.quit", "<Control>q", SB_COMMAND_APP },
  { EVERYWHERE, N_("Move a View at the Side"), NULL, "<Alt>Up <Alt>Down", SB_COMMAND_TOLD },

  { LIST, N_("Next Conversation"), "inbox.next", "j", SB_COMMAND_BOTH },
  { LIST, N_("Previous Conversation"), "inbox.previous", "k", SB_COMMAND_BOTH },
  { LIST, N_("Walk Through the List"), NULL, "Up Down", SB_COMMAND_TOLD },
  { LIST, N_("Open the Conversation"), NULL, "Return", SB_COMMAND_TOLD },
  { LIST, N_("What Can Be Done"), "inbox.menu", "Menu <Shift>F10", SB_COMMAND_LIST },

  { CONVERSATION, N_("Write an Answer"), "inbox.reply", "r", SB_COMMAND_BOTH },
  { CONVERSATION, N_("Done"), "inbox.done", "e", SB_COMMAND_BOTH },
  { CONVERSATION, N_("Reopen"), "inbox.reopen", "<Shift>e", SB_COMMAND_BOTH },
  { CONVERSATION, N_("Snooze…"), "inbox.snooze", "s", SB_COMMAND_BOTH },
  { CONVERSATION, N_("Assign…"), "inbox.assign", "a", SB_COMMAND_BOTH },
  { CONVERSATION, N_("Assign to Me"), "inbox.assign-me", "<Shift>a", SB_COMMAND_BOTH },
  { CONVERSATION, N_("Tag…"), "inbox.tag", "t", SB_COMMAND_BOTH },
  { CONVERSATION, N_("Write a Note…"), "inbox.note", "n", SB_COMMAND_BOTH },
  { CONVERSATION, N_("Macros…"), "inbox.macros", "m", SB_COMMAND_BOTH },
  { CONVERSATION, N_("Pin or Unpin"), "inbox.pin", "p", SB_COMMAND_BOTH },
  { CONVERSATION, N_("Mark as Unread or Read"), "inbox.unread", "u", SB_COMMAND_BOTH },
  { CONVERSATION, N_("Undo"), "inbox.undo", "z", SB_COMMAND_BOTH },
  { CONVERSATION, N_("Find in Conversation…"), NULL, "<Control>f", SB_COMMAND_TOLD },
  { CONVERSATION, N_("Next Place Found"), NULL, "<Control>g", SB_COMMAND_TOLD },
  { CONVERSATION, N_("Previous Place Found"), NULL, "<Control><Shift>g", SB_COMMAND_TOLD },

  { WRITING, N_("Send, or Add the Note"), NULL, "<Control>Return", SB_COMMAND_TOLD },
  { WRITING, N_("Send Later…"), NULL, "<Control><Shift>Return", SB_COMMAND_TOLD },
  { WRITING, N_("New Line"), NULL, "<Shift>Return", SB_COMMAND_TOLD },
  { WRITING, N_("Quick Reply, at the Start of a Line"), NULL, "slash", SB_COMMAND_TOLD },
  { WRITING, N_("Attach a File…"), "compose.attach", "<Control>o", SB_COMMAND_COMPOSER },
  { WRITING, N_("Record a Voice Message"), "compose.record", "<Control><Shift>r", SB_COMMAND_COMPOSER },
  { WRITING, N_("Message or Note"), "compose.mode", "<Control><Shift>n", SB_COMMAND_COMPOSER },
  { WRITING, N_("Line That Answers"), "compose.lines", "<Control><Shift>l", SB_COMMAND_COMPOSER },
  { WRITING, N_("Emoji"), "compose.emoji", "<Control>period", SB_COMMAND_COMPOSER },
  { WRITING, N_("Answer an Earlier Message"), "compose.quote-older", "<Control>Up", SB_COMMAND_COMPOSER },
  { WRITING, N_("Answer a Later Message"), "compose.quote-newer", "<Control>Down", SB_COMMAND_COMPOSER },

  { MESSAGE, N_("Answer It"), NULL, "<Control>r", SB_COMMAND_TOLD },
  { MESSAGE, N_("Copy"), NULL, "<Control>c", SB_COMMAND_TOLD },
  { MESSAGE, N_("Look at the Picture or File"), NULL, "Return", SB_COMMAND_TOLD },
  { MESSAGE, N_("What Can Be Done"), NULL, "Menu <Shift>F10", SB_COMMAND_TOLD },
  { MESSAGE, N_("Go to the Newest"), NULL, "End", SB_COMMAND_TOLD },

  { SELECTION, N_("Select or Unselect"), "inbox.select", "x", SB_COMMAND_BOTH },
  { SELECTION, N_("Select or Unselect"), "inbox.select", "<Control>space", SB_COMMAND_LIST },
  { SELECTION, N_("Select All"), "inbox.select-all", "<Control>a", SB_COMMAND_LIST },
  { SELECTION, N_("Leave"), "inbox.leave", "Escape", SB_COMMAND_LIST },
  { SELECTION, N_("Leave"), "inbox.leave", "Escape", SB_COMMAND_DESK },

  { PEOPLE, N_("New Contact"), NULL, "n", SB_COMMAND_TOLD },
  { PEOPLE, N_("Write a Message"), NULL, "m", SB_COMMAND_TOLD },
  { PEOPLE, N_("Tag…"), NULL, "t", SB_COMMAND_TOLD },
  { PEOPLE, N_("Stage…"), NULL, "s", SB_COMMAND_TOLD },
  { PEOPLE, N_("Put into a List…"), NULL, "l", SB_COMMAND_TOLD },
  { PEOPLE, N_("Mark or Unmark"), NULL, "x", SB_COMMAND_TOLD },
  { PEOPLE, N_("Mark All"), NULL, "<Control>a", SB_COMMAND_TOLD },
  { PEOPLE, N_("Delete"), NULL, "Delete", SB_COMMAND_TOLD },
  { PEOPLE, N_("Find"), NULL, "<Control>f", SB_COMMAND_TOLD },

  { N_("Windows"), N_("New Window"), "app.new-window", "<Control><Alt>n", SB_COMMAND_APP },

  { N_("Macros"), N_("Run a Macro…"), "inbox.macros", "m", SB_COMMAND_BOTH },
};

void
sb_commands_set_accels (GtkApplication *application)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (GStrv) keys = g_strsplit (commands[i].keys, " ", -1);

      if (commands[i].scope == SB_COMMAND_APP)
        gtk_application_set_accels_for_action (application, commands[i].action, (const char **) keys);
    }
}

/* -- keys of the desk -- */

/* A letter typed into a text is a letter; Escape and what has Control may mean more than the text. */
static gboolean
is_typed (GtkWidget     *widget,
          const Command *command)
{
  GtkRoot   *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean   in_text = focus != NULL && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus));

  return in_text && command->scope != SB_COMMAND_COMPOSER && (command->scope != SB_COMMAND_DESK || g_str_has_prefix (command->action, "inbox.undo") || g_str_has_prefix (command->action, "inbox.redo"));
}

static gboolean
pressed_cb (GtkWidget *widget,
            GVariant  *arguments,
            gpointer   user_data)
{
  const Command       *command = user_data;
  g_autofree char     *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (is_typed (widget, command) || !g_action_parse_detailed_name (command->action, &name, &target, NULL))
    return FALSE;

  return gtk_widget_activate_action_variant (widget, name, target);
}

/* (transfer full): the keys of @scope, for the widget above which the actions are. */
GtkShortcutController *
sb_commands_new_controller (SbCommandScope scope)
{
  GtkShortcutController *controller = GTK_SHORTCUT_CONTROLLER (gtk_shortcut_controller_new ());

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (GStrv) keys = g_strsplit (commands[i].keys, " ", -1);

      for (char **key = keys; *key != NULL && commands[i].scope == scope; key++)
        gtk_shortcut_controller_add_shortcut (controller, gtk_shortcut_new (gtk_shortcut_trigger_parse_string (*key),
                                                                            gtk_callback_action_new (pressed_cb, (gpointer) &commands[i], NULL)));
    }
  if (scope == SB_COMMAND_DESK)
    gtk_shortcut_controller_set_scope (controller, GTK_SHORTCUT_SCOPE_GLOBAL);

  return controller;
}

/* -- the dialog -- */

static char *
key_text (const char *keys)
{
  g_auto (GStrv) list = g_strsplit (keys, " ", -1);
  char          *text = NULL;

  for (char **key = list; *key != NULL; key++)
    {
      guint            value;
      GdkModifierType  modifiers;
      g_autofree char *label = NULL;

      gtk_accelerator_parse (*key, &value, &modifiers);
      label = gtk_accelerator_get_label (value, modifiers);
      if (text == NULL)
        text = g_steal_pointer (&label);
      else
        {
          g_autofree char *before = g_steal_pointer (&text);

          /* Translators: keys that do the same; the first may already be several */
          text = g_strdup_printf (C_("keys", "%s or %s"), before, label);
        }
    }

  return text;
}

static GtkWidget *
make_row (const Command *command,
          const char    *more)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *keys = more != NULL ? g_strdup_printf ("%s %s", command->keys, more) : g_strdup (command->keys);
  g_autofree char *text = key_text (keys);
  GtkWidget       *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(command->title));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);

  return row;
}

static void
add_rows (AdwPreferencesPage *page)
{
  GtkWidget  *group = NULL;
  const char *last = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      gboolean twice = i + 1 < G_N_ELEMENTS (commands) && commands[i].action != NULL && g_strcmp0 (commands[i].action, commands[i + 1].action) == 0;

      if (g_strcmp0 (last, commands[i].group) != 0)
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _(commands[i].group));
          adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
          last = commands[i].group;
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (&commands[i], twice && !g_str_equal (commands[i].keys, commands[i + 1].keys) ? commands[i + 1].keys : NULL));
      i += twice ? 1 : 0;
    }
}

/* @engine: (nullable): of the shop that is open */
AdwDialog *
sb_commands_new_dialog (SbEngine *engine)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();

  add_rows (ADW_PREFERENCES_PAGE (page));
  if (engine != NULL)
    sb_macro_add_shortcuts (ADW_PREFERENCES_PAGE (page), engine);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, _("Keyboard Shortcuts"));
  adw_dialog_set_content_width (dialog, 460);
  adw_dialog_set_content_height (dialog, 620);
  adw_dialog_set_child (dialog, view);

  return dialog;
}
