#pragma once

#include "sb-engine-import.h"

G_BEGIN_DECLS

/**
 * SbImportDraft:
 *
 * An import that was begun: which file, and what the person has said about it so far. The shop keeps the last one, so that it
 * can be gone on with after the program was closed.
 */
typedef struct
{
  char           *path;  /* (nullable): of a file */
  char           *text;  /* (nullable): pasted */
  char           *sheet; /* (nullable) */
  SbImportMemory *memory;
  char           *tag;       /* (nullable) */
  char           *stage;     /* (nullable) */
  char           *consent;   /* (nullable): "paper", ... */
  char           *wording;   /* (nullable) */
  guint           n_rows;    /* of the file; with another number of them the decisions mean nothing */
  SbDecisions    *decisions; /* about single rows */
} SbImportDraft;

void sb_import_draft_free (SbImportDraft *self);
/* @draft: (nullable): none any more. A long pasted text is not kept. */
void           sb_engine_keep_import_draft (SbEngine            *self,
                                            const SbImportDraft *draft);
SbImportDraft *sb_engine_get_import_draft (SbEngine *self) G_GNUC_WARN_UNUSED_RESULT; /* (nullable) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbImportDraft, sb_import_draft_free)

G_END_DECLS
