#include "config.h"

#include "reel-engine-private.h"

#include "reel-reference-fetcher.h"

G_DEFINE_FINAL_TYPE (ReelEngine, reel_engine, G_TYPE_OBJECT)

enum
{
  PROP_JOBS = 1,
  PROP_HISTORY,
  PROP_ACCOUNTS,
  PROP_ACCOUNT,
  PROP_CATALOGUE,
  PROP_CATALOGUE_ERROR,
  PROP_CATALOGUE_LOADING,
  PROP_STORE_ERROR,
  PROP_ONLINE,
  PROP_BEHIND_PORTAL,
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

/* Whoever has just signed in sees the models at once. */
static void
on_connectivity_changed (ReelEngine *self)
{
  if (!reel_engine_get_behind_portal (self) && reel_engine_get_catalogue_error (self) != NULL)
    reel_catalogue_loader_refresh (self->works->loader, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BEHIND_PORTAL]);
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

static void
on_move_begun (ReelEngine *self, const char *folder)
{
  g_autoptr (GFile) library = g_file_new_for_path (folder);

  reel_engine_set_library (self, library);
}

static void
on_saved (ReelEngine *self, ReelJob *job)
{
  if (self->library != NULL)
    reel_library_mover_follow (self->works->mover, job, g_file_peek_path (self->library));
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
  case PROP_HISTORY:
    g_value_set_object (value, reel_engine_get_history (self));
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
  case PROP_BEHIND_PORTAL:
    g_value_set_boolean (value, reel_engine_get_behind_portal (self));
    break;
  case PROP_LIBRARY:
    g_value_set_object (value, self->library);
    break;
  case PROP_DRAFT:
    g_value_set_object (value, reel_engine_get_draft (self));
    break;
  case PROP_REQUESTS_PER_MINUTE:
    g_value_set_uint (value, self->requests_per_minute);
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
    reel_engine_set_requests_per_minute (self, g_value_get_uint (value));
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
  g_signal_connect_object (self->network_monitor, "notify::connectivity", G_CALLBACK (on_connectivity_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (reel_accounts_get_list (self->works->accounts), "items-changed",
                           G_CALLBACK (on_accounts_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->works, "accounts-loaded", G_CALLBACK (on_accounts_loaded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->works->store, "notify::failed", G_CALLBACK (on_store_failed_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->works->mover, "begun", G_CALLBACK (on_move_begun), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->works->downloader, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
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
  properties[PROP_HISTORY] = g_param_spec_object ("history", NULL, NULL, REEL_TYPE_HISTORY, readable);
  properties[PROP_ACCOUNTS] = g_param_spec_object ("accounts", NULL, NULL, G_TYPE_LIST_MODEL, readable);
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, REEL_TYPE_ACCOUNT,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CATALOGUE] = g_param_spec_object ("catalogue", NULL, NULL, REEL_TYPE_CATALOGUE, readable);
  properties[PROP_CATALOGUE_ERROR] = g_param_spec_boxed ("catalogue-error", NULL, NULL, G_TYPE_ERROR, readable);
  properties[PROP_CATALOGUE_LOADING] = g_param_spec_boolean ("catalogue-loading", NULL, NULL, FALSE, readable);
  properties[PROP_STORE_ERROR] = g_param_spec_boxed ("store-error", NULL, NULL, G_TYPE_ERROR, readable);
  properties[PROP_ONLINE] = g_param_spec_boolean ("online", NULL, NULL, TRUE, readable);
  properties[PROP_BEHIND_PORTAL] = g_param_spec_boolean ("behind-portal", NULL, NULL, FALSE, readable);
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
      g_param_spec_uint ("requests-per-minute", NULL, NULL, 1, G_MAXUINT, 60,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_engine_init (ReelEngine *self)
{
}

/**
 * reel_engine_return_boolean:
 * @source: a part of the engine
 * @result: its answer: yes, or why not
 * @data: (transfer full): the task of a call to the engine
 *
 * Hands the answer of a part on.
 */
void
reel_engine_return_boolean (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * reel_engine_return_pointer:
 * @result: the answer of a part of the engine: something, or why not
 * @owned_task: (transfer full): the task of a call to the engine
 * @free_pointer: frees what the answer gives
 *
 * Hands the answer of a part on.
 */
void
reel_engine_return_pointer (GAsyncResult *result, GTask *owned_task, GDestroyNotify free_pointer)
{
  g_autoptr (GTask) task = owned_task;
  GError *error = NULL;
  gpointer pointer = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, pointer, free_pointer);
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
  reel_works_start_async (self->works, cancellable, reel_engine_return_boolean, g_steal_pointer (&task));
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
  reel_works_stop_async (self->works, reel_engine_return_boolean, g_steal_pointer (&task));
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
 * Returns: (transfer none): the jobs to which something may still happen, or happened in this run, the newest first;
 *   hidden ones left out
 */
ReelJobList *
reel_engine_get_jobs (ReelEngine *self)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), NULL);

  return reel_job_book_get_list (self->works->book);
}

/**
 * reel_engine_get_watched_jobs:
 *
 * Returns: (transfer none): those of reel_engine_get_jobs() and the ones like them that are out of sight, because they are
 *   hidden or their deletion can still be undone; what comes of them is paid for too
 */
ReelJobList *
reel_engine_get_watched_jobs (ReelEngine *self)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), NULL);

  return reel_job_book_get_watched (self->works->book);
}

/**
 * reel_engine_get_history:
 *
 * Returns: (transfer none): every job, as its query says
 */
ReelHistory *
reel_engine_get_history (ReelEngine *self)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), NULL);

