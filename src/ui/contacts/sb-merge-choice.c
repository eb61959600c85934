/* With whom to merge: those who may be the same, or anybody who is looked for. */
#include <glib/gi18n.h>

#include "sb-merge-dialog.h"

typedef struct
{
  AdwDialog    *dialog;
  SbEngine     *engine;
  GtkWidget    *parent;
  GtkWidget    *list;
  GtkWidget    *stack;
  gint64        contact_id; /* 0: pairs of the whole shop */
  GCancellable *cancellable;
} Choice;

#define MOST 50

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_cancellable_cancel (choice->cancellable);
  g_object_unref (choice->cancellable);
  g_object_unref (choice->engine);
  g_object_unref (choice->parent);
  g_free (choice);
}

static void
row_cb (GtkListBox    *box,
        GtkListBoxRow *row,
        gpointer       user_data)
{
  Choice               *choice = user_data;
  const SbTwins         twins = *(SbTwins *) g_object_get_data (G_OBJECT (row), "twins");
  g_autoptr (SbEngine)  engine = g_object_ref (choice->engine);
  g_autoptr (GtkWidget) parent = g_object_ref (choice->parent);
  gint64                kept = choice->contact_id != 0 ? choice->contact_id : twins.one_id;

  adw_dialog_close (choice->dialog);
  sb_merge_dialog_present (parent, engine, kept, kept == twins.one_id ? twins.other_id : twins.one_id);
}

static void
add_row (Choice     *choice,
         SbTwins     twins,
         const char *why)
{
  SbReader            *reader = sb_engine_get_reader (choice->engine);
  gint64               other_id = choice->contact_id == twins.other_id ? twins.one_id : twins.other_id;
  g_autoptr (SbPerson) other = sb_reader_get_person (reader, other_id);
  g_autoptr (SbPerson) one = sb_reader_get_person (reader, choice->contact_id != 0 ? choice->contact_id : twins.one_id);
  g_autofree char     *title = NULL;
  g_autofree char     *subtitle = NULL;
  GtkWidget           *row;

  if (other == NULL || one == NULL)
    return;
  /* Translators: two customers who may be one */
  title = choice->contact_id != 0 ? g_strdup (other->name) : g_strdup_printf (_("%s and %s"), one->name, other->name);
  /* Translators: why two customers may be one, and the number of one of them */
  subtitle = why != NULL ? g_strdup_printf (_("%s · %s"), why, other->handle) : g_strdup (other->handle);
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), adw_avatar_new (32, other->name, TRUE));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "twins", g_memdup2 (&twins, sizeof twins), g_free);
  gtk_list_box_append (GTK_LIST_BOX (choice->list), row);
}

static void
filled (Choice *choice)
{
  gtk_stack_set_visible_child_name (GTK_STACK (choice->stack), gtk_list_box_get_row_at_index (GTK_LIST_BOX (choice->list), 0) != NULL ? "list" : "none");
}

static void
twins_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AdwDialog) dialog = user_data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GArray)    twins = sb_engine_list_twins_finish (SB_ENGINE (object), result, &error);
  Choice               *choice = g_object_get_data (G_OBJECT (dialog), "choice");

  if (twins == NULL || choice == NULL)
    return;
  gtk_list_box_remove_all (GTK_LIST_BOX (choice->list));
  for (guint i = 0; i < MIN (twins->len, MOST); i++)
    {
      const SbTwins *pair = &g_array_index (twins, SbTwins, i);

      add_row (choice, *pair, pair->by_number ? _("The same number") : _("The same name"));
    }
  filled (choice);
}

static void
people_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AdwDialog) dialog = user_data;
  g_autoptr (GArray)    ids = sb_engine_list_people_finish (SB_ENGINE (object), result, NULL);
  Choice               *choice = g_object_get_data (G_OBJECT (dialog), "choice");

  if (ids == NULL || choice == NULL)
    return;
  gtk_list_box_remove_all (GTK_LIST_BOX (choice->list));
  for (guint i = 0; i < MIN (ids->len, MOST); i++)
    if (g_array_index (ids, gint64, i) != choice->contact_id)
      add_row (choice, (SbTwins) { choice->contact_id, g_array_index (ids, gint64, i), FALSE }, NULL);
  filled (choice);
}

static void
ask (Choice     *choice,
     const char *words)
{
  SbPeopleQuery query = { .sort = SB_PEOPLE_BY_LAST, .words = (char *) words };

  g_cancellable_cancel (choice->cancellable);
  g_object_unref (choice->cancellable);
  choice->cancellable = g_cancellable_new ();
  if (words != NULL && words[0] != '\0')
    sb_engine_list_people_async (choice->engine, &query, choice->cancellable, people_cb, g_object_ref (choice->dialog));
  else
    sb_engine_list_twins_async (choice->engine, choice->contact_id, choice->cancellable, twins_cb, g_object_ref (choice->dialog));
}

static void
search_cb (GtkSearchEntry *entry,
           gpointer        user_data)
{
  ask (user_data, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static GtkWidget *
make_list (Choice *choice)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *none = adw_status_page_new ();

  choice->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (choice->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (choice->list, "boxed-list");
  gtk_widget_set_valign (choice->list, GTK_ALIGN_START);
  gtk_widget_set_margin_start (choice->list, 12);
  gtk_widget_set_margin_end (choice->list, 12);
  gtk_widget_set_margin_bottom (choice->list, 12);
  g_signal_connect (choice->list, "row-activated", G_CALLBACK (row_cb), choice);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "sb-people-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _("Nobody Looks the Same"));
  adw_status_page_set_description (ADW_STATUS_PAGE (none), choice->contact_id != 0 ? _("Search for a name or a number.") : _("No two customers share a number or a full name."));
  gtk_widget_add_css_class (none, "compact");
  choice->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (choice->stack), choice->list, "list");
  gtk_stack_add_named (GTK_STACK (choice->stack), none, "none");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), choice->stack);

  return scroller;
}

static void
present (GtkWidget *parent,
         SbEngine  *engine,
         gint64     contact_id)
{
  Choice    *choice = g_new0 (Choice, 1);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *search = gtk_search_entry_new ();

  choice->dialog = adw_dialog_new ();
  choice->engine = g_object_ref (engine);
  choice->parent = g_object_ref (parent);
  choice->contact_id = contact_id;
  choice->cancellable = g_cancellable_new ();
  g_object_set_data_full (G_OBJECT (choice->dialog), "choice", choice, choice_free);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  if (contact_id != 0)
    {
      gtk_widget_set_margin_start (search, 12);
      gtk_widget_set_margin_end (search, 12);
      gtk_widget_set_margin_bottom (search, 9);
      gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (search), _("Name, number or detail"));
      g_signal_connect (search, "search-changed", G_CALLBACK (search_cb), choice);
      adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), search);
    }
  else
    g_object_unref (g_object_ref_sink (search));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), make_list (choice));
  adw_dialog_set_title (choice->dialog, contact_id != 0 ? _("Merge With") : _("Possible Duplicates"));
  adw_dialog_set_child (choice->dialog, view);
  adw_dialog_set_content_width (choice->dialog, 420);
  adw_dialog_set_content_height (choice->dialog, 480);
  ask (choice, NULL);
  adw_dialog_present (choice->dialog, parent);
}

void
sb_merge_dialog_present_choice (GtkWidget *parent,
                                SbEngine  *engine,
                                gint64     contact_id)
{
  present (parent, engine, contact_id);
}

void
sb_merge_dialog_present_all (GtkWidget *parent,
                             SbEngine  *engine)
{
  present (parent, engine, 0);
}
