#include "config.h"

#include "reel-box-probe.h"
#include "reel-engine-fixture.h"
#include "reel-error.h"
#include "reel-service-script.h"
#include "reel-test-network.h"
#include "reel-test.h"

#include <string.h>

/* Failures that users of other clients paid for, as far as they are about the result of a job that the service has
 * accepted. Each number is one failure; nothing of it may cause a second submission. */

#define SIZE   (300 << 10)
#define HOUR   (3600 * (gint64)G_USEC_PER_SEC)
#define STATUS REEL_SCRIPT_GENERATIONS "/req_1"
#define CANCEL STATUS "/cancel"

typedef struct
{
  ReelEngineFixture fixture;
  ReelFaultServer *server;
  GBytes *video;
} World;

static void
set_up (World *world, gconstpointer data)
{
  reel_engine_fixture_init (&world->fixture);
  world->server = reel_fault_server_new (NULL);
  world->fixture.base_url = reel_fault_server_get_base_url (world->server);
  world->video = reel_box_probe_make_video (SIZE);
  reel_script_add_models (world->server);
}

static void
tear_down (World *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 0);
  g_bytes_unref (world->video);
  g_object_unref (world->server);
}

static ReelFaultAnswer *
add_video (World *world)
{
  ReelFaultAnswer *answer = reel_script_add_file (world->server, "/v.mp4", world->video);

  reel_fault_answer_set_ranges (answer);

  return answer;
}

static guint
count_downloads (World *world)
{
  return reel_fault_server_count (world->server, "GET", "/v.mp4");
}

static const char *
get_header (World *world, guint index, const char *name)
{
  const ReelFaultRequest *request = reel_fault_server_get_request (world->server, "GET", "/v.mp4", index);

  g_assert_nonnull (request);

  return reel_fault_request_get_header (request, name);
}

/* An engine with a job of an earlier run that the service accepted; with a path it is finished, and its video there. */
static ReelJob *
start (World *world, const char *path)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, "12345678-job", "req_1");

  if (path != NULL) {
    record->status = REEL_SERVICE_SUCCEEDED;
    record->file_state = REEL_FILE_DOWNLOADING;
    record->output_url = g_strconcat (reel_fault_server_get_base_url (world->server), path, NULL);
  }
  reel_engine_fixture_write (&world->fixture, record);
  reel_engine_fixture_start (&world->fixture);

  return reel_engine_fixture_get_job (&world->fixture, 0);
}

static ReelJob *
restart (World *world)
{
  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_start (&world->fixture);

  return reel_engine_fixture_get_job (&world->fixture, 0);
}

/* The script from now on. */
static void
change_script (World *world)
{
  reel_fault_server_clear (world->server);
  reel_script_add_models (world->server);
}

static void
assert_saved (World *world, ReelJob *job)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *contents = NULL, *names = NULL, *name = NULL;
  gsize length;

  reel_test_wait_for (60, reel_job_get_state (job) == REEL_JOB_READY);
  file = reel_job_dup_file (job);
  g_assert_true (g_file_load_contents (file, NULL, &contents, &length, NULL, NULL));
  g_assert_cmpmem (contents, length, g_bytes_get_data (world->video, NULL), g_bytes_get_size (world->video));
  names = reel_engine_fixture_list_library (&world->fixture);
  name = g_file_get_basename (file);
  g_assert_cmpstr (names, ==, name);
}

/* Nothing in the library folder looks like a video. */
static void
assert_nothing_shown (World *world)
{
  g_autofree char *names = reel_engine_fixture_list_library (&world->fixture);

  g_assert_null (strstr (names, ".mp4"));
}

static void
on_progress (ReelJob *job, GParamSpec *pspec, gpointer data)
{
  g_array_append_vals (data, &(double){reel_job_get_progress (job)}, 1);
}

