#include "sb-imports-page.h"

#include <glib/gi18n.h>

#include "sb-contacts-export.h"
#include "sb-import-detail.h"
#include "sb-import-open.h"
#include "sb-import-page.h"
#include "sb-import-words.h"

#define SHOWN_MAX 500 /* imports */

struct _SbImportsPage
{
  AdwBreakpointBin parent_instance;

  SbContactsPlace *place; /* not owned: the page is in it */
  SbEngine        *engine;
  GtkWidget       *view;
  GtkWidget       *stack;
  GtkWidget       *split;
  GtkWidget       *list;
  GtkWidget       *detail;
  GtkWidget       *more;
  GtkWidget       *begun;   /* AdwBanner: an import that was left */
  GPtrArray       *imports; /* SbImport of each row */
  gint64           shown;
};

G_DEFINE_FINAL_TYPE (SbImportsPage, sb_imports_page, ADW_TYPE_BREAKPOINT_BIN)

/* -- the history -- */

static const char *
state_icon (const SbImport *import)
{
  switch (import->state)
    {
    case SB_IMPORT_WRITING:
    case SB_IMPORT_UNDOING:
      return "dialog-warning-symbolic";
    case SB_IMPORT_UNDONE:
      return "edit-undo-symbolic";
    case SB_IMPORT_DONE:
    default:
      return "sb-tick-1-symbolic";
    }
}

static char *
outcome (const SbImport *import)
{
  guint            n = import->n_new + import->n_changed;
  g_autofree char *came = sb_import_words_count (n);

  if (import->state == SB_IMPORT_UNDONE)
    return g_strdup (_("Taken back"));
  if (import->state == SB_IMPORT_WRITING)
    return g_strdup (_("Cut off while it was written"));
  if (import->state == SB_IMPORT_UNDOING)
    return g_strdup (_("Cut off while it was taken back"));
  if (n == 0 && import->n_same > 0)
    {
      g_autofree char *same = sb_import_words_count (import->n_same);

      return g_strdup_printf (ngettext ("Written down for %s person", "Written down for %s people", import->n_same), same);
    }
  if (import->n_rejected > 0)
    {
      g_autofree char *refused = sb_import_words_count (import->n_rejected);

      /* Translators: of a list: "359 came in, 31 could not" */
      return g_strdup_printf (_("%s came in, %s could not"), came, refused);
    }

  return g_strdup_printf (ngettext ("%s came in", "%s came in", n), came);
}

static GtkWidget *
new_line (const char *text,
          gboolean    small)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), small ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_MIDDLE);
  if (small)
    gtk_widget_add_css_class (label, "sb-small-line");

  return label;
}

static GtkWidget *
make_row (SbImportsPage  *self,
          const SbImport *import)
{
  GtkWidget       *row = gtk_list_box_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget       *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget       *icon = gtk_image_new_from_icon_name (state_icon (import));
  g_autofree char *file = sb_import_words_file (import->file_name);
  g_autofree char *day = sb_import_words_day (import->at);
  g_autofree char *author = sb_reader_get_import_author (sb_engine_get_reader (self->engine), import->id);
  g_autofree char *when = author != NULL ? g_strdup_printf ("%s · %s", day, author) : g_strdup (day);
  g_autofree char *came = outcome (import);
  g_autofree char *name = g_strdup_printf ("%s, %s, %s", file, when, came);

  if (import->state == SB_IMPORT_DONE)
    gtk_widget_add_css_class (icon, "success");
  else if (import->state != SB_IMPORT_UNDONE)
    gtk_widget_add_css_class (icon, "warning");
  gtk_box_append (GTK_BOX (lines), new_line (file, FALSE));
  gtk_box_append (GTK_BOX (lines), new_line (when, TRUE));
  gtk_box_append (GTK_BOX (lines), new_line (came, TRUE));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return row;
}

static void
show_detail (SbImportsPage *self,
             gint64         id)
{
  self->shown = id;
  sb_import_detail_show (SB_IMPORT_DETAIL (self->detail), id);
}

static void
row_cb (SbImportsPage *self,
        GtkListBoxRow *row)
{
  const SbImport *import = self->imports->pdata[gtk_list_box_row_get_index (row)];

  show_detail (self, import->id);
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->split), TRUE);
}

