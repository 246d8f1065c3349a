#include "config.h"

#include "reel-job-record.h"
#include "reel-test.h"

static ReelJobRecord *
make (ReelSubmission submission, ReelServiceStatus status, ReelFileState file_state)
{
  ReelJobRecord *record = reel_job_record_new ();

  record->submission = submission;
  record->status = status;
  record->file_state = file_state;

  return record;
}

static void
test_state (void)
{
  static const struct
  {
    ReelSubmission submission;
    ReelServiceStatus status;
    ReelFileState file_state;
    ReelJobState state;
    gboolean running;
  } cases[] = {
      {REEL_SUBMISSION_RECORDED, REEL_SERVICE_NONE, REEL_FILE_NONE, REEL_JOB_SENDING, TRUE},
      {REEL_SUBMISSION_SENDING, REEL_SERVICE_NONE, REEL_FILE_NONE, REEL_JOB_SENDING, TRUE},
      {REEL_SUBMISSION_REJECTED, REEL_SERVICE_NONE, REEL_FILE_NONE, REEL_JOB_FAILED, FALSE},
      {REEL_SUBMISSION_UNKNOWN, REEL_SERVICE_NONE, REEL_FILE_NONE, REEL_JOB_UNKNOWN, FALSE},
      {REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_NONE, REEL_FILE_NONE, REEL_JOB_WAITING, TRUE},
      {REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_QUEUED, REEL_FILE_NONE, REEL_JOB_WAITING, TRUE},
      {REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_PROCESSING, REEL_FILE_NONE, REEL_JOB_GENERATING, TRUE},
      {REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_OTHER, REEL_FILE_NONE, REEL_JOB_GENERATING, TRUE},
      {REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_FAILED, REEL_FILE_NONE, REEL_JOB_FAILED, FALSE},
      {REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_CANCELLED, REEL_FILE_NONE, REEL_JOB_CANCELLED, FALSE},
      {REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_SUCCEEDED, REEL_FILE_NONE, REEL_JOB_DOWNLOADING, TRUE},
      {REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_SUCCEEDED, REEL_FILE_DOWNLOADING, REEL_JOB_DOWNLOADING, TRUE},
      {REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_SUCCEEDED, REEL_FILE_SAVED, REEL_JOB_READY, FALSE},
      {REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_SUCCEEDED, REEL_FILE_FAILED, REEL_JOB_NOT_SAVED, FALSE},
      {REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_SUCCEEDED, REEL_FILE_MISSING, REEL_JOB_NOT_SAVED, FALSE},
      {REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_LOST, REEL_FILE_NONE, REEL_JOB_LOST, FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ReelJobRecord) record = make (cases[i].submission, cases[i].status, cases[i].file_state);

    g_test_message ("case %u", i);
    g_assert_cmpint (reel_job_record_get_state (record), ==, cases[i].state);
    g_assert_cmpint (reel_job_record_is_running (record), ==, cases[i].running);
  }
}

static void
test_round_trip (void)
{
  g_autoptr (ReelRequest) request = NULL;
  g_autoptr (ReelReference) reference = reel_reference_new ("https://a.example/x.jpg");
  g_autoptr (ReelJobRecord) record = NULL;
  g_autoptr (ReelJobRecord) other = NULL;
  g_autoptr (ReelJobRecord) copy = NULL;
  g_autoptr (ReelRequest) again = NULL;

  request = g_object_new (REEL_TYPE_REQUEST, "model", "m", "prompt", "Con thuyền", "duration", 5, "aspect-ratio", "1:1",
                          "resolution", "480p", "webhook-url", "https://a.example/hook", NULL);
  g_list_store_append (reel_request_get_references (request), reference);

  record = reel_job_record_new_for_request (request, "account", 250000);
  other = reel_job_record_new_for_request (request, "account", 250000);
  g_assert_cmpstr (record->id, !=, other->id);
  g_assert_cmpint (record->created_at, >, 0);
  g_assert_cmpint (record->submission, ==, REEL_SUBMISSION_RECORDED);

  copy = reel_job_record_copy (record);
  g_clear_pointer (&record, reel_job_record_free);
  again = reel_job_record_to_request (copy);

  g_assert_cmpstr (reel_request_get_model (again), ==, "m");
  g_assert_cmpstr (reel_request_get_prompt (again), ==, "Con thuyền");
  g_assert_cmpuint (reel_request_get_duration (again), ==, 5);
  g_assert_cmpstr (reel_request_get_aspect_ratio (again), ==, "1:1");
  g_assert_cmpstr (reel_request_get_resolution (again), ==, "480p");
  g_assert_cmpstr (reel_request_get_webhook_url (again), ==, "https://a.example/hook");
  g_assert_cmpint (reel_request_infer_mode (again), ==, REEL_REQUEST_MODE_FIRST_FRAME);
  g_assert_cmpint (copy->estimate, ==, 250000);
}

static ReelGeneration *
say (const char *status)
{
  ReelGeneration *generation = reel_generation_new ();

  generation->status = reel_service_status_from_text (status);
  generation->status_text = g_strdup (status);

  return generation;
}

