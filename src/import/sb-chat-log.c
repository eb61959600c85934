#include "sb-chat-log.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sb-text-in.h"

#define SENDER_MAX 120 /* letters */
#define HALF_MAX   6   /* letters of "AM", "p. m." */

/* -- a line -- */

static const char *
skip_blanks (const char *c)
{
  while (*c != '\0' && (g_unichar_isspace (g_utf8_get_char (c)) || g_unichar_type (g_utf8_get_char (c)) == G_UNICODE_FORMAT))
    c = g_utf8_next_char (c);

  return c;
}

/* Past up to four digits; NULL when there are none. */
static const char *
skip_digits (const char *c)
{
  guint n = 0;

  for (; *c != '\0' && n < 4 && g_unichar_isdigit (g_utf8_get_char (c)); n++)
    c = g_utf8_next_char (c);

  return n > 0 ? c : NULL;
}

/* Digits with one of @between after each but the last: NULL when it is anything else. */
static const char *
skip_groups (const char *c,
             const char *between,
             guint       least,
             guint       most)
{
  for (guint n = 1; (c = skip_digits (c)) != NULL; n++)
    {
      if (n >= least && (n == most || *c == '\0' || strchr (between, *c) == NULL))
        return c;
      if (*c == '\0' || strchr (between, *c) == NULL)
        return NULL;
      c++;
    }

  return NULL;
}

/* "12/06/2026, 14:22 - " or "[12.06.26, 2:22:07 PM] ": what comes after it, or NULL. */
static const char *
after_stamp (const char *line)
{
  const char *c = skip_blanks (line);
  gboolean    in_brackets = *c == '[';

  c = skip_groups (in_brackets ? c + 1 : c, "/.-", 3, 3);
  if (c == NULL)
    return NULL;
  if (*c == ',' || g_str_has_prefix (c, "،"))
    c = g_utf8_next_char (c);
  c = skip_groups (skip_blanks (c), ":.", 2, 3);
  if (c == NULL)
    return NULL;
  c = skip_blanks (c);
  for (guint n = 0; n < HALF_MAX && (*c == '.' || g_unichar_isalpha (g_utf8_get_char (c))); n++)
    c = skip_blanks (g_utf8_next_char (c));
  if (*c != (in_brackets ? ']' : '-'))
    return NULL;

  return skip_blanks (c + 1);
}

/* (nullable): who wrote the line. What WhatsApp says itself has nobody. */
static char *
sender_of (const char *line)
{
  const char *start = after_stamp (line);
  const char *end = start != NULL ? strstr (start, ": ") : NULL;
  glong       n = end != NULL ? g_utf8_strlen (start, end - start) : 0;

  if (n == 0 || n > SENDER_MAX)
    return NULL;
  /* Whom the phone does not know has a name of their own choice, with a tilde before it. */
  if (*start == '~')
    start = skip_blanks (start + 1);

  return start < end ? g_strndup (start, (gsize) (end - start)) : NULL;
}

static gboolean
is_number (const char *sender)
{
  guint n = 0;

  for (const char *c = sender; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (g_unichar_isalpha (letter))
        return FALSE;
      n += g_unichar_isdigit (letter) != 0;
    }

  return n >= 6;
}

/* -- the whole -- */

gboolean
sb_chat_log_is (const char *head,
                gsize       length)
{
  g_autofree char *text = NULL;

  if (length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    return sb_chat_log_is (head + 3, length - 3);
  /* The stamp alone: the letters after it may be cut in the middle. */
  text = g_utf8_make_valid (head, (gssize) MIN (length, 64));

  return after_stamp (text) != NULL;
}

/* FALSE at the end. What passes the limit is read and forgotten. */
static gboolean
read_line (SbTextIn *in,
           GString  *line,
           GError  **error)
{
  GError *fault = NULL;
  int     c;

  g_string_truncate (line, 0);
  while ((c = sb_text_in_next (in, &fault)) >= 0 && c != '\n')
    if (line->len < SB_CELL_MAX)
      g_string_append_c (line, (char) c);
  if (fault != NULL)
    g_propagate_error (error, fault);

  return fault == NULL && (c == '\n' || line->len > 0);
}

static gboolean
tell (const char *sender,
      guint       number,
      SbRowFunc   func,
      gpointer    data,
      GError    **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  gboolean              has_number = is_number (sender);
  SbRow                 row = { .number = number, .cells = cells };

  g_ptr_array_add (cells, (gpointer) (has_number ? "" : sender));
  g_ptr_array_add (cells, (gpointer) (has_number ? sender : ""));
  if (!has_number)
    row.fault = _("The chat has only this name. Share the contact itself in WhatsApp, or type the number");

  return func (&row, data, error);
}

static gboolean
read_all (SbTextIn     *in,
          SbRowFunc     func,
          gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray)  titles = g_ptr_array_new ();
  g_autoptr (GString)    line = g_string_new (NULL);
  SbRow                  header = { .number = 0, .cells = titles };
  GError                *fault = NULL;

  g_ptr_array_add (titles, (gpointer) "Name");
  g_ptr_array_add (titles, (gpointer) "Phone");
  if (!func (&header, data, error))
    return FALSE;
  for (guint number = 1; read_line (in, line, &fault); number++)
    {
      g_autofree char *text = g_utf8_make_valid (line->str, -1);
      char            *sender = sender_of (text);

      if (number % 256 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          g_free (sender);
          return FALSE;
        }
      if (sender == NULL || g_hash_table_contains (known, sender) || g_hash_table_size (known) >= SB_ROWS_MAX)
        g_free (sender);
      else if (!g_hash_table_add (known, sender) || !tell (sender, number, func, data, error))
        return FALSE;
    }
  if (fault != NULL)
    g_propagate_error (error, fault);

  return fault == NULL;
}

gboolean
sb_chat_log_read (GInputStream *stream,
                  SbFileAbout  *about,
                  SbRowFunc     func,
                  gpointer      data,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_autoptr (SbTextIn) in = sb_text_in_new (stream, cancellable, error);

  if (in == NULL)
    return FALSE;
  g_set_str (&about->kind, "chat");
  g_set_str (&about->encoding, sb_text_in_get_encoding (in));

  return read_all (in, func, data, cancellable, error);
}
