#include "sb-sidebar.h"

#include <glib/gi18n.h>

/**
 * SbSidebar:
 *
 * The side of the window: views with their counts (customers, not messages), the menu, and at the foot the lines with their
 * state in words.
 */
struct _SbSidebar
{
  AdwBin parent_instance;

  SbEngine  *engine;
  GtkWidget *title;
  GtkWidget *views;
  GtkWidget *lines;
};

G_DEFINE_FINAL_TYPE (SbSidebar, sb_sidebar, ADW_TYPE_BIN)

enum
{
  VIEW,
  HEALTH,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const SbView views[] = {
  { N_("Inbox"), { .not_closed = TRUE } },
    { N_("Unanswered"), { .not_closed = TRUE, .unanswered_only = TRUE } },
      { N_("With Customer"), { .not_closed = TRUE, .with_customer = TRUE } },
        { N_("Snoozed"), { .status = SB_THREAD_SNOOZED } },
          { N_("Done"), { .status = SB_THREAD_CLOSED } },
        };

/* -- views -- */

static void
view_cb (GtkListBox    *box,
         GtkListBoxRow *row,
         gpointer       user_data)
{
  int index = gtk_list_box_row_get_index (row);

  g_signal_emit (user_data, signals[VIEW], 0, &views[index]);
}

static void
set_count (SbSidebar *self,
           int        index,
           int        count,
           gboolean   accent)
{
  GtkListBoxRow   *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->views), index);
  GtkWidget       *label = g_object_get_data (G_OBJECT (row), "count");
  g_autofree char *text = count > 0 ? g_strdup_printf ("%d", count) : g_strdup ("");

  gtk_label_set_text (GTK_LABEL (label), text);
  if (accent)
    gtk_widget_add_css_class (label, "accent");
}

static void
update_counts (SbSidebar *self)
{
  SbCounts         counts;
  g_autofree char *name = sb_engine_dup_shop_name (self->engine);

  sb_engine_get_counts (self->engine, &counts);
  set_count (self, 0, counts.threads_unread, TRUE);
  set_count (self, 1, counts.threads_unanswered, TRUE);
  set_count (self, 2, counts.threads_open - counts.threads_unanswered, FALSE);
  set_count (self, 3, counts.threads_snoozed, FALSE);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), name);
}

static GtkWidget *
make_view_row (const char *title,
               gboolean    first)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *count = gtk_label_new (NULL);

  if (first)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("sb-inbox-symbolic"));
  else
    gtk_widget_set_margin_start (box, 28);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (count, "sb-sidebar-count");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "count", count);

  return row;
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
  g_autoptr (GMenu) shops = g_menu_new ();
  g_autoptr (GMenu) about = g_menu_new ();

  g_menu_append (shops, _("My Shop"), "app.shop");
  g_menu_append (shops, _("Practice Shop"), "app.practice");
  g_menu_append (shops, _("Connect Your Number…"), "app.connect");
  g_menu_append_section (model, NULL, G_MENU_MODEL (shops));
  g_menu_append (about, _("Preferences"), "app.preferences");
  g_menu_append (about, _("Keyboard Shortcuts"), "app.shortcuts");
  g_menu_append (about, _("Help"), "app.help");
  g_menu_append (about, _("About Shopbell"), "app.about");
  g_menu_append_section (model, NULL, G_MENU_MODEL (about));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (model));
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (button), TRUE);
  gtk_widget_set_tooltip_text (button, _("Main Menu"));

  return button;
}

/* Shows @index as chosen without telling anybody. */
void
sb_sidebar_choose (SbSidebar *self,
                   guint      index)
{
  gtk_list_box_select_row (GTK_LIST_BOX (self->views), gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->views), index));
  g_signal_emit (self, signals[VIEW], 0, &views[index]);
}

static void
sb_sidebar_dispose (GObject *object)
{
  g_clear_object (&SB_SIDEBAR (object)->engine);

  G_OBJECT_CLASS (sb_sidebar_parent_class)->dispose (object);
}

static void
sb_sidebar_class_init (SbSidebarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_sidebar_dispose;

  signals[VIEW] = g_signal_new ("view", SB_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[HEALTH] = g_signal_new ("health", SB_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_sidebar_init (SbSidebar *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->title = adw_window_title_new (NULL, NULL);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), make_menu ());
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  self->views = gtk_list_box_new ();
  gtk_widget_add_css_class (self->views, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->views), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Views"), -1);
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->views), make_view_row (_(views[i].title), i == 0));
  g_signal_connect (self->views, "row-activated", G_CALLBACK (view_cb), self);
  self->lines = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->lines), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->lines, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->lines), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Lines"), -1);
  g_signal_connect (self->lines, "row-activated", G_CALLBACK (line_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->views);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), self->lines);
  adw_bin_set_child (ADW_BIN (self), view);
}

GtkWidget *
sb_sidebar_new (SbEngine *engine)
{
  SbSidebar *self = g_object_new (SB_TYPE_SIDEBAR, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "counts-changed", G_CALLBACK (update_counts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "lines-changed", G_CALLBACK (update_lines), self, G_CONNECT_SWAPPED);
  update_counts (self);
  update_lines (self);

  return GTK_WIDGET (self);
}
