#include "config.h"

#include "reel-secrets.h"

#include "reel-error.h"

#include <libsecret/secret.h>
#include <string.h>

/**
 * ReelSecrets:
 *
 * The secrets of one kind, one for each account, in the Secret Service, or in a Flatpak in the portal's: the keys, or what
 * webhooks are signed with. Nothing here waits: with a locked keyring or without a bus an answer may never come, so every
 * call that is waited for can be cancelled.
 */
struct _ReelSecrets
{
  GObject parent_instance;

  ReelSecretKind kind;
};

G_DEFINE_FINAL_TYPE (ReelSecrets, reel_secrets, G_TYPE_OBJECT)

/* Each kind has an attribute of its own, so that no search for one finds the other. */
static const SecretSchema schemas[] = {
    [REEL_SECRET_KEY] = {REEL_APPLICATION_ID ".ApiKey",
                         SECRET_SCHEMA_NONE,
                         {{"account", SECRET_SCHEMA_ATTRIBUTE_STRING}, {NULL, 0}}},
    [REEL_SECRET_WEBHOOKS] = {REEL_APPLICATION_ID ".WebhookSecret",
                              SECRET_SCHEMA_NONE,
                              {{"webhooks-of-account", SECRET_SCHEMA_ATTRIBUTE_STRING}, {NULL, 0}}},
};

/* What a lookup finds besides a key. */
typedef struct
{
  GCancellable *cancellable; /* borrowed from the task, nullable */
  gboolean locked;
} Lookup;

static GHashTable *
make_attributes (ReelSecrets *self, const char *account_id)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (attributes, (gpointer)schemas[self->kind].attributes[0].name, g_strdup (account_id));

  return attributes;
}

/* Errors of libsecret and of the bus, in the words of this program. A cancel stays a cancel. */
static void
return_error (GTask *task, GError *owned_error)
{
  g_autoptr (GError) error = owned_error;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, REEL_ERROR, REEL_ERROR_SECRET, "%s", error->message);
}

static void
on_retrieved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (SecretValue) value = NULL;
  g_autoptr (GError) error = NULL;
  const char *text;

  value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);
  if (error != NULL) {
    return_error (task, g_steal_pointer (&error));
    return;
  }

  text = value != NULL ? secret_value_get_text (value) : NULL;
  g_task_return_pointer (task, g_strdup (text), (GDestroyNotify)reel_secrets_free_key);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autolist (SecretRetrievable)
    items = NULL;
  g_autoptr (GError) error = NULL;
  SecretRetrievable *item;
  Lookup *lookup = g_task_get_task_data (task);
  GCancellable *cancellable = lookup->cancellable;

  items = secret_password_search_finish (result, &error);
  if (error != NULL) {
    return_error (task, g_steal_pointer (&error));
    return;
  }
  if (items == NULL) {
    g_task_return_pointer (task, NULL, NULL);
    return;
  }

  item = items->data;
  lookup->locked = SECRET_IS_ITEM (item) && secret_item_get_locked (SECRET_ITEM (item));
  if (lookup->locked) {
    g_task_return_pointer (task, NULL, NULL);
    return;
  }

  secret_retrievable_retrieve_secret (item, cancellable, on_retrieved, g_steal_pointer (&task));
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    return_error (task, g_steal_pointer (&error));
  else /* someone closed the question of the keyring */
    g_task_return_new_error_literal (task, REEL_ERROR, REEL_ERROR_SECRET, "The keyring was not unlocked");
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    return_error (task, g_steal_pointer (&error));
}

static void
reel_secrets_class_init (ReelSecretsClass *klass)
{
}

static void
reel_secrets_init (ReelSecrets *self)
{
}

/**
 * reel_secrets_new:
 * @kind: what is kept
 *
 * Makes the way to the secrets of a kind.
 *
 * Returns: (transfer full): the secrets
 */
ReelSecrets *
reel_secrets_new (ReelSecretKind kind)
{
  ReelSecrets *self = g_object_new (REEL_TYPE_SECRETS, NULL);

  self->kind = kind;

  return self;
}

