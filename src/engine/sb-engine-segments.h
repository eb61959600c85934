#pragma once

#include "sb-condition.h"
#include "sb-engine.h"
#include "sb-reader-segments.h"

G_BEGIN_DECLS

/*
 * Groups of people: by a rule, or kept by hand. sb_reader_list_segments () has them; the event log tells of changes.
 * A rule that speaks of something that is gone counts nobody and gives nobody: it says what is gone instead.
 */

/* @members: gint64, who is put in a list at once, or NULL. */
void   sb_engine_save_segment_async (SbEngine           *self,
                                     const SbSegment    *segment, /* id 0: new */
                                     GArray             *members,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
gint64 sb_engine_save_segment_finish (SbEngine     *self, /* its id; 0 with @error */
                                      GAsyncResult *result,
                                      GError      **error);
void   sb_engine_delete_segment_async (SbEngine           *self,
                                       gint64              segment_id,
                                       GAsyncReadyCallback callback,
                                       gpointer            user_data);
void   sb_engine_set_members_async (SbEngine           *self,
                                    gint64              segment_id,
                                    GArray             *contacts, /* gint64 */
                                    gboolean            in,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
/* Of deleting and of members: the id of the undo step, -1 with @error. */
gint64 sb_engine_segment_act_finish (SbEngine     *self,
                                     GAsyncResult *result,
                                     guint        *n_changed,
                                     GError      **error);

/* How many, some of them by name, and what is wrong with the rule. */
typedef struct
{
  gint64     n;        /* -1: the rule has problems */
  GPtrArray *sample;   /* SbNamed, the newest first */
  GPtrArray *problems; /* char *, sentences */
} SbPeopleCount;

void sb_people_count_free (SbPeopleCount *self);

/* @segment: saved or not; NULL everybody. */
void           sb_engine_count_people_async (SbEngine           *self,
                                             const SbSegment    *segment,
                                             guint               n_sample,
                                             GCancellable       *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer            user_data);
SbPeopleCount *sb_engine_count_people_finish (SbEngine     *self,
                                              GAsyncResult *result,
                                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* @segment_id 0: everybody. GArray of gint64, sorted. */
void    sb_engine_list_segment_async (SbEngine           *self,
                                      gint64              segment_id,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
GArray *sb_engine_list_segment_finish (SbEngine     *self,
                                       GAsyncResult *result,
                                       GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Why somebody is in, or is not: a line for each part of the rule. */
typedef struct
{
  guint    depth;
  gboolean is_test;
  gboolean is_true;
  char    *words; /* what is asked, or which of the following must hold */
  char    *seen;  /* of a test: what this person has */
} SbReasonLine;

typedef struct
{
  gboolean   is_in;
  char      *sentence;
  GPtrArray *lines;    /* SbReasonLine, as they are read */
  GPtrArray *problems; /* char * */
} SbExplanation;

void           sb_explanation_free (SbExplanation *self);
SbExplanation *sb_engine_explain_segment (SbEngine        *self,
                                          const SbSegment *segment,
                                          gint64           contact_id,
                                          GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* The condition of a rule's JSON with today's names, and what of it is gone (char *); NULL with @error when it cannot be read. */
SbCondition *sb_segment_read_rule (SbReader   *reader,
                                   const char *rule,
                                   GPtrArray **problems,
                                   GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbPeopleCount, sb_people_count_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbExplanation, sb_explanation_free)

G_END_DECLS
