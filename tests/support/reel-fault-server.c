#include "config.h"

#include "reel-fault-server.h"

#include <string.h>
#include <sys/socket.h>

/**
 * ReelFaultServer:
 *
 * A scriptable HTTP/1.1 server that can do everything that a broken server does.
 *
 * One thread accepts, one more serves each connection with blocking calls until the server stops. Everything that
 * both they and the test touch is under one lock.
 */
struct _ReelFaultServer
{
  GObject parent_instance;

  GMainContext *context; /* the test's: woken when something happens */
  GTlsCertificate *certificate;
  GSocket *listener;
  char *base_url;
  GCancellable *stop;
  GThread *acceptor;

  GMutex lock;
  GCond changed;
  GPtrArray *threads;  /* GThread of each connection */
  GPtrArray *sockets;  /* GSocket of each connection */
  GPtrArray *answers;  /* ReelFaultAnswer in the order of the script */
  GPtrArray *retired;  /* ReelFaultAnswer that were cleared, maybe still being given */
  GPtrArray *requests; /* ReelFaultRequest in the order they came */
  ReelFault accept_fault;
  guint n_connections;
  guint n_stalled;
  guint n_released;
};

struct _ReelFaultAnswer
{
  char *method;
  char *path;
  guint status;
  GString *headers;
  char *etag;
  GBytes *body;
  gboolean chunked;
  gboolean no_length;
  gboolean ranges;
  gboolean hold;
  gsize trickle_bytes;
  guint trickle_milliseconds;
  ReelFault before;
  gsize cut_at;
  ReelFault cut;
  gboolean used;
};

typedef struct
{
  ReelFaultServer *server; /* borrowed: outlives the thread */
  GSocketConnection *socket;
  GIOStream *stream; /* TLS or the socket itself */
  GString *buffer;   /* read, not yet used */
  guint number;
} Connection;

G_DEFINE_FINAL_TYPE (ReelFaultServer, reel_fault_server, G_TYPE_OBJECT)

static void
request_free (ReelFaultRequest *self)
{
  g_free (self->method);
  g_free (self->path);
  g_hash_table_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelFaultRequest, request_free)

static void
answer_free (ReelFaultAnswer *self)
{
  g_free (self->method);
  g_free (self->path);
  g_string_free (self->headers, TRUE);
  g_free (self->etag);
  g_bytes_unref (self->body);
  g_free (self);
}

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

static gboolean
matches (const char *pattern, const char *text)
{
  if (pattern == NULL)
    return TRUE;

  return g_str_has_suffix (pattern, "*") ? strncmp (pattern, text, strlen (pattern) - 1) == 0
                                         : g_strcmp0 (pattern, text) == 0;
}

/* The first unused answer of the script for a request, or else the last of them: it stays. */
static ReelFaultAnswer *
choose_answer (ReelFaultServer *self, const ReelFaultRequest *request)
{
  ReelFaultAnswer *last = NULL;

  for (guint i = 0; i < self->answers->len; i++) {
    ReelFaultAnswer *answer = self->answers->pdata[i];

    if (!matches (answer->method, request->method) || !matches (answer->path, request->path))
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

  /* A client that talks TLS is let down in the middle of its handshake. */
  if (accept_fault != REEL_FAULT_NONE && server->certificate != NULL)
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

static gpointer
accept_connections (gpointer data)
{
  ReelFaultServer *self = data;
  GSocket *socket;

  while ((socket = g_socket_accept (self->listener, self->stop, NULL)) != NULL) {
    Connection *connection = g_new0 (Connection, 1);

    connection->server = self;
    connection->socket = g_socket_connection_factory_create_connection (socket);
    connection->stream = g_object_ref (G_IO_STREAM (connection->socket));
    connection->buffer = g_string_new (NULL);
    g_object_unref (socket);

    g_mutex_lock (&self->lock);
    connection->number = ++self->n_connections;
    g_ptr_array_add (self->sockets, g_object_ref (g_socket_connection_get_socket (connection->socket)));
    g_ptr_array_add (self->threads, g_thread_new ("connection", serve, connection));
    g_mutex_unlock (&self->lock);
    g_main_context_wakeup (self->context);
  }

  return NULL;
}

static void
reel_fault_server_finalize (GObject *object)
{
  ReelFaultServer *self = REEL_FAULT_SERVER (object);

  reel_fault_server_stop (self);
  g_main_context_unref (self->context);
  g_clear_object (&self->certificate);
  g_object_unref (self->stop);
  g_free (self->base_url);
  g_ptr_array_unref (self->threads);
  g_ptr_array_unref (self->sockets);
  g_ptr_array_unref (self->answers);
  g_ptr_array_unref (self->retired);
  g_ptr_array_unref (self->requests);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);

  G_OBJECT_CLASS (reel_fault_server_parent_class)->finalize (object);
}

static void
reel_fault_server_class_init (ReelFaultServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_fault_server_finalize;
}

static void
reel_fault_server_init (ReelFaultServer *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->stop = g_cancellable_new ();
  self->threads = g_ptr_array_new ();
  self->sockets = g_ptr_array_new_with_free_func (g_object_unref);
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify)answer_free);
  self->retired = g_ptr_array_new_with_free_func ((GDestroyNotify)answer_free);
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify)request_free);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
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
 * reel_fault_answer_set_header:
 * @name: a name; ETag counts for If-Range, "Connection: close" ends the connection
 * @value: its value
 *
 * Adds a header.
 */
