#include "config.h"

#include "reel-engine-fixture.h"
#include "reel-send-queue.h"
#include "reel-service-script.h"
#include "reel-test-network.h"
#include "reel-test.h"

#include <string.h>

/* Whose turn it is to be sent, alone and in the engine; and how a job leaves the line. */
typedef struct
{
  ReelEngineFixture fixture;
  ReelFaultServer *server;
  ReelTestNetwork *network; /* the fixture's */
} World;

static void
set_up (World *world, gconstpointer data)
{
  reel_engine_fixture_init (&world->fixture);
  world->server = reel_fault_server_new (NULL);
  world->fixture.base_url = reel_fault_server_get_base_url (world->server);
  world->fixture.poll_interval = 2000; /* what hangs keeps its place for ten seconds */
  world->network = reel_test_network_new (TRUE);
  world->fixture.monitor = G_NETWORK_MONITOR (world->network);
  reel_script_add_models (world->server);
}

static void
tear_down (World *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  g_object_unref (world->server);
}

static gboolean
has_ended (ReelJob *job)
{
  return reel_job_get_state (job) != REEL_JOB_SENDING;
}

static ReelSubmission
get_submission (ReelJob *job)
{
  return reel_job_get_record (job)->submission;
}

/* Runs all that can run without waiting for anything. */
static void
run_what_is_ready (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
on_turn (gpointer item, gpointer data)
{
  g_string_append (data, item);
}

#define wait_for_turns(expected) reel_test_wait (strcmp (turns->str, expected) == 0)

static void
test_lines (void)
{
  g_autoptr (GString) turns = g_string_new (NULL);
  ReelSendQueue *queue = reel_send_queue_new (G_USEC_PER_SEC, on_turn, turns);
  static char a[] = "a", b[] = "b", c[] = "c", d[] = "d", e[] = "e", x[] = "x";

  /* Three at a time, by their tickets, and each account has its own line. */
  reel_send_queue_push (queue, "one", 3, d);
  reel_send_queue_push (queue, "one", 0, a);
  reel_send_queue_push (queue, "one", 2, c);
  reel_send_queue_push (queue, "one", 1, b);
  reel_send_queue_push (queue, "one", 4, e);
  g_assert_cmpstr (turns->str, ==, "");
  wait_for_turns ("abc");
  reel_send_queue_push (queue, "other", 9, x);
  wait_for_turns ("abcx");
  run_what_is_ready ();
  g_assert_cmpstr (turns->str, ==, "abcx");

  /* Who does not wait any more is passed over. */
  reel_send_queue_remove (queue, "one", d);
  reel_send_queue_give_back (queue, "one");
  wait_for_turns ("abcxe");

  /* Without a connection the line waits, and goes at once when there is one. */
  reel_send_queue_give_back (queue, "one");
  reel_send_queue_wait (queue, "one");
  reel_send_queue_push (queue, "one", 5, a);
  reel_send_queue_push (queue, "other", 10, x);
  wait_for_turns ("abcxex");
  run_what_is_ready ();
  g_assert_cmpstr (turns->str, ==, "abcxex");
  reel_send_queue_hurry (queue, "other");
  run_what_is_ready ();
  g_assert_cmpstr (turns->str, ==, "abcxex");
  reel_send_queue_hurry (queue, NULL);
  wait_for_turns ("abcxexa");

  /* Who still waits is not called any more. */
  reel_send_queue_give_back (queue, "one");
  reel_send_queue_push (queue, "one", 6, a);
  reel_send_queue_free (queue);
  run_what_is_ready ();
  g_assert_cmpstr (turns->str, ==, "abcxexa");
}

/* It never gives up, and waits at least the interval each time. */
static void
test_no_end (void)
{
  const gint64 interval = 5 * 1000;
  g_autoptr (GString) turns = g_string_new (NULL);
  ReelSendQueue *queue = reel_send_queue_new (interval, on_turn, turns);
  static char a[] = "a";

  for (guint i = 1; i <= 6; i++) {
    gint64 start = g_get_monotonic_time ();

    reel_send_queue_push (queue, "one", 0, a);
    reel_test_wait (turns->len == i);
    if (i > 1)
      g_assert_cmpint (g_get_monotonic_time () - start, >=, interval);
    reel_send_queue_give_back (queue, "one");
    reel_send_queue_wait (queue, "one");
  }
  reel_send_queue_free (queue);
}

static char *
get_body (World *world, guint index)
{
  const ReelFaultRequest *request =
      reel_fault_server_get_request (world->server, "POST", REEL_SCRIPT_GENERATIONS, index);

  return g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body));
}

