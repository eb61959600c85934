/* The owner's own columns: what may stand in each, how it is kept, and how it is shown. */
#include "sb-field-kind.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define LONGEST_VALUE 4000

SbField *
sb_field_new (void)
{
  SbField *self = g_new0 (SbField, 1);

  self->kind = SB_FIELD_TEXT;

  return self;
}

SbField *
sb_field_copy (const SbField *self)
{
  SbField *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->choices = g_strdupv (self->choices);

  return copy;
}

void
sb_field_free (SbField *self)
{
  g_free (self->name);
  g_strfreev (self->choices);
  g_free (self);
}

static char *
refuse (char      **sentence,
        const char *words)
{
  if (sentence != NULL)
    *sentence = g_strdup (words);

  return NULL;
}

/* One sign may divide the whole from the rest: a point or a comma. */
static char *
check_number (const char *text,
              char      **sentence)
{
  g_autofree char *number = g_strdup (text);
  char            *end = NULL;
  const char      *first = strpbrk (number, ".,");

  if (first != NULL && strpbrk (first + 1, ".,") != NULL)
    return refuse (sentence, _("Write this number without signs between the thousands."));
  g_strdelimit (number, ",", '.');
  if (strspn (number, "+-0123456789.") != strlen (number) || strpbrk (number, "0123456789") == NULL)
    return refuse (sentence, _("This is not a number."));
  g_ascii_strtod (number, &end);
  if (*end != '\0')
    return refuse (sentence, _("This is not a number."));

  return g_steal_pointer (&number);
}

static gboolean
read_iso (GDate      *date,
          const char *text)
{
  int year, month, day, n = 0;

  if (sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &n) != 3 || text[n] != '\0' || year < 1 || month < 1 || month > 12 || day < 1 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);

  return TRUE;
}

static gboolean
all_signs (const char *word,
           gboolean (*is_sign) (gunichar c))
{
  for (; *word != '\0'; word = g_utf8_next_char (word))
    if (!is_sign (g_utf8_get_char (word)))
      return FALSE;

  return TRUE;
}

/* The name of the month of @date, or its beginning, as people write it where they are. */
static gboolean
names_month (const GDate *date,
             const char  *word)
{
  char             name[100] = "";
  g_autofree char *folded = g_utf8_casefold (word, -1);
  g_autofree char *month = NULL;

  g_date_strftime (name, sizeof name, "%B", date);
  month = g_utf8_casefold (name, -1);

  return g_utf8_strlen (folded, -1) >= 3 && g_str_has_prefix (month, folded);
}

/*
 * GLib reads a date out of almost anything and passes over what it does not know. Here it is three words, of which two are
 * numbers and the third is one, too, or names the month that was read.
 */
static gboolean
read_as_written (GDate      *date,
                 const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " /.-,", -1);
  const char    *month = NULL;
  guint          n = 0;

  g_date_set_parse (date, text);
  if (!g_date_valid (date))
    return FALSE;
  for (char **word = words; *word != NULL; word++)
    {
      if ((*word)[0] == '\0')
        continue;
      n++;
      if (all_signs (*word, g_unichar_isdigit))
        continue;
      if (month != NULL || !all_signs (*word, g_unichar_isalpha))
        return FALSE;
      month = *word;
    }

  return n == 3 && (month == NULL || names_month (date, month));
}

static char *
check_date (const char *text,
            char      **sentence)
{
  GDate date;
  char  iso[] = "0000-00-00";

  g_date_clear (&date, 1);
  if ((!read_iso (&date, text) && !read_as_written (&date, text)) || g_date_get_year (&date) < 1000 || g_date_get_year (&date) > 9999)
    return refuse (sentence, _("This is not a date. Write it like 2026-11-21."));
  g_date_strftime (iso, sizeof iso, "%Y-%m-%d", &date);

  return g_strdup (iso);
}

static char *
check_choice (const SbField *self,
              const char    *text,
              char         **sentence)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  for (char **choice = self->choices; choice != NULL && *choice != NULL; choice++)
    {
      g_autofree char *other = g_utf8_casefold (*choice, -1);

      if (g_str_equal (folded, other))
        return g_strdup (*choice);
    }

  return refuse (sentence, _("This is none of the choices."));
}

