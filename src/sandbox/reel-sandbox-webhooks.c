#include "config.h"

#include "reel-sandbox-webhooks.h"

#include <string.h>

#include "reel-api-fields.h"
#include "reel-uri.h"

#include <libsoup/soup.h>

#define TIMEOUT 10 /* seconds */

struct _ReelSandboxWebhooks
{
  SoupSession *session;
  SoupSession *local_session; /* for this machine: without a proxy */
  GCancellable *cancellable;
  char *secret; /* nullable */
  guint n_running;
};

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ReelSandboxWebhooks *self = user_data;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) body = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  /* The free function iterates until the last one is here. */
  self->n_running--;
  if (error != NULL)
    g_debug ("sandbox: webhook not delivered: %s", error->message);
  else
    g_debug ("sandbox: webhook answered %u", soup_message_get_status (message));
}

/**
 * reel_sandbox_webhooks_new:
 * @secret: (nullable): what webhooks are signed with; %NULL: they are not signed
 *
 * Makes a sender that uses the thread-default main context.
 *
 * Returns: (transfer full): the sender
 */
ReelSandboxWebhooks *
reel_sandbox_webhooks_new (const char *secret)
{
  ReelSandboxWebhooks *self = g_new0 (ReelSandboxWebhooks, 1);

  self->session = soup_session_new_with_options ("timeout", TIMEOUT, "user-agent", "seedreel-sandbox", NULL);
  self->local_session = soup_session_new_with_options ("timeout", TIMEOUT, "user-agent", "seedreel-sandbox",
                                                       "proxy-resolver", NULL, NULL);
  self->cancellable = g_cancellable_new ();
  self->secret = g_strdup (secret);

  return self;
}

/**
 * reel_sandbox_webhooks_free:
 * @self: (transfer full): the sender
 *
 * Ends what is still being sent. Call it in the thread that made it.
 */
void
reel_sandbox_webhooks_free (ReelSandboxWebhooks *self)
{
  g_cancellable_cancel (self->cancellable);
  soup_session_abort (self->session);
  soup_session_abort (self->local_session);
  while (self->n_running > 0)
    g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
  g_object_unref (self->session);
  g_object_unref (self->local_session);
  g_object_unref (self->cancellable);
  g_free (self->secret);
  g_free (self);
}

/**
 * reel_sandbox_webhooks_send:
 * @self: the sender
 * @url: where to: https, or http on this machine
 * @body: (transfer full): JSON
 *
 * Sends a webhook, with the x-seedance-signature header (hexadecimal HMAC-SHA256 of the exact body) where there is a
 * secret.
 */
void
reel_sandbox_webhooks_send (ReelSandboxWebhooks *self, const char *url, char *body)
{
  g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr (GBytes) bytes = g_bytes_new_take (body, strlen (body));

  if (message == NULL) {
    g_debug ("sandbox: webhook URL cannot be used");
    return;
  }

  if (self->secret != NULL) {
    g_autoptr (GBytes) key = g_bytes_new_static (self->secret, strlen (self->secret));
    g_autofree char *signature = g_compute_hmac_for_bytes (G_CHECKSUM_SHA256, key, bytes);

    soup_message_headers_replace (soup_message_get_request_headers (message), REEL_API_HEADER_SIGNATURE, signature);
  }
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  self->n_running++;
  soup_session_send_async (reel_uri_is_loopback (url) ? self->local_session : self->session, message,
                           G_PRIORITY_DEFAULT, self->cancellable, on_sent, self);
}
