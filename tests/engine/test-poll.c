#include "config.h"

#include "reel-box-probe.h"
#include "reel-engine-fixture.h"
#include "reel-service-script.h"
#include "reel-test.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  ReelEngineFixture fixture;
  ReelFaultServer *server;
} World;

static void
set_up (World *world, gconstpointer data)
{
  reel_engine_fixture_init (&world->fixture);
  world->server = reel_fault_server_new (NULL);
  world->fixture.base_url = reel_fault_server_get_base_url (world->server);
  reel_script_add_models (world->server);
}

static void
tear_down (World *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  g_object_unref (world->server);
}

/* One accepted job of an earlier run, and the engine. */
static ReelJob *
start_with_job (World *world)
{
  reel_engine_fixture_write (&world->fixture, reel_engine_fixture_make_record (&world->fixture, "job", "req_1"));
  reel_engine_fixture_start (&world->fixture);

  return reel_engine_fixture_get_job (&world->fixture, 0);
}

static void
add_video (World *world)
{
  g_autoptr (GBytes) video = reel_box_probe_make_video (1000);

  reel_script_add_file (world->server, "/v.mp4", video);
}

static void
test_states (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_script_add_status (world->server, "req_1", "queued", NULL);
  reel_script_add_status (world->server, "req_1", "processing", NULL);
  reel_script_add_status (world->server, "req_1", "polishing", NULL); /* not documented: it is still running */
  reel_fault_answer_set_hold (reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4"));
  add_video (world);
  job = start_with_job (world);
  reel_test_wait (g_strcmp0 (reel_job_get_record (job)->status_text, "polishing") == 0);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_GENERATING);
  g_assert_cmpint (reel_job_get_record (job)->started_at, >, 0);
  reel_fault_server_release (world->server);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_cmpint (reel_job_get_record (job)->finished_at, >=, reel_job_get_record (job)->started_at);
  g_assert_cmpint (reel_job_get_record (job)->saved_at - reel_job_get_record (job)->finished_at, <, 5 * G_USEC_PER_SEC);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 0);
}

static void
test_failed (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_fault_server_add (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_1", 200,
                         "{\"success\":true,\"requestId\":\"req_1\",\"status\":\"failed\",\"output\":null,"
                         "\"error\":{\"code\":\"content_policy\",\"message\":\"Not this\"}}");
  job = start_with_job (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_FAILED);
  g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, "content_policy");
  g_assert_cmpstr (reel_job_get_record (job)->error_message, ==, "Not this");
}

static void
test_broken_answers (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_fault_answer_fail_before (reel_script_add_status (world->server, "req_1", "queued", NULL), REEL_FAULT_RESET);
  reel_fault_answer_fail_before (reel_script_add_status (world->server, "req_1", "queued", NULL), REEL_FAULT_CLOSE);
  reel_fault_answer_cut (reel_script_add_status (world->server, "req_1", "queued", NULL), 10, REEL_FAULT_CLOSE);
  reel_fault_server_add (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_1", 200, "<html>Hello</html>");
  reel_fault_server_add (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_1", 200, "{\"status\":7}");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  add_video (world);
  job = start_with_job (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
}

/* One job whose answers never come holds neither another job nor the end. */
static void
test_hung (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_engine_fixture_write (&world->fixture, reel_engine_fixture_make_record (&world->fixture, "hung", "req_2"));
  reel_fault_answer_fail_before (reel_script_add_status (world->server, "req_2", "queued", NULL), REEL_FAULT_STALL);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_script_add_accept (world->server, "req_3");
  reel_script_add_status (world->server, "req_3", "succeeded", "/v.mp4");
  add_video (world);
  start_with_job (world);
  reel_test_wait (reel_fault_server_count_stalled (world->server) == 1);
  job = reel_engine_fixture_find_job (&world->fixture, "job");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  job = reel_engine_fixture_submit (&world->fixture, "Another one");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);

  job = reel_engine_fixture_find_job (&world->fixture, "hung");
  reel_engine_hide_job (world->fixture.engine, job);
  g_assert_cmpuint (reel_engine_fixture_count_jobs (&world->fixture), ==, 2);
}

static void
test_not_found (World *world, gconstpointer data)
{
  ReelJob *job;
  gint64 first;

  reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_1", 404, "not_found", "No such job");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  add_video (world);
  job = start_with_job (world);
  reel_test_wait (reel_job_get_record (job)->error_code != NULL);
  first = reel_job_get_record (job)->not_found_at;
  g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, "not_found");
  g_assert_cmpstr (reel_job_get_record (job)->error_message, ==, "No such job");
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_WAITING);

  g_assert_cmpint (first, >, 0);

  /* It is asked for again, but slowly; an answer forgets the rest. */
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_cmpint (reel_job_get_record (job)->finished_at - first, >, 400 * 1000);
  g_assert_cmpint (reel_job_get_record (job)->not_found_at, ==, 0);
  g_assert_null (reel_job_get_record (job)->error_code);
}

