#include "sb-people-cells.h"

#include "sb-country.h"

#include <glib/gi18n.h>

/**
 * SbPersonCell:
 *
 * One cell of the table of people, or with %SB_CELL_ROW a whole row of two lines. It follows its
 * item while it is bound.
 */
struct _SbPersonCell
{
  GtkBox parent_instance;

  SbCellKind    kind;
  SbField      *field;
  SbClock      *clock;
  SbPersonItem *item;
  gulong        changed_id;
  GtkWidget    *check;
  GtkWidget    *avatar;
  GtkWidget    *icon;
  GtkWidget    *title;
  GtkWidget    *subtitle;
};

G_DEFINE_FINAL_TYPE (SbPersonCell, sb_person_cell, GTK_TYPE_BOX)

/* Does @text begin with a letter of the other direction than the window's? */
static gboolean
runs_against (const char *text)
{
  gboolean is_rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalpha (g_utf8_get_char (at)))
      {
        GUnicodeScript script = g_unichar_get_script (g_utf8_get_char (at));

        return is_rtl != (script == G_UNICODE_SCRIPT_ARABIC || script == G_UNICODE_SCRIPT_HEBREW);
      }

  return FALSE;
}

/* What is said runs, and is cut, by its own script, but begins where the window's language begins. */
static void
set_text (GtkWidget  *inscription,
          const char *text)
{
  const char *shown = text != NULL ? text : "";

  gtk_inscription_set_xalign (GTK_INSCRIPTION (inscription), runs_against (shown) ? 1 : 0);
  gtk_inscription_set_text (GTK_INSCRIPTION (inscription), shown);
}

static void
show_name (SbPersonCell   *self,
           const SbPerson *person)
{
  g_autofree char *name = sb_people_marked_text (person->name);
  g_autofree char *handle = sb_people_marked_text (person->handle);

  adw_avatar_set_text (ADW_AVATAR (self->avatar), person->name);
  adw_avatar_set_show_initials (ADW_AVATAR (self->avatar), person->name[0] != '+');
  set_text (self->title, name);
  if (person->handle[0] == '\0' || person->handle[0] == '@')
    set_text (self->subtitle, _("No number yet"));
  else
    set_text (self->subtitle, g_str_equal (person->name, person->handle) ? "" : handle);
}

static void
show_consent_icon (SbPersonCell   *self,
                   const SbPerson *person)
{
  static const SbConsent all[] = { SB_CONSENT_NONE, SB_CONSENT_ORDERS, SB_CONSENT_OFFERS, SB_CONSENT_OPTED_OUT };

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), sb_consent_get_icon (person->consent));
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    gtk_widget_remove_css_class (self->icon, sb_consent_get_style (all[i]));
  gtk_widget_add_css_class (self->icon, sb_consent_get_style (person->consent));
}

static void
show_row (SbPersonCell   *self,
          const SbPerson *person)
{
  g_autofree char *name = sb_people_marked_text (person->name);
  g_autofree char *words = sb_people_said_text (person);
  g_autofree char *said = sb_people_marked_text (words);

  adw_avatar_set_text (ADW_AVATAR (self->avatar), person->name);
  adw_avatar_set_show_initials (ADW_AVATAR (self->avatar), person->name[0] != '+');
  set_text (self->title, name);
  set_text (self->subtitle, said);
  show_consent_icon (self, person);
}

static void
show_last (SbPersonCell   *self,
           const SbPerson *person)
{
  g_autofree char *words = sb_people_said_text (person);
  g_autofree char *said = sb_people_marked_text (words);
  g_autofree char *at = person->preview != NULL ? sb_people_day_text (person->last_at, sb_clock_now (self->clock)) : NULL;
  g_autofree char *day = at != NULL ? sb_people_marked_text (at) : NULL;

  set_text (self->title, said);
  set_text (self->subtitle, day);
  gtk_widget_set_visible (self->subtitle, day != NULL);
}

static void
show_consent (SbPersonCell   *self,
              const SbPerson *person)
{
  show_consent_icon (self, person);
  set_text (self->title, sb_consent_get_label (person->consent));
}

static void
show (SbPersonCell *self)
{
  const SbPerson  *person = sb_person_item_get (self->item);
  g_autofree char *text = NULL;
  const char      *value;

  switch (self->kind)
    {
    case SB_CELL_NAME:
      show_name (self, person);
      return;
    case SB_CELL_ROW:
      show_row (self, person);
      return;
    case SB_CELL_LAST:
      show_last (self, person);
      return;
    case SB_CELL_CONSENT:
      show_consent (self, person);
      return;
    case SB_CELL_STAGE:
      text = g_strdup (person->stage);
      break;
    case SB_CELL_TAGS:
      text = g_strdup (person->tags);
      break;
    case SB_CELL_LANGUAGE:
      text = sb_people_language_text (person->language);
      break;
    case SB_CELL_COUNTRY:
      text = person->country != NULL ? sb_country_name (person->country) : g_strdup ("");
      break;
    case SB_CELL_SOURCE:
      text = sb_people_source_text (person->source);
      break;
    case SB_CELL_BLOCKED:
      text = g_strdup (person->blocked ? _("Blocked") : "");
      break;
    case SB_CELL_FIELD:
    default:
      value = self->field != NULL ? sb_person_get_field (person, self->field->name) : NULL;
      text = value != NULL ? sb_field_show (self->field, value) : NULL;
      break;
    }
  set_text (self->title, text);
}

