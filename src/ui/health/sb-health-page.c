#include "sb-health-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-check-row.h"
#include "sb-thread-row.h"

/**
 * SbHealthPage:
 *
 * Is everything well? Lines, what comes in, what goes out, this computer: a shape, a word and one sentence each. Check Again
 * really asks the network, line by line.
 */
struct _SbHealthPage
{
  AdwBin parent_instance;

  SbEngine     *engine;
  GtkWidget    *title;
  GtkWidget    *again;
  GtkWidget    *page;
  GPtrArray    *groups; /* GtkWidget */
  GPtrArray    *checks; /* SbCheck of the last round, or NULL */
  GCancellable *cancellable;
  guint         n_running;
  guint         refresh_id;
};

G_DEFINE_FINAL_TYPE (SbHealthPage, sb_health_page, ADW_TYPE_BIN)

static void again_cb (GtkButton *button,
                      gpointer   user_data);

/* -- rows -- */

static void
fixed_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbHealthPage) self = user_data;
  g_autoptr (GError)       error = NULL;

  if (self->page == NULL)
    return;
  if (sb_engine_fix_line_finish (SB_ENGINE (object), result, &error))
    again_cb (NULL, self);
  else
    adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), error->message);
}

static void
fix_cb (GtkButton *button,
        gpointer   user_data)
{
  SbHealthPage         *self = user_data;
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (self->engine));

  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  for (guint i = 0; i < lines->len; i++)
    sb_engine_fix_line_async (self->engine, lines->pdata[i], NULL, g_object_get_data (G_OBJECT (button), "fix"), fixed_cb, g_object_ref (self));
}

static void
add_group (SbHealthPage *self,
           const char   *title,
           GPtrArray    *checks,
           const char   *prefix)
{
  GtkWidget *group = NULL;

  for (guint i = 0; checks != NULL && i < checks->len; i++)
    {
      const SbCheck *check = checks->pdata[i];
      GtkWidget     *row, *fix;

      if (prefix != NULL && !g_str_has_prefix (check->id, prefix))
        continue;
      if (group == NULL)
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
          adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (group));
          g_ptr_array_add (self->groups, group);
        }
      row = sb_check_row_new (check);
      fix = sb_check_row_add_fix (row, check, G_CALLBACK (fix_cb), self);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      if (fix != NULL)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), fix);
    }
}

/* -- lines, with their button -- */

static void
pause_cb (GtkButton *button,
          gpointer   user_data)
{
  SbHealthPage *self = user_data;
  gint64        line_id = *(gint64 *) g_object_get_data (G_OBJECT (button), "line");
  gboolean      pause = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "pause"));

  sb_engine_set_line_paused (self->engine, line_id, pause, 0);
}

static GtkWidget *
make_line_row (SbHealthPage *self,
               const SbLine *line)
{
  g_autofree char *sentence = NULL;
  SbLink           link = sb_engine_get_link (self->engine, line->id, &sentence);
  SbCheck          check = { .state = link == SB_LINK_OK ? SB_CHECK_OK : link == SB_LINK_TROUBLE ? SB_CHECK_FAILED
                                                                                                 : SB_CHECK_WARNING };
  gint64           now = sb_clock_now (sb_engine_get_clock (self->engine));
  g_autofree char *in = line->last_in_at > 0 ? sb_time_short (line->last_in_at, now) : g_strdup ("–");
  g_autofree char *out = line->last_out_at > 0 ? sb_time_short (line->last_out_at, now) : g_strdup ("–");
  /* Translators: state of the line, time of the last message in and out */
  g_autofree char *text = g_strdup_printf (_("%s · last in %s, last out %s"), sentence, in, out);
  gboolean         paused = line->state == SB_LINE_PAUSED;
  GtkWidget       *button = gtk_button_new_with_label (paused ? _("Resume") : _("Pause"));
  GtkWidget       *row;

  check.title = line->kind == SB_LINE_PRACTICE ? (char *) _("Practice Line") : line->name;
  check.sentence = text;
  row = sb_check_row_new (&check);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, !sb_engine_is_read_only (self->engine));
  g_object_set_data_full (G_OBJECT (button), "line", g_memdup2 (&line->id, sizeof line->id), g_free);
  g_object_set_data (G_OBJECT (button), "pause", GINT_TO_POINTER (!paused));
  g_signal_connect (button, "clicked", G_CALLBACK (pause_cb), self);
  if (line->state == SB_LINE_NEEDS_KEY)
    {
      GtkWidget *key = gtk_button_new_with_label (_("Enter the Key…"));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (key), "app.connect");
      gtk_widget_set_valign (key, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (key, "suggested-action");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), key);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);

  return row;
}

