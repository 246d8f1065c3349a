#include "config.h"

#include "reel-box-probe.h"
#include "reel-service-script.h"
#include "reel-submission-judge.h"
#include "reel-submit-world.h"
#include "reel-test-network.h"
#include "reel-test.h"

#include <string.h>

/* What people paid for with other tools, about submissions: each test has the number of its line in the list of those
 * failures. The engine, the database and HTTP are real; where the program is killed, it is a process of its own. */

/* The only job. */
static ReelJob *
get_job (ReelSubmitWorld *world)
{
  g_assert_cmpuint (reel_engine_fixture_count_jobs (&world->fixture), ==, 1);

  return reel_engine_fixture_get_job (&world->fixture, 0);
}

static void
start_again (ReelSubmitWorld *world)
{
  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
}

/* 1: the service takes the job and the connection breaks before it says so. */
static void
test_connection_breaks (ReelSubmitWorld *world, gconstpointer data)
{
  const ReelFault faults[] = {REEL_FAULT_CLOSE, REEL_FAULT_RESET};

  for (guint i = 0; i < 2 * G_N_ELEMENTS (faults); i++) {
    ReelFaultAnswer *answer = reel_script_add_accept (world->server, "req_1");
    guint n_posts = reel_script_count_posts (world->server) + 1;
    g_autofree char *id = NULL;
    ReelJob *job;

    if (i % 2 == 0)
      reel_fault_answer_fail_before (answer, faults[i / 2]);
    else
      reel_fault_answer_cut (answer, 20, faults[i / 2]);
    reel_engine_fixture_start (&world->fixture);
    job = reel_engine_fixture_submit (&world->fixture, "A paper boat");
    id = g_strdup (reel_job_get_id (job));
    reel_test_wait (reel_submit_world_has_ended (job));
    g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_UNKNOWN);
    g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, "broken");
    g_assert_null (strstr (reel_job_get_record (job)->error_message, world->fixture.key));
    g_assert_cmpuint (reel_script_count_posts (world->server), ==, n_posts);

    start_again (world);
    job = reel_engine_fixture_find_job (&world->fixture, id);
    g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_UNKNOWN);
    g_assert_null (reel_job_get_record (job)->request_id);
    g_assert_cmpuint (reel_script_count_posts (world->server), ==, n_posts);
    reel_engine_fixture_stop (&world->fixture);
  }
}

/* What never left waits, and leaves once. */
static void
assert_waits (ReelJob *job, const char *code)
{
  reel_test_wait (reel_job_get_record (job)->error_code != NULL &&
                  reel_job_get_record (job)->submission == REEL_SUBMISSION_RECORDED);
  g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, code);
  g_assert_nonnull (reel_job_get_record (job)->error_message);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_SENDING);
  g_assert_cmpint (reel_job_get_record (job)->sent_at, ==, 0);
  g_assert_cmpuint (reel_job_get_record (job)->http_status, ==, 0);
}

/* Whether an error says that no connection was made. */
static gboolean
is_connecting (ReelError code)
{
  static const ReelError codes[] = {
      REEL_ERROR_UNREACHABLE,
      REEL_ERROR_PROXY,
      REEL_ERROR_PORTAL,
      REEL_ERROR_TLS,
      REEL_ERROR_CERTIFICATE_AUTHORITY,
      REEL_ERROR_CERTIFICATE_SELF_SIGNED,
      REEL_ERROR_CERTIFICATE_NAME,
      REEL_ERROR_CERTIFICATE_EXPIRED,
      REEL_ERROR_CERTIFICATE_EARLY,
      REEL_ERROR_TIMEOUT,
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i] == code)
      return TRUE;

  return FALSE;
}

