#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SB_TYPE_SEARCH_ANSWERS (sb_search_answers_get_type ())

G_DECLARE_FINAL_TYPE (SbSearchAnswers, sb_search_answers, SB, SEARCH_ANSWERS, GObject)

SbSearchAnswers *sb_search_answers_new (void);
void             sb_search_answers_find_async (SbSearchAnswers    *self,
                                               const char *const  *terms,
                                               GCancellable       *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer            user_data);
GStrv            sb_search_answers_find_finish (SbSearchAnswers *self,
                                                GAsyncResult    *result,
                                                GError         **error) G_GNUC_WARN_UNUSED_RESULT;
GVariant        *sb_search_answers_describe (SbSearchAnswers   *self,
                                             const char *const *ids);
gboolean         sb_search_answers_read_id (const char *id,
                                            char      **shop,
                                            gint64     *thread_id,
                                            gint64     *message_id);

G_END_DECLS
