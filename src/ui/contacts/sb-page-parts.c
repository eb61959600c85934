#include "sb-page-parts.h"

#include <glib/gi18n.h>

GtkWidget *
sb_page_icon_button (const char *icon,
                     const char *action,
                     const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);

  return button;
}

GtkWidget *
sb_page_add_search (GtkWidget  *header,
                    const char *placeholder,
                    GtkWidget **entry,
                    GCallback   searched,
                    gpointer    self)
{
  GtkWidget *search = gtk_toggle_button_new ();
  GtkWidget *bar = gtk_search_bar_new ();

  gtk_button_set_icon_name (GTK_BUTTON (search), "system-search-symbolic");
  gtk_widget_set_tooltip_text (search, _("Search"));
  *entry = gtk_search_entry_new ();
  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (*entry), placeholder);
  gtk_widget_set_hexpand (*entry, TRUE);
  g_signal_connect_object (*entry, "search-changed", searched, self, G_CONNECT_SWAPPED);
  gtk_search_bar_set_child (GTK_SEARCH_BAR (bar), *entry);
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (bar), GTK_EDITABLE (*entry));
  g_object_bind_property (search, "active", bar, "search-mode-enabled", G_BINDING_BIDIRECTIONAL);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), search);

  return bar;
}

AdwBreakpoint *
sb_page_add_narrow (GtkWidget *page,
                    GCallback  narrow,
                    GCallback  wide)
{
  AdwBreakpoint *breakpoint = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 629sp"));

  gtk_widget_set_size_request (page, 360, 200);
  g_signal_connect_object (breakpoint, "apply", narrow, page, G_CONNECT_SWAPPED);
  g_signal_connect_object (breakpoint, "unapply", wide, page, G_CONNECT_SWAPPED);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (page), breakpoint);

  return breakpoint;
}

void
sb_page_wrap_button (GtkWidget *button)
{
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
}
