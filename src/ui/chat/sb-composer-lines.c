/* Which line answers, where the one the customer wrote to is gone: the person is asked, nobody guesses. */
#include "sb-composer-private.h"

#include <glib/gi18n.h>

GtkWidget *
sb_composer_make_which (SbComposer *self)
{
  self->which = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->which), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->which), 6);
  gtk_widget_set_visible (self->which, FALSE);

  return self->which;
}

static void
add_line (SbComposer   *self,
          const SbLine *line)
{
  GtkWidget *button = gtk_button_new_with_label (line->name);

  gtk_button_set_can_shrink (GTK_BUTTON (button), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "compose.line");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", line->id);
  adw_wrap_box_append (ADW_WRAP_BOX (self->which), button);
}

/* The one the customer wrote to last. */
gboolean
sb_composer_is_line_gone (SbComposer *self)
{
  SbReader            *reader = sb_engine_get_reader (self->engine);
  g_autoptr (SbThread) thread = sb_reader_get_thread (reader, self->thread_id);
  g_autoptr (SbLine)   line = thread != NULL ? sb_reader_get_line (reader, thread->line_id) : NULL;

  return line != NULL && line->state == SB_LINE_REMOVED;
}

/* @reason: what the gate says of an ordinary message. Returns: whether the question stands there instead of the sentence */
gboolean
sb_composer_ask_line (SbComposer *self,
                      SbReason    reason)
{
  g_autoptr (GPtrArray) lines = NULL;
  GtkWidget            *question, *child;

  gtk_widget_set_visible (self->which, FALSE);
  if (reason != SB_REASON_LINE_REMOVED)
    return FALSE;
  lines = sb_reader_list_lines (sb_engine_get_reader (self->engine));
  if (lines->len == 0)
    return FALSE;

  while ((child = gtk_widget_get_first_child (self->which)) != NULL)
    adw_wrap_box_remove (ADW_WRAP_BOX (self->which), child);
  question = gtk_label_new (_("Which line should answer?"));
  gtk_label_set_wrap (GTK_LABEL (question), TRUE);
  gtk_label_set_xalign (GTK_LABEL (question), 0);
  gtk_widget_add_css_class (question, "heading");
  adw_wrap_box_append (ADW_WRAP_BOX (self->which), question);
  for (guint i = 0; i < lines->len; i++)
    add_line (self, lines->pdata[i]);
  gtk_widget_set_visible (self->which, TRUE);

  return TRUE;
}
