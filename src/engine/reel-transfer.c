#include "config.h"

#include "reel-transfer.h"

#include "reel-attempt.h"
#include "reel-error.h"

#define BLOCK_SIZE (64 << 10)

/**
 * ReelTransfer:
 *
 * The way of one video from its address to the library folder, over as many attempts as it takes. Each attempt goes on
 * where the last one broke, as far as the server can do that. A file gets its name only when its length is right and
 * its container opens.
 */
struct _ReelTransfer
{
  GObject parent_instance;

  /* Input */
  ReelClient *client; /* of the attempt, nullable */
  ReelFileProbe *probe;
  char *folder;
  char *id;
  char *name;
  GBytes *label;

  /* What an attempt leaves for the next one */
  gboolean has_part;
  char *etag;
  goffset total;
  gboolean pieced;
  gint64 received; /* bytes of the last attempt */
  double progress;

  /* Output */
  char *path;
  gint64 size;
  char *sha256;
};

G_DEFINE_FINAL_TYPE (ReelTransfer, reel_transfer, G_TYPE_OBJECT)

enum
{
  PROP_PROGRESS = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  BEGUN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_progress (ReelTransfer *self, gint64 position)
{
  double progress = self->total > 0 ? CLAMP ((double)position / self->total, 0, 1) : -1;

  if (self->progress == progress)
    return;

  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

static GError *
translate_read_error (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || error->domain == REEL_ERROR)
    return g_error_copy (error);

  return reel_error_new_network (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ? REEL_ERROR_TIMEOUT
                                                                                           : REEL_ERROR_BROKEN,
                                 TRUE, "The connection broke while the video was coming");
}

static void
on_published (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelTransfer *self = g_task_get_source_object (task);
  ReelAttempt *attempt = g_task_get_task_data (task);
  GError *error = NULL;

  /* Not to be cancelled any more: the file is there. */
  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    g_task_return_error (task, error);
    return;
  }

  self->path = g_steal_pointer (&attempt->path);
  self->sha256 = g_steal_pointer (&attempt->sha256);
  self->size = reel_part_file_get_size (attempt->part);
  g_task_set_check_cancellable (task, FALSE);
  g_task_return_boolean (task, TRUE);
}

static void on_hashed (GObject *source, GAsyncResult *result, gpointer data);

static void
on_probed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelAttempt *attempt = g_task_get_task_data (task);
  GError *error = NULL;

  if (!reel_file_probe_check_finish (REEL_FILE_PROBE (source), result, &error)) {
    if (attempt->label == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
      g_task_return_error (task, error);
      return;
    }
    /* Whether it is the label: as the video came, it may be good. */
    g_error_free (error);
    reel_attempt_run (g_steal_pointer (&task), reel_attempt_hash_without_label, on_hashed);
    return;
  }
  if (!g_task_return_error_if_cancelled (task))
    reel_attempt_run (g_steal_pointer (&task), reel_attempt_publish, on_published);
}

static void
on_hashed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  ReelTransfer *self = g_task_get_source_object (task);
  ReelAttempt *attempt = g_task_get_task_data (task);
  g_autoptr (GFile) file = NULL;

  if (!reel_attempt_run_finish (task, result))
    return;

  if (self->probe == NULL) {
    reel_attempt_run (g_steal_pointer (&task), reel_attempt_publish, on_published);
    return;
  }

  file = g_file_new_for_path (reel_part_file_get_path (attempt->part));
  reel_file_probe_check_async (self->probe, file, cancellable, on_probed, g_steal_pointer (&task));
}

static void
on_label_fits (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelTransfer *self = g_task_get_source_object (task);
  ReelAttempt *attempt = g_task_get_task_data (task);

  if (reel_file_probe_fits_label_finish (REEL_FILE_PROBE (source), result))
    attempt->label = g_bytes_ref (self->label);
  if (!g_task_return_error_if_cancelled (task))
    reel_attempt_run (g_steal_pointer (&task), reel_attempt_hash, on_hashed);
}

/* All of it is there: only the last steps are missing. Where the length is not known, another run could not tell the
 * label from the video, so there is none. */
