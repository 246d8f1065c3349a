#include "config.h"

#include "reel-accounts.h"

#include "reel-error.h"
#include "reel-uri.h"

#include <glib/gi18n-lib.h>

/* How long saving an account waits for the keyring, in seconds. The person may be typing a password into its prompt, or
 * there may be nobody to show one; the key is used meanwhile, and stored whenever the answer comes. */
#define KEYRING_PATIENCE 10

/**
 * ReelAccounts:
 *
 * The accounts with their keys and clients: the sandbox first, the one of the environment second where it is set, then
 * the stored ones.
 *
 * ReelAccounts::client-changed (id) says that requests of an account can be made now, or go elsewhere.
 */
struct _ReelAccounts
{
  GObject parent_instance;

  ReelStore *store;
  ReelSecrets *secrets;
  GNetworkMonitor *monitor;
  GListStore *list;             /* ReelAccount */
  GHashTable *keys;             /* id -> key */
  GHashTable *clients;          /* id -> ReelClient */
  GHashTable *download_clients; /* proxy, "" for that of the system -> ReelClient without a key */
  GCancellable *running;        /* ends what goes on in the background */
};

G_DEFINE_FINAL_TYPE (ReelAccounts, reel_accounts, G_TYPE_OBJECT)

enum
{
  CLIENT_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A lookup of a key in the background. */
typedef struct
{
  ReelAccounts *accounts; /* owned */
  ReelAccount *account;   /* owned */
  GTask *task;            /* owned, nullable: who waits for it */
} Lookup;

/* An account that is being saved. */
typedef struct
{
  /* Input */
  ReelAccount *account; /* owned */
  gboolean is_new;
  char *key; /* owned, nullable */
  char *name;
  char *base_url;
  char *proxy; /* owned, nullable */

  /* In progress */
  guint patience_id;
} Save;

static void
free_key (gpointer key)
{
  reel_secrets_free_key (key);
}

static void
save_free (gpointer data)
{
  Save *save = data;

  g_clear_handle_id (&save->patience_id, g_source_remove);
  g_object_unref (save->account);
  reel_secrets_free_key (save->key);
  g_free (save->name);
  g_free (save->base_url);
  g_free (save->proxy);
  g_free (save);
}

static void
change_client (ReelAccounts *self, const char *id)
{
  g_hash_table_remove (self->clients, id);
  g_signal_emit (self, signals[CLIENT_CHANGED], 0, id);
}

static void
set_key (ReelAccounts *self, ReelAccount *account, const char *key, ReelAccountKey state)
{
  const char *id = reel_account_get_id (account);
  gboolean changed = g_strcmp0 (g_hash_table_lookup (self->keys, id), key) != 0;

  if (changed && key != NULL)
    g_hash_table_insert (self->keys, g_strdup (id), g_strdup (key));
  else if (changed)
    g_hash_table_remove (self->keys, id);
  reel_account_set_key_state (account, state);

  if (changed)
    change_client (self, id);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  Lookup *lookup = data;
  g_autoptr (ReelAccounts) self = lookup->accounts;
  g_autoptr (ReelAccount) account = lookup->account;
  g_autoptr (GTask) task = lookup->task;
  g_autoptr (GError) error = NULL;
  gboolean locked;
  char *key;

  g_free (lookup);
  key = reel_secrets_lookup_finish (REEL_SECRETS (source), result, &locked, &error);

  /* A key that was typed in meanwhile is newer. */
  if (!g_hash_table_contains (self->keys, reel_account_get_id (account))) {
    if (key != NULL) {
      set_key (self, account, key, REEL_ACCOUNT_KEY_STORED);
    } else if (error == NULL || g_error_matches (error, REEL_ERROR, REEL_ERROR_SECRET)) {
      reel_account_set_key_state (account, locked ? REEL_ACCOUNT_KEY_UNKNOWN : REEL_ACCOUNT_KEY_MISSING);
      change_client (self, reel_account_get_id (account));
    }
  }
  reel_secrets_free_key (key);

  if (task != NULL && error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static void
look_up (ReelAccounts *self, ReelAccount *account, gboolean unlock, GTask *owned_task)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->accounts = g_object_ref (self);
  lookup->account = g_object_ref (account);
  lookup->task = owned_task;
  reel_secrets_lookup_async (self->secrets, reel_account_get_id (account), unlock, self->running, on_looked_up, lookup);
}

static void
return_saved (GTask *task)
{
  Save *save = g_task_get_task_data (task);

  g_clear_handle_id (&save->patience_id, g_source_remove);
  g_task_return_pointer (task, g_object_ref (save->account), g_object_unref);
}

static gboolean
on_impatient (gpointer data)
{
  GTask *task = data;
  Save *save = g_task_get_task_data (task);

  save->patience_id = 0;
  return_saved (task);

  return G_SOURCE_REMOVE;
}

static void
on_key_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelAccounts *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  gboolean stored = reel_secrets_store_finish (REEL_SECRETS (source), result, NULL);

  if (stored && g_strcmp0 (g_hash_table_lookup (self->keys, reel_account_get_id (save->account)), save->key) == 0)
    reel_account_set_key_state (save->account, REEL_ACCOUNT_KEY_STORED);

  /* The time limit may have answered already. */
  if (save->patience_id != 0)
    return_saved (task);
}

static void
on_account_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelAccounts *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!reel_store_save_account_finish (REEL_STORE (source), result, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  reel_account_set_name (save->account, save->name);
  if (g_strcmp0 (reel_account_get_base_url (save->account), save->base_url) != 0 ||
      g_strcmp0 (reel_account_get_proxy (save->account), save->proxy) != 0) {
    reel_account_set_base_url (save->account, save->base_url);
    reel_account_set_proxy (save->account, save->proxy);
    change_client (self, reel_account_get_id (save->account));
  }
  if (save->is_new)
    g_list_store_append (self->list, save->account);
  if (save->key == NULL) {
    if (save->is_new)
      reel_account_set_key_state (save->account, REEL_ACCOUNT_KEY_MISSING);
    return_saved (task);
    return;
  }

  set_key (self, save->account, save->key, REEL_ACCOUNT_KEY_THIS_RUN);
  /* The callback below ends it in both orders: it owns the task, and with it the time limit. */
  save->patience_id = g_timeout_add_seconds (KEYRING_PATIENCE, on_impatient, task);
  reel_secrets_store_async (self->secrets, reel_account_get_id (save->account), save->name, save->key, self->running,
                            on_key_stored, g_object_ref (task));
}

static void
on_account_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelAccounts *self = g_task_get_source_object (task);
  ReelAccount *account = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  guint position;

