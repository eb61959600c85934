/* Sending what is written: at once or later, one message after the other, and taking back what still waits. */
#include "sb-composer-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-json.h"
#include "sb-quick-reply-text.h"
#include "sb-send-later.h"

/* One message on its way into the outbox. */
typedef struct
{
  SbMessageKind kind;
  char         *text; /* of the field, when it goes with this one */
  char         *path;
  char         *key;
  gint64        thread_id;
  gint64        line_id;
  gint64        quote_id;
  gint64        not_before;
  SbAttachTile *tile;
} Parcel;

static void send_next (SbComposer *self);

static void
parcel_free (gpointer data)
{
  Parcel *parcel = data;

  g_free (parcel->text);
  g_free (parcel->path);
  g_free (parcel->key);
  g_clear_object (&parcel->tile);
  g_free (parcel);
}

static Parcel *
add_parcel (SbComposer *self,
            gint64      not_before)
{
  Parcel *parcel = g_new0 (Parcel, 1);

  parcel->kind = SB_MESSAGE_TEXT;
  parcel->thread_id = self->thread_id;
  parcel->line_id = self->line_id;
  parcel->not_before = not_before;
  if (g_queue_is_empty (self->parcels))
    parcel->quote_id = self->quote_id;
  g_queue_push_tail (self->parcels, parcel);

  return parcel;
}

/* What was not sent yet is forgotten; it stays where it was written. */
void
sb_composer_free_parcels (SbComposer *self)
{
  g_queue_free_full (self->parcels, parcel_free);
}

/* (transfer none) */
static Parcel *
add_file (SbComposer   *self,
          SbAttachTile *tile,
          gint64        not_before)
{
  Parcel *parcel = add_parcel (self, not_before);

  parcel->kind = sb_attach_tile_get_kind (tile);
  parcel->path = g_strdup (sb_attach_tile_get_path (tile));
  parcel->key = g_strdup (sb_attach_tile_get_key (tile));
  parcel->tile = g_object_ref (tile);

  return parcel;
}

/* -- acts with a way back -- */

static void
undo_cb (AdwToast *toast,
         gpointer  user_data)
{
  gint64 *undo_id = g_object_get_data (G_OBJECT (toast), "id");

  sb_engine_undo_async (user_data, *undo_id, NULL, NULL);
}

void
sb_composer_tell (SbComposer *self,
                  const char *words,
                  gint64      undo_id)
{
  AdwToast *toast = sb_composer_toast (self, words);

  if (toast == NULL || undo_id <= 0)
    return;
  adw_toast_set_button_label (toast, _("Undo"));
  g_object_set_data_full (G_OBJECT (toast), "id", g_memdup2 (&undo_id, sizeof undo_id), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self->engine, 0);
}

static void
cancelled_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (SbComposer) self = user_data;
  g_autoptr (GError)     error = NULL;
  gint64                 undo_id = sb_engine_act_finish (SB_ENGINE (object), result, &error);

  if (self->engine == NULL)
    return;
  if (undo_id < 0)
    sb_composer_tell (self, error->message, 0);
  else
    sb_composer_tell (self, _("Message cancelled"), undo_id);
}

void
sb_composer_cancel (SbComposer *self,
                    gint64      message_id)
{
  SbAct act = { .kind = SB_ACT_CANCEL, .message_id = message_id };

  if (self->editing_id == message_id)
    sb_composer_end_editing (self, TRUE);
  sb_engine_act_async (self->engine, &act, cancelled_cb, g_object_ref (self));
}

/* -- sending -- */

