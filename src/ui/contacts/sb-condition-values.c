#include "sb-condition-values.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-condition-check.h"
#include "sb-condition-json.h"
#include "sb-condition-words.h"
#include "sb-thread.h"
#include "sb-value.h"

struct _SbConditionValues
{
  GtkBox parent_instance;

  const SbShopSchema *schema;
  SbCondition        *test;    /* what is shown is about; its values are those it began with */
  GPtrArray          *editors; /* GtkEditable, borrowed */
  GPtrArray          *checks;  /* GtkCheckButton, borrowed */
  GtkWidget          *button;  /* opens the list to tick, or NULL */
};

G_DEFINE_FINAL_TYPE (SbConditionValues, sb_condition_values, GTK_TYPE_BOX)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed_cb (SbConditionValues *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
takes_list (SbOperator op)
{
  guint least, most;

  sb_operator_n_values (op, &least, &most);

  return most == G_MAXUINT;
}

static gboolean
takes_date (const SbCondition *test)
{
  SbValueType type = sb_condition_type (test);

  return (type == SB_VALUE_DATE || type == SB_VALUE_TIME) && !sb_operator_counts_days (test->op);
}

/* -- typing -- */

static void
day_cb (GtkCalendar *calendar,
        gpointer     user_data)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);
  g_autofree char      *text = g_date_time_format (date, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (user_data), text);
}

static void
calendar_shown_cb (GtkWidget *popover,
                   gpointer   user_data)
{
  GtkWidget *calendar = gtk_popover_get_child (GTK_POPOVER (popover));
  gint64     day;

  if (sb_value_day (gtk_editable_get_text (GTK_EDITABLE (user_data)), &day))
    {
      g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (day * 86400);

      g_signal_handlers_block_by_func (calendar, day_cb, user_data);
      gtk_calendar_select_day (GTK_CALENDAR (calendar), date);
      g_signal_handlers_unblock_by_func (calendar, day_cb, user_data);
    }
}

static GtkWidget *
calendar_button (GtkWidget *entry)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (button, _("Choose a Day"));
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (day_cb), entry, 0);
  g_signal_connect_object (popover, "show", G_CALLBACK (calendar_shown_cb), entry, 0);

  return button;
}

static void
add_entry (SbConditionValues *self,
           const char        *label,
           const char        *text)
{
  GtkWidget *entry = gtk_entry_new ();
  gboolean   short_one = takes_date (self->test) || sb_operator_counts_days (self->test->op) || sb_condition_type (self->test) != SB_VALUE_TEXT;

  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), takes_date (self->test) ? 11 : short_one ? 6
                                                                                               : 16);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), takes_date (self->test) ? 11 : short_one ? 6
                                                                                                   : 24);
  if (takes_date (self->test))
    gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "2026-11-21");
  else if (short_one)
    gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  else if (takes_list (self->test->op))
    gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("With commas between"));
  gtk_widget_set_hexpand (entry, !short_one);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->editors, entry);
  gtk_box_append (GTK_BOX (self), entry);
  if (takes_date (self->test))
    gtk_box_append (GTK_BOX (self), calendar_button (entry));
}

static void
show_entries (SbConditionValues *self)
{
  guint least, most;

  sb_operator_n_values (self->test->op, &least, &most);
  if (takes_list (self->test->op))
    {
      g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
      g_auto (GStrv)           all = NULL;
      g_autofree char         *joined = NULL;

      for (guint i = 0; i < self->test->values->len; i++)
        g_strv_builder_add (texts, sb_condition_text (self->test, i));
      all = g_strv_builder_end (texts);
      joined = g_strjoinv (", ", all);
      add_entry (self, _("Words"), joined);
    }
  else
    for (guint i = 0; i < least; i++)
      {
        if (i == 1)
          /* Translators: between two values: “from 10 to 20” */
          gtk_box_append (GTK_BOX (self), gtk_label_new (C_("between values", "to")));
        add_entry (self, i == 0 ? _("Value") : _("Second Value"), sb_condition_text (self->test, i));
      }
  if (sb_operator_counts_days (self->test->op))
    gtk_box_append (GTK_BOX (self), gtk_label_new (_("days")));
}

/* -- ticking -- */

static void
name_button (SbConditionValues *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  GtkWidget          *label = gtk_menu_button_get_child (GTK_MENU_BUTTON (self->button));

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", gtk_check_button_get_label (self->checks->pdata[i]));
  gtk_label_set_text (GTK_LABEL (label), names->len > 0 ? names->str : _("Choose…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_text (GTK_LABEL (label)), -1);
}

static void
toggled_cb (SbConditionValues *self)
{
  name_button (self);
  changed_cb (self);
}

static void
add_check (SbConditionValues *self,
           GtkWidget         *box,
           gint64             id,
           const char        *key,
           const char        *label)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *words = gtk_label_new (label);

  /* A list that is wider than the window would never come up. */
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (words), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (words), 24);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  for (guint i = 0; i < self->test->values->len; i++)
    if (id != 0 || sb_condition_type (self->test) == SB_VALUE_FIXED ? sb_condition_id (self->test, i) == id : g_strcmp0 (sb_condition_text (self->test, i), key) == 0)
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_object_set_data_full (G_OBJECT (check), "id", g_memdup2 (&id, sizeof id), g_free);
  g_object_set_data_full (G_OBJECT (check), "key", g_strdup (key), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->checks, check);
  gtk_box_append (GTK_BOX (box), check);
}

