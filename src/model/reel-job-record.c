#include "config.h"

#include "reel-job-record.h"

#include "reel-job-transitions.h"

G_DEFINE_ENUM_TYPE (ReelJobState,
                    reel_job_state,
                    G_DEFINE_ENUM_VALUE (REEL_JOB_HELD, "held"),
                    G_DEFINE_ENUM_VALUE (REEL_JOB_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (REEL_JOB_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (REEL_JOB_GENERATING, "generating"),
                    G_DEFINE_ENUM_VALUE (REEL_JOB_DOWNLOADING, "downloading"),
                    G_DEFINE_ENUM_VALUE (REEL_JOB_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (REEL_JOB_NOT_SAVED, "not-saved"),
                    G_DEFINE_ENUM_VALUE (REEL_JOB_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (REEL_JOB_CANCELLED, "cancelled"),
                    G_DEFINE_ENUM_VALUE (REEL_JOB_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (REEL_JOB_LOST, "lost"))

/**
 * reel_job_record_new:
 *
 * Makes a record with nothing in it.
 *
 * Returns: (transfer full): the record; free with reel_job_record_free()
 */
ReelJobRecord *
reel_job_record_new (void)
{
  ReelJobRecord *self = g_new0 (ReelJobRecord, 1);

  self->estimate = REEL_MONEY_NOT_LISTED;
  self->media_urls = g_new0 (char *, 1);

  return self;
}

/**
 * reel_job_record_new_for_request:
 * @request: what is asked
 * @account_id: the account to send it with
 * @estimate: micro-dollars by the listed price, or %REEL_MONEY_NOT_LISTED
 *
 * Makes the record of a job that is about to be sent, with an id of its own.
 *
 * Returns: (transfer full): the record
 */
ReelJobRecord *
reel_job_record_new_for_request (ReelRequest *request, const char *account_id, ReelMoney estimate)
{
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();
  GListModel *references;
  ReelJobRecord *self;
  guint n;

  g_return_val_if_fail (REEL_IS_REQUEST (request) && account_id != NULL, NULL);

  references = G_LIST_MODEL (reel_request_get_references (request));
  n = g_list_model_get_n_items (references);
  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelReference) reference = g_list_model_get_item (references, i);

    g_strv_builder_add (urls, reel_reference_get_url (reference));
  }

  self = reel_job_record_new ();
  g_strfreev (self->media_urls);
  self->media_urls = g_strv_builder_end (urls);
  self->id = g_uuid_string_random ();
  self->account_id = g_strdup (account_id);
  self->model = g_strdup (reel_request_get_model (request));
  self->prompt = g_strdup (reel_request_get_prompt (request));
  self->duration = reel_request_get_duration (request);
  self->aspect_ratio = g_strdup (reel_request_get_aspect_ratio (request));
  self->resolution = g_strdup (reel_request_get_resolution (request));
  self->webhook_url = g_strdup (reel_request_get_webhook_url (request));
  self->estimate = estimate;
  self->created_at = g_get_real_time ();

  return self;
}

/**
 * reel_job_record_copy:
 * @self: a record
 *
 * Returns: (transfer full): a copy that shares nothing with @self
 */
ReelJobRecord *
reel_job_record_copy (const ReelJobRecord *self)
{
  ReelJobRecord *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->account_id = g_strdup (self->account_id);
  copy->model = g_strdup (self->model);
  copy->prompt = g_strdup (self->prompt);
  copy->media_urls = g_strdupv (self->media_urls);
  copy->aspect_ratio = g_strdup (self->aspect_ratio);
  copy->resolution = g_strdup (self->resolution);
  copy->webhook_url = g_strdup (self->webhook_url);
  copy->webhook_token = g_strdup (self->webhook_token);
  copy->resend_of = g_strdup (self->resend_of);
  copy->credits_charged = g_strdup (self->credits_charged);
  copy->request_id = g_strdup (self->request_id);
  copy->status_text = g_strdup (self->status_text);
  copy->output_url = g_strdup (self->output_url);
  copy->error_code = g_strdup (self->error_code);
  copy->error_message = g_strdup (self->error_message);
  copy->cancel_error = g_strdup (self->cancel_error);
  copy->file = g_strdup (self->file);
  copy->file_sha256 = g_strdup (self->file_sha256);
  copy->file_error = g_strdup (self->file_error);
  copy->file_aside = g_strdup (self->file_aside);
  copy->part_etag = g_strdup (self->part_etag);

  return copy;
}

/**
 * reel_job_record_free:
 * @self: (nullable) (transfer full): a record
 *
 * Frees a record.
 */
void
reel_job_record_free (ReelJobRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->account_id);
  g_free (self->model);
  g_free (self->prompt);
  g_strfreev (self->media_urls);
  g_free (self->aspect_ratio);
  g_free (self->resolution);
  g_free (self->webhook_url);
  g_free (self->webhook_token);
  g_free (self->resend_of);
  g_free (self->credits_charged);
  g_free (self->request_id);
  g_free (self->status_text);
  g_free (self->output_url);
  g_free (self->error_code);
  g_free (self->error_message);
  g_free (self->cancel_error);
  g_free (self->file);
  g_free (self->file_sha256);
  g_free (self->file_error);
  g_free (self->file_aside);
  g_free (self->part_etag);
  g_free (self);
}

/**
 * reel_job_record_to_request:
 * @self: a record
 *
 * Makes a request with the same settings, to fill the form with or to send.
 *
 * Returns: (transfer full): the request
 */
ReelRequest *
reel_job_record_to_request (const ReelJobRecord *self)
{
  ReelRequest *request;

  g_return_val_if_fail (self != NULL, NULL);

  request = g_object_new (REEL_TYPE_REQUEST, "model", self->model, "prompt", self->prompt, "duration", self->duration,
                          "aspect-ratio", self->aspect_ratio, "resolution", self->resolution, "webhook-url",
                          self->webhook_url, NULL);
  for (char **url = self->media_urls; *url != NULL; url++) {
    g_autoptr (ReelReference) reference = reel_reference_new (*url);

    g_list_store_append (reel_request_get_references (request), reference);
  }

  return request;
}

/**
 * reel_job_record_get_state:
 * @self: a record
 *
 * Derives the one word that a person reads.
 */
ReelJobState
reel_job_record_get_state (const ReelJobRecord *self)
{
  g_return_val_if_fail (self != NULL, REEL_JOB_UNKNOWN);

  switch (self->submission) {
  case REEL_SUBMISSION_RECORDED:
    return self->held ? REEL_JOB_HELD : REEL_JOB_SENDING;
  case REEL_SUBMISSION_SENDING:
    return REEL_JOB_SENDING;
  case REEL_SUBMISSION_REJECTED:
    return REEL_JOB_FAILED;
  case REEL_SUBMISSION_UNKNOWN:
    return self->declared_lost_at != 0 ? REEL_JOB_LOST : REEL_JOB_UNKNOWN;
  case REEL_SUBMISSION_ACCEPTED:
  default:
    break;
  }

  switch (self->status) {
  case REEL_SERVICE_NONE:
  case REEL_SERVICE_QUEUED:
    return REEL_JOB_WAITING;
  case REEL_SERVICE_SUCCEEDED:
    break;
  case REEL_SERVICE_FAILED:
    return REEL_JOB_FAILED;
  case REEL_SERVICE_CANCELLED:
    return REEL_JOB_CANCELLED;
  case REEL_SERVICE_LOST:
    return REEL_JOB_LOST;
  case REEL_SERVICE_PROCESSING:
  case REEL_SERVICE_OTHER:
  default:
    return REEL_JOB_GENERATING;
  }

  switch (self->file_state) {
  case REEL_FILE_SAVED:
    return REEL_JOB_READY;
  case REEL_FILE_FAILED:
  case REEL_FILE_MISSING:
    return REEL_JOB_NOT_SAVED;
  case REEL_FILE_NONE:
  case REEL_FILE_DOWNLOADING:
  default:
    return REEL_JOB_DOWNLOADING;
  }
}

/**
 * reel_job_record_is_running:
 * @self: a record
 *
 * Tells whether something is still going to happen to the job by itself.
 */
gboolean
reel_job_record_is_running (const ReelJobRecord *self)
{
  ReelJobState state = reel_job_record_get_state (self);

  return state == REEL_JOB_SENDING || state == REEL_JOB_WAITING || state == REEL_JOB_GENERATING ||
         state == REEL_JOB_DOWNLOADING;
}

/**
 * reel_job_record_is_closed:
 * @self: a record
 *
 * Tells whether all is known about the job that ever will be: nothing goes on by itself, no outcome is unknown and
 * nothing waits to be sent. Only then can it be forgotten without losing a video or an amount of money.
 */
gboolean
reel_job_record_is_closed (const ReelJobRecord *self)
{
  ReelJobState state = reel_job_record_get_state (self);

  return !reel_job_record_is_running (self) && state != REEL_JOB_UNKNOWN && state != REEL_JOB_HELD;
}

/**
 * reel_job_record_is_unfinished:
 * @self: a record
 *
 * Tells whether something may still happen to the job without a person: it is not closed, or a webhook may prove that the
 * service has it after all.
 */
gboolean
reel_job_record_is_unfinished (const ReelJobRecord *self)
{
  gboolean is_doubtful;

  g_return_val_if_fail (self != NULL, FALSE);

  is_doubtful = self->submission != REEL_SUBMISSION_ACCEPTED || self->status == REEL_SERVICE_LOST;

  return !reel_job_record_is_closed (self) || (is_doubtful && self->sent_at > 0 && self->webhook_token != NULL);
}

/**
 * reel_job_record_apply:
 * @self: a record
 * @generation: what the service tells
 * @now: the time of the answer, microseconds since 1970 in UTC
 *
 * Takes over what the service tells about an accepted job. What an answer leaves out stays as it was, and a final
 * status is never taken back by an answer that was overtaken. A job that was lost turns up again.
 */
void
reel_job_record_apply (ReelJobRecord *self, const ReelGeneration *generation, gint64 now)
{
  g_return_if_fail (self != NULL && generation != NULL);

  if (generation->http_status != 0)
    self->http_status = generation->http_status;
  if (generation->credits_charged != NULL)
    g_set_str (&self->credits_charged, generation->credits_charged);
  if (generation->output_url != NULL)
    g_set_str (&self->output_url, generation->output_url);

  if (generation->status == REEL_SERVICE_NONE || !reel_service_status_can_become (self->status, generation->status))
    return;

  /* The service knows the job, whatever it said before. */
  if (self->not_found_at != 0) {
    self->not_found_at = 0;
    g_clear_pointer (&self->error_code, g_free);
    g_clear_pointer (&self->error_message, g_free);
  }
  if (self->status == REEL_SERVICE_LOST)
    self->finished_at = 0;

  self->status = generation->status;
  g_set_str (&self->status_text, generation->status_text);

  if (generation->status != REEL_SERVICE_QUEUED && generation->status != REEL_SERVICE_CANCELLED &&
      self->started_at == 0)
    self->started_at = now;
  if (reel_service_status_is_final (generation->status) && self->finished_at == 0)
    self->finished_at = now;
  if (generation->status == REEL_SERVICE_FAILED) {
    g_set_str (&self->error_code, generation->error_code);
    g_set_str (&self->error_message, generation->error_message);
  }
  if (generation->status == REEL_SERVICE_SUCCEEDED && self->file_state == REEL_FILE_NONE)
    self->file_state = REEL_FILE_DOWNLOADING;
}
