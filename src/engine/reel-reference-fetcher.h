#pragma once

#include "reel-client.h"

G_BEGIN_DECLS

void reel_reference_fetch_async (ReelClient *client,
                                 const char *url,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
GBytes *reel_reference_fetch_finish (ReelClient *client, GAsyncResult *result, GError **error);

G_END_DECLS
