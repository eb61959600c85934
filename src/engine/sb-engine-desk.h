#pragma once

#include "sb-engine.h"
#include "sb-reader-desk.h"

G_BEGIN_DECLS

/* The text of an SB_ACT_SNOOZE that comes back at its time only, even if the customer writes. */
#define SB_SNOOZE_FIRM "firm"

/* -- macros: each of these is one step of Undo; finished with sb_engine_act_finish () -- */
void sb_engine_run_macro_async (SbEngine           *self,
                                gint64              macro_id,
                                const gint64       *thread_ids,
                                guint               n_threads,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
void sb_engine_save_macro_async (SbEngine           *self,
                                 const SbMacro      *macro, /* id 0: a new one */
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
void sb_engine_delete_macro_async (SbEngine           *self,
                                   gint64              macro_id,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
void sb_engine_move_macro_async (SbEngine           *self,
                                 gint64              macro_id,
                                 int                 by,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
/* (nullable): what needs attention, in a sentence. */
char *sb_macro_problem (SbReader      *reader,
                        const SbMacro *macro) G_GNUC_WARN_UNUSED_RESULT;

/* -- hours, and what the shop does by itself -- */
gboolean    sb_engine_set_desk (SbEngine     *self,
                                const SbDesk *desk,
                                GError      **error);
const char *sb_desk_default_away (void);
const char *sb_desk_default_question (void);
/* What a customer of this name would read now; @opens is when the shop opens, 0 while it is open. */
char *sb_engine_preview_away (SbEngine     *self,
                              const SbDesk *desk,
                              const char   *name,
                              gint64       *opens) G_GNUC_WARN_UNUSED_RESULT;
char *sb_desk_when (const SbDesk *desk,
                    gint64        now,
                    gint64        at) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable): the first gap that nothing can fill by itself. */
char *sb_desk_find_gap (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
