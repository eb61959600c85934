/* What the text belongs to: a message it answers, or a waiting message it changes. */
#include "sb-composer-private.h"

#include <glib/gi18n.h>

#include "sb-composer-strip.h"

/* How far back the keys walk. */
#define WALK_OVER 100

/* -- the message that is answered -- */

void
sb_composer_end_quote (SbComposer *self)
{
  self->quote_id = 0;
  sb_composer_strip_hide (SB_COMPOSER_STRIP (self->quote));
}

void
sb_composer_show_quote (SbComposer *self,
                        gint64      message_id)
{
  g_autoptr (SbMessage) message = message_id != 0 ? sb_reader_get_message (sb_engine_get_reader (self->engine), message_id) : NULL;
  g_autofree char      *preview = message != NULL ? sb_message_preview (message) : NULL;
  const char           *who = message != NULL && message->direction == SB_DIRECTION_OUT ? _("You") : self->name;

  if (message == NULL || message->revoked || message->thread_id != self->thread_id || message->direction == SB_DIRECTION_NOTE)
    {
      sb_composer_end_quote (self);
      return;
    }
  self->quote_id = message_id;
  sb_composer_strip_show (SB_COMPOSER_STRIP (self->quote), who != NULL ? who : "", preview);
}

/* The next message answers this one; 0 takes it off again. */
void
sb_composer_quote (SbComposer *self,
                   gint64      message_id)
{
  if (self->editing_id != 0)
    sb_composer_end_editing (self, TRUE);
  sb_composer_show_quote (self, message_id);
  sb_composer_save_draft (self);
  gtk_widget_grab_focus (self->text);
}

void
sb_composer_unquote_cb (SbComposer *self)
{
  sb_composer_quote (self, 0);
}

/* Those that can be answered: said by one side to the other, and still there. */
static gboolean
is_said (const SbMessage *message)
{
  return (message->direction == SB_DIRECTION_IN || message->direction == SB_DIRECTION_OUT) && !message->revoked && message->wamid != NULL;
}

/* To the message before the quoted one (@step -1; from nothing: the newest), or after it (1; from the newest: to nothing). */
void
sb_composer_walk_quote (SbComposer *self,
                        int         step)
{
  g_autoptr (GPtrArray) messages = sb_reader_list_messages (sb_engine_get_reader (self->engine), self->thread_id, 0, 0, WALK_OVER);
  int                   at = messages->len;

  for (guint i = 0; i < messages->len; i++)
    if (self->quote_id != 0 && ((SbMessage *) messages->pdata[i])->id == self->quote_id)
      at = i;
  if (self->quote_id == 0 && step > 0)
    return;
  for (at += step; at >= 0 && at < (int) messages->len; at += step)
    if (is_said (messages->pdata[at]))
      {
        sb_composer_quote (self, ((SbMessage *) messages->pdata[at])->id);
        return;
      }
  if (step > 0)
    sb_composer_quote (self, 0);
}

/* -- a waiting message is changed -- */

/* @keep_text: what was written stays, behind what stood here before; else only the latter */
void
sb_composer_end_editing (SbComposer *self,
                         gboolean    keep_text)
{
  g_autofree char *kept = g_steal_pointer (&self->kept_text);
  g_autofree char *text = sb_composer_dup_text (self);
  g_autofree char *joined = keep_text && text[0] != '\0' ? g_strconcat (kept != NULL ? kept : "", kept != NULL && kept[0] != '\0' ? "\n" : "", text, NULL) : g_strdup (kept);

  self->editing_id = 0;
  sb_composer_strip_hide (SB_COMPOSER_STRIP (self->editing));
  sb_composer_set_text (self, joined);
  sb_composer_save_draft (self);
  sb_composer_update_send (self);
}

/* The window, or the conversation, goes: what was changed is a draft, what was not changed waits as it is. */
void
sb_composer_leave_editing (SbComposer *self)
{
  g_autoptr (SbMessage) message = NULL;
  g_autofree char      *text = sb_composer_dup_text (self);

  if (self->editing_id == 0)
    return;
  message = sb_reader_get_message (sb_engine_get_reader (self->engine), self->editing_id);
  sb_composer_end_editing (self, message == NULL || g_strcmp0 (message->text, text) != 0);
}

void
sb_composer_edit (SbComposer *self,
                  gint64      message_id)
{
  g_autoptr (SbMessage) message = sb_reader_get_message (sb_engine_get_reader (self->engine), message_id);

  if (message == NULL || message->thread_id != self->thread_id || message->status != SB_STATUS_QUEUED)
    return;
  sb_composer_leave_editing (self);
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (self->mode), "message");
  sb_composer_save_draft (self);
  self->kept_text = sb_composer_dup_text (self);
  self->editing_id = message_id;
  sb_composer_strip_show (SB_COMPOSER_STRIP (self->editing), _("Editing a waiting message"), message->text);
  sb_composer_set_text (self, message->text);
  sb_composer_update_send (self);
  gtk_widget_grab_focus (self->text);
}

void
sb_composer_unedit_cb (SbComposer *self)
{
  sb_composer_end_editing (self, TRUE);
}
