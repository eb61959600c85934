/* Texts with gaps: "Hello {{first_name|there}}", filled in where what belongs there is known. */
#include "sb-fill.h"

#include <string.h>

#define LONGEST_GAP 60

/* The inside of the gap that begins at @text, and how long all of it is; NULL where none does. */
static char *
gap_at (const char *text,
        gsize      *length)
{
  const char *end;

  if (!g_str_has_prefix (text, "{{"))
    return NULL;
  end = strstr (text, "}}");
  if (end == NULL || end - text - 2 > LONGEST_GAP || end == text + 2 || strcspn (text + 2, "\n{}") != (gsize) (end - text - 2))
    return NULL;
  *length = end + 2 - text;

  return g_strstrip (g_strndup (text + 2, end - text - 2));
}

static const SbFilling *
find (const char      *name,
      const SbFilling *fillings,
      guint            n_fillings)
{
  for (guint i = 0; i < n_fillings; i++)
    if (g_str_equal (fillings[i].gap, name))
      return &fillings[i];

  return NULL;
}

/* "first_name|there" is cut into its name and, or NULL, what stands in when it is not known. */
static char *
cut_fallback (char *inside)
{
  char *bar = strchr (inside, '|');

  if (bar == NULL)
    return NULL;
  *bar = '\0';
  g_strchomp (inside);

  return bar + 1;
}

/* Nothing came into a gap: the blank before it has nothing to part any more where a sign follows. */
static void
close_up (GString    *filled,
          const char *rest)
{
  if (filled->len > 0 && filled->str[filled->len - 1] == ' ' && (rest[0] == '\0' || strchr (" ,.;:!?\n", rest[0]) != NULL))
    g_string_truncate (filled, filled->len - 1);
}

/**
 * sb_fill:
 * @keep_unknown: gaps that nothing is known for stay as they are, for a person to fill; else they go
 */
char *
sb_fill (const char      *text,
         const SbFilling *fillings,
         guint            n_fillings,
         gboolean         keep_unknown)
{
  GString *filled = g_string_new (NULL);

  while (*text != '\0')
    {
      gsize            length = 0;
      g_autofree char *inside = gap_at (text, &length);
      const char      *fallback = inside != NULL ? cut_fallback (inside) : NULL;
      const SbFilling *filling = inside != NULL ? find (inside, fillings, n_fillings) : NULL;
      const char      *value = filling != NULL && filling->value != NULL ? filling->value : fallback;

      if (value != NULL)
        g_string_append (filled, value);
      else if (inside != NULL && keep_unknown)
        g_string_append_len (filled, text, length);
      else if (inside != NULL)
        close_up (filled, text + length);
      else
        g_string_append_c (filled, *text);
      text += MAX (length, 1);
    }

  return g_string_free (filled, FALSE);
}

/* (nullable): the first gap, with its braces, that is none of @fillings. */
char *
sb_fill_find_unknown (const char      *text,
                      const SbFilling *fillings,
                      guint            n_fillings)
{
  for (const char *open = strstr (text, "{{"); open != NULL; open = strstr (open + 2, "{{"))
    {
      gsize            length = 0;
      g_autofree char *inside = gap_at (open, &length);

      if (inside == NULL)
        continue;
      cut_fallback (inside);
      if (find (inside, fillings, n_fillings) == NULL)
        return g_strndup (open, length);
    }

  return NULL;
}
