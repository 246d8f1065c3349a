#include "config.h"

#include "reel-fault-private.h"

#include <string.h>

/**
 * ReelFaultServer:
 *
 * A scriptable HTTP/1.1 server that can do everything that a broken server does.
 *
 * One thread accepts, one more serves each connection with blocking calls until the server stops. Everything that
 * both they and the test touch is under one lock.
 */
G_DEFINE_FINAL_TYPE (ReelFaultServer, reel_fault_server, G_TYPE_OBJECT)

static gpointer
accept_connections (gpointer data)
{
  ReelFaultServer *self = data;
  GSocket *socket;

  while ((socket = g_socket_accept (self->listener, self->stop, NULL)) != NULL) {
    g_mutex_lock (&self->lock);
    self->n_connections++;
    g_ptr_array_add (self->sockets, socket);
    g_ptr_array_add (self->threads, reel_fault_connection_serve (self, socket, self->n_connections));
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
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_fault_answer_free);
  self->retired = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_fault_answer_free);
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_fault_request_free);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
}

/**
 * reel_fault_matches:
 * @pattern: (nullable): a text, "…*" for all that begin so, or %NULL for all
 * @text: a text
 *
 * Tells whether a text is meant.
 */
gboolean
reel_fault_matches (const char *pattern, const char *text)
{
  if (pattern == NULL)
    return TRUE;

  return g_str_has_suffix (pattern, "*") ? strncmp (pattern, text, strlen (pattern) - 1) == 0
                                         : g_strcmp0 (pattern, text) == 0;
}

static void
listen_on (ReelFaultServer *self, guint16 port)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, port);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  self->listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (self->listener, wanted, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  address = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);

  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  self->acceptor = g_thread_new ("acceptor", accept_connections, self);
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

  g_set_object (&self->certificate, certificate);
  listen_on (self, 0);
  self->base_url = g_strdup_printf ("%s://127.0.0.1:%u", certificate != NULL ? "https" : "http", self->port);

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
  ReelFaultAnswer *answer = reel_fault_answer_new (method, path, status, body);

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
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_fault_answer_free);
  g_mutex_unlock (&self->lock);
}

/**
 * reel_fault_server_set_accept_fault:
 * @fault: what goes wrong
 *
 * Fails every new connection when its first bytes are there, unread, until it is set to %REEL_FAULT_NONE. Under TLS that
 * is inside the handshake.
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
 * reel_fault_server_start_again:
 *
 * Starts a server that was stopped, on the same port and with the same script.
 */
void
reel_fault_server_start_again (ReelFaultServer *self)
{
  g_assert_null (self->acceptor);

  g_cancellable_reset (self->stop);
  listen_on (self, self->port);
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

    if (reel_fault_matches (method, request->method) && reel_fault_matches (path, request->path) && index-- == 0)
      found = request;
  }
  g_mutex_unlock (&self->lock);

  return found;
}
