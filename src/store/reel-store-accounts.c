#include "config.h"

#include "reel-store-accounts.h"

/**
 * reel_store_accounts_save:
 * @id: a name that never changes
 * @name: (nullable): a name for people
 * @base_url: (nullable): where the service is
 * @error: %REEL_ERROR_STORE
 *
 * Inserts or changes an account. Its key is not in the database.
 */
gboolean
reel_store_accounts_save (ReelDatabase *database,
                          const char *id,
                          const char *name,
                          const char *base_url,
                          GError **error)
{
  sqlite3_stmt *statement = reel_database_prepare (database,
                                                   "INSERT INTO accounts (id, name, base_url) VALUES (?1, ?2, ?3) "
                                                   "ON CONFLICT (id) DO UPDATE SET name = ?2, base_url = ?3",
                                                   error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 2, name, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 3, base_url, -1, SQLITE_TRANSIENT);

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
  sqlite3_stmt *statement =
      reel_database_prepare (database, "SELECT id, name, base_url FROM accounts ORDER BY rowid", error);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;

  while (TRUE) {
    if (!reel_database_step (database, statement, &row, error))
      return NULL;
    if (!row)
      return g_steal_pointer (&accounts);

    g_ptr_array_add (accounts, reel_account_new ((const char *)sqlite3_column_text (statement, 0),
                                                 (const char *)sqlite3_column_text (statement, 1),
                                                 (const char *)sqlite3_column_text (statement, 2)));
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