static void
test_only_what_never_left (ReelSubmitWorld *world, gconstpointer data)
{
  g_autofree char *certificate_path = g_test_build_filename (G_TEST_DIST, "api", "data", "server.pem", NULL);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (certificate_path, NULL);
  g_autoptr (ReelFaultServer) secure = reel_fault_server_new (certificate);
  ReelJob *job;

  /* There is no such name; then nobody the certificate of whom is good; then the handshake breaks. */
  world->fixture.base_url = "https://seedance.example";
  reel_engine_fixture_start (&world->fixture);
  assert_waits (reel_engine_fixture_submit (&world->fixture, "A paper boat"), "unreachable");
  reel_engine_fixture_stop (&world->fixture);
  world->fixture.base_url = reel_fault_server_get_base_url (secure);
  reel_engine_fixture_start (&world->fixture);
  assert_waits (reel_engine_fixture_submit (&world->fixture, "A paper boat"), "certificate_self_signed");
  reel_fault_server_set_accept_fault (secure, REEL_FAULT_RESET);
  assert_waits (reel_engine_fixture_submit (&world->fixture, "A paper boat"), "unreachable");
  reel_engine_fixture_stop (&world->fixture);
  g_assert_cmpuint (reel_fault_server_count (secure, "POST", NULL), ==, 0);

  /* The port refuses until the service is back. */
  reel_script_add_accept (world->server, "req_1");
  reel_script_add_status (world->server, "req_1", "queued", NULL);
  reel_fault_server_stop (world->server);
  world->fixture.base_url = reel_fault_server_get_base_url (world->server);
  reel_engine_fixture_start (&world->fixture);
  job = reel_engine_fixture_submit (&world->fixture, "A paper boat");
  assert_waits (job, "unreachable");
  reel_fault_server_start_again (world->server);
  reel_test_wait (reel_submit_world_has_ended (job));
  g_assert_cmpstr (reel_job_get_record (job)->request_id, ==, "req_1");
  g_assert_null (reel_job_get_record (job)->error_code);
  g_assert_null (reel_job_get_record (job)->error_message);
  g_assert_cmpint (reel_job_get_record (job)->sent_at, >, 0);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 1);

  /* Of no other failure it is known that nothing left. */
  for (ReelError code = REEL_ERROR_UNREACHABLE; code <= REEL_ERROR_MISMATCH; code++) {
    g_autoptr (GError) sent = reel_error_new_network (code, TRUE, "x");
    g_autoptr (GError) unsent = reel_error_new_network (code, FALSE, "x");
    g_autoptr (GError) answered = reel_error_new_service (code, 503, NULL, NULL, 1);

    g_assert_cmpint (reel_submission_judge (sent), ==, REEL_SUBMISSION_UNKNOWN);
    g_assert_cmpint (reel_submission_judge (answered), ==, REEL_SUBMISSION_UNKNOWN);
    g_assert_cmpint (reel_submission_judge (unsent), ==,
                     is_connecting (code) ? REEL_SUBMISSION_RECORDED : REEL_SUBMISSION_REJECTED);
  }
}

/* 3: five paid jobs are being made when the program is killed. */
static void
test_killed_while_processing (ReelSubmitWorld *world, gconstpointer data)
{
  g_autoptr (GBytes) video = reel_box_probe_make_video (1000);

  if (g_test_subprocess ()) {
    reel_engine_fixture_start (&world->fixture);
    for (guint i = 0; i < 5; i++)
      reel_engine_fixture_submit (&world->fixture, "A paper boat");
    for (guint i = 0; i < 5; i++)
      reel_test_wait (reel_job_get_state (reel_engine_fixture_get_job (&world->fixture, i)) == REEL_JOB_GENERATING);
    reel_submit_world_die ();
  }

  for (guint i = 0; i < 5; i++) {
    g_autofree char *id = g_strdup_printf ("req_%u", i);

    reel_script_add_accept (world->server, id);
    reel_script_add_status (world->server, id, "processing", NULL);
  }
  reel_submit_world_run_until_killed (world);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 5);

  reel_fault_server_clear (world->server);
  reel_script_add_models (world->server);
  reel_script_add_file (world->server, "/v.mp4", video);
  for (guint i = 0; i < 5; i++) {
    g_autofree char *id = g_strdup_printf ("req_%u", i);

    reel_script_add_status (world->server, id, i < 4 ? "succeeded" : "failed", i < 4 ? "/v.mp4" : NULL);
  }
  reel_engine_fixture_start (&world->fixture);
  g_assert_cmpuint (reel_engine_fixture_count_jobs (&world->fixture), ==, 5);
  for (guint i = 0; i < 5; i++) {
    ReelJob *job = reel_engine_fixture_get_job (&world->fixture, i);
    gboolean failed = g_str_equal (reel_job_get_record (job)->request_id, "req_4");

    reel_test_wait (reel_job_get_state (job) == (failed ? REEL_JOB_FAILED : REEL_JOB_READY));
  }
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 5);
}