/* @item: (nullable): none any more */
void
sb_person_cell_bind (SbPersonCell *self,
                     SbPersonItem *item)
{
  if (self->item != NULL)
    g_clear_signal_handler (&self->changed_id, self->item);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  self->changed_id = g_signal_connect_swapped (item, "changed", G_CALLBACK (show), self);
  show (self);
}

/* (nullable) (transfer none) */
SbPersonItem *
sb_person_cell_get_item (SbPersonCell *self)
{
  return self->item;
}

void
sb_person_cell_set_mark (SbPersonCell *self,
                         gboolean      selecting,
                         gboolean      marked)
{
  if (self->check == NULL)
    return;
  gtk_widget_set_visible (self->check, selecting);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), marked);
}

static void
sb_person_cell_dispose (GObject *object)
{
  SbPersonCell *self = SB_PERSON_CELL (object);

  sb_person_cell_bind (self, NULL);
  g_clear_pointer (&self->field, sb_field_free);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (sb_person_cell_parent_class)->dispose (object);
}

static void
sb_person_cell_class_init (SbPersonCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_person_cell_dispose;
}

static GtkWidget *
line_new (const char *class)
{
  GtkWidget *line = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (line), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (line), 0);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (line), 4);
  /* Rows are of one height in every language: its own would have a line measured by the tallest of its fonts. */
  pango_context_set_language (gtk_widget_get_pango_context (line), pango_language_from_string ("en"));
  gtk_widget_set_hexpand (line, TRUE);
  if (class != NULL)
    gtk_widget_add_css_class (line, class);

  return line;
}

static void
sb_person_cell_init (SbPersonCell *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 9);
  gtk_widget_add_css_class (GTK_WIDGET (self), "sb-person-cell");
}

static void
add_lines (SbPersonCell *self,
           gboolean      two)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->title = line_new (two ? "sb-person-title" : NULL);
  gtk_box_append (GTK_BOX (lines), self->title);
  if (two)
    {
      self->subtitle = line_new ("sb-person-subtitle");
      gtk_box_append (GTK_BOX (lines), self->subtitle);
    }
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (self), lines);
}

/* @field: (nullable): of %SB_CELL_FIELD */
GtkWidget *
sb_person_cell_new (SbCellKind     kind,
                    const SbField *field,
                    SbClock       *clock)
{
  SbPersonCell *self = g_object_new (SB_TYPE_PERSON_CELL, NULL);

  self->kind = kind;
  self->field = field != NULL ? sb_field_copy (field) : NULL;
  self->clock = g_object_ref (clock);
  if (kind == SB_CELL_NAME || kind == SB_CELL_ROW)
    {
      self->check = gtk_check_button_new ();
      gtk_widget_set_can_focus (self->check, FALSE); /* it would keep the Tab key in the list */
      gtk_widget_set_can_target (self->check, FALSE);
      gtk_widget_set_focusable (self->check, FALSE);
      gtk_widget_set_visible (self->check, FALSE);
      gtk_box_append (GTK_BOX (self), self->check);
      self->avatar = adw_avatar_new (36, NULL, TRUE);
      gtk_widget_set_valign (self->avatar, GTK_ALIGN_CENTER);
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->avatar), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      gtk_box_append (GTK_BOX (self), self->avatar);
    }
  if (kind == SB_CELL_CONSENT)
    {
      self->icon = gtk_image_new ();
      gtk_widget_set_valign (self->icon, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (self), self->icon);
    }
  add_lines (self, kind == SB_CELL_NAME || kind == SB_CELL_LAST || kind == SB_CELL_ROW);
  if (kind == SB_CELL_ROW)
    {
      self->icon = gtk_image_new ();
      gtk_box_append (GTK_BOX (self), self->icon);
    }

  return GTK_WIDGET (self);
}

#define CONSENT_SPACE 52 /* pixels: the icon and the spaces */

/* So that every answer can be read in every language, beside its icon. */
int
sb_people_consent_width (GtkWidget *table,
                         int        least)
{
  static const SbConsent all[] = { SB_CONSENT_NONE, SB_CONSENT_ORDERS, SB_CONSENT_OFFERS, SB_CONSENT_OPTED_OUT };
  int                    most = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (table, sb_consent_get_label (all[i]));
      int                     width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      most = MAX (most, width);
    }

  return MAX (least, most + CONSENT_SPACE);
}
