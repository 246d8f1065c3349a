#include "config.h"

#include "reel-submitter.h"

#include "reel-codec.h"
#include "reel-error.h"

/* How long the end of the program waits for the answer to a request that is on its way, in milliseconds: without the
 * answer nobody would know what became of it. */
#define PATIENCE_AT_END 5000

/* What ReelJobRecord.error_code says of a job whose request was written down but never left. */
#define NOT_SENT "not_sent"

/**
 * ReelSubmitter:
 *
 * Sends requests, each at most once. A row that says so is on the disk before the request leaves; whatever becomes of
 * it is written into that row. Nothing here ever sends a request again.
 *
 * ReelSubmitter::accepted (job) says that the service has taken a job and that this is written.
 */
struct _ReelSubmitter
{
  GObject parent_instance;

  ReelJobBook *book;
  ReelAccounts *accounts;
  guint n_running;       /* submissions that have not ended */
  GCancellable *running; /* ends them */
  GTask *stopping;
  guint patience_id;
};

G_DEFINE_FINAL_TYPE (ReelSubmitter, reel_submitter, G_TYPE_OBJECT)

enum
{
  ACCEPTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A request on its way. */
typedef struct
{
  ReelSubmitter *submitter; /* owned */
  ReelJob *job;             /* owned */
  ReelClient *client;       /* owned, NULL until the key is known */
} Submission;

static Submission *
submission_new (ReelSubmitter *self, ReelJob *job)
{
  Submission *submission = g_new0 (Submission, 1);

  submission->submitter = g_object_ref (self);
  submission->job = g_object_ref (job);
  self->n_running++;

  return submission;
}

static void
submission_end (Submission *submission)
{
  ReelSubmitter *self = submission->submitter;

  self->n_running--;
  if (self->n_running == 0 && self->stopping != NULL) {
    g_autoptr (GTask) task = g_steal_pointer (&self->stopping);

    g_clear_handle_id (&self->patience_id, g_source_remove);
    g_task_return_boolean (task, TRUE);
  }

  g_clear_object (&submission->client);
  g_object_unref (submission->job);
  g_free (submission);
  g_object_unref (self);
}

/* A refusal is final. Everything else that was sent may have been accepted and charged: a 5xx, an answer that cannot be
 * read, a connection that broke, and 408, which a proxy gives when the service took too long. */
static ReelSubmission
judge (const GError *error)
{
  guint status = reel_error_get_http_status (error);

  if (!reel_error_was_sent (error) && status == 0)
    return REEL_SUBMISSION_REJECTED;

  return status >= 400 && status < 500 && status != 408 ? REEL_SUBMISSION_REJECTED : REEL_SUBMISSION_UNKNOWN;
}

static void
set_error (ReelJobRecord *record, const GError *error)
{
  const char *code = reel_error_get_service_code (error);
  const char *message = reel_error_get_service_message (error);

  if (error->domain != REEL_ERROR)
    code = NOT_SENT;
  else if (code == NULL && message == NULL)
    code = reel_error_to_name (error->code);
  g_set_str (&record->error_code, code);
  g_set_str (&record->error_message, message != NULL ? message : error->message);
  record->http_status = reel_error_get_http_status (error);
}

static void
on_end_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Submission *submission = data;
  g_autoptr (GError) error = NULL;

  /* Where it could not be written, the book keeps it in memory and writes it again. */
  reel_job_book_commit_finish (REEL_JOB_BOOK (source), result, &error);
  if (reel_job_get_record (submission->job)->submission == REEL_SUBMISSION_ACCEPTED)
    g_signal_emit (submission->submitter, signals[ACCEPTED], 0, submission->job);

  submission_end (submission);
}

