#include "config.h"

#include "reel-job.h"

/**
 * ReelJob:
 *
 * A job as the window shows it: a record with properties that notify exactly when they change.
 *
 * The engine alone changes it, and only after the change is written down.
 */
struct _ReelJob
{
  GObject parent_instance;

  ReelJobRecord *record;
  char *title;
  double progress;
};

G_DEFINE_FINAL_TYPE (ReelJob, reel_job, G_TYPE_OBJECT)

enum
{
  PROP_TITLE = 1,
  PROP_STATE,
  PROP_STATUS_TEXT,
  PROP_PROGRESS,
  PROP_FILE,
  PROP_CAN_CANCEL,
  N_PROPS,
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* The first lines of a prompt as one: runs of white space become one space. A video that was adopted may have no prompt:
 * then its request id stands for it. */
static char *
make_title (const ReelJobRecord *record)
{
  const char *prompt = record->prompt;
  g_auto (GStrv) words = g_strsplit_set (prompt != NULL ? prompt : "", " \t\r\n", -1);
  g_autoptr (GString) title = g_string_new (NULL);

  for (char **word = words; *word != NULL; word++) {
    if (**word == '\0')
      continue;
    if (title->len > 0)
      g_string_append_c (title, ' ');
    g_string_append (title, *word);
  }

  if (title->len == 0 && record->request_id != NULL)
    g_string_append (title, record->request_id);

  return g_string_free_and_steal (g_steal_pointer (&title));
}

static gboolean
record_can_cancel (const ReelJobRecord *record)
{
  return record->submission == REEL_SUBMISSION_ACCEPTED && !reel_service_status_is_final (record->status) &&
         !record->cancel_asked;
}

static void
reel_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelJob *self = REEL_JOB (object);

