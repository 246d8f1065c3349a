#include "config.h"

#include "reel-client.h"

#include "reel-answer.h"
#include "reel-api-fields.h"
#include "reel-codec.h"
#include "reel-download-private.h"
#include "reel-exchange.h"
#include "reel-uri.h"

#include <libsoup/soup.h>
#include <string.h>

/* A body larger than this is read in a thread: the main loop is never held for it. */
#define LARGE_BODY 65536

/* Jobs of one account talk at the same time; one that hangs must not hold the others. */
#define MAX_CONNECTIONS          64
#define MAX_CONNECTIONS_PER_HOST 32
#define IDLE_SECONDS             60

/**
 * ReelClient:
 *
 * The Seedance 2.0 Open API with one key at one base URL.
 *
 * The key goes to the base URL alone: redirects are not followed, and files are fetched by a session that never sees
 * it. What a service echoes of it is taken out before anyone reads the answer. There are no cookies, no cache and no
 * second attempts: a POST leaves once.
 */
struct _ReelClient
{
  GObject parent_instance;

  char *base_url;
  char *api_key;
  ReelLimits limits;
  char *proxy;                /* nullable */
  GTlsDatabase *tls_database; /* nullable */
  GNetworkMonitor *monitor;   /* nullable */
  SoupSession *session;
  SoupSession *download_session;
  SoupSession *local_download_session; /* for this machine: without a proxy */
};

G_DEFINE_FINAL_TYPE (ReelClient, reel_client, G_TYPE_OBJECT)

enum
{
  PROP_BASE_URL = 1,
  PROP_API_KEY,
  PROP_CONNECT_TIMEOUT,
  PROP_TIMEOUT,
  PROP_DEADLINE,
  PROP_MAX_BODY,
  PROP_TLS_DATABASE,
  PROP_PROXY,
  PROP_NETWORK_MONITOR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
decode_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  reel_answer_decode (task_data);
  g_task_return_boolean (task, TRUE);
}

static void
return_answer (GTask *task)
{
  ReelAnswer *answer = g_task_get_task_data (task);

  if (answer->error != NULL)
    g_task_return_error (task, g_steal_pointer (&answer->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&answer->result), answer->free_result);
}

static void
on_decoded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  return_answer (task);
}

/* What came of an answer that broke off may still say enough. */
static void
return_broken_answer (GTask *task, ReelExchange *exchange, GError *broken)
{
  ReelAnswer *answer = g_task_get_task_data (task);
  g_autoptr (GError) error = broken;
  gboolean is_create = answer->endpoint == REEL_ENDPOINT_CREATE;
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* The status of a refusal is an answer, and a submission whose JSON is whole is accepted: a lost id is a lost video. */
  if (answer->http_status >= 400 ? is_create || !cancelled : is_create && answer->http_status != 0) {
    reel_answer_decode (answer);
    if (answer->result != NULL || answer->http_status >= 400) {
      return_answer (task);
      return;
    }
  }

  /* The caller must not take a submission that was sent for one that was not. */
  if (cancelled && is_create && reel_exchange_was_sent (exchange)) {
    g_clear_error (&error);
    error = reel_error_new_network (REEL_ERROR_BROKEN, TRUE, "The request was cancelled after it was sent");
    reel_error_set_http_status (error, answer->http_status);
  }
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ReelClient *self = g_task_get_source_object (task);
  ReelExchange *exchange = REEL_EXCHANGE (source);
  ReelAnswer *answer = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = reel_exchange_read_finish (exchange, result, &error);

  if (body == NULL)
    body = reel_exchange_dup_partial (exchange);
  reel_answer_take (answer, reel_exchange_get_status (exchange), reel_exchange_get_retry_after (exchange), body,
                    self->api_key);
  answer->behind_portal = reel_exchange_is_behind_portal (exchange);

  if (error != NULL) {
    return_broken_answer (task, exchange, g_steal_pointer (&error));
    return;
  }

  if (g_bytes_get_size (body) > LARGE_BODY) {
    g_autoptr (GTask) decoding = g_task_new (NULL, NULL, on_decoded, g_object_ref (task));

    g_task_set_task_data (decoding, answer, NULL);
    g_task_run_in_thread (decoding, decode_in_thread);
    return;
  }

  reel_answer_decode (answer);
  return_answer (task);
}

