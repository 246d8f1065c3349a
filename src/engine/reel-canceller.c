#include "config.h"

#include "reel-canceller.h"

#include "reel-error.h"

/**
 * ReelCanceller:
 *
 * Asks the service to cancel jobs. Whatever it says, polling goes on: a cancelled job may still succeed, and a refused
 * one goes on.
 */
struct _ReelCanceller
{
  GObject parent_instance;

  ReelJobBook *book;
  ReelAccounts *accounts;
  ReelPoller *poller;
  GCancellable *running;
};

G_DEFINE_FINAL_TYPE (ReelCanceller, reel_canceller, G_TYPE_OBJECT)

/* The service has judged the cancel itself: it will not say otherwise when it is asked again. */
static gboolean
is_refusal (const GError *error)
{
  guint status = reel_error_get_http_status (error);

  return status >= 400 && status < 500 && status != 401 && status != 408 && status != 429;
}

static gboolean
can_cancel (ReelCanceller *self, ReelJob *job)
{
  const ReelJobRecord *record = reel_job_book_peek (self->book, job);

  return reel_job_book_contains (self->book, job) && record->submission == REEL_SUBMISSION_ACCEPTED &&
         !reel_service_status_is_final (record->status) && !record->cancel_asked;
}

static void
return_not_possible (GTask *task)
{
  g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "The job cannot be cancelled");
}

static void
on_cancelled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelCanceller *self = g_task_get_source_object (task);
  ReelJob *job = g_task_get_task_data (task);
  const char *words;
  g_autoptr (GError) error = NULL;
  ReelJobRecord *record;

  if (reel_client_cancel_generation_finish (REEL_CLIENT (source), result, &error)) {
    reel_poller_poll_now (self->poller, job);
    g_task_return_boolean (task, TRUE);
    return;
  }

  /* The next start takes it up. */
  if (g_cancellable_is_cancelled (self->running)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  record = reel_job_book_edit (self->book, job);
  if (is_refusal (error)) {
    words = reel_error_get_service_message (error);
    if (words == NULL)
      words = reel_error_get_service_code (error);
    g_set_str (&record->cancel_error, words != NULL ? words : error->message);
  } else {
    /* Nothing is known of it: it can be asked for again. */
    record->cancel_asked = FALSE;
  }
  reel_job_book_commit_async (self->book, job, record, NULL, NULL);
  reel_job_book_add_event (self->book, job, "error", reel_error_get_http_status (error), error->message);
  reel_poller_poll_now (self->poller, job);

  g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_asked_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelCanceller *self = g_task_get_source_object (task);
  ReelJob *job = g_task_get_task_data (task);
  const ReelJobRecord *record = reel_job_book_peek (self->book, job);
  ReelClient *client = reel_accounts_get_client (self->accounts, record->account_id);

  /* A cancel costs nothing: it is sent also where it could not be written. */
  reel_job_book_commit_finish (REEL_JOB_BOOK (source), result, NULL);
  if (client == NULL) {
    ReelJobRecord *edited = reel_job_book_edit (self->book, job);

    edited->cancel_asked = FALSE;
    reel_job_book_commit_async (self->book, job, edited, NULL, NULL);
    g_task_return_error (task, reel_error_new_network (REEL_ERROR_UNAUTHORIZED, FALSE, "There is no key to send"));
    return;
  }

  reel_client_cancel_generation_async (client, record->request_id, self->running, on_cancelled,
                                       g_steal_pointer (&task));
}

static void
on_key (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelCanceller *self = g_task_get_source_object (task);
  ReelJob *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  ReelJobRecord *record;

  if (reel_accounts_unlock_finish (REEL_ACCOUNTS (source), result, &error) == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (!can_cancel (self, job)) {
    return_not_possible (task);
    return;
  }

  record = reel_job_book_edit (self->book, job);
  record->cancel_asked = TRUE;
  g_clear_pointer (&record->cancel_error, g_free);
  reel_job_book_commit_async (self->book, job, record, on_asked_written, g_steal_pointer (&task));
  reel_job_book_add_event (self->book, job, "cancel", 0, NULL);
}

static void
reel_canceller_finalize (GObject *object)
{
  ReelCanceller *self = REEL_CANCELLER (object);

  g_object_unref (self->running);
  g_object_unref (self->poller);
  g_object_unref (self->accounts);
  g_object_unref (self->book);

  G_OBJECT_CLASS (reel_canceller_parent_class)->finalize (object);
}

static void
reel_canceller_class_init (ReelCancellerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_canceller_finalize;
}

static void
reel_canceller_init (ReelCanceller *self)
{
  self->running = g_cancellable_new ();
}

/**
 * reel_canceller_new:
 * @book: where jobs are written
 * @accounts: whose clients ask
 * @poller: reads the state afterwards
 *
 * Makes a canceller.
 *
 * Returns: (transfer full): the canceller
 */
ReelCanceller *
reel_canceller_new (ReelJobBook *book, ReelAccounts *accounts, ReelPoller *poller)
{
  ReelCanceller *self = g_object_new (REEL_TYPE_CANCELLER, NULL);

  self->book = g_object_ref (book);
  self->accounts = g_object_ref (accounts);
  self->poller = g_object_ref (poller);

  return self;
}

/**
 * reel_canceller_cancel_async:
 * @job: a job that is queued or processing
 * @callback: called when the service has answered
 * @data: for @callback
 *
 * Asks the service to cancel a job.
 */
void
reel_canceller_cancel_async (ReelCanceller *self, ReelJob *job, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, reel_canceller_cancel_async);
  g_task_set_task_data (task, g_object_ref (job), g_object_unref);
  if (!can_cancel (self, job)) {
    return_not_possible (task);
    return;
  }

  reel_accounts_unlock_async (self->accounts, reel_job_get_record (job)->account_id, on_key, g_steal_pointer (&task));
}

/**
 * reel_canceller_cancel_finish:
 * @error: of %REEL_ERROR; the refusal of the service is in the job too
 *
 * Ends reel_canceller_cancel_async().
 *
 * Returns: whether the service took the cancel; the job may still end as succeeded
 */
gboolean
reel_canceller_cancel_finish (ReelCanceller *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_canceller_cancel_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_canceller_recover:
 * @job: a job of an earlier run
 *
 * Takes up a cancel of which it is not known whether the service heard it: it can be asked for again, which costs nothing.
 */
void
reel_canceller_recover (ReelCanceller *self, ReelJob *job)
{
  const ReelJobRecord *before = reel_job_book_peek (self->book, job);
  ReelJobRecord *record;

  if (!before->cancel_asked || before->cancel_error != NULL || reel_service_status_is_final (before->status))
    return;

  record = reel_job_book_edit (self->book, job);
  record->cancel_asked = FALSE;
  reel_job_book_commit_async (self->book, job, record, NULL, NULL);
}

/**
 * reel_canceller_stop:
 *
 * Ends every request.
 */
void
reel_canceller_stop (ReelCanceller *self)
{
  g_cancellable_cancel (self->running);
}
