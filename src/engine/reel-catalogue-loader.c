#include "config.h"

#include "reel-catalogue-loader.h"

#include "reel-codec.h"
#include "reel-error.h"

#include <string.h>

/**
 * ReelCatalogueLoader:
 *
 * The models of the account in use: as they were in the last run at first, then as the service lists them (GET /models,
 * which is free).
 */
struct _ReelCatalogueLoader
{
  GObject parent_instance;

  ReelAccounts *accounts;
  ReelStore *store;
  char *account_id;

  ReelCatalogue *catalogue;
  GError *error;
  gboolean fresh;        /* the catalogue is an answer of this run */
  GCancellable *asking;  /* the request that goes on */
  GCancellable *reading; /* the reading of the cached text that goes on */
};

G_DEFINE_FINAL_TYPE (ReelCatalogueLoader, reel_catalogue_loader, G_TYPE_OBJECT)

enum
{
  PROP_CATALOGUE = 1,
  PROP_ERROR,
  PROP_LOADING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static char *
make_text_name (ReelCatalogueLoader *self)
{
  return g_strconcat ("catalogue/", self->account_id, NULL);
}

static void
take_catalogue (ReelCatalogueLoader *self, ReelCatalogue *catalogue)
{
  if (self->catalogue == catalogue)
    return;

  g_clear_object (&self->catalogue);
  self->catalogue = catalogue;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CATALOGUE]);
}

static void
take_error (ReelCatalogueLoader *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
stop_asking (ReelCatalogueLoader *self)
{
  if (self->asking == NULL)
    return;

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
stop_reading (ReelCatalogueLoader *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
on_text_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelCatalogueLoader) self = data;
  g_autofree char *text = reel_store_load_text_finish (REEL_STORE (source), result, NULL);
  g_autoptr (GBytes) body = NULL;
  ReelCatalogue *catalogue;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  g_clear_object (&self->reading);
  if (text == NULL || self->fresh)
    return;

  body = g_bytes_new (text, strlen (text));
  catalogue = reel_codec_decode_models (body, NULL);
  if (catalogue != NULL)
    take_catalogue (self, catalogue);
}

static void
on_models (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelCatalogueLoader) self = data;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelCatalogue) catalogue = reel_client_list_models_finish (REEL_CLIENT (source), result, &body, &error);
  g_autofree char *name = NULL, *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->asking);
  if (catalogue != NULL) {
    self->fresh = TRUE;
    name = make_text_name (self);
    text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
    reel_store_save_text_async (self->store, name, text, NULL, NULL, NULL);
    take_catalogue (self, g_steal_pointer (&catalogue));
  }
  take_error (self, g_steal_pointer (&error));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
ask (ReelCatalogueLoader *self, ReelClient *client)
{
  if (self->asking == NULL) {
    self->asking = g_cancellable_new ();
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  }
  reel_client_list_models_async (client, self->asking, on_models, g_object_ref (self));
}

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelCatalogueLoader) self = data;
  g_autoptr (GError) error = NULL;
  ReelClient *client = reel_accounts_unlock_finish (REEL_ACCOUNTS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* With a key, the change of the client has asked already. */
  if (client == NULL)
    take_error (self, g_steal_pointer (&error));
}

static void
on_client_changed (ReelCatalogueLoader *self, const char *account_id)
{
  if (g_strcmp0 (account_id, self->account_id) == 0)
    reel_catalogue_loader_refresh (self, FALSE);
}

