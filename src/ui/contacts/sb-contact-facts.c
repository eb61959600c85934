#include "sb-contact-facts.h"

#include <glib/gi18n.h>

#include "sb-card.h"
#include "sb-people-acts.h"
#include "sb-people-cells.h"

struct _SbContactFacts
{
  AdwBin parent_instance;

  SbEngine     *engine;
  gint64        contact_id;
  GtkWidget    *grid;
  GtkSizeGroup *names;
  GPtrArray    *stages;
};

G_DEFINE_FINAL_TYPE (SbContactFacts, sb_contact_facts, ADW_TYPE_BIN)

static void
set_field (SbContactFacts *self,
           GtkWidget      *editor,
           const char     *value)
{
  const char  *name = g_object_get_data (G_OBJECT (editor), "field");
  SbContactAct act = { .kind = SB_CONTACT_FIELD, .contact_ids = &self->contact_id, .n_contacts = 1, .name = name, .text = value };

  sb_people_act (GTK_WIDGET (self), self->engine, &act, NULL);
}

/* -- one row -- */

static void
add_row (SbContactFacts *self,
         const char     *name,
         GtkWidget      *value)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
  gtk_widget_add_css_class (label, "dimmed");
  gtk_size_group_add_widget (self->names, label);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), value);
  gtk_box_append (GTK_BOX (self->grid), row);
}

static void
add_text (SbContactFacts *self,
          const char     *name,
          const char     *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  add_row (self, name, label);
}

/* -- values in place -- */

static void
edited_cb (GObject    *object,
           GParamSpec *pspec,
           gpointer    user_data)
{
  SbContactFacts *self = user_data;
  GtkWidget      *label = GTK_WIDGET (object);
  const char     *text = gtk_editable_get_text (GTK_EDITABLE (label));
  const char     *shown = g_object_get_data (object, "shown");

  if (gtk_editable_label_get_editing (GTK_EDITABLE_LABEL (label)))
    return;
  /* Out of the text: the keys mean acts again. */
  gtk_widget_grab_focus (self->grid);
  if (g_strcmp0 (text, shown) == 0)
    return;
  set_field (self, label, text);
  /* What the shop makes of it comes back with the event; a refusal leaves what was. */
  gtk_editable_set_text (GTK_EDITABLE (label), shown);
}

/* One click is enough. */
static void
start_cb (GtkGestureClick *gesture,
          int              n_press,
          double           x,
          double           y,
          gpointer         user_data)
{
  if (!gtk_editable_label_get_editing (user_data))
    gtk_editable_label_start_editing (user_data);
}

static GtkWidget *
editor_new (SbContactFacts *self,
            const SbField  *field,
            const char     *value)
{
  g_autofree char *shown = value != NULL ? (field->kind == SB_FIELD_DATE ? g_strdup (value) : sb_field_show (field, value)) : g_strdup ("");
  GtkWidget       *label = gtk_editable_label_new (shown);
  GtkGesture      *click = gtk_gesture_click_new ();

  g_object_set_data_full (G_OBJECT (label), "field", g_strdup (field->name), g_free);
  g_object_set_data_full (G_OBJECT (label), "shown", g_steal_pointer (&shown), g_free);
  gtk_widget_set_tooltip_text (label, _("Click to change"));
  g_signal_connect (label, "notify::editing", G_CALLBACK (edited_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (start_cb), label);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (click));

  return label;
}

static void
chosen_cb (GObject    *object,
           GParamSpec *pspec,
           gpointer    user_data)
{
  guint            position = gtk_drop_down_get_selected (GTK_DROP_DOWN (object));
  GtkStringObject *item = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (object));
  SbContactFacts  *self = user_data;

  set_field (self, GTK_WIDGET (object), position == 0 || item == NULL ? NULL : gtk_string_object_get_string (item));
}

/* A choice, or yes and no; the first entry is none. */
static GtkWidget *
choice_new (SbContactFacts *self,
            const SbField  *field,
            const char     *value)
{
  const char        *yes_no[] = { _("Yes"), _("No"), NULL };
  const char *const *choices = field->kind == SB_FIELD_YES_NO ? yes_no : (const char *const *) field->choices;
  g_autofree char   *shown = value != NULL ? sb_field_show (field, value) : NULL;
  GtkStringList     *list = gtk_string_list_new (NULL);
  GtkWidget         *drop;
  guint              selected = 0;

  gtk_string_list_append (list, "–");
  for (guint i = 0; choices != NULL && choices[i] != NULL; i++)
    {
      gtk_string_list_append (list, choices[i]);
      if (g_strcmp0 (choices[i], shown) == 0)
        selected = i + 1;
    }
  drop = gtk_drop_down_new (G_LIST_MODEL (list), NULL);
  gtk_widget_add_css_class (drop, "flat");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), selected);
  g_object_set_data_full (G_OBJECT (drop), "field", g_strdup (field->name), g_free);
  g_signal_connect (drop, "notify::selected", G_CALLBACK (chosen_cb), self);

  return drop;
}

