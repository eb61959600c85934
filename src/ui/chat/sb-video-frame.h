#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SbVideoFrame:
 * @picture: (nullable): path of the picture; NULL where the video cannot be decoded here
 * @duration_ms: 0 when nobody knows
 *
 * What is shown of a video before it is played. Made once by the helper, kept beside the media of the shop.
 */
typedef struct
{
  char  *picture;
  gint64 duration_ms;
} SbVideoFrame;

SbVideoFrame *sb_video_frame_look (const char *video);
void          sb_video_frame_async (const char         *video,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
SbVideoFrame *sb_video_frame_finish (GAsyncResult *result,
                                     GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void          sb_video_frame_free (SbVideoFrame *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbVideoFrame, sb_video_frame_free)

G_END_DECLS