static void
reel_catalogue_loader_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelCatalogueLoader *self = REEL_CATALOGUE_LOADER (object);

  switch (id) {
  case PROP_CATALOGUE:
    g_value_set_object (value, self->catalogue);
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  case PROP_LOADING:
    g_value_set_boolean (value, self->asking != NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_catalogue_loader_finalize (GObject *object)
{
  ReelCatalogueLoader *self = REEL_CATALOGUE_LOADER (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  stop_reading (self);
  g_clear_object (&self->catalogue);
  g_clear_error (&self->error);
  g_free (self->account_id);
  g_object_unref (self->accounts);
  g_object_unref (self->store);

  G_OBJECT_CLASS (reel_catalogue_loader_parent_class)->finalize (object);
}

static void
reel_catalogue_loader_class_init (ReelCatalogueLoaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reel_catalogue_loader_get_property;
  object_class->finalize = reel_catalogue_loader_finalize;

  properties[PROP_CATALOGUE] = g_param_spec_object ("catalogue", NULL, NULL, REEL_TYPE_CATALOGUE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_catalogue_loader_init (ReelCatalogueLoader *self)
{
}

/**
 * reel_catalogue_loader_new:
 * @accounts: whose models
 * @store: where the last answer is kept
 *
 * Makes a loader for no account yet.
 *
 * Returns: (transfer full): the loader
 */
ReelCatalogueLoader *
reel_catalogue_loader_new (ReelAccounts *accounts, ReelStore *store)
{
  ReelCatalogueLoader *self = g_object_new (REEL_TYPE_CATALOGUE_LOADER, NULL);

  self->accounts = g_object_ref (accounts);
  self->store = g_object_ref (store);
  g_signal_connect_object (accounts, "client-changed", G_CALLBACK (on_client_changed), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * reel_catalogue_loader_stop:
 *
 * Ends the request that goes on.
 */
void
reel_catalogue_loader_stop (ReelCatalogueLoader *self)
{
  stop_asking (self);
  stop_reading (self);
}

/**
 * reel_catalogue_loader_set_account:
 * @account_id: the account in use
 *
 * Turns to an account: forgets the models of the other, reads what is kept of this one and asks the service.
 */
void
reel_catalogue_loader_set_account (ReelCatalogueLoader *self, const char *account_id)
{
  g_autofree char *name = NULL;

  g_set_str (&self->account_id, account_id);
  stop_asking (self);
  stop_reading (self);
  self->fresh = FALSE;
  take_catalogue (self, NULL);
  take_error (self, NULL);

  name = make_text_name (self);
  self->reading = g_cancellable_new ();
  reel_store_load_text_async (self->store, name, self->reading, on_text_loaded, g_object_ref (self));
  reel_catalogue_loader_refresh (self, FALSE);
}

/**
 * reel_catalogue_loader_refresh:
 * @unlock: whether the person may be asked to unlock a keyring
 *
 * Asks the service again.
 */
void
reel_catalogue_loader_refresh (ReelCatalogueLoader *self, gboolean unlock)
{
  ReelClient *client;
  ReelAccount *account;

  if (self->account_id == NULL)
    return;

  stop_asking (self);
  client = reel_accounts_get_client (self->accounts, self->account_id);
  account = reel_accounts_lookup (self->accounts, self->account_id);
  if (client != NULL)
    ask (self, client);
  else if (unlock)
    reel_accounts_unlock_async (self->accounts, self->account_id, on_unlocked, g_object_ref (self));
  else if (account != NULL && reel_account_get_key_state (account) == REEL_ACCOUNT_KEY_MISSING)
    take_error (self, reel_error_new_network (REEL_ERROR_UNAUTHORIZED, FALSE, "There is no key to send"));
}

/**
 * reel_catalogue_loader_get_catalogue:
 *
 * Returns: (transfer none) (nullable): the models, %NULL until they are known
 */
ReelCatalogue *
reel_catalogue_loader_get_catalogue (ReelCatalogueLoader *self)
{
  return self->catalogue;
}

/**
 * reel_catalogue_loader_get_error:
 *
 * Returns: (transfer none) (nullable): why the service could not be asked
 */
const GError *
reel_catalogue_loader_get_error (ReelCatalogueLoader *self)
{
  return self->error;
}

/**
 * reel_catalogue_loader_get_loading:
 *
 * Returns: whether the service is being asked
 */
gboolean
reel_catalogue_loader_get_loading (ReelCatalogueLoader *self)
{
  return self->asking != NULL;
}
