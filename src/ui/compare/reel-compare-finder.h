#pragma once

#include "reel-engine.h"

G_BEGIN_DECLS

void reel_compare_finder_find_async (ReelEngine *engine,
                                     const char *const *ids,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
GListModel *reel_compare_finder_find_finish (ReelEngine *engine, GAsyncResult *result, GError **error);

G_END_DECLS
