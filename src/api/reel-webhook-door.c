#include "config.h"

#include "reel-webhook-door.h"

#include "reel-capped-input.h"

/* Connections at once. What comes beyond waits in the kernel until one of them ends. */
#define MOST_AT_ONCE 16

/* What a connection may send in all: headers and body of a webhook, and what encodes them. */
#define MOST_BYTES (128 * 1024)

/**
 * ReelWebhookDoor:
 *
 * Lets connections in from sockets of this machine, a few at a time, and cuts each off that takes too long or sends too much:
 * what comes through a tunnel is the whole world. It belongs to the thread-default main context of its maker.
 */
struct _ReelWebhookDoor
{
  GPtrArray *sockets; /* GSocket */
  GPtrArray *sources; /* GSource: wait for connections; empty while there are enough */
  GPtrArray *visits;  /* Visit, borrowed: each goes with its connection */
  guint time_limit;   /* milliseconds */
  ReelWebhookDoorFunc func;
  gpointer data;
};

/* A connection that is open. */
typedef struct
{
  ReelWebhookDoor *door; /* borrowed, NULL once it is gone */
  GSocket *socket;       /* owned */
  GSource *limit;        /* owned */
} Visit;

static void open_door (ReelWebhookDoor *self);

static void
destroy_source (gpointer source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

static void
on_gone (gpointer data, GObject *stream)
{
  Visit *visit = data;

  destroy_source (visit->limit);
  g_socket_close (visit->socket, NULL);
  g_object_unref (visit->socket);
  if (visit->door != NULL) {
    g_ptr_array_remove_fast (visit->door->visits, visit);
    open_door (visit->door);
  }
  g_free (visit);
}

/* Whoever reads from the connection finds its end. */
static gboolean
on_time_over (gpointer data)
{
  Visit *visit = data;

  g_socket_shutdown (visit->socket, TRUE, TRUE, NULL);

  return G_SOURCE_CONTINUE;
}

static void
let_in (ReelWebhookDoor *self, GSocket *socket)
{
  g_autoptr (GSocketConnection) connection = g_socket_connection_factory_create_connection (socket);
  GIOStream *both = G_IO_STREAM (connection);
  g_autoptr (GInputStream) input = reel_capped_input_new (g_io_stream_get_input_stream (both), MOST_BYTES);
  g_autoptr (GIOStream) stream = g_simple_io_stream_new (input, g_io_stream_get_output_stream (both));
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (socket, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);
  Visit *visit;

  /* There is no address where the client has gone already. */
  if (local == NULL || remote == NULL)
    return;

  visit = g_new0 (Visit, 1);
  visit->door = self;
  visit->socket = g_object_ref (socket);
  visit->limit = g_timeout_source_new (self->time_limit);
  g_source_set_callback (visit->limit, on_time_over, visit, NULL);
  g_source_attach (visit->limit, g_main_context_get_thread_default ());
  g_ptr_array_add (self->visits, visit);
  g_object_weak_ref (G_OBJECT (stream), on_gone, visit);

  self->func (stream, local, remote, self->data);
}

static gboolean
on_knock (GSocket *socket, GIOCondition condition, gpointer data)
{
  ReelWebhookDoor *self = data;
  g_autoptr (GSocket) visitor = g_socket_accept (socket, NULL, NULL);

  if (visitor != NULL)
    let_in (self, visitor);
  if (self->visits->len >= MOST_AT_ONCE)
    g_ptr_array_set_size (self->sources, 0);

  return G_SOURCE_CONTINUE;
}

static void
open_door (ReelWebhookDoor *self)
{
  if (self->sources->len > 0 || self->visits->len >= MOST_AT_ONCE)
    return;

  for (guint i = 0; i < self->sockets->len; i++) {
    GSource *source = g_socket_create_source (self->sockets->pdata[i], G_IO_IN, NULL);

    g_source_set_callback (source, G_SOURCE_FUNC (on_knock), self, NULL);
    g_source_attach (source, g_main_context_get_thread_default ());
    g_ptr_array_add (self->sources, source);
  }
}

static GSocket *
listen_on (const char *host, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (host, port);
  g_autoptr (GSocket) socket = NULL;

  socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (socket == NULL)
    return NULL;

  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, MOST_AT_ONCE);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;

  return g_steal_pointer (&socket);
}

static guint16
get_port (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, NULL);

  return address != NULL ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)) : 0;
}

/**
 * reel_webhook_door_listen:
 * @port: a port, 0 for one that the kernel picks
 * @error: %G_IO_ERROR_ADDRESS_IN_USE where another program listens there, or another #GIOErrorEnum
 *
 * Opens the sockets of a port on 127.0.0.1 and, where this machine has IPv6, on ::1: nobody but this machine reaches them.
 *
 * Returns: (transfer full) (element-type GSocket): the sockets, which listen
 */
GPtrArray *
reel_webhook_door_listen (guint16 port, GError **error)
{
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) problem = NULL;
  GSocket *socket = listen_on ("127.0.0.1", port, error);

  if (socket == NULL)
    return NULL;

  g_ptr_array_add (sockets, socket);
  socket = listen_on ("::1", get_port (socket), &problem);
  if (socket != NULL) {
    g_ptr_array_add (sockets, socket);
  } else if (port != 0 && g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE)) {
    /* A tunnel to "localhost" would find the other program. */
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }

  return g_steal_pointer (&sockets);
}

/**
 * reel_webhook_door_new:
 * @sockets: (element-type GSocket): from reel_webhook_door_listen()
 * @time_limit: how long a connection may take from its first moment to its end, milliseconds
 * @func: gets each connection
 * @data: for @func
 *
 * Opens the door.
 *
 * Returns: (transfer full): the door
 */
ReelWebhookDoor *
reel_webhook_door_new (GPtrArray *sockets, guint time_limit, ReelWebhookDoorFunc func, gpointer data)
{
  ReelWebhookDoor *self = g_new0 (ReelWebhookDoor, 1);

  self->sockets = g_ptr_array_ref (sockets);
  self->sources = g_ptr_array_new_with_free_func (destroy_source);
  self->visits = g_ptr_array_new ();
  self->time_limit = time_limit;
  self->func = func;
  self->data = data;
  open_door (self);

  return self;
}

/**
 * reel_webhook_door_free:
 * @self: (transfer full): a door
 *
 * Lets nobody in any more and ends every connection.
 */
void
reel_webhook_door_free (ReelWebhookDoor *self)
{
  g_ptr_array_unref (self->sources);
  for (guint i = 0; i < self->sockets->len; i++)
    g_socket_close (self->sockets->pdata[i], NULL);
  g_ptr_array_unref (self->sockets);

  for (guint i = 0; i < self->visits->len; i++) {
    Visit *visit = self->visits->pdata[i];

    visit->door = NULL;
    g_socket_shutdown (visit->socket, TRUE, TRUE, NULL);
  }
  g_ptr_array_unref (self->visits);
  g_free (self);
}
