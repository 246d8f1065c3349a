#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ReelSandboxWebhooks:
 *
 * Sends webhooks, one POST each and no second try: the reference promises none.
 */
typedef struct _ReelSandboxWebhooks ReelSandboxWebhooks;

ReelSandboxWebhooks *reel_sandbox_webhooks_new (const char *secret);
void reel_sandbox_webhooks_free (ReelSandboxWebhooks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelSandboxWebhooks, reel_sandbox_webhooks_free)

void reel_sandbox_webhooks_send (ReelSandboxWebhooks *self, const char *url, char *body);

G_END_DECLS
