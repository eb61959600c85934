#include "sb-staff-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-staff-colour.h"

struct _SbStaffRow
{
  AdwExpanderRow parent_instance;

  SbEngine  *engine;
  SbNamed   *person;
  GtkWidget *name;
  GtkWidget *colour;
};

G_DEFINE_FINAL_TYPE (SbStaffRow, sb_staff_row, ADW_TYPE_EXPANDER_ROW)

/* What is counted stops here. */
#define COUNT_MOST 1000

gint64
sb_staff_row_get_person (SbStaffRow *self)
{
  return self->person->id;
}

/* -- changing -- */

static void
complain (SbStaffRow *self,
          GError     *error)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), error->message);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbStaffRow) self = user_data;
  g_autoptr (GError)     error = NULL;

  if (sb_engine_save_named_finish (SB_ENGINE (object), result, &error) == 0)
    complain (self, error);
}

static void
save (SbStaffRow *self,
      const char *name,
      int         colour)
{
  SbNamed person = *self->person;

  person.name = (char *) name;
  person.colour = colour;
  sb_engine_save_named_async (self->engine, "staff", &person, saved_cb, g_object_ref (self));
}

static void
name_cb (SbStaffRow *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));

  if (name[0] != '\0')
    save (self, name, self->person->colour);
}

static void
colour_cb (SbStaffRow *self)
{
  int colour = (int) adw_combo_row_get_selected (ADW_COMBO_ROW (self->colour)) + 1;

  if (colour != self->person->colour)
    save (self, self->person->name, colour);
}

static void
acted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbStaffRow) self = user_data;
  g_autoptr (GError)     error = NULL;

  if (sb_engine_act_finish (SB_ENGINE (object), result, &error) < 0)
    complain (self, error);
}

static void
leave_or_return_cb (SbStaffRow *self)
{
  SbAct act = { .kind = self->person->active ? SB_ACT_STAFF_GONE : SB_ACT_STAFF_BACK, .value = self->person->id };

  sb_engine_act_async (self->engine, &act, acted_cb, g_object_ref (self));
}

/* -- showing -- */

static char *
make_subtitle (SbStaffRow *self)
{
  SbThreadFilter filter = { .not_closed = TRUE, .assignee_id = self->person->id };
  guint          n;

  if (self->person->active)
    return g_strdup (self->person->id == sb_engine_get_staff (self->engine) ? _("At the desk now") : self->person->role == SB_ROLE_OWNER ? _("Owner")
                                                                                                                                      : "");
  n = sb_reader_count_threads (sb_engine_get_reader (self->engine), &filter, COUNT_MOST);
  if (n == 0)
    return g_strdup (_("Removed"));

  /* Translators: of somebody who no longer works here; conversations that are still assigned to them */
  return g_strdup_printf (ngettext ("Removed; %u conversation is still theirs", "Removed; %u conversations are still theirs", n), n);
}

static void
add_fields (SbStaffRow *self)
{
  g_autoptr (GtkStringList) colours = gtk_string_list_new (NULL);

  self->name = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name), _("Name"));
  gtk_editable_set_text (GTK_EDITABLE (self->name), self->person->name);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->name), TRUE);
  g_signal_connect_object (self->name, "apply", G_CALLBACK (name_cb), self, G_CONNECT_SWAPPED);
  self->colour = adw_combo_row_new ();
  for (int i = 1; i <= SB_N_STAFF_COLOURS; i++)
    gtk_string_list_append (colours, sb_staff_colour_name (i));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->colour), _("Colour"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->colour), G_LIST_MODEL (colours));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->colour), (guint) MAX (self->person->colour - 1, 0) % SB_N_STAFF_COLOURS);
  g_signal_connect_object (self->colour, "notify::selected", G_CALLBACK (colour_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->name);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->colour);
}

static void
show_person (SbStaffRow *self)
{
  GtkWidget       *avatar = adw_avatar_new (32, self->person->name, TRUE);
  g_autofree char *subtitle = make_subtitle (self);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), self->person->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  if (self->person->active)
    sb_staff_colour_set (avatar, self->person->colour);
  else
    sb_staff_colour_set (avatar, SB_N_STAFF_COLOURS);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), avatar);
  if (self->person->active)
    add_fields (self);
  if (self->person->role != SB_ROLE_OWNER)
    {
      GtkWidget *button = adw_button_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (button), self->person->active ? _("Remove") : _("Bring Back"));
      if (self->person->active)
        gtk_widget_add_css_class (button, "destructive-action");
      g_signal_connect_object (button, "activated", G_CALLBACK (leave_or_return_cb), self, G_CONNECT_SWAPPED);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), button);
    }
}

static void
sb_staff_row_finalize (GObject *object)
{
  SbStaffRow *self = SB_STAFF_ROW (object);

  g_clear_pointer (&self->person, sb_named_free);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_staff_row_parent_class)->finalize (object);
}

static void
sb_staff_row_class_init (SbStaffRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_staff_row_finalize;
}

static void
sb_staff_row_init (SbStaffRow *self)
{
}

GtkWidget *
sb_staff_row_new (SbEngine      *engine,
                  const SbNamed *person)
{
  SbStaffRow *self = g_object_new (SB_TYPE_STAFF_ROW, NULL);

  self->engine = g_object_ref (engine);
  self->person = sb_named_new ();
  *self->person = *person;
  self->person->name = g_strdup (person->name);
  self->person->query = NULL;
  show_person (self);

  return GTK_WIDGET (self);
}
