#include "config.h"

#include "reel-decode-queue.h"

#include "reel-background.h"

#define RUNNING_LIMIT 2

/* Of a list so long most has scrolled away long ago. */
#define FAILURE_LIMIT 4096

/* What a file was like. All is zero where there is none. */
typedef struct
{
  guint64 size;
  guint64 changed; /* seconds, by the clock of the disk */
  guint32 changed_usec;
} ReelFileStamp;

/* Why a file could not be decoded, as it was then. */
typedef struct
{
  ReelFileStamp stamp;
  GError *error;
} ReelFailure;

/* What threads share. */
typedef struct
{
  GMutex mutex;
  GHashTable *failures; /* by the address of the file */
} ReelFailures;

/**
 * ReelDecodeQueue:
 *
 * Where all that decodes in the background waits its turn: at most two run at a time, first those under the pointer,
 * and of its like the newest, which is what a person looks at. A file that could not be decoded is not tried again until
 * it has changed.
 */
struct _ReelDecodeQueue
{
  GObject parent_instance;

  GQueue waiting[REEL_DECODE_N_URGENCIES]; /* ReelDecode */
  guint n_running;
  ReelFailures *failures;
};

/* One piece of work. The task owns it while it runs, the queue before. */
typedef struct
{
  GTask *task;
  GFile *video;
  ReelDecodeFunc function;
  GDestroyNotify free_result;
  ReelFailures *failures;
} ReelDecode;

G_DEFINE_FINAL_TYPE (ReelDecodeQueue, reel_decode_queue, G_TYPE_OBJECT)

static GQuark
get_decode_quark (void)
{
  return g_quark_from_static_string ("reel-decode");
}

static void
reel_failure_free (ReelFailure *self)
{
  g_error_free (self->error);
  g_free (self);
}

static void
reel_failures_clear (gpointer data)
{
  ReelFailures *self = data;

  g_hash_table_unref (self->failures);
  g_mutex_clear (&self->mutex);
}

static ReelFailures *
reel_failures_new (void)
{
  ReelFailures *self = g_atomic_rc_box_new0 (ReelFailures);

  g_mutex_init (&self->mutex);
  self->failures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)reel_failure_free);

  return self;
}

static void
reel_failures_unref (ReelFailures *self)
{
  g_atomic_rc_box_release_full (self, reel_failures_clear);
}

static gboolean
reel_failures_find (ReelFailures *self, const char *uri, const ReelFileStamp *stamp, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  const ReelFailure *failure = g_hash_table_lookup (self->failures, uri);

  if (failure == NULL)
    return FALSE;

  if (failure->stamp.size != stamp->size || failure->stamp.changed != stamp->changed ||
      failure->stamp.changed_usec != stamp->changed_usec) {
    g_hash_table_remove (self->failures, uri);
    return FALSE;
  }
  if (error != NULL)
    *error = g_error_copy (failure->error);

  return TRUE;
}

static void
reel_failures_add (ReelFailures *self, const char *uri, const ReelFileStamp *stamp, const GError *error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  ReelFailure *failure = g_new0 (ReelFailure, 1);

  failure->stamp = *stamp;
  failure->error = g_error_copy (error);
  if (g_hash_table_size (self->failures) >= FAILURE_LIMIT)
    g_hash_table_remove_all (self->failures);
  g_hash_table_replace (self->failures, g_strdup (uri), failure);
}

static ReelFileStamp
read_stamp (GFile *file)
{
  ReelFileStamp stamp = {0};
  g_autoptr (GFileInfo) info = g_file_query_info (
      file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_CHANGED "," G_FILE_ATTRIBUTE_TIME_CHANGED_USEC,
      G_FILE_QUERY_INFO_NONE, NULL, NULL);

  if (info != NULL) {
    stamp.size = (guint64)g_file_info_get_size (info);
    stamp.changed = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_CHANGED);
    stamp.changed_usec = g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_CHANGED_USEC);
  }

  return stamp;
}

static void
reel_decode_free (ReelDecode *self)
{
  g_object_unref (self->video);
  reel_failures_unref (self->failures);
  g_free (self);
}

/* In a thread of its own. */
static void
run_decode (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ReelDecode *decode = g_object_get_qdata (G_OBJECT (task), get_decode_quark ());
  g_autofree char *uri = g_file_get_uri (decode->video);
  const ReelFileStamp stamp = read_stamp (decode->video);
  GError *error = NULL;
  gpointer result;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (reel_failures_find (decode->failures, uri, &stamp, &error)) {
    g_task_return_error (task, error);
    return;
  }

  result = decode->function (data, cancellable, &error);
  if (result != NULL) {
    g_task_return_pointer (task, result, decode->free_result);
    return;
  }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reel_failures_add (decode->failures, uri, &stamp, error);
  g_task_return_error (task, error);
}

