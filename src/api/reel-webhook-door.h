#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who comes in to the receiver of webhooks, and for how long; inside this layer only. */

typedef struct _ReelWebhookDoor ReelWebhookDoor;

/* Takes a connection; it ends when its last reference does. */
typedef void (*ReelWebhookDoorFunc) (GIOStream *connection,
                                     GSocketAddress *local,
                                     GSocketAddress *remote,
                                     gpointer data);

GPtrArray *reel_webhook_door_listen (guint16 port, GError **error);

ReelWebhookDoor *reel_webhook_door_new (GPtrArray *sockets, guint time_limit, ReelWebhookDoorFunc func, gpointer data);
void reel_webhook_door_free (ReelWebhookDoor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelWebhookDoor, reel_webhook_door_free)

G_END_DECLS
