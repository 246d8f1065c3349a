#include "config.h"

#include "reel-store-private.h"

#include "reel-error.h"
#include "reel-store-accounts.h"
#include "reel-store-events.h"
#include "reel-store-jobs.h"
#include "reel-store-ledger.h"
#include "reel-store-migrations.h"
#include "reel-store-texts.h"
#include "reel-store-thread.h"

/**
 * ReelStore:
 *
 * The database: SQLite on a thread of its own. Every call is queued in order and answers on the caller's main context.
 */
struct _ReelStore
{
  GObject parent_instance;

  char *path;
  ReelStoreThread *thread;
  gboolean closed; /* nothing is taken any more */
  gboolean read;   /* the jobs: before that, what can be written proves nothing */
  GError *failed;
};

G_DEFINE_FINAL_TYPE (ReelStore, reel_store, G_TYPE_OBJECT)

enum
{
  PROP_PATH = 1,
  PROP_FAILED,
  N_PROPS,
};

/* What the thread is given. */
typedef struct
{
  char *key;
  char *text;
  ReelAccount *account; /* a copy of its own */
  ReelJobRecord *record;
  ReelJobEvent *event;
} Input;

/* What waits for an operation. */
typedef struct
{
  ReelStore *store; /* owned */
  GTask *task;      /* owned, nullable */
  ReelStoreAccess access;
} Waiting;

static GParamSpec *properties[N_PROPS];

static void
input_free (gpointer data)
{
  Input *input = data;

  g_free (input->key);
  g_free (input->text);
  g_clear_object (&input->account);
  reel_job_record_free (input->record);
  reel_job_event_free (input->event);
  g_free (input);
}

static void
free_array (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
free_ledger (gpointer data)
{
  reel_ledger_unref (data);
}

static void
take_failed (ReelStore *self, GError *failed)
{
  if (self->failed == NULL && failed == NULL)
    return;

  g_clear_error (&self->failed);
  self->failed = failed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAILED]);
}

static void
on_done (ReelStoreOperation *operation, gpointer data)
{
  Waiting *waiting = data;
  g_autoptr (ReelStore) self = waiting->store;
  g_autoptr (GTask) task = waiting->task;
  ReelStoreAccess access = waiting->access;

  g_free (waiting);

  if (access == REEL_STORE_READS_JOBS)
    self->read = operation->error == NULL;
  if (operation->error == NULL && access == REEL_STORE_WRITES && self->read)
    take_failed (self, NULL);
  else if (g_error_matches (operation->error, REEL_ERROR, REEL_ERROR_STORE))
    take_failed (self, g_error_copy (operation->error));

  if (task == NULL)
    return;
  if (operation->error != NULL)
    g_task_return_error (task, g_steal_pointer (&operation->error));
  else if (operation->free_result != NULL)
    g_task_return_pointer (task, g_steal_pointer (&operation->result), operation->free_result);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * reel_store_push:
 * @owned_task: (nullable) (transfer full): who waits for it
 * @access: what it means for #ReelStore:failed
 * @work: what to do, in the thread
 * @input: (nullable) (transfer full): what it works on
 * @free_input: frees @input
 * @free_result: (nullable): frees what it gives, %NULL where the answer is a boolean
 *
 * The one way into the thread.
 */
void
reel_store_push (ReelStore *self,
                 GTask *owned_task,
                 ReelStoreAccess access,
                 ReelStoreWork work,
                 gpointer input,
                 GDestroyNotify free_input,
                 GDestroyNotify free_result)
{
  g_autoptr (GTask) task = owned_task;
  ReelStoreOperation *operation;
  Waiting *waiting;

  if (self->closed) {
    g_clear_pointer (&input, free_input);
    if (task != NULL)
      g_task_return_new_error (task, REEL_ERROR, REEL_ERROR_STORE, "The database is closed");
    return;
  }

  waiting = g_new0 (Waiting, 1);
  waiting->store = g_object_ref (self);
  waiting->access = access;
  operation = reel_store_operation_new (work, on_done, waiting);
  operation->input = input;
  operation->free_input = free_input;
  operation->free_result = free_result;
  if (task != NULL && g_task_get_cancellable (task) != NULL)
    operation->cancellable = g_object_ref (g_task_get_cancellable (task));
  waiting->task = g_steal_pointer (&task);
  reel_store_thread_push (self->thread, operation);
}

static void
push (ReelStore *self,
      GTask *owned_task,
      ReelStoreAccess access,
      ReelStoreWork work,
      Input *input,
      GDestroyNotify free_result)
{
  reel_store_push (self, owned_task, access, work, input, input_free, free_result);
}

/**
 * reel_store_make_task:
 * @cancellable: (nullable): to give it up before its turn
 * @callback: (nullable): called with the answer
 * @data: for @callback
 * @tag: the function that makes it
 *
 * Makes a task that waits for the thread.
 *
 * Returns: (transfer full): the task
 */
GTask *
reel_store_make_task (ReelStore *self,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer data,
                      gpointer tag)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, tag);
  /* What was written is written: a cancel that comes later does not turn it into an error. */
  g_task_set_check_cancellable (task, FALSE);

  return task;
}

