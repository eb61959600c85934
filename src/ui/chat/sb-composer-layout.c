/* The widgets of the composer: the row above, and the field with its buttons. */
#include "sb-composer-private.h"

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

#include "sb-quick-reply-menu.h"
#include "sb-quick-reply-text.h"
#include "sb-ring.h"
#include "sb-send-later.h"
#include "sb-settings.h"
#include "sb-spelling.h"

#define SPELLING_MS 300

static GtkWidget *
icon_button (const char *icon,
             const char *name,
             const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);

  return button;
}

static GtkWidget *
menu_button (const char *icon,
             const char *name)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_END);

  return button;
}

/* -- the row above -- */

/* A menu where there is a choice, a name where there is none. */
void
sb_composer_show_lines (SbComposer *self)
{
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (self->engine));
  g_autoptr (GMenu)     menu = g_menu_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      const SbLine         *line = lines->pdata[i];
      g_autoptr (GMenuItem) item = g_menu_item_new (line->name, NULL);

      g_menu_item_set_action_and_target (item, "compose.line", "x", line->id);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->lines), G_MENU_MODEL (menu));
  gtk_widget_set_visible (self->lines, lines->len > 1);
  gtk_widget_set_visible (self->line, lines->len <= 1);
}

GtkWidget *
sb_composer_make_top (SbComposer *self)
{
  /* Two lines where texts are large and the window is narrow. */
  GtkWidget *row = adw_wrap_box_new ();
  GtkWidget *end = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  AdwToggle *message = adw_toggle_new ();
  AdwToggle *note = adw_toggle_new ();

  self->mode = adw_toggle_group_new ();
  adw_toggle_set_name (message, "message");
  adw_toggle_set_label (message, C_("composer", "Message"));
  adw_toggle_set_name (note, "note");
  adw_toggle_set_label (note, C_("composer", "Note"));
  adw_toggle_group_add (ADW_TOGGLE_GROUP (self->mode), message);
  adw_toggle_group_add (ADW_TOGGLE_GROUP (self->mode), note);
  adw_toggle_group_set_can_shrink (ADW_TOGGLE_GROUP (self->mode), FALSE);
  gtk_widget_add_css_class (self->mode, "round");
  g_signal_connect (self->mode, "notify::active-name", G_CALLBACK (sb_composer_mode_cb), self);
  self->line = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->line, "heading");
  gtk_label_set_ellipsize (GTK_LABEL (self->line), PANGO_ELLIPSIZE_END);
  self->lines = gtk_menu_button_new ();
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->lines), TRUE);
  gtk_widget_set_tooltip_text (self->lines, _("Line That Answers"));
  gtk_widget_add_css_class (self->lines, "flat");
  self->left = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->left, "numeric");
  self->ring = sb_ring_new ();
  gtk_box_append (GTK_BOX (end), self->line);
  gtk_box_append (GTK_BOX (end), self->lines);
  gtk_box_append (GTK_BOX (end), self->ring);
  gtk_box_append (GTK_BOX (end), self->left);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (row), 12);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (row), 6);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (row), ADW_JUSTIFY_SPREAD);
  adw_wrap_box_set_justify_last_line (ADW_WRAP_BOX (row), TRUE);
  adw_wrap_box_append (ADW_WRAP_BOX (row), self->mode);
  adw_wrap_box_append (ADW_WRAP_BOX (row), end);

  return row;
}

/* -- emoji and quick replies -- */

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

static void
take_slash (SbComposer    *self,
            GtkTextBuffer *buffer)
{
  GtkTextIter cursor, before;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  before = cursor;
  if (self->by_slash && gtk_text_iter_backward_char (&before) && gtk_text_iter_get_char (&before) == '/' && gtk_text_iter_starts_line (&before))
    gtk_text_buffer_delete (buffer, &before, &cursor);
  self->by_slash = FALSE;
}

