#include "config.h"

#include "reel-job.h"
#include "reel-test.h"

#include <string.h>

static void
log_notify (GObject *object, GParamSpec *pspec, GString *log)
{
  g_string_append_printf (log, "%s ", pspec->name);
}

static void
log_changed (ReelJob *job, GString *log)
{
  g_string_append (log, "changed ");
}

static ReelJobRecord *
make_record (void)
{
  ReelJobRecord *record = reel_job_record_new ();

  record->id = g_strdup ("one");
  record->prompt = g_strdup ("  A paper boat\n\ncrosses\ta puddle ");
  record->submission = REEL_SUBMISSION_ACCEPTED;
  record->status = REEL_SERVICE_QUEUED;

  return record;
}

static void
test_notify (void)
{
  g_autoptr (ReelJob) job = reel_job_new (make_record ());
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GFile) file = NULL;
  ReelJobRecord *record;

  g_signal_connect (job, "notify", G_CALLBACK (log_notify), log);
  g_signal_connect (job, "changed", G_CALLBACK (log_changed), log);

  g_assert_cmpstr (reel_job_get_title (job), ==, "A paper boat crosses a puddle");
  g_assert_true (reel_job_can_cancel (job));
  g_assert_null (reel_job_dup_file (job));

  reel_job_take_record (job, reel_job_record_copy (reel_job_get_record (job)));
  g_assert_cmpstr (log->str, ==, "changed ");
  g_string_truncate (log, 0);

  reel_job_set_progress (job, -1);
  g_assert_cmpstr (log->str, ==, "");
  reel_job_set_progress (job, 0.5);
  g_assert_cmpstr (log->str, ==, "progress ");
  g_string_truncate (log, 0);

  record = reel_job_record_copy (reel_job_get_record (job));
  record->status = REEL_SERVICE_SUCCEEDED;
  record->status_text = g_strdup ("succeeded");
  record->file_state = REEL_FILE_SAVED;
  record->file = g_strdup ("/videos/one.mp4");
  reel_job_take_record (job, record);
  g_assert_nonnull (strstr (log->str, "state "));
  g_assert_nonnull (strstr (log->str, "status-text "));
  g_assert_nonnull (strstr (log->str, "file "));
  g_assert_nonnull (strstr (log->str, "can-cancel "));
  g_assert_true (g_str_has_suffix (log->str, "changed "));

  file = reel_job_dup_file (job);
  g_assert_cmpstr (g_file_peek_path (file), ==, "/videos/one.mp4");
  g_assert_false (reel_job_can_cancel (job));
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_READY);
}

/* A video that was adopted may have no prompt. */
static void
test_title (void)
{
  ReelJobRecord *record = make_record ();
  g_autoptr (ReelJob) job = NULL;

  g_set_str (&record->prompt, " \n");
  g_set_str (&record->request_id, "req_7");
  job = reel_job_new (record);
  g_assert_cmpstr (reel_job_get_title (job), ==, "req_7");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/job/notify", test_notify);
  g_test_add_func ("/job/title", test_title);

  return g_test_run ();
}
