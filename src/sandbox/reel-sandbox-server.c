#include "config.h"

#include "reel-sandbox-server.h"

#include <string.h>

#include "reel-api-fields.h"
#include "reel-sandbox-answer.h"
#include "reel-sandbox-files.h"
#include "reel-sandbox-request.h"
#include "reel-sandbox-runner.h"
#include "reel-sandbox-webhooks.h"

#include <libsoup/soup.h>

#define MINUTE                   G_GINT64_CONSTANT (60000000) /* microseconds */
#define STATUS_TOO_MANY_REQUESTS 429                          /* libsoup has no name for it */
#define JSON_TYPE                "application/json"
#define BODY_DATA                "reel-sandbox-body"
#define N_BUSY                   2
#define N_STATUS_REFUSED_429     2
#define N_STATUS_REFUSED_500     3

struct _ReelSandboxServer
{
  const ReelSandboxOptions *options; /* borrowed */
  SoupServer *soup;
  ReelSandboxRunner *runner;
  ReelSandboxWebhooks *webhooks;
  char *base_url;
  GHashTable *recent; /* key -> GArray of gint64: when its requests of the last minute came */
  GHashTable *busy;   /* "owner prompt" -> how often it was turned away */
};

static void
answer (SoupServerMessage *message, guint status, char *json)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, JSON_TYPE, SOUP_MEMORY_TAKE, json, strlen (json));
}

static void
refuse (SoupServerMessage *message, guint status, const char *code, const char *text)
{
  answer (message, status, reel_sandbox_answer_error (code, text));
}

static void
refuse_rate (SoupServerMessage *message, gint64 seconds)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", value);
  refuse (message, STATUS_TOO_MANY_REQUESTS, REEL_API_RATE_LIMITED, "Too many requests");
}

static void
refuse_internal (SoupServerMessage *message)
{
  refuse (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, REEL_API_INTERNAL_ERROR, "Something unexpected happened");
}

static void
refuse_unauthorized (SoupServerMessage *message)
{
  refuse (message, SOUP_STATUS_UNAUTHORIZED, REEL_API_UNAUTHORIZED, "Invalid API key");
}

static void
refuse_unknown_job (SoupServerMessage *message)
{
  refuse (message, SOUP_STATUS_NOT_FOUND, REEL_API_NOT_FOUND, "Job not found");
}

/* The body is collected here and not by libsoup, so that a long one does not fill the memory. */
static void
on_got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  GByteArray *body = user_data;
  gsize length;
  const guint8 *data = g_bytes_get_data (chunk, &length);

  if (body->len <= REEL_SANDBOX_MAX_BODY)
    g_byte_array_append (body, data, (guint)MIN (length, REEL_SANDBOX_MAX_BODY + 1));
}

static void
on_request_started (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  GByteArray *body = g_byte_array_new ();

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_object_set_data_full (G_OBJECT (message), BODY_DATA, body, (GDestroyNotify)g_byte_array_unref);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), body);
}

/* Returns 0, or the seconds until the key may come again. */
static gint64
count_request (ReelSandboxServer *self, const char *key)
{
  gint64 now = g_get_monotonic_time ();
  GArray *times = g_hash_table_lookup (self->recent, key);
  guint n_old = 0;

  if (self->options->rate == 0)
    return 0;

  if (times == NULL) {
    times = g_array_new (FALSE, FALSE, sizeof (gint64));
    g_hash_table_insert (self->recent, g_strdup (key), times);
  }
  while (n_old < times->len && g_array_index (times, gint64, n_old) <= now - MINUTE)
    n_old++;
  g_array_remove_range (times, 0, n_old);
  if (times->len >= self->options->rate)
    return (g_array_index (times, gint64, 0) + MINUTE - now + 999999) / 1000000;
  g_array_append_val (times, now);

  return 0;
}

/* Lets a request in, or answers it: 401 without a known key, 429 where it comes too often. */
static char *
admit (ReelSandboxServer *self, SoupServerMessage *message)
{
  const char *value = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *owner = NULL;
  gint64 seconds;

  if (value != NULL && g_ascii_strncasecmp (value, "Bearer ", strlen ("Bearer ")) == 0)
    owner = reel_sandbox_keys_lookup (self->options->keys, value + strlen ("Bearer "));
  if (owner == NULL) {
    refuse_unauthorized (message);
    return NULL;
  }

  seconds = count_request (self, value);
  if (seconds > 0) {
    refuse_rate (message, seconds);
    return NULL;
  }

  return g_steal_pointer (&owner);
}

