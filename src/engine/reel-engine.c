#include "config.h"

#include "reel-engine.h"

#include "reel-file-probe.h"
#include "reel-reference-fetcher.h"
#include "reel-works.h"

/**
 * ReelEngine:
 *
 * What happens: submit, poll, download, cancel, and going on after a restart. The one object of this layer that the
 * window talks to. It lives on the main thread and every call returns at once.
 */
struct _ReelEngine
{
  GObject parent_instance;

  char *store_path;
  char *account_id;
  char *environment_base_url;
  char *environment_key;
  guint poll_interval; /* milliseconds */
  guint requests_per_minute;
  ReelFileProbe *probe;
  GNetworkMonitor *network_monitor;
  GFile *library;

  ReelWorks *works;
  ReelAccount *account;
};

G_DEFINE_FINAL_TYPE (ReelEngine, reel_engine, G_TYPE_OBJECT)

enum
{
  PROP_JOBS = 1,
  PROP_ACCOUNTS,
  PROP_ACCOUNT,
  PROP_CATALOGUE,
  PROP_CATALOGUE_ERROR,
  PROP_CATALOGUE_LOADING,
  PROP_STORE_ERROR,
  PROP_ONLINE,
  PROP_LIBRARY,
  PROP_DRAFT,
  PROP_STORE_PATH,
  PROP_PROBE,
  PROP_ACCOUNT_ID,
  PROP_ENVIRONMENT_BASE_URL,
  PROP_ENVIRONMENT_KEY,
  PROP_NETWORK_MONITOR,
  PROP_POLL_INTERVAL,
  PROP_REQUESTS_PER_MINUTE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
on_online_changed (ReelEngine *self)
{
  if (reel_engine_get_online (self) && reel_engine_get_catalogue_error (self) != NULL)
    reel_catalogue_loader_refresh (self->works->loader, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLINE]);
}

static void
on_store_failed_changed (ReelEngine *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STORE_ERROR]);
}

static void
on_loader_changed (ReelEngine *self, GParamSpec *pspec)
{
  g_autofree char *name = g_str_equal (pspec->name, "catalogue") ? NULL : g_strconcat ("catalogue-", pspec->name, NULL);

  g_object_notify (G_OBJECT (self), name != NULL ? name : pspec->name);
}

/* Turns to the account that the last run used, unless another one was chosen for this run. */
static void
on_accounts_loaded (ReelEngine *self)
{
  ReelAccount *wanted = reel_accounts_lookup (self->works->accounts, self->account_id);

  if (wanted != NULL && wanted != self->account && reel_account_is_sandbox (self->account))
    reel_engine_set_account (self, wanted);
  else
    reel_catalogue_loader_set_account (self->works->loader, reel_account_get_id (self->account));
}

/* An account that is gone cannot be in use. */
static void
on_accounts_changed (ReelEngine *self)
{
  if (reel_accounts_lookup (self->works->accounts, reel_account_get_id (self->account)) == NULL)
    reel_engine_set_account (self, reel_accounts_lookup (self->works->accounts, REEL_ACCOUNT_SANDBOX_ID));
}

/* The answer of a part that says yes or why not. */
static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_tested (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (ReelCatalogue) catalogue = reel_client_list_models_finish (REEL_CLIENT (source), result, NULL, &error);

  if (catalogue != NULL)
    g_task_return_int (task, g_list_model_get_n_items (G_LIST_MODEL (catalogue)));
  else
    g_task_return_error (task, error);
}

