#include "sb-tag-group.h"

#include <glib/gi18n.h>

#include "sb-tag-colour.h"
#include "sb-tag-page.h"

/**
 * SbTagGroup:
 *
 * The tags of the shop by name: each says its colour and how many conversations have it, and opens to be changed everywhere at
 * once.
 */
struct _SbTagGroup
{
  AdwPreferencesGroup parent_instance;

  SbEngine  *engine;
  GtkWidget *list;
  GtkWidget *empty;
  guint      refresh_id;
  guint      focus_id;
  int        opened; /* the place of the row whose page was opened last */
};

G_DEFINE_FINAL_TYPE (SbTagGroup, sb_tag_group, ADW_TYPE_PREFERENCES_GROUP)

/* Thousands of conversations may be tagged one after the other. */
#define REFRESH_MS 100

/* -- the rows -- */

static char *
make_subtitle (const SbTagRow *tag)
{
  if (tag->n_threads == 0 && tag->n_people > 0)
    /* Translators: how many customers have a tag who have no conversation yet */
    return g_strdup_printf (ngettext ("%u customer", "%u customers", tag->n_people), tag->n_people);
  if (tag->n_threads == 0)
    return g_strdup (_("Nobody has it"));

  return g_strdup_printf (ngettext ("%u conversation", "%u conversations", tag->n_threads), tag->n_threads);
}

static void
show_tag (GtkWidget      *row,
          const SbTagRow *tag)
{
  g_autofree char *subtitle = make_subtitle (tag);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), tag->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  sb_tag_colour_set (g_object_get_data (G_OBJECT (row), "dot"), tag->colour);
}

GtkWidget *
sb_tag_row_new (const SbTagRow *tag)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *dot = sb_tag_dot_new (tag->colour);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), dot);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "dot", dot);
  g_object_set_data_full (G_OBJECT (row), "tag", g_memdup2 (&tag->id, sizeof tag->id), g_free);
  show_tag (row, tag);

  return row;
}

static gint64
tag_of (gpointer row)
{
  return *(gint64 *) g_object_get_data (row, "tag");
}

static void
open_cb (GtkListBox    *list,
         GtkListBoxRow *row,
         gpointer       user_data)
{
  SbTagGroup *self = user_data;
  GtkWidget  *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  self->opened = gtk_list_box_row_get_index (row);
  if (dialog != NULL)
    adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (dialog), ADW_NAVIGATION_PAGE (sb_tag_page_new (self->engine, tag_of (row))));
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "sb-tag-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("No Tags Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("Give a conversation its first tag with the key T, or with Tag… in its menu."));
  gtk_widget_add_css_class (page, "compact");

  return page;
}

/* A row may go while its page is open, or while it has the focus: the keys go on with its neighbour. */
static gboolean
focus_cb (gpointer user_data)
{
  SbTagGroup *self = user_data;
  GtkWidget  *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_DIALOG);
  GtkRoot    *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget  *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget  *row;

  self->focus_id = 0;
  if (dialog == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) || (focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_is_ancestor (focus, dialog)))
    return G_SOURCE_REMOVE;
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), self->opened));
  if (row == NULL)
    row = gtk_widget_get_last_child (self->list);
  if (row == NULL || !gtk_widget_grab_focus (row))
    gtk_widget_child_focus (dialog, GTK_DIR_TAB_FORWARD);

  return G_SOURCE_REMOVE;
}

static void
settle_focus (SbTagGroup *self)
{
  if (self->focus_id == 0)
    self->focus_id = g_idle_add (focus_cb, self);
}

static GtkWidget *
find_row (SbTagGroup *self,
          gint64      tag_id)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (tag_of (row) == tag_id)
      return row;

  return NULL;
}

static int
compare (GtkListBoxRow *a,
         GtkListBoxRow *b,
         gpointer       user_data)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (a), "place")) - GPOINTER_TO_INT (g_object_get_data (G_OBJECT (b), "place"));
}

/* The row of @tag, which stays itself whatever of it changes. */
static GtkWidget *
take_row (SbTagGroup     *self,
          const SbTagRow *tag)
{
  GtkWidget *row = find_row (self, tag->id);

  if (row != NULL)
    {
      show_tag (row, tag);
      return row;
    }
  row = sb_tag_row_new (tag);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);

  return row;
}

static void
show_tags (SbTagGroup *self)
{
  g_autoptr (GPtrArray) tags = sb_reader_list_tag_rows (sb_engine_get_reader (self->engine));
  GtkWidget            *next;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL; row = gtk_widget_get_next_sibling (row))
    g_object_set_data (G_OBJECT (row), "place", GINT_TO_POINTER (-1));
  for (guint i = 0; i < tags->len; i++)
    g_object_set_data (G_OBJECT (take_row (self, tags->pdata[i])), "place", GINT_TO_POINTER (i));
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL; row = next)
    {
      next = gtk_widget_get_next_sibling (row);
      if (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "place")) < 0)
        gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
    }
  gtk_list_box_invalidate_sort (GTK_LIST_BOX (self->list));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), tags->len > 0 ? _("What you change here changes everywhere. Undo takes it back.") : NULL);
  gtk_widget_set_visible (self->list, tags->len > 0);
  gtk_widget_set_visible (self->empty, tags->len == 0);
  settle_focus (self);
}

