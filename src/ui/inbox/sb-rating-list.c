#include "sb-rating-list.h"

#include <glib/gi18n.h>

#include "sb-thread-row.h"

#define MOST 5

GtkWidget *
sb_rating_list_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = gtk_label_new (_("How It Was"));
  GtkWidget *list = gtk_list_box_new ();

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (heading, "dimmed");
  gtk_widget_set_margin_top (heading, 9);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), list);
  gtk_widget_set_visible (box, FALSE);

  return box;
}

static char *
score_words (const SbRating *rating)
{
  const char *faces[] = { C_("rating", "🙁 Not good"), C_("rating", "😐 All right"), C_("rating", "🙂 Good") };

  if (rating->scale == 3 && rating->score >= 1 && rating->score <= 3)
    return g_strdup (faces[rating->score - 1]);

  /* Translators: a mark, the best mark */
  return g_strdup_printf (_("%d of %d"), rating->score, rating->scale);
}

void
sb_rating_list_show (GtkWidget *self,
                     SbEngine  *engine,
                     gint64     thread_id)
{
  g_autoptr (GPtrArray) ratings = sb_reader_list_ratings (sb_engine_get_reader (engine), thread_id, MOST);
  GtkWidget            *list = gtk_widget_get_last_child (self);
  gint64                now = sb_clock_now (sb_engine_get_clock (engine));

  gtk_list_box_remove_all (GTK_LIST_BOX (list));
  for (guint i = 0; i < ratings->len; i++)
    {
      const SbRating  *rating = ratings->pdata[i];
      GtkWidget       *row = adw_action_row_new ();
      g_autofree char *score = score_words (rating);
      g_autofree char *time = sb_time_short (rating->at, now);
      /* Translators: when, and who had closed the conversation */
      g_autofree char *sub = rating->staff != NULL ? g_strdup_printf (_("%s · closed by %s"), time, rating->staff) : g_strdup (time);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), score);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), sub);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  gtk_widget_set_visible (self, ratings->len > 0);
}
