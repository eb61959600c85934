/* What may be done with the open conversation, as actions of its widget. */
#include "sb-conversation-private.h"
#include "sb-find-bar.h"
#include "sb-timeline.h"
#include "sb-triage.h"

/* (transfer full): the open conversation, as those that act upon many want it */
static GArray *
threads_of (SbConversation *self)
{
  GArray *threads = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (threads, self->thread_id);

  return threads;
}

static void
act (SbConversation *self,
     SbActKind       kind,
     gint64          value)
{
  g_autoptr (GArray) threads = threads_of (self);

  if (self->thread_id != 0)
    sb_triage_simple (GTK_WIDGET (self), self->engine, threads, kind, value);
}

/* (nullable) (transfer full): the open conversation */
SbThread *
sb_conversation_load (SbConversation *self)
{
  return self->thread_id != 0 ? sb_reader_get_thread (sb_engine_get_reader (self->engine), self->thread_id) : NULL;
}

static void
done_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  SbConversation      *self = SB_CONVERSATION (widget);
  g_autoptr (SbThread) thread = sb_conversation_load (self);

  if (thread == NULL)
    return;
  if (thread->status == SB_THREAD_CLOSED)
    {
      act (self, SB_ACT_OPEN, 0);
      return;
    }
  act (self, SB_ACT_DONE, 0);
  g_signal_emit_by_name (self, "settled");
}

static void
pending_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  SbConversation      *self = SB_CONVERSATION (widget);
  g_autoptr (SbThread) thread = sb_conversation_load (self);

  act (self, thread != NULL && thread->status == SB_THREAD_PENDING ? SB_ACT_OPEN : SB_ACT_PENDING, 0);
}

static void
snooze_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  SbConversation    *self = SB_CONVERSATION (widget);
  g_autoptr (GArray) threads = threads_of (self);

  if (self->thread_id != 0)
    sb_triage_snooze (widget, self->engine, threads);
}

static void
assign_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  SbConversation    *self = SB_CONVERSATION (widget);
  g_autoptr (GArray) threads = threads_of (self);

  if (self->thread_id != 0)
    sb_triage_assign (widget, self->engine, threads);
}

static void
tag_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  SbConversation    *self = SB_CONVERSATION (widget);
  g_autoptr (GArray) threads = threads_of (self);

  if (self->thread_id != 0)
    sb_triage_tag (widget, self->engine, threads);
}

static void
print_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  SbConversation *self = SB_CONVERSATION (widget);

  if (self->thread_id != 0)
    sb_timeline_print (SB_TIMELINE (self->timeline));
}

static void
find_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  SbConversation *self = SB_CONVERSATION (widget);

  if (self->thread_id != 0)
    sb_find_bar_open (SB_FIND_BAR (self->find), self->thread_id);
}

static void
unread_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  act (SB_CONVERSATION (widget), SB_ACT_UNREAD, 0);
}

static void
pin_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  SbConversation      *self = SB_CONVERSATION (widget);
  g_autoptr (SbThread) thread = sb_conversation_load (self);

  if (thread != NULL)
    act (self, SB_ACT_PIN, !thread->pinned);
}

void
sb_conversation_acts_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "thread.done", NULL, done_cb);
  gtk_widget_class_install_action (widget_class, "thread.pending", NULL, pending_cb);
  gtk_widget_class_install_action (widget_class, "thread.snooze", NULL, snooze_cb);
  gtk_widget_class_install_action (widget_class, "thread.assign", NULL, assign_cb);
  gtk_widget_class_install_action (widget_class, "thread.tag", NULL, tag_cb);
  gtk_widget_class_install_action (widget_class, "thread.find", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "thread.print", NULL, print_cb);
  gtk_widget_class_install_action (widget_class, "thread.unread", NULL, unread_cb);
  gtk_widget_class_install_action (widget_class, "thread.pin", NULL, pin_cb);
}