static gboolean
is_offered (SbConditionValues *self,
            guint              index)
{
  gint64 id = sb_condition_id (self->test, index);

  for (guint i = 0; i < self->checks->len; i++)
    {
      GObject *check = self->checks->pdata[i];

      if (id != 0 ? *(gint64 *) g_object_get_data (check, "id") == id : g_strcmp0 (g_object_get_data (check, "key"), sb_condition_text (self->test, index)) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
fill_checks (SbConditionValues *self,
             GtkWidget         *box)
{
  GPtrArray        *rows = sb_shop_schema_rows (self->schema, self->test->subject);
  const SbFieldRow *field = self->test->subject == SB_SUBJECT_FIELD ? sb_shop_schema_find_field (self->schema, self->test->field_id, self->test->field) : NULL;
  const char       *key;
  gint64            id;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    add_check (self, box, ((SbNamed *) rows->pdata[i])->id, ((SbNamed *) rows->pdata[i])->name, ((SbNamed *) rows->pdata[i])->name);
  for (guint i = 0; (key = sb_condition_fixed_key (self->test->subject, i, &id)) != NULL; i++)
    {
      g_autofree char *words = sb_condition_fixed_words (self->test->subject, id);

      add_check (self, box, id, key, words);
    }
  for (guint i = 0; field != NULL && field->choices != NULL && field->choices[i] != NULL; i++)
    add_check (self, box, 0, field->choices[i], field->choices[i]);
  /* What is gone stays ticked until somebody takes it away. */
  for (guint i = 0; i < self->test->values->len; i++)
    if (sb_condition_type (self->test) != SB_VALUE_FIXED && !is_offered (self, i))
      add_check (self, box, sb_condition_id (self->test, i), sb_condition_text (self->test, i), sb_condition_text (self->test, i));
  if (self->checks->len == 0)
    gtk_box_append (GTK_BOX (box), gtk_label_new (_("There is none yet")));
}

#define MANY 12 /* rows, from which on they are searched */

static void
search_cb (GtkSearchEntry *search,
           gpointer        user_data)
{
  SbConditionValues *self = user_data;
  g_autofree char   *wanted = sb_value_fold (gtk_editable_get_text (GTK_EDITABLE (search)));

  for (guint i = 0; i < self->checks->len; i++)
    {
      g_autofree char *label = sb_value_fold (gtk_check_button_get_label (self->checks->pdata[i]));

      gtk_widget_set_visible (self->checks->pdata[i], strstr (label, wanted) != NULL);
    }
}

static GtkWidget *
with_search (SbConditionValues *self,
             GtkWidget         *scrolled)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *search = gtk_search_entry_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search the List"), -1);
  g_signal_connect_object (search, "search-changed", G_CALLBACK (search_cb), self, 0);
  gtk_box_append (GTK_BOX (box), search);
  gtk_box_append (GTK_BOX (box), scrolled);

  return box;
}

static void
show_checks (SbConditionValues *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new (NULL);

  self->button = gtk_menu_button_new ();
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), label);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->button), TRUE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 260);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  fill_checks (self, box);
  gtk_popover_set_child (GTK_POPOVER (popover), self->checks->len > MANY ? with_search (self, scrolled) : scrolled);
  gtk_box_append (GTK_BOX (self), self->button);
  name_button (self);
}

/* -- the whole -- */

static gboolean
is_ticked (const SbCondition *test)
{
  SbValueType type = sb_condition_type (test);

  return takes_list (test->op) && type != SB_VALUE_TEXT;
}

void
sb_condition_values_show (SbConditionValues *self,
                          const SbCondition *test)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  g_ptr_array_set_size (self->editors, 0);
  g_ptr_array_set_size (self->checks, 0);
  self->button = NULL;
  g_clear_pointer (&self->test, sb_condition_free);
  self->test = sb_condition_copy (test);
  if (is_ticked (test))
    show_checks (self);
  else
    show_entries (self);
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL);
}

void
sb_condition_values_read (SbConditionValues *self,
                          SbCondition       *test)
{
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      sb_condition_add_value (test, *(gint64 *) g_object_get_data (self->checks->pdata[i], "id"), g_object_get_data (self->checks->pdata[i], "key"));

  for (guint i = 0; i < self->editors->len; i++)
    {
      const char    *text = gtk_editable_get_text (self->editors->pdata[i]);
      g_auto (GStrv) parts = takes_list (test->op) ? g_strsplit_set (text, ",;", -1) : NULL;

      if (parts == NULL)
        sb_condition_add_value (test, 0, text);
      for (char **part = parts; part != NULL && *part != NULL; part++)
        if (g_strstrip (*part)[0] != '\0')
          sb_condition_add_value (test, 0, *part);
    }
}

static void
sb_condition_values_finalize (GObject *object)
{
  SbConditionValues *self = SB_CONDITION_VALUES (object);

  g_clear_pointer (&self->test, sb_condition_free);
  g_ptr_array_unref (self->editors);
  g_ptr_array_unref (self->checks);

  G_OBJECT_CLASS (sb_condition_values_parent_class)->finalize (object);
}

static void
sb_condition_values_class_init (SbConditionValuesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_condition_values_finalize;

  signals[CHANGED] = g_signal_new ("changed", SB_TYPE_CONDITION_VALUES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_condition_values_init (SbConditionValues *self)
{
  self->editors = g_ptr_array_new ();
  self->checks = g_ptr_array_new ();
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

GtkWidget *
sb_condition_values_new (const SbShopSchema *schema)
{
  SbConditionValues *self = g_object_new (SB_TYPE_CONDITION_VALUES, NULL);

  self->schema = schema;

  return GTK_WIDGET (self);
}
