#include "sb-staff-group.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * SbStaffGroup:
 *
 * Who works in the shop: the names that conversations can be given to. The owner comes first and stays.
 */
struct _SbStaffGroup
{
  AdwPreferencesGroup parent_instance;

  SbEngine  *engine;
  GtkWidget *entry;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (SbStaffGroup, sb_staff_group, ADW_TYPE_PREFERENCES_GROUP)

static void
show_people (SbStaffGroup *self)
{
  g_autoptr (GPtrArray) people = sb_reader_list_staff (sb_engine_get_reader (self->engine));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_object_ref (self->entry);
  if (gtk_widget_get_parent (self->entry) != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->entry);
  for (guint i = 0; i < people->len; i++)
    {
      const SbNamed *person = people->pdata[i];
      GtkWidget     *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), person->name);
      if (person->role == SB_ROLE_OWNER)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Owner"));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), adw_avatar_new (32, person->name, TRUE));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->entry);
  g_object_unref (self->entry);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbStaffGroup) self = user_data;
  g_autoptr (GError)       error = NULL;

  if (sb_engine_save_named_finish (SB_ENGINE (object), result, &error) == 0)
    {
      gtk_widget_add_css_class (self->entry, "error");
      gtk_widget_set_tooltip_text (self->entry, error->message);
      return;
    }
  gtk_widget_remove_css_class (self->entry, "error");
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  show_people (self);
}

static void
add_cb (AdwEntryRow *row,
        gpointer     user_data)
{
  SbStaffGroup       *self = user_data;
  const char         *name = gtk_editable_get_text (GTK_EDITABLE (row));
  g_autoptr (SbNamed) person = NULL;

  if (name[strspn (name, " ")] == '\0')
    return;
  person = sb_named_new ();
  person->name = g_strstrip (g_strdup (name));
  person->role = SB_ROLE_STAFF;
  person->active = TRUE;
  person->colour = self->rows->len % 8 + 1;
  sb_engine_save_named_async (self->engine, "staff", person, saved_cb, g_object_ref (self));
}

static void
sb_staff_group_dispose (GObject *object)
{
  SbStaffGroup *self = SB_STAFF_GROUP (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_staff_group_parent_class)->dispose (object);
}

static void
sb_staff_group_class_init (SbStaffGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_staff_group_dispose;
}

static void
sb_staff_group_init (SbStaffGroup *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Who Works Here"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _("Conversations can be given to them."));
  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _("Add a Name"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->entry), TRUE);
  g_signal_connect (self->entry, "apply", G_CALLBACK (add_cb), self);
}

GtkWidget *
sb_staff_group_new (SbEngine *engine)
{
  SbStaffGroup *self = g_object_new (SB_TYPE_STAFF_GROUP, NULL);

  self->engine = g_object_ref (engine);
  gtk_widget_set_sensitive (GTK_WIDGET (self), !sb_engine_is_read_only (engine));
  show_people (self);

  return GTK_WIDGET (self);
}
