/* The day between two messages, by its name while it is near. */
#include "sb-day-separator.h"

#include <glib/gi18n.h>

/* Writes the day of a separator as it is called at @now_ms. */
void
sb_day_separator_show (GtkWidget *separator,
                       gint64     now_ms)
{
  gint64                at_ms = *(gint64 *) g_object_get_data (G_OBJECT (separator), "at");
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (at_ms / 1000);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autoptr (GDateTime) day = g_date_time_new_local (g_date_time_get_year (at), g_date_time_get_month (at), g_date_time_get_day_of_month (at), 12, 0, 0);
  g_autoptr (GDateTime) today = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now), 12, 0, 0);
  int                   days = (g_date_time_difference (today, day) + G_TIME_SPAN_HOUR * 2) / G_TIME_SPAN_DAY;
  g_autofree char      *text = NULL;

  if (days == 0)
    text = g_strdup (_("Today"));
  else if (days == 1)
    text = g_strdup (_("Yesterday"));
  else if (days > 1 && days < 7)
    text = g_date_time_format (at, "%A");
  else
    /* Translators: a day in a conversation; see g_date_time_format () */
    text = g_date_time_format (at, C_("day separator", "%A, %e %B %Y"));
  gtk_label_set_text (GTK_LABEL (separator), text);
}

GtkWidget *
sb_day_separator_new (gint64 at_ms,
                      gint64 now_ms)
{
  GtkWidget *label = gtk_label_new (NULL);

  g_object_set_data_full (G_OBJECT (label), "at", g_memdup2 (&at_ms, sizeof at_ms), g_free);
  gtk_widget_add_css_class (label, "sb-day");
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 6);
  sb_day_separator_show (label, now_ms);

  return label;
}
