#pragma once

#include "sb-channel.h"
#include "sb-http.h"

G_BEGIN_DECLS

#define SB_TYPE_CLOUD_CHANNEL (sb_cloud_channel_get_type ())

G_DECLARE_FINAL_TYPE (SbCloudChannel, sb_cloud_channel, SB, CLOUD_CHANNEL, GObject)

struct _SbCloudChannel
{
  GObject parent_instance;

  SbLine *line;
  char   *token;
  SbHttp *http;
  SbHttp *media_http;
};

/* An error answer of the network, read tolerantly. */
typedef struct
{
  int   code;
  int   subcode;
  char *message;
} SbGraphError;

void           sb_graph_error_clear (SbGraphError *self);
gboolean       sb_graph_error_read (SbGraphError       *self,
                                    const SbHttpAnswer *answer);
char          *sb_cloud_url (SbCloudChannel *self,
                             const char     *format,
                             ...) G_GNUC_PRINTF (2, 3);
SbHttpRequest *sb_cloud_request (SbCloudChannel *self,
                                 const char     *method,
                                 const char     *url);

char      *sb_cloud_file_problem (SbMessageKind kind,
                                  const char   *mime,
                                  goffset       size) G_GNUC_WARN_UNUSED_RESULT;
void       sb_cloud_upload_async (SbCloudChannel     *self,
                                  SbMessageKind       kind,
                                  const SbAttachment *attachment,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
char      *sb_cloud_upload_finish (SbCloudChannel *self,
                                   GAsyncResult   *result,
                                   SbSendResult  **refusal,
                                   GError        **error);
void       sb_cloud_fetch_async (SbChannel *channel, const char *media_id, const char *url, const char *part_path, gsize max_bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean   sb_cloud_fetch_finish (SbChannel *channel, GAsyncResult *result, GError **error);
void       sb_cloud_check_async (SbChannel *channel, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *sb_cloud_check_finish (SbChannel *channel, GAsyncResult *result, GError **error);
void       sb_cloud_fix_async (SbChannel *channel, const char *fix, const char *callback_url, const char *verify_token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean   sb_cloud_fix_finish (SbChannel *channel, GAsyncResult *result, GError **error);

void       sb_cloud_list_templates_async (SbChannel *channel, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *sb_cloud_list_templates_finish (SbChannel *channel, GAsyncResult *result, GError **error);

SbSendResult *sb_cloud_classify (const SbHttpAnswer *answer);
SbSendResult *sb_cloud_classify_error (const GError *error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SbGraphError, sb_graph_error_clear)

G_END_DECLS
