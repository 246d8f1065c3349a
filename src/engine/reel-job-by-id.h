#pragma once

#include "reel-job-book.h"

G_BEGIN_DECLS

void reel_job_by_id_load_async (ReelJobBook *book,
                                const char *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);
ReelJob *reel_job_by_id_load_finish (ReelJobBook *book, GAsyncResult *result, GError **error);

G_END_DECLS