static void
on_models (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  g_autofree char *owner = admit (user_data, message);

  if (owner == NULL)
    return;
  if (!g_str_equal (path, REEL_API_PATH_MODELS) ||
      !g_str_equal (soup_server_message_get_method (message), SOUP_METHOD_GET)) {
    refuse (message, SOUP_STATUS_NOT_FOUND, REEL_API_NOT_FOUND, "No such endpoint");
    return;
  }

  answer (message, SOUP_STATUS_OK, reel_sandbox_models_to_json ());
}

/* [busy]: turned away twice, then let in. */
static gboolean
is_busy (ReelSandboxServer *self, const char *owner, const char *prompt)
{
  g_autofree char *name = g_strconcat (owner, " ", prompt, NULL);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->busy, name));

  if (n == N_BUSY) {
    g_hash_table_remove (self->busy, name);
    return FALSE;
  }
  g_hash_table_replace (self->busy, g_steal_pointer (&name), GUINT_TO_POINTER (n + 1));

  return TRUE;
}

/* The test words that have a submission refused. */
static gboolean
refuse_by_word (ReelSandboxServer *self, SoupServerMessage *message, const char *owner, const char *prompt)
{
  guint words = reel_sandbox_words_find (prompt);

  if ((words & REEL_SANDBOX_WORD_REJECT) != 0)
    refuse (message, SOUP_STATUS_BAD_REQUEST, REEL_API_INVALID_REQUEST, "The prompt was refused");
  else if ((words & REEL_SANDBOX_WORD_401) != 0)
    refuse_unauthorized (message);
  else if ((words & REEL_SANDBOX_WORD_402) != 0)
    refuse (message, SOUP_STATUS_PAYMENT_REQUIRED, REEL_API_INSUFFICIENT_CREDITS, "Not enough credits");
  else if ((words & REEL_SANDBOX_WORD_429) != 0 ||
           ((words & REEL_SANDBOX_WORD_BUSY) != 0 && is_busy (self, owner, prompt)))
    refuse_rate (message, 1);
  else if ((words & REEL_SANDBOX_WORD_500) != 0)
    refuse_internal (message);
  else
    return FALSE;

  return TRUE;
}

/* The test words that spoil the answer to a submission that was accepted. */
static gboolean
spoil_by_word (SoupServerMessage *message, ReelSandboxJob *job)
{
  if ((job->words & REEL_SANDBOX_WORD_DROP) != 0) {
    g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

    g_io_stream_close (stream, NULL, NULL);
  } else if ((job->words & REEL_SANDBOX_WORD_HANG) != 0) {
    soup_server_message_pause (message);
  } else if ((job->words & REEL_SANDBOX_WORD_HALF_ANSWER) != 0) {
    g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
    g_autofree char *json = reel_sandbox_answer_accepted (job);
    g_autofree char *text = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: " JSON_TYPE "\r\n"
                                             "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%.*s",
                                             strlen (json), (int)strlen (json) / 2, json);

    g_output_stream_write_all (g_io_stream_get_output_stream (stream), text, strlen (text), NULL, NULL, NULL);
    g_io_stream_close (stream, NULL, NULL);
  } else if ((job->words & REEL_SANDBOX_WORD_HTML) != 0) {
    static const char page[] = "<!DOCTYPE html><title>Bad gateway</title><h1>Bad gateway</h1>\n";

    soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
    soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, page, strlen (page));
  } else {
    return FALSE;
  }

  return TRUE;
}

