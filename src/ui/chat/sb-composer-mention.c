/* In a note an @ offers the people of the shop: whom it calls finds the conversation unread. */
#include "sb-composer-private.h"

#include <glib/gi18n.h>

#include "sb-engine-profile.h"

/* The @ is there already; the name comes behind it. */
static void
take_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  SbComposer      *self = user_data;
  g_autofree char *name = g_strconcat (g_variant_get_string (parameter, NULL), " ", NULL);

  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), name, -1);
}

static const GActionEntry actions[] = { { "take", take_cb, "s" } };

/* (nullable): nobody to call in a shop of one. */
static GMenuModel *
make_people (SbComposer *self)
{
  g_autoptr (GPtrArray) people = sb_engine_list_profiles (self->engine);
  GMenu                *menu = g_menu_new ();

  for (guint i = 0; i < people->len; i++)
    {
      const SbNamed        *person = people->pdata[i];
      g_autoptr (GMenuItem) item = g_menu_item_new (person->name, NULL);

      if (person->id == sb_engine_get_staff (self->engine))
        continue;
      g_menu_item_set_action_and_target (item, "mention.take", "s", person->name);
      g_menu_append_item (menu, item);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 0)
    g_clear_object (&menu);

  return G_MENU_MODEL (menu);
}

static gboolean
back_cb (gpointer text)
{
  if (gtk_widget_get_mapped (text))
    gtk_widget_grab_focus (text);

  return G_SOURCE_REMOVE;
}

/* It goes when it is closed, after its action was done. */
static gboolean
gone_cb (gpointer menu)
{
  gtk_widget_unparent (menu);

  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkPopover *menu,
           SbComposer *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, back_cb, g_object_ref (self->text), g_object_unref);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, gone_cb, g_object_ref (menu), g_object_unref);
}

static void
offer (SbComposer        *self,
       const GtkTextIter *at)
{
  g_autoptr (GMenuModel) people = make_people (self);
  GdkRectangle           place;
  graphene_point_t       from, point;
  GtkWidget             *menu;

  if (people == NULL)
    return;
  menu = gtk_popover_menu_new_from_model (people);
  /* Not of the text, whose keys would be before those of the menu. */
  gtk_widget_set_parent (menu, GTK_WIDGET (self));
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self->text), at, &place);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (self->text), GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &place.x, &place.y);
  graphene_point_init (&from, (float) place.x, (float) place.y);
  if (gtk_widget_compute_point (self->text, GTK_WIDGET (self), &from, &point))
    {
      place.x = (int) point.x;
      place.y = (int) point.y;
      place.width = 1;
      gtk_popover_set_pointing_to (GTK_POPOVER (menu), &place);
    }
  gtk_popover_set_position (GTK_POPOVER (menu), GTK_POS_TOP);
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu), GTK_ACCESSIBLE_PROPERTY_LABEL, _("People"), -1);
  g_signal_connect (menu, "closed", G_CALLBACK (closed_cb), self);
  gtk_popover_popup (GTK_POPOVER (menu));
}

static void
inserted_cb (GtkTextBuffer *buffer,
             GtkTextIter   *location,
             char          *text,
             int            length,
             gpointer       user_data)
{
  SbComposer *self = user_data;
  GtkTextIter before = *location;

  if (self->loading || length != 1 || text[0] != '@' || !sb_composer_is_note (self) || !gtk_widget_has_focus (self->text) || !gtk_text_iter_backward_char (&before))
    return;
  if (gtk_text_iter_is_start (&before) || (gtk_text_iter_backward_char (&before) && g_unichar_isspace (gtk_text_iter_get_char (&before))))
    offer (self, location);
}

void
sb_composer_watch_mentions (SbComposer *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "mention", G_ACTION_GROUP (group));
  g_signal_connect_after (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "insert-text", G_CALLBACK (inserted_cb), self);
}
