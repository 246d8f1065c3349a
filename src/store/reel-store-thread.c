#include "config.h"

#include "reel-store-thread.h"

#include "reel-error.h"

/**
 * ReelStoreThread:
 *
 * The thread that owns the connection. It does its operations one by one, in the order they were pushed.
 */
struct _ReelStoreThread
{
  GAsyncQueue *queue; /* ReelStoreOperation, or the queue itself: the end */
  GThread *thread;
};

static void
operation_free (gpointer data)
{
  ReelStoreOperation *operation = data;

  if (operation->result != NULL && operation->free_result != NULL)
    operation->free_result (operation->result);
  if (operation->input != NULL && operation->free_input != NULL)
    operation->free_input (operation->input);
  g_clear_object (&operation->cancellable);
  g_clear_error (&operation->error);
  g_main_context_unref (operation->context);
  g_free (operation);
}

static gboolean
on_done (gpointer data)
{
  ReelStoreOperation *operation = data;

  operation->done (operation, operation->data);

  return G_SOURCE_REMOVE;
}

/* Not g_main_context_invoke(): that would call back in this thread while nobody runs the context. */
static void
give_back (ReelStoreOperation *operation)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_done, operation, operation_free);
  g_source_set_static_name (source, "reel-store");
  g_source_attach (source, operation->context);
}

static gpointer
run (gpointer data)
{
  g_autoptr (GAsyncQueue) queue = data;
  ReelDatabase *database = NULL;

  while (TRUE) {
    ReelStoreOperation *operation = g_async_queue_pop (queue);

    if ((gpointer)operation == queue)
      break;
    if (!g_cancellable_set_error_if_cancelled (operation->cancellable, &operation->error) &&
        !operation->work (&database, operation->input, &operation->result, &operation->error))
      g_assert (operation->error != NULL);
    give_back (operation);
  }

  if (database != NULL)
    reel_database_close (database, NULL);

  return NULL;
}

/**
 * reel_store_thread_new:
 *
 * Starts the thread.
 *
 * Returns: (transfer full): the thread; end it with reel_store_thread_free()
 */
ReelStoreThread *
reel_store_thread_new (void)
{
  ReelStoreThread *self = g_new0 (ReelStoreThread, 1);

  self->queue = g_async_queue_new ();
  self->thread = g_thread_new ("reel-store", run, g_async_queue_ref (self->queue));

  return self;
}

/**
 * reel_store_thread_free:
 * @self: (transfer full): the thread
 *
 * Lets the thread end after what is queued. It is not waited for: the disk must not hold the caller.
 */
void
reel_store_thread_free (ReelStoreThread *self)
{
  g_async_queue_push (self->queue, self->queue);
  g_async_queue_unref (self->queue);
  g_thread_unref (self->thread);
  g_free (self);
}

/**
 * reel_store_operation_new:
 * @work: what to do, in the thread
 * @done: called on the calling thread's main context
 * @data: for @done
 *
 * Makes an operation; its other parts are set before it is pushed.
 *
 * Returns: (transfer full): the operation
 */
ReelStoreOperation *
reel_store_operation_new (ReelStoreWork work, ReelStoreDone done, gpointer data)
{
  ReelStoreOperation *operation = g_new0 (ReelStoreOperation, 1);

  operation->work = work;
  operation->done = done;
  operation->data = data;
  operation->context = g_main_context_ref_thread_default ();

  return operation;
}

/**
 * reel_store_thread_push:
 * @operation: (transfer full): what to do
 *
 * Queues an operation.
 */
void
reel_store_thread_push (ReelStoreThread *self, ReelStoreOperation *operation)
{
  g_async_queue_push (self->queue, operation);
}