/* 9: what was clicked is on the disk at once, while its answer is still to come. Of ten clicks the quickest counts: the
 * others tell how busy the machine is. */
static void
test_written_at_once (ReelSubmitWorld *world, gconstpointer data)
{
  gint64 quickest = G_MAXINT64;

  reel_fault_answer_set_hold (reel_script_add_accept (world->server, "req_1"));
  reel_engine_fixture_start (&world->fixture);
  for (guint i = 0; i < 10; i++) {
    g_autofree char *prompt = g_strdup_printf ("Boat %u", i), *condition = g_strdup_printf ("prompt = '%s'", prompt);
    gint64 click = g_get_monotonic_time ();

    reel_engine_fixture_submit (&world->fixture, prompt);
    while (reel_submit_world_count_rows (world, condition) == 0)
      g_main_context_iteration (NULL, FALSE);
    quickest = MIN (quickest, g_get_monotonic_time () - click);
  }
  g_assert_cmpint (quickest, <, 200 * 1000);
  g_assert_cmpint (reel_submit_world_count_rows (world, "request_id IS NOT NULL"), ==, 0);
  reel_fault_server_release (world->server);
}

/* 9: and it is still there, whatever happens then. */
static void
test_killed_after_the_click (ReelSubmitWorld *world, gconstpointer data)
{
  ReelFaultAnswer *answer;
  ReelJob *job;

  if (g_test_subprocess ()) {
    reel_engine_fixture_start (&world->fixture);
    reel_engine_fixture_submit (&world->fixture, "A paper boat");
    reel_test_wait (reel_submit_world_count_rows (world, "submission = 'sending' AND sent_at > 0") == 1);
    reel_submit_world_die ();
  }

  answer = reel_script_add_accept (world->server, "req_1");
  reel_fault_answer_set_hold (answer);
  reel_submit_world_run_until_killed (world);
  g_assert_cmpint (reel_submit_world_count_rows (world, "submission = 'sending' AND request_id IS NULL"), ==, 1);

  reel_engine_fixture_start (&world->fixture);
  job = get_job (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_UNKNOWN);
  g_assert_cmpstr (reel_job_get_record (job)->prompt, ==, "A paper boat");
  reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
  g_assert_cmpuint (reel_script_count_posts (world->server), <=, 1);
}

