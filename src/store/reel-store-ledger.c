#include "config.h"

#include "reel-store-ledger.h"

#include "reel-store-jobs.h"

#define COLUMNS                                                                                                        \
  "id, account_id, model, duration, resolution, created_at, estimate, credits_charged, submission, request_id, status"

/* A job that was deleted and then found again by its request id is one job. */
#define LOAD                                                                                                           \
  "SELECT " COLUMNS ", prompt FROM jobs "                                                                              \
  "UNION ALL "                                                                                                         \
  "SELECT " COLUMNS ", NULL FROM ledger "                                                                              \
  "WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.id = ledger.id OR (jobs.request_id = ledger.request_id AND "        \
  "jobs.account_id = ledger.account_id))"

static char *
dup_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (statement, column));
}

static ReelLedgerEntry *
read_entry (sqlite3_stmt *statement)
{
  ReelLedgerEntry *entry = reel_ledger_entry_new ();

  entry->id = dup_text (statement, 0);
  entry->account_id = dup_text (statement, 1);
  entry->model = dup_text (statement, 2);
  entry->duration = (guint)sqlite3_column_int64 (statement, 3);
  entry->resolution = dup_text (statement, 4);
  entry->created_at = sqlite3_column_int64 (statement, 5);
  if (sqlite3_column_type (statement, 6) != SQLITE_NULL)
    entry->estimate = sqlite3_column_int64 (statement, 6);
  entry->credits_charged = dup_text (statement, 7);
  entry->submission = reel_store_jobs_read_submission ((const char *)sqlite3_column_text (statement, 8));
  entry->request_id = dup_text (statement, 9);
  entry->status = reel_store_jobs_read_status ((const char *)sqlite3_column_text (statement, 10));
  entry->prompt = dup_text (statement, 11);

  return entry;
}

/**
 * reel_store_ledger_keep:
 * @id: our own name for a job that is about to be deleted
 * @error: %REEL_ERROR_STORE
 *
 * Writes down what a job cost or may have cost, without its words. One that was never accepted leaves nothing.
 */
gboolean
reel_store_ledger_keep (ReelDatabase *database, const char *id, GError **error)
{
  sqlite3_stmt *statement =
      reel_database_prepare (database,
                             "INSERT OR REPLACE INTO ledger (" COLUMNS ") SELECT " COLUMNS " FROM jobs "
                             "WHERE id = ? AND submission NOT IN ('recorded', 'rejected')",
                             error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, id, -1, SQLITE_TRANSIENT);

  return reel_database_run (database, statement, error);
}

/**
 * reel_store_ledger_load:
 * @error: %REEL_ERROR_STORE
 *
 * Reads what every job cost, deleted ones too, and sums it up.
 *
 * Returns: (transfer full) (nullable): the ledger
 */
ReelLedger *
reel_store_ledger_load (ReelDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_ledger_entry_free);
  sqlite3_stmt *statement = reel_database_prepare (database, LOAD, error);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;

  while (TRUE) {
    if (!reel_database_step (database, statement, &row, error))
      return NULL;
    if (!row)
      return reel_ledger_new (g_steal_pointer (&entries));

    g_ptr_array_add (entries, read_entry (statement));
  }
}