static void
test_order (World *world, gconstpointer data)
{
  ReelJob *jobs[6];

  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++) {
    g_autofree char *id = g_strdup_printf ("req_%u", i);

    reel_fault_answer_set_hold (reel_script_add_accept (world->server, id));
    reel_script_add_status (world->server, id, "queued", NULL);
  }
  reel_engine_fixture_start (&world->fixture);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++) {
    g_autofree char *prompt = g_strdup_printf ("Boat %u.", i);

    jobs[i] = reel_engine_fixture_submit (&world->fixture, prompt);
  }

  /* The first three are on their way, in whatever order they come in; the others are written down. */
  reel_test_wait (reel_script_count_posts (world->server) == 3);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    g_assert_cmpint (get_submission (jobs[i]), ==, i < 3 ? REEL_SUBMISSION_SENDING : REEL_SUBMISSION_RECORDED);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *body = get_body (world, i);

    g_assert_true (strstr (body, "Boat 0.") != NULL || strstr (body, "Boat 1.") != NULL ||
                   strstr (body, "Boat 2.") != NULL);
  }

  /* One answer lets one go. */
  for (guint i = 3; i < G_N_ELEMENTS (jobs); i++) {
    g_autofree char *expected = g_strdup_printf ("Boat %u.", i), *body = NULL;

    reel_fault_server_release (world->server);
    reel_test_wait (reel_script_count_posts (world->server) == i + 1);
    body = get_body (world, i);
    g_assert_nonnull (strstr (body, expected));
    g_assert_nonnull (strstr (body, reel_job_get_id (jobs[i])));
  }
  for (guint i = 0; i < 3; i++)
    reel_fault_server_release (world->server);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    reel_test_wait (reel_job_get_state (jobs[i]) == REEL_JOB_WAITING);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 6);
}

typedef struct
{
  guint n_attempts;
  ReelEngine *withdraw; /* the engine, to withdraw the job at its first attempt */
  gboolean withdrawn;
} Watch;

static void
on_changed (ReelJob *job, Watch *watch)
{
  if (get_submission (job) != REEL_SUBMISSION_SENDING)
    return;

  watch->n_attempts++;
  if (watch->withdraw != NULL)
    watch->withdrawn = reel_engine_withdraw_job (watch->withdraw, job);
}

/* Pauses are long; the network that returns ends them. */
static void
test_network_returns (World *world, gconstpointer data)
{
  Watch watch = {0};
  ReelJob *job;

  world->fixture.poll_interval = 10 * 60 * 1000;
  reel_script_add_accept (world->server, "req_1");
  reel_script_add_status (world->server, "req_1", "queued", NULL);
  reel_fault_server_stop (world->server);
  reel_engine_fixture_start (&world->fixture);
  job = reel_engine_fixture_submit (&world->fixture, "A paper boat");
  g_signal_connect (job, "changed", G_CALLBACK (on_changed), &watch);
  for (guint i = 1; i <= 3; i++) {
    reel_test_wait (watch.n_attempts == i && get_submission (job) == REEL_SUBMISSION_RECORDED);
    run_what_is_ready ();
    g_assert_cmpuint (watch.n_attempts, ==, i);
    reel_test_network_set_available (world->network, FALSE);
    run_what_is_ready ();
    g_assert_cmpuint (watch.n_attempts, ==, i);
    reel_test_network_set_available (world->network, TRUE);
  }

  reel_test_wait (watch.n_attempts == 4 && get_submission (job) == REEL_SUBMISSION_RECORDED);
  reel_fault_server_start_again (world->server);
  reel_test_network_set_available (world->network, TRUE);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_WAITING);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 1);
}

