#include "sb-scheduled-list.h"

#include <glib/gi18n.h>

#include "sb-reader-desk.h"
#include "sb-send-later.h"

/**
 * SbScheduledList:
 *
 * The messages of this conversation that wait for a time somebody chose, each with Edit and Cancel. They stand above the
 * text, so that nobody answers twice what is to go out tomorrow.
 */
struct _SbScheduledList
{
  AdwBin parent_instance;

  SbEngine  *engine;
  GtkWidget *box;
  char      *shown; /* what stands there, so that a button that is being pressed stays */
};

G_DEFINE_FINAL_TYPE (SbScheduledList, sb_scheduled_list, ADW_TYPE_BIN)

/* What waits a shorter time waits for the pace of the line, not for a person. */
#define SHORTEST_MS SB_MINUTE_MS

static GtkWidget *
button_new (const char *icon,
            const char *name,
            const char *action,
            gint64      message_id)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), g_variant_new_int64 (message_id));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);

  return button;
}

static void
add_row (SbScheduledList *self,
         const SbMessage *message,
         gint64           at)
{
  GtkWidget       *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *when = sb_later_text (at, sb_clock_now (sb_engine_get_clock (self->engine)));
  g_autofree char *preview = sb_message_preview (message);
  /* Translators: when a message goes out, such as "tomorrow 09:00", and its first words */
  g_autofree char *words = g_strdup_printf (_("Goes out %s: %s"), when, preview != NULL ? preview : "");
  GtkWidget       *label = gtk_label_new (g_strdelimit (words, "\n\r", ' '));
  gboolean         has_text = message->kind != SB_MESSAGE_AUDIO && message->kind != SB_MESSAGE_TEMPLATE;

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("sb-waiting-symbolic"));
  gtk_box_append (GTK_BOX (row), label);
  if (has_text)
    gtk_box_append (GTK_BOX (row), button_new ("document-edit-symbolic", _("Edit the Waiting Message"), "compose.edit", message->id));
  gtk_box_append (GTK_BOX (row), button_new ("window-close-symbolic", _("Cancel the Waiting Message"), "compose.cancel", message->id));
  gtk_box_append (GTK_BOX (self->box), row);
}

void
sb_scheduled_list_open (SbScheduledList *self,
                        gint64           thread_id)
{
  SbReader             *reader = sb_engine_get_reader (self->engine);
  g_autoptr (SbThread)  thread = sb_reader_get_thread (reader, thread_id);
  g_autoptr (GString)   print = g_string_new (NULL);
  GtkWidget            *child;
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_message_free);
  g_autoptr (GArray)    times = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (thread != NULL && thread->n_waiting > 0)
    {
      g_autoptr (GArray) ids = sb_reader_list_waiting (reader, thread_id);

      for (guint i = 0; i < ids->len; i++)
        {
          g_autoptr (SbMessage)   message = sb_reader_get_message (reader, g_array_index (ids, gint64, i));
          g_autoptr (SbOutboxRow) row = message != NULL ? sb_reader_get_outbox (reader, message->id) : NULL;

          if (row != NULL && row->attempts == 0 && row->next_at - row->created_at >= SHORTEST_MS)
            {
              /* Tomorrow becomes today. */
              g_autofree char *when = sb_later_text (row->next_at, sb_clock_now (sb_engine_get_clock (self->engine)));

              g_string_append_printf (print, "%" G_GINT64_FORMAT " %s %s\n", message->id, when, message->text != NULL ? message->text : "");
              g_array_append_val (times, row->next_at);
              g_ptr_array_add (messages, g_steal_pointer (&message));
            }
        }
    }
  if (g_strcmp0 (print->str, self->shown) == 0)
    return;
  g_set_str (&self->shown, print->str);
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  for (guint i = 0; i < messages->len; i++)
    add_row (self, messages->pdata[i], g_array_index (times, gint64, i));
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (self->box) != NULL);
}

static void
sb_scheduled_list_dispose (GObject *object)
{
  g_clear_object (&SB_SCHEDULED_LIST (object)->engine);
  g_clear_pointer (&SB_SCHEDULED_LIST (object)->shown, g_free);

  G_OBJECT_CLASS (sb_scheduled_list_parent_class)->dispose (object);
}

static void
sb_scheduled_list_class_init (SbScheduledListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_scheduled_list_dispose;
}

static void
sb_scheduled_list_init (SbScheduledList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "sb-scheduled");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

GtkWidget *
sb_scheduled_list_new (SbEngine *engine)
{
  SbScheduledList *self = g_object_new (SB_TYPE_SCHEDULED_LIST, NULL);

  self->engine = g_object_ref (engine);

  return GTK_WIDGET (self);
}
