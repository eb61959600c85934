#pragma once

#include "sb-engine.h"

G_BEGIN_DECLS

/* A file that goes with a quick reply. */
typedef struct
{
  char *name; /* as it is shown and sent */
  char *path; /* of a kept file in the media folder, or of one that is to be kept */
} SbQuickFile;

SbQuickFile *sb_quick_file_new (const char *name,
                                const char *path);
void         sb_quick_file_free (SbQuickFile *self);

GPtrArray *sb_engine_list_quick_files (SbEngine *self, /* SbQuickFile */
                                       gint64    quick_reply_id);
/* Files that are new are kept by their content first; the text and its files are one change. */
void   sb_engine_save_quick_reply_async (SbEngine           *self,
                                         const SbNamed      *reply,
                                         GPtrArray          *files,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);
gint64 sb_engine_save_quick_reply_finish (SbEngine     *self,
                                          GAsyncResult *result,
                                          GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbQuickFile, sb_quick_file_free)

G_END_DECLS
