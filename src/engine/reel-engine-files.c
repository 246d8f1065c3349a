#include "config.h"

#include "reel-engine-private.h"
#include "reel-label-codec.h"

static void
on_label_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GBytes) label = NULL;
  ReelRequest *request = NULL;
  GError *error = NULL;

  label = reel_file_probe_read_label_finish (REEL_FILE_PROBE (source), result, &error);
  if (label != NULL)
    request = reel_label_codec_decode (label, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, request, g_object_unref);
}

/**
 * reel_engine_read_settings_async:
 * @file: a file, perhaps from somebody else
 * @cancellable: (nullable): to give it up
 * @callback: called with the settings
 * @data: for @callback
 *
 * Reads from a saved video what it was made with.
 */
void
reel_engine_read_settings_async (ReelEngine *self,
                                 GFile *file,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_ENGINE (self) && G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, reel_engine_read_settings_async);
  if (self->probe == NULL) {
    g_task_return_pointer (task, NULL, NULL);
    return;
  }

  reel_file_probe_read_label_async (self->probe, file, cancellable, on_label_read, g_steal_pointer (&task));
}

/**
 * reel_engine_read_settings_finish:
 * @error: %REEL_ERROR_FILE, %REEL_ERROR_NOT_A_VIDEO or %REEL_ERROR_TRUNCATED; where the settings are none of ours,
 *   %REEL_ERROR_NOT_JSON, %REEL_ERROR_BAD_SHAPE or %REEL_ERROR_TOO_LARGE
 *
 * Ends reel_engine_read_settings_async().
 *
 * Returns: (transfer full) (nullable): a request with the settings, %NULL without an error where the video has none
 */
ReelRequest *
reel_engine_read_settings_finish (ReelEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_engine_read_settings_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
