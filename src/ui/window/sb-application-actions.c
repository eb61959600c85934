/* What can be done wherever one is: by menu, key, notification or the bus. */
#include <glib/gi18n.h>

#include "sb-application-private.h"
#include "sb-commands.h"
#include "sb-config.h"
#include "sb-connect-dialog.h"
#include "sb-preferences.h"
#include "sb-reader-merged.h"
#include "sb-search-dialog.h"

static void
practice_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  sb_application_need_window (user_data);
  sb_application_open_practice (user_data);
}

static void
connect_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  SbApplication *self = user_data;

  sb_application_need_window (self);
  if ((self->engine == NULL || self->server != NULL) && !sb_application_open_own (self, TRUE))
    return;
  adw_dialog_present (sb_connect_dialog_new (self->engine), GTK_WIDGET (self->window));
}

static void
shop_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  SbApplication *self = user_data;

  sb_application_need_window (self);
  if (self->engine == NULL || self->server != NULL)
    sb_application_open_own (self, TRUE);
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  SbApplication *self = user_data;

  sb_application_need_window (self);
  adw_dialog_present (sb_preferences_new (self->engine), GTK_WIDGET (self->window));
}

static void
health_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  SbApplication *self = user_data;

  sb_application_need_window (self);
  if (self->engine != NULL)
    sb_window_show_health (self->window);
}

static void
side_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  SbApplication *self = user_data;

  sb_application_need_window (self);
  if (self->engine != NULL)
    sb_window_toggle_side (self->window);
}

static void
search_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  SbApplication *self = user_data;

  sb_application_need_window (self);
  if (self->engine != NULL)
    adw_dialog_present (sb_search_dialog_new (self->engine, self->window), GTK_WIDGET (self->window));
}

static void
open_thread_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  SbApplication *self = user_data;

  g_application_activate (G_APPLICATION (self));
  if (self->engine != NULL)
    {
      sb_application_need_window (self);
      sb_window_open_thread (self->window, g_variant_get_int64 (parameter), 0);
      return;
    }
  /* The program was started by the notification, and the practice shop takes a moment. */
  g_clear_pointer (&self->goal, g_variant_unref);
  self->goal = g_variant_ref_sink (g_variant_new ("(sxx)", "practice", g_variant_get_int64 (parameter), (gint64) 0));
}

/* A list of contacts, by its path. */
static void
import_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  SbApplication *self = user_data;

  sb_application_need_window (self);
  if (self->engine != NULL)
    sb_window_import (self->window, g_variant_get_string (parameter, NULL));
}

static void
search_words (SbApplication *self,
              const char    *words)
{
  AdwDialog *dialog = sb_search_dialog_new (self->engine, self->window);

  sb_search_dialog_set_words (dialog, words);
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
}

/* Once the shop is there: the practice shop takes a moment. */
void
sb_application_go_to_goal (SbApplication *self)
{
  g_autoptr (GVariant) goal = NULL;
  const char          *shop;
  gint64               thread_id, message_id;

  if (self->goal == NULL || self->engine == NULL || self->window == NULL)
    return;
  goal = g_steal_pointer (&self->goal);
  if (g_variant_is_of_type (goal, G_VARIANT_TYPE_STRING))
    {
      search_words (self, g_variant_get_string (goal, NULL));
      return;
    }
  g_variant_get (goal, "(&sxx)", &shop, &thread_id, &message_id);
  if (g_str_equal (shop, "practice") == (self->server != NULL))
    sb_window_open_thread (self->window, thread_id, message_id);
}

/* From the search of the desktop: a message, or words to search for. Often the first thing the program hears. */
static void
goal_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  SbApplication *self = user_data;

  g_clear_pointer (&self->goal, g_variant_unref);
  self->goal = g_variant_ref (parameter);
  g_application_activate (G_APPLICATION (self));
  sb_application_need_window (self);
  sb_application_go_to_goal (self);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  SbApplication     *self = user_data;
  g_autoptr (GError) error = NULL;

  if (sb_engine_act_finish (SB_ENGINE (object), result, &error) < 0)
    g_message ("A conversation could not be marked as done: %s", error->message);
  if (self->window == NULL)
    sb_application_go_on (self);
  g_application_release (G_APPLICATION (self));
}

/* What a notification asked for before the shop was open. */
void
sb_application_finish_thread (SbApplication *self)
{
  SbAct act = { .kind = SB_ACT_DONE, .thread_ids = &self->finishing, .n_threads = 1 };

  if (self->finishing == 0 || self->engine == NULL)
    return;
  self->finishing = sb_reader_find_joined_thread (sb_engine_get_reader (self->engine), self->finishing);
  g_application_hold (G_APPLICATION (self));
  sb_engine_act_async (self->engine, &act, done_cb, self);
  self->finishing = 0;
}

/* From a notification, which outlives the program: without a shop the last one is opened, and no window. */
static void
done_thread_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  SbApplication *self = user_data;

  self->finishing = g_variant_get_int64 (parameter);
  if (self->engine == NULL)
    sb_application_open_last (self);
  else
    sb_application_finish_thread (self);
}

static void
undo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  SbApplication *self = user_data;

  if (self->engine != NULL)
    sb_engine_undo_async (self->engine, 0, NULL, NULL);
}

static void
help_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  SbApplication             *self = user_data;
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new ("help:shopbell");

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (self->window), NULL, NULL, NULL);
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  SbApplication *self = user_data;

  sb_application_need_window (self);
  adw_show_about_dialog (GTK_WIDGET (self->window), "application-name", "Shopbell", "application-icon", SB_APP_ID, "version", SB_VERSION, "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _("Answer your customers from one desk"), "developer-name", "The Shopbell developers", NULL);
}

static void
new_window_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  gtk_window_present (GTK_WINDOW (sb_application_add_window (user_data)));
}

static void
close_window (SbApplication *self,
              SbWindow      *window)
{
  gtk_window_close (GTK_WINDOW (window));
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  sb_application_each_window (user_data, close_window);
  g_application_quit (user_data);
}

static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  SbApplication *self = user_data;

  sb_application_need_window (self);
  adw_dialog_present (sb_commands_new_dialog (self->engine), GTK_WIDGET (self->window));
}

static const GActionEntry entries[] = {
  { "new-window", new_window_cb },
  { "practice", practice_cb },
  { "shop", shop_cb },
  { "preferences", preferences_cb },
  { "health", health_cb },
  { "customer", side_cb },
  { "connect", connect_cb },
  { "search", search_cb },
  { "open-thread", open_thread_cb, "x" },
  { "open-message", goal_cb, "(sxx)" },
  { "search-for", goal_cb, "s" },
  { "import", import_cb, "s" },
  { "done-thread", done_thread_cb, "x" },
  { "undo", undo_cb },
  { "shortcuts", shortcuts_cb },
  { "help", help_cb },
  { "about", about_cb },
  { "quit", quit_cb },
};

/* The commands of the program and their keys. */
void
sb_application_add_actions (SbApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  sb_commands_set_accels (GTK_APPLICATION (self));
}