#define HOUR (3600 * (gint64)G_USEC_PER_SEC)

/* One job of an earlier run that the service did not know then, and the engine. */
static ReelJob *
start_with_not_found (World *world, gint64 since)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, "job", "req_1");

  record->accepted_at -= 48 * HOUR;
  record->not_found_at = g_get_real_time () - since;
  g_set_str (&record->error_code, "not_found");
  reel_engine_fixture_write (&world->fixture, record);
  world->fixture.poll_interval = 1;
  reel_engine_fixture_start (&world->fixture);

  return reel_engine_fixture_get_job (&world->fixture, 0);
}

/* For a day it may turn up again by itself. */
static void
test_not_found_for_hours (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_1", 404, "not_found", "No such job");
  job = start_with_not_found (world, 23 * HOUR);
  reel_test_wait (reel_script_count_status (world->server, "req_1") >= 4);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_WAITING);
  g_assert_cmpint (reel_job_get_record (job)->not_found_at, <, g_get_real_time () - 22 * HOUR);
}

/* Asks for something else and waits for its answer: whatever was due before has come in then. */
static void
ask_for_models (World *world)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_engine_test_account_async (world->fixture.engine, world->fixture.base_url, NULL, world->fixture.key, NULL,
                                  reel_test_store_result, &result);
  reel_test_wait (result != NULL);
}

static void
test_lost (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_1", 404, "not_found", "No such job");
  job = start_with_not_found (world, 24 * HOUR + 1);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_LOST);
  g_assert_cmpint (reel_job_get_record (job)->status, ==, REEL_SERVICE_LOST);
  g_assert_cmpint (reel_job_get_record (job)->finished_at, >, 0);
  g_assert_cmpstr (reel_job_get_record (job)->error_message, ==, "No such job");
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 1);

  /* It is not asked about by itself any more, also not after a restart; by hand it is asked about once. */
  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_start (&world->fixture);
  job = reel_engine_fixture_get_job (&world->fixture, 0);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_LOST);
  ask_for_models (world);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 1);
  reel_engine_check_again (world->fixture.engine, job);
  reel_test_wait (reel_script_count_status (world->server, "req_1") == 2);
  ask_for_models (world);
  ask_for_models (world);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 2);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_LOST);
}

/* The service knows it again: it goes on as if nothing had been. */
static void
test_found_again (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_1", 404, "not_found", "No such job");
  reel_fault_answer_set_hold (reel_script_add_status (world->server, "req_1", "processing", NULL));
  reel_fault_answer_set_hold (reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4"));
  add_video (world);
  job = start_with_not_found (world, 25 * HOUR);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_LOST);
  reel_engine_check_again (world->fixture.engine, job);
  reel_fault_server_release (world->server);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_GENERATING);
  g_assert_cmpint (reel_job_get_record (job)->not_found_at, ==, 0);
  g_assert_cmpint (reel_job_get_record (job)->finished_at, ==, 0);
  g_assert_null (reel_job_get_record (job)->error_code);

  reel_fault_server_release (world->server);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_cmpint (reel_job_get_record (job)->finished_at, >, 0);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 0);
}

