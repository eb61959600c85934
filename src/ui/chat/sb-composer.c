#include "sb-composer-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-composer-strip.h"
#include "sb-reader-desk.h"
#include "sb-conversation.h"
#include "sb-ring.h"
#include "sb-presence.h"
#include "sb-scheduled-list.h"
#include "sb-template-form.h"
#include "sb-thread-row.h"
#include "sb-record-bar.h"

/**
 * SbComposer:
 *
 * Where an answer is written. One place with three faces: message, note, template. It never disappears and never loses text:
 * the draft is kept on every pause in typing and on leaving.
 */
G_DEFINE_FINAL_TYPE (SbComposer, sb_composer, ADW_TYPE_BIN)

#define PAUSE_MS 300
/* The gate's own: the last two minutes of the answer window are not used. */
#define WINDOW_MARGIN_MS (2 * SB_MINUTE_MS)

char *
sb_composer_dup_text (SbComposer *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* Without touching the draft. */
void
sb_composer_set_text (SbComposer *self,
                      const char *text)
{
  self->loading = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), text != NULL ? text : "", -1);
  self->loading = FALSE;
}

gboolean
sb_composer_is_note (SbComposer *self)
{
  return g_strcmp0 (adw_toggle_group_get_active_name (ADW_TOGGLE_GROUP (self->mode)), "note") == 0;
}

/* -- the draft -- */

void
sb_composer_save_draft (SbComposer *self)
{
  g_autofree char *text = sb_composer_dup_text (self);

  g_clear_handle_id (&self->draft_id, g_source_remove);
  if (self->thread_id == 0 || self->editing_id != 0 || sb_engine_is_read_only (self->engine))
    return;
  if (sb_composer_is_note (self))
    sb_composer_keep_note (self, self->thread_id, text);
  else
    sb_composer_keep (self, self->thread_id, text, self->quote_id);
}

static gboolean
draft_cb (gpointer user_data)
{
  SbComposer *self = user_data;

  self->draft_id = 0;
  sb_composer_save_draft (self);

  return G_SOURCE_REMOVE;
}

/* -- what it shows -- */

/* @sentence: (nullable): NULL when all is well */
void
sb_composer_show_problem (SbComposer *self,
                          const char *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->problem), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->problem, sentence != NULL);
}

static char *
make_hint (SbComposer *self)
{
  const char *name = self->name != NULL ? self->name : "";

  if (sb_composer_is_note (self))
    return g_strdup (_("Note for the team"));
  if (!sb_engine_is_online (self->engine))
    /* Translators: first name of the customer */
    return g_strdup_printf (_("Message to %s – goes out when online"), name);

  /* Translators: first name of the customer */
  return g_strdup_printf (_("Message to %s"), name);
}

/* One round button at the end: the microphone while there is nothing to send. */
void
sb_composer_update_send (SbComposer *self)
{
  g_autofree char      *text = sb_composer_dup_text (self);
  g_autofree char      *hint = make_hint (self);
  g_autoptr (GPtrArray) tiles = sb_attach_tray_list (SB_ATTACH_TRAY (self->tray));
  gboolean              has_text = text[strspn (text, " \n\t")] != '\0';
  gboolean              plain = !sb_composer_is_note (self) && self->editing_id == 0;
  gboolean              ready = has_text || (plain && tiles->len > 0);
  gboolean              wrong = plain && sb_attach_tray_is_wrong (SB_ATTACH_TRAY (self->tray));

  gtk_widget_set_visible (self->record, plain && !ready);
  gtk_widget_set_visible (self->send, !plain || ready);
  gtk_widget_set_sensitive (self->send, ready && !wrong && g_queue_is_empty (self->parcels));
  gtk_widget_set_visible (self->hint, text[0] == '\0');
  gtk_label_set_text (GTK_LABEL (self->hint), hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
}

static void
show_left (SbComposer *self,
           gint64      until)
{
  gint64           left = until - sb_clock_now (sb_engine_get_clock (self->engine));
  g_autofree char *time = sb_duration_text (left);
  /* Translators: time until only templates may be sent */
  g_autofree char *text = g_strdup_printf (_("%s left"), time);

  gtk_label_set_text (GTK_LABEL (self->left), left <= 0 ? "" : self->brief ? time
                                                                           : text);
  gtk_widget_set_tooltip_text (self->left, left > 0 ? text : NULL);
  gtk_widget_set_visible (self->ring, left > 0);
  sb_ring_set_part (SB_RING (self->ring), (double) left / SB_DAY_MS);
  if (left < 3 * SB_HOUR_MS)
    gtk_widget_add_css_class (self->left, "sb-time-left");
  else
    gtk_widget_remove_css_class (self->left, "sb-time-left");
}

static gint64
line_of (SbComposer     *self,
         const SbThread *thread)
{
  return self->line_id != 0 ? self->line_id : thread->line_id;
}

/* When the last ordinary message may go out on the line that answers; 0 when the window never opened. */
gint64
sb_composer_get_until (SbComposer *self)
{
  SbReader            *reader = sb_engine_get_reader (self->engine);
  g_autoptr (SbThread) thread = sb_reader_get_thread (reader, self->thread_id);
  gint64               until = thread != NULL ? sb_reader_get_window (reader, self->thread_id, line_of (self, thread)) : 0;

  return until > 0 ? until - WINDOW_MARGIN_MS : 0;
}

static void
show_template (SbComposer     *self,
               const SbThread *thread)
{
  g_autofree char *text = NULL;

  if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->faces)), "template") == 0)
    return;
  text = sb_composer_dup_text (self);
  sb_template_form_open (SB_TEMPLATE_FORM (self->form), thread, line_of (self, thread), text);
  gtk_stack_set_visible_child_name (GTK_STACK (self->faces), "template");
}

