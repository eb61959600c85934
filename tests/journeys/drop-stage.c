/*
 * The real window over a shop's folder, and files dropped on it: drop-stage SHOP LINES ANSWERS. Each of LINES is paths with
 * blanks between them, handed to the drop target of the window, or with "place " before it to that of the place that is shown.
 * What the target says of them, yes or no, goes to ANSWERS.
 */
#include <adwaita.h>
#include <locale.h>
#include <string.h>

#include "sb-config.h"
#include "sb-ui-resources.h"
#include "sb-window.h"

typedef struct
{
  SbEngine         *engine;
  GtkWidget        *window;
  GDataInputStream *lines;
  FILE             *answers;
} Stage;

static void next (Stage *stage);

static GtkEventController *
target_of (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return controller;
    }

  return NULL;
}

/* The first of this kind below @widget that is shown. */
static GtkWidget *
find (GtkWidget  *widget,
      const char *type)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
drop (Stage *stage,
      char  *line)
{
  gboolean           on_place = g_str_has_prefix (line, "place ");
  GtkWidget         *widget = on_place ? find (stage->window, "SbContactsPlace") : stage->window;
  g_auto (GStrv)     paths = g_strsplit (on_place ? line + strlen ("place ") : line, " ", -1);
  g_autoptr (GSList) files = NULL;
  g_auto (GValue)    value = G_VALUE_INIT;
  gboolean           taken = FALSE;

  for (char **path = paths; *path != NULL; path++)
    files = g_slist_append (files, g_file_new_for_path (*path));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (files));
  g_signal_emit_by_name (target_of (widget), "drop", &value, 100.0, 100.0, &taken);
  fputs (taken ? "yes\n" : "no\n", stage->answers);
  fflush (stage->answers);
  g_slist_foreach (files, (GFunc) (void (*) (void)) g_object_unref, NULL);
}

static void
line_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Stage           *stage = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (object), result, NULL, NULL);

  if (line == NULL)
    return;
  drop (stage, line);
  next (stage);
}

static void
next (Stage *stage)
{
  g_data_input_stream_read_line_async (stage->lines, G_PRIORITY_DEFAULT, NULL, line_cb, stage);
}

static void
activate_cb (GtkApplication *application,
             gpointer        user_data)
{
  Stage                     *stage = user_data;
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  sb_ui_register_resource ();
  gtk_css_provider_load_from_resource (provider, SB_RESOURCES "/ui/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()), SB_RESOURCES "/icons");
  stage->window = sb_window_new (application);
  sb_window_show_shop (SB_WINDOW (stage->window), stage->engine, NULL);
  gtk_window_present (GTK_WINDOW (stage->window));
  next (stage);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GFile)          file = g_file_new_for_path (argv[2]);
  g_autoptr (GError)         error = NULL;
  Stage                      stage = { 0 };

  setlocale (LC_ALL, "");
  stage.engine = sb_engine_open (argv[1], SB_ENGINE_DEFAULT, NULL, &error);
  if (stage.engine == NULL)
    g_error ("%s", error->message);
  stage.lines = g_data_input_stream_new (G_INPUT_STREAM (g_file_read (file, NULL, NULL)));
  stage.answers = fopen (argv[3], "w");
  application = adw_application_new ("io.github.shopbell.Drops", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &stage);
  g_application_run (G_APPLICATION (application), 1, argv);
  g_object_unref (stage.lines);
  fclose (stage.answers);
  sb_engine_close (stage.engine);
  g_object_unref (stage.engine);

  return 0;
}
