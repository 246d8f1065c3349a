#pragma once

#include <adwaita.h>

#include "reel-engine.h"

G_BEGIN_DECLS

void reel_library_change_async (ReelEngine *engine,
                                GFile *folder,
                                GtkWidget *parent,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);
char *reel_library_change_finish (ReelEngine *engine, GAsyncResult *result);

G_END_DECLS
