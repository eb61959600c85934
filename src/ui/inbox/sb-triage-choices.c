/* Acts with a choice: a dialog in which each choice has a letter. */
#include <glib/gi18n.h>

#include "sb-choice-dialog.h"
#include "sb-engine-desk.h"
#include "sb-tag-group.h"
#include "sb-thread-row.h"
#include "sb-triage.h"

/* For whom, while the dialog is open. */
typedef struct
{
  GtkWidget *widget;
  SbEngine  *engine;
  GArray    *threads;
  GtkWidget *calendar;
  GtkWidget *hour;
  GtkWidget *minute;
  gboolean   firm; /* back at the time only, even if the customer writes */
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_object_unref (choice->widget);
  g_object_unref (choice->engine);
  g_array_unref (choice->threads);
  g_free (choice);
}

static Choice *
choice_new (GtkWidget *widget,
            SbEngine  *engine,
            GArray    *threads)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->widget = g_object_ref (widget);
  choice->engine = g_object_ref (engine);
  choice->threads = g_array_ref (threads);

  return choice;
}

static gint64
now_of (const Choice *choice)
{
  return sb_clock_now (sb_engine_get_clock (choice->engine));
}

/* -- snooze -- */

#define MORNING_HOUR 8
#define EVENING_HOUR 18
#define PICK         (-1)

/* @hour o'clock so many days after today, unix ms */
static gint64
at_hour (gint64 now_ms,
         int    days,
         int    hour)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  g_autoptr (GDateTime) day = g_date_time_add_days (now, days);
  g_autoptr (GDateTime) at = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day), hour, 0, 0);

  return g_date_time_to_unix (at) * 1000;
}

/* "18:00" today, "tomorrow 8:00", "Mon 23 Nov 8:00". (transfer full) */
static char *
when_words (gint64 at_ms,
            gint64 now_ms)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (at_ms / 1000);
  g_autofree char      *time = g_date_time_format (at, "%H:%M");
  g_autofree char      *day = g_date_time_format (at, C_("snooze day", "%a %e %b"));

  if (at_ms < at_hour (now_ms, 1, 0))
    return g_strdup (time);
  if (at_ms < at_hour (now_ms, 2, 0))
    /* Translators: a time of day */
    return g_strdup_printf (_("tomorrow %s"), time);

  return g_strdup_printf ("%s %s", day, time);
}

static void
snooze_until (Choice *choice,
              gint64  until)
{
  g_autofree char *when = until > 0 ? when_words (until, now_of (choice)) : NULL;
  g_autofree char *said = NULL;
  guint            n = choice->threads->len;

  if (n > 1)
    said = g_strdup_printf (ngettext ("%u conversation snoozed", "%u conversations snoozed", n), n);
  else if (when != NULL && choice->firm)
    /* Translators: "18:00", "tomorrow 8:00" or "Mon 23 Nov 8:00" */
    said = g_strdup_printf (_("Snoozed until %s, even if the customer writes"), when);
  else if (when != NULL)
    /* Translators: "18:00", "tomorrow 8:00" or "Mon 23 Nov 8:00" */
    said = g_strdup_printf (_("Snoozed until %s"), when);
  else
    said = g_strdup (_("Snoozed until the customer writes"));
  sb_triage_run (choice->widget, choice->engine, choice->threads, SB_ACT_SNOOZE, until, choice->firm ? SB_SNOOZE_FIRM : NULL, said);
  gtk_widget_activate_action_variant (choice->widget, "inbox.gone",
                                      g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, choice->threads->data, n, sizeof (gint64)));
}

static void
picked_cb (GtkButton *button,
           gpointer   user_data)
{
  Choice               *choice = user_data;
  g_autoptr (GDateTime) day = gtk_calendar_get_date (GTK_CALENDAR (choice->calendar));
  g_autoptr (GDateTime) at = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day), g_date_time_get_day_of_month (day),
                                                    gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (choice->hour)),
                                                    gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (choice->minute)), 0);
  gint64                until = g_date_time_to_unix (at) * 1000;

  if (until <= now_of (choice))
    {
      gtk_widget_add_css_class (choice->hour, "error");
      gtk_widget_set_tooltip_text (choice->hour, _("This time is over"));
      return;
    }
  snooze_until (choice, until);
  adw_dialog_close (ADW_DIALOG (gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_DIALOG)));
}

static GtkWidget *
spin_new (const char *name,
          int         max,
          int         step,
          int         value)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, max, step);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (spin), GTK_ORIENTATION_HORIZONTAL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return spin;
}

