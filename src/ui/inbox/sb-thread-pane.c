#include "sb-thread-pane.h"

#include <glib/gi18n.h>

#include "sb-filter-dialog.h"
#include "sb-page-parts.h"
#include "sb-thread-trouble.h"
#include "sb-view-dialog.h"

struct _SbThreadPane
{
  AdwBin parent_instance;

  SbEngine  *engine;
  SbView    *base; /* as chosen at the side */
  SbView    *view; /* the same, or narrowed */
  GtkWidget *title;
  GtkWidget *leave;
  GtkWidget *filter;
  GtkWidget *strip;
  GtkWidget *strip_words;
  GtkWidget *threads;
  GtkWidget *stack;
  GtkWidget *empty;
  GtkWidget *edit;
  GtkWidget *connect;
  gboolean   watches_panes;
  GtkWidget *broken;
  GtkWidget *banner; /* some rows are there */
  GtkWidget *acts;
};

G_DEFINE_FINAL_TYPE (SbThreadPane, sb_thread_pane, ADW_TYPE_BIN)

/* -- the header -- */

static void
show_title (SbThreadPane *self)
{
  guint            n = sb_thread_view_get_n_selected (SB_THREAD_VIEW (self->threads));
  gboolean         selecting = sb_thread_view_is_selecting (SB_THREAD_VIEW (self->threads));
  SbCounts         counts;
  g_autofree char *title = NULL;
  g_autofree char *sub = NULL;

  sb_engine_get_counts (self->engine, &counts);
  title = selecting ? g_strdup_printf (ngettext ("%u selected", "%u selected", n), n) : g_strdup (self->view->title);
  if (!sb_engine_is_online (self->engine))
    sub = counts.outbox_waiting == 0 ? g_strdup (_("Offline"))
                                     : g_strdup_printf (ngettext ("Offline – %d message waiting", "Offline – %d messages waiting", counts.outbox_waiting), counts.outbox_waiting);
  else
    sub = g_strdup_printf (ngettext ("%d open", "%d open", counts.threads_open), counts.threads_open);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), title);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), sub);
}

/* Where the conversation is beside it, that one says so. */
static gboolean
lacks_number (SbThreadPane *self)
{
  GtkWidget            *panes = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_SPLIT_VIEW);
  g_autoptr (GPtrArray) lines = NULL;

  if (panes == NULL || !adw_navigation_split_view_get_collapsed (ADW_NAVIGATION_SPLIT_VIEW (panes)))
    return FALSE;
  lines = sb_reader_list_lines (sb_engine_get_reader (self->engine));

  return lines->len == 0;
}

/* The page for it is made when there is some. */
static void
show_trouble (SbThreadPane *self,
              const GError *trouble)
{
  if (self->broken == NULL)
    {
      self->broken = sb_thread_trouble_page_new ();
      gtk_stack_add_named (GTK_STACK (self->stack), self->broken, "broken");
    }
  sb_thread_trouble_page_show (self->broken, trouble);
}

static void
show_empty (SbThreadPane *self)
{
  const GError    *trouble = sb_thread_view_get_trouble (SB_THREAD_VIEW (self->threads));
  gboolean         empty = sb_thread_view_get_n_rows (SB_THREAD_VIEW (self->threads)) == 0;
  gboolean         is_inbox = self->view->id == 0 && !self->view->narrowed && self->view->filter.not_closed && self->view->filter.assignee_id == 0;
  gboolean         no_number = is_inbox && empty && lacks_number (self);
  g_autofree char *title = NULL;

  if (no_number)
    title = g_strdup (_("No Number Yet"));
  else if (self->view->broken != NULL)
    title = g_strdup (_("This View Needs Attention"));
  else if (self->view->id != 0)
    /* Translators: name of a view */
    title = g_strdup_printf (_("Nothing in “%s”"), self->view->title);
  else
    title = g_strdup (is_inbox ? _("All Answered") : _("Nothing Here"));
  adw_status_page_set_title (ADW_STATUS_PAGE (self->empty), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->empty),
                                   no_number                    ? _("Connect your shop’s number, or try everything in the practice shop.")
                                   : self->view->broken != NULL ? self->view->broken
                                   : is_inbox
                                       ? _("Nobody is waiting. New messages appear here by themselves.")
                                       : _("A conversation that fits this view shows up here."));
  gtk_widget_set_visible (self->edit, self->view->id != 0);
  gtk_widget_set_visible (self->connect, no_number);
  if (trouble != NULL)
    show_trouble (self, trouble);
  adw_banner_set_revealed (ADW_BANNER (self->banner), trouble != NULL && !empty);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), empty && trouble != NULL ? "broken" : empty || self->view->broken != NULL ? "empty"
                                                                                                                                       : "list");
}

