#include "sb-board-page.h"

#include <glib/gi18n.h>

#include "sb-board-lane.h"
#include "sb-contact-dialog.h"
#include "sb-page-parts.h"
#include "sb-people-acts.h"
#include "sb-people-setup.h"

/**
 * SbBoardPage:
 *
 * The stages of the shop as lanes with the people who are in them. The last stage, where all end, is folded; who is in none
 * waits in a folded lane before the first.
 */
struct _SbBoardPage
{
  AdwBreakpointBin parent_instance;

  SbContactsPlace *place; /* not owned: it holds the page */
  SbEngine        *engine;
  GtkWidget       *states;
  GtkWidget       *lanes;
  GtkWidget       *choice; /* of the one lane on a narrow window */
  GtkWidget       *search;
  GtkWidget       *search_bar;
  GPtrArray       *all; /* SbBoardLane, not owned, in their order */
  gboolean         narrow;
};

G_DEFINE_FINAL_TYPE (SbBoardPage, sb_board_page, ADW_TYPE_BREAKPOINT_BIN)

/* -- moving -- */

static int
place_of (SbBoardPage *self,
          SbBoardLane *lane)
{
  for (guint i = 0; i < self->all->len; i++)
    if (self->all->pdata[i] == lane)
      return (int) i;

  return -1;
}

static void
move_to (SbBoardPage *self,
         SbBoardLane *lane,
         gint64       contact_id)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  SbNamed            stage = { .id = sb_board_lane_get_stage (lane), .name = (char *) sb_board_lane_get_title (lane) };

  g_array_append_val (ids, contact_id);
  sb_people_set_stage (GTK_WIDGET (self), self->engine, ids, stage.id == SB_PEOPLE_NO_STAGE ? NULL : &stage);
}

static void
dropped_cb (SbBoardLane *lane,
            gint64       contact_id,
            gpointer     user_data)
{
  SbBoardPage         *self = user_data;
  g_autoptr (SbPerson) person = sb_reader_get_person (sb_engine_get_reader (self->engine), contact_id);

  if (person != NULL && person->stage_id != MAX (sb_board_lane_get_stage (lane), 0))
    move_to (self, lane, contact_id);
}

static void
show_lane (SbBoardPage *self,
           int          index)
{
  for (guint i = 0; i < self->all->len; i++)
    gtk_widget_set_visible (self->all->pdata[i], !self->narrow || (int) i == index);
  if (!self->narrow)
    return;
  sb_board_lane_set_folded (self->all->pdata[index], FALSE);
  sb_board_lane_set_wide (self->all->pdata[index], TRUE);
  if ((int) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->choice)) != index)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->choice), (guint) index);
}

/* The focus goes along with the card. */
static void
moved_cb (SbBoardLane *lane,
          gint64       contact_id,
          int          by,
          gpointer     user_data)
{
  SbBoardPage *self = user_data;
  int          to = place_of (self, lane) + by;

  if (to < 0 || to >= (int) self->all->len)
    return;
  sb_board_lane_set_folded (self->all->pdata[to], FALSE);
  if (self->narrow)
    show_lane (self, to);
  sb_board_lane_focus (self->all->pdata[to], contact_id);
  move_to (self, self->all->pdata[to], contact_id);
}

static void
beside_cb (SbBoardLane *lane,
           int          by,
           gpointer     user_data)
{
  SbBoardPage *self = user_data;
  int          to = place_of (self, lane) + by;

  if (to < 0 || to >= (int) self->all->len)
    return;
  if (self->narrow)
    show_lane (self, to);
  sb_board_lane_focus (self->all->pdata[to], 0);
}

static void
open_cb (SbBoardLane *lane,
         gint64       contact_id,
         gpointer     user_data)
{
  gtk_widget_activate_action (user_data, "place.contact", "x", contact_id);
}

/* -- lanes -- */