/* The gate's sentence comes and goes with its reason; what else was said stays until somebody writes on. */
static void
show_reason (SbComposer *self,
             SbReason    reason)
{
  gboolean asked = sb_composer_ask_line (self, reason);
  gboolean refuses = !asked && reason != SB_REASON_ALLOWED && reason != SB_REASON_WINDOW_CLOSED && reason != SB_REASON_OFFLINE;

  if (refuses)
    sb_composer_show_problem (self, sb_reason_to_sentence (reason));
  else if (self->gate_said)
    sb_composer_show_problem (self, NULL);
  self->gate_said = refuses;
}

/* Which face: asked of the gate with an ordinary message, so that window and engine never disagree. */
void
sb_composer_update_face (SbComposer *self)
{
  SbReader            *reader = sb_engine_get_reader (self->engine);
  g_autoptr (SbThread) thread = self->thread_id != 0 ? sb_reader_get_thread (reader, self->thread_id) : NULL;
  g_autoptr (SbLine)   line = thread != NULL ? sb_reader_get_line (reader, line_of (self, thread)) : NULL;
  SbOutgoingMessage    probe = { .thread_id = self->thread_id, .line_id = self->line_id, .kind = SB_MESSAGE_TEXT, .text = "x" };
  SbReason             reason;

  if (thread == NULL)
    return;

  reason = sb_engine_ask_gate (self->engine, &probe, NULL);
  gtk_label_set_text (GTK_LABEL (self->line), line != NULL ? line->name : "");
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->lines), line != NULL ? line->name : "");
  show_left (self, line != NULL ? sb_reader_get_window (reader, self->thread_id, line->id) : 0);
  sb_scheduled_list_open (SB_SCHEDULED_LIST (self->scheduled), self->thread_id);
  if (reason == SB_REASON_WINDOW_CLOSED && !sb_composer_is_note (self))
    show_template (self, thread);
  else
    gtk_stack_set_visible_child_name (GTK_STACK (self->faces), "write");
  show_reason (self, reason);
  sb_composer_update_send (self);
}

