#include "config.h"

#include "reel-box-probe.h"

#include "reel-error.h"

#include <string.h>

struct _ReelBoxProbe
{
  GObject parent_instance;
};

static void
check_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *contents = NULL;
  GError *error = NULL;
  gsize length, at = 0;

  if (!g_file_load_contents (data, cancellable, &contents, &length, NULL, &error)) {
    g_task_return_error (task, error);
    return;
  }
  if (length < 8 || memcmp (contents + 4, "ftyp", 4) != 0) {
    g_task_return_new_error (task, REEL_ERROR, REEL_ERROR_NOT_A_VIDEO, "There is no ftyp box");
    return;
  }
  while (at + 8 <= length) {
    guint32 size;

    memcpy (&size, contents + at, 4);
    at += MAX (GUINT32_FROM_BE (size), 8);
  }
  if (at == length)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, REEL_ERROR, REEL_ERROR_TRUNCATED, "The last box does not end with the file");
}

static void
check_async (ReelFileProbe *probe,
             GFile *file,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);

  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, check_in_thread);
}

static gboolean
check_finish (ReelFileProbe *probe, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
probe_init (ReelFileProbeInterface *iface)
{
  iface->check_async = check_async;
  iface->check_finish = check_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReelBoxProbe,
                               reel_box_probe,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (REEL_TYPE_FILE_PROBE, probe_init))

static void
reel_box_probe_class_init (ReelBoxProbeClass *klass)
{
}

static void
reel_box_probe_init (ReelBoxProbe *self)
{
}

ReelFileProbe *
reel_box_probe_new (void)
{
  return g_object_new (REEL_TYPE_BOX_PROBE, NULL);
}

GBytes *
reel_box_probe_make_video (gsize size)
{
  guint8 *data = g_malloc (size);
  guint32 first = GUINT32_TO_BE (16), second = GUINT32_TO_BE ((guint32)size - 16);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8)(i * 31 + i / 251);
  memcpy (data, &first, 4);
  memcpy (data + 4, "ftypmp42", 8);
  memcpy (data + 16, &second, 4);
  memcpy (data + 20, "mdat", 4);

  return g_bytes_new_take (data, size);
}