void
reel_fault_answer_set_header (ReelFaultAnswer *self, const char *name, const char *value)
{
  g_string_append_printf (self->headers, "%s: %s\r\n", name, value);
  if (g_ascii_strcasecmp (name, "etag") == 0)
    g_set_str (&self->etag, value);
}

/**
 * reel_fault_answer_set_body:
 * @body: any bytes
 *
 * Sets the body, where it is not a text.
 */
void
reel_fault_answer_set_body (ReelFaultAnswer *self, GBytes *body)
{
  g_bytes_unref (self->body);
  self->body = g_bytes_ref (body);
}

/**
 * reel_fault_answer_set_chunked:
 *
 * Sends the body in chunks instead of with its length.
 */
void
reel_fault_answer_set_chunked (ReelFaultAnswer *self)
{
  self->chunked = TRUE;
}

/**
 * reel_fault_answer_set_gzip:
 *
 * Compresses the body that is there now.
 */
void
reel_fault_answer_set_gzip (ReelFaultAnswer *self)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, converter);
  gsize length;
  const char *data = g_bytes_get_data (self->body, &length);

  g_assert_true (g_output_stream_write_all (stream, data, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  g_bytes_unref (self->body);
  self->body = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  reel_fault_answer_set_header (self, "Content-Encoding", "gzip");
}

/**
 * reel_fault_answer_set_no_length:
 *
 * Leaves the length out: the body ends with the connection.
 */
void
reel_fault_answer_set_no_length (ReelFaultAnswer *self)
{
  self->no_length = TRUE;
}

/**
 * reel_fault_answer_set_ranges:
 *
 * Answers a Range header with 206 (or 416), unless If-Range names another ETag.
 */
void
reel_fault_answer_set_ranges (ReelFaultAnswer *self)
{
  self->ranges = TRUE;
}

/**
 * reel_fault_answer_set_hold:
 *
 * Waits for reel_fault_server_release() before answering.
 */
void
reel_fault_answer_set_hold (ReelFaultAnswer *self)
{
  self->hold = TRUE;
}

/**
 * reel_fault_answer_set_trickle:
 * @bytes: how many bytes of the body are sent at once; with chunks, the size of one
 * @milliseconds: the pause between them
 *
 * Sends the body slowly.
 */
void
reel_fault_answer_set_trickle (ReelFaultAnswer *self, gsize bytes, guint milliseconds)
{
  self->trickle_bytes = bytes;
  self->trickle_milliseconds = milliseconds;
}

/**
 * reel_fault_answer_fail_before:
 * @fault: what goes wrong
 *
 * Fails after the request was read and before a byte of the answer.
 */
void
reel_fault_answer_fail_before (ReelFaultAnswer *self, ReelFault fault)
{
  self->before = fault;
}

/**
 * reel_fault_answer_cut:
 * @body_bytes: how many bytes of the body are sent first
 * @fault: what goes wrong then
 *
 * Fails inside the body; the headers still tell its whole length.
 */
void
reel_fault_answer_cut (ReelFaultAnswer *self, gsize body_bytes, ReelFault fault)
{
  self->cut_at = body_bytes;
  self->cut = fault;
}

/**
 * reel_fault_server_new:
 * @certificate: (nullable): with it the server talks TLS
 *
 * Starts a server on a port of 127.0.0.1 that the kernel picks. What has no answer gets a 404.
 *
 * Returns: (transfer full): the server; it ends with its last reference
 */
ReelFaultServer *
reel_fault_server_new (GTlsCertificate *certificate)
{
  ReelFaultServer *self = g_object_new (REEL_TYPE_FAULT_SERVER, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  g_set_object (&self->certificate, certificate);
  self->listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (self->listener, wanted, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  address = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);

  self->base_url = g_strdup_printf ("%s://127.0.0.1:%u", certificate != NULL ? "https" : "http",
                                    g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  self->acceptor = g_thread_new ("acceptor", accept_connections, self);

  return self;
}

/**
 * reel_fault_server_get_base_url:
 *
 * Returns: (transfer none): scheme, host and port, without a slash at the end; good also after the server stopped
 */
const char *
reel_fault_server_get_base_url (ReelFaultServer *self)
{
  return self->base_url;
}

/**
 * reel_fault_server_add:
 * @method: (nullable): the method, or %NULL for all
 * @path: (nullable): path and query as on the wire, "…*" for all that begin so, or %NULL for all
 * @status: the HTTP status
 * @body: (nullable): the body
 *
 * Adds an answer to the script. The answers to one request are given in the order in which they were added; the last
 * of them is given again and again.
 *
 * Returns: (transfer none): the answer, to say more about it before its request comes in
 */
ReelFaultAnswer *
reel_fault_server_add (ReelFaultServer *self, const char *method, const char *path, guint status, const char *body)
{
  ReelFaultAnswer *answer = g_new0 (ReelFaultAnswer, 1);

  answer->method = g_strdup (method);
  answer->path = g_strdup (path);
  answer->status = status;
  answer->headers = g_string_new (NULL);
  answer->body = g_bytes_new (body, body != NULL ? strlen (body) : 0);

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->answers, answer);
  g_mutex_unlock (&self->lock);

  return answer;
}

/**
 * reel_fault_server_clear:
 *
 * Forgets the script, so that another can be written; what came in is kept.
 */
void
reel_fault_server_clear (ReelFaultServer *self)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_extend_and_steal (self->retired, g_steal_pointer (&self->answers));
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify)answer_free);
  g_mutex_unlock (&self->lock);
}

