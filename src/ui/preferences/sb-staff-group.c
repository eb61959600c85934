#include "sb-staff-group.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-staff-row.h"

/**
 * SbStaffGroup:
 *
 * Who works in the shop: those who sit at the desk in turn, and whom conversations can be given to. The owner comes first
 * and stays; those who left come last.
 */
struct _SbStaffGroup
{
  AdwPreferencesGroup parent_instance;

  SbEngine  *engine;
  GtkWidget *entry;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (SbStaffGroup, sb_staff_group, ADW_TYPE_PREFERENCES_GROUP)

/* The person whose row is open; 0 for none. */
static gint64
find_open (SbStaffGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (adw_expander_row_get_expanded (self->rows->pdata[i]))
      return sb_staff_row_get_person (self->rows->pdata[i]);

  return 0;
}

static void
add_rows (SbStaffGroup *self,
          GPtrArray    *people,
          gboolean      active,
          gint64        open_id)
{
  for (guint i = 0; i < people->len; i++)
    {
      const SbNamed *person = people->pdata[i];
      GtkWidget     *row;

      if (person->active != active)
        continue;
      row = sb_staff_row_new (self->engine, person);
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), person->id == open_id);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
show_people (SbStaffGroup *self)
{
  g_autoptr (GPtrArray) people = sb_reader_list_staff (sb_engine_get_reader (self->engine));
  gint64                open_id = find_open (self);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_object_ref (self->entry);
  if (gtk_widget_get_parent (self->entry) != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->entry);
  add_rows (self, people, TRUE, open_id);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->entry);
  add_rows (self, people, FALSE, open_id);
  g_object_unref (self->entry);
}

static void
event_cb (SbStaffGroup *self,
          SbEvent      *event)
{
  if (event->kind == SB_EVENT_STAFF_CHANGED)
    show_people (self);
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
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _("Each has their own unread messages and signs what they do. Switch with Ctrl+Shift+P."));
  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _("Add a Name"));
  g_object_bind_property (self->entry, "text-length", self->entry, "show-apply-button", G_BINDING_SYNC_CREATE); /* nothing to add: no tick */
  g_signal_connect (self->entry, "apply", G_CALLBACK (add_cb), self);
}

GtkWidget *
sb_staff_group_new (SbEngine *engine)
{
  SbStaffGroup *self = g_object_new (SB_TYPE_STAFF_GROUP, NULL);

  self->engine = g_object_ref (engine);
  gtk_widget_set_sensitive (GTK_WIDGET (self), !sb_engine_is_read_only (engine));
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "profile-changed", G_CALLBACK (show_people), self, G_CONNECT_SWAPPED);
  show_people (self);

  return GTK_WIDGET (self);
}
