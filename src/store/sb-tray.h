#pragma once

#include "sb-writer.h"

G_BEGIN_DECLS

/**
 * SbTrayFile:
 * @path: on this computer; it need not be there any more
 * @key: of the message it becomes
 *
 * A file that waits beside a draft.
 */
typedef struct
{
  char    *path;
  char    *key;
  gboolean is_voice;
} SbTrayFile;

SbTrayFile *sb_tray_file_new (const char *path,
                              const char *key,
                              gboolean    is_voice);
void        sb_tray_file_free (SbTrayFile *self);

/* Those of one person in a conversation, first added first. */
GPtrArray *sb_reader_list_tray (SbReader *self, /* SbTrayFile */
                                gint64    thread_id,
                                gint64    staff_id);
/* @files: (element-type SbTrayFile): all of those of the one who acts. What others keep there stays. */
gboolean sb_writer_save_tray (SbWriter  *self,
                              gint64     thread_id,
                              GPtrArray *files,
                              GError   **error);
/* What became a message does not wait any more. @key: (nullable) */
gboolean sb_writer_take_from_tray (SbWriter   *self,
                                   const char *key,
                                   GError    **error);

G_END_DECLS
