#include "sb-import-columns.h"

#include <glib/gi18n.h>

#include "sb-country.h"
#include "sb-import-marks-group.h"
#include "sb-import-words.h"
#include "sb-phone.h"

#define SHOWN_MAX      100 /* columns; a wider file has them all, only not their rows here */
#define HEADER_MAX     6
#define SAMPLE_LETTERS 48

struct _SbImportColumns
{
  AdwBin parent_instance;

  GtkWidget      *column;
  GtkWidget      *columns; /* AdwPreferencesGroup, made anew for each shape */
  GPtrArray      *rows;    /* AdwComboRow of each column, or NULL */
  GtkStringList  *fields;
  char          **countries;
  GtkWidget      *country;
  GtkWidget      *dates;
  GtkWidget      *header;
  GtkWidget      *sheet;
  GtkWidget      *replace;
  GtkWidget      *consent;
  GtkWidget      *permission; /* the group of consent */
  GtkWidget      *wording;
  GtkWidget      *marks;
  char          **sheets;
  char           *shape; /* titles that the rows were made for */
  SbImportMemory *memory;
  gboolean        asked; /* the person, or an earlier time, has said what columns mean */
  gboolean        filling;
};

G_DEFINE_FINAL_TYPE (SbImportColumns, sb_import_columns, ADW_TYPE_BIN)

enum
{
  CHANGED,
  ANSWERED,
  SHEET,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *method;
  const char *words;
} consents[] = {
  { NULL, N_("No Permission Yet") },
  { "paper", N_("They Signed a List on Paper") },
  { "shop", N_("They Said So in the Shop") },
  { "phone", N_("They Said So by Phone") },
  { "web", N_("They Ticked a Box on a Website") },
  { "other", N_("In Another Way") },
};

/* -- what the person chose -- */

static void
changed (SbImportColumns *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
field_cb (SbImportColumns *self,
          GParamSpec      *pspec,
          GtkWidget       *row)
{
  guint index;

  if (self->filling || !g_ptr_array_find (self->rows, row, &index))
    return;
  g_array_index (self->memory->fields, SbField, index) = (SbField) adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  self->asked = TRUE;
  changed (self);
}

static void
country_cb (SbImportColumns *self)
{
  guint at = self->filling ? GTK_INVALID_LIST_POSITION : adw_combo_row_get_selected (ADW_COMBO_ROW (self->country));

  if (at == GTK_INVALID_LIST_POSITION)
    return;
  /* "" is a choice, too: no country at all. */
  g_set_str (&self->memory->country, at == 0 ? "" : self->countries[at - 1]);
  changed (self);
}

static void
dates_cb (SbImportColumns *self)
{
  if (self->filling)
    return;
  self->memory->dates = (SbDateOrder) (adw_combo_row_get_selected (ADW_COMBO_ROW (self->dates)) + SB_DATES_DAY_FIRST);
  changed (self);
}

/* Other titles are other columns: what they mean is guessed anew. */
static void
header_cb (SbImportColumns *self)
{
  if (self->filling)
    return;
  self->memory->header = (SbHeader) (adw_combo_row_get_selected (ADW_COMBO_ROW (self->header)) + SB_HEADER_NONE);
  self->asked = FALSE;
  changed (self);
}

static void
replace_cb (SbImportColumns *self)
{
  if (self->filling)
    return;
  self->memory->fill_only = !adw_switch_row_get_active (ADW_SWITCH_ROW (self->replace));
  changed (self);
}

static void
sheet_cb (SbImportColumns *self)
{
  guint at = self->filling ? GTK_INVALID_LIST_POSITION : adw_combo_row_get_selected (ADW_COMBO_ROW (self->sheet));

  if (self->sheets == NULL || at >= g_strv_length (self->sheets))
    return;
  self->asked = FALSE;
  self->memory->header = SB_HEADER_GUESS;
  g_signal_emit (self, signals[SHEET], 0, self->sheets[at]);
}

static void
answered_cb (SbImportColumns *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[ANSWERED], 0);
}

static void
consent_cb (SbImportColumns *self)
{
  guint at = adw_combo_row_get_selected (ADW_COMBO_ROW (self->consent));

  if (self->wording == NULL)
    return;
  gtk_widget_set_visible (self->wording, at > 0);
  answered_cb (self);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->permission),
                                         at > 0 ? _("Written down with this list. Nobody’s permission changes by it") : _("The file does not prove consent"));
}

