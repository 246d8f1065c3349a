#include "config.h"

#include "reel-test-proxy.h"

#include <string.h>

struct _ReelTestProxy
{
  GObject parent_instance;

  GSocketService *service;
  guint16 port;
  GCancellable *stop;

  GMutex lock;
  guint n_connections; /* whose threads have not ended */
  GCond ended;
  guint refusal;
  guint n_targets;
  char *target;
  GString *seen;
};

G_DEFINE_FINAL_TYPE (ReelTestProxy, reel_test_proxy, G_TYPE_OBJECT)

/* One direction of a tunnel. */
typedef struct
{
  ReelTestProxy *proxy;
  GInputStream *from;
  GOutputStream *to;
  GCancellable *over; /* ends both */
  gboolean is_recorded;
} Flow;

static void
note (ReelTestProxy *self, const char *bytes, gsize length)
{
  g_mutex_lock (&self->lock);
  g_string_append_len (self->seen, bytes, length);
  g_mutex_unlock (&self->lock);
}

static gpointer
flow (gpointer data)
{
  Flow *self = data;
  char bytes[16384];
  gssize n;

  while ((n = g_input_stream_read (self->from, bytes, sizeof bytes, self->over, NULL)) > 0) {
    if (self->is_recorded)
      note (self->proxy, bytes, n);
    if (!g_output_stream_write_all (self->to, bytes, n, NULL, self->over, NULL))
      break;
  }
  g_cancellable_cancel (self->over);

  return NULL;
}

static gboolean
read_exactly (ReelTestProxy *self, GInputStream *input, guint8 *bytes, gsize length)
{
  gsize n;

  if (!g_input_stream_read_all (input, bytes, length, &n, self->stop, NULL) || n < length)
    return FALSE;
  note (self, (const char *)bytes, length);

  return TRUE;
}

static gboolean
write_bytes (ReelTestProxy *self, GOutputStream *output, const void *bytes, gsize length)
{
  return g_output_stream_write_all (output, bytes, length, NULL, self->stop, NULL);
}

/* Takes a request for a connection; returns the port, 0 where none is to be made. */
static guint
take_target (ReelTestProxy *self, const char *host, guint port)
{
  guint refusal;

  g_mutex_lock (&self->lock);
  self->n_targets++;
  g_free (self->target);
  self->target = g_strdup_printf ("%s:%u", host, port);
  refusal = self->refusal;
  g_mutex_unlock (&self->lock);
  g_main_context_wakeup (NULL);

  return refusal != 0 ? 0 : port;
}

/* The request of SOCKS5 (RFC 1928), after its first byte. */
static guint
greet_socks (ReelTestProxy *self, GIOStream *stream)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  guint8 head[5], methods[255], name[256];
  guint port;

  if (!read_exactly (self, input, head, 1) || !read_exactly (self, input, methods, head[0]) ||
      !write_bytes (self, output, "\5\0", 2))
    return 0;
  /* CONNECT to a name. */
  if (!read_exactly (self, input, head, 5) || head[1] != 1 || head[3] != 3 ||
      !read_exactly (self, input, name, head[4] + 2))
    return 0;
  port = name[head[4]] << 8 | name[head[4] + 1];
  name[head[4]] = '\0';
  port = take_target (self, (const char *)name, port);
  write_bytes (self, output, port != 0 ? "\5\0\0\1\0\0\0\0\0\0" : "\5\4\0\1\0\0\0\0\0\0", 10);

  return port;
}

/* The request of HTTP, after its first byte. */
static guint
greet_http (ReelTestProxy *self, GIOStream *stream)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  g_autoptr (GString) head = g_string_new ("C");
  g_autofree char *refusal = NULL;
  g_auto (GStrv) words = NULL;
  guint8 byte;
  char *colon;
  guint port = 0;

  while (strstr (head->str, "\r\n\r\n") == NULL) {
    if (!read_exactly (self, input, &byte, 1))
      return 0;
    g_string_append_c (head, (char)byte);
  }
  words = g_strsplit (head->str, " ", 3);
  colon = words[1] != NULL ? strrchr (words[1], ':') : NULL;
  if (g_strcmp0 (words[0], "CONNECT") == 0 && colon != NULL) {
    *colon = '\0';
    port = take_target (self, words[1], g_ascii_strtoull (colon + 1, NULL, 10));
  }

  g_mutex_lock (&self->lock);
  refusal = port != 0 ? g_strdup ("HTTP/1.1 200 Connected\r\n\r\n")
                      : g_strdup_printf ("HTTP/1.1 %u Refused\r\nContent-Length: 5\r\nProxy-Authenticate: Basic "
                                         "realm=\"x\"\r\nLocation: http://portal.example/\r\n\r\nhello",
                                         self->refusal != 0 ? self->refusal : 405);
  g_mutex_unlock (&self->lock);
  write_bytes (self, g_io_stream_get_output_stream (stream), refusal, strlen (refusal));

  return port;
}

