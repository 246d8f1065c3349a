#include "config.h"

#include "reel-webhooks.h"

#include "reel-error.h"
#include "reel-uri.h"
#include "reel-webhook-server.h"

#include <string.h>

/**
 * ReelWebhooks:
 *
 * The receivers of webhooks: one for each account where a person has set one up, with a port of its own. What is signed, and
 * with what, is told apart by the port, so that the secret of one account never vouches for another.
 */
struct _ReelWebhooks
{
  GObject parent_instance;

  ReelStore *store;
  ReelAccounts *accounts;
  ReelJobBook *book;
  ReelWebhookHints *hints;
  ReelSecrets *secrets;

  GHashTable *receivers; /* ReelAccount -> Receiver */
  gboolean started;
  GCancellable *running; /* ends what waits for a keyring */
};

G_DEFINE_FINAL_TYPE (ReelWebhooks, reel_webhooks, G_TYPE_OBJECT)

/* The receiver of an account, also where none is set up. */
typedef struct
{
  ReelWebhooks *webhooks; /* borrowed */
  ReelAccount *account;   /* owned */
  char *secret;           /* nullable: not set, or not known yet */
  ReelWebhookServer *server;
} Receiver;

/* A keyring is being asked. */
typedef struct
{
  ReelWebhooks *webhooks; /* owned */
  ReelAccount *account;   /* owned */
  char *secret;           /* what is being stored, NULL where one is looked up */
} Question;

/* A set-up that is being saved. */
typedef struct
{
  ReelAccount *account; /* owned */
  ReelAccount *written; /* owned: what is kept from now on */
  char *secret;         /* owned, nullable */
} Save;

static Question *
question_new (Receiver *receiver, const char *secret)
{
  Question *question = g_new0 (Question, 1);

  question->webhooks = g_object_ref (receiver->webhooks);
  question->account = g_object_ref (receiver->account);
  question->secret = g_strdup (secret);

  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->webhooks);
  g_object_unref (question->account);
  reel_secrets_free_key (question->secret);
  g_free (question);
}

static void
save_free (gpointer data)
{
  Save *save = data;

  g_object_unref (save->account);
  g_object_unref (save->written);
  reel_secrets_free_key (save->secret);
  g_free (save);
}

static void
stop_server (Receiver *self)
{
  if (self->server != NULL)
    reel_webhook_server_stop (self->server);
  g_clear_object (&self->server);
}

static void
receiver_free (gpointer data)
{
  Receiver *self = data;

  stop_server (self);
  reel_secrets_free_key (self->secret);
  g_object_unref (self->account);
  g_free (self);
}

static void
on_hint (Receiver *self, const char *token, const ReelGeneration *generation, gboolean verified)
{
  ReelWebhooks *webhooks = self->webhooks;
  ReelJob *job = reel_job_book_find_webhook (webhooks->book, reel_account_get_id (self->account), token);

  if (job != NULL)
    reel_webhook_hints_take (webhooks->hints, job, generation, verified);
}

static ReelAccountWebhooks
listen (Receiver *self)
{
  g_autoptr (ReelWebhookServer) server =
      reel_webhook_server_new (reel_account_get_webhook_port (self->account), self->secret);
  g_autoptr (GError) error = NULL;

  if (!reel_webhook_server_start (server, &error))
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE) ? REEL_ACCOUNT_WEBHOOKS_PORT_IN_USE
                                                                          : REEL_ACCOUNT_WEBHOOKS_FAILED;

  g_signal_connect_swapped (server, "hint", G_CALLBACK (on_hint), self);
  self->server = g_steal_pointer (&server);

  return REEL_ACCOUNT_WEBHOOKS_LISTENING;
}

/* Does what is set up. Where webhooks must be signed, nothing is taken until they can be checked. */
static void
update (Receiver *self)
{
  ReelAccountWebhooks state;

  stop_server (self);
  if (!self->webhooks->started || reel_account_get_webhook_url (self->account) == NULL)
    state = REEL_ACCOUNT_WEBHOOKS_OFF;
  else if (reel_account_get_webhook_signed (self->account) && self->secret == NULL)
    state = REEL_ACCOUNT_WEBHOOKS_NO_SECRET;
  else
    state = listen (self);
  reel_account_set_webhook_state (self->account, state);
}