static void
show_head (SbThreadPane *self)
{
  gboolean         selecting = sb_thread_view_is_selecting (SB_THREAD_VIEW (self->threads));
  g_autofree char *words = NULL;

  words = sb_view_describe (self->view, self->engine);
  if (self->view->narrowed)
    {
      g_free (self->view->broken);
      self->view->broken = sb_view_find_broken (self->view, self->engine);
    }
  show_title (self);
  show_empty (self);
  gtk_label_set_text (GTK_LABEL (self->strip_words), words[0] != '\0' ? words : _("All"));
  gtk_widget_set_tooltip_text (self->strip_words, words);
  gtk_widget_set_visible (self->strip, self->view->narrowed && !selecting);
  gtk_widget_set_visible (self->leave, selecting);
  gtk_widget_set_visible (self->filter, !selecting);
  gtk_widget_set_visible (self->acts, selecting);
}

static void
mapped_cb (SbThreadPane *self)
{
  GtkWidget *panes = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_SPLIT_VIEW);

  if (panes != NULL && !self->watches_panes)
    g_signal_connect_object (panes, "notify::collapsed", G_CALLBACK (show_empty), self, G_CONNECT_SWAPPED);
  self->watches_panes = panes != NULL;
  show_empty (self);
}

/* -- views and filters -- */

static void
take_view (SbThreadPane *self,
           SbView       *view)
{
  g_clear_pointer (&self->view, sb_view_free);
  self->view = view;
  sb_thread_view_set_filter (SB_THREAD_VIEW (self->threads), &view->filter);
  show_head (self);
}

void
sb_thread_pane_set_view (SbThreadPane *self,
                         const SbView *view)
{
  g_clear_pointer (&self->base, sb_view_free);
  self->base = sb_view_copy (view);
  take_view (self, sb_view_copy (view));
}

static void
narrowed_cb (SbThreadPane *self,
             const SbView *view)
{
  SbView *narrowed = sb_view_copy (view);

  g_clear_pointer (&narrowed->broken, g_free);
  narrowed->narrowed = TRUE;
  take_view (self, narrowed);
}

/* Asks what the list shall show. */
void
sb_thread_pane_filter (SbThreadPane *self)
{
  AdwDialog *dialog = sb_filter_dialog_new (self->engine, self->view);

  g_signal_connect_object (dialog, "changed", G_CALLBACK (narrowed_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
clear_cb (SbThreadPane *self)
{
  take_view (self, sb_view_copy (self->base));
}

static void
save_cb (SbThreadPane *self)
{
  sb_view_dialog_save (GTK_WIDGET (self), self->engine, self->view);
}

/* -- the whole -- */

static void
sb_thread_pane_dispose (GObject *object)
{
  SbThreadPane *self = SB_THREAD_PANE (object);

  g_clear_pointer (&self->base, sb_view_free);
  g_clear_pointer (&self->view, sb_view_free);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_thread_pane_parent_class)->dispose (object);
}

static void
sb_thread_pane_class_init (SbThreadPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_thread_pane_dispose;
}

static void
sb_thread_pane_init (SbThreadPane *self)
{
}

static GtkWidget *
button_new (const char *icon,
            const char *tooltip,
            const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);

  return button;
}

/* What is done with the selected ones. */
static GtkWidget *
make_acts (void)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (bar), button_new ("object-select-symbolic", C_("button", "Done"), "inbox.done"));
  gtk_box_append (GTK_BOX (bar), button_new ("alarm-symbolic", C_("button", "Snooze"), "inbox.snooze"));
  gtk_box_append (GTK_BOX (bar), button_new ("avatar-default-symbolic", C_("button", "Assign"), "inbox.assign"));
  gtk_box_append (GTK_BOX (bar), button_new ("sb-tag-symbolic", C_("button", "Tag"), "inbox.tag"));
  gtk_box_append (GTK_BOX (bar), button_new ("sb-bolt-symbolic", C_("button", "Macros"), "inbox.macros"));
  gtk_box_append (GTK_BOX (bar), button_new ("mail-unread-symbolic", _("Mark as Unread or Read"), "inbox.unread"));
  gtk_widget_set_halign (bar, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (bar, "toolbar");

  return bar;
}

