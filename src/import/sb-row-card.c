/* The cells of a row as a person. */
#include "sb-row-card.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-date-cell.h"
#include "sb-phone-cell.h"
#include "sb-country.h"
#include "sb-phone.h"

#define NAME_LETTERS 200 /* letters */
#define FIELD_MAX    4000

typedef struct
{
  GString   *parts[SB_N_FIELDS];
  GPtrArray *numbers;
  char      *reason;
} Reading;

/* Without control characters and without what turns the direction of the text around it; blanks at the ends gone. */
static char *
clean (const char *text,
       gboolean    one_line,
       glong       most)
{
  GString *result = g_string_new (NULL);
  glong    n = 0;

  for (const char *c = text; *c != '\0' && n < most; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (letter == '\n' && !one_line)
        g_string_append_c (result, '\n');
      else if (g_unichar_isspace (letter))
        {
          if (result->len > 0 && result->str[result->len - 1] != ' ')
            g_string_append_c (result, ' ');
        }
      else if (g_unichar_iscntrl (letter) || (letter >= 0x202a && letter <= 0x202e) || (letter >= 0x2066 && letter <= 0x2069) || letter == 0xfeff)
        continue;
      else
        g_string_append_unichar (result, letter);
      n++;
    }
  g_strstrip (result->str);

  return g_string_free (result, FALSE);
}

static void
append_part (Reading    *reading,
             SbField     field,
             const char *text,
             const char *between)
{
  if (reading->parts[field] == NULL)
    reading->parts[field] = g_string_new (NULL);
  /* The street and the town once more, after the address that has both, say nothing new. */
  if (text[0] == '\0' || ((field == SB_FIELD_ADDRESS || field == SB_FIELD_EMAIL) && strstr (reading->parts[field]->str, text) != NULL))
    return;
  if (reading->parts[field]->len > 0)
    g_string_append (reading->parts[field], between);
  g_string_append (reading->parts[field], text);
}

static const char *
part (const Reading *reading,
      SbField        field)
{
  return reading->parts[field] != NULL ? reading->parts[field]->str : "";
}

/* "DE", "de", "Germany" and "Allemagne" in a column of countries. */
static char *
country_of (const char *text)
{
  return text[0] != '\0' ? sb_country_find (text) : NULL;
}

static char *
dial_code_of (const char *text)
{
  const char *start = text + strspn (text, "+0 '");
  gsize       length = strspn (start, "0123456789");

  return length >= 1 && length <= 4 && start[length] == '\0' ? g_strdup (start) : NULL;
}

/* "fr", "pt-BR"; names of languages are not guessed. */
static char *
language_of (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

  if (length < 2 || length > 3 || (text[length] != '\0' && strchr ("-_", text[length]) == NULL) || strlen (text) > 10)
    return NULL;

  return g_ascii_strdown (text, (gssize) length);
}

/* "Bob - (mobile)": what the number is, and the signs that led to it, are no name. */
static char *
name_beside (const char *rest)
{
  g_autofree char *name = clean (rest, TRUE, NAME_LETTERS);
  const char      *open = strchr (name, '(');
  const char      *close = open != NULL ? strchr (open, ')') : NULL;
  g_autofree char *kind = close != NULL ? g_strndup (open + 1, close - open - 1) : NULL;
  char            *end;

  if (kind != NULL && (kind[0] == '\0' || sb_field_of_title (kind) == SB_FIELD_PHONE))
    memset (name + (open - name), ' ', close - open + 1);
  for (char *c = name; *c != '\0'; c++)
    if (strncmp (c, "؛", 2) == 0 || strncmp (c, "،", 2) == 0)
      memset (c, ' ', 2);
  g_strdelimit (name, open == NULL ? ",;)" : ",;", ' ');
  g_strstrip (name);
  for (end = name + strlen (name); end > name && strchr (" -=", end[-1]) != NULL; end--)
    end[-1] = '\0';

  return clean (name + strspn (name, " -="), TRUE, NAME_LETTERS);
}

static void
take_line (Reading    *reading,
           const char *cell,
           const char *country)
{
  g_autofree char *rest = NULL;
  g_autofree char *found = sb_phone_cell_find (cell, &rest);
  g_autofree char *name = NULL;

  if (found == NULL)
    return;
  sb_phone_cell_read (found, country, NULL, reading->numbers, reading->reason == NULL ? &reading->reason : NULL);
  name = name_beside (rest);
  append_part (reading, SB_FIELD_NAME, name, " ");
}

/* "Mobile" in the cell before the number, or over the column. */
static gboolean
is_mobile (GPtrArray            *cells,
           const SbImportColumn *column,
           guint                 at)
{
  return column->is_mobile || (column->has_kind && sb_field_is_mobile (cells->pdata[at - 1]));
}

static void
take_phone (Reading    *reading,
            const char *cell,
            const char *country,
            const char *code)
{
  g_autofree char *reason = NULL;

  if (sb_phone_cell_read (cell, country, code, reading->numbers, &reason) > 0 && reason == NULL)
    reason = sb_phone_cell_remark (cell);
  if (reading->reason == NULL)
    reading->reason = g_steal_pointer (&reason);
}

