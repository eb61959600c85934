#pragma once

#include "sb-macro.h"
#include "sb-writer.h"

G_BEGIN_DECLS

/* A tag as the page of tags shows it. */
typedef struct
{
  gint64 id;
  char  *name;
  int    colour;    /* 1 to 8 */
  guint  n_threads; /* conversations that the inbox can show */
  guint  n_people;
} SbTagRow;

void sb_tag_row_free (SbTagRow *self);

GPtrArray *sb_reader_list_tag_rows (SbReader *self); /* SbTagRow, by name */
SbTagRow  *sb_reader_get_tag_row (SbReader *self,
                                  gint64    tag_id); /* (nullable) */
/* Names of the saved views, groups and macros that speak of it (char *). */
GPtrArray *sb_reader_list_tag_users (SbReader *self,
                                     gint64    tag_id);

/*
 * What is done with a tag everywhere at once. Each keeps what was, for Undo. A tag is known by its id: a new name or colour
 * changes nothing else.
 */
gboolean sb_writer_rename_tag (SbWriter   *self,
                               gint64      tag_id,
                               const char *name, /* that of another tag in any spelling is refused: the two are merged instead */
                               GError    **error);
gboolean sb_writer_set_tag_colour (SbWriter *self,
                                   gint64    tag_id,
                                   int       colour,
                                   GError  **error);
/* Whoever has @tag_id has @into_id, and so do views, groups, macros and imports; then @tag_id is gone. */
gboolean sb_writer_merge_tag (SbWriter *self,
                              gint64    tag_id,
                              gint64    into_id,
                              GError  **error);
/* What speaks of it says from then on that it is gone. */
gboolean sb_writer_delete_tag (SbWriter *self,
                               gint64    tag_id,
                               GError  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbTagRow, sb_tag_row_free)

G_END_DECLS
