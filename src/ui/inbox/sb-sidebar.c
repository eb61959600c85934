#include <glib/gi18n.h>

#include "sb-sidebar-private.h"
#include "sb-menu-later.h"
#include "sb-together.h"

/**
 * SbSidebar:
 *
 * The side of the window: the shop and who sits at its desk, views with their counts (customers, not messages), and at the
 * foot the lines with their state in words. What is selected is what is shown, wherever the focus walks.
 */
G_DEFINE_FINAL_TYPE (SbSidebar, sb_sidebar, ADW_TYPE_BIN)

enum
{
  VIEW,
  HEALTH,
  PLACE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Our own views; the saved ones come after. */
static const struct
{
  const char    *title;
  SbThreadFilter filter;
  gboolean       mine;
} views[] = {
  { N_("Inbox"), { .not_closed = TRUE }, FALSE },
  { N_("Unanswered"), { .not_closed = TRUE, .unanswered_only = TRUE }, FALSE },
  { N_("Mine"), { .not_closed = TRUE }, TRUE },
  { N_("With Customer"), { .not_closed = TRUE, .with_customer = TRUE }, FALSE },
  { N_("Snoozed"), { .status = SB_THREAD_SNOOZED }, FALSE },
  { N_("Done"), { .status = SB_THREAD_CLOSED }, FALSE },
};

/* Where else the window can go. */
static const struct
{
  const char *name;
  const char *title;
  const char *icon;
} places[] = {
  { "contacts", N_("Contacts"), "sb-contacts-symbolic" },
};

enum
{
  INBOX,
  UNANSWERED,
  MINE,
  WITH_CUSTOMER,
  SNOOZED,
};

/* What is counted by looking stops here; what is kept in a row has no end. */
#define COUNT_MOST 1000
#define COUNT_MS   200

/* -- counts -- */

SbView *
sb_sidebar_view_of (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "view") : NULL;
}

static GtkListBoxRow *
row_at (SbSidebar *self,
        int        index)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->views), index);
}

static void
set_count (SbSidebar *self,
           int        index,
           guint      count,
           gboolean   accent)
{
  GtkListBoxRow   *row = row_at (self, index);
  GtkWidget       *label = g_object_get_data (G_OBJECT (row), "count");
  g_autofree char *text = count > COUNT_MOST ? g_strdup_printf ("%d+", COUNT_MOST) : count > 0 ? g_strdup_printf ("%u", count)
                                                                                               : g_strdup ("");

  gtk_label_set_text (GTK_LABEL (label), text);
  if (accent)
    gtk_widget_add_css_class (label, "accent");
}

/* Views of which no count is kept. */
static gboolean
count_cb (gpointer user_data)
{
  SbSidebar *self = user_data;
  SbReader  *reader = sb_engine_get_reader (self->engine);

  self->count_id = 0;
  for (int i = 0; row_at (self, i) != NULL; i++)
    {
      const SbView *view = sb_sidebar_view_of (row_at (self, i));

      if (i == MINE || (view->id != 0 && view->broken == NULL))
        set_count (self, i, sb_reader_count_threads (reader, &view->filter, COUNT_MOST + 1), FALSE);
    }

  return G_SOURCE_REMOVE;
}

static void
update_counts (SbSidebar *self)
{
  SbCounts counts;

  sb_engine_get_counts (self->engine, &counts);
  set_count (self, INBOX, MIN (counts.threads_unread, COUNT_MOST), TRUE);
  set_count (self, UNANSWERED, MIN (counts.threads_unanswered, COUNT_MOST), TRUE);
  set_count (self, WITH_CUSTOMER, MIN (counts.threads_open - counts.threads_unanswered, COUNT_MOST), FALSE);
  set_count (self, SNOOZED, MIN (counts.threads_snoozed, COUNT_MOST), FALSE);
  if (self->count_id == 0)
    self->count_id = sb_together_add (COUNT_MS, count_cb, self);
}

/* -- views -- */

