#include "config.h"

#include "reel-compare-finder.h"

/* Finds the jobs to compare, which may be of any earlier run. */

typedef struct
{
  /* input */
  char **ids;

  /* in progress */
  guint at;

  /* output */
  GListStore *jobs;
} Finding;

static void
finding_free (gpointer data)
{
  Finding *self = data;

  g_strfreev (self->ids);
  g_object_unref (self->jobs);
  g_free (self);
}

static void find_next (GTask *owned);

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Finding *self = g_task_get_task_data (task);
  g_autoptr (ReelJob) job = reel_engine_find_job_finish (REEL_ENGINE (source), result, NULL);

  if (job != NULL && reel_job_get_state (job) == REEL_JOB_READY)
    g_list_store_append (self->jobs, job);
  self->at++;
  find_next (g_steal_pointer (&task));
}

static void
find_next (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Finding *self = g_task_get_task_data (task);
  ReelEngine *engine = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  const char *id = self->ids[self->at];

  if (g_task_return_error_if_cancelled (task))
    return;

  if (id == NULL)
    g_task_return_pointer (task, g_object_ref (self->jobs), g_object_unref);
  else
    reel_engine_find_job_async (engine, id, cancellable, on_found, g_steal_pointer (&task));
}

/**
 * reel_compare_finder_find_async:
 * @engine: (transfer none): what has the jobs
 * @ids: (array zero-terminated=1): our own names for jobs
 * @cancellable: (nullable): to give it up
 * @callback: called with the jobs
 * @data: for @callback
 *
 * Finds those of the jobs that have a saved video.
 */
void
reel_compare_finder_find_async (ReelEngine *engine,
                                const char *const *ids,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  GTask *task;
  Finding *self;

  g_return_if_fail (REEL_IS_ENGINE (engine) && ids != NULL);

  task = g_task_new (engine, cancellable, callback, data);
  g_task_set_source_tag (task, reel_compare_finder_find_async);
  self = g_new0 (Finding, 1);
  self->ids = g_strdupv ((char **)ids);
  self->jobs = g_list_store_new (REEL_TYPE_JOB);
  g_task_set_task_data (task, self, finding_free);
  find_next (task);
}

/**
 * reel_compare_finder_find_finish:
 * @engine: what has the jobs
 * @result: the result
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Ends reel_compare_finder_find_async().
 *
 * Returns: (transfer full) (nullable): the jobs in the order of their names
 */
GListModel *
reel_compare_finder_find_finish (ReelEngine *engine, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_compare_finder_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