static void
set_secret (Receiver *self, const char *secret, ReelAccountKey state)
{
  if (secret != self->secret) {
    reel_secrets_free_key (self->secret);
    self->secret = g_strdup (secret);
  }
  reel_account_set_webhook_secret_state (self->account, state);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  Receiver *receiver = g_hash_table_lookup (question->webhooks->receivers, question->account);
  g_autoptr (GError) error = NULL;
  gboolean locked;
  char *secret = reel_secrets_lookup_finish (REEL_SECRETS (source), result, &locked, &error);

  /* What a person has changed meanwhile is newer. */
  if (receiver != NULL && receiver->secret == NULL && reel_account_get_webhook_signed (receiver->account) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    if (secret != NULL)
      set_secret (receiver, secret, REEL_ACCOUNT_KEY_STORED);
    else
      set_secret (receiver, NULL, locked ? REEL_ACCOUNT_KEY_UNKNOWN : REEL_ACCOUNT_KEY_MISSING);
    if (secret != NULL)
      update (receiver);
  }

  reel_secrets_free_key (secret);
  question_free (question);
}

static void
look_up (Receiver *self)
{
  reel_secrets_lookup_async (self->webhooks->secrets, reel_account_get_id (self->account), FALSE,
                             self->webhooks->running, on_looked_up, question_new (self, NULL));
}

static void
add_receiver (ReelWebhooks *self, ReelAccount *account)
{
  Receiver *receiver = g_new0 (Receiver, 1);

  receiver->webhooks = self;
  receiver->account = g_object_ref (account);
  g_hash_table_insert (self->receivers, account, receiver);
  if (reel_account_get_webhook_signed (account))
    look_up (receiver);
  update (receiver);
}

/* The secret of an account goes with it. */
static gboolean
is_removed (gpointer key, gpointer value, gpointer data)
{
  ReelWebhooks *self = data;

  if (reel_accounts_lookup (self->accounts, reel_account_get_id (key)) != NULL)
    return FALSE;

  reel_secrets_clear_async (self->secrets, reel_account_get_id (key), NULL, NULL);

  return TRUE;
}

static void
on_accounts_changed (ReelWebhooks *self)
{
  GListModel *accounts = reel_accounts_get_list (self->accounts);
  guint n = g_list_model_get_n_items (accounts);

  g_hash_table_foreach_remove (self->receivers, is_removed, self);
  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelAccount) account = g_list_model_get_item (accounts, i);

    if (reel_account_is_editable (account) && !g_hash_table_contains (self->receivers, account))
      add_receiver (self, account);
  }
}

/* A keyring that gave a key gives more. */
static void
on_client_changed (ReelWebhooks *self, const char *account_id)
{
  ReelAccount *account = reel_accounts_lookup (self->accounts, account_id);
  Receiver *receiver = account != NULL ? g_hash_table_lookup (self->receivers, account) : NULL;

  if (receiver != NULL && receiver->secret == NULL && reel_account_get_webhook_signed (account))
    look_up (receiver);
}

static void
on_secret_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  Receiver *receiver = g_hash_table_lookup (question->webhooks->receivers, question->account);

  if (reel_secrets_store_finish (REEL_SECRETS (source), result, NULL) && receiver != NULL &&
      g_strcmp0 (receiver->secret, question->secret) == 0)
    reel_account_set_webhook_secret_state (question->account, REEL_ACCOUNT_KEY_STORED);

  question_free (question);
}

static void
change_secret (Receiver *self, const char *secret)
{
  ReelWebhooks *webhooks = self->webhooks;
  const char *id = reel_account_get_id (self->account);
  g_autofree char *label = NULL;

  if (*secret == '\0') {
    set_secret (self, NULL, REEL_ACCOUNT_KEY_UNKNOWN);
    reel_secrets_clear_async (webhooks->secrets, id, NULL, NULL);
    return;
  }

  label = g_strconcat (reel_account_get_name (self->account), " (webhooks)", NULL);
  set_secret (self, secret, REEL_ACCOUNT_KEY_THIS_RUN);
  reel_secrets_store_async (webhooks->secrets, id, label, secret, webhooks->running, on_secret_stored,
                            question_new (self, secret));
}

static void
on_account_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelWebhooks *self = g_task_get_source_object (task);
  const Save *save = g_task_get_task_data (task);
  Receiver *receiver = g_hash_table_lookup (self->receivers, save->account);
  GError *error = NULL;

  if (!reel_store_save_account_finish (REEL_STORE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }

  reel_account_set_webhooks (save->account, reel_account_get_webhook_url (save->written),
                             reel_account_get_webhook_port (save->written),
                             reel_account_get_webhook_signed (save->written));
  if (receiver != NULL && save->secret != NULL)
    change_secret (receiver, save->secret);
  if (receiver != NULL)
    update (receiver);

  g_task_return_boolean (task, TRUE);
}

/* The token is added to the path, which must come last. */
static gboolean
is_usable (const char *url, guint port)
{
  return reel_uri_check_public (url) == REEL_URI_OK && strpbrk (url, "?#") == NULL &&
         port >= REEL_ACCOUNT_MIN_WEBHOOK_PORT;
}