static void
create (ReelSandboxServer *self, SoupServerMessage *message, const char *owner)
{
  GByteArray *array = g_object_get_data (G_OBJECT (message), BODY_DATA);
  g_autoptr (GBytes) body = g_bytes_new_static (array->data, array->len);
  g_autoptr (ReelSandboxRequest) request = NULL;
  g_autoptr (ReelSandboxJob) job = NULL;
  g_autoptr (GError) error = NULL;
  gint64 cost;

  if (array->len > REEL_SANDBOX_MAX_BODY) {
    refuse (message, SOUP_STATUS_BAD_REQUEST, REEL_API_INVALID_REQUEST, "the body is too long");
    return;
  }
  request = reel_sandbox_request_parse (body, &error);
  if (request == NULL) {
    refuse (message, SOUP_STATUS_BAD_REQUEST, REEL_API_INVALID_REQUEST, error->message);
    return;
  }
  if (refuse_by_word (self, message, owner, request->prompt))
    return;

  cost = reel_sandbox_model_get_credits (request->model, request->resolution, request->duration);
  if (self->options->credits >= 0 &&
      reel_sandbox_runner_sum_credits (self->runner, owner) + cost > self->options->credits) {
    refuse (message, SOUP_STATUS_PAYMENT_REQUIRED, REEL_API_INSUFFICIENT_CREDITS, "Not enough credits");
    return;
  }

  job = reel_sandbox_job_new (owner, g_steal_pointer (&request));
  if (!reel_sandbox_runner_add (self->runner, job, &error)) {
    g_message ("sandbox: %s", error->message);
    refuse_internal (message);
    return;
  }
  if (!spoil_by_word (message, job))
    answer (message, SOUP_STATUS_OK, reel_sandbox_answer_accepted (job));
}

static void
show (ReelSandboxServer *self, SoupServerMessage *message, ReelSandboxJob *job)
{
  job->status_requests++;
  if ((job->words & REEL_SANDBOX_WORD_LOST) != 0)
    refuse_unknown_job (message);
  else if ((job->words & REEL_SANDBOX_WORD_STATUS_429) != 0 && job->status_requests <= N_STATUS_REFUSED_429)
    refuse_rate (message, 1);
  else if ((job->words & REEL_SANDBOX_WORD_STATUS_500) != 0 && job->status_requests <= N_STATUS_REFUSED_500)
    refuse_internal (message);
  else
    answer (message, SOUP_STATUS_OK, reel_sandbox_answer_generation (job, self->base_url));
}

static void
cancel (ReelSandboxServer *self, SoupServerMessage *message, ReelSandboxJob *job)
{
  if (reel_sandbox_job_is_final (job)) {
    g_autofree char *text = g_strdup_printf ("The job is already %s", reel_sandbox_status_to_string (job->status));

    refuse (message, SOUP_STATUS_BAD_REQUEST, REEL_API_INVALID_REQUEST, text);
    return;
  }
  if ((job->words & REEL_SANDBOX_WORD_NO_CANCEL) != 0) {
    refuse (message, SOUP_STATUS_BAD_REQUEST, REEL_API_INVALID_REQUEST, "The job cannot be cancelled any more");
    return;
  }

  reel_sandbox_runner_cancel (self->runner, job);
  answer (message, SOUP_STATUS_OK, reel_sandbox_answer_generation (job, self->base_url));
}

static void
on_generations (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  ReelSandboxServer *self = user_data;
  const char *method = soup_server_message_get_method (message);
  const char *rest = path + strlen (REEL_API_PATH_GENERATIONS);
  g_autofree char *owner = admit (self, message);
  g_autofree char *id = NULL;
  ReelSandboxJob *job;
  gboolean is_cancel;

  if (owner == NULL)
    return;
  if (*rest == '\0' && g_str_equal (method, SOUP_METHOD_POST)) {
    create (self, message, owner);
    return;
  }

  is_cancel = g_str_has_suffix (rest, REEL_API_CANCEL_SUFFIX) && strlen (rest) > strlen (REEL_API_CANCEL_SUFFIX);
  if (*rest != '/' || !g_str_equal (method, is_cancel ? SOUP_METHOD_POST : SOUP_METHOD_GET)) {
    refuse (message, SOUP_STATUS_NOT_FOUND, REEL_API_NOT_FOUND, "No such endpoint");
    return;
  }

  id = g_strndup (rest + 1, strlen (rest) - 1 - (is_cancel ? strlen (REEL_API_CANCEL_SUFFIX) : 0));
  job = reel_sandbox_runner_lookup (self->runner, id);
  if (job == NULL || !g_str_equal (job->owner, owner))
    refuse_unknown_job (message);
  else if (is_cancel)
    cancel (self, message, job);
  else
    show (self, message, job);
}

