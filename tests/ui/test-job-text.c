#include "config.h"

#include "reel-job-fixture.h"
#include "reel-job-text.h"

#define SECOND G_TIME_SPAN_SECOND

static const ReelJobRecord *
get_record (ReelJob *job)
{
  return reel_job_get_record (job);
}

static void
assert_text (char *text, const char *expected)
{
  g_autofree char *taken = text;

  g_assert_cmpstr (taken, ==, expected);
}

/* The state, the line of the history and the description of a job that was asked for 42 seconds ago. */
static void
assert_states (ReelJob *job, double progress, const char *state, const char *status, const char *description)
{
  const ReelJobRecord *record = get_record (job);

  assert_text (reel_job_text_make_state (record, progress), state);
  assert_text (reel_job_text_make_status (record, progress, 0, record->created_at + 42 * SECOND), status);
  assert_text (reel_job_text_make_description (record, progress), description);
}

static void
test_states (void)
{
  g_autoptr (ReelJob) job = reel_job_fixture_new ("A boat", 42);

  assert_states (job, -1, "Sending", "Sending · 0:42", "Sending · $0.50 · 2.0 · 5 s · 720p · 16:9");
  reel_job_fixture_accept (job, REEL_SERVICE_QUEUED, "queued");
  assert_states (job, -1, "Waiting", "Waiting · 0:42", "Waiting · $0.50 · 2.0 · 5 s · 720p · 16:9");
  reel_job_fixture_accept (job, REEL_SERVICE_PROCESSING, "processing");
  assert_states (job, -1, "Generating", "Generating · 0:42", "Generating · $0.50 · 2.0 · 5 s · 720p · 16:9");
  reel_job_fixture_accept (job, REEL_SERVICE_SUCCEEDED, "succeeded");
  assert_states (job, -1, "Downloading", "Downloading", "Downloading · $0.50 · 2.0 · 5 s · 720p · 16:9");
  assert_states (job, 0.64, "Downloading 64 %", "Downloading 64 %",
                 "Downloading 64 % · $0.50 · 2.0 · 5 s · 720p · 16:9");
  assert_states (job, 0, "Downloading 0 %", "Downloading 0 %", "Downloading 0 % · $0.50 · 2.0 · 5 s · 720p · 16:9");
  reel_job_fixture_fail_download (job, "Disk full");
  assert_states (job, -1, "Not saved", "Not saved · can be downloaded again",
                 "Not saved · $0.50 · 2.0 · 5 s · 720p · 16:9");
  reel_job_fixture_save (job, "/tmp/a.mp4");
  assert_states (job, -1, "Ready", "Just now", "Ready · $0.50 · 2.0 · 5 s · 720p · 16:9");
  reel_job_fixture_accept (job, REEL_SERVICE_CANCELLED, "cancelled");
  assert_states (job, -1, "Cancelled", "Cancelled · Just now", "Cancelled · $0.50 · 2.0 · 5 s · 720p · 16:9");
}

static void
test_problems (void)
{
  g_autoptr (ReelJob) failed = reel_job_fixture_new ("A boat", 42);
  g_autoptr (ReelJob) rejected = reel_job_fixture_new ("A boat", 42);
  g_autoptr (ReelJob) unreachable = reel_job_fixture_new ("A boat", 42);
  g_autoptr (ReelJob) lost = reel_job_fixture_new ("A boat", 42);

  reel_job_fixture_fail (failed, "content_policy", "Prompt\nrejected");
  assert_states (failed, -1, "Failed", "Failed · Prompt rejected",
                 "Failed · Prompt rejected · $0.50 · 2.0 · 5 s · 720p · 16:9");
  reel_job_fixture_reject (rejected, 400, "invalid_request", "Unknown model");
  assert_states (rejected, -1, "Failed", "Failed · Unknown model",
                 "Failed · Unknown model · $0.50 · 2.0 · 5 s · 720p · 16:9");
  /* What the system says is for the page of the job, not for its row. */
  reel_job_fixture_reject (unreachable, 0, "unreachable", "Connection refused");
  assert_states (unreachable, -1, "Failed", "Failed · The service cannot be reached",
                 "Failed · The service cannot be reached · $0.50 · 2.0 · 5 s · 720p · 16:9");
  reel_job_fixture_lose (lost);
  assert_states (lost, -1, "Outcome unknown", "Outcome unknown · may be charged",
                 "Outcome unknown · may be charged · $0.50 · 2.0 · 5 s · 720p · 16:9");
}

