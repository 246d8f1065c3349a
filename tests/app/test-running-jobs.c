#include "config.h"

#include "reel-job-fixture.h"
#include "reel-running-jobs.h"
#include "reel-ui-test.h"

typedef struct
{
  ReelJobList *jobs;
  ReelRunningJobs *running;
  guint n_running_notified;
  guint n_sending_notified;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->jobs = reel_job_list_new ();
  fixture->running = reel_running_jobs_new (G_LIST_MODEL (fixture->jobs));
  g_signal_connect_swapped (fixture->running, "notify::n-running", G_CALLBACK (reel_ui_test_count),
                            &fixture->n_running_notified);
  g_signal_connect_swapped (fixture->running, "notify::n-sending", G_CALLBACK (reel_ui_test_count),
                            &fixture->n_sending_notified);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->running);
  g_assert_finalize_object (fixture->jobs);
}

static ReelJob *
add (Fixture *fixture, const char *prompt)
{
  g_autoptr (ReelJob) job = reel_job_fixture_new (prompt, 1);

  reel_job_list_add (fixture->jobs, job);

  return job;
}

static void
assert_counts (Fixture *fixture, guint n_running, guint n_sending)
{
  g_assert_cmpuint (reel_running_jobs_get_n_running (fixture->running), ==, n_running);
  g_assert_cmpuint (reel_running_jobs_get_n_sending (fixture->running), ==, n_sending);
}

/* A job counts from its click until nothing goes on by itself any more; its request only while it is on its way. */
static void
test_life (Fixture *fixture, gconstpointer data)
{
  ReelJob *job = add (fixture, "A boat");

  assert_counts (fixture, 1, 1);
  reel_job_fixture_accept (job, REEL_SERVICE_QUEUED, "queued");
  assert_counts (fixture, 1, 0);
  reel_job_fixture_accept (job, REEL_SERVICE_PROCESSING, "processing");
  reel_job_fixture_accept (job, REEL_SERVICE_SUCCEEDED, "succeeded");
  assert_counts (fixture, 1, 0);
  reel_job_fixture_save (job, "/tmp/boat.mp4");
  assert_counts (fixture, 0, 0);
  g_assert_cmpuint (fixture->n_running_notified, ==, 2);
  g_assert_cmpuint (fixture->n_sending_notified, ==, 2);
}

static void
test_ends (Fixture *fixture, gconstpointer data)
{
  ReelJob *lost = add (fixture, "A"), *rejected = add (fixture, "B"), *failed = add (fixture, "C");

  assert_counts (fixture, 3, 3);
  reel_job_fixture_lose (lost);
  assert_counts (fixture, 2, 2);
  reel_job_fixture_reject (rejected, 402, "insufficient_credits", "No");
  assert_counts (fixture, 1, 1);
  reel_job_fixture_fail (failed, "generation_failed", "No");
  assert_counts (fixture, 0, 0);
}

/* What is taken out of the list does not count, whatever becomes of it. */
static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReelJob) hidden = g_object_ref (add (fixture, "Hidden"));
  ReelJob *other = add (fixture, "Other");

  reel_job_list_remove (fixture->jobs, hidden);
  assert_counts (fixture, 1, 1);
  reel_job_fixture_accept (hidden, REEL_SERVICE_QUEUED, "queued");
  assert_counts (fixture, 1, 1);
  reel_job_list_add (fixture->jobs, hidden);
  assert_counts (fixture, 2, 1);
  reel_job_fixture_accept (other, REEL_SERVICE_QUEUED, "queued");
  assert_counts (fixture, 2, 0);
}

/* A list that is filled at once, as at a start. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  add (fixture, "The first");
  for (guint i = 0; i < 100; i++) {
    ReelJob *job = reel_job_fixture_new ("Many", 2);

    if (i % 2 == 0)
      reel_job_fixture_accept (job, REEL_SERVICE_PROCESSING, "processing");
    g_ptr_array_add (jobs, job);
  }
  reel_job_list_add_all (fixture->jobs, jobs);
  assert_counts (fixture, 101, 51);
  g_assert_cmpuint (fixture->n_running_notified, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/app/running-jobs/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("life", test_life);
  ADD ("ends", test_ends);
  ADD ("removed", test_removed);
  ADD ("many", test_many);

  return g_test_run ();
}
