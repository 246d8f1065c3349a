#pragma once

#include <gdk/gdk.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ReelStillFunc:
 * @index: which frame of the strip
 * @texture: (transfer none): the picture
 * @data: what was given
 *
 * Called with each frame of a strip, in a thread of GStreamer.
 */
typedef void (*ReelStillFunc) (guint index, GdkTexture *texture, gpointer data);

GdkTexture *reel_still_take (GFile *file, guint size, GCancellable *cancellable, GError **error);
GdkTexture *reel_still_take_at (GFile *file, gint64 time, GCancellable *cancellable, GError **error);
gboolean reel_still_take_strip (GFile *file,
                                guint size,
                                guint n_frames,
                                ReelStillFunc function,
                                gpointer data,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