static void
assert_withdrawn (ReelJob *job)
{
  reel_test_wait (has_ended (job));
  g_assert_cmpint (get_submission (job), ==, REEL_SUBMISSION_REJECTED);
  g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, REEL_JOB_WITHDRAWN);
  g_assert_cmpint (reel_job_get_record (job)->sent_at, ==, 0);
  g_assert_cmpuint (reel_job_get_record (job)->http_status, ==, 0);
}

static void
test_withdraw (World *world, gconstpointer data)
{
  ReelEngine *engine;
  ReelJob *jobs[3], *waiting, *early, *late, *last;
  Watch watch = {0};

  for (guint i = 0; i < 3; i++)
    reel_fault_answer_set_hold (reel_script_add_accept (world->server, "req_1"));
  reel_script_add_accept (world->server, "req_1");
  reel_script_add_status (world->server, "req_1", "queued", NULL);
  reel_engine_fixture_start (&world->fixture);
  engine = world->fixture.engine;

  /* Before it is written down, and when it is written that it leaves now. */
  early = reel_engine_fixture_submit (&world->fixture, "Early");
  g_assert_true (reel_engine_withdraw_job (engine, early));
  g_assert_false (reel_engine_withdraw_job (engine, early));
  watch.withdraw = engine;
  late = reel_engine_fixture_submit (&world->fixture, "Late");
  g_signal_connect (late, "changed", G_CALLBACK (on_changed), &watch);
  assert_withdrawn (early);
  assert_withdrawn (late);
  g_assert_true (watch.withdrawn);
  run_what_is_ready ();
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 0);

  /* In the line, and on its way. */
  for (guint i = 0; i < 3; i++)
    jobs[i] = reel_engine_fixture_submit (&world->fixture, "A paper boat");
  waiting = reel_engine_fixture_submit (&world->fixture, "Waiting");
  reel_test_wait (reel_script_count_posts (world->server) == 3 && get_submission (waiting) == REEL_SUBMISSION_RECORDED);
  g_assert_true (reel_engine_withdraw_job (engine, waiting));
  g_assert_false (reel_engine_withdraw_job (engine, jobs[0]));
  assert_withdrawn (waiting);
  g_assert_cmpint (get_submission (jobs[0]), ==, REEL_SUBMISSION_SENDING);

  /* The places of the withdrawn are free, and what was on its way is taken. */
  last = reel_engine_fixture_submit (&world->fixture, "Last");
  for (guint i = 0; i < 3; i++)
    reel_fault_server_release (world->server);
  for (guint i = 0; i < 3; i++)
    reel_test_wait (reel_job_get_state (jobs[i]) == REEL_JOB_WAITING);
  reel_test_wait (reel_job_get_state (last) == REEL_JOB_WAITING);
  g_assert_false (reel_engine_withdraw_job (engine, last));
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 4);

  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 4);
}

/* Withdrawn while the connection is being made: it is not tried again. */
static void
test_withdraw_while_connecting (World *world, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "api", "data", "server.pem", NULL);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, NULL);
  g_autoptr (ReelFaultServer) secure = reel_fault_server_new (certificate);
  Watch watch = {0};
  ReelJob *job;

  reel_fault_server_set_accept_fault (secure, REEL_FAULT_STALL);
  world->fixture.base_url = reel_fault_server_get_base_url (secure);
  world->fixture.poll_interval = 20;
  reel_engine_fixture_start (&world->fixture);
  job = reel_engine_fixture_submit (&world->fixture, "A paper boat");
  g_signal_connect (job, "changed", G_CALLBACK (on_changed), &watch);
  /* The other one asks for the models. */
  reel_test_wait (watch.n_attempts == 1 && reel_fault_server_count_stalled (secure) == 2);
  g_assert_false (reel_engine_withdraw_job (world->fixture.engine, job));
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_SENDING);
  reel_fault_server_stop (secure);
  assert_withdrawn (job);
  run_what_is_ready ();
  g_assert_cmpuint (watch.n_attempts, ==, 1);
}

