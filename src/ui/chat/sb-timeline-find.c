/* The words that were found, marked in the bubbles that are on show. */
#include "sb-find.h"
#include "sb-text-block.h"
#include "sb-timeline-private.h"

/* The layout of the words lies somewhere inside the row, wherever its kind of message has it. */
static void
mark (GtkWidget         *widget,
      const char *const *words)
{
  if (SB_IS_TEXT_BLOCK (widget))
    sb_text_block_set_found (SB_TEXT_BLOCK (widget), words);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    mark (child, words);
}

/* Once for each bubble: a message that changes gets a new one. */
static void
mark_row (SbTimeline *self,
          gint64      message_id,
          GtkWidget  *row)
{
  GtkWidget     *bubble = gtk_widget_get_first_child (row);
  gboolean       wanted = self->found_ids != NULL && g_hash_table_contains (self->found_ids, &message_id);
  guint          serial = wanted ? self->found_serial : 0;
  g_auto (GStrv) words = NULL;

  if (bubble == NULL || GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (bubble), "found")) == serial)
    return;
  g_object_set_data (G_OBJECT (bubble), "found", GUINT_TO_POINTER (serial));
  words = wanted ? sb_reader_list_found_words (sb_engine_get_reader (self->engine), message_id, self->found_words) : NULL;
  mark (bubble, (const char *const *) words);
}

/* After the rows on show have changed. */
void
sb_timeline_mark_found (SbTimeline *self)
{
  GHashTableIter iter;
  gpointer       id, row;

  if (self->found_serial == 0)
    return;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    mark_row (self, *(gint64 *) id, row);
}

/**
 * sb_timeline_set_found:
 * @ids: (nullable): gint64, the messages that have the words; %NULL to mark nothing any more
 */
void
sb_timeline_set_found (SbTimeline *self,
                       GArray     *ids,
                       const char *words)
{
  g_clear_pointer (&self->found_ids, g_hash_table_unref);
  g_clear_pointer (&self->found, g_array_unref);
  g_set_str (&self->found_words, words);
  if (ids != NULL)
    {
      self->found = g_array_ref (ids);
      self->found_ids = g_hash_table_new (g_int64_hash, g_int64_equal);
      for (guint i = 0; i < ids->len; i++)
        g_hash_table_add (self->found_ids, &g_array_index (ids, gint64, i));
    }
  self->found_serial++;
  sb_timeline_mark_found (self);
}
