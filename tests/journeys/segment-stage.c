/* The groups of people in a window of their own, over a shop's folder: the bar, and below it who is in the chosen one. */
#include <adwaita.h>
#include <locale.h>

#include "sb-config.h"
#include "sb-segment-acts.h"
#include "sb-segment-bar.h"
#include "sb-ui-resources.h"

typedef struct
{
  SbEngine  *engine;
  GtkWidget *bar;
  GtkWidget *list;
  char      *show;
  gint64     person; /* who was asked about last; the list is filled anew with each count */
} Stage;

static gint64
person_of (GtkListBoxRow *row)
{
  return *(gint64 *) g_object_get_data (G_OBJECT (row), "person");
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Stage             *stage = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = sb_engine_list_segment_finish (SB_ENGINE (object), result, &error);

  gtk_list_box_remove_all (GTK_LIST_BOX (stage->list));
  for (guint i = 0; ids != NULL && i < MIN (ids->len, 50); i++)
    {
      gint64                id = g_array_index (ids, gint64, i);
      g_autoptr (SbContact) contact = sb_reader_get_contact (sb_engine_get_reader (stage->engine), id);
      GtkWidget            *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), contact->name != NULL ? contact->name : contact->profile_name);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "person", g_memdup2 (&id, sizeof id), g_free);
      gtk_list_box_append (GTK_LIST_BOX (stage->list), row);
    }
  if (error != NULL)
    gtk_list_box_append (GTK_LIST_BOX (stage->list), gtk_label_new (error->message));
}

static void
list (Stage *stage)
{
  sb_engine_list_segment_async (stage->engine, sb_segment_bar_get_chosen (SB_SEGMENT_BAR (stage->bar)), NULL, listed_cb, stage);
}

static void
why_cb (Stage         *stage,
        GtkListBoxRow *row)
{
  stage->person = person_of (row);
  sb_segment_act_why (stage->bar, stage->engine, sb_segment_bar_get_chosen (SB_SEGMENT_BAR (stage->bar)), stage->person);
}

static void
add_cb (Stage *stage)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (stage->person == 0)
    stage->person = person_of (gtk_list_box_get_row_at_index (GTK_LIST_BOX (stage->list), 0));
  g_array_append_val (ids, stage->person);
  sb_segment_act_add (stage->bar, stage->engine, ids);
}

static void
undo_cb (Stage *stage)
{
  sb_engine_undo_async (stage->engine, 0, NULL, NULL);
}

static void
add_header_button (GtkWidget  *header,
                   const char *label,
                   GCallback   callback,
                   Stage      *stage)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  adw_header_bar_pack_start (ADW_HEADER_BAR (header), button);
  g_signal_connect_swapped (button, "clicked", callback, stage);
}

/* What is to be seen in a picture at once. */
static void
show (Stage *stage)
{
  g_autoptr (GPtrArray) segments = sb_reader_list_segments (sb_engine_get_reader (stage->engine));
  gint64                first = segments->len > 0 ? ((SbSegment *) segments->pdata[0])->id : 0;
  g_autoptr (GArray)    ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  SbGroupQuery          query = { 0 };
  g_autoptr (GPtrArray) people = sb_reader_sample_people (sb_engine_get_reader (stage->engine), &query, 1, NULL, NULL);

  g_array_append_val (ids, ((SbNamed *) people->pdata[0])->id);
  if (g_strcmp0 (stage->show, "new") == 0)
    sb_segment_act_new_rule (stage->bar, stage->engine);
  else if (g_strcmp0 (stage->show, "change") == 0)
    sb_segment_act_change (stage->bar, stage->engine, first);
  else if (g_strcmp0 (stage->show, "gone") == 0)
    sb_segment_act_change (stage->bar, stage->engine, ((SbSegment *) segments->pdata[segments->len - 1])->id);
  else if (g_strcmp0 (stage->show, "why") == 0)
    sb_segment_act_why (stage->bar, stage->engine, first, g_array_index (ids, gint64, 0));
  else if (g_strcmp0 (stage->show, "add") == 0)
    sb_segment_act_add (stage->bar, stage->engine, ids);
}

static void
load_looks (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  sb_ui_register_resource ();
  gtk_css_provider_load_from_resource (provider, SB_RESOURCES "/ui/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
activate_cb (GtkApplication *application,
             gpointer        user_data)
{
  Stage     *stage = user_data;
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *toasts = adw_toast_overlay_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  load_looks ();
  stage->bar = sb_segment_bar_new (stage->engine);
  stage->list = gtk_list_box_new ();
  add_header_button (header, "Add to List…", G_CALLBACK (add_cb), stage);
  add_header_button (header, "Undo", G_CALLBACK (undo_cb), stage);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), stage->bar);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), stage->list);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scrolled);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), view);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), toasts);
  gtk_window_set_title (GTK_WINDOW (window), "Groups of People");
  gtk_widget_set_size_request (window, 360, 290);
  g_signal_connect_swapped (stage->bar, "chosen", G_CALLBACK (list), stage);
  g_signal_connect_swapped (stage->bar, "changed", G_CALLBACK (list), stage);
  g_signal_connect_swapped (stage->list, "row-activated", G_CALLBACK (why_cb), stage);
  list (stage);
  gtk_window_present (GTK_WINDOW (window));
  show (stage);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError)         error = NULL;
  Stage                      stage = { 0 };

  setlocale (LC_ALL, "");
  stage.engine = sb_engine_open (argv[1], SB_ENGINE_DEFAULT, NULL, &error);
  if (stage.engine == NULL)
    g_error ("%s", error->message);
  stage.show = argc > 2 ? argv[2] : NULL;
  application = adw_application_new ("io.github.shopbell.Groups", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &stage);
  g_application_run (G_APPLICATION (application), 1, argv);
  sb_engine_close (stage.engine);
  g_object_unref (stage.engine);

  return 0;
}
