#include "sb-segment-why.h"

#include <glib/gi18n.h>

struct _SbSegmentWhy
{
  AdwDialog parent_instance;

  SbEngine  *engine;
  gint64     contact_id;
  GPtrArray *segments; /* SbSegment */

  GtkWidget *choice;
  GtkWidget *answer;
  GtkWidget *lines;
};

G_DEFINE_FINAL_TYPE (SbSegmentWhy, sb_segment_why, ADW_TYPE_DIALOG)

static void
add_line (SbSegmentWhy       *self,
          const SbReasonLine *line)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *image = gtk_image_new_from_icon_name (line->is_true ? "object-select-symbolic" : "window-close-symbolic");
  g_autofree char *seen = NULL;
  g_autofree char *spoken = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line->words);
  if (line->seen != NULL)
    {
      /* Translators: what a rule saw when it looked at a customer, as in “Found: VIP, Wedding” */
      seen = g_strdup_printf (_("Found: %s"), line->seen);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), seen);
    }
  gtk_widget_add_css_class (image, line->is_true ? "success" : "warning");
  gtk_widget_set_margin_start (image, (int) line->depth * 18);
  /* Translators: spoken for a tick and for a cross */
  spoken = g_strdup (line->is_true ? _("Holds") : _("Does not hold"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  gtk_list_box_append (GTK_LIST_BOX (self->lines), row);
}

static void
add_problem (SbSegmentWhy *self,
             const char   *sentence)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sentence);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Nobody is in this group until the rule is changed."));
  gtk_widget_add_css_class (image, "warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  gtk_list_box_append (GTK_LIST_BOX (self->lines), row);
}

static void
show_cb (SbSegmentWhy *self)
{
  guint                     chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (self->choice));
  g_autoptr (SbExplanation) explanation = NULL;
  g_autoptr (GError)        error = NULL;

  gtk_list_box_remove_all (GTK_LIST_BOX (self->lines));
  if (chosen >= self->segments->len)
    {
      gtk_label_set_text (GTK_LABEL (self->answer), _("There are no groups yet."));
      return;
    }
  explanation = sb_engine_explain_segment (self->engine, self->segments->pdata[chosen], self->contact_id, &error);
  gtk_label_set_text (GTK_LABEL (self->answer), explanation != NULL ? explanation->sentence : error->message);
  for (guint i = 0; explanation != NULL && i < explanation->problems->len; i++)
    add_problem (self, explanation->problems->pdata[i]);
  for (guint i = 0; explanation != NULL && i < explanation->lines->len; i++)
    add_line (self, explanation->lines->pdata[i]);
  gtk_widget_set_visible (self->lines, gtk_widget_get_first_child (self->lines) != NULL);
}

static void
sb_segment_why_dispose (GObject *object)
{
  SbSegmentWhy *self = SB_SEGMENT_WHY (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->segments, g_ptr_array_unref);

  G_OBJECT_CLASS (sb_segment_why_parent_class)->dispose (object);
}

static void
sb_segment_why_class_init (SbSegmentWhyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_segment_why_dispose;
}

static void
sb_segment_why_init (SbSegmentWhy *self)
{
  GtkWidget           *view = adw_toolbar_view_new ();
  GtkWidget           *page = adw_preferences_page_new ();
  AdwPreferencesGroup *first = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  AdwPreferencesGroup *second = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  self->choice = adw_combo_row_new ();
  /* Translators: a group of people */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->choice), C_("people", "Group"));
  adw_preferences_group_add (first, self->choice);
  self->answer = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->answer), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->answer), 0);
  gtk_widget_set_margin_bottom (self->answer, 12);
  gtk_widget_add_css_class (self->answer, "title-4");
  adw_preferences_group_add (second, self->answer);
  self->lines = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->lines), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->lines, "boxed-list");
  adw_preferences_group_add (second, self->lines);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), first);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), second);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (ADW_DIALOG (self), _("Why in This Group?"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 480);
  adw_dialog_set_content_height (ADW_DIALOG (self), 520);
  adw_dialog_set_child (ADW_DIALOG (self), view);
}

AdwDialog *
sb_segment_why_new (SbEngine *engine,
                    gint64    segment_id,
                    gint64    contact_id)
{
  SbSegmentWhy             *self = g_object_new (SB_TYPE_SEGMENT_WHY, NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint                     chosen = 0;

  self->engine = g_object_ref (engine);
  self->contact_id = contact_id;
  self->segments = sb_reader_list_segments (sb_engine_get_reader (engine));
  for (guint i = 0; i < self->segments->len; i++)
    {
      const SbSegment *segment = self->segments->pdata[i];

      gtk_string_list_append (names, segment->name);
      if (segment->id == segment_id)
        chosen = i;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->choice), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->choice), chosen);
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (show_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_set_focus (ADW_DIALOG (self), self->choice);
  show_cb (self);

  return ADW_DIALOG (self);
}