static Input *
make_input (const char *key, const char *text)
{
  Input *input = g_new0 (Input, 1);

  input->key = g_strdup (key);
  input->text = g_strdup (text);

  return input;
}

/**
 * reel_store_check_open:
 * @database: (nullable): the connection
 * @error: %REEL_ERROR_STORE
 *
 * Refuses an operation while the file is not open.
 */
gboolean
reel_store_check_open (ReelDatabase *database, GError **error)
{
  if (database != NULL)
    return TRUE;

  g_set_error (error, REEL_ERROR, REEL_ERROR_STORE, "The database is not open");

  return FALSE;
}

static gboolean
work_open (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  Input *input = data;

  /* A sound one may stand at its place by now. */
  if (*database != NULL && reel_database_is_damaged (*database))
    reel_database_close (g_steal_pointer (database), NULL);
  if (*database != NULL)
    return TRUE;

  *database = reel_database_open (input->key, error);
  if (*database == NULL)
    return FALSE;

  if (reel_store_migrate_to_latest (*database, error) &&
      reel_database_execute (*database, "PRAGMA journal_mode = WAL", error))
    return TRUE;

  reel_database_close (g_steal_pointer (database), NULL);

  return FALSE;
}

static gboolean
work_close (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  return *database == NULL || reel_database_close (g_steal_pointer (database), error);
}

static gboolean
work_save_job (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  Input *input = data;

  return reel_store_check_open (*database, error) && reel_store_jobs_save (*database, input->record, error);
}

static gboolean
work_delete_job (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  Input *input = data;

  return reel_store_check_open (*database, error) && reel_store_jobs_delete (*database, input->key, error);
}

static gboolean
work_add_event (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  Input *input = data;

  return reel_store_check_open (*database, error) && reel_store_events_add (*database, input->key, input->event, error);
}

static gboolean
work_load_events (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  Input *input = data;

  return reel_store_check_open (*database, error) &&
         (*result = reel_store_events_load (*database, input->key, error)) != NULL;
}

static gboolean
work_load_ledger (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  return reel_store_check_open (*database, error) && (*result = reel_store_ledger_load (*database, error)) != NULL;
}

static gboolean
work_save_account (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  Input *input = data;

  return reel_store_check_open (*database, error) && reel_store_accounts_save (*database, input->account, error);
}

static gboolean
work_load_accounts (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  return reel_store_check_open (*database, error) && (*result = reel_store_accounts_load (*database, error)) != NULL;
}

static gboolean
work_delete_account (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  Input *input = data;

  return reel_store_check_open (*database, error) && reel_store_accounts_delete (*database, input->key, error);
}

static gboolean
work_save_text (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  Input *input = data;

  return reel_store_check_open (*database, error) && reel_store_texts_save (*database, input->key, input->text, error);
}

