#include "sb-channel.h"

G_DEFINE_INTERFACE (SbChannel, sb_channel, G_TYPE_OBJECT)

static void
sb_channel_default_init (SbChannelInterface *iface)
{
}

SbSendResult *
sb_send_result_new (SbSendOutcome outcome)
{
  SbSendResult *self = g_new0 (SbSendResult, 1);

  self->outcome = outcome;
  self->retry_after_ms = -1;

  return self;
}

void
sb_send_result_free (SbSendResult *self)
{
  g_free (self->wamid);
  g_free (self->wa_id);
  g_free (self->error);
  g_free (self);
}

SbCheck *
sb_check_new (const char  *id,
              SbCheckState state,
              const char  *title,
              const char  *sentence)
{
  SbCheck *self = g_new0 (SbCheck, 1);

  self->id = g_strdup (id);
  self->state = state;
  self->title = g_strdup (title);
  self->sentence = g_strdup (sentence);

  return self;
}

void
sb_check_free (SbCheck *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->sentence);
  g_free (self->details);
  g_free (self->fix);
  g_free (self);
}

void
sb_channel_send_async (SbChannel          *self,
                       const SbSendJob    *job,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  SB_CHANNEL_GET_IFACE (self)->send_async (self, job, cancellable, callback, user_data);
}

SbSendResult *
sb_channel_send_finish (SbChannel    *self,
                        GAsyncResult *result,
                        GError      **error)
{
  return SB_CHANNEL_GET_IFACE (self)->send_finish (self, result, error);
}

void
sb_channel_fetch_async (SbChannel          *self,
                        const char         *media_id,
                        const char         *url,
                        const char         *part_path,
                        gsize               max_bytes,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  SB_CHANNEL_GET_IFACE (self)->fetch_async (self, media_id, url, part_path, max_bytes, cancellable, callback, user_data);
}

gboolean
sb_channel_fetch_finish (SbChannel    *self,
                         GAsyncResult *result,
                         GError      **error)
{
  return SB_CHANNEL_GET_IFACE (self)->fetch_finish (self, result, error);
}

void
sb_channel_mark_read_async (SbChannel          *self,
                            const char         *wamid,
                            gboolean            typing,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  SB_CHANNEL_GET_IFACE (self)->mark_read_async (self, wamid, typing, cancellable, callback, user_data);
}

gboolean
sb_channel_mark_read_finish (SbChannel    *self,
                             GAsyncResult *result,
                             GError      **error)
{
  return SB_CHANNEL_GET_IFACE (self)->mark_read_finish (self, result, error);
}

void
sb_channel_list_templates_async (SbChannel          *self,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  SB_CHANNEL_GET_IFACE (self)->list_templates_async (self, cancellable, callback, user_data);
}

GPtrArray *
sb_channel_list_templates_finish (SbChannel    *self,
                                  GAsyncResult *result,
                                  GError      **error)
{
  return SB_CHANNEL_GET_IFACE (self)->list_templates_finish (self, result, error);
}

void
sb_channel_check_async (SbChannel          *self,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  SB_CHANNEL_GET_IFACE (self)->check_async (self, cancellable, callback, user_data);
}

GPtrArray *
sb_channel_check_finish (SbChannel    *self,
                         GAsyncResult *result,
                         GError      **error)
{
  return SB_CHANNEL_GET_IFACE (self)->check_finish (self, result, error);
}

void
sb_channel_fix_async (SbChannel          *self,
                      const char         *fix,
                      const char         *callback_url,
                      const char         *verify_token,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  SB_CHANNEL_GET_IFACE (self)->fix_async (self, fix, callback_url, verify_token, cancellable, callback, user_data);
}

gboolean
sb_channel_fix_finish (SbChannel    *self,
                       GAsyncResult *result,
                       GError      **error)
{
  return SB_CHANNEL_GET_IFACE (self)->fix_finish (self, result, error);
}

void
sb_channel_history_async (SbChannel          *self,
                          const char         *wamid,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  SB_CHANNEL_GET_IFACE (self)->history_async (self, wamid, cancellable, callback, user_data);
}

char *
sb_channel_history_finish (SbChannel    *self,
                           GAsyncResult *result,
                           GError      **error)
{
  return SB_CHANNEL_GET_IFACE (self)->history_finish (self, result, error);
}

void
sb_channel_abort (SbChannel *self)
{
  if (SB_CHANNEL_GET_IFACE (self)->abort != NULL)
    SB_CHANNEL_GET_IFACE (self)->abort (self);
}
