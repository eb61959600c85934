#include "sb-import-marks-group.h"

#include <glib/gi18n.h>

#include "sb-reader-contacts.h"

#define OFFERED_MAX 30 /* tags; others are typed */

struct _SbImportMarksGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *tag;
  GtkWidget *tags; /* the menu of those there are */
  GtkWidget *stage;
  gboolean   filling;
};

G_DEFINE_FINAL_TYPE (SbImportMarksGroup, sb_import_marks_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed_cb (SbImportMarksGroup *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
tag_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  gtk_editable_set_text (GTK_EDITABLE (SB_IMPORT_MARKS_GROUP (widget)->tag), g_variant_get_string (parameter, NULL));
}

/* (nullable) */
const char *
sb_import_marks_group_get_tag (SbImportMarksGroup *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->tag));

  return text[strspn (text, " ")] != '\0' ? text : NULL;
}

/* (nullable) */
const char *
sb_import_marks_group_get_stage (SbImportMarksGroup *self)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self->stage));

  return adw_combo_row_get_selected (ADW_COMBO_ROW (self->stage)) > 0 && chosen != NULL ? gtk_string_object_get_string (chosen) : NULL;
}

void
sb_import_marks_group_set (SbImportMarksGroup *self,
                           const char         *tag,
                           const char         *stage)
{
  GListModel *stages = adw_combo_row_get_model (ADW_COMBO_ROW (self->stage));

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->tag), tag != NULL ? tag : "");
  for (guint i = 1; stage != NULL && i < g_list_model_get_n_items (stages); i++)
    if (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (stages), i), stage) == 0)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->stage), i);
  self->filling = FALSE;
}

void
sb_import_marks_group_offer (SbImportMarksGroup *self,
                             SbReader           *reader)
{
  g_autoptr (GPtrArray)     tags = sb_reader_list_tags (reader);
  g_autoptr (GPtrArray)     stages = sb_reader_list_stages (reader);
  g_autoptr (GMenu)         menu = g_menu_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < MIN (tags->len, OFFERED_MAX); i++)
    {
      const SbNamed        *tag = tags->pdata[i];
      g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
      g_auto (GStrv)        parts = g_strsplit (tag->name, "_", -1);
      g_autofree char      *label = g_strjoinv ("__", parts);

      g_menu_item_set_label (item, label);
      g_menu_item_set_action_and_target (item, "marks.tag", "s", tag->name);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->tags), G_MENU_MODEL (menu));
  gtk_widget_set_visible (self->tags, tags->len > 0);

  self->filling = TRUE;
  /* Translators: people of a list are put into no stage */
  gtk_string_list_append (names, _("None"));
  for (guint i = 0; i < stages->len; i++)
    gtk_string_list_append (names, ((const SbNamed *) stages->pdata[i])->name);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->stage), G_LIST_MODEL (names));
  gtk_widget_set_visible (self->stage, stages->len > 0);
  self->filling = FALSE;
}

static void
sb_import_marks_group_class_init (SbImportMarksGroupClass *klass)
{
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "marks.tag", "s", tag_action);
  signals[CHANGED] = g_signal_new ("changed", SB_TYPE_IMPORT_MARKS_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* What the stage means, below it: in the row stands what is chosen. */
static GtkWidget *
make_foot (SbImportMarksGroup *self)
{
  GtkWidget *foot = gtk_label_new (_("Who is in one already stays there"));

  gtk_label_set_wrap (GTK_LABEL (foot), TRUE);
  gtk_label_set_xalign (GTK_LABEL (foot), 0);
  gtk_widget_set_margin_top (foot, 6);
  gtk_widget_set_margin_start (foot, 12);
  gtk_widget_add_css_class (foot, "sb-small-line");
  g_object_bind_property (self->stage, "visible", foot, "visible", G_BINDING_SYNC_CREATE);

  return foot;
}

static void
sb_import_marks_group_init (SbImportMarksGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  adw_preferences_group_set_title (group, _("For Everybody on the List"));
  self->tag = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->tag), _("Add Tag"));
  g_signal_connect_object (self->tag, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->tags = gtk_menu_button_new ();
  gtk_widget_set_tooltip_text (self->tags, _("Tags There Are"));
  gtk_widget_set_valign (self->tags, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->tags, "flat");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->tag), self->tags);
  adw_preferences_group_add (group, self->tag);
  self->stage = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->stage), _("Put Into Stage"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->stage), FALSE);
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self->stage), TRUE);
  g_signal_connect_object (self->stage, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->stage, FALSE);
  adw_preferences_group_add (group, self->stage);
  adw_preferences_group_add (group, make_foot (self));
}

GtkWidget *
sb_import_marks_group_new (void)
{
  return g_object_new (SB_TYPE_IMPORT_MARKS_GROUP, NULL);
}
