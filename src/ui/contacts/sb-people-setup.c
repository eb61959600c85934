#include "sb-people-setup.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-people-acts.h"

/* One dialog: a list of what there is, and a row for another. It lives as long as the dialog. */
typedef struct
{
  AdwDialog *dialog;
  SbEngine  *engine;
  GtkWidget *toasts;
  GtkWidget *list;
  gboolean   fields;
  GtkWidget *name; /* of a new field */
  GtkWidget *kind;
  GtkWidget *choices;
} Setup;

static void
setup_free (gpointer data)
{
  Setup *setup = data;

  g_object_unref (setup->engine);
  g_free (setup);
}

static void fill (Setup *setup);

static void
act (Setup              *setup,
     const SbContactAct *order)
{
  sb_people_act (setup->toasts, setup->engine, order, NULL);
}

static gint64
id_of (gpointer widget)
{
  return *(gint64 *) g_object_get_data (G_OBJECT (widget), "id");
}

static void
set_id (gpointer widget,
        gint64   id)
{
  g_object_set_data_full (G_OBJECT (widget), "id", g_memdup2 (&id, sizeof id), g_free);
}

static GtkWidget *
row_button (Setup      *setup,
            gint64      id,
            const char *icon,
            const char *tooltip,
            GCallback   clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  set_id (button, id);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect (button, "clicked", clicked, setup);

  return button;
}

/* -- stages -- */

static void
rename_stage_cb (AdwEntryRow *row,
                 gpointer     user_data)
{
  SbContactAct order = { .kind = SB_CONTACT_SAVE_STAGE, .value = id_of (row), .text = gtk_editable_get_text (GTK_EDITABLE (row)) };

  act (user_data, &order);
}

static void
add_stage_cb (AdwEntryRow *row,
              gpointer     user_data)
{
  SbContactAct order = { .kind = SB_CONTACT_SAVE_STAGE, .text = gtk_editable_get_text (GTK_EDITABLE (row)) };

  if (order.text[strspn (order.text, " ")] != '\0')
    act (user_data, &order);
}

static void
up_cb (GtkButton *button,
       gpointer   user_data)
{
  SbContactAct order = { .kind = SB_CONTACT_MOVE_STAGE, .value = id_of (button), .by = -1 };

  act (user_data, &order);
}

static void
down_cb (GtkButton *button,
         gpointer   user_data)
{
  SbContactAct order = { .kind = SB_CONTACT_MOVE_STAGE, .value = id_of (button), .by = 1 };

  act (user_data, &order);
}

static void
drop_stage_cb (GtkButton *button,
               gpointer   user_data)
{
  Setup       *setup = user_data;
  SbContactAct order = { .kind = SB_CONTACT_DROP_STAGE, .value = id_of (button) };

  sb_people_act (setup->toasts, setup->engine, &order, _("Stage removed"));
}

static void
fill_stages (Setup *setup)
{
  g_autoptr (GPtrArray) stages = sb_reader_list_stages (sb_engine_get_reader (setup->engine));
  GtkWidget            *add = adw_entry_row_new ();

  for (guint i = 0; i < stages->len; i++)
    {
      const SbNamed *stage = stages->pdata[i];
      GtkWidget     *row = adw_entry_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Stage"));
      gtk_editable_set_text (GTK_EDITABLE (row), stage->name);
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
      set_id (row, stage->id);
      g_signal_connect (row, "apply", G_CALLBACK (rename_stage_cb), setup);
      adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), row_button (setup, stage->id, "go-up-symbolic", _("Earlier"), G_CALLBACK (up_cb)));
      adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), row_button (setup, stage->id, "go-down-symbolic", _("Later"), G_CALLBACK (down_cb)));
      adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), row_button (setup, stage->id, "user-trash-symbolic", _("Remove"), G_CALLBACK (drop_stage_cb)));
      gtk_list_box_append (GTK_LIST_BOX (setup->list), row);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (add), _("New Stage"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (add), TRUE);
  g_signal_connect (add, "apply", G_CALLBACK (add_stage_cb), setup);
  gtk_list_box_append (GTK_LIST_BOX (setup->list), add);
}

/* -- details -- */

static void
rename_field_cb (AdwEntryRow *row,
                 gpointer     user_data)
{
  Setup                *setup = user_data;
  g_autoptr (GPtrArray) fields = sb_reader_list_fields (sb_engine_get_reader (setup->engine));

  for (guint i = 0; i < fields->len; i++)
    {
      SbField     *field = fields->pdata[i];
      SbContactAct order = { .kind = SB_CONTACT_SAVE_FIELD, .field = field };

      if (field->id != id_of (row))
        continue;
      g_set_str (&field->name, gtk_editable_get_text (GTK_EDITABLE (row)));
      act (setup, &order);
    }
}

static void
drop_field_cb (GtkButton *button,
               gpointer   user_data)
{
  Setup       *setup = user_data;
  SbContactAct order = { .kind = SB_CONTACT_DROP_FIELD, .value = id_of (button) };

  sb_people_act (setup->toasts, setup->engine, &order, _("Detail removed"));
}

