#include "config.h"

#include "reel-store-private.h"

#include "reel-store-files.h"

static gboolean
work_sum_files (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  return reel_store_check_open (*database, error) && (*result = reel_store_files_sum (*database, data, error)) != NULL;
}

static gboolean
work_find_files (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  return reel_store_check_open (*database, error) && (*result = reel_store_files_find (*database, data, error)) != NULL;
}

static void
push (ReelStore *self, GTask *task, ReelStoreWork work, const ReelFileQuery *query)
{
  reel_store_push (self, task, REEL_STORE_READS, work, reel_file_query_copy (query),
                   (GDestroyNotify)reel_file_query_free, (GDestroyNotify)g_ptr_array_unref);
}

/**
 * reel_store_sum_files_async:
 * @query: which saved videos; copied
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called with the sums
 * @data: for @callback
 *
 * Adds up what saved videos take.
 */
void
reel_store_sum_files_async (ReelStore *self,
                            const ReelFileQuery *query,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_return_if_fail (REEL_IS_STORE (self) && query != NULL);

  push (self, reel_store_make_task (self, cancellable, callback, data, reel_store_sum_files_async), work_sum_files,
        query);
}

/**
 * reel_store_sum_files_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_sum_files_async().
 *
 * Returns: (transfer full) (element-type ReelFileSum): the sums by model
 */
GPtrArray *
reel_store_sum_files_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_pointer (self, result, reel_store_sum_files_async, error);
}

/**
 * reel_store_find_files_async:
 * @query: which saved videos; copied
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called with the videos
 * @data: for @callback
 *
 * Finds saved videos, those first that were asked for first.
 */
void
reel_store_find_files_async (ReelStore *self,
                             const ReelFileQuery *query,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  g_return_if_fail (REEL_IS_STORE (self) && query != NULL);

  push (self, reel_store_make_task (self, cancellable, callback, data, reel_store_find_files_async), work_find_files,
        query);
}

/**
 * reel_store_find_files_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_find_files_async().
 *
 * Returns: (transfer full) (element-type ReelSavedFile): the videos
 */
GPtrArray *
reel_store_find_files_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_pointer (self, result, reel_store_find_files_async, error);
}
