#pragma once

#include "sb-engine.h"

G_BEGIN_DECLS

/* What the list of conversations shows: one of our views, a saved one, or either of them narrowed by hand. */
typedef struct
{
  gint64         id; /* of a saved view, else 0 */
  char          *title;
  SbThreadFilter filter; /* as the store takes it */
  gboolean       mine;   /* assigned to whoever sits at the desk; the filter has their id */
  gboolean       narrowed;
  gboolean       own;    /* of a saved one: nobody else sees it */
  char          *broken; /* the sentence that says what it misses, or NULL */
} SbView;

SbView *sb_view_new (SbEngine             *engine,
                     const char           *title,
                     const SbThreadFilter *filter,
                     gboolean              mine);
SbView *sb_view_new_from_named (SbEngine      *engine,
                                const SbNamed *named);
SbView *sb_view_copy (const SbView *self);
void    sb_view_free (SbView *self);
void    sb_view_set_filter (SbView               *self,
                            SbEngine             *engine,
                            const SbThreadFilter *filter,
                            gboolean              mine);
char   *sb_view_to_query (const SbView *self);
char   *sb_view_find_broken (const SbView *self,
                             SbEngine     *engine);
char   *sb_view_describe (const SbView *self,
                          SbEngine     *engine);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbView, sb_view_free)

G_END_DECLS