/* A status that is not documented stands as the service wrote it, on one line and not too long. */
static void
test_unknown_status (void)
{
  g_autoptr (ReelJob) job = reel_job_fixture_new ("A boat", 42);
  g_autofree char *endless = g_strnfill (5000, 'x'), *state = NULL;

  reel_job_fixture_accept (job, REEL_SERVICE_OTHER, "moderating");
  assert_states (job, -1, "moderating", "moderating · 0:42", "moderating · $0.50 · 2.0 · 5 s · 720p · 16:9");
  assert_text (reel_job_text_make_progress (get_record (job)), "The service reports “moderating”.");
  reel_job_fixture_accept (job, REEL_SERVICE_OTHER, "a\nb\xff");
  assert_text (reel_job_text_make_state (get_record (job), -1), "a b\xef\xbf\xbd");
  reel_job_fixture_accept (job, REEL_SERVICE_OTHER, endless);
  state = reel_job_text_make_state (get_record (job), -1);
  g_assert_cmpint (g_utf8_strlen (state, -1), <, 200);
  reel_job_fixture_accept (job, REEL_SERVICE_OTHER, "");
  assert_text (reel_job_text_make_state (get_record (job), -1), "Generating");
}

/* What a person kept from being sent did not fail; what waits for a connection says so. */
static void
test_not_sent (void)
{
  g_autoptr (ReelJob) job = reel_job_fixture_new ("A boat", 42);
  ReelJobRecord *record;

  reel_job_fixture_reject (job, 0, REEL_JOB_WITHDRAWN, "Withdrawn");
  assert_states (job, -1, "Not sent", "Not sent · withdrawn", "Not sent · withdrawn · $0.50 · 2.0 · 5 s · 720p · 16:9");

  record = reel_job_record_copy (get_record (job));
  record->submission = REEL_SUBMISSION_RECORDED;
  g_set_str (&record->error_code, "unreachable");
  reel_job_take_record (job, record);
  assert_states (job, -1, "Sending", "Sending · no connection",
                 "Sending · no connection · $0.50 · 2.0 · 5 s · 720p · 16:9");
}

static void
test_usual (void)
{
  g_autoptr (ReelJob) job = reel_job_fixture_new ("A boat", 42);
  gint64 now = get_record (job)->created_at + 42 * SECOND;

  reel_job_fixture_accept (job, REEL_SERVICE_PROCESSING, "processing");
  assert_text (reel_job_text_make_status (get_record (job), -1, 70 * SECOND, now),
               "Generating · 0:42 · usually about 1:10");
  assert_text (reel_job_text_make_status (get_record (job), -1, 4 * SECOND, now),
               "Generating · 0:42 · longer than usual");
}

static void
test_cancelling (void)
{
  g_autoptr (ReelJob) job = reel_job_fixture_new ("A boat", 42);
  ReelJobRecord *record;

  reel_job_fixture_accept (job, REEL_SERVICE_PROCESSING, "processing");
  record = reel_job_record_copy (get_record (job));
  record->cancel_asked = TRUE;
  reel_job_take_record (job, record);
  assert_text (reel_job_text_make_status (get_record (job), -1, 0, get_record (job)->created_at),
               "Generating · 0:00 · cancel asked");
  assert_text (reel_job_text_make_progress (get_record (job)),
               "The service was asked to cancel. It may still finish the video.");

  record = reel_job_record_copy (get_record (job));
  record->cancel_error = g_strdup ("too late");
  reel_job_take_record (job, record);
  assert_text (reel_job_text_make_status (get_record (job), -1, 0, get_record (job)->created_at),
               "Generating · 0:00 · cancel refused");

  /* It came too late: the video is there. */
  record = reel_job_record_copy (get_record (job));
  g_clear_pointer (&record->cancel_error, g_free);
  record->status = REEL_SERVICE_SUCCEEDED;
  record->file_state = REEL_FILE_DOWNLOADING;
  reel_job_take_record (job, record);
  assert_text (reel_job_text_make_progress (get_record (job)),
               "The video is finished and is being saved to this computer.");
}

