#include "sb-application-private.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "sb-background.h"
#include "sb-damaged.h"
#include "sb-config.h"
#include "sb-settings.h"
#include "sb-text-menu.h"
#include "sb-ui-resources.h"
#include "sb-ocr-languages.h"
#include "sb-picture-texts.h"
#include "sb-preferences.h"
#include "sb-whole-titles.h"

/**
 * SbApplication:
 *
 * One process, one shop open at a time, and the commands that are there wherever one is. Notifications use its actions, so
 * that they work after the window was closed.
 */
G_DEFINE_FINAL_TYPE (SbApplication, sb_application, ADW_TYPE_APPLICATION)

/* -- the shop -- */

static char *
last_shop_file (void)
{
  return g_build_filename (g_get_user_data_dir (), "shopbell", "last-shop", NULL);
}

static void
remember_shop (const char *name)
{
  g_autofree char *path = last_shop_file ();

  g_file_set_contents_full (path, name, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

static void
notice_cb (SbEngine *engine,
           SbNotice *notice,
           gpointer  user_data)
{
  SbApplication            *self = user_data;
  g_autoptr (GNotification) notification = g_notification_new (notice->title);
  g_autofree char          *id = g_strdup_printf ("thread-%" G_GINT64_FORMAT, notice->thread_id);

  g_notification_set_body (notification, notice->body);
  g_notification_set_category (notification, "im.received");
  if (notice->silent)
    g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_LOW);
  if (notice->thread_id != 0)
    {
      g_notification_set_default_action_and_target (notification, "app.open-thread", "x", notice->thread_id);
      g_notification_add_button_with_target (notification, _("Reply"), "app.open-thread", "x", notice->thread_id);
      g_notification_add_button_with_target (notification, _("Mark as Done"), "app.done-thread", "x", notice->thread_id);
    }
  else
    g_notification_set_default_action (notification, "app.health");
  g_application_send_notification (G_APPLICATION (self), id, notification);
}

static void
withdraw_cb (SbEngine *engine,
             gint64    thread_id,
             gpointer  user_data)
{
  g_autofree char *id = g_strdup_printf ("thread-%" G_GINT64_FORMAT, thread_id);

  g_application_withdraw_notification (user_data, id);
}

/* -- preferences that act at once -- */

static void
apply_policy (SbApplication *self)
{
  GSettings     *settings = sb_settings_get ();
  SbNoticePolicy policy = {
    .enabled = g_settings_get_boolean (settings, "notify"),
    .show_content = g_settings_get_boolean (settings, "notify-preview"),
    .quiet_enabled = g_settings_get_boolean (settings, "quiet-enabled"),
    .quiet_from = g_settings_get_int (settings, "quiet-from"),
    .quiet_to = g_settings_get_int (settings, "quiet-to"),
  };
  g_autofree char *languages = sb_ocr_languages_get ();

  if (self->engine == NULL)
    return;
  sb_engine_set_notice_policy (self->engine, &policy);
  sb_engine_set_read_receipts (self->engine, g_settings_get_boolean (settings, "read-ticks"));
  sb_engine_set_reads_pictures (self->engine, g_settings_get_boolean (settings, "read-pictures"), languages);
}

static void
apply_style (void)
{
  const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[g_settings_get_enum (sb_settings_get (), "color-scheme") % G_N_ELEMENTS (schemes)]);
}

static void
setting_cb (GSettings  *settings,
            const char *key,
            gpointer    user_data)
{
  if (g_str_equal (key, "color-scheme"))
    apply_style ();
  else
    apply_policy (user_data);
}

/* Staying without a window, when the person wants it and the computer allows it. */
static void
stay (SbApplication *self,
      gboolean       stays)
{
  if (stays == self->held)
    return;
  self->held = stays;
  if (stays)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

static void
background_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (SbApplication) self = user_data;
  SbBackground              background = sb_background_request_finish (result);

  if (background == SB_BACKGROUND_DENIED && self->window == NULL)
    {
      g_autoptr (GNotification) notification = g_notification_new (_("Shopbell was closed"));

      g_notification_set_body (notification, _("This computer does not let it go on in the background. Messages arrive when you open it again."));
      g_application_send_notification (G_APPLICATION (self), "background", notification);
      stay (self, FALSE);
    }
}

/* The shop goes on without a window where it may: the practice shop ends with its window. */
void
sb_application_go_on (SbApplication *self)
{
  if (self->engine == NULL || self->server != NULL || !g_settings_get_boolean (sb_settings_get (), "run-in-background"))
    return;
  sb_engine_set_open_thread (self->engine, 0);
  stay (self, TRUE);
  sb_background_request_async (g_settings_get_boolean (sb_settings_get (), "autostart"), background_cb, g_object_ref (self));
}

/* The window is going: the shop goes on behind it, or closes with it. */
static void
window_gone_cb (gpointer user_data,
                GObject *where_it_was)
{
  SbApplication *self = user_data;

  if (self->window == (gpointer) where_it_was)
    self->window = sb_application_find_window (self, where_it_was);
  if (self->window != NULL)
    return;
  sb_application_go_on (self);
}

