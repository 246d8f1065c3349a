#include "config.h"

#include "reel-engine-private.h"

static ReelMoney
estimate (ReelEngine *self, ReelRequest *request)
{
  ReelCatalogue *catalogue = reel_engine_get_catalogue (self);
  ReelVideoModel *model = NULL;

  if (catalogue != NULL)
    model = reel_catalogue_lookup (catalogue, reel_request_get_model (request));

  return reel_request_estimate (request, model);
}

/* The account that a job is sent again with. */
static ReelAccount *
find_account_again (ReelEngine *self, const ReelJobRecord *old)
{
  ReelAccount *account = reel_accounts_lookup (self->works->accounts, old->account_id);

  return account != NULL ? account : self->account;
}

static void
on_adopted (GObject *source, GAsyncResult *result, gpointer data)
{
  reel_engine_return_pointer (result, data, g_object_unref);
}

static void
on_file_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelEngine *self = g_task_get_source_object (task);

  if (reel_file_keeper_check_finish (REEL_FILE_KEEPER (source), result, NULL))
    reel_downloader_retry (self->works->downloader, g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

/**
 * reel_engine_submit:
 * @request: what is asked; copied
 *
 * Sends a request with the account in use, at most once. The job is in the history when this returns; its row is on the
 * disk before the request leaves. A few submissions of an account are on their way at a time, in the order of the calls.
 *
 * Returns: (transfer none): the job
 */
ReelJob *
reel_engine_submit (ReelEngine *self, ReelRequest *request)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self) && REEL_IS_REQUEST (request), NULL);

  return reel_submitter_take (
      self->works->submitter,
      reel_job_record_new_for_request (request, reel_account_get_id (self->account), estimate (self, request)));
}

/**
 * reel_engine_send_held:
 * @job: a job that an earlier run wrote down and did not send
 *
 * Sends a held job. Nothing else ever does.
 *
 * Returns: whether the job was held
 */
gboolean
reel_engine_send_held (ReelEngine *self, ReelJob *job)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job), FALSE);

  return reel_submitter_send_held (self->works->submitter, job);
}

/**
 * reel_engine_withdraw_job:
 * @job: a job
 *
 * Keeps a job that is held, or waits for its turn or for a connection, from being sent: it is rejected with
 * %REEL_JOB_WITHDRAWN. A request that may be on its way is not stopped; where it turns out never to have left, the job is
 * withdrawn then.
 *
 * Returns: whether it will certainly not be sent
 */
gboolean
reel_engine_withdraw_job (ReelEngine *self, ReelJob *job)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job), FALSE);

  return reel_submitter_withdraw (self->works->submitter, job);
}

/**
 * reel_engine_estimate_again:
 * @job: a job
 *
 * Tells what it costs to ask for the same video again, by the newest prices that are known.
 *
 * Returns: micro-dollars, or %REEL_MONEY_NOT_LISTED
 */
ReelMoney
reel_engine_estimate_again (ReelEngine *self, ReelJob *job)
{
  g_autoptr (ReelRequest) request = NULL;
  const ReelJobRecord *old;

  g_return_val_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job), REEL_MONEY_NOT_LISTED);

  old = reel_job_book_peek (self->works->book, job);
  /* The prices that are known are those of the account in use. */
  if (find_account_again (self, old) != self->account || reel_engine_get_catalogue (self) == NULL)
    return old->estimate;

  request = reel_job_record_to_request (old);

  return estimate (self, request);
}

/**
 * reel_engine_send_again:
 * @job: a job whose outcome is unknown, or that is lost
 *
 * Asks for the same video again by a new job, with the same account where it is still there. The service may charge for
 * both: call this only after the person has agreed to that.
 *
 * Returns: (transfer none) (nullable): the new job, whose resend_of is the old one; %NULL where @job is no such job
 */