static void
finish_file (GTask *owned_task)
{
  g_autoptr (GTask) task = owned_task;
  GCancellable *cancellable = g_task_get_cancellable (task);
  ReelTransfer *self = g_task_get_source_object (task);
  ReelAttempt *attempt = g_task_get_task_data (task);
  g_autoptr (GFile) file = NULL;

  if (self->label == NULL || self->probe == NULL || self->total < 0) {
    reel_attempt_run (g_steal_pointer (&task), reel_attempt_hash, on_hashed);
    return;
  }

  file = g_file_new_for_path (reel_part_file_get_path (attempt->part));
  reel_file_probe_fits_label_async (self->probe, file, cancellable, on_label_fits, g_steal_pointer (&task));
}

static void
finish_body (GTask *owned_task)
{
  g_autoptr (GTask) task = owned_task;
  ReelTransfer *self = g_task_get_source_object (task);
  ReelAttempt *attempt = g_task_get_task_data (task);
  gint64 size = reel_part_file_get_size (attempt->part);

  if (attempt->read_error != NULL)
    g_task_return_error (task, translate_read_error (attempt->read_error));
  else if (self->total >= 0 && size < self->total)
    g_task_return_error (task, reel_error_new_network (REEL_ERROR_BROKEN, TRUE, "The video ended before its length"));
  else if (self->total >= 0 && size > self->total)
    g_task_return_new_error (task, REEL_ERROR, REEL_ERROR_TRUNCATED, "The video is longer than its length");
  else
    finish_file (g_steal_pointer (&task));
}

/* A block was read, by the stream, or written, by a thread: the two alternate. */
static void
on_block (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  ReelTransfer *self = g_task_get_source_object (task);
  ReelAttempt *attempt = g_task_get_task_data (task);

  if (source != NULL) {
    /* What came before an error is kept too. */
    g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &attempt->n_block, &attempt->read_error);
    if (g_task_return_error_if_cancelled (task))
      return;
    reel_attempt_run (g_steal_pointer (&task), reel_attempt_write, on_block);
    return;
  }

  if (!reel_attempt_run_finish (task, result))
    return;

  self->received += attempt->n_block;
  set_progress (self, reel_part_file_get_size (attempt->part));
  if (reel_attempt_is_too_large (attempt))
    g_task_return_new_error (task, REEL_ERROR, REEL_ERROR_NOT_A_VIDEO, "The file is larger than any video");
  else if (attempt->read_error != NULL || attempt->n_block < BLOCK_SIZE)
    finish_body (g_steal_pointer (&task));
  else
    g_input_stream_read_all_async (attempt->download->stream, attempt->block, BLOCK_SIZE, G_PRIORITY_DEFAULT,
                                   cancellable, on_block, g_steal_pointer (&task));
}

static void
read_body (GTask *task)
{
  ReelAttempt *attempt = g_task_get_task_data (task);

  g_input_stream_read_all_async (attempt->download->stream, attempt->block, BLOCK_SIZE, G_PRIORITY_DEFAULT,
                                 g_task_get_cancellable (task), on_block, task);
}

static void
on_room_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  if (!reel_attempt_run_finish (task, result))
    return;

  g_signal_emit (g_task_get_source_object (task), signals[BEGUN], 0);
  read_body (g_steal_pointer (&task));
}

/* A server that does not understand If-Range goes on with whatever is there now. */
static gboolean
is_another_version (ReelTransfer *self, const ReelDownload *download)
{
  return (self->total >= 0 && download->total >= 0 && download->total != self->total) ||
         (self->etag != NULL && download->etag != NULL && !g_str_equal (download->etag, self->etag));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelTransfer *self = g_task_get_source_object (task);
  ReelAttempt *attempt = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean goes_on;

  attempt->download = reel_client_open_download_finish (REEL_CLIENT (source), result, &error);
  if (attempt->download == NULL) {
    g_task_return_error (task, error);
    return;
  }

  goes_on = attempt->download->offset > 0;
  if (goes_on && is_another_version (self, attempt->download)) {
    reel_transfer_forget (self);
    g_task_return_error (task, reel_error_new_network (REEL_ERROR_BROKEN, TRUE, "The video is another one now"));
    return;
  }
  if (attempt->download->total >= 0 || !goes_on)
    self->total = attempt->download->total;
  g_set_str (&self->etag, attempt->download->etag);
  self->has_part = TRUE;
  self->pieced = goes_on;
  set_progress (self, attempt->download->offset);

  attempt->block = g_malloc (BLOCK_SIZE);
  reel_attempt_run (g_steal_pointer (&task), reel_attempt_make_room, on_room_made);
}

