#include "config.h"

#include "reel-fault-private.h"

#include <string.h>
#include <sys/socket.h>

/* One connection of a ReelFaultServer, served by a thread of its own. */
typedef struct
{
  ReelFaultServer *server; /* borrowed: outlives the thread */
  GSocketConnection *socket;
  GIOStream *stream; /* TLS or the socket itself */
  GString *buffer;   /* read, not yet used */
  guint number;
} Connection;

/* Before a socket is closed: nobody must cut it off any more, its number may soon be another's. */
static void
forget_socket (Connection *self)
{
  g_mutex_lock (&self->server->lock);
  g_ptr_array_remove (self->server->sockets, g_socket_connection_get_socket (self->socket));
  g_mutex_unlock (&self->server->lock);
}

static void
connection_free (Connection *self)
{
  forget_socket (self);
  g_io_stream_close (self->stream, NULL, NULL);
  g_main_context_wakeup (self->server->context);
  g_object_unref (self->stream);
  g_object_unref (self->socket);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Connection, connection_free)

/* The first unused answer of the script for a request, or else the last of them: it stays. */
static ReelFaultAnswer *
choose_answer (ReelFaultServer *self, const ReelFaultRequest *request)
{
  ReelFaultAnswer *last = NULL;

  for (guint i = 0; i < self->answers->len; i++) {
    ReelFaultAnswer *answer = self->answers->pdata[i];

    if (!reel_fault_matches (answer->method, request->method) || !reel_fault_matches (answer->path, request->path))
      continue;
    last = answer;
    if (!answer->used)
      break;
  }
  if (last != NULL)
    last->used = TRUE;

  return last;
}

static gboolean
fill (Connection *self)
{
  char data[16384];
  gssize n = g_input_stream_read (g_io_stream_get_input_stream (self->stream), data, sizeof data, NULL, NULL);

  if (n <= 0)
    return FALSE;
  g_string_append_len (self->buffer, data, n);

  return TRUE;
}

static gboolean
write_all (Connection *self, const char *data, gsize length)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (self->stream), data, length, NULL, NULL, NULL);
}

static ReelFaultRequest *
read_request (Connection *self)
{
  g_autoptr (ReelFaultRequest) request = NULL;
  g_autofree char *head = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) words = NULL;
  const char *end, *length;
  gsize head_length, body_length;

  while ((end = strstr (self->buffer->str, "\r\n\r\n")) == NULL) {
    if (!fill (self))
      return NULL;
    /* As any server does with what is no HTTP, such as TLS. */
    if (!g_ascii_isupper (self->buffer->str[0])) {
      write_all (self, "HTTP/1.1 400 No Request\r\n\r\n", 28);
      return NULL;
    }
  }

  head_length = end + 4 - self->buffer->str;
  head = g_strndup (self->buffer->str, head_length - 4);
  lines = g_strsplit (head, "\r\n", -1);
  words = g_strsplit (lines[0], " ", -1);
  if (g_strv_length (words) != 3)
    return NULL;

  request = g_new0 (ReelFaultRequest, 1);
  request->method = g_strdup (words[0]);
  request->path = g_strdup (words[1]);
  request->connection = self->number;
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 1; lines[i] != NULL; i++) {
    char *colon = strchr (lines[i], ':');

    if (colon != NULL)
      g_hash_table_insert (request->headers, g_ascii_strdown (lines[i], colon - lines[i]),
                           g_strstrip (g_strdup (colon + 1)));
  }

  length = reel_fault_request_get_header (request, "content-length");
  body_length = length != NULL ? g_ascii_strtoull (length, NULL, 10) : 0;
  request->body = g_bytes_new (NULL, 0);
  while (self->buffer->len < head_length + body_length)
    if (!fill (self))
      return NULL;
  g_bytes_unref (request->body);
  request->body = g_bytes_new (self->buffer->str + head_length, body_length);
  g_string_erase (self->buffer, 0, head_length + body_length);

  return g_steal_pointer (&request);
}

