#include "config.h"

#include "reel-comparison-video.h"

#include "reel-error.h"
#include "reel-file-check.h"

static void
check_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (reel_file_check (task_data, REEL_FILE_CHECK_BOXES, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * reel_comparison_video_init:
 * @file: (nullable) (transfer none): a local file, %NULL where there is none any more
 *
 * Begins with a video. One without a file has its error at once.
 */
void
reel_comparison_video_init (ReelComparisonVideo *self, GFile *file)
{
  *self = (ReelComparisonVideo){.picture = reel_held_picture_new ()};
  if (file != NULL)
    self->file = g_object_ref (file);
  else
    self->error = g_error_new_literal (REEL_ERROR, REEL_ERROR_FILE, "The file is not there");
}

/**
 * reel_comparison_video_clear:
 *
 * Frees what the video holds.
 */
void
reel_comparison_video_clear (ReelComparisonVideo *self)
{
  g_clear_object (&self->picture);
  g_clear_object (&self->file);
  g_clear_error (&self->error);
}

/**
 * reel_comparison_video_check_async:
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks, on another thread, whether the file is whole: GStreamer has no error for one that ends too early. Nothing is
 * held but the file, which the result has as its task data.
 */
void
reel_comparison_video_check_async (ReelComparisonVideo *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, reel_comparison_video_check_async);
  g_task_set_task_data (task, g_object_ref (self->file), g_object_unref);
  g_task_run_in_thread (task, check_thread);
}

/**
 * reel_comparison_video_check_finish:
 * @result: what the callback got
 * @error: as of reel_file_check()
 *
 * Returns: whether it can be opened
 */
gboolean
reel_comparison_video_check_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_comparison_video_set_source:
 * @source: (nullable) (transfer none): what paints the video
 *
 * Sets what is on the screen.
 *
 * Returns: whether there was nothing and now is something, or the other way round
 */
gboolean
reel_comparison_video_set_source (ReelComparisonVideo *self, GdkPaintable *source)
{
  gboolean changed = (reel_held_picture_get_source (self->picture) == NULL) != (source == NULL);

  reel_held_picture_set_source (self->picture, source);

  return changed;
}

/**
 * reel_comparison_video_read_track:
 * @pipeline: (transfer none): one that has settled
 * @index: the number of the video in it
 *
 * Learns, once, what the video is like.
 *
 * Returns: how long it is, in microseconds; 0 where it cannot be played
 */
gint64
reel_comparison_video_read_track (ReelComparisonVideo *self, ReelComparisonPipeline *pipeline, guint index)
{
  if (self->error != NULL)
    return 0;

  if (!self->opened)
    reel_comparison_pipeline_read_track (pipeline, index, &self->track);
  self->opened = TRUE;

  return self->track.duration;
}
