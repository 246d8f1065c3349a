#include "config.h"

#include "reel-exchange.h"

#include "reel-certificate.h"
#include "reel-codec.h"
#include "reel-error.h"

#define CHUNK 65536

/**
 * ReelExchange:
 *
 * One HTTP request and its answer, with limits, and with the one thing that libsoup does not tell: whether a byte of
 * the request may have left this machine.
 *
 * The request counts as sent from SoupMessage::starting on, which comes when the connection stands (with TLS) and
 * before anything is written to it: a certificate that is refused, or a proxy that makes no connection, comes before. A
 * POST is sent once: where libsoup would send it again (a stream that was refused, a
 * 421), the exchange ends instead.
 */
struct _ReelExchange
{
  GObject parent_instance;

  /* Input */
  SoupSession *session;
  SoupMessage *message;
  ReelLimits limits;
  GNetworkMonitor *monitor; /* nullable */
  gboolean wants_body;

  /* In progress */
  GCancellable *stop;  /* ends the request: by the caller's cancellable, a limit, or a second sending */
  GCancellable *outer; /* the caller's, nullable */
  GSource *outer_source;
  GSource *quiet_source;
  GSource *deadline_source;
  GInputStream *stream;
  gboolean timed_out;
  gboolean sent_again;
  GError *refused; /* what was wrong with the certificate */

  /* Output */
  gboolean sent;
  guint status;
  GByteArray *body;
};

G_DEFINE_FINAL_TYPE (ReelExchange, reel_exchange, G_TYPE_OBJECT)

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
stop_watching (ReelExchange *self)
{
  clear_source (&self->outer_source);
  clear_source (&self->quiet_source);
  clear_source (&self->deadline_source);
  g_signal_handlers_disconnect_by_data (self->message, self);
}

/* What ends an exchange waits until nothing else is left to do: cancelled between the end of a connect and the callback
 * that tells of it, libsoup 3.6 ends the same request twice and frees what the session still needs. */
#define PRIORITY_OF_THE_END G_PRIORITY_DEFAULT_IDLE

/* A GET over a kept connection that breaks is sent again by libsoup, and 3.6.5 ends it twice where the second try begins
 * before the end of the first has been told. What tells of it comes with this priority, what begins with the default one. */
#define PRIORITY_OF_SENDING G_PRIORITY_HIGH

static GSource *
add_timeout (ReelExchange *self, guint seconds, GSourceFunc callback)
{
  GSource *source;

  if (seconds == 0)
    return NULL;

  source = g_timeout_source_new (seconds * 1000);
  g_source_set_priority (source, PRIORITY_OF_THE_END);
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());

  return source;
}

/* A connection that broke in the handshake was not refused: it may stand the next time. */
static gboolean
is_refused_tls (const GError *error)
{
  return error->domain == G_TLS_ERROR && error->code != G_TLS_ERROR_EOF && error->code != G_TLS_ERROR_NOT_TLS;
}

static gboolean
is_about_proxy (ReelExchange *self, const GError *error)
{
  /* Through a proxy of the account's own, nothing but the proxy is ever connected to. */
  return G_IS_SIMPLE_PROXY_RESOLVER (soup_session_get_proxy_resolver (self->session)) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NOT_ALLOWED);
}

/* Makes our own error of why no connection was made. */
static GError *
make_unsent_error (ReelExchange *self, const GError *error)
{
  gboolean timed_out = self->timed_out || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  ReelError code = REEL_ERROR_UNREACHABLE;

  if (reel_exchange_is_behind_portal (self))
    code = REEL_ERROR_PORTAL;
  else if (self->refused != NULL && is_refused_tls (error))
    return g_steal_pointer (&self->refused);
  else if (timed_out)
    code = REEL_ERROR_TIMEOUT;
  else if (is_refused_tls (error))
    code = REEL_ERROR_TLS;
  else if (is_about_proxy (self, error))
    code = REEL_ERROR_PROXY;

  return reel_error_new_network (code, FALSE, self->timed_out ? "No answer in time" : error->message);
}

