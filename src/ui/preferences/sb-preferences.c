/* The preferences: what belongs to this computer is kept in GSettings, what belongs to the shop in its file. */
#include "sb-preferences.h"

#include <glib/gi18n.h>

#include "sb-background.h"
#include "sb-hours-group.h"
#include "sb-line-group.h"
#include "sb-macro-group.h"
#include "sb-quick-reply-group.h"
#include "sb-settings.h"
#include "sb-staff-group.h"
#include "sb-time-spin.h"

static GtkWidget *
group_new (AdwPreferencesPage *page,
           const char         *title,
           const char         *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));

  return group;
}

static GtkWidget *
page_new (const char *name,
          const char *title,
          const char *icon)
{
  GtkWidget *page = adw_preferences_page_new ();

  adw_preferences_page_set_name (ADW_PREFERENCES_PAGE (page), name);
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), title);
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (page), icon);

  return page;
}

static GtkWidget *
switch_new (GtkWidget  *group,
            const char *title,
            const char *subtitle,
            const char *key)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  g_settings_bind (sb_settings_get (), key, row, "active", G_SETTINGS_BIND_DEFAULT);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  return row;
}

/* -- times of day -- */

static void
add_time (GtkWidget  *group,
          const char *title,
          const char *key)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = sb_time_spin_new (title);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_settings_bind (sb_settings_get (), key, spin, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (sb_settings_get (), "quiet-enabled", row, "sensitive", G_SETTINGS_BIND_GET);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
fill_notifications (AdwPreferencesPage *page,
                    SbEngine           *engine)
{
  GtkWidget *group = group_new (page, _("New Messages"), NULL);

  switch_new (group, _("Tell About New Messages"), NULL, "notify");
  switch_new (group, _("Show the Words"), _("Off: only that somebody wrote. For a screen that others see"), "notify-preview");
  group = group_new (page, _("Quiet Hours"), _("Messages still arrive; they wait without a banner or a sound."));
  switch_new (group, _("Keep Quiet"), NULL, "quiet-enabled");
  add_time (group, C_("quiet hours", "From"), "quiet-from");
  add_time (group, C_("quiet hours", "Until"), "quiet-to");
}

/* -- background -- */

static void
show_granted (GtkWidget   *pill,
              SbBackground background)
{
  const char *words[] = { _("Not asked yet"), _("Allowed"), _("Not allowed"), _("Allowed") };
  const char *class = background == SB_BACKGROUND_DENIED ? "warning" : background == SB_BACKGROUND_UNKNOWN ? "dimmed"
                                                                                                           : "success";

  gtk_label_set_text (GTK_LABEL (pill), words[background]);
  gtk_widget_remove_css_class (pill, "warning");
  gtk_widget_remove_css_class (pill, "success");
  gtk_widget_remove_css_class (pill, "dimmed");
  gtk_widget_add_css_class (pill, class);
}

static void
granted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GtkWidget) pill = user_data;

  show_granted (pill, sb_background_request_finish (result));
}

static void
ask_cb (GObject    *row,
        GParamSpec *pspec,
        gpointer    pill)
{
  GSettings *settings = sb_settings_get ();

  if (g_settings_get_boolean (settings, "run-in-background"))
    sb_background_request_async (g_settings_get_boolean (settings, "autostart"), granted_cb, g_object_ref (pill));
}

static void
add_background (AdwPreferencesPage *page)
{
  GtkWidget *group = group_new (page, _("When the Window Is Closed"), NULL);
  GtkWidget *keep = switch_new (group, _("Keep Listening"), _("Messages arrive and what waits is sent"), "run-in-background");
  GtkWidget *start = switch_new (group, _("Start with the Computer"), NULL, "autostart");
  GtkWidget *granted = adw_action_row_new ();
  GtkWidget *pill = gtk_label_new (NULL);

  g_object_bind_property (keep, "active", start, "sensitive", G_BINDING_SYNC_CREATE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (granted), _("Granted by This Computer"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (granted), _("Staying awake in the background"));
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (pill, "sb-granted");
  adw_action_row_add_suffix (ADW_ACTION_ROW (granted), pill);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), granted);
  show_granted (pill, SB_BACKGROUND_UNKNOWN);
  g_signal_connect_object (keep, "notify::active", G_CALLBACK (ask_cb), pill, 0);
  g_signal_connect_object (start, "notify::active", G_CALLBACK (ask_cb), pill, 0);
  ask_cb (NULL, NULL, pill);
}