/* Those that are carried about come first: the first is the one that is written to. */
static void
take_phones (Reading         *reading,
             GPtrArray       *cells,
             const SbMapping *mapping,
             const char      *country)
{
  guint            n = MIN (cells->len, mapping->columns->len);
  g_autofree char *own = country_of (part (reading, SB_FIELD_COUNTRY));
  g_autofree char *code = dial_code_of (part (reading, SB_FIELD_DIAL_CODE));

  if (own == NULL)
    own = country_of (part (reading, SB_FIELD_DIAL_CODE));
  if (code == NULL && own == NULL)
    code = dial_code_of (part (reading, SB_FIELD_COUNTRY));
  for (guint i = 0; i < 2 * n; i++)
    {
      guint                 at = i % n;
      const SbImportColumn *column = mapping->columns->pdata[at];
      const char           *cell = cells->pdata[at];

      if (cell[0] == '\0' || is_mobile (cells, column, at) != (i < n))
        continue;
      if (column->field == SB_FIELD_LINE)
        take_line (reading, cell, own != NULL ? own : country);
      else if (column->field == SB_FIELD_PHONE && !(column->has_kind && sb_field_is_fax (cells->pdata[at - 1])))
        take_phone (reading, cell, own != NULL ? own : country, code);
    }
}

/* (nullable): the country that the end of a mail address is of. Some ends are sold to everybody. */
static char *
country_of_mail (const char *mail)
{
  static const char *const sold[] = { "io", "me", "tv", "co", "ai", "fm", "cc", "ly", "gg", "to", "ws", "eu", "im", "sh", "la", "vc", NULL };
  const char              *point = strrchr (mail, '.');
  g_autofree char         *end = point != NULL && strlen (point + 1) == 2 && strchr (mail, '@') != NULL ? g_ascii_strdown (point + 1, 2) : NULL;

  if (end == NULL || g_strv_contains (sold, end))
    return NULL;

  return g_str_equal (end, "uk") ? g_strdup ("GB") : g_ascii_strup (end, 2);
}

static gboolean
is_certain (const Reading *reading)
{
  for (guint i = 0; i < reading->numbers->len; i++)
    if (sb_phone_is_valid (reading->numbers->pdata[i]))
      return TRUE;

  return FALSE;
}

/* A number that is none where the others are from may be one where the mail address is from. */
static void
guess_by_mail (Reading         *reading,
               GPtrArray       *cells,
               const SbMapping *mapping)
{
  const char           *mail = part (reading, SB_FIELD_EMAIL);
  g_autofree char      *country = country_of_mail (mail);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  if (country == NULL || sb_phone_dial_code (country) == 0 || is_certain (reading))
    return;
  for (guint i = 0; i < MIN (cells->len, mapping->columns->len); i++)
    {
      const char      *cell = cells->pdata[i];
      g_autofree char *ignored = NULL;

      if (((const SbImportColumn *) mapping->columns->pdata[i])->field == SB_FIELD_PHONE && cell[0] != '+')
        sb_phone_cell_read (cell, country, NULL, found, &ignored);
    }
  if (found->len > 0 && sb_phone_is_valid (found->pdata[0]) && !g_ptr_array_find_with_equal_func (reading->numbers, found->pdata[0], g_str_equal, NULL))
    {
      g_autofree char *name = sb_country_name (country);

      g_ptr_array_set_size (reading->numbers, 0);
      for (guint i = 0; i < found->len; i++)
        g_ptr_array_add (reading->numbers, g_strdup (found->pdata[i]));
      g_free (reading->reason);
      /* Translators: why a number was read as one of that country: "France, as the e-mail ends in .fr" */
      reading->reason = g_strdup_printf (_("%s, as the e-mail ends in %s"), name, strrchr (mail, '.'));
    }
}

static void
take_others (Reading         *reading,
             SbCard          *card,
             GPtrArray       *cells,
             const SbMapping *mapping,
             gboolean         keep_other)
{
  for (guint i = 0; i < MIN (cells->len, mapping->columns->len); i++)
    {
      const SbImportColumn *column = mapping->columns->pdata[i];
      g_autofree char      *text = NULL;

      switch (column->field)
        {
        case SB_FIELD_NAME:
        case SB_FIELD_FIRST_NAME:
        case SB_FIELD_MIDDLE_NAME:
        case SB_FIELD_LAST_NAME:
        case SB_FIELD_DIAL_CODE:
        case SB_FIELD_COUNTRY:
        case SB_FIELD_LANGUAGE:
        case SB_FIELD_EMAIL:
        case SB_FIELD_COMPANY:
        case SB_FIELD_ADDRESS:
        case SB_FIELD_BIRTHDAY:
        case SB_FIELD_NOTE:
          text = clean (cells->pdata[i], column->field != SB_FIELD_NOTE, FIELD_MAX);
          append_part (reading, column->field, text, column->field == SB_FIELD_NOTE ? "\n" : column->field == SB_FIELD_ADDRESS || column->field == SB_FIELD_EMAIL ? ", "
                                                                                                                                                                  : " ");
          break;
        case SB_FIELD_OTHER:
          text = keep_other ? clean (cells->pdata[i], FALSE, FIELD_MAX) : NULL;
          if (text != NULL)
            {
              g_autofree char *title = clean (column->title, TRUE, 80);

              sb_card_set_field (card, title, text);
            }
          break;
        case SB_FIELD_NONE:
        case SB_FIELD_PHONE:
        case SB_FIELD_LINE:
        case SB_FIELD_CONSENT:
        case SB_N_FIELDS:
        default:
          break;
        }
    }
}

