/*
 * WhatsApp's marks (*bold*, _italic_, ~strike~, `code`, ```mono```) and links, as attributes on plain text. The text is
 * untrusted: no markup is ever made of it. Marks that do not close, or stand inside words, stay as they were typed.
 */
#include "sb-text-marks.h"

#include <string.h>

#define LONGEST 65536

typedef struct
{
  GString       *shown;
  PangoAttrList *attributes;
  GArray        *links;
} Layout;

static void
link_clear (gpointer data)
{
  g_free (((SbTextLink *) data)->href);
}

static void
add_attribute (Layout         *layout,
               PangoAttribute *attribute,
               guint           start,
               guint           end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (layout->attributes, attribute);
}

static gboolean
is_word (gunichar c)
{
  return c != 0 && g_unichar_isalnum (c);
}

static gboolean
is_blank (gunichar c)
{
  return c == 0 || g_unichar_isspace (c);
}

static gunichar
before (const char *text,
        const char *p)
{
  return p > text ? g_utf8_get_char (g_utf8_prev_char (p)) : 0;
}

/* The mark that closes the one at @open, on the same line, with something between; NULL when there is none. */
static const char *
find_close (const char *text,
            const char *open,
            const char *end)
{
  if (is_word (before (text, open)) || open + 1 >= end || is_blank (g_utf8_get_char (open + 1)) || open[1] == *open)
    return NULL;

  for (const char *p = open + 2; p < end && *p != '\n'; p++)
    if (*p == *open && !is_blank (before (text, p)) && (p + 1 >= end || !is_word (g_utf8_get_char (p + 1))))
      return p;

  return NULL;
}

/* Length of an address at @p, 0 when there is none. Closing signs at its end are the sentence's, not the address's. */
static gsize
link_length (const char *text,
             const char *p,
             const char *end)
{
  gsize length = 0;

  if (is_word (before (text, p)) || !(g_str_has_prefix (p, "https://") || g_str_has_prefix (p, "http://") || g_str_has_prefix (p, "www.")))
    return 0;
  while (p + length < end && !strchr (" \n\t\r<>\"", p[length]))
    length++;
  while (length > 0 && strchr (".,;:!?)]}'*_~", p[length - 1]))
    length--;

  return length > 8 ? length : 0;
}

static void
add_link (Layout     *layout,
          const char *p,
          gsize       length)
{
  SbTextLink link = { layout->shown->len, layout->shown->len + length, NULL };

  link.href = g_str_has_prefix (p, "www.") ? g_strdup_printf ("https://%.*s", (int) length, p) : g_strndup (p, length);
  g_string_append_len (layout->shown, p, length);
  add_attribute (layout, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), link.start, link.end);
  g_array_append_val (layout->links, link);
}

static PangoAttribute *
attribute_of (char mark)
{
  switch (mark)
    {
    case '*':
      return pango_attr_weight_new (PANGO_WEIGHT_BOLD);
    case '_':
      return pango_attr_style_new (PANGO_STYLE_ITALIC);
    case '~':
      return pango_attr_strikethrough_new (TRUE);
    default:
      return pango_attr_family_new ("monospace");
    }
}

/* @depth keeps a hostile nest of marks from costing more than a line of them. */
static void
add_span (Layout     *layout,
          const char *text,
          const char *from,
          const char *end,
          guint       depth)
{
  for (const char *p = from; p < end;)
    {
      gsize       length = link_length (text, p, end);
      const char *close = NULL;
      guint       start = layout->shown->len;

      if (length > 0)
        {
          add_link (layout, p, length);
          p += length;
          continue;
        }
      if (g_str_has_prefix (p, "```") && (close = strstr (p + 3, "```")) != NULL && close < end && close > p + 3)
        {
          g_string_append_len (layout->shown, p + 3, close - p - 3);
          add_attribute (layout, attribute_of ('`'), start, layout->shown->len);
          p = close + 3;
          continue;
        }
      if (strchr ("*_~`", *p) && depth < 4 && (close = find_close (text, p, end)) != NULL)
        {
          if (*p == '`')
            g_string_append_len (layout->shown, p + 1, close - p - 1);
          else
            add_span (layout, text, p + 1, close, depth + 1);
          add_attribute (layout, attribute_of (*p), start, layout->shown->len);
          p = close + 1;
          continue;
        }

      length = g_utf8_next_char (p) - p;
      g_string_append_len (layout->shown, p, MIN (length, (gsize) (end - p)));
      p += length;
    }
}

/* "* " and "- " at the start of a line are bullets. */
static void
add_lines (Layout     *layout,
           const char *text,
           const char *end)
{
  const char *line = text;

  while (line < end)
    {
      const char *stop = memchr (line, '\n', end - line);
      const char *fence = strstr (line, "```");

      /* A fenced part may hold line breaks. */
      if (fence != NULL && (stop == NULL || fence < stop) && strstr (fence + 3, "```") != NULL)
        {
          const char *close = strstr (fence + 3, "```") + 3;

          stop = memchr (close, '\n', end - close);
        }
      if (stop == NULL)
        stop = end;
      if (end - line > 2 && (line[0] == '*' || line[0] == '-') && line[1] == ' ')
        {
          g_string_append (layout->shown, "• ");
          line += 2;
        }
      add_span (layout, text, line, stop, 0);
      if (stop < end)
        g_string_append_c (layout->shown, '\n');
      line = stop + 1;
    }
}

/**
 * sb_text_marks_layout:
 * @attributes: (out) (transfer full): byte ranges of the returned text
 * @links: (out) (transfer full): SbTextLink
 *
 * Returns: the text without its marks; more than 64 KiB of it are cut
 */
char *
sb_text_marks_layout (const char     *text,
                      PangoAttrList **attributes,
                      GArray        **links)
{
  Layout           layout = { g_string_new (NULL), pango_attr_list_new (), g_array_new (FALSE, FALSE, sizeof (SbTextLink)) };
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", MIN (strlen (text != NULL ? text : ""), LONGEST));

  g_array_set_clear_func (layout.links, link_clear);
  add_lines (&layout, valid, valid + strlen (valid));
  *attributes = layout.attributes;
  *links = layout.links;

  return g_string_free (layout.shown, FALSE);
}