static gboolean
work_load_text (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  Input *input = data;

  return reel_store_check_open (*database, error) &&
         reel_store_texts_load (*database, input->key, (char **)result, error);
}

/**
 * reel_store_finish_boolean:
 * @tag: the function that made the task
 * @error: %REEL_ERROR_STORE
 *
 * Ends an operation whose answer is a boolean.
 */
gboolean
reel_store_finish_boolean (ReelStore *self, GAsyncResult *result, gpointer tag, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_store_finish_pointer:
 * @tag: the function that made the task
 * @error: %REEL_ERROR_STORE
 *
 * Ends an operation that gives something.
 */
gpointer
reel_store_finish_pointer (ReelStore *self, GAsyncResult *result, gpointer tag, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
reel_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelStore *self = REEL_STORE (object);

  switch (id) {
  case PROP_PATH:
    g_value_set_string (value, self->path);
    break;
  case PROP_FAILED:
    g_value_set_boxed (value, self->failed);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_store_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelStore *self = REEL_STORE (object);

  switch (id) {
  case PROP_PATH:
    self->path = g_value_dup_string (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_store_finalize (GObject *object)
{
  ReelStore *self = REEL_STORE (object);

  reel_store_thread_free (self->thread);
  g_free (self->path);
  g_clear_error (&self->failed);

  G_OBJECT_CLASS (reel_store_parent_class)->finalize (object);
}

static void
reel_store_class_init (ReelStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = reel_store_get_property;
  object_class->set_property = reel_store_set_property;
  object_class->finalize = reel_store_finalize;

  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL,
                                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * ReelStore:failed:
   *
   * The last failure, %NULL once a write has succeeded after it; where the jobs could not be read, only after they were.
   */
  properties[PROP_FAILED] =
      g_param_spec_boxed ("failed", NULL, NULL, G_TYPE_ERROR, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_store_init (ReelStore *self)
{
  self->thread = reel_store_thread_new ();
}

/**
 * reel_store_new:
 * @path: the file
 *
 * Makes a store that is not open yet.
 *
 * Returns: (transfer full): the store
 */
ReelStore *
reel_store_new (const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  return g_object_new (REEL_TYPE_STORE, "path", path, NULL);
}

/**
 * reel_store_get_path:
 *
 * Returns: (transfer none): the file
 */
const char *
reel_store_get_path (ReelStore *self)
{
  g_return_val_if_fail (REEL_IS_STORE (self), NULL);

  return self->path;
}

/**
 * reel_store_get_failed:
 *
 * Returns: (transfer none) (nullable): the last failure, %NULL once a write has succeeded after it; where the jobs could
 *   not be read, only after they were
 */
const GError *
reel_store_get_failed (ReelStore *self)
{
  g_return_val_if_fail (REEL_IS_STORE (self), NULL);

  return self->failed;
}

/**
 * reel_store_open_async:
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called when it is open
 * @data: for @callback
 *
 * Opens the file, makes it where it is missing and brings it to the version of this program. A copy of an older file
 * is kept beside it. A file that is newer, broken, locked or not ours is left as it is; it can be tried again.
 */
void
reel_store_open_async (ReelStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (REEL_IS_STORE (self));

  push (self, reel_store_make_task (self, cancellable, callback, data, reel_store_open_async), REEL_STORE_WRITES,
        work_open, make_input (self->path, NULL), NULL);
}

/**
 * reel_store_open_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_open_async().
 */
gboolean
reel_store_open_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_boolean (self, result, reel_store_open_async, error);
}

/**
 * reel_store_close_async:
 * @callback: called when it is closed
 * @data: for @callback
 *
 * Finishes what is queued, moves everything into the one file and closes. Whatever is asked later fails.
 */
void
reel_store_close_async (ReelStore *self, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (REEL_IS_STORE (self));

  push (self, reel_store_make_task (self, NULL, callback, data, reel_store_close_async), REEL_STORE_READS, work_close,
        NULL, NULL);
  self->closed = TRUE;
}

/**
 * reel_store_close_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_close_async().
 */
gboolean
reel_store_close_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_boolean (self, result, reel_store_close_async, error);
}

/**
 * reel_store_save_job_async:
 * @record: what is kept of the job; copied
 * @cancellable: (nullable): to give it up before its turn
 * @callback: (nullable): called when it is on the disk
 * @data: for @callback
 *
 * Inserts a job, or replaces all of it.
 */
void
reel_store_save_job_async (ReelStore *self,
                           const ReelJobRecord *record,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  Input *input;

  g_return_if_fail (REEL_IS_STORE (self) && record != NULL && record->id != NULL);

  input = g_new0 (Input, 1);
  input->record = reel_job_record_copy (record);
  push (self, reel_store_make_task (self, cancellable, callback, data, reel_store_save_job_async), REEL_STORE_WRITES,
        work_save_job, input, NULL);
}

/**
 * reel_store_save_job_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_save_job_async().
 */
gboolean
reel_store_save_job_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_boolean (self, result, reel_store_save_job_async, error);
}

/**
 * reel_store_delete_job_async:
 * @id: our own name for the job
 * @cancellable: (nullable): to give it up before its turn
 * @callback: (nullable): called when it is gone
 * @data: for @callback
 *
 * Forgets a job and its events. What it cost, or may have cost, stays in the ledger.
 */
void
reel_store_delete_job_async (ReelStore *self,
                             const char *id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  g_return_if_fail (REEL_IS_STORE (self) && id != NULL);

  push (self, reel_store_make_task (self, cancellable, callback, data, reel_store_delete_job_async), REEL_STORE_READS,
        work_delete_job, make_input (id, NULL), NULL);
}

/**
 * reel_store_delete_job_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_delete_job_async().
 */
gboolean
reel_store_delete_job_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_boolean (self, result, reel_store_delete_job_async, error);
}

/**
 * reel_store_load_ledger_async:
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called with the ledger
 * @data: for @callback
 *
 * Reads what every job cost, deleted ones too.
 */
void
reel_store_load_ledger_async (ReelStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (REEL_IS_STORE (self));

  push (self, reel_store_make_task (self, cancellable, callback, data, reel_store_load_ledger_async), REEL_STORE_READS,
        work_load_ledger, NULL, free_ledger);
}

/**
 * reel_store_load_ledger_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_load_ledger_async().
 *
 * Returns: (transfer full): the ledger
 */
ReelLedger *
reel_store_load_ledger_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_pointer (self, result, reel_store_load_ledger_async, error);
}

/**
 * reel_store_add_event:
 * @job_id: our own name for the job
 * @kind: "request", "response", "status", "cancel", "download", "webhook" or "error"
 * @http_status: the HTTP status of an answer, 0 where there is none
 * @text: (nullable): what was sent or received, without a key
 *
 * Writes down what was sent or received, with the time of this call. Nobody waits for it; a failure sets
 * #ReelStore:failed.
 */
void
reel_store_add_event (ReelStore *self, const char *job_id, const char *kind, guint http_status, const char *text)
{
  Input *input;

  g_return_if_fail (REEL_IS_STORE (self) && job_id != NULL && kind != NULL);

  input = make_input (job_id, NULL);
  input->event = reel_job_event_new (g_get_real_time (), kind, http_status, text);
  push (self, NULL, REEL_STORE_READS, work_add_event, input, NULL);
}

/**
 * reel_store_load_events_async:
 * @job_id: our own name for the job
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called with the events
 * @data: for @callback
 *
 * Reads what was sent and received for a job, in order.
 */
void
reel_store_load_events_async (ReelStore *self,
                              const char *job_id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_return_if_fail (REEL_IS_STORE (self) && job_id != NULL);

  push (self, reel_store_make_task (self, cancellable, callback, data, reel_store_load_events_async), REEL_STORE_READS,
        work_load_events, make_input (job_id, NULL), free_array);
}

/**
 * reel_store_load_events_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_load_events_async().
 *
 * Returns: (transfer full) (element-type ReelJobEvent): the events
 */
GPtrArray *
reel_store_load_events_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_pointer (self, result, reel_store_load_events_async, error);
}

/**
 * reel_store_save_account_async:
 * @account: an account; what is kept of it is taken as it is now
 * @cancellable: (nullable): to give it up before its turn
 * @callback: (nullable): called when it is on the disk
 * @data: for @callback
 *
 * Inserts or changes an account. Neither its key nor what its webhooks are signed with is written.
 */
void
reel_store_save_account_async (ReelStore *self,
                               ReelAccount *account,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  Input *input;

  g_return_if_fail (REEL_IS_STORE (self) && REEL_IS_ACCOUNT (account));

  input = make_input (NULL, NULL);
  input->account = reel_account_copy (account);
  push (self, reel_store_make_task (self, cancellable, callback, data, reel_store_save_account_async),
        REEL_STORE_WRITES, work_save_account, input, NULL);
}

/**
 * reel_store_save_account_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_save_account_async().
 */
gboolean
reel_store_save_account_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_boolean (self, result, reel_store_save_account_async, error);
}