static void
pick_time (Choice *before)
{
  Choice               *choice = choice_new (before->widget, before->engine, before->threads);
  SbChoiceDialog       *dialog = sb_choice_dialog_new (_("Snooze Until"), NULL, choice, choice_free);
  GtkWidget            *time = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget            *button = gtk_button_new_with_label (C_("button", "Snooze"));
  g_autoptr (GDateTime) tomorrow = g_date_time_new_from_unix_local (at_hour (now_of (choice), 1, MORNING_HOUR) / 1000);

  choice->firm = before->firm;
  choice->calendar = gtk_calendar_new ();
  gtk_calendar_select_day (GTK_CALENDAR (choice->calendar), tomorrow);
  choice->hour = spin_new (_("Hour"), 23, 1, MORNING_HOUR);
  choice->minute = spin_new (_("Minute"), 59, 5, 0);
  gtk_widget_set_halign (time, GTK_ALIGN_CENTER);
  gtk_widget_set_direction (time, GTK_TEXT_DIR_LTR);
  gtk_box_append (GTK_BOX (time), choice->hour);
  gtk_box_append (GTK_BOX (time), gtk_label_new (":"));
  gtk_box_append (GTK_BOX (time), choice->minute);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", G_CALLBACK (picked_cb), choice);
  sb_choice_dialog_add_widget (dialog, choice->calendar);
  sb_choice_dialog_add_widget (dialog, time);
  sb_choice_dialog_add_widget (dialog, button);
  adw_dialog_present (ADW_DIALOG (dialog), choice->widget);
}

static void
snooze_cb (gint64   value,
           gpointer user_data)
{
  if (value == PICK)
    pick_time (user_data);
  else
    snooze_until (user_data, value);
}

static void
add_time (SbChoiceDialog *dialog,
          const Choice   *choice,
          const char     *title,
          char            letter,
          gint64          at)
{
  /* The title says which day; the words under it say which date and time. */
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / 1000);
  gboolean              later = at >= at_hour (now_of (choice), 1, 0);
  /* Translators: day and time under “Tomorrow” and “Next Week”; see g_date_time_format () */
  g_autofree char *when = g_date_time_format (time, later ? C_("snooze", "%a %e %b, %H:%M") : "%H:%M");

  sb_choice_dialog_add (dialog, title, when, letter, at);
}

static void
firm_cb (GObject    *row,
         GParamSpec *pspec,
         gpointer    user_data)
{
  ((Choice *) user_data)->firm = adw_switch_row_get_active (ADW_SWITCH_ROW (row));
}

/* Of the times; what waits for the customer comes back with them anyway. */
static GtkWidget *
make_firm_row (Choice *choice)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Even If the Customer Writes"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Comes back at its time only"));
  g_signal_connect (row, "notify::active", G_CALLBACK (firm_cb), choice);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);

  return list;
}

void
sb_triage_snooze (GtkWidget *widget,
                  SbEngine  *engine,
                  GArray    *threads)
{
  Choice               *choice = choice_new (widget, engine, threads);
  SbChoiceDialog       *dialog = sb_choice_dialog_new (C_("dialog", "Snooze"), snooze_cb, choice, choice_free);
  gint64                now = now_of (choice);
  gint64                evening = at_hour (now, 0, EVENING_HOUR);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now / 1000);

  add_time (dialog, choice, _("For 1 Hour"), 'h', now + SB_HOUR_MS);
  if (evening > now + SB_HOUR_MS)
    add_time (dialog, choice, _("This Evening"), 'e', evening);
  add_time (dialog, choice, _("Tomorrow"), 't', at_hour (now, 1, MORNING_HOUR));
  add_time (dialog, choice, _("Next Week"), 'w', at_hour (now, 8 - g_date_time_get_day_of_week (today), MORNING_HOUR));
  sb_choice_dialog_add (dialog, _("Until the Customer Writes"), NULL, 'u', 0);
  sb_choice_dialog_add (dialog, _("Pick a Time…"), NULL, 'p', PICK);
  sb_choice_dialog_add_widget (dialog, make_firm_row (choice));
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* -- assign -- */

static const SbNamed *
find_named (GPtrArray *rows,
            gint64     id)
{
  for (guint i = 0; i < rows->len; i++)
    if (((SbNamed *) rows->pdata[i])->id == id)
      return rows->pdata[i];

  return NULL;
}

/* @staff_id: 0 for nobody */
void
sb_triage_assign_to (GtkWidget *widget,
                     SbEngine  *engine,
                     GArray    *threads,
                     gint64     staff_id)
{
  g_autoptr (GPtrArray) staff = sb_reader_list_staff (sb_engine_get_reader (engine));
  const SbNamed        *person = find_named (staff, staff_id);
  guint                 n = threads->len;
  g_autofree char      *said = NULL;

  if (person == NULL)
    said = g_strdup_printf (ngettext ("%u conversation assigned to nobody", "%u conversations assigned to nobody", n), n);
  else if (n == 1)
    /* Translators: name of a colleague */
    said = g_strdup_printf (_("Assigned to %s"), person->name);
  else
    /* Translators: number of conversations, name of a colleague */
    said = g_strdup_printf (ngettext ("%u conversation assigned to %s", "%u conversations assigned to %s", n), n, person->name);
  sb_triage_run (widget, engine, threads, SB_ACT_ASSIGN, staff_id, NULL, said);
}