/**
 * reel_secrets_lookup_async:
 * @account_id: an account
 * @unlock: whether the person may be asked to unlock a keyring; a cancel does not take that question back
 * @cancellable: (nullable): to stop it
 * @callback: called when it is known
 * @data: for @callback
 *
 * Looks for the secret of an account.
 */
void
reel_secrets_lookup_async (ReelSecrets *self,
                           const char *account_id,
                           gboolean unlock,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autoptr (GHashTable) attributes = make_attributes (self, account_id);
  Lookup *lookup = g_new0 (Lookup, 1);

  g_task_set_source_tag (task, reel_secrets_lookup_async);
  /* A question that a keyring asks is never cancelled: libsecret 0.21 ends the call twice then. */
  lookup->cancellable = unlock ? NULL : cancellable;
  g_task_set_task_data (task, lookup, g_free);
  secret_password_searchv (&schemas[self->kind], attributes,
                           SECRET_SEARCH_LOAD_SECRETS | (unlock ? SECRET_SEARCH_UNLOCK : SECRET_SEARCH_NONE),
                           lookup->cancellable, on_found, g_steal_pointer (&task));
}

/**
 * reel_secrets_lookup_finish:
 * @locked: (out): whether there is one in a keyring that is locked
 * @error: %REEL_ERROR_SECRET where there is no Secret Service
 *
 * Ends reel_secrets_lookup_async().
 *
 * Returns: (transfer full) (nullable): the secret; free it with reel_secrets_free_key()
 */
char *
reel_secrets_lookup_finish (ReelSecrets *self, GAsyncResult *result, gboolean *locked, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_secrets_lookup_async), NULL);

  *locked = ((Lookup *)g_task_get_task_data (G_TASK (result)))->locked;

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_secrets_store_async:
 * @account_id: an account
 * @label: what a person reads in a keyring manager
 * @key: the secret
 * @cancellable: (nullable): to stop it
 * @callback: called when it is stored
 * @data: for @callback
 *
 * Stores the secret of an account. The person may be asked to unlock a keyring.
 */
void
reel_secrets_store_async (ReelSecrets *self,
                          const char *account_id,
                          const char *label,
                          const char *key,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autoptr (GHashTable) attributes = make_attributes (self, account_id);

  g_task_set_source_tag (task, reel_secrets_store_async);
  secret_password_storev (&schemas[self->kind], attributes, SECRET_COLLECTION_DEFAULT, label, key, cancellable,
                          on_stored, g_steal_pointer (&task));
}

/**
 * reel_secrets_store_finish:
 * @error: %REEL_ERROR_SECRET
 *
 * Ends reel_secrets_store_async().
 */
gboolean
reel_secrets_store_finish (ReelSecrets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_secrets_store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_secrets_clear_async:
 * @account_id: an account
 * @callback: (nullable): called when it is gone
 * @data: for @callback
 *
 * Removes the secret of an account. This alone is never cancelled on its way: libsecret 0.21 then returns twice.
 */
void
reel_secrets_clear_async (ReelSecrets *self, const char *account_id, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  g_autoptr (GHashTable) attributes = make_attributes (self, account_id);

  g_task_set_source_tag (task, reel_secrets_clear_async);
  secret_password_clearv (&schemas[self->kind], attributes, NULL, on_cleared, g_steal_pointer (&task));
}

/**
 * reel_secrets_clear_finish:
 * @error: %REEL_ERROR_SECRET
 *
 * Ends reel_secrets_clear_async().
 */
gboolean
reel_secrets_clear_finish (ReelSecrets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_secrets_clear_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_secrets_free_key:
 * @key: (nullable) (transfer full): a secret
 *
 * Overwrites and frees a secret.
 */
void
reel_secrets_free_key (char *key)
{
  if (key == NULL)
    return;

  explicit_bzero (key, strlen (key));
  g_free (key);
}