/* -- the shop -- */

static void
name_cb (AdwEntryRow *row,
         gpointer     user_data)
{
  const char        *name = gtk_editable_get_text (GTK_EDITABLE (row));
  g_autoptr (GError) error = NULL;

  if (name[0] == '\0' || !sb_engine_set_shop_name (user_data, name, &error))
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static void
style_cb (GObject    *row,
          GParamSpec *pspec,
          gpointer    user_data)
{
  g_settings_set_enum (sb_settings_get (), "color-scheme", adw_combo_row_get_selected (ADW_COMBO_ROW (row)));
}

static void
add_privacy (AdwPreferencesPage *page)
{
  GtkWidget *group = group_new (page, _("Privacy"), NULL);

  switch_new (group, _("Show Customers in the Search of the Desktop"), _("Names and messages appear in the overview, for whoever sits at this computer"), "desktop-search");
}

static void
fill_shop (AdwPreferencesPage *page,
           SbEngine           *engine)
{
  const char               *looks[] = { _("Like the Desktop"), _("Light"), _("Dark"), NULL };
  g_autoptr (GtkStringList) names = gtk_string_list_new (looks);
  GtkWidget                *look = adw_combo_row_new ();
  GtkWidget                *group;

  if (engine != NULL)
    {
      GtkWidget       *row = adw_entry_row_new ();
      g_autofree char *name = sb_engine_dup_shop_name (engine);

      group = group_new (page, _("Shop"), NULL);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Name of the Shop"));
      gtk_editable_set_text (GTK_EDITABLE (row), name != NULL ? name : "");
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
      gtk_widget_set_sensitive (row, !sb_engine_is_read_only (engine));
      g_signal_connect_object (row, "apply", G_CALLBACK (name_cb), engine, 0);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (sb_staff_group_new (engine)));
    }
  add_background (page);
  group = group_new (page, _("Appearance"), NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (look), _("Style"));
  adw_combo_row_set_model (ADW_COMBO_ROW (look), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (look), g_settings_get_enum (sb_settings_get (), "color-scheme"));
  add_privacy (page);
  g_signal_connect (look, "notify::selected", G_CALLBACK (style_cb), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), look);
}

static void
fill_lines (AdwPreferencesPage *page,
            SbEngine           *engine)
{
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (engine));

  for (guint i = 0; i < lines->len; i++)
    adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (sb_line_group_new (engine, lines->pdata[i])));
  if (lines->len == 0)
    group_new (page, _("No Number Yet"), _("Connect your shop’s number from the main menu."));
}

static void
fill_writing (AdwPreferencesPage *page,
              SbEngine           *engine)
{
  GtkWidget *group = group_new (page, _("Keys"), NULL);

  switch_new (group, _("Enter Sends"), _("Off: Enter begins a new line. Ctrl+Enter always sends"), "enter-sends");
  group = group_new (page, _("Spelling"), NULL);
  switch_new (group, _("Check the Spelling"), _("In the customer’s language, where this computer has a dictionary of it"), "check-spelling");
  group = group_new (page, _("Customers See"), NULL);
  switch_new (group, _("Read Ticks"), _("Customers see that their message was read"), "read-ticks");
  group = group_new (page, _("Searching"), NULL);
  switch_new (group, _("Words in Pictures"), _("Search finds what customers’ photos say. They are read on this computer, and never on its battery"), "read-pictures");
  if (engine != NULL)
    adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (sb_quick_reply_group_new (engine)));
}

static void
fill_macros (AdwPreferencesPage *page,
             SbEngine           *engine)
{
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (sb_macro_group_new (engine)));
}

