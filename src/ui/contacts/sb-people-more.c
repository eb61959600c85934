#include "sb-people-more.h"

#include <glib/gi18n.h>

#include "sb-merge-dialog.h"
#include "sb-people-setup.h"
#include "sb-settings.h"

struct _SbPeopleMore
{
  AdwBin parent_instance;

  SbEngine           *engine;
  SbPeopleView       *view; /* not owned: it is beside */
  GSettings          *settings;
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (SbPeopleMore, sb_people_more, ADW_TYPE_BIN)

#define KEY "people-columns"

/* Those that can be left out; the name always stands first. */
static const struct
{
  const char *name;
  const char *title;
} columns[] = {
  { "stage", N_("Stage") },
  { "last", N_("Last Message") },
  { "consent", N_("May Receive") },
  { "tags", N_("Tags") },
  { "language", N_("Language") },
  { "country", N_("Country") },
  { "source", N_("Came By") },
  { "blocked", N_("Blocked") },
};

/* -- columns -- */

static void
add_if_chosen (GStrvBuilder *names,
               char        **chosen,
               const char   *name)
{
  if (g_strv_contains ((const char *const *) chosen, name))
    g_strv_builder_add (names, name);
}

static void
show_columns (SbPeopleMore *self)
{
  g_auto (GStrv)           chosen = g_settings_get_strv (self->settings, KEY);
  g_autoptr (GPtrArray)    fields = sb_reader_list_fields (sb_engine_get_reader (self->engine));
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv)           shown = NULL;

  g_strv_builder_add (names, "name");
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    add_if_chosen (names, chosen, columns[i].name);
  for (guint i = 0; i < fields->len; i++)
    {
      g_autofree char *name = g_strconcat ("field:", ((SbField *) fields->pdata[i])->name, NULL);

      add_if_chosen (names, chosen, name);
    }
  shown = g_strv_builder_end (names);
  sb_people_view_set_columns (self->view, (const char *const *) shown);
}

static void
column_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  SbPeopleMore            *self = user_data;
  const char              *name = g_variant_get_string (parameter, NULL);
  g_auto (GStrv)           chosen = g_settings_get_strv (self->settings, KEY);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv)           now = NULL;
  gboolean                 was = FALSE;

  for (char **one = chosen; *one != NULL; one++)
    if (g_str_equal (*one, name))
      was = TRUE;
    else
      g_strv_builder_add (names, *one);
  if (!was)
    g_strv_builder_add (names, name);
  now = g_strv_builder_end (names);
  g_settings_set_strv (self->settings, KEY, (const char *const *) now);
}

static void
add_column (GMenu      *menu,
            const char *title,
            const char *name,
            char      **chosen)
{
  /* Translators: name of a column of the table that is shown now */
  g_autofree char      *shown = g_strv_contains ((const char *const *) chosen, name) ? g_strdup_printf (_("✓ %s"), title) : g_strdup (title);
  g_autoptr (GMenuItem) item = g_menu_item_new (shown, NULL);

  g_menu_item_set_action_and_target (item, "more.column", "s", name);
  g_menu_append_item (menu, item);
}

static GMenuModel *
columns_menu (SbPeopleMore *self)
{
  GMenu                *menu = g_menu_new ();
  g_auto (GStrv)        chosen = g_settings_get_strv (self->settings, KEY);
  g_autoptr (GPtrArray) fields = sb_reader_list_fields (sb_engine_get_reader (self->engine));

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (menu, _(columns[i].title), columns[i].name, chosen);
  for (guint i = 0; i < fields->len; i++)
    {
      const SbField   *field = fields->pdata[i];
      g_autofree char *name = g_strconcat ("field:", field->name, NULL);

      add_column (menu, field->name, name, chosen);
    }

  return G_MENU_MODEL (menu);
}

/* -- the menu -- */

static void
popup_cb (GtkMenuButton *button,
          gpointer       user_data)
{
  g_autoptr (GMenu)      menu = g_menu_new ();
  g_autoptr (GMenu)      select = g_menu_new ();
  g_autoptr (GMenu)      setup = g_menu_new ();
  g_autoptr (GMenuModel) shown = columns_menu (user_data);

  g_menu_append (select, _("Select All"), "people.mark-all");
  g_menu_append_submenu (select, _("Columns"), shown);
  g_menu_append (setup, _("Possible Duplicates…"), "more.twins");
  g_menu_append (setup, _("Details of Customers…"), "more.fields");
  g_menu_append (setup, _("Stages…"), "more.stages");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (select));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (setup));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
twins_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  sb_merge_dialog_present_all (user_data, SB_PEOPLE_MORE (user_data)->engine);
}

static void
fields_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  sb_people_setup_present_fields (user_data, SB_PEOPLE_MORE (user_data)->engine);
}

static void
stages_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  sb_people_setup_present_stages (user_data, SB_PEOPLE_MORE (user_data)->engine);
}

static const GActionEntry entries[] = {
  { "column", column_cb, "s" },
  { "twins", twins_cb },
  { "fields", fields_cb },
  { "stages", stages_cb },
};

static void
sb_people_more_dispose (GObject *object)
{
  SbPeopleMore *self = SB_PEOPLE_MORE (object);

  g_clear_object (&self->actions);
  g_clear_object (&self->settings);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_people_more_parent_class)->dispose (object);
}

static void
sb_people_more_class_init (SbPeopleMoreClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_people_more_dispose;
}

static void
sb_people_more_init (SbPeopleMore *self)
{
  GtkWidget *button = gtk_menu_button_new ();

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "more", G_ACTION_GROUP (self->actions));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (button, _("More"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), popup_cb, self, NULL);
  adw_bin_set_child (ADW_BIN (self), button);
}

GtkWidget *
sb_people_more_new (SbEngine     *engine,
                    SbPeopleView *view)
{
  SbPeopleMore *self = g_object_new (SB_TYPE_PEOPLE_MORE, NULL);

  self->engine = g_object_ref (engine);
  self->view = view;
  self->settings = g_object_ref (sb_settings_get ());
  g_signal_connect_object (self->settings, "changed::" KEY, G_CALLBACK (show_columns), self, G_CONNECT_SWAPPED);
  show_columns (self);

  return GTK_WIDGET (self);
}