static void
show_begun (SbImportsPage *self)
{
  g_autoptr (SbImportDraft) draft = sb_engine_get_import_draft (self->engine);
  g_autofree char          *name = draft != NULL && draft->path != NULL ? g_path_get_basename (draft->path) : NULL;
  g_autofree char          *file = sb_import_words_file (name);
  /* Translators: the name of a file; beside it stands a button "Go On" */
  g_autofree char *title = g_strdup_printf (_("You began to bring in “%s”"), file);

  if (draft != NULL)
    adw_banner_set_title (ADW_BANNER (self->begun), title);
  adw_banner_set_revealed (ADW_BANNER (self->begun), draft != NULL);
}

static void
go_on_cb (SbImportsPage *self)
{
  SbImportDraft *draft = sb_engine_get_import_draft (self->engine);

  if (draft != NULL)
    sb_contacts_place_push (self->place, sb_import_page_new_draft (self->place, draft));
}

static void
fill (SbImportsPage *self)
{
  gint64 chosen = self->shown;

  gtk_list_box_remove_all (GTK_LIST_BOX (self->list));
  g_clear_pointer (&self->imports, g_ptr_array_unref);
  self->imports = sb_reader_list_imports (sb_engine_get_reader (self->engine), SHOWN_MAX);
  for (guint i = 0; i < self->imports->len; i++)
    {
      const SbImport *import = self->imports->pdata[i];
      GtkWidget      *row = make_row (self, import);

      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
      if (import->id == chosen || (i == 0 && chosen == 0))
        {
          gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (row));
          show_detail (self, import->id);
        }
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), self->imports->len > 0 ? "list" : "empty");
}

void
sb_imports_page_show (SbImportsPage *self,
                      gint64         import_id)
{
  self->shown = import_id;
  fill (self);
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->split), TRUE);
}

static void
event_cb (SbImportsPage *self,
          const SbEvent *event)
{
  if (event->kind == SB_EVENT_IMPORTED || event->kind == SB_EVENT_IMPORT_UNDONE)
    fill (self);
}

/* -- commands -- */

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  sb_contacts_export (SB_IMPORTS_PAGE (widget)->place);
}

/* -- the whole -- */

static void
sb_imports_page_dispose (GObject *object)
{
  SbImportsPage *self = SB_IMPORTS_PAGE (object);

  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_imports_page_parent_class)->dispose (object);
}

static void
sb_imports_page_finalize (GObject *object)
{
  g_clear_pointer (&SB_IMPORTS_PAGE (object)->imports, g_ptr_array_unref);

  G_OBJECT_CLASS (sb_imports_page_parent_class)->finalize (object);
}

static void
sb_imports_page_class_init (SbImportsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sb_imports_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_imports_page_finalize;
  gtk_widget_class_install_action (widget_class, "imports.export", NULL, export_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_i, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "contacts.import-file", NULL);
}

static void
sb_imports_page_init (SbImportsPage *self)
{
}

static GMenuModel *
import_menu (void)
{
  GMenuModel       *menu = sb_import_open_menu ();
  g_autoptr (GMenu) out = g_menu_new ();

  /* Where there is no room for the other menu. */
  g_menu_append (out, _("Export Contacts…"), "imports.export");
  g_menu_append_section (G_MENU (menu), NULL, G_MENU_MODEL (out));

  return menu;
}

static GtkWidget *
make_header (SbImportsPage *self)
{
  GtkWidget             *header = sb_contacts_place_new_header (self->place);
  GtkWidget             *import = gtk_menu_button_new ();
  g_autoptr (GMenuModel) ways = import_menu ();
  g_autoptr (GMenu)      menu = g_menu_new ();

  self->more = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (import), _("Import"));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (import), ways);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), import);
  g_menu_append (menu, _("Export Contacts…"), "imports.export");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->more), "view-more-symbolic");
  gtk_widget_set_tooltip_text (self->more, _("More"));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->more), G_MENU_MODEL (menu));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->more);

  return header;
}

static GtkWidget *
make_history (SbImportsPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_widget_add_css_class (self->list, "sb-import-history");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Imports"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);

  return scroller;
}

