#include "config.h"

#include "reel-store-files.h"

#include "reel-file-sum.h"
#include "reel-saved-file.h"

#define MATCHES                                                                                                        \
  " FROM jobs WHERE file IS NOT NULL AND (file_state = 'saved' OR (?1 AND file_state = 'missing'))"                    \
  " AND (?2 = 0 OR created_at < ?2) AND NOT (?3 AND favourite)"                                                        \
  " AND (?4 IS NULL OR substr (file, 1, length (?4)) = ?4) "

static sqlite3_stmt *
prepare (ReelDatabase *database, const char *sql, const ReelFileQuery *query, GError **error)
{
  sqlite3_stmt *statement = reel_database_prepare (database, sql, error);
  g_autofree char *start = NULL;

  if (statement == NULL)
    return NULL;

  if (query->folder != NULL)
    start = g_strconcat (query->folder, g_str_has_suffix (query->folder, "/") ? "" : "/", NULL);
  sqlite3_bind_int (statement, 1, query->missing);
  sqlite3_bind_int64 (statement, 2, query->until);
  sqlite3_bind_int (statement, 3, query->keep_favourites);
  sqlite3_bind_text (statement, 4, start, -1, SQLITE_TRANSIENT);

  return statement;
}

/**
 * reel_store_files_sum:
 * @query: which saved videos
 * @error: %REEL_ERROR_STORE
 *
 * Adds up what saved videos take, by what was written down of them.
 *
 * Returns: (transfer full) (nullable) (element-type ReelFileSum): the sums by model, the largest first
 */
GPtrArray *
reel_store_files_sum (ReelDatabase *database, const ReelFileQuery *query, GError **error)
{
  g_autoptr (GPtrArray) sums = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_file_sum_free);
  sqlite3_stmt *statement =
      prepare (database, "SELECT model, count(*), sum (file_size)" MATCHES "GROUP BY model ORDER BY 3 DESC, model",
               query, error);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;

  while (TRUE) {
    if (!reel_database_step (database, statement, &row, error))
      return NULL;
    if (!row)
      return g_steal_pointer (&sums);
    g_ptr_array_add (sums, reel_file_sum_new ((const char *)sqlite3_column_text (statement, 0),
                                              sqlite3_column_int (statement, 1), sqlite3_column_int64 (statement, 2)));
  }
}

/**
 * reel_store_files_find:
 * @query: which saved videos
 * @error: %REEL_ERROR_STORE
 *
 * Finds saved videos, those first that were asked for first.
 *
 * Returns: (transfer full) (nullable) (element-type ReelSavedFile): the videos
 */
GPtrArray *
reel_store_files_find (ReelDatabase *database, const ReelFileQuery *query, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_saved_file_free);
  sqlite3_stmt *statement = prepare (
      database, "SELECT id, file, file_size, file_sha256, file_state = 'missing'" MATCHES "ORDER BY created_at, id",
      query, error);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;

  while (TRUE) {
    if (!reel_database_step (database, statement, &row, error))
      return NULL;
    if (!row)
      return g_steal_pointer (&files);
    g_ptr_array_add (files, reel_saved_file_new ((const char *)sqlite3_column_text (statement, 0),
                                                 (const char *)sqlite3_column_text (statement, 1),
                                                 sqlite3_column_int64 (statement, 2),
                                                 (const char *)sqlite3_column_text (statement, 3),
                                                 sqlite3_column_int (statement, 4) != 0));
  }
}