/* Each time half of what is missing comes. */
static void
test_05_cut_three_times (World *world, gconstpointer data)
{
  g_autoptr (GArray) progress = g_array_new (FALSE, FALSE, sizeof (double));
  double most = 0;
  ReelJob *job;

  for (guint i = 0; i < 3; i++)
    reel_fault_answer_cut (add_video (world), SIZE >> (i + 1), i % 2 != 0 ? REEL_FAULT_CLOSE : REEL_FAULT_RESET);
  add_video (world);
  job = start (world, "/v.mp4");
  g_signal_connect (job, "notify::progress", G_CALLBACK (on_progress), progress);
  assert_saved (world, job);

  g_assert_cmpuint (count_downloads (world), ==, 4);
  g_assert_null (get_header (world, 0, "range"));
  for (guint i = 1; i < 4; i++) {
    g_assert_nonnull (get_header (world, i, "range"));
    g_assert_cmpstr (get_header (world, i, "if-range"), ==, "\"v1\"");
  }
  /* It goes up only, and is not known any more when it is over. */
  for (guint i = 0; i + 1 < progress->len; i++) {
    g_assert_cmpfloat (g_array_index (progress, double, i), >=, most);
    most = g_array_index (progress, double, i);
  }
  g_assert_cmpfloat (most, ==, 1);
  g_assert_cmpfloat (reel_job_get_progress (job), ==, -1);
}

/* Half of what Content-Length says comes each time, from a server without ranges: it is never shown as saved. */
static void
test_06_shorter_than_length (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_fault_answer_cut (reel_script_add_file (world->server, "/v.mp4", world->video), SIZE / 2, REEL_FAULT_CLOSE);
  job = start (world, "/v.mp4");
  reel_test_wait (count_downloads (world) >= 4);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_DOWNLOADING);
  g_assert_null (reel_job_dup_file (job));
  assert_nothing_shown (world);

  change_script (world);
  reel_script_add_file (world->server, "/v.mp4", world->video);
  assert_saved (world, job);
}

/* No length and half a body: only the container shows that something is missing. */
static void
test_06_short_without_length (World *world, gconstpointer data)
{
  ReelFaultAnswer *answer = reel_script_add_file (world->server, "/v.mp4", world->video);

  reel_fault_answer_set_no_length (answer);
  reel_fault_answer_cut (answer, SIZE / 2, REEL_FAULT_CLOSE);
  add_video (world);
  assert_saved (world, start (world, "/v.mp4"));
  g_assert_cmpuint (count_downloads (world), ==, 2);
}

static void
test_06_always_short (World *world, gconstpointer data)
{
  ReelFaultAnswer *answer = reel_script_add_file (world->server, "/v.mp4", world->video);
  ReelJob *job;

  reel_fault_answer_set_no_length (answer);
  reel_fault_answer_cut (answer, SIZE / 2, REEL_FAULT_CLOSE);
  job = start (world, "/v.mp4");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_NOT_SAVED);
  g_assert_nonnull (reel_job_get_record (job)->file_error);
  g_assert_null (reel_job_dup_file (job));
  g_assert_cmpuint (count_downloads (world), ==, 3);
  assert_nothing_shown (world);
}

/* The network is down for the whole of processing, long enough that attempts have become rare. Several jobs, so that
 * none is saved in time by chance. */
static void
test_07_offline (World *world, gconstpointer data)
{
  ReelTestNetwork *network = reel_test_network_new (FALSE);
  gint64 back;

  for (guint i = 0; i < 6; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i);

    reel_engine_fixture_write (&world->fixture, reel_engine_fixture_make_record (&world->fixture, id, "req_1"));
  }
  world->fixture.monitor = G_NETWORK_MONITOR (network);
  world->fixture.poll_interval = 100;
  reel_fault_server_set_accept_fault (world->server, REEL_FAULT_RESET);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  add_video (world);
  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (reel_fault_server_count_connections (world->server) >= 6 * 7);

  reel_fault_server_set_accept_fault (world->server, REEL_FAULT_NONE);
  back = g_get_monotonic_time ();
  reel_test_network_set_available (network, TRUE);
  for (guint i = 0; i < 6; i++) {
    ReelJob *job = reel_engine_fixture_get_job (&world->fixture, i);

    reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  }
  /* By their own pauses it would be 6 s for the last of them. */
  g_assert_cmpint (g_get_monotonic_time () - back, <, 3 * G_USEC_PER_SEC);
}

static void
test_08_a_hundred_errors (World *world, gconstpointer data)
{
  ReelJob *job;

  for (guint i = 0; i < 100; i++)
    reel_script_add_error (world->server, "GET", STATUS, 500 + i % 5, "internal_error", "No");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  add_video (world);
  world->fixture.poll_interval = 1;
  job = start (world, NULL);
  reel_test_wait (reel_job_get_record (job)->error_code != NULL);
  g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, "internal_error");
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_WAITING);
  assert_saved (world, job);
  g_assert_null (reel_job_get_record (job)->error_code);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 101);
}

