#pragma once

#include <gdk/gdk.h>
#include <gio/gio.h>

G_BEGIN_DECLS

GdkTexture *reel_still_take (GFile *file, guint size, GCancellable *cancellable, GError **error);
GdkTexture *reel_still_take_at (GFile *file, gint64 time, GCancellable *cancellable, GError **error);

G_END_DECLS
