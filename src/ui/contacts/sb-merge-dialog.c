#include "sb-merge-dialog.h"

#include <glib/gi18n.h>

#include "sb-card.h"
#include "sb-people-acts.h"
#include "sb-people-cells.h"

/* Two people side by side. The one at the start stays; of what both have, a person chooses. */
typedef struct
{
  AdwDialog *dialog;
  SbEngine  *engine;
  GtkWidget *parent;
  gint64     kept_id;
  gint64     gone_id;
  SbPerson  *kept;
  SbPerson  *gone;
  GPtrArray *choices; /* check buttons at the end, each with "what" */

  AdwBreakpoint *narrow; /* where titles stand above their values */
} Merge;

static void
merge_free (gpointer data)
{
  Merge *merge = data;

  g_object_unref (merge->engine);
  g_object_unref (merge->parent);
  sb_person_free (merge->kept);
  sb_person_free (merge->gone);
  g_ptr_array_unref (merge->choices);
  g_free (merge);
}

/* -- what is done -- */

static void
merge_cb (Merge *merge)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  g_auto (GStrv)           chosen = NULL;
  g_autofree char         *said = NULL;
  SbContactAct             act = { .kind = SB_CONTACT_MERGE, .contact_ids = &merge->kept_id, .n_contacts = 1, .value = merge->gone_id };

  for (guint i = 0; i < merge->choices->len; i++)
    if (gtk_check_button_get_active (merge->choices->pdata[i]))
      g_strv_builder_add (list, g_object_get_data (merge->choices->pdata[i], "what"));
  chosen = g_strv_builder_end (list);
  act.list = (const char *const *) chosen;
  /* Translators: names of two customers */
  said = g_strdup_printf (_("%s and %s are one customer now"), merge->kept->name, merge->gone->name);
  sb_people_act (merge->parent, merge->engine, &act, said);
  adw_dialog_close (merge->dialog);
}

static void
apart_cb (Merge *merge)
{
  SbContactAct act = { .kind = SB_CONTACT_APART, .contact_ids = &merge->kept_id, .n_contacts = 1, .value = merge->gone_id };

  sb_people_act (merge->parent, merge->engine, &act, _("Kept as two customers"));
  adw_dialog_close (merge->dialog);
}

/* -- side by side -- */

static GtkWidget *
value_new (Merge      *merge,
           const char *text,
           const char *what,
           GtkWidget  *beside,
           gboolean    can_choose)
{
  GtkWidget *widget;

  if (!can_choose)
    {
      widget = gtk_label_new (text != NULL ? text : "–");
      gtk_label_set_xalign (GTK_LABEL (widget), 0);
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
    }
  else
    {
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      widget = gtk_check_button_new ();
      gtk_check_button_set_child (GTK_CHECK_BUTTON (widget), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
      gtk_check_button_set_group (GTK_CHECK_BUTTON (widget), beside != NULL ? GTK_CHECK_BUTTON (beside) : NULL);
      g_object_set_data_full (G_OBJECT (widget), "what", g_strdup (what), g_free);
    }
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);

  return widget;
}

static void
place_when_narrow (Merge      *merge,
                   GtkWidget  *grid,
                   GtkWidget  *child,
                   const char *property,
                   int         number)
{
  GtkLayoutChild *place = gtk_layout_manager_get_layout_child (gtk_widget_get_layout_manager (grid), child);
  GValue          value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_INT);
  g_value_set_int (&value, number);
  adw_breakpoint_add_setter (merge->narrow, G_OBJECT (place), property, &value);
}