static void
reel_webhooks_dispose (GObject *object)
{
  ReelWebhooks *self = REEL_WEBHOOKS (object);

  reel_webhooks_stop (self);

  G_OBJECT_CLASS (reel_webhooks_parent_class)->dispose (object);
}

static void
reel_webhooks_finalize (GObject *object)
{
  ReelWebhooks *self = REEL_WEBHOOKS (object);

  g_hash_table_unref (self->receivers);
  g_object_unref (self->running);
  g_object_unref (self->secrets);
  g_object_unref (self->hints);
  g_object_unref (self->book);
  g_object_unref (self->accounts);
  g_object_unref (self->store);

  G_OBJECT_CLASS (reel_webhooks_parent_class)->finalize (object);
}

static void
reel_webhooks_class_init (ReelWebhooksClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = reel_webhooks_dispose;
  object_class->finalize = reel_webhooks_finalize;
}

static void
reel_webhooks_init (ReelWebhooks *self)
{
  self->secrets = reel_secrets_new (REEL_SECRET_WEBHOOKS);
  self->receivers = g_hash_table_new_full (NULL, NULL, NULL, receiver_free);
  self->running = g_cancellable_new ();
}

/**
 * reel_webhooks_new:
 * @store: where the set-up is kept
 * @accounts: the accounts
 * @book: where the jobs are that webhooks are about
 * @hints: follows what webhooks tell
 *
 * Makes the receivers; none listens before reel_webhooks_start().
 *
 * Returns: (transfer full): the receivers
 */
ReelWebhooks *
reel_webhooks_new (ReelStore *store, ReelAccounts *accounts, ReelJobBook *book, ReelWebhookHints *hints)
{
  ReelWebhooks *self = g_object_new (REEL_TYPE_WEBHOOKS, NULL);

  self->store = g_object_ref (store);
  self->accounts = g_object_ref (accounts);
  self->book = g_object_ref (book);
  self->hints = g_object_ref (hints);
  g_signal_connect_object (reel_accounts_get_list (accounts), "items-changed", G_CALLBACK (on_accounts_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (accounts, "client-changed", G_CALLBACK (on_client_changed), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * reel_webhooks_start:
 *
 * Listens for every account that has a receiver, once the jobs are known that webhooks may be about.
 */
void
reel_webhooks_start (ReelWebhooks *self)
{
  GHashTableIter iter;
  Receiver *receiver;

  if (g_cancellable_is_cancelled (self->running))
    return;

  self->started = TRUE;
  g_hash_table_iter_init (&iter, self->receivers);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&receiver))
    update (receiver);
}

/**
 * reel_webhooks_stop:
 *
 * Listens no more, and ends what waits for a keyring.
 */
void
reel_webhooks_stop (ReelWebhooks *self)
{
  GHashTableIter iter;
  Receiver *receiver;

  g_cancellable_cancel (self->running);
  self->started = FALSE;
  g_hash_table_iter_init (&iter, self->receivers);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&receiver))
    update (receiver);
}

/**
 * reel_webhooks_save_async:
 * @account: an account that can be changed
 * @url: (nullable): where its receiver is reached from outside, public https; %NULL for no receiver
 * @port: the port of this machine to listen on
 * @secret: (nullable): what webhooks are signed with, "" where they are not; %NULL to leave that as it is
 * @callback: called when it is saved
 * @data: for @callback
 *
 * Sets the receiver of an account up; what it does then is the account's webhook-state. A secret is used at once; where the
 * keyring does not take it, for this run only.
 */
void
reel_webhooks_save_async (ReelWebhooks *self,
                          ReelAccount *account,
                          const char *url,
                          guint port,
                          const char *secret,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  gboolean with_signature = secret != NULL ? *secret != '\0' : reel_account_get_webhook_signed (account);
  Save *save;

  g_task_set_source_tag (task, reel_webhooks_save_async);
  if (!reel_account_is_editable (account) || (url != NULL && !is_usable (url, port)) ||
      port > REEL_ACCOUNT_MAX_WEBHOOK_PORT) {
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                                     "The address or the port of the receiver cannot be used");
    return;
  }

  save = g_new0 (Save, 1);
  save->account = g_object_ref (account);
  save->written = reel_account_copy (account);
  reel_account_set_webhooks (save->written, url, port, with_signature);
  save->secret = g_strdup (secret);
  g_task_set_task_data (task, save, save_free);
  reel_store_save_account_async (self->store, save->written, NULL, on_account_written, g_steal_pointer (&task));
}

/**
 * reel_webhooks_save_finish:
 * @error: %REEL_ERROR_STORE, or %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Ends reel_webhooks_save_async().
 */
gboolean
reel_webhooks_save_finish (ReelWebhooks *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_webhooks_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
