#include "config.h"

#include "reel-submitter.h"

#include "reel-codec.h"
#include "reel-error.h"
#include "reel-send-queue.h"
#include "reel-submission-judge.h"
#include "reel-uri.h"
#include "reel-webhook-address.h"

/* How long the end of the program waits for the answer to a request that is on its way, in milliseconds: without the
 * answer nobody would know what became of it. */
#define PATIENCE_AT_END 5000

/* How long a request that is on its way holds its slot, times the poll interval: ten seconds where that is two. One that
 * hangs must not hold the others up for ever. */
#define SLOT_INTERVALS 5

/**
 * ReelSubmitter:
 *
 * Sends requests, each at most once. A row that says so is on the disk before the request leaves; whatever becomes of
 * it is written into that row. Only a request that provably never left is tried again, for as long as the program runs.
 *
 * ReelSubmitter::accepted (job) says that the service has taken a job and that this is written.
 */
struct _ReelSubmitter
{
  GObject parent_instance;

  ReelJobBook *book;
  ReelAccounts *accounts;
  guint slot_time; /* milliseconds */
  ReelSendQueue *queue;
  GHashTable *submissions; /* id -> Submission */
  guint64 n_tickets;
  GCancellable *running; /* ends them */
  gboolean stopped;      /* nothing is begun any more */
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

/* A job from its click to its outcome. */
typedef struct
{
  ReelSubmitter *submitter; /* owned while @busy, else borrowed */
  ReelJob *job;             /* owned */
  guint64 ticket;           /* the order of the clicks */

  gboolean busy;       /* waits for a callback */
  gboolean at_keyring; /* it is a keyring that calls back */
  gboolean has_slot;
  guint slot_id;
  ReelClient *client;  /* owned, NULL until the key is known */
  gboolean on_its_way; /* the request may have left */
  gboolean withdrawn;  /* a person does not want it to be sent any more */
  gboolean told;       /* an event says what is sent */
  char *problem;       /* the last failure that was written as an event */
} Submission;

static const char *
get_account_id (Submission *submission)
{
  return reel_job_get_record (submission->job)->account_id;
}

static ReelAccount *
get_account (Submission *submission)
{
  return reel_accounts_lookup (submission->submitter->accounts, get_account_id (submission));
}

static void
give_slot_back (Submission *submission)
{
  g_clear_handle_id (&submission->slot_id, g_source_remove);
  if (!submission->has_slot)
    return;

  submission->has_slot = FALSE;
  reel_send_queue_give_back (submission->submitter->queue, get_account_id (submission));
}

static void
submission_free (gpointer data)
{
  Submission *submission = data;

  g_clear_handle_id (&submission->slot_id, g_source_remove);
  g_clear_object (&submission->client);
  g_object_unref (submission->job);
  g_free (submission->problem);
  g_free (submission);
}

static Submission *
submission_new (ReelSubmitter *self, ReelJob *job)
{
  Submission *submission = g_new0 (Submission, 1);

  submission->submitter = self;
  submission->job = g_object_ref (job);
  submission->ticket = self->n_tickets++;
  g_hash_table_insert (self->submissions, g_strdup (reel_job_get_id (job)), submission);

  return submission;
}

/* Before each call that calls back: the submitter stays until then. */
static void
begin (Submission *submission)
{
  g_assert (!submission->busy);
  g_object_ref (submission->submitter);
  submission->busy = TRUE;
}

/* In each callback: gives the reference that begin() took. */
static ReelSubmitter *
resume (Submission *submission)
{
  submission->busy = FALSE;

  return submission->submitter;
}

/* Whether the end of the program has something to wait for. A keyring is not: nothing has left, and it may never answer. */
static gboolean
is_anything_open (ReelSubmitter *self)
{
  GHashTableIter iter;
  Submission *submission;

  g_hash_table_iter_init (&iter, self->submissions);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&submission))
    if (submission->busy && !submission->at_keyring)
      return TRUE;

  return FALSE;
}

