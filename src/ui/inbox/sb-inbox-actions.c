/* What the keys, the menus and the bar of the desk do. They act upon the selected ones, else upon where the focus is. */
#include "sb-commands.h"
#include "sb-conversation.h"
#include "sb-inbox-private.h"
#include "sb-macro-acts.h"
#include "sb-tag-group.h"
#include "sb-triage.h"

static gint64
open_thread (SbInboxPage *self)
{
  return sb_conversation_get_thread (SB_CONVERSATION (self->conversation));
}

static gboolean
is_content_shown (SbInboxPage *self)
{
  return adw_navigation_split_view_get_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->inner));
}

static gboolean
is_collapsed (SbInboxPage *self)
{
  return adw_navigation_split_view_get_collapsed (ADW_NAVIGATION_SPLIT_VIEW (self->inner));
}

static gboolean
in_conversation (SbInboxPage *self)
{
  return (gtk_widget_get_state_flags (self->conversation) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* The one conversation that is meant: that of the cursor, or in the conversation the open one. */
static gint64
meant (SbInboxPage *self)
{
  gint64 cursor = sb_thread_view_get_cursor (self->threads);

  return (in_conversation (self) && open_thread (self) != 0) || cursor == 0 ? open_thread (self) : cursor;
}

/* (transfer full): ids; empty when there is nothing to act upon */
static GArray *
targets (SbInboxPage *self)
{
  GArray *ids = sb_thread_view_list_selected (self->threads);
  gint64  id = meant (self);

  if (ids->len == 0 && id != 0 && !sb_thread_view_is_selecting (self->threads))
    g_array_append_val (ids, id);

  return ids;
}

static SbThread *
get_first (SbInboxPage *self,
           GArray      *ids)
{
  return sb_reader_get_thread (sb_engine_get_reader (self->engine), g_array_index (ids, gint64, 0));
}

/* -- walking -- */

static void
step (SbInboxPage *self,
      int          by)
{
  gboolean reading = in_conversation (self);
  gint64   id = sb_thread_view_get_beside (self->threads, reading ? open_thread (self) : sb_thread_view_get_cursor (self->threads), by);

  if (id == 0)
    return;
  if (reading)
    sb_inbox_page_open (self, id, 0, FALSE);
  else
    sb_thread_view_set_cursor (self->threads, id, TRUE);
}

static void
next_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  step (SB_INBOX_PAGE (widget), 1);
}

static void
previous_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  step (SB_INBOX_PAGE (widget), -1);
}

static void
open_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  SbInboxPage *self = SB_INBOX_PAGE (widget);
  gint64       id = meant (self);

  if (id != 0)
    sb_inbox_page_open (self, id, 0, FALSE);
}

static void
reply_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  SbInboxPage *self = SB_INBOX_PAGE (widget);
  gint64       id = meant (self);

  if (id != 0)
    sb_inbox_page_open (self, id, 0, TRUE);
}

/* The one who waits longest comes last in the list of the newest: go down from here, and start again at the top. */
static void
next_unanswered_cb (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  SbInboxPage          *self = SB_INBOX_PAGE (widget);
  SbReader             *reader = sb_engine_get_reader (self->engine);
  SbThreadFilter        filter = { .not_closed = TRUE, .unanswered_only = TRUE };
  g_autoptr (SbThread)  here = open_thread (self) != 0 ? sb_reader_get_thread (reader, open_thread (self)) : NULL;
  SbThreadKey           after = { 0 };
  g_autoptr (GPtrArray) next = NULL;

  if (here != NULL)
    after = (SbThreadKey) { here->pinned, here->last_at, here->id };
  next = sb_reader_list_threads (reader, &filter, &after, 1);
  if (next->len == 0 && here != NULL)
    {
      g_ptr_array_unref (next);
      next = sb_reader_list_threads (reader, &filter, NULL, 1);
    }
  if (next->len > 0)
    sb_inbox_page_open (self, ((SbThread *) next->pdata[0])->id, 0, FALSE);
}

static void
view_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  SbInboxPage *self = SB_INBOX_PAGE (widget);

  sb_sidebar_choose (SB_SIDEBAR (self->sidebar), g_variant_get_int32 (parameter) - 1);
  sb_thread_view_focus (self->threads);
}

