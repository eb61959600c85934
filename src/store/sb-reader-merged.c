#include "sb-reader-merged.h"

#include "sb-store-private.h"

gint64
sb_reader_find_joined_thread (SbReader *self,
                              gint64    thread_id)
{
  return sb_db_int (sb_reader_get_db (self), thread_id,
                    "SELECT coalesce ((SELECT k.id FROM thread k JOIN contact c ON k.contact_id = c.merged_into WHERE c.id = t.contact_id), t.id) FROM thread t WHERE t.id = ?", "i", thread_id);
}