  return self->works->history;
}

/**
 * reel_engine_make_history:
 *
 * Makes another view of the history, with a query of its own: for a search beside the one in the window.
 *
 * Returns: (transfer full): every job, as its query says
 */
ReelHistory *
reel_engine_make_history (ReelEngine *self)
{
  ReelHistory *history;

  g_return_val_if_fail (REEL_IS_ENGINE (self), NULL);

  history = reel_history_new (self->works->book);
  if (self->works->started)
    reel_history_start (history);

  return history;
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
 * reel_engine_lookup_account:
 * @id: (nullable): the id of an account
 *
 * Returns: (transfer none) (nullable): the account, %NULL where it was removed
 */
ReelAccount *
reel_engine_lookup_account (ReelEngine *self, const char *id)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), NULL);

  return reel_accounts_lookup (self->works->accounts, id);
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
 * reel_engine_get_behind_portal:
 *
 * Returns: whether the network wants the person to sign in before it lets anything through
 */
gboolean
reel_engine_get_behind_portal (ReelEngine *self)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), FALSE);

  return g_network_monitor_get_connectivity (self->network_monitor) == G_NETWORK_CONNECTIVITY_PORTAL;
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
 * reel_engine_get_requests_per_minute:
 *
 * Returns: how many status requests the running jobs of an account share
 */
guint
reel_engine_get_requests_per_minute (ReelEngine *self)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), 0);

  return self->requests_per_minute;
}

/**
 * reel_engine_set_requests_per_minute:
 * @requests_per_minute: how many status requests the running jobs of an account share, at least 1
 *
 * Changes the budget from now on.
 */
void
reel_engine_set_requests_per_minute (ReelEngine *self, guint requests_per_minute)
{
  g_return_if_fail (REEL_IS_ENGINE (self) && requests_per_minute > 0);

  if (self->requests_per_minute == requests_per_minute)
    return;

  self->requests_per_minute = requests_per_minute;
  if (self->works != NULL)
    reel_poller_set_requests_per_minute (self->works->poller, requests_per_minute);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REQUESTS_PER_MINUTE]);
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
 * reel_engine_fetch_reference_async:
 * @url: the link of a reference
 * @cancellable: (nullable): to stop it
 * @callback: called with the bytes
 * @data: for @callback
 *
 * Fetches the first bytes, at most 8 MiB, of the public image that a reference links to, without any key and
 * through the proxy of the system: no account asks for it, and it is seen before one is chosen.
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
  reel_reference_fetch_async (reel_accounts_get_download_client (self->works->accounts, NULL), url, cancellable,
                              on_fetched, g_steal_pointer (&task));
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
