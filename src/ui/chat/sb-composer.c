#include "sb-composer.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-attach-tile.h"
#include "sb-ring.h"
#include "sb-template-form.h"
#include "sb-thread-row.h"

/**
 * SbComposer:
 *
 * Where an answer is written. One place with three faces: message, note, template. It never disappears and never loses text:
 * the draft is kept on every pause in typing and on leaving.
 */
struct _SbComposer
{
  AdwBin parent_instance;

  SbEngine  *engine;
  gint64     thread_id;
  char      *first_name;
  GtkWidget *faces; /* GtkStack: write, template */
  GtkWidget *form;
  GtkWidget *mode;
  GtkWidget *line;
  GtkWidget *left;
  GtkWidget *ring;
  GtkWidget *field;
  GtkWidget *text;
  GtkWidget *hint;
  GtkWidget *send;
  GtkWidget *tile;
  GtkWidget *problem;
  char      *client_key;
  guint      draft_id;
  guint      tick_id;
  gboolean   loading;
};

G_DEFINE_FINAL_TYPE (SbComposer, sb_composer, ADW_TYPE_BIN)

#define PAUSE_MS 300

static char *
get_text (SbComposer *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static gboolean
is_note (SbComposer *self)
{
  return g_strcmp0 (adw_toggle_group_get_active_name (ADW_TOGGLE_GROUP (self->mode)), "note") == 0;
}

/* -- the draft -- */

static void
save_draft (SbComposer *self)
{
  g_autofree char *text = get_text (self);
  SbAct            act = { .kind = SB_ACT_DRAFT, .thread_ids = &self->thread_id, .n_threads = 1, .text = text };

  g_clear_handle_id (&self->draft_id, g_source_remove);
  if (self->thread_id != 0 && !sb_engine_is_read_only (self->engine))
    sb_engine_act_async (self->engine, &act, NULL, NULL);
}

static gboolean
draft_cb (gpointer user_data)
{
  SbComposer *self = user_data;

  self->draft_id = 0;
  save_draft (self);

  return G_SOURCE_REMOVE;
}

static void
set_text (SbComposer *self,
          const char *text)
{
  self->loading = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), text != NULL ? text : "", -1);
  self->loading = FALSE;
}

/* -- what it shows -- */

static void
show_problem (SbComposer *self,
              const char *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->problem), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->problem, sentence != NULL);
}

static void
update_send (SbComposer *self)
{
  g_autofree char *text = get_text (self);
  gboolean         has_text = text[strspn (text, " \n\t")] != '\0';
  g_autofree char *hint = NULL;

  gtk_widget_set_sensitive (self->send, has_text || sb_attach_tile_get_path (SB_ATTACH_TILE (self->tile)) != NULL);
  gtk_widget_set_visible (self->hint, text[0] == '\0');
  if (is_note (self))
    hint = g_strdup (_("Note for the team"));
  else if (!sb_engine_is_online (self->engine))
    /* Translators: first name of the customer */
    hint = g_strdup_printf (_("Message to %s – goes out when online"), self->first_name != NULL ? self->first_name : "");
  else
    /* Translators: first name of the customer */
    hint = g_strdup_printf (_("Message to %s"), self->first_name != NULL ? self->first_name : "");
  gtk_label_set_text (GTK_LABEL (self->hint), hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
}

static void
show_left (SbComposer     *self,
           const SbThread *thread)
{
  gint64           left = thread->window_until - sb_clock_now (sb_engine_get_clock (self->engine));
  g_autofree char *time = sb_duration_text (left);
  /* Translators: time until only templates may be sent */
  g_autofree char *text = g_strdup_printf (_("%s left"), time);

  gtk_label_set_text (GTK_LABEL (self->left), left > 0 ? text : "");
  gtk_widget_set_visible (self->ring, left > 0);
  sb_ring_set_part (SB_RING (self->ring), (double) left / SB_DAY_MS);
  if (left < 3 * SB_HOUR_MS)
    gtk_widget_add_css_class (self->left, "sb-time-left");
  else
    gtk_widget_remove_css_class (self->left, "sb-time-left");
}

/* Which face: asked of the gate with an ordinary message, so that window and engine never disagree. */
static void
update_face (SbComposer *self)
{
  g_autoptr (SbThread) thread = self->thread_id != 0 ? sb_reader_get_thread (sb_engine_get_reader (self->engine), self->thread_id) : NULL;
  g_autoptr (SbLine)   line = thread != NULL ? sb_reader_get_line (sb_engine_get_reader (self->engine), thread->line_id) : NULL;
  SbOutgoingMessage    probe = { .thread_id = self->thread_id, .kind = SB_MESSAGE_TEXT, .text = "x" };
  SbReason             reason;

  if (thread == NULL)
    return;

  reason = sb_engine_ask_gate (self->engine, &probe, NULL);
  gtk_label_set_text (GTK_LABEL (self->line), line != NULL ? line->name : "");
  show_left (self, thread);
  if (reason == SB_REASON_WINDOW_CLOSED && !is_note (self))
    {
      if (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->faces)), "template") != 0)
        {
          g_autofree char *text = get_text (self);

          sb_template_form_open (SB_TEMPLATE_FORM (self->form), thread, text);
          gtk_stack_set_visible_child_name (GTK_STACK (self->faces), "template");
        }
    }
  else
    gtk_stack_set_visible_child_name (GTK_STACK (self->faces), "write");
  if (reason != SB_REASON_ALLOWED && reason != SB_REASON_WINDOW_CLOSED && reason != SB_REASON_OFFLINE)
    show_problem (self, sb_reason_to_sentence (reason));
  else
    show_problem (self, NULL);
  update_send (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  update_face (user_data);

  return G_SOURCE_CONTINUE;
}

