#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** The base URL of the service (the API's servers field), offered for a new account. */
#define REEL_ACCOUNT_DEFAULT_BASE_URL "https://www.seedance2.ink"

/** The id of the account of the built-in sandbox, which is always there. */
#define REEL_ACCOUNT_SANDBOX_ID "sandbox"

/** The id of the account that SEEDREEL_BASE_URL and SEEDREEL_API_KEY make for one run. */
#define REEL_ACCOUNT_ENVIRONMENT_ID "environment"

/**
 * ReelAccountKey:
 * @REEL_ACCOUNT_KEY_UNKNOWN: not looked up yet, or the keyring is locked
 * @REEL_ACCOUNT_KEY_MISSING: there is none
 * @REEL_ACCOUNT_KEY_STORED: in the Secret Service
 * @REEL_ACCOUNT_KEY_THIS_RUN: held in memory until the application ends
 *
 * Where the key of an account is.
 */
typedef enum
{
  REEL_ACCOUNT_KEY_UNKNOWN,
  REEL_ACCOUNT_KEY_MISSING,
  REEL_ACCOUNT_KEY_STORED,
  REEL_ACCOUNT_KEY_THIS_RUN,
} ReelAccountKey;

#define REEL_TYPE_ACCOUNT_KEY (reel_account_key_get_type ())
GType reel_account_key_get_type (void);

/** The ports that a receiver of webhooks may have: those that need no privilege. */
#define REEL_ACCOUNT_MIN_WEBHOOK_PORT 1024
#define REEL_ACCOUNT_MAX_WEBHOOK_PORT 65535

/**
 * ReelAccountWebhooks:
 * @REEL_ACCOUNT_WEBHOOKS_OFF: no receiver is set up, or it has not started
 * @REEL_ACCOUNT_WEBHOOKS_LISTENING: it listens on its port, and new jobs ask for webhooks
 * @REEL_ACCOUNT_WEBHOOKS_NO_SECRET: it waits for the signature secret, which the keyring has not given
 * @REEL_ACCOUNT_WEBHOOKS_PORT_IN_USE: another program listens on its port
 * @REEL_ACCOUNT_WEBHOOKS_FAILED: it cannot listen for another reason
 *
 * What the receiver of webhooks of an account does.
 */
typedef enum
{
  REEL_ACCOUNT_WEBHOOKS_OFF,
  REEL_ACCOUNT_WEBHOOKS_LISTENING,
  REEL_ACCOUNT_WEBHOOKS_NO_SECRET,
  REEL_ACCOUNT_WEBHOOKS_PORT_IN_USE,
  REEL_ACCOUNT_WEBHOOKS_FAILED,
} ReelAccountWebhooks;

#define REEL_TYPE_ACCOUNT_WEBHOOKS (reel_account_webhooks_get_type ())
GType reel_account_webhooks_get_type (void);

#define REEL_TYPE_ACCOUNT (reel_account_get_type ())
G_DECLARE_FINAL_TYPE (ReelAccount, reel_account, REEL, ACCOUNT, GObject)

ReelAccount *reel_account_new (const char *id, const char *name, const char *base_url);
ReelAccount *reel_account_copy (ReelAccount *self);
const char *reel_account_get_id (ReelAccount *self);
const char *reel_account_get_name (ReelAccount *self);
void reel_account_set_name (ReelAccount *self, const char *name);
const char *reel_account_get_base_url (ReelAccount *self);
void reel_account_set_base_url (ReelAccount *self, const char *base_url);
ReelAccountKey reel_account_get_key_state (ReelAccount *self);
void reel_account_set_key_state (ReelAccount *self, ReelAccountKey key_state);
const char *reel_account_get_webhook_url (ReelAccount *self);
guint reel_account_get_webhook_port (ReelAccount *self);
gboolean reel_account_get_webhook_signed (ReelAccount *self);
void reel_account_set_webhooks (ReelAccount *self, const char *url, guint port, gboolean with_signature);
ReelAccountKey reel_account_get_webhook_secret_state (ReelAccount *self);
void reel_account_set_webhook_secret_state (ReelAccount *self, ReelAccountKey secret_state);
ReelAccountWebhooks reel_account_get_webhook_state (ReelAccount *self);
void reel_account_set_webhook_state (ReelAccount *self, ReelAccountWebhooks state);
const char *reel_account_get_proxy (ReelAccount *self);
void reel_account_set_proxy (ReelAccount *self, const char *proxy);
gboolean reel_account_is_sandbox (ReelAccount *self);
gboolean reel_account_is_editable (ReelAccount *self);

G_END_DECLS