/**
 * reel_store_load_accounts_async:
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called with the accounts
 * @data: for @callback
 *
 * Reads the accounts in the order they were made.
 */
void
reel_store_load_accounts_async (ReelStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (REEL_IS_STORE (self));

  push (self, reel_store_make_task (self, cancellable, callback, data, reel_store_load_accounts_async),
        REEL_STORE_READS, work_load_accounts, NULL, free_array);
}

/**
 * reel_store_load_accounts_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_load_accounts_async().
 *
 * Returns: (transfer full) (element-type ReelAccount): the accounts
 */
GPtrArray *
reel_store_load_accounts_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_pointer (self, result, reel_store_load_accounts_async, error);
}

/**
 * reel_store_delete_account_async:
 * @id: an account
 * @cancellable: (nullable): to give it up before its turn
 * @callback: (nullable): called when it is gone
 * @data: for @callback
 *
 * Forgets an account. Its jobs stay.
 */
void
reel_store_delete_account_async (ReelStore *self,
                                 const char *id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_return_if_fail (REEL_IS_STORE (self) && id != NULL);

  push (self, reel_store_make_task (self, cancellable, callback, data, reel_store_delete_account_async),
        REEL_STORE_READS, work_delete_account, make_input (id, NULL), NULL);
}

/**
 * reel_store_delete_account_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_delete_account_async().
 */