/* What went out is taken from the field; what was written meanwhile stays, as a draft of its own. */
static void
clear_sent (SbComposer   *self,
            const Parcel *parcel)
{
  g_autofree char *text = sb_composer_dup_text (self);

  if (parcel->tile != NULL)
    sb_attach_tray_remove (SB_ATTACH_TRAY (self->tray), parcel->tile);
  if (parcel->text != NULL)
    sb_composer_forget_unsaved (self, parcel->thread_id);
  if (parcel->thread_id != self->thread_id)
    return;
  if (!self->gate_said)
    sb_composer_show_problem (self, NULL);
  if (parcel->quote_id != 0 && parcel->quote_id == self->quote_id)
    sb_composer_end_quote (self);
  if (parcel->text != NULL && g_str_equal (text, parcel->text))
    {
      g_clear_pointer (&self->client_key, g_free);
      sb_composer_set_text (self, "");
    }
  else if (text[0] != '\0' && self->editing_id == 0 && !sb_composer_is_note (self))
    sb_composer_save_draft (self);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SbComposer) self = user_data;
  g_autoptr (GError)     error = NULL;
  gint64                 message_id = sb_engine_send_finish (SB_ENGINE (object), result, &error);
  Parcel                *parcel;

  if (self->engine == NULL)
    return;
  parcel = g_queue_pop_head (self->parcels);
  if (message_id == 0)
    {
      g_queue_clear_full (self->parcels, parcel_free);
      sb_composer_update_face (self);
      if (parcel->thread_id == self->thread_id)
        sb_composer_show_problem (self, error->message);
      else
        sb_composer_tell (self, error->message, 0); /* not at the field of somebody else */
    }
  else
    {
      clear_sent (self, parcel);
      if (parcel->not_before != 0 && g_queue_is_empty (self->parcels))
        {
          g_autofree char *when = sb_later_text (parcel->not_before, sb_clock_now (sb_engine_get_clock (self->engine)));
          /* Translators: a time, such as "tomorrow 09:00" */
          g_autofree char *words = g_strdup_printf (_("Goes out %s"), when);

          gtk_accessible_announce (GTK_ACCESSIBLE (self), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
        }
    }
  parcel_free (parcel);
  send_next (self);
}

static void
send_next (SbComposer *self)
{
  const Parcel          *parcel = g_queue_peek_head (self->parcels);
  g_autoptr (JsonObject) data = NULL;
  SbOutgoingMessage      outgoing = { 0 };

  sb_composer_update_send (self);
  if (parcel == NULL)
    {
      sb_composer_meet (self);
      gtk_widget_grab_focus (self->text);
      return;
    }

  if (parcel->tile != NULL && sb_attach_tile_is_voice (parcel->tile))
    {
      data = json_object_new ();
      json_object_set_boolean_member (data, "voice", TRUE);
    }
  outgoing.thread_id = parcel->thread_id;
  outgoing.line_id = parcel->line_id;
  outgoing.kind = parcel->kind;
  outgoing.text = parcel->text;
  outgoing.path = parcel->path;
  outgoing.data = data;
  outgoing.quote_id = parcel->quote_id;
  outgoing.not_before = parcel->not_before;
  outgoing.client_key = parcel->key;
  sb_engine_send_async (self->engine, &outgoing, sent_cb, g_object_ref (self));
}

void
sb_composer_send_tile (SbComposer   *self,
                       SbAttachTile *tile)
{
  gboolean idle = g_queue_is_empty (self->parcels);

  add_file (self, tile, 0);
  if (idle)
    send_next (self);
}

/* The words go with the first file, where a file of its kind can carry words, and else before it. */
static void
pack (SbComposer *self,
      const char *text,
      gint64      not_before)
{
  g_autoptr (GPtrArray) tiles = sb_attach_tray_list (SB_ATTACH_TRAY (self->tray));
  gboolean              has_text = text[strspn (text, " \n\t")] != '\0';
  gboolean              carries = tiles->len > 0 && sb_attach_tile_get_kind (tiles->pdata[0]) != SB_MESSAGE_AUDIO;

  /* Made when the key is pressed: pressing twice while the disk is slow is one message. */
  if (self->client_key == NULL)
    self->client_key = g_uuid_string_random ();
  if (has_text && !carries)
    {
      Parcel *parcel = add_parcel (self, not_before);

      parcel->text = g_strdup (text);
      parcel->key = g_strdup (self->client_key);
    }
  for (guint i = 0; i < tiles->len; i++)
    {
      Parcel *parcel = add_file (self, tiles->pdata[i], not_before);

      if (i == 0 && carries && has_text)
        parcel->text = g_strdup (text);
    }
}

