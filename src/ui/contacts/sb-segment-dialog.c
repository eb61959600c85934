#include "sb-segment-dialog.h"

#include <glib/gi18n.h>

#include "sb-condition-check.h"
#include "sb-condition-group.h"
#include "sb-condition-json.h"
#include "sb-condition-row.h"
#include "sb-condition-words.h"
#include "sb-unsaved.h"

#define WAIT_MS  200 /* after the last keystroke, before it is counted */
#define N_SAMPLE 5

struct _SbSegmentDialog
{
  AdwDialog parent_instance;

  SbEngine     *engine;
  SbShopSchema *schema;
  gint64        id;
  int           position;
  char         *kept; /* the rule as it was when the dialog came */
  GCancellable *counting;
  guint         timer_id;

  GtkWidget *name;
  GtkWidget *sentence;
  GtkWidget *holder;
  GtkWidget *group;
  GtkWidget *count;
  GtkWidget *sample;
  GtkWidget *save;
  GtkWidget *failure;
};

G_DEFINE_FINAL_TYPE (SbSegmentDialog, sb_segment_dialog, ADW_TYPE_DIALOG)

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* -- counting while it is edited -- */

/* Names as the language puts them together. */
static char *
names_of (GPtrArray *people)
{
  char *names = g_strdup (people->len > 0 ? ((SbNamed *) people->pdata[0])->name : "");

  for (guint i = 1; i < people->len; i++)
    {
      char *before = names;

      /* Translators: a list of names, put together two by two */
      names = g_strdup_printf (C_("list of names", "%s, %s"), before, ((SbNamed *) people->pdata[i])->name);
      g_free (before);
    }

  return names;
}

static void
show_count (SbSegmentDialog     *self,
            const SbPeopleCount *people)
{
  g_autofree char *text = NULL;
  g_autofree char *names = people->sample != NULL ? names_of (people->sample) : NULL;
  g_autofree char *shown = NULL;

  if (people->n < 0)
    {
      gtk_label_set_text (GTK_LABEL (self->count), _("Nobody can be counted"));
      gtk_label_set_text (GTK_LABEL (self->sample), _("Something this rule asks for is gone. Choose another, or remove the condition."));
      return;
    }
  text = g_strdup_printf (ngettext ("%'lu person", "%'lu people", (gulong) people->n), (gulong) people->n);
  if (people->n > N_SAMPLE)
    /* Translators: some names of people in a group that has more */
    shown = g_strdup_printf (_("%s and more"), names);
  gtk_label_set_text (GTK_LABEL (self->count), text);
  gtk_label_set_text (GTK_LABEL (self->sample), shown != NULL ? shown : names != NULL ? names
                                                                                      : "");
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SbSegmentDialog) self = user_data;
  g_autoptr (GError)          error = NULL;
  g_autoptr (SbPeopleCount)   people = sb_engine_count_people_finish (SB_ENGINE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->engine == NULL)
    return;
  if (people != NULL)
    show_count (self, people);
  else
    gtk_label_set_text (GTK_LABEL (self->count), error->message);
}

static SbCondition *
read_rule (SbSegmentDialog *self,
           gboolean        *is_complete)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (NULL, NULL);
  SbCondition           *condition = sb_condition_group_read (SB_CONDITION_GROUP (self->group), rows);
  g_autoptr (GPtrArray)  problems = sb_condition_check (condition, self->schema);
  GHashTableIter         iter;
  gpointer               test, row;

  *is_complete = TRUE;
  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &test, &row))
    {
      g_autofree char *why = NULL;

      *is_complete = sb_condition_values_ok (test, &why) && *is_complete;
      sb_condition_row_complain (row, why);
    }
  for (guint i = 0; i < problems->len; i++)
    {
      const SbConditionProblem *problem = problems->pdata[i];

      sb_condition_row_complain (g_hash_table_lookup (rows, problem->test), problem->sentence);
    }

  return condition;
}

static gboolean
count_cb (gpointer data)
{
  SbSegmentDialog        *self = data;
  gboolean                is_complete;
  g_autoptr (SbCondition) condition = read_rule (self, &is_complete);
  g_autofree char        *rule = sb_condition_to_text (condition);
  SbSegment               segment = { .kind = SB_SEGMENT_RULE, .rule = rule };

  self->timer_id = 0;
  if (is_complete)
    {
      self->counting = g_cancellable_new ();
      sb_engine_count_people_async (self->engine, &segment, N_SAMPLE, self->counting, counted_cb, g_object_ref (self));
    }

  return G_SOURCE_REMOVE;
}

static void
stop_counting (SbSegmentDialog *self)
{
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_handle_id (&self->timer_id, g_source_remove);
}

static void
changed_cb (SbSegmentDialog *self)
{
  gboolean                is_complete;
  g_autoptr (SbCondition) condition = read_rule (self, &is_complete);
  g_autofree char        *words = sb_condition_to_words (condition);
  g_autofree char        *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  g_autofree char        *rule = sb_condition_to_text (condition);

  if (self->kept == NULL)
    self->kept = g_strdup (rule);
  sb_unsaved_set (self->group, !g_str_equal (rule, self->kept));
  gtk_label_set_text (GTK_LABEL (self->sentence), words);
  gtk_widget_set_sensitive (self->save, is_complete && name[0] != '\0');
  gtk_widget_set_visible (self->failure, FALSE);
  stop_counting (self);
  if (!is_complete)
    {
      gtk_label_set_text (GTK_LABEL (self->count), _("Not counted yet"));
      gtk_label_set_text (GTK_LABEL (self->sample), "");
    }
  else
    self->timer_id = g_timeout_add (WAIT_MS, count_cb, self);
}