/* Beside each other, or one after the other; only then the detail has a bar with a way back, in the place of the page's own. */
static GtkWidget *
make_split (SbImportsPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();

  self->detail = sb_import_detail_new (self->engine);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->detail);
  self->split = adw_navigation_split_view_new ();
  adw_navigation_split_view_set_min_sidebar_width (ADW_NAVIGATION_SPLIT_VIEW (self->split), 268);
  adw_navigation_split_view_set_max_sidebar_width (ADW_NAVIGATION_SPLIT_VIEW (self->split), 268);
  adw_navigation_split_view_set_sidebar (ADW_NAVIGATION_SPLIT_VIEW (self->split), adw_navigation_page_new (make_history (self), _("Imports")));
  adw_navigation_split_view_set_content (ADW_NAVIGATION_SPLIT_VIEW (self->split), adw_navigation_page_new (view, _("Import")));
  g_object_bind_property (self->split, "collapsed", view, "reveal-top-bars", G_BINDING_SYNC_CREATE);

  return self->split;
}

static gboolean
shows_detail (SbImportsPage *self)
{
  AdwNavigationSplitView *split = ADW_NAVIGATION_SPLIT_VIEW (self->split);
  gboolean                lists = g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "list") == 0;

  return lists && adw_navigation_split_view_get_collapsed (split) && adw_navigation_split_view_get_show_content (split);
}

/* The keys may have been with a bar that is gone. */
static void
focus_cb (gpointer user_data)
{
  g_autoptr (SbImportsPage) self = user_data;
  GtkRoot                  *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget                *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) && shows_detail (self) && (focus == NULL || !gtk_widget_is_ancestor (focus, self->split)))
    gtk_widget_child_focus (self->detail, GTK_DIR_TAB_FORWARD);
}

static void
focus_soon (SbImportsPage *self)
{
  g_idle_add_once (focus_cb, g_object_ref (self));
}

/* Two bars above each other would have two ways back. */
static void
bars_cb (SbImportsPage *self)
{
  adw_toolbar_view_set_reveal_top_bars (ADW_TOOLBAR_VIEW (self->view), !shows_detail (self));
  focus_soon (self);
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "sb-file-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("No Imports Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("Spreadsheets, phone contacts, or a list copied from anywhere. Everything can be taken back."));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), sb_import_open_button ());

  return page;
}

static void
add_breakpoint (SbImportsPage *self)
{
  AdwBreakpoint *breakpoint = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 629sp"));
  GValue         yes = G_VALUE_INIT;

  g_value_init (&yes, G_TYPE_BOOLEAN);
  g_value_set_boolean (&yes, TRUE);
  adw_breakpoint_add_setter (breakpoint, G_OBJECT (self->split), "collapsed", &yes);
  g_value_set_boolean (&yes, FALSE);
  adw_breakpoint_add_setter (breakpoint, G_OBJECT (self->more), "visible", &yes);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (self), breakpoint);
}

GtkWidget *
sb_imports_page_new (SbContactsPlace *place)
{
  SbImportsPage *self = g_object_new (SB_TYPE_IMPORTS_PAGE, NULL);
  GtkWidget     *view = adw_toolbar_view_new ();

  self->place = place;
  self->engine = g_object_ref (sb_contacts_place_get_engine (place));
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), make_split (self), "list");
  gtk_stack_add_named (GTK_STACK (self->stack), make_empty (), "empty");
  self->view = view;
  g_signal_connect_object (self->split, "notify::collapsed", G_CALLBACK (bars_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->split, "notify::show-content", G_CALLBACK (bars_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (bars_cb), self, G_CONNECT_SWAPPED);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), make_header (self));
  self->begun = adw_banner_new ("");
  adw_banner_set_use_markup (ADW_BANNER (self->begun), FALSE);
  adw_banner_set_button_label (ADW_BANNER (self->begun), _("Go On"));
  g_signal_connect_object (self->begun, "button-clicked", G_CALLBACK (go_on_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "map", G_CALLBACK (show_begun), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "map", G_CALLBACK (focus_soon), self, G_CONNECT_SWAPPED);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), self->begun);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->stack);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 290);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (self), view);
  add_breakpoint (self);
  g_signal_connect_object (self->engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  fill (self);

  return GTK_WIDGET (self);
}
