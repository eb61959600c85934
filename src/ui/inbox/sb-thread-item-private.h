#pragma once

#include "sb-thread-item.h"

G_BEGIN_DECLS

/**
 * SbThreadItem:
 *
 * A row of the inbox as a list shows it. The item stays the same while its conversation changes, so that focus and selection
 * stay with it.
 */
struct _SbThreadItem
{
  GObject parent_instance;

  SbThread *thread;
  gint64    id;
  gint64    placed_at; /* the time by which it got its place */
  gboolean  stale;     /* shows something else than before */
};

G_END_DECLS