gboolean
reel_store_delete_account_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_boolean (self, result, reel_store_delete_account_async, error);
}

/**
 * reel_store_save_text_async:
 * @name: what the text is called
 * @text: (nullable): the text, %NULL to remove it
 * @cancellable: (nullable): to give it up before its turn
 * @callback: (nullable): called when it is on the disk
 * @data: for @callback
 *
 * Writes a small text.
 */
void
reel_store_save_text_async (ReelStore *self,
                            const char *name,
                            const char *text,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_return_if_fail (REEL_IS_STORE (self) && name != NULL);

  push (self, reel_store_make_task (self, cancellable, callback, data, reel_store_save_text_async), REEL_STORE_WRITES,
        work_save_text, make_input (name, text), NULL);
}

/**
 * reel_store_save_text_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_save_text_async().
 */
gboolean
reel_store_save_text_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_boolean (self, result, reel_store_save_text_async, error);
}

/**
 * reel_store_load_text_async:
 * @name: what the text is called
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called with the text
 * @data: for @callback
 *
 * Reads a small text.
 */
void
reel_store_load_text_async (ReelStore *self,
                            const char *name,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_return_if_fail (REEL_IS_STORE (self) && name != NULL);

  push (self, reel_store_make_task (self, cancellable, callback, data, reel_store_load_text_async), REEL_STORE_READS,
        work_load_text, make_input (name, NULL), g_free);
}

/**
 * reel_store_load_text_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_load_text_async().
 *
 * Returns: (transfer full) (nullable): the text; %NULL without an error where there is none
 */
char *
reel_store_load_text_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_pointer (self, result, reel_store_load_text_async, error);
}