void
sb_application_watch_window (SbApplication *self,
                             SbWindow      *window)
{
  g_object_weak_ref (G_OBJECT (window), window_gone_cb, self);
}

static void
close_shop (SbApplication *self)
{
  g_clear_pointer (&self->control, sb_control_free);
  if (self->engine != NULL)
    {
      if (self->window != NULL)
        sb_window_keep_place (self->window);
      for (GList *at = gtk_application_get_windows (GTK_APPLICATION (self)); at != NULL; at = at->next)
        if (SB_IS_WINDOW (at->data))
          sb_window_leave_shop (at->data);
      g_signal_handlers_disconnect_by_data (self->engine, self);
      sb_engine_close (self->engine);
    }
  g_clear_object (&self->engine);
  g_clear_object (&self->server);
}

static gboolean
wants (SbApplication *self,
       const char    *page)
{
  return g_strcmp0 (self->page, page) == 0;
}

/* The page that was asked for on the command line, once. */
static void
show_page (SbApplication *self)
{
  const char      *pages[] = { "connect", "preferences", "search", "shortcuts", "health" };
  g_autofree char *page = NULL;

  if (self->opening || self->window == NULL)
    return;
  page = g_steal_pointer (&self->page);
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (page, pages[i]) == 0)
      g_action_group_activate_action (G_ACTION_GROUP (self), page, NULL);
  if (page != NULL && g_str_has_prefix (page, "contacts/"))
    sb_window_show_contacts (self->window, page + strlen ("contacts/"));
  if (page != NULL && g_str_has_prefix (page, "preferences/"))
    {
      AdwDialog *dialog = sb_preferences_new (self->engine);

      adw_preferences_dialog_set_visible_page_name (ADW_PREFERENCES_DIALOG (dialog), page + strlen ("preferences/"));
      adw_dialog_present (dialog, GTK_WIDGET (self->window));
    }
}

static void
show_in_window (SbApplication *self,
                SbWindow      *window)
{
  sb_window_show_shop (window, self->engine, self->server);
}

/* Takes @engine over. */
static void
show_shop (SbApplication *self,
           SbEngine      *engine)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *damaged = sb_engine_get_damaged_copy (engine);

  self->engine = engine;
  apply_policy (self);
  g_signal_connect (engine, "notice", G_CALLBACK (notice_cb), self);
  g_signal_connect (engine, "withdraw", G_CALLBACK (withdraw_cb), self);
  if (!sb_engine_is_read_only (engine))
    {
      self->control = sb_control_new (engine, &error);
      if (self->control == NULL)
        g_warning ("The command line cannot reach this shop: %s", error->message);
    }
  sb_application_finish_thread (self);
  if (self->window == NULL)
    return;
  sb_application_each_window (self, show_in_window);
  if (damaged != NULL)
    sb_damaged_present (GTK_WIDGET (self->window), damaged);
  if (sb_engine_is_read_only (engine))
    sb_window_toast (self->window, _("Another program has this shop open. You can read here."));
}

static void
show_welcome (SbApplication *self,
              SbWindow      *window)
{
  sb_window_show_welcome (window);
}

/* Says what went wrong where somebody sees it. */
static void
complain (SbApplication *self,
          const GError  *error)
{
  if (self->window == NULL)
    {
      g_warning ("%s", error->message);
      return;
    }
  sb_application_each_window (self, show_welcome);
  sb_window_toast (self->window, error->message);
}

static void
practice_opened_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (SbApplication) self = user_data;
  g_autoptr (GError)        error = NULL;
  SbPracticeServer         *server = NULL;
  SbEngine                 *engine = sb_shop_open_practice_finish (result, &server, &error);

  self->opening = FALSE;
  g_application_release (G_APPLICATION (self));
  if (!self->practicing)
    {
      /* Meanwhile the own shop was asked for. */
      if (engine != NULL)
        sb_engine_close (engine);
      g_clear_object (&engine);
      g_clear_object (&server);
      return;
    }
  if (engine == NULL)
    {
      g_clear_object (&server);
      complain (self, error);
      return;
    }

  self->server = server;
  remember_shop ("practice");
  show_shop (self, engine);
  show_page (self);
  sb_application_go_to_goal (self);
}

void
sb_application_open_practice (SbApplication *self)
{
  g_autofree char *folder = sb_shop_folder ("practice");

  self->practicing = TRUE;
  if (self->server != NULL)
    return;
  close_shop (self);
  if (self->opening)
    return;
  self->opening = TRUE;
  g_application_hold (G_APPLICATION (self));
  sb_shop_open_practice_async (folder, practice_opened_cb, g_object_ref (self));
}