static void
on_account_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  ReelAccount *account = reel_accounts_save_finish (REEL_ACCOUNTS (source), result, &error);

  if (account != NULL)
    g_task_return_pointer (task, account, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GBytes *bytes = reel_reference_fetch_finish (REEL_CLIENT (source), result, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
reel_engine_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelEngine *self = REEL_ENGINE (object);

  switch (id) {
  case PROP_JOBS:
    g_value_set_object (value, reel_engine_get_jobs (self));
    break;
  case PROP_ACCOUNTS:
    g_value_set_object (value, reel_engine_get_accounts (self));
    break;
  case PROP_ACCOUNT:
    g_value_set_object (value, self->account);
    break;
  case PROP_CATALOGUE:
    g_value_set_object (value, reel_engine_get_catalogue (self));
    break;
  case PROP_CATALOGUE_ERROR:
    g_value_set_boxed (value, reel_engine_get_catalogue_error (self));
    break;
  case PROP_CATALOGUE_LOADING:
    g_value_set_boolean (value, reel_engine_get_catalogue_loading (self));
    break;
  case PROP_STORE_ERROR:
    g_value_set_boxed (value, reel_engine_get_store_error (self));
    break;
  case PROP_ONLINE:
    g_value_set_boolean (value, reel_engine_get_online (self));
    break;
  case PROP_LIBRARY:
    g_value_set_object (value, self->library);
    break;
  case PROP_DRAFT:
    g_value_set_object (value, reel_engine_get_draft (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_engine_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelEngine *self = REEL_ENGINE (object);

  switch (id) {
  case PROP_ACCOUNT:
    reel_engine_set_account (self, g_value_get_object (value));
    break;
  case PROP_LIBRARY:
    reel_engine_set_library (self, g_value_get_object (value));
    break;
  case PROP_STORE_PATH:
    self->store_path = g_value_dup_string (value);
    break;
  case PROP_PROBE:
    self->probe = g_value_dup_object (value);
    break;
  case PROP_ACCOUNT_ID:
    self->account_id = g_value_dup_string (value);
    break;
  case PROP_ENVIRONMENT_BASE_URL:
    self->environment_base_url = g_value_dup_string (value);
    break;
  case PROP_ENVIRONMENT_KEY:
    self->environment_key = g_value_dup_string (value);
    break;
  case PROP_NETWORK_MONITOR:
    self->network_monitor = g_value_dup_object (value);
    break;
  case PROP_POLL_INTERVAL:
    self->poll_interval = g_value_get_uint (value);
    break;
  case PROP_REQUESTS_PER_MINUTE:
    self->requests_per_minute = g_value_get_uint (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_engine_constructed (GObject *object)
{
  ReelEngine *self = REEL_ENGINE (object);

  G_OBJECT_CLASS (reel_engine_parent_class)->constructed (object);

  if (self->network_monitor == NULL)
    self->network_monitor = g_object_ref (g_network_monitor_get_default ());
  self->works = reel_works_new (self->store_path, self->probe, self->network_monitor, self->poll_interval,
                                self->requests_per_minute);

  g_set_object (&self->account, reel_accounts_lookup (self->works->accounts, REEL_ACCOUNT_SANDBOX_ID));
  if (self->environment_base_url != NULL && self->environment_key != NULL)
    g_set_object (&self->account, reel_accounts_add_environment (self->works->accounts, self->environment_base_url,
                                                                 self->environment_key));
  g_clear_pointer (&self->environment_key, reel_secrets_free_key);

  g_signal_connect_object (self->network_monitor, "notify::network-available", G_CALLBACK (on_online_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (reel_accounts_get_list (self->works->accounts), "items-changed",
                           G_CALLBACK (on_accounts_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->works, "accounts-loaded", G_CALLBACK (on_accounts_loaded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->works->store, "notify::failed", G_CALLBACK (on_store_failed_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->works->loader, "notify", G_CALLBACK (on_loader_changed), self, G_CONNECT_SWAPPED);
}

static void
reel_engine_dispose (GObject *object)
{
  ReelEngine *self = REEL_ENGINE (object);

  reel_works_abort (self->works);

  G_OBJECT_CLASS (reel_engine_parent_class)->dispose (object);
}

static void
reel_engine_finalize (GObject *object)
{
  ReelEngine *self = REEL_ENGINE (object);

  g_object_unref (self->works);
  g_object_unref (self->account);
  g_object_unref (self->network_monitor);
  g_clear_object (&self->probe);
  g_clear_object (&self->library);
  g_free (self->store_path);
  g_free (self->account_id);
  g_free (self->environment_base_url);

  G_OBJECT_CLASS (reel_engine_parent_class)->finalize (object);
}

static void
reel_engine_class_init (ReelEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags construct = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reel_engine_get_property;
  object_class->set_property = reel_engine_set_property;
  object_class->constructed = reel_engine_constructed;
  object_class->dispose = reel_engine_dispose;
  object_class->finalize = reel_engine_finalize;

  properties[PROP_JOBS] = g_param_spec_object ("jobs", NULL, NULL, REEL_TYPE_JOB_LIST, readable);
  properties[PROP_ACCOUNTS] = g_param_spec_object ("accounts", NULL, NULL, G_TYPE_LIST_MODEL, readable);
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, REEL_TYPE_ACCOUNT,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CATALOGUE] = g_param_spec_object ("catalogue", NULL, NULL, REEL_TYPE_CATALOGUE, readable);
  properties[PROP_CATALOGUE_ERROR] = g_param_spec_boxed ("catalogue-error", NULL, NULL, G_TYPE_ERROR, readable);
  properties[PROP_CATALOGUE_LOADING] = g_param_spec_boolean ("catalogue-loading", NULL, NULL, FALSE, readable);
  properties[PROP_STORE_ERROR] = g_param_spec_boxed ("store-error", NULL, NULL, G_TYPE_ERROR, readable);
  properties[PROP_ONLINE] = g_param_spec_boolean ("online", NULL, NULL, TRUE, readable);
  properties[PROP_LIBRARY] = g_param_spec_object ("library", NULL, NULL, G_TYPE_FILE,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, REEL_TYPE_REQUEST, readable);

  properties[PROP_STORE_PATH] = g_param_spec_string ("store-path", NULL, NULL, NULL, construct);
  properties[PROP_PROBE] = g_param_spec_object ("probe", NULL, NULL, REEL_TYPE_FILE_PROBE, construct);
  properties[PROP_ACCOUNT_ID] = g_param_spec_string ("account-id", NULL, NULL, NULL, construct);
  properties[PROP_ENVIRONMENT_BASE_URL] = g_param_spec_string ("environment-base-url", NULL, NULL, NULL, construct);
  properties[PROP_ENVIRONMENT_KEY] = g_param_spec_string ("environment-key", NULL, NULL, NULL, construct);
  properties[PROP_NETWORK_MONITOR] =
      g_param_spec_object ("network-monitor", NULL, NULL, G_TYPE_NETWORK_MONITOR, construct);
  properties[PROP_POLL_INTERVAL] = g_param_spec_uint ("poll-interval", NULL, NULL, 1, G_MAXUINT, 2000, construct);
  properties[PROP_REQUESTS_PER_MINUTE] =
      g_param_spec_uint ("requests-per-minute", NULL, NULL, 1, G_MAXUINT, 60, construct);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_engine_init (ReelEngine *self)
{
}

/**
 * reel_engine_set_sandbox:
 * @base_url: where the built-in sandbox listens
 * @api_key: its key
 *
 * Tells where the built-in sandbox is. Its account can be used from then on.
 */
void
reel_engine_set_sandbox (ReelEngine *self, const char *base_url, const char *api_key)
{
  g_return_if_fail (REEL_IS_ENGINE (self) && base_url != NULL && api_key != NULL);

  reel_accounts_set_sandbox (self->works->accounts, base_url, api_key);
}

/**
 * reel_engine_start_async:
 * @cancellable: (nullable): to give it up
 * @callback: called when the history is there
 * @data: for @callback
 *
 * Opens the store, loads accounts, draft and history, and goes on with every unfinished job. Nothing that was sent is
 * sent again.
 */
void
reel_engine_start_async (ReelEngine *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_engine_start_async);
  reel_works_start_async (self->works, cancellable, on_done, g_steal_pointer (&task));
}

/**
 * reel_engine_start_finish:
 * @error: %REEL_ERROR_STORE: nothing can be sent, and #ReelEngine:store-error says so too
 *
 * Ends reel_engine_start_async().
 */
gboolean
reel_engine_start_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_start_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_engine_stop_async:
 * @callback: called when everything has ended
 * @data: for @callback
 *
 * Saves the draft, ends every request and closes the store. A submission that is on its way gets a few seconds for its
 * answer. Nothing is cancelled at the service.
 */
void
reel_engine_stop_async (ReelEngine *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self));

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, reel_engine_stop_async);
  reel_works_stop_async (self->works, on_done, g_steal_pointer (&task));
}

/**
 * reel_engine_stop_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_engine_stop_async().
 */
gboolean
reel_engine_stop_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_stop_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_engine_get_jobs:
 *
 * Returns: (transfer none): the history, hidden jobs left out
 */
ReelJobList *
reel_engine_get_jobs (ReelEngine *self)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), NULL);

  return reel_job_book_get_list (self->works->book);
}

/**
 * reel_engine_get_accounts:
 *
 * Returns: (transfer none): a list of #ReelAccount: the sandbox first, the environment's second where it is set
 */
GListModel *
reel_engine_get_accounts (ReelEngine *self)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), NULL);

  return reel_accounts_get_list (self->works->accounts);
}

/**
 * reel_engine_get_account:
 *
 * Returns: (transfer none): the account in use
 */
ReelAccount *
reel_engine_get_account (ReelEngine *self)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), NULL);

  return self->account;
}

