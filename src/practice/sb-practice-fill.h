#pragma once

#include "sb-practice-call.h"

G_BEGIN_DECLS

/**
 * SbPracticeFilled:
 * @category: in lower case, %NULL when the message is no template
 *
 * A template with its gaps filled, as the customer's phone shows it.
 */
typedef struct
{
  char      *category;
  char      *words;
  char      *header;
  char      *footer;
  JsonArray *buttons;
} SbPracticeFilled;

void     sb_practice_filled_clear (SbPracticeFilled *self);
void     sb_practice_filled_describe (SbPracticeFilled *self,
                                      JsonObject       *body);
gboolean sb_practice_fill (SbPracticeCall   *call,
                           JsonObject       *wanted,
                           JsonObject       *persona,
                           SbPracticeFilled *filled);
guint    sb_practice_fill_count (const char *text,
                                 gboolean   *named);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SbPracticeFilled, sb_practice_filled_clear)

G_END_DECLS
