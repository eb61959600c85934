#include "sb-macro-group.h"

#include <glib/gi18n.h>

#include "sb-macro-acts.h"
#include "sb-macro-editor.h"
#include "sb-tell.h"

/**
 * SbMacroGroup:
 *
 * The shop's macros in their order: each opens in the editor, moves up and down, and is deleted with a way back. One that
 * names a tag or a person that is gone says so here.
 */
struct _SbMacroGroup
{
  AdwPreferencesGroup parent_instance;

  SbEngine  *engine;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (SbMacroGroup, sb_macro_group, ADW_TYPE_PREFERENCES_GROUP)

/* -- telling -- */

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SbMacroGroup) self = user_data;
  g_autoptr (GError)       error = NULL;
  gint64                   undo_id = sb_engine_act_finish (SB_ENGINE (object), result, &error);

  sb_tell_undo (GTK_WIDGET (self), undo_id < 0 ? error->message : _("Macro deleted"), SB_ENGINE (object), undo_id);
}

/* -- the rows -- */

static gint64
macro_of (gpointer widget)
{
  return *(gint64 *) g_object_get_data (G_OBJECT (widget), "macro");
}

static void
delete_cb (GtkWidget *button,
           gpointer   user_data)
{
  SbMacroGroup *self = user_data;

  sb_engine_delete_macro_async (self->engine, macro_of (button), deleted_cb, g_object_ref (self));
}

static void
up_cb (GtkWidget *button,
       gpointer   user_data)
{
  sb_engine_move_macro_async (SB_MACRO_GROUP (user_data)->engine, macro_of (button), -1, NULL, NULL);
}

static void
down_cb (GtkWidget *button,
         gpointer   user_data)
{
  sb_engine_move_macro_async (SB_MACRO_GROUP (user_data)->engine, macro_of (button), 1, NULL, NULL);
}

static void
edit_cb (GtkWidget *row,
         gpointer   user_data)
{
  SbMacroGroup *self = user_data;
  GtkWidget    *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  if (dialog != NULL)
    adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (dialog), ADW_NAVIGATION_PAGE (sb_macro_editor_new (self->engine, macro_of (row))));
}

static void
add_button (SbMacroGroup *self,
            GtkWidget    *row,
            gint64        macro_id,
            const char   *icon,
            const char   *name,
            gboolean      sensitive,
            GCallback     clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, sensitive);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "macro", g_memdup2 (&macro_id, sizeof macro_id), g_free);
  g_signal_connect (button, "clicked", clicked, self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
row_new (SbMacroGroup *self,
         const char   *title,
         gint64        macro_id)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "macro", g_memdup2 (&macro_id, sizeof macro_id), g_free);
  g_signal_connect (row, "activated", G_CALLBACK (edit_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);

  return row;
}

static void
add_macro (SbMacroGroup  *self,
           const SbMacro *macro,
           gboolean       first,
           gboolean       last)
{
  GtkWidget       *row = row_new (self, macro->name, macro->id);
  g_autofree char *problem = sb_macro_problem (sb_engine_get_reader (self->engine), macro);
  g_autofree char *does = sb_macro_describe (self->engine, macro);
  g_autofree char *key = macro->key != NULL ? sb_macro_key_label (macro->key) : NULL;

  if (problem != NULL)
    {
      /* Translators: a sentence that says what is wrong with a macro */
      g_autofree char *words = g_strdup_printf (_("Needs attention: %s"), problem);

      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("sb-failed-symbolic"));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
    }
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), does);
  if (key != NULL)
    {
      GtkWidget *label = gtk_label_new (key);

      gtk_widget_add_css_class (label, "sb-key");
      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  add_button (self, row, macro->id, "go-up-symbolic", _("Move Up"), !first, G_CALLBACK (up_cb));
  add_button (self, row, macro->id, "go-down-symbolic", _("Move Down"), !last, G_CALLBACK (down_cb));
  add_button (self, row, macro->id, "user-trash-symbolic", _("Delete"), TRUE, G_CALLBACK (delete_cb));
}

static void
show_macros (SbMacroGroup *self)
{
  g_autoptr (GPtrArray) macros = sb_reader_list_macros (sb_engine_get_reader (self->engine));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < macros->len; i++)
    add_macro (self, macros->pdata[i], i == 0, i + 1 == macros->len);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row_new (self, _("Add a Macro"), 0)), gtk_image_new_from_icon_name ("list-add-symbolic"));
}

static void
event_cb (SbMacroGroup *self,
          SbEvent      *event)
{
  if (event->kind == SB_EVENT_MACRO_CHANGED || event->kind == SB_EVENT_TAG_CHANGED || event->kind == SB_EVENT_STAFF_CHANGED)
    show_macros (self);
}

static void
sb_macro_group_dispose (GObject *object)
{
  SbMacroGroup *self = SB_MACRO_GROUP (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_macro_group_parent_class)->dispose (object);
}

static void
sb_macro_group_class_init (SbMacroGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_macro_group_dispose;
}

static void
sb_macro_group_init (SbMacroGroup *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), C_("dialog", "Macros"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _("Several actions under one name and key, for one conversation or many. Undo takes all of it back."));
}

GtkWidget *
sb_macro_group_new (SbEngine *engine)
{
  SbMacroGroup *self = g_object_new (SB_TYPE_MACRO_GROUP, NULL);

  self->engine = g_object_ref (engine);
  gtk_widget_set_sensitive (GTK_WIDGET (self), !sb_engine_is_read_only (engine));
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  show_macros (self);

  return GTK_WIDGET (self);
}
