#pragma once

#include "reel-client.h"
#include "reel-file-probe.h"

G_BEGIN_DECLS

#define REEL_TYPE_TRANSFER (reel_transfer_get_type ())
G_DECLARE_FINAL_TYPE (ReelTransfer, reel_transfer, REEL, TRANSFER, GObject)

ReelTransfer *
reel_transfer_new (ReelClient *client, ReelFileProbe *probe, const char *folder, const char *id, const char *name);
void reel_transfer_run_async (ReelTransfer *self,
                              const char *url,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
gboolean reel_transfer_run_finish (ReelTransfer *self, GAsyncResult *result, GError **error);

double reel_transfer_get_progress (ReelTransfer *self);
gint64 reel_transfer_get_received (ReelTransfer *self);
gboolean reel_transfer_is_pieced (ReelTransfer *self);
void reel_transfer_forget (ReelTransfer *self);
void reel_transfer_discard (ReelTransfer *self);

const char *reel_transfer_get_path (ReelTransfer *self);
gint64 reel_transfer_get_size (ReelTransfer *self);
const char *reel_transfer_get_sha256 (ReelTransfer *self);

G_END_DECLS
