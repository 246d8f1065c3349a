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

static void
on_purged (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (reel_purger_purge_finish (REEL_PURGER (source), result, &error))
    g_task_return_boolean (task, TRUE);
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

/**
 * reel_engine_remove_job:
 * @job: a job that is closed
 *
 * Takes a job out of the history and out of the hidden ones, to be forgotten or restored. Nothing is written yet.
 */
void
reel_engine_remove_job (ReelEngine *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job));

  reel_job_book_set_removed (self->works->book, job, TRUE);
}

/**
 * reel_engine_restore_job:
 * @job: a job that was removed
 *
 * Puts a job back to where it was.
 */
void
reel_engine_restore_job (ReelEngine *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job));

  reel_job_book_set_removed (self->works->book, job, FALSE);
}

/**
 * reel_engine_purge_job_async:
 * @job: a job
 * @trash_file: whether its video goes to the Trash
 * @callback: (nullable): called when that is done
 * @data: for @callback
 *
 * Forgets a job for good; what it cost stays in the ledger. One that is not closed is only hidden: its video is, or may
 * be, paid for. Where the video cannot go to the Trash, the job is in the history again.
 */
void
reel_engine_purge_job_async (ReelEngine *self,
                             ReelJob *job,
                             gboolean trash_file,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job));

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, reel_engine_purge_job_async);
  reel_purger_purge_async (self->works->purger, job, trash_file, on_purged, g_steal_pointer (&task));
}

/**
 * reel_engine_purge_job_finish:
 * @error: %REEL_ERROR_FILE: the video could not go to the Trash
 *
 * Ends reel_engine_purge_job_async().
 *
 * Returns: whether the job is out of sight
 */
gboolean
reel_engine_purge_job_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_purge_job_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
