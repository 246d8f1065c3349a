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

/**
 * reel_file_probe_fits_label_async:
 * @file: a local file that is complete
 * @cancellable: (nullable): to stop it
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Looks whether a label may be put at the end of a file without anybody minding.
 */
void
reel_file_probe_fits_label_async (ReelFileProbe *self,
                                  GFile *file,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (REEL_IS_FILE_PROBE (self) && G_IS_FILE (file));

  REEL_FILE_PROBE_GET_IFACE (self)->fits_label_async (self, file, cancellable, callback, user_data);
}

/**
 * reel_file_probe_fits_label_finish:
 * @result: what the callback got
 *
 * Ends reel_file_probe_fits_label_async().
 *
 * Returns: whether it may; %FALSE also where the file is odd, has one, or cannot be read
 */
gboolean
reel_file_probe_fits_label_finish (ReelFileProbe *self, GAsyncResult *result)
{
  g_return_val_if_fail (REEL_IS_FILE_PROBE (self), FALSE);

  return REEL_FILE_PROBE_GET_IFACE (self)->fits_label_finish (self, result);
}

/**
 * reel_file_probe_read_label_async:
 * @file: a file, perhaps from somebody else
 * @cancellable: (nullable): to stop it
 * @callback: called with the label
 * @user_data: for @callback
 *
 * Reads the label of a file.
 */
void
reel_file_probe_read_label_async (ReelFileProbe *self,
                                  GFile *file,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (REEL_IS_FILE_PROBE (self) && G_IS_FILE (file));

  REEL_FILE_PROBE_GET_IFACE (self)->read_label_async (self, file, cancellable, callback, user_data);
}

/**
 * reel_file_probe_read_label_finish:
 * @result: what the callback got
 * @error: %REEL_ERROR_FILE, %REEL_ERROR_NOT_A_VIDEO, %REEL_ERROR_TRUNCATED or %REEL_ERROR_TOO_LARGE
 *
 * Ends reel_file_probe_read_label_async().
 *
 * Returns: (transfer full) (nullable): the label, any bytes; %NULL without an error where there is none
 */
GBytes *
reel_file_probe_read_label_finish (ReelFileProbe *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (REEL_IS_FILE_PROBE (self), NULL);

  return REEL_FILE_PROBE_GET_IFACE (self)->read_label_finish (self, result, error);
}