static void
take_name (const Reading *reading,
           SbCard        *card)
{
  g_autofree char *joined = g_strdup_printf ("%s %s %s", part (reading, SB_FIELD_FIRST_NAME), part (reading, SB_FIELD_MIDDLE_NAME), part (reading, SB_FIELD_LAST_NAME));
  g_autofree char *parts = clean (joined, TRUE, NAME_LETTERS);
  g_autofree char *whole = clean (part (reading, SB_FIELD_NAME), TRUE, NAME_LETTERS);
  const char      *name = parts[0] != '\0' ? parts : whole;

  /* A column that means both: "Nom" beside "Prénom" is the family's. */
  if (whole[0] != '\0' && parts[0] != '\0' && part (reading, SB_FIELD_LAST_NAME)[0] == '\0' && strstr (whole, parts) == NULL)
    card->name = g_strdup_printf ("%s %s", parts, whole);
  /* "Name" beside "Surname" is the given one. */
  else if (whole[0] != '\0' && parts[0] != '\0' && part (reading, SB_FIELD_FIRST_NAME)[0] == '\0' && strstr (whole, parts) == NULL)
    card->name = g_strdup_printf ("%s %s", whole, parts);
  else if (whole[0] != '\0')
    card->name = g_strdup (whole);
  else if (name[0] != '\0')
    card->name = g_strdup (name);
  /* A number for a name is what phones write when they know none. */
  if (card->name != NULL && sb_phone_cell_is_likely (card->name))
    g_clear_pointer (&card->name, g_free);
}

static void
finish (Reading         *reading,
        SbCard          *card,
        const SbMapping *mapping,
        const char      *country)
{
  SbDateOrder      order = mapping->dates != SB_DATES_GUESS ? mapping->dates : sb_date_order_of (country);
  g_autofree char *day = sb_date_cell_read (part (reading, SB_FIELD_BIRTHDAY), order);

  static const SbField kept[] = { SB_FIELD_EMAIL, SB_FIELD_COMPANY, SB_FIELD_ADDRESS, SB_FIELD_BIRTHDAY, SB_FIELD_NOTE };

  if (day == NULL && part (reading, SB_FIELD_BIRTHDAY)[0] != '\0' && reading->reason == NULL)
    reading->reason = g_strdup_printf (_("“%s” is not a date. The birthday was left out"), part (reading, SB_FIELD_BIRTHDAY));
  take_name (reading, card);
  if (card->name == NULL && part (reading, SB_FIELD_COMPANY)[0] != '\0')
    {
      card->name = clean (part (reading, SB_FIELD_COMPANY), TRUE, NAME_LETTERS);
      card->is_guessed = TRUE;
    }
  card->language = language_of (part (reading, SB_FIELD_LANGUAGE));
  card->country = country_of (part (reading, SB_FIELD_COUNTRY));
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    sb_card_set_field (card, sb_field_to_name (kept[i]), kept[i] != SB_FIELD_BIRTHDAY ? part (reading, kept[i]) : day != NULL ? day
                                                                                                                              : "");
  for (guint i = 0; i < reading->numbers->len; i++)
    sb_card_add_number (card, reading->numbers->pdata[i]);
}

/**
 * sb_row_card:
 *
 * Returns: (nullable): a card with at least one number, or %NULL. @reason is then why; with a card it tells of a cell beside
 * the number that could not be used.
 */
SbCard *
sb_row_card (GPtrArray       *cells,
             const SbMapping *mapping,
             const char      *country,
             gboolean         keep_other,
             char           **reason)
{
  g_autoptr (SbCard) card = sb_card_new ();
  Reading            reading = { .numbers = g_ptr_array_new_with_free_func (g_free) };

  take_others (&reading, card, cells, mapping, keep_other);
  take_phones (&reading, cells, mapping, country);
  guess_by_mail (&reading, cells, mapping);
  finish (&reading, card, mapping, country);
  *reason = g_steal_pointer (&reading.reason);
  if (card->numbers->len == 0 && *reason == NULL)
    *reason = g_strdup (_("There is no phone number in this row"));

  g_ptr_array_unref (reading.numbers);
  for (guint i = 0; i < SB_N_FIELDS; i++)
    if (reading.parts[i] != NULL)
      g_string_free (reading.parts[i], TRUE);

  return card->numbers->len > 0 ? g_steal_pointer (&card) : NULL;
}
