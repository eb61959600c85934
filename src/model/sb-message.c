#include "sb-message.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-json.h"

void
sb_event_free (SbEvent *self)
{
  g_free (self->data);
  g_free (self);
}

SbEvent *
sb_event_copy (const SbEvent *self)
{
  SbEvent *copy = g_memdup2 (self, sizeof *self);

  copy->data = g_strdup (self->data);

  return copy;
}

SbAttachment *
sb_attachment_new (void)
{
  return g_new0 (SbAttachment, 1);
}

void
sb_attachment_free (SbAttachment *self)
{
  g_free (self->path);
  g_free (self->mime);
  g_free (self->filename);
  g_free (self->media_id);
  g_free (self);
}

static SbAttachment *
attachment_copy (const SbAttachment *self)
{
  SbAttachment *copy = g_memdup2 (self, sizeof *self);

  copy->path = g_strdup (self->path);
  copy->mime = g_strdup (self->mime);
  copy->filename = g_strdup (self->filename);
  copy->media_id = g_strdup (self->media_id);

  return copy;
}

static void
reaction_free (gpointer data)
{
  SbReaction *reaction = data;

  g_free (reaction->emoji);
  g_free (reaction);
}

SbMessage *
sb_message_new (void)
{
  SbMessage *self = g_new0 (SbMessage, 1);

  self->kind = SB_MESSAGE_TEXT;

  return self;
}

SbMessage *
sb_message_copy (const SbMessage *self)
{
  SbMessage *copy = g_memdup2 (self, sizeof *self);

  copy->author_name = g_strdup (self->author_name);
  copy->text = g_strdup (self->text);
  copy->data = self->data != NULL ? json_object_ref (self->data) : NULL;
  copy->wamid = g_strdup (self->wamid);
  copy->error_text = g_strdup (self->error_text);
  copy->quote_text = g_strdup (self->quote_text);
  copy->facts = self->facts != NULL ? g_array_copy (self->facts) : NULL;
  copy->attachments = NULL;
  copy->reactions = NULL;
  for (guint i = 0; self->attachments != NULL && i < self->attachments->len; i++)
    sb_message_add_attachment (copy, attachment_copy (self->attachments->pdata[i]));
  for (guint i = 0; self->reactions != NULL && i < self->reactions->len; i++)
    {
      const SbReaction *reaction = self->reactions->pdata[i];

      sb_message_add_reaction (copy, reaction->by, reaction->emoji);
    }

  return copy;
}

void
sb_message_free (SbMessage *self)
{
  g_free (self->author_name);
  g_free (self->text);
  g_clear_pointer (&self->data, json_object_unref);
  g_free (self->wamid);
  g_free (self->error_text);
  g_free (self->quote_text);
  g_clear_pointer (&self->facts, g_array_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->reactions, g_ptr_array_unref);
  g_free (self);
}

/* @attachment: (transfer full) */
void
sb_message_add_attachment (SbMessage    *self,
                           SbAttachment *attachment)
{
  if (self->attachments == NULL)
    self->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_attachment_free);
  g_ptr_array_add (self->attachments, attachment);
}

void
sb_message_add_reaction (SbMessage  *self,
                         SbDirection by,
                         const char *emoji)
{
  SbReaction *reaction = g_new0 (SbReaction, 1);

  if (self->reactions == NULL)
    self->reactions = g_ptr_array_new_with_free_func (reaction_free);
  reaction->by = by;
  reaction->emoji = g_strdup (emoji);
  g_ptr_array_add (self->reactions, reaction);
}

/* A kind's own word, for messages that bring no text of their own. */
static const char *
kind_word (const SbMessage *self)
{
  switch (self->kind)
    {
    case SB_MESSAGE_IMAGE:
      return _("Photo");
    case SB_MESSAGE_VIDEO:
      return _("Video");
    case SB_MESSAGE_AUDIO:
      return sb_json_bool (self->data, "voice", FALSE) ? _("Voice message") : _("Audio");
    case SB_MESSAGE_STICKER:
      return _("Sticker");
    case SB_MESSAGE_LOCATION:
      return _("Location");
    case SB_MESSAGE_CONTACTS:
      return _("Contact");
    case SB_MESSAGE_ORDER:
      return _("Order");
    case SB_MESSAGE_DOCUMENT:
      return _("Document");
    case SB_MESSAGE_UNSUPPORTED:
      return _("A message of a kind that is not shown yet");
    case SB_MESSAGE_WELCOME:
      return _("Opened the chat");
    case SB_MESSAGE_TEMPLATE:
      return _("Template");
    case SB_MESSAGE_TEXT:
    case SB_MESSAGE_INTERACTIVE:
    case SB_MESSAGE_INTERACTIVE_REPLY:
    case SB_MESSAGE_BUTTON:
    case SB_MESSAGE_SYSTEM:
    case SB_MESSAGE_NOTE:
    default:
      return "";
    }
}

/* One line of at most 120 characters for lists and notifications; plain text, never markup. */
char *
sb_message_preview (const SbMessage *self)
{
  const char      *filename = NULL;
  const char      *text = self->text;
  g_autofree char *cut = NULL;

  if (self->revoked)
    return g_strdup (_("This message was deleted"));
  if (self->damaged && text != NULL && text[0] != '\0')
    {
      g_autofree char *left = g_utf8_substring (text, 0, MIN (90, g_utf8_strlen (text, -1)));

      g_strdelimit (left, "\r\n\t", ' ');
      /* Translators: what is left of the message follows */
      return g_strdup_printf (_("Damaged message: %s"), left);
    }
  if (self->damaged)
    return g_strdup (_("Damaged message"));

  if (self->kind == SB_MESSAGE_DOCUMENT && self->attachments != NULL && self->attachments->len > 0)
    filename = ((SbAttachment *) self->attachments->pdata[0])->filename;
  if (text == NULL || text[0] == '\0')
    text = filename != NULL ? filename : kind_word (self);

  cut = g_utf8_substring (text, 0, MIN (120, g_utf8_strlen (text, -1)));
  g_strdelimit (cut, "\r\n\t", ' ');

  return g_strdup (g_strstrip (cut));
}