void
sb_import_columns_set_consent (SbImportColumns *self,
                               const char      *method,
                               const char      *wording)
{
  self->filling = TRUE;
  for (guint i = 1; i < G_N_ELEMENTS (consents); i++)
    if (g_strcmp0 (consents[i].method, method) == 0)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->consent), i);
  gtk_editable_set_text (GTK_EDITABLE (self->wording), wording != NULL ? wording : "");
  self->filling = FALSE;
  consent_cb (self);
}

GtkWidget *
sb_import_columns_get_marks (SbImportColumns *self)
{
  return self->marks;
}

const char *
sb_import_columns_get_consent (SbImportColumns *self,
                               const char     **wording)
{
  *wording = gtk_editable_get_text (GTK_EDITABLE (self->wording));

  return consents[adw_combo_row_get_selected (ADW_COMBO_ROW (self->consent))].method;
}

const SbImportMemory *
sb_import_columns_get (SbImportColumns *self)
{
  return self->memory;
}

void
sb_import_columns_recall (SbImportColumns      *self,
                          const SbImportMemory *memory)
{
  if (memory == NULL)
    return;
  g_array_unref (self->memory->fields);
  self->memory->fields = g_array_copy (memory->fields);
  g_set_str (&self->memory->country, memory->country);
  self->memory->header = memory->header;
  self->memory->dates = memory->dates;
  self->memory->fill_only = memory->fill_only;
  self->asked = TRUE;
}

void
sb_import_columns_focus (SbImportColumns *self)
{
  if (self->rows->len > 0 && self->rows->pdata[0] != NULL)
    gtk_widget_grab_focus (self->rows->pdata[0]);
}

/* -- showing -- */

static GtkWidget *
add_column_row (SbImportColumns      *self,
                const SbImportColumn *column)
{
  GtkWidget       *row = adw_combo_row_new ();
  gboolean         is_number = column->field == SB_FIELD_PHONE;
  g_autofree char *start = column->sample != NULL ? g_utf8_substring (column->sample, 0, MIN (g_utf8_strlen (column->sample, -1), SAMPLE_LETTERS)) : g_strdup ("");
  g_autofree char *sample = g_strdup_printf (is_number ? "\u2066%s\u2069" : "\u2068%s\u2069", g_strdelimit (start, "\n\t", ' '));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), column->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), column->sample != NULL ? sample : _("Empty"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (self->fields));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (field_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->columns), row);

  return row;
}

static void
make_rows (SbImportColumns    *self,
           const SbImportPlan *plan)
{
  g_ptr_array_set_size (self->rows, 0);
  if (self->columns != NULL)
    gtk_box_remove (GTK_BOX (self->column), self->columns);
  self->columns = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->columns), _("Columns in Your File"));
  gtk_box_prepend (GTK_BOX (self->column), self->columns);
  for (guint i = 0; i < plan->mapping->columns->len; i++)
    {
      const SbImportColumn *column = plan->mapping->columns->pdata[i];
      gboolean              is_empty = column->sample == NULL && (i >= SHOWN_MAX || column->field == SB_FIELD_OTHER);

      g_ptr_array_add (self->rows, i < SHOWN_MAX && !is_empty ? add_column_row (self, column) : NULL);
    }
}

/* What nobody knows the meaning of is not used until somebody says so. */
static void
take_guess (SbImportColumns    *self,
            const SbImportPlan *plan)
{
  g_array_set_size (self->memory->fields, 0);
  for (guint i = 0; i < plan->mapping->columns->len; i++)
    {
      SbField field = ((const SbImportColumn *) plan->mapping->columns->pdata[i])->field;

      if (field == SB_FIELD_OTHER)
        field = SB_FIELD_NONE;
      g_array_append_val (self->memory->fields, field);
    }
}

static gboolean
has_days (const SbImportPlan *plan)
{
  return sb_mapping_has (plan->mapping, SB_FIELD_BIRTHDAY);
}

static void
show_sheets (SbImportColumns    *self,
             const SbImportPlan *plan)
{
  char **sheets = plan->about.sheets;
  guint  n = sheets != NULL ? g_strv_length (sheets) : 0;

  gtk_widget_set_visible (self->sheet, n > 1);
  if (n <= 1 || (self->sheets != NULL && g_strv_equal ((const char *const *) self->sheets, (const char *const *) sheets)))
    return;
  g_strfreev (self->sheets);
  self->sheets = g_strdupv (sheets);
  {
    g_autoptr (GtkStringList) names = gtk_string_list_new ((const char *const *) sheets);

    adw_combo_row_set_model (ADW_COMBO_ROW (self->sheet), G_LIST_MODEL (names));
  }
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (sheets[i], plan->about.sheet) == 0)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->sheet), i);
}