/* 10: whatever fails between click and file, the history says what was asked, when, and what is known about money. */
static void
test_always_an_entry (ReelSubmitWorld *world, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    ReelFault before;
    const char *job_status; /* of the accepted job */
    ReelJobState state;
    ReelSubmission submission;
  } cases[] = {
      {402, "{\"success\":false,\"error\":{\"code\":\"insufficient_credits\",\"message\":\"Too few\"}}",
       REEL_FAULT_NONE, NULL, REEL_JOB_FAILED, REEL_SUBMISSION_REJECTED},
      {500, "<html>", REEL_FAULT_NONE, NULL, REEL_JOB_UNKNOWN, REEL_SUBMISSION_UNKNOWN},
      {200, "{\"success\":true}", REEL_FAULT_NONE, NULL, REEL_JOB_UNKNOWN, REEL_SUBMISSION_UNKNOWN},
      {0, NULL, REEL_FAULT_RESET, NULL, REEL_JOB_UNKNOWN, REEL_SUBMISSION_UNKNOWN},
      {200, "{\"success\":true,\"requestId\":\"req_1\"}", REEL_FAULT_NONE, "processing", REEL_JOB_GENERATING,
       REEL_SUBMISSION_ACCEPTED},
      {200, "{\"success\":true,\"requestId\":\"req_1\"}", REEL_FAULT_NONE, "failed", REEL_JOB_FAILED,
       REEL_SUBMISSION_ACCEPTED},
      {200, "{\"success\":true,\"requestId\":\"req_1\"}", REEL_FAULT_NONE, "cancelled", REEL_JOB_CANCELLED,
       REEL_SUBMISSION_ACCEPTED},
      {200, "{\"success\":true,\"requestId\":\"req_1\"}", REEL_FAULT_NONE, "succeeded", REEL_JOB_NOT_SAVED,
       REEL_SUBMISSION_ACCEPTED},
  };
  gint64 before = g_get_real_time ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *id = NULL;
    const ReelJobRecord *record;
    ReelFaultAnswer *answer;
    ReelJob *job;

    reel_fault_server_clear (world->server);
    reel_script_add_models (world->server);
    answer = reel_fault_server_add (world->server, "POST", REEL_SCRIPT_GENERATIONS, cases[i].status, cases[i].body);
    reel_fault_answer_fail_before (answer, cases[i].before);
    if (cases[i].job_status != NULL)
      reel_script_add_status (world->server, "req_1", cases[i].job_status,
                              cases[i].state == REEL_JOB_NOT_SAVED ? "/none.mp4" : NULL);
    reel_engine_fixture_start (&world->fixture);
    job = reel_engine_fixture_submit (&world->fixture, "A paper boat");
    id = g_strdup (reel_job_get_id (job));
    reel_test_wait (reel_job_get_state (job) == cases[i].state);

    start_again (world);
    job = reel_engine_fixture_find_job (&world->fixture, id);
    g_assert_nonnull (job);
    record = reel_job_get_record (job);
    g_assert_cmpint (record->submission, ==, cases[i].submission);
    g_assert_cmpint (reel_job_get_state (job), ==, cases[i].state);
    g_assert_cmpstr (record->model, ==, "seedance-2.0");
    g_assert_cmpstr (record->prompt, ==, "A paper boat");
    g_assert_cmpuint (record->duration, ==, 4);
    g_assert_cmpint (record->created_at, >=, before);
    g_assert_cmpint (record->sent_at, >=, record->created_at);
    if (record->submission == REEL_SUBMISSION_ACCEPTED)
      g_assert_cmpint (record->accepted_at, >=, record->sent_at);
    else
      g_assert_nonnull (record->error_code);
    reel_engine_fixture_stop (&world->fixture);
  }
}

/* 16: requests that hang hold up neither the others, nor hiding, nor the end. */
static void
test_hanging (ReelSubmitWorld *world, gconstpointer data)
{
  ReelJob *hanging[3], *job;
  gint64 start;

  for (guint i = 0; i < 3; i++)
    reel_fault_answer_fail_before (reel_script_add_accept (world->server, "req_0"), REEL_FAULT_STALL);
  reel_script_add_accept (world->server, "req_1");
  reel_script_add_status (world->server, "req_1", "processing", NULL);
  reel_engine_fixture_start (&world->fixture);
  for (guint i = 0; i < 3; i++)
    hanging[i] = reel_engine_fixture_submit (&world->fixture, "A paper boat");
  reel_test_wait (reel_script_count_posts (world->server) == 3);

  job = reel_engine_fixture_submit (&world->fixture, "Rain on a street");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_GENERATING);
  reel_engine_hide_job (world->fixture.engine, hanging[0]);
  g_assert_cmpuint (reel_engine_fixture_count_jobs (&world->fixture), ==, 3);
  g_assert_cmpint (reel_job_get_state (hanging[1]), ==, REEL_JOB_SENDING);

  start = g_get_monotonic_time ();
  reel_engine_fixture_stop (&world->fixture);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 15 * G_USEC_PER_SEC);
  g_assert_cmpint (reel_submit_world_count_rows (world, "submission = 'unknown'"), ==, 3);
  g_assert_cmpint (reel_submit_world_count_rows (world, "hidden"), ==, 1);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 4);
}

/* 17: one of ten is refused. */
static void
test_one_of_ten (ReelSubmitWorld *world, gconstpointer data)
{
  guint n_accepted = 0;

  for (guint i = 0; i < 10; i++) {
    g_autofree char *id = g_strdup_printf ("req_%u", i);

    if (i == 2)
      reel_script_add_error (world->server, "POST", REEL_SCRIPT_GENERATIONS, 400, "invalid_request", "No");
    else
      reel_script_add_accept (world->server, id);
    reel_script_add_status (world->server, id, "queued", NULL);
  }
  reel_engine_fixture_start (&world->fixture);
  for (guint i = 0; i < 10; i++)
    reel_engine_fixture_submit (&world->fixture, "A paper boat");
  for (guint i = 0; i < 10; i++) {
    ReelJob *job = reel_engine_fixture_get_job (&world->fixture, i);

    reel_test_wait (reel_submit_world_has_ended (job));
    n_accepted += reel_job_get_record (job)->submission == REEL_SUBMISSION_ACCEPTED;
  }
  g_assert_cmpuint (n_accepted, ==, 9);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 10);
}