static void
on_files (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  ReelSandboxServer *self = user_data;
  const char *method = soup_server_message_get_method (message);
  const char *name = path + strlen ("/files");
  g_autofree char *id = NULL;
  g_autofree char *file = NULL;
  ReelSandboxJob *job = NULL;

  if (*name == '/' && g_str_has_suffix (name, ".mp4")) {
    id = g_strndup (name + 1, strlen (name) - 1 - strlen (".mp4"));
    job = reel_sandbox_runner_lookup (self->runner, id);
  }
  if (job == NULL || job->status != REEL_SANDBOX_SUCCEEDED ||
      (!g_str_equal (method, SOUP_METHOD_GET) && !g_str_equal (method, SOUP_METHOD_HEAD))) {
    static const char text[] = "Not found\n";

    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
    soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, text, strlen (text));
    return;
  }

  file = reel_sandbox_runner_dup_video_path (self->runner, job);
  reel_sandbox_files_serve (message, file, job);
}

static void
on_other (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  refuse (message, SOUP_STATUS_NOT_FOUND, REEL_API_NOT_FOUND, "No such endpoint");
}

static void
on_final (ReelSandboxJob *job, gpointer user_data)
{
  ReelSandboxServer *self = user_data;
  const char *url = job->request->webhook_url != NULL ? job->request->webhook_url : self->options->webhook_url;

  if (url != NULL)
    reel_sandbox_webhooks_send (self->webhooks, url, reel_sandbox_answer_webhook (job, self->base_url));
}

static gboolean
start (ReelSandboxServer *self, GError **error)
{
  g_autoslist (GUri) uris = NULL;

  /* Raw paths: an encoded "../" is an id like any other, unknown, and not refused by libsoup without our envelope. */
  self->soup = soup_server_new ("raw-paths", TRUE, "server-header", "seedreel-sandbox", NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_request_started), NULL);
  soup_server_add_handler (self->soup, REEL_API_PATH_MODELS, on_models, self, NULL);
  soup_server_add_handler (self->soup, REEL_API_PATH_GENERATIONS, on_generations, self, NULL);
  soup_server_add_handler (self->soup, "/files", on_files, self, NULL);
  soup_server_add_handler (self->soup, NULL, on_other, NULL, NULL);
  if (!soup_server_listen_local (self->soup, self->options->port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return FALSE;

  uris = soup_server_get_uris (self->soup);
  self->base_url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  self->runner = reel_sandbox_runner_new (self->options->state_dir, self->options->speed, on_final, self, error);

  return self->runner != NULL;
}

/**
 * reel_sandbox_server_new:
 * @options: how it is to be; borrowed for its life
 * @error: return location
 *
 * Starts to listen on this machine, in the thread-default main context, and takes up the jobs of earlier runs. Blocks.
 *
 * Returns: (transfer full): the server, %NULL where the port or the folder cannot be used
 */
ReelSandboxServer *
reel_sandbox_server_new (const ReelSandboxOptions *options, GError **error)
{
  g_autoptr (ReelSandboxServer) self = g_new0 (ReelSandboxServer, 1);

  self->options = options;
  self->recent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  self->busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->webhooks = reel_sandbox_webhooks_new (options->webhook_secret);
  if (!start (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * reel_sandbox_server_free:
 * @self: (transfer full): the server
 *
 * Ends every connection, rendering and webhook. Call it in the thread that made the server.
 */
void
reel_sandbox_server_free (ReelSandboxServer *self)
{
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_pointer (&self->runner, reel_sandbox_runner_free);
  g_clear_pointer (&self->webhooks, reel_sandbox_webhooks_free);
  g_clear_object (&self->soup);
  g_hash_table_unref (self->recent);
  g_hash_table_unref (self->busy);
  g_free (self->base_url);
  g_free (self);
}

/**
 * reel_sandbox_server_get_base_url:
 * @self: the server
 *
 * Tells where the server listens.
 *
 * Returns: (transfer none): a URL without a slash at its end
 */
const char *
reel_sandbox_server_get_base_url (ReelSandboxServer *self)
{
  return self->base_url;
}
