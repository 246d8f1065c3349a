#pragma once

#include "reel-engine-fixture.h"
#include "reel-fault-server.h"

G_BEGIN_DECLS

#define REEL_WEBHOOK_WORLD_KEY         "sd2_live_0123456789abcdef"
#define REEL_WEBHOOK_WORLD_SECRET      "whsec_0123456789abcdef"
#define REEL_WEBHOOK_WORLD_PUBLIC      "https://hooks.example.com"
#define REEL_WEBHOOK_WORLD_TOKEN       "0123456789abcdef0123456789abcdef"
#define REEL_WEBHOOK_WORLD_OTHER_TOKEN "fedcba9876543210fedcba9876543210"

/* An account with a receiver, over a service that fails on purpose; the test is the tunnel. Two poll intervals are longer
 * than any test: what comes sooner, a webhook brought. */
typedef struct
{
  ReelEngineFixture fixture;
  ReelFaultServer *server;
  GBytes *video;
  GSocket *reserved;
  guint16 port;
  char *account_id;
} ReelWebhookWorld;

void reel_webhook_world_set_up (ReelWebhookWorld *world, gconstpointer data);
void reel_webhook_world_tear_down (ReelWebhookWorld *world, gconstpointer data);
ReelAccount *reel_webhook_world_save_account (ReelWebhookWorld *world, ReelAccount *account, const char *name);
gboolean reel_webhook_world_save_webhooks (ReelWebhookWorld *world,
                                           ReelAccount *account,
                                           const char *url,
                                           guint port,
                                           const char *secret,
                                           GError **error);
ReelAccount *reel_webhook_world_find_account (ReelWebhookWorld *world, const char *id);
ReelAccount *reel_webhook_world_get_account (ReelWebhookWorld *world);
/* Starts with the account in use and its receiver listening. There is no Secret Service here, so that in a second run both
 * secrets are typed in again. */
void reel_webhook_world_start (ReelWebhookWorld *world);
ReelJob *reel_webhook_world_submit (ReelWebhookWorld *world);
/* A job whose answer is lost. */
ReelJob *reel_webhook_world_submit_and_lose (ReelWebhookWorld *world);
/* A signed webhook about a job, to an address. */
guint
reel_webhook_world_tell_token (ReelWebhookWorld *world, const char *token, const char *request_id, const char *status);
/* The same to the address of a job. The hint is on the main loop before the answer leaves, and is taken when this returns. */
void reel_webhook_world_tell (ReelWebhookWorld *world, ReelJob *job, const char *request_id, const char *status);
/* By one POST, and from the address that the service itself gave. */
void reel_webhook_world_assert_saved (ReelWebhookWorld *world, ReelJob *job);
char *reel_webhook_world_get_sent_body (ReelWebhookWorld *world);

G_END_DECLS