/* A list box selects what the focus walks over; here the selection says what is shown. */
static void
mark (SbSidebar *self)
{
  GtkListBoxRow *view = self->place < 0 ? row_at (self, self->index) : NULL;
  GtkListBoxRow *place = self->place >= 0 ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->places), self->place) : NULL;

  if (self->marking)
    return;
  self->marking = TRUE;
  gtk_list_box_select_row (GTK_LIST_BOX (self->views), view);
  gtk_list_box_select_row (GTK_LIST_BOX (self->places), place);
  self->marking = FALSE;
}

static void
choose (SbSidebar     *self,
        GtkListBoxRow *row)
{
  self->place = -1;
  g_clear_pointer (&self->chosen, sb_view_free);
  self->chosen = sb_view_copy (sb_sidebar_view_of (row));
  self->index = gtk_list_box_row_get_index (row);
  mark (self);
  g_signal_emit (self, signals[VIEW], 0, self->chosen);
}

static void
view_cb (GtkListBox    *box,
         GtkListBoxRow *row,
         gpointer       user_data)
{
  choose (user_data, row);
}

/* @view: (transfer full) */
static GtkWidget *
make_view_row (SbView  *view,
               gboolean first)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (view->title);
  GtkWidget *count = gtk_label_new (NULL);

  if (first)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("sb-inbox-symbolic"));
  else
    gtk_widget_set_margin_start (box, 28);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "sb-sidebar-count");
  gtk_box_append (GTK_BOX (box), label);
  if (view->broken != NULL)
    {
      GtkWidget *mark = gtk_image_new_from_icon_name ("sb-failed-symbolic");

      gtk_widget_add_css_class (mark, "warning");
      gtk_widget_set_tooltip_text (row, _("This View Needs Attention"));
      gtk_box_append (GTK_BOX (box), mark);
    }
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "count", count);
  g_object_set_data_full (G_OBJECT (row), "view", view, (GDestroyNotify) sb_view_free);

  return row;
}

static void
fill_views (SbSidebar *self)
{
  g_autoptr (GPtrArray) saved = sb_reader_list_views (sb_engine_get_reader (self->engine));

  gtk_list_box_remove_all (GTK_LIST_BOX (self->views));
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->views), make_view_row (sb_view_new (self->engine, _(views[i].title), &views[i].filter, views[i].mine), i == 0));
  for (guint i = 0; i < saved->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->views), make_view_row (sb_view_new_from_named (self->engine, saved->pdata[i]), FALSE));
  for (int i = 0; row_at (self, i) != NULL; i++)
    sb_sidebar_views_watch (self, row_at (self, i));
  update_counts (self);
}

static gboolean
same_view (const SbView *a,
           const SbView *b)
{
  g_autofree char *query_a = sb_view_to_query (a);
  g_autofree char *query_b = sb_view_to_query (b);

  return g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->broken, b->broken) == 0 && g_str_equal (query_a, query_b);
}

/* The view that has the focus keeps it, wherever it went; -1 when none of them has it. */
static gint64
focused_view (SbSidebar *self,
              int       *index)
{
  GtkRoot       *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget     *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkListBoxRow *row = focus != NULL && gtk_widget_is_ancestor (focus, self->views) ? GTK_LIST_BOX_ROW (gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW)) : NULL;

  *index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  return row != NULL ? sb_sidebar_view_of (row)->id : 0;
}

/* Views were saved, renamed, moved or deleted, or what they name was: the chosen one stays chosen, or gives way to the inbox. */
static void
refill (SbSidebar *self)
{
  int    index = self->chosen == NULL || self->chosen->id != 0 ? INBOX : self->index;
  int    focused;
  gint64 focused_id = focused_view (self, &focused);

  fill_views (self);
  for (int i = 0; row_at (self, i) != NULL; i++)
    {
      gint64 id = sb_sidebar_view_of (row_at (self, i))->id;

      if (self->chosen != NULL && self->chosen->id != 0 && id == self->chosen->id)
        index = i;
      if (focused_id != 0 && id == focused_id)
        focused = i;
    }
  self->index = index;
  mark (self);
  if (focused >= 0 && row_at (self, focused) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row_at (self, focused)));
  if (self->place < 0 && (self->chosen == NULL || !same_view (self->chosen, sb_sidebar_view_of (row_at (self, index)))))
    choose (self, row_at (self, index));
}