/* -- changes -- */

/* One change of a waiting message on its way. */
typedef struct
{
  SbComposer *composer;
  gint64      message_id;
} Change;

static void
edited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Change     *change = user_data;
  g_autoptr (SbComposer) self = change->composer;
  g_autoptr (GError)     error = NULL;
  gint64                 undo_id = sb_engine_act_finish (SB_ENGINE (object), result, &error);

  if (self->engine != NULL && undo_id > 0)
    sb_composer_tell (self, _("Message changed"), undo_id);
  /* Meanwhile another conversation may have been opened, with words of its own. */
  if (self->engine == NULL || self->editing_id != change->message_id)
    return;
  if (undo_id >= 0)
    sb_composer_end_editing (self, FALSE);
  else
    sb_composer_show_problem (self, error->message);
}

static void
change_message (SbComposer *self,
                const char *text)
{
  SbAct   act = { .kind = SB_ACT_EDIT_QUEUED, .message_id = self->editing_id, .text = text };
  Change *change = g_new0 (Change, 1);

  change->composer = g_object_ref (self);
  change->message_id = self->editing_id;
  sb_engine_act_async (self->engine, &act, edited_cb, change);
}

/* A gap of a quick reply that nobody filled is marked, and nothing goes out. */
static gboolean
has_gap (SbComposer *self,
         const char *text)
{
  GtkTextBuffer   *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  g_autofree char *gap = NULL;
  g_autofree char *sentence = NULL;
  GtkTextIter      from, to;
  int              start, end;

  if (!sb_quick_reply_find_gap (text, &start, &end))
    return FALSE;
  gtk_text_buffer_get_iter_at_offset (buffer, &from, start);
  gtk_text_buffer_get_iter_at_offset (buffer, &to, end);
  gtk_text_buffer_select_range (buffer, &from, &to);
  gap = gtk_text_iter_get_slice (&from, &to);
  /* Translators: a gap in a text, with its braces */
  sentence = g_strdup_printf (_("Fill in %s first."), gap);
  sb_composer_show_problem (self, sentence);
  gtk_widget_grab_focus (self->text);

  return TRUE;
}

/* One that has gone since is marked, and nothing goes out. */
static gboolean
files_are_there (SbComposer *self)
{
  sb_attach_tray_check (SB_ATTACH_TRAY (self->tray));

  return !sb_attach_tray_is_wrong (SB_ATTACH_TRAY (self->tray));
}

/* @not_before: unix ms, or 0 for at once */
void
sb_composer_send (SbComposer *self,
                  gint64      not_before)
{
  g_autofree char *text = sb_composer_dup_text (self);

  if (!gtk_widget_get_visible (self->send) || !gtk_widget_get_sensitive (self->send) || !g_queue_is_empty (self->parcels))
    return;
  g_clear_handle_id (&self->draft_id, g_source_remove);
  if (sb_composer_is_note (self))
    sb_composer_add_note (self, text);
  else if (has_gap (self, text) || !sb_composer_may_send (self, not_before))
    return;
  else if (self->editing_id != 0)
    change_message (self, text);
  else if (files_are_there (self))
    {
      pack (self, text, not_before);
      send_next (self);
    }
}

void
sb_composer_later_cb (SbComposer *self,
                      gint64      at)
{
  sb_composer_send (self, at);
}

void
sb_composer_open_later (SbComposer *self)
{
  if (sb_composer_is_note (self) || self->editing_id != 0 || !gtk_widget_get_visible (self->send) || !gtk_widget_get_sensitive (self->send))
    return;
  sb_send_later_open (SB_SEND_LATER (self->later), sb_clock_now (sb_engine_get_clock (self->engine)), sb_composer_get_until (self));
}