/* A row of the table: what it is, the one who stays, the one who goes. A narrow table has the first above the others. */
static void
add_row (Merge      *merge,
         GtkWidget  *grid,
         int        *row,
         const char *title,
         const char *what,
         const char *ours,
         const char *theirs)
{
  gboolean   has_ours = ours != NULL && ours[0] != '\0';
  gboolean   has_theirs = theirs != NULL && theirs[0] != '\0';
  gboolean   differ = what != NULL && has_ours && has_theirs && !g_str_equal (ours, theirs);
  GtkWidget *label, *start, *end;

  if (!has_ours && !has_theirs)
    return;
  label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dimmed");
  start = value_new (merge, has_ours ? ours : NULL, what, NULL, differ);
  end = value_new (merge, has_theirs ? theirs : NULL, what, differ ? start : NULL, differ);
  if (differ)
    {
      gtk_check_button_set_active (GTK_CHECK_BUTTON (start), TRUE);
      g_ptr_array_add (merge->choices, end);
    }
  gtk_grid_attach (GTK_GRID (grid), label, 0, *row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), start, 1, *row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), end, 2, *row, 1, 1);
  place_when_narrow (merge, grid, label, "column", 1);
  place_when_narrow (merge, grid, label, "column-span", 2);
  place_when_narrow (merge, grid, start, "row", *row + 1);
  place_when_narrow (merge, grid, end, "row", *row + 1);
  *row += 2;
}

static char *
identities_text (SbReader *reader,
                 gint64    contact_id)
{
  g_autoptr (GPtrArray)  identities = sb_reader_list_identities (reader, contact_id);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GString               *text = g_string_new (NULL);

  for (guint i = 0; i < identities->len; i++)
    {
      const SbIdentity *identity = identities->pdata[i];

      if (identity->kind != SB_IDENTITY_BSUID && identity->kind != SB_IDENTITY_PARENT_BSUID && g_hash_table_add (seen, identity->shown))
        g_string_append_printf (text, "%s\342\201\246%s\342\201\251", text->len > 0 ? "\n" : "", identity->shown);
    }

  return g_string_free (text, FALSE);
}

static char *
last_text (Merge          *merge,
           const SbPerson *person)
{
  return person->preview != NULL ? sb_people_day_text (person->last_at, sb_clock_now (sb_engine_get_clock (merge->engine))) : g_strdup (_("No message yet"));
}

static void
add_heads (Merge     *merge,
           GtkWidget *grid,
           int       *row)
{
  const SbPerson *people[] = { merge->kept, merge->gone };

  for (int i = 0; i < 2; i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
      GtkWidget *avatar = adw_avatar_new (48, people[i]->name, TRUE);
      GtkWidget *caption = gtk_label_new (i == 0 ? _("Stays") : _("Joins it"));

      gtk_widget_add_css_class (caption, "caption-heading");
      gtk_widget_set_halign (box, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (box), avatar);
      gtk_box_append (GTK_BOX (box), caption);
      gtk_grid_attach (GTK_GRID (grid), box, 1 + i, *row, 1, 1);
    }
  (*row)++;
}

static void
add_field_rows (Merge     *merge,
                GtkWidget *grid,
                int       *row)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const SbPerson        *people[] = { merge->kept, merge->gone };

  for (int i = 0; i < 2; i++)
    for (guint k = 0; k < people[i]->fields->len; k++)
      {
        const SbCardField *field = people[i]->fields->pdata[k];
        g_autofree char   *what = g_strconcat ("field:", field->name, NULL);

        if (g_hash_table_add (seen, field->name))
          add_row (merge, grid, row, field->name, what, sb_person_get_field (merge->kept, field->name), sb_person_get_field (merge->gone, field->name));
      }
}

