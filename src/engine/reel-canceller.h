#pragma once

#include "reel-poller.h"

G_BEGIN_DECLS

#define REEL_TYPE_CANCELLER (reel_canceller_get_type ())
G_DECLARE_FINAL_TYPE (ReelCanceller, reel_canceller, REEL, CANCELLER, GObject)

ReelCanceller *reel_canceller_new (ReelJobBook *book, ReelAccounts *accounts, ReelPoller *poller);
void reel_canceller_cancel_async (ReelCanceller *self, ReelJob *job, GAsyncReadyCallback callback, gpointer data);
gboolean reel_canceller_cancel_finish (ReelCanceller *self, GAsyncResult *result, GError **error);
void reel_canceller_recover (ReelCanceller *self, ReelJob *job);
void reel_canceller_stop (ReelCanceller *self);

G_END_DECLS
