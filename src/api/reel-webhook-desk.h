#pragma once

#include <gio/gio.h>

#include "reel-generation.h"

G_BEGIN_DECLS

/* What becomes of the requests to the receiver of webhooks; inside this layer only. */

typedef struct _ReelWebhookDesk ReelWebhookDesk;

/* Gets what a webhook tells: (transfer full) generation. */
typedef void (*ReelWebhookDeskFunc) (const char *token, ReelGeneration *generation, gboolean verified, gpointer data);

ReelWebhookDesk *reel_webhook_desk_new (const char *secret, ReelWebhookDeskFunc func, gpointer data);
void reel_webhook_desk_free (ReelWebhookDesk *self);
void
reel_webhook_desk_serve (ReelWebhookDesk *self, GIOStream *connection, GSocketAddress *local, GSocketAddress *remote);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelWebhookDesk, reel_webhook_desk_free)

G_END_DECLS