static void on_completed (GTask *task, GParamSpec *pspec, gpointer data);

static void
start_waiting (ReelDecodeQueue *self)
{
  for (guint i = 0; i < REEL_DECODE_N_URGENCIES; i++) {
    while (self->n_running < RUNNING_LIMIT && !g_queue_is_empty (&self->waiting[i])) {
      ReelDecode *decode = g_queue_pop_head (&self->waiting[i]);
      g_autoptr (GTask) task = decode->task;

      self->n_running++;
      g_object_set_qdata_full (G_OBJECT (task), get_decode_quark (), decode, (GDestroyNotify)reel_decode_free);
      g_signal_connect_data (task, "notify::completed", G_CALLBACK (on_completed), g_object_ref (self),
                             (GClosureNotify)(void (*) (void))g_object_unref, 0);
      reel_background_run (task, run_decode);
    }
  }
}

static void
on_completed (GTask *task, GParamSpec *pspec, gpointer data)
{
  g_autoptr (ReelDecodeQueue) self = g_object_ref (data);

  /* Not when the thread lets go of the task: the queue ends on the main thread. */
  g_signal_handlers_disconnect_by_func (task, on_completed, self);
  self->n_running--;
  start_waiting (self);
}

static void
reel_decode_queue_finalize (GObject *object)
{
  ReelDecodeQueue *self = REEL_DECODE_QUEUE (object);

  /* What waits does so behind something that runs, and that holds the queue. */
  for (guint i = 0; i < REEL_DECODE_N_URGENCIES; i++)
    g_assert (g_queue_is_empty (&self->waiting[i]));
  reel_failures_unref (self->failures);

  G_OBJECT_CLASS (reel_decode_queue_parent_class)->finalize (object);
}

static void
reel_decode_queue_class_init (ReelDecodeQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_decode_queue_finalize;
}

static void
reel_decode_queue_init (ReelDecodeQueue *self)
{
  for (guint i = 0; i < REEL_DECODE_N_URGENCIES; i++)
    g_queue_init (&self->waiting[i]);
  self->failures = reel_failures_new ();
}

/**
 * reel_decode_queue_new:
 *
 * Makes a queue. It belongs to the main thread.
 *
 * Returns: (transfer full): the queue
 */
ReelDecodeQueue *
reel_decode_queue_new (void)
{
  return g_object_new (REEL_TYPE_DECODE_QUEUE, NULL);
}

/**
 * reel_decode_queue_push:
 * @urgency: which of those that wait it comes before
 * @task: (transfer none): what gets the result, or the error
 * @video: the file that is decoded
 * @function: what decodes
 * @free_result: frees a result that nobody wants
 *
 * Puts a piece of work before those of its urgency that wait. Where the same file has failed, and has not changed since,
 * @task gets the same error, and @function is not called.
 */
void
reel_decode_queue_push (ReelDecodeQueue *self,
                        ReelDecodeUrgency urgency,
                        GTask *task,
                        GFile *video,
                        ReelDecodeFunc function,
                        GDestroyNotify free_result)
{
  g_return_if_fail (REEL_IS_DECODE_QUEUE (self) && urgency < REEL_DECODE_N_URGENCIES && G_IS_TASK (task));
  g_return_if_fail (G_IS_FILE (video) && function != NULL);

  ReelDecode *decode = g_new0 (ReelDecode, 1);

  decode->task = g_object_ref (task);
  decode->video = g_object_ref (video);
  decode->function = function;
  decode->free_result = free_result;
  decode->failures = g_atomic_rc_box_acquire (self->failures);
  g_queue_push_head (&self->waiting[urgency], decode);
  start_waiting (self);
}

/**
 * reel_decode_queue_withdraw:
 * @task: what was put in
 *
 * Takes back what still waits. Its task ends as cancelled.
 *
 * Returns: whether it still waited; what runs ends by itself
 */
gboolean
reel_decode_queue_withdraw (ReelDecodeQueue *self, GTask *task)
{
  g_return_val_if_fail (REEL_IS_DECODE_QUEUE (self) && G_IS_TASK (task), FALSE);

  for (guint i = 0; i < REEL_DECODE_N_URGENCIES; i++) {
    for (GList *l = self->waiting[i].head; l != NULL; l = l->next) {
      ReelDecode *decode = l->data;

      if (decode->task != task)
        continue;

      g_autoptr (GTask) withdrawn = decode->task;

      g_queue_delete_link (&self->waiting[i], l);
      reel_decode_free (decode);
      g_task_return_new_error_literal (withdrawn, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody wants it any more");
      return TRUE;
    }
  }

  return FALSE;
}