/* Makes our own error of one of GIO's or libsoup's. */
static GError *
translate (ReelExchange *self, GError *cause)
{
  g_autoptr (GError) error = cause;
  ReelError code = REEL_ERROR_BROKEN;
  GError *translated;

  if (g_cancellable_is_cancelled (self->outer))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The request was cancelled");
  if (error->domain == REEL_ERROR)
    return g_steal_pointer (&error);

  if (!self->sent)
    return make_unsent_error (self, error);

  if (self->timed_out || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    code = REEL_ERROR_TIMEOUT;

  translated = reel_error_new_network (code, TRUE,
                                       self->timed_out    ? "No answer in time"
                                       : self->sent_again ? "The connection broke, and the request is not sent twice"
                                                          : error->message);
  reel_error_set_http_status (translated, self->status);

  return translated;
}

static void
fail (GTask *task, GError *cause)
{
  ReelExchange *self = g_task_get_source_object (task);

  stop_watching (self);
  g_task_return_error (task, translate (self, cause));

  /* Closed here, so that the last reference never has to do it while the main loop waits. */
  g_cancellable_cancel (self->stop);
  if (self->stream != NULL)
    g_input_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_clear_object (&self->stream);
}

static gboolean
on_outer_cancelled (GCancellable *outer, gpointer data)
{
  ReelExchange *self = data;

  g_cancellable_cancel (self->stop);

  return G_SOURCE_REMOVE;
}

static gboolean
on_time_over (gpointer data)
{
  ReelExchange *self = data;

  self->timed_out = TRUE;
  g_cancellable_cancel (self->stop);

  return G_SOURCE_REMOVE;
}

static void
note_progress (ReelExchange *self)
{
  clear_source (&self->quiet_source);
  self->quiet_source = add_timeout (self, self->limits.timeout, on_time_over);
}

/* A certificate that is not good is never accepted; this only remembers why. */
static gboolean
on_accept_certificate (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags problems,
                       ReelExchange *self)
{
  g_clear_error (&self->refused);
  self->refused = reel_certificate_make_error (certificate, problems);

  return FALSE;
}

static void
on_starting (SoupMessage *message, ReelExchange *self)
{
  /* The main loop may not have told of a cancel yet. Nothing was written so far, and nothing will be: GIO looks at the
   * cancellable before it writes a byte. */
  if (g_cancellable_is_cancelled (self->outer)) {
    g_cancellable_cancel (self->stop);
    return;
  }

  self->sent = TRUE;
  note_progress (self);
}

static void
on_restarted (SoupMessage *message, ReelExchange *self)
{
  if (!self->sent || g_strcmp0 (soup_message_get_method (message), SOUP_METHOD_POST) != 0)
    return;

  self->sent_again = TRUE;
  g_cancellable_cancel (self->stop);
}

static void
on_wrote_headers (SoupMessage *message, ReelExchange *self)
{
  note_progress (self);
}

static void
on_got_headers (SoupMessage *message, ReelExchange *self)
{
  self->status = soup_message_get_status (message);
  note_progress (self);

  /* libsoup would keep all of the body, however long, and send the request again. */
  if (self->status == SOUP_STATUS_MISDIRECTED_REQUEST) {
    self->sent_again = TRUE;
    g_cancellable_cancel (self->stop);
  }
}

static void
on_wrote_body_data (SoupMessage *message, guint length, ReelExchange *self)
{
  note_progress (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ReelExchange *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL) {
    fail (task, g_steal_pointer (&error));
    return;
  }

  if (g_bytes_get_size (bytes) == 0) {
    stop_watching (self);
    g_input_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
    g_clear_object (&self->stream);
    g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&self->body)),
                           (GDestroyNotify)g_bytes_unref);
    return;
  }

  if (self->limits.max_body > 0 && self->body->len + g_bytes_get_size (bytes) > self->limits.max_body) {
    GError *large = reel_error_new_network (REEL_ERROR_TOO_LARGE, TRUE, "The answer is too large");

    reel_error_set_http_status (large, self->status);
    fail (task, large);
    return;
  }

  g_byte_array_append (self->body, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  note_progress (self);
  g_input_stream_read_bytes_async (self->stream, CHUNK, G_PRIORITY_DEFAULT, self->stop, on_read,
                                   g_steal_pointer (&task));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ReelExchange *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  self->stream = soup_session_send_finish (self->session, result, &error);
  if (self->stream == NULL) {
    fail (task, g_steal_pointer (&error));
    return;
  }

  /* A proxy's refusal to connect looks like an answer. */
  if (!self->sent) {
    guint status = soup_message_get_status (self->message);

    fail (task, status == REEL_STATUS_SIGN_IN
                    ? reel_error_new_network (REEL_ERROR_PORTAL, FALSE, "The proxy wants the person to sign in first")
                    : g_error_new (G_IO_ERROR, G_IO_ERROR_PROXY_FAILED, "The proxy made no connection (%u)", status));
    return;
  }

  if (!self->wants_body) {
    stop_watching (self);
    g_task_return_pointer (task, g_steal_pointer (&self->stream), g_object_unref);
    return;
  }

  note_progress (self);
  g_input_stream_read_bytes_async (self->stream, CHUNK, G_PRIORITY_DEFAULT, self->stop, on_read,
                                   g_steal_pointer (&task));
}