static GtkWidget *
make_strip (SbThreadPane *self)
{
  GtkWidget *strip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *save = gtk_button_new_with_label (_("Save…"));
  GtkWidget *clear = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->strip_words = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->strip_words), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->strip_words), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->strip_words, TRUE);
  gtk_widget_set_margin_start (self->strip_words, 12);
  gtk_widget_add_css_class (save, "flat");
  gtk_widget_set_tooltip_text (save, _("Save as View"));
  gtk_widget_add_css_class (clear, "flat");
  gtk_widget_set_tooltip_text (clear, _("Clear the Filter"));
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (clear, "clicked", G_CALLBACK (clear_cb), self);
  gtk_box_append (GTK_BOX (strip), self->strip_words);
  gtk_box_append (GTK_BOX (strip), save);
  gtk_box_append (GTK_BOX (strip), clear);
  gtk_widget_add_css_class (strip, "toolbar");

  return strip;
}

static GtkWidget *
make_header (SbThreadPane *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->title = adw_window_title_new (_("Inbox"), NULL);
  self->leave = button_new ("window-close-symbolic", _("Leave Selection"), "inbox.leave");
  self->filter = button_new ("sb-filter-symbolic", _("Filter"), NULL);
  g_signal_connect_swapped (self->filter, "clicked", G_CALLBACK (sb_thread_pane_filter), self);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->leave);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->filter);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), button_new ("system-search-symbolic", _("Search"), "app.search"));

  return header;
}

static void
put_together (SbThreadPane *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->empty = adw_status_page_new ();
  self->edit = gtk_button_new_with_label (_("Edit View…"));
  gtk_widget_set_halign (self->edit, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->edit, "pill");
  sb_page_wrap_button (self->edit);
  g_signal_connect_swapped (self->edit, "clicked", G_CALLBACK (sb_thread_pane_filter), self);
  self->connect = gtk_button_new_with_label (_("Connect Your Number…"));
  gtk_widget_set_halign (self->connect, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->connect, "pill");
  sb_page_wrap_button (self->connect);
  gtk_widget_add_css_class (self->connect, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->connect), "app.connect");
  gtk_box_append (GTK_BOX (buttons), self->edit);
  gtk_box_append (GTK_BOX (buttons), self->connect);
  adw_status_page_set_child (ADW_STATUS_PAGE (self->empty), buttons);
  gtk_widget_add_css_class (self->empty, "compact");
  /* What is not shown is not measured either. */
  self->stack = g_object_new (GTK_TYPE_STACK, "hhomogeneous", FALSE, "vhomogeneous", FALSE, NULL);
  gtk_stack_add_named (GTK_STACK (self->stack), self->threads, "list");
  gtk_stack_add_named (GTK_STACK (self->stack), self->empty, "empty");
  self->banner = sb_thread_trouble_banner_new ();
  self->strip = make_strip (self);
  self->acts = make_acts ();
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), make_header (self));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), self->strip);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), self->banner);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->stack);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), self->acts);
  adw_bin_set_child (ADW_BIN (self), view);
}

GtkWidget *
sb_thread_pane_new (SbEngine *engine)
{
  SbThreadPane  *self = g_object_new (SB_TYPE_THREAD_PANE, NULL);
  SbThreadFilter open = { .not_closed = TRUE };

  self->engine = g_object_ref (engine);
  self->threads = sb_thread_view_new (engine);
  self->view = sb_view_new (engine, _("Inbox"), &open, FALSE);
  self->base = sb_view_copy (self->view);
  put_together (self);
  g_signal_connect_object (engine, "counts-changed", G_CALLBACK (show_head), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "lines-changed", G_CALLBACK (show_head), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->threads, "changed", G_CALLBACK (show_head), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  show_head (self);

  return GTK_WIDGET (self);
}

/* (transfer none): the list itself */
SbThreadView *
sb_thread_pane_get_threads (SbThreadPane *self)
{
  return SB_THREAD_VIEW (self->threads);
}
