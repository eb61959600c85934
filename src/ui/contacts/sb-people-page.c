#include "sb-people-page.h"

#include <glib/gi18n.h>

#include "sb-contact-card.h"
#include "sb-consent-group.h"
#include "sb-contact-dialog.h"
#include "sb-import-open.h"
#include "sb-page-parts.h"
#include "sb-people-acts.h"
#include "sb-people-filter.h"
#include "sb-people-groups.h"
#include "sb-people-more.h"
#include "sb-segment-bar.h"
#include "sb-people-view.h"
#include "sb-segment-acts.h"

/**
 * SbPeoplePage:
 *
 * Everybody the shop knows: a table that sorts, searches and filters, acts for one or many, and beside it the card of one.
 */
struct _SbPeoplePage
{
  AdwBreakpointBin parent_instance;

  SbContactsPlace *place; /* not owned: it holds the page */
  SbEngine        *engine;
  SbPeopleQuery   *query;
  GtkWidget       *split;
  GtkWidget       *card;
  SbPeopleView    *view;
  GtkWidget       *bar; /* holds what is chosen by above the table */
  GtkWidget       *states;
  GtkWidget       *search_bar;
  GtkWidget       *search;
  GtkWidget       *filter;
  GtkWidget       *more;
  GtkWidget       *empty;
  GtkWidget       *nothing;
  GtkWidget       *marks;
  GtkWidget       *marks_label;
  guint            search_id;
};

G_DEFINE_FINAL_TYPE (SbPeoplePage, sb_people_page, ADW_TYPE_BREAKPOINT_BIN)

#define SEARCH_MS 150

/* -- what is shown -- */

static void
show_state (SbPeoplePage *self)
{
  GListModel *list = G_LIST_MODEL (sb_people_view_get_list (self->view));
  const char *state = "people";

  if (!sb_people_list_is_ready (SB_PEOPLE_LIST (list)))
    return;
  if (g_list_model_get_n_items (list) == 0)
    state = sb_people_query_is_filtered (self->query) ? "nothing" : "empty";
  gtk_stack_set_visible_child_name (GTK_STACK (self->states), state);
  if (g_str_equal (state, "nothing"))
    {
      gboolean         by_words = self->query->words != NULL && self->query->words[0] != '\0';
      g_autofree char *title = by_words ? g_strdup_printf (_("Nothing Found for “%s”"), self->query->words) : g_strdup (_("Nobody Fits This Filter"));

      adw_status_page_set_title (ADW_STATUS_PAGE (self->nothing), title);
    }
}

static void
ask (SbPeoplePage *self)
{
  sb_people_view_set_query (self->view, self->query);
}

static gboolean
search_now_cb (gpointer user_data)
{
  SbPeoplePage *self = user_data;

  self->search_id = 0;
  g_set_str (&self->query->words, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  ask (self);

  return G_SOURCE_REMOVE;
}

static void
search_cb (SbPeoplePage *self)
{
  g_clear_handle_id (&self->search_id, g_source_remove);
  self->search_id = g_timeout_add (SEARCH_MS, search_now_cb, self);
}

static void
filter_cb (SbPeoplePage *self)
{
  sb_people_filter_fill (SB_PEOPLE_FILTER (self->filter), self->query);
  ask (self);
}

static void
clear_cb (SbPeoplePage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), FALSE);
  g_set_str (&self->query->words, NULL);
  sb_people_groups_choose_everyone (SB_PEOPLE_GROUPS (adw_bin_get_child (ADW_BIN (self->bar))));
  sb_people_filter_clear (SB_PEOPLE_FILTER (self->filter));
}

void
sb_people_page_set_only (SbPeoplePage *self,
                         GArray       *ids)
{
  g_clear_pointer (&self->query->only, g_array_unref);
  self->query->only = ids != NULL ? g_array_ref (ids) : NULL;
  ask (self);
}

void
sb_people_page_set_bar (SbPeoplePage *self,
                        GtkWidget    *bar)
{
  adw_bin_set_child (ADW_BIN (self->bar), bar);
}

/* While nobody looks nothing is asked; who looks at “No Customers Yet” sees the first come. */
static void
map_cb (SbPeoplePage *self)
{
  sb_people_list_set_active (sb_people_view_get_list (self->view), TRUE);
}

static void
unmap_cb (SbPeoplePage *self)
{
  sb_people_list_set_active (sb_people_view_get_list (self->view), FALSE);
}

/* -- acts -- */

static void
cursor_cb (SbPeoplePage *self,
           gint64        contact_id)
{
  if (!adw_overlay_split_view_get_collapsed (ADW_OVERLAY_SPLIT_VIEW (self->split)) && contact_id != 0)
    sb_people_page_open (self, contact_id);
}