static void
test_retry_after (World *world, gconstpointer data)
{
  ReelFaultAnswer *answer =
      reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/*", 429, "rate_limited", "Slowly");
  ReelJob *job;
  gint64 start = g_get_monotonic_time ();

  reel_fault_answer_set_header (answer, "Retry-After", "2");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  add_video (world);
  world->fixture.requests_per_minute = 60; /* two at once, at most */
  job = start_with_job (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 1900 * 1000);
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", REEL_SCRIPT_GENERATIONS "/*"), ==, 2);
}

/* The service's word counts also where it is shorter than our own guess. */
static void
test_short_retry_after (World *world, gconstpointer data)
{
  gint64 start;

  for (guint i = 0; i < 12; i++)
    reel_fault_answer_set_header (
        reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_1", 503, "internal_error", "Busy"),
        "Retry-After", "0");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  add_video (world);
  world->fixture.poll_interval = 50;
  reel_engine_fixture_write (&world->fixture, reel_engine_fixture_make_record (&world->fixture, "job", "req_1"));
  start = g_get_monotonic_time ();
  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (reel_job_get_state (reel_engine_fixture_get_job (&world->fixture, 0)) == REEL_JOB_READY);
  /* Twelve pauses of 50 ms; by our own guess they would be 15 s on average. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 8 * G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 12 * 50 * 1000);
}

static void
count_call (guint *count)
{
  ++*count;
}

static guint
count_status (World *world)
{
  return reel_fault_server_count (world->server, "GET", REEL_SCRIPT_GENERATIONS "/*");
}

/* Many jobs share one budget: a tenth of it at once, then one after the other. */
static void
test_budget (World *world, gconstpointer data)
{
  gint64 start;

  for (guint i = 0; i < 20; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i), *request_id = g_strdup_printf ("req_%u", i);

    reel_engine_fixture_write (&world->fixture, reel_engine_fixture_make_record (&world->fixture, id, request_id));
    reel_script_add_status (world->server, request_id, "processing", NULL);
  }
  world->fixture.poll_interval = 1;
  world->fixture.requests_per_minute = 120;
  start = g_get_monotonic_time ();
  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (count_status (world) >= 12);
  reel_test_wait (count_status (world) >= 16);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 4 * (60 * G_USEC_PER_SEC / 108) - 100 * 1000);
}

/* The limit can be changed while jobs wait for it. */
static void
test_budget_changes (World *world, gconstpointer data)
{
  guint n_notified = 0, n;
  gint64 start;

  for (guint i = 0; i < 20; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i), *request_id = g_strdup_printf ("req_%u", i);

    reel_engine_fixture_write (&world->fixture, reel_engine_fixture_make_record (&world->fixture, id, request_id));
    reel_script_add_status (world->server, request_id, "processing", NULL);
  }
  world->fixture.poll_interval = 1;
  world->fixture.requests_per_minute = 6;
  reel_engine_fixture_start (&world->fixture);
  g_signal_connect_swapped (world->fixture.engine, "notify::requests-per-minute", G_CALLBACK (count_call), &n_notified);
  reel_test_wait (count_status (world) == 1);
  ask_for_models (world);
  g_assert_cmpuint (count_status (world), ==, 1);

  start = g_get_monotonic_time ();
  reel_engine_set_requests_per_minute (world->fixture.engine, 60000);
  reel_engine_set_requests_per_minute (world->fixture.engine, 60000);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpuint (reel_engine_get_requests_per_minute (world->fixture.engine), ==, 60000);
  reel_test_wait (count_status (world) >= 200);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 12 * G_USEC_PER_SEC);

  g_object_set (world->fixture.engine, "requests-per-minute", 6, NULL);
  ask_for_models (world);
  n = count_status (world);
  ask_for_models (world);
  ask_for_models (world);
  g_assert_cmpuint (count_status (world), <=, n + 1);
}

/* Nobody starves: with a budget for half of them, every job is asked about. */
static void
test_fairness (World *world, gconstpointer data)
{
  guint n_seen = 0;

  for (guint i = 0; i < 20; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i), *request_id = g_strdup_printf ("req_%u", i);
    ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, id, request_id);

    record->accepted_at -= i * 60 * G_USEC_PER_SEC;
    reel_engine_fixture_write (&world->fixture, record);
    reel_script_add_status (world->server, request_id, i % 2 != 0 ? "processing" : "queued", NULL);
  }
  world->fixture.poll_interval = 10;
  world->fixture.requests_per_minute = 1200;
  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (count_status (world) >= 160);
  for (guint i = 0; i < 20; i++) {
    g_autofree char *request_id = g_strdup_printf ("req_%u", i);

    n_seen += reel_script_count_status (world->server, request_id) > 0;
  }
  g_assert_cmpuint (n_seen, ==, 20);
}

