#pragma once

#include <gdk/gdk.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* Single frames of a video, as large as the video is: taken out of the file and written as PNG, off the main thread. */
void reel_frame_load_async (GFile *file,
                            gint64 time,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GdkTexture *reel_frame_load_finish (GAsyncResult *result, GError **error);
void reel_frame_save_async (GdkTexture *frame,
                            GFile *file,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean reel_frame_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS
