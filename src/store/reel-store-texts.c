#include "config.h"

#include "reel-store-texts.h"

/**
 * reel_store_texts_save:
 * @name: what the text is called
 * @text: (nullable): the text, %NULL to remove it
 * @error: %REEL_ERROR_STORE
 *
 * Writes a small text.
 */
gboolean
reel_store_texts_save (ReelDatabase *database, const char *name, const char *text, GError **error)
{
  sqlite3_stmt *statement = reel_database_prepare (database,
                                                   text != NULL ? "INSERT INTO texts (name, text) VALUES (?1, ?2) "
                                                                  "ON CONFLICT (name) DO UPDATE SET text = ?2"
                                                                : "DELETE FROM texts WHERE name = ?1",
                                                   error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
  if (text != NULL)
    sqlite3_bind_text (statement, 2, text, -1, SQLITE_TRANSIENT);

  return reel_database_run (database, statement, error);
}

/**
 * reel_store_texts_load:
 * @name: what the text is called
 * @text: (out) (nullable) (transfer full): the text, %NULL where there is none
 * @error: %REEL_ERROR_STORE
 *
 * Reads a small text.
 */
gboolean
reel_store_texts_load (ReelDatabase *database, const char *name, char **text, GError **error)
{
  sqlite3_stmt *statement = reel_database_prepare (database, "SELECT text FROM texts WHERE name = ?", error);
  gboolean row = FALSE;

  *text = NULL;
  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, name, -1, SQLITE_TRANSIENT);
  if (!reel_database_step (database, statement, &row, error))
    return FALSE;
  if (row)
    *text = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sqlite3_reset (statement);

  return TRUE;
}