static void
start (ReelExchange *self,
       gboolean wants_body,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data,
       gpointer source_tag)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  /* An answer that is there is given, also where the cancel came before the callback: it may name a paid job. */
  g_task_set_check_cancellable (task, FALSE);

  g_set_object (&self->outer, cancellable);
  self->wants_body = wants_body;

  if (g_cancellable_is_cancelled (cancellable)) {
    fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The request was cancelled"));
    return;
  }

  if (cancellable != NULL) {
    self->outer_source = g_cancellable_source_new (cancellable);
    g_source_set_priority (self->outer_source, PRIORITY_OF_THE_END);
    g_source_set_callback (self->outer_source, G_SOURCE_FUNC (on_outer_cancelled), self, NULL);
    g_source_attach (self->outer_source, g_main_context_get_thread_default ());
  }
  self->quiet_source = add_timeout (self, self->limits.connect_timeout, on_time_over);
  self->deadline_source = add_timeout (self, self->limits.deadline, on_time_over);

  g_signal_connect (self->message, "accept-certificate", G_CALLBACK (on_accept_certificate), self);
  g_signal_connect (self->message, "starting", G_CALLBACK (on_starting), self);
  g_signal_connect (self->message, "restarted", G_CALLBACK (on_restarted), self);
  g_signal_connect (self->message, "wrote-headers", G_CALLBACK (on_wrote_headers), self);
  g_signal_connect (self->message, "wrote-body-data", G_CALLBACK (on_wrote_body_data), self);
  g_signal_connect (self->message, "got-headers", G_CALLBACK (on_got_headers), self);

  soup_session_send_async (self->session, self->message, PRIORITY_OF_SENDING, self->stop, on_opened,
                           g_steal_pointer (&task));
}

static void
reel_exchange_finalize (GObject *object)
{
  ReelExchange *self = REEL_EXCHANGE (object);

  stop_watching (self);
  g_clear_object (&self->stream);
  g_clear_object (&self->outer);
  g_clear_object (&self->monitor);
  g_clear_error (&self->refused);
  g_object_unref (self->stop);
  g_object_unref (self->message);
  g_object_unref (self->session);
  g_clear_pointer (&self->body, g_byte_array_unref);

  G_OBJECT_CLASS (reel_exchange_parent_class)->finalize (object);
}

static void
reel_exchange_class_init (ReelExchangeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_exchange_finalize;
}

