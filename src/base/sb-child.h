#pragma once

#include <gio/gio.h>

#include "sb-json.h"

G_BEGIN_DECLS

/**
 * SbChildSpec:
 * @program: name of one of our own programs; see sb_child_find ()
 * @arguments: (nullable): what follows the name
 * @memory: bytes of address space; 0 for %SB_CHILD_MEMORY
 * @cpu_s: seconds of computing; 0 for %SB_CHILD_CPU_S
 * @timeout_ms: from the start to the end; 0 for %SB_CHILD_TIMEOUT_MS
 * @file_size: bytes of any file it writes; 0: it may write none
 *
 * A helper that takes one JSON object and answers with one object a line. It opens what strangers made, so it gets an
 * environment of its own, limits, and dies with whoever started it.
 */
typedef struct
{
  const char        *program;
  const char *const *arguments;
  guint64            memory;
  guint              cpu_s;
  guint              timeout_ms;
  guint64            file_size;
} SbChildSpec;

#define SB_CHILD_MEMORY     (G_GUINT64_CONSTANT (2) * 1024 * 1024 * 1024)
#define SB_CHILD_CPU_S      120
#define SB_CHILD_TIMEOUT_MS 180000
#define SB_CHILD_LINE_MAX   (32 * 1024 * 1024)

/* @object is lent for the time of the call. An answer {"error": CODE, "message": WORDS} never comes here: it is the GError. */
typedef void (*SbChildAnswer) (JsonObject *object,
                               gpointer    data);

/* @request is not kept. Cancelling kills the helper. Answers arrive in the thread-default context of the caller. */
void     sb_child_run_async (const SbChildSpec  *spec,
                             JsonObject         *request,
                             SbChildAnswer       answer,
                             gpointer            answer_data,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data);
gboolean sb_child_run_finish (GAsyncResult *result,
                              GError      **error);
/* The same in a worker thread, which waits. Never in the thread of the window. */
gboolean sb_child_run (const SbChildSpec *spec,
                       JsonObject        *request,
                       SbChildAnswer      answer,
                       gpointer           answer_data,
                       GCancellable      *cancellable,
                       GError           **error);

char *sb_child_find (const char *program,
                     GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* -- in the helper -- */

/* The request on standard input; NULL with @error. */
JsonObject *sb_child_read_request (GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes @object. */
void sb_child_print (JsonObject *object);
void sb_child_print_error (const GError *error);

G_END_DECLS
