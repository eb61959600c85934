/* When the shop is open: by week day with a break, on the clock of the place where it is, and days on which it stays closed. */
#include "sb-hours-group.h"

#include <glib/gi18n.h>

#include "sb-time-spin.h"

gboolean
sb_desk_change (SbEngine    *engine,
                SbDeskChange change,
                gpointer     user_data)
{
  g_autoptr (SbDesk) desk = sb_reader_get_desk (sb_engine_get_reader (engine));
  g_autoptr (GError) error = NULL;

  change (desk, user_data);
  if (sb_engine_set_desk (engine, desk, &error))
    return TRUE;
  g_warning ("The hours could not be kept: %s", error->message);

  return FALSE;
}

/* -- a week day -- */

typedef struct
{
  SbEngine  *engine; /* not owned: the row lives shorter */
  int        day;
  GtkWidget *row;
  GtkWidget *pauses;
  GtkWidget *times[4]; /* from, to, break from, break to */
} Day;

static void
show_day (const Day *day)
{
  int              from = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (day->times[0]));
  int              to = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (day->times[1]));
  g_autofree char *words = g_strdup_printf ("\u2068%02d:%02d\u2013%02d:%02d\u2069", from / 60, from % 60, to / 60, to % 60);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (day->row), adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (day->row)) ? words : C_("opening hours", "Closed"));
}

static void
change_day (SbDesk  *desk,
            gpointer user_data)
{
  const Day  *day = user_data;
  SbDayHours *hours = &desk->hours->days[day->day];
  gboolean    pauses = adw_switch_row_get_active (ADW_SWITCH_ROW (day->pauses));

  hours->open = adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (day->row));
  hours->from = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (day->times[0]));
  hours->to = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (day->times[1]));
  hours->break_from = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (day->times[2]));
  hours->break_to = pauses ? gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (day->times[3])) : hours->break_from;
}

static void
day_cb (GObject    *object,
        GParamSpec *pspec,
        gpointer    user_data)
{
  Day *day = user_data;

  show_day (day);
  sb_desk_change (day->engine, change_day, day);
}

static void
add_time (Day        *day,
          guint       which,
          const char *title,
          int         minutes)
{
  GtkWidget *row = adw_action_row_new ();

  day->times[which] = sb_time_spin_new (title);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (day->times[which]), MIN (minutes, 24 * 60 - 1));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), day->times[which]);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (day->row), row);
  if (which >= 2)
    g_object_bind_property (day->pauses, "active", row, "sensitive", G_BINDING_SYNC_CREATE);
}

/* 1 January 2024 was a Monday. */
static char *
name_of_day (int day)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc (2024, 1, 1 + day, 12, 0, 0);

  g_autofree char *name = g_date_time_format (date, "%A");
  g_autofree char *rest = g_utf8_substring (name, 1, -1);
  GString         *title = g_string_new (NULL);

  /* In some languages a day has no capital letter, at the head of a row it has. */
  g_string_append_unichar (title, g_unichar_totitle (g_utf8_get_char (name)));
  g_string_append (title, rest);

  return g_string_free_and_steal (title);
}

static GtkWidget *
day_new (SbEngine         *engine,
         int               number,
         const SbDayHours *hours)
{
  Day             *day = g_new0 (Day, 1);
  gboolean         pauses = hours->break_from < hours->break_to;
  g_autofree char *name = name_of_day (number);

  day->engine = engine;
  day->day = number;
  day->row = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (day->row), name);
  adw_expander_row_set_show_enable_switch (ADW_EXPANDER_ROW (day->row), TRUE);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (day->row), hours->open);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (day->row), FALSE);
  g_object_set_data_full (G_OBJECT (day->row), "day", day, g_free);
  day->pauses = adw_switch_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (day->pauses), C_("opening hours", "Break"));
  adw_switch_row_set_active (ADW_SWITCH_ROW (day->pauses), pauses);
  add_time (day, 0, C_("opening hours", "Opens"), hours->from);
  add_time (day, 1, C_("opening hours", "Closes"), hours->to);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (day->row), day->pauses);
  add_time (day, 2, _("Break Begins"), hours->break_from);
  add_time (day, 3, _("Break Ends"), pauses ? hours->break_to : hours->break_from + 60);
  show_day (day);
  for (guint i = 0; i < G_N_ELEMENTS (day->times); i++)
    g_signal_connect (day->times[i], "notify::value", G_CALLBACK (day_cb), day);
  g_signal_connect (day->pauses, "notify::active", G_CALLBACK (day_cb), day);
  g_signal_connect (day->row, "notify::enable-expansion", G_CALLBACK (day_cb), day);

  return day->row;
}

/* -- the place -- */

static void
change_zone (SbDesk  *desk,
             gpointer user_data)
{
  const char *name = user_data;

  g_set_str (&desk->hours->zone, name[0] != '\0' ? name : NULL);
}

static void
zone_cb (AdwEntryRow *row,
         gpointer     user_data)
{
  g_autofree char      *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  g_autoptr (GTimeZone) zone = name[0] != '\0' ? g_time_zone_new_identifier (name) : g_time_zone_new_local ();

  if (zone == NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (row), "error");
      gtk_widget_set_tooltip_text (GTK_WIDGET (row), _("No place of this name is known. Write it like Europe/Lisbon."));
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), NULL);
  sb_desk_change (user_data, change_zone, name);
}