/* What waits when the program ends is not sent; it says so at the next start. */
static void
test_end_while_waiting (World *world, gconstpointer data)
{
  ReelJob *jobs[6];
  guint n_held = 0, n_unknown = 0;

  for (guint i = 0; i < 3; i++)
    reel_fault_answer_fail_before (reel_script_add_accept (world->server, "req_1"), REEL_FAULT_STALL);
  reel_engine_fixture_start (&world->fixture);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    jobs[i] = reel_engine_fixture_submit (&world->fixture, "A paper boat");
  reel_test_wait (reel_script_count_posts (world->server) == 3);
  reel_test_wait (get_submission (jobs[5]) == REEL_SUBMISSION_RECORDED);

  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++) {
    ReelJob *job = reel_engine_fixture_get_job (&world->fixture, i);

    reel_test_wait (has_ended (job));
    n_held += reel_job_get_state (job) == REEL_JOB_HELD;
    n_unknown += reel_job_get_state (job) == REEL_JOB_UNKNOWN;
  }
  g_assert_cmpuint (n_held, ==, 3);
  g_assert_cmpuint (n_unknown, ==, 3);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 3);
}

/* What waits for a connection when the program ends never left: it is held, too. */
static void
test_end_without_connection (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_fault_server_stop (world->server);
  reel_engine_fixture_start (&world->fixture);
  job = reel_engine_fixture_submit (&world->fixture, "A paper boat");
  reel_test_wait (reel_job_get_record (job)->error_code != NULL && get_submission (job) == REEL_SUBMISSION_RECORDED);
  reel_engine_fixture_stop (&world->fixture);

  reel_fault_server_start_again (world->server);
  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
  job = reel_engine_fixture_get_job (&world->fixture, 0);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_HELD);
  g_assert_null (reel_job_get_record (job)->error_code);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 0);
}

/* A held job is looked at as closely as a new one. */
static void
test_held_private_address (World *world, gconstpointer data)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, "job", NULL);
  ReelJob *job;

  record->submission = REEL_SUBMISSION_RECORDED;
  record->status = REEL_SERVICE_NONE;
  record->held = TRUE;
  g_strfreev (record->media_urls);
  record->media_urls = g_strsplit ("https://192.168.1.1/a.png", " ", -1);
  reel_engine_fixture_write (&world->fixture, record);
  reel_engine_fixture_start (&world->fixture);
  job = reel_engine_fixture_get_job (&world->fixture, 0);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_HELD);
  g_assert_true (reel_engine_send_held (world->fixture.engine, job));
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_FAILED);
  g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, "invalid_request");
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 0);
}

/* An address that no key goes to is no missing connection: nobody waits for it. */
static void
test_base_url_not_https (World *world, gconstpointer data)
{
  ReelJob *job;

  world->fixture.base_url = "http://seedance.example";
  reel_engine_fixture_start (&world->fixture);
  job = reel_engine_fixture_submit (&world->fixture, "A paper boat");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_FAILED);
  g_assert_cmpint (get_submission (job), ==, REEL_SUBMISSION_REJECTED);
  g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, "unreachable");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/send-queue/lines", test_lines);
  g_test_add_func ("/engine/send-queue/no-end", test_no_end);
#define ADD(path, function) g_test_add (path, World, NULL, set_up, function, tear_down)
  ADD ("/engine/send-queue/order", test_order);
  ADD ("/engine/send-queue/network-returns", test_network_returns);
  ADD ("/engine/send-queue/withdraw", test_withdraw);
  ADD ("/engine/send-queue/withdraw-while-connecting", test_withdraw_while_connecting);
  ADD ("/engine/send-queue/end-while-waiting", test_end_while_waiting);
  ADD ("/engine/send-queue/end-without-connection", test_end_without_connection);
  ADD ("/engine/send-queue/held-private-address", test_held_private_address);
  ADD ("/engine/send-queue/base-url-not-https", test_base_url_not_https);
#undef ADD

  return g_test_run ();
}
