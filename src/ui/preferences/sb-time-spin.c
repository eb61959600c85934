/* A time of day, by the minute. */
#include "sb-time-spin.h"

#include <stdio.h>

static gboolean
show_time_cb (GtkSpinButton *spin,
              gpointer       user_data)
{
  int              minutes = gtk_spin_button_get_value_as_int (spin);
  g_autofree char *text = g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);

  gtk_editable_set_text (GTK_EDITABLE (spin), text);

  return TRUE;
}

static int
read_time_cb (GtkSpinButton *spin,
              double        *value,
              gpointer       user_data)
{
  int hours = 0, minutes = 0;

  if (sscanf (gtk_editable_get_text (GTK_EDITABLE (spin)), "%d:%d", &hours, &minutes) < 1 || hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
    return GTK_INPUT_ERROR;
  *value = hours * 60 + minutes;

  return TRUE;
}

/* @name: for the screen reader. The value is in minutes since midnight. */
GtkWidget *
sb_time_spin_new (const char *name)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, 24 * 60 - 1, 15);

  /* A number only would refuse the colon. */
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 5);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_spin_button_set_wrap (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (spin, "output", G_CALLBACK (show_time_cb), NULL);
  g_signal_connect (spin, "input", G_CALLBACK (read_time_cb), NULL);

  return spin;
}
