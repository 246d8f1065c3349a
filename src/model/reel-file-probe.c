#include "config.h"

#include "reel-file-probe.h"

G_DEFINE_INTERFACE (ReelFileProbe, reel_file_probe, G_TYPE_OBJECT)

static void
reel_file_probe_default_init (ReelFileProbeInterface *iface)
{
}

/**
 * reel_file_probe_check_async:
 * @file: a local file
 * @cancellable: (nullable): to stop it
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Opens the container of a file and looks for a video stream.
 */
void
reel_file_probe_check_async (ReelFileProbe *self,
                             GFile *file,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (REEL_IS_FILE_PROBE (self) && G_IS_FILE (file));

  REEL_FILE_PROBE_GET_IFACE (self)->check_async (self, file, cancellable, callback, user_data);
}

/**
 * reel_file_probe_check_finish:
 * @result: what the callback got
 * @error: %REEL_ERROR_NOT_A_VIDEO or %REEL_ERROR_TRUNCATED
 *
 * Ends reel_file_probe_check_async(). That this system lacks a decoder is no error here: the file is whole.
 *
 * Returns: whether the file is a video
 */
gboolean
reel_file_probe_check_finish (ReelFileProbe *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (REEL_IS_FILE_PROBE (self), FALSE);

  return REEL_FILE_PROBE_GET_IFACE (self)->check_finish (self, result, error);
}
