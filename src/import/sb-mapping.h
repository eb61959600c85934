#pragma once

#include "sb-date-cell.h"
#include "sb-error.h"
#include "sb-field.h"

G_BEGIN_DECLS

typedef struct
{
  char    *title; /* as the file has it, or the letter of the column */
  SbField  field;
  gboolean chosen;    /* by the person, not guessed */
  char    *sample;    /* (nullable): the first thing in it */
  gboolean is_mobile; /* its numbers come first */
  gboolean has_kind;  /* the column before it says what kind of number it is */
} SbImportColumn;

/* How many rows at the top are titles. */
typedef enum
{
  SB_HEADER_GUESS,
  SB_HEADER_NONE,
  SB_HEADER_ONE, /* each next one is a row more */
  SB_HEADER_TWO,
  SB_HEADER_THREE,
} SbHeader;

/**
 * SbMapping:
 *
 * Which column means what: guessed from the titles and from what stands below them, changed by the person.
 */
typedef struct
{
  gboolean    has_header;
  guint       n_header; /* rows before the first person */
  SbDateOrder dates;
  GPtrArray  *columns; /* SbImportColumn */
} SbMapping;

/* @rows: GPtrArray of GPtrArray of char *, the first of the file. @choices: (nullable): "COLUMN=FIELD". */
SbMapping *sb_mapping_guess (GPtrArray         *rows,
                             SbHeader           header,
                             const GArray      *fields,
                             const char *const *choices,
                             GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void       sb_mapping_free (SbMapping *self);
gboolean   sb_mapping_has (const SbMapping *self,
                           SbField          field);
/* What files that look like this one have in common: their titles. */
char *sb_mapping_shape (const SbMapping *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbMapping, sb_mapping_free)

G_END_DECLS
