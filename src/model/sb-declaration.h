#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the shop said of a whole list when it was brought in: how they got these people's permission. It is kept as what it is,
 * somebody else's word: it stands beside the ledger and opts nobody in.
 */
typedef struct
{
  gint64 import_id;
  gint64 at;         /* unix ms */
  char  *file_name;  /* (nullable): of pasted text */
  char  *method;     /* "paper", "shop", "phone", "web", "other" */
  char  *wording;    /* (nullable) */
  char  *staff_name; /* (nullable) */
} SbDeclaration;

void  sb_declaration_free (SbDeclaration *self);
char *sb_declaration_text (const SbDeclaration *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbDeclaration, sb_declaration_free)

G_END_DECLS