static void
event_cb (SbComposer *self,
          SbEvent    *event)
{
  if (event->thread_id == self->thread_id && (event->kind == SB_EVENT_MESSAGE_IN || event->kind == SB_EVENT_CONTACT_CHANGED))
    update_face (self);
}

/* -- attachments -- */

/* Type and size are asked of the gate before anything is sent. */
void
sb_composer_attach (SbComposer *self,
                    const char *path)
{
  SbOutgoingMessage outgoing = { .thread_id = self->thread_id, .kind = sb_attach_kind (path), .path = path };
  SbReason          reason = sb_engine_ask_gate (self->engine, &outgoing, NULL);

  if (reason == SB_REASON_FILE_TOO_LARGE || reason == SB_REASON_FILE_TYPE || reason == SB_REASON_EMPTY)
    {
      show_problem (self, sb_reason_to_sentence (reason));
      return;
    }

  show_problem (self, NULL);
  sb_attach_tile_set_path (SB_ATTACH_TILE (self->tile), path);
  update_send (self);
}

static void
attached_cb (SbComposer *self)
{
  update_send (self);
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbComposer) self = user_data;
  g_autoptr (GFile)      file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, NULL);
  g_autofree char       *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    sb_composer_attach (self, path);
}

static void
attach_cb (GtkButton *button,
           gpointer   user_data)
{
  SbComposer               *self = user_data;
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Attach a File"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, chosen_cb, g_object_ref (self));
}

/* -- sending -- */

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SbComposer) self = user_data;
  g_autoptr (GError)     error = NULL;

  gtk_widget_set_sensitive (self->text, TRUE);
  if (sb_engine_send_finish (SB_ENGINE (object), result, &error) == 0)
    {
      show_problem (self, error->message);
      update_face (self);
      return;
    }

  g_clear_pointer (&self->client_key, g_free);
  sb_attach_tile_set_path (SB_ATTACH_TILE (self->tile), NULL);
  set_text (self, "");
  update_send (self);
  gtk_widget_grab_focus (self->text);
}

static void
noted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbComposer) self = user_data;
  g_autoptr (GError)     error = NULL;

  if (sb_engine_act_finish (SB_ENGINE (object), result, &error) < 0)
    {
      show_problem (self, error->message);
      return;
    }
  set_text (self, "");
  save_draft (self);
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (self->mode), "message");
  update_send (self);
}

static void
send (SbComposer *self)
{
  g_autofree char *text = get_text (self);

  if (!gtk_widget_get_sensitive (self->send))
    return;
  g_clear_handle_id (&self->draft_id, g_source_remove);
  if (is_note (self))
    {
      SbAct act = { .kind = SB_ACT_NOTE, .thread_ids = &self->thread_id, .n_threads = 1, .text = text };

      sb_engine_act_async (self->engine, &act, noted_cb, g_object_ref (self));
      return;
    }

  {
    const char       *path = sb_attach_tile_get_path (SB_ATTACH_TILE (self->tile));
    SbOutgoingMessage outgoing = { .thread_id = self->thread_id, .kind = path != NULL ? sb_attach_kind (path) : SB_MESSAGE_TEXT, .text = text, .path = path };

    /* Made when the key is pressed: pressing twice while the disk is slow is one message. */
    if (self->client_key == NULL)
      self->client_key = g_uuid_string_random ();
    outgoing.client_key = self->client_key;
    gtk_widget_set_sensitive (self->send, FALSE);
    sb_engine_send_async (self->engine, &outgoing, sent_cb, g_object_ref (self));
  }
}