static void
test_settings (void)
{
  g_autoptr (ReelJob) job = reel_job_fixture_new ("A boat", 0);
  g_autoptr (ReelJobRecord) record = reel_job_record_copy (get_record (job));

  assert_text (reel_job_text_make_settings (record), "2.0 · 5 s · 720p · 16:9");
  assert_text (reel_job_text_make_long_settings (record), "seedance-2.0 · 5 seconds · 720p · 16:9");
  record->duration = 1;
  assert_text (reel_job_text_make_long_settings (record), "seedance-2.0 · 1 second · 720p · 16:9");
  g_set_str (&record->model, "mystery");
  g_set_str (&record->resolution, NULL);
  g_set_str (&record->aspect_ratio, NULL);
  record->duration = 0;
  assert_text (reel_job_text_make_settings (record), "mystery");
  assert_text (reel_job_text_make_long_settings (record), "mystery");
}

/* Money is told only as far as it is known, and the two currencies are never converted into each other. */
static void
test_cost (void)
{
  g_autoptr (ReelJob) job = reel_job_fixture_new ("A boat", 0);
  g_autoptr (ReelJobRecord) record = reel_job_record_copy (get_record (job));

  assert_text (reel_job_text_make_cost (record), "Estimated $0.50");
  record->submission = REEL_SUBMISSION_REJECTED;
  assert_text (reel_job_text_make_cost (record), "Estimated $0.50 · nothing was charged");
  record->submission = REEL_SUBMISSION_UNKNOWN;
  assert_text (reel_job_text_make_cost (record), "Estimated $0.50 · may be charged");
  record->submission = REEL_SUBMISSION_ACCEPTED;
  assert_text (reel_job_text_make_cost (record), "Estimated $0.50 · the service has not said what it charged");
  g_set_str (&record->credits_charged, "40");
  assert_text (reel_job_text_make_cost (record), "Estimated $0.50 · the service charged 40 credits");
  g_set_str (&record->credits_charged, "1");
  assert_text (reel_job_text_make_cost (record), "Estimated $0.50 · the service charged 1 credit");
  g_set_str (&record->credits_charged, "12.5");
  assert_text (reel_job_text_make_cost (record), "Estimated $0.50 · the service charged 12.5 credits");
  record->estimate = REEL_MONEY_NOT_LISTED;
  assert_text (reel_job_text_make_cost (record), "Price not listed · the service charged 12.5 credits");
  assert_text (reel_job_text_make_price (record), "Price not listed");
}

static void
test_progress (void)
{
  g_autoptr (ReelJob) job = reel_job_fixture_new ("A boat", 0);
  ReelJobRecord *record;

  assert_text (reel_job_text_make_progress (get_record (job)), "The request is on its way to the service.");
  reel_job_fixture_accept (job, REEL_SERVICE_QUEUED, "queued");
  assert_text (reel_job_text_make_progress (get_record (job)),
               "The service accepted the request, and has not started yet.");
  reel_job_fixture_accept (job, REEL_SERVICE_PROCESSING, "processing");
  assert_text (reel_job_text_make_progress (get_record (job)), "The service is making the video.");
  reel_job_fixture_accept (job, REEL_SERVICE_SUCCEEDED, "succeeded");
  assert_text (reel_job_text_make_progress (get_record (job)),
               "The video is finished and is being saved to this computer.");
  record = reel_job_record_copy (get_record (job));
  record->file_error = g_strdup ("No space");
  reel_job_take_record (job, record);
  assert_text (reel_job_text_make_progress (get_record (job)),
               "The video is finished, but cannot be saved yet: “No space”. Seedreel keeps trying.");
  reel_job_fixture_save (job, "/tmp/a.mp4");
  assert_text (reel_job_text_make_progress (get_record (job)), "");
}

