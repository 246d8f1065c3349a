#include "config.h"

#include "reel-adopter.h"

#include "reel-error.h"
#include "reel-submission-judge.h"

/**
 * ReelAdopter:
 *
 * Gives a job of unknown outcome the request id that a person found, or makes a job of one. The service is asked first:
 * an acceptance is never taken back, so it must be a true one.
 *
 * ReelAdopter::accepted (job) says that a job was adopted and that this is written.
 */
struct _ReelAdopter
{
  GObject parent_instance;

  ReelJobBook *book;
  ReelAccounts *accounts;
  GCancellable *running;
};

G_DEFINE_FINAL_TYPE (ReelAdopter, reel_adopter, G_TYPE_OBJECT)

enum
{
  ACCEPTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  /* Input */
  ReelJob *job; /* owned, NULL for a new one until it is made */
  char *account_id;
  char *request_id;
  gboolean anyway;

  /* What the service told */
  ReelGeneration *generation; /* nullable */
} Adoption;

static void
adoption_free (gpointer data)
{
  Adoption *adoption = data;

  g_clear_object (&adoption->job);
  g_free (adoption->account_id);
  g_free (adoption->request_id);
  g_clear_pointer (&adoption->generation, reel_generation_free);
  g_free (adoption);
}

/* Why this cannot be adopted, as things stand now. */
static GError *
find_problem (ReelAdopter *self, const Adoption *adoption)
{
  ReelSubmission state;

  if (!reel_generation_is_request_id (adoption->request_id))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "This is no request id");
  if (adoption->job == NULL)
    return NULL;

  state = reel_job_book_peek (self->book, adoption->job)->submission;
  if (!reel_job_book_contains (self->book, adoption->job) ||
      (state != REEL_SUBMISSION_UNKNOWN && state != REEL_SUBMISSION_REJECTED))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "The job has no unknown outcome");

  return NULL;
}

static GError *
make_taken (void)
{
  return reel_error_new_network (REEL_ERROR_TAKEN, FALSE, "Another job has this request id");
}

/* What an answer leaves out says nothing. */
static gboolean
differs (const char *ours, const char *theirs)
{
  return theirs != NULL && g_strcmp0 (ours, theirs) != 0;
}

/* What is known of a job that no other run of this history asked for. */
static ReelJobRecord *
make_record (const Adoption *adoption, const ReelGeneration *generation, gint64 now)
{
  ReelJobRecord *record = reel_job_record_new ();

  record->id = g_uuid_string_random ();
  record->account_id = g_strdup (adoption->account_id);
  record->model = g_strdup (generation->model);
  record->prompt = g_strdup (generation->prompt);
  record->duration = generation->duration;
  record->aspect_ratio = g_strdup (generation->aspect_ratio);
  record->resolution = g_strdup (generation->resolution);
  record->created_at = now;

  return record;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelAdopter *self = g_task_get_source_object (task);
  Adoption *adoption = g_task_get_task_data (task);

  /* Where it could not be written, the book keeps it in memory and writes it again. */
  reel_job_book_commit_finish (REEL_JOB_BOOK (source), result, NULL);
  g_signal_emit (self, signals[ACCEPTED], 0, adoption->job);

  g_task_return_pointer (task, g_object_ref (adoption->job), g_object_unref);
}

/* What the service told is taken over, unless another job has got the request id. A history that cannot be read does not
 * stand in the way: what is accepted goes to the journal. */
static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelAdopter *self = g_task_get_source_object (task);
  Adoption *adoption = g_task_get_task_data (task);
  const ReelGeneration *generation = adoption->generation;
  g_autoptr (ReelJob) other = reel_job_book_find_request_finish (REEL_JOB_BOOK (source), result, NULL);
  g_autoptr (GError) error = find_problem (self, adoption);
  gint64 now = g_get_real_time ();
  ReelJobRecord *record;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (error == NULL && other != NULL)
    error = make_taken ();
  if (error == NULL && adoption->job != NULL && !adoption->anyway) {
    const ReelJobRecord *before = reel_job_book_peek (self->book, adoption->job);

    if (differs (before->prompt, generation->prompt) || differs (before->model, generation->model))
      error = reel_error_new_service (REEL_ERROR_MISMATCH, generation->http_status, NULL, generation->prompt, -1);
  }
  if (error != NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  record =
      adoption->job != NULL ? reel_job_book_edit (self->book, adoption->job) : make_record (adoption, generation, now);
  record->submission = REEL_SUBMISSION_ACCEPTED;
  record->declared_lost_at = 0;
  record->accepted_at = now;
  g_set_str (&record->request_id, adoption->request_id);
  reel_submission_note_error (record, NULL);
  reel_job_record_apply (record, generation, now);
  if (adoption->job == NULL)
    adoption->job = g_object_ref (reel_job_book_add (self->book, reel_job_record_copy (record)));
  reel_job_book_commit_async (self->book, adoption->job, record, on_written, g_steal_pointer (&task));
  reel_job_book_add_event (self->book, adoption->job, "status", generation->http_status, generation->body);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelAdopter *self = g_task_get_source_object (task);
  Adoption *adoption = g_task_get_task_data (task);
  GError *error = NULL;

  adoption->generation = reel_client_get_generation_finish (REEL_CLIENT (source), result, &error);
  if (adoption->generation == NULL)
    g_task_return_error (task, error);
  else
    reel_job_book_find_request_async (self->book, adoption->request_id, NULL, on_checked, g_steal_pointer (&task));
}

