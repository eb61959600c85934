#include "sb-condition-group.h"

#include <glib/gi18n.h>

#include "sb-condition-json.h"
#include "sb-condition-row.h"

struct _SbConditionGroup
{
  GtkBox parent_instance;

  const SbShopSchema *schema;
  guint               depth;
  GtkWidget          *kind;
  GtkWidget          *children;
};

G_DEFINE_FINAL_TYPE (SbConditionGroup, sb_condition_group, GTK_TYPE_BOX)

enum
{
  CHANGED,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The dialog stays readable on a phone; a rule with more levels is written by the command line and shown all the same. */
#define MAX_DEPTH 2

static void
changed_cb (SbConditionGroup *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
remove_child_cb (SbConditionGroup *self,
                 GtkWidget        *child)
{
  /* It may be the one whose button is being pressed right now. */
  g_object_ref (child);
  gtk_box_remove (GTK_BOX (self->children), child);
  changed_cb (self);
  g_object_unref (child);
}

static GtkWidget *
add_child (SbConditionGroup  *self,
           const SbCondition *condition)
{
  GtkWidget *child = condition->kind == SB_CONDITION_TEST ? sb_condition_row_new (self->schema, condition) : sb_condition_group_new (self->schema, condition, self->depth + 1);

  g_signal_connect_object (child, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (child, "remove", G_CALLBACK (remove_child_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->children), child);

  return child;
}

static void
add_test_cb (SbConditionGroup *self)
{
  g_autoptr (SbCondition) test = sb_condition_new_test (SB_SUBJECT_TAG, SB_OPERATOR_ANY_OF);

  gtk_widget_child_focus (add_child (self, test), GTK_DIR_TAB_FORWARD);
  changed_cb (self);
}

static void
add_group_cb (SbConditionGroup *self)
{
  g_autoptr (SbCondition) group = sb_condition_new_group (SB_CONDITION_ANY);

  g_ptr_array_add (group->children, sb_condition_new_test (SB_SUBJECT_TAG, SB_OPERATOR_ANY_OF));
  gtk_widget_child_focus (add_child (self, group), GTK_DIR_TAB_FORWARD);
  changed_cb (self);
}

static void
remove_cb (SbConditionGroup *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

SbCondition *
sb_condition_group_read (SbConditionGroup *self,
                         GHashTable       *rows)
{
  SbCondition *group = sb_condition_new_group (1 + adw_toggle_group_get_active (ADW_TOGGLE_GROUP (self->kind)));

  for (GtkWidget *child = gtk_widget_get_first_child (self->children); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      SbCondition *condition = SB_IS_CONDITION_ROW (child) ? sb_condition_row_read (SB_CONDITION_ROW (child)) : sb_condition_group_read (SB_CONDITION_GROUP (child), rows);

      if (SB_IS_CONDITION_ROW (child))
        g_hash_table_insert (rows, condition, child);
      g_ptr_array_add (group->children, condition);
    }

  return group;
}

/* -- the whole -- */

static void
sb_condition_group_class_init (SbConditionGroupClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", SB_TYPE_CONDITION_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE] = g_signal_new ("remove", SB_TYPE_CONDITION_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_toggle (GtkWidget  *group,
            const char *label)
{
  AdwToggle *toggle = adw_toggle_new ();

  adw_toggle_set_label (toggle, label);
  adw_toggle_group_add (ADW_TOGGLE_GROUP (group), toggle);
}

static GtkWidget *
add_button (GtkWidget  *box,
            const char *label,
            const char *icon,
            GCallback   callback,
            gpointer    self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icon);
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), label);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (ADW_WRAP_BOX (box), button);

  return button;
}

static void
sb_condition_group_init (SbConditionGroup *self)
{
  self->kind = adw_toggle_group_new ();
  /* Translators: how many of the conditions of a rule must hold */
  add_toggle (self->kind, C_("conditions", "All"));
  add_toggle (self->kind, C_("conditions", "Any"));
  add_toggle (self->kind, C_("conditions", "None"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->kind), GTK_ACCESSIBLE_PROPERTY_LABEL, _("How many must hold"), -1);
  self->children = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 9);
}

static GtkWidget *
head (SbConditionGroup *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  /* The choice is shown whole, the words go below it where they must. */
  GtkWidget *words = adw_wrap_box_new ();
  GtkWidget *label = gtk_label_new (_("of these hold"));
  GtkWidget *remove;

  gtk_widget_add_css_class (label, "dimmed");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (words), 9);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (words), 6);
  adw_wrap_box_append (ADW_WRAP_BOX (words), self->kind);
  adw_wrap_box_append (ADW_WRAP_BOX (words), label);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), words);
  if (self->depth > 0)
    {
      remove = gtk_button_new_from_icon_name ("window-close-symbolic");
      gtk_widget_set_tooltip_text (remove, _("Remove This Group"));
      gtk_widget_add_css_class (remove, "flat");
      gtk_widget_set_valign (remove, GTK_ALIGN_START);
      g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), remove);
    }

  return box;
}

GtkWidget *
sb_condition_group_new (const SbShopSchema *schema,
                        const SbCondition  *group,
                        guint               depth)
{
  SbConditionGroup *self = g_object_new (SB_TYPE_CONDITION_GROUP, NULL);
  GtkWidget        *foot = adw_wrap_box_new ();

  self->schema = schema;
  self->depth = depth;
  gtk_widget_add_css_class (GTK_WIDGET (self), depth == 0 ? "sb-card" : "sb-condition-group");
  gtk_box_append (GTK_BOX (self), head (self));
  gtk_box_append (GTK_BOX (self), self->children);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (foot), 6);
  add_button (foot, _("Add Condition"), "list-add-symbolic", G_CALLBACK (add_test_cb), self);
  if (depth < MAX_DEPTH)
    add_button (foot, _("Add Group"), "list-add-symbolic", G_CALLBACK (add_group_cb), self);
  gtk_box_append (GTK_BOX (self), foot);
  for (guint i = 0; i < group->children->len; i++)
    add_child (self, group->children->pdata[i]);
  adw_toggle_group_set_active (ADW_TOGGLE_GROUP (self->kind), group->kind - 1);
  g_signal_connect_object (self->kind, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
