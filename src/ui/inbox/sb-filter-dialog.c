#include "sb-filter-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-tag-colour.h"

struct _SbFilterDialog
{
  AdwDialog parent_instance;

  SbEngine  *engine;
  SbView    *view;
  GPtrArray *staff;
  GPtrArray *lines;
  GPtrArray *tags;
  GtkWidget *status;
  GtkWidget *person;
  GtkWidget *line;
  GtkWidget *unread;
  GtkWidget *unanswered;
  GtkWidget *find;
  GtkWidget *chips;
  GtkWidget *all;
  gboolean   filling;
};

G_DEFINE_FINAL_TYPE (SbFilterDialog, sb_filter_dialog, ADW_TYPE_DIALOG)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Rows of the choice of state, in the order shown. */
static const struct
{
  const char    *title;
  SbThreadStatus status;
  gboolean       not_closed;
} states[] = {
  { NC_("state", "Not done"), 0, TRUE },
  { NC_("state", "Open"), SB_THREAD_OPEN, FALSE },
  { NC_("state", "Pending"), SB_THREAD_PENDING, FALSE },
  { NC_("state", "Snoozed"), SB_THREAD_SNOOZED, FALSE },
  { NC_("state", "Done"), SB_THREAD_CLOSED, FALSE },
  { NC_("state", "Any"), 0, FALSE },
};

/* Rows before the people: anybody, me, nobody. */
#define N_BEFORE 3

/* From so many on a tag is found by typing. */
#define MANY_TAGS 20

static void
read_tags (SbFilterDialog *self,
           SbThreadFilter *filter)
{
  guint n = 0;

  for (GtkWidget *chip = gtk_widget_get_first_child (self->chips); chip != NULL; chip = gtk_widget_get_next_sibling (chip))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip)) && n < G_N_ELEMENTS (filter->tag_ids))
      filter->tag_ids[n++] = *(gint64 *) g_object_get_data (G_OBJECT (chip), "tag");
  filter->tags_all = adw_switch_row_get_active (ADW_SWITCH_ROW (self->all));
  gtk_widget_set_sensitive (self->all, n > 1);
  /* What would not be asked for cannot be chosen. */
  for (GtkWidget *chip = gtk_widget_get_first_child (self->chips); chip != NULL; chip = gtk_widget_get_next_sibling (chip))
    {
      gboolean is_free = n < G_N_ELEMENTS (filter->tag_ids) || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip));

      gtk_widget_set_sensitive (chip, is_free);
      gtk_widget_set_tooltip_text (chip, is_free ? NULL : _("More tags than these cannot be asked for at once"));
    }
}

/* Chosen ones stay in sight. */
static void
find_cb (SbFilterDialog *self)
{
  g_autofree char *words = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->find)), -1);

  for (GtkWidget *chip = gtk_widget_get_first_child (self->chips); chip != NULL; chip = gtk_widget_get_next_sibling (chip))
    {
      g_autofree char *name = g_utf8_casefold (gtk_button_get_label (GTK_BUTTON (chip)), -1);

      gtk_widget_set_visible (chip, gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip)) || strstr (name, words) != NULL);
    }
}

static void
changed_cb (SbFilterDialog *self)
{
  SbThreadFilter filter = { .with_customer = self->view->filter.with_customer };
  guint          state = adw_combo_row_get_selected (ADW_COMBO_ROW (self->status));
  guint          person = adw_combo_row_get_selected (ADW_COMBO_ROW (self->person));
  guint          line = adw_combo_row_get_selected (ADW_COMBO_ROW (self->line));

  if (self->filling)
    return;
  if (state < G_N_ELEMENTS (states))
    {
      filter.status = states[state].status;
      filter.not_closed = states[state].not_closed;
    }
  if (person == 2)
    filter.assignee_id = -1;
  else if (person >= N_BEFORE && person - N_BEFORE < self->staff->len)
    filter.assignee_id = ((SbNamed *) self->staff->pdata[person - N_BEFORE])->id;
  if (line > 0 && line <= self->lines->len)
    filter.line_id = ((SbLine *) self->lines->pdata[line - 1])->id;
  filter.unread_only = adw_switch_row_get_active (ADW_SWITCH_ROW (self->unread));
  filter.unanswered_only = adw_switch_row_get_active (ADW_SWITCH_ROW (self->unanswered));
  if (filter.unanswered_only)
    filter.with_customer = FALSE;
  read_tags (self, &filter);
  sb_view_set_filter (self->view, self->engine, &filter, person == 1);
  g_signal_emit (self, signals[CHANGED], 0, self->view);
}

/* -- showing the filter -- */

static void
show_states (SbFilterDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const SbThreadFilter     *filter = &self->view->filter;
  guint                     chosen = G_N_ELEMENTS (states) - 1;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      gtk_string_list_append (names, g_dpgettext2 (NULL, "state", states[i].title));
      if (states[i].status == filter->status && states[i].not_closed == (filter->status == 0 && filter->not_closed))
        chosen = i;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->status), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->status), chosen);
}

