/* The words of a quick reply: what stands in double braces is filled in, or left for the person as a gap. */
#include "sb-quick-reply-text.h"

#include <string.h>

#include "sb-name.h"

/**
 * sb_quick_reply_fill:
 * @name: (nullable): of the customer, whose first word is used
 *
 * Returns: (transfer full): @text with {{first_name}}, {{shop}} and {{line}} filled in. What is not known, and every other
 * word in double braces, stays as it is: a gap for the person to fill.
 */
char *
sb_quick_reply_fill (const char *text,
                     const char *name,
                     const char *shop,
                     const char *line)
{
  GString         *filled = g_string_new (NULL);
  g_autofree char *first = sb_name_first (name);
  const struct
  {
    const char *gap;
    const char *value;
  } known[] = { { "{{first_name}}", first }, { "{{shop}}", shop }, { "{{line}}", line } };

  while (*text != '\0')
    {
      gsize used = 0;

      for (gsize i = 0; i < G_N_ELEMENTS (known) && used == 0; i++)
        if (known[i].value != NULL && g_str_has_prefix (text, known[i].gap))
          {
            g_string_append (filled, known[i].value);
            used = strlen (known[i].gap);
          }
      if (used == 0)
        g_string_append_c (filled, *text);
      text += MAX (used, 1);
    }

  return g_string_free (filled, FALSE);
}

/**
 * sb_quick_reply_find_gap:
 * @start: (out): where the first gap begins, in characters
 * @end: (out): behind its last brace
 *
 * A gap is a short word in double braces on one line; braces around anything else are the person's own.
 */
gboolean
sb_quick_reply_find_gap (const char *text,
                         int        *start,
                         int        *end)
{
  for (const char *open = strstr (text, "{{"); open != NULL; open = strstr (open + 2, "{{"))
    {
      const char *close = strstr (open, "}}");
      gsize       length = close != NULL ? close - open - 2 : 0;

      if (length == 0 || length > 60 || strcspn (open + 2, "\n{}") != length)
        continue;
      *start = g_utf8_pointer_to_offset (text, open);
      *end = g_utf8_pointer_to_offset (text, close + 2);
      return TRUE;
    }

  return FALSE;
}