/* Back one step: out of the selection, out of the conversation, to the list. */
static void
leave_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  SbInboxPage *self = SB_INBOX_PAGE (widget);

  if (sb_thread_view_is_selecting (self->threads))
    sb_thread_view_set_selecting (self->threads, FALSE);
  else if (is_collapsed (self) && is_content_shown (self))
    adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->inner), FALSE);
  else if (sb_thread_view_has_focus (self->threads) && adw_navigation_split_view_get_collapsed (ADW_NAVIGATION_SPLIT_VIEW (self->outer)))
    {
      adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->outer), FALSE);
      return;
    }
  sb_thread_view_focus (self->threads);
}

/* -- acting -- */

/* These leave the view: whoever read the conversation goes on with the next, whoever walked the list, too. */
static void
go_on (SbInboxPage *self,
       GArray      *ids)
{
  gint64   next = sb_thread_view_get_after (self->threads, ids);
  gboolean focused = sb_thread_view_has_focus (self->threads);
  gboolean was_open = FALSE;

  for (guint i = 0; i < ids->len; i++)
    was_open = was_open || g_array_index (ids, gint64, i) == open_thread (self);
  if (next == 0 || sb_thread_view_is_selecting (self->threads))
    return;
  if (was_open && (!is_collapsed (self) || is_content_shown (self)))
    sb_inbox_page_open (self, next, 0, FALSE);
  sb_thread_view_set_cursor (self->threads, next, focused);
}

static void
simple (SbInboxPage *self,
        SbActKind    kind,
        gint64       value,
        gboolean     leaves)
{
  g_autoptr (GArray) ids = targets (self);

  if (ids->len == 0)
    return;
  sb_triage_simple (GTK_WIDGET (self), self->engine, ids, kind, value);
  if (leaves)
    go_on (self, ids);
  sb_thread_view_set_selecting (self->threads, FALSE);
}

/* They were put out of the way, after a choice. */
static void
gone_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  SbInboxPage       *self = SB_INBOX_PAGE (widget);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gsize              n;
  const gint64      *given = g_variant_get_fixed_array (parameter, &n, sizeof (gint64));

  g_array_append_vals (ids, given, n);
  go_on (self, ids);
  sb_thread_view_set_selecting (self->threads, FALSE);
}

static void
done_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  simple (SB_INBOX_PAGE (widget), SB_ACT_DONE, 0, TRUE);
}

static void
reopen_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  simple (SB_INBOX_PAGE (widget), SB_ACT_OPEN, 0, FALSE);
}

/* Whether the first of them is something decides for all of them. */
static void
toggle (GtkWidget *widget,
        SbActKind  kind)
{
  SbInboxPage         *self = SB_INBOX_PAGE (widget);
  g_autoptr (GArray)   ids = targets (self);
  g_autoptr (SbThread) first = ids->len > 0 ? get_first (self, ids) : NULL;

  if (first == NULL)
    return;
  if (kind == SB_ACT_PIN)
    simple (self, SB_ACT_PIN, !first->pinned, FALSE);
  else if (kind == SB_ACT_BLOCK)
    simple (self, SB_ACT_BLOCK, !first->blocked, FALSE);
  else if (kind == SB_ACT_PENDING)
    simple (self, first->status == SB_THREAD_PENDING ? SB_ACT_OPEN : SB_ACT_PENDING, 0, FALSE);
  else
    simple (self, first->unread > 0 ? SB_ACT_READ : SB_ACT_UNREAD, 0, FALSE);
}

static void
pin_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  toggle (widget, SB_ACT_PIN);
  sb_thread_view_release (SB_INBOX_PAGE (widget)->threads);
}

static void
block_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  toggle (widget, SB_ACT_BLOCK);
}

static void
pending_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  toggle (widget, SB_ACT_PENDING);
}

static void
unread_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  toggle (widget, SB_ACT_UNREAD);
}

static void
with_choice (GtkWidget *widget,
             void (*act) (GtkWidget *widget,
                          SbEngine  *engine,
                          GArray    *threads))
{
  SbInboxPage       *self = SB_INBOX_PAGE (widget);
  g_autoptr (GArray) ids = targets (self);

  if (ids->len == 0)
    return;
  act (widget, self->engine, ids);
}

static void
snooze_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  with_choice (widget, sb_triage_snooze);
}

static void
assign_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  with_choice (widget, sb_triage_assign);
}

static void
tag_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  with_choice (widget, sb_triage_tag);
}

static void
edit_tags_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  sb_tags_present (widget, SB_INBOX_PAGE (widget)->engine);
}

static void
note_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  with_choice (widget, sb_triage_note);
}

static void
assign_me (GtkWidget *widget,
           SbEngine  *engine,
           GArray    *threads)
{
  sb_triage_assign_to (widget, engine, threads, sb_engine_get_staff (engine));
}

