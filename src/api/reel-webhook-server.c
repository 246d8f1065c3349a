#include "config.h"

#include "reel-webhook-server.h"

#include "reel-webhook-desk.h"
#include "reel-webhook-door.h"

#include <string.h>

/* Where the thread puts hints; counted. It holds no reference of the server: the last one would end in the thread that the
 * server then waits for. */
typedef struct
{
  ReelWebhookServer *server; /* borrowed, NULL once it is stopped; for the context alone */
  GMainContext *context;     /* owned: the maker's */
} Outbox;

/**
 * ReelWebhookServer:
 *
 * Receives webhooks on a port of this machine, for a tunnel or a proxy to bring them to. It runs in a thread of its own, so
 * that nothing that comes from outside holds the main loop of the application.
 *
 * ReelWebhookServer::hint (token, generation, verified) says in the context of its maker that a webhook came to the
 * address with this token, what it tells (a #ReelGeneration), and whether its signature proves who sent it. Whatever it
 * tells is a hint: only the service's own answer to a question is the truth.
 */
struct _ReelWebhookServer
{
  GObject parent_instance;

  guint16 port;
  char *secret;     /* nullable */
  guint time_limit; /* milliseconds */

  GThread *thread;       /* NULL while it does not run */
  GMainContext *context; /* the thread's */
  GMainLoop *loop;       /* the thread's */
  Outbox *outbox;
};

G_DEFINE_FINAL_TYPE (ReelWebhookServer, reel_webhook_server, G_TYPE_OBJECT)

enum
{
  PROP_PORT = 1,
  PROP_SECRET,
  PROP_TIME_LIMIT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  HINT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A hint on its way to the context of the maker. */
typedef struct
{
  Outbox *outbox; /* owned */
  char *token;
  ReelGeneration *generation; /* owned */
  gboolean verified;
} Hint;

/* What the thread gets. */
typedef struct
{
  GMainContext *context; /* owned */
  GMainLoop *loop;       /* owned */
  Outbox *outbox;        /* owned */
  GPtrArray *sockets;    /* owned */
  char *secret;          /* owned, nullable */
  guint time_limit;
} ThreadData;

static void
free_secret (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
outbox_clear (gpointer data)
{
  g_main_context_unref (((Outbox *)data)->context);
}

static void
outbox_release (Outbox *outbox)
{
  g_atomic_rc_box_release_full (outbox, outbox_clear);
}

static void
hint_free (gpointer data)
{
  Hint *hint = data;

  outbox_release (hint->outbox);
  g_free (hint->token);
  reel_generation_free (hint->generation);
  g_free (hint);
}

static gboolean
on_hint_delivered (gpointer data)
{
  const Hint *hint = data;

  if (hint->outbox->server != NULL)
    g_signal_emit (hint->outbox->server, signals[HINT], 0, hint->token, hint->generation, hint->verified);

  return G_SOURCE_REMOVE;
}

static void
on_hint (const char *token, ReelGeneration *generation, gboolean verified, gpointer data)
{
  Outbox *outbox = data;
  g_autoptr (GSource) source = g_idle_source_new ();
  Hint *hint = g_new0 (Hint, 1);

  hint->outbox = g_atomic_rc_box_acquire (outbox);
  hint->token = g_strdup (token);
  hint->generation = generation;
  hint->verified = verified;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_hint_delivered, hint, hint_free);
  g_source_attach (source, outbox->context);
}

static void
on_connection (GIOStream *connection, GSocketAddress *local, GSocketAddress *remote, gpointer data)
{
  reel_webhook_desk_serve (data, connection, local, remote);
}

static gpointer
run (gpointer user_data)
{
  ThreadData *data = user_data;
  ReelWebhookDesk *desk;
  ReelWebhookDoor *door;

  g_main_context_push_thread_default (data->context);
  desk = reel_webhook_desk_new (data->secret, on_hint, data->outbox);
  door = reel_webhook_door_new (data->sockets, data->time_limit, on_connection, desk);
  g_main_loop_run (data->loop);

  reel_webhook_door_free (door);
  reel_webhook_desk_free (desk);
  /* What was ended is let go of in the loop. */
  for (int i = 0; i < 100 && g_main_context_iteration (data->context, FALSE); i++)
    ;
  g_main_context_pop_thread_default (data->context);

  g_main_loop_unref (data->loop);
  g_main_context_unref (data->context);
  outbox_release (data->outbox);
  g_ptr_array_unref (data->sockets);
  free_secret (data->secret);
  g_free (data);

  return NULL;
}

static gboolean
on_quit (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_REMOVE;
}

static void
reel_webhook_server_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelWebhookServer *self = REEL_WEBHOOK_SERVER (object);

