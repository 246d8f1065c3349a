#include "config.h"

#include "reel-engine-private.h"

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

/**
 * reel_engine_test_account_async:
 * @base_url: where the service is
 * @proxy: (nullable): the proxy to go through, %NULL for that of the system
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
                                const char *proxy,
                                const char *api_key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (ReelClient) client = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && base_url != NULL);

  client = reel_accounts_make_client (self->works->accounts, base_url, proxy, api_key);
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
 * @proxy: (nullable): the proxy to go through, %NULL for that of the system
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
                                const char *proxy,
                                const char *api_key,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && name != NULL && base_url != NULL);

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, reel_engine_save_account_async);
  reel_accounts_save_async (self->works->accounts, account, name, base_url, proxy, api_key, on_account_saved,
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
  reel_accounts_remove_async (self->works->accounts, account, reel_engine_return_boolean, g_steal_pointer (&task));
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
 * reel_engine_save_webhooks_async:
 * @account: an account that can be changed
 * @url: (nullable): where its receiver of webhooks is reached from outside, public https; %NULL for no receiver
 * @port: the port of this machine to listen on
 * @secret: (nullable): what webhooks are signed with, "" where they are not; %NULL to leave that as it is
 * @callback: called when it is saved
 * @data: for @callback
 *
 * Sets the receiver of an account up. Its webhook-state says afterwards what it does, its webhook-secret-state whether the
 * secret was stored or is kept for this run only.
 */
void
reel_engine_save_webhooks_async (ReelEngine *self,
                                 ReelAccount *account,
                                 const char *url,
                                 guint port,
                                 const char *secret,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && REEL_IS_ACCOUNT (account));

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, reel_engine_save_webhooks_async);
  reel_webhooks_save_async (self->works->webhooks, account, url, port, secret, reel_engine_return_boolean,
                            g_steal_pointer (&task));
}

/**
 * reel_engine_save_webhooks_finish:
 * @error: %REEL_ERROR_STORE, or %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Ends reel_engine_save_webhooks_async().
 */
gboolean
reel_engine_save_webhooks_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_save_webhooks_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
