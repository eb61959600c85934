#include "sb-thread-row.h"

#include <glib/gi18n.h>

#include "sb-face.h"
#include "sb-file-drop.h"
#include "sb-text-line.h"

/**
 * SbThreadRow:
 *
 * One conversation in the list, of a fixed height: face, name and time, what was said last and what is about to be lost. What
 * few conversations have is made when the first of them comes into the row.
 */
struct _SbThreadRow
{
  GtkBox parent_instance;

  gint64     thread_id;
  GtkWidget *face;
  GtkWidget *top;
  GtkWidget *name;
  GtkWidget *time;
  GtkWidget *bottom;
  GtkWidget *preview;
  GtkWidget *check; /* (nullable): from here on all */
  GtkWidget *pin;
  GtkWidget *lead;
  GtkWidget *line;
  GtkWidget *draft;
  GtkWidget *left;
  GtkWidget *snooze;
  GtkWidget *badge;
  char      *spoken;
};

G_DEFINE_FINAL_TYPE (SbThreadRow, sb_thread_row, GTK_TYPE_BOX)

#define WARN_MS      (3 * SB_HOUR_MS)
#define LONGEST_LINE 12 /* characters of its name */

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

/* -- what few have -- */

static void
hide (GtkWidget *child)
{
  if (child != NULL)
    gtk_widget_set_visible (child, FALSE);
}

static GtkWidget *
small_icon (const char *name,
            int         size)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (name);

  gtk_image_set_pixel_size (GTK_IMAGE (icon), size);

  return icon;
}

static void
show_pin (SbThreadRow *self,
          gboolean     pinned)
{
  if (self->pin == NULL && pinned)
    {
      self->pin = small_icon ("sb-pin-symbolic", 12);
      gtk_widget_insert_after (self->pin, self->top, self->name);
    }
  if (self->pin != NULL)
    gtk_widget_set_visible (self->pin, pinned);
}

static void
show_draft (SbThreadRow *self,
            gboolean     is_draft)
{
  if (self->draft == NULL && is_draft)
    {
      self->draft = sb_text_line_new (SB_TEXT_LINE_SHORT, "sb-draft");
      sb_text_line_set (SB_TEXT_LINE (self->draft), _("Draft:"));
      gtk_widget_insert_before (self->draft, self->bottom, self->preview);
    }
  if (self->draft != NULL)
    gtk_widget_set_visible (self->draft, is_draft);
}

/* @icon: (nullable) */
static void
show_lead (SbThreadRow *self,
           const char  *icon)
{
  if (icon == NULL)
    {
      hide (self->lead);
      return;
    }
  if (self->lead == NULL)
    {
      self->lead = small_icon (icon, 14);
      gtk_widget_insert_after (self->lead, self->bottom, self->line);
    }
  gtk_image_set_from_icon_name (GTK_IMAGE (self->lead), icon);
  gtk_widget_set_visible (self->lead, TRUE);
}

/* @text: (nullable): nothing to show; @before: what it stands behind */
static void
show_mark (SbThreadRow   *self,
           GtkWidget    **mark,
           SbTextLineKind kind,
           const char    *css,
           const char    *text,
           GtkWidget     *before)
{
  if (text == NULL)
    {
      hide (*mark);
      return;
    }
  if (*mark == NULL)
    {
      *mark = sb_text_line_new (kind, css);
      gtk_widget_set_valign (*mark, GTK_ALIGN_CENTER);
      gtk_widget_insert_after (*mark, self->bottom, before);
    }
  sb_text_line_set (SB_TEXT_LINE (*mark), text);
  gtk_widget_set_visible (*mark, TRUE);
}

static void
show_trailing (SbThreadRow    *self,
               const SbThread *thread,
               const char     *left,
               gint64          now)
{
  g_autofree char *badge = thread->unread > 0 ? g_strdup_printf ("%d", thread->unread) : NULL;
  g_autofree char *until = thread->status == SB_THREAD_SNOOZED && thread->snooze_until > 0 ? sb_time_short (thread->snooze_until, now) : NULL;

  show_mark (self, &self->left, SB_TEXT_LINE_SHORT, "sb-time-left", left, self->preview);
  show_mark (self, &self->snooze, SB_TEXT_LINE_TIME, "sb-thread-time", until, self->left != NULL ? self->left : self->preview);
  show_mark (self, &self->badge, SB_TEXT_LINE_TIME, "sb-badge", badge, gtk_widget_get_last_child (self->bottom));
}

/* (nullable): what is left of the time in which the customer may be answered, when that is little */
static char *
time_left (const SbThread *thread,
           gint64          now)
{
  gint64   left = thread->window_until - now;
  gboolean closing = thread->unanswered && thread->window_until > 0 && left > 0 && left < WARN_MS;

  return closing ? sb_duration_text (left) : NULL;
}

