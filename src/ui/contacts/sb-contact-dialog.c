#include "sb-contact-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-people-cells.h"
#include "sb-unsaved.h"

/* What the rows of one dialog work for; it lives as long as the dialog. */
typedef struct
{
  AdwDialog   *dialog;
  SbEngine    *engine;
  GtkWidget   *toasts;
  gint64       contact_id; /* 0: a new one */
  gint64       stage_id;
  GtkWidget   *parent;
  SbPeopleDone done;
  gpointer     user_data;
  GtkWidget   *name;
  GtkWidget   *number;
  GtkWidget   *save;
  GtkWidget   *identities;
} Form;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_object_unref (form->engine);
  g_object_unref (form->parent);
  g_free (form);
}

static Form *
form_new (GtkWidget  *parent,
          SbEngine   *engine,
          const char *title)
{
  Form *form = g_new0 (Form, 1);

  form->dialog = adw_dialog_new ();
  form->engine = g_object_ref (engine);
  form->parent = g_object_ref (parent);
  form->toasts = adw_toast_overlay_new ();
  adw_dialog_set_title (form->dialog, title);
  adw_dialog_set_content_width (form->dialog, 420);
  g_object_set_data_full (G_OBJECT (form->dialog), "form", form, form_free);

  return form;
}

static GtkWidget *
group_new (const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);

  return group;
}

static void
add_to (GtkWidget *group,
        GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

/* -- a new one -- */

static void
created_cb (gint64   made,
            gpointer user_data)
{
  Form *form = user_data;

  if (form->done != NULL && gtk_widget_get_root (form->parent) != NULL)
    form->done (made, form->user_data);
  adw_dialog_force_close (form->dialog);
}

static void
save_cb (Form *form)
{
  const char  *name = gtk_editable_get_text (GTK_EDITABLE (form->name));
  SbContactAct act = { .kind = SB_CONTACT_CREATE, .name = name, .text = gtk_editable_get_text (GTK_EDITABLE (form->number)), .value = form->stage_id };

  sb_people_act_then (form->toasts, form->engine, &act, NULL, created_cb, form);
}

static void
update_save_cb (Form *form)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (form->name));
  const char *number = gtk_editable_get_text (GTK_EDITABLE (form->number));

  gtk_widget_set_sensitive (form->save, name[strspn (name, " ")] != '\0' || number[strspn (number, " ")] != '\0');
}

static GtkWidget *
entry_new (Form       *form,
           const char *title)
{
  GtkWidget *entry = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (update_save_cb), form);
  g_signal_connect_swapped (entry, "entry-activated", G_CALLBACK (save_cb), form);
  sb_unsaved_watch (entry);

  return entry;
}

void
sb_contact_dialog_present_new (GtkWidget   *parent,
                               SbEngine    *engine,
                               gint64       stage_id,
                               SbPeopleDone done,
                               gpointer     user_data)
{
  Form      *form = form_new (parent, engine, _("New Contact"));
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = group_new (NULL);

  form->stage_id = stage_id;
  form->done = done;
  form->user_data = user_data;
  form->save = gtk_button_new_with_label (_("Add"));
  gtk_widget_add_css_class (form->save, "suggested-action");
  g_signal_connect_swapped (form->save, "clicked", G_CALLBACK (save_cb), form);
  form->name = entry_new (form, _("Name"));
  form->number = entry_new (form, _("Number or @User Name"));
  add_to (group, form->name);
  add_to (group, form->number);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _("Adding somebody is no agreement to receive messages."));
  update_save_cb (form);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), form->save);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (form->toasts), view);
  adw_dialog_set_child (form->dialog, form->toasts);
  adw_dialog_set_focus (form->dialog, form->name);
  adw_dialog_present (form->dialog, parent);
}

/* -- one that is there: each row is one step of Undo -- */

static void
set (Form       *form,
     const char *column,
     const char *text)
{
  SbContactAct act = { .kind = SB_CONTACT_SET, .contact_ids = &form->contact_id, .n_contacts = 1, .name = column, .text = text };

  sb_people_act (form->toasts, form->engine, &act, NULL);
}

static void
apply_cb (AdwEntryRow *row,
          gpointer     user_data)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));

  /* Words that stood for something else are not taken for it. */
  if (g_strcmp0 (text, g_object_get_data (G_OBJECT (row), "shown")) != 0)
    set (user_data, g_object_get_data (G_OBJECT (row), "column"), text);
  sb_unsaved_watch (GTK_WIDGET (row));
}

static GtkWidget *
add_text (Form       *form,
          GtkWidget  *group,
          const char *title,
          const char *column,
          const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "column", (gpointer) column);
  g_signal_connect (row, "apply", G_CALLBACK (apply_cb), form);
  sb_unsaved_watch (row);
  add_to (group, row);

  return row;
}

static void
add_source (Form       *form,
            GtkWidget  *group,
            const char *source)
{
  g_autofree char *words = sb_people_source_text (source);
  GtkWidget       *row = add_text (form, group, _("Came By"), "source", words);

  g_object_set_data_full (G_OBJECT (row), "shown", g_steal_pointer (&words), g_free);
}