static GtkWidget *
zone_new (SbEngine     *engine,
          const SbDesk *desk)
{
  g_autoptr (GTimeZone) zone = sb_hours_get_zone (desk->hours);
  GtkWidget            *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Time Zone, Such as Europe/Lisbon"));
  gtk_editable_set_text (GTK_EDITABLE (row), desk->hours->zone != NULL ? desk->hours->zone : g_time_zone_get_identifier (zone));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", G_CALLBACK (zone_cb), engine, 0);

  return row;
}

/* -- holidays -- */

typedef struct
{
  SbEngine  *engine; /* not owned */
  GtkWidget *group;
  GtkWidget *entry;
  GPtrArray *rows;
} Holidays;

static void show_holidays (Holidays *self);

static void
holidays_free (gpointer data)
{
  Holidays *self = data;

  g_ptr_array_unref (self->rows);
  g_free (self);
}

/* "2026-12-25", or "12-25" for every year, as it is kept; NULL for what is no day. */
static char *
read_day (const char *text)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  g_autofree char *yearly = g_strconcat ("--", plain, NULL);

  if (sb_hours_is_holiday (plain))
    return g_steal_pointer (&plain);

  return sb_hours_is_holiday (yearly) ? g_steal_pointer (&yearly) : NULL;
}

static void
put_holiday (SbDesk  *desk,
             gpointer user_data)
{
  if (!g_ptr_array_find_with_equal_func (desk->hours->holidays, user_data, g_str_equal, NULL))
    g_ptr_array_add (desk->hours->holidays, g_strdup (user_data));
  g_ptr_array_sort_values (desk->hours->holidays, (GCompareFunc) g_strcmp0);
}

static void
drop_holiday (SbDesk  *desk,
              gpointer user_data)
{
  guint at;

  if (g_ptr_array_find_with_equal_func (desk->hours->holidays, user_data, g_str_equal, &at))
    g_ptr_array_remove_index (desk->hours->holidays, at);
}

static void
add_cb (AdwEntryRow *row,
        gpointer     user_data)
{
  Holidays        *self = user_data;
  g_autofree char *day = read_day (gtk_editable_get_text (GTK_EDITABLE (row)));

  if (day == NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (row), "error");
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  sb_desk_change (self->engine, put_holiday, day);
  gtk_editable_set_text (GTK_EDITABLE (row), "");
  show_holidays (self);
}

static void
remove_cb (GtkButton *button,
           gpointer   user_data)
{
  Holidays        *self = user_data;
  g_autofree char *day = g_strdup (g_object_get_data (G_OBJECT (button), "day"));

  sb_desk_change (self->engine, drop_holiday, day);
  show_holidays (self);
}

/* A day in the words of the language: "25 December", "24 December 2026". */
static char *
words_of_day (const char *day)
{
  gboolean              yearly = g_str_has_prefix (day, "--");
  g_autofree char      *whole = yearly ? g_strdup_printf ("2024-%sT12:00:00Z", day + 2) : g_strdup_printf ("%sT12:00:00Z", day);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (whole, NULL);

  /* Translators: a day of every year; a day of one year */
  return date != NULL ? g_date_time_format (date, yearly ? C_("holiday", "%e %B") : C_("holiday", "%e %B %Y")) : g_strdup (day);
}

static void
show_holidays (Holidays *self)
{
  g_autoptr (SbDesk) desk = sb_reader_get_desk (sb_engine_get_reader (self->engine));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->group), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < desk->hours->holidays->len; i++)
    {
      const char      *day = desk->hours->holidays->pdata[i];
      g_autofree char *words = words_of_day (day);
      GtkWidget       *row = adw_action_row_new ();
      GtkWidget       *button = gtk_button_new_from_icon_name ("window-close-symbolic");

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
      if (g_str_has_prefix (day, "--"))
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Every year"));
      gtk_widget_set_tooltip_text (button, _("Remove This Day"));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      g_object_set_data_full (G_OBJECT (button), "day", g_strdup (day), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
      g_ptr_array_add (self->rows, row);
    }
}

static GtkWidget *
holidays_new (SbEngine *engine)
{
  Holidays *self = g_new0 (Holidays, 1);

  self->engine = engine;
  self->rows = g_ptr_array_new ();
  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _("Holidays"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->group), _("Days on which the shop stays closed."));
  g_object_set_data_full (G_OBJECT (self->group), "holidays", self, holidays_free);
  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _("Add a Day: 2026-12-24, or 12-25 for Every Year"));
  g_object_bind_property (self->entry, "text-length", self->entry, "show-apply-button", G_BINDING_SYNC_CREATE); /* nothing to add: no tick */
  g_signal_connect (self->entry, "apply", G_CALLBACK (add_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->entry);
  show_holidays (self);

  return self->group;
}

/* -- the whole -- */

void
sb_hours_add_groups (AdwPreferencesPage *page,
                     SbEngine           *engine)
{
  g_autoptr (SbDesk) desk = sb_reader_get_desk (sb_engine_get_reader (engine));
  GtkWidget         *group = adw_preferences_group_new ();
  GtkWidget         *holidays = holidays_new (engine);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Opening Hours"));
  for (int i = 0; i < 7; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), day_new (engine, i, &desk->hours->days[i]));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), zone_new (engine, desk));
  gtk_widget_set_sensitive (group, !sb_engine_is_read_only (engine));
  gtk_widget_set_sensitive (holidays, !sb_engine_is_read_only (engine));
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (holidays));
}
