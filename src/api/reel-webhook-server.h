#pragma once

#include <gio/gio.h>

#include "reel-generation.h"

G_BEGIN_DECLS

/** How long a webhook may take to come in, milliseconds. */
#define REEL_WEBHOOK_SERVER_TIME_LIMIT 10000

#define REEL_TYPE_WEBHOOK_SERVER (reel_webhook_server_get_type ())
G_DECLARE_FINAL_TYPE (ReelWebhookServer, reel_webhook_server, REEL, WEBHOOK_SERVER, GObject)

ReelWebhookServer *reel_webhook_server_new (guint16 port, const char *secret);
gboolean reel_webhook_server_start (ReelWebhookServer *self, GError **error);
void reel_webhook_server_stop (ReelWebhookServer *self);
guint16 reel_webhook_server_get_port (ReelWebhookServer *self);

G_END_DECLS