/* 18: a refusal stands beside the request in the service's own words, and nothing is asked again. */
static void
test_own_words (ReelSubmitWorld *world, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *code;
  } cases[] = {{400, "invalid_request"}, {401, "unauthorized"}, {402, "insufficient_credits"},
               {404, "not_found"},       {429, "rate_limited"}, {451, "not_here"}};
  ReelTestNetwork *network = reel_test_network_new (TRUE);

  world->fixture.monitor = G_NETWORK_MONITOR (network);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *message = g_strdup_printf ("“%s” it is: try again", cases[i].code);
    guint n_posts = i + 1;
    g_autofree char *id = NULL;
    ReelJob *job;

    reel_fault_server_clear (world->server);
    reel_script_add_models (world->server);
    reel_fault_answer_set_header (
        reel_script_add_error (world->server, "POST", REEL_SCRIPT_GENERATIONS, cases[i].status, cases[i].code, message),
        "Retry-After", "0");
    reel_engine_fixture_start (&world->fixture);
    job = reel_engine_fixture_submit (&world->fixture, "A paper boat");
    id = g_strdup (reel_job_get_id (job));
    reel_test_wait (reel_submit_world_has_ended (job));
    reel_test_network_set_available (network, TRUE);

    start_again (world);
    reel_test_network_set_available (network, TRUE);
    reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
    job = reel_engine_fixture_find_job (&world->fixture, id);
    g_assert_cmpint (reel_job_get_record (job)->submission, ==, REEL_SUBMISSION_REJECTED);
    g_assert_cmpstr (reel_job_get_record (job)->prompt, ==, "A paper boat");
    g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, cases[i].code);
    g_assert_cmpstr (reel_job_get_record (job)->error_message, ==, message);
    g_assert_cmpuint (reel_job_get_record (job)->http_status, ==, cases[i].status);
    g_assert_cmpuint (reel_script_count_posts (world->server), ==, n_posts);
    reel_engine_fixture_stop (&world->fixture);
  }
}

/* 22: whatever becomes of a download, nothing is asked for again that costs. */
static void
test_download_fails (ReelSubmitWorld *world, gconstpointer data)
{
  static const struct
  {
    const char *path;
    guint status;
    gboolean cut;
  } cases[] = {
      {"/gone.mp4", 404, FALSE}, {"/forbidden.mp4", 403, FALSE}, {"/text.mp4", 200, FALSE}, {"/cut.mp4", 200, TRUE}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *id = g_strdup_printf ("req_%u", i);
    ReelFaultAnswer *answer;

    reel_script_add_accept (world->server, id);
    reel_script_add_status (world->server, id, "succeeded", cases[i].path);
    answer =
        reel_fault_server_add (world->server, "GET", cases[i].path, cases[i].status, "<html>This is no video</html>");
    if (cases[i].cut)
      reel_fault_answer_cut (answer, 10, REEL_FAULT_RESET);
  }

  reel_engine_fixture_start (&world->fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    reel_engine_fixture_submit (&world->fixture, "A paper boat");
  for (guint round = 1; round <= 3; round++) {
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
      ReelJob *job = reel_engine_fixture_get_job (&world->fixture, i);

      reel_test_wait (reel_fault_server_count (world->server, "GET", cases[i].path) >= round);
      reel_test_wait (reel_job_get_record (job)->status == REEL_SERVICE_SUCCEEDED);
      g_assert_cmpint (reel_job_get_state (job), !=, REEL_JOB_READY);
    }
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      reel_engine_retry_download (world->fixture.engine, reel_engine_fixture_get_job (&world->fixture, i));
    start_again (world);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      reel_engine_retry_download (world->fixture.engine, reel_engine_fixture_get_job (&world->fixture, i));
  }
  g_assert_cmpuint (reel_fault_server_count (world->server, "POST", NULL), ==, G_N_ELEMENTS (cases));
}

