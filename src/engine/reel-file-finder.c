#include "config.h"

#include "reel-file-finder.h"

#include "reel-file-steps.h"
#include "reel-saved-file.h"

#include <glib/gstdio.h>

/* Saved videos that are looked for. The thread has it while nothing else touches it. */
typedef struct
{
  /* Input */
  char *folder;     /* nullable: where to look */
  GPtrArray *files; /* ReelSavedFile */

  /* In progress */
  guint at;

  /* Output */
  GPtrArray *found; /* char, nullable, by file: where it is now */
  guint n_missing;
  guint n_found;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->folder);
  g_clear_pointer (&search->files, g_ptr_array_unref);
  g_ptr_array_unref (search->found);
  g_free (search);
}

/* The file of the same name, where it is the same video. */
static char *
look_in (const char *folder, const ReelSavedFile *file)
{
  g_autofree char *name = g_path_get_basename (file->path), *path = g_build_filename (folder, name, NULL);
  GStatBuf info;

  if (g_lstat (path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size != file->size ||
      (file->sha256 != NULL && !reel_file_steps_is_same (path, file->size, file->sha256)))
    return NULL;

  return g_steal_pointer (&path);
}

static void
search_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Search *search = data;

  for (guint i = 0; i < search->files->len && !g_cancellable_is_cancelled (cancellable); i++) {
    const ReelSavedFile *file = search->files->pdata[i];
    char *path = NULL;

    if (!g_file_test (file->path, G_FILE_TEST_EXISTS)) {
      search->n_missing++;
      path = search->folder != NULL ? look_in (search->folder, file) : NULL;
    }
    g_ptr_array_add (search->found, path);
  }
  g_task_return_boolean (task, TRUE);
}

static void take_next (GTask *owned_task);

static void
on_committed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;

  if (!reel_job_book_commit_finish (REEL_JOB_BOOK (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }

  search->n_found++;
  search->n_missing--;
  take_next (g_steal_pointer (&task));
}

static void
on_job_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelJobBook *book = REEL_JOB_BOOK (source);
  Search *search = g_task_get_task_data (task);
  const ReelSavedFile *file = search->files->pdata[search->at];
  const char *path = search->found->pdata[search->at];
  g_autoptr (ReelJob) job = NULL;
  ReelJobRecord *record;
  GError *error = NULL;

  job = reel_job_book_load_job_finish (book, result, &error);
  if (error != NULL) {
    g_task_return_error (task, error);
    return;
  }

  search->at++;
  /* What was found counts only where the job is still as it was. */
  if (job == NULL || !reel_job_book_contains (book, job) ||
      g_strcmp0 (reel_job_book_peek (book, job)->file, file->path) != 0 ||
      (reel_job_book_peek (book, job)->file_state != REEL_FILE_SAVED &&
       reel_job_book_peek (book, job)->file_state != REEL_FILE_MISSING)) {
    take_next (g_steal_pointer (&task));
    return;
  }

  record = reel_job_book_edit (book, job);
  g_set_str (&record->file, path);
  record->file_state = REEL_FILE_SAVED;
  reel_job_book_commit_async (book, job, record, on_committed, g_steal_pointer (&task));
}

static void
take_next (GTask *owned_task)
{
  g_autoptr (GTask) task = owned_task;
  ReelJobBook *book = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Search *search = g_task_get_task_data (task);

  while (search->at < search->found->len && search->found->pdata[search->at] == NULL)
    search->at++;
  if (g_task_return_error_if_cancelled (task))
    return;
  if (search->at >= search->found->len) {
    g_task_return_boolean (task, TRUE);
    return;
  }

  reel_job_book_load_job_async (book, ((ReelSavedFile *)search->files->pdata[search->at])->id, cancellable,
                                on_job_loaded, g_steal_pointer (&task));
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else
    take_next (g_steal_pointer (&task));
}

static void
on_files_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data, thread_task = NULL;
  Search *search = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  search->files = reel_store_find_files_finish (REEL_STORE (source), result, &error);
  if (search->files == NULL) {
    g_task_return_error (task, error);
    return;
  }

  thread_task = g_task_new (NULL, cancellable, on_searched, g_steal_pointer (&task));
  g_task_set_source_tag (thread_task, on_files_found);
  g_task_set_task_data (thread_task, search, NULL);
  g_task_run_in_thread (thread_task, search_thread);
}

static void
begin (GTask *owned_task, const char *folder)
{
  g_autoptr (GTask) task = owned_task;
  ReelJobBook *book = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (ReelFileQuery) query = reel_file_query_new ();
  Search *search = g_new0 (Search, 1);

  query->missing = TRUE;
  search->folder = g_strdup (folder);
  search->found = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, search, search_free);
  reel_store_find_files_async (reel_job_book_get_store (book), query, cancellable, on_files_found,
                               g_steal_pointer (&task));
}

/**
 * reel_file_finder_count_async:
 * @book: where the jobs are
 * @cancellable: (nullable): to give it up
 * @callback: called when they are counted
 * @data: for @callback
 *
 * Counts the jobs whose saved video is not where it was saved, off the main thread.
 */
void
reel_file_finder_count_async (ReelJobBook *book, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (book, cancellable, callback, data);

  g_task_set_source_tag (task, reel_file_finder_count_async);
  begin (task, NULL);
}

/**
 * reel_file_finder_count_finish:
 * @n_missing: (out): how many they are
 * @error: %REEL_ERROR_STORE or %G_IO_ERROR_CANCELLED
 *
 * Ends reel_file_finder_count_async().
 */
gboolean
reel_file_finder_count_finish (ReelJobBook *book, GAsyncResult *result, guint *n_missing, GError **error)
{
  Search *search;

  g_return_val_if_fail (g_async_result_is_tagged (result, reel_file_finder_count_async), FALSE);

  search = g_task_get_task_data (G_TASK (result));
  *n_missing = search->n_missing;

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_file_finder_locate_async:
 * @book: where the jobs are
 * @folder: where to look
 * @cancellable: (nullable): to give it up: what was found by then counts
 * @callback: called when all were looked for
 * @data: for @callback
 *
 * Looks in a folder for the saved videos that are not where they were saved: a file of the same name, size and digest is
 * one, and its job points there from then on.
 */
void
reel_file_finder_locate_async (ReelJobBook *book,
                               const char *folder,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  GTask *task = g_task_new (book, cancellable, callback, data);

  g_task_set_source_tag (task, reel_file_finder_locate_async);
  begin (task, folder);
}

/**
 * reel_file_finder_locate_finish:
 * @n_found: (out): how many were found
 * @n_missing: (out): how many are still missing
 * @error: %REEL_ERROR_STORE or %G_IO_ERROR_CANCELLED
 *
 * Ends reel_file_finder_locate_async().
 */
gboolean
reel_file_finder_locate_finish (ReelJobBook *book,
                                GAsyncResult *result,
                                guint *n_found,
                                guint *n_missing,
                                GError **error)
{
  Search *search;

  g_return_val_if_fail (g_async_result_is_tagged (result, reel_file_finder_locate_async), FALSE);

  search = g_task_get_task_data (G_TASK (result));
  *n_found = search->n_found;
  *n_missing = search->n_missing;

  return g_task_propagate_boolean (G_TASK (result), error);
}
