/* A photo that could not be read says why, and what to do. */
#include <glib/gi18n.h>

#include "sb-page-parts.h"

#include "sb-ocr-scan.h"

static const SbPaperPage *
worst_page (GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++)
    if (!g_str_equal (((const SbPaperPage *) pages->pdata[i])->verdict, "good"))
      return pages->pdata[i];

  return NULL;
}

static const char *
sentence_of (const char *verdict)
{
  if (g_str_equal (verdict, "dark"))
    return _("The photo is too dark. Daylight, straight from above.");
  if (g_str_equal (verdict, "small"))
    return _("The writing is too small on this photo. Go closer, and take two photos of a long list.");
  if (g_str_equal (verdict, "blurred"))
    return _("The photo is blurred. Hold still, in daylight, straight from above.");

  return _("There is no name with a number on it, or the photo is blurred or too dark. Daylight, straight from above.");
}

static GtkWidget *
button (const char *title,
        const char *action,
        gboolean    suggested)
{
  GtkWidget *made = gtk_button_new_with_label (title);

  gtk_widget_add_css_class (made, "pill");
  sb_page_wrap_button (made);
  if (suggested)
    gtk_widget_add_css_class (made, "suggested-action");
  if (action != NULL)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (made), action);

  return made;
}

static void
show_rows_cb (GtkStack *stack)
{
  gtk_stack_set_visible_child_name (stack, "rows");
  gtk_widget_child_focus (GTK_WIDGET (stack), GTK_DIR_TAB_FORWARD);
}

static void
show_status (GtkWidget  *stack,
             const char *title,
             const char *sentence,
             guint       n_rows)
{
  GtkWidget *old = gtk_stack_get_child_by_name (GTK_STACK (stack), "status");
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  if (old != NULL)
    gtk_stack_remove (GTK_STACK (stack), old);
  if (n_rows > 0)
    {
      GtkWidget *turn = button (_("Turn and Read"), NULL, TRUE);

      g_signal_connect_object (turn, "clicked", G_CALLBACK (show_rows_cb), stack, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (buttons), turn);
    }
  gtk_box_append (GTK_BOX (buttons), button (_("Take Another…"), "contacts.scan-file", n_rows == 0));
  gtk_box_append (GTK_BOX (buttons), button (_("Take a Photo…"), "contacts.scan-camera", FALSE));
  gtk_widget_set_halign (buttons, GTK_ALIGN_CENTER);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "sb-photo-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), sentence);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), buttons);
  gtk_stack_add_named (GTK_STACK (stack), page, "status");
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "status");
}

void
sb_ocr_scan_show_verdict (GPtrArray *pages,
                          guint      n_rows,
                          GtkWidget *stack,
                          GtkWidget *banner)
{
  const SbPaperPage *worst = worst_page (pages);

  adw_banner_set_revealed (ADW_BANNER (banner), FALSE);
  if (n_rows == 0)
    show_status (stack, _("No Rows Found"), sentence_of (worst != NULL ? worst->verdict : "empty"), 0);
  else if (worst != NULL && g_str_equal (worst->verdict, "turned"))
    {
      g_autofree char *sentence = g_strdup_printf (ngettext ("Turning it finds %u row.", "Turning it finds %u rows.", n_rows), n_rows);

      show_status (stack, worst->turn == 180 ? _("Upside Down?") : _("Lying on Its Side?"), sentence, n_rows);
    }
  else
    {
      gtk_stack_set_visible_child_name (GTK_STACK (stack), "rows");
      if (worst != NULL)
        {
          adw_banner_set_title (ADW_BANNER (banner), sentence_of (worst->verdict));
          adw_banner_set_revealed (ADW_BANNER (banner), TRUE);
        }
    }
}
