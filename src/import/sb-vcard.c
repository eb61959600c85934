/*
 * Address books of phones: vCard 2.1, 3.0 and 4.0, and what lies between. Each card becomes a row of fixed columns; photos and
 * whatever else nobody asked for are read past, however long.
 */
#include "sb-vcard.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-rows.h"
#include "sb-text-in.h"

const char *const sb_vcard_columns[SB_VCARD_N_COLUMNS] = { "Name", "Phone", "Email", "Company", "Note", "Birthday", "Language", "Address" };

typedef struct
{
  SbTextIn *in;
  GString  *line; /* unfolded */
  int       held; /* a byte read ahead; -2 for none */
  gboolean  ended;
  guint     number; /* of the card */
  guint     depth;  /* cards within the card */
  GString  *values[SB_VCARD_N_COLUMNS];
  char     *structured; /* N, for cards without FN */
  gboolean  legacy;
} Vcard;

static int
next_byte (Vcard   *self,
           GError **error)
{
  int c = self->held;

  self->held = -2;

  return c != -2 ? c : sb_text_in_next (self->in, error);
}

static gboolean
is_quoted_printable (const GString *line)
{
  const char      *colon = strchr (line->str, ':');
  g_autofree char *head = colon != NULL ? g_ascii_strup (line->str, colon - line->str) : NULL;

  return head != NULL && strstr (head, "QUOTED-PRINTABLE") != NULL;
}

/* Does the line that ends here go on in the next? What went before the line's end is cut as the rule asks. */
static gboolean
goes_on (Vcard   *self,
         GError **error)
{
  if (self->line->len > 0 && self->line->str[self->line->len - 1] == '=' && is_quoted_printable (self->line))
    {
      g_string_truncate (self->line, self->line->len - 1);
      return TRUE;
    }

  self->held = next_byte (self, error);
  if (self->held != ' ' && self->held != '\t')
    return FALSE;
  self->held = -2;

  return TRUE;
}

/* One logical line, its folds undone; FALSE at the end. What passes the limit is read and forgotten. */
static gboolean
read_line (Vcard   *self,
           GError **error)
{
  GError *fault = NULL;

  g_string_truncate (self->line, 0);
  while (!self->ended)
    {
      int c = next_byte (self, &fault);

      if (fault != NULL)
        {
          g_propagate_error (error, fault);
          return FALSE;
        }
      if (c == -1)
        {
          self->ended = TRUE;
          return self->line->len > 0;
        }
      if (c == '\r')
        {
          int after = next_byte (self, &fault);

          if (after != '\n')
            self->held = after;
          c = '\n';
        }
      if (c == '\n' && !goes_on (self, &fault))
        return fault == NULL || (g_propagate_error (error, fault), FALSE);
      if (c != '\n' && self->line->len <= SB_CELL_MAX)
        g_string_append_c (self->line, (char) c);
    }

  return FALSE;
}

static char *
undo_quoted_printable (const char *text)
{
  GString *bytes = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (*c == '=' && g_ascii_isxdigit (c[1]) && g_ascii_isxdigit (c[2]))
      {
        char byte = (char) (g_ascii_xdigit_value (c[1]) * 16 + g_ascii_xdigit_value (c[2]));

        if (byte != '\0')
          g_string_append_c (bytes, byte);
        c += 2;
      }
    else
      g_string_append_c (bytes, *c);

  return g_string_free (bytes, FALSE);
}

/* Backslashes of the format. A backslash before anything else is a letter. */
static char *
unescape (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (*c == '\\' && (c[1] == 'n' || c[1] == 'N'))
      {
        g_string_append_c (plain, '\n');
        c++;
      }
    else if (*c == '\\' && c[1] != '\0' && strchr ("\\,;:", c[1]) != NULL)
      g_string_append_c (plain, *++c);
    else
      g_string_append_c (plain, *c);

  return g_string_free (plain, FALSE);
}

/* (nullable): by what the card says of its letters: "GB2312", "SHIFT_JIS", "KOI8-R". NULL: that is not how they are written. */
static char *
text_as_said (const char *head,
              const char *bytes)
{
  const char      *said = strstr (head, "CHARSET=");
  g_autofree char *charset = said != NULL ? g_strndup (said + 8, strcspn (said + 8, ";:\"")) : NULL;

  if (charset == NULL || g_str_equal (charset, "UTF-8") || strlen (charset) > 20)
    return NULL;

  return g_convert (bytes, -1, "UTF-8", charset, NULL, NULL, NULL);
}

/* The value as UTF-8. What the card says of its letters is asked only when they are no UTF-8: cards lie. */
static char *
value_text (Vcard      *self,
            const char *head,
            const char *value)
{
  gboolean         was_utf8 = TRUE;
  g_autofree char *bytes = strstr (head, "QUOTED-PRINTABLE") != NULL ? undo_quoted_printable (value) : g_strdup (value);
  SbCodepage       codepage = strstr (head, "1256") != NULL ? SB_CODEPAGE_1256 : strstr (head, "1252") != NULL || strstr (head, "8859-1") != NULL ? SB_CODEPAGE_1252
                                                                                                                                                  : sb_codepage_guess (bytes, strlen (bytes));
  char            *said = g_utf8_validate (bytes, -1, NULL) ? NULL : text_as_said (head, bytes);
  char            *text = said != NULL ? said : sb_codepage_decode (codepage, bytes, strlen (bytes), &was_utf8);

  self->legacy |= !was_utf8;

  return text;
}