static ReelAccount *
save_account (World *world, ReelAccount *account, const char *base_url, const char *key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReelAccount *saved;

  reel_engine_save_account_async (world->fixture.engine, account, "Mine", base_url, NULL, key, reel_test_store_result,
                                  &result);
  reel_test_wait (result != NULL);
  saved = reel_engine_save_account_finish (world->fixture.engine, result, &error);
  g_assert_no_error (error);

  return saved;
}

static void
test_wrong_key (World *world, gconstpointer data)
{
  const char *base_url = world->fixture.base_url;
  g_autoptr (ReelAccount) account = NULL, changed = NULL;
  ReelJob *one, *other;

  world->fixture.base_url = NULL;
  reel_script_add_accept (world->server, "req_1");
  reel_script_add_accept (world->server, "req_2");
  reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/*", 401, "unauthorized", "Invalid API key");
  reel_engine_fixture_start (&world->fixture);
  account = save_account (world, NULL, base_url, "sd2_live_first_key");
  reel_engine_set_account (world->fixture.engine, account);
  one = reel_engine_fixture_submit (&world->fixture, "One");
  reel_test_wait (reel_job_get_record (one)->accepted_at != 0);
  other = reel_engine_fixture_submit (&world->fixture, "Other");

  /* One answer is enough for all jobs of the account, and each says why there is no news. */
  reel_test_wait (g_strcmp0 (reel_job_get_record (one)->error_code, "unauthorized") == 0 &&
                  reel_job_get_record (other)->accepted_at != 0);
  g_assert_cmpstr (reel_job_get_record (one)->error_message, ==, "Invalid API key");
  g_assert_cmpint (reel_job_get_state (one), ==, REEL_JOB_WAITING);

  reel_fault_server_clear (world->server);
  reel_script_add_models (world->server);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_script_add_status (world->server, "req_2", "succeeded", "/v.mp4");
  add_video (world);
  changed = save_account (world, account, base_url, "sd2_live_second_key");
  g_assert_true (changed == account);
  reel_test_wait (reel_job_get_state (one) == REEL_JOB_READY && reel_job_get_state (other) == REEL_JOB_READY);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 2);
}

/* A key that was refused may be accepted again by itself: now and then one request finds out, for all jobs. */
static void
test_key_comes_back (World *world, gconstpointer data)
{
  for (guint i = 0; i < 4; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i), *request_id = g_strdup_printf ("req_%u", i);

    reel_engine_fixture_write (&world->fixture, reel_engine_fixture_make_record (&world->fixture, id, request_id));
  }
  reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/*", 401, "unauthorized", "Invalid API key");
  world->fixture.poll_interval = 2;
  reel_engine_fixture_start (&world->fixture);
  for (guint i = 0; i < 4; i++) {
    ReelJob *job = reel_engine_fixture_get_job (&world->fixture, i);

    reel_test_wait (g_strcmp0 (reel_job_get_record (job)->error_code, "unauthorized") == 0);
  }
  /* Those that were on their way, and then one at a time. */
  reel_test_wait (count_status (world) >= 7);

  reel_fault_server_clear (world->server);
  reel_script_add_models (world->server);
  for (guint i = 0; i < 4; i++) {
    g_autofree char *request_id = g_strdup_printf ("req_%u", i);

    reel_script_add_status (world->server, request_id, "succeeded", "/v.mp4");
  }
  add_video (world);
  for (guint i = 0; i < 4; i++) {
    ReelJob *job = reel_engine_fixture_get_job (&world->fixture, i);

    reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  }
}

/* A name from the network can neither leave the path of the request nor the library folder. */
static void
test_hostile_request_id (World *world, gconstpointer data)
{
  g_autofree char *names = NULL;
  ReelJob *job;

  reel_script_add_accept (world->server, "../../x");
  reel_script_add_status (world->server, "../../x", "succeeded", "/v.mp4");
  add_video (world);
  reel_engine_fixture_start (&world->fixture);
  job = reel_engine_fixture_submit (&world->fixture, "../../etc/passwd");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_cmpuint (reel_script_count_status (world->server, "../../x"), >=, 1);
  names = reel_engine_fixture_list_library (&world->fixture);
  g_assert_true (g_str_has_prefix (names, "etc passwd "));
  g_assert_null (strchr (names, '\n'));
}