static void
on_part_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  ReelTransfer *self = g_task_get_source_object (task);
  ReelAttempt *attempt = g_task_get_task_data (task);
  const char *etag = self->etag;
  goffset offset;

  if (!reel_attempt_run_finish (task, result))
    return;

  offset = reel_part_file_get_size (attempt->part);
  if (self->total >= 0 && offset == self->total && offset > 0) {
    finish_file (g_steal_pointer (&task));
    return;
  }

  /* A weak validator never matches If-Range; the length and the container are checked in any case. */
  if (etag != NULL && g_str_has_prefix (etag, "W/"))
    etag = NULL;
  reel_client_open_download_async (self->client, attempt->url, offset, offset > 0 ? etag : NULL, cancellable, on_opened,
                                   g_steal_pointer (&task));
}

static void
on_cleaned_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelAttempt *attempt = g_task_get_task_data (task);

  g_task_propagate_boolean (G_TASK (result), NULL);
  g_task_return_pointer (task, g_steal_pointer (&attempt->path), g_free);
}

static ReelAttempt *
attempt_new (ReelTransfer *self, const char *url)
{
  ReelAttempt *attempt = g_new0 (ReelAttempt, 1);

  attempt->url = g_strdup (url);
  attempt->folder = g_strdup (self->folder);
  attempt->id = g_strdup (self->id);
  attempt->name = g_strdup (self->name);
  attempt->keep = self->has_part;
  attempt->total = self->has_part ? self->total : -1;

  return attempt;
}

