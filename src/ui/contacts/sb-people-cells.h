#pragma once

#include <adwaita.h>

#include "sb-people-list.h"

G_BEGIN_DECLS

/* What a column shows. */
typedef enum
{
  SB_CELL_NAME,
  SB_CELL_ROW, /* all of it in two lines, where there is little room */
  SB_CELL_STAGE,
  SB_CELL_LAST,
  SB_CELL_CONSENT,
  SB_CELL_TAGS,
  SB_CELL_LANGUAGE,
  SB_CELL_COUNTRY,
  SB_CELL_SOURCE,
  SB_CELL_BLOCKED,
  SB_CELL_FIELD, /* of the owner's own */
} SbCellKind;

/* Two lines of a row, one of a cell; all rows are of one height. */
#define SB_TYPE_PERSON_CELL (sb_person_cell_get_type ())

G_DECLARE_FINAL_TYPE (SbPersonCell, sb_person_cell, SB, PERSON_CELL, GtkBox)

GtkWidget    *sb_person_cell_new (SbCellKind     kind,
                                  const SbField *field,
                                  SbClock       *clock);
void          sb_person_cell_bind (SbPersonCell *self,
                                   SbPersonItem *item);
SbPersonItem *sb_person_cell_get_item (SbPersonCell *self);
void          sb_person_cell_set_mark (SbPersonCell *self,
                                       gboolean      selecting,
                                       gboolean      marked);

int   sb_people_consent_width (GtkWidget *table,
                               int        least);
char *sb_people_marked_text (const char *text);
char *sb_people_day_text (gint64 at_ms,
                          gint64 now_ms);
char *sb_people_said_text (const SbPerson *person);
char *sb_people_source_text (const char *source);
char *sb_people_language_text (const char *code);
char *sb_people_spoken_text (const SbPerson *person);

G_END_DECLS