/* Does what a fault says; returns whether the connection is over. */
static gboolean
do_fault (Connection *self, ReelFault fault)
{
  GSocket *socket = g_socket_connection_get_socket (self->socket);
  char data[4096];

  if (fault == REEL_FAULT_NONE)
    return FALSE;

  if (fault == REEL_FAULT_RESET) {
    /* Closed with a zero linger time, a socket sends RST. */
    struct linger linger = {.l_onoff = 1, .l_linger = 0};

    setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    forget_socket (self);
    g_socket_close (socket, NULL);
    return TRUE;
  }

  if (fault == REEL_FAULT_STALL) {
    g_mutex_lock (&self->server->lock);
    self->server->n_stalled++;
    g_mutex_unlock (&self->server->lock);
    g_main_context_wakeup (self->server->context);
    while (g_socket_receive (socket, data, sizeof data, self->server->stop, NULL) > 0)
      continue;
  }

  return TRUE;
}

static gboolean
write_body (Connection *self, const ReelFaultAnswer *answer, const char *data, gsize length)
{
  gsize step = answer->trickle_bytes > 0 ? answer->trickle_bytes : 65536;

  for (gsize at = 0; at < length; at += step) {
    gsize n = MIN (step, length - at);
    g_autofree char *size = g_strdup_printf ("%zx\r\n", n);

    if (at > 0 && answer->trickle_bytes > 0) {
      gint64 until = g_get_monotonic_time () + answer->trickle_milliseconds * G_TIME_SPAN_MILLISECOND;

      g_mutex_lock (&self->server->lock);
      while (!g_cancellable_is_cancelled (self->server->stop) &&
             g_cond_wait_until (&self->server->changed, &self->server->lock, until))
        continue;
      g_mutex_unlock (&self->server->lock);
    }
    if (answer->chunked && !write_all (self, size, strlen (size)))
      return FALSE;
    if (!write_all (self, data + at, n))
      return FALSE;
    if (answer->chunked && !write_all (self, "\r\n", 2))
      return FALSE;
  }

  return TRUE;
}

/* Where the client wants the body from, 0 where it wants all of it or If-Range names another version. */
static guint64
get_start (const ReelFaultAnswer *answer, const ReelFaultRequest *request)
{
  const char *range = reel_fault_request_get_header (request, "range");
  const char *condition = reel_fault_request_get_header (request, "if-range");

  if (!answer->ranges || range == NULL || !g_str_has_prefix (range, "bytes=") ||
      (condition != NULL && g_strcmp0 (condition, answer->etag) != 0))
    return 0;

  return g_ascii_strtoull (range + strlen ("bytes="), NULL, 10);
}

static void
wait_for_release (ReelFaultServer *self)
{
  g_mutex_lock (&self->lock);
  while (self->n_released == 0 && !g_cancellable_is_cancelled (self->stop))
    g_cond_wait (&self->changed, &self->lock);
  if (self->n_released > 0)
    self->n_released--;
  g_mutex_unlock (&self->lock);
}