/* What the service's answers cannot do: take a final state back, or change a job in the history's past. */
static void
test_final_is_final (World *world, gconstpointer data)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, "failed", "req_1");
  ReelJob *job;

  record->status = REEL_SERVICE_FAILED;
  g_set_str (&record->status_text, "failed");
  reel_engine_fixture_write (&world->fixture, record);
  record = reel_engine_fixture_make_record (&world->fixture, "cancelled", "req_2");
  record->status = REEL_SERVICE_CANCELLED;
  reel_engine_fixture_write (&world->fixture, record);
  reel_script_add_status (world->server, "req_3", "succeeded", "/v.mp4");
  add_video (world);
  reel_engine_fixture_write (&world->fixture, reel_engine_fixture_make_record (&world->fixture, "job", "req_3"));
  reel_engine_fixture_start (&world->fixture);
  job = reel_engine_fixture_find_job (&world->fixture, "job");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 0);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_2"), ==, 0);
}

/* A program with five paid jobs is killed; the next one brings all five home and pays for none. */
static void
test_killed (World *world, gconstpointer data)
{
  ReelEngineFixture *fixture = &world->fixture;
  const char *path = g_getenv ("REEL_TEST_STORE_PATH");

  if (g_test_subprocess ()) {
    fixture->base_url = g_getenv ("REEL_TEST_BASE_URL");
    g_set_str (&fixture->store_path, path);
    reel_engine_fixture_start (fixture);
    for (guint i = 0; i < 5; i++)
      reel_engine_fixture_submit (fixture, "A paper boat");
    for (guint i = 0; i < 5; i++) {
      ReelJob *job = reel_engine_fixture_get_job (fixture, i);

      reel_test_wait (reel_job_get_state (job) == REEL_JOB_GENERATING);
    }
    kill (getpid (), SIGKILL);
  }

  for (guint i = 0; i < 5; i++) {
    g_autofree char *request_id = g_strdup_printf ("req_%u", i);

    reel_script_add_accept (world->server, request_id);
    reel_script_add_status (world->server, request_id, "processing", NULL);
  }
  g_setenv ("REEL_TEST_STORE_PATH", fixture->store_path, TRUE);
  g_setenv ("REEL_TEST_BASE_URL", fixture->base_url, TRUE);
  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_assert_false (g_test_trap_has_passed ());
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 5);

  reel_fault_server_clear (world->server);
  reel_script_add_models (world->server);
  for (guint i = 0; i < 5; i++) {
    g_autofree char *request_id = g_strdup_printf ("req_%u", i);

    reel_script_add_status (world->server, request_id, "succeeded", "/v.mp4");
  }
  add_video (world);
  reel_engine_fixture_start (fixture);
  g_assert_cmpuint (reel_engine_fixture_count_jobs (fixture), ==, 5);
  for (guint i = 0; i < 5; i++) {
    ReelJob *job = reel_engine_fixture_get_job (fixture, i);

    reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  }
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, World, NULL, set_up, function, tear_down)
  ADD ("/engine/poll/states", test_states);
  ADD ("/engine/poll/failed", test_failed);
  ADD ("/engine/poll/broken-answers", test_broken_answers);
  ADD ("/engine/poll/hung", test_hung);
  ADD ("/engine/poll/not-found", test_not_found);
  ADD ("/engine/poll/not-found-for-hours", test_not_found_for_hours);
  ADD ("/engine/poll/lost", test_lost);
  ADD ("/engine/poll/found-again", test_found_again);
  ADD ("/engine/poll/retry-after", test_retry_after);
  ADD ("/engine/poll/short-retry-after", test_short_retry_after);
  ADD ("/engine/poll/budget", test_budget);
  ADD ("/engine/poll/budget-changes", test_budget_changes);
  ADD ("/engine/poll/fairness", test_fairness);
  ADD ("/engine/poll/wrong-key", test_wrong_key);
  ADD ("/engine/poll/key-comes-back", test_key_comes_back);
  ADD ("/engine/poll/hostile-request-id", test_hostile_request_id);
  ADD ("/engine/poll/final-is-final", test_final_is_final);
  ADD ("/engine/poll/killed", test_killed);
#undef ADD

  return g_test_run ();
}