static void
event_cb (SbSidebar *self,
          SbEvent   *event)
{
  if (event->kind == SB_EVENT_VIEW_CHANGED || event->kind == SB_EVENT_TAG_CHANGED || event->kind == SB_EVENT_STAFF_CHANGED || event->kind == SB_EVENT_LINE_CHANGED)
    refill (self);
}

/* Shows the view at @index, when there is one, and tells. */
void
sb_sidebar_choose (SbSidebar *self,
                   guint      index)
{
  GtkListBoxRow *row = row_at (self, index);

  if (row == NULL)
    return;
  choose (self, row);
}

int
sb_sidebar_get_chosen (SbSidebar *self,
                       gint64    *view_id)
{
  *view_id = self->chosen != NULL ? self->chosen->id : 0;

  return self->index;
}

/* The saved view @view_id; when it is gone, or 0, that of our own at @index. */
void
sb_sidebar_restore (SbSidebar *self,
                    int        index,
                    gint64     view_id)
{
  int found = view_id == 0 && index >= 0 && index < (int) G_N_ELEMENTS (views) ? index : INBOX;

  fill_views (self);
  for (int i = 0; view_id != 0 && row_at (self, i) != NULL; i++)
    if (sb_sidebar_view_of (row_at (self, i))->id == view_id)
      found = i;
  choose (self, row_at (self, found));
}

/* The keys go to what is shown. */
void
sb_sidebar_focus (SbSidebar *self)
{
  GtkListBoxRow *row = self->place >= 0 ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->places), self->place) : row_at (self, self->index);

  gtk_widget_grab_focus (GTK_WIDGET (row != NULL ? row : row_at (self, self->index)));
}

/* -- places -- */

static void
place_cb (GtkListBox    *box,
          GtkListBoxRow *row,
          gpointer       user_data)
{
  g_signal_emit (user_data, signals[PLACE], 0, places[gtk_list_box_row_get_index (row)].name);
}

/* Marks the place called @name as the one that is shown; NULL for the chosen view. What is not in the list marks none. */
void
sb_sidebar_mark_place (SbSidebar  *self,
                       const char *name)
{
  self->place = name != NULL ? (int) G_N_ELEMENTS (places) : -1;
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_strcmp0 (places[i].name, name) == 0)
      self->place = (int) i;
  mark (self);
}

/* Whether the window has the place @name. */
gboolean
sb_sidebar_has_place (SbSidebar  *self,
                      const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].name, name))
      return TRUE;

  return FALSE;
}

static GtkWidget *
make_places (SbSidebar *self)
{
  self->places = gtk_list_box_new ();
  gtk_widget_add_css_class (self->places, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->places), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Places"), -1);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkWidget *row = gtk_list_box_row_new ();
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

      gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (places[i].icon));
      gtk_box_append (GTK_BOX (box), gtk_label_new (_(places[i].title)));
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
      gtk_list_box_append (GTK_LIST_BOX (self->places), row);
    }
  g_signal_connect (self->places, "row-activated", G_CALLBACK (place_cb), self);
  g_signal_connect_swapped (self->places, "selected-rows-changed", G_CALLBACK (mark), self);

  return self->places;
}

/* -- lines -- */

static const char *
dot_class (const SbLine *line,
           SbLink        link)
{
  if (line->kind == SB_LINE_PRACTICE && link == SB_LINK_OK)
    return "practice";

  return link == SB_LINK_OK ? "ok" : link == SB_LINK_OFF ? "off"
                                                         : "trouble";
}

static GtkWidget *
make_line_row (SbSidebar    *self,
               const SbLine *line)
{
  GtkWidget       *row = gtk_list_box_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget       *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget       *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget       *name = gtk_label_new (line->kind == SB_LINE_PRACTICE ? _("Practice Line") : line->name);
  g_autofree char *sentence = NULL;
  SbLink           link = sb_engine_get_link (self->engine, line->id, &sentence);
  GtkWidget       *state = gtk_label_new (sentence);

  gtk_widget_add_css_class (dot, "sb-line-dot");
  gtk_widget_add_css_class (dot, dot_class (line, link));
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (dot, 6);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (state), 0);
  gtk_label_set_ellipsize (GTK_LABEL (state), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (state), TRUE);
  gtk_label_set_lines (GTK_LABEL (state), 3);
  gtk_widget_add_css_class (state, "caption");
  gtk_widget_add_css_class (state, "dim-label");
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), name);
  gtk_box_append (GTK_BOX (column), state);
  gtk_box_append (GTK_BOX (box), dot);
  gtk_box_append (GTK_BOX (box), column);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, sentence);

  return row;
}

