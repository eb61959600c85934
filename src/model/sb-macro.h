#pragma once

#include <json-glib/json-glib.h>

#include "sb-types.h"

G_BEGIN_DECLS

/* One thing a macro does. Written to the shop file by name. */
typedef enum
{
  SB_STEP_STATUS,    /* value: SbThreadStatus, open, pending or closed */
  SB_STEP_SNOOZE,    /* value: minutes; 0 until the customer writes */
  SB_STEP_ASSIGN,    /* value: staff id, 0 nobody; text: the name when it was chosen */
  SB_STEP_ASSIGN_ME, /* whoever runs it */
  SB_STEP_TAG,       /* value: tag id; text: the name when it was chosen */
  SB_STEP_UNTAG,
  SB_STEP_NOTE,   /* text */
  SB_STEP_ANSWER, /* text that is put into the answer, not sent */
} SbStepKind;

#define SB_N_STEP_KINDS (SB_STEP_ANSWER + 1)

typedef struct
{
  SbStepKind kind;
  gint64     value;
  char      *text;
} SbMacroStep;

/**
 * SbMacro:
 *
 * Several actions under one name and key. Tags and people are meant by their id, so that renaming them changes nothing; their
 * names are kept to say which one is missing when it was deleted.
 */
typedef struct
{
  gint64     id;
  char      *name;
  char      *key; /* as the toolkit writes it, or NULL */
  int        position;
  GPtrArray *steps; /* SbMacroStep */
} SbMacro;

SbMacro     *sb_macro_new (void);
SbMacro     *sb_macro_copy (const SbMacro *self);
void         sb_macro_free (SbMacro *self);
SbMacroStep *sb_macro_add_step (SbMacro    *self,
                                SbStepKind  kind,
                                gint64      value,
                                const char *text);
gboolean     sb_macro_take_steps (SbMacro    *self,
                                  const char *json,
                                  GError    **error);
char        *sb_macro_steps_text (const SbMacro *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbMacro, sb_macro_free)

G_END_DECLS