static void
show_country (SbImportColumns    *self,
              const SbImportPlan *plan)
{
  guint at = 0;

  for (guint i = 0; plan->country != NULL && self->countries[i] != NULL; i++)
    if (g_str_equal (self->countries[i], plan->country))
      at = i + 1;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->country), at);
}

void
sb_import_columns_show (SbImportColumns    *self,
                        const SbImportPlan *plan,
                        gboolean            remembered)
{
  g_autofree char *titles = sb_mapping_shape (plan->mapping);
  g_autofree char *shape = g_strdup_printf ("%s %s", titles, plan->about.sheet != NULL ? plan->about.sheet : "");
  SbDateOrder      dates = plan->mapping->dates != SB_DATES_GUESS ? plan->mapping->dates : sb_date_order_of (plan->country);

  self->filling = TRUE;
  if (g_set_str (&self->shape, shape))
    make_rows (self, plan);
  if (!self->asked || self->memory->fields->len != plan->mapping->columns->len)
    take_guess (self, plan);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->columns), remembered ? _("As the last time, for files that look like this") : _("Remembered for files that look like this"));
  for (guint i = 0; i < self->rows->len; i++)
    if (self->rows->pdata[i] != NULL)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->rows->pdata[i]), g_array_index (self->memory->fields, SbField, i));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->header), MIN (plan->mapping->n_header, HEADER_MAX));
  gtk_widget_set_visible (self->header, g_strcmp0 (plan->about.kind, "vcard") != 0 && g_strcmp0 (plan->about.kind, "chat") != 0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->dates), dates - SB_DATES_DAY_FIRST);
  gtk_widget_set_visible (self->dates, has_days (plan));
  adw_switch_row_set_active (ADW_SWITCH_ROW (self->replace), !self->memory->fill_only);
  show_country (self, plan);
  show_sheets (self, plan);
  self->filling = FALSE;
}

/* -- the whole -- */

static void
sb_import_columns_dispose (GObject *object)
{
  SbImportColumns *self = SB_IMPORT_COLUMNS (object);

  g_clear_object (&self->fields);

  G_OBJECT_CLASS (sb_import_columns_parent_class)->dispose (object);
}

static void
sb_import_columns_finalize (GObject *object)
{
  SbImportColumns *self = SB_IMPORT_COLUMNS (object);

  g_ptr_array_unref (self->rows);
  g_strfreev (self->countries);
  g_strfreev (self->sheets);
  g_free (self->shape);
  sb_import_memory_free (self->memory);

  G_OBJECT_CLASS (sb_import_columns_parent_class)->finalize (object);
}

