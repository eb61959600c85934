/*
 * The same conversation in another window, or under the hands of a colleague. The draft of one person is one text, whichever
 * window it is written in: what is saved in one stands in the other, and where both were written in, both texts stay. Another
 * person's draft is theirs; here it is told that there is one, and sending asks once.
 */
#include "sb-composer-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-alert.h"
#include "sb-presence.h"
#include "sb-reader-desk.h"

/* A draft that was touched within this time is being written. */
#define FRESH_MS (5 * SB_MINUTE_MS)

static gint64
now_of (SbComposer *self)
{
  return sb_clock_now (sb_engine_get_clock (self->engine));
}

/* -- who else -- */

/* (nullable): the sentence about somebody who writes here, too. */
static char *
other_words (SbComposer *self)
{
  SbReader             *reader = sb_engine_get_reader (self->engine);
  const char           *name = self->name != NULL ? self->name : "";
  g_autoptr (GPtrArray) writers = NULL;

  /* A shop that was closed has nobody in it: its windows go after it, and leave their conversations as they go. */
  if (self->thread_id == 0 || reader == NULL)
    return NULL;
  writers = sb_reader_list_writers (reader, self->thread_id, sb_engine_get_staff (self->engine), now_of (self) - FRESH_MS);
  if (writers->len > 0)
    /* Translators: name of a colleague, name of the customer */
    return g_strdup_printf (_("%s is writing to %s, too"), ((SbNamed *) writers->pdata[0])->name, name);
  if (sb_presence_is_elsewhere (sb_presence_of (self->engine), self, self->thread_id, now_of (self)))
    /* Translators: name of the customer */
    return g_strdup_printf (_("You are writing to %s in another window, too"), name);

  return NULL;
}

void
sb_composer_show_twin (SbComposer *self)
{
  g_autofree char *words = other_words (self);
  gboolean         news = words != NULL && !gtk_widget_get_visible (self->twin);

  gtk_label_set_text (GTK_LABEL (self->twin), words != NULL ? words : "");
  gtk_widget_set_visible (self->twin, words != NULL);
  if (words == NULL)
    self->agreed = FALSE;
  if (news)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

void
sb_composer_typed (SbComposer *self)
{
  sb_presence_write (sb_presence_of (self->engine), self, self->thread_id, now_of (self));
}

/* -- one text -- */

static void
take_text (SbComposer *self,
           const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  GtkTextIter    end;

  sb_composer_set_text (self, text);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
  g_clear_pointer (&self->client_key, g_free);
  sb_composer_update_send (self);
}

/* Brings the field and the kept draft together, unless the field is for something else or on its way. */
void
sb_composer_meet (SbComposer *self)
{
  g_autoptr (SbDraft) draft = NULL;
  g_autofree char    *own = NULL;
  const char         *kept;

  if (self->thread_id == 0 || self->n_saving > 0 || self->editing_id != 0 || sb_composer_is_note (self) || !g_queue_is_empty (self->parcels))
    return;
  draft = sb_reader_get_draft_of (sb_engine_get_reader (self->engine), self->thread_id, sb_engine_get_staff (self->engine));
  own = sb_composer_dup_text (self);
  kept = draft != NULL ? draft->text : "";
  if (g_strcmp0 (self->base, kept) == 0)
    return;

  if (g_strcmp0 (own, self->base) == 0)
    take_text (self, kept);
  else if (strstr (own, kept) == NULL)
    {
      g_autofree char *both = g_strconcat (own, "\n", kept, NULL);

      take_text (self, both);
      g_set_str (&self->base, kept);
      sb_composer_save_draft (self);
      return;
    }
  g_set_str (&self->base, kept);
}

/* A draft on its way to the file. */
typedef struct
{
  SbComposer *composer;
  gint64      thread_id;
  gint64      quote_id;
  char       *text;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->composer);
  g_free (saving->text);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;
  SbComposer        *self = saving->composer;
  gboolean           is_kept = sb_engine_act_finish (SB_ENGINE (object), result, &error) >= 0;

  self->n_saving--;
  if (!is_kept)
    g_message ("A draft could not be kept: %s", error->message);
  if (self->engine == NULL)
    return;
  if (is_kept)
    sb_composer_forget_unsaved (self, saving->thread_id);
  else
    sb_composer_add_unsaved (self, saving->thread_id, saving->text, saving->quote_id, error);
  if (self->n_saving == 0)
    sb_composer_meet (self);
}