/* Nothing is going to happen to the job here any more. */
static void
end (Submission *submission)
{
  ReelSubmitter *self = submission->submitter;

  give_slot_back (submission);
  reel_send_queue_remove (self->queue, get_account_id (submission), submission);
  g_hash_table_remove (self->submissions, reel_job_get_id (submission->job));

  if (self->stopping != NULL && !is_anything_open (self)) {
    g_autoptr (GTask) task = g_steal_pointer (&self->stopping);

    g_clear_handle_id (&self->patience_id, g_source_remove);
    g_task_return_boolean (task, TRUE);
  }
}

static void
set_withdrawn (ReelJobRecord *record)
{
  record->submission = REEL_SUBMISSION_REJECTED;
  record->held = FALSE;
  record->sent_at = 0;
  record->http_status = 0;
  g_set_str (&record->error_code, REEL_JOB_WITHDRAWN);
  g_set_str (&record->error_message, "Withdrawn before it was sent");
}

static void
on_end_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Submission *submission = data;
  g_autoptr (ReelSubmitter) self = resume (submission);
  g_autoptr (ReelJob) job = g_object_ref (submission->job);

  /* Where it could not be written, the book keeps it in memory and writes it again. */
  reel_job_book_commit_finish (REEL_JOB_BOOK (source), result, NULL);
  if (reel_job_get_record (job)->submission == REEL_SUBMISSION_ACCEPTED)
    g_signal_emit (self, signals[ACCEPTED], 0, job);

  end (submission);
}

static void
fail (Submission *submission, ReelSubmission state, const GError *error)
{
  ReelJobBook *book = submission->submitter->book;
  ReelJobRecord *record = reel_job_book_edit (book, submission->job);

  record->submission = state;
  record->held = FALSE;
  reel_submission_note_error (record, error);
  if (state == REEL_SUBMISSION_REJECTED && !reel_error_was_sent (error) && record->http_status == 0)
    record->sent_at = 0;
  begin (submission);
  reel_job_book_commit_async (book, submission->job, record, on_end_written, submission);
  reel_job_book_add_event (book, submission->job, "error", reel_error_get_http_status (error), error->message);
}

static void
on_put_back (GObject *source, GAsyncResult *result, gpointer data)
{
  Submission *submission = data;
  g_autoptr (ReelSubmitter) self = resume (submission);

  reel_job_book_commit_finish (REEL_JOB_BOOK (source), result, NULL);
  if (submission->withdrawn || self->stopped)
    end (submission);
  else
    reel_send_queue_push (self->queue, get_account_id (submission), submission->ticket, submission);
}

/* It never left: it is as if it had not been tried, but that the record says why it waits. */
static void
put_back (Submission *submission, const GError *error)
{
  ReelSubmitter *self = submission->submitter;
  ReelJobRecord *record = reel_job_book_edit (self->book, submission->job);

  record->submission = REEL_SUBMISSION_RECORDED;
  record->sent_at = 0;
  if (submission->withdrawn)
    set_withdrawn (record);
  else if (error != NULL && error->domain == REEL_ERROR)
    reel_submission_note_error (record, error);
  begin (submission);
  reel_job_book_commit_async (self->book, submission->job, record, on_put_back, submission);
  if (error != NULL && g_set_str (&submission->problem, error->message))
    reel_job_book_add_event (self->book, submission->job, "error", 0, error->message);
}

