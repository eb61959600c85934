#pragma once

#include "sb-error.h"
#include "sb-field.h"

G_BEGIN_DECLS

typedef struct
{
  char    *title; /* as the file has it, or the letter of the column */
  SbField  field;
  gboolean chosen; /* by the person, not guessed */
  char    *sample; /* (nullable): the first thing in it */
} SbImportColumn;

/**
 * SbMapping:
 *
 * Which column means what: guessed from the titles and from what stands below them, changed by the person.
 */
typedef struct
{
  gboolean   has_header;
  GPtrArray *columns; /* SbImportColumn */
} SbMapping;

/* @rows: GPtrArray of GPtrArray of char *, the first of the file. @choices: (nullable): "COLUMN=FIELD". */
SbMapping *sb_mapping_guess (GPtrArray         *rows,
                             gboolean           surely_header,
                             const char *const *choices,
                             GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void       sb_mapping_free (SbMapping *self);
gboolean   sb_mapping_has (const SbMapping *self,
                           SbField          field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbMapping, sb_mapping_free)

G_END_DECLS
