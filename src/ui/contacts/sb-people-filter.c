#include "sb-people-filter.h"

#include <glib/gi18n.h>

struct _SbPeopleFilter
{
  AdwBin parent_instance;

  SbEngine           *engine;
  GtkWidget          *button;
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (SbPeopleFilter, sb_people_filter, ADW_TYPE_BIN)

static guint changed_signal;

static const char *const names[] = { "stage", "tag", "consent", "blocked" };

static gint64
value_of (SbPeopleFilter *self,
          const char     *name)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self->actions), name);

  return g_variant_get_int64 (state);
}

/* Writes what is chosen into @query. */
void
sb_people_filter_fill (SbPeopleFilter *self,
                       SbPeopleQuery  *query)
{
  query->stage_id = value_of (self, "stage");
  query->tag_id = value_of (self, "tag");
  query->consent = (int) value_of (self, "consent");
  query->blocked = (int) value_of (self, "blocked");
}

static void
changed (SbPeopleFilter *self)
{
  gboolean any = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    any = any || value_of (self, names[i]) != 0;
  if (any)
    gtk_widget_add_css_class (self->button, "accent");
  else
    gtk_widget_remove_css_class (self->button, "accent");
  g_signal_emit (self, changed_signal, 0);
}

void
sb_people_filter_clear (SbPeopleFilter *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), names[i])), g_variant_new_int64 (0));
  changed (self);
}

static void
chosen_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  g_simple_action_set_state (action, parameter);
  changed (user_data);
}

/* -- the menu, as the shop is now -- */

static void
add_choice (GMenu      *menu,
            const char *label,
            const char *name,
            gint64      value)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
  g_autofree char      *action = g_strconcat ("filter.", name, NULL);

  g_menu_item_set_action_and_target (item, action, "x", value);
  g_menu_append_item (menu, item);
}

static GMenu *
submenu_new (const char *name)
{
  GMenu *menu = g_menu_new ();

  add_choice (menu, C_("filter", "All"), name, 0);

  return menu;
}

static void
add_named (GMenu      *menu,
           const char *title,
           const char *name,
           GPtrArray  *named)
{
  g_autoptr (GMenu) choices = submenu_new (name);

  for (guint i = 0; i < named->len; i++)
    add_choice (choices, ((SbNamed *) named->pdata[i])->name, name, ((SbNamed *) named->pdata[i])->id);
  if (g_str_equal (name, "stage"))
    add_choice (choices, _("Without a Stage"), name, SB_PEOPLE_NO_STAGE);
  g_menu_append_submenu (menu, title, G_MENU_MODEL (choices));
}

static void
popup_cb (GtkMenuButton *button,
          gpointer       user_data)
{
  SbPeopleFilter       *self = user_data;
  SbReader             *reader = sb_engine_get_reader (self->engine);
  g_autoptr (GPtrArray) stages = sb_reader_list_stages (reader);
  g_autoptr (GPtrArray) tags = sb_reader_list_tags (reader);
  g_autoptr (GMenu)     menu = g_menu_new ();
  g_autoptr (GMenu)     consent = submenu_new ("consent");
  g_autoptr (GMenu)     blocked = submenu_new ("blocked");

  add_named (menu, _("Stage"), "stage", stages);
  add_named (menu, _("Tag"), "tag", tags);
  for (int i = 0; i < SB_N_CONSENTS; i++)
    add_choice (consent, sb_consent_get_label ((SbConsent) i), "consent", i + 1);
  g_menu_append_submenu (menu, _("May Receive"), G_MENU_MODEL (consent));
  add_choice (blocked, _("Only Blocked"), "blocked", 1);
  add_choice (blocked, _("Not Blocked"), "blocked", 2);
  g_menu_append_submenu (menu, _("Blocked"), G_MENU_MODEL (blocked));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
sb_people_filter_dispose (GObject *object)
{
  SbPeopleFilter *self = SB_PEOPLE_FILTER (object);

  g_clear_object (&self->actions);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_people_filter_parent_class)->dispose (object);
}

static void
sb_people_filter_class_init (SbPeopleFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_people_filter_dispose;
  changed_signal = g_signal_new ("changed", SB_TYPE_PEOPLE_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_people_filter_init (SbPeopleFilter *self)
{
  self->actions = g_simple_action_group_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (names[i], G_VARIANT_TYPE_INT64, g_variant_new_int64 (0));

      g_signal_connect (action, "activate", G_CALLBACK (chosen_cb), self);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "filter", G_ACTION_GROUP (self->actions));
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "sb-filter-symbolic");
  gtk_widget_set_tooltip_text (self->button, _("Filter"));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), popup_cb, self, NULL);
  adw_bin_set_child (ADW_BIN (self), self->button);
}

GtkWidget *
sb_people_filter_new (SbEngine *engine)
{
  SbPeopleFilter *self = g_object_new (SB_TYPE_PEOPLE_FILTER, NULL);

  self->engine = g_object_ref (engine);

  return GTK_WIDGET (self);
}
