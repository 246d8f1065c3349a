#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Keeps a port of 127.0.0.1 for a receiver: nobody else is given it while the socket lives, and the receiver can listen. */
GSocket *reel_webhook_client_reserve_port (guint16 *port);

/* Sends a webhook to a receiver as a tunnel would, signed with @secret where it is not NULL, and returns the status of the
 * answer; 0 where nobody listens. Blocks: the receiver has a thread of its own. */
guint reel_webhook_client_send (guint16 port, const char *token, const char *secret, const char *body);

/* The documented payload of a webhook about a job that has ended. */
char *reel_webhook_client_make_body (const char *request_id, const char *status);

G_END_DECLS
