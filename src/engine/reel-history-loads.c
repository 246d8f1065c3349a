#include "config.h"

#include "reel-history-private.h"

/* Jobs that somebody wants as a whole. */
typedef struct
{
  GPtrArray *jobs; /* ReelJob, NULL for one that is to be read */
  GArray *missing; /* positions in it */
} Selection;

static void
selection_free (gpointer data)
{
  Selection *selection = data;

  g_ptr_array_unref (selection->jobs);
  g_array_unref (selection->missing);
  g_free (selection);
}

static ReelStore *
get_store (ReelHistory *self)
{
  return reel_job_book_get_store (reel_history_get_book (self));
}

static void
on_selection_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelHistory *self = g_task_get_source_object (task);
  Selection *selection = g_task_get_task_data (task);
  GPtrArray *jobs;
  GError *error = NULL;
  g_autoptr (GPtrArray) records = reel_store_load_history_finish (REEL_STORE (source), result, &error);

  if (records == NULL) {
    g_task_return_error (task, error);
    return;
  }

  jobs = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < records->len; i++)
    if (records->pdata[i] != NULL)
      selection->jobs->pdata[g_array_index (selection->missing, guint, i)] =
          reel_job_book_take (reel_history_get_book (self), g_steal_pointer (&records->pdata[i]));
  for (guint i = 0; i < selection->jobs->len; i++)
    if (selection->jobs->pdata[i] != NULL)
      g_ptr_array_add (jobs, g_object_ref (selection->jobs->pdata[i]));
  g_task_return_pointer (task, jobs, (GDestroyNotify)g_ptr_array_unref);
}

static void
on_choices_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_return_pointer (task, g_object_ref (result), g_object_unref);
}

/**
 * reel_history_load_jobs_async:
 * @positions: (array length=n_positions): positions
 * @n_positions: how many
 * @cancellable: (nullable): to give it up
 * @callback: called with the jobs
 * @data: for @callback
 *
 * Reads the jobs of many positions, to do something with all of them.
 */
void
reel_history_load_jobs_async (ReelHistory *self,
                              const guint *positions,
                              guint n_positions,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  Selection *selection;

  g_return_if_fail (REEL_IS_HISTORY (self) && (positions != NULL || n_positions == 0));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_history_load_jobs_async);
  selection = g_new0 (Selection, 1);
  selection->jobs = g_ptr_array_new_null_terminated (n_positions, g_object_unref, FALSE);
  selection->missing = g_array_new (FALSE, FALSE, sizeof (guint));
  g_task_set_task_data (task, selection, selection_free);

  for (guint i = 0; i < n_positions; i++) {
    gint64 key;
    ReelJob *job = reel_history_peek (self, positions[i], &key);

    g_ptr_array_add (selection->jobs, job != NULL ? g_object_ref (job) : NULL);
    if (job == NULL && key > 0) {
      g_array_append_val (selection->missing, i);
      g_array_append_val (keys, key);
    }
  }
  reel_store_load_history_async (get_store (self), (const gint64 *)(gpointer)keys->data, keys->len, cancellable,
                                 on_selection_read, g_steal_pointer (&task));
}

/**
 * reel_history_load_jobs_finish:
 * @error: %REEL_ERROR_STORE, %G_IO_ERROR_CANCELLED
 *
 * Ends reel_history_load_jobs_async().
 *
 * Returns: (transfer full) (element-type ReelJob): the jobs in their order, without those that are gone
 */
GPtrArray *
reel_history_load_jobs_finish (ReelHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_history_load_jobs_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_history_load_choices_async:
 * @cancellable: (nullable): to give it up
 * @callback: called when they are known
 * @data: for @callback
 *
 * Lists the models and aspect ratios that jobs of the history have.
 */
void
reel_history_load_choices_async (ReelHistory *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_HISTORY (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_history_load_choices_async);
  reel_store_list_choices_async (get_store (self), cancellable, on_choices_listed, g_steal_pointer (&task));
}

/**
 * reel_history_load_choices_finish:
 * @models: (out) (transfer full): the models
 * @aspect_ratios: (out) (transfer full): the aspect ratios
 * @error: %REEL_ERROR_STORE, %G_IO_ERROR_CANCELLED
 *
 * Ends reel_history_load_choices_async().
 *
 * Returns: whether they are known
 */
gboolean
reel_history_load_choices_finish (ReelHistory *self,
                                  GAsyncResult *result,
                                  GStrv *models,
                                  GStrv *aspect_ratios,
                                  GError **error)
{
  g_autoptr (GAsyncResult) listed = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, reel_history_load_choices_async), FALSE);

  listed = g_task_propagate_pointer (G_TASK (result), error);

  return listed != NULL && reel_store_list_choices_finish (get_store (self), listed, models, aspect_ratios, error);
}
