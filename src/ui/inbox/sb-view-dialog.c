#include "sb-view-dialog.h"

#include <glib/gi18n.h>

#include "sb-choice-dialog.h"
#include "sb-engine-profile.h"
#include "sb-triage.h"

/* The view that gets a name, while it is asked for. */
typedef struct
{
  GtkWidget *widget;
  SbEngine  *engine;
  SbView    *view;
  GtkWidget *own; /* the switch, or NULL where there is nobody else */
} Naming;

static void
naming_free (gpointer data)
{
  Naming *naming = data;

  g_object_unref (naming->widget);
  g_object_unref (naming->engine);
  g_clear_object (&naming->own);
  sb_view_free (naming->view);
  g_free (naming);
}

static void
save (Naming     *naming,
      gint64      id,
      const char *name,
      const char *said)
{
  g_autofree char *query = sb_view_to_query (naming->view);
  SbAct            act = { .kind = SB_ACT_SAVE_VIEW, .value = id, .text = name, .query = query };

  act.own = naming->own != NULL && adw_switch_row_get_active (ADW_SWITCH_ROW (naming->own));
  sb_triage_act (naming->widget, naming->engine, &act, said);
}

/* A name that is there already means that view. */
static void
save_cb (const char *name,
         gpointer    user_data)
{
  Naming               *naming = user_data;
  g_autoptr (GPtrArray) views = sb_reader_list_views (sb_engine_get_reader (naming->engine));
  gint64                id = 0;

  for (guint i = 0; i < views->len; i++)
    {
      const SbNamed *view = views->pdata[i];

      if (g_utf8_collate (view->name, name) == 0)
        id = view->id;
    }
  save (naming, id, name, id != 0 ? _("View changed") : _("View saved"));
}

static void
rename_cb (const char *name,
           gpointer    user_data)
{
  Naming *naming = user_data;

  save (naming, naming->view->id, name, _("View renamed"));
}

/* Whether nobody else shall see it. */
static GtkWidget *
make_own (Naming *naming)
{
  GtkWidget *box = gtk_list_box_new ();

  naming->own = g_object_ref_sink (adw_switch_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (naming->own), _("Only for Me"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (box), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (box, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (box), naming->own);

  return box;
}

static void
ask (GtkWidget    *widget,
     SbEngine     *engine,
     const SbView *view,
     const char   *title,
     const char   *name,
     SbTyped       typed)
{
  Naming               *naming = g_new0 (Naming, 1);
  g_autoptr (GPtrArray) people = sb_engine_list_profiles (engine);
  SbChoiceDialog       *dialog = sb_choice_dialog_new (title, NULL, naming, naming_free);

  naming->widget = g_object_ref (widget);
  naming->engine = g_object_ref (engine);
  naming->view = sb_view_copy (view);
  sb_choice_dialog_add_entry (dialog, _("Name of the View"), name, typed);
  if (typed == save_cb && people->len > 1)
    sb_choice_dialog_add_widget (dialog, make_own (naming));
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

void
sb_view_dialog_save (GtkWidget    *widget,
                     SbEngine     *engine,
                     const SbView *view)
{
  g_autofree char *words = sb_view_describe (view, engine);

  ask (widget, engine, view, _("Save as View"), view->id != 0 ? view->title : words, save_cb);
}

void
sb_view_dialog_rename (GtkWidget    *widget,
                       SbEngine     *engine,
                       const SbView *view)
{
  ask (widget, engine, view, _("Rename the View"), view->title, rename_cb);
}

void
sb_view_delete (GtkWidget    *widget,
                SbEngine     *engine,
                const SbView *view)
{
  SbAct act = { .kind = SB_ACT_DELETE_VIEW, .value = view->id };

  sb_triage_act (widget, engine, &act, _("View deleted"));
}
