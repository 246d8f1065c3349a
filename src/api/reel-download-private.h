#pragma once

#include "reel-download.h"
#include "reel-exchange.h"

G_BEGIN_DECLS

/* Inside this layer only; reel_client_open_download_async() is for the others. */

void reel_download_open_async (SoupSession *session,
                               SoupSession *local_session,
                               const ReelLimits *limits,
                               const char *url,
                               goffset offset,
                               const char *if_range,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
ReelDownload *reel_download_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
