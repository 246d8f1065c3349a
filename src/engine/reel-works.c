#include "config.h"

#include "reel-works.h"

#include "reel-error.h"

G_DEFINE_FINAL_TYPE (ReelWorks, reel_works, G_TYPE_OBJECT)

enum
{
  ACCOUNTS_LOADED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* How long to wait before a start that failed is tried again, in seconds: another program may hold the file, or the disk
 * may be full. */
#define START_AGAIN_AFTER 5

/* Follows a job to its next stage. */
static void
follow (ReelWorks *self, ReelJob *job)
{
  const ReelJobRecord *record = reel_job_book_peek (self->book, job);

  if (record->submission != REEL_SUBMISSION_ACCEPTED)
    return;

  if (record->status == REEL_SERVICE_SUCCEEDED)
    reel_downloader_add (self->downloader, job);
  else
    reel_poller_add (self->poller, job);
}

static void
stop_at_once (ReelWorks *self)
{
  self->stopped = TRUE;
  g_clear_handle_id (&self->start_again_id, g_source_remove);
  reel_webhooks_stop (self->webhooks);
  reel_webhook_hints_stop (self->hints);
  reel_poller_stop (self->poller);
  reel_adopter_stop (self->adopter);
  reel_canceller_stop (self->canceller);
  reel_downloader_stop (self->downloader);
  reel_file_keeper_stop (self->keeper);
  reel_library_mover_stop (self->mover);
  reel_catalogue_loader_stop (self->loader);
  reel_accounts_stop (self->accounts);
}

static gboolean
on_start_again (gpointer data)
{
  ReelWorks *self = data;

  self->start_again_id = 0;
  reel_works_start_async (self, NULL, NULL, NULL);

  return G_SOURCE_REMOVE;
}

/* Whoever waits for the start is told of the first failure; a later success shows in what it brings. */
static void
fail_start (GTask *task, GError *error)
{
  ReelWorks *self = g_task_get_source_object (task);

  if (!self->stopped && self->start_again_id == 0 && g_error_matches (error, REEL_ERROR, REEL_ERROR_STORE))
    self->start_again_id = g_timeout_add_seconds (START_AGAIN_AFTER, on_start_again, self);
  g_task_return_error (task, error);
}

static void
on_jobs_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelWorks *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) jobs = NULL;
  GError *error = NULL;

  jobs = reel_job_book_load_finish (REEL_JOB_BOOK (source), result, &error);
  if (jobs == NULL) {
    fail_start (task, error);
    return;
  }

  reel_history_start (self->history);
  reel_downloader_sweep (self->downloader, jobs);
  for (guint i = 0; i < jobs->len && !self->stopped; i++) {
    reel_submitter_recover (self->submitter, jobs->pdata[i]);
    reel_canceller_recover (self->canceller, jobs->pdata[i]);
    follow (self, jobs->pdata[i]);
  }
  /* An earlier attempt failed: a write proves that all is well now. */
  if (reel_store_get_failed (self->store) != NULL && !self->stopped)
    reel_draft_flush (self->draft);
  reel_file_keeper_check_all (self->keeper);
  reel_library_mover_resume (self->mover);
  if (!self->stopped)
    reel_webhooks_start (self->webhooks);
  g_task_return_boolean (task, TRUE);
}

static void
on_draft_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  ReelWorks *self = g_task_get_source_object (task);
  g_autofree char *text = NULL;
  GError *error = NULL;

  text = reel_store_load_text_finish (REEL_STORE (source), result, &error);
  if (error != NULL) {
    fail_start (task, error);
    return;
  }

  reel_draft_load_text (self->draft, text);
  reel_job_book_load_async (self->book, cancellable, on_jobs_loaded, g_steal_pointer (&task));
}

static void
on_accounts_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  ReelWorks *self = g_task_get_source_object (task);
  GPtrArray *accounts;
  GError *error = NULL;

  accounts = reel_store_load_accounts_finish (REEL_STORE (source), result, &error);
  if (accounts == NULL) {
    fail_start (task, error);
    return;
  }

  if (self->started) {
    g_ptr_array_unref (accounts);
  } else {
    reel_accounts_take_stored (self->accounts, accounts);
    self->started = TRUE;
    g_signal_emit (self, signals[ACCOUNTS_LOADED], 0);
  }
  reel_store_load_text_async (self->store, "draft", cancellable, on_draft_loaded, g_steal_pointer (&task));
}

static void
on_store_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  ReelWorks *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!reel_store_open_finish (REEL_STORE (source), result, &error)) {
    fail_start (task, error);
    return;
  }

  reel_store_load_accounts_async (self->store, cancellable, on_accounts_loaded, g_steal_pointer (&task));
}

static void
on_journal_flushed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *store_error = g_task_get_task_data (task);

  reel_job_book_flush_finish (REEL_JOB_BOOK (source), result);
  if (store_error != NULL)
    g_task_return_error (task, g_error_copy (store_error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_store_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelWorks *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!reel_store_close_finish (REEL_STORE (source), result, &error))
    g_task_set_task_data (task, error, (GDestroyNotify)g_error_free);
  reel_job_book_flush_async (self->book, on_journal_flushed, g_steal_pointer (&task));
}