static void
end_with_error (Submission *submission, ReelSubmission state, const GError *error)
{
  ReelJobBook *book = submission->submitter->book;
  ReelJobRecord *record = reel_job_book_edit (book, submission->job);

  record->submission = state;
  set_error (record, error);
  if (state == REEL_SUBMISSION_REJECTED && !reel_error_was_sent (error) && record->http_status == 0)
    record->sent_at = 0;
  reel_job_book_commit_async (book, submission->job, record, on_end_written, submission);
  reel_job_book_add_event (book, submission->job, "error", reel_error_get_http_status (error), error->message);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  Submission *submission = data;
  ReelJobBook *book = submission->submitter->book;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelGeneration) generation = reel_client_create_generation_finish (REEL_CLIENT (source), result, &error);
  ReelJobRecord *record;

  if (generation == NULL) {
    end_with_error (submission, judge (error), error);
    return;
  }

  record = reel_job_book_edit (book, submission->job);
  record->submission = REEL_SUBMISSION_ACCEPTED;
  record->accepted_at = g_get_real_time ();
  g_set_str (&record->request_id, generation->request_id);
  reel_job_record_apply (record, generation, record->accepted_at);
  reel_job_book_commit_async (book, submission->job, record, on_end_written, submission);
  reel_job_book_add_event (book, submission->job, "response", generation->http_status, generation->body);
}

static void
on_sending_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Submission *submission = data;
  ReelSubmitter *self = submission->submitter;
  g_autoptr (GError) error = NULL;

  if (!reel_job_book_commit_finish (self->book, result, &error)) {
    end_with_error (submission, REEL_SUBMISSION_REJECTED, error);
    return;
  }
  if (g_cancellable_set_error_if_cancelled (self->running, &error)) {
    end_with_error (submission, REEL_SUBMISSION_REJECTED, error);
    return;
  }

  reel_client_create_generation_async (submission->client, reel_job_get_record (submission->job), self->running,
                                       on_answer, submission);
}

static void
on_key (GObject *source, GAsyncResult *result, gpointer data)
{
  Submission *submission = data;
  ReelSubmitter *self = submission->submitter;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  ReelClient *client = reel_accounts_unlock_finish (REEL_ACCOUNTS (source), result, &error);
  ReelJobRecord *record;

  if (client == NULL) {
    end_with_error (submission, REEL_SUBMISSION_REJECTED, error);
    return;
  }

  submission->client = g_object_ref (client);
  record = reel_job_book_edit (self->book, submission->job);
  record->submission = REEL_SUBMISSION_SENDING;
  record->sent_at = g_get_real_time ();
  body = reel_codec_encode_request (record);
  reel_job_book_commit_async (self->book, submission->job, record, on_sending_written, submission);
  reel_job_book_add_event (self->book, submission->job, "request", 0, body);
}

static void
on_recorded (GObject *source, GAsyncResult *result, gpointer data)
{
  Submission *submission = data;
  g_autoptr (GError) error = NULL;

  if (!reel_job_book_commit_finish (REEL_JOB_BOOK (source), result, &error)) {
    end_with_error (submission, REEL_SUBMISSION_REJECTED, error);
    return;
  }

  reel_accounts_unlock_async (submission->submitter->accounts, reel_job_get_record (submission->job)->account_id,
                              on_key, submission);
}

/* What must not leave this machine, whatever the form let pass: private addresses above all. */
static GError *
check (const ReelJobRecord *record)
{
  if (record->prompt == NULL || !g_utf8_validate (record->prompt, -1, NULL))
    return reel_error_new_network (REEL_ERROR_INVALID_REQUEST, FALSE, "The prompt is not text");
  if (record->webhook_url != NULL && reel_uri_check_public (record->webhook_url) != REEL_URI_OK)
    return reel_error_new_network (REEL_ERROR_INVALID_REQUEST, FALSE, "The webhook URL is not public https");
  if (g_strv_length (record->media_urls) > REEL_REQUEST_MAX_REFERENCES)
    return reel_error_new_network (REEL_ERROR_INVALID_REQUEST, FALSE, "There are too many references");
  for (char **url = record->media_urls; *url != NULL; url++)
    if (reel_uri_check_public (*url) != REEL_URI_OK)
      return reel_error_new_network (REEL_ERROR_INVALID_REQUEST, FALSE, "The link of a reference is not public https");

  return NULL;
}

static gboolean
on_impatient (gpointer data)
{
  ReelSubmitter *self = data;

  self->patience_id = 0;
  g_cancellable_cancel (self->running);

  return G_SOURCE_REMOVE;
}

