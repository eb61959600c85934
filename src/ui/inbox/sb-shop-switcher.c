#include "sb-shop-switcher.h"

#include <glib/gi18n.h>

#include "sb-engine-profile.h"
#include "sb-menu-later.h"
#include "sb-staff-colour.h"

struct _SbShopSwitcher
{
  AdwBin parent_instance;

  SbEngine  *engine;
  GtkWidget *button;
  GtkWidget *avatar;
  GtkWidget *shop;
  GtkWidget *person;
};

G_DEFINE_FINAL_TYPE (SbShopSwitcher, sb_shop_switcher, ADW_TYPE_BIN)

static GMenuModel *
make_menu (SbShopSwitcher *self,
           GPtrArray      *people)
{
  g_autoptr (GMenu) model = g_menu_new ();
  g_autoptr (GMenu) desk = g_menu_new ();
  g_autoptr (GMenu) shops = g_menu_new ();

  for (guint i = 0; i < people->len && people->len > 1; i++)
    {
      const SbNamed        *person = people->pdata[i];
      g_autoptr (GMenuItem) item = g_menu_item_new (person->name, NULL);

      g_menu_item_set_action_and_target (item, "desk.profile", "x", person->id);
      g_menu_append_item (desk, item);
    }
  if (people->len > 1)
    g_menu_append (desk, _("Switch Person…"), "inbox.switch-person");
  g_menu_append_section (model, people->len > 1 ? _("At the Desk") : NULL, G_MENU_MODEL (desk));
  g_menu_append (shops, _("My Shop"), "app.shop");
  g_menu_append (shops, _("Practice Shop"), "app.practice");
  g_menu_append_section (model, people->len > 1 ? _("Shop") : NULL, G_MENU_MODEL (shops));

  return G_MENU_MODEL (g_steal_pointer (&model));
}

static void
refresh (SbShopSwitcher *self)
{
  g_autofree char       *shop = sb_engine_dup_shop_name (self->engine);
  g_autoptr (SbNamed)    person = sb_engine_dup_profile (self->engine);
  g_autoptr (GPtrArray)  people = sb_engine_list_profiles (self->engine);
  g_autoptr (GMenuModel) model = make_menu (self, people);
  gboolean               several = person != NULL && people->len > 1;
  g_autofree char       *words = NULL;

  gtk_label_set_text (GTK_LABEL (self->shop), shop);
  gtk_label_set_text (GTK_LABEL (self->person), several ? person->name : "");
  gtk_widget_set_visible (self->person, several);
  gtk_widget_set_visible (self->avatar, several);
  if (several)
    {
      adw_avatar_set_text (ADW_AVATAR (self->avatar), person->name);
      sb_staff_colour_set (self->avatar, person->colour);
    }
  sb_menu_later (GTK_MENU_BUTTON (self->button), model);
  /* Translators: name of a shop, then of the person at its desk */
  words = several ? g_strdup_printf (_("%s, %s"), shop, person->name) : g_strdup (shop);
  gtk_widget_set_tooltip_text (self->button, _("Shop and Person"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* The shop's name has no event of its own: it is looked at before the menu is. */
static void
event_cb (SbShopSwitcher *self,
          SbEvent        *event)
{
  if (event->kind == SB_EVENT_STAFF_CHANGED || event->kind == SB_EVENT_UNDONE)
    refresh (self);
}

static void
counts_cb (SbShopSwitcher *self)
{
  g_autofree char *shop = sb_engine_dup_shop_name (self->engine);

  if (g_strcmp0 (shop, gtk_label_get_text (GTK_LABEL (self->shop))) != 0)
    refresh (self);
}

static void
sb_shop_switcher_dispose (GObject *object)
{
  g_clear_object (&SB_SHOP_SWITCHER (object)->engine);

  G_OBJECT_CLASS (sb_shop_switcher_parent_class)->dispose (object);
}

static void
sb_shop_switcher_class_init (SbShopSwitcherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_shop_switcher_dispose;
}

static GtkWidget *
make_label (const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, class);

  return label;
}

static void
sb_shop_switcher_init (SbShopSwitcher *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->button = gtk_menu_button_new ();
  self->avatar = adw_avatar_new (24, NULL, TRUE);
  self->shop = make_label ("heading");
  self->person = make_label ("caption");
  gtk_widget_add_css_class (self->person, "dimmed");
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), self->shop);
  gtk_box_append (GTK_BOX (column), self->person);
  gtk_box_append (GTK_BOX (box), self->avatar);
  gtk_box_append (GTK_BOX (box), column);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "sb-switcher");
  adw_bin_set_child (ADW_BIN (self), self->button);
}

GtkWidget *
sb_shop_switcher_new (SbEngine *engine)
{
  SbShopSwitcher *self = g_object_new (SB_TYPE_SHOP_SWITCHER, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "profile-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "counts-changed", G_CALLBACK (counts_cb), self, G_CONNECT_SWAPPED);
  refresh (self);

  return GTK_WIDGET (self);
}
