#include "sb-thread-trouble.h"

#include <glib/gi18n.h>

#include "sb-error.h"
#include "sb-page-parts.h"

/* What can be done about it: the health page reads the file through. */
#define ACTION "app.health"

GtkWidget *
sb_thread_trouble_page_new (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_label (_("Connection Health"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), ACTION);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  sb_page_wrap_button (button);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Conversations Cannot Be Read"));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  gtk_widget_add_css_class (page, "compact");

  return page;
}

void
sb_thread_trouble_page_show (GtkWidget    *page,
                             const GError *trouble)
{
  /* These come with a sentence for people. */
  gboolean in_words = g_error_matches (trouble, SB_ERROR, SB_ERROR_BUSY) || g_error_matches (trouble, SB_ERROR, SB_ERROR_DISK_FULL) || g_error_matches (trouble, SB_ERROR, SB_ERROR_READ_ONLY);

  adw_status_page_set_description (ADW_STATUS_PAGE (page), in_words ? trouble->message : _("The shop’s file may be damaged. Nothing was deleted. Connection Health reads the file through and says what it found."));
}

GtkWidget *
sb_thread_trouble_banner_new (void)
{
  GtkWidget *banner = adw_banner_new (_("Some conversations cannot be read."));

  adw_banner_set_button_label (ADW_BANNER (banner), _("Connection Health"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (banner), ACTION);

  return banner;
}
