#include "config.h"

#include "reel-attempt.h"

#include "reel-background.h"

/* A body without an end must not fill the disk: no documented video comes near. */
#define MOST_BYTES (G_GINT64_CONSTANT (8) << 30)

/**
 * reel_attempt_free:
 * @self: (transfer full): an attempt
 *
 * Frees an attempt. What is there of the file stays.
 */
void
reel_attempt_free (gpointer self)
{
  ReelAttempt *attempt = self;

  g_free (attempt->url);
  g_free (attempt->folder);
  g_free (attempt->id);
  g_free (attempt->name);
  reel_part_file_close (attempt->part);
  reel_download_free (attempt->download);
  g_free (attempt->block);
  g_clear_error (&attempt->read_error);
  g_clear_pointer (&attempt->label, g_bytes_unref);
  g_free (attempt->path);
  g_free (attempt->sha256);
  g_free (attempt);
}

/**
 * reel_attempt_is_too_large:
 *
 * Tells whether more came than any video has.
 */
gboolean
reel_attempt_is_too_large (ReelAttempt *self)
{
  return reel_part_file_get_size (self->part) > MOST_BYTES;
}

/**
 * reel_attempt_open:
 * @error: %REEL_ERROR_FILE, or %G_IO_ERROR_NO_SPACE
 *
 * Opens the file, where there is room for what is missing of it.
 */
gboolean
reel_attempt_open (ReelAttempt *self, GError **error)
{
  gint64 most = self->total >= 0 ? self->total : G_MAXINT64, size;

  self->part = reel_part_file_open (self->folder, self->id, self->keep ? most : 0, error);
  if (self->part == NULL)
    return FALSE;

  size = reel_part_file_get_size (self->part);

  return (size > 0 && size == self->total) ||
         reel_part_file_check_space (self->part, MAX (self->total - size, 0), error);
}

/**
 * reel_attempt_make_room:
 * @error: %REEL_ERROR_FILE, or %G_IO_ERROR_NO_SPACE
 *
 * Throws away what does not belong to what comes, and looks whether there is room for that.
 */
gboolean
reel_attempt_make_room (ReelAttempt *self, GError **error)
{
  gint64 size = reel_part_file_get_size (self->part);

  if (self->download->offset == 0 && size > 0 && !reel_part_file_truncate (self->part, 0, error))
    return FALSE;

  return reel_part_file_check_space (self->part, MAX (self->download->total - self->download->offset, 0), error);
}

/**
 * reel_attempt_write:
 * @error: %REEL_ERROR_FILE, or %G_IO_ERROR_NO_SPACE
 *
 * Writes what came last.
 */
gboolean
reel_attempt_write (ReelAttempt *self, GError **error)
{
  return reel_part_file_append (self->part, self->block, self->n_block, error);
}

/* A video without its label is whole all the same. */
static gboolean
put_label (ReelAttempt *self, GError **error)
{
  gint64 size = reel_part_file_get_size (self->part);
  gsize length;
  const void *data = g_bytes_get_data (self->label, &length);

  if (reel_part_file_append (self->part, data, length, NULL))
    return TRUE;

  g_clear_pointer (&self->label, g_bytes_unref);

  return reel_part_file_truncate (self->part, size, error);
}

/**
 * reel_attempt_hash:
 * @error: %REEL_ERROR_FILE
 *
 * Puts the label, where there is one, at the end of the file that is complete, brings the file to the disk and computes
 * its digest.
 */
gboolean
reel_attempt_hash (ReelAttempt *self, GError **error)
{
  if (self->label != NULL && !put_label (self, error))
    return FALSE;

  self->sha256 = reel_part_file_hash (self->part, error);

  return self->sha256 != NULL;
}

/**
 * reel_attempt_hash_without_label:
 * @error: %REEL_ERROR_FILE
 *
 * Takes the label off again and computes the digest of the file as it came.
 */
gboolean
reel_attempt_hash_without_label (ReelAttempt *self, GError **error)
{
  gint64 size = reel_part_file_get_size (self->part) - (gint64)g_bytes_get_size (self->label);

  g_clear_pointer (&self->label, g_bytes_unref);
  g_clear_pointer (&self->sha256, g_free);

  return reel_part_file_truncate (self->part, size, error) && reel_attempt_hash (self, error);
}

/**
 * reel_attempt_publish:
 * @error: %REEL_ERROR_FILE
 *
 * Gives the complete video its name.
 */
gboolean
reel_attempt_publish (ReelAttempt *self, GError **error)
{
  self->path = reel_part_file_publish (self->part, self->name, self->sha256, error);

  return self->path != NULL;
}

/**
 * reel_attempt_clean_up:
 * @error: unused: what cannot be kept is deleted
 *
 * Takes away what is there of the file, after the last attempt.
 */
gboolean
reel_attempt_clean_up (ReelAttempt *self, GError **error)
{
  if (self->aside)
    self->part = reel_part_file_open (self->folder, self->id, G_MAXINT64, NULL);
  if (self->part != NULL && reel_part_file_get_size (self->part) > 0)
    self->path = reel_part_file_set_aside (self->part, self->name, MOST_BYTES, NULL);
  if (self->path == NULL)
    reel_part_file_remove (self->folder, self->id);

  return TRUE;
}

static void
run_step (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ReelAttemptStep step = (ReelAttemptStep)g_object_get_data (G_OBJECT (task), "step");
  GError *error = NULL;

  if (step (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * reel_attempt_run:
 * @owned_task: (transfer full): a task whose data is a #ReelAttempt
 * @step: a blocking step
 * @next: called with the task as its data
 *
 * Runs a step in a thread of the background.
 */
void
reel_attempt_run (GTask *owned_task, ReelAttemptStep step, GAsyncReadyCallback next)
{
  g_autoptr (GTask) thread_task = g_task_new (NULL, NULL, next, owned_task);

  g_object_set_data (G_OBJECT (thread_task), "step", (gpointer)step);
  g_task_set_task_data (thread_task, g_task_get_task_data (owned_task), NULL);
  reel_background_run (thread_task, run_step);
}

/**
 * reel_attempt_run_finish:
 * @task: the task
 * @result: of the step
 *
 * Ends reel_attempt_run(): where the step failed or the task was cancelled meanwhile, the task ends with that.
 *
 * Returns: whether the task goes on
 */
gboolean
reel_attempt_run_finish (GTask *task, GAsyncResult *result)
{
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    g_task_return_error (task, error);
    return FALSE;
  }

  return !g_task_return_error_if_cancelled (task);
}
