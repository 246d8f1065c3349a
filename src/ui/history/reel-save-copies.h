#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Tells that @done of @n videos are copied. */
typedef void (*ReelSaveCopiesProgress) (guint done, guint n, gpointer data);

void reel_save_copies_async (GPtrArray *jobs,
                             GFile *folder,
                             const char *pattern,
                             GCancellable *cancellable,
                             ReelSaveCopiesProgress progress,
                             GAsyncReadyCallback callback,
                             gpointer data);
guint reel_save_copies_finish (GAsyncResult *result, GError **error);

G_END_DECLS