static void
test_apply (void)
{
  g_autoptr (ReelJobRecord) record = make (REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_NONE, REEL_FILE_NONE);
  g_autoptr (ReelGeneration) queued = say ("queued");
  g_autoptr (ReelGeneration) upscaling = say ("upscaling");
  g_autoptr (ReelGeneration) succeeded = say ("succeeded");
  g_autoptr (ReelGeneration) processing = say ("processing");

  queued->credits_charged = g_strdup ("40");
  reel_job_record_apply (record, queued, 10);
  g_assert_cmpint (reel_job_record_get_state (record), ==, REEL_JOB_WAITING);
  g_assert_cmpstr (record->credits_charged, ==, "40");
  g_assert_cmpint (record->started_at, ==, 0);

  reel_job_record_apply (record, upscaling, 20);
  g_assert_cmpint (reel_job_record_get_state (record), ==, REEL_JOB_GENERATING);
  g_assert_cmpstr (record->status_text, ==, "upscaling");
  g_assert_cmpstr (record->credits_charged, ==, "40");
  g_assert_cmpint (record->started_at, ==, 20);

  succeeded->output_url = g_strdup ("https://a.example/v.mp4");
  reel_job_record_apply (record, succeeded, 30);
  g_assert_cmpint (reel_job_record_get_state (record), ==, REEL_JOB_DOWNLOADING);
  g_assert_cmpstr (record->output_url, ==, "https://a.example/v.mp4");
  g_assert_cmpint (record->finished_at, ==, 30);

  /* An answer that was overtaken. */
  reel_job_record_apply (record, processing, 40);
  g_assert_cmpint (record->status, ==, REEL_SERVICE_SUCCEEDED);
  g_assert_cmpint (record->finished_at, ==, 30);
}

static void
test_apply_failed (void)
{
  g_autoptr (ReelJobRecord) record = make (REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_PROCESSING, REEL_FILE_NONE);
  g_autoptr (ReelGeneration) failed = say ("failed");

  failed->error_code = g_strdup ("content_policy");
  failed->error_message = g_strdup ("Not allowed");
  reel_job_record_apply (record, failed, 10);

  g_assert_cmpint (reel_job_record_get_state (record), ==, REEL_JOB_FAILED);
  g_assert_cmpstr (record->error_code, ==, "content_policy");
  g_assert_cmpstr (record->error_message, ==, "Not allowed");
}

/* The service knows a job again that was lost: nothing of that is left. */
static void
test_apply_lost (void)
{
  g_autoptr (ReelJobRecord) record = make (REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_LOST, REEL_FILE_NONE);
  g_autoptr (ReelGeneration) silent = reel_generation_new (), processing = say ("processing");
  g_autoptr (ReelGeneration) succeeded = say ("succeeded");

  record->not_found_at = 5;
  record->finished_at = 10;
  record->error_code = g_strdup ("not_found");
  record->error_message = g_strdup ("No such job");
  reel_job_record_apply (record, silent, 20);
  g_assert_cmpint (reel_job_record_get_state (record), ==, REEL_JOB_LOST);
  g_assert_cmpint (record->not_found_at, ==, 5);

  reel_job_record_apply (record, processing, 20);
  g_assert_cmpint (reel_job_record_get_state (record), ==, REEL_JOB_GENERATING);
  g_assert_cmpint (record->not_found_at, ==, 0);
  g_assert_cmpint (record->finished_at, ==, 0);
  g_assert_null (record->error_code);
  g_assert_null (record->error_message);

  record->status = REEL_SERVICE_LOST;
  record->finished_at = 10;
  reel_job_record_apply (record, succeeded, 30);
  g_assert_cmpint (reel_job_record_get_state (record), ==, REEL_JOB_DOWNLOADING);
  g_assert_cmpint (record->finished_at, ==, 30);
}

/* What can be the service's name for a job, wherever it comes from. */
static void
test_request_id (void)
{
  g_autofree char *longest = g_strnfill (512, 'x'), *longer = g_strnfill (513, 'x');

  g_assert_true (reel_generation_is_request_id ("req_1"));
  g_assert_true (reel_generation_is_request_id ("../../\xf0\x9f\x9a\xa2"));
  g_assert_true (reel_generation_is_request_id (longest));
  g_assert_false (reel_generation_is_request_id (longer));
  g_assert_false (reel_generation_is_request_id (NULL));
  g_assert_false (reel_generation_is_request_id (""));
  g_assert_false (reel_generation_is_request_id ("req\n1"));
  g_assert_false (reel_generation_is_request_id ("req_\xff"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/job-record/state", test_state);
  g_test_add_func ("/job-record/round-trip", test_round_trip);
  g_test_add_func ("/job-record/apply", test_apply);
  g_test_add_func ("/job-record/apply-failed", test_apply_failed);
  g_test_add_func ("/job-record/apply-lost", test_apply_lost);
  g_test_add_func ("/job-record/request-id", test_request_id);

  return g_test_run ();
}
