#include "config.h"

#include "reel-engine.h"

#include "reel-file-probe.h"

#include <glib/gi18n-lib.h>

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

  ReelJobList *jobs;
  GListStore *accounts; /* ReelAccount */
  ReelAccount *account;
  ReelCatalogue *catalogue;
  GError *catalogue_error;
  GError *store_error;
  ReelRequest *draft;
  char *sandbox_key;
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
on_network_changed (ReelEngine *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLINE]);
}

static void
reel_engine_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelEngine *self = REEL_ENGINE (object);

  switch (id) {
  case PROP_JOBS:
    g_value_set_object (value, self->jobs);
    break;
  case PROP_ACCOUNTS:
    g_value_set_object (value, self->accounts);
    break;
  case PROP_ACCOUNT:
    g_value_set_object (value, self->account);
    break;
  case PROP_CATALOGUE:
    g_value_set_object (value, self->catalogue);
    break;
  case PROP_CATALOGUE_ERROR:
    g_value_set_boxed (value, self->catalogue_error);
    break;
  case PROP_CATALOGUE_LOADING:
    g_value_set_boolean (value, reel_engine_get_catalogue_loading (self));
    break;
  case PROP_STORE_ERROR:
    g_value_set_boxed (value, self->store_error);
    break;
  case PROP_ONLINE:
    g_value_set_boolean (value, reel_engine_get_online (self));
    break;
  case PROP_LIBRARY:
    g_value_set_object (value, self->library);
    break;
  case PROP_DRAFT:
    g_value_set_object (value, self->draft);
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
  g_autoptr (ReelAccount) sandbox = reel_account_new (REEL_ACCOUNT_SANDBOX_ID, _ ("Sandbox"), NULL);

  G_OBJECT_CLASS (reel_engine_parent_class)->constructed (object);

  if (self->network_monitor == NULL)
    self->network_monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (self->network_monitor, "notify::network-available", G_CALLBACK (on_network_changed), self,
                           G_CONNECT_SWAPPED);

  g_list_store_append (self->accounts, sandbox);
  g_set_object (&self->account, sandbox);
  if (self->environment_base_url != NULL && self->environment_key != NULL) {
    g_autoptr (ReelAccount) environment =
        reel_account_new (REEL_ACCOUNT_ENVIRONMENT_ID, _ ("Environment"), self->environment_base_url);

    reel_account_set_key_state (environment, REEL_ACCOUNT_KEY_THIS_RUN);
    g_list_store_append (self->accounts, environment);
    g_set_object (&self->account, environment);
  }
}

static void
reel_engine_finalize (GObject *object)
{
  ReelEngine *self = REEL_ENGINE (object);

  g_free (self->store_path);
  g_free (self->account_id);
  g_free (self->environment_base_url);
  g_free (self->environment_key);
  g_free (self->sandbox_key);
  g_clear_object (&self->probe);
  g_clear_object (&self->network_monitor);
  g_clear_object (&self->library);
  g_clear_object (&self->jobs);
  g_clear_object (&self->accounts);
  g_clear_object (&self->account);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->draft);
  g_clear_error (&self->catalogue_error);
  g_clear_error (&self->store_error);

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
  self->jobs = reel_job_list_new ();
  self->accounts = g_list_store_new (REEL_TYPE_ACCOUNT);
  self->draft = reel_request_new ();
}

void
reel_engine_set_sandbox (ReelEngine *self, const char *base_url, const char *api_key)
{
  g_autoptr (ReelAccount) sandbox = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self));

  sandbox = g_list_model_get_item (G_LIST_MODEL (self->accounts), 0);
  g_set_str (&self->sandbox_key, api_key);
  reel_account_set_base_url (sandbox, base_url);
  reel_account_set_key_state (sandbox, REEL_ACCOUNT_KEY_THIS_RUN);
}

void
reel_engine_start_async (ReelEngine *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_return_boolean (task, TRUE);
}

