#include "config.h"

#include "reel-box-probe.h"

#include "reel-error.h"
#include "reel-label.h"

#include <string.h>

struct _ReelBoxProbe
{
  GObject parent_instance;

  ReelBoxProbeLabels labels;
};

/* Where the last box of a file begins, -1 where its boxes do not end with the file. */
static gssize
find_last_box (const char *contents, gsize length)
{
  gsize at = 0, last = 0;

  while (at + 8 <= length) {
    guint32 size;

    memcpy (&size, contents + at, 4);
    last = at;
    at += MAX (GUINT32_FROM_BE (size), 8);
  }

  return at == length ? (gssize)last : -1;
}

static gboolean
has_label (const char *contents, gsize length)
{
  gssize last = find_last_box (contents, length);

  return last >= 0 && reel_label_is_begun ((const guint8 *)contents + last, length - last);
}

static void
check_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ReelBoxProbe *self = source;
  g_autofree char *contents = NULL;
  GError *error = NULL;
  gsize length;

  if (!g_file_load_contents (data, cancellable, &contents, &length, NULL, &error))
    g_task_return_error (task, error);
  else if (length < 8 || memcmp (contents + 4, "ftyp", 4) != 0)
    g_task_return_new_error (task, REEL_ERROR, REEL_ERROR_NOT_A_VIDEO, "There is no ftyp box");
  else if (find_last_box (contents, length) < 0)
    g_task_return_new_error (task, REEL_ERROR, REEL_ERROR_TRUNCATED, "The last box does not end with the file");
  else if (self->labels == REEL_BOX_PROBE_BAD_LABELS && has_label (contents, length))
    g_task_return_new_error (task, REEL_ERROR, REEL_ERROR_NOT_A_VIDEO, "There is a label");
  else
    g_task_return_boolean (task, TRUE);
}

static void
fits_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ReelBoxProbe *self = source;
  g_autofree char *contents = NULL;
  gsize length;

  g_task_return_boolean (task, self->labels != REEL_BOX_PROBE_NO_LABELS &&
                                   g_file_load_contents (data, cancellable, &contents, &length, NULL, NULL) &&
                                   find_last_box (contents, length) >= 0 && !has_label (contents, length));
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *contents = NULL;
  GError *error = NULL;
  gsize length;

  if (!g_file_load_contents (data, cancellable, &contents, &length, NULL, &error)) {
    g_task_return_error (task, error);
  } else if (has_label (contents, length)) {
    gsize begin = (gsize)find_last_box (contents, length) + REEL_LABEL_HEADER;

    g_task_return_pointer (task, g_bytes_new (contents + begin, length - begin), (GDestroyNotify)g_bytes_unref);
  } else {
    g_task_return_pointer (task, NULL, NULL);
  }
}

static void
run (ReelFileProbe *probe,
     GFile *file,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data,
     GTaskThreadFunc function)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);

  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, function);
}

static void
check_async (ReelFileProbe *probe,
             GFile *file,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  run (probe, file, cancellable, callback, user_data, check_in_thread);
}

static gboolean
check_finish (ReelFileProbe *probe, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fits_label_async (ReelFileProbe *probe,
                  GFile *file,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  run (probe, file, cancellable, callback, user_data, fits_in_thread);
}

static gboolean
fits_label_finish (ReelFileProbe *probe, GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
read_label_async (ReelFileProbe *probe,
                  GFile *file,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  run (probe, file, cancellable, callback, user_data, read_in_thread);
}

static GBytes *
read_label_finish (ReelFileProbe *probe, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
probe_init (ReelFileProbeInterface *iface)
{
  iface->check_async = check_async;
  iface->check_finish = check_finish;
  iface->fits_label_async = fits_label_async;
  iface->fits_label_finish = fits_label_finish;
  iface->read_label_async = read_label_async;
  iface->read_label_finish = read_label_finish;
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

void
reel_box_probe_set_labels (ReelFileProbe *probe, ReelBoxProbeLabels labels)
{
  REEL_BOX_PROBE (probe)->labels = labels;
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