static void
accept (Submission *submission, const ReelGeneration *generation)
{
  ReelJobBook *book = submission->submitter->book;
  ReelJobRecord *record = reel_job_book_edit (book, submission->job);

  record->submission = REEL_SUBMISSION_ACCEPTED;
  if (record->accepted_at == 0)
    record->accepted_at = g_get_real_time ();
  reel_submission_note_error (record, NULL);
  g_set_str (&record->request_id, generation->request_id);
  reel_job_record_apply (record, generation, g_get_real_time ());
  begin (submission);
  reel_job_book_commit_async (book, submission->job, record, on_end_written, submission);
  reel_job_book_add_event (book, submission->job, "response", generation->http_status, generation->body);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  Submission *submission = data;
  g_autoptr (ReelSubmitter) self = resume (submission);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelGeneration) generation = reel_client_create_generation_finish (REEL_CLIENT (source), result, &error);
  ReelSubmission outcome = generation != NULL ? REEL_SUBMISSION_ACCEPTED : reel_submission_judge (error);
  const ReelJobRecord *record = reel_job_book_peek (self->book, submission->job);

  submission->on_its_way = FALSE;
  give_slot_back (submission);
  if (outcome != REEL_SUBMISSION_RECORDED)
    reel_send_queue_hurry (self->queue, get_account_id (submission));
  else if (!self->stopped)
    reel_send_queue_wait (self->queue, get_account_id (submission));

  /* Something else may have proved meanwhile that the service took it. */
  if (record->submission != REEL_SUBMISSION_SENDING &&
      (generation == NULL || g_strcmp0 (generation->request_id, record->request_id) != 0))
    end (submission);
  else if (outcome == REEL_SUBMISSION_ACCEPTED)
    accept (submission, generation);
  else if (outcome == REEL_SUBMISSION_RECORDED)
    put_back (submission, error);
  else
    fail (submission, outcome, error);
}

static gboolean
on_slot_over (gpointer data)
{
  Submission *submission = data;

  submission->slot_id = 0;
  give_slot_back (submission);

  return G_SOURCE_REMOVE;
}

static void
on_sending_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Submission *submission = data;
  g_autoptr (ReelSubmitter) self = resume (submission);
  const GError *store_error = reel_store_get_failed (reel_job_book_get_store (self->book));
  g_autoptr (ReelJobRecord) outgoing = NULL;
  g_autoptr (GError) error = NULL;

  if (!reel_job_book_commit_finish (self->book, result, &error) && !submission->withdrawn) {
    fail (submission, REEL_SUBMISSION_REJECTED, error);
    return;
  }
  if (submission->withdrawn) {
    end (submission);
    return;
  }
  if (self->stopped) {
    put_back (submission, NULL);
    return;
  }
  if (store_error != NULL) {
    fail (submission, REEL_SUBMISSION_REJECTED, store_error);
    return;
  }

  begin (submission);
  submission->on_its_way = TRUE;
  submission->slot_id = g_timeout_add (self->slot_time, on_slot_over, submission);
  outgoing = reel_webhook_address_make_outgoing (reel_job_get_record (submission->job), get_account (submission));
  reel_client_create_generation_async (submission->client, outgoing, self->running, on_answer, submission);
}

static void
on_key (GObject *source, GAsyncResult *result, gpointer data)
{
  Submission *submission = data;
  g_autoptr (ReelSubmitter) self = resume (submission);
  g_autoptr (GError) error = NULL;
  ReelClient *client = reel_accounts_unlock_finish (REEL_ACCOUNTS (source), result, &error);
  ReelJobRecord *record;

  submission->at_keyring = FALSE;
  if (submission->withdrawn || self->stopped) {
    end (submission);
    return;
  }
  if (client != NULL && reel_uri_check_service (reel_client_get_base_url (client)) != REEL_URI_OK)
    error = reel_error_new_network (REEL_ERROR_UNREACHABLE, FALSE, "The base URL is not https");
  if (error != NULL) {
    fail (submission, REEL_SUBMISSION_REJECTED, error);
    return;
  }

  g_set_object (&submission->client, client);
  record = reel_job_book_edit (self->book, submission->job);
  record->submission = REEL_SUBMISSION_SENDING;
  record->sent_at = g_get_real_time ();
  reel_webhook_address_assign (record, get_account (submission));
  if (!submission->told) {
    g_autoptr (ReelJobRecord) outgoing = reel_webhook_address_make_outgoing (record, get_account (submission));
    g_autofree char *body = reel_codec_encode_request (outgoing);

    submission->told = TRUE;
    reel_job_book_add_event (self->book, submission->job, "request", 0, body);
  }
  begin (submission);
  reel_job_book_commit_async (self->book, submission->job, record, on_sending_written, submission);
}

