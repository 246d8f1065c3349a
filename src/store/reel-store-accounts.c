#include "config.h"

#include "reel-store-accounts.h"

#define COLUMNS "id, name, base_url, webhook_url, webhook_port, webhook_signed, proxy"
#define VALUES  "?1, ?2, ?3, ?4, ?5, ?6, ?7"

/* Not REPLACE: that would give the row another place in the order. */
#define SAVE                                                                                                           \
  "INSERT INTO accounts (" COLUMNS ") VALUES (" VALUES ") "                                                            \
  "ON CONFLICT (id) DO UPDATE SET (" COLUMNS ") = (" VALUES ")"

/**
 * reel_store_accounts_save:
 * @account: an account that no other thread has
 * @error: %REEL_ERROR_STORE
 *
 * Inserts or changes an account. Its key is not in the database, nor is what its webhooks are signed with.
 */
gboolean
reel_store_accounts_save (ReelDatabase *database, ReelAccount *account, GError **error)
{
  sqlite3_stmt *statement = reel_database_prepare (database, SAVE, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, reel_account_get_id (account), -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 2, reel_account_get_name (account), -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 3, reel_account_get_base_url (account), -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 4, reel_account_get_webhook_url (account), -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 5, reel_account_get_webhook_port (account));
  sqlite3_bind_int64 (statement, 6, reel_account_get_webhook_signed (account));
  sqlite3_bind_text (statement, 7, reel_account_get_proxy (account), -1, SQLITE_TRANSIENT);

  return reel_database_run (database, statement, error);
}

/**
 * reel_store_accounts_load:
 * @error: %REEL_ERROR_STORE
 *
 * Reads the accounts in the order they were made.
 *
 * Returns: (transfer full) (nullable) (element-type ReelAccount): the accounts
 */
GPtrArray *
reel_store_accounts_load (ReelDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);
  sqlite3_stmt *statement = reel_database_prepare (database, "SELECT " COLUMNS " FROM accounts ORDER BY rowid", error);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;

  while (TRUE) {
    ReelAccount *account;

    if (!reel_database_step (database, statement, &row, error))
      return NULL;
    if (!row)
      return g_steal_pointer (&accounts);

    account = reel_account_new ((const char *)sqlite3_column_text (statement, 0),
                                (const char *)sqlite3_column_text (statement, 1),
                                (const char *)sqlite3_column_text (statement, 2));
    reel_account_set_webhooks (account, (const char *)sqlite3_column_text (statement, 3),
                               CLAMP (sqlite3_column_int64 (statement, 4), 0, REEL_ACCOUNT_MAX_WEBHOOK_PORT),
                               sqlite3_column_int64 (statement, 5) != 0);
    reel_account_set_proxy (account, (const char *)sqlite3_column_text (statement, 6));
    g_ptr_array_add (accounts, account);
  }
}

/**
 * reel_store_accounts_delete:
 * @id: an account
 * @error: %REEL_ERROR_STORE
 *
 * Forgets an account.
 */
gboolean
reel_store_accounts_delete (ReelDatabase *database, const char *id, GError **error)
{
  sqlite3_stmt *statement = reel_database_prepare (database, "DELETE FROM accounts WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, id, -1, SQLITE_TRANSIENT);

  return reel_database_run (database, statement, error);
}
