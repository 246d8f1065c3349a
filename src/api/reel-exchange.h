#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/** The HTTP status with which a network asks for signing in first (RFC 6585); libsoup has no name for it. */
#define REEL_STATUS_SIGN_IN 511

/**
 * ReelLimits:
 * @connect_timeout: seconds until the first byte of the request leaves
 * @timeout: seconds without a byte, after that
 * @deadline: seconds for the whole
 * @max_body: the largest body in bytes, unpacked
 *
 * What an exchange may take; 0 is without a bound.
 */
typedef struct
{
  guint connect_timeout;
  guint timeout;
  guint deadline;
  guint64 max_body;
} ReelLimits;

#define REEL_TYPE_EXCHANGE (reel_exchange_get_type ())
G_DECLARE_FINAL_TYPE (ReelExchange, reel_exchange, REEL, EXCHANGE, GObject)

ReelExchange *reel_exchange_new (SoupSession *session, SoupMessage *message, const ReelLimits *limits);
void reel_exchange_set_network_monitor (ReelExchange *self, GNetworkMonitor *monitor);

void reel_exchange_open_async (ReelExchange *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GInputStream *reel_exchange_open_finish (ReelExchange *self, GAsyncResult *result, GError **error);

void reel_exchange_read_async (ReelExchange *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GBytes *reel_exchange_read_finish (ReelExchange *self, GAsyncResult *result, GError **error);

SoupMessage *reel_exchange_get_message (ReelExchange *self);
gboolean reel_exchange_was_sent (ReelExchange *self);
gboolean reel_exchange_is_behind_portal (ReelExchange *self);
guint reel_exchange_get_status (ReelExchange *self);
gint64 reel_exchange_get_retry_after (ReelExchange *self);
GBytes *reel_exchange_dup_partial (ReelExchange *self);

G_END_DECLS
