#include "config.h"

#include "reel-download-private.h"

#include "reel-error.h"
#include "reel-uri.h"

#define MAX_REDIRECTS 5

typedef struct
{
  /* Input */
  SoupSession *session;
  SoupSession *local_session;
  ReelLimits limits;
  goffset offset;
  char *if_range; /* nullable */

  /* In progress */
  char *url; /* where the next request goes */
  guint n_redirects;
} Opening;

static void
opening_free (Opening *self)
{
  g_object_unref (self->session);
  g_object_unref (self->local_session);
  g_free (self->if_range);
  g_free (self->url);
  g_free (self);
}

static GError *
new_refusal (guint http_status, const char *message)
{
  GError *error = reel_error_new_network (REEL_ERROR_BAD_SHAPE, http_status != 0, message);

  if (http_status != 0)
    reel_error_set_http_status (error, http_status);

  return error;
}

/* An answer that is no file. Only the status counts: the body is another host's, and so is its 401. */
static GError *
new_status_error (guint http_status, gint64 retry_after)
{
  ReelError code = REEL_ERROR_UNKNOWN_CODE;

  if (http_status == SOUP_STATUS_NOT_FOUND || http_status == SOUP_STATUS_GONE)
    code = REEL_ERROR_NOT_FOUND;
  else if (http_status == 429)
    code = REEL_ERROR_RATE_LIMITED;
  else if (http_status >= 500 && http_status < 600)
    code = REEL_ERROR_INTERNAL;

  return reel_error_new_service (code, http_status, NULL, NULL, retry_after);
}

static gboolean
is_packed (SoupMessageHeaders *headers)
{
  static const char *const codings[] = {"gzip", "x-gzip", "deflate", "compress", "br", "zstd", NULL};
  const char *coding = soup_message_headers_get_list (headers, "Content-Encoding");
  g_auto (GStrv) parts = coding != NULL ? g_strsplit (coding, ",", -1) : NULL;

  for (guint i = 0; parts != NULL && parts[i] != NULL; i++) {
    g_autofree char *lower = g_ascii_strdown (g_strstrip (parts[i]), -1);

    if (g_strv_contains (codings, lower))
      return TRUE;
  }

  return FALSE;
}

/* Reads what the headers of a 200 or 206 say; returns why the answer cannot be used, or NULL. */
static const char *
read_headers (ReelDownload *download, SoupMessageHeaders *headers, goffset offset)
{
  goffset start = 0, end = 0, total = -1;

  download->total = -1;
  download->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  download->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));

  if (is_packed (headers))
    return "The file is packed, though that was not asked for";

  if (download->http_status == SOUP_STATUS_OK) {
    if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
      download->total = soup_message_headers_get_content_length (headers);
    return NULL;
  }

  if (!soup_message_headers_get_content_range (headers, &start, &end, &total))
    return "The part of the file does not say which it is";
  if (start != offset || end < start || (total >= 0 && end >= total))
    return "The part of the file is not the one that was asked for";

  download->offset = start;
  download->total = total;

  return NULL;
}

/* Where a redirect leads, or %NULL with an error where it may not be followed. */
static char *
follow (const char *url, SoupMessageHeaders *headers, guint http_status, GError **error)
{
  const char *location = soup_message_headers_get_one (headers, "Location");
  g_autofree char *target = NULL;

  if (location != NULL)
    target = g_uri_resolve_relative (url, location, SOUP_HTTP_URI_FLAGS, NULL);
  if (target == NULL) {
    g_propagate_error (error, new_refusal (http_status, "The redirect leads nowhere"));
    return NULL;
  }
  if (g_ascii_strncasecmp (url, "https:", 6) == 0 && g_ascii_strncasecmp (target, "https:", 6) != 0 &&
      !reel_uri_is_loopback (url)) {
    g_propagate_error (error, new_refusal (http_status, "The redirect leaves https"));
    return NULL;
  }

  return g_steal_pointer (&target);
}

