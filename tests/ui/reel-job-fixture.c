#include "config.h"

#include "reel-job-fixture.h"

static ReelJobRecord *
edit (ReelJob *job)
{
  return reel_job_record_copy (reel_job_get_record (job));
}

ReelJob *
reel_job_fixture_new (const char *prompt, gint64 seconds_ago)
{
  ReelJobRecord *record = reel_job_record_new ();

  record->id = g_uuid_string_random ();
  record->account_id = g_strdup ("sandbox");
  record->model = g_strdup ("seedance-2.0");
  record->prompt = g_strdup (prompt);
  record->duration = 5;
  record->resolution = g_strdup ("720p");
  record->aspect_ratio = g_strdup ("16:9");
  record->estimate = REEL_MONEY_DOLLAR / 2;
  record->created_at = g_get_real_time () - seconds_ago * G_TIME_SPAN_SECOND;
  record->sent_at = record->created_at + 1000;
  record->submission = REEL_SUBMISSION_SENDING;

  return reel_job_new (record);
}

static void
accept_record (ReelJobRecord *record, ReelServiceStatus status, const char *status_text)
{
  record->submission = REEL_SUBMISSION_ACCEPTED;
  record->http_status = 200;
  g_set_str (&record->request_id, "req_1234567890");
  g_set_str (&record->credits_charged, "40");
  record->accepted_at = record->sent_at + G_TIME_SPAN_SECOND;
  record->status = status;
  g_set_str (&record->status_text, status_text);
  if (status != REEL_SERVICE_QUEUED)
    record->started_at = record->accepted_at + G_TIME_SPAN_SECOND;
  if (reel_service_status_is_final (status))
    record->finished_at = record->started_at + G_TIME_SPAN_MINUTE;
  if (status == REEL_SERVICE_SUCCEEDED)
    record->file_state = REEL_FILE_DOWNLOADING;
}

void
reel_job_fixture_accept (ReelJob *job, ReelServiceStatus status, const char *status_text)
{
  ReelJobRecord *record = edit (job);

  accept_record (record, status, status_text);
  reel_job_take_record (job, record);
}

void
reel_job_fixture_fail (ReelJob *job, const char *code, const char *message)
{
  ReelJobRecord *record = edit (job);

  accept_record (record, REEL_SERVICE_FAILED, "failed");
  g_set_str (&record->error_code, code);
  g_set_str (&record->error_message, message);
  reel_job_take_record (job, record);
}

void
reel_job_fixture_reject (ReelJob *job, guint http_status, const char *code, const char *message)
{
  ReelJobRecord *record = edit (job);

  record->submission = REEL_SUBMISSION_REJECTED;
  record->http_status = http_status;
  g_set_str (&record->error_code, code);
  g_set_str (&record->error_message, message);
  reel_job_take_record (job, record);
}

void
reel_job_fixture_lose (ReelJob *job)
{
  ReelJobRecord *record = edit (job);

  record->submission = REEL_SUBMISSION_UNKNOWN;
  g_set_str (&record->error_code, "broken");
  g_set_str (&record->error_message, "Connection reset by peer");
  reel_job_take_record (job, record);
}

void
reel_job_fixture_save (ReelJob *job, const char *file)
{
  ReelJobRecord *record = edit (job);

  accept_record (record, REEL_SERVICE_SUCCEEDED, "succeeded");
  record->file_state = REEL_FILE_SAVED;
  g_set_str (&record->file, file);
  record->saved_at = record->finished_at + G_TIME_SPAN_SECOND;
  reel_job_take_record (job, record);
}

void
reel_job_fixture_fail_download (ReelJob *job, const char *reason)
{
  ReelJobRecord *record = edit (job);

  accept_record (record, REEL_SERVICE_SUCCEEDED, "succeeded");
  record->file_state = REEL_FILE_FAILED;
  g_set_str (&record->file_error, reason);
  reel_job_take_record (job, record);
}
