#pragma once

#include "sb-hours.h"

G_BEGIN_DECLS

/**
 * SbDesk:
 *
 * What the shop does by itself around its hours and around the end of a conversation. Everything is off until the owner
 * turns it on.
 */
typedef struct
{
  SbHours *hours;
  gboolean away;      /* answer when closed */
  char    *away_text; /* (nullable): with gaps */
  gboolean asks;      /* ask how it was, after Done */
  int      scale;     /* 3 faces, 5 marks */
  char    *question;  /* (nullable) */
  int      wait_s;    /* between Done and the question, seconds */
  gboolean same_person;
} SbDesk;

#define SB_DESK_WAIT_S 120

SbDesk *sb_desk_new (void);
SbDesk *sb_desk_from_text (const char *json);
char   *sb_desk_to_text (const SbDesk *self) G_GNUC_WARN_UNUSED_RESULT;
void    sb_desk_free (SbDesk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbDesk, sb_desk_free)

G_END_DECLS