static char *
check_yes_no (const char *text,
              char      **sentence)
{
  static const char *const yes[] = { "yes", "y", "true", "1", "x", "oui", "ja", "si", "sí", "sim", "نعم", NULL };
  static const char *const no[] = { "no", "n", "false", "0", "non", "nein", "não", "لا", NULL };
  g_autofree char         *folded = g_utf8_casefold (text, -1);

  if (g_strv_contains (yes, folded) || g_strcmp0 (text, _("Yes")) == 0)
    return g_strdup ("yes");
  if (g_strv_contains (no, folded) || g_strcmp0 (text, _("No")) == 0)
    return g_strdup ("no");

  return refuse (sentence, _("Answer this with yes or no."));
}

/**
 * sb_field_check:
 * @text: as a person typed it, not empty
 * @sentence: (out): for people, when %NULL comes back
 *
 * Returns: (nullable): as it is kept
 */
char *
sb_field_check (const SbField *self,
                const char    *text,
                char         **sentence)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  if (!g_utf8_validate (trimmed, -1, NULL) || strlen (trimmed) > LONGEST_VALUE)
    return refuse (sentence, _("This is too long."));

  switch (self->kind)
    {
    case SB_FIELD_NUMBER:
      return check_number (trimmed, sentence);
    case SB_FIELD_DATE:
      return check_date (trimmed, sentence);
    case SB_FIELD_CHOICE:
      return check_choice (self, trimmed, sentence);
    case SB_FIELD_YES_NO:
      return check_yes_no (trimmed, sentence);
    case SB_FIELD_TEXT:
    default:
      return g_steal_pointer (&trimmed);
    }
}

/* (transfer full): @value as people read it; what does not fit its kind is shown as it is. */
char *
sb_field_show (const SbField *self,
               const char    *value)
{
  GDate date;

  g_date_clear (&date, 1);
  if (self->kind == SB_FIELD_YES_NO && (g_str_equal (value, "yes") || g_str_equal (value, "no")))
    return g_strdup (value[0] == 'y' ? _("Yes") : _("No"));
  if (self->kind == SB_FIELD_DATE && read_iso (&date, value))
    {
      g_autoptr (GDateTime) at = g_date_time_new_utc (g_date_get_year (&date), (int) g_date_get_month (&date), g_date_get_day (&date), 0, 0, 0);

      /* Translators: a date in a field of a customer; see g_date_time_format () */
      return g_date_time_format (at, C_("field date", "%-e %B %Y"));
    }

  return g_strdup (value);
}

static const struct
{
  const char *name;
  const char *label;
} kinds[] = {
  [SB_FIELD_TEXT] = { "text", NC_("kind of a field", "Text") },
  [SB_FIELD_NUMBER] = { "number", NC_("kind of a field", "Number") },
  [SB_FIELD_DATE] = { "date", NC_("kind of a field", "Date") },
  [SB_FIELD_CHOICE] = { "choice", NC_("kind of a field", "Choice") },
  [SB_FIELD_YES_NO] = { "yes-no", NC_("kind of a field", "Yes or No") },
};

const char *
sb_field_kind_get_label (SbFieldKind kind)
{
  return kind >= SB_FIELD_TEXT && kind <= SB_N_FIELD_KINDS ? g_dpgettext2 (GETTEXT_PACKAGE, "kind of a field", kinds[kind].label) : "";
}

const char *
sb_field_kind_get_name (SbFieldKind kind)
{
  return kind >= SB_FIELD_TEXT && kind <= SB_N_FIELD_KINDS ? kinds[kind].name : "text";
}

/* %SB_FIELD_TEXT where it is none */
SbFieldKind
sb_field_kind_from_name (const char *name)
{
  for (int i = SB_FIELD_TEXT; i <= SB_N_FIELD_KINDS; i++)
    if (g_strcmp0 (kinds[i].name, name) == 0)
      return (SbFieldKind) i;

  return SB_FIELD_TEXT;
}