ReelJob *
reel_engine_send_again (ReelEngine *self, ReelJob *job)
{
  g_autoptr (ReelRequest) request = NULL;
  const ReelJobRecord *old;
  ReelJobRecord *record;

  g_return_val_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job), NULL);

  old = reel_job_book_peek (self->works->book, job);
  if (old->submission != REEL_SUBMISSION_UNKNOWN && old->status != REEL_SERVICE_LOST)
    return NULL;

  request = reel_job_record_to_request (old);
  record = reel_job_record_new_for_request (request, reel_account_get_id (find_account_again (self, old)),
                                            reel_engine_estimate_again (self, job));
  record->resend_of = g_strdup (old->id);

  return reel_submitter_take (self->works->submitter, record);
}

/**
 * reel_engine_declare_lost:
 * @job: a job whose outcome is unknown
 *
 * Writes down that a person has given a job up. It can still be adopted.
 *
 * Returns: whether the outcome was unknown
 */
gboolean
reel_engine_declare_lost (ReelEngine *self, ReelJob *job)
{
  const ReelJobRecord *before;
  ReelJobRecord *record;

  g_return_val_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job), FALSE);

  before = reel_job_book_peek (self->works->book, job);
  if (!reel_job_book_contains (self->works->book, job) || before->submission != REEL_SUBMISSION_UNKNOWN ||
      before->declared_lost_at != 0)
    return FALSE;

  record = reel_job_book_edit (self->works->book, job);
  record->declared_lost_at = g_get_real_time ();
  reel_job_book_commit_async (self->works->book, job, record, NULL, NULL);

  return TRUE;
}

/**
 * reel_engine_adopt_async:
 * @job: (nullable): a job whose outcome is unknown, lost or a refusal, %NULL to make a new one of the account in use
 * @request_id: the service's name for the job, as a person typed it
 * @anyway: whether to adopt it also where the service tells of another prompt or model than that of @job
 * @cancellable: (nullable): to give it up: nothing is changed then
 * @callback: called when it is adopted
 * @data: for @callback
 *
 * Asks the service for a job by its request id and follows it from then on. It costs nothing.
 */
void
reel_engine_adopt_async (ReelEngine *self,
                         ReelJob *job,
                         const char *request_id,
                         gboolean anyway,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && (job == NULL || REEL_IS_JOB (job)) && request_id != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_engine_adopt_async);
  g_task_set_check_cancellable (task, FALSE);
  reel_adopter_adopt_async (self->works->adopter, job, reel_account_get_id (self->account), request_id, anyway,
                            cancellable, on_adopted, g_steal_pointer (&task));
}

/**
 * reel_engine_adopt_finish:
 * @error: %REEL_ERROR_TAKEN where another job has the request id, %REEL_ERROR_NOT_FOUND where the service does not know
 *   it, %REEL_ERROR_MISMATCH where the service tells of another prompt or model (its prompt is the service's message),
 *   others of %REEL_ERROR, %G_IO_ERROR_INVALID_ARGUMENT where it is no request id or the job cannot be adopted, or
 *   %G_IO_ERROR_CANCELLED; nothing is changed then
 *
 * Ends reel_engine_adopt_async().
 *
 * Returns: (transfer full): the job
 */
ReelJob *
reel_engine_adopt_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_adopt_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
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
 * reel_engine_check_file:
 * @job: a job that a person opens, or whose video does not play
 *
 * Looks whether the saved video of a job is still there, in the background. One that is gone is called missing; one that
 * is back is saved again.
 */
void
reel_engine_check_file (ReelEngine *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job));

  reel_file_keeper_check_async (self->works->keeper, job, NULL, NULL);
}

/**
 * reel_engine_retry_download:
 * @job: a job whose video could not be saved, or is gone
 *
 * Downloads a video again, unless it is back by now. Never causes a POST.
 */
void
reel_engine_retry_download (ReelEngine *self, ReelJob *job)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_JOB (job));

  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, reel_engine_retry_download);
  g_task_set_task_data (task, g_object_ref (job), g_object_unref);
  reel_file_keeper_check_async (self->works->keeper, job, on_file_checked, g_steal_pointer (&task));
}
