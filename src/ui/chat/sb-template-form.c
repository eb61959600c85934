#include "sb-template-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-bubble.h"
#include "sb-ring.h"
#include "sb-name.h"
#include "sb-template-preview.h"

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
  gint64      line_id; /* the one that answers */
  char       *draft;
  char       *first_name;
  GPtrArray  *templates;
  GHashTable *values;
  GPtrArray  *entries; /* an entry or a file button for each gap, in order */
  GtkWidget  *title;
  GtkWidget  *will_see;
  GtkWidget  *columns;
  GtkWidget  *chooser;
  GtkWidget  *fields;
  GtkWidget  *preview;
  GtkWidget  *draft_row;
  GtkWidget  *draft_text;
  GtkWidget  *problem;
  GtkWidget  *line;
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
update (SbTemplateForm *self)
{
  const SbTemplate *template = chosen (self);
  g_autofree char *missing = NULL;
  SbReason         reason = template != NULL ? sb_template_check (template, self->values, &missing) : SB_REASON_TEMPLATE_NOT_APPROVED;

  sb_template_preview_show (SB_TEMPLATE_PREVIEW (self->preview), template, self->values);
  gtk_widget_set_sensitive (self->send, reason == SB_REASON_ALLOWED);
  gtk_widget_set_tooltip_text (self->send, reason == SB_REASON_ALLOWED ? NULL : sb_reason_to_sentence (reason));
  for (guint i = 0; i < self->entries->len; i++)
    {
      GtkWidget *entry = self->entries->pdata[i];

      if (!GTK_IS_EDITABLE (entry))
        continue;
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

/* -- gaps -- */

static void
file_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GtkWidget) button = user_data;
  SbTemplateForm       *self = g_object_get_data (G_OBJECT (button), "form");
  g_autoptr (GFile)     file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, NULL);
  g_autofree char      *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char      *name = path != NULL ? g_filename_display_basename (path) : NULL;

  if (path == NULL || gtk_widget_get_root (button) == NULL)
    return; /* another template was chosen meanwhile */
  gtk_button_set_label (GTK_BUTTON (button), name);
  gtk_widget_remove_css_class (button, "sb-gap-empty");
  g_hash_table_insert (self->values, g_strdup ("header.media"), g_steal_pointer (&path));
  update (self);
}

static void
choose_cb (GtkButton *button,
           gpointer   user_data)
{
  const char               *format = g_object_get_data (G_OBJECT (button), "format");
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (g_str_equal (format, "IMAGE"))
    {
      gtk_file_filter_add_mime_type (filter, "image/jpeg");
      gtk_file_filter_add_mime_type (filter, "image/png");
    }
  else if (g_str_equal (format, "VIDEO"))
    gtk_file_filter_add_mime_type (filter, "video/mp4");
  else
    gtk_file_filter_add_mime_type (filter, "application/pdf");
  gtk_file_dialog_set_default_filter (dialog, filter);
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (button))), NULL, file_cb, g_object_ref (button));
}

static GtkWidget *
make_chooser (SbTemplateForm *self,
              const SbPlace  *place)
{
  GtkWidget *button = gtk_button_new_with_label (_("Choose a File…"));

  gtk_widget_add_css_class (button, "sb-gap-empty");
  g_object_set_data (G_OBJECT (button), "form", self);
  g_object_set_data_full (G_OBJECT (button), "format", g_strdup (place->format), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (choose_cb), NULL);

  return button;
}

static GtkWidget *
make_entry (SbTemplateForm *self,
            const SbPlace  *place)
{
  GtkWidget *entry = gtk_entry_new ();
  /* Translators: an example of what belongs into a gap */
  g_autofree char *hint = place->example != NULL ? g_strdup_printf (_("for example %s"), place->example) : g_strdup (_("Still empty"));

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), hint);
  g_object_set_data_full (G_OBJECT (entry), "key", g_strdup (place->key), g_free);

  return entry;
}

/* The customer's first name, where a template asks for it by name or greets with its first gap. */
static const char *
guess (SbTemplateForm *self,
       const SbPlace  *place)
{
  g_autofree char *body = sb_template_part (chosen (self), "BODY");
  const char      *open = body != NULL ? strstr (body, "{{1}}") : NULL;

  if (place->kind != SB_PLACE_BODY || self->first_name == NULL)
    return NULL;
  if (place->name != NULL && strstr (place->name, "name") != NULL)
    return self->first_name;

  return g_strcmp0 (place->name, "1") == 0 && open != NULL && open - body <= 14 ? self->first_name : NULL;
}

static void
add_field (SbTemplateForm *self,
           const SbPlace  *place)
{
  gboolean         is_media = place->kind == SB_PLACE_HEADER_MEDIA;
  GtkWidget       *label = gtk_label_new (NULL);
  GtkWidget       *field = is_media ? make_chooser (self, place) : make_entry (self, place);
  g_autofree char *title = sb_place_title (place);
  const char      *value = is_media ? NULL : guess (self, place);

  gtk_label_set_text (GTK_LABEL (label), title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (self->fields), label);
  gtk_box_append (GTK_BOX (self->fields), field);
  g_ptr_array_add (self->entries, field);
  if (value != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (field), value);
      g_hash_table_insert (self->values, g_strdup (place->key), g_strdup (value));
    }
  if (!is_media)
    g_signal_connect (field, "changed", G_CALLBACK (changed_cb), self);
}

