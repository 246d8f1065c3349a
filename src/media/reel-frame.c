#include "config.h"

#include "reel-frame.h"

#include "reel-error.h"
#include "reel-still.h"

/* What is to be done with a frame, in a thread. */
typedef struct
{
  GFile *file;
  gint64 time;
  GdkTexture *frame;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->file);
  g_clear_object (&work->frame);
  g_free (work);
}

static void
load_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  GdkTexture *frame = reel_still_take_at (work->file, work->time, cancellable, &error);

  if (frame != NULL)
    g_task_return_pointer (task, frame, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
save_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  g_autoptr (GBytes) png = gdk_texture_save_to_png_bytes (work->frame);
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents (work->file, g_bytes_get_data (png, NULL), g_bytes_get_size (png), NULL, FALSE,
                               G_FILE_CREATE_REPLACE_DESTINATION, NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, REEL_ERROR, REEL_ERROR_FILE, "%s", error->message);
}

static void
run (GFile *file,
     gint64 time,
     GdkTexture *frame,
     gpointer tag,
     GTaskThreadFunc function,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->file = g_object_ref (file);
  work->time = time;
  work->frame = frame != NULL ? g_object_ref (frame) : NULL;
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, function);
}

/**
 * reel_frame_load_async:
 * @file: a local video
 * @time: a time in microseconds within the frame, see reel_player_find_frame()
 * @cancellable: (nullable): to give it up
 * @callback: called with the frame
 * @user_data: for @callback
 *
 * Takes a frame out of a video.
 */
void
reel_frame_load_async (GFile *file,
                       gint64 time,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (G_IS_FILE (file) && time >= 0);

  run (file, time, NULL, reel_frame_load_async, load_thread, cancellable, callback, user_data);
}

/**
 * reel_frame_load_finish:
 * @error: %REEL_ERROR_FILE, %REEL_ERROR_NOT_A_VIDEO, %REEL_ERROR_TRUNCATED, %REEL_ERROR_MISSING_DECODER or
 *   %G_IO_ERROR_CANCELLED
 *
 * Ends reel_frame_load_async().
 *
 * Returns: (transfer full): the frame, upright, as large as the video is
 */
GdkTexture *
reel_frame_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_frame_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_frame_save_async:
 * @frame: a frame
 * @file: where to; another file there is replaced
 * @cancellable: (nullable): to give it up
 * @callback: called when it is written
 * @user_data: for @callback
 *
 * Writes a frame as PNG.
 */
void
reel_frame_save_async (GdkTexture *frame,
                       GFile *file,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (GDK_IS_TEXTURE (frame) && G_IS_FILE (file));

  run (file, 0, frame, reel_frame_save_async, save_thread, cancellable, callback, user_data);
}

/**
 * reel_frame_save_finish:
 * @error: %REEL_ERROR_FILE or %G_IO_ERROR_CANCELLED
 *
 * Ends reel_frame_save_async().
 */
gboolean
reel_frame_save_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_frame_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
