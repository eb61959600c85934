#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * SbPracticeStore:
 *
 * What the practice server knows, as JSON documents of a kind with an id, written through to one SQLite file. Everything is
 * held in memory too; a changed document is handed to sb_practice_store_put () again. Main context only.
 */
typedef struct _SbPracticeStore SbPracticeStore;

SbPracticeStore *sb_practice_store_open (const char *path,
                                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void             sb_practice_store_free (SbPracticeStore *self);

void        sb_practice_store_put (SbPracticeStore *self,
                                   const char      *kind,
                                   const char      *id,
                                   JsonObject      *object);
JsonObject *sb_practice_store_get (SbPracticeStore *self,
                                   const char      *kind,
                                   const char      *id);
GPtrArray  *sb_practice_store_list (SbPracticeStore *self,
                                    const char      *kind) G_GNUC_WARN_UNUSED_RESULT;
guint       sb_practice_store_count (SbPracticeStore *self,
                                     const char      *kind);
void        sb_practice_store_remove (SbPracticeStore *self,
                                      const char      *kind,
                                      const char      *id);
void        sb_practice_store_clear (SbPracticeStore *self,
                                     const char      *kind);

void    sb_practice_store_put_blob (SbPracticeStore *self,
                                    const char      *id,
                                    GBytes          *bytes);
GBytes *sb_practice_store_get_blob (SbPracticeStore *self,
                                    const char      *id) G_GNUC_WARN_UNUSED_RESULT;
void    sb_practice_store_remove_blob (SbPracticeStore *self,
                                       const char      *id);
void    sb_practice_store_flush (SbPracticeStore *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbPracticeStore, sb_practice_store_free)

G_END_DECLS