/* The whole row in one sentence, for the screen reader. */
static void
set_name (SbThreadRow    *self,
          const SbThread *thread,
          const char     *time,
          const char     *left)
{
  g_autofree char *new_words = thread->unread > 0 ? g_strdup_printf (ngettext ("%d new message", "%d new messages", thread->unread), thread->unread) : NULL;
  /* Translators: what is left of the time in which the customer may be answered */
  g_autofree char *left_words = left != NULL ? g_strdup_printf (_("%s left"), left) : NULL;
  const char      *line = self->line != NULL && gtk_widget_get_visible (self->line) ? gtk_label_get_text (GTK_LABEL (self->line)) : NULL;
  /* Translators: for the screen reader: the line, or number of the shop, that a customer wrote to */
  g_autofree char *line_words = line != NULL ? g_strdup_printf (_("on line %s"), line) : NULL;
  GString         *text = g_string_new (thread->name);

  g_string_append_printf (text, ", %s: %s", time, thread->draft != NULL ? thread->draft : thread->preview != NULL ? thread->preview
                                                                                                                  : "");
  if (line_words != NULL)
    g_string_append_printf (text, ", %s", line_words);
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
  if (self->check == NULL && selecting)
    {
      /* The row is what is pressed, and what says whether it is selected. */
      self->check = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "can-target", FALSE, "can-focus", FALSE, NULL);
      gtk_widget_insert_before (self->check, GTK_WIDGET (self), self->face);
    }
  if (self->check != NULL)
    {
      gtk_widget_set_visible (self->check, selecting);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), selected);
    }
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

/* @name: (nullable): of the line the customer wrote to, where there are several; before sb_thread_row_show () */
void
sb_thread_row_set_line (SbThreadRow *self,
                        const char  *name)
{
  if (name == NULL)
    {
      hide (self->line);
      return;
    }
  if (self->line == NULL)
    {
      self->line = gtk_label_new (NULL);
      gtk_widget_add_css_class (self->line, "sb-thread-line");
      gtk_label_set_ellipsize (GTK_LABEL (self->line), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (self->line), LONGEST_LINE);
      gtk_widget_insert_after (self->line, self->bottom, NULL);
    }
  gtk_label_set_text (GTK_LABEL (self->line), name);
  gtk_widget_set_visible (self->line, TRUE);
}

void
sb_thread_row_show (SbThreadRow    *self,
                    const SbThread *thread,
                    gint64          now_ms)
{
  g_autofree char *time = sb_time_short (thread->last_at, now_ms);
  g_autofree char *name = sb_name_text (thread->name);
  g_autofree char *left = time_left (thread, now_ms);

  self->thread_id = thread->id;
  sb_face_set_name (SB_FACE (self->face), thread->name, !g_str_has_prefix (thread->name, "+"));
  sb_text_line_set (SB_TEXT_LINE (self->name), name);
  sb_text_line_set (SB_TEXT_LINE (self->time), time);
  sb_text_line_set (SB_TEXT_LINE (self->preview), thread->draft != NULL ? thread->draft : thread->preview);
  show_pin (self, thread->pinned);
  show_lead (self, thread->draft == NULL ? lead_icon (thread) : NULL);
  show_draft (self, thread->draft != NULL);
  show_trailing (self, thread, left, now_ms);
  if (thread->unread > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "unread");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "unread");
  show_tooltip (self, thread);
  set_name (self, thread, time, left);
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

  self->top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->bottom = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "sb-thread-row");
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_set_margin_start (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 12);
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, 68);

  self->face = sb_face_new (40);
  self->name = sb_text_line_new (SB_TEXT_LINE_LONG, "sb-thread-name");
  self->time = sb_text_line_new (SB_TEXT_LINE_TIME, "sb-thread-time");
  self->preview = sb_text_line_new (SB_TEXT_LINE_LONG, "sb-preview");
  gtk_box_append (GTK_BOX (self->top), self->name);
  gtk_box_append (GTK_BOX (self->top), self->time);
  gtk_box_append (GTK_BOX (self->bottom), self->preview);
  gtk_box_append (GTK_BOX (column), self->top);
  gtk_box_append (GTK_BOX (column), self->bottom);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (self), self->face);
  gtk_box_append (GTK_BOX (self), column);
  sb_file_drop_add (GTK_WIDGET (self), files_cb, words_cb, self);
}

GtkWidget *
sb_thread_row_new (void)
{
  return g_object_new (SB_TYPE_THREAD_ROW, NULL);
}
