#pragma once

#include "reel-accounts.h"
#include "reel-job-book.h"

G_BEGIN_DECLS

#define REEL_TYPE_POLLER (reel_poller_get_type ())
G_DECLARE_FINAL_TYPE (ReelPoller, reel_poller, REEL, POLLER, GObject)

ReelPoller *reel_poller_new (ReelJobBook *book,
                             ReelAccounts *accounts,
                             GNetworkMonitor *monitor,
                             guint poll_interval,
                             guint requests_per_minute);
void reel_poller_set_requests_per_minute (ReelPoller *self, guint requests_per_minute);
void reel_poller_add (ReelPoller *self, ReelJob *job);
void reel_poller_poll_now (ReelPoller *self, ReelJob *job);
void reel_poller_ask_async (ReelPoller *self, ReelJob *job, GAsyncReadyCallback callback, gpointer data);
gboolean reel_poller_ask_finish (ReelPoller *self, GAsyncResult *result, GError **error);
void reel_poller_stop (ReelPoller *self);

G_END_DECLS