static const char *const languages[] = { "ar", "bn", "de", "en", "es", "fr", "hi", "id", "it", "nl", "pl", "pt", "ru", "sw", "tr", "ur", "zh", NULL };

static void
language_cb (GObject    *object,
             GParamSpec *pspec,
             gpointer    user_data)
{
  guint position = adw_combo_row_get_selected (ADW_COMBO_ROW (object));

  set (user_data, "language", position == 0 || position > G_N_ELEMENTS (languages) - 1 ? NULL : languages[position - 1]);
}

static void
add_language (Form       *form,
              GtkWidget  *group,
              const char *language)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget                *row = adw_combo_row_new ();
  guint                     selected = 0;

  gtk_string_list_append (names, _("Not known"));
  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *name = sb_people_language_text (languages[i]);

      gtk_string_list_append (names, name);
      if (language != NULL && g_str_has_prefix (language, languages[i]))
        selected = i + 1;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Language"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect (row, "notify::selected", G_CALLBACK (language_cb), form);
  add_to (group, row);
}

/* -- numbers and names -- */

static void show_identities (Form *form);

static void
identities_changed_cb (gint64   made,
                       gpointer user_data)
{
  show_identities (user_data);
}

static void
drop_cb (GtkButton *button,
         gpointer   user_data)
{
  Form        *form = user_data;
  SbContactAct act = { .kind = SB_CONTACT_DROP_IDENTITY, .contact_ids = &form->contact_id, .n_contacts = 1, .value = *(gint64 *) g_object_get_data (G_OBJECT (button), "identity") };

  sb_people_act_then (form->toasts, form->engine, &act, NULL, identities_changed_cb, form);
}

static void
add_cb (AdwEntryRow *row,
        gpointer     user_data)
{
  Form        *form = user_data;
  SbContactAct act = { .kind = SB_CONTACT_ADD_IDENTITY, .contact_ids = &form->contact_id, .n_contacts = 1, .text = gtk_editable_get_text (GTK_EDITABLE (row)) };

  if (act.text[strspn (act.text, " ")] != '\0')
    sb_people_act_then (form->toasts, form->engine, &act, NULL, identities_changed_cb, form);
}

static const char *
kind_words (SbIdentityKind kind)
{
  switch (kind)
    {
    case SB_IDENTITY_PHONE:
      return _("Number");
    case SB_IDENTITY_WA_ID:
      return _("Number on WhatsApp");
    case SB_IDENTITY_USERNAME:
      return _("User name");
    case SB_IDENTITY_BSUID:
    case SB_IDENTITY_PARENT_BSUID:
    default:
      return _("Given by WhatsApp");
    }
}

static GtkWidget *
identity_row_new (Form             *form,
                  const SbIdentity *identity)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *drop = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *shown = g_strdup_printf ("\u2066%s\u2069", identity->shown);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shown);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), kind_words (identity->kind));
  gtk_widget_add_css_class (drop, "flat");
  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (drop, _("Remove"));
  g_object_set_data_full (G_OBJECT (drop), "identity", g_memdup2 (&identity->id, sizeof identity->id), g_free);
  g_signal_connect (drop, "clicked", G_CALLBACK (drop_cb), form);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), drop);

  return row;
}

static void
show_identities (Form *form)
{
  g_autoptr (GPtrArray) identities = sb_reader_list_identities (sb_engine_get_reader (form->engine), form->contact_id);
  GtkWidget            *add = adw_entry_row_new ();

  gtk_list_box_remove_all (GTK_LIST_BOX (form->identities));
  for (guint i = 0; i < identities->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (form->identities), identity_row_new (form, identities->pdata[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (add), _("Another Number or @User Name"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (add), TRUE);
  g_signal_connect (add, "apply", G_CALLBACK (add_cb), form);
  sb_unsaved_watch (add);
  gtk_list_box_append (GTK_LIST_BOX (form->identities), add);
}

void
sb_contact_dialog_present_edit (GtkWidget *parent,
                                SbEngine  *engine,
                                gint64     contact_id)
{
  SbReader             *reader = sb_engine_get_reader (engine);
  g_autoptr (SbPerson)  person = sb_reader_get_person (reader, contact_id);
  g_autoptr (SbContact) contact = person != NULL ? sb_reader_get_contact (reader, contact_id) : NULL;
  Form                 *form;
  GtkWidget            *view, *page, *group, *known;

  if (contact == NULL)
    return;
  form = form_new (parent, engine, _("Edit Contact"));
  form->contact_id = contact_id;
  view = adw_toolbar_view_new ();
  page = adw_preferences_page_new ();
  group = group_new (NULL);
  known = group_new (_("Known By"));
  add_text (form, group, _("Your Name for Them"), "name", contact->name);
  add_language (form, group, person->language);
  add_text (form, group, _("Country, Two Letters"), "country", person->country);
  add_text (form, group, _("Time Zone, Like Europe/London"), "time_zone", person->time_zone);
  add_source (form, group, person->source);
  form->identities = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (form->identities), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (form->identities, "boxed-list");
  show_identities (form);
  add_to (known, form->identities);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (known));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (form->toasts), view);
  adw_dialog_set_child (form->dialog, form->toasts);
  adw_dialog_set_content_height (form->dialog, 620);
  adw_dialog_present (form->dialog, parent);
}