static void
add_lane (SbBoardPage *self,
          gint64       stage_id,
          const char  *title,
          gboolean     folded)
{
  GtkWidget *lane = sb_board_lane_new (self->engine, stage_id, title);

  g_signal_connect_object (lane, "dropped", G_CALLBACK (dropped_cb), self, 0);
  g_signal_connect_object (lane, "moved", G_CALLBACK (moved_cb), self, 0);
  g_signal_connect_object (lane, "beside", G_CALLBACK (beside_cb), self, 0);
  g_signal_connect_object (lane, "open", G_CALLBACK (open_cb), self, 0);
  sb_board_lane_set_folded (SB_BOARD_LANE (lane), folded);
  gtk_box_append (GTK_BOX (self->lanes), lane);
  g_ptr_array_add (self->all, lane);
}

static gboolean
is_as_it_was (SbBoardPage *self,
              GPtrArray   *stages)
{
  if (self->all->len != stages->len + 1)
    return FALSE;
  for (guint i = 0; i < stages->len; i++)
    {
      const SbNamed *stage = stages->pdata[i];

      if (sb_board_lane_get_stage (self->all->pdata[i + 1]) != stage->id || !g_str_equal (sb_board_lane_get_title (self->all->pdata[i + 1]), stage->name))
        return FALSE;
    }

  return TRUE;
}

static void
fill (SbBoardPage *self)
{
  g_autoptr (GPtrArray)     stages = sb_reader_list_stages (sb_engine_get_reader (self->engine));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget                *child;

  gtk_stack_set_visible_child_name (GTK_STACK (self->states), stages->len > 0 ? "board" : "empty");
  if (is_as_it_was (self, stages))
    return;
  g_ptr_array_set_size (self->all, 0);
  while ((child = gtk_widget_get_first_child (self->lanes)) != NULL)
    gtk_box_remove (GTK_BOX (self->lanes), child);
  if (stages->len == 0)
    return;
  add_lane (self, SB_PEOPLE_NO_STAGE, _("No Stage"), TRUE);
  gtk_string_list_append (names, _("No Stage"));
  for (guint i = 0; i < stages->len; i++)
    {
      const SbNamed *stage = stages->pdata[i];

      add_lane (self, stage->id, stage->name, i > 1 && i == stages->len - 1);
      gtk_string_list_append (names, stage->name);
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->choice), G_LIST_MODEL (names));
  show_lane (self, 1);
}

static void
event_cb (SbBoardPage *self,
          SbEvent     *event)
{
  if ((event->kind == SB_EVENT_PEOPLE_SETUP || event->kind == SB_EVENT_UNDONE) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
}

static void
choice_cb (SbBoardPage *self)
{
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->choice));

  if (self->narrow && index < self->all->len)
    show_lane (self, (int) index);
}

static void
search_cb (SbBoardPage *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));

  for (guint i = 0; i < self->all->len; i++)
    sb_board_lane_set_words (self->all->pdata[i], words[0] != '\0' ? words : NULL);
}

/* -- acts -- */

static void
made_cb (gint64   made,
         gpointer user_data)
{
  SbBoardPage *self = user_data;

  if (self->all->len > 1)
    sb_board_lane_focus (self->all->pdata[1], made);
}

static void
new_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  SbBoardPage *self = SB_BOARD_PAGE (widget);

  sb_contact_dialog_present_new (widget, self->engine, self->all->len > 1 ? sb_board_lane_get_stage (self->all->pdata[1]) : 0, made_cb, self);
}

static void
stages_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  sb_people_setup_present_stages (widget, SB_BOARD_PAGE (widget)->engine);
}

/* A beginning that fits most shops; every one of them can be renamed. */
static void
start_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  const char  *names[] = { _("New Question"), _("Quote Sent"), _("Deposit Paid"), _("In the Works"), _("Delivered"), NULL };
  SbContactAct act = { .kind = SB_CONTACT_SAVE_STAGE, .list = names };

  sb_people_act (widget, SB_BOARD_PAGE (widget)->engine, &act, _("Five stages added"));
}

static void
search_action_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  SbBoardPage *self = SB_BOARD_PAGE (widget);

  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), TRUE);
  gtk_widget_grab_focus (self->search);
}

/* -- the whole -- */

static void
sb_board_page_dispose (GObject *object)
{
  SbBoardPage *self = SB_BOARD_PAGE (object);

  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_board_page_parent_class)->dispose (object);
}

