#include "config.h"

#include "reel-job-transitions.h"
#include "reel-test.h"

/* Each row is what something was, each column what it is to become: every pair stands here. */

static void
test_submissions (void)
{
  static const char *const allowed[] = {
      /* recorded, sending, accepted, rejected, unknown */
      [REEL_SUBMISSION_RECORDED] = "xx-x-", [REEL_SUBMISSION_SENDING] = "xxxxx", [REEL_SUBMISSION_ACCEPTED] = "--x--",
      [REEL_SUBMISSION_REJECTED] = "--xx-", [REEL_SUBMISSION_UNKNOWN] = "--x-x",
  };

  for (guint from = 0; from < G_N_ELEMENTS (allowed); from++)
    for (guint to = 0; to < G_N_ELEMENTS (allowed); to++) {
      g_test_message ("%u to %u", from, to);
      g_assert_cmpint (reel_submission_can_become (from, to), ==, allowed[from][to] == 'x');
    }
}

static void
test_statuses (void)
{
  static const char *const allowed[] = {
      /* none, queued, processing, succeeded, failed, cancelled, lost, other */
      [REEL_SERVICE_NONE] = "xxxxxxxx",      [REEL_SERVICE_QUEUED] = "-xxxxxxx", [REEL_SERVICE_PROCESSING] = "-xxxxxxx",
      [REEL_SERVICE_SUCCEEDED] = "---x----", [REEL_SERVICE_FAILED] = "---xxx--", [REEL_SERVICE_CANCELLED] = "---xxx--",
      [REEL_SERVICE_LOST] = "-xxxxxxx",      [REEL_SERVICE_OTHER] = "-xxxxxxx",
  };

  for (guint from = 0; from < G_N_ELEMENTS (allowed); from++)
    for (guint to = 0; to < G_N_ELEMENTS (allowed); to++) {
      g_test_message ("%u to %u", from, to);
      g_assert_cmpint (reel_service_status_can_become (from, to), ==, allowed[from][to] == 'x');
    }
}

static void
test_file_states (void)
{
  static const char *const allowed[] = {
      /* none, downloading, saved, failed, missing */
      [REEL_FILE_NONE] = "xx---",   [REEL_FILE_DOWNLOADING] = "-xxx-", [REEL_FILE_SAVED] = "--x-x",
      [REEL_FILE_FAILED] = "-x-x-", [REEL_FILE_MISSING] = "-xx-x",
  };

  for (guint from = 0; from < G_N_ELEMENTS (allowed); from++)
    for (guint to = 0; to < G_N_ELEMENTS (allowed); to++) {
      g_test_message ("%u to %u", from, to);
      g_assert_cmpint (reel_file_state_can_become (from, to), ==, allowed[from][to] == 'x');
    }
}

static ReelJobRecord *
make (ReelSubmission submission, const char *request_id, ReelServiceStatus status, ReelFileState file_state)
{
  ReelJobRecord *record = reel_job_record_new ();

  record->id = g_strdup ("job");
  record->submission = submission;
  record->request_id = g_strdup (request_id);
  record->status = status;
  record->file_state = file_state;
  if (file_state == REEL_FILE_SAVED || file_state == REEL_FILE_MISSING)
    record->file = g_strdup ("/library/video.mp4");

  return record;
}

