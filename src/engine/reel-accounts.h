#pragma once

#include "reel-account.h"
#include "reel-client.h"
#include "reel-secrets.h"
#include "reel-store.h"

G_BEGIN_DECLS

#define REEL_TYPE_ACCOUNTS (reel_accounts_get_type ())
G_DECLARE_FINAL_TYPE (ReelAccounts, reel_accounts, REEL, ACCOUNTS, GObject)

ReelAccounts *reel_accounts_new (ReelStore *store, ReelSecrets *secrets, GNetworkMonitor *monitor);
void reel_accounts_stop (ReelAccounts *self);

GListModel *reel_accounts_get_list (ReelAccounts *self);
ReelAccount *reel_accounts_lookup (ReelAccounts *self, const char *id);
ReelClient *reel_accounts_get_client (ReelAccounts *self, const char *id);
ReelClient *reel_accounts_get_download_client (ReelAccounts *self, const char *id);
ReelClient *reel_accounts_make_client (ReelAccounts *self, const char *base_url, const char *proxy, const char *key);

void reel_accounts_set_sandbox (ReelAccounts *self, const char *base_url, const char *key);
ReelAccount *reel_accounts_add_environment (ReelAccounts *self, const char *base_url, const char *key);
void reel_accounts_take_stored (ReelAccounts *self, GPtrArray *accounts);

void reel_accounts_unlock_async (ReelAccounts *self, const char *id, GAsyncReadyCallback callback, gpointer data);
ReelClient *reel_accounts_unlock_finish (ReelAccounts *self, GAsyncResult *result, GError **error);

void reel_accounts_save_async (ReelAccounts *self,
                               ReelAccount *account,
                               const char *name,
                               const char *base_url,
                               const char *proxy,
                               const char *key,
                               GAsyncReadyCallback callback,
                               gpointer data);
ReelAccount *reel_accounts_save_finish (ReelAccounts *self, GAsyncResult *result, GError **error);
void reel_accounts_remove_async (ReelAccounts *self, ReelAccount *account, GAsyncReadyCallback callback, gpointer data);
gboolean reel_accounts_remove_finish (ReelAccounts *self, GAsyncResult *result, GError **error);

G_END_DECLS
