#include "sb-thread-row.h"

#include <glib/gi18n.h>

#include "sb-file-drop.h"

/**
 * SbThreadRow:
 *
 * One conversation in the list, of a fixed height: avatar, name and time, what was said last and what is about to be lost.
 */
struct _SbThreadRow
{
  GtkBox parent_instance;

  gint64     thread_id;
  GtkWidget *check;
  GtkWidget *avatar;
  GtkWidget *name;
  GtkWidget *pin;
  GtkWidget *time;
  GtkWidget *lead;
  GtkWidget *draft;
  GtkWidget *preview;
  GtkWidget *left;
  GtkWidget *snooze;
  GtkWidget *badge;
  char      *spoken;
};

G_DEFINE_FINAL_TYPE (SbThreadRow, sb_thread_row, GTK_TYPE_BOX)

#define WARN_MS (3 * SB_HOUR_MS)

/* -- words for times -- */

/* "14:32" today, "Mon" this week, "3 Oct" before. */
char *
sb_time_short (gint64 at_ms,
               gint64 now_ms)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (at_ms / 1000);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  GTimeSpan             days;

  if (at == NULL || now == NULL)
    return g_strdup ("");
  days = g_date_time_difference (now, at) / G_TIME_SPAN_DAY;
  if (g_date_time_get_day_of_year (at) == g_date_time_get_day_of_year (now) && g_date_time_get_year (at) == g_date_time_get_year (now))
    return g_date_time_format (at, "%H:%M");
  if (days < 6 && days >= 0)
    /* Translators: day of this week; %A where a short name says too little; see g_date_time_format () */
    return g_date_time_format (at, C_("weekday", "%a"));

  /* Translators: short date of a conversation, day and month; see g_date_time_format () */
  return g_date_time_format (at, C_("thread date", "%e %b"));
}

char *
sb_time_clock (gint64 at_ms)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (at_ms / 1000);

  return at != NULL ? g_date_time_format (at, "%H:%M") : g_strdup ("");
}

/* "1 h 50", "55 min" */
char *
sb_duration_text (gint64 ms)
{
  int minutes = MAX (ms, 0) / SB_MINUTE_MS;

  if (minutes < 60)
    /* Translators: minutes left to answer */
    return g_strdup_printf (_("%d min"), minutes);

  /* Translators: hours and minutes left to answer */
  return g_strdup_printf (_("%d h %02d"), minutes / 60, minutes % 60);
}

const char *
sb_status_icon (SbStatus status)
{
  switch (status)
    {
    case SB_STATUS_QUEUED:
    case SB_STATUS_SENDING:
      return "sb-waiting-symbolic";
    case SB_STATUS_ACCEPTED:
    case SB_STATUS_SENT:
    case SB_STATUS_HELD:
      return "sb-tick-1-symbolic";
    case SB_STATUS_DELIVERED:
      return "sb-tick-2-symbolic";
    case SB_STATUS_READ:
    case SB_STATUS_PLAYED:
      return "sb-tick-read-symbolic";
    case SB_STATUS_FAILED:
      return "sb-failed-symbolic";
    case SB_STATUS_UNKNOWN:
      return "sb-unknown-symbolic";
    case SB_STATUS_CANCELLED:
      return "sb-cancelled-symbolic";
    case SB_STATUS_NONE:
    case SB_STATUS_DRAFT:
    default:
      return NULL;
    }
}

const char *
sb_status_words (SbStatus status)
{
  switch (status)
    {
    case SB_STATUS_QUEUED:
      return _("Waiting");
    case SB_STATUS_SENDING:
      return _("Sending…");
    case SB_STATUS_ACCEPTED:
    case SB_STATUS_SENT:
      return _("Sent");
    case SB_STATUS_HELD:
      return _("Held by the network");
    case SB_STATUS_DELIVERED:
      return _("Delivered");
    case SB_STATUS_READ:
      return _("Read");
    case SB_STATUS_PLAYED:
      return _("Played");
    case SB_STATUS_FAILED:
      return _("Not sent");
    case SB_STATUS_UNKNOWN:
      return _("Unknown – check");
    case SB_STATUS_CANCELLED:
      return _("Cancelled");
    case SB_STATUS_NONE:
    case SB_STATUS_DRAFT:
    default:
      return "";
    }
}

/* A name for a label: a number runs from left to right in every language. (transfer full) */
char *
sb_name_text (const char *name)
{
  return name != NULL && name[0] == '+' ? g_strdup_printf ("\342\201\246%s\342\201\251", name) : g_strdup (name != NULL ? name : "");
}