static void
on_turn (gpointer item, gpointer data)
{
  Submission *submission = item;

  submission->has_slot = TRUE;
  submission->at_keyring = TRUE;
  begin (submission);
  reel_accounts_unlock_async (submission->submitter->accounts, get_account_id (submission), on_key, submission);
}

static void
on_recorded (GObject *source, GAsyncResult *result, gpointer data)
{
  Submission *submission = data;
  g_autoptr (ReelSubmitter) self = resume (submission);
  g_autoptr (GError) error = NULL;

  if (!reel_job_book_commit_finish (REEL_JOB_BOOK (source), result, &error) && !submission->withdrawn)
    fail (submission, REEL_SUBMISSION_REJECTED, error);
  else if (submission->withdrawn || self->stopped)
    end (submission);
  else
    reel_send_queue_push (self->queue, get_account_id (submission), submission->ticket, submission);
}

/* Writes a job down and lets it wait for its turn. */
static void
record_and_send (ReelSubmitter *self, ReelJob *job, ReelJobRecord *record)
{
  Submission *submission = submission_new (self, job);
  g_autoptr (GError) problem = reel_submission_check (record);

  if (problem != NULL) {
    reel_job_record_free (record);
    fail (submission, REEL_SUBMISSION_REJECTED, problem);
  } else {
    begin (submission);
    reel_job_book_commit_async (self->book, job, record, on_recorded, submission);
  }
}

static void
on_network_changed (ReelSubmitter *self, gboolean available)
{
  if (available)
    reel_send_queue_hurry (self->queue, NULL);
}

static void
on_client_changed (ReelSubmitter *self, const char *account_id)
{
  reel_send_queue_hurry (self->queue, account_id);
}

/* Ends all that only waits: it stays as it is written. */
static void
stop_what_waits (ReelSubmitter *self)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();
  GHashTableIter iter;
  Submission *submission;

  self->stopped = TRUE;
  g_hash_table_iter_init (&iter, self->submissions);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&submission))
    if (!submission->busy)
      g_ptr_array_add (waiting, submission);
  for (guint i = 0; i < waiting->len; i++)
    end (waiting->pdata[i]);
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
reel_submitter_dispose (GObject *object)
{
  ReelSubmitter *self = REEL_SUBMITTER (object);

  stop_what_waits (self);

  G_OBJECT_CLASS (reel_submitter_parent_class)->dispose (object);
}

static void
reel_submitter_finalize (GObject *object)
{
  ReelSubmitter *self = REEL_SUBMITTER (object);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_hash_table_unref (self->submissions);
  reel_send_queue_free (self->queue);
  g_object_unref (self->running);
  g_object_unref (self->accounts);
  g_object_unref (self->book);

  G_OBJECT_CLASS (reel_submitter_parent_class)->finalize (object);
}

static void
reel_submitter_class_init (ReelSubmitterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = reel_submitter_dispose;
  object_class->finalize = reel_submitter_finalize;

  signals[ACCEPTED] = g_signal_new ("accepted", REEL_TYPE_SUBMITTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, REEL_TYPE_JOB);
}

static void
reel_submitter_init (ReelSubmitter *self)
{
  self->submissions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, submission_free);
  self->running = g_cancellable_new ();
}

/**
 * reel_submitter_new:
 * @book: where jobs are written
 * @accounts: whose clients send
 * @monitor: tells when the network is back
 * @poll_interval: the shortest pause between two attempts, milliseconds
 *
 * Makes a submitter.
 *
 * Returns: (transfer full): the submitter; end it with reel_submitter_stop_async() or reel_submitter_abort()
 */
