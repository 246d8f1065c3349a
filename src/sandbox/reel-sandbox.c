#include "config.h"

#include "reel-sandbox.h"

#include "reel-sandbox-job.h"
#include "reel-sandbox-keys.h"
#include "reel-sandbox-models.h"
#include "reel-sandbox-server.h"
#include "reel-sandbox-words.h"

#include <gst/gst.h>

/**
 * ReelSandbox:
 *
 * The built-in simulation of the vendor's service.
 *
 * It runs in a thread of its own (its HTTP server, its files, its hashing; GStreamer adds its own for the rendering), so
 * that it never holds the main loop of the application. Jobs survive a restart in the state folder: those that were
 * under way go on when another sandbox starts there.
 */
struct _ReelSandbox
{
  GObject parent_instance;

  ReelSandboxOptions options; /* read by the thread while it runs */
  GThread *thread;            /* nullable */
  GMainContext *context;      /* the thread's */
  GMainLoop *loop;            /* the thread's */
  char *base_url;             /* nullable */
};

G_DEFINE_FINAL_TYPE (ReelSandbox, reel_sandbox, G_TYPE_OBJECT)

enum
{
  PROP_PORT = 1,
  PROP_SPEED,
  PROP_WEBHOOK_SECRET,
  PROP_WEBHOOK_URL,
  PROP_CREDITS,
  PROP_RATE,
  PROP_STATE_DIR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* What the thread gets and gives back. It holds no reference of the sandbox: the last one would end in the thread that it
 * then waits for. */
typedef struct
{
  /* input */
  const ReelSandboxOptions *options; /* borrowed: the sandbox waits for the thread before it goes */
  GMainContext *context;             /* owned */
  GMainLoop *loop;                   /* owned */

  /* output */
  GTask *task; /* owned until it is given back to the thread that started */
} ThreadData;

/* How the start went. */
typedef struct
{
  GTask *task;    /* owned */
  char *base_url; /* owned, nullable */
  GError *error;  /* owned, nullable */
} Outcome;

static gboolean
on_outcome (gpointer user_data)
{
  Outcome *outcome = user_data;

  if (outcome->error != NULL)
    g_task_return_error (outcome->task, g_steal_pointer (&outcome->error));
  else
    g_task_return_pointer (outcome->task, g_steal_pointer (&outcome->base_url), g_free);
  g_object_unref (outcome->task);
  g_free (outcome);

  return G_SOURCE_REMOVE;
}

/* The task is returned and let go in the thread that made it: see ThreadData. */
static void
report (ThreadData *data, const char *base_url, GError *error)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  GMainContext *context = g_task_get_context (data->task);
  Outcome *outcome = g_new0 (Outcome, 1);

  outcome->task = g_steal_pointer (&data->task);
  outcome->base_url = g_strdup (base_url);
  outcome->error = error;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_outcome, outcome, NULL);
  g_source_attach (source, context);
}

static gpointer
run (gpointer user_data)
{
  ThreadData *data = user_data;
  g_autoptr (ReelSandboxServer) server = NULL;
  GError *error = NULL;

  g_main_context_push_thread_default (data->context);
  if (gst_init_check (NULL, NULL, &error))
    server = reel_sandbox_server_new (data->options, &error);

  report (data, server != NULL ? reel_sandbox_server_get_base_url (server) : NULL, error);
  if (server != NULL)
    g_main_loop_run (data->loop);

  g_clear_pointer (&server, reel_sandbox_server_free);
  /* What was closed is let go of in the loop. */
  for (int i = 0; i < 100 && g_main_context_iteration (data->context, FALSE); i++)
    ;
  g_main_context_pop_thread_default (data->context);
  g_main_context_unref (data->context);
  g_main_loop_unref (data->loop);
  g_free (data);

  return NULL;
}