static void
show_people (SbFilterDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint                     chosen = self->view->mine ? 1 : self->view->filter.assignee_id == -1 ? 2
                                                                                                 : 0;

  gtk_string_list_append (names, C_("assigned to", "Anybody"));
  gtk_string_list_append (names, C_("assigned to", "Me"));
  gtk_string_list_append (names, C_("assigned to", "Nobody"));
  for (guint i = 0; i < self->staff->len; i++)
    {
      const SbNamed *person = self->staff->pdata[i];

      gtk_string_list_append (names, person->name);
      if (!self->view->mine && person->id == self->view->filter.assignee_id)
        chosen = N_BEFORE + i;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->person), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->person), chosen);
}

static void
show_lines (SbFilterDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint                     chosen = 0;

  gtk_string_list_append (names, C_("line", "Any"));
  for (guint i = 0; i < self->lines->len; i++)
    {
      const SbLine *line = self->lines->pdata[i];

      gtk_string_list_append (names, line->name);
      if (line->id == self->view->filter.line_id)
        chosen = i + 1;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->line), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->line), chosen);
  gtk_widget_set_visible (self->line, self->lines->len > 1);
}

static gboolean
has_tag (const SbThreadFilter *filter,
         gint64                tag_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (filter->tag_ids); i++)
    if (filter->tag_ids[i] == tag_id)
      return TRUE;

  return FALSE;
}

static void
show_tags (SbFilterDialog *self)
{
  SbThreadFilter filter;

  for (guint i = 0; i < self->tags->len; i++)
    {
      const SbNamed *tag = self->tags->pdata[i];
      GtkWidget     *chip = gtk_toggle_button_new_with_label (tag->name);

      gtk_widget_add_css_class (chip, "sb-chip");
      gtk_widget_add_css_class (chip, "sb-tag-chip");
      sb_tag_colour_set (chip, tag->colour);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), has_tag (&self->view->filter, tag->id));
      g_object_set_data_full (G_OBJECT (chip), "tag", g_memdup2 (&tag->id, sizeof tag->id), g_free);
      g_signal_connect_object (chip, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      adw_wrap_box_append (ADW_WRAP_BOX (self->chips), chip);
    }
  gtk_widget_set_visible (self->find, self->tags->len > MANY_TAGS);
  adw_switch_row_set_active (ADW_SWITCH_ROW (self->all), self->view->filter.tags_all);
  read_tags (self, &filter);
}

/* -- the whole -- */

static void
sb_filter_dialog_dispose (GObject *object)
{
  SbFilterDialog *self = SB_FILTER_DIALOG (object);

  g_clear_pointer (&self->view, sb_view_free);
  g_clear_pointer (&self->staff, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_filter_dialog_parent_class)->dispose (object);
}

static void
sb_filter_dialog_class_init (SbFilterDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_filter_dialog_dispose;

  signals[CHANGED] = g_signal_new ("changed", SB_TYPE_FILTER_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static GtkWidget *
add_row (AdwPreferencesGroup *group,
         GtkWidget           *row,
         const char          *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);

  return row;
}

static void
sb_filter_dialog_init (SbFilterDialog *self)
{
  GtkWidget           *view = adw_toolbar_view_new ();
  GtkWidget           *page = adw_preferences_page_new ();
  AdwPreferencesGroup *first = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  AdwPreferencesGroup *second = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  self->status = add_row (first, adw_combo_row_new (), C_("filter", "State"));
  self->person = add_row (first, adw_combo_row_new (), C_("filter", "Assigned To"));
  self->line = add_row (first, adw_combo_row_new (), C_("filter", "Line"));
  self->unread = add_row (first, adw_switch_row_new (), _("Only Unread"));
  self->unanswered = add_row (first, adw_switch_row_new (), _("Only Unanswered"));
  adw_preferences_group_set_title (second, _("Tags"));
  self->find = gtk_search_entry_new ();
  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (self->find), _("Find a Tag"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->find), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Find a Tag"), -1);
  g_signal_connect_swapped (self->find, "search-changed", G_CALLBACK (find_cb), self);
  adw_preferences_group_add (second, self->find);
  self->chips = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->chips), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->chips), 6);
  gtk_widget_set_margin_top (self->chips, 12);
  adw_preferences_group_add (second, self->chips);
  self->all = add_row (second, adw_switch_row_new (), _("Must Have All of Them"));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), first);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), second);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (ADW_DIALOG (self), _("Filter"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 420);
  adw_dialog_set_child (ADW_DIALOG (self), view);
}

AdwDialog *
sb_filter_dialog_new (SbEngine     *engine,
                      const SbView *view)
{
  SbFilterDialog *self = g_object_new (SB_TYPE_FILTER_DIALOG, NULL);
  SbReader       *reader = sb_engine_get_reader (engine);

  self->engine = g_object_ref (engine);
  self->view = sb_view_copy (view);
  self->staff = sb_reader_list_staff (reader);
  self->lines = sb_reader_list_lines (reader);
  self->tags = sb_reader_list_tags (reader);
  self->filling = TRUE;
  show_states (self);
  show_people (self);
  show_lines (self);
  adw_switch_row_set_active (ADW_SWITCH_ROW (self->unread), view->filter.unread_only);
  adw_switch_row_set_active (ADW_SWITCH_ROW (self->unanswered), view->filter.unanswered_only);
  show_tags (self);
  self->filling = FALSE;
  g_signal_connect_object (self->status, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->person, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->line, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unread, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unanswered, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->all, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (gtk_widget_get_ancestor (self->chips, ADW_TYPE_PREFERENCES_GROUP), self->tags->len > 0);

  return ADW_DIALOG (self);
}
