/*
 * Puts a long history before a conversation, for journeys: fill-thread FOLDER CUSTOMER N. Message 1 is the oldest; every
 * third is the shop's. The last hundred count as unread.
 */
#include <stdlib.h>

#include "sb-store-private.h"

typedef struct
{
  const char *customer;
  gint64      n_messages;
} Fill;

static gboolean
fill (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  Fill  *fill = data;
  gint64 thread = sb_reader_find_thread (writer->reader, fill->customer);
  gint64 first_at = sb_db_int (writer->db, 0, "SELECT min (sent_at) FROM message WHERE thread_id = ?", "i", thread);
  gint64 read_at = first_at - 100 * SB_MINUTE_MS - 1;

  if (thread == 0 || first_at == 0)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_NOT_FOUND, "no conversation with %s", fill->customer);
      return FALSE;
    }

  for (gint64 i = 1; i <= fill->n_messages; i++)
    {
      gint64           at = first_at - (fill->n_messages - i + 1) * SB_MINUTE_MS;
      gboolean         own = i % 3 == 0;
      g_autofree char *text = g_strdup_printf ("Message %" G_GINT64_FORMAT "%s", i, i % 7 == 0 ? ", and a few words more, so that it runs over the end of its line in most windows" : "");

      if (!sb_db_exec (writer->db, error, "INSERT INTO message (id, thread_id, line_id, kind, direction, author, sent_at, text, status) VALUES (?, ?, 0, 1, ?, ?, ?, ?, ?)", "iiniisn",
                       1000 + i, thread, own ? 1 : 0, own ? G_GINT64_CONSTANT (2) : G_GINT64_CONSTANT (1), at, text, own ? SB_STATUS_READ : SB_STATUS_NONE))
        return FALSE;
    }

  return sb_db_exec (writer->db, error,
                     "UPDATE thread SET read_at = ?1, unread = (SELECT count(*) FROM message WHERE thread_id = ?2 AND sent_at > ?1 AND direction = 0 AND kind NOT IN (14, 16)) WHERE id = ?2",
                     "ii", read_at, thread);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (SbClock) clock = sb_clock_new_system ();
  SbRandom           *random = sb_random_new_system ();
  SbStore            *store;
  Fill                what;

  if (argc != 4)
    return EXIT_FAILURE;
  what = (Fill) { argv[2], g_ascii_strtoll (argv[3], NULL, 10) };
  store = sb_store_open (argv[1], SB_STORE_INLINE, clock, random, NULL, &error);
  if (store == NULL || !sb_store_run (store, fill, &what, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  sb_store_close (store);
  g_object_unref (store);
  sb_random_free (random);

  return EXIT_SUCCESS;
}
