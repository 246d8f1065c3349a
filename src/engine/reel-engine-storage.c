#include "config.h"

#include "reel-engine-private.h"

#include "reel-file-finder.h"
#include "reel-saved-file.h"

/* Jobs that are loaded one after the other, to be removed as one deed. */
typedef struct
{
  ReelFileQuery *query;
  ReelRemovalWhat what;
  GPtrArray *files; /* ReelSavedFile */
  GPtrArray *jobs;  /* ReelJob */
} Removal;

/* How many jobs a look in a folder was about. */
typedef struct
{
  guint n_found;
  guint n_missing;
} Count;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  reel_file_query_free (removal->query);
  g_clear_pointer (&removal->files, g_ptr_array_unref);
  g_ptr_array_unref (removal->jobs);
  g_free (removal);
}

static void load_next (GTask *owned_task);

/* Whether a job is still as it was found. */
static gboolean
matches (const ReelJobRecord *record, const ReelFileQuery *query)
{
  return record->file_state == REEL_FILE_SAVED && (query->until == 0 || record->created_at < query->until) &&
         !(query->keep_favourites && record->favourite);
}

static void
on_job_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelJobBook *book = REEL_JOB_BOOK (source);
  Removal *removal = g_task_get_task_data (task);
  ReelJob *job;
  GError *error = NULL;

  job = reel_job_book_load_job_finish (book, result, &error);
  if (error != NULL) {
    g_task_return_error (task, error);
    return;
  }

  if (job != NULL && matches (reel_job_book_peek (book, job), removal->query))
    g_ptr_array_add (removal->jobs, job);
  else
    g_clear_object (&job);
  load_next (g_steal_pointer (&task));
}

static void
load_next (GTask *owned_task)
{
  g_autoptr (GTask) task = owned_task;
  ReelEngine *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Removal *removal = g_task_get_task_data (task);
  g_autoptr (ReelSavedFile) file = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (removal->files->len == 0) {
    g_task_return_pointer (
        task, removal->jobs->len > 0 ? reel_purger_remove (self->works->purger, removal->jobs, removal->what) : NULL,
        g_object_unref);
    return;
  }

  file = g_ptr_array_steal_index_fast (removal->files, removal->files->len - 1);
  reel_job_book_load_job_async (self->works->book, file->id, cancellable, on_job_loaded, g_steal_pointer (&task));
}

static void
on_files_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Removal *removal = g_task_get_task_data (task);
  GError *error = NULL;

  removal->files = reel_store_find_files_finish (REEL_STORE (source), result, &error);
  if (removal->files == NULL)
    g_task_return_error (task, error);
  else
    load_next (g_steal_pointer (&task));
}

static void
on_files_summed (GObject *source, GAsyncResult *result, gpointer data)
{
  reel_engine_return_pointer (result, data, (GDestroyNotify)g_ptr_array_unref);
}

static void
on_missing_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Count *count = g_task_get_task_data (task);
  GError *error = NULL;

  if (reel_file_finder_count_finish (REEL_JOB_BOOK (source), result, &count->n_missing, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_located (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Count *count = g_task_get_task_data (task);
  GError *error = NULL;

  if (reel_file_finder_locate_finish (REEL_JOB_BOOK (source), result, &count->n_found, &count->n_missing, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * reel_engine_remove_jobs:
 * @jobs: (element-type ReelJob): jobs
 * @what: what is removed
 *
 * Begins to remove jobs, or their files, or both, as one deed that can be undone as one. Where the program ends before it
 * is undone or carried out, it is carried out.
 *
 * Returns: (transfer full): the removal; carry it out or undo it
 */
ReelRemoval *
reel_engine_remove_jobs (ReelEngine *self, GPtrArray *jobs, ReelRemovalWhat what)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self) && jobs != NULL, NULL);

  return reel_purger_remove (self->works->purger, jobs, what);
}

/**
 * reel_engine_remove_files_async:
 * @query: which saved videos
 * @what: what is removed of them
 * @cancellable: (nullable): to give it up: nothing is removed then
 * @callback: called when they are found
 * @data: for @callback
 *
 * Begins to remove saved videos, or their files, or both, as one deed that can be undone as one.
 */
void
reel_engine_remove_files_async (ReelEngine *self,
                                const ReelFileQuery *query,
                                ReelRemovalWhat what,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Removal *removal;

  g_return_if_fail (REEL_IS_ENGINE (self) && query != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_engine_remove_files_async);
  removal = g_new0 (Removal, 1);
  removal->query = reel_file_query_copy (query);
  removal->what = what;
  removal->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, removal, removal_free);
  reel_store_find_files_async (self->works->store, query, cancellable, on_files_found, g_steal_pointer (&task));
}

/**
 * reel_engine_remove_files_finish:
 * @error: %REEL_ERROR_STORE or %G_IO_ERROR_CANCELLED
 *
 * Ends reel_engine_remove_files_async().
 *
 * Returns: (transfer full) (nullable): the removal; carry it out or undo it; %NULL without an error where there is nothing
 *   to remove
 */
ReelRemoval *
reel_engine_remove_files_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_remove_files_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_engine_sum_files_async:
 * @query: which saved videos
 * @cancellable: (nullable): to give it up
 * @callback: called with the sums
 * @data: for @callback
 *
 * Adds up what saved videos take.
 */
void
reel_engine_sum_files_async (ReelEngine *self,
                             const ReelFileQuery *query,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && query != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_engine_sum_files_async);
  reel_store_sum_files_async (self->works->store, query, cancellable, on_files_summed, g_steal_pointer (&task));
}

