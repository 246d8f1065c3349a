#pragma once

#include "reel-job-book.h"

G_BEGIN_DECLS

void reel_file_finder_count_async (ReelJobBook *book,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
gboolean reel_file_finder_count_finish (ReelJobBook *book, GAsyncResult *result, guint *n_missing, GError **error);
void reel_file_finder_locate_async (ReelJobBook *book,
                                    const char *folder,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
gboolean reel_file_finder_locate_finish (ReelJobBook *book,
                                         GAsyncResult *result,
                                         guint *n_found,
                                         guint *n_missing,
                                         GError **error);

G_END_DECLS