/* A running job says why there is no news of it. */
static void
test_no_news (void)
{
  g_autoptr (ReelJob) job = reel_job_fixture_new ("A boat", 0);
  ReelJobRecord *record;

  reel_job_fixture_accept (job, REEL_SERVICE_PROCESSING, "processing");
  record = reel_job_record_copy (get_record (job));
  record->error_code = g_strdup ("internal_error");
  reel_job_take_record (job, record);
  assert_text (reel_job_text_make_progress (get_record (job)),
               "There is no news of this job: “internal_error”. Seedreel keeps asking.");
  record = reel_job_record_copy (get_record (job));
  record->status = REEL_SERVICE_QUEUED;
  record->error_message = g_strdup ("Try\nlater");
  reel_job_take_record (job, record);
  assert_text (reel_job_text_make_progress (get_record (job)),
               "There is no news of this job: “Try later”. Seedreel keeps asking.");
  record = reel_job_record_copy (get_record (job));
  record->not_found_at = 1;
  reel_job_take_record (job, record);
  assert_text (reel_job_text_make_progress (get_record (job)),
               "The service says that it does not know this job. Seedreel keeps asking for a day.");
}

static void
assert_steps (ReelJob *job, const char *expected)
{
  g_autoptr (GPtrArray) steps = reel_job_text_make_timeline (get_record (job));
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    g_string_append_printf (titles, "%s%s", i > 0 ? " " : "", ((ReelJobStep *)steps->pdata[i])->title);
  g_assert_cmpstr (titles->str, ==, expected);
}

static void
test_timeline (void)
{
  g_autoptr (ReelJob) job = reel_job_fixture_new ("A boat", 0);

  assert_steps (job, "Asked Sent");
  reel_job_fixture_accept (job, REEL_SERVICE_QUEUED, "queued");
  assert_steps (job, "Asked Sent Accepted");
  reel_job_fixture_fail (job, "x", "y");
  assert_steps (job, "Asked Sent Accepted Started Failed");
  reel_job_fixture_accept (job, REEL_SERVICE_CANCELLED, "cancelled");
  assert_steps (job, "Asked Sent Accepted Started Cancelled");
  reel_job_fixture_save (job, "/tmp/a.mp4");
  assert_steps (job, "Asked Sent Accepted Started Finished Saved");
}

static void
test_aspect (void)
{
  static const struct
  {
    const char *ratio;
    double aspect;
  } cases[] = {
      {"16:9", 16.0 / 9.0}, {"9:16", 9.0 / 16.0}, {"1:1", 1},           {"21:9", 21.0 / 9.0}, {"100:1", 4},
      {NULL, 16.0 / 9.0},   {"", 16.0 / 9.0},     {"wide", 16.0 / 9.0}, {"0:9", 16.0 / 9.0},  {"1:2:3", 16.0 / 9.0},
  };
  g_autoptr (ReelJob) job = reel_job_fixture_new ("A boat", 0);
  g_autoptr (ReelJobRecord) record = reel_job_record_copy (get_record (job));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_set_str (&record->aspect_ratio, cases[i].ratio);
    g_assert_cmpfloat_with_epsilon (reel_job_text_get_aspect (record), cases[i].aspect, 1e-9);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/job-text/not-sent", test_not_sent);
  g_test_add_func ("/ui/job-text/usual", test_usual);
  g_test_add_func ("/ui/job-text/states", test_states);
  g_test_add_func ("/ui/job-text/problems", test_problems);
  g_test_add_func ("/ui/job-text/unknown-status", test_unknown_status);
  g_test_add_func ("/ui/job-text/cancelling", test_cancelling);
  g_test_add_func ("/ui/job-text/settings", test_settings);
  g_test_add_func ("/ui/job-text/cost", test_cost);
  g_test_add_func ("/ui/job-text/progress", test_progress);
  g_test_add_func ("/ui/job-text/no-news", test_no_news);
  g_test_add_func ("/ui/job-text/timeline", test_timeline);
  g_test_add_func ("/ui/job-text/aspect", test_aspect);

  return g_test_run ();
}
