#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers that are written to the shop file. They are only ever appended to. */
typedef enum
{
  SB_FIELD_TEXT = 1,
  SB_FIELD_NUMBER = 2, /* kept with a point, whatever the language */
  SB_FIELD_DATE = 3,   /* kept as 2026-11-21 */
  SB_FIELD_CHOICE = 4,
  SB_FIELD_YES_NO = 5, /* kept as "yes" and "no" */
} SbFieldKind;

#define SB_N_FIELD_KINDS 5

/* A column of the owner's own. */
typedef struct
{
  gint64      id; /* 0: not kept yet */
  char       *name;
  SbFieldKind kind;
  char      **choices; /* of a choice; NULL else */
  int         position;
} SbField;

SbField *sb_field_new (void);
SbField *sb_field_copy (const SbField *self);
void     sb_field_free (SbField *self);
char    *sb_field_check (const SbField *self,
                         const char    *text,
                         char         **sentence) G_GNUC_WARN_UNUSED_RESULT;
char    *sb_field_show (const SbField *self,
                        const char    *value) G_GNUC_WARN_UNUSED_RESULT;

const char *sb_field_kind_get_label (SbFieldKind kind);
const char *sb_field_kind_get_name (SbFieldKind kind);
SbFieldKind sb_field_kind_from_name (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbField, sb_field_free)

G_END_DECLS
