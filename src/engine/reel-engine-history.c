#include "config.h"

#include "reel-engine-private.h"

static void
on_events_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  reel_engine_return_pointer (result, data, (GDestroyNotify)g_ptr_array_unref);
}

static void
on_ledger_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  reel_engine_return_pointer (result, data, (GDestroyNotify)reel_ledger_unref);
}

static void
on_job_found (GObject *source, GAsyncResult *result, gpointer data)
{
  reel_engine_return_pointer (result, data, g_object_unref);
}

static void
on_prompts_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  reel_engine_return_pointer (result, data, (GDestroyNotify)g_strfreev);
}

static void
on_times_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  reel_engine_return_pointer (result, data, (GDestroyNotify)g_array_unref);
}

static void
on_jobs_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  guint n_jobs;

  if (reel_store_count_jobs_finish (REEL_STORE (source), result, &n_jobs, &error))
    g_task_return_int (task, n_jobs);
  else
    g_task_return_error (task, error);
}

/**
 * reel_engine_find_job_async:
 * @id: our own name for a job
 * @cancellable: (nullable): to give it up
 * @callback: called with the job
 * @data: for @callback
 *
 * Gets a job by its name.
 */
void
reel_engine_find_job_async (ReelEngine *self,
                            const char *id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && id != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_engine_find_job_async);
  reel_job_book_load_job_async (self->works->book, id, cancellable, on_job_found, g_steal_pointer (&task));
}

/**
 * reel_engine_find_job_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_engine_find_job_async().
 *
 * Returns: (transfer full) (nullable): the job, %NULL without an error where there is none
 */
ReelJob *
reel_engine_find_job_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_find_job_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_engine_list_prompts_async:
 * @cancellable: (nullable): to give it up
 * @callback: called with the prompts
 * @data: for @callback
 *
 * Lists the different prompts of the newest jobs.
 */
void
reel_engine_list_prompts_async (ReelEngine *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_engine_list_prompts_async);
  reel_store_list_prompts_async (self->works->store, cancellable, on_prompts_listed, g_steal_pointer (&task));
}

/**
 * reel_engine_list_prompts_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_engine_list_prompts_async().
 *
 * Returns: (transfer full): the prompts, the newest first
 */
GStrv
reel_engine_list_prompts_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_list_prompts_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_engine_list_times_async:
 * @kind: a job whose account, model, length and resolution count
 * @limit: how many at most
 * @cancellable: (nullable): to give it up
 * @callback: called with the times
 * @data: for @callback
 *
 * Lists how long the service took for the newest jobs of a kind, from the acceptance to the video.
 */
void
reel_engine_list_times_async (ReelEngine *self,
                              const ReelJobRecord *kind,
                              guint limit,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && kind != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_engine_list_times_async);
  reel_store_list_times_async (self->works->store, kind, limit, cancellable, on_times_listed, g_steal_pointer (&task));
}

/**
 * reel_engine_list_times_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_engine_list_times_async().
 *
 * Returns: (transfer full) (element-type gint64): microseconds
 */
GArray *
reel_engine_list_times_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_list_times_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_engine_count_jobs_async:
 * @since: a time, microseconds since 1970 in UTC
 * @until: a later one
 * @cancellable: (nullable): to give it up
 * @callback: called with the number
 * @data: for @callback
 *
 * Counts the jobs that were made in a time and are not hidden.
 */
void
reel_engine_count_jobs_async (ReelEngine *self,
                              gint64 since,
                              gint64 until,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_engine_count_jobs_async);
  reel_store_count_jobs_async (self->works->store, since, until, cancellable, on_jobs_counted, g_steal_pointer (&task));
}

/**
 * reel_engine_count_jobs_finish:
 * @n_jobs: (out): how many
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_engine_count_jobs_async().
 *
 * Returns: whether it is known
 */
gboolean
reel_engine_count_jobs_finish (ReelEngine *self, GAsyncResult *result, guint *n_jobs, GError **error)
{
  gssize counted;

  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_count_jobs_async), FALSE);

  counted = g_task_propagate_int (G_TASK (result), error);
  *n_jobs = MAX (counted, 0);

  return counted >= 0;
}

/**
 * reel_engine_set_favourite:
 * @job: a job
 * @favourite: whether a person wants to keep it
 *
 * Makes a job a favourite, or an ordinary one.
 */
void
reel_engine_set_favourite (ReelEngine *self, ReelJob *job, gboolean favourite)
{
  ReelJobRecord *record;

  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job));

  if (reel_job_book_peek (self->works->book, job)->favourite == favourite)
    return;

  record = reel_job_book_edit (self->works->book, job);
  record->favourite = favourite;
  reel_job_book_commit_async (self->works->book, job, record, NULL, NULL);
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