static gboolean
refresh_cb (gpointer user_data)
{
  SbTagGroup *self = user_data;

  self->refresh_id = 0;
  show_tags (self);

  return G_SOURCE_REMOVE;
}

static void
event_cb (SbTagGroup *self,
          SbEvent    *event)
{
  if ((event->kind == SB_EVENT_TAG_CHANGED || event->kind == SB_EVENT_THREAD_TAGGED || event->kind == SB_EVENT_UNDONE) && self->refresh_id == 0)
    self->refresh_id = g_timeout_add (REFRESH_MS, refresh_cb, self);
}

static void
sb_tag_group_dispose (GObject *object)
{
  SbTagGroup *self = SB_TAG_GROUP (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->focus_id, g_source_remove);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_tag_group_parent_class)->dispose (object);
}

static void
sb_tag_group_class_init (SbTagGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_tag_group_dispose;
}

static void
sb_tag_group_init (SbTagGroup *self)
{
  self->list = gtk_list_box_new ();
  self->empty = make_empty ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_set_sort_func (GTK_LIST_BOX (self->list), compare, NULL, NULL);
  gtk_widget_add_css_class (self->list, "boxed-list");
  g_signal_connect (self->list, "row-activated", G_CALLBACK (open_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->list);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->empty);
  g_signal_connect (self, "map", G_CALLBACK (settle_focus), NULL);
}

GtkWidget *
sb_tag_group_new (SbEngine *engine)
{
  SbTagGroup *self = g_object_new (SB_TYPE_TAG_GROUP, NULL);

  self->engine = g_object_ref (engine);
  gtk_widget_set_sensitive (GTK_WIDGET (self), !sb_engine_is_read_only (engine));
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  show_tags (self);

  return GTK_WIDGET (self);
}

/* -- the dialog -- */

/* Undo of the desk, where no text is being written. */
static gboolean
undo_key_cb (GtkWidget *dialog,
             GVariant  *arguments,
             gpointer   user_data)
{
  GtkRoot              *root = gtk_widget_get_root (dialog);
  GtkWidget            *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  g_autoptr (GtkWidget) parent = g_weak_ref_get (g_object_get_data (G_OBJECT (dialog), "parent"));

  return parent != NULL && (focus == NULL || !GTK_IS_EDITABLE (focus)) && gtk_widget_activate_action (parent, user_data, NULL);
}

static void
add_key (GtkWidget  *dialog,
         const char *trigger,
         const char *action)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger), gtk_callback_action_new (undo_key_cb, (gpointer) action, NULL)));
  gtk_widget_add_controller (dialog, keys);
}

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

void
sb_tags_present (GtkWidget *parent,
                 SbEngine  *engine)
{
  AdwDialog *dialog = adw_preferences_dialog_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GWeakRef  *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, parent);
  g_object_set_data_full (G_OBJECT (dialog), "parent", weak, weak_free);
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), C_("dialog", "Tags"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (page), "sb-tag-symbolic");
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (sb_tag_group_new (engine)));
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (dialog), ADW_PREFERENCES_PAGE (page));
  adw_dialog_set_title (dialog, C_("dialog", "Tags"));
  adw_dialog_set_content_width (dialog, 480);
  adw_dialog_set_content_height (dialog, 560);
  add_key (GTK_WIDGET (dialog), "<Control>z", "inbox.undo");
  add_key (GTK_WIDGET (dialog), "<Control><Shift>z", "inbox.redo");
  adw_dialog_present (dialog, parent);
}

static void
edit_cb (GtkWidget *button,
         SbEngine  *engine)
{
  GtkWidget            *choice = gtk_widget_get_ancestor (button, ADW_TYPE_DIALOG);
  g_autoptr (GtkWidget) parent = g_weak_ref_get (g_object_get_data (G_OBJECT (button), "parent"));

  adw_dialog_close (ADW_DIALOG (choice));
  if (parent != NULL)
    sb_tags_present (parent, engine);
}

void
sb_tags_add_to_choice (SbChoiceDialog *choice,
                       GtkWidget      *parent,
                       SbEngine       *engine)
{
  GtkWidget *button = gtk_button_new_with_label (_("Edit Tags…"));
  GWeakRef  *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, parent);
  g_object_set_data_full (G_OBJECT (button), "parent", weak, weak_free);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (edit_cb), engine, 0);
  sb_choice_dialog_add_widget (choice, button);
}