static void
on_stopped (GCancellable *stop, GCancellable *over)
{
  g_cancellable_cancel (over);
}

static void
serve (ReelTestProxy *self, GIOStream *stream)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) server = NULL;
  g_autoptr (GCancellable) over = g_cancellable_new ();
  Flow up = {.proxy = self, .from = g_io_stream_get_input_stream (stream), .over = over, .is_recorded = TRUE};
  Flow down = {.proxy = self, .to = g_io_stream_get_output_stream (stream), .over = over};
  GThread *thread;
  gulong stopped;
  guint8 first;
  guint port;

  if (!read_exactly (self, up.from, &first, 1))
    return;
  port = first == 5 ? greet_socks (self, stream) : greet_http (self, stream);
  if (port == 0)
    return;

  g_socket_client_set_enable_proxy (client, FALSE);
  server = g_socket_client_connect_to_host (client, "127.0.0.1", port, self->stop, NULL);
  if (server == NULL)
    return;

  up.to = g_io_stream_get_output_stream (G_IO_STREAM (server));
  down.from = g_io_stream_get_input_stream (G_IO_STREAM (server));
  stopped = g_cancellable_connect (self->stop, G_CALLBACK (on_stopped), g_object_ref (over), g_object_unref);
  thread = g_thread_new ("down", flow, &down);
  flow (&up);
  g_thread_join (thread);
  g_cancellable_disconnect (self->stop, stopped);
}

static gboolean
on_run (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, ReelTestProxy *self)
{
  serve (self, G_IO_STREAM (connection));
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  g_mutex_lock (&self->lock);
  self->n_connections--;
  g_cond_broadcast (&self->ended);
  g_mutex_unlock (&self->lock);

  return TRUE;
}

/* In the thread of the test, before the one of the connection begins. */
static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, ReelTestProxy *self)
{
  g_mutex_lock (&self->lock);
  self->n_connections++;
  g_mutex_unlock (&self->lock);

  return FALSE;
}

static void
reel_test_proxy_finalize (GObject *object)
{
  ReelTestProxy *self = REEL_TEST_PROXY (object);

  reel_test_proxy_stop (self);
  g_cancellable_cancel (self->stop);
  g_mutex_lock (&self->lock);
  while (self->n_connections > 0)
    g_cond_wait (&self->ended, &self->lock);
  g_mutex_unlock (&self->lock);

  g_object_unref (self->service);
  g_object_unref (self->stop);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ended);
  g_free (self->target);
  g_string_free (self->seen, TRUE);

  G_OBJECT_CLASS (reel_test_proxy_parent_class)->finalize (object);
}

static void
reel_test_proxy_class_init (ReelTestProxyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_test_proxy_finalize;
}

static void
reel_test_proxy_init (ReelTestProxy *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0), bound = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->lock);
  g_cond_init (&self->ended);
  self->seen = g_string_new (NULL);
  self->stop = g_cancellable_new ();
  self->service = g_threaded_socket_service_new (-1);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  g_signal_connect (self->service, "run", G_CALLBACK (on_run), self);
  g_socket_service_start (self->service);
}

ReelTestProxy *
reel_test_proxy_new (void)
{
  return g_object_new (REEL_TYPE_TEST_PROXY, NULL);
}

char *
reel_test_proxy_make_url (ReelTestProxy *self, const char *scheme)
{
  return g_strdup_printf ("%s://127.0.0.1:%u", scheme, self->port);
}

void
reel_test_proxy_set_refusal (ReelTestProxy *self, guint status)
{
  g_mutex_lock (&self->lock);
  self->refusal = status;
  g_mutex_unlock (&self->lock);
}

void
reel_test_proxy_stop (ReelTestProxy *self)
{
  g_signal_handlers_disconnect_by_func (self->service, on_incoming, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
}

guint
reel_test_proxy_count (ReelTestProxy *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_targets;
  g_mutex_unlock (&self->lock);

  return n;
}

char *
reel_test_proxy_dup_target (ReelTestProxy *self)
{
  char *target;

  g_mutex_lock (&self->lock);
  target = g_strdup (self->target);
  g_mutex_unlock (&self->lock);

  return target;
}

gboolean
reel_test_proxy_has_seen (ReelTestProxy *self, const char *text)
{
  gboolean has;

  g_mutex_lock (&self->lock);
  has = memmem (self->seen->str, self->seen->len, text, strlen (text)) != NULL;
  g_mutex_unlock (&self->lock);

  return has;
}