static void
open_cb (SbPeoplePage *self,
         gint64        contact_id)
{
  sb_people_page_open (self, contact_id);
}

void
sb_people_page_open (SbPeoplePage *self,
                     gint64        contact_id)
{
  sb_contact_card_open (SB_CONTACT_CARD (self->card), contact_id);
  if (sb_people_view_get_cursor (self->view) != contact_id)
    sb_people_view_set_cursor (self->view, contact_id);
  adw_overlay_split_view_set_show_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->split), TRUE);
}

static void
close_cb (SbPeoplePage *self)
{
  adw_overlay_split_view_set_show_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->split), FALSE);
  sb_people_view_focus (self->view);
}

static void
marked_cb (SbPeoplePage *self)
{
  guint            n = sb_people_view_get_n_marked (self->view);
  g_autofree char *text = g_strdup_printf (ngettext ("%u selected", "%u selected", n), n);

  gtk_label_set_text (GTK_LABEL (self->marks_label), text);
  gtk_action_bar_set_revealed (GTK_ACTION_BAR (self->marks), n > 0);
}

static void
with_targets (GtkWidget *widget,
              void (*act) (GtkWidget *widget,
                           SbEngine  *engine,
                           GArray    *ids))
{
  SbPeoplePage      *self = SB_PEOPLE_PAGE (widget);
  g_autoptr (GArray) ids = sb_people_view_dup_targets (self->view);

  if (ids->len > 0)
    act (widget, self->engine, ids);
}

static void
tag_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  with_targets (widget, sb_people_tag);
}

static void
stage_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  with_targets (widget, sb_people_stage);
}

static void
list_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  with_targets (widget, sb_segment_act_add);
}

static void
remove_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  SbPeoplePage *self = SB_PEOPLE_PAGE (widget);

  with_targets (widget, sb_people_remove);
  sb_people_view_unmark (self->view);
}

static void
mark_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  sb_people_view_toggle_mark (SB_PEOPLE_PAGE (widget)->view);
}

static void
mark_all_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  sb_people_view_mark_all (SB_PEOPLE_PAGE (widget)->view);
}

/* Back one step: out of the marks, then out of the card. */
static void
leave_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  SbPeoplePage *self = SB_PEOPLE_PAGE (widget);

  if (sb_people_view_get_n_marked (self->view) > 0)
    sb_people_view_unmark (self->view);
  else
    close_cb (self);
}

static void
message_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  SbPeoplePage *self = SB_PEOPLE_PAGE (widget);

  if (sb_people_view_get_cursor (self->view) != 0)
    sb_contact_card_message (self->card, self->engine, sb_people_view_get_cursor (self->view));
}

static void
made_cb (gint64   made,
         gpointer user_data)
{
  SbPeoplePage *self = user_data;

  sb_people_list_refresh (sb_people_view_get_list (self->view));
  sb_people_page_open (self, made);
}

void
sb_people_page_new_contact (SbPeoplePage *self)
{
  sb_contact_dialog_present_new (GTK_WIDGET (self), self->engine, 0, made_cb, self);
}

static void
new_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  sb_people_page_new_contact (SB_PEOPLE_PAGE (widget));
}

static void
search_action_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  SbPeoplePage *self = SB_PEOPLE_PAGE (widget);

  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), TRUE);
  gtk_widget_grab_focus (self->search);
}

/* -- keys: a letter typed into a text is a letter -- */

static const struct
{
  const char *keys;
  const char *action;
} keys[] = {
  { "n", "people.new" },
  { "m", "people.message" },
  { "t", "people.tag" },
  { "s", "people.stage" },
  { "l", "people.list" },
  { "x", "people.mark" },
  { "<Control>a", "people.mark-all" },
  { "Delete", "people.remove" },
  { "<Control>f", "people.search" },
  { "Escape", "people.leave" },
};

static gboolean
pressed_cb (GtkWidget *widget,
            GVariant  *arguments,
            gpointer   user_data)
{
  GtkRoot   *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus)) && !g_str_equal (user_data, "people.search"))
    return FALSE;
  /* A group that has the focus is what Delete deletes, not somebody in it. */
  if (focus != NULL && gtk_widget_get_ancestor (focus, SB_TYPE_SEGMENT_BAR) != NULL && g_str_equal (user_data, "people.remove"))
    return FALSE;

  return gtk_widget_activate_action_variant (widget, user_data, NULL);
}

static void
add_keys (SbPeoplePage *self)
{
  GtkShortcutController *controller = GTK_SHORTCUT_CONTROLLER (gtk_shortcut_controller_new ());

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (controller), GTK_PHASE_CAPTURE);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (controller, gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].keys), gtk_callback_action_new (pressed_cb, (gpointer) keys[i].action, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (controller));
}

/* -- the whole -- */

