#include "sb-writer-mentions.h"

#include <string.h>

#include "sb-store-private.h"
#include "sb-writer-reading.h"

gboolean
sb_text_mentions (const char *text,
                  const char *name)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *bare = g_utf8_casefold (name, -1);
  g_autofree char *called = g_strconcat ("@", bare, NULL);
  gsize            length = strlen (called);

  for (const char *at = folded; length > 1 && (at = strstr (at, called)) != NULL; at++)
    {
      gunichar before = at > folded ? g_utf8_get_char (g_utf8_prev_char (at)) : ' ';

      if (!g_unichar_isalnum (before) && !g_unichar_isalnum (g_utf8_get_char (at + length)))
        return TRUE;
    }

  return FALSE;
}

gboolean
sb_writer_mention (SbWriter   *self,
                   gint64      thread_id,
                   const char *note,
                   GError    **error)
{
  g_autoptr (GPtrArray) staff = sb_reader_list_staff (sb_writer_get_reader (self));

  for (guint i = 0; i < staff->len; i++)
    {
      const SbNamed *person = staff->pdata[i];

      if (person->active && person->id != self->staff_id && sb_text_mentions (note, person->name) && !sb_writer_mark_unread_for (self, thread_id, person->id, error))
        return FALSE;
    }

  return TRUE;
}