static GtkWidget *
make_grid (Merge *merge)
{
  SbReader        *reader = sb_engine_get_reader (merge->engine);
  GtkWidget       *grid = gtk_grid_new ();
  int              row = 0;
  g_autofree char *ours = identities_text (reader, merge->kept_id);
  g_autofree char *theirs = identities_text (reader, merge->gone_id);
  g_autofree char *our_last = last_text (merge, merge->kept);
  g_autofree char *their_last = last_text (merge, merge->gone);
  g_autofree char *our_language = sb_people_language_text (merge->kept->language);
  g_autofree char *their_language = sb_people_language_text (merge->gone->language);
  g_autofree char *our_source = sb_people_source_text (merge->kept->source);
  g_autofree char *their_source = sb_people_source_text (merge->gone->source);

  gtk_grid_set_row_spacing (GTK_GRID (grid), 9);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), FALSE);
  gtk_widget_add_css_class (grid, "sb-merge");
  add_heads (merge, grid, &row);
  add_row (merge, grid, &row, _("Name"), "name", merge->kept->name, merge->gone->name);
  add_row (merge, grid, &row, _("Known By"), NULL, ours, theirs);
  add_row (merge, grid, &row, _("Last Message"), NULL, our_last, their_last);
  add_row (merge, grid, &row, _("Stage"), "stage", merge->kept->stage, merge->gone->stage);
  add_row (merge, grid, &row, _("Language"), "language", our_language, their_language);
  add_row (merge, grid, &row, _("Country"), "country", merge->kept->country, merge->gone->country);
  add_row (merge, grid, &row, _("Time Zone"), "time_zone", merge->kept->time_zone, merge->gone->time_zone);
  add_row (merge, grid, &row, _("Came By"), "source", our_source, their_source);
  add_row (merge, grid, &row, _("May Receive"), NULL, sb_consent_get_label (merge->kept->consent), sb_consent_get_label (merge->gone->consent));
  add_row (merge, grid, &row, _("Tags"), NULL, merge->kept->tags, merge->gone->tags);
  add_field_rows (merge, grid, &row);

  return grid;
}

static GtkWidget *
make_body (Merge *merge)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *words = gtk_label_new (_("Both conversations become one, in the order in which things were said. Numbers and tags of both are kept. This can be undone."));
  GtkWidget *apart = gtk_button_new_with_label (_("Not the Same Person"));

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (apart))), TRUE);
  gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (apart))), GTK_JUSTIFY_CENTER);
  gtk_widget_set_halign (apart, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (apart, "pill");
  g_signal_connect_swapped (apart, "clicked", G_CALLBACK (apart_cb), merge);
  gtk_box_append (GTK_BOX (column), make_grid (merge));
  gtk_box_append (GTK_BOX (column), words);
  gtk_box_append (GTK_BOX (column), apart);
  gtk_widget_set_margin_start (column, 18);
  gtk_widget_set_margin_end (column, 18);
  gtk_widget_set_margin_top (column, 6);
  gtk_widget_set_margin_bottom (column, 18);

  return column;
}

void
sb_merge_dialog_present (GtkWidget *parent,
                         SbEngine  *engine,
                         gint64     one_id,
                         gint64     other_id)
{
  SbReader  *reader = sb_engine_get_reader (engine);
  Merge     *merge = g_new0 (Merge, 1);
  GtkWidget *view, *header, *button, *scroller;

  merge->engine = g_object_ref (engine);
  merge->parent = g_object_ref (parent);
  merge->kept_id = one_id;
  merge->gone_id = other_id;
  merge->kept = sb_reader_get_person (reader, one_id);
  merge->gone = sb_reader_get_person (reader, other_id);
  merge->choices = g_ptr_array_new ();
  if (merge->kept == NULL || merge->gone == NULL)
    {
      merge_free (merge);
      return;
    }

  merge->dialog = adw_dialog_new ();
  merge->narrow = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 420sp"));
  g_object_set_data_full (G_OBJECT (merge->dialog), "merge", merge, merge_free);
  view = adw_toolbar_view_new ();
  header = adw_header_bar_new ();
  button = gtk_button_new_with_label (_("Merge"));
  scroller = gtk_scrolled_window_new ();
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (merge_cb), merge);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), button);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_body (merge));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);
  adw_dialog_set_title (merge->dialog, _("The Same Person?"));
  adw_dialog_set_child (merge->dialog, view);
  adw_dialog_set_content_width (merge->dialog, 560);
  gtk_widget_set_size_request (GTK_WIDGET (merge->dialog), 300, 200);
  adw_dialog_add_breakpoint (merge->dialog, merge->narrow);
  adw_dialog_present (merge->dialog, parent);
}