static void
reel_exchange_init (ReelExchange *self)
{
  self->stop = g_cancellable_new ();
  self->body = g_byte_array_new ();
}

/**
 * reel_exchange_new:
 * @session: the session to send with
 * @message: (transfer none): a request of its own
 * @limits: what it may take
 *
 * Makes an exchange; it can be sent once. It follows no redirect and answers no question for a password.
 *
 * Returns: (transfer full): the exchange
 */
ReelExchange *
reel_exchange_new (SoupSession *session, SoupMessage *message, const ReelLimits *limits)
{
  ReelExchange *self = g_object_new (REEL_TYPE_EXCHANGE, NULL);

  self->session = g_object_ref (session);
  self->message = g_object_ref (message);
  /* Disabled, not removed: without the feature libsoup keeps all of the body of a 401, however long. */
  soup_message_disable_feature (message, SOUP_TYPE_AUTH_MANAGER);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  self->limits = *limits;

  return self;
}

/**
 * reel_exchange_set_network_monitor:
 * @monitor: (nullable): what knows whether the network wants the person to sign in
 *
 * Lets an exchange that fails tell such a network from others.
 */
void
reel_exchange_set_network_monitor (ReelExchange *self, GNetworkMonitor *monitor)
{
  g_set_object (&self->monitor, monitor);
}

/**
 * reel_exchange_open_async:
 *
 * Sends the request; the result is there with the headers of the answer, whatever its status. The limits on time end
 * with it.
 */
void
reel_exchange_open_async (ReelExchange *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (REEL_IS_EXCHANGE (self));

  start (self, FALSE, cancellable, callback, user_data, reel_exchange_open_async);
}

/**
 * reel_exchange_open_finish:
 * @error: of %REEL_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the body; close it with g_input_stream_close_async()
 */
GInputStream *
reel_exchange_open_finish (ReelExchange *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_exchange_read_async:
 *
 * Sends the request and reads the whole answer, whatever its status.
 */
void
reel_exchange_read_async (ReelExchange *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (REEL_IS_EXCHANGE (self));

  start (self, TRUE, cancellable, callback, user_data, reel_exchange_read_async);
}

/**
 * reel_exchange_read_finish:
 * @error: of %REEL_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the body, unpacked
 */
GBytes *
reel_exchange_read_finish (ReelExchange *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_exchange_get_message:
 *
 * Returns: (transfer none): the request and what the headers of the answer said
 */
SoupMessage *
reel_exchange_get_message (ReelExchange *self)
{
  return self->message;
}

/**
 * reel_exchange_was_sent:
 *
 * Tells whether a byte of the request may have left this machine.
 */
gboolean
reel_exchange_was_sent (ReelExchange *self)
{
  return self->sent;
}

/**
 * reel_exchange_is_behind_portal:
 *
 * Tells whether the network wants the person to sign in, now.
 */
gboolean
reel_exchange_is_behind_portal (ReelExchange *self)
{
  return self->monitor != NULL && g_network_monitor_get_connectivity (self->monitor) == G_NETWORK_CONNECTIVITY_PORTAL;
}

/**
 * reel_exchange_get_status:
 *
 * Returns: the HTTP status of the answer, 0 where none came
 */
guint
reel_exchange_get_status (ReelExchange *self)
{
  return self->status;
}

/**
 * reel_exchange_get_retry_after:
 *
 * Returns: the delay that the answer asks for (Retry-After), in seconds, or -1
 */
gint64
reel_exchange_get_retry_after (ReelExchange *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);

  return reel_codec_parse_retry_after (soup_message_headers_get_one (headers, "Retry-After"), g_get_real_time ());
}

/**
 * reel_exchange_dup_partial:
 *
 * Gets what was read of a body that could not be read to its end.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
reel_exchange_dup_partial (ReelExchange *self)
{
  return self->body != NULL ? g_bytes_new (self->body->data, self->body->len) : g_bytes_new (NULL, 0);
}