  if (!reel_store_delete_account_finish (REEL_STORE (source), result, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  reel_secrets_clear_async (self->secrets, reel_account_get_id (account), NULL, NULL);
  set_key (self, account, NULL, REEL_ACCOUNT_KEY_MISSING);
  if (g_list_store_find (self->list, account, &position))
    g_list_store_remove (self->list, position);

  g_task_return_boolean (task, TRUE);
}

static void
reel_accounts_finalize (GObject *object)
{
  ReelAccounts *self = REEL_ACCOUNTS (object);

  g_cancellable_cancel (self->running);
  g_object_unref (self->running);
  g_hash_table_unref (self->clients);
  g_hash_table_unref (self->download_clients);
  g_hash_table_unref (self->keys);
  g_object_unref (self->list);
  g_object_unref (self->monitor);
  g_object_unref (self->secrets);
  g_object_unref (self->store);

  G_OBJECT_CLASS (reel_accounts_parent_class)->finalize (object);
}

static void
reel_accounts_class_init (ReelAccountsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_accounts_finalize;

  signals[CLIENT_CHANGED] = g_signal_new ("client-changed", REEL_TYPE_ACCOUNTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
reel_accounts_init (ReelAccounts *self)
{
  self->list = g_list_store_new (REEL_TYPE_ACCOUNT);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_key);
  self->clients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->download_clients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->running = g_cancellable_new ();
}

/**
 * reel_accounts_new:
 * @store: where accounts are kept
 * @secrets: where keys are kept
 * @monitor: what knows whether the network wants the person to sign in
 *
 * Makes the accounts: so far the sandbox alone.
 *
 * Returns: (transfer full): the accounts
 */
ReelAccounts *
reel_accounts_new (ReelStore *store, ReelSecrets *secrets, GNetworkMonitor *monitor)
{
  ReelAccounts *self = g_object_new (REEL_TYPE_ACCOUNTS, NULL);
  g_autoptr (ReelAccount) sandbox = reel_account_new (REEL_ACCOUNT_SANDBOX_ID, _ ("Sandbox"), NULL);

  self->store = g_object_ref (store);
  self->secrets = g_object_ref (secrets);
  self->monitor = g_object_ref (monitor);
  g_list_store_append (self->list, sandbox);

  return self;
}

/**
 * reel_accounts_stop:
 *
 * Ends what waits for a keyring.
 */
void
reel_accounts_stop (ReelAccounts *self)
{
  g_cancellable_cancel (self->running);
}

/**
 * reel_accounts_get_list:
 *
 * Returns: (transfer none): a list of #ReelAccount, the sandbox first
 */
GListModel *
reel_accounts_get_list (ReelAccounts *self)
{
  return G_LIST_MODEL (self->list);
}

/**
 * reel_accounts_lookup:
 * @id: (nullable): an account
 *
 * Returns: (transfer none) (nullable): the account, %NULL where it was removed
 */
ReelAccount *
reel_accounts_lookup (ReelAccounts *self, const char *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelAccount) account = g_list_model_get_item (G_LIST_MODEL (self->list), i);

    if (g_strcmp0 (reel_account_get_id (account), id) == 0)
      return account; /* the list keeps it */
  }

  return NULL;
}

/**
 * reel_accounts_get_client:
 * @id: an account
 *
 * Returns: (transfer none) (nullable): what makes its requests, %NULL where its key or its base URL is not known
 */
ReelClient *
reel_accounts_get_client (ReelAccounts *self, const char *id)
{
  ReelAccount *account = reel_accounts_lookup (self, id);
  const char *key = g_hash_table_lookup (self->keys, id);
  ReelClient *client = g_hash_table_lookup (self->clients, id);

  if (client != NULL || account == NULL || key == NULL || reel_account_get_base_url (account) == NULL)
    return client;

  client = reel_accounts_make_client (self, reel_account_get_base_url (account), reel_account_get_proxy (account), key);
  g_hash_table_insert (self->clients, g_strdup (id), client);

  return client;
}

/**
 * reel_accounts_get_download_client:
 * @id: (nullable): an account
 *
 * Gets what opens files for an account: it has no key, so it needs none, and goes through the account's proxy. Without an
 * account, or for one that was removed, it goes through that of the system.
 *
 * Returns: (transfer none): the client
 */
ReelClient *
reel_accounts_get_download_client (ReelAccounts *self, const char *id)
{
  ReelAccount *account = reel_accounts_lookup (self, id);
  const char *proxy = account != NULL ? reel_account_get_proxy (account) : NULL;
  const char *name = proxy != NULL ? proxy : "";
  ReelClient *client = g_hash_table_lookup (self->download_clients, name);

  if (client != NULL)
    return client;

  /* The base URL is never asked for anything: files come from wherever they are. */
  client = reel_accounts_make_client (self, REEL_ACCOUNT_DEFAULT_BASE_URL, proxy, NULL);
  g_hash_table_insert (self->download_clients, g_strdup (name), client);

  return client;
}

/**
 * reel_accounts_make_client:
 * @base_url: where the service is
 * @proxy: (nullable): the proxy to go through, %NULL for that of the system
 * @key: (nullable): the key
 *
 * Returns: (transfer full): a client of an account that need not be one yet
 */
ReelClient *
reel_accounts_make_client (ReelAccounts *self, const char *base_url, const char *proxy, const char *key)
{
  return g_object_new (REEL_TYPE_CLIENT, "base-url", base_url, "api-key", key, "proxy", proxy, "network-monitor",
                       self->monitor, NULL);
}

/**
 * reel_accounts_set_sandbox:
 * @base_url: where the sandbox listens
 * @key: its key
 *
 * Makes the account of the sandbox usable.
 */
void
reel_accounts_set_sandbox (ReelAccounts *self, const char *base_url, const char *key)
{
  ReelAccount *sandbox = reel_accounts_lookup (self, REEL_ACCOUNT_SANDBOX_ID);

  reel_account_set_base_url (sandbox, base_url);
  g_hash_table_remove (self->keys, REEL_ACCOUNT_SANDBOX_ID);
  set_key (self, sandbox, key, REEL_ACCOUNT_KEY_THIS_RUN);
}

/**
 * reel_accounts_add_environment:
 * @base_url: where the service is
 * @key: its key
 *
 * Adds the account that the environment makes for one run.
 *
 * Returns: (transfer none): the account
 */
ReelAccount *
reel_accounts_add_environment (ReelAccounts *self, const char *base_url, const char *key)
{
  g_autoptr (ReelAccount) account = reel_account_new (REEL_ACCOUNT_ENVIRONMENT_ID, _ ("Environment"), base_url);

  g_list_store_append (self->list, account);
  set_key (self, account, key, REEL_ACCOUNT_KEY_THIS_RUN);

  return account;
}

/**
 * reel_accounts_take_stored:
 * @accounts: (transfer full) (element-type ReelAccount): the stored accounts
 *
 * Adds the stored accounts and looks for their keys in the background, without asking the person for anything.
 */
void
reel_accounts_take_stored (ReelAccounts *self, GPtrArray *accounts)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  g_list_store_splice (self->list, n, 0, accounts->pdata, accounts->len);
  for (guint i = 0; i < accounts->len; i++)
    look_up (self, accounts->pdata[i], FALSE, NULL);
  g_ptr_array_unref (accounts);
}

