/* How much text the field takes. What no message could hold, a book pasted by mistake, would only make the window slow. */
#include "sb-composer-private.h"

#include <glib/gi18n.h>

/* Letters: many times what a message holds, so that a long text can be brought here and parted. */
#define MOST_LETTERS 50000

/* It stays where it was copied; nothing of it is cut off here. */
static void
insert_cb (GtkTextBuffer *buffer,
           GtkTextIter   *where,
           char          *text,
           int            length,
           gpointer       user_data)
{
  glong            n = g_utf8_strlen (text, length);
  g_autofree char *sentence = NULL;

  if (n + gtk_text_buffer_get_char_count (buffer) <= MOST_LETTERS)
    return;
  g_signal_stop_emission_by_name (buffer, "insert-text");
  sentence = g_strdup_printf (ngettext ("This text has %'ld letter: too long to be written here. A message holds 4,096.",
                                        "This text has %'ld letters: too long to be written here. A message holds 4,096.", (gulong) n),
                              n);
  sb_composer_show_problem (user_data, sentence);
}

void
sb_composer_watch_length (SbComposer    *self,
                          GtkTextBuffer *buffer)
{
  g_signal_connect (buffer, "insert-text", G_CALLBACK (insert_cb), self);
}
