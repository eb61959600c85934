#include "sb-template-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-bubble.h"

/**
 * SbTemplateForm:
 *
 * What the composer becomes when the 24 hours are over: an approved template, a field for every gap, the message as the
 * customer will see it, and the draft that was being written, kept in sight.
 */
struct _SbTemplateForm
{
  AdwBin parent_instance;

  SbEngine   *engine;
  gint64      thread_id;
  char       *draft;
  GPtrArray  *templates;
  GHashTable *values;
  GPtrArray  *entries; /* GtkEntry, with the key as data */
  GtkWidget  *title;
  GtkWidget  *chooser;
  GtkWidget  *fields;
  GtkWidget  *preview;
  GtkWidget  *draft_row;
  GtkWidget  *draft_text;
  GtkWidget  *problem;
  GtkWidget  *send;
  gboolean    filling;
};

G_DEFINE_FINAL_TYPE (SbTemplateForm, sb_template_form, ADW_TYPE_BIN)

static const SbTemplate *
chosen (SbTemplateForm *self)
{
  guint position = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser));

  return self->templates != NULL && position < self->templates->len ? self->templates->pdata[position] : NULL;
}

static void
show_preview (SbTemplateForm *self)
{
  const SbTemplate *template = chosen (self);
  const char       *parts[] = { "HEADER", "BODY", "FOOTER" };
  GtkWidget        *child;

  while ((child = gtk_widget_get_first_child (self->preview)) != NULL)
    gtk_box_remove (GTK_BOX (self->preview), child);
  for (gsize i = 0; template != NULL && i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *text = sb_template_fill (template, parts[i], self->values);
      GtkWidget       *label;

      if (text == NULL)
        continue;
      label = gtk_label_new (text);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, i == 0 ? "heading" : i == 2 ? "sb-meta" : "body");
      gtk_box_append (GTK_BOX (self->preview), label);
    }
}

static void
update (SbTemplateForm *self)
{
  const SbTemplate *template = chosen (self);
  g_autofree char  *missing = NULL;
  SbReason          reason = template != NULL ? sb_template_check (template, self->values, &missing) : SB_REASON_TEMPLATE_NOT_APPROVED;

  show_preview (self);
  gtk_widget_set_sensitive (self->send, reason == SB_REASON_ALLOWED);
  gtk_widget_set_tooltip_text (self->send, reason == SB_REASON_ALLOWED ? NULL : sb_reason_to_sentence (reason));
  for (guint i = 0; i < self->entries->len; i++)
    {
      GtkWidget *entry = self->entries->pdata[i];

      if (gtk_editable_get_text (GTK_EDITABLE (entry))[0] == '\0')
        gtk_widget_add_css_class (entry, "sb-gap-empty");
      else
        gtk_widget_remove_css_class (entry, "sb-gap-empty");
    }
}

static void
changed_cb (GtkEditable *editable,
            gpointer     user_data)
{
  SbTemplateForm *self = user_data;
  const char     *key = g_object_get_data (G_OBJECT (editable), "key");

  g_hash_table_insert (self->values, g_strdup (key), g_strdup (gtk_editable_get_text (editable)));
  update (self);
}

static void
add_field (SbTemplateForm *self,
           const SbPlace  *place)
{
  GtkWidget       *label = gtk_label_new (NULL);
  GtkWidget       *entry = gtk_entry_new ();
  g_autofree char *title = g_ascii_isdigit (place->name != NULL ? place->name[0] : 'x')
                               /* Translators: a gap of a template by its number */
                               ? g_strdup_printf (_("Gap %s"), place->name)
                               : g_strdup (place->name != NULL ? place->name : "");

  gtk_label_set_text (GTK_LABEL (label), title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), place->example != NULL ? place->example : _("Still empty"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (entry), "key", g_strdup (place->key), g_free);
  g_signal_connect (entry, "changed", G_CALLBACK (changed_cb), self);
  gtk_box_append (GTK_BOX (self->fields), label);
  gtk_box_append (GTK_BOX (self->fields), entry);
  g_ptr_array_add (self->entries, entry);
}

static void
template_cb (GObject    *object,
             GParamSpec *pspec,
             gpointer    user_data)
{
  SbTemplateForm       *self = user_data;
  const SbTemplate     *template = chosen (self);
  g_autoptr (GPtrArray) places = NULL;
  GtkWidget            *child;

  if (self->filling)
    return;
  g_hash_table_remove_all (self->values);
  g_ptr_array_set_size (self->entries, 0);
  while ((child = gtk_widget_get_first_child (self->fields)) != NULL)
    gtk_box_remove (GTK_BOX (self->fields), child);
  if (template != NULL)
    {
      places = sb_template_places (template);
      for (guint i = 0; i < places->len; i++)
        add_field (self, places->pdata[i]);
    }
  update (self);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SbTemplateForm) self = user_data;
  g_autoptr (GError)         error = NULL;

  if (sb_engine_send_finish (SB_ENGINE (object), result, &error) != 0)
    {
      template_cb (NULL, NULL, self);
      gtk_widget_set_visible (self->problem, FALSE);
      return;
    }
  gtk_label_set_text (GTK_LABEL (self->problem), error->message);
  gtk_widget_set_visible (self->problem, TRUE);
  update (self);
}

static void
send_cb (GtkButton *button,
         gpointer   user_data)
{
  SbTemplateForm   *self = user_data;
  const SbTemplate *template = chosen (self);
  SbOutgoingMessage outgoing = { .thread_id = self->thread_id, .kind = SB_MESSAGE_TEMPLATE, .values = self->values };

  if (template == NULL)
    return;
  outgoing.template_id = template->id;
  gtk_widget_set_sensitive (self->send, FALSE);
  sb_engine_send_async (self->engine, &outgoing, sent_cb, g_object_ref (self));
}

