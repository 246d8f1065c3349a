#pragma once

#include "reel-job-book.h"
#include "reel-library-mover.h"

G_BEGIN_DECLS

ReelLibraryMover *reel_library_mover_new (ReelJobBook *book);
void reel_library_mover_move_async (ReelLibraryMover *self,
                                    const char *from,
                                    const char *to,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
gboolean reel_library_mover_move_finish (ReelLibraryMover *self, GAsyncResult *result, GError **error);
void reel_library_mover_resume (ReelLibraryMover *self);
void reel_library_mover_follow (ReelLibraryMover *self, ReelJob *job, const char *library);
void reel_library_mover_stop (ReelLibraryMover *self);

G_END_DECLS
