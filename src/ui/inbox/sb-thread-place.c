#include "sb-thread-place.h"

#include "sb-thread-item.h"

/* More is not loaded at once only to be where one was. */
#define MOST 600

static SbThreadList *
list_of (GtkWidget *rows)
{
  return SB_THREAD_LIST (gtk_single_selection_get_model (GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (rows)))));
}

static GtkAdjustment *
adjustment_of (GtkWidget *rows)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (rows));
}

/* All rows are of one height. */
static double
row_height (GtkWidget *rows)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list_of (rows)));

  return n > 0 ? gtk_adjustment_get_upper (adjustment_of (rows)) / n : 0;
}

gint64
sb_thread_place_get (SbThreadView *view,
                     int          *position,
                     double       *rest)
{
  GtkWidget *rows = sb_thread_view_get_rows (view);
  double     height = row_height (rows);
  double     value = gtk_adjustment_get_value (adjustment_of (rows));

  *position = height > 0 ? (int) (value / height) : 0;
  *rest = height > 0 ? value - *position * height : 0;

  return value > 0 ? sb_thread_list_get_id (list_of (rows), (guint) *position) : 0;
}

/* -- going back, as soon as the list has been laid out -- */

typedef struct
{
  gint64 top_id;
  int    position;
  double rest;
} Goal;

static void
laid_out_cb (GtkAdjustment *adjustment,
             gpointer       user_data)
{
  GtkWidget  *rows = user_data;
  const Goal *goal = g_object_get_data (G_OBJECT (rows), "goal");
  int         position;

  if (goal == NULL || gtk_adjustment_get_page_size (adjustment) <= 0)
    return;
  position = sb_thread_list_find (list_of (rows), goal->top_id);
  if (position < 0)
    position = goal->position;
  gtk_adjustment_set_value (adjustment, position * row_height (rows) + goal->rest);
  g_signal_handlers_disconnect_by_func (adjustment, laid_out_cb, rows);
  g_object_set_data (G_OBJECT (rows), "goal", NULL);
}

void
sb_thread_place_set (SbThreadView *view,
                     gint64        top_id,
                     int           position,
                     double        rest)
{
  GtkWidget *rows = sb_thread_view_get_rows (view);
  Goal      *goal;

  if (top_id == 0 || position < 0)
    return;
  goal = g_new (Goal, 1);
  *goal = (Goal) { top_id, MIN (position, MOST), rest };
  g_object_set_data_full (G_OBJECT (rows), "goal", goal, g_free);
  sb_thread_list_want (list_of (rows), (guint) goal->position);
  g_signal_handlers_disconnect_by_func (adjustment_of (rows), laid_out_cb, rows);
  g_signal_connect_object (adjustment_of (rows), "changed", G_CALLBACK (laid_out_cb), rows, 0);
}

gboolean
sb_thread_place_is_pending (SbThreadView *view)
{
  return g_object_get_data (G_OBJECT (sb_thread_view_get_rows (view)), "goal") != NULL;
}

void
sb_thread_place_focus (SbThreadView *view)
{
  GtkWidget *rows = sb_thread_view_get_rows (view);
  double     rest;
  int        position;

  if (sb_thread_place_get (view, &position, &rest) == 0)
    {
      sb_thread_view_focus (view);
      return;
    }
  gtk_list_view_scroll_to (GTK_LIST_VIEW (rows), (guint) position + 1, GTK_LIST_SCROLL_FOCUS, NULL);
  if (!sb_thread_view_has_focus (view))
    gtk_widget_grab_focus (rows);
}