/* The draft goes into the gap that has the focus, else the first empty one. */
static void
put_cb (GtkButton *button,
        gpointer   user_data)
{
  SbTemplateForm  *self = user_data;
  g_autofree char *text = g_strdup (self->draft);

  g_strdelimit (text, "\n\r\t", ' ');
  for (guint i = 0; i < self->entries->len; i++)
    {
      GtkEditable *entry = self->entries->pdata[i];

      if (gtk_editable_get_text (entry)[0] == '\0')
        {
          gtk_editable_set_text (entry, text);
          gtk_widget_grab_focus (GTK_WIDGET (entry));
          return;
        }
    }
}

/* @draft: (nullable): what was being written */
void
sb_template_form_open (SbTemplateForm *self,
                       const SbThread *thread,
                       const char     *draft)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char          *title = NULL;

  self->thread_id = thread->id;
  g_set_str (&self->draft, draft);
  g_clear_pointer (&self->templates, g_ptr_array_unref);
  self->templates = sb_reader_list_templates (sb_engine_get_reader (self->engine), thread->line_id, TRUE);
  for (guint i = 0; i < self->templates->len; i++)
    {
      const SbTemplate *template = self->templates->pdata[i];
      g_autofree char  *name = g_strdelimit (g_strdup (template->name), "_", ' ');

      name[0] = g_ascii_toupper (name[0]);
      gtk_string_list_append (names, name);
    }

  /* Translators: name of a customer whose answer window is over */
  title = thread->window_until > 0 ? g_strdup_printf (_("%s’s 24 hours are over"), thread->name) : g_strdup_printf (_("%s has not written yet"), thread->name);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  self->filling = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->chooser), G_LIST_MODEL (names));
  self->filling = FALSE;
  gtk_widget_set_visible (self->draft_row, draft != NULL && draft[0] != '\0');
  gtk_label_set_text (GTK_LABEL (self->draft_text), draft != NULL ? draft : "");
  gtk_widget_set_visible (self->problem, self->templates->len == 0);
  gtk_label_set_text (GTK_LABEL (self->problem), self->templates->len == 0 ? _("There is no approved template yet. Write one in your business account.") : "");
  template_cb (NULL, NULL, self);
}

static void
sb_template_form_dispose (GObject *object)
{
  SbTemplateForm *self = SB_TEMPLATE_FORM (object);

  g_clear_object (&self->engine);
  g_clear_pointer (&self->templates, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->draft, g_free);

  G_OBJECT_CLASS (sb_template_form_parent_class)->dispose (object);
}

static void
sb_template_form_class_init (SbTemplateFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_template_form_dispose;
}

static GtkWidget *
make_draft_row (SbTemplateForm *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_label_new (_("Your draft is kept"));
  GtkWidget *button = gtk_button_new_with_label (_("Put into Template"));

  self->draft_text = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->draft_text), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->draft_text), 0);
  gtk_label_set_xalign (GTK_LABEL (head), 0);
  gtk_widget_add_css_class (head, "caption");
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), head);
  gtk_box_append (GTK_BOX (column), self->draft_text);
  gtk_box_append (GTK_BOX (row), column);
  gtk_box_append (GTK_BOX (row), button);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", G_CALLBACK (put_cb), self);

  return row;
}

static void
sb_template_form_init (SbTemplateForm *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *sub = gtk_label_new (_("Your own words can go out again as soon as the customer writes. Until then, only an approved template may be sent."));
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->entries = g_ptr_array_new ();
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_label_set_wrap (GTK_LABEL (sub), TRUE);
  gtk_label_set_xalign (GTK_LABEL (sub), 0);
  self->chooser = gtk_drop_down_new (NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chooser), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Template"), -1);
  g_signal_connect (self->chooser, "notify::selected", G_CALLBACK (template_cb), self);
  self->fields = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->preview = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (self->preview, "sb-bubble");
  gtk_widget_add_css_class (self->preview, "out");
  gtk_widget_set_valign (self->preview, GTK_ALIGN_START);
  gtk_widget_set_size_request (self->preview, 140, -1);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "error");
  self->send = gtk_button_new_with_label (_("Send Template"));
  gtk_widget_add_css_class (self->send, "suggested-action");
  gtk_widget_set_halign (self->send, GTK_ALIGN_END);
  g_signal_connect (self->send, "clicked", G_CALLBACK (send_cb), self);
  self->draft_row = make_draft_row (self);

  gtk_box_append (GTK_BOX (left), self->chooser);
  gtk_box_append (GTK_BOX (left), self->fields);
  gtk_widget_set_hexpand (left, TRUE);
  gtk_box_append (GTK_BOX (columns), left);
  gtk_box_append (GTK_BOX (columns), self->preview);
  gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
  gtk_box_append (GTK_BOX (card), self->title);
  gtk_box_append (GTK_BOX (card), sub);
  gtk_box_append (GTK_BOX (card), columns);
  gtk_box_append (GTK_BOX (card), self->draft_row);
  gtk_box_append (GTK_BOX (card), self->problem);
  gtk_box_append (GTK_BOX (card), self->send);
  gtk_widget_add_css_class (card, "sb-card");
  adw_bin_set_child (ADW_BIN (self), card);
}

GtkWidget *
sb_template_form_new (SbEngine *engine)
{
  SbTemplateForm *self = g_object_new (SB_TYPE_TEMPLATE_FORM, NULL);

  self->engine = g_object_ref (engine);

  return GTK_WIDGET (self);
}