static void
update_lines (SbSidebar *self)
{
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (self->engine));

  gtk_list_box_remove_all (GTK_LIST_BOX (self->lines));
  for (guint i = 0; i < lines->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->lines), make_line_row (self, lines->pdata[i]));
}

static void
line_cb (GtkListBox    *box,
         GtkListBoxRow *row,
         gpointer       user_data)
{
  g_signal_emit (user_data, signals[HEALTH], 0);
}

/* -- the whole -- */

static GtkWidget *
make_menu (void)
{
  GtkWidget        *button = gtk_menu_button_new ();
  g_autoptr (GMenu) model = g_menu_new ();
  g_autoptr (GMenu) connect = g_menu_new ();
  g_autoptr (GMenu) about = g_menu_new ();

  g_menu_append (connect, _("New Window"), "app.new-window");
  g_menu_append (connect, _("Connect Your Number…"), "app.connect");
  g_menu_append_section (model, NULL, G_MENU_MODEL (connect));
  g_menu_append (about, C_("menu", "Tags"), "inbox.edit-tags");
  g_menu_append (about, _("Preferences"), "app.preferences");
  g_menu_append (about, _("Keyboard Shortcuts"), "app.shortcuts");
  g_menu_append (about, _("Help"), "app.help");
  g_menu_append (about, _("About Shopbell"), "app.about");
  g_menu_append_section (model, NULL, G_MENU_MODEL (about));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "open-menu-symbolic");
  sb_menu_later (GTK_MENU_BUTTON (button), G_MENU_MODEL (model));
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (button), TRUE);
  gtk_widget_set_tooltip_text (button, _("Main Menu"));

  return button;
}

static void
sb_sidebar_dispose (GObject *object)
{
  SbSidebar *self = SB_SIDEBAR (object);

  /* The lists let go of their selection when they go, and there is nothing to mark any more. */
  self->marking = TRUE;
  g_clear_handle_id (&self->count_id, sb_together_remove);
  sb_sidebar_views_dispose (self);
  g_clear_pointer (&self->chosen, sb_view_free);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_sidebar_parent_class)->dispose (object);
}

static void
sb_sidebar_class_init (SbSidebarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_sidebar_dispose;
  sb_sidebar_views_install (GTK_WIDGET_CLASS (klass));

  signals[VIEW] = g_signal_new ("view", SB_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[PLACE] = g_signal_new ("place", SB_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[HEALTH] = g_signal_new ("health", SB_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_sidebar_init (SbSidebar *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->place = -1;
  self->header = header;
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), make_menu ());
  self->views = gtk_list_box_new ();
  gtk_widget_add_css_class (self->views, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->views), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Views"), -1);
  g_signal_connect (self->views, "row-activated", G_CALLBACK (view_cb), self);
  g_signal_connect_swapped (self->views, "selected-rows-changed", G_CALLBACK (mark), self);
  self->lines = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->lines), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->lines, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->lines), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Lines"), -1);
  g_signal_connect (self->lines, "row-activated", G_CALLBACK (line_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_box_append (GTK_BOX (column), self->views);
  gtk_box_append (GTK_BOX (column), make_places (self));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), column);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), self->lines);
  adw_bin_set_child (ADW_BIN (self), view);
  sb_sidebar_views_add (self);
}

GtkWidget *
sb_sidebar_new (SbEngine *engine)
{
  SbSidebar *self = g_object_new (SB_TYPE_SIDEBAR, NULL);

  self->engine = g_object_ref (engine);
  adw_header_bar_pack_start (ADW_HEADER_BAR (self->header), sb_shop_switcher_new (engine));
  adw_header_bar_set_show_title (ADW_HEADER_BAR (self->header), FALSE);
  g_signal_connect_object (engine, "counts-changed", G_CALLBACK (update_counts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "lines-changed", G_CALLBACK (update_lines), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  fill_views (self);
  update_lines (self);

  return GTK_WIDGET (self);
}