static void open_next (GTask *task);

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  ReelExchange *exchange = REEL_EXCHANGE (source);
  SoupMessageHeaders *headers = soup_message_get_response_headers (reel_exchange_get_message (exchange));
  g_autoptr (ReelDownload) download = g_new0 (ReelDownload, 1);
  g_autoptr (GError) error = NULL;
  const char *problem;

  download->stream = reel_exchange_open_finish (exchange, result, &error);
  if (download->stream == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  download->http_status = reel_exchange_get_status (exchange);

  if (SOUP_STATUS_IS_REDIRECTION (download->http_status)) {
    g_autofree char *target = follow (opening->url, headers, download->http_status, &error);

    if (target != NULL && opening->n_redirects++ < MAX_REDIRECTS) {
      g_set_str (&opening->url, target);
      open_next (g_steal_pointer (&task));
      return;
    }
    if (error == NULL)
      error = new_refusal (download->http_status, "There are too many redirects");
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  if (download->http_status != SOUP_STATUS_OK && download->http_status != SOUP_STATUS_PARTIAL_CONTENT) {
    g_task_return_error (task, new_status_error (download->http_status, reel_exchange_get_retry_after (exchange)));
    return;
  }

  problem = read_headers (download, headers, opening->offset);
  if (problem != NULL) {
    g_task_return_error (task, new_refusal (download->http_status, problem));
    return;
  }

  /* The connection belongs to the session: it stays as long as something is read. */
  g_object_set_data_full (G_OBJECT (download->stream), "reel-exchange", g_object_ref (exchange), g_object_unref);
  g_task_return_pointer (task, g_steal_pointer (&download), (GDestroyNotify)reel_download_free);
}

static void
open_next (GTask *task)
{
  g_autoptr (GTask) owned = task;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (ReelExchange) exchange = NULL;
  SoupMessageHeaders *headers;
  SoupSession *session = reel_uri_is_loopback (opening->url) ? opening->local_session : opening->session;

  if (reel_uri_check_service (opening->url) == REEL_URI_OK)
    message = soup_message_new (SOUP_METHOD_GET, opening->url);
  if (message == NULL) {
    g_task_return_error (task, new_refusal (0, "The address of the file is not https"));
    return;
  }

  /* One long body: HTTP/1.1 is the faster way to read it, and the session's timeout holds for its socket. */
  soup_message_set_force_http1 (message, TRUE);
  /* The bytes are kept, counted and resumed as they are. */
  soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (opening->offset > 0) {
    soup_message_headers_set_range (headers, opening->offset, -1);
    if (opening->if_range != NULL)
      soup_message_headers_replace (headers, "If-Range", opening->if_range);
  }

  exchange = reel_exchange_new (session, message, &opening->limits);
  reel_exchange_open_async (exchange, g_task_get_cancellable (task), on_opened, g_steal_pointer (&owned));
}

/**
 * reel_download_free:
 * @self: (nullable) (transfer full): a download
 *
 * Frees a download; its connection is dropped where the stream was not read to its end.
 */
void
reel_download_free (ReelDownload *self)
{
  if (self == NULL)
    return;

  if (self->stream != NULL && !g_input_stream_is_closed (self->stream) && !g_input_stream_has_pending (self->stream))
    g_input_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_clear_object (&self->stream);
  g_free (self->etag);
  g_free (self->content_type);
  g_free (self);
}

/**
 * reel_download_open_async:
 * @session: a session that knows no key
 * @local_session: the same without a proxy, for this machine
 * @limits: the time until the headers are there
 * @url: the address of the file; untrusted
 * @offset: the first byte to get
 * @if_range: (nullable): the ETag of what is there already: another version comes from its first byte
 *
 * Opens a file: see reel_client_open_download_async().
 */
void
reel_download_open_async (SoupSession *session,
                          SoupSession *local_session,
                          const ReelLimits *limits,
                          const char *url,
                          goffset offset,
                          const char *if_range,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  opening->session = g_object_ref (session);
  opening->local_session = g_object_ref (local_session);
  opening->limits = *limits;
  opening->url = g_strdup (url);
  opening->offset = MAX (offset, 0);
  opening->if_range = g_strdup (if_range);
  g_task_set_source_tag (task, reel_download_open_async);
  g_task_set_task_data (task, opening, (GDestroyNotify)opening_free);

  open_next (g_steal_pointer (&task));
}

/**
 * reel_download_open_finish:
 * @error: of %REEL_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the download
 */
ReelDownload *
reel_download_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
