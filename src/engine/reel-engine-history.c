#include "config.h"

#include "reel-engine-private.h"

static void
on_events_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GPtrArray *events = reel_store_load_events_finish (REEL_STORE (source), result, &error);

  if (events != NULL)
    g_task_return_pointer (task, events, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
on_ledger_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  ReelLedger *ledger = reel_store_load_ledger_finish (REEL_STORE (source), result, &error);

  if (ledger != NULL)
    g_task_return_pointer (task, ledger, (GDestroyNotify)reel_ledger_unref);
  else
    g_task_return_error (task, error);
}

/**
 * reel_engine_load_events_async:
 * @job: a job
 * @cancellable: (nullable): to give it up
 * @callback: called with the events
 * @data: for @callback
 *
 * Reads what was sent and received for a job. It may hold signed addresses: what leaves this computer is redacted.
 */
void
reel_engine_load_events_async (ReelEngine *self,
                               ReelJob *job,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_engine_load_events_async);
  reel_store_load_events_async (self->works->store, reel_job_get_id (job), cancellable, on_events_loaded,
                                g_steal_pointer (&task));
}

/**
 * reel_engine_load_events_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_engine_load_events_async().
 *
 * Returns: (transfer full) (element-type ReelJobEvent): the events in their order
 */
GPtrArray *
reel_engine_load_events_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_load_events_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_engine_load_ledger_async:
 * @cancellable: (nullable): to give it up
 * @callback: called with the ledger
 * @data: for @callback
 *
 * Reads and sums up what every job cost, deleted ones too.
 */
void
reel_engine_load_ledger_async (ReelEngine *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_engine_load_ledger_async);
  reel_store_load_ledger_async (self->works->store, cancellable, on_ledger_loaded, g_steal_pointer (&task));
}

/**
 * reel_engine_load_ledger_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_engine_load_ledger_async().
 *
 * Returns: (transfer full): the ledger
 */
ReelLedger *
reel_engine_load_ledger_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_load_ledger_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_engine_hide_job:
 * @job: a job
 *
 * Moves a job to the hidden ones. What is still going to happen to it goes on.
 */
void
reel_engine_hide_job (ReelEngine *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job));

  reel_job_book_set_hidden (self->works->book, job, TRUE);
}

/**
 * reel_engine_show_job:
 * @job: a hidden job
 *
 * Puts a job back into the history.
 */
void
reel_engine_show_job (ReelEngine *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job));

  reel_job_book_set_hidden (self->works->book, job, FALSE);
}