static void
sb_people_page_dispose (GObject *object)
{
  SbPeoplePage *self = SB_PEOPLE_PAGE (object);

  g_clear_handle_id (&self->search_id, g_source_remove);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_people_page_parent_class)->dispose (object);
}

static void
sb_people_page_finalize (GObject *object)
{
  sb_people_query_free (SB_PEOPLE_PAGE (object)->query);

  G_OBJECT_CLASS (sb_people_page_parent_class)->finalize (object);
}

static void
sb_people_page_class_init (SbPeoplePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sb_people_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_people_page_finalize;
  gtk_widget_class_install_action (widget_class, "people.new", NULL, new_cb);
  gtk_widget_class_install_action (widget_class, "people.message", NULL, message_cb);
  gtk_widget_class_install_action (widget_class, "people.tag", NULL, tag_cb);
  gtk_widget_class_install_action (widget_class, "people.stage", NULL, stage_cb);
  gtk_widget_class_install_action (widget_class, "people.list", NULL, list_cb);
  gtk_widget_class_install_action (widget_class, "people.remove", NULL, remove_cb);
  gtk_widget_class_install_action (widget_class, "people.mark", NULL, mark_cb);
  gtk_widget_class_install_action (widget_class, "people.mark-all", NULL, mark_all_cb);
  gtk_widget_class_install_action (widget_class, "people.search", NULL, search_action_cb);
  gtk_widget_class_install_action (widget_class, "people.leave", NULL, leave_cb);
}

static void
sb_people_page_init (SbPeoplePage *self)
{
  self->query = g_new0 (SbPeopleQuery, 1);
}

static GtkWidget *
make_header (SbPeoplePage *self)
{
  GtkWidget *header = sb_contacts_place_new_header (self->place);

  adw_header_bar_pack_start (ADW_HEADER_BAR (header), sb_page_icon_button ("contact-new-symbolic", "people.new", _("New Contact")));
  self->more = sb_people_more_new (self->engine, self->view);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->more);
  self->search_bar = sb_page_add_search (header, _("Name, number or detail"), &self->search, G_CALLBACK (search_cb), self);

  return header;
}

static GtkWidget *
status_new (const char *icon,
            const char *title,
            const char *text,
            GtkWidget  *child)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), text);
  gtk_widget_set_halign (child, GTK_ALIGN_CENTER);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), child);

  return page;
}

static GtkWidget *
make_states (SbPeoplePage *self)
{
  GtkWidget *add = gtk_button_new_with_label (_("New Contact"));
  GtkWidget *clear = gtk_button_new_with_label (_("Clear Search"));
  GtkWidget *ways = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (add, "pill");
  sb_page_wrap_button (add);
  gtk_widget_add_css_class (clear, "pill");
  sb_page_wrap_button (clear);
  gtk_box_append (GTK_BOX (ways), sb_import_open_button ());
  gtk_box_append (GTK_BOX (ways), add);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "people.new");
  g_signal_connect_object (clear, "clicked", G_CALLBACK (clear_cb), self, G_CONNECT_SWAPPED);
  self->empty = status_new ("sb-people-symbolic", _("No Customers Yet"), _("They appear as soon as somebody writes."), ways);
  self->nothing = status_new ("system-search-symbolic", "", _("Try fewer words, or part of the number."), clear);
  self->states = gtk_stack_new ();
  gtk_widget_set_vexpand (self->states, TRUE);
  gtk_stack_add_named (GTK_STACK (self->states), GTK_WIDGET (self->view), "people");
  gtk_stack_add_named (GTK_STACK (self->states), self->empty, "empty");
  gtk_stack_add_named (GTK_STACK (self->states), self->nothing, "nothing");

  return self->states;
}

/* Groups, and at the end what narrows them down: beside them it leaves the title its place in a narrow window. */
static GtkWidget *
make_bar (SbPeoplePage *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->bar = adw_bin_new ();
  gtk_widget_set_hexpand (self->bar, TRUE);
  self->filter = sb_people_filter_new (self->engine);
  gtk_widget_set_valign (self->filter, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), self->bar);
  gtk_box_append (GTK_BOX (row), self->filter);
  gtk_widget_add_css_class (row, "sb-people-bar");

  return row;
}