static void
sb_board_page_finalize (GObject *object)
{
  g_ptr_array_unref (SB_BOARD_PAGE (object)->all);

  G_OBJECT_CLASS (sb_board_page_parent_class)->finalize (object);
}

static void
sb_board_page_class_init (SbBoardPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sb_board_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_board_page_finalize;
  gtk_widget_class_install_action (widget_class, "board.new", NULL, new_cb);
  gtk_widget_class_install_action (widget_class, "board.stages", NULL, stages_cb);
  gtk_widget_class_install_action (widget_class, "board.start", NULL, start_cb);
  gtk_widget_class_install_action (widget_class, "board.search", NULL, search_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "board.search", NULL);
}

static void
sb_board_page_init (SbBoardPage *self)
{
  self->all = g_ptr_array_new ();
}

static GtkWidget *
make_header (SbBoardPage *self)
{
  GtkWidget        *header = sb_contacts_place_new_header (self->place);
  GtkWidget        *more = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();

  adw_header_bar_pack_start (ADW_HEADER_BAR (header), sb_page_icon_button ("list-add-symbolic", "board.new", _("New Card")));
  g_menu_append (menu, _("Stages…"), "board.stages");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (more), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (more), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (more, _("More"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), more);
  self->search_bar = sb_page_add_search (header, NULL, &self->search, G_CALLBACK (search_cb), self);

  return header;
}

static GtkWidget *
make_board (SbBoardPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->choice = gtk_drop_down_new (NULL, NULL);
  gtk_widget_set_visible (self->choice, FALSE);
  gtk_widget_set_margin_start (self->choice, 12);
  gtk_widget_set_margin_end (self->choice, 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Stage"), -1);
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (choice_cb), self, G_CONNECT_SWAPPED);
  self->lanes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_widget_set_margin_start (self->lanes, 12);
  gtk_widget_set_margin_end (self->lanes, 12);
  gtk_widget_set_margin_top (self->lanes, 6);
  gtk_widget_set_margin_bottom (self->lanes, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->lanes);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (column), self->choice);
  gtk_box_append (GTK_BOX (column), scroller);

  return column;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *start = gtk_button_new_with_label (_("Start with Five Stages"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "sb-board-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("No Stages Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("From the first question to the finished order: customers as cards, moved from stage to stage."));
  sb_page_wrap_button (start);
  gtk_widget_add_css_class (start, "pill");
  gtk_widget_add_css_class (start, "suggested-action");
  gtk_widget_set_halign (start, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (start), "board.start");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), start);

  return page;
}

static void
set_narrow (SbBoardPage *self,
            gboolean     narrow)
{
  self->narrow = narrow;
  gtk_widget_set_visible (self->choice, narrow);
  for (guint i = 0; i < self->all->len; i++)
    sb_board_lane_set_wide (self->all->pdata[i], narrow);
  for (guint i = 0; i < self->all->len; i++)
    sb_board_lane_set_folded (self->all->pdata[i], !narrow && (i == 0 || (i > 2 && i == self->all->len - 1)));
  if (self->all->len > 1)
    show_lane (self, 1);
}

static void
narrow_cb (SbBoardPage *self)
{
  set_narrow (self, TRUE);
}

static void
wide_cb (SbBoardPage *self)
{
  set_narrow (self, FALSE);
}

GtkWidget *
sb_board_page_new (SbContactsPlace *place)
{
  SbBoardPage *self = g_object_new (SB_TYPE_BOARD_PAGE, NULL);
  GtkWidget   *view = adw_toolbar_view_new ();

  self->place = place;
  self->engine = g_object_ref (sb_contacts_place_get_engine (place));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), make_header (self));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), self->search_bar);
  self->states = g_object_new (GTK_TYPE_STACK, "hhomogeneous", FALSE, NULL);
  gtk_stack_add_named (GTK_STACK (self->states), make_board (self), "board");
  gtk_stack_add_named (GTK_STACK (self->states), make_empty (), "empty");
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->states);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (self), view);
  sb_page_add_narrow (GTK_WIDGET (self), G_CALLBACK (narrow_cb), G_CALLBACK (wide_cb));
  g_signal_connect_object (self->engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (fill), NULL);

  return GTK_WIDGET (self);
}