/* -- the row -- */

static const char *
lead_icon (const SbThread *thread)
{
  if (thread->last_direction == SB_DIRECTION_OUT || thread->n_unknown > 0)
    return sb_status_icon (thread->last_status);

  switch ((int) thread->last_kind)
    {
    case SB_MESSAGE_IMAGE:
      return "sb-photo-symbolic";
    case SB_MESSAGE_AUDIO:
      return "sb-voice-symbolic";
    case SB_MESSAGE_DOCUMENT:
      return "sb-file-symbolic";
    case SB_MESSAGE_VIDEO:
      return "sb-video-symbolic";
    case SB_MESSAGE_LOCATION:
      return "sb-location-symbolic";
    default:
      return NULL;
    }
}

static void
show_label (GtkWidget  *label,
            const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && text[0] != '\0');
}

static void
show_trailing (SbThreadRow    *self,
               const SbThread *thread,
               gint64          now)
{
  gint64           left = thread->window_until - now;
  gboolean         closing = thread->unanswered && thread->window_until > 0 && left > 0 && left < WARN_MS;
  g_autofree char *left_text = closing ? sb_duration_text (left) : NULL;
  g_autofree char *badge = thread->unread > 0 ? g_strdup_printf ("%d", thread->unread) : NULL;
  g_autofree char *until = thread->status == SB_THREAD_SNOOZED && thread->snooze_until > 0 ? sb_time_short (thread->snooze_until, now) : NULL;

  show_label (self->left, left_text);
  show_label (self->badge, badge);
  show_label (self->snooze, until);
}

/* The whole row in one sentence, for the screen reader. */
static void
set_name (SbThreadRow    *self,
          const SbThread *thread,
          const char     *time)
{
  g_autofree char *new_words = thread->unread > 0 ? g_strdup_printf (ngettext ("%d new message", "%d new messages", thread->unread), thread->unread) : NULL;
  const char      *left = gtk_widget_get_visible (self->left) ? gtk_label_get_text (GTK_LABEL (self->left)) : NULL;
  /* Translators: what is left of the time in which the customer may be answered */
  g_autofree char *left_words = left != NULL ? g_strdup_printf (_("%s left"), left) : NULL;
  GString         *text = g_string_new (thread->name);

  g_string_append_printf (text, ", %s: %s", time, thread->draft != NULL ? thread->draft : thread->preview != NULL ? thread->preview
                                                                                                                  : "");
  if (new_words != NULL)
    g_string_append_printf (text, ", %s", new_words);
  if (left_words != NULL)
    g_string_append_printf (text, ", %s", left_words);
  g_free (self->spoken);
  self->spoken = g_string_free (text, FALSE);
}

/* Shows whether the row is among the selected ones, while several are selected; after sb_thread_row_show (). */
void
sb_thread_row_set_check (SbThreadRow *self,
                         gboolean     selecting,
                         gboolean     selected)
{
  gtk_widget_set_visible (self->check, selecting);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), selected);
  if (selecting && selected)
    {
      g_autofree char *spoken = self->spoken;

      /* Translators: a row of the list, for the screen reader */
      self->spoken = g_strdup_printf (_("Selected: %s"), spoken);
    }
}

gint64
sb_thread_row_get_thread (SbThreadRow *self)
{
  return self->thread_id;
}

/* What the row says in one sentence. (transfer none) */
const char *
sb_thread_row_get_name (SbThreadRow *self)
{
  return self->spoken;
}

/* Tags, and whose it is. */
static void
show_tooltip (SbThreadRow    *self,
              const SbThread *thread)
{
  g_autofree char *whose = NULL;
  g_autofree char *both = NULL;

  if (thread->assignee != NULL && thread->assignee_gone)
    /* Translators: name of somebody who no longer works here */
    whose = g_strdup_printf (_("Assigned to %s, who was removed"), thread->assignee);
  else if (thread->assignee != NULL)
    /* Translators: name of a colleague */
    whose = g_strdup_printf (_("Assigned to %s"), thread->assignee);
  both = thread->tags != NULL && whose != NULL ? g_strjoin ("\n", thread->tags, whose, NULL) : NULL;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), both != NULL ? both : thread->tags != NULL ? thread->tags
                                                                                             : whose);
}

