/* One line in the preferences: its name, its pace, and whether it is paused. */
#include "sb-line-group.h"

#include <glib/gi18n.h>

/* What a group changes. */
typedef struct
{
  SbEngine *engine;
  gint64    line_id;
} Context;

static void
context_free (gpointer  data,
              GClosure *closure)
{
  Context *context = data;

  g_object_unref (context->engine);
  g_free (context);
}

static Context *
context_new (SbEngine     *engine,
             const SbLine *line)
{
  Context *context = g_new0 (Context, 1);

  context->engine = g_object_ref (engine);
  context->line_id = line->id;

  return context;
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (sb_engine_save_line_finish (SB_ENGINE (object), result, &error) == 0)
    g_warning ("The line could not be saved: %s", error->message);
}

static void
name_cb (AdwEntryRow *row,
         gpointer     user_data)
{
  Context           *context = user_data;
  g_autoptr (SbLine) line = sb_reader_get_line (sb_engine_get_reader (context->engine), context->line_id);
  const char        *name = gtk_editable_get_text (GTK_EDITABLE (row));

  if (line == NULL || name[0] == '\0')
    return;
  g_set_str (&line->name, name);
  sb_engine_save_line_async (context->engine, line, saved_cb, NULL);
}

static void
pace_cb (GObject    *row,
         GParamSpec *pspec,
         gpointer    user_data)
{
  Context           *context = user_data;
  g_autoptr (SbLine) line = sb_reader_get_line (sb_engine_get_reader (context->engine), context->line_id);
  int                pace = adw_spin_row_get_value (ADW_SPIN_ROW (row));

  if (line == NULL || line->pace_per_second == pace)
    return;
  line->pace_per_second = pace;
  sb_engine_save_line_async (context->engine, line, saved_cb, NULL);
}

static void
pause_cb (GObject    *row,
          GParamSpec *pspec,
          gpointer    user_data)
{
  Context *context = user_data;

  sb_engine_set_line_paused (context->engine, context->line_id, adw_switch_row_get_active (ADW_SWITCH_ROW (row)), 0);
}

GtkWidget *
sb_line_group_new (SbEngine     *engine,
                   const SbLine *line)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *name = adw_entry_row_new ();
  GtkWidget *pace = adw_spin_row_new_with_range (1, 80, 1);
  GtkWidget *pause = adw_switch_row_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), line->name);
  if (line->display_number != NULL)
    {
      /* It reads from the left in every language. */
      g_autofree char *number = g_strdup_printf ("\u2066%s\u2069", line->display_number);

      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), number);
    }
  gtk_widget_set_sensitive (group, !sb_engine_is_read_only (engine));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (name), _("Name of the Line"));
  gtk_editable_set_text (GTK_EDITABLE (name), line->name);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (name), TRUE);
  g_signal_connect_data (name, "apply", G_CALLBACK (name_cb), context_new (engine, line), context_free, 0);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (pace), _("Sending Pace"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (pace), _("At most so many messages a second"));
  adw_spin_row_set_value (ADW_SPIN_ROW (pace), line->pace_per_second > 0 ? line->pace_per_second : 20);
  g_signal_connect_data (pace, "notify::value", G_CALLBACK (pace_cb), context_new (engine, line), context_free, 0);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (pause), _("Paused"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (pause), _("What you write waits here until you go on"));
  adw_switch_row_set_active (ADW_SWITCH_ROW (pause), line->state == SB_LINE_PAUSED);
  g_signal_connect_data (pause, "notify::active", G_CALLBACK (pause_cb), context_new (engine, line), context_free, 0);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), name);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), pace);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), pause);

  return group;
}