/**
 * reel_engine_set_account:
 * @account: one of the accounts
 *
 * Sets the account to send with.
 */
void
reel_engine_set_account (ReelEngine *self, ReelAccount *account)
{
  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_ACCOUNT (account));

  if (!g_set_object (&self->account, account))
    return;

  if (self->works->started && !self->works->stopped)
    reel_catalogue_loader_set_account (self->works->loader, reel_account_get_id (account));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}

/**
 * reel_engine_get_catalogue:
 *
 * Returns: (transfer none) (nullable): the models of the account in use, %NULL until they are known
 */
ReelCatalogue *
reel_engine_get_catalogue (ReelEngine *self)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), NULL);

  return reel_catalogue_loader_get_catalogue (self->works->loader);
}

/**
 * reel_engine_get_catalogue_error:
 *
 * Returns: (transfer none) (nullable): why the models could not be refreshed
 */
const GError *
reel_engine_get_catalogue_error (ReelEngine *self)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), NULL);

  return reel_catalogue_loader_get_error (self->works->loader);
}

/**
 * reel_engine_get_catalogue_loading:
 *
 * Returns: whether the service is being asked for its models
 */
gboolean
reel_engine_get_catalogue_loading (ReelEngine *self)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), FALSE);

  return reel_catalogue_loader_get_loading (self->works->loader);
}