ReelSubmitter *
reel_submitter_new (ReelJobBook *book, ReelAccounts *accounts, GNetworkMonitor *monitor, guint poll_interval)
{
  ReelSubmitter *self = g_object_new (REEL_TYPE_SUBMITTER, NULL);

  self->book = g_object_ref (book);
  self->accounts = g_object_ref (accounts);
  self->slot_time = SLOT_INTERVALS * poll_interval;
  self->queue = reel_send_queue_new ((gint64)poll_interval * 1000, on_turn, self);
  g_signal_connect_object (monitor, "network-changed", G_CALLBACK (on_network_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (accounts, "client-changed", G_CALLBACK (on_client_changed), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * reel_submitter_take:
 * @record: (transfer full): a new job
 *
 * Sends a request once, when it is its turn. The job is in the history when this returns; its row is on the disk before
 * the request leaves. While no connection can be made, the job waits, recorded, with the reason as its error.
 *
 * Returns: (transfer none): the job
 */
ReelJob *
reel_submitter_take (ReelSubmitter *self, ReelJobRecord *record)
{
  ReelJob *job = reel_job_book_add (self->book, record);

  record_and_send (self, job, reel_job_book_edit (self->book, job));

  return job;
}

/**
 * reel_submitter_send_held:
 * @job: a job that an earlier run wrote down and did not send
 *
 * Sends a held job, as a new one.
 *
 * Returns: whether the job was held
 */
gboolean
reel_submitter_send_held (ReelSubmitter *self, ReelJob *job)
{
  ReelJobRecord *record;

  if (self->stopped || !reel_job_book_contains (self->book, job) || !reel_job_book_peek (self->book, job)->held)
    return FALSE;

  record = reel_job_book_edit (self->book, job);
  record->held = FALSE;
  record_and_send (self, job, record);

  return TRUE;
}

/**
 * reel_submitter_withdraw:
 * @job: a job
 *
 * Keeps a job that is held, waits for its turn or for a connection from being sent. One whose request is on its way is
 * not stopped, which would only make its outcome unknown; where that request turns out never to have left, it is not
 * tried again, and the job is withdrawn then.
 *
 * Returns: whether it will certainly not be sent
 */
gboolean
reel_submitter_withdraw (ReelSubmitter *self, ReelJob *job)
{
  Submission *submission = g_hash_table_lookup (self->submissions, reel_job_get_id (job));
  ReelSubmission state = reel_job_book_peek (self->book, job)->submission;
  ReelJobRecord *record;

  if (!reel_job_book_contains (self->book, job))
    return FALSE;
  if (state != REEL_SUBMISSION_RECORDED && (state != REEL_SUBMISSION_SENDING || submission == NULL))
    return FALSE;

  if (submission != NULL)
    submission->withdrawn = TRUE;
  if (submission != NULL && submission->on_its_way)
    return FALSE;

  record = reel_job_book_edit (self->book, job);
  set_withdrawn (record);
  reel_job_book_commit_async (self->book, job, record, NULL, NULL);
  if (submission != NULL && !submission->busy)
    end (submission);

  return TRUE;
}

/**
 * reel_submitter_recover:
 * @job: a job of an earlier run
 *
 * Judges a submission that the end of the program cut short. One that was only written down never left: it is held until
 * a person sends it. One that was being sent may have been accepted. Neither is sent by itself.
 */
void
reel_submitter_recover (ReelSubmitter *self, ReelJob *job)
{
  const ReelJobRecord *before = reel_job_book_peek (self->book, job);
  ReelJobRecord *record;

  if (before->submission != REEL_SUBMISSION_SENDING && (before->submission != REEL_SUBMISSION_RECORDED || before->held))
    return;

  record = reel_job_book_edit (self->book, job);
  if (record->submission == REEL_SUBMISSION_SENDING)
    record->submission = REEL_SUBMISSION_UNKNOWN;
  else
    record->held = TRUE;
  /* That an earlier attempt found no connection says nothing of this one. */
  reel_submission_note_error (record, NULL);
  reel_job_book_commit_async (self->book, job, record, NULL, NULL);
}

/**
 * reel_submitter_stop_async:
 * @callback: called when nothing is on its way any more
 * @data: for @callback
 *
 * Sends nothing more, waits a few seconds for the answers to what is on its way, and ends the rest. What waits stays as
 * it is written.
 */
void
reel_submitter_stop_async (ReelSubmitter *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, reel_submitter_stop_async);
  stop_what_waits (self);
  if (self->stopping != NULL || !is_anything_open (self)) {
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
  stop_what_waits (self);
  g_cancellable_cancel (self->running);
}