void
sb_thread_row_show (SbThreadRow    *self,
                    const SbThread *thread,
                    gint64          now_ms)
{
  g_autofree char *time = sb_time_short (thread->last_at, now_ms);
  const char      *icon = thread->draft == NULL ? lead_icon (thread) : NULL;
  g_autofree char *name = sb_name_text (thread->name);
  gboolean         named = !g_str_has_prefix (thread->name, "+");

  self->thread_id = thread->id;
  adw_avatar_set_text (ADW_AVATAR (self->avatar), named ? thread->name : "");
  adw_avatar_set_show_initials (ADW_AVATAR (self->avatar), named);
  gtk_label_set_text (GTK_LABEL (self->name), name);
  gtk_label_set_text (GTK_LABEL (self->time), time);
  gtk_widget_set_visible (self->pin, thread->pinned);
  gtk_widget_set_visible (self->lead, icon != NULL);
  if (icon != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->lead), icon);
  gtk_widget_set_visible (self->draft, thread->draft != NULL);
  gtk_label_set_text (GTK_LABEL (self->preview), thread->draft != NULL ? thread->draft : thread->preview != NULL ? thread->preview
                                                                                                                 : "");
  show_trailing (self, thread, now_ms);
  if (thread->unread > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "unread");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "unread");
  show_tooltip (self, thread);
  set_name (self, thread, time);
}

static void
sb_thread_row_finalize (GObject *object)
{
  g_free (SB_THREAD_ROW (object)->spoken);

  G_OBJECT_CLASS (sb_thread_row_parent_class)->finalize (object);
}

static void
sb_thread_row_class_init (SbThreadRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_thread_row_finalize;
}

static GtkWidget *
make_label (const char *css,
            gboolean    ellipsize)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (ellipsize)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css);

  return label;
}

/* Files or words for this customer: the conversation opens with them. */
static void
files_cb (GStrv       paths,
          const char *sentence,
          gpointer    user_data)
{
  SbThreadRow *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self), "inbox.attach", "(x^asmsms)", self->thread_id, paths, sentence, NULL);
}

static void
words_cb (const char *words,
          gpointer    user_data)
{
  SbThreadRow *self = user_data;
  char        *none[] = { NULL };

  gtk_widget_activate_action (GTK_WIDGET (self), "inbox.attach", "(x^asmsms)", self->thread_id, none, NULL, words);
}

static void
sb_thread_row_init (SbThreadRow *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *bottom = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_add_css_class (GTK_WIDGET (self), "sb-thread-row");
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_set_margin_start (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 12);
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, 68);

  /* The row is what is pressed, and what says whether it is selected. */
  self->check = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "can-target", FALSE, "can-focus", FALSE, "visible", FALSE, NULL);

  self->avatar = adw_avatar_new (40, NULL, TRUE);
  gtk_widget_set_valign (self->avatar, GTK_ALIGN_CENTER);
  self->name = make_label ("sb-thread-name", TRUE);
  gtk_widget_set_hexpand (self->name, TRUE);
  self->pin = gtk_image_new_from_icon_name ("sb-pin-symbolic");
  gtk_image_set_pixel_size (GTK_IMAGE (self->pin), 12);
  self->time = make_label ("sb-thread-time", FALSE);
  self->lead = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->lead), 14);
  self->draft = make_label ("sb-draft", FALSE);
  gtk_label_set_text (GTK_LABEL (self->draft), _("Draft:"));
  self->preview = make_label ("sb-preview", TRUE);
  gtk_widget_set_hexpand (self->preview, TRUE);
  self->left = make_label ("sb-time-left", FALSE);
  self->snooze = make_label ("sb-thread-time", FALSE);
  self->badge = make_label ("sb-badge", FALSE);
  gtk_widget_set_valign (self->badge, GTK_ALIGN_CENTER);

  gtk_box_append (GTK_BOX (top), self->name);
  gtk_box_append (GTK_BOX (top), self->pin);
  gtk_box_append (GTK_BOX (top), self->time);
  gtk_box_append (GTK_BOX (bottom), self->lead);
  gtk_box_append (GTK_BOX (bottom), self->draft);
  gtk_box_append (GTK_BOX (bottom), self->preview);
  gtk_box_append (GTK_BOX (bottom), self->left);
  gtk_box_append (GTK_BOX (bottom), self->snooze);
  gtk_box_append (GTK_BOX (bottom), self->badge);
  gtk_box_append (GTK_BOX (column), top);
  gtk_box_append (GTK_BOX (column), bottom);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (self), self->check);
  gtk_box_append (GTK_BOX (self), self->avatar);
  gtk_box_append (GTK_BOX (self), column);
  sb_file_drop_add (GTK_WIDGET (self), files_cb, words_cb, self);
}

GtkWidget *
sb_thread_row_new (void)
{
  return g_object_new (SB_TYPE_THREAD_ROW, NULL);
}