/**
 * reel_fault_server_set_accept_fault:
 * @fault: what goes wrong
 *
 * Fails every new connection before anything is read from it, until it is set to %REEL_FAULT_NONE. Under TLS that is when
 * the client has begun the handshake.
 */
void
reel_fault_server_set_accept_fault (ReelFaultServer *self, ReelFault fault)
{
  g_mutex_lock (&self->lock);
  self->accept_fault = fault;
  g_mutex_unlock (&self->lock);
}

/**
 * reel_fault_server_release:
 *
 * Lets one answer go that is held, now or later.
 */
void
reel_fault_server_release (ReelFaultServer *self)
{
  g_mutex_lock (&self->lock);
  self->n_released++;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/**
 * reel_fault_server_stop:
 *
 * Ends the server with all its connections: from then on its port refuses. What came in can still be read.
 */
void
reel_fault_server_stop (ReelFaultServer *self)
{
  if (self->acceptor == NULL)
    return;

  g_mutex_lock (&self->lock);
  g_cancellable_cancel (self->stop);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);

  g_thread_join (g_steal_pointer (&self->acceptor));
  /* TLS is not cancelled but cut off: a cancelled read leaks inside glib-networking. */
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->sockets->len; i++)
    g_socket_shutdown (self->sockets->pdata[i], TRUE, TRUE, NULL);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (self->threads->pdata[i]);
  g_ptr_array_set_size (self->threads, 0);
  g_ptr_array_set_size (self->sockets, 0);
  g_socket_close (self->listener, NULL);
  g_clear_object (&self->listener);
}

/**
 * reel_fault_server_count:
 * @method: (nullable): a method, or %NULL for all
 * @path: (nullable): a path, "…*" for all that begin so, or %NULL for all
 *
 * Returns: how many such requests came in whole
 */
guint
reel_fault_server_count (ReelFaultServer *self, const char *method, const char *path)
{
  guint n = 0;

  while (reel_fault_server_get_request (self, method, path, n) != NULL)
    n++;

  return n;
}

/**
 * reel_fault_server_count_connections:
 *
 * Returns: how many connections were accepted
 */
guint
reel_fault_server_count_connections (ReelFaultServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_connections;
  g_mutex_unlock (&self->lock);

  return n;
}

/**
 * reel_fault_server_count_stalled:
 *
 * Returns: how many times %REEL_FAULT_STALL was reached
 */
guint
reel_fault_server_count_stalled (ReelFaultServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_stalled;
  g_mutex_unlock (&self->lock);

  return n;
}

/**
 * reel_fault_server_get_request:
 * @method: (nullable): a method, or %NULL for all
 * @path: (nullable): a path, "…*" for all that begin so, or %NULL for all
 * @index: which of them, from 0
 *
 * Returns: (transfer none) (nullable): the request, valid as long as the server
 */
const ReelFaultRequest *
reel_fault_server_get_request (ReelFaultServer *self, const char *method, const char *path, guint index)
{
  const ReelFaultRequest *found = NULL;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->requests->len && found == NULL; i++) {
    const ReelFaultRequest *request = self->requests->pdata[i];

    if (matches (method, request->method) && matches (path, request->path) && index-- == 0)
      found = request;
  }
  g_mutex_unlock (&self->lock);

  return found;
}