/**
 * reel_engine_refresh_catalogue:
 *
 * Asks the service for its models again. The person may be asked to unlock a keyring for that.
 */
void
reel_engine_refresh_catalogue (ReelEngine *self)
{
  g_return_if_fail (REEL_IS_ENGINE (self));

  if (!self->works->stopped)
    reel_catalogue_loader_refresh (self->works->loader, TRUE);
}

/**
 * reel_engine_get_store_error:
 *
 * Returns: (transfer none) (nullable): why the database cannot be written
 */
const GError *
reel_engine_get_store_error (ReelEngine *self)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), NULL);

  return reel_store_get_failed (self->works->store);
}

/**
 * reel_engine_get_online:
 *
 * Returns: whether there is a network
 */
gboolean
reel_engine_get_online (ReelEngine *self)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), FALSE);

  return g_network_monitor_get_network_available (self->network_monitor);
}

/**
 * reel_engine_get_library:
 *
 * Returns: (transfer none) (nullable): the folder that finished videos go to
 */
GFile *
reel_engine_get_library (ReelEngine *self)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), NULL);

  return self->library;
}

/**
 * reel_engine_set_library:
 * @folder: a local folder
 *
 * Sets where videos go that are downloaded from now on.
 */
void
reel_engine_set_library (ReelEngine *self, GFile *folder)
{
  g_return_if_fail (REEL_IS_ENGINE (self) && (folder == NULL || g_file_peek_path (folder) != NULL));

  if (!g_set_object (&self->library, folder))
    return;

  reel_downloader_set_folder (self->works->downloader, folder != NULL ? g_file_peek_path (folder) : NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIBRARY]);
}

