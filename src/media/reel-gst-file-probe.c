#include "config.h"

#include "reel-gst-file-probe.h"

#include "reel-file-check.h"
#include "reel-iso-label.h"

/**
 * ReelGstFileProbe:
 *
 * Tells whether a file is a whole video, and what its label says, off the main thread and without a decoder.
 */
struct _ReelGstFileProbe
{
  GObject parent_instance;
};

static void
check_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (reel_file_check (task_data, REEL_FILE_CHECK_WHOLE, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
reel_gst_file_probe_check_async (ReelFileProbe *probe,
                                 GFile *file,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);

  g_task_set_source_tag (task, reel_gst_file_probe_check_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, check_thread);
}

static gboolean
reel_gst_file_probe_check_finish (ReelFileProbe *probe, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, probe), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fits_label_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_boolean (task, reel_iso_label_fits (task_data, cancellable));
}

static void
reel_gst_file_probe_fits_label_async (ReelFileProbe *probe,
                                      GFile *file,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);

  g_task_set_source_tag (task, reel_gst_file_probe_fits_label_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, fits_label_thread);
}

static gboolean
reel_gst_file_probe_fits_label_finish (ReelFileProbe *probe, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, probe), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
read_label_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *label = reel_iso_label_read (task_data, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, label, (GDestroyNotify)g_bytes_unref);
}

static void
reel_gst_file_probe_read_label_async (ReelFileProbe *probe,
                                      GFile *file,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);

  g_task_set_source_tag (task, reel_gst_file_probe_read_label_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, read_label_thread);
}

static GBytes *
reel_gst_file_probe_read_label_finish (ReelFileProbe *probe, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, probe), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
reel_gst_file_probe_iface_init (ReelFileProbeInterface *iface)
{
  iface->check_async = reel_gst_file_probe_check_async;
  iface->check_finish = reel_gst_file_probe_check_finish;
  iface->fits_label_async = reel_gst_file_probe_fits_label_async;
  iface->fits_label_finish = reel_gst_file_probe_fits_label_finish;
  iface->read_label_async = reel_gst_file_probe_read_label_async;
  iface->read_label_finish = reel_gst_file_probe_read_label_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReelGstFileProbe,
                               reel_gst_file_probe,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (REEL_TYPE_FILE_PROBE, reel_gst_file_probe_iface_init))

static void
reel_gst_file_probe_class_init (ReelGstFileProbeClass *klass)
{
}

static void
reel_gst_file_probe_init (ReelGstFileProbe *self)
{
}

/**
 * reel_gst_file_probe_new:
 *
 * Makes a #ReelFileProbe by GStreamer: it opens the container, finds a video stream and checks that the file is whole; it
 * also reads labels.
 *
 * Returns: (transfer full): the probe
 */
ReelFileProbe *
reel_gst_file_probe_new (void)
{
  return g_object_new (REEL_TYPE_GST_FILE_PROBE, NULL);
}
