/* What was written and did not go out is written on from: its words stand in the field again, or beside the template. */
#include "sb-composer-private.h"

#include <string.h>

#include "sb-template-form.h"

void
sb_composer_reuse (SbComposer *self,
                   gint64      message_id)
{
  g_autoptr (SbMessage) message = sb_reader_get_message (sb_engine_get_reader (self->engine), message_id);
  g_autofree char      *before = NULL;
  g_autofree char      *joined = NULL;

  if (message == NULL || message->thread_id != self->thread_id || message->text == NULL)
    return;

  sb_composer_leave_editing (self);
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (self->mode), "message");
  before = sb_composer_dup_text (self);
  /* Pressed twice it is not written twice. */
  if (strstr (before, message->text) == NULL)
    {
      joined = before[0] == '\0' ? g_strdup (message->text) : g_strconcat (before, "\n", message->text, NULL);
      sb_composer_set_text (self, joined);
      sb_composer_save_draft (self);
    }
  sb_template_form_set_draft (SB_TEMPLATE_FORM (self->form), joined != NULL ? joined : before);
  sb_composer_update_face (self);
  sb_composer_update_send (self);
  if (gtk_widget_get_mapped (self->text))
    gtk_widget_grab_focus (self->text);
}