/* The parts of a structured value, in the order they are said in; what is empty is nothing. */
static char *
join_parts (const char  *value,
            const guint *order,
            gsize        n,
            const char  *between)
{
  g_auto (GStrv)   parts = NULL;
  g_autofree char *marked = NULL;
  GString         *joined = g_string_new (NULL);
  GString         *split = g_string_new (NULL);

  /* A semicolon behind a backslash belongs to the part. */
  for (const char *c = value; *c != '\0'; c++)
    if (*c == '\\' && c[1] != '\0')
      {
        g_string_append_c (split, *c);
        g_string_append_c (split, *++c);
      }
    else
      g_string_append_c (split, *c == ';' ? '\x1f' : *c);
  marked = g_string_free (split, FALSE);
  parts = g_strsplit (marked, "\x1f", 8);
  for (gsize i = 0; i < n; i++)
    if (order[i] < g_strv_length (parts))
      {
        g_autofree char *part = unescape (parts[order[i]]);

        g_strstrip (part);
        if (part[0] != '\0')
          g_string_append_printf (joined, "%s%s", joined->len > 0 ? between : "", part);
      }

  return g_string_free (joined, FALSE);
}

/* N has five parts: family, given, additional, prefix, suffix. Shown as people say it: given, additional, family. */
static char *
join_name (const char *value)
{
  static const guint order[] = { 1, 2, 0 };

  return join_parts (value, order, G_N_ELEMENTS (order), " ");
}

/* ADR has seven: a box, what goes before the street, the street, the town, its region, the code, the country. */
static char *
join_address (const char *value)
{
  static const guint order[] = { 2, 1, 0, 3, 4, 5, 6 };

  return join_parts (value, order, G_N_ELEMENTS (order), ", ");
}

static void
append (GString    *list,
        const char *text,
        const char *between)
{
  if (text[0] == '\0' || list->len + strlen (text) > SB_CELL_MAX)
    return;
  if (list->len > 0)
    g_string_append (list, between);
  g_string_append (list, text);
}

/* The network's own id of the number, where the card carries it, is surer than how somebody spelt it. */
static void
take_number (Vcard      *self,
             const char *head,
             const char *text)
{
  const char      *waid = strstr (head, "WAID=");
  g_autofree char *number = NULL;
  gboolean         is_first = strstr (head, "PREF") != NULL;

  if (strstr (head, "FAX") != NULL || strstr (head, "PAGER") != NULL)
    return;
  if (waid != NULL && g_ascii_isdigit (waid[5]))
    number = g_strdup_printf ("+%.*s", (int) MIN (strspn (waid + 5, "0123456789"), 15), waid + 5);
  else
    number = g_strdup (g_ascii_strncasecmp (text, "tel:", 4) == 0 ? text + 4 : text);
  if (g_ascii_strncasecmp (text, "tel:", 4) == 0 && strchr (number, ';') != NULL)
    *strchr (number, ';') = '\0';
  if (is_first && self->values[SB_VCARD_PHONE]->len > 0)
    {
      g_string_prepend_c (self->values[SB_VCARD_PHONE], '\n');
      g_string_prepend (self->values[SB_VCARD_PHONE], number);
    }
  else
    append (self->values[SB_VCARD_PHONE], number, "\n");
}

static void
set_once (GString    *place,
          const char *text)
{
  if (place->len == 0)
    append (place, text, "");
}

static void
take_property (Vcard      *self,
               const char *name,
               const char *head,
               const char *value)
{
  g_autofree char *raw = value_text (self, head, value);
  g_autofree char *text = unescape (raw);

  if (g_str_equal (name, "FN"))
    set_once (self->values[SB_VCARD_NAME], text);
  else if (g_str_equal (name, "N"))
    {
      g_free (self->structured);
      self->structured = join_name (raw);
    }
  else if (g_str_equal (name, "TEL"))
    take_number (self, head, text);
  else if (g_str_equal (name, "EMAIL"))
    append (self->values[SB_VCARD_EMAIL], text, ", ");
  else if (g_str_equal (name, "ORG"))
    {
      g_strdelimit (text, ";", ' ');
      set_once (self->values[SB_VCARD_COMPANY], g_strchomp (text));
    }
  else if (g_str_equal (name, "ADR"))
    {
      g_autofree char *address = join_address (raw);

      set_once (self->values[SB_VCARD_ADDRESS], address);
    }
  else if (g_str_equal (name, "NOTE"))
    append (self->values[SB_VCARD_NOTE], text, "\n");
  else if (g_str_equal (name, "BDAY"))
    set_once (self->values[SB_VCARD_BIRTHDAY], text);
  else if (g_str_equal (name, "LANG"))
    set_once (self->values[SB_VCARD_LANGUAGE], text);
}