static void
lines_changed_cb (SbComposer *self)
{
  sb_composer_show_lines (self);
  sb_composer_update_face (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  sb_composer_update_face (user_data);
  sb_composer_show_twin (user_data);

  return G_SOURCE_CONTINUE;
}

static void
event_cb (SbComposer *self,
          SbEvent    *event)
{
  if (event->thread_id != self->thread_id || self->thread_id == 0)
    return;
  if (event->kind == SB_EVENT_MESSAGE_IN || event->kind == SB_EVENT_CONTACT_CHANGED)
    sb_composer_update_face (self);
  if (event->kind == SB_EVENT_MESSAGE_CHANGED && event->message_id == self->quote_id)
    sb_composer_show_quote (self, self->quote_id);
  if (event->kind == SB_EVENT_MESSAGE_OUT || event->kind == SB_EVENT_MESSAGE_STATUS || event->kind == SB_EVENT_MESSAGE_CHANGED)
    sb_scheduled_list_open (SB_SCHEDULED_LIST (self->scheduled), self->thread_id);
}

/* -- writing -- */

void
sb_composer_changed_cb (GtkTextBuffer *buffer,
                        gpointer       user_data)
{
  SbComposer *self = user_data;

  sb_composer_update_send (self);
  if (!self->loading && !self->gate_said)
    sb_composer_show_problem (self, NULL);
  if (self->loading || self->editing_id != 0)
    return;
  g_clear_handle_id (&self->draft_id, g_source_remove);
  self->draft_id = g_timeout_add (PAUSE_MS, draft_cb, self);
  if (sb_composer_is_note (self))
    return;
  g_clear_pointer (&self->client_key, g_free);
  sb_composer_typed (self);
}

void
sb_composer_mode_cb (GObject    *object,
                     GParamSpec *pspec,
                     gpointer    user_data)
{
  SbComposer *self = user_data;
  const char *word;

  if (self->faces == NULL)
    return; /* still being put together */
  word = sb_composer_is_note (self) ? _("Add Note") : _("Send");
  if (sb_composer_is_note (self))
    gtk_widget_add_css_class (self->field, "note");
  else
    gtk_widget_remove_css_class (self->field, "note");
  gtk_widget_set_tooltip_text (self->send, word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->send), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
  sb_composer_move_text (self);
  sb_composer_update_face (self);
}

/* -- opening -- */

void
sb_composer_open (SbComposer *self,
                  gint64      thread_id)
{
  SbReader            *reader = sb_engine_get_reader (self->engine);
  g_autoptr (SbDraft)  draft = NULL;
  g_autoptr (SbThread) thread = NULL;
  const char          *unsaved, *begun;
  gint64               quote_id;

  sb_record_bar_stop (SB_RECORD_BAR (self->voice), FALSE);
  sb_composer_leave_editing (self);
  if (self->draft_id != 0)
    sb_composer_save_draft (self);
  self->thread_id = thread_id;
  self->line_id = 0;
  g_clear_pointer (&self->client_key, g_free);
  thread = sb_reader_get_thread (reader, thread_id);
  draft = sb_reader_get_draft_of (reader, thread_id, sb_engine_get_staff (self->engine));
  sb_composer_leave_twin (self, draft != NULL ? draft->text : NULL);
  quote_id = draft != NULL ? draft->quote_id : 0;
  unsaved = sb_composer_get_unsaved (self, thread_id, &quote_id);
  g_free (self->name);
  self->name = thread != NULL ? g_strdup (thread->name) : NULL;
  sb_composer_set_text (self, "");
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (self->mode), "message");
  gtk_stack_set_visible_child_name (GTK_STACK (self->faces), "write");
  sb_composer_use_spelling (self);
  sb_composer_show_quote (self, quote_id);
  begun = unsaved != NULL ? unsaved : draft != NULL ? draft->text
                                                    : "";
  if (begun[0] != '\0' || !sb_composer_show_note (self))
    sb_composer_set_text (self, begun);
  sb_attach_tray_open (SB_ATTACH_TRAY (self->tray), thread_id);
  sb_composer_show_problem (self, NULL);
  if (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (self->lines)) == NULL)
    sb_composer_show_lines (self);
  sb_composer_update_face (self);
  sb_composer_show_twin (self);
}

/* Somebody else is about to sit down: what is being written is still of whoever writes. */
void
sb_composer_rise (SbComposer *self)
{
  sb_composer_keep_take (self);
  sb_composer_leave_editing (self);
  if (self->draft_id != 0)
    sb_composer_save_draft (self);
}

/* Somebody else sits here now, with words of their own. */
void
sb_composer_sit (SbComposer *self)
{
  g_clear_handle_id (&self->draft_id, g_source_remove);
  if (self->thread_id != 0)
    sb_composer_open (self, self->thread_id);
}

/* Few words, for a narrow window. */
void
sb_composer_set_brief (SbComposer *self,
                       gboolean    brief)
{
  self->brief = brief;
  sb_composer_update_face (self);
}

void
sb_composer_focus (SbComposer *self)
{
  gtk_widget_grab_focus (gtk_widget_get_child_visible (self->form) ? self->form : self->text);
}

/* -- the widget -- */

/* The conversation around it shares the actions: a bubble can be answered from its menu. */
static void
sb_composer_root (GtkWidget *widget)
{
  SbComposer *self = SB_COMPOSER (widget);
  GtkWidget  *conversation = gtk_widget_get_ancestor (widget, SB_TYPE_CONVERSATION);

  GTK_WIDGET_CLASS (sb_composer_parent_class)->root (widget);

  if (conversation != NULL)
    gtk_widget_insert_action_group (conversation, "compose", self->actions);
}

