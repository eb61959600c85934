#pragma once

#include "sb-engine.h"
#include "sb-json.h"
#include "sb-writer-tags.h"

G_BEGIN_DECLS

/* What is done with a tag everywhere at once; each is one step of Undo. */
typedef enum
{
  SB_TAG_RENAME, /* name: refused when another tag has it in any spelling */
  SB_TAG_RECOLOUR,
  SB_TAG_MERGE, /* into into_id */
  SB_TAG_DELETE,
} SbTagActKind;

typedef struct
{
  SbTagActKind kind;
  gint64       tag_id;
  gint64       into_id;
  const char  *name;
  int          colour; /* 1 to 8 */
} SbTagAct;

/* Ends with sb_engine_act_finish (). */
void sb_engine_tag_async (SbEngine           *self,
                          const SbTagAct     *act,
                          GAsyncReadyCallback callback,
                          gpointer            user_data);
/* The tag of this name in any spelling; 0 none. */
gint64 sb_engine_find_tag (SbEngine   *self,
                           const char *name);

/* sb-control-tag.c: {"command": "tag", "act", "tag", "into" or "name" or "colour"}, tags by their names. FALSE with @error: not begun. */
gboolean sb_control_tag (SbEngine           *engine,
                         JsonObject         *request,
                         GAsyncReadyCallback callback,
                         gpointer            user_data,
                         GError            **error);

G_END_DECLS