static void
template_cb (GObject    *object,
             GParamSpec *pspec,
             gpointer    user_data)
{
  SbTemplateForm *self = user_data;
  const SbTemplate *template = chosen (self);
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
  SbTemplateForm *self = user_data;
  const SbTemplate *template = chosen (self);
  SbOutgoingMessage outgoing = { .thread_id = self->thread_id, .line_id = self->line_id, .kind = SB_MESSAGE_TEMPLATE, .values = self->values };

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
      GtkWidget *entry = self->entries->pdata[i];

      if (GTK_IS_EDITABLE (entry) && gtk_editable_get_text (GTK_EDITABLE (entry))[0] == '\0')
        {
          gtk_editable_set_text (GTK_EDITABLE (entry), text);
          gtk_widget_grab_focus (entry);
          return;
        }
    }
}

/* The one that needs least: no file to choose, few gaps, and rather about an order than an offer. */
static guint
first_choice (SbTemplateForm *self)
{
  guint best = 0, best_cost = G_MAXUINT;

  for (guint i = 0; i < self->templates->len; i++)
    {
      const SbTemplate *template = self->templates->pdata[i];
      g_autoptr (GPtrArray) places = sb_template_places (template);
      guint                 cost = places->len > 0 ? places->len : 3;

      if (places->len > 0 && ((SbPlace *) places->pdata[0])->kind == SB_PLACE_HEADER_MEDIA)
        cost += 100;
      if (g_strcmp0 (template->category, "UTILITY") != 0)
        cost += 50;
      if (cost < best_cost)
        {
          best = i;
          best_cost = cost;
        }
    }

  return best;
}

static void
show_head (SbTemplateForm *self,
           const SbThread *thread)
{
  gint64           ago = sb_clock_now (sb_engine_get_clock (self->engine)) - (thread->window_until - SB_DAY_MS);
  gulong           days = MAX (ago / SB_DAY_MS, 1);
  g_autofree char *title = NULL;
  const char      *who = self->first_name != NULL ? self->first_name : thread->name != NULL ? thread->name
                                                                                            : "";
  g_autofree char *will_see = g_strdup_printf (_("%s will see"), who);

  if (thread->window_until <= 0)
    /* Translators: first name or number of a customer */
    title = g_strdup_printf (_("%s has not written yet"), who);
  else
    /* Translators: first name or number of a customer, number of days */
    title = g_strdup_printf (ngettext ("%s last wrote %lu day ago", "%s last wrote %lu days ago", days), who, days);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->will_see), will_see);
}

/* @draft: (nullable): the words that wait for a gap */
void
sb_template_form_set_draft (SbTemplateForm *self,
                            const char     *draft)
{
  g_set_str (&self->draft, draft);
  gtk_widget_set_visible (self->draft_row, draft != NULL && draft[0] != '\0');
  gtk_label_set_text (GTK_LABEL (self->draft_text), draft != NULL ? draft : "");
}

/* @draft: (nullable): what was being written */
void
sb_template_form_open (SbTemplateForm *self,
                       const SbThread *thread,
                       gint64          line_id,
                       const char     *draft)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (SbLine)        line = NULL;

  self->thread_id = thread->id;
  self->line_id = line_id;
  line = sb_reader_get_line (sb_engine_get_reader (self->engine), line_id);
  gtk_label_set_text (GTK_LABEL (self->line), line != NULL ? line->name : "");
  g_free (self->first_name);
  self->first_name = sb_name_first (thread->name);
  g_clear_pointer (&self->templates, g_ptr_array_unref);
  self->templates = sb_reader_list_templates (sb_engine_get_reader (self->engine), line_id, TRUE);
  for (guint i = 0; i < self->templates->len; i++)
    {
      const SbTemplate *template = self->templates->pdata[i];
      g_autofree char *name = g_strdelimit (g_strdup (template->name), "_", ' ');

      name[0] = g_ascii_toupper (name[0]);
      gtk_string_list_append (names, name);
    }

  show_head (self, thread);
  self->filling = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->chooser), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), self->templates->len > 0 ? first_choice (self) : GTK_INVALID_LIST_POSITION);
  self->filling = FALSE;
  gtk_widget_set_visible (self->columns, self->templates->len > 0);
  gtk_widget_set_visible (self->send, self->templates->len > 0);
  sb_template_form_set_draft (self, draft);
  gtk_widget_set_visible (self->problem, self->templates->len == 0);
  gtk_label_set_text (GTK_LABEL (self->problem), self->templates->len == 0 ? _("There is no approved template yet. Write one in your business account.") : "");
  template_cb (NULL, NULL, self);
}

