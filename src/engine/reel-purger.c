#include "config.h"

#include "reel-purger.h"

#include "reel-error.h"

/* How long the end of the program waits for files on their way to the Trash, in milliseconds. */
#define PATIENCE_AT_END 3000

/**
 * ReelPurger:
 *
 * Forgets jobs for good. Where the video is to go to the Trash, it goes first: a job is forgotten only when its file is
 * where the person wants it, so that no video is left that nothing knows of.
 */
struct _ReelPurger
{
  GObject parent_instance;

  ReelJobBook *book;
  guint n_running;
  gboolean stopped;
  GTask *stopping;
  guint patience_id;
};

G_DEFINE_FINAL_TYPE (ReelPurger, reel_purger, G_TYPE_OBJECT)

static void
end_stop (ReelPurger *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->stopping);

  self->stopped = TRUE;
  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_task_return_boolean (task, TRUE);
}

static void
on_impatient (gpointer data)
{
  ReelPurger *self = data;

  self->patience_id = 0;
  end_stop (self);
}

static void
forget (ReelPurger *self, ReelJob *job)
{
  const ReelJobRecord *record = reel_job_book_peek (self->book, job);

  /* What came and is no video is of use to nobody without its job. */
  if (record->file_aside != NULL) {
    g_autoptr (GFile) aside = g_file_new_for_path (record->file_aside);

    g_file_delete_async (aside, G_PRIORITY_LOW, NULL, NULL, NULL);
  }
  reel_job_book_forget (self->book, job);
}

static void
on_trashed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelPurger *self = g_task_get_source_object (task);
  ReelJob *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean gone = g_file_trash_finish (G_FILE (source), result, &error) ||
                  g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  self->n_running--;
  if (!self->stopped && gone)
    forget (self, job);
  else if (!self->stopped)
    reel_job_book_set_removed (self->book, job, FALSE);

  if (gone)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, REEL_ERROR, REEL_ERROR_FILE, "%s", error->message);
  if (self->n_running == 0 && self->stopping != NULL)
    end_stop (self);
}

static void
reel_purger_finalize (GObject *object)
{
  ReelPurger *self = REEL_PURGER (object);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_object_unref (self->book);

  G_OBJECT_CLASS (reel_purger_parent_class)->finalize (object);
}

static void
reel_purger_class_init (ReelPurgerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_purger_finalize;
}

static void
reel_purger_init (ReelPurger *self)
{
}

/**
 * reel_purger_new:
 * @book: where jobs are written
 *
 * Makes a purger.
 *
 * Returns: (transfer full): the purger
 */
ReelPurger *
reel_purger_new (ReelJobBook *book)
{
  ReelPurger *self = g_object_new (REEL_TYPE_PURGER, NULL);

  self->book = g_object_ref (book);

  return self;
}

/**
 * reel_purger_purge_async:
 * @job: a job, in the history or removed from it
 * @trash_file: whether its video goes to the Trash
 * @callback: (nullable): called when that is done
 * @data: for @callback
 *
 * Forgets a job for good. One that is not closed is only hidden. Where the video cannot go to the Trash, the job is in
 * the history again.
 */
void
reel_purger_purge_async (ReelPurger *self,
                         ReelJob *job,
                         gboolean trash_file,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  g_autoptr (GFile) file = NULL;

  g_task_set_source_tag (task, reel_purger_purge_async);
  g_task_set_task_data (task, g_object_ref (job), g_object_unref);
  if (!reel_job_book_contains (self->book, job)) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  if (!reel_job_record_is_closed (reel_job_book_peek (self->book, job))) {
    reel_job_book_set_removed (self->book, job, FALSE);
    reel_job_book_set_hidden (self->book, job, TRUE);
    g_task_return_boolean (task, TRUE);
    return;
  }

  file = trash_file ? reel_job_dup_file (job) : NULL;
  if (file == NULL) {
    forget (self, job);
    g_task_return_boolean (task, TRUE);
    return;
  }

  self->n_running++;
  g_file_trash_async (file, G_PRIORITY_DEFAULT, NULL, on_trashed, g_steal_pointer (&task));
}

/**
 * reel_purger_purge_finish:
 * @error: %REEL_ERROR_FILE
 *
 * Ends reel_purger_purge_async().
 */
gboolean
reel_purger_purge_finish (ReelPurger *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_purger_purge_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_purger_stop_async:
 * @callback: called when no file is on its way any more
 * @data: for @callback
 *
 * Waits a few seconds for the files that are on their way to the Trash. A job whose file takes longer is still there at
 * the next start.
 */
void
reel_purger_stop_async (ReelPurger *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, reel_purger_stop_async);
  if (self->n_running == 0 || self->stopping != NULL) {
    g_task_return_boolean (task, TRUE);
    return;
  }

  self->stopping = g_steal_pointer (&task);
  self->patience_id = g_timeout_add_once (PATIENCE_AT_END, on_impatient, self);
}

/**
 * reel_purger_stop_finish:
 *
 * Ends reel_purger_stop_async().
 */
gboolean
reel_purger_stop_finish (ReelPurger *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_purger_stop_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
