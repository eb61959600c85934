#pragma once

#include "sb-desk.h"
#include "sb-macro.h"
#include "sb-reader.h"

G_BEGIN_DECLS

GPtrArray *sb_reader_list_macros (SbReader *self); /* SbMacro, in their order */
SbMacro   *sb_reader_get_macro (SbReader *self,
                                gint64    macro_id);
SbDesk    *sb_reader_get_desk (SbReader *self);

/* What is wrong with a macro. */
typedef enum
{
  SB_MACRO_FINE,
  SB_MACRO_UNREADABLE, /* written by a newer Shopbell, or damaged */
  SB_MACRO_NO_TAG,
  SB_MACRO_NO_PERSON,
} SbMacroFault;

/* @name: (out): of the tag or person that is gone */
SbMacroFault sb_reader_check_macro (SbReader      *self,
                                    const SbMacro *macro,
                                    char         **name);

/* The draft of one person, and who else has one that was touched since @since. */
SbDraft   *sb_reader_get_draft_of (SbReader *self,
                                   gint64    thread_id,
                                   gint64    staff_id);
GPtrArray *sb_reader_list_writers (SbReader *self, /* SbNamed */
                                   gint64    thread_id,
                                   gint64    staff_id,
                                   gint64    since);

/* What the customer said of the shop. */
typedef struct
{
  int    scale;
  int    score;
  gint64 at;
  char  *staff; /* who closed; NULL unknown */
} SbRating;

void       sb_rating_free (SbRating *self);
GPtrArray *sb_reader_list_ratings (SbReader *self, /* SbRating, newest first */
                                   gint64    thread_id,
                                   guint     limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbRating, sb_rating_free)

/* What waits to go out in a conversation, however far back it was written; the first to go first. Ids of messages. */
GArray *sb_reader_list_waiting (SbReader *self,
                                gint64    thread_id);

G_END_DECLS
