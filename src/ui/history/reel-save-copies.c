#include "config.h"

#include "reel-save-copies.h"

#include <string.h>

#include "reel-job.h"
#include "reel-save-name.h"

#define ENDING ".mp4"

typedef struct
{
  /* input */
  GPtrArray *videos; /* GFile */
  GPtrArray *names;
  GFile *folder;
  ReelSaveCopiesProgress progress;
  gpointer data;

  /* in progress */
  guint at;
  guint copy; /* of that name, from 1 */

  /* output */
  guint n_saved;
  GError *error; /* the first one */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *self = data;

  g_ptr_array_unref (self->videos);
  g_ptr_array_unref (self->names);
  g_object_unref (self->folder);
  g_clear_error (&self->error);
  g_free (self);
}

/* The name, or where that is taken, the name with a number. */
static GFile *
make_target (Saving *self)
{
  const char *name = self->names->pdata[self->at];
  g_autofree char *stem = NULL, *numbered = NULL;

  if (self->copy == 1)
    return g_file_get_child (self->folder, name);

  stem = g_strndup (name, strlen (name) - strlen (ENDING));
  numbered = g_strdup_printf ("%s (%u)" ENDING, stem, self->copy);

  return g_file_get_child (self->folder, numbered);
}

static void on_copied (GObject *source, GAsyncResult *result, gpointer data);

static void
copy_next (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Saving *self = g_task_get_task_data (task);
  g_autoptr (GFile) target = NULL;
  GCancellable *cancellable;

  if (self->at == self->videos->len) {
    if (self->error != NULL && self->n_saved == 0)
      g_task_return_error (task, g_steal_pointer (&self->error));
    else
      g_task_return_int (task, self->n_saved);
    return;
  }

  target = make_target (self);
  /* Never over another file: to look first would leave a moment for one to come. */
  cancellable = g_task_get_cancellable (task);
  g_file_copy_async (self->videos->pdata[self->at], target, G_FILE_COPY_NONE, G_PRIORITY_DEFAULT, cancellable, NULL,
                     NULL, on_copied, g_steal_pointer (&task));
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Saving *self = g_task_get_task_data (task);
  gboolean copied = g_file_copy_finish (G_FILE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_int (task, self->n_saved);
    return;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS)) {
    self->copy++;
    copy_next (g_steal_pointer (&task));
    return;
  }

  if (copied)
    self->n_saved++;
  else if (self->error == NULL)
    self->error = g_steal_pointer (&error);
  self->at++;
  self->copy = 1;
  self->progress (self->at, self->videos->len, self->data);
  copy_next (g_steal_pointer (&task));
}

/**
 * reel_save_copies_async:
 * @jobs: (element-type ReelJob): jobs; those without a saved video are left out
 * @folder: where to
 * @pattern: what the copies are called, as of reel_save_name_make(); {n} counts the copies
 * @cancellable: (nullable): to stop after the video that is being copied
 * @progress: called after each video
 * @callback: called at the end
 * @data: for both
 *
 * Copies videos, one after the other. No file that is there is replaced: a name that is taken gets a number.
 */
void
reel_save_copies_async (GPtrArray *jobs,
                        GFile *folder,
                        const char *pattern,
                        GCancellable *cancellable,
                        ReelSaveCopiesProgress progress,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Saving *self = g_new0 (Saving, 1);

  g_task_set_source_tag (task, reel_save_copies_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, saving_free);
  self->videos = g_ptr_array_new_with_free_func (g_object_unref);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->folder = g_object_ref (folder);
  self->progress = progress;
  self->data = data;
  self->copy = 1;
  for (guint i = 0; i < jobs->len; i++) {
    GFile *video = reel_job_dup_file (jobs->pdata[i]);

    if (video == NULL)
      continue;
    g_ptr_array_add (self->videos, video);
    g_ptr_array_add (self->names,
                     reel_save_name_make (pattern, reel_job_get_record (jobs->pdata[i]), self->videos->len));
  }

  copy_next (task);
}

/**
 * reel_save_copies_finish:
 * @error: why not a single one could be copied
 *
 * Ends reel_save_copies_async().
 *
 * Returns: how many videos were copied
 */
guint
reel_save_copies_finish (GAsyncResult *result, GError **error)
{
  gssize n;

  g_return_val_if_fail (g_async_result_is_tagged (result, reel_save_copies_async), 0);

  n = g_task_propagate_int (G_TASK (result), error);

  return n > 0 ? (guint)n : 0;
}
