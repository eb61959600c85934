#pragma once

#include "sb-macro.h"
#include "sb-writer.h"

G_BEGIN_DECLS

/* -- macros; each keeps what was, for Undo -- */
gint64   sb_writer_save_macro (SbWriter      *self,
                               const SbMacro *macro, /* id 0: new */
                               GError       **error);
gboolean sb_writer_delete_macro (SbWriter *self,
                                 gint64    macro_id,
                                 GError  **error);
gboolean sb_writer_move_macro (SbWriter *self,
                               gint64    macro_id,
                               int       by,
                               GError  **error);
/* Puts @text behind what stands in the answer already. */
gboolean sb_writer_add_to_draft (SbWriter   *self,
                                 gint64      thread_id,
                                 const char *text,
                                 GError    **error);

/* -- what a conversation was before a message came that asks for nothing -- */
typedef struct
{
  SbThreadStatus status;
  gint64         assignee_id;
  gint64         snooze_until;
  gboolean       unanswered;
  gint64         unanswered_since;
  int            unread;
} SbThreadBefore;

gboolean sb_writer_look_at_thread (SbWriter       *self,
                                   gint64          thread_id,
                                   SbThreadBefore *before);
gboolean sb_writer_put_thread_back (SbWriter             *self,
                                    gint64                thread_id,
                                    const SbThreadBefore *before,
                                    gint64                read_up_to,
                                    GError              **error);
/* Whoever of the people who still work here had it last; 0 nobody. */
gint64 sb_writer_find_last_carer (SbWriter *self,
                                  gint64    thread_id);

/* -- answers while the shop is closed -- */
gboolean sb_writer_answered_while_closed (SbWriter *self,
                                          gint64    thread_id,
                                          gint64    closed_since);
/* Whether a person of the shop wrote to them since, or anything else answered @message_id. */
gboolean sb_writer_somebody_answered (SbWriter *self,
                                      gint64    thread_id,
                                      gint64    person_since,
                                      gint64    message_id);
gboolean sb_writer_add_away_answer (SbWriter *self,
                                    gint64    thread_id,
                                    gint64    closed_since,
                                    gint64    message_id,
                                    GError  **error);

/* -- how it was -- */
typedef struct
{
  gint64 id;
  gint64 thread_id;
  gint64 staff_id;
  gint64 message_id;
  int    scale;
  int    score;
} SbClosing;

/* 0 without error: this time it was closed is known already. */
gint64   sb_writer_add_closing (SbWriter      *self,
                                const SbEvent *event,
                                GError       **error);
gboolean sb_writer_end_closings (SbWriter *self,
                                 gint64    thread_id,
                                 GError  **error);
/* Undo closed it again: the same closing goes on. Its id where it was not asked yet, else 0. */
gint64 sb_writer_resume_closing (SbWriter *self,
                                 gint64    thread_id,
                                 GError  **error);
/* Still closed since then, and not asked yet. */
gboolean sb_writer_may_ask (SbWriter  *self,
                            gint64     closing_id,
                            SbClosing *closing);
gboolean sb_writer_asked (SbWriter *self,
                          gint64    closing_id,
                          gint64    message_id,
                          int       scale,
                          GError  **error);
gboolean sb_writer_get_closing (SbWriter  *self,
                                gint64     closing_id,
                                SbClosing *closing);
gboolean sb_writer_rate (SbWriter *self,
                         gint64    closing_id,
                         int       score,
                         gint64    answer_id,
                         GError  **error);

G_END_DECLS
