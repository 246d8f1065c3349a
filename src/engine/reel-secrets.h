#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REEL_TYPE_SECRETS (reel_secrets_get_type ())
G_DECLARE_FINAL_TYPE (ReelSecrets, reel_secrets, REEL, SECRETS, GObject)

/**
 * ReelSecretKind:
 * @REEL_SECRET_KEY: an API key
 * @REEL_SECRET_WEBHOOKS: what the service signs webhooks with
 *
 * What is kept for each account.
 */
typedef enum
{
  REEL_SECRET_KEY,
  REEL_SECRET_WEBHOOKS,
} ReelSecretKind;

ReelSecrets *reel_secrets_new (ReelSecretKind kind);
void reel_secrets_lookup_async (ReelSecrets *self,
                                const char *account_id,
                                gboolean unlock,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);
char *reel_secrets_lookup_finish (ReelSecrets *self, GAsyncResult *result, gboolean *locked, GError **error);
void reel_secrets_store_async (ReelSecrets *self,
                               const char *account_id,
                               const char *label,
                               const char *key,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
gboolean reel_secrets_store_finish (ReelSecrets *self, GAsyncResult *result, GError **error);
void reel_secrets_clear_async (ReelSecrets *self, const char *account_id, GAsyncReadyCallback callback, gpointer data);
gboolean reel_secrets_clear_finish (ReelSecrets *self, GAsyncResult *result, GError **error);

void reel_secrets_free_key (char *key);

G_END_DECLS