/* The text with its known gaps filled, and the first of the others marked: typing fills it. */
static void
quick_cb (SbComposer *self,
          const char *text,
          gint64      id)
{
  SbReader            *reader = sb_engine_get_reader (self->engine);
  GtkTextBuffer       *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  g_autoptr (SbThread) thread = sb_reader_get_thread (reader, self->thread_id);
  g_autoptr (SbLine)   line = thread != NULL ? sb_reader_get_line (reader, self->line_id != 0 ? self->line_id : thread->line_id) : NULL;
  g_autofree char     *shop = sb_engine_dup_shop_name (self->engine);
  g_autofree char     *filled = sb_quick_reply_fill (text, self->name, shop, line != NULL ? line->name : NULL);
  GtkTextIter          cursor, from, to;
  int                  offset, start, end;

  take_slash (self, buffer);
  if (!sb_composer_is_note (self))
    sb_composer_add_quick_files (self, id);
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  offset = gtk_text_iter_get_offset (&cursor);
  gtk_text_buffer_insert (buffer, &cursor, filled, -1);
  if (sb_quick_reply_find_gap (filled, &start, &end))
    {
      gtk_text_buffer_get_iter_at_offset (buffer, &from, offset + start);
      gtk_text_buffer_get_iter_at_offset (buffer, &to, offset + end);
      gtk_text_buffer_select_range (buffer, &from, &to);
    }
}

static gboolean
focus_cb (gpointer text)
{
  if (gtk_widget_get_mapped (text))
    gtk_widget_grab_focus (text);

  return G_SOURCE_REMOVE;
}

/* Back to the text; in a moment, because a closing menu first gives the cursor to its button. */
static void
menu_closed_cb (GtkPopover *menu,
                gpointer    user_data)
{
  SbComposer *self = user_data;

  g_idle_add_full (G_PRIORITY_DEFAULT, focus_cb, g_object_ref (self->text), g_object_unref);
}

/* A slash at the start of a line asks for the quick replies, where there are any. */
static void
inserted_cb (GtkTextBuffer *buffer,
             GtkTextIter   *location,
             char          *text,
             int            length,
             gpointer       user_data)
{
  SbComposer           *self = user_data;
  GtkTextIter           before = *location;
  g_autoptr (GPtrArray) replies = NULL;

  if (self->loading || length != 1 || text[0] != '/' || !gtk_text_iter_backward_char (&before) || !gtk_text_iter_starts_line (&before) || !gtk_widget_has_focus (self->text))
    return;
  replies = sb_reader_list_quick_replies (sb_engine_get_reader (self->engine));
  if (replies->len == 0)
    return;
  self->by_slash = TRUE;
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->quick));
}

/* -- keys -- */

static gboolean
escape (SbComposer *self)
{
  if (self->editing_id != 0)
    sb_composer_end_editing (self, TRUE);
  else if (self->quote_id != 0)
    {
      sb_composer_end_quote (self);
      sb_composer_save_draft (self);
    }
  else
    return FALSE;

  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        gpointer               user_data)
{
  SbComposer *self = user_data;
  gboolean    control = (state & GDK_CONTROL_MASK) != 0;

  if (keyval == GDK_KEY_Escape)
    return escape (self);
  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter)
    return FALSE;
  if (control && (state & GDK_SHIFT_MASK) != 0)
    {
      sb_composer_open_later (self);
      return TRUE;
    }
  if ((state & GDK_SHIFT_MASK) != 0 || (!control && !g_settings_get_boolean (sb_settings_get (), "enter-sends")))
    return FALSE;
  sb_composer_send (self, 0);

  return TRUE;
}

/* -- the field -- */

static void
watch_buffer (SbComposer *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));

  sb_composer_watch_length (self, buffer);
  g_signal_connect (buffer, "changed", G_CALLBACK (sb_composer_changed_cb), self);
  g_signal_connect_after (buffer, "insert-text", G_CALLBACK (inserted_cb), self);
  sb_composer_watch_mentions (self);
}

static gboolean
spelling_cb (gpointer user_data)
{
  SbComposer           *self = user_data;
  SbReader             *reader = sb_engine_get_reader (self->engine);
  g_autoptr (SbThread)  thread = sb_reader_get_thread (reader, self->thread_id);
  g_autoptr (SbContact) contact = thread != NULL ? sb_reader_get_contact (reader, thread->contact_id) : NULL;

  self->spelling_id = 0;
  sb_spelling_add (GTK_TEXT_VIEW (self->text));
  sb_spelling_set_writing_to (GTK_TEXT_VIEW (self->text), self->thread_id, contact != NULL ? contact->language : NULL);

  return G_SOURCE_REMOVE;
}