/* What is still to be filled in, else what is filled in already, else sending. */
static gboolean
sb_template_form_grab_focus (GtkWidget *widget)
{
  SbTemplateForm *self = SB_TEMPLATE_FORM (widget);
  GtkWidget      *found = self->entries->len > 0 ? self->entries->pdata[0] : self->send;

  for (guint i = self->entries->len; i > 0; i--)
    if (gtk_widget_has_css_class (self->entries->pdata[i - 1], "sb-gap-empty"))
      found = self->entries->pdata[i - 1];

  return gtk_widget_grab_focus (found);
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
  g_clear_pointer (&self->first_name, g_free);

  G_OBJECT_CLASS (sb_template_form_parent_class)->dispose (object);
}

static void
sb_template_form_class_init (SbTemplateFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_template_form_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = sb_template_form_grab_focus;
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

static GtkWidget *
caption_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dimmed");

  return label;
}

static GtkWidget *
make_head (SbTemplateForm *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *sub = gtk_label_new (_("Your own words can go out again as soon as the customer writes. Until then, only an approved template may be sent."));
  GtkWidget *ring = sb_ring_new ();

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_label_set_wrap (GTK_LABEL (sub), TRUE);
  gtk_label_set_xalign (GTK_LABEL (sub), 0);
  gtk_widget_add_css_class (sub, "caption");
  sb_ring_set_part (SB_RING (ring), 0);
  gtk_box_append (GTK_BOX (column), self->title);
  gtk_box_append (GTK_BOX (column), sub);
  gtk_box_append (GTK_BOX (row), ring);
  gtk_box_append (GTK_BOX (row), column);

  return row;
}

/* Beside each other, or one above the other where the window is narrow. */
static GtkWidget *
make_columns (SbTemplateForm *self)
{
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *flow = gtk_flow_box_new ();

  self->chooser = gtk_drop_down_new (NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chooser), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Template"), -1);
  g_signal_connect (self->chooser, "notify::selected", G_CALLBACK (template_cb), self);
  self->fields = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->preview = sb_template_preview_new ();
  self->will_see = caption_new (NULL);
  gtk_box_append (GTK_BOX (left), caption_new (_("Template")));
  gtk_box_append (GTK_BOX (left), self->chooser);
  gtk_box_append (GTK_BOX (left), self->fields);
  gtk_box_append (GTK_BOX (right), self->will_see);
  gtk_box_append (GTK_BOX (right), self->preview);
  gtk_widget_set_size_request (left, 200, -1);
  gtk_widget_set_size_request (right, 200, -1);
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 2);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 18);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 9);
  gtk_flow_box_append (GTK_FLOW_BOX (flow), left);
  gtk_flow_box_append (GTK_FLOW_BOX (flow), right);
  for (int i = 0; i < 2; i++)
    {
      GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (flow), i);

      /* A box like this keeps the Tab key where the last in it does not take it: what the customer sees does. */
      gtk_widget_set_focusable (GTK_WIDGET (child), i == 1);
      if (i == 1)
        gtk_accessible_update_relation (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->will_see, NULL, -1);
      gtk_widget_set_valign (GTK_WIDGET (child), GTK_ALIGN_START);
    }

  return flow;
}

/* By which line it goes out, and the way to a note, which needs no template. */
static GtkWidget *
make_foot (SbTemplateForm *self)
{
  GtkWidget *row = adw_wrap_box_new ();
  GtkWidget *note = gtk_button_new_with_label (C_("composer", "Note"));

  self->line = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->line), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->line), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->line, "heading");
  gtk_widget_set_tooltip_text (self->line, _("Line That Answers"));
  gtk_widget_set_hexpand (self->line, TRUE);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (row), 9);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (row), 6);
  adw_wrap_box_set_align (ADW_WRAP_BOX (row), 1);
  gtk_widget_add_css_class (note, "flat");
  gtk_widget_set_tooltip_text (note, _("Note for the team"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (note), "compose.mode");
  adw_wrap_box_append (ADW_WRAP_BOX (row), self->line);
  adw_wrap_box_append (ADW_WRAP_BOX (row), note);
  adw_wrap_box_append (ADW_WRAP_BOX (row), self->send);

  return row;
}

static void
sb_template_form_init (SbTemplateForm *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *upper = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->entries = g_ptr_array_new ();
  self->columns = make_columns (self);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "error");
  self->send = gtk_button_new_with_label (_("Send Template"));
  gtk_widget_add_css_class (self->send, "suggested-action");
  g_signal_connect (self->send, "clicked", G_CALLBACK (send_cb), self);
  self->draft_row = make_draft_row (self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_box_append (GTK_BOX (upper), make_head (self));
  gtk_box_append (GTK_BOX (upper), self->columns);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), upper);

  gtk_box_append (GTK_BOX (card), scroller);
  gtk_box_append (GTK_BOX (card), self->draft_row);
  gtk_box_append (GTK_BOX (card), self->problem);
  gtk_box_append (GTK_BOX (card), make_foot (self));
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