  switch (id) {
  case PROP_TITLE:
    g_value_set_string (value, self->title);
    break;
  case PROP_STATE:
    g_value_set_enum (value, reel_job_get_state (self));
    break;
  case PROP_STATUS_TEXT:
    g_value_set_string (value, self->record->status_text);
    break;
  case PROP_PROGRESS:
    g_value_set_double (value, self->progress);
    break;
  case PROP_FILE:
    g_value_take_object (value, reel_job_dup_file (self));
    break;
  case PROP_CAN_CANCEL:
    g_value_set_boolean (value, reel_job_can_cancel (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_job_finalize (GObject *object)
{
  ReelJob *self = REEL_JOB (object);

  reel_job_record_free (self->record);
  g_free (self->title);

  G_OBJECT_CLASS (reel_job_parent_class)->finalize (object);
}

static void
reel_job_class_init (ReelJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reel_job_get_property;
  object_class->finalize = reel_job_finalize;

  /**
   * ReelJob:title:
   *
   * The prompt on one line, or the request id where there is no prompt.
   */
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  /**
   * ReelJob:state:
   *
   * The one word that a person reads.
   */
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, REEL_TYPE_JOB_STATE, REEL_JOB_SENDING, flags);
  /**
   * ReelJob:status-text:
   *
   * The status as the service wrote it, also one that is not documented.
   */
  properties[PROP_STATUS_TEXT] = g_param_spec_string ("status-text", NULL, NULL, NULL, flags);
  /**
   * ReelJob:progress:
   *
   * How much of the video is downloaded, from 0 to 1, or -1 where that is not known. Never invented.
   */
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1, 1, -1, flags);
  /**
   * ReelJob:file:
   *
   * The saved video, %NULL until it is complete.
   */
  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags);
  /**
   * ReelJob:can-cancel:
   *
   * Whether a cancel can be asked for.
   */
  properties[PROP_CAN_CANCEL] = g_param_spec_boolean ("can-cancel", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ReelJob::changed:
   *
   * Emitted after anything of the record has changed, after the properties have notified.
   */
  signals[CHANGED] = g_signal_new ("changed", REEL_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reel_job_init (ReelJob *self)
{
  self->progress = -1;
}

/**
 * reel_job_new:
 * @record: (transfer full): what is kept of the job
 *
 * Makes a job to show.
 *
 * Returns: (transfer full): the job
 */
ReelJob *
reel_job_new (ReelJobRecord *record)
{
  ReelJob *self;

  g_return_val_if_fail (record != NULL && record->id != NULL, NULL);

  self = g_object_new (REEL_TYPE_JOB, NULL);
  self->record = record;
  self->title = make_title (record);

  return self;
}

/**
 * reel_job_get_record:
 *
 * Gets everything that is kept of the job. It is valid until the job changes.
 *
 * Returns: (transfer none): the record
 */
const ReelJobRecord *
reel_job_get_record (ReelJob *self)
{
  g_return_val_if_fail (REEL_IS_JOB (self), NULL);

  return self->record;
}

/**
 * reel_job_take_record:
 * @record: (transfer full): a newer record of the same job
 *
 * Replaces the record and notifies of what is different.
 */
void
reel_job_take_record (ReelJob *self, ReelJobRecord *record)
{
  g_autoptr (ReelJobRecord) old = NULL;

  g_return_if_fail (REEL_IS_JOB (self) && record != NULL && g_strcmp0 (self->record->id, record->id) == 0);

  old = g_steal_pointer (&self->record);
  self->record = record;

  g_object_freeze_notify (G_OBJECT (self));
  if (reel_job_record_get_state (old) != reel_job_record_get_state (record))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  if (g_strcmp0 (old->status_text, record->status_text) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS_TEXT]);
  if (g_strcmp0 (old->file, record->file) != 0 ||
      (old->file_state == REEL_FILE_SAVED) != (record->file_state == REEL_FILE_SAVED))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
  if (record_can_cancel (old) != record_can_cancel (record))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_CANCEL]);
  g_object_thaw_notify (G_OBJECT (self));

  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * reel_job_get_id:
 *
 * Returns: (transfer none): our own name for the job
 */
const char *
reel_job_get_id (ReelJob *self)
{
  g_return_val_if_fail (REEL_IS_JOB (self), NULL);

  return self->record->id;
}

/**
 * reel_job_get_title:
 *
 * Returns: (transfer none): the prompt on one line
 */
const char *
reel_job_get_title (ReelJob *self)
{
  g_return_val_if_fail (REEL_IS_JOB (self), NULL);

  return self->title;
}

/**
 * reel_job_get_state:
 *
 * Returns: the one word that a person reads
 */
ReelJobState
reel_job_get_state (ReelJob *self)
{
  g_return_val_if_fail (REEL_IS_JOB (self), REEL_JOB_UNKNOWN);

  return reel_job_record_get_state (self->record);
}

/**
 * reel_job_get_progress:
 *
 * Returns: how much of the video is downloaded, from 0 to 1, or -1 where that is not known
 */
double
reel_job_get_progress (ReelJob *self)
{
  g_return_val_if_fail (REEL_IS_JOB (self), -1);

  return self->progress;
}

/**
 * reel_job_set_progress:
 * @progress: how much of the video is downloaded, from 0 to 1, or -1 where that is not known
 *
 * Sets how far the download is.
 */
void
reel_job_set_progress (ReelJob *self, double progress)
{
  g_return_if_fail (REEL_IS_JOB (self));

  if (self->progress == progress)
    return;

  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

/**
 * reel_job_dup_file:
 *
 * Returns: (transfer full) (nullable): the saved video, %NULL until it is complete
 */
GFile *
reel_job_dup_file (ReelJob *self)
{
  g_return_val_if_fail (REEL_IS_JOB (self), NULL);

  return self->record->file_state == REEL_FILE_SAVED && self->record->file != NULL
             ? g_file_new_for_path (self->record->file)
             : NULL;
}

/**
 * reel_job_can_cancel:
 *
 * Tells whether a cancel can be asked for: the service cancels queued and processing jobs only.
 */
gboolean
reel_job_can_cancel (ReelJob *self)
{
  g_return_val_if_fail (REEL_IS_JOB (self), FALSE);

  return record_can_cancel (self->record);
}