static void
send_cb (GtkButton *button,
         gpointer   user_data)
{
  send (user_data);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        gpointer               user_data)
{
  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && !(state & GDK_SHIFT_MASK))
    {
      send (user_data);
      return TRUE;
    }

  return FALSE;
}

static void
changed_cb (GtkTextBuffer *buffer,
            gpointer       user_data)
{
  SbComposer *self = user_data;

  update_send (self);
  if (self->loading || is_note (self))
    return;
  g_clear_pointer (&self->client_key, g_free);
  g_clear_handle_id (&self->draft_id, g_source_remove);
  self->draft_id = g_timeout_add (PAUSE_MS, draft_cb, self);
}

static void
mode_cb (GObject    *object,
         GParamSpec *pspec,
         gpointer    user_data)
{
  SbComposer *self = user_data;

  if (self->faces == NULL)
    return; /* still being put together */
  if (is_note (self))
    gtk_widget_add_css_class (self->field, "note");
  else
    gtk_widget_remove_css_class (self->field, "note");
  gtk_widget_set_tooltip_text (self->send, is_note (self) ? _("Add Note") : _("Send"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->send), GTK_ACCESSIBLE_PROPERTY_LABEL, is_note (self) ? _("Add Note") : _("Send"), -1);
  update_face (self);
}

static void
emoji_cb (GtkEmojiChooser *chooser,
          const char      *emoji,
          gpointer         user_data)
{
  SbComposer *self = user_data;

  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), emoji, -1);
  gtk_widget_grab_focus (self->text);
}

/* Made when it is asked for: its pictures are a fifth of what the program would hold at its start. */
static void
make_chooser_cb (GtkMenuButton *button,
                 gpointer       user_data)
{
  GtkWidget *chooser;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  chooser = gtk_emoji_chooser_new ();
  g_signal_connect (chooser, "emoji-picked", G_CALLBACK (emoji_cb), user_data);
  gtk_menu_button_set_popover (button, chooser);
}

/* -- opening -- */

void
sb_composer_open (SbComposer *self,
                  gint64      thread_id)
{
  SbReader            *reader = sb_engine_get_reader (self->engine);
  g_autoptr (SbDraft)  draft = NULL;
  g_autoptr (SbThread) thread = NULL;

  if (self->draft_id != 0)
    save_draft (self);
  self->thread_id = thread_id;
  g_clear_pointer (&self->client_key, g_free);
  thread = sb_reader_get_thread (reader, thread_id);
  draft = sb_reader_get_draft (reader, thread_id);
  g_free (self->first_name);
  self->first_name = thread != NULL ? g_strdup (thread->name) : NULL;
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (self->mode), "message");
  gtk_stack_set_visible_child_name (GTK_STACK (self->faces), "write");
  set_text (self, draft != NULL ? draft->text : "");
  update_face (self);
}

void
sb_composer_focus (SbComposer *self)
{
  gtk_widget_grab_focus (self->text);
}

static void
sb_composer_dispose (GObject *object)
{
  SbComposer *self = SB_COMPOSER (object);

  if (self->draft_id != 0 && self->engine != NULL)
    save_draft (self);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->client_key, g_free);
  g_clear_pointer (&self->first_name, g_free);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_composer_parent_class)->dispose (object);
}

static void
sb_composer_class_init (SbComposerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_composer_dispose;
}

static GtkWidget *
icon_button (const char *icon,
             const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_END);

  return button;
}

