#include "sb-send-later.h"

#include <glib/gi18n.h>

#include "sb-time-spin.h"

/**
 * SbSendLater:
 *
 * When a message shall go out: some usual times, or any date and time. What lies behind the end of the answer window is not
 * offered, because only a template could go out then.
 */
struct _SbSendLater
{
  GtkPopover parent_instance;

  GtkWidget *stack;
  GtkWidget *choices;
  GtkWidget *calendar;
  GtkWidget *time;
  GtkWidget *problem;
  GtkWidget *confirm;
  gint64     now;
  gint64     until;
};

G_DEFINE_FINAL_TYPE (SbSendLater, sb_send_later, GTK_TYPE_POPOVER)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define EVENING   18
#define MORNING   9
#define MINUTE_MS 60000

static gint64
ms_of (GDateTime *at)
{
  return at != NULL ? g_date_time_to_unix (at) * 1000 : 0;
}

/* Days from now, at a full hour. */
static gint64
at_hour (gint64 now,
         int    days,
         int    hour)
{
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now / 1000);
  g_autoptr (GDateTime) day = g_date_time_add_days (today, days);
  g_autoptr (GDateTime) at = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day), hour, 0, 0);

  return ms_of (at);
}

/* "today 18:00", "tomorrow 09:00", "Monday 23 November 09:00" */
char *
sb_later_text (gint64 at,
               gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / 1000);

  if (time == NULL)
    return g_strdup ("");
  if (at < at_hour (now, 1, 0))
    /* Translators: when a message goes out; see g_date_time_format () */
    return g_date_time_format (time, C_("send later", "today %H:%M"));
  if (at < at_hour (now, 2, 0))
    /* Translators: when a message goes out; see g_date_time_format () */
    return g_date_time_format (time, C_("send later", "tomorrow %H:%M"));

  /* Translators: when a message goes out, with the day of the week; see g_date_time_format () */
  return g_date_time_format (time, C_("send later", "%A %e %B %H:%M"));
}

static void
choose (SbSendLater *self,
        gint64       at)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, at);
}

static void
choice_cb (GtkButton *button,
           gpointer   user_data)
{
  choose (user_data, *(gint64 *) g_object_get_data (G_OBJECT (button), "at"));
}

/* What lies behind the end of the answer window is shown, but cannot be pressed. */
static void
add_choice (SbSendLater *self,
            gint64       at)
{
  g_autofree char *words = sb_later_text (at, self->now);
  g_autofree char *title = g_strdup (words);
  GtkWidget       *button;

  if (g_ascii_islower (title[0]))
    title[0] = g_ascii_toupper (title[0]);
  button = gtk_button_new_with_label (title);
  /* A long name of a month in large texts takes two lines: the whole must fit on a narrow screen. */
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 24);
  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "at", g_memdup2 (&at, sizeof at), g_free);
  if (self->until > 0 && at >= self->until)
    {
      gtk_widget_set_sensitive (button, FALSE);
      gtk_widget_set_tooltip_text (button, _("The answer window will be closed then: only a template could go out."));
    }
  g_signal_connect (button, "clicked", G_CALLBACK (choice_cb), self);
  gtk_box_append (GTK_BOX (self->choices), button);
}

/* -- any date and time -- */

static gint64
chosen_time (SbSendLater *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  int                   minutes;
  g_autoptr (GDateTime) at = NULL;

  gtk_spin_button_update (GTK_SPIN_BUTTON (self->time));
  minutes = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->time));
  at = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day), minutes / 60, minutes % 60, 0);

  return ms_of (at);
}

static void
confirm_cb (GtkButton *button,
            gpointer   user_data)
{
  SbSendLater *self = user_data;
  gint64       at = chosen_time (self);
  const char  *problem = at <= self->now ? _("This time is past.") : self->until > 0 && at >= self->until ? _("The answer window will be closed then: only a template could go out.")
                                                                                                       : NULL;

  gtk_label_set_text (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
  if (problem == NULL)
    choose (self, at);
}

static void
own_cb (GtkButton *button,
        gpointer   user_data)
{
  SbSendLater *self = user_data;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "own");
  gtk_widget_grab_focus (self->calendar);
}

/**
 * sb_send_later_open:
 * @now: unix ms
 * @until: the end of the answer window; 0 where there is none
 */
void
sb_send_later_open (SbSendLater *self,
                    gint64       now,
                    gint64       until)
{
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now / 1000);
  GtkWidget            *own = gtk_button_new_with_label (_("Date and Time…"));
  GtkWidget            *child;
  int                   weekday = g_date_time_get_day_of_week (today);

  self->now = now;
  self->until = until;
  while ((child = gtk_widget_get_first_child (self->choices)) != NULL)
    gtk_box_remove (GTK_BOX (self->choices), child);
  add_choice (self, now + 60 * MINUTE_MS - now % MINUTE_MS);
  if (at_hour (now, 0, EVENING) > now + 90 * MINUTE_MS)
    add_choice (self, at_hour (now, 0, EVENING));
  add_choice (self, at_hour (now, 1, MORNING));
  if (weekday < G_DATE_SUNDAY)
    add_choice (self, at_hour (now, 8 - weekday, MORNING));
  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (own)), GTK_ALIGN_START);
  gtk_widget_add_css_class (own, "flat");
  g_signal_connect (own, "clicked", G_CALLBACK (own_cb), self);
  gtk_box_append (GTK_BOX (self->choices), own);
  gtk_calendar_select_day (GTK_CALENDAR (self->calendar), today);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->time), MIN (g_date_time_get_hour (today) + 2, 23) * 60);
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "choices");
  gtk_popover_popup (GTK_POPOVER (self));
}

static void
sb_send_later_class_init (SbSendLaterClass *klass)
{
  signals[CHOSEN] = g_signal_new ("chosen", SB_TYPE_SEND_LATER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static GtkWidget *
make_own (SbSendLater *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->calendar = gtk_calendar_new ();
  self->time = sb_time_spin_new (_("Time"));
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->problem), 30);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  self->confirm = gtk_button_new_with_label (_("Send Then"));
  g_signal_connect (self->confirm, "clicked", G_CALLBACK (confirm_cb), self);
  gtk_box_append (GTK_BOX (box), self->calendar);
  gtk_box_append (GTK_BOX (box), self->time);
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_box_append (GTK_BOX (box), self->confirm);

  return box;
}

static void
sb_send_later_init (SbSendLater *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (_("Send Later"));

  gtk_widget_add_css_class (title, "heading");
  self->choices = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), self->choices, "choices");
  gtk_stack_add_named (GTK_STACK (self->stack), make_own (self), "own");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), self->stack);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_TOP);
}

GtkWidget *
sb_send_later_new (void)
{
  return g_object_new (SB_TYPE_SEND_LATER, NULL);
}
