#include "config.h"

#include "reel-engine-private.h"

/**
 * reel_engine_submit:
 * @request: what is asked; copied
 *
 * Sends a request with the account in use, at most once. The job is in the history when this returns; its row is on the
 * disk before the request leaves.
 *
 * Returns: (transfer none): the job
 */
ReelJob *
reel_engine_submit (ReelEngine *self, ReelRequest *request)
{
  ReelVideoModel *model = NULL;
  ReelCatalogue *catalogue;

  g_return_val_if_fail (REEL_IS_ENGINE (self) && REEL_IS_REQUEST (request), NULL);

  catalogue = reel_engine_get_catalogue (self);
  if (catalogue != NULL)
    model = reel_catalogue_lookup (catalogue, reel_request_get_model (request));

  return reel_submitter_submit (self->works->submitter, request, reel_account_get_id (self->account),
                                reel_request_estimate (request, model));
}

/**
 * reel_engine_cancel_job_async:
 * @job: a job that is queued or processing
 * @callback: called when the service has answered
 * @data: for @callback
 *
 * Asks the service to cancel a job. Polling goes on either way: the job may still end as succeeded.
 */
void
reel_engine_cancel_job_async (ReelEngine *self, ReelJob *job, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job));

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, reel_engine_cancel_job_async);
  reel_canceller_cancel_async (self->works->canceller, job, reel_engine_return_boolean, g_steal_pointer (&task));
}

/**
 * reel_engine_cancel_job_finish:
 * @error: of %REEL_ERROR; a refusal is written in the job too
 *
 * Ends reel_engine_cancel_job_async().
 */
gboolean
reel_engine_cancel_job_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_cancel_job_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_engine_check_again:
 * @job: an accepted job that is running, or was lost
 *
 * Asks the service for the state of a job as soon as the budget allows. One that was lost is asked about once, and an
 * answer brings it back.
 */
void
reel_engine_check_again (ReelEngine *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job));

  reel_poller_poll_now (self->works->poller, job);
}

/**
 * reel_engine_retry_download:
 * @job: a job whose video could not be saved
 *
 * Downloads a video again. Never causes a POST.
 */
void
reel_engine_retry_download (ReelEngine *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job));

  reel_downloader_retry (self->works->downloader, job);
}

/**
 * reel_engine_hide_job:
 * @job: a job
 *
 * Takes a job out of the history. What is still going to happen to it goes on.
 */
void
reel_engine_hide_job (ReelEngine *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job));

  reel_job_book_set_hidden (self->works->book, job, TRUE);
}

/**
 * reel_engine_restore_job:
 * @job: a hidden job
 *
 * Puts a job back into the history.
 */
void
reel_engine_restore_job (ReelEngine *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job));

  reel_job_book_set_hidden (self->works->book, job, FALSE);
}

/**
 * reel_engine_purge_job:
 * @job: a job
 * @trash_file: whether its video goes to the Trash
 *
 * Forgets a job for good. One that is still running is only hidden: its video is paid for.
 */
void
reel_engine_purge_job (ReelEngine *self, ReelJob *job, gboolean trash_file)
{
  g_autoptr (GFile) file = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job));

  if (!reel_job_book_contains (self->works->book, job))
    return;
  if (reel_job_record_is_running (reel_job_book_peek (self->works->book, job))) {
    reel_job_book_set_hidden (self->works->book, job, TRUE);
    return;
  }

  file = reel_job_dup_file (job);
  if (trash_file && file != NULL)
    g_file_trash_async (file, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  reel_job_book_forget (self->works->book, job);
}
