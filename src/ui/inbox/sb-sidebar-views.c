/* What is done with the saved views at the side: their menu, and their order by dragging and by Alt with the arrows. */
#include <glib/gi18n.h>

#include "sb-engine-profile.h"
#include "sb-sidebar-private.h"
#include "sb-triage.h"
#include "sb-view-dialog.h"

/* -- their order -- */

/* (transfer full): ids of the saved views as they are shown */
static GArray *
list_saved (SbSidebar *self)
{
  GArray        *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->views), i)) != NULL; i++)
    if (sb_sidebar_view_of (row)->id != 0)
      g_array_append_val (ids, sb_sidebar_view_of (row)->id);

  return ids;
}

static int
place_of (GArray *ids,
          gint64  id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return (int) i;

  return -1;
}

/* Puts the view at @place among the saved ones. FALSE when it is there already, or there is no such place. */
static gboolean
put (SbSidebar *self,
     gint64     view_id,
     int        place)
{
  g_autoptr (GArray) ids = list_saved (self);
  int                from = place_of (ids, view_id);
  SbAct              act = { .kind = SB_ACT_ORDER_VIEWS };

  if (from < 0 || place < 0 || place >= (int) ids->len || place == from || sb_engine_is_read_only (self->engine))
    return FALSE;
  g_array_remove_index (ids, from);
  g_array_insert_val (ids, place, view_id);
  act.thread_ids = (const gint64 *) (gpointer) ids->data;
  act.n_threads = ids->len;
  sb_triage_act (GTK_WIDGET (self), self->engine, &act, _("View moved"));

  return TRUE;
}

static gboolean
step (SbSidebar *self,
      gint64     view_id,
      int        by)
{
  g_autoptr (GArray) ids = list_saved (self);
  int                from = place_of (ids, view_id);

  return from >= 0 && put (self, view_id, from + by);
}

static const SbView *
focused (SbSidebar *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  return row != NULL ? sb_sidebar_view_of (GTK_LIST_BOX_ROW (row)) : NULL;
}

static gboolean
step_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  SbSidebar    *self = SB_SIDEBAR (gtk_widget_get_ancestor (widget, SB_TYPE_SIDEBAR));
  const SbView *view = focused (self);

  if (view != NULL && view->id != 0 && !step (self, view->id, GPOINTER_TO_INT (user_data)))
    gtk_widget_error_bell (widget);

  return view != NULL && view->id != 0;
}

/* -- dragging -- */

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            GtkListBoxRow *row)
{
  return gdk_content_provider_new_typed (G_TYPE_INT64, sb_sidebar_view_of (row)->id);
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               GtkListBoxRow *row)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (row));

  gtk_drag_source_set_icon (source, picture, 12, gtk_widget_get_height (GTK_WIDGET (row)) / 2);
}

/* On the upper half of a row it goes before it, on the lower half behind. */
static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         SbSidebar     *self)
{
  GtkWidget         *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  g_autoptr (GArray) ids = list_saved (self);
  gint64             id = g_value_get_int64 (value);
  int                from = place_of (ids, id);
  int                place = place_of (ids, sb_sidebar_view_of (GTK_LIST_BOX_ROW (row))->id);

  if (place < 0)
    place = 0;
  else if (y > gtk_widget_get_height (row) / 2.0)
    place++;

  return from >= 0 && put (self, id, place > from ? place - 1 : place);
}

/* Saved views can be taken; they are put down among themselves, or on the last of our own to be the first. */
void
sb_sidebar_views_watch (SbSidebar     *self,
                        GtkListBoxRow *row)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INT64, GDK_ACTION_MOVE);

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (target));
  if (sb_sidebar_view_of (row)->id != 0)
    {
      GtkDragSource *source = gtk_drag_source_new ();

      gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
      g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), row, 0);
      g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), row, 0);
      gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (source));
    }
}

/* -- their menu -- */

static void
rename_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  SbSidebar *self = SB_SIDEBAR (widget);

  if (self->asked != NULL)
    sb_view_dialog_rename (widget, self->engine, self->asked);
}

static void
delete_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  SbSidebar *self = SB_SIDEBAR (widget);

  if (self->asked != NULL)
    sb_view_delete (widget, self->engine, self->asked);
}

static void
move_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  SbSidebar *self = SB_SIDEBAR (widget);

  if (self->asked != NULL)
    step (self, self->asked->id, g_variant_get_int32 (parameter));
}