/* 23: a batch of ten is killed on its way. */
static void
test_killed_batch (ReelSubmitWorld *world, gconstpointer data)
{
  ReelEngine *engine;
  ReelJob *held = NULL, *withdrawn = NULL;
  guint n_held = 0, n_unknown = 0, n_posts;

  if (g_test_subprocess ()) {
    world->fixture.poll_interval = 2000; /* those that hang keep their places */
    reel_engine_fixture_start (&world->fixture);
    for (guint i = 0; i < 10; i++) {
      g_autofree char *prompt = g_strdup_printf ("Boat %u", i);

      reel_engine_fixture_submit (&world->fixture, prompt);
    }
    reel_test_wait (reel_submit_world_count_rows (world, "submission = 'sending'") == 3);
    reel_test_wait (reel_submit_world_count_rows (world, "submission = 'recorded'") == 7);
    reel_submit_world_die ();
  }

  for (guint i = 0; i < 10; i++)
    reel_fault_answer_set_hold (reel_script_add_accept (world->server, "req_0"));
  reel_submit_world_run_until_killed (world);
  n_posts = reel_script_count_posts (world->server);
  g_assert_cmpuint (n_posts, <=, 3);

  reel_fault_server_clear (world->server);
  reel_script_add_models (world->server);
  reel_script_add_accept (world->server, "req_1");
  reel_script_add_status (world->server, "req_1", "queued", NULL);
  reel_engine_fixture_start (&world->fixture);
  engine = world->fixture.engine;
  reel_test_wait (reel_engine_get_catalogue (engine) != NULL);
  g_assert_cmpuint (reel_engine_fixture_count_jobs (&world->fixture), ==, 10);
  for (guint i = 0; i < 10; i++) {
    ReelJob *job = reel_engine_fixture_get_job (&world->fixture, i);

    reel_test_wait (reel_submit_world_has_ended (job));
    n_unknown += reel_job_get_state (job) == REEL_JOB_UNKNOWN;
    n_held += reel_job_get_state (job) == REEL_JOB_HELD;
    if (reel_job_get_state (job) == REEL_JOB_HELD) {
      withdrawn = held;
      held = job;
    }
  }
  g_assert_cmpuint (n_unknown, ==, 3);
  g_assert_cmpuint (n_held, ==, 7);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, n_posts);

  /* A click sends one; another takes one back. */
  g_assert_true (reel_engine_send_held (engine, held));
  g_assert_false (reel_engine_send_held (engine, held));
  reel_test_wait (reel_job_get_state (held) == REEL_JOB_WAITING);
  g_assert_true (reel_engine_withdraw_job (engine, withdrawn));
  g_assert_false (reel_engine_send_held (engine, withdrawn));
  reel_test_wait (reel_job_get_state (withdrawn) == REEL_JOB_FAILED);
  g_assert_cmpstr (reel_job_get_record (withdrawn)->error_code, ==, REEL_JOB_WITHDRAWN);
  start_again (world);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, n_posts + 1);
  reel_engine_fixture_stop (&world->fixture);
  g_assert_cmpint (reel_submit_world_count_rows (world, "held"), ==, 5);
}

int
main (int argc, char **argv)
{
  g_autoptr (ReelTestResolver) resolver = NULL;

  g_test_init (&argc, &argv, NULL);
  resolver = reel_test_resolver_install ();

#define ADD(path, function)                                                                                            \
  g_test_add (path, ReelSubmitWorld, NULL, reel_submit_world_set_up, function, reel_submit_world_tear_down)
  ADD ("/never-again/01-connection-breaks", test_connection_breaks);
  ADD ("/never-again/02-only-what-never-left", test_only_what_never_left);
  ADD ("/never-again/03-killed-while-processing", test_killed_while_processing);
  ADD ("/never-again/09-written-at-once", test_written_at_once);
  ADD ("/never-again/09-killed-after-the-click", test_killed_after_the_click);
  ADD ("/never-again/10-always-an-entry", test_always_an_entry);
  ADD ("/never-again/16-hanging", test_hanging);
  ADD ("/never-again/17-one-of-ten", test_one_of_ten);
  ADD ("/never-again/18-own-words", test_own_words);
  ADD ("/never-again/22-download-fails", test_download_fails);
  ADD ("/never-again/23-killed-batch", test_killed_batch);
#undef ADD

  return g_test_run ();
}