static void
sb_composer_dispose (GObject *object)
{
  SbComposer *self = SB_COMPOSER (object);

  if (self->engine != NULL)
    sb_composer_leave_editing (self);
  if (self->draft_id != 0 && self->engine != NULL)
    sb_composer_save_draft (self);
  if (self->engine != NULL)
    {
      sb_composer_keep_take (self);
      /* It is not to hear of its own leaving. */
      g_signal_handlers_disconnect_by_data (sb_presence_of (self->engine), self);
      sb_composer_leave_twin (self, NULL);
    }
  g_clear_pointer (&self->base, g_free);
  sb_composer_end_unsaved (self);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->spelling_id, g_source_remove);
  g_clear_pointer (&self->later, gtk_widget_unparent);
  g_clear_pointer (&self->client_key, g_free);
  g_clear_pointer (&self->kept_text, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->actions);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_composer_parent_class)->dispose (object);
}

static void
sb_composer_finalize (GObject *object)
{
  sb_composer_free_parcels (SB_COMPOSER (object));

  G_OBJECT_CLASS (sb_composer_parent_class)->finalize (object);
}

static void
sb_composer_class_init (SbComposerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_composer_finalize;
  G_OBJECT_CLASS (klass)->dispose = sb_composer_dispose;
  GTK_WIDGET_CLASS (klass)->root = sb_composer_root;
}

/* What is told at the foot of the window stands above it, as long as it is there. */
static void
map_cb (GtkWidget *widget)
{
  gtk_widget_add_css_class (GTK_WIDGET (gtk_widget_get_root (widget)), "sb-composing");
}

static void
unmap_cb (GtkWidget *widget)
{
  if (gtk_widget_get_root (widget) != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (gtk_widget_get_root (widget)), "sb-composing");
}

static void
sb_composer_init (SbComposer *self)
{
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (unmap_cb), NULL);
  self->parcels = g_queue_new ();
  sb_composer_add_actions (self);
}

static GtkWidget *
make_write (SbComposer *self)
{
  GtkWidget *write = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->row = sb_composer_make_field (self);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_set_visible (self->problem, FALSE);
  self->scheduled = sb_scheduled_list_new (self->engine);
  self->quote = sb_composer_strip_new (_("Do Not Quote"));
  self->editing = sb_composer_strip_new (_("Stop Editing"));
  self->tray = sb_attach_tray_new (self->engine);
  self->voice = sb_record_bar_new ();
  g_signal_connect_object (self->quote, "closed", G_CALLBACK (sb_composer_unquote_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editing, "closed", G_CALLBACK (sb_composer_unedit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tray, "changed", G_CALLBACK (sb_composer_update_send), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->voice, "taken", G_CALLBACK (sb_composer_taken_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->voice, "failed", G_CALLBACK (sb_composer_unrecorded_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (write), sb_composer_make_top (self));
  gtk_box_append (GTK_BOX (write), sb_composer_make_twin (self));
  gtk_box_append (GTK_BOX (write), sb_composer_make_which (self));
  gtk_box_append (GTK_BOX (write), self->problem);
  gtk_box_append (GTK_BOX (write), self->scheduled);
  gtk_box_append (GTK_BOX (write), self->editing);
  gtk_box_append (GTK_BOX (write), self->quote);
  gtk_box_append (GTK_BOX (write), self->tray);
  gtk_box_append (GTK_BOX (write), self->row);
  gtk_box_append (GTK_BOX (write), self->voice);

  return write;
}

GtkWidget *
sb_composer_new (SbEngine *engine)
{
  SbComposer *self = g_object_new (SB_TYPE_COMPOSER, NULL);
  GtkWidget  *write;
  GtkWidget  *faces = g_object_new (GTK_TYPE_STACK, "hhomogeneous", FALSE, NULL);

  self->engine = g_object_ref (engine);
  write = make_write (self);
  self->form = sb_template_form_new (engine);
  self->faces = faces;
  gtk_stack_set_vhomogeneous (GTK_STACK (faces), FALSE);
  gtk_stack_add_named (GTK_STACK (faces), write, "write");
  gtk_stack_add_named (GTK_STACK (faces), self->form, "template");
  gtk_widget_add_css_class (GTK_WIDGET (self), "sb-composer");
  adw_bin_set_child (ADW_BIN (self), faces);
  sb_composer_update_send (self);
  self->tick_id = g_timeout_add_seconds (20, tick_cb, self);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "lines-changed", G_CALLBACK (lines_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sb_engine_get_clock (engine), "jumped", G_CALLBACK (sb_composer_update_face), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