/**
 * reel_accounts_unlock_async:
 * @id: an account
 * @callback: called when it is known
 * @data: for @callback
 *
 * Gets the client of an account for an action of the person, who may be asked to unlock a keyring for it.
 */
void
reel_accounts_unlock_async (ReelAccounts *self, const char *id, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, self->running, callback, data);
  ReelAccount *account = reel_accounts_lookup (self, id);

  g_task_set_source_tag (task, reel_accounts_unlock_async);
  g_task_set_task_data (task, g_strdup (id), g_free);

  if (account == NULL || reel_accounts_get_client (self, id) != NULL || !reel_account_is_editable (account))
    g_task_return_boolean (task, TRUE);
  else
    look_up (self, account, TRUE, g_steal_pointer (&task));
}

/**
 * reel_accounts_unlock_finish:
 * @error: %REEL_ERROR_UNAUTHORIZED where there is no key, %REEL_ERROR_UNREACHABLE where the base URL is not known yet
 *
 * Ends reel_accounts_unlock_async().
 *
 * Returns: (transfer none): what makes the requests of the account
 */
ReelClient *
reel_accounts_unlock_finish (ReelAccounts *self, GAsyncResult *result, GError **error)
{
  const char *id = g_task_get_task_data (G_TASK (result));
  ReelClient *client = reel_accounts_get_client (self, id);
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, reel_accounts_unlock_async), NULL);

  g_task_propagate_boolean (G_TASK (result), &problem);
  if (client != NULL)
    return client;

  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (g_hash_table_contains (self->keys, id))
    g_propagate_error (error, reel_error_new_network (REEL_ERROR_UNREACHABLE, FALSE, "The base URL is not known"));
  else
    g_propagate_error (error, reel_error_new_network (REEL_ERROR_UNAUTHORIZED, FALSE, "There is no key to send"));

  return NULL;
}