/* -- saving -- */

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbSegmentDialog) self = user_data;
  g_autoptr (GError)          error = NULL;
  gint64                      id = sb_engine_save_segment_finish (SB_ENGINE (object), result, &error);

  if (id == 0)
    {
      gtk_label_set_text (GTK_LABEL (self->failure), error->message);
      gtk_widget_set_visible (self->failure, TRUE);
      gtk_widget_set_sensitive (self->save, TRUE);
      return;
    }
  g_signal_emit (self, signals[SAVED], 0, id);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
save_cb (SbSegmentDialog *self)
{
  gboolean                is_complete;
  g_autoptr (SbCondition) condition = read_rule (self, &is_complete);
  g_autofree char        *rule = sb_condition_to_text (condition);
  g_autofree char        *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  SbSegment               segment = { .id = self->id, .name = name, .kind = SB_SEGMENT_RULE, .rule = rule, .position = self->position };

  if (!is_complete || name[0] == '\0' || !gtk_widget_get_sensitive (self->save))
    return;
  gtk_widget_set_sensitive (self->save, FALSE);
  sb_engine_save_segment_async (self->engine, &segment, NULL, saved_cb, g_object_ref (self));
}

/* -- the whole -- */

static void
sb_segment_dialog_dispose (GObject *object)
{
  SbSegmentDialog *self = SB_SEGMENT_DIALOG (object);

  stop_counting (self);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_segment_dialog_parent_class)->dispose (object);
}

static void
sb_segment_dialog_finalize (GObject *object)
{
  SbSegmentDialog *self = SB_SEGMENT_DIALOG (object);

  g_clear_pointer (&self->schema, sb_shop_schema_free);
  g_free (self->kept);

  G_OBJECT_CLASS (sb_segment_dialog_parent_class)->finalize (object);
}

static void
sb_segment_dialog_class_init (SbSegmentDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_segment_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_segment_dialog_finalize;

  signals[SAVED] = g_signal_new ("saved", SB_TYPE_SEGMENT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static GtkWidget *
add_label (GtkWidget  *box,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static GtkWidget *
make_header (SbSegmentDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->save = gtk_button_new_with_mnemonic (_("_Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_set_sensitive (self->save, FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (adw_dialog_close), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);

  return header;
}

/* Who is in, in sight while the conditions are scrolled. */
static GtkWidget *
make_foot (SbSegmentDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_add_css_class (box, "sb-segment-foot");
  self->count = add_label (box, "heading");
  self->sample = add_label (box, "dimmed");
  gtk_label_set_lines (GTK_LABEL (self->sample), 2);
  gtk_label_set_ellipsize (GTK_LABEL (self->sample), PANGO_ELLIPSIZE_END);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->count), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("How many people are in this group"), -1);

  return box;
}

static void
sb_segment_dialog_init (SbSegmentDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 15);
  GtkWidget *names = gtk_list_box_new ();

  self->name = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name), _("Name of the Group"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (names), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (names, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (names), self->name);
  self->sentence = add_label (box, "title-4");
  gtk_box_append (GTK_BOX (box), names);
  self->failure = add_label (box, "error");
  gtk_widget_set_visible (self->failure, FALSE);
  self->holder = adw_bin_new ();
  gtk_box_append (GTK_BOX (box), self->holder);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 640);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), make_header (self));
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), make_foot (self));
  adw_toolbar_view_set_bottom_bar_style (ADW_TOOLBAR_VIEW (view), ADW_TOOLBAR_RAISED_BORDER);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scrolled);
  adw_dialog_set_content_width (ADW_DIALOG (self), 680);
  adw_dialog_set_content_height (ADW_DIALOG (self), 640);
  adw_dialog_set_child (ADW_DIALOG (self), view);
}

/* What a new rule begins with; a rule that cannot be read any more begins anew, too. */
static SbCondition *
first_condition (SbSegmentDialog *self,
                 const SbSegment *segment)
{
  g_autoptr (GError) error = NULL;
  SbCondition       *condition = segment != NULL ? sb_segment_read_rule (sb_engine_get_reader (self->engine), segment->rule, NULL, &error) : NULL;

  if (error != NULL)
    {
      gtk_label_set_text (GTK_LABEL (self->failure), error->message);
      gtk_widget_set_visible (self->failure, TRUE);
    }
  if (condition != NULL)
    return condition;
  condition = sb_condition_new_group (SB_CONDITION_ALL);
  g_ptr_array_add (condition->children, sb_condition_new_test (SB_SUBJECT_TAG, SB_OPERATOR_ANY_OF));

  return condition;
}

AdwDialog *
sb_segment_dialog_new (SbEngine        *engine,
                       const SbSegment *segment)
{
  SbSegmentDialog        *self = g_object_new (SB_TYPE_SEGMENT_DIALOG, NULL);
  g_autoptr (SbCondition) condition = NULL;

  self->engine = g_object_ref (engine);
  self->schema = sb_reader_get_shop_schema (sb_engine_get_reader (engine));
  adw_dialog_set_title (ADW_DIALOG (self), segment != NULL ? _("Change the Group") : _("New Group of People"));
  if (segment != NULL)
    {
      self->id = segment->id;
      self->position = segment->position;
      gtk_editable_set_text (GTK_EDITABLE (self->name), segment->name);
    }
  condition = first_condition (self, segment);
  self->group = sb_condition_group_new (self->schema, condition, 0);
  adw_bin_set_child (ADW_BIN (self->holder), self->group);
  g_signal_connect_object (self->group, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name, "entry-activated", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_set_focus (ADW_DIALOG (self), self->name);
  sb_unsaved_watch (self->name);
  changed_cb (self);

  return ADW_DIALOG (self);
}
