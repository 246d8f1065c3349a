#include "config.h"

#include "reel-engine-private.h"

static void
on_jobs_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GPtrArray) records = NULL;
  GError *error = NULL;

  records = reel_store_load_history_finish (REEL_STORE (source), result, &error);
  if (records == NULL) {
    g_task_return_error (task, error);
    return;
  }

  for (guint i = 0; i < records->len; i++)
    g_strv_builder_add (ids, ((ReelJobRecord *)g_ptr_array_index (records, i))->id);
  g_task_return_pointer (task, g_strv_builder_end (ids), (GDestroyNotify)g_strfreev);
}

static void
on_places_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GArray) places = NULL;
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree gint64 *keys = NULL;
  GError *error = NULL;
  guint n_keys;

  places = reel_store_list_history_finish (REEL_STORE (source), result, &error);
  if (places == NULL) {
    g_task_return_error (task, error);
    return;
  }

  n_keys = MIN (places->len, GPOINTER_TO_UINT (g_task_get_task_data (task)));
  keys = g_new (gint64, n_keys);
  for (guint i = 0; i < n_keys; i++)
    keys[i] = g_array_index (places, ReelHistoryPlace, i).key;
  reel_store_load_history_async (REEL_STORE (source), keys, n_keys, cancellable, on_jobs_read, g_steal_pointer (&task));
}

/**
 * reel_engine_search_async:
 * @text: what a person typed; every word of it begins a word of the prompt
 * @limit: how many at most
 * @cancellable: (nullable): to give it up
 * @callback: called with the jobs
 * @data: for @callback
 *
 * Finds the newest jobs that are not hidden by their prompts.
 */
void
reel_engine_search_async (ReelEngine *self,
                          const char *text,
                          guint limit,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (ReelHistoryQuery) query = reel_history_query_new ();
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && text != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_engine_search_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (limit), NULL);
  query->search = g_strdup (text);
  reel_store_list_history_async (self->works->store, query, 0, cancellable, on_places_listed, g_steal_pointer (&task));
}

/**
 * reel_engine_search_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_engine_search_async().
 *
 * Returns: (transfer full): our own names for the jobs, the newest first
 */
GStrv
reel_engine_search_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_search_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
