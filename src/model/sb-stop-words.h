#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Whether a message is nothing but a word for stopping or starting. Case, dots, signs, vowel marks and a "please" or "thank
 * you" beside it do not matter; any other word does.
 */

/* Written to the shop file: only ever appended to. */
typedef enum
{
  SB_STOP_NOT = 0,
  SB_STOP_OFFERS = 1,
  SB_STOP_EVERYTHING = 2,
  SB_STOP_START = 3,
  SB_STOP_POLITE = 4,
  SB_STOP_UNSURE = 5, /* only as an answer: speaks of stopping, among other words */
} SbStopMeaning;

/* What the shop's list says about a folded word or phrase; %SB_STOP_NOT where it is not in it. */
typedef SbStopMeaning (*SbStopLookup) (const char *folded,
                                       char       *language, /* room for 8 */
                                       gboolean   *asks,
                                       gpointer    data);

char         *sb_stop_fold (const char *text) G_GNUC_WARN_UNUSED_RESULT;
SbStopMeaning sb_stop_match (const char  *text,
                             SbStopLookup lookup,
                             gpointer     data,
                             char        *language);

G_END_DECLS
