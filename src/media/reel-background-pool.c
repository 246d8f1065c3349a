#include "config.h"

#include "reel-background-pool.h"

#include "reel-background.h"

/**
 * ReelBackgroundPool:
 *
 * Where the streaming threads of a pipeline come from that works in the background: they yield to the window and to the
 * player. The usual pool shares its threads with everyone.
 */
struct _ReelBackgroundPool
{
  GstTaskPool parent_instance;
};

G_DEFINE_FINAL_TYPE (ReelBackgroundPool, reel_background_pool, GST_TYPE_TASK_POOL)

/* What a streaming thread does. */
typedef struct
{
  GstTaskPoolFunction function;
  gpointer data;
} Run;

static gpointer
run_thread (gpointer data)
{
  g_autofree Run *run = data;

  reel_background_enter ();
  run->function (run->data);

  return NULL;
}

static void
reel_background_pool_prepare (GstTaskPool *pool, GError **error)
{
}

static void
reel_background_pool_cleanup (GstTaskPool *pool)
{
}

/* As in the usual pool there is nothing to join: a task waits for the end of its function by itself. */
static gpointer
reel_background_pool_push (GstTaskPool *pool, GstTaskPoolFunction function, gpointer data, GError **error)
{
  Run *run = g_new0 (Run, 1);
  GThread *thread;

  run->function = function;
  run->data = data;
  thread = g_thread_try_new ("reel-streaming", run_thread, run, error);
  if (thread == NULL)
    g_free (run);
  else
    g_thread_unref (thread);

  return NULL;
}

static void
reel_background_pool_class_init (ReelBackgroundPoolClass *klass)
{
  GstTaskPoolClass *pool_class = GST_TASK_POOL_CLASS (klass);

  pool_class->prepare = reel_background_pool_prepare;
  pool_class->cleanup = reel_background_pool_cleanup;
  pool_class->push = reel_background_pool_push;
}

static void
reel_background_pool_init (ReelBackgroundPool *self)
{
}

/* In whichever thread a task is made. */
static GstBusSyncReply
on_message (GstBus *bus, GstMessage *message, gpointer pool)
{
  GstStreamStatusType type;

  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_STREAM_STATUS)
    return GST_BUS_PASS;

  gst_message_parse_stream_status (message, &type, NULL);
  if (type == GST_STREAM_STATUS_TYPE_CREATE) {
    const GValue *task = gst_message_get_stream_status_object (message);

    if (task != NULL && G_VALUE_HOLDS (task, GST_TYPE_TASK))
      gst_task_set_pool (g_value_get_object (task), pool);
  }

  return GST_BUS_PASS;
}

/**
 * reel_background_pool_inherit:
 * @bus: (transfer none): the bus of a pipeline that has not started yet, and has no other sync handler
 *
 * Makes the streaming threads of a pipeline yield to others where the calling thread does.
 */
void
reel_background_pool_inherit (GstBus *bus)
{
  g_return_if_fail (GST_IS_BUS (bus));

  if (reel_background_is_entered ())
    gst_bus_set_sync_handler (bus, on_message, gst_object_ref_sink (g_object_new (REEL_TYPE_BACKGROUND_POOL, NULL)),
                              gst_object_unref);
}
