#pragma once

#include "reel-client.h"
#include "reel-file-probe.h"

G_BEGIN_DECLS

#define REEL_TYPE_TRANSFER (reel_transfer_get_type ())
G_DECLARE_FINAL_TYPE (ReelTransfer, reel_transfer, REEL, TRANSFER, GObject)

ReelTransfer *reel_transfer_new (ReelFileProbe *probe, const char *folder, const char *id, const char *name);
void reel_transfer_set_label (ReelTransfer *self, GBytes *label);
void reel_transfer_resume (ReelTransfer *self, gint64 total, const char *etag);
void reel_transfer_run_async (ReelTransfer *self,
                              ReelClient *client,
                              const char *url,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
gboolean reel_transfer_run_finish (ReelTransfer *self, GAsyncResult *result, GError **error);
void reel_transfer_clean_up_async (ReelTransfer *self, gboolean aside, GAsyncReadyCallback callback, gpointer data);
char *reel_transfer_clean_up_finish (ReelTransfer *self, GAsyncResult *result);

double reel_transfer_get_progress (ReelTransfer *self);
gint64 reel_transfer_get_received (ReelTransfer *self);
gboolean reel_transfer_is_pieced (ReelTransfer *self);
void reel_transfer_forget (ReelTransfer *self);
const char *reel_transfer_get_folder (ReelTransfer *self);
gint64 reel_transfer_get_total (ReelTransfer *self);
const char *reel_transfer_get_etag (ReelTransfer *self);

const char *reel_transfer_get_path (ReelTransfer *self);
gint64 reel_transfer_get_size (ReelTransfer *self);
const char *reel_transfer_get_sha256 (ReelTransfer *self);

G_END_DECLS
