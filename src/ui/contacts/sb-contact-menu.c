#include "sb-contact-menu.h"

#include <glib/gi18n.h>

#include "sb-merge-dialog.h"
#include "sb-people-acts.h"
#include "sb-person-acts.h"
#include "sb-segment-acts.h"

static SbEngine *
engine_of (SbContactCard *card)
{
  return g_object_get_data (G_OBJECT (card), "engine");
}

static GArray *
only_this (SbContactCard *card)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64  id = sb_contact_card_get_contact (card);

  g_array_append_val (ids, id);

  return ids;
}

static void
block_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  sb_people_block (user_data, engine_of (user_data), sb_contact_card_get_contact (user_data), g_variant_get_int32 (parameter));
}

static void
remove_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  g_autoptr (GArray) ids = only_this (user_data);

  sb_people_remove (user_data, engine_of (user_data), ids);
}

static void
merge_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  sb_merge_dialog_present_choice (user_data, engine_of (user_data), sb_contact_card_get_contact (user_data));
}

static void
list_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_autoptr (GArray) ids = only_this (user_data);

  sb_segment_act_add (user_data, engine_of (user_data), ids);
}

static void
why_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  sb_segment_act_why (user_data, engine_of (user_data), 0, sb_contact_card_get_contact (user_data));
}

static const GActionEntry entries[] = {
  { "block", block_cb, "i", "0", NULL },
  { "remove", remove_cb },
  { "merge", merge_cb },
  { "list", list_cb },
  { "why", why_cb },
};

static gint64
contact_of (GtkWidget *card)
{
  return sb_contact_card_get_contact (SB_CONTACT_CARD (card));
}

GMenuModel *
sb_contact_menu_new (void)
{
  GMenu                 *menu = g_menu_new ();
  g_autoptr (GMenu)      groups = g_menu_new ();
  g_autoptr (GMenu)      block = g_menu_new ();
  g_autoptr (GMenu)      last = g_menu_new ();
  g_autoptr (GMenuModel) person = sb_person_menu_new ();

  g_menu_append (groups, _("Add to List…"), "card.list");
  g_menu_append (groups, _("Why in This Group?"), "card.why");
  g_menu_append (groups, _("Merge With…"), "card.merge");
  g_menu_append (block, _("Not Blocked"), "card.block(0)");
  g_menu_append (block, _("Block"), "card.block(1)");
  g_menu_append (block, _("Block and Hide What They Write"), "card.block(2)");
  g_menu_append (last, _("Remove"), "card.remove");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (groups));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (block));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  g_menu_append_section (menu, NULL, person);

  return G_MENU_MODEL (menu);
}

GSimpleActionGroup *
sb_contact_menu_install (SbContactCard *card,
                         SbEngine      *engine)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();

  g_object_set_data_full (G_OBJECT (card), "engine", g_object_ref (engine), g_object_unref);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), card);
  gtk_widget_insert_action_group (GTK_WIDGET (card), "card", G_ACTION_GROUP (group));
  sb_person_acts_install (GTK_WIDGET (card), engine, contact_of);

  return group;
}
