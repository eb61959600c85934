#pragma once

#include "sb-date-cell.h"
#include "sb-reader.h"

G_BEGIN_DECLS

/* The owner's own columns as an import asks for them: by titles, in large or small letters. */
typedef struct _SbImportFields SbImportFields;

SbImportFields *sb_import_fields_new (SbReader *reader);
void            sb_import_fields_free (SbImportFields *self);
/* (nullable): @value as the column keeps it; NULL with @sentence when it may not stand there. @own: (out): the column's name */
char *sb_import_fields_check (SbImportFields *self,
                              const char     *title,
                              const char     *value,
                              SbDateOrder     order,
                              const char    **own,
                              char          **sentence) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbImportFields, sb_import_fields_free)

G_END_DECLS
