/* What can be asked of the composer, by its buttons, keys and the menus of the bubbles around it. */
#include "sb-composer-private.h"

#include <glib/gi18n.h>

#include "sb-commands.h"

/* A line the customer has not written to lately takes only templates, and these go out on the customer's own line while there is one. */
static void
choose_line (SbComposer *self,
             gint64      line_id)
{
  SbOutgoingMessage  probe = { .thread_id = self->thread_id, .line_id = line_id, .kind = SB_MESSAGE_TEXT, .text = "x" };
  g_autoptr (SbLine) line = sb_reader_get_line (sb_engine_get_reader (self->engine), line_id);

  if (line != NULL && !sb_composer_is_line_gone (self) && sb_engine_ask_gate (self->engine, &probe, NULL) == SB_REASON_WINDOW_CLOSED)
    {
      /* Translators: name of a line */
      g_autofree char *sentence = g_strdup_printf (_("The customer has not written to %s in the last 24 hours, so that line cannot answer."), line->name);

      sb_composer_show_problem (self, sentence);
      return;
    }
  sb_composer_show_problem (self, NULL);
  self->line_id = line_id;
  sb_composer_update_face (self);
}

static void
act_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  SbComposer *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  gint64      id = parameter != NULL ? g_variant_get_int64 (parameter) : 0;

  if (self->thread_id == 0)
    return;
  if (g_str_equal (name, "send"))
    sb_composer_send (self, 0);
  else if (g_str_equal (name, "send-later"))
    sb_composer_open_later (self);
  else if (g_str_equal (name, "attach"))
    sb_composer_choose_file (self);
  else if (g_str_equal (name, "record"))
    sb_composer_start_recording (self);
  else if (g_str_equal (name, "quick-reply"))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->quick));
  else if (g_str_equal (name, "emoji"))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->emoji));
  else if (g_str_equal (name, "mode"))
    adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (self->mode), sb_composer_is_note (self) ? "message" : "note");
  else if (g_str_equal (name, "quote"))
    sb_composer_quote (self, id);
  else if (g_str_equal (name, "quote-older"))
    sb_composer_walk_quote (self, -1);
  else if (g_str_equal (name, "quote-newer"))
    sb_composer_walk_quote (self, 1);
  else if (g_str_equal (name, "edit"))
    sb_composer_edit (self, id);
  else if (g_str_equal (name, "reuse"))
    sb_composer_reuse (self, id);
  else if (g_str_equal (name, "cancel"))
    sb_composer_cancel (self, id);
  else if (g_str_equal (name, "line"))
    choose_line (self, id);
  else if (g_str_equal (name, "lines") && gtk_widget_get_visible (self->lines))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->lines));
}

static const GActionEntry entries[] = {
  { "send", act_cb },
  { "send-later", act_cb },
  { "attach", act_cb },
  { "record", act_cb },
  { "quick-reply", act_cb },
  { "emoji", act_cb },
  { "mode", act_cb },
  { "quote-older", act_cb },
  { "quote-newer", act_cb },
  { "quote", act_cb, "x" },
  { "edit", act_cb, "x" },
  { "reuse", act_cb, "x" },
  { "cancel", act_cb, "x" },
  { "line", act_cb, "x" },
  { "lines", act_cb },
};

static void
add_keys (SbComposer *self)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (sb_commands_new_controller (SB_COMMAND_COMPOSER));

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* The group of actions "compose" and its keys. */
void
sb_composer_add_actions (SbComposer *self)
{
  self->actions = G_ACTION_GROUP (g_simple_action_group_new ());
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "compose", self->actions);
  add_keys (self);
}