static void
begin_card (Vcard *self)
{
  for (guint i = 0; i < SB_VCARD_N_COLUMNS; i++)
    g_string_truncate (self->values[i], 0);
  g_clear_pointer (&self->structured, g_free);
  self->legacy = FALSE;
  self->depth = 1;
  self->number++;
}

static gboolean
end_card (Vcard    *self,
          gboolean  is_whole,
          SbRowFunc func,
          gpointer  data,
          GError  **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  SbRow                 row = { .number = self->number, .cells = cells };

  self->depth = 0;
  if (self->structured != NULL)
    set_once (self->values[SB_VCARD_NAME], self->structured);
  if (self->values[SB_VCARD_NAME]->len == 0)
    append (self->values[SB_VCARD_NAME], self->values[SB_VCARD_COMPANY]->str, "");
  for (guint i = 0; i < SB_VCARD_N_COLUMNS; i++)
    g_ptr_array_add (cells, g_strdup (self->values[i]->str));
  if (!is_whole)
    row.remark = _("The card breaks off");
  else if (self->legacy)
    row.remark = _("Not all letters of the card were UTF-8");
  if (self->number > SB_ROWS_MAX)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_TOO_LARGE, _("The file has more than 1,000,000 rows"));
      return FALSE;
    }

  return func (&row, data, error);
}

/* Cuts "item1.TEL;TYPE=cell:+44" into the name, the head in capitals, and the value. NULL: no property. */
static const char *
cut (const char *line,
     char      **name,
     char      **head)
{
  const char      *colon = line;
  gboolean         quoted = FALSE;
  g_autofree char *whole = NULL;
  const char      *start, *dot;

  for (; *colon != '\0' && (quoted || *colon != ':'); colon++)
    if (*colon == '"')
      quoted = !quoted;
  if (*colon == '\0')
    return NULL;

  whole = g_strndup (line, colon - line);
  *head = g_ascii_strup (whole, -1);
  start = *head;
  dot = strpbrk (start, ".;");
  if (dot != NULL && *dot == '.')
    start = dot + 1;
  *name = g_strndup (start, strcspn (start, ";"));

  return colon + 1;
}

static gboolean
take_line (Vcard    *self,
           SbRowFunc func,
           gpointer  data,
           GError  **error)
{
  g_autofree char *name = NULL;
  g_autofree char *head = NULL;
  const char      *value = cut (self->line->str, &name, &head);

  if (value == NULL)
    return TRUE;

  if (g_str_equal (name, "BEGIN") && g_ascii_strncasecmp (value, "VCARD", 5) == 0)
    {
      /* A card within a card is an agent of the person; but a card with nothing ending it is followed by the next. */
      if (self->depth == 1 && self->values[SB_VCARD_PHONE]->len + self->values[SB_VCARD_NAME]->len > 0 && !end_card (self, FALSE, func, data, error))
        return FALSE;
      if (self->depth == 0)
        begin_card (self);
      else
        self->depth++;
    }
  else if (g_str_equal (name, "END") && self->depth > 0)
    {
      if (self->depth == 1)
        return end_card (self, TRUE, func, data, error);
      self->depth--;
    }
  else if (self->depth == 1)
    take_property (self, name, head, value);

  return TRUE;
}

static gboolean
read_all (Vcard        *self,
          SbRowFunc     func,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  GError               *fault = NULL;
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  SbRow                 header = { .number = 0, .cells = titles };

  for (guint i = 0; i < SB_VCARD_N_COLUMNS; i++)
    g_ptr_array_add (titles, (gpointer) sb_vcard_columns[i]);
  if (!func (&header, data, error))
    return FALSE;

  while (read_line (self, &fault))
    if (!take_line (self, func, data, error) || g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
  if (fault != NULL)
    {
      g_propagate_error (error, fault);
      return FALSE;
    }

  return self->depth == 0 || end_card (self, FALSE, func, data, error);
}

gboolean
sb_vcard_read (GInputStream *stream,
               SbFileAbout  *about,
               SbRowFunc     func,
               gpointer      data,
               GCancellable *cancellable,
               GError      **error)
{
  g_autoptr (SbTextIn) in = sb_text_in_new (stream, cancellable, error);
  Vcard                self = { .in = in, .held = -2 };
  gboolean             is_read;

  if (in == NULL)
    return FALSE;

  self.line = g_string_new (NULL);
  for (guint i = 0; i < SB_VCARD_N_COLUMNS; i++)
    self.values[i] = g_string_new (NULL);
  g_set_str (&about->kind, "vcard");
  g_set_str (&about->encoding, sb_text_in_get_encoding (in));

  is_read = read_all (&self, func, data, cancellable, error);

  g_string_free (self.line, TRUE);
  g_free (self.structured);
  for (guint i = 0; i < SB_VCARD_N_COLUMNS; i++)
    g_string_free (self.values[i], TRUE);

  return is_read;
}