static gboolean
on_stop (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static void
reel_sandbox_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelSandbox *self = REEL_SANDBOX (object);

  switch (id) {
  case PROP_PORT:
    g_value_set_uint (value, self->options.port);
    break;
  case PROP_SPEED:
    g_value_set_double (value, self->options.speed);
    break;
  case PROP_WEBHOOK_URL:
    g_value_set_string (value, self->options.webhook_url);
    break;
  case PROP_CREDITS:
    g_value_set_int64 (value, self->options.credits);
    break;
  case PROP_RATE:
    g_value_set_uint (value, self->options.rate);
    break;
  case PROP_STATE_DIR:
    g_value_set_string (value, self->options.state_dir);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_sandbox_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelSandbox *self = REEL_SANDBOX (object);

  switch (id) {
  case PROP_PORT:
    self->options.port = g_value_get_uint (value);
    break;
  case PROP_SPEED:
    self->options.speed = g_value_get_double (value);
    break;
  case PROP_WEBHOOK_SECRET:
    self->options.webhook_secret = g_value_dup_string (value);
    break;
  case PROP_WEBHOOK_URL:
    self->options.webhook_url = g_value_dup_string (value);
    break;
  case PROP_CREDITS:
    self->options.credits = g_value_get_int64 (value);
    break;
  case PROP_RATE:
    self->options.rate = g_value_get_uint (value);
    break;
  case PROP_STATE_DIR:
    self->options.state_dir = g_value_dup_string (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_sandbox_dispose (GObject *object)
{
  reel_sandbox_stop (REEL_SANDBOX (object));

  G_OBJECT_CLASS (reel_sandbox_parent_class)->dispose (object);
}

static void
reel_sandbox_finalize (GObject *object)
{
  ReelSandbox *self = REEL_SANDBOX (object);

  reel_sandbox_keys_unref (self->options.keys);
  g_free (self->options.state_dir);
  g_free (self->options.webhook_secret);
  g_free (self->options.webhook_url);
  g_free (self->base_url);

  G_OBJECT_CLASS (reel_sandbox_parent_class)->finalize (object);
}

static void
reel_sandbox_class_init (ReelSandboxClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reel_sandbox_get_property;
  object_class->set_property = reel_sandbox_set_property;
  object_class->dispose = reel_sandbox_dispose;
  object_class->finalize = reel_sandbox_finalize;

  properties[PROP_PORT] = g_param_spec_uint ("port", NULL, NULL, 0, G_MAXUINT16, 0, G_PARAM_READWRITE | flags);
  properties[PROP_SPEED] = g_param_spec_double ("speed", NULL, NULL, 0, 1e6, 1, G_PARAM_READWRITE | flags);
  properties[PROP_WEBHOOK_SECRET] = g_param_spec_string ("webhook-secret", NULL, NULL, NULL, G_PARAM_WRITABLE | flags);
  properties[PROP_WEBHOOK_URL] = g_param_spec_string ("webhook-url", NULL, NULL, NULL, G_PARAM_READWRITE | flags);
  properties[PROP_CREDITS] = g_param_spec_int64 ("credits", NULL, NULL, -1, G_MAXINT64, -1, G_PARAM_READWRITE | flags);
  properties[PROP_RATE] = g_param_spec_uint ("rate", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READWRITE | flags);
  properties[PROP_STATE_DIR] = g_param_spec_string ("state-dir", NULL, NULL, NULL, G_PARAM_READWRITE | flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_sandbox_init (ReelSandbox *self)
{
  self->options.keys = reel_sandbox_keys_new ();
}

/**
 * reel_sandbox_new:
 * @state_dir: the folder of its jobs and videos, made where it is missing
 *
 * Makes a sandbox that is not started, with every other property at its default.
 *
 * Returns: (transfer full): the sandbox
 */
ReelSandbox *
reel_sandbox_new (const char *state_dir)
{
  return g_object_new (REEL_TYPE_SANDBOX, "state-dir", state_dir, NULL);
}

/**
 * reel_sandbox_add_key:
 * @self: the sandbox
 * @key: an API key
 * @owner: whose it is: two keys of one owner see the same jobs, also after a restart
 *
 * Lets a key in, before the start or at any time.
 */
void
reel_sandbox_add_key (ReelSandbox *self, const char *key, const char *owner)
{
  g_return_if_fail (REEL_IS_SANDBOX (self));
  g_return_if_fail (key != NULL && owner != NULL);

  reel_sandbox_keys_add (self->options.keys, key, owner);
}

/**
 * reel_sandbox_start_async:
 * @self: a sandbox that does not run
 * @cancellable: (nullable): looked at when the start is over
 * @callback: called when it listens
 * @user_data: for @callback
 *
 * Starts the thread, which loads the jobs and listens.
 */
void
reel_sandbox_start_async (ReelSandbox *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  ThreadData *data;

  g_return_if_fail (REEL_IS_SANDBOX (self));
  g_return_if_fail (self->thread == NULL && self->options.state_dir != NULL);

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  data = g_new0 (ThreadData, 1);
  data->options = &self->options;
  data->context = g_main_context_ref (self->context);
  data->loop = g_main_loop_ref (self->loop);
  data->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (data->task, reel_sandbox_start_async);
  self->thread = g_thread_new ("sandbox", run, data);
}

/**
 * reel_sandbox_start_finish:
 * @self: the sandbox
 * @result: what the callback got
 * @error: return location: #GIOErrorEnum where the port or the folder cannot be used
 *
 * Ends a start.
 *
 * Returns: whether the sandbox listens
 */
gboolean
reel_sandbox_start_finish (ReelSandbox *self, GAsyncResult *result, GError **error)
{
  g_autofree char *base_url = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  base_url = g_task_propagate_pointer (G_TASK (result), error);
  if (base_url == NULL)
    return FALSE;
  g_set_str (&self->base_url, base_url);

  return TRUE;
}

/**
 * reel_sandbox_get_base_url:
 * @self: the sandbox
 *
 * Tells where the sandbox listens, or last listened.
 *
 * Returns: (nullable) (transfer none): a URL without a slash at its end, %NULL before the start
 */
const char *
reel_sandbox_get_base_url (ReelSandbox *self)
{
  g_return_val_if_fail (REEL_IS_SANDBOX (self), NULL);

  return self->base_url;
}

/**
 * reel_sandbox_stop:
 * @self: the sandbox
 *
 * Ends the thread, its connections and its renderings, and waits for that; does nothing where it does not run. Jobs that
 * are under way stay as they are on disk.
 */
void
reel_sandbox_stop (ReelSandbox *self)
{
  g_autoptr (GSource) source = NULL;

  g_return_if_fail (REEL_IS_SANDBOX (self));

  if (self->thread == NULL)
    return;

  /* It goes on asking until the thread is gone: a quit before the loop runs would be forgotten. */
  source = g_idle_source_new ();
  g_source_set_callback (source, on_stop, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (g_steal_pointer (&self->thread));
  g_source_destroy (source);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
}

/**
 * reel_sandbox_describe_test_words:
 *
 * Describes the words that a prompt can hold to test a client, a line each, translated.
 *
 * Returns: (transfer full): the text
 */
char *
reel_sandbox_describe_test_words (void)
{
  return reel_sandbox_words_describe ();
}

/**
 * reel_sandbox_describe_models:
 *
 * Describes the models and their prices, a line each, translated.
 *
 * Returns: (transfer full): the text
 */
char *
reel_sandbox_describe_models (void)
{
  return reel_sandbox_models_describe ();
}

/**
 * reel_sandbox_make_key:
 *
 * Makes a new key that nobody can guess. It opens nothing until reel_sandbox_add_key() lets it in.
 *
 * Returns: (transfer full): the key
 */
char *
reel_sandbox_make_key (void)
{
  g_autofree char *hex = reel_sandbox_random_hex (16);

  return g_strconcat ("sd2_test_", hex, NULL);
}