static void
fill_hours (AdwPreferencesPage *page,
            SbEngine           *engine)
{
  sb_hours_add_groups (page, engine);
  sb_desk_add_groups (page, engine);
}

/* -- pages come one after the other: all at once would stop the window for longer than anyone waits -- */

typedef void (*Fill) (AdwPreferencesPage *page,
                      SbEngine           *engine);

typedef struct
{
  SbEngine   *engine; /* NULL: no shop is open */
  GHashTable *fills;  /* page -> Fill, of those that are still empty */
  GQueue      order;
  guint       idle_id;
} Later;

static void
later_free (gpointer data)
{
  Later *later = data;

  g_clear_handle_id (&later->idle_id, g_source_remove);
  g_queue_clear (&later->order);
  g_hash_table_unref (later->fills);
  g_clear_object (&later->engine);
  g_free (later);
}

static void
fill_page (Later   *later,
           gpointer page)
{
  Fill fill = (Fill) g_hash_table_lookup (later->fills, page);

  g_hash_table_remove (later->fills, page);
  g_queue_remove (&later->order, page);
  if (fill != NULL)
    fill (page, later->engine);
}

static gboolean
idle_cb (gpointer user_data)
{
  Later *later = user_data;

  if (!g_queue_is_empty (&later->order))
    fill_page (later, g_queue_peek_head (&later->order));
  if (!g_queue_is_empty (&later->order))
    return G_SOURCE_CONTINUE;
  later->idle_id = 0;

  return G_SOURCE_REMOVE;
}

/* Whoever goes to a page finds it there. */
static void
visible_cb (AdwPreferencesDialog *dialog,
            GParamSpec           *pspec,
            gpointer              user_data)
{
  AdwPreferencesPage *page = adw_preferences_dialog_get_visible_page (dialog);

  if (page != NULL)
    fill_page (user_data, page);
}

static void
add_page (AdwDialog  *dialog,
          Later      *later,
          const char *name,
          const char *title,
          const char *icon,
          Fill        fill)
{
  GtkWidget *page = page_new (name, title, icon);

  g_hash_table_insert (later->fills, page, (gpointer) fill);
  g_queue_push_tail (&later->order, page);
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (dialog), ADW_PREFERENCES_PAGE (page));
}

/* @engine: (nullable): of the shop that is open */
AdwDialog *
sb_preferences_new (SbEngine *engine)
{
  AdwDialog *dialog = adw_preferences_dialog_new ();
  Later     *later = g_new0 (Later, 1);

  later->engine = engine != NULL ? g_object_ref (engine) : NULL;
  later->fills = g_hash_table_new (NULL, NULL);
  g_object_set_data_full (G_OBJECT (dialog), "later", later, later_free);
  adw_dialog_set_title (dialog, _("Preferences"));
  adw_dialog_set_content_width (dialog, 720);
  adw_dialog_set_content_height (dialog, 700);
  adw_preferences_dialog_set_search_enabled (ADW_PREFERENCES_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "notify::visible-page", G_CALLBACK (visible_cb), later);
  add_page (dialog, later, "shop", _("Shop"), "sb-shop-symbolic", fill_shop);
  add_page (dialog, later, "writing", _("Writing"), "sb-quick-reply-symbolic", fill_writing);
  add_page (dialog, later, "notifications", _("Alerts"), "sb-bell-symbolic", fill_notifications);
  if (engine != NULL)
    {
      add_page (dialog, later, "macros", C_("dialog", "Macros"), "sb-bolt-symbolic", fill_macros);
      add_page (dialog, later, "hours", _("Hours"), "preferences-system-time-symbolic", fill_hours);
      add_page (dialog, later, "lines", _("Lines"), "sb-phone-line-symbolic", fill_lines);
    }
  visible_cb (ADW_PREFERENCES_DIALOG (dialog), NULL, later);
  later->idle_id = g_idle_add_full (G_PRIORITY_LOW, idle_cb, later, NULL);

  return dialog;
}