static void
on_purger_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelWorks *self = g_task_get_source_object (task);

  reel_purger_stop_finish (REEL_PURGER (source), result, NULL);
  reel_job_book_stop (self->book);
  reel_store_close_async (self->store, on_store_closed, g_steal_pointer (&task));
}

static void
on_submitter_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelWorks *self = g_task_get_source_object (task);

  reel_submitter_stop_finish (REEL_SUBMITTER (source), result, NULL);
  reel_purger_stop_async (self->purger, on_purger_stopped, g_steal_pointer (&task));
}

static void
reel_works_finalize (GObject *object)
{
  ReelWorks *self = REEL_WORKS (object);

  g_clear_handle_id (&self->start_again_id, g_source_remove);
  g_object_unref (self->webhooks);
  g_object_unref (self->hints);
  g_object_unref (self->draft);
  g_object_unref (self->loader);
  g_object_unref (self->mover);
  g_object_unref (self->purger);
  g_object_unref (self->keeper);
  g_object_unref (self->downloader);
  g_object_unref (self->canceller);
  g_object_unref (self->poller);
  g_object_unref (self->adopter);
  g_object_unref (self->submitter);
  g_object_unref (self->history);
  g_object_unref (self->book);
  g_object_unref (self->accounts);
  g_object_unref (self->store);

  G_OBJECT_CLASS (reel_works_parent_class)->finalize (object);
}

static void
reel_works_class_init (ReelWorksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_works_finalize;

  signals[ACCOUNTS_LOADED] =
      g_signal_new ("accounts-loaded", REEL_TYPE_WORKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reel_works_init (ReelWorks *self)
{
}

/**
 * reel_works_new:
 * @store_path: the file of the database
 * @probe: (nullable): what looks into a file before it is called a video
 * @monitor: tells whether there is a network
 * @poll_interval: the shortest time between two status requests of one job, milliseconds
 * @requests_per_minute: what all running jobs share
 *
 * Makes the parts and joins them.
 *
 * Returns: (transfer full): the works
 */
ReelWorks *
reel_works_new (const char *store_path,
                ReelFileProbe *probe,
                GNetworkMonitor *monitor,
                guint poll_interval,
                guint requests_per_minute)
{
  ReelWorks *self = g_object_new (REEL_TYPE_WORKS, NULL);
  g_autoptr (ReelSecrets) secrets = reel_secrets_new (REEL_SECRET_KEY);

  self->store = reel_store_new (store_path);
  self->accounts = reel_accounts_new (self->store, secrets, monitor);
  self->book = reel_job_book_new (self->store);
  self->history = reel_history_new (self->book);
  self->submitter = reel_submitter_new (self->book, self->accounts, monitor, poll_interval);
  self->adopter = reel_adopter_new (self->book, self->accounts);
  self->poller = reel_poller_new (self->book, self->accounts, monitor, poll_interval, requests_per_minute);
  self->canceller = reel_canceller_new (self->book, self->accounts, self->poller);
  self->downloader = reel_downloader_new (self->book, self->accounts, self->poller, probe, monitor, poll_interval);
  self->keeper = reel_file_keeper_new (self->book);
  self->purger = reel_purger_new (self->book);
  self->mover = reel_library_mover_new (self->book);
  self->loader = reel_catalogue_loader_new (self->accounts, self->store);
  self->draft = reel_draft_new (self->store);
  self->hints = reel_webhook_hints_new (self->book, self->accounts, self->poller, self->adopter, poll_interval);
  self->webhooks = reel_webhooks_new (self->store, self->accounts, self->book, self->hints);

  g_signal_connect_object (self->submitter, "accepted", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adopter, "accepted", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->poller, "succeeded", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * reel_works_start_async:
 * @cancellable: (nullable): to give it up
 * @callback: called when the history is there
 * @data: for @callback
 *
 * Opens the store, loads accounts, draft and history, and goes on with every unfinished job. Where the store fails, it
 * is tried again by itself.
 */
void
reel_works_start_async (ReelWorks *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, reel_works_start_async);
  reel_store_open_async (self->store, cancellable, on_store_opened, g_steal_pointer (&task));
}

/**
 * reel_works_start_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_works_start_async().
 */
gboolean
reel_works_start_finish (ReelWorks *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_works_start_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_works_stop_async:
 * @callback: called when everything has ended
 * @data: for @callback
 *
 * Saves the draft, ends every request and closes the store. A submission that is on its way gets a few seconds for its
 * answer.
 */
void
reel_works_stop_async (ReelWorks *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, reel_works_stop_async);
  if (self->stopped) {
    g_task_return_boolean (task, TRUE);
    return;
  }

  if (self->started)
    reel_draft_flush (self->draft);
  stop_at_once (self);
  reel_submitter_stop_async (self->submitter, on_submitter_stopped, g_steal_pointer (&task));
}

/**
 * reel_works_stop_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_works_stop_async().
 */
gboolean
reel_works_stop_finish (ReelWorks *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_works_stop_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_works_abort:
 *
 * Ends everything at once, also what is on its way.
 */
void
reel_works_abort (ReelWorks *self)
{
  stop_at_once (self);
  reel_submitter_abort (self->submitter);
}