/* The owner's own shop; opened for reading when another program writes it. */
gboolean
sb_application_open_own (SbApplication *self,
                         gboolean       create)
{
  g_autofree char   *folder = sb_shop_folder ("shop");
  g_autoptr (GError) error = NULL;
  SbEngine          *engine;

  self->practicing = FALSE;
  close_shop (self);
  engine = sb_engine_open (folder, create ? SB_ENGINE_CREATE : 0, NULL, &error);
  if (engine == NULL && g_error_matches (error, SB_ERROR, SB_ERROR_BUSY))
    {
      g_clear_error (&error);
      engine = sb_engine_open (folder, SB_ENGINE_READ_ONLY, NULL, &error);
    }
  if (engine == NULL)
    {
      complain (self, error);
      return FALSE;
    }

  remember_shop ("shop");
  sb_engine_start (engine);
  show_shop (self, engine);

  return TRUE;
}

/* Commands also come by the bus and from notifications: when there is no window yet, or no more. */
void
sb_application_need_window (SbApplication *self)
{
  if (self->window == NULL)
    {
      self->window = sb_application_add_window (self);
      stay (self, FALSE);
    }
  gtk_window_present (GTK_WINDOW (self->window));
}

/* -- the application -- */

/* The end of the session is a clean end: else the next start would look through the whole file. */
static gboolean
terminate_cb (gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit", NULL);

  return G_SOURCE_CONTINUE;
}

static void
startup (GApplication *application)
{
  SbApplication             *self = SB_APPLICATION (application);
  g_autoptr (GtkCssProvider) provider = NULL;
  GdkDisplay                *display;

  G_APPLICATION_CLASS (sb_application_parent_class)->startup (application);

  self->terminate_id = g_unix_signal_add (SIGTERM, terminate_cb, self);
  sb_ui_register_resource ();
  sb_whole_titles_begin ();
  display = gdk_display_get_default ();
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, SB_RESOURCES "/ui/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display), SB_RESOURCES "/icons");
  gtk_window_set_default_icon_name (SB_APP_ID);
  sb_text_menu_begin ();
  apply_style ();
  g_signal_connect_object (sb_settings_get (), "changed", G_CALLBACK (setting_cb), self, 0);
  sb_application_add_actions (self);
}

/* The shop that was open last, or the one that a page asks for. */
void
sb_application_open_last (SbApplication *self)
{
  g_autofree char *path = last_shop_file ();
  g_autofree char *last = NULL;

  g_file_get_contents (path, &last, NULL, NULL);
  if (wants (self, "welcome"))
    return;
  if (g_strcmp0 (last, "practice") == 0 || (self->page != NULL && !wants (self, "connect")))
    sb_application_open_practice (self);
  else if (g_strcmp0 (last, "shop") == 0)
    sb_application_open_own (self, FALSE);
}

static void
activate (GApplication *application)
{
  SbApplication *self = SB_APPLICATION (application);

  if (self->window != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->window));
      return;
    }
  if (self->background && self->engine == NULL)
    {
      /* Started with the computer: no window, only the shop. */
      self->background = FALSE;
      sb_application_open_last (self);
      if (self->engine != NULL)
        stay (self, TRUE);
      return;
    }

  /* The window comes with the shop in it: it is measured and drawn once. */
  self->window = sb_application_add_window (self);
  stay (self, FALSE);
  if (self->engine == NULL)
    sb_application_open_last (self);
  gtk_window_present (GTK_WINDOW (self->window));
  show_page (self);
}

static int
handle_local_options (GApplication *application,
                      GVariantDict *options)
{
  SbApplication *self = SB_APPLICATION (application);

  g_variant_dict_lookup (options, "page", "s", &self->page);
  self->background = g_variant_dict_contains (options, "background");

  return -1;
}

static void
let_go (SbApplication *self,
        SbWindow      *window)
{
  g_object_weak_unref (G_OBJECT (window), window_gone_cb, self);
}

static void
shutdown (GApplication *application)
{
  SbApplication *self = SB_APPLICATION (application);

  sb_application_each_window (self, let_go);
  g_clear_handle_id (&self->terminate_id, g_source_remove);
  close_shop (self);

  G_APPLICATION_CLASS (sb_application_parent_class)->shutdown (application);
}

static void
sb_application_finalize (GObject *object)
{
  g_free (SB_APPLICATION (object)->page);
  g_clear_pointer (&SB_APPLICATION (object)->goal, g_variant_unref);

  G_OBJECT_CLASS (sb_application_parent_class)->finalize (object);
}

static void
sb_application_class_init (SbApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sb_application_finalize;
  application_class->startup = startup;
  application_class->activate = activate;
  application_class->shutdown = shutdown;
  application_class->handle_local_options = handle_local_options;
}

static void
sb_application_init (SbApplication *self)
{
  static const GOptionEntry options[] = {
    { "page", 0, 0, G_OPTION_ARG_STRING, NULL, "Open at this page: welcome, inbox, connect, health, preferences, preferences/hours, contacts/people", "NAME" },
    { "background", 0, 0, G_OPTION_ARG_NONE, NULL, "Start without a window", NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

SbApplication *
sb_application_new (void)
{
  return g_object_new (SB_TYPE_APPLICATION, "application-id", SB_APP_ID, "resource-base-path", SB_RESOURCES, NULL);
}