static void
reel_submitter_finalize (GObject *object)
{
  ReelSubmitter *self = REEL_SUBMITTER (object);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_object_unref (self->running);
  g_object_unref (self->accounts);
  g_object_unref (self->book);

  G_OBJECT_CLASS (reel_submitter_parent_class)->finalize (object);
}

static void
reel_submitter_class_init (ReelSubmitterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_submitter_finalize;

  signals[ACCEPTED] = g_signal_new ("accepted", REEL_TYPE_SUBMITTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, REEL_TYPE_JOB);
}

static void
reel_submitter_init (ReelSubmitter *self)
{
  self->running = g_cancellable_new ();
}

/**
 * reel_submitter_new:
 * @book: where jobs are written
 * @accounts: whose clients send
 *
 * Makes a submitter.
 *
 * Returns: (transfer full): the submitter
 */
ReelSubmitter *
reel_submitter_new (ReelJobBook *book, ReelAccounts *accounts)
{
  ReelSubmitter *self = g_object_new (REEL_TYPE_SUBMITTER, NULL);

  self->book = g_object_ref (book);
  self->accounts = g_object_ref (accounts);

  return self;
}

/**
 * reel_submitter_submit:
 * @request: what is asked; copied
 * @account_id: the account to send it with
 * @estimate: micro-dollars by the listed price, or %REEL_MONEY_NOT_LISTED
 *
 * Sends a request once. The job is in the history when this returns; its row is on the disk before the request leaves.
 *
 * Returns: (transfer none): the job
 */
ReelJob *
reel_submitter_submit (ReelSubmitter *self, ReelRequest *request, const char *account_id, ReelMoney estimate)
{
  ReelJobRecord *record = reel_job_record_new_for_request (request, account_id, estimate);
  ReelJob *job = reel_job_book_add (self->book, record);
  Submission *submission = submission_new (self, job);
  g_autoptr (GError) problem = check (record);

  if (problem != NULL)
    end_with_error (submission, REEL_SUBMISSION_REJECTED, problem);
  else
    reel_job_book_commit_async (self->book, job, reel_job_book_edit (self->book, job), on_recorded, submission);

  return job;
}

/**
 * reel_submitter_recover:
 * @job: a job of an earlier run
 *
 * Judges a submission that the end of the program cut short. One that was only written down never left; one that was
 * being sent may have been accepted. Neither is sent again.
 */
void
reel_submitter_recover (ReelSubmitter *self, ReelJob *job)
{
  ReelJobRecord *record;
  ReelSubmission submission = reel_job_book_peek (self->book, job)->submission;

  if (submission != REEL_SUBMISSION_RECORDED && submission != REEL_SUBMISSION_SENDING)
    return;

  record = reel_job_book_edit (self->book, job);
  if (submission == REEL_SUBMISSION_SENDING) {
    record->submission = REEL_SUBMISSION_UNKNOWN;
  } else {
    record->submission = REEL_SUBMISSION_REJECTED;
    g_set_str (&record->error_code, NOT_SENT);
    g_set_str (&record->error_message, "The program ended before the request was sent");
  }
  reel_job_book_commit_async (self->book, job, record, NULL, NULL);
}

/**
 * reel_submitter_stop_async:
 * @callback: called when nothing is on its way any more
 * @data: for @callback
 *
 * Waits a few seconds for the answers to what is on its way, and ends the rest.
 */
void
reel_submitter_stop_async (ReelSubmitter *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, reel_submitter_stop_async);
  if (self->n_running == 0 || self->stopping != NULL) {
    g_task_return_boolean (task, TRUE);
    return;
  }

  self->stopping = g_steal_pointer (&task);
  self->patience_id = g_timeout_add (PATIENCE_AT_END, on_impatient, self);
}

/**
 * reel_submitter_stop_finish:
 *
 * Ends reel_submitter_stop_async().
 */
gboolean
reel_submitter_stop_finish (ReelSubmitter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_submitter_stop_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_submitter_abort:
 *
 * Ends what is on its way at once.
 */
void
reel_submitter_abort (ReelSubmitter *self)
{
  g_cancellable_cancel (self->running);
}