/* The address of an endpoint; nothing in @request_id can leave its path segment. */
static GUri *
build_uri (ReelClient *self, const char *path, const char *request_id, const char *suffix)
{
  g_autoptr (GUri) base = g_uri_parse (self->base_url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GString) whole = NULL;

  if (base == NULL || reel_uri_check_service (self->base_url) != REEL_URI_OK)
    return NULL;

  whole = g_string_new (g_uri_get_path (base));
  while (g_str_has_suffix (whole->str, "/"))
    g_string_truncate (whole, whole->len - 1);
  g_string_append (whole, path);
  if (request_id != NULL) {
    g_string_append_c (whole, '/');
    /* A segment of dots alone would be resolved away. */
    if (strcmp (request_id, ".") == 0 || strcmp (request_id, "..") == 0)
      for (const char *at = request_id; *at != '\0'; at++)
        g_string_append (whole, "%2E");
    else
      g_string_append_uri_escaped (whole, request_id, NULL, FALSE);
  }
  g_string_append (whole, suffix);

  /* Built, not parsed: parsing would unescape and resolve dots. */
  return g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (base), NULL, g_uri_get_host (base), g_uri_get_port (base),
                      whole->str, NULL, NULL);
}

/* A header line must not be left, and an empty key is none. */
static gboolean
key_is_usable (const char *key)
{
  if (*key == '\0')
    return FALSE;

  for (const char *at = key; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      return FALSE;

  return TRUE;
}

static void
start (ReelClient *self,
       ReelEndpoint endpoint,
       const char *method,
       const char *request_id,
       const char *suffix,
       const char *content,
       GTask *task)
{
  g_autoptr (GTask) owned = task;
  g_autoptr (GUri) uri =
      build_uri (self, endpoint == REEL_ENDPOINT_LIST_MODELS ? REEL_API_PATH_MODELS : REEL_API_PATH_GENERATIONS,
                 request_id, suffix);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (ReelExchange) exchange = NULL;
  g_autofree char *authorization = NULL;
  SoupMessageHeaders *headers;
  ReelAnswer *answer;

  g_task_set_check_cancellable (task, FALSE);

  if (!key_is_usable (self->api_key)) {
    g_task_return_error (task, reel_error_new_network (REEL_ERROR_UNAUTHORIZED, FALSE, "There is no key to send"));
    return;
  }
  if (uri == NULL) {
    g_task_return_error (task, reel_error_new_network (REEL_ERROR_UNREACHABLE, FALSE, "The base URL is not https"));
    return;
  }

  message = soup_message_new_from_uri (method, uri);
  headers = soup_message_get_request_headers (message);
  authorization = g_strconcat ("Bearer ", self->api_key, NULL);
  soup_message_headers_replace (headers, "Authorization", authorization);
  soup_message_headers_replace (headers, "Accept", "application/json");

  if (strcmp (method, SOUP_METHOD_POST) == 0) {
    /* On a connection of its own, over HTTP/1.1, nothing ever makes libsoup send it again: a kept connection that has
     * just closed and a refused HTTP/2 stream would. */
    soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
    soup_message_set_force_http1 (message, TRUE);
  }
  if (content != NULL) {
    g_autoptr (GBytes) bytes = g_bytes_new (content, strlen (content));

    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  }

  answer = reel_answer_new (endpoint, request_id);
  g_task_set_task_data (task, answer, (GDestroyNotify)reel_answer_free);

  exchange = reel_exchange_new (self->session, message, &self->limits);
  /* No network stands between this machine and itself. */
  if (!reel_uri_is_loopback (self->base_url))
    reel_exchange_set_network_monitor (exchange, self->monitor);
  reel_exchange_read_async (exchange, g_task_get_cancellable (task), on_answered, g_steal_pointer (&owned));
}

static SoupSession *
make_session (ReelClient *self, guint timeout, gboolean local)
{
  SoupSession *session = soup_session_new_with_options ("user-agent", "Seedreel/" REEL_VERSION, "timeout", timeout,
                                                        "idle-timeout", IDLE_SECONDS, "max-conns", MAX_CONNECTIONS,
                                                        "max-conns-per-host", MAX_CONNECTIONS_PER_HOST, NULL);

  if (self->tls_database != NULL)
    soup_session_set_tls_database (session, self->tls_database);
  /* What stays on this machine goes through no proxy. */
  if (local) {
    soup_session_set_proxy_resolver (session, NULL);
  } else if (self->proxy != NULL) {
    g_autoptr (GProxyResolver) resolver = g_simple_proxy_resolver_new (self->proxy, NULL);

    soup_session_set_proxy_resolver (session, resolver);
  }

  return session;
}

static void
reel_client_constructed (GObject *object)
{
  ReelClient *self = REEL_CLIENT (object);

  G_OBJECT_CLASS (reel_client_parent_class)->constructed (object);

  /* The limits watch over an exchange from its start to its last byte; a stream that was handed out has only the
   * timeout of its socket. */
  self->session = make_session (self, 0, reel_uri_is_loopback (self->base_url));
  self->download_session = make_session (self, self->limits.timeout, FALSE);
  self->local_download_session = make_session (self, self->limits.timeout, TRUE);
}

static void
reel_client_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelClient *self = REEL_CLIENT (object);

  switch (id) {
  case PROP_BASE_URL:
    g_value_set_string (value, self->base_url);
    break;
  case PROP_CONNECT_TIMEOUT:
    g_value_set_uint (value, self->limits.connect_timeout);
    break;
  case PROP_TIMEOUT:
    g_value_set_uint (value, self->limits.timeout);
    break;
  case PROP_DEADLINE:
    g_value_set_uint (value, self->limits.deadline);
    break;
  case PROP_MAX_BODY:
    g_value_set_uint64 (value, self->limits.max_body);
    break;
  case PROP_TLS_DATABASE:
    g_value_set_object (value, self->tls_database);
    break;
  case PROP_PROXY:
    g_value_set_string (value, self->proxy);
    break;
  case PROP_NETWORK_MONITOR:
    g_value_set_object (value, self->monitor);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_client_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelClient *self = REEL_CLIENT (object);
  const char *text;

  switch (id) {
  case PROP_BASE_URL:
    self->base_url = g_value_dup_string (value);
    break;
  case PROP_API_KEY:
    text = g_value_get_string (value);
    self->api_key = g_strdup (text != NULL ? text : "");
    break;
  case PROP_CONNECT_TIMEOUT:
    self->limits.connect_timeout = g_value_get_uint (value);
    break;
  case PROP_TIMEOUT:
    self->limits.timeout = g_value_get_uint (value);
    break;
  case PROP_DEADLINE:
    self->limits.deadline = g_value_get_uint (value);
    break;
  case PROP_MAX_BODY:
    self->limits.max_body = g_value_get_uint64 (value);
    break;
  case PROP_TLS_DATABASE:
    self->tls_database = g_value_dup_object (value);
    break;
  case PROP_PROXY:
    self->proxy = g_value_dup_string (value);
    break;
  case PROP_NETWORK_MONITOR:
    self->monitor = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_client_finalize (GObject *object)
{
  ReelClient *self = REEL_CLIENT (object);

  g_object_unref (self->session);
  g_object_unref (self->download_session);
  g_object_unref (self->local_download_session);
  g_clear_object (&self->tls_database);
  g_clear_object (&self->monitor);
  g_free (self->proxy);
  g_free (self->base_url);
  g_free (self->api_key);

  G_OBJECT_CLASS (reel_client_parent_class)->finalize (object);
}

static void
reel_client_class_init (ReelClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = reel_client_constructed;
  object_class->get_property = reel_client_get_property;
  object_class->set_property = reel_client_set_property;
  object_class->finalize = reel_client_finalize;

  /**
   * ReelClient:base-url:
   *
   * The account's base URL: https, or http on this machine; it may have a path of its own.
   */
  properties[PROP_BASE_URL] = g_param_spec_string ("base-url", NULL, NULL, "", flags);

  /**
   * ReelClient:api-key:
   *
   * The key; it cannot be read back.
   */
  properties[PROP_API_KEY] = g_param_spec_string ("api-key", NULL, NULL, NULL,
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * ReelClient:connect-timeout:
   *
   * Seconds until the first byte of a request leaves, 0 for no limit.
   */
  properties[PROP_CONNECT_TIMEOUT] = g_param_spec_uint ("connect-timeout", NULL, NULL, 0, G_MAXINT / 1000, 15, flags);

  /**
   * ReelClient:timeout:
   *
   * Seconds without a byte after that, 0 for no limit.
   */
  properties[PROP_TIMEOUT] = g_param_spec_uint ("timeout", NULL, NULL, 0, G_MAXINT / 1000, 60, flags);

  /**
   * ReelClient:deadline:
   *
   * Seconds for a whole request, 0 for no limit; of a download, until its headers are there.
   */
  properties[PROP_DEADLINE] = g_param_spec_uint ("deadline", NULL, NULL, 0, G_MAXINT / 1000, 180, flags);

  /**
   * ReelClient:max-body:
   *
   * The largest answer in bytes, unpacked, 0 for no limit; not of a download.
   */
  properties[PROP_MAX_BODY] = g_param_spec_uint64 ("max-body", NULL, NULL, 0, G_MAXUINT32, 4 * 1024 * 1024, flags);

  /**
   * ReelClient:tls-database:
   *
   * The certificates to trust instead of the system's.
   */
  properties[PROP_TLS_DATABASE] = g_param_spec_object ("tls-database", NULL, NULL, G_TYPE_TLS_DATABASE, flags);

  /**
   * ReelClient:proxy:
   *
   * The proxy that everything goes through but what stays on this machine, %NULL for what the system says.
   */
  properties[PROP_PROXY] = g_param_spec_string ("proxy", NULL, NULL, NULL, flags);

  /**
   * ReelClient:network-monitor:
   *
   * What knows whether the network wants the person to sign in first.
   */
  properties[PROP_NETWORK_MONITOR] = g_param_spec_object ("network-monitor", NULL, NULL, G_TYPE_NETWORK_MONITOR, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_client_init (ReelClient *self)
{
}

/**
 * reel_client_new:
 * @base_url: the account's base URL
 * @api_key: (nullable): its key; without one every request ends with %REEL_ERROR_UNAUTHORIZED, unsent
 *
 * Makes a client with the default limits.
 *
 * Returns: (transfer full): the client
 */
ReelClient *
reel_client_new (const char *base_url, const char *api_key)
{
  g_return_val_if_fail (base_url != NULL, NULL);

  return g_object_new (REEL_TYPE_CLIENT, "base-url", base_url, "api-key", api_key, NULL);
}

/**
 * reel_client_get_base_url:
 *
 * Returns: (transfer none): the account's base URL
 */
const char *
reel_client_get_base_url (ReelClient *self)
{
  g_return_val_if_fail (REEL_IS_CLIENT (self), NULL);

  return self->base_url;
}

/**
 * reel_client_list_models_async:
 *
 * Asks for the models that the key may use (GET /models). It costs nothing.
 */
void
reel_client_list_models_async (ReelClient *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;

  g_return_if_fail (REEL_IS_CLIENT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reel_client_list_models_async);
  start (self, REEL_ENDPOINT_LIST_MODELS, SOUP_METHOD_GET, NULL, "", NULL, task);
}

/**
 * reel_client_list_models_finish:
 * @body: (out) (optional) (transfer full): the whole answer, to keep
 * @error: of %REEL_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the models
 */
ReelCatalogue *
reel_client_list_models_finish (ReelClient *self, GAsyncResult *result, GBytes **body, GError **error)
{
  ReelCatalogue *catalogue;
  ReelAnswer *answer;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_client_list_models_async), NULL);

  catalogue = g_task_propagate_pointer (G_TASK (result), error);
  answer = g_task_get_task_data (G_TASK (result));
  if (catalogue != NULL && body != NULL)
    *body = g_bytes_ref (answer->body);

  return catalogue;
}

/**
 * reel_client_create_generation_async:
 * @record: the job; not kept
 *
 * Submits a job (POST /video/generations), which the service charges when it accepts it. It leaves at most once.
 */
void
reel_client_create_generation_async (ReelClient *self,
                                     const ReelJobRecord *record,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autofree char *content = NULL;
  GTask *task;

  g_return_if_fail (REEL_IS_CLIENT (self) && record != NULL);

  content = reel_codec_encode_request (record);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reel_client_create_generation_async);
  start (self, REEL_ENDPOINT_CREATE, SOUP_METHOD_POST, NULL, "", content, task);
}

/**
 * reel_client_create_generation_finish:
 * @error: of %REEL_ERROR; %G_IO_ERROR_CANCELLED only where nothing was sent
 *
 * Returns: (transfer full): the accepted job. On an error reel_error_was_sent() tells whether it may have been accepted
 *   all the same
 */
ReelGeneration *
reel_client_create_generation_finish (ReelClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_client_create_generation_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_client_get_generation_async:
 * @request_id: the service's name for the job; untrusted
 *
 * Asks for the state of a job (GET /video/generations/{requestId}).
 */
void
reel_client_get_generation_async (ReelClient *self,
                                  const char *request_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;

  g_return_if_fail (REEL_IS_CLIENT (self) && request_id != NULL && *request_id != '\0');

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reel_client_get_generation_async);
  start (self, REEL_ENDPOINT_GET, SOUP_METHOD_GET, request_id, "", NULL, task);
}

/**
 * reel_client_get_generation_finish:
 * @error: of %REEL_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the state of the job
 */
ReelGeneration *
reel_client_get_generation_finish (ReelClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_client_get_generation_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_client_cancel_generation_async:
 * @request_id: the service's name for the job; untrusted
 *
 * Asks the service to cancel a job (POST /video/generations/{requestId}/cancel). It may still end as succeeded.
 */
void
reel_client_cancel_generation_async (ReelClient *self,
                                     const char *request_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (REEL_IS_CLIENT (self) && request_id != NULL && *request_id != '\0');

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reel_client_cancel_generation_async);
  start (self, REEL_ENDPOINT_CANCEL, SOUP_METHOD_POST, request_id, REEL_API_CANCEL_SUFFIX, NULL, task);
}

/**
 * reel_client_cancel_generation_finish:
 * @error: of %REEL_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the service took the cancel: any 2xx
 */
gboolean
reel_client_cancel_generation_finish (ReelClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_client_cancel_generation_async), FALSE);

  return GPOINTER_TO_INT (g_task_propagate_pointer (G_TASK (result), error));
}

static void
on_download_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ReelDownload *download = reel_download_open_finish (result, &error);

  if (download != NULL)
    g_task_return_pointer (task, download, (GDestroyNotify)reel_download_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * reel_client_open_download_async:
 * @url: the address of a file: https, or http on this machine; untrusted
 * @offset: the first byte to get
 * @if_range: (nullable): the ETag of what is there already: another version comes from its first byte
 *
 * Opens a file on another host than the account's. It never carries the key. At most five redirects are followed, each
 * checked like the address itself, and none leaves https.
 */
void
reel_client_open_download_async (ReelClient *self,
                                 const char *url,
                                 goffset offset,
                                 const char *if_range,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task;

  g_return_if_fail (REEL_IS_CLIENT (self) && url != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reel_client_open_download_async);
  reel_download_open_async (self->download_session, self->local_download_session, &self->limits, url, offset, if_range,
                            cancellable, on_download_opened, task);
}

/**
 * reel_client_open_download_finish:
 * @error: of %REEL_ERROR, or %G_IO_ERROR_CANCELLED. The body of an error is not read: only its HTTP status counts
 *
 * Returns: (transfer full): the file; what goes wrong while it is read are errors of GIO
 */
ReelDownload *
reel_client_open_download_finish (ReelClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_client_open_download_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