static void
on_key (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelAdopter *self = g_task_get_source_object (task);
  Adoption *adoption = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  ReelClient *client = reel_accounts_unlock_finish (REEL_ACCOUNTS (source), result, &error);

  if (client == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    reel_client_get_generation_async (client, adoption->request_id, self->running, on_answer, g_steal_pointer (&task));
}

/* The service need not be asked about a request id that another job has. */
static void
on_looked_for (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelAdopter *self = g_task_get_source_object (task);
  Adoption *adoption = g_task_get_task_data (task);
  g_autoptr (ReelJob) other = reel_job_book_find_request_finish (REEL_JOB_BOOK (source), result, NULL);

  if (other != NULL)
    g_task_return_error (task, make_taken ());
  else
    reel_accounts_unlock_async (self->accounts, adoption->account_id, on_key, g_steal_pointer (&task));
}

static void
reel_adopter_finalize (GObject *object)
{
  ReelAdopter *self = REEL_ADOPTER (object);

  g_object_unref (self->running);
  g_object_unref (self->accounts);
  g_object_unref (self->book);

  G_OBJECT_CLASS (reel_adopter_parent_class)->finalize (object);
}

static void
reel_adopter_class_init (ReelAdopterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_adopter_finalize;

  signals[ACCEPTED] = g_signal_new ("accepted", REEL_TYPE_ADOPTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                    1, REEL_TYPE_JOB);
}

static void
reel_adopter_init (ReelAdopter *self)
{
  self->running = g_cancellable_new ();
}

/**
 * reel_adopter_new:
 * @book: where jobs are written
 * @accounts: whose clients ask
 *
 * Makes an adopter.
 *
 * Returns: (transfer full): the adopter
 */
ReelAdopter *
reel_adopter_new (ReelJobBook *book, ReelAccounts *accounts)
{
  ReelAdopter *self = g_object_new (REEL_TYPE_ADOPTER, NULL);

  self->book = g_object_ref (book);
  self->accounts = g_object_ref (accounts);

  return self;
}

/**
 * reel_adopter_adopt_async:
 * @job: (nullable): a job whose outcome is unknown, lost or a refusal, %NULL to make a new one
 * @account_id: the account to ask with, and of a new job; that of @job is used where there is one
 * @request_id: the service's name for the job, as a person typed it
 * @anyway: whether to adopt it also where the service tells of another prompt or model than that of @job
 * @cancellable: (nullable): to give it up: nothing is changed then
 * @callback: called when it is adopted
 * @data: for @callback
 *
 * Asks the service for a job, and follows it from then on.
 */
void
reel_adopter_adopt_async (ReelAdopter *self,
                          ReelJob *job,
                          const char *account_id,
                          const char *request_id,
                          gboolean anyway,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Adoption *adoption = g_new0 (Adoption, 1);
  GError *problem;

  g_task_set_source_tag (task, reel_adopter_adopt_async);
  /* What was adopted is adopted: a cancel that comes later does not turn it into an error. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, adoption, adoption_free);
  adoption->job = job != NULL ? g_object_ref (job) : NULL;
  adoption->account_id = g_strdup (job != NULL ? reel_job_get_record (job)->account_id : account_id);
  adoption->request_id = g_strstrip (g_strdup (request_id));
  adoption->anyway = anyway;

  problem = find_problem (self, adoption);
  if (problem != NULL)
    g_task_return_error (task, problem);
  else
    reel_job_book_find_request_async (self->book, adoption->request_id, NULL, on_looked_for, g_steal_pointer (&task));
}

/**
 * reel_adopter_adopt_finish:
 * @error: %REEL_ERROR_TAKEN where another job has the request id, %REEL_ERROR_NOT_FOUND where the service does not know
 *   it, %REEL_ERROR_MISMATCH where the service tells of another prompt or model (its prompt is the service's message),
 *   others of %REEL_ERROR, %G_IO_ERROR_INVALID_ARGUMENT where it is no request id or the job cannot be adopted, or
 *   %G_IO_ERROR_CANCELLED; nothing is changed then
 *
 * Ends reel_adopter_adopt_async().
 *
 * Returns: (transfer full): the job
 */
ReelJob *
reel_adopter_adopt_finish (ReelAdopter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_adopter_adopt_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_adopter_stop:
 *
 * Ends every request.
 */
void
reel_adopter_stop (ReelAdopter *self)
{
  g_cancellable_cancel (self->running);
}