static GtkWidget *
make_top (SbComposer *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  AdwToggle *message = adw_toggle_new ();
  AdwToggle *note = adw_toggle_new ();
  GtkWidget *space = gtk_label_new (NULL);

  self->mode = adw_toggle_group_new ();
  adw_toggle_set_name (message, "message");
  adw_toggle_set_label (message, C_("composer", "Message"));
  adw_toggle_set_name (note, "note");
  adw_toggle_set_label (note, C_("composer", "Note"));
  adw_toggle_group_add (ADW_TOGGLE_GROUP (self->mode), message);
  adw_toggle_group_add (ADW_TOGGLE_GROUP (self->mode), note);
  gtk_widget_add_css_class (self->mode, "round");
  g_signal_connect (self->mode, "notify::active-name", G_CALLBACK (mode_cb), self);
  gtk_widget_set_hexpand (space, TRUE);
  self->line = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->line, "heading");
  gtk_label_set_ellipsize (GTK_LABEL (self->line), PANGO_ELLIPSIZE_END);
  self->left = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->left, "numeric");
  gtk_box_append (GTK_BOX (row), self->mode);
  gtk_box_append (GTK_BOX (row), space);
  gtk_box_append (GTK_BOX (row), self->line);
  self->ring = sb_ring_new ();
  gtk_box_append (GTK_BOX (row), self->ring);
  gtk_box_append (GTK_BOX (row), self->left);

  return row;
}

static GtkWidget *
make_field (SbComposer *self)
{
  GtkWidget          *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget          *overlay = gtk_overlay_new ();
  GtkWidget          *scroller = gtk_scrolled_window_new ();
  GtkWidget          *attach = icon_button ("list-add-symbolic", _("Attach"));
  GtkWidget          *emoji = gtk_menu_button_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->text = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->text), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self->text), 7);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self->text), 7);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->text), 8);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self->text), 8);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->text), FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 34);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 170);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->text);
  self->hint = gtk_label_new (NULL);
  gtk_widget_set_can_target (self->hint, FALSE);
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_widget_set_halign (self->hint, GTK_ALIGN_START);
  gtk_widget_set_valign (self->hint, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (self->hint, 10);
  gtk_label_set_ellipsize (GTK_LABEL (self->hint), PANGO_ELLIPSIZE_END);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), scroller);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->hint);
  gtk_widget_set_hexpand (overlay, TRUE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->text, keys);

  self->field = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->field, "sb-composer-field");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (emoji), "face-smile-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (emoji), make_chooser_cb, self, NULL);
  gtk_widget_set_tooltip_text (emoji, _("Emoji"));
  gtk_widget_add_css_class (emoji, "flat");
  gtk_widget_add_css_class (emoji, "circular");
  gtk_widget_set_valign (emoji, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self->field), overlay);
  gtk_box_append (GTK_BOX (self->field), emoji);
  self->send = gtk_button_new_from_icon_name ("sb-send-symbolic");
  gtk_widget_set_tooltip_text (self->send, _("Send"));
  gtk_widget_add_css_class (self->send, "suggested-action");
  gtk_widget_add_css_class (self->send, "circular");
  gtk_widget_add_css_class (self->send, "sb-send");
  gtk_widget_set_valign (self->send, GTK_ALIGN_END);

  gtk_box_append (GTK_BOX (row), attach);
  gtk_box_append (GTK_BOX (row), self->field);
  gtk_box_append (GTK_BOX (row), self->send);
  gtk_widget_set_hexpand (self->field, TRUE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (attach, "clicked", G_CALLBACK (attach_cb), self);
  g_signal_connect (self->send, "clicked", G_CALLBACK (send_cb), self);

  return row;
}

static void
sb_composer_init (SbComposer *self)
{
}

GtkWidget *
sb_composer_new (SbEngine *engine)
{
  SbComposer *self = g_object_new (SB_TYPE_COMPOSER, NULL);
  GtkWidget  *write = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget  *field;

  self->engine = g_object_ref (engine);
  field = make_field (self);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (write), make_top (self));
  gtk_box_append (GTK_BOX (write), self->problem);
  self->tile = sb_attach_tile_new ();
  g_signal_connect_object (self->tile, "changed", G_CALLBACK (attached_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (write), self->tile);
  gtk_box_append (GTK_BOX (write), field);
  self->form = sb_template_form_new (engine);
  self->faces = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->faces), FALSE);
  gtk_stack_add_named (GTK_STACK (self->faces), write, "write");
  gtk_stack_add_named (GTK_STACK (self->faces), self->form, "template");
  gtk_widget_add_css_class (GTK_WIDGET (self), "sb-composer");
  adw_bin_set_child (ADW_BIN (self), self->faces);
  self->tick_id = g_timeout_add_seconds (20, tick_cb, self);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "lines-changed", G_CALLBACK (update_face), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sb_engine_get_clock (engine), "jumped", G_CALLBACK (update_face), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