/*
 * The buffer that can be checked comes with the first conversation, and a dictionary, which takes longer to read than a
 * conversation to show, a moment after it: neither is any business of the start.
 */
void
sb_composer_use_spelling (SbComposer *self)
{
  if (!self->spelling)
    {
      g_autoptr (GtkSourceBuffer) buffer = gtk_source_buffer_new (NULL);

      self->spelling = TRUE;
      gtk_source_buffer_set_highlight_syntax (buffer, FALSE);
      gtk_source_buffer_set_highlight_matching_brackets (buffer, FALSE);
      gtk_text_view_set_buffer (GTK_TEXT_VIEW (self->text), GTK_TEXT_BUFFER (buffer));
      watch_buffer (self);
    }
  g_clear_handle_id (&self->spelling_id, g_source_remove);
  self->spelling_id = g_timeout_add (SPELLING_MS, spelling_cb, self);
}

static GtkWidget *
make_text (SbComposer *self)
{
  GtkWidget          *overlay = gtk_overlay_new ();
  GtkWidget          *scroller = gtk_scrolled_window_new ();
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
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect (self->text, "paste-clipboard", G_CALLBACK (sb_composer_paste_cb), self);
  watch_buffer (self);

  return overlay;
}

static void
make_quick (SbComposer *self)
{
  GtkWidget *menu = sb_quick_reply_menu_new (self->engine);

  self->quick = menu_button ("sb-quick-reply-symbolic", _("Quick Reply"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->quick), menu);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->quick), GTK_ARROW_UP);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->quick), "sb-quick-reply-symbolic");
  g_signal_connect_object (menu, "chosen", G_CALLBACK (quick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (menu, "closed", G_CALLBACK (menu_closed_cb), self, 0);
}

static void
later_pressed_cb (GtkGesture *gesture,
                  int         n_press,
                  double      x,
                  double      y,
                  gpointer    user_data)
{
  sb_composer_open_later (user_data);
}

static void
later_held_cb (GtkGesture *gesture,
               double      x,
               double      y,
               gpointer    user_data)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  sb_composer_open_later (user_data);
}

static void
make_send (SbComposer *self)
{
  GtkGesture *press = gtk_gesture_click_new ();
  GtkGesture *hold = gtk_gesture_long_press_new ();

  self->send = icon_button ("sb-send-symbolic", _("Send"), NULL);
  gtk_widget_remove_css_class (self->send, "flat");
  gtk_widget_add_css_class (self->send, "suggested-action");
  gtk_widget_add_css_class (self->send, "sb-send");
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (press), GDK_BUTTON_SECONDARY);
  g_signal_connect (press, "pressed", G_CALLBACK (later_pressed_cb), self);
  g_signal_connect (hold, "pressed", G_CALLBACK (later_held_cb), self);
  gtk_widget_add_controller (self->send, GTK_EVENT_CONTROLLER (press));
  gtk_widget_add_controller (self->send, GTK_EVENT_CONTROLLER (hold));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (hold), GTK_PHASE_CAPTURE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->send), "compose.send");
  self->later = sb_send_later_new ();
  gtk_widget_set_parent (self->later, self->send);
  g_signal_connect_object (self->later, "closed", G_CALLBACK (menu_closed_cb), self, 0);
  g_signal_connect_object (self->later, "chosen", G_CALLBACK (sb_composer_later_cb), self, G_CONNECT_SWAPPED);
  self->record = icon_button ("sb-voice-symbolic", _("Record Voice Message"), "compose.record");
}

GtkWidget *
sb_composer_make_field (SbComposer *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->field = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->field, "sb-composer-field");
  gtk_widget_set_hexpand (self->field, TRUE);
  self->emoji = menu_button ("face-smile-symbolic", _("Emoji"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->emoji), make_chooser_cb, self, NULL);
  gtk_box_append (GTK_BOX (self->field), make_text (self));
  make_quick (self);
  make_send (self);
  gtk_box_append (GTK_BOX (self->field), self->quick);
  gtk_box_append (GTK_BOX (self->field), self->emoji);
  gtk_box_append (GTK_BOX (row), icon_button ("list-add-symbolic", _("Attach"), "compose.attach"));
  gtk_box_append (GTK_BOX (row), self->field);
  gtk_box_append (GTK_BOX (row), self->record);
  gtk_box_append (GTK_BOX (row), self->send);

  return row;
}
