#include "config.h"

#include "reel-webhook-desk.h"

#include "reel-api-fields.h"
#include "reel-codec.h"
#include "reel-webhook.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAX_BODY    (64 * 1024) /* the documented payload has some 300 bytes */
#define RATE        20          /* requests a second, over a longer time */
#define BURST       40          /* requests at once */
#define N_SEEN      256
#define DIGEST_SIZE 32

#define STATUS_TOO_MANY_REQUESTS 429 /* libsoup has no name for it */
#define BODY_DATA                "reel-webhook-body"

/**
 * ReelWebhookDesk:
 *
 * Answers requests: takes webhooks and refuses everything else without saying why. One answer a connection; no answer
 * waits for what a webhook leads to. It belongs to the thread-default main context of its maker.
 */
struct _ReelWebhookDesk
{
  SoupServer *soup;
  char *secret; /* nullable: webhooks are not signed */
  ReelWebhookDeskFunc func;
  gpointer data;

  double allowance;   /* requests that may come now */
  gint64 replenished; /* monotonic microseconds */

  guint8 seen[N_SEEN][DIGEST_SIZE]; /* the last webhooks, to know them again */
  guint n_seen;
};

static void
answer (SoupServerMessage *message, guint status)
{
  soup_server_message_set_status (message, status, NULL);
}

static gboolean
take_allowance (ReelWebhookDesk *self)
{
  gint64 now = g_get_monotonic_time ();

  self->allowance = MIN (BURST, self->allowance + (double)(now - self->replenished) * RATE / G_USEC_PER_SEC);
  self->replenished = now;
  if (self->allowance < 1)
    return FALSE;

  self->allowance -= 1;

  return TRUE;
}

/* The body is kept byte by byte for its signature, however it was cut into chunks. The door lets no endless one in. */
static void
on_got_chunk (SoupServerMessage *message, GBytes *chunk, GByteArray *body)
{
  g_byte_array_append (body, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
}

static void
on_request_started (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
  GByteArray *body = g_byte_array_new ();

  g_object_set_data_full (G_OBJECT (message), BODY_DATA, body, (GDestroyNotify)g_byte_array_unref);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), body);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
}

/* What the headers alone are refused for; a client that waits for "100 Continue" sends no body then. */
static void
on_headers (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  ReelWebhookDesk *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char *token = reel_webhook_parse_path (path);

  if (!take_allowance (self)) {
    answer (message, STATUS_TOO_MANY_REQUESTS);
  } else if (token == NULL) {
    answer (message, SOUP_STATUS_NOT_FOUND);
  } else if (!g_str_equal (soup_server_message_get_method (message), SOUP_METHOD_POST)) {
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow", SOUP_METHOD_POST);
    answer (message, SOUP_STATUS_METHOD_NOT_ALLOWED);
  } else if (soup_message_headers_get_content_length (headers) > MAX_BODY) {
    answer (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE);
  }
}

/* Whether this very webhook came before; it is known from now on. */
static gboolean
was_seen (ReelWebhookDesk *self, const char *token, GBytes *body)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[DIGEST_SIZE];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *)token, REEL_WEBHOOK_TOKEN_LENGTH);
  g_checksum_update (checksum, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_checksum_get_digest (checksum, digest, &length);

  for (guint i = 0; i < MIN (self->n_seen, N_SEEN); i++)
    if (memcmp (self->seen[i], digest, sizeof digest) == 0)
      return TRUE;
  memcpy (self->seen[self->n_seen++ % N_SEEN], digest, sizeof digest);

  return FALSE;
}

static void
on_request (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  ReelWebhookDesk *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const GByteArray *body = g_object_get_data (G_OBJECT (message), BODY_DATA);
  g_autofree char *token = reel_webhook_parse_path (path);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ReelGeneration) generation = NULL;

  if (body->len > MAX_BODY) {
    answer (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE);
    return;
  }

  bytes = g_bytes_new (body->data, body->len);
  if (self->secret != NULL &&
      !reel_webhook_verify (self->secret, bytes, soup_message_headers_get_list (headers, REEL_API_HEADER_SIGNATURE))) {
    answer (message, SOUP_STATUS_UNAUTHORIZED);
    return;
  }

  generation = reel_codec_decode_generation (bytes, NULL);
  if (generation == NULL) {
    answer (message, SOUP_STATUS_BAD_REQUEST);
    return;
  }

  answer (message, SOUP_STATUS_OK);
  if (!was_seen (self, token, bytes))
    self->func (token, g_steal_pointer (&generation), self->secret != NULL, self->data);
}

/**
 * reel_webhook_desk_new:
 * @secret: (nullable): what webhooks are signed with; those that are not, or not rightly, are refused. %NULL: unsigned ones
 *   are taken too
 * @func: gets what each webhook tells
 * @data: for @func
 *
 * Makes a desk.
 *
 * Returns: (transfer full): the desk
 */
ReelWebhookDesk *
reel_webhook_desk_new (const char *secret, ReelWebhookDeskFunc func, gpointer data)
{
  ReelWebhookDesk *self = g_new0 (ReelWebhookDesk, 1);

  self->secret = g_strdup (secret);
  self->func = func;
  self->data = data;
  self->allowance = BURST;
  self->replenished = g_get_monotonic_time ();
  /* Raw paths: an escaped path is another path, and libsoup does not look for "../" in it by itself. */
  self->soup = soup_server_new ("raw-paths", TRUE, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_request_started), NULL);
  soup_server_add_early_handler (self->soup, NULL, on_headers, self, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);

  return self;
}

/**
 * reel_webhook_desk_free:
 * @self: (transfer full): a desk
 *
 * Ends every connection. Call it in the thread that made the desk.
 */
void
reel_webhook_desk_free (ReelWebhookDesk *self)
{
  soup_server_disconnect (self->soup);
  g_object_unref (self->soup);
  if (self->secret != NULL)
    explicit_bzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_free (self);
}

/**
 * reel_webhook_desk_serve:
 * @connection: a connection
 * @local: its address at this end
 * @remote: its address at the other end
 *
 * Answers the one request of a connection, and lets go of it.
 */
void
reel_webhook_desk_serve (ReelWebhookDesk *self, GIOStream *connection, GSocketAddress *local, GSocketAddress *remote)
{
  soup_server_accept_iostream (self->soup, connection, local, remote, NULL);
}