static void
sb_import_columns_class_init (SbImportColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_import_columns_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_import_columns_finalize;

  signals[CHANGED] = g_signal_new ("changed", SB_TYPE_IMPORT_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ANSWERED] = g_signal_new ("answered", SB_TYPE_IMPORT_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SHEET] = g_signal_new ("sheet", SB_TYPE_IMPORT_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
new_choice (SbImportColumns   *self,
            GtkWidget         *group,
            const char        *title,
            const char *const *words,
            GCallback          callback)
{
  GtkWidget                *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  /* Beside the title there is no room for it in this pane, and what is chosen is no markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  g_signal_connect_object (row, "notify::selected", callback, self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  return row;
}

typedef struct
{
  char *code;
  char *words; /* "United Kingdom +44" */
  char *key;   /* to sort by */
} Country;

static void
country_free (gpointer data)
{
  Country *country = data;

  g_free (country->code);
  g_free (country->words);
  g_free (country->key);
  g_free (country);
}

static int
by_name (gconstpointer a,
         gconstpointer b)
{
  return strcmp ((*(Country *const *) a)->key, (*(Country *const *) b)->key);
}

static GtkWidget *
make_country (SbImportColumns *self,
              GtkWidget       *group)
{
  g_auto (GStrv)            codes = sb_phone_list_countries ();
  g_autoptr (GPtrArray)     countries = g_ptr_array_new_with_free_func (country_free);
  g_autoptr (GStrvBuilder)  words = g_strv_builder_new ();
  g_autoptr (GStrvBuilder)  sorted = g_strv_builder_new ();
  g_autoptr (GtkExpression) expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  g_auto (GStrv)            list = NULL;
  GtkWidget                *row;

  for (char **code = codes; *code != NULL; code++)
    {
      Country         *country = g_new0 (Country, 1);
      g_autofree char *name = sb_country_name (*code);

      country->code = g_strdup (*code);
      country->words = g_strdup_printf ("%s \u2066+%d\u2069", name, sb_phone_dial_code (*code));
      country->key = g_utf8_collate_key (name, -1);
      g_ptr_array_add (countries, country);
    }
  g_ptr_array_sort (countries, by_name);
  /* Translators: a choice of where local numbers are from: only those with a country code are read */
  g_strv_builder_add (words, _("No Country"));
  for (guint i = 0; i < countries->len; i++)
    {
      g_strv_builder_add (words, ((Country *) countries->pdata[i])->words);
      g_strv_builder_add (sorted, ((Country *) countries->pdata[i])->code);
    }
  list = g_strv_builder_end (words);
  self->countries = g_strv_builder_end (sorted);
  row = new_choice (self, group, _("Local Numbers"), (const char *const *) list, G_CALLBACK (country_cb));
  adw_combo_row_set_expression (ADW_COMBO_ROW (row), expression);
  adw_combo_row_set_enable_search (ADW_COMBO_ROW (row), TRUE);
  adw_combo_row_set_search_match_mode (ADW_COMBO_ROW (row), GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);

  return row;
}

static GtkWidget *
make_header (SbImportColumns *self,
             GtkWidget       *group)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv)           list = NULL;

  g_strv_builder_add (words, _("None"));
  for (guint i = 1; i <= HEADER_MAX; i++)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u Row", "%u Rows", i), i);

      g_strv_builder_add (words, text);
    }
  list = g_strv_builder_end (words);

  /* Translators: how many rows at the top of a file are titles, not people */
  return new_choice (self, group, _("Titles at the Top"), (const char *const *) list, G_CALLBACK (header_cb));
}

static GtkWidget *
make_every (SbImportColumns *self)
{
  const char *const orders[] = { _("Day First: 31/12/1990"), _("Month First: 12/31/1990"), NULL };
  GtkWidget        *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("For Every Row"));
  self->sheet = new_choice (self, group, _("Sheet"), NULL, G_CALLBACK (sheet_cb));
  self->header = make_header (self, group);
  self->country = make_country (self, group);
  self->dates = new_choice (self, group, _("Days"), orders, G_CALLBACK (dates_cb));
  self->replace = adw_switch_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->replace), _("Replace What You Have"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->replace), _("Otherwise only gaps are filled"));
  g_signal_connect_object (self->replace, "notify::active", G_CALLBACK (replace_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->replace);

  return group;
}

static GtkWidget *
make_consent (SbImportColumns *self)
{
  GtkWidget  *group = adw_preferences_group_new ();
  const char *words[G_N_ELEMENTS (consents) + 1] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (consents); i++)
    words[i] = _(consents[i].words);
  self->permission = group;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("How Did You Get Their Permission?"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _("The file does not prove consent"));
  self->consent = new_choice (self, group, _("Offers"), words, G_CALLBACK (consent_cb));
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self->consent), TRUE);
  self->wording = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->wording), _("The Words They Agreed To"));
  gtk_widget_set_visible (self->wording, FALSE);
  g_signal_connect_object (self->wording, "changed", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->wording);

  return group;
}

static void
sb_import_columns_init (SbImportColumns *self)
{
  const char *fields[SB_N_FIELDS + 1] = { NULL };
  GtkWidget  *scroller = gtk_scrolled_window_new ();

  for (guint i = 0; i < SB_N_FIELDS; i++)
    fields[i] = sb_import_words_field ((SbField) i);
  self->fields = gtk_string_list_new (fields);
  self->rows = g_ptr_array_new ();
  self->memory = g_new0 (SbImportMemory, 1);
  self->memory->fields = g_array_new (FALSE, FALSE, sizeof (SbField));
  self->memory->fill_only = TRUE;
  self->filling = TRUE;
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_add_css_class (self->column, "sb-import-columns");
  gtk_box_append (GTK_BOX (self->column), make_every (self));
  self->marks = sb_import_marks_group_new ();
  g_signal_connect_object (self->marks, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->column), self->marks);
  gtk_box_append (GTK_BOX (self->column), make_consent (self));
  consent_cb (self);
  self->filling = FALSE;
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->column);
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
sb_import_columns_new (void)
{
  return g_object_new (SB_TYPE_IMPORT_COLUMNS, NULL);
}