static void
assign_cb (gint64   value,
           gpointer user_data)
{
  Choice *choice = user_data;

  sb_triage_assign_to (choice->widget, choice->engine, choice->threads, value);
}

void
sb_triage_assign (GtkWidget *widget,
                  SbEngine  *engine,
                  GArray    *threads)
{
  g_autoptr (GPtrArray) staff = sb_reader_list_staff (sb_engine_get_reader (engine));
  SbChoiceDialog       *dialog = sb_choice_dialog_new (C_("dialog", "Assign"), assign_cb, choice_new (widget, engine, threads), choice_free);

  sb_choice_dialog_add (dialog, C_("assigned to", "Nobody"), NULL, 'n', 0);
  for (guint i = 0; i < staff->len; i++)
    {
      const SbNamed *person = staff->pdata[i];

      if (person->active)
        sb_choice_dialog_add (dialog, person->name, person->id == sb_engine_get_staff (engine) ? _("You") : NULL, '\0', person->id);
    }
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* -- tag -- */

/* The tags that all of them have, SbNamed; choosing one of these takes it away. */
static GPtrArray *
list_common (SbReader *reader,
             GArray   *threads)
{
  GPtrArray *common = sb_reader_list_thread_tags (reader, g_array_index (threads, gint64, 0));

  for (guint i = 1; i < threads->len && common->len > 0; i++)
    {
      g_autoptr (GPtrArray) tags = sb_reader_list_thread_tags (reader, g_array_index (threads, gint64, i));

      for (guint k = common->len; k > 0; k--)
        if (find_named (tags, ((SbNamed *) common->pdata[k - 1])->id) == NULL)
          g_ptr_array_remove_index (common, k - 1);
    }

  return common;
}

static void
tag_with (Choice     *choice,
          const char *name,
          gboolean    on)
{
  guint            n = choice->threads->len;
  g_autofree char *said = on ? g_strdup_printf (ngettext ("Tag added to %u conversation", "Tag added to %u conversations", n), n)
                             : g_strdup_printf (ngettext ("Tag removed from %u conversation", "Tag removed from %u conversations", n), n);

  sb_triage_run (choice->widget, choice->engine, choice->threads, on ? SB_ACT_TAG : SB_ACT_UNTAG, 0, name, said);
}

static void
tag_cb (gint64   value,
        gpointer user_data)
{
  Choice               *choice = user_data;
  SbReader             *reader = sb_engine_get_reader (choice->engine);
  g_autoptr (GPtrArray) tags = sb_reader_list_tags (reader);
  g_autoptr (GPtrArray) common = list_common (reader, choice->threads);
  const SbNamed        *tag = find_named (tags, value);

  if (tag != NULL)
    tag_with (choice, tag->name, find_named (common, value) == NULL);
}

static void
new_tag_cb (const char *text,
            gpointer    user_data)
{
  tag_with (user_data, text, TRUE);
}

void
sb_triage_tag (GtkWidget *widget,
               SbEngine  *engine,
               GArray    *threads)
{
  SbReader             *reader = sb_engine_get_reader (engine);
  g_autoptr (GPtrArray) tags = sb_reader_list_tags (reader);
  g_autoptr (GPtrArray) common = list_common (reader, threads);
  SbChoiceDialog       *dialog = sb_choice_dialog_new (C_("dialog", "Tag"), tag_cb, choice_new (widget, engine, threads), choice_free);

  for (guint i = 0; i < tags->len; i++)
    {
      const SbNamed *tag = tags->pdata[i];

      sb_choice_dialog_add (dialog, tag->name, find_named (common, tag->id) != NULL ? _("Choose to remove") : NULL, '\0', tag->id);
    }
  sb_choice_dialog_add_entry (dialog, _("New Tag"), NULL, new_tag_cb);
  if (tags->len > 0)
    sb_tags_add_to_choice (dialog, widget, engine);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* -- note -- */

static void
note_cb (const char *text,
         gpointer    user_data)
{
  Choice *choice = user_data;

  sb_triage_run (choice->widget, choice->engine, choice->threads, SB_ACT_NOTE, 0, text, _("Note added"));
}

void
sb_triage_note (GtkWidget *widget,
                SbEngine  *engine,
                GArray    *threads)
{
  SbChoiceDialog *dialog = sb_choice_dialog_new (_("Note for the Team"), NULL, choice_new (widget, engine, threads), choice_free);

  sb_choice_dialog_add_entry (dialog, _("Note, never sent"), NULL, note_cb);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}