gboolean
reel_engine_start_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
reel_engine_stop_async (ReelEngine *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_return_boolean (task, TRUE);
}

gboolean
reel_engine_stop_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

ReelJobList *
reel_engine_get_jobs (ReelEngine *self)
{
  return self->jobs;
}

GListModel *
reel_engine_get_accounts (ReelEngine *self)
{
  return G_LIST_MODEL (self->accounts);
}

ReelAccount *
reel_engine_get_account (ReelEngine *self)
{
  return self->account;
}

void
reel_engine_set_account (ReelEngine *self, ReelAccount *account)
{
  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_ACCOUNT (account));

  if (g_set_object (&self->account, account))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}

ReelCatalogue *
reel_engine_get_catalogue (ReelEngine *self)
{
  return self->catalogue;
}

const GError *
reel_engine_get_catalogue_error (ReelEngine *self)
{
  return self->catalogue_error;
}

gboolean
reel_engine_get_catalogue_loading (ReelEngine *self)
{
  return FALSE;
}

void
reel_engine_refresh_catalogue (ReelEngine *self)
{
}

const GError *
reel_engine_get_store_error (ReelEngine *self)
{
  return self->store_error;
}

gboolean
reel_engine_get_online (ReelEngine *self)
{
  return g_network_monitor_get_network_available (self->network_monitor);
}

GFile *
reel_engine_get_library (ReelEngine *self)
{
  return self->library;
}

void
reel_engine_set_library (ReelEngine *self, GFile *folder)
{
  g_return_if_fail (REEL_IS_ENGINE (self));

  if (g_set_object (&self->library, folder))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIBRARY]);
}

ReelRequest *
reel_engine_get_draft (ReelEngine *self)
{
  return self->draft;
}

ReelJob *
reel_engine_submit (ReelEngine *self, ReelRequest *request)
{
  g_autoptr (ReelJob) job = NULL;

  g_return_val_if_fail (REEL_IS_ENGINE (self) && REEL_IS_REQUEST (request), NULL);

  job = reel_job_new (
      reel_job_record_new_for_request (request, reel_account_get_id (self->account), REEL_MONEY_NOT_LISTED));
  reel_job_list_add (self->jobs, job);

  return job;
}

static void
return_not_connected (ReelEngine *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not connected yet");
}

void
reel_engine_cancel_job_async (ReelEngine *self, ReelJob *job, GAsyncReadyCallback callback, gpointer data)
{
  return_not_connected (self, NULL, callback, data);
}

gboolean
reel_engine_cancel_job_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
reel_engine_retry_download (ReelEngine *self, ReelJob *job)
{
}

void
reel_engine_hide_job (ReelEngine *self, ReelJob *job)
{
  reel_job_list_remove (self->jobs, job);
}

void
reel_engine_restore_job (ReelEngine *self, ReelJob *job)
{
  reel_job_list_add (self->jobs, job);
}

void
reel_engine_purge_job (ReelEngine *self, ReelJob *job, gboolean trash_file)
{
  reel_job_list_remove (self->jobs, job);
}

void
reel_engine_test_account_async (ReelEngine *self,
                                const char *base_url,
                                const char *api_key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  return_not_connected (self, cancellable, callback, data);
}

gboolean
reel_engine_test_account_finish (ReelEngine *self, GAsyncResult *result, guint *n_models, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
reel_engine_save_account_async (ReelEngine *self,
                                ReelAccount *account,
                                const char *name,
                                const char *base_url,
                                const char *api_key,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  return_not_connected (self, NULL, callback, data);
}

ReelAccount *
reel_engine_save_account_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
reel_engine_remove_account_async (ReelEngine *self, ReelAccount *account, GAsyncReadyCallback callback, gpointer data)
{
  return_not_connected (self, NULL, callback, data);
}

gboolean
reel_engine_remove_account_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
reel_engine_fetch_reference_async (ReelEngine *self,
                                   const char *url,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data)
{
  return_not_connected (self, cancellable, callback, data);
}

GBytes *
reel_engine_fetch_reference_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
