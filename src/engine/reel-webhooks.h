#pragma once

#include "reel-accounts.h"
#include "reel-webhook-hints.h"

G_BEGIN_DECLS

#define REEL_TYPE_WEBHOOKS (reel_webhooks_get_type ())
G_DECLARE_FINAL_TYPE (ReelWebhooks, reel_webhooks, REEL, WEBHOOKS, GObject)

ReelWebhooks *reel_webhooks_new (ReelStore *store, ReelAccounts *accounts, ReelJobBook *book, ReelWebhookHints *hints);
void reel_webhooks_start (ReelWebhooks *self);
void reel_webhooks_stop (ReelWebhooks *self);

void reel_webhooks_save_async (ReelWebhooks *self,
                               ReelAccount *account,
                               const char *url,
                               guint port,
                               const char *secret,
                               GAsyncReadyCallback callback,
                               gpointer data);
gboolean reel_webhooks_save_finish (ReelWebhooks *self, GAsyncResult *result, GError **error);

G_END_DECLS
