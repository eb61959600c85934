/* A note for the team: begun, kept, added. It stands apart from the draft, so that it is never taken for a message. */
#include "sb-composer-private.h"

#include <glib/gi18n.h>

#include "sb-engine-draft-note.h"
#include "sb-reader-desk.h"

/* One note on its way. */
typedef struct
{
  SbComposer *composer;
  gint64      thread_id;
  char       *text;
} Note;

static void
note_free (Note *note)
{
  g_object_unref (note->composer);
  g_free (note->text);
  g_free (note);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Note, note_free)

static Note *
note_new (SbComposer *self,
          gint64      thread_id,
          const char *text)
{
  Note *note = g_new0 (Note, 1);

  note->composer = g_object_ref (self);
  note->thread_id = thread_id;
  note->text = g_strdup (text);

  return note;
}

/* -- keeping -- */

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Note)   note = user_data;
  g_autoptr (GError) error = NULL;

  if (sb_engine_keep_draft_note_finish (SB_ENGINE (object), result, &error))
    return;
  g_message ("A note that was begun could not be kept: %s", error->message);
  if (note->composer->engine != NULL && note->thread_id == note->composer->thread_id && note->text[0] != '\0')
    sb_composer_show_problem (note->composer, error->message);
}

void
sb_composer_keep_note (SbComposer *self,
                       gint64      thread_id,
                       const char *text)
{
  if (gtk_widget_in_destruction (GTK_WIDGET (self)))
    sb_engine_keep_draft_note_async (self->engine, thread_id, text, NULL, NULL);
  else
    sb_engine_keep_draft_note_async (self->engine, thread_id, text, kept_cb, note_new (self, thread_id, text));
}

/* Only a template may go out: the message that was begun waits behind it, apart from the note. */
static gboolean
is_lapsed (SbComposer *self)
{
  SbOutgoingMessage probe = { .thread_id = self->thread_id, .line_id = self->line_id, .kind = SB_MESSAGE_TEXT, .text = "x" };

  return sb_engine_ask_gate (self->engine, &probe, NULL) == SB_REASON_WINDOW_CLOSED;
}

/* @text: of the other of the two, which is kept */
static void
change_places (SbComposer *self,
               const char *text)
{
  SbReader           *reader = sb_engine_get_reader (self->engine);
  gint64              staff_id = sb_engine_get_staff (self->engine);
  g_autoptr (SbDraft) draft = sb_reader_get_draft_of (reader, self->thread_id, staff_id);
  g_autofree char    *note = sb_reader_dup_draft_note (reader, self->thread_id, staff_id);

  if (sb_composer_is_note (self))
    {
      sb_composer_keep (self, self->thread_id, text, self->quote_id);
      sb_composer_set_text (self, note);
    }
  else
    {
      sb_composer_keep_note (self, self->thread_id, text);
      sb_composer_set_text (self, draft != NULL ? draft->text : NULL);
    }
}

/* What was begun as one is the other from now on: it is kept in one place only. */
void
sb_composer_move_text (SbComposer *self)
{
  g_autofree char *text = sb_composer_dup_text (self);
  gboolean         is_note = sb_composer_is_note (self);

  if (self->loading || self->thread_id == 0 || self->editing_id != 0 || sb_engine_is_read_only (self->engine))
    return;
  if (is_lapsed (self))
    {
      g_clear_handle_id (&self->draft_id, g_source_remove);
      change_places (self, text);
      return;
    }
  if (text[0] == '\0')
    return;
  g_clear_handle_id (&self->draft_id, g_source_remove);
  sb_composer_keep_note (self, self->thread_id, is_note ? text : NULL);
  sb_composer_keep (self, self->thread_id, is_note ? "" : text, self->quote_id);
}

/* Of the conversation that is being opened, when no message is begun there. */
gboolean
sb_composer_show_note (SbComposer *self)
{
  g_autofree char *text = sb_reader_dup_draft_note (sb_engine_get_reader (self->engine), self->thread_id, sb_engine_get_staff (self->engine));

  if (text == NULL)
    return FALSE;
  self->loading = TRUE;
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (self->mode), "note");
  self->loading = FALSE;
  sb_composer_set_text (self, text);

  return TRUE;
}

/* -- adding -- */

static void
added_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Note)   note = user_data;
  g_autoptr (GError) error = NULL;
  SbComposer        *self = note->composer;
  gint64             undo_id = sb_engine_act_finish (SB_ENGINE (object), result, &error);
  g_autofree char   *text = NULL;

  self->adding = FALSE;
  if (self->engine == NULL)
    return;
  if (undo_id < 0)
    {
      sb_composer_show_problem (self, error->message);
      return;
    }
  sb_composer_tell (self, _("Note added"), undo_id);
  sb_composer_keep_note (self, note->thread_id, NULL);
  text = sb_composer_dup_text (self);
  if (self->thread_id != note->thread_id || !sb_composer_is_note (self))
    return;
  if (!g_str_equal (text, note->text))
    {
      sb_composer_save_draft (self);
      return;
    }
  sb_composer_set_text (self, "");
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (self->mode), "message");
  sb_composer_update_send (self);
}

void
sb_composer_add_note (SbComposer *self,
                      const char *text)
{
  SbAct act = { .kind = SB_ACT_NOTE, .thread_ids = &self->thread_id, .n_threads = 1, .text = text };

  /* Pressing twice is one note. */
  if (self->adding)
    return;
  self->adding = TRUE;
  sb_engine_act_async (self->engine, &act, added_cb, note_new (self, self->thread_id, text));
}
