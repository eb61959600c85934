#pragma once

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

typedef struct
{
  pid_t   parent;
  guint64 memory;
  guint   cpu_s;
  guint   timeout_ms;
  guint64 file_size;
} SbChildLimits;

GError *sb_child_told_error (const char *code,
                             const char *words) G_GNUC_WARN_UNUSED_RESULT;
/* 0: it ended by itself, but not well. */
GError *sb_child_signal_error (int signal_number) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