/**
 * reel_engine_get_draft:
 *
 * Returns: (transfer none): the form's content; the form edits it in place
 */
ReelRequest *
reel_engine_get_draft (ReelEngine *self)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), NULL);

  return reel_draft_get_request (self->works->draft);
}

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
  reel_canceller_cancel_async (self->works->canceller, job, on_done, g_steal_pointer (&task));
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

/**
 * reel_engine_test_account_async:
 * @base_url: where the service is
 * @api_key: a key
 * @cancellable: (nullable): to stop it
 * @callback: called when the service has answered
 * @data: for @callback
 *
 * Tests a base URL and a key by the free GET of /models.
 */
void
reel_engine_test_account_async (ReelEngine *self,
                                const char *base_url,
                                const char *api_key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (ReelClient) client = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && base_url != NULL);

  client = reel_client_new (base_url, api_key);
  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_engine_test_account_async);
  reel_client_list_models_async (client, cancellable, on_tested, g_steal_pointer (&task));
}

/**
 * reel_engine_test_account_finish:
 * @n_models: (out) (optional): how many models the key may use
 * @error: of %REEL_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Ends reel_engine_test_account_async().
 */
gboolean
reel_engine_test_account_finish (ReelEngine *self, GAsyncResult *result, guint *n_models, GError **error)
{
  gssize n;

  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_test_account_async), FALSE);

  n = g_task_propagate_int (G_TASK (result), error);
  if (n_models != NULL)
    *n_models = MAX (n, 0);

  return n >= 0;
}

/**
 * reel_engine_save_account_async:
 * @account: (nullable): the account to change, %NULL to add one
 * @name: a name for people
 * @base_url: where the service is
 * @api_key: (nullable): the key, %NULL to leave it as it is
 * @callback: called with the account
 * @data: for @callback
 *
 * Adds or changes an account. Its key-state says afterwards whether the key was stored or is kept for this run only.
 */
void
reel_engine_save_account_async (ReelEngine *self,
                                ReelAccount *account,
                                const char *name,
                                const char *base_url,
                                const char *api_key,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && name != NULL && base_url != NULL);

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, reel_engine_save_account_async);
  reel_accounts_save_async (self->works->accounts, account, name, base_url, api_key, on_account_saved,
                            g_steal_pointer (&task));
}

/**
 * reel_engine_save_account_finish:
 * @error: %REEL_ERROR_STORE, or %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Ends reel_engine_save_account_async().
 *
 * Returns: (transfer full): the account
 */
ReelAccount *
reel_engine_save_account_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_save_account_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_engine_remove_account_async:
 * @account: a stored account
 * @callback: called when it is gone
 * @data: for @callback
 *
 * Removes an account and its key. Its jobs stay; where it was in use, the sandbox is from then on.
 */
void
reel_engine_remove_account_async (ReelEngine *self, ReelAccount *account, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_ACCOUNT (account));

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, reel_engine_remove_account_async);
  reel_accounts_remove_async (self->works->accounts, account, on_done, g_steal_pointer (&task));
}

/**
 * reel_engine_remove_account_finish:
 * @error: %REEL_ERROR_STORE, or %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Ends reel_engine_remove_account_async().
 */
gboolean
reel_engine_remove_account_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_remove_account_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_engine_fetch_reference_async:
 * @url: the link of a reference
 * @cancellable: (nullable): to stop it
 * @callback: called with the bytes
 * @data: for @callback
 *
 * Fetches the first bytes, at most 8 MiB, of the public image that a reference links to, without any key.
 */
void
reel_engine_fetch_reference_async (ReelEngine *self,
                                   const char *url,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && url != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_engine_fetch_reference_async);
  reel_reference_fetch_async (reel_downloader_get_client (self->works->downloader), url, cancellable, on_fetched,
                              g_steal_pointer (&task));
}

/**
 * reel_engine_fetch_reference_finish:
 * @error: of %REEL_ERROR or of GIO
 *
 * Ends reel_engine_fetch_reference_async().
 *
 * Returns: (transfer full): the first bytes
 */
GBytes *
reel_engine_fetch_reference_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_fetch_reference_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
