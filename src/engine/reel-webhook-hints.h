#pragma once

#include "reel-adopter.h"
#include "reel-poller.h"

G_BEGIN_DECLS

#define REEL_TYPE_WEBHOOK_HINTS (reel_webhook_hints_get_type ())
G_DECLARE_FINAL_TYPE (ReelWebhookHints, reel_webhook_hints, REEL, WEBHOOK_HINTS, GObject)

ReelWebhookHints *reel_webhook_hints_new (ReelJobBook *book,
                                          ReelAccounts *accounts,
                                          ReelPoller *poller,
                                          ReelAdopter *adopter,
                                          guint poll_interval);
void
reel_webhook_hints_take (ReelWebhookHints *self, ReelJob *job, const ReelGeneration *generation, gboolean verified);
void reel_webhook_hints_stop (ReelWebhookHints *self);

G_END_DECLS
