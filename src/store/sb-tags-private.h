#pragma once

#include "sb-store-private.h"

G_BEGIN_DECLS

/*
 * Targets of Undo, each with the id of the tag as its row: its name; its colour; all of it with who has it; and, with a colon
 * and the tag that took its place (0 none), what imports remember of it.
 */
#define SB_TAG_TARGET  "tag."
#define SB_TAG_NAME    "tag.name"
#define SB_TAG_COLOUR  "tag.colour"
#define SB_TAG_ALL     "tag.all"
#define SB_TAG_IMPORTS "tag.imports:"

/* sb-undo-tags.c */
char    *sb_tags_read_target (SbWriter   *self,
                              const char *target,
                              gint64      tag_id);
gboolean sb_tags_write_target (SbWriter   *self,
                               const char *target,
                               gint64      tag_id,
                               const char *value,
                               GError    **error);
/* What imports remember of @tag_id they remember of @into_id; 0: of none. */
gboolean sb_tags_move_imports (SbWriter *self,
                               gint64    tag_id,
                               gint64    into_id,
                               GError  **error);
/* The import that is begun gives everybody a tag by its name: one that is called @folded is called @name. */
gboolean sb_tags_name_draft (SbWriter   *self,
                             const char *folded,
                             const char *name,
                             GError    **error);

/* sb-tag-rules.c: (transfer full) (nullable): the rule of a group with another tag in the place of @from; NULL when it does not speak of it */
char    *sb_tag_rule_replace (const char *rule,
                              gint64      from,
                              const char *from_folded,
                              gint64      to,
                              const char *to_name);
gboolean sb_tag_rule_names (const char *rule,
                            gint64      tag_id,
                            const char *folded);

G_END_DECLS