static void
reel_transfer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelTransfer *self = REEL_TRANSFER (object);

  switch (id) {
  case PROP_PROGRESS:
    g_value_set_double (value, self->progress);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_transfer_finalize (GObject *object)
{
  ReelTransfer *self = REEL_TRANSFER (object);

  g_clear_object (&self->client);
  g_clear_object (&self->probe);
  g_free (self->folder);
  g_free (self->id);
  g_free (self->name);
  g_clear_pointer (&self->label, g_bytes_unref);
  g_free (self->etag);
  g_free (self->path);
  g_free (self->sha256);

  G_OBJECT_CLASS (reel_transfer_parent_class)->finalize (object);
}

static void
reel_transfer_class_init (ReelTransferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = reel_transfer_get_property;
  object_class->finalize = reel_transfer_finalize;

  /**
   * ReelTransfer:progress:
   *
   * How much is there, from 0 to 1, or -1 where the server does not say how long it is.
   */
  properties[PROP_PROGRESS] =
      g_param_spec_double ("progress", NULL, NULL, -1, 1, -1, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ReelTransfer::begun:
   *
   * Emitted when it is known what comes, its length and its version, and that there is room for it.
   */
  signals[BEGUN] = g_signal_new ("begun", REEL_TYPE_TRANSFER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reel_transfer_init (ReelTransfer *self)
{
  self->total = -1;
  self->progress = -1;
}

/**
 * reel_transfer_new:
 * @probe: (nullable): what looks into the file before it is called a video
 * @folder: the library folder
 * @id: our own name for the job
 * @name: the name of the file, without its ending
 *
 * Makes a transfer.
 *
 * Returns: (transfer full): the transfer
 */
ReelTransfer *
reel_transfer_new (ReelFileProbe *probe, const char *folder, const char *id, const char *name)
{
  ReelTransfer *self = g_object_new (REEL_TYPE_TRANSFER, NULL);

  g_set_object (&self->probe, probe);
  self->folder = g_strdup (folder);
  self->id = g_strdup (id);
  self->name = g_strdup (name);

  return self;
}

/**
 * reel_transfer_set_label:
 * @label: (nullable): a label as of reel_label_wrap(), the same in every run
 *
 * Sets what is put at the end of the file once all of it is there, where the file takes a label.
 */
void
reel_transfer_set_label (ReelTransfer *self, GBytes *label)
{
  g_clear_pointer (&self->label, g_bytes_unref);
  self->label = label != NULL ? g_bytes_ref (label) : NULL;
}

/**
 * reel_transfer_resume:
 * @total: the length of the video in bytes as its server said it, 0 where that is not known
 * @etag: (nullable): its version
 *
 * Makes the first attempt go on with what an earlier run left. The server tells then whether it fits.
 */
void
reel_transfer_resume (ReelTransfer *self, gint64 total, const char *etag)
{
  self->has_part = total > 0 || etag != NULL;
  self->pieced = self->has_part;
  self->total = total > 0 ? total : -1;
  g_set_str (&self->etag, etag);
}

/**
 * reel_transfer_run_async:
 * @client: what opens the address; its key is never sent there
 * @url: where the video is; untrusted
 * @cancellable: (nullable): to stop it; what is there stays for the next attempt
 * @callback: called at the end of the attempt
 * @data: for @callback
 *
 * Makes one attempt, one at a time.
 */
void
reel_transfer_run_async (ReelTransfer *self,
                         ReelClient *client,
                         const char *url,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, reel_transfer_run_async);
  g_task_set_task_data (task, attempt_new (self, url), reel_attempt_free);
  self->received = 0;
  g_set_object (&self->client, client);
  reel_attempt_run (g_steal_pointer (&task), reel_attempt_open, on_part_opened);
}

/**
 * reel_transfer_run_finish:
 * @error: of %REEL_ERROR: of the network, %REEL_ERROR_FILE, %REEL_ERROR_NOT_A_VIDEO or %REEL_ERROR_TRUNCATED; or
 *   %G_IO_ERROR_NO_SPACE or %G_IO_ERROR_CANCELLED
 *
 * Ends reel_transfer_run_async().
 *
 * Returns: whether the video is in the library folder
 */
gboolean
reel_transfer_run_finish (ReelTransfer *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_transfer_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_transfer_get_progress:
 *
 * Returns: how much is there, from 0 to 1, or -1 where that is not known
 */
double
reel_transfer_get_progress (ReelTransfer *self)
{
  return self->progress;
}

/**
 * reel_transfer_get_received:
 *
 * Returns: how many bytes the last attempt brought
 */
gint64
reel_transfer_get_received (ReelTransfer *self)
{
  return self->received;
}

/**
 * reel_transfer_is_pieced:
 *
 * Tells whether the file was put together from more than one answer.
 */
gboolean
reel_transfer_is_pieced (ReelTransfer *self)
{
  return self->pieced;
}

/**
 * reel_transfer_forget:
 *
 * Makes the next attempt begin at the first byte.
 */
void
reel_transfer_forget (ReelTransfer *self)
{
  self->has_part = FALSE;
  self->pieced = FALSE;
  self->total = -1;
  g_clear_pointer (&self->etag, g_free);
}

/**
 * reel_transfer_clean_up_async:
 * @aside: whether what came is kept aside
 * @callback: (nullable): called when nothing is left of the download
 * @data: for @callback
 *
 * Takes away what is there, after the last attempt.
 */
void
reel_transfer_clean_up_async (ReelTransfer *self, gboolean aside, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  ReelAttempt *attempt = attempt_new (self, NULL);

  attempt->aside = aside;
  g_task_set_source_tag (task, reel_transfer_clean_up_async);
  g_task_set_task_data (task, attempt, reel_attempt_free);
  reel_transfer_forget (self);
  reel_attempt_run (g_steal_pointer (&task), reel_attempt_clean_up, on_cleaned_up);
}

/**
 * reel_transfer_clean_up_finish:
 *
 * Ends reel_transfer_clean_up_async().
 *
 * Returns: (transfer full) (nullable): where what came is kept aside
 */
char *
reel_transfer_clean_up_finish (ReelTransfer *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_transfer_clean_up_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/**
 * reel_transfer_get_folder:
 *
 * Returns: (transfer none): the library folder that the video goes to
 */
const char *
reel_transfer_get_folder (ReelTransfer *self)
{
  return self->folder;
}

/**
 * reel_transfer_get_total:
 *
 * Returns: the length of the whole video in bytes as its server said it, 0 where that is not known
 */
gint64
reel_transfer_get_total (ReelTransfer *self)
{
  return MAX (self->total, 0);
}

/**
 * reel_transfer_get_etag:
 *
 * Returns: (transfer none) (nullable): the version of the video that is on its way
 */
const char *
reel_transfer_get_etag (ReelTransfer *self)
{
  return self->etag;
}

/**
 * reel_transfer_get_path:
 *
 * Returns: (transfer none) (nullable): where the video is, once it is complete
 */
const char *
reel_transfer_get_path (ReelTransfer *self)
{
  return self->path;
}

/**
 * reel_transfer_get_size:
 *
 * Returns: the bytes of the complete video
 */
gint64
reel_transfer_get_size (ReelTransfer *self)
{
  return self->size;
}

/**
 * reel_transfer_get_sha256:
 *
 * Returns: (transfer none) (nullable): the digest of the complete video
 */
const char *
reel_transfer_get_sha256 (ReelTransfer *self)
{
  return self->sha256;
}