static void
assign_me_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  with_choice (widget, assign_me);
}

/* -- macros -- */

static void
run_macro (GtkWidget *widget,
           GArray    *ids,
           gint64     macro_id)
{
  SbInboxPage *self = SB_INBOX_PAGE (widget);
  gboolean     leaves = FALSE;

  if (!sb_macro_run (widget, self->engine, ids, macro_id, &leaves))
    return;
  if (leaves)
    go_on (self, ids);
  sb_thread_view_set_selecting (self->threads, FALSE);
}

static void
macro_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  g_autoptr (GArray) ids = targets (SB_INBOX_PAGE (widget));

  if (ids->len > 0)
    run_macro (widget, ids, g_variant_get_int64 (parameter));
}

static void
macros_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  SbInboxPage       *self = SB_INBOX_PAGE (widget);
  g_autoptr (GArray) ids = targets (self);

  if (ids->len > 0)
    sb_macro_choose (widget, self->engine, ids, run_macro);
}

/* -- selecting, and taking back -- */

static void
select_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  SbInboxPage *self = SB_INBOX_PAGE (widget);

  sb_thread_view_toggle (self->threads, meant (self));
}

static void
select_all_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  sb_thread_view_select_all (SB_INBOX_PAGE (widget)->threads);
}

static void
menu_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  sb_thread_view_popup_menu (SB_INBOX_PAGE (widget)->threads);
}

static void
undo_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  sb_triage_undo (widget, SB_INBOX_PAGE (widget)->engine);
}

static void
redo_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  SbInboxPage *self = SB_INBOX_PAGE (widget);

  sb_thread_view_release (self->threads);
  sb_triage_redo (widget, self->engine);
}

static const struct
{
  const char                 *name;
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "inbox.next", next_cb },
  { "inbox.previous", previous_cb },
  { "inbox.open", open_cb },
  { "inbox.reply", reply_cb },
  { "inbox.next-unanswered", next_unanswered_cb },
  { "inbox.leave", leave_cb },
  { "inbox.done", done_cb },
  { "inbox.reopen", reopen_cb },
  { "inbox.pending", pending_cb },
  { "inbox.snooze", snooze_cb },
  { "inbox.assign", assign_cb },
  { "inbox.assign-me", assign_me_cb },
  { "inbox.tag", tag_cb },
  { "inbox.edit-tags", edit_tags_cb },
  { "inbox.note", note_cb },
  { "inbox.macros", macros_cb },
  { "inbox.pin", pin_cb },
  { "inbox.unread", unread_cb },
  { "inbox.block", block_cb },
  { "inbox.select", select_cb },
  { "inbox.select-all", select_all_cb },
  { "inbox.menu", menu_cb },
  { "inbox.undo", undo_cb },
  { "inbox.redo", redo_cb },
};

/* Files or words were dropped on a row of the list. */
static void
attach_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  SbInboxPage   *self = SB_INBOX_PAGE (widget);
  g_auto (GStrv) paths = NULL;
  const char    *sentence, *words;
  gint64         thread_id;

  g_variant_get (parameter, "(x^asm&sm&s)", &thread_id, &paths, &sentence, &words);
  sb_inbox_page_open (self, thread_id, 0, TRUE);
  sb_conversation_attach (SB_CONVERSATION (self->conversation), paths, sentence, words);
}

void
sb_inbox_actions_install (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
  gtk_widget_class_install_action (widget_class, "inbox.view", "i", view_cb);
  gtk_widget_class_install_action (widget_class, "inbox.gone", "ax", gone_cb);
  gtk_widget_class_install_action (widget_class, "inbox.macro", "x", macro_cb);
  gtk_widget_class_install_action (widget_class, "inbox.attach", "(xasmsms)", attach_cb);
}

/* The open conversation was settled by its own button. */
static void
settled_cb (SbInboxPage *self)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64             id = open_thread (self);

  g_array_append_val (ids, id);
  go_on (self, ids);
}

void
sb_inbox_actions_add (SbInboxPage *self)
{
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (sb_commands_new_controller (SB_COMMAND_DESK)));
  gtk_widget_add_controller (self->inner, GTK_EVENT_CONTROLLER (sb_commands_new_controller (SB_COMMAND_BOTH)));
  sb_macro_keys_add (GTK_WIDGET (self), self->engine);
  g_signal_connect_object (self->conversation, "settled", G_CALLBACK (settled_cb), self, G_CONNECT_SWAPPED);
  sb_inbox_undo_add (self);
}