static GtkWidget *
make_marks (SbPeoplePage *self)
{
  self->marks = gtk_action_bar_new ();
  self->marks_label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->marks_label), PANGO_ELLIPSIZE_END);
  gtk_action_bar_pack_start (GTK_ACTION_BAR (self->marks), sb_page_icon_button ("window-close-symbolic", "people.leave", _("Leave the Selection")));
  gtk_action_bar_pack_start (GTK_ACTION_BAR (self->marks), self->marks_label);
  gtk_action_bar_pack_end (GTK_ACTION_BAR (self->marks), sb_page_icon_button ("user-trash-symbolic", "people.remove", _("Remove")));
  gtk_action_bar_pack_end (GTK_ACTION_BAR (self->marks), sb_page_icon_button ("sb-board-symbolic", "people.stage", _("Stage…")));
  gtk_action_bar_pack_end (GTK_ACTION_BAR (self->marks), sb_page_icon_button ("sb-tag-symbolic", "people.tag", _("Tag…")));
  gtk_action_bar_pack_end (GTK_ACTION_BAR (self->marks), sb_page_icon_button ("list-add-symbolic", "people.list", _("Add to List…")));
  gtk_action_bar_set_revealed (GTK_ACTION_BAR (self->marks), FALSE);

  return self->marks;
}

static void
narrow_cb (SbPeoplePage *self)
{
  sb_people_view_set_narrow (self->view, TRUE);
}

static void
wide_cb (SbPeoplePage *self)
{
  sb_people_view_set_narrow (self->view, FALSE);
}

/* The widths are those of the window, less the side of it. */
static void
add_breakpoints (SbPeoplePage *self)
{
  AdwBreakpoint *overlay = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 959sp"));
  AdwBreakpoint *tiny = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 399sp"));
  AdwBreakpoint *narrow;
  GValue         yes = G_VALUE_INIT;
  GValue         pixels = G_VALUE_INIT;
  GValue         width = G_VALUE_INIT;

  g_value_init (&yes, G_TYPE_BOOLEAN);
  g_value_set_boolean (&yes, TRUE);
  /* Large texts do not make the card wider than the window. */
  g_value_init (&pixels, ADW_TYPE_LENGTH_UNIT);
  g_value_set_enum (&pixels, ADW_LENGTH_UNIT_PX);
  adw_breakpoint_add_setter (overlay, G_OBJECT (self->split), "collapsed", &yes);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (self), overlay);
  narrow = sb_page_add_narrow (GTK_WIDGET (self), G_CALLBACK (narrow_cb), G_CALLBACK (wide_cb));
  adw_breakpoint_add_setter (narrow, G_OBJECT (self->split), "collapsed", &yes);
  adw_breakpoint_add_setter (tiny, G_OBJECT (self->split), "sidebar-width-unit", &pixels);
  /* There is no room beside the card worth looking at. */
  g_value_init (&width, G_TYPE_DOUBLE);
  g_value_set_double (&width, 629);
  adw_breakpoint_add_setter (tiny, G_OBJECT (self->split), "max-sidebar-width", &width);
  g_value_set_double (&width, 1);
  adw_breakpoint_add_setter (tiny, G_OBJECT (self->split), "sidebar-width-fraction", &width);
  sb_contact_card_set_narrow (SB_CONTACT_CARD (self->card), tiny);
  adw_breakpoint_add_setter (tiny, G_OBJECT (self->split), "collapsed", &yes);
  g_signal_connect_object (tiny, "apply", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tiny, "unapply", G_CALLBACK (wide_cb), self, G_CONNECT_SWAPPED);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (self), tiny);
}

static void
put_together (SbPeoplePage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), make_header (self));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), self->search_bar);
  gtk_box_append (GTK_BOX (column), make_bar (self));
  gtk_box_append (GTK_BOX (column), make_states (self));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), column);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), make_marks (self));

  sb_people_page_set_bar (self, sb_people_groups_new (self->engine, self));
  self->card = sb_contact_card_new (self->engine);
  sb_contact_card_set_slot (SB_CONTACT_CARD (self->card), sb_consent_group_new (self->engine, 0));
  g_signal_connect_object (self->card, "close", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
  self->split = adw_overlay_split_view_new ();
  adw_overlay_split_view_set_sidebar_position (ADW_OVERLAY_SPLIT_VIEW (self->split), GTK_PACK_END);
  g_object_set (self->split, "min-sidebar-width", 330.0, "max-sidebar-width", 330.0, "show-sidebar", FALSE, NULL);
  adw_overlay_split_view_set_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->split), self->card);
  adw_overlay_split_view_set_content (ADW_OVERLAY_SPLIT_VIEW (self->split), view);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (self), self->split);
  add_breakpoints (self);
}

GtkWidget *
sb_people_page_new (SbContactsPlace *place)
{
  SbPeoplePage *self = g_object_new (SB_TYPE_PEOPLE_PAGE, NULL);

  self->place = place;
  self->engine = g_object_ref (sb_contacts_place_get_engine (place));
  self->view = sb_people_view_new (self->engine);
  put_together (self);
  sb_people_view_set_narrow (self->view, FALSE);
  add_keys (self);
  g_signal_connect_object (self->view, "cursor", G_CALLBACK (cursor_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "marked", G_CALLBACK (marked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sb_people_view_get_list (self->view), "ready", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);

  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (unmap_cb), NULL);

  return GTK_WIDGET (self);
}