/* Gives an answer; returns whether the connection can be used again. */
static gboolean
give_answer (Connection *self, const ReelFaultAnswer *answer, const ReelFaultRequest *request)
{
  g_autoptr (GString) head = g_string_new (NULL);
  gsize total;
  const char *data = g_bytes_get_data (answer->body, &total);
  guint64 start = get_start (answer, request);
  gsize length = total - MIN (start, total);

  if (answer->hold)
    wait_for_release (self->server);
  if (do_fault (self, answer->before))
    return FALSE;

  g_string_printf (head, "HTTP/1.1 %u Answer\r\n", start == 0 ? answer->status : length > 0 ? 206 : 416);
  if (start > 0 && length > 0)
    g_string_append_printf (head, "Content-Range: bytes %" G_GUINT64_FORMAT "-%zu/%zu\r\n", start, total - 1, total);
  else if (start > 0)
    g_string_append_printf (head, "Content-Range: bytes */%zu\r\n", total);
  if (answer->chunked)
    g_string_append (head, "Transfer-Encoding: chunked\r\n");
  else if (!answer->no_length)
    g_string_append_printf (head, "Content-Length: %zu\r\n", length);
  g_string_append_printf (head, "%s\r\n", answer->headers->str);

  if (!write_all (self, head->str, head->len))
    return FALSE;
  if (answer->cut != REEL_FAULT_NONE) {
    if (write_body (self, answer, data + total - length, MIN (length, answer->cut_at)))
      do_fault (self, answer->cut);
    return FALSE;
  }
  if (!write_body (self, answer, data + total - length, length))
    return FALSE;
  if (answer->chunked && !write_all (self, "0\r\n\r\n", 5))
    return FALSE;

  return !answer->no_length && strcasestr (answer->headers->str, "connection: close") == NULL;
}

static gboolean
open_stream (Connection *self)
{
  g_autoptr (GIOStream) stream = NULL;

  if (self->server->certificate == NULL)
    return TRUE;

  stream = g_tls_server_connection_new (self->stream, self->server->certificate, NULL);
  if (stream == NULL || !g_tls_connection_handshake (G_TLS_CONNECTION (stream), NULL, NULL))
    return FALSE;

  g_set_object (&self->stream, stream);

  return TRUE;
}

static gpointer
serve (gpointer data)
{
  g_autoptr (Connection) self = data;
  ReelFaultServer *server = self->server;
  gboolean again;

  g_mutex_lock (&server->lock);
  ReelFault accept_fault = server->accept_fault;
  g_mutex_unlock (&server->lock);

  /* Let down when the first bytes are there, unread: earlier, a client may not even know that it is connected. */
  if (accept_fault != REEL_FAULT_NONE)
    g_socket_condition_wait (g_socket_connection_get_socket (self->socket), G_IO_IN, server->stop, NULL);
  if (do_fault (self, accept_fault) || !open_stream (self))
    return NULL;

  do {
    ReelFaultRequest *request = read_request (self);
    const ReelFaultAnswer *answer;

    if (request == NULL)
      break;

    g_mutex_lock (&server->lock);
    answer = choose_answer (server, request);
    g_ptr_array_add (server->requests, request);
    g_mutex_unlock (&server->lock);
    g_main_context_wakeup (server->context);

    if (answer != NULL)
      again = give_answer (self, answer, request);
    else
      again = write_all (self, "HTTP/1.1 404 No Answer\r\nContent-Length: 0\r\n\r\n", 46);
  } while (again);

  return NULL;
}

/**
 * reel_fault_request_free:
 * @self: (transfer full): a request
 */
void
reel_fault_request_free (ReelFaultRequest *self)
{
  g_free (self->method);
  g_free (self->path);
  g_hash_table_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self);
}

/**
 * reel_fault_request_get_header:
 * @name: the name in lower case
 *
 * Returns: (nullable) (transfer none): the value of a header
 */
const char *
reel_fault_request_get_header (const ReelFaultRequest *self, const char *name)
{
  return g_hash_table_lookup (self->headers, name);
}

/**
 * reel_fault_connection_serve:
 * @server: the server, which waits for the thread before it ends
 * @socket: a connection that was just accepted
 * @number: its number
 *
 * Serves a connection; called under the lock.
 *
 * Returns: (transfer full): the thread
 */
GThread *
reel_fault_connection_serve (ReelFaultServer *server, GSocket *socket, guint number)
{
  Connection *self = g_new0 (Connection, 1);

  self->server = server;
  self->socket = g_socket_connection_factory_create_connection (socket);
  self->stream = g_object_ref (G_IO_STREAM (self->socket));
  self->buffer = g_string_new (NULL);
  self->number = number;

  return g_thread_new ("connection", serve, self);
}