/* The address has expired and the network is off: what was saved is there, and nobody is asked for it. */
static void
test_11_saved_is_there (World *world, gconstpointer data)
{
  ReelJob *job;

  add_video (world);
  assert_saved (world, start (world, "/v.mp4"));
  change_script (world);
  world->fixture.monitor = G_NETWORK_MONITOR (reel_test_network_new (FALSE));
  job = restart (world);
  reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
  assert_saved (world, job);

  /* Whatever a person presses. */
  reel_engine_retry_download (world->fixture.engine, job);
  reel_engine_check_again (world->fixture.engine, job);
  reel_engine_check_file (world->fixture.engine, job);
  reel_engine_refresh_catalogue (world->fixture.engine);
  reel_test_wait (!reel_engine_get_catalogue_loading (world->fixture.engine));
  assert_saved (world, restart (world));
  g_assert_cmpuint (count_downloads (world), ==, 1);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 0);
}

/* It begins by itself. */
static void
test_12_begins_at_once (World *world, gconstpointer data)
{
  ReelJob *job;
  gint64 finished;

  reel_script_add_status (world->server, "req_1", "processing", NULL);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_fault_answer_set_hold (add_video (world));
  job = start (world, NULL);
  reel_test_wait (reel_job_get_record (job)->status == REEL_SERVICE_SUCCEEDED);
  finished = g_get_monotonic_time ();
  reel_test_wait (count_downloads (world) == 1);
  g_assert_cmpint (g_get_monotonic_time () - finished, <, 5 * G_USEC_PER_SEC);
  reel_fault_server_release (world->server);
  assert_saved (world, job);
}

static void
test_12_fresh_address (World *world, gconstpointer data)
{
  reel_fault_server_add (world->server, "GET", "/old.mp4", GPOINTER_TO_UINT (data), "Gone");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  add_video (world);
  assert_saved (world, start (world, "/old.mp4"));
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 1);
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/old.mp4"), ==, 1);
}

/* The service knows no other address: it is asked once, and then a person sees what is wrong. */
static void
test_12_no_fresh_address (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_fault_server_add (world->server, "GET", "/v.mp4", GPOINTER_TO_UINT (data), "Expired");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  job = start (world, "/v.mp4");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_NOT_SAVED);
  g_assert_nonnull (reel_job_get_record (job)->file_error);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 1);
  g_assert_cmpuint (count_downloads (world), ==, 2);
}

/* The cancel is refused: the polling goes on, the video is saved, and the job says what was refused, for ever. */
static void
test_13_cancel_refused (World *world, gconstpointer data)
{
  guint http_status = GPOINTER_TO_UINT (data), n;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReelJob *job;

  reel_script_add_status (world->server, "req_1", "processing", NULL);
  reel_script_add_error (world->server, "POST", CANCEL, http_status, "invalid_request", "Too late to cancel");
  job = start (world, NULL);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_GENERATING);
  reel_engine_cancel_job_async (world->fixture.engine, job, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_false (reel_engine_cancel_job_finish (world->fixture.engine, result, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_INVALID_REQUEST);
  g_clear_object (&result);
  reel_test_wait (reel_job_get_record (job)->cancel_error != NULL);
  g_assert_cmpstr (reel_job_get_record (job)->cancel_error, ==, "Too late to cancel");
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_GENERATING);
  n = reel_script_count_status (world->server, "req_1");
  reel_test_wait (reel_script_count_status (world->server, "req_1") >= n + 2);

  change_script (world);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  add_video (world);
  assert_saved (world, job);
  g_assert_cmpstr (reel_job_get_record (restart (world))->cancel_error, ==, "Too late to cancel");
}

static void
fail_if_any_progress (ReelJob *job, GParamSpec *pspec, gpointer data)
{
  g_assert_not_reached ();
}

