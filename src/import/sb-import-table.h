#pragma once

#include "sb-rows.h"

G_BEGIN_DECLS

typedef struct
{
  guint      number;
  GPtrArray *cells;  /* char * */
  char      *fault;  /* (nullable) */
  char      *remark; /* (nullable) */
} SbTableRow;

/**
 * SbImportTable:
 *
 * A file of rows as it was read, once. It does not change any more when it is shared between threads: what a person decides
 * about its rows is kept beside it (SbDecisions), so that the plan can be made again and again.
 */
typedef struct
{
  gatomicrefcount refs;
  char           *file_name; /* (nullable): pasted */
  SbFileAbout     about;
  GPtrArray      *rows; /* SbTableRow */
} SbImportTable;

SbImportTable *sb_import_table_new (const char *file_name) G_GNUC_WARN_UNUSED_RESULT;
SbImportTable *sb_import_table_ref (SbImportTable *self);
void           sb_import_table_unref (SbImportTable *self);
void           sb_import_table_add (SbImportTable *self,
                                    const SbRow   *row);
SbImportTable *sb_import_table_read_file (const char   *path,
                                          const char   *sheet,
                                          GCancellable *cancellable,
                                          GError      **error) G_GNUC_WARN_UNUSED_RESULT;
SbImportTable *sb_import_table_read_text (const char *text,
                                          GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a person decided about one row. */
typedef struct
{
  gboolean   left_out;
  gboolean   brought_back; /* though the person was erased for good */
  char      *country;      /* (nullable): where its numbers are from */
  GPtrArray *cells;        /* (nullable): instead of those of the file */
} SbDecision;

/* By the index of the row in the table. */
typedef GHashTable SbDecisions;

SbDecisions      *sb_decisions_new (void) G_GNUC_WARN_UNUSED_RESULT;
SbDecisions      *sb_decisions_copy (SbDecisions *self) G_GNUC_WARN_UNUSED_RESULT;
const SbDecision *sb_decisions_get (SbDecisions *self,
                                    guint        index);
SbDecision       *sb_decisions_want (SbDecisions *self,
                                     guint        index);
void              sb_decision_set_cell (SbDecision       *self,
                                        const SbTableRow *row,
                                        guint             column,
                                        const char       *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbImportTable, sb_import_table_unref)

G_END_DECLS
