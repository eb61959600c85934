#include "sb-macro-step-row.h"

#include <glib/gi18n.h>

#include "sb-hours-group.h"
#include "sb-unsaved.h"

typedef struct
{
  SbStepKind kind;
  GtkWidget *row;
  GtkWidget *text;   /* note, answer: GtkTextView */
  GArray    *values; /* of the choices, in order */
  char      *gone;   /* name of the person that is not among them any more */
} Step;

#define WHOEVER (-1) /* who runs it */

static void
step_free (gpointer data)
{
  Step *step = data;

  g_array_unref (step->values);
  g_free (step->gone);
  g_free (step);
}

const char *
sb_macro_step_title (SbStepKind kind)
{
  switch (kind)
    {
    case SB_STEP_STATUS:
      return _("Set the Status");
    case SB_STEP_SNOOZE:
      return _("Snooze");
    case SB_STEP_ASSIGN:
    case SB_STEP_ASSIGN_ME:
      return _("Assign");
    case SB_STEP_TAG:
      return _("Add the Tag");
    case SB_STEP_UNTAG:
      return _("Remove the Tag");
    case SB_STEP_NOTE:
      return _("Write a Note");
    case SB_STEP_ANSWER:
      return _("Put a Text into the Answer");
    default:
      g_assert_not_reached ();
    }
}

/* -- choices -- */

static void
add_choice (Step          *step,
            GtkStringList *names,
            const char    *name,
            gint64         value)
{
  gtk_string_list_append (names, name);
  g_array_append_val (step->values, value);
}

static void
add_staff (Step              *step,
           SbEngine          *engine,
           GtkStringList     *names,
           const SbMacroStep *was)
{
  g_autoptr (GPtrArray) staff = sb_reader_list_staff (sb_engine_get_reader (engine));
  gboolean              found = was->kind == SB_STEP_ASSIGN_ME || was->value == 0;

  add_choice (step, names, _("Whoever Runs It"), WHOEVER);
  add_choice (step, names, C_("assigned to", "Nobody"), 0);
  for (guint i = 0; i < staff->len; i++)
    {
      const SbNamed *person = staff->pdata[i];

      if (!person->active)
        continue;
      add_choice (step, names, person->name, person->id);
      found = found || person->id == was->value;
    }
  if (!found)
    {
      /* Translators: name of somebody who left */
      g_autofree char *gone = g_strdup_printf (_("%s (gone)"), was->text != NULL ? was->text : "");

      step->gone = g_strdup (was->text);
      add_choice (step, names, gone, was->value);
    }
}

static GtkWidget *
make_choice (Step              *step,
             SbEngine          *engine,
             const SbMacroStep *was)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget                *row = adw_combo_row_new ();
  gint64                    value = was->kind == SB_STEP_ASSIGN_ME ? WHOEVER : was->value;

  if (step->kind == SB_STEP_STATUS)
    {
      add_choice (step, names, C_("status", "Done"), SB_THREAD_CLOSED);
      add_choice (step, names, C_("status", "Pending"), SB_THREAD_PENDING);
      add_choice (step, names, C_("status", "Open"), SB_THREAD_OPEN);
    }
  else if (step->kind == SB_STEP_SNOOZE)
    {
      add_choice (step, names, _("For 1 Hour"), 60);
      add_choice (step, names, _("For 4 Hours"), 4 * 60);
      add_choice (step, names, _("For 1 Day"), 24 * 60);
      add_choice (step, names, _("For 1 Week"), 7 * 24 * 60);
      add_choice (step, names, _("Until the Customer Writes"), 0);
    }
  else
    add_staff (step, engine, names, was);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  for (guint i = 0; i < step->values->len; i++)
    if (g_array_index (step->values, gint64, i) == value)
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);

  return row;
}

/* -- words -- */

static GtkWidget *
make_tag (SbEngine          *engine,
          const SbMacroStep *was)
{
  g_autoptr (GPtrArray) tags = sb_reader_list_tags (sb_engine_get_reader (engine));
  GtkWidget            *row = adw_entry_row_new ();
  const char           *name = was->text;

  /* By the name it has now; one that is gone by the name it had. */
  for (guint i = 0; i < tags->len; i++)
    if (((SbNamed *) tags->pdata[i])->id == was->value)
      name = ((SbNamed *) tags->pdata[i])->name;
  gtk_editable_set_text (GTK_EDITABLE (row), name != NULL ? name : "");

  return row;
}