  switch (id) {
  case PROP_PORT:
    self->port = g_value_get_uint (value);
    break;
  case PROP_SECRET:
    self->secret = g_value_dup_string (value);
    break;
  case PROP_TIME_LIMIT:
    self->time_limit = g_value_get_uint (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_webhook_server_dispose (GObject *object)
{
  reel_webhook_server_stop (REEL_WEBHOOK_SERVER (object));

  G_OBJECT_CLASS (reel_webhook_server_parent_class)->dispose (object);
}

static void
reel_webhook_server_finalize (GObject *object)
{
  free_secret (REEL_WEBHOOK_SERVER (object)->secret);

  G_OBJECT_CLASS (reel_webhook_server_parent_class)->finalize (object);
}

static void
reel_webhook_server_class_init (ReelWebhookServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = reel_webhook_server_set_property;
  object_class->dispose = reel_webhook_server_dispose;
  object_class->finalize = reel_webhook_server_finalize;

  properties[PROP_PORT] = g_param_spec_uint ("port", NULL, NULL, 0, G_MAXUINT16, 0, flags);
  properties[PROP_SECRET] = g_param_spec_string ("secret", NULL, NULL, NULL, flags);
  properties[PROP_TIME_LIMIT] =
      g_param_spec_uint ("time-limit", NULL, NULL, 1, G_MAXUINT, REEL_WEBHOOK_SERVER_TIME_LIMIT, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[HINT] = g_signal_new ("hint", REEL_TYPE_WEBHOOK_SERVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                3, G_TYPE_STRING, G_TYPE_POINTER, G_TYPE_BOOLEAN);
}

static void
reel_webhook_server_init (ReelWebhookServer *self)
{
}

/**
 * reel_webhook_server_new:
 * @port: a port, 0 for one that the kernel picks
 * @secret: (nullable): what the service signs webhooks with; unsigned ones are refused then. %NULL: they are taken too
 *
 * Makes a receiver that does not run.
 *
 * Returns: (transfer full): the receiver
 */
ReelWebhookServer *
reel_webhook_server_new (guint16 port, const char *secret)
{
  return g_object_new (REEL_TYPE_WEBHOOK_SERVER, "port", (guint)port, "secret", secret, NULL);
}

/**
 * reel_webhook_server_start:
 * @error: %G_IO_ERROR_ADDRESS_IN_USE where another program listens on the port, or another #GIOErrorEnum
 *
 * Listens from now on, on the loopback addresses alone. Hints come in the thread-default main context of the caller.
 */
gboolean
reel_webhook_server_start (ReelWebhookServer *self, GError **error)
{
  GPtrArray *sockets;
  g_autoptr (GSocketAddress) address = NULL;
  ThreadData *data;

  g_return_val_if_fail (REEL_IS_WEBHOOK_SERVER (self) && self->thread == NULL, FALSE);

  sockets = reel_webhook_door_listen (self->port, error);
  if (sockets == NULL)
    return FALSE;

  address = g_socket_get_local_address (sockets->pdata[0], NULL);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->outbox = g_atomic_rc_box_new0 (Outbox);
  self->outbox->server = self;
  self->outbox->context = g_main_context_ref_thread_default ();

  data = g_new0 (ThreadData, 1);
  data->context = g_main_context_ref (self->context);
  data->loop = g_main_loop_ref (self->loop);
  data->outbox = g_atomic_rc_box_acquire (self->outbox);
  data->sockets = sockets;
  data->secret = g_strdup (self->secret);
  data->time_limit = self->time_limit;
  self->thread = g_thread_new ("webhooks", run, data);

  return TRUE;
}

/**
 * reel_webhook_server_stop:
 *
 * Ends every connection and frees the port. No hint comes after this.
 */
void
reel_webhook_server_stop (ReelWebhookServer *self)
{
  g_autoptr (GSource) source = NULL;

  g_return_if_fail (REEL_IS_WEBHOOK_SERVER (self));

  if (self->thread == NULL)
    return;

  /* Not g_main_loop_quit() from here: the loop may not have begun yet. */
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, on_quit, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (g_steal_pointer (&self->thread));

  self->outbox->server = NULL;
  g_clear_pointer (&self->outbox, outbox_release);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
}

/**
 * reel_webhook_server_get_port:
 *
 * Returns: the port; the one that the kernel picked once it runs
 */
guint16
reel_webhook_server_get_port (ReelWebhookServer *self)
{
  g_return_val_if_fail (REEL_IS_WEBHOOK_SERVER (self), 0);

  return self->port;
}