static void
stage_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    user_data)
{
  SbContactFacts    *self = user_data;
  guint              position = gtk_drop_down_get_selected (GTK_DROP_DOWN (object));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, self->contact_id);
  if (position <= self->stages->len)
    sb_people_set_stage (GTK_WIDGET (self), self->engine, ids, position == 0 ? NULL : self->stages->pdata[position - 1]);
}

static void
add_stage (SbContactFacts *self,
           const SbPerson *person)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  GtkWidget     *drop;
  guint          selected = 0;

  gtk_string_list_append (list, "–");
  for (guint i = 0; i < self->stages->len; i++)
    {
      const SbNamed *stage = self->stages->pdata[i];

      gtk_string_list_append (list, stage->name);
      if (stage->id == person->stage_id)
        selected = i + 1;
    }
  drop = gtk_drop_down_new (G_LIST_MODEL (list), NULL);
  gtk_widget_add_css_class (drop, "flat");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), selected);
  g_signal_connect (drop, "notify::selected", G_CALLBACK (stage_cb), self);
  add_row (self, _("Stage"), drop);
}

/* -- all of them -- */

static gboolean
is_known (GPtrArray  *fields,
          const char *name)
{
  for (guint i = 0; i < fields->len; i++)
    if (g_str_equal (((SbField *) fields->pdata[i])->name, name))
      return TRUE;

  return FALSE;
}

static void
add_field (SbContactFacts *self,
           const SbField  *field,
           const SbPerson *person)
{
  const char *value = sb_person_get_field (person, field->name);

  if (field->kind == SB_FIELD_CHOICE || field->kind == SB_FIELD_YES_NO)
    add_row (self, field->name, choice_new (self, field, value));
  else
    add_row (self, field->name, editor_new (self, field, value));
}

static void
add_fields (SbContactFacts *self,
            const SbPerson *person)
{
  g_autoptr (GPtrArray) fields = sb_reader_list_fields (sb_engine_get_reader (self->engine));

  for (guint i = 0; i < fields->len; i++)
    add_field (self, fields->pdata[i], person);
  for (guint i = 0; i < person->fields->len; i++)
    {
      const SbCardField *card = person->fields->pdata[i];
      SbField            field = { .name = card->name, .kind = SB_FIELD_TEXT };

      if (!is_known (fields, card->name))
        add_field (self, &field, person);
    }
}

void
sb_contact_facts_show (SbContactFacts *self,
                       const SbPerson *person)
{
  g_autofree char *language = sb_people_language_text (person->language);
  g_autofree char *source = sb_people_source_text (person->source);
  GtkWidget       *child;

  /* Somebody is typing: what they type is not taken from under their hands. */
  if (person->id == self->contact_id && (gtk_widget_get_state_flags (self->grid) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0 &&
      GTK_IS_TEXT (gtk_root_get_focus (gtk_widget_get_root (self->grid))))
    return;
  self->contact_id = person->id;
  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_box_remove (GTK_BOX (self->grid), child);
  g_clear_pointer (&self->stages, g_ptr_array_unref);
  self->stages = sb_reader_list_stages (sb_engine_get_reader (self->engine));
  if (self->stages->len > 0)
    add_stage (self, person);
  add_fields (self, person);
  if (language[0] != '\0')
    add_text (self, _("Language"), language);
  if (person->time_zone != NULL)
    add_text (self, _("Time Zone"), person->time_zone);
  if (source[0] != '\0')
    add_text (self, _("Came By"), source);
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (self->grid) != NULL);
}

static void
sb_contact_facts_dispose (GObject *object)
{
  SbContactFacts *self = SB_CONTACT_FACTS (object);

  g_clear_pointer (&self->stages, g_ptr_array_unref);
  g_clear_object (&self->names);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_contact_facts_parent_class)->dispose (object);
}

static void
sb_contact_facts_class_init (SbContactFactsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_contact_facts_dispose;
}

static void
sb_contact_facts_init (SbContactFacts *self)
{
  self->names = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->grid = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_focusable (self->grid, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Details"), -1);
  gtk_widget_add_css_class (self->grid, "sb-facts");
  gtk_widget_add_css_class (self->grid, "card");
  adw_bin_set_child (ADW_BIN (self), self->grid);
}

GtkWidget *
sb_contact_facts_new (SbEngine *engine)
{
  SbContactFacts *self = g_object_new (SB_TYPE_CONTACT_FACTS, NULL);

  self->engine = g_object_ref (engine);

  return GTK_WIDGET (self);
}