/* What is in the field, or was, is the draft from now on. */
void
sb_composer_keep (SbComposer *self,
                  gint64      thread_id,
                  const char *text,
                  gint64      quote_id)
{
  SbAct   act = { .kind = SB_ACT_DRAFT, .thread_ids = &thread_id, .n_threads = 1, .text = text, .value = quote_id };
  Saving *saving;

  if (thread_id == self->thread_id)
    g_set_str (&self->base, text);
  if (gtk_widget_in_destruction (GTK_WIDGET (self)))
    {
      sb_engine_act_async (self->engine, &act, NULL, NULL);
      return;
    }
  saving = g_new0 (Saving, 1);
  saving->composer = g_object_ref (self);
  saving->thread_id = thread_id;
  saving->quote_id = quote_id;
  saving->text = g_strdup (text);
  self->n_saving++;
  sb_engine_act_async (self->engine, &act, saved_cb, saving);
}

/* -- sending -- */

typedef struct
{
  SbComposer *composer; /* not owned: the dialog lies over its window */
  gint64      not_before;
} Question;

static void
agreed_cb (AdwAlertDialog *dialog,
           const char     *response,
           gpointer        user_data)
{
  Question *question = user_data;

  if (!g_str_equal (response, "send") || question->composer->engine == NULL)
    return;
  question->composer->agreed = TRUE;
  sb_composer_send (question->composer, question->not_before);
}

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->composer);
  g_free (question);
}

/* Two people answering one customer is asked about, once. */
gboolean
sb_composer_may_send (SbComposer *self,
                      gint64      not_before)
{
  g_autofree char *words = self->agreed ? NULL : other_words (self);
  g_autofree char *body = NULL;
  AdwDialog       *dialog;
  Question        *question;

  if (words == NULL)
    return TRUE;
  question = g_new0 (Question, 1);
  question->composer = g_object_ref (self);
  question->not_before = not_before;
  /* Translators: a sentence that says who else writes to the customer */
  body = g_strdup_printf (_("%s. The customer may get two answers."), words);
  dialog = sb_alert_new (_("Send Anyway?"), body);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "wait", _("Wait"), "send", _("Send Anyway"), NULL);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "wait");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "wait");
  g_signal_connect_data (dialog, "response", G_CALLBACK (agreed_cb), question, question_free, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));

  return FALSE;
}

/* -- the strip -- */

static void
event_cb (SbComposer *self,
          SbEvent    *event)
{
  if (event->thread_id != self->thread_id || self->thread_id == 0 || event->kind != SB_EVENT_THREAD_DRAFT)
    return;
  sb_composer_meet (self);
  sb_composer_show_twin (self);
}

GtkWidget *
sb_composer_make_twin (SbComposer *self)
{
  self->twin = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->twin), 0);
  gtk_label_set_wrap (GTK_LABEL (self->twin), TRUE);
  gtk_widget_add_css_class (self->twin, "sb-strip");
  gtk_widget_add_css_class (self->twin, "sb-twin");
  gtk_widget_set_visible (self->twin, FALSE);
  g_signal_connect_object (self->engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sb_presence_of (self->engine), "changed", G_CALLBACK (sb_composer_show_twin), self, G_CONNECT_SWAPPED);

  return self->twin;
}

/* Another conversation is opened, or none any more. */
void
sb_composer_leave_twin (SbComposer *self,
                        const char *base)
{
  self->agreed = FALSE;
  g_set_str (&self->base, base != NULL ? base : "");
  sb_presence_stop (sb_presence_of (self->engine), self);
}