static GtkWidget *
make_text (Step              *step,
           const SbMacroStep *was)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (sb_macro_step_title (step->kind));
  GtkWidget *field;

  field = sb_desk_text_new (sb_macro_step_title (step->kind), was->text, &step->text);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "dimmed");
  gtk_widget_add_css_class (title, "caption");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), field);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE);

  return row;
}

/* -- the row -- */

static GtkWidget *
button_new (const char *icon,
            const char *name,
            GtkWidget  *row,
            GCallback   clicked,
            gpointer    user_data)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "row", row);
  g_signal_connect (button, "clicked", clicked, user_data);

  return button;
}

static void
add_buttons (Step     *step,
             GCallback up,
             GCallback remove,
             gpointer  user_data)
{
  GtkWidget *earlier = button_new ("go-up-symbolic", _("Do This Earlier"), step->row, up, user_data);
  GtkWidget *away = button_new ("window-close-symbolic", _("Remove This Step"), step->row, remove, user_data);

  if (ADW_IS_ENTRY_ROW (step->row))
    {
      adw_entry_row_add_suffix (ADW_ENTRY_ROW (step->row), earlier);
      adw_entry_row_add_suffix (ADW_ENTRY_ROW (step->row), away);
    }
  else if (ADW_IS_ACTION_ROW (step->row))
    {
      adw_action_row_add_suffix (ADW_ACTION_ROW (step->row), earlier);
      adw_action_row_add_suffix (ADW_ACTION_ROW (step->row), away);
    }
  else
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *child = g_object_ref (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (step->row)));

      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (step->row), NULL);
      gtk_box_append (GTK_BOX (box), child);
      gtk_box_append (GTK_BOX (box), earlier);
      gtk_box_append (GTK_BOX (box), away);
      gtk_widget_add_css_class (box, "sb-quick-reply-edit");
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (step->row), box);
      g_object_unref (child);
    }
}

/* @up, @remove: of a button with the row as its data "row" */
GtkWidget *
sb_macro_step_row_new (SbEngine          *engine,
                       const SbMacroStep *was,
                       GCallback          up,
                       GCallback          remove,
                       gpointer           user_data)
{
  Step *step = g_new0 (Step, 1);

  step->kind = was->kind == SB_STEP_ASSIGN_ME ? SB_STEP_ASSIGN : was->kind;
  step->values = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (step->kind == SB_STEP_TAG || step->kind == SB_STEP_UNTAG)
    step->row = make_tag (engine, was);
  else if (step->kind == SB_STEP_NOTE || step->kind == SB_STEP_ANSWER)
    step->row = make_text (step, was);
  else
    step->row = make_choice (step, engine, was);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (step->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (step->row), sb_macro_step_title (step->kind));
  add_buttons (step, up, remove, user_data);
  g_object_set_data_full (G_OBJECT (step->row), "step", step, step_free);
  sb_unsaved_watch (step->text != NULL ? step->text : step->row);

  return step->row;
}

static const char *
add_text (Step    *step,
          SbMacro *macro)
{
  GtkTextBuffer   *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (step->text));
  GtkTextIter      start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
  sb_macro_add_step (macro, step->kind, 0, text);

  return text[0] == '\0' ? _("A text is still missing.") : NULL;
}

static const char *
add_assignment (Step    *step,
                SbMacro *macro,
                gint64   value)
{
  GtkStringObject *name = adw_combo_row_get_selected_item (ADW_COMBO_ROW (step->row));

  if (value == WHOEVER)
    sb_macro_add_step (macro, SB_STEP_ASSIGN_ME, 0, NULL);
  else
    sb_macro_add_step (macro, SB_STEP_ASSIGN, value, step->gone != NULL ? step->gone : gtk_string_object_get_string (name));

  return NULL;
}

const char *
sb_macro_step_row_add (GtkWidget *row,
                       SbMacro   *macro)
{
  Step  *step = g_object_get_data (G_OBJECT (row), "step");
  gint64 value;

  if (step->text != NULL)
    return add_text (step, macro);
  if (step->kind == SB_STEP_TAG || step->kind == SB_STEP_UNTAG)
    {
      g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

      sb_macro_add_step (macro, step->kind, 0, name);
      return name[0] == '\0' ? _("A tag is still missing.") : NULL;
    }
  value = g_array_index (step->values, gint64, adw_combo_row_get_selected (ADW_COMBO_ROW (row)));
  if (step->kind == SB_STEP_ASSIGN)
    return add_assignment (step, macro, value);
  sb_macro_add_step (macro, step->kind, value, NULL);

  return NULL;
}
