#include "sb-welcome.h"

#include <glib/gi18n.h>

#include "sb-config.h"

static GtkWidget *
make_label (const char *words,
            const char *class)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 38);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);

  return label;
}

static GtkWidget *
make_head (const char *icon,
           const char *title,
           const char *subtitle)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), make_label (title, NULL));
  gtk_box_append (GTK_BOX (words), make_label (subtitle, "dimmed"));
  gtk_box_append (GTK_BOX (head), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (head), words);

  return head;
}

/* A card of its own; its button moves below the words where @narrow applies. */
static GtkWidget *
make_card (GtkWidget     *head,
           const char    *label,
           const char    *action,
           gboolean       suggested,
           AdwBreakpoint *narrow)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = gtk_button_new_with_label (label);
  GValue     below = G_VALUE_INIT;

  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (GTK_BOX (line), head);
  gtk_box_append (GTK_BOX (line), button);
  gtk_widget_add_css_class (line, "sb-welcome-card");
  g_value_init (&below, GTK_TYPE_ORIENTATION);
  g_value_set_enum (&below, GTK_ORIENTATION_VERTICAL);
  adw_breakpoint_add_setter (narrow, G_OBJECT (line), "orientation", &below);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);

  return list;
}

static GtkWidget *
make_page (AdwBreakpoint *narrow)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), SB_APP_ID);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Welcome to Shopbell"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("Answer every customer from one desk. Everything stays on this computer."));
  gtk_box_append (GTK_BOX (column),
                  make_card (make_head ("sb-shop-symbolic", _("Try the Practice Shop"), _("Seven make-believe customers write to you. Nothing leaves this computer, and nothing can go wrong.")),
                             _("Start Practicing"), "app.practice", TRUE, narrow));
  gtk_box_append (GTK_BOX (column),
                  make_card (make_head ("sb-phone-line-symbolic", _("Connect Your Number"), _("About ten minutes. Have your shop’s number and its business account at hand.")),
                             _("Connect…"), "app.connect", FALSE, narrow));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 620);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), clamp);

  return page;
}

GtkWidget *
sb_welcome_new (void)
{
  GtkWidget     *bin = adw_breakpoint_bin_new ();
  GtkWidget     *view = adw_toolbar_view_new ();
  GtkWidget     *header = adw_header_bar_new ();
  AdwBreakpoint *narrow = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 560sp"));

  adw_header_bar_set_show_title (ADW_HEADER_BAR (header), FALSE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), make_page (narrow));
  gtk_widget_set_size_request (bin, 300, 200);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (bin), view);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), narrow);

  return bin;
}
