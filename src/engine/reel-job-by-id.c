#include "config.h"

#include "reel-job-by-id.h"

/**
 * reel_job_by_id_load_async:
 * @book: where the jobs are
 * @id: our own name for a job
 * @cancellable: (nullable): to give it up
 * @callback: called with the job
 * @data: for @callback
 *
 * Loads a job.
 */
void
reel_job_by_id_load_async (ReelJobBook *book,
                           const char *id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  g_autoptr (GTask) task = g_task_new (book, cancellable, callback, data);
  ReelJob *job = reel_job_list_lookup (reel_job_book_get_list (book), id);

  g_task_set_source_tag (task, reel_job_by_id_load_async);
  if (job == NULL)
    job = reel_job_list_lookup (reel_job_book_get_hidden (book), id);
  g_task_return_pointer (task, job != NULL ? g_object_ref (job) : NULL, g_object_unref);
}

/**
 * reel_job_by_id_load_finish:
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Ends reel_job_by_id_load_async().
 *
 * Returns: (transfer full) (nullable): the job, %NULL without an error where there is none
 */
ReelJob *
reel_job_by_id_load_finish (ReelJobBook *book, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