/**
 * reel_engine_sum_files_finish:
 * @error: %REEL_ERROR_STORE or %G_IO_ERROR_CANCELLED
 *
 * Ends reel_engine_sum_files_async().
 *
 * Returns: (transfer full) (element-type ReelFileSum): the sums by model, the largest first
 */
GPtrArray *
reel_engine_sum_files_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_sum_files_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_library_moved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (reel_library_mover_move_finish (REEL_LIBRARY_MOVER (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * reel_engine_move_library_async:
 * @folder: a local folder
 * @callback: called when the move has ended
 * @data: for @callback
 *
 * Makes a folder the library and moves the saved videos of the one before there, with their jobs. What is saved meanwhile
 * goes to the new one. reel_engine_get_library_mover() tells how far it is.
 */
void
reel_engine_move_library_async (ReelEngine *self, GFile *folder, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && G_IS_FILE (folder) && g_file_peek_path (folder) != NULL);

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, reel_engine_move_library_async);
  if (self->library == NULL || g_file_equal (self->library, folder)) {
    reel_engine_set_library (self, folder);
    g_task_return_boolean (task, TRUE);
    return;
  }

  reel_library_mover_move_async (self->works->mover, g_file_peek_path (self->library), g_file_peek_path (folder),
                                 on_library_moved, g_steal_pointer (&task));
}

/**
 * reel_engine_move_library_finish:
 * @error: %G_IO_ERROR_NO_SPACE or others of %G_IO_ERROR where the new folder takes no more, %G_IO_ERROR_CANCELLED,
 *   %G_IO_ERROR_PENDING where another move goes on, or %REEL_ERROR_STORE; what was moved by then stays moved
 *
 * Ends reel_engine_move_library_async().
 */
gboolean
reel_engine_move_library_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_move_library_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_engine_get_library_mover:
 *
 * Returns: (transfer none): what moves the library
 */
ReelLibraryMover *
reel_engine_get_library_mover (ReelEngine *self)
{
  g_return_val_if_fail (REEL_IS_ENGINE (self), NULL);

  return self->works->mover;
}

/**
 * reel_engine_count_missing_async:
 * @cancellable: (nullable): to give it up
 * @callback: called when they are counted
 * @data: for @callback
 *
 * Counts the jobs whose saved video is not where it was saved.
 */
void
reel_engine_count_missing_async (ReelEngine *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_engine_count_missing_async);
  g_task_set_task_data (task, g_new0 (Count, 1), g_free);
  reel_file_finder_count_async (self->works->book, cancellable, on_missing_counted, g_steal_pointer (&task));
}

/**
 * reel_engine_count_missing_finish:
 * @n_missing: (out): how many they are
 * @error: %REEL_ERROR_STORE or %G_IO_ERROR_CANCELLED
 *
 * Ends reel_engine_count_missing_async().
 */
gboolean
reel_engine_count_missing_finish (ReelEngine *self, GAsyncResult *result, guint *n_missing, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_count_missing_async), FALSE);

  *n_missing = ((Count *)g_task_get_task_data (G_TASK (result)))->n_missing;

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_engine_locate_async:
 * @folder: a local folder that videos were moved to outside Seedreel
 * @cancellable: (nullable): to give it up: what was found by then counts
 * @callback: called when all were looked for
 * @data: for @callback
 *
 * Looks for the saved videos that are not where they were saved; the jobs follow those that are found.
 */
void
reel_engine_locate_async (ReelEngine *self,
                          GFile *folder,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && G_IS_FILE (folder) && g_file_peek_path (folder) != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_engine_locate_async);
  g_task_set_task_data (task, g_new0 (Count, 1), g_free);
  reel_file_finder_locate_async (self->works->book, g_file_peek_path (folder), cancellable, on_located,
                                 g_steal_pointer (&task));
}

/**
 * reel_engine_locate_finish:
 * @n_found: (out): how many were found
 * @n_missing: (out): how many are still missing
 * @error: %REEL_ERROR_STORE or %G_IO_ERROR_CANCELLED
 *
 * Ends reel_engine_locate_async().
 */
gboolean
reel_engine_locate_finish (ReelEngine *self, GAsyncResult *result, guint *n_found, guint *n_missing, GError **error)
{
  const Count *count;

  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_locate_async), FALSE);

  count = g_task_get_task_data (G_TASK (result));
  *n_found = count->n_found;
  *n_missing = count->n_missing;

  return g_task_propagate_boolean (G_TASK (result), error);
}