static void
give_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  SbSidebar *self = SB_SIDEBAR (widget);
  SbAct      act = { .kind = SB_ACT_GIVE_VIEW };

  if (self->asked == NULL)
    return;
  act.value = self->asked->id;
  act.own = !self->asked->own;
  sb_triage_act (widget, self->engine, &act, act.own ? _("Only you see this view") : _("Everybody sees this view"));
}

static GMenuModel *
make_model (SbSidebar    *self,
            const SbView *view)
{
  g_autoptr (GPtrArray) people = sb_engine_list_profiles (self->engine);
  g_autoptr (GMenu)     model = g_menu_new ();
  g_autoptr (GMenu)     moves = g_menu_new ();

  g_menu_append (model, _("Rename…"), "sidebar.rename-view");
  if (people->len > 1)
    g_menu_append (model, view->own ? _("Show to Everybody") : _("Only for Me"), "sidebar.give-view");
  g_menu_append (model, _("Delete"), "sidebar.delete-view");
  g_menu_append (moves, _("Move Up"), "sidebar.move-view(-1)");
  g_menu_append (moves, _("Move Down"), "sidebar.move-view(1)");
  g_menu_append_section (model, NULL, G_MENU_MODEL (moves));

  return G_MENU_MODEL (g_steal_pointer (&model));
}

/* The menu took the release of the button, so the row would look pressed for ever. */
static void
closed_cb (SbSidebar *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->views); row != NULL; row = gtk_widget_get_next_sibling (row))
    gtk_widget_unset_state_flags (row, GTK_STATE_FLAG_ACTIVE);
}

static void
make_menu (SbSidebar *self)
{
  self->menu = gtk_popover_menu_new_from_model (NULL);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  g_signal_connect_swapped (self->menu, "closed", G_CALLBACK (closed_cb), self);
}

static gboolean
popup (SbSidebar     *self,
       GtkListBoxRow *row)
{
  const SbView          *view = row != NULL ? sb_sidebar_view_of (row) : NULL;
  g_autoptr (GMenuModel) model = NULL;
  graphene_rect_t        place;
  GdkRectangle           at;

  if (view == NULL || view->id == 0 || !gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self), &place))
    return FALSE;
  g_clear_pointer (&self->asked, sb_view_free);
  self->asked = sb_view_copy (view);
  model = make_model (self, view);
  at = (GdkRectangle) { (int) place.origin.x, (int) place.origin.y, (int) place.size.width, (int) place.size.height };
  if (self->menu == NULL)
    make_menu (self);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));

  return TRUE;
}

static void
pressed_cb (GtkGesture *gesture,
            int         n_press,
            double      x,
            double      y,
            gpointer    user_data)
{
  SbSidebar *self = user_data;

  if (popup (self, gtk_list_box_get_row_at_y (GTK_LIST_BOX (self->views), (int) y)))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
held_cb (GtkGesture *gesture,
         double      x,
         double      y,
         gpointer    user_data)
{
  pressed_cb (gesture, 1, x, y, user_data);
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  return row != NULL && popup (user_data, GTK_LIST_BOX_ROW (row));
}

static void
add_key (GtkEventController *keys,
         const char         *trigger,
         GtkShortcutFunc     callback,
         gpointer            data)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger), gtk_callback_action_new (callback, data, NULL)));
}

void
sb_sidebar_views_add (SbSidebar *self)
{
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkGesture         *press = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (press, "pressed", G_CALLBACK (held_cb), self);
  add_key (keys, "Menu|<Shift>F10", menu_key_cb, self);
  add_key (keys, "<Alt>Up", step_key_cb, GINT_TO_POINTER (-1));
  add_key (keys, "<Alt>Down", step_key_cb, GINT_TO_POINTER (1));
  gtk_widget_add_controller (self->views, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (self->views, GTK_EVENT_CONTROLLER (press));
  gtk_widget_add_controller (self->views, keys);
}

void
sb_sidebar_views_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "sidebar.rename-view", NULL, rename_cb);
  gtk_widget_class_install_action (widget_class, "sidebar.delete-view", NULL, delete_cb);
  gtk_widget_class_install_action (widget_class, "sidebar.give-view", NULL, give_cb);
  gtk_widget_class_install_action (widget_class, "sidebar.move-view", "i", move_cb);
}

void
sb_sidebar_views_dispose (SbSidebar *self)
{
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->asked, sb_view_free);
}
