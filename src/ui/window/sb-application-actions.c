/* What can be done wherever one is: by menu, key, notification or the bus. */
#include <glib/gi18n.h>

#include "sb-application-private.h"
#include "sb-config.h"
#include "sb-connect-dialog.h"
#include "sb-preferences.h"
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
    sb_window_open_thread (self->window, g_variant_get_int64 (parameter), 0);
}

static void
done_thread_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  SbApplication *self = user_data;
  gint64         thread_id = g_variant_get_int64 (parameter);
  SbAct          act = { .kind = SB_ACT_DONE, .thread_ids = &thread_id, .n_threads = 1 };

  if (self->engine != NULL)
    sb_engine_act_async (self->engine, &act, NULL, NULL);
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
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  SbApplication *self = user_data;

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  g_application_quit (user_data);
}

/* The one table of commands and keys: it feeds the accelerators and the dialog that lists them. */
typedef struct
{
  const char *action;
  const char *key;
  const char *title;
} Command;

static const Command commands[] = {
  { "app.search", "<Control>k", N_("Search") },
    { "app.customer", "F9", N_("Show or Hide the Customer") },
      { "app.undo", "<Control>z", N_("Undo") },
        { "app.shortcuts", "<Control>question", N_("Keyboard Shortcuts") },
          { "app.preferences", "<Control>comma", N_("Preferences") },
            { "app.help", "F1", N_("Help") },
              { "window.close", "<Control>w", N_("Close the Window") },
                { "app.quit", "<Control>q", N_("Quit") },
              };

static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  SbApplication *self = user_data;
  AdwDialog     *dialog = adw_dialog_new ();
  GtkWidget     *view = adw_toolbar_view_new ();
  GtkWidget     *page = adw_preferences_page_new ();
  GtkWidget     *group = adw_preferences_group_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      GtkWidget       *row = adw_action_row_new ();
      guint            key;
      GdkModifierType  modifiers;
      g_autofree char *text = NULL;

      gtk_accelerator_parse (commands[i].key, &key, &modifiers);
      text = gtk_accelerator_get_label (key, modifiers);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(commands[i].title));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (text));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, _("Keyboard Shortcuts"));
  adw_dialog_set_content_width (dialog, 460);
  adw_dialog_set_content_height (dialog, 420);
  adw_dialog_set_child (dialog, view);
  sb_application_need_window (self);
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
}

static const GActionEntry entries[] = {
  { "practice", practice_cb },
  { "shop", shop_cb },
  { "preferences", preferences_cb },
  { "health", health_cb },
  { "customer", side_cb },
  { "connect", connect_cb },
  { "search", search_cb },
  { "open-thread", open_thread_cb, "x" },
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
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *keys[] = { commands[i].key, NULL };

      gtk_application_set_accels_for_action (GTK_APPLICATION (self), commands[i].action, keys);
    }
}
