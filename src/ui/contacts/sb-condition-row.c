#include "sb-condition-row.h"

#include <glib/gi18n.h>

#include "sb-condition-values.h"
#include "sb-condition-words.h"

/* What stands in the first list: a subject, or one of the fields. */
typedef struct
{
  SbSubject   subject;
  char       *field;
  gint64      field_id;
  SbValueType type;
} Offer;

struct _SbConditionRow
{
  GtkBox parent_instance;

  const SbShopSchema *schema;
  GArray             *offers;    /* Offer, in the order of the list */
  GArray             *operators; /* SbOperator, in the order of the list */
  GtkWidget          *subject;
  GtkWidget          *op;
  GtkWidget          *values;
  GtkWidget          *line;
  GtkWidget          *complaint;
  gboolean            filling;
};

G_DEFINE_FINAL_TYPE (SbConditionRow, sb_condition_row, GTK_TYPE_BOX)

enum
{
  CHANGED,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What is asked for most comes first. */
static const SbSubject subjects[] = {
  SB_SUBJECT_TAG,
  SB_SUBJECT_STAGE,
  SB_SUBJECT_CONSENT,
  SB_SUBJECT_LAST_IN,
  SB_SUBJECT_LAST_OUT,
  SB_SUBJECT_FIRST_SEEN,
  SB_SUBJECT_NAME,
  SB_SUBJECT_NUMBER,
  SB_SUBJECT_COUNTRY,
  SB_SUBJECT_LANGUAGE,
  SB_SUBJECT_SOURCE,
  SB_SUBJECT_IMPORT,
  SB_SUBJECT_MESSAGES,
  SB_SUBJECT_STATUS,
  SB_SUBJECT_UNREAD,
  SB_SUBJECT_UNANSWERED,
  SB_SUBJECT_ASSIGNEE,
  SB_SUBJECT_LINE,
  SB_SUBJECT_BLOCKED,
};

static void
offer_clear (gpointer data)
{
  g_free (((Offer *) data)->field);
}

static void
offer (SbConditionRow *self,
       GtkStringList  *names,
       SbSubject       subject,
       const char     *field,
       gint64          field_id,
       SbValueType     type)
{
  Offer new_offer = { subject, g_strdup (field), field_id, type };

  g_array_append_val (self->offers, new_offer);
  gtk_string_list_append (names, field != NULL ? field : sb_subject_to_words (subject));
}

static const Offer *
chosen_offer (SbConditionRow *self)
{
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->subject));

  return index < self->offers->len ? &g_array_index (self->offers, Offer, index) : NULL;
}

static guint
find_offer (SbConditionRow    *self,
            const SbCondition *test)
{
  for (guint i = 0; i < self->offers->len; i++)
    {
      const Offer *candidate = &g_array_index (self->offers, Offer, i);

      if (candidate->subject == test->subject && (test->subject != SB_SUBJECT_FIELD || (candidate->field_id == test->field_id && g_strcmp0 (candidate->field, test->field) == 0)))
        return i;
    }

  return self->offers->len;
}

static void
fill_subjects (SbConditionRow    *self,
               const SbCondition *test)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    offer (self, names, subjects[i], NULL, 0, SB_VALUE_TEXT);
  for (guint i = 0; i < self->schema->fields->len; i++)
    {
      const SbFieldRow *field = self->schema->fields->pdata[i];

      offer (self, names, SB_SUBJECT_FIELD, field->name, field->id, field->type);
    }
  /* A field that is gone is still shown where it is asked for. */
  if (find_offer (self, test) == self->offers->len)
    offer (self, names, SB_SUBJECT_FIELD, test->field, test->field_id, test->field_type);
  /* A column that only came with an import has the type the rule takes it for. */
  if (test->subject == SB_SUBJECT_FIELD && test->field_id == 0)
    g_array_index (self->offers, Offer, find_offer (self, test)).type = test->field_type;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->subject), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->subject), find_offer (self, test));
}

static void
fill_operators (SbConditionRow *self,
                SbSubject       subject,
                SbValueType     type,
                SbOperator      op)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint                     chosen = 0;

  g_array_set_size (self->operators, 0);
  for (SbOperator i = 1; i < SB_N_OPERATORS; i++)
    if (sb_subject_allows (subject, type, i))
      {
        if (i == op)
          chosen = self->operators->len;
        g_array_append_val (self->operators, i);
        gtk_string_list_append (names, sb_operator_to_words (i, subject));
      }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->op), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->op), chosen);
}

static SbOperator
chosen_operator (SbConditionRow *self)
{
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->op));

  return index < self->operators->len ? g_array_index (self->operators, SbOperator, index) : g_array_index (self->operators, SbOperator, 0);
}