static void
test_soundness (void)
{
  static const struct
  {
    ReelSubmission submission;
    const char *request_id;
    ReelServiceStatus status;
    ReelFileState file_state;
    gboolean sound;
  } cases[] = {
      {REEL_SUBMISSION_RECORDED, NULL, REEL_SERVICE_NONE, REEL_FILE_NONE, TRUE},
      {REEL_SUBMISSION_ACCEPTED, "req_1", REEL_SERVICE_QUEUED, REEL_FILE_NONE, TRUE},
      {REEL_SUBMISSION_ACCEPTED, "req_1", REEL_SERVICE_SUCCEEDED, REEL_FILE_SAVED, TRUE},
      {REEL_SUBMISSION_ACCEPTED, NULL, REEL_SERVICE_QUEUED, REEL_FILE_NONE, FALSE},
      {REEL_SUBMISSION_UNKNOWN, "req_1", REEL_SERVICE_NONE, REEL_FILE_NONE, FALSE},
      {REEL_SUBMISSION_UNKNOWN, NULL, REEL_SERVICE_QUEUED, REEL_FILE_NONE, FALSE},
      {REEL_SUBMISSION_ACCEPTED, "req_1", REEL_SERVICE_QUEUED, REEL_FILE_DOWNLOADING, FALSE},
      {REEL_SUBMISSION_ACCEPTED, "req_1", REEL_SERVICE_FAILED, REEL_FILE_SAVED, FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ReelJobRecord) record =
        make (cases[i].submission, cases[i].request_id, cases[i].status, cases[i].file_state);

    g_test_message ("case %u", i);
    g_assert_cmpint (reel_job_record_is_sound (record), ==, cases[i].sound);
  }
}

static void
test_flags (void)
{
  g_autoptr (ReelJobRecord) recorded = make (REEL_SUBMISSION_RECORDED, NULL, REEL_SERVICE_NONE, REEL_FILE_NONE);
  g_autoptr (ReelJobRecord) unknown = make (REEL_SUBMISSION_UNKNOWN, NULL, REEL_SERVICE_NONE, REEL_FILE_NONE);
  g_autoptr (ReelJobRecord) saved = make (REEL_SUBMISSION_ACCEPTED, "r", REEL_SERVICE_SUCCEEDED, REEL_FILE_SAVED);

  recorded->held = TRUE;
  unknown->declared_lost_at = 1;
  g_assert_true (reel_job_record_is_sound (recorded));
  g_assert_true (reel_job_record_is_sound (unknown));

  recorded->submission = REEL_SUBMISSION_SENDING;
  unknown->submission = REEL_SUBMISSION_REJECTED;
  g_clear_pointer (&saved->file, g_free);
  g_assert_false (reel_job_record_is_sound (recorded));
  g_assert_false (reel_job_record_is_sound (unknown));
  g_assert_false (reel_job_record_is_sound (saved));
}

static void
test_records (void)
{
  g_autoptr (ReelJobRecord) sending = make (REEL_SUBMISSION_SENDING, NULL, REEL_SERVICE_NONE, REEL_FILE_NONE);
  g_autoptr (ReelJobRecord) accepted = make (REEL_SUBMISSION_ACCEPTED, "one", REEL_SERVICE_QUEUED, REEL_FILE_NONE);
  g_autoptr (ReelJobRecord) other = make (REEL_SUBMISSION_ACCEPTED, "two", REEL_SERVICE_QUEUED, REEL_FILE_NONE);
  g_autoptr (ReelJobRecord) ready = make (REEL_SUBMISSION_ACCEPTED, "one", REEL_SERVICE_SUCCEEDED, REEL_FILE_NONE);

  g_assert_true (reel_job_record_can_become (sending, accepted));
  g_assert_true (reel_job_record_can_become (accepted, ready));
  g_assert_false (reel_job_record_can_become (accepted, sending));
  g_assert_false (reel_job_record_can_become (accepted, other));
  g_assert_false (reel_job_record_can_become (ready, accepted));

  g_set_str (&accepted->id, "another");
  g_assert_false (reel_job_record_can_become (sending, accepted));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/job-transitions/submissions", test_submissions);
  g_test_add_func ("/job-transitions/statuses", test_statuses);
  g_test_add_func ("/job-transitions/file-states", test_file_states);
  g_test_add_func ("/job-transitions/soundness", test_soundness);
  g_test_add_func ("/job-transitions/flags", test_flags);
  g_test_add_func ("/job-transitions/records", test_records);

  return g_test_run ();
}