static void
add_lines (SbHealthPage *self)
{
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (self->engine));
  GtkWidget            *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Lines"));
  for (guint i = 0; i < lines->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_line_row (self, lines->pdata[i]));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (group));
  g_ptr_array_add (self->groups, group);
}

static void
refresh (SbHealthPage *self)
{
  g_autoptr (GPtrArray) health = sb_engine_list_health (self->engine);

  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (ADW_PREFERENCES_PAGE (self->page), self->groups->pdata[i]);
  g_ptr_array_set_size (self->groups, 0);
  add_lines (self);
  add_group (self, _("Asked Just Now"), self->checks, NULL);
  add_group (self, _("Coming In"), health, "in:");
  add_group (self, _("Going Out"), health, "out:");
  add_group (self, _("This Computer"), health, "computer:");
}

static gboolean
refresh_cb (gpointer user_data)
{
  SbHealthPage *self = user_data;

  self->refresh_id = 0;
  refresh (self);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (SbHealthPage *self)
{
  if (self->refresh_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->refresh_id = g_timeout_add (200, refresh_cb, self);
}

/* -- asking -- */

static void
finish_round (SbHealthPage *self)
{
  g_autofree char *time = sb_time_clock (sb_clock_now (sb_engine_get_clock (self->engine)));
  /* Translators: a time of day */
  g_autofree char *text = g_strdup_printf (_("Checked at %s"), time);

  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), text);
  gtk_widget_set_sensitive (self->again, TRUE);
  refresh (self);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SbHealthPage) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (GPtrArray)    checks = sb_engine_check_line_finish (SB_ENGINE (object), result, &error);

  self->n_running--;
  if (self->page == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (checks == NULL)
    g_ptr_array_add (self->checks, sb_check_new ("line", SB_CHECK_FAILED, _("Line"), error->message));
  for (guint i = 0; checks != NULL && i < checks->len; i++)
    g_ptr_array_add (self->checks, checks->pdata[i]);
  if (checks != NULL)
    g_ptr_array_set_free_func (checks, NULL);
  if (self->n_running == 0)
    finish_round (self);
}

static void
file_checked_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (SbHealthPage) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (GPtrArray)    problems = sb_engine_check_file_finish (SB_ENGINE (object), result, &error);

  self->n_running--;
  if (self->page == NULL)
    return;
  if (problems == NULL)
    g_ptr_array_add (self->checks, sb_check_new ("file", SB_CHECK_FAILED, _("Shop file"),
                                                 g_error_matches (error, SB_ERROR, SB_ERROR_DAMAGED) ? _("A part of it cannot be read or does not fit together. Nothing was deleted.") : error->message));
  else if (problems->len > 0)
    g_ptr_array_add (self->checks, sb_check_new ("file", SB_CHECK_FAILED, _("Shop file"), _("A part of it cannot be read or does not fit together. Nothing was deleted.")));
  else
    g_ptr_array_add (self->checks, sb_check_new ("file", SB_CHECK_OK, _("Shop file"), _("Read through, everything in it is sound")));
  if (self->n_running == 0)
    finish_round (self);
}

static void
again_cb (GtkButton *button,
          gpointer   user_data)
{
  SbHealthPage         *self = user_data;
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (self->engine));

  if (self->n_running > 0)
    return;
  gtk_widget_set_sensitive (self->again, FALSE);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), _("Checking…"));
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  self->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_check_free);
  self->n_running = lines->len + 1;
  for (guint i = 0; i < lines->len; i++)
    sb_engine_check_line_async (self->engine, lines->pdata[i], NULL, NULL, NULL, self->cancellable, checked_cb, g_object_ref (self));
  sb_engine_check_file_async (self->engine, FALSE, file_checked_cb, g_object_ref (self));
}

/* -- the whole -- */

static void
sb_health_page_dispose (GObject *object)
{
  SbHealthPage *self = SB_HEALTH_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  self->page = NULL;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_health_page_parent_class)->dispose (object);
}

static void
sb_health_page_class_init (SbHealthPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_health_page_dispose;
}

static void
sb_health_page_init (SbHealthPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();

  self->cancellable = g_cancellable_new ();
  self->groups = g_ptr_array_new ();
  self->again = gtk_button_new_from_icon_name ("view-refresh-symbolic");
  gtk_widget_set_tooltip_text (self->again, _("Check Again"));
  g_signal_connect (self->again, "clicked", G_CALLBACK (again_cb), self);
  self->title = adw_window_title_new (_("Connection Health"), NULL);
  self->page = adw_preferences_page_new ();
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->again);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->page);
  adw_bin_set_child (ADW_BIN (self), view);
}

GtkWidget *
sb_health_page_new (SbEngine *engine)
{
  SbHealthPage *self = g_object_new (SB_TYPE_HEALTH_PAGE, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "lines-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "counts-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (refresh), NULL);
  again_cb (NULL, self);

  return GTK_WIDGET (self);
}
