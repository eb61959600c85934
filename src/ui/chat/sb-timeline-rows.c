/* From the window over the messages to the rows on show: who stands with whom, and the labels between them. */
#include <glib/gi18n.h>

#include "sb-bubble-cards.h"
#include "sb-day-separator.h"
#include "sb-json.h"
#include "sb-message-row.h"
#include "sb-timeline-column.h"
#include "sb-timeline-private.h"

#define GROUP_MS (3 * SB_MINUTE_MS)

static gboolean
other_day (gint64 a,
           gint64 b)
{
  g_autoptr (GDateTime) x = g_date_time_new_from_unix_local (a / 1000);
  g_autoptr (GDateTime) y = g_date_time_new_from_unix_local (b / 1000);

  return g_date_time_get_day_of_year (x) != g_date_time_get_day_of_year (y) || g_date_time_get_year (x) != g_date_time_get_year (y);
}

static gboolean
are_grouped (SbTimeline      *self,
             const SbMessage *a,
             const SbMessage *b)
{
  return a != NULL && b != NULL && a->direction == b->direction && a->author == b->author && ABS (b->sent_at - a->sent_at) < GROUP_MS && b->id != self->fresh_id &&
         !other_day (a->sent_at, b->sent_at) && (!self->many_lines || a->line_id == b->line_id);
}

static gint64
newest_own (SbTimeline *self)
{
  for (guint i = self->window->messages->len; i > 0 && self->window->at_end; i--)
    {
      const SbMessage *message = self->window->messages->pdata[i - 1];

      if (message->direction == SB_DIRECTION_OUT)
        return message->id;
    }

  return 0;
}

/* Which button of a message was pressed, as far as the answer is in the window. */
static GHashTable *
collect_answers (SbTimeline *self)
{
  GHashTable *answers = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < self->window->messages->len; i++)
    {
      SbMessage *message = self->window->messages->pdata[i];

      if (message->quote_id != 0 && (message->kind == SB_MESSAGE_INTERACTIVE_REPLY || message->kind == SB_MESSAGE_BUTTON))
        g_hash_table_insert (answers, &message->quote_id, message);
    }

  return answers;
}

/* A button or a row of a list by its id; two may have the same words. */
static SbPressed
answer_of (const SbMessage *reply)
{
  JsonObject *choice = reply != NULL ? sb_json_object (reply->data, "button_reply") : NULL;

  if (reply == NULL)
    return (SbPressed) { NULL, NULL };
  if (choice == NULL)
    choice = sb_json_object (reply->data, "list_reply");

  return (SbPressed) { sb_json_string (choice, "id"), reply->text };
}

static GtkWidget *
row_for (SbTimeline      *self,
         const SbMessage *message)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, &message->id);

  if (row == NULL)
    {
      row = g_object_ref_sink (sb_message_row_new (self->engine));
      g_hash_table_insert (self->rows, g_memdup2 (&message->id, sizeof message->id), row);
    }

  return row;
}

/* The same label as before, if it stood there before; @make makes it otherwise. */
static void
add_label (SbTimeline *self,
           GPtrArray  *shown,
           GHashTable *labels,
           const char *kind,
           gint64      id,
           GtkWidget *(*make) (SbTimeline *self, const SbMessage *message),
           const SbMessage *message)
{
  char      *key = g_strdup_printf ("%s %" G_GINT64_FORMAT, kind, id);
  GtkWidget *label = g_hash_table_lookup (self->labels, key);

  label = label != NULL ? g_object_ref (label) : g_object_ref_sink (make (self, message));
  g_hash_table_insert (labels, key, label);
  g_ptr_array_add (shown, label);
}

static GtkWidget *
make_day (SbTimeline      *self,
          const SbMessage *message)
{
  return sb_day_separator_new (message->sent_at, sb_clock_now (sb_engine_get_clock (self->engine)));
}

static GtkWidget *
make_fresh (SbTimeline      *self,
            const SbMessage *message)
{
  /* Translators: a line above the first message that was not read yet */
  GtkWidget *label = gtk_label_new (C_("line in a conversation", "New"));

  gtk_widget_add_css_class (label, "sb-fresh");

  return label;
}

static GtkWidget *
make_line (SbTimeline      *self,
           const SbMessage *message)
{
  g_autoptr (SbLine) line = sb_reader_get_line (sb_engine_get_reader (self->engine), message->line_id);
  GtkWidget         *label = sb_plain_label_new (line != NULL ? line->name : "", "sb-line-label");

  gtk_widget_set_halign (label, message->direction == SB_DIRECTION_IN ? GTK_ALIGN_START : GTK_ALIGN_END);

  return label;
}

static void
add_labels (SbTimeline      *self,
            GPtrArray       *shown,
            GHashTable      *labels,
            const SbMessage *before,
            const SbMessage *message)
{
  if (before == NULL || other_day (before->sent_at, message->sent_at))
    add_label (self, shown, labels, "day", message->id, make_day, message);
  if (message->id == self->fresh_id)
    add_label (self, shown, labels, "new", message->id, make_fresh, message);
  if (self->many_lines && message->line_id != 0 && (before == NULL || before->line_id != message->line_id))
    add_label (self, shown, labels, "line", message->id, make_line, message);
}

static void
forget_others (SbTimeline *self,
               GPtrArray  *shown)
{
  g_autoptr (GHashTable) kept = g_hash_table_new (NULL, NULL);
  GHashTableIter         iter;
  gpointer               row;

  for (guint i = 0; i < shown->len; i++)
    g_hash_table_add (kept, shown->pdata[i]);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (!g_hash_table_contains (kept, row))
      g_hash_table_iter_remove (&iter);
}

/* Makes the rows on show those of the window. */
void
sb_timeline_show_window (SbTimeline *self)
{
  g_autoptr (GHashTable) answers = collect_answers (self);
  g_autoptr (GPtrArray)  shown = g_ptr_array_new ();
  GHashTable            *labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  GPtrArray             *messages = self->window->messages;
  gint64                 newest = newest_own (self);

  for (guint i = 0; i < messages->len; i++)
    {
      const SbMessage *before = i > 0 ? messages->pdata[i - 1] : NULL;
      const SbMessage *message = messages->pdata[i];
      const SbMessage *after = i + 1 < messages->len ? messages->pdata[i + 1] : NULL;
      GtkWidget       *row = row_for (self, message);
      SbRowPlace       place = {
              .customer = self->customer,
              .answer = answer_of (g_hash_table_lookup (answers, &message->id)),
              .grouped = are_grouped (self, before, message),
              .tail = !are_grouped (self, message, after),
              .newest_own = message->id == newest,
      };

      add_labels (self, shown, labels, before, message);
      sb_message_row_show (SB_MESSAGE_ROW (row), message, &place);
      g_ptr_array_add (shown, row);
    }
  sb_timeline_column_set_rows (SB_TIMELINE_COLUMN (self->column), shown);
  forget_others (self, shown);
  g_hash_table_unref (self->labels);
  self->labels = labels;
  sb_timeline_mark_found (self);
}
