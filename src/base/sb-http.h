#pragma once

#include <gio/gio.h>

#include "sb-error.h"

G_BEGIN_DECLS

/**
 * SbHttpRequest:
 *
 * What to ask, in one place. Build it, send it once. Tokens go into a header here and nowhere else.
 */
typedef struct _SbHttpRequest SbHttpRequest;

SbHttpRequest *sb_http_request_new (const char *method,
                                    const char *url);
void           sb_http_request_free (SbHttpRequest *self);
void           sb_http_request_set_bearer (SbHttpRequest *self,
                                           const char    *token);
void           sb_http_request_set_header (SbHttpRequest *self,
                                           const char    *name,
                                           const char    *value);
void           sb_http_request_set_body (SbHttpRequest *self,
                                         const char    *content_type,
                                         GBytes        *body);
void           sb_http_request_add_field (SbHttpRequest *self,
                                          const char    *name,
                                          const char    *value);
void           sb_http_request_add_file (SbHttpRequest *self,
                                         const char    *name,
                                         const char    *filename,
                                         const char    *content_type,
                                         GBytes        *bytes);
void           sb_http_request_set_limit (SbHttpRequest *self,
                                          gsize          max_bytes);
void           sb_http_request_set_timeout (SbHttpRequest *self,
                                            guint          seconds);
void           sb_http_request_set_trusted_hosts (SbHttpRequest     *self,
                                                  const char *const *suffixes);
void           sb_http_request_set_file (SbHttpRequest *self,
                                         const char    *path);
gboolean       sb_http_may_see_key (const char        *url,
                                    const char *const *suffixes);

/**
 * SbHttpAnswer:
 * @retry_after_ms: what the server asked for, -1 when it did not
 * @date_ms: the server's own clock, 0 when it did not say
 *
 * Any answer with a status, good or bad. An absent answer is a GError instead.
 */
typedef struct
{
  guint   status;
  GBytes *body;
  char   *content_type;
  char   *usage;
  char   *sha256; /* hexadecimal, of what went to a file; else NULL */
  gsize   n_bytes;
  gint64  retry_after_ms;
  gint64  date_ms;
} SbHttpAnswer;

void sb_http_answer_free (SbHttpAnswer *self);

#define SB_TYPE_HTTP (sb_http_get_type ())

G_DECLARE_FINAL_TYPE (SbHttp, sb_http, SB, HTTP, GObject)

SbHttp       *sb_http_new (guint timeout_s);
void          sb_http_send_async (SbHttp             *self,
                                  SbHttpRequest      *request,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
SbHttpAnswer *sb_http_send_finish (SbHttp       *self,
                                   GAsyncResult *result,
                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void          sb_http_abort (SbHttp *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbHttpRequest, sb_http_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbHttpAnswer, sb_http_answer_free)

G_END_DECLS