/* Two hours in processing: it is asked about on and on, and no number is invented. */
static void
test_15_two_hours (World *world, gconstpointer data)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, "job", "req_1");
  gulong handler;
  ReelJob *job;

  record->created_at = record->sent_at = record->accepted_at = record->started_at = g_get_real_time () - 2 * HOUR;
  record->status = REEL_SERVICE_PROCESSING;
  reel_engine_fixture_write (&world->fixture, record);
  reel_script_add_status (world->server, "req_1", "processing", NULL);
  world->fixture.poll_interval = 1;
  reel_engine_fixture_start (&world->fixture);
  job = reel_engine_fixture_get_job (&world->fixture, 0);
  handler = g_signal_connect (job, "notify::progress", G_CALLBACK (fail_if_any_progress), NULL);
  reel_test_wait (reel_script_count_status (world->server, "req_1") >= 5);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_GENERATING);
  g_assert_cmpfloat (reel_job_get_progress (job), ==, -1);
  g_signal_handler_disconnect (job, handler);

  change_script (world);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  add_video (world);
  assert_saved (world, job);
}

static void
test_19_private_addresses (World *world, gconstpointer data)
{
  static const char *const urls[] = {
      "http://example.com/a.png",     "https://localhost/a.png",     "https://10.0.0.1/a.png",
      "https://172.16.3.4/a.png",     "https://192.168.1.9/a.png",   "https://169.254.1.1/a.png",
      "https://127.0.0.1/a.png",      "https://[::1]/a.png",         "https://[fe80::1]/a.png",
      "https://[fd12:3456::1]/a.png", "https://printer.local/a.png", "file:///etc/passwd"};
  ReelEngineFixture *fixture = &world->fixture;

  reel_engine_fixture_start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++) {
    g_autoptr (ReelRequest) request =
        g_object_new (REEL_TYPE_REQUEST, "model", "seedance-2.0", "prompt", "A paper boat", NULL);
    g_autoptr (ReelRequest) calling = reel_request_copy (request);
    g_autoptr (ReelReference) reference = reel_reference_new (urls[i]);
    ReelJob *job;

    g_test_message ("%s", urls[i]);
    g_list_store_append (reel_request_get_references (request), reference);
    job = reel_engine_submit (fixture->engine, request);
    reel_test_wait (reel_job_get_state (job) != REEL_JOB_SENDING);
    g_assert_cmpint (reel_job_get_record (job)->submission, ==, REEL_SUBMISSION_REJECTED);
    g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, "invalid_request");

    reel_request_set_webhook_url (calling, urls[i]);
    job = reel_engine_submit (fixture->engine, calling);
    reel_test_wait (reel_job_get_state (job) != REEL_JOB_SENDING);
    g_assert_cmpint (reel_job_get_record (job)->submission, ==, REEL_SUBMISSION_REJECTED);
  }
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 0);
}

int
main (int argc, char **argv)
{
  static const guint gone[] = {403, 404, 410};

  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/never-again/" path, World, NULL, set_up, function, tear_down)
  ADD ("05-cut-three-times", test_05_cut_three_times);
  ADD ("06-shorter-than-length", test_06_shorter_than_length);
  ADD ("06-short-without-length", test_06_short_without_length);
  ADD ("06-always-short", test_06_always_short);
  ADD ("07-offline", test_07_offline);
  ADD ("08-a-hundred-errors", test_08_a_hundred_errors);
  ADD ("11-saved-is-there", test_11_saved_is_there);
  ADD ("12-begins-at-once", test_12_begins_at_once);
  ADD ("15-two-hours", test_15_two_hours);
  ADD ("19-private-addresses", test_19_private_addresses);
#undef ADD
  for (guint i = 0; i < G_N_ELEMENTS (gone); i++) {
    g_autofree char *fresh = g_strdup_printf ("/never-again/12-fresh-address/%u", gone[i]);
    g_autofree char *none = g_strdup_printf ("/never-again/12-no-fresh-address/%u", gone[i]);

    g_test_add (fresh, World, GUINT_TO_POINTER (gone[i]), set_up, test_12_fresh_address, tear_down);
    g_test_add (none, World, GUINT_TO_POINTER (gone[i]), set_up, test_12_no_fresh_address, tear_down);
  }
  g_test_add ("/never-again/13-cancel-refused/400", World, GUINT_TO_POINTER (400), set_up, test_13_cancel_refused,
              tear_down);
  g_test_add ("/never-again/13-cancel-refused/409", World, GUINT_TO_POINTER (409), set_up, test_13_cancel_refused,
              tear_down);

  return g_test_run ();
}