/* What most people mean when they choose @subject. */
static SbOperator
first_operator (SbSubject   subject,
                SbValueType type)
{
  static const SbOperator wished[] = { SB_OPERATOR_ANY_OF, SB_OPERATOR_WITHIN, SB_OPERATOR_MORE, SB_OPERATOR_YES };

  if (sb_subject_allows (subject, type, SB_OPERATOR_CONTAINS))
    return SB_OPERATOR_CONTAINS;
  for (gsize i = 0; i < G_N_ELEMENTS (wished); i++)
    if (sb_subject_allows (subject, type, wished[i]))
      return wished[i];

  return SB_OPERATOR_IS;
}

static SbCondition *
bare_test (SbConditionRow *self)
{
  const Offer *chosen = chosen_offer (self);
  SbCondition *test;

  if (chosen == NULL)
    return sb_condition_new_test (SB_SUBJECT_TAG, SB_OPERATOR_ANY_OF);
  test = sb_condition_new_test (chosen->subject, chosen_operator (self));
  test->field = g_strdup (chosen->field);
  test->field_id = chosen->field_id;
  test->field_type = chosen->type;

  return test;
}

static void
changed_cb (SbConditionRow *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
op_cb (SbConditionRow *self)
{
  g_autoptr (SbCondition) test = NULL;

  if (self->filling)
    return;
  /* What was typed stays where it still fits. */
  test = sb_condition_row_read (self);
  sb_condition_values_show (SB_CONDITION_VALUES (self->values), test);
  changed_cb (self);
}

static void
subject_cb (SbConditionRow *self)
{
  const Offer            *chosen = chosen_offer (self);
  g_autoptr (SbCondition) test = NULL;

  if (self->filling || chosen == NULL)
    return;
  self->filling = TRUE;
  fill_operators (self, chosen->subject, chosen->type, first_operator (chosen->subject, chosen->type));
  self->filling = FALSE;
  test = bare_test (self);
  sb_condition_values_show (SB_CONDITION_VALUES (self->values), test);
  changed_cb (self);
}

static void
remove_cb (SbConditionRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

SbCondition *
sb_condition_row_read (SbConditionRow *self)
{
  SbCondition *test = bare_test (self);

  sb_condition_values_read (SB_CONDITION_VALUES (self->values), test);

  return test;
}

void
sb_condition_row_complain (SbConditionRow *self,
                           const char     *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->complaint), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->complaint, sentence != NULL);
}

/* -- the whole -- */

static void
sb_condition_row_finalize (GObject *object)
{
  SbConditionRow *self = SB_CONDITION_ROW (object);

  g_array_unref (self->offers);
  g_array_unref (self->operators);

  G_OBJECT_CLASS (sb_condition_row_parent_class)->finalize (object);
}

static void
sb_condition_row_class_init (SbConditionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_condition_row_finalize;

  signals[CHANGED] = g_signal_new ("changed", SB_TYPE_CONDITION_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE] = g_signal_new ("remove", SB_TYPE_CONDITION_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
choice (const char *label)
{
  GtkWidget *drop_down = gtk_drop_down_new (NULL, gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return drop_down;
}

static GtkWidget *
remove_button (SbConditionRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_set_tooltip_text (button, _("Remove This Condition"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);

  return button;
}

static void
sb_condition_row_init (SbConditionRow *self)
{
  self->offers = g_array_new (FALSE, FALSE, sizeof (Offer));
  g_array_set_clear_func (self->offers, offer_clear);
  self->operators = g_array_new (FALSE, FALSE, sizeof (SbOperator));
  self->subject = choice (_("What to ask for"));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (self->subject), TRUE);
  self->op = choice (_("How to compare"));
  self->complaint = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->complaint), 0);
  gtk_label_set_wrap (GTK_LABEL (self->complaint), TRUE);
  gtk_widget_add_css_class (self->complaint, "warning");
  gtk_widget_add_css_class (self->complaint, "caption");
  gtk_widget_set_visible (self->complaint, FALSE);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (self), self->line);
  gtk_box_append (GTK_BOX (self), self->complaint);
}

GtkWidget *
sb_condition_row_new (const SbShopSchema *schema,
                      const SbCondition  *test)
{
  SbConditionRow *self = g_object_new (SB_TYPE_CONDITION_ROW, NULL);
  GtkWidget      *wrap = adw_wrap_box_new ();

  self->schema = schema;
  self->values = sb_condition_values_new (schema);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (wrap), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (wrap), 6);
  gtk_widget_set_hexpand (wrap, TRUE);
  adw_wrap_box_append (ADW_WRAP_BOX (wrap), self->subject);
  adw_wrap_box_append (ADW_WRAP_BOX (wrap), self->op);
  adw_wrap_box_append (ADW_WRAP_BOX (wrap), self->values);
  gtk_box_append (GTK_BOX (self->line), wrap);
  gtk_box_append (GTK_BOX (self->line), remove_button (self));

  self->filling = TRUE;
  fill_subjects (self, test);
  fill_operators (self, test->subject, test->field_type, test->op);
  sb_condition_values_show (SB_CONDITION_VALUES (self->values), test);
  self->filling = FALSE;
  g_signal_connect_object (self->subject, "notify::selected", G_CALLBACK (subject_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->op, "notify::selected", G_CALLBACK (op_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->values, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