static void
add_field_cb (Setup *setup)
{
  const char    *name = gtk_editable_get_text (GTK_EDITABLE (setup->name));
  g_auto (GStrv) choices = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (setup->choices)), ",", -1);
  SbField        field = { .name = (char *) name, .kind = (SbFieldKind) (adw_combo_row_get_selected (ADW_COMBO_ROW (setup->kind)) + 1), .choices = choices };
  SbContactAct   order = { .kind = SB_CONTACT_SAVE_FIELD, .field = &field };

  for (char **choice = choices; *choice != NULL; choice++)
    g_strstrip (*choice);
  if (choices[0] != NULL && choices[0][0] == '\0' && choices[1] == NULL)
    g_clear_pointer (&choices[0], g_free);
  act (setup, &order);
}

static void
kind_cb (Setup *setup)
{
  gtk_widget_set_visible (setup->choices, adw_combo_row_get_selected (ADW_COMBO_ROW (setup->kind)) + 1 == SB_FIELD_CHOICE);
}

static void
add_new_field (Setup *setup)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);
  GtkWidget                *add = adw_button_row_new ();

  for (int i = SB_FIELD_TEXT; i <= SB_N_FIELD_KINDS; i++)
    gtk_string_list_append (kinds, sb_field_kind_get_label ((SbFieldKind) i));
  setup->name = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (setup->name), _("New Detail"));
  setup->kind = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (setup->kind), _("Kind"));
  adw_combo_row_set_model (ADW_COMBO_ROW (setup->kind), G_LIST_MODEL (kinds));
  setup->choices = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (setup->choices), _("Choices, with Commas Between"));
  gtk_widget_set_visible (setup->choices, FALSE);
  g_signal_connect_swapped (setup->kind, "notify::selected", G_CALLBACK (kind_cb), setup);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (add), _("Add"));
  g_signal_connect_swapped (add, "activated", G_CALLBACK (add_field_cb), setup);
  gtk_list_box_append (GTK_LIST_BOX (setup->list), setup->name);
  gtk_list_box_append (GTK_LIST_BOX (setup->list), setup->kind);
  gtk_list_box_append (GTK_LIST_BOX (setup->list), setup->choices);
  gtk_list_box_append (GTK_LIST_BOX (setup->list), add);
}

static void
fill_fields (Setup *setup)
{
  g_autoptr (GPtrArray) fields = sb_reader_list_fields (sb_engine_get_reader (setup->engine));

  for (guint i = 0; i < fields->len; i++)
    {
      const SbField *field = fields->pdata[i];
      GtkWidget     *row = adw_entry_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sb_field_kind_get_label (field->kind));
      gtk_editable_set_text (GTK_EDITABLE (row), field->name);
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
      set_id (row, field->id);
      g_signal_connect (row, "apply", G_CALLBACK (rename_field_cb), setup);
      adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), row_button (setup, field->id, "user-trash-symbolic", _("Remove"), G_CALLBACK (drop_field_cb)));
      gtk_list_box_append (GTK_LIST_BOX (setup->list), row);
    }
  add_new_field (setup);
}

/* -- the dialog -- */

static void
fill (Setup *setup)
{
  gtk_list_box_remove_all (GTK_LIST_BOX (setup->list));
  if (setup->fields)
    fill_fields (setup);
  else
    fill_stages (setup);
}

static void
event_cb (AdwDialog *dialog,
          SbEvent   *event)
{
  if (event->kind == SB_EVENT_PEOPLE_SETUP)
    fill (g_object_get_data (G_OBJECT (dialog), "setup"));
}

static void
present (GtkWidget  *parent,
         SbEngine   *engine,
         gboolean    fields,
         const char *title,
         const char *words)
{
  Setup     *setup = g_new0 (Setup, 1);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  setup->dialog = adw_dialog_new ();
  setup->engine = g_object_ref (engine);
  setup->fields = fields;
  setup->toasts = adw_toast_overlay_new ();
  setup->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (setup->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (setup->list, "boxed-list");
  g_object_set_data_full (G_OBJECT (setup->dialog), "setup", setup, setup_free);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), setup->dialog, G_CONNECT_SWAPPED);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), words);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), setup->list);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (setup->toasts), view);
  adw_dialog_set_child (setup->dialog, setup->toasts);
  adw_dialog_set_title (setup->dialog, title);
  adw_dialog_set_content_width (setup->dialog, 440);
  adw_dialog_set_content_height (setup->dialog, 560);
  fill (setup);
  adw_dialog_present (setup->dialog, parent);
}

void
sb_people_setup_present_stages (GtkWidget *parent,
                                SbEngine  *engine)
{
  present (parent, engine, FALSE, _("Stages"), _("What a customer goes through with you, in this order."));
}

void
sb_people_setup_present_fields (GtkWidget *parent,
                                SbEngine  *engine)
{
  present (parent, engine, TRUE, _("Details of Customers"), _("What you note of every customer: what they like, when they were born, how they pay."));
}
