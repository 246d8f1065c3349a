#pragma once

#include <adwaita.h>

#include "reel-job.h"

G_BEGIN_DECLS

void reel_delete_dialog_choose (GPtrArray *jobs,
                                GtkWidget *parent,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *reel_delete_dialog_choose_finish (AdwAlertDialog *dialog, GAsyncResult *result, gboolean *trash_files);

G_END_DECLS
