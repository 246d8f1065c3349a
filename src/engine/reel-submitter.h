#pragma once

#include "reel-accounts.h"
#include "reel-job-book.h"

G_BEGIN_DECLS

#define REEL_TYPE_SUBMITTER (reel_submitter_get_type ())
G_DECLARE_FINAL_TYPE (ReelSubmitter, reel_submitter, REEL, SUBMITTER, GObject)

ReelSubmitter *
reel_submitter_new (ReelJobBook *book, ReelAccounts *accounts, GNetworkMonitor *monitor, guint poll_interval);
ReelJob *reel_submitter_take (ReelSubmitter *self, ReelJobRecord *record);
gboolean reel_submitter_send_held (ReelSubmitter *self, ReelJob *job);
gboolean reel_submitter_withdraw (ReelSubmitter *self, ReelJob *job);
void reel_submitter_recover (ReelSubmitter *self, ReelJob *job);
void reel_submitter_stop_async (ReelSubmitter *self, GAsyncReadyCallback callback, gpointer data);
gboolean reel_submitter_stop_finish (ReelSubmitter *self, GAsyncResult *result, GError **error);
void reel_submitter_abort (ReelSubmitter *self);

G_END_DECLS
