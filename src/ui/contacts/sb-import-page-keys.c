/* The keys of an import's rows, as long as nobody types. */
#include "sb-fate-table.h"
#include "sb-import-columns.h"
#include "sb-import-page-private.h"

/* A letter typed into a text is a letter. */
static gboolean
is_typing (SbImportPage *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && GTK_IS_EDITABLE (focus);
}

static gboolean
act (SbImportPage *self,
     guint         key,
     gboolean      control,
     gboolean      shift)
{
  if (control && (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter))
    sb_import_page_write (self);
  else if (control && key == GDK_KEY_s)
    {
      if (shift)
        sb_import_page_save_all (self);
      else
        sb_import_page_save_rejected (self);
    }
  else if (control || is_typing (self))
    return GDK_EVENT_PROPAGATE;
  else if (key == GDK_KEY_f)
    sb_fate_table_go_to_trouble (SB_FATE_TABLE (self->table_view), shift ? -1 : 1);
  else if (key == GDK_KEY_e)
    sb_import_page_edit_row (self);
  else if (key == GDK_KEY_x)
    sb_import_page_leave_row (self);
  else if (key == GDK_KEY_z)
    sb_import_page_take_back (self);
  else if (key == GDK_KEY_m)
    {
      adw_overlay_split_view_set_show_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->split), TRUE);
      sb_import_columns_focus (SB_IMPORT_COLUMNS (self->columns));
    }
  else if (key >= GDK_KEY_1 && key <= GDK_KEY_5)
    sb_fate_table_choose_fate (SB_FATE_TABLE (self->table_view), (SbFate) (key - GDK_KEY_0));
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  value,
        guint                  code,
        GdkModifierType        state,
        gpointer               user_data)
{
  SbImportPage *self = user_data;
  gboolean      on_rows = g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "rows") == 0;

  if (!on_rows || self->plan == NULL || (state & (GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  return act (self, gdk_keyval_to_lower (value), (state & GDK_CONTROL_MASK) != 0, (state & GDK_SHIFT_MASK) != 0);
}

void
sb_import_page_add_keys (SbImportPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