/**
 * reel_accounts_save_async:
 * @account: (nullable): the account to change, %NULL to add one
 * @name: a name for people
 * @base_url: where the service is
 * @proxy: (nullable): the proxy to go through, %NULL for that of the system
 * @key: (nullable): the key, %NULL to leave it as it is
 * @callback: called when it is saved
 * @data: for @callback
 *
 * Adds or changes an account. The key is used at once; where the keyring does not take it, for this run only.
 */
void
reel_accounts_save_async (ReelAccounts *self,
                          ReelAccount *account,
                          const char *name,
                          const char *base_url,
                          const char *proxy,
                          const char *key,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  g_autoptr (ReelAccount) written = NULL;
  Save *save;

  g_task_set_source_tag (task, reel_accounts_save_async);
  if (reel_uri_check_service (base_url) != REEL_URI_OK ||
      (proxy != NULL && reel_uri_check_proxy (proxy) != REEL_URI_OK) ||
      (account != NULL && !reel_account_is_editable (account))) {
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                                     "The base URL or the proxy cannot be used, or the account cannot be changed");
    return;
  }

  save = g_new0 (Save, 1);
  save->is_new = account == NULL;
  if (account == NULL) {
    g_autofree char *id = g_uuid_string_random ();

    save->account = reel_account_new (id, name, base_url);
    reel_account_set_proxy (save->account, proxy);
  } else {
    save->account = g_object_ref (account);
  }
  save->name = g_strdup (name);
  save->base_url = g_strdup (base_url);
  save->proxy = g_strdup (proxy);
  save->key = g_strdup (key);
  g_task_set_task_data (task, save, save_free);

  /* What is shown changes when it is written. */
  written = reel_account_copy (save->account);
  reel_account_set_name (written, name);
  reel_account_set_base_url (written, base_url);
  reel_account_set_proxy (written, proxy);
  reel_store_save_account_async (self->store, written, NULL, on_account_written, g_steal_pointer (&task));
}

/**
 * reel_accounts_save_finish:
 * @error: %REEL_ERROR_STORE, or %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Ends reel_accounts_save_async().
 *
 * Returns: (transfer full): the account
 */
ReelAccount *
reel_accounts_save_finish (ReelAccounts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_accounts_save_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_accounts_remove_async:
 * @account: a stored account
 * @callback: called when it is gone
 * @data: for @callback
 *
 * Removes an account and its key. Its jobs stay.
 */
void
reel_accounts_remove_async (ReelAccounts *self, ReelAccount *account, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, reel_accounts_remove_async);
  g_task_set_task_data (task, g_object_ref (account), g_object_unref);
  if (!reel_account_is_editable (account)) {
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "The account cannot be removed");
    return;
  }

  reel_store_delete_account_async (self->store, reel_account_get_id (account), NULL, on_account_deleted,
                                   g_steal_pointer (&task));
}

/**
 * reel_accounts_remove_finish:
 * @error: %REEL_ERROR_STORE, or %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Ends reel_accounts_remove_async().
 */
gboolean
reel_accounts_remove_finish (ReelAccounts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_accounts_remove_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
