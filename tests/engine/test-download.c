#include "config.h"

#include "reel-box-probe.h"
#include "reel-engine-fixture.h"
#include "reel-service-script.h"
#include "reel-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define SIZE (300 << 10)

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

static ReelJobRecord *
make_succeeded (World *world, const char *id, const char *url)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, id, "req_1");

  record->status = REEL_SERVICE_SUCCEEDED;
  g_set_str (&record->status_text, "succeeded");
  record->file_state = REEL_FILE_DOWNLOADING;
  record->output_url = g_str_has_prefix (url, "/")
                           ? g_strconcat (reel_fault_server_get_base_url (world->server), url, NULL)
                           : g_strdup (url);

  return record;
}

/* A job of an earlier run whose video is at @url, and the engine. */
static ReelJob *
start (World *world, const char *url)
{
  reel_engine_fixture_write (&world->fixture, make_succeeded (world, "12345678-job", url));
  reel_engine_fixture_start (&world->fixture);

  return reel_engine_fixture_get_job (&world->fixture, 0);
}

static void
assert_saved (World *world, ReelJob *job)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *contents = NULL, *names = NULL, *name = NULL;
  gsize length;

  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  file = reel_job_dup_file (job);
  g_assert_true (g_file_load_contents (file, NULL, &contents, &length, NULL, NULL));
  g_assert_cmpmem (contents, length, g_bytes_get_data (world->video, NULL), g_bytes_get_size (world->video));
  names = reel_engine_fixture_list_library (&world->fixture);
  name = g_file_get_basename (file);
  g_assert_cmpstr (names, ==, name);
  g_assert_null (reel_job_get_record (job)->file_error);
}

static void
assert_not_saved (World *world, ReelJob *job)
{
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_NOT_SAVED);
  g_assert_nonnull (reel_job_get_record (job)->file_error);
  g_assert_null (reel_job_dup_file (job));
}

static gboolean
library_is_empty (World *world)
{
  g_autofree char *names = reel_engine_fixture_list_library (&world->fixture);

  return *names == '\0';
}

static ReelFaultAnswer *
add_video (World *world, const char *path)
{
  ReelFaultAnswer *answer = reel_script_add_file (world->server, path, world->video);

  reel_fault_answer_set_ranges (answer);

  return answer;
}

static const char *
get_header (World *world, guint index, const char *name)
{
  const ReelFaultRequest *request = reel_fault_server_get_request (world->server, "GET", "/v.mp4", index);

  g_assert_nonnull (request);

  return reel_fault_request_get_header (request, name);
}

static void
test_saved (World *world, gconstpointer data)
{
  ReelJob *job;
  const ReelJobRecord *record;
  g_autofree char *digest = NULL;

  add_video (world, "/v.mp4");
  job = start (world, "/v.mp4");
  assert_saved (world, job);
  record = reel_job_get_record (job);
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, world->video);
  g_assert_cmpstr (record->file_sha256, ==, digest);
  g_assert_cmpint (record->file_size, ==, SIZE);
  g_assert_true (g_str_has_suffix (record->file, "/A paper boat 12345678.mp4"));
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 1);
  /* The key is for the service alone. */
  g_assert_null (get_header (world, 0, "authorization"));
}

static void
on_progress (ReelJob *job, GParamSpec *pspec, gpointer data)
{
  g_array_append_vals (data, &(double){reel_job_get_progress (job)}, 1);
}

static void
test_cut_three_times (World *world, gconstpointer data)
{
  g_autoptr (GArray) progress = g_array_new (FALSE, FALSE, sizeof (double));
  double most = 0;
  ReelJob *job;

  for (guint i = 0; i < 3; i++)
    reel_fault_answer_cut (add_video (world, "/v.mp4"), SIZE / 4, i % 2 != 0 ? REEL_FAULT_CLOSE : REEL_FAULT_RESET);
  add_video (world, "/v.mp4");
  reel_engine_fixture_write (&world->fixture, make_succeeded (world, "12345678-job", "/v.mp4"));
  reel_engine_fixture_start (&world->fixture);
  job = reel_engine_fixture_get_job (&world->fixture, 0);
  g_signal_connect (job, "notify::progress", G_CALLBACK (on_progress), progress);
  assert_saved (world, job);

  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 4);
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

/* The server knows no ranges: it begins anew each time. */
static void
test_no_ranges (World *world, gconstpointer data)
{
  reel_fault_answer_cut (reel_script_add_file (world->server, "/v.mp4", world->video), SIZE / 2, REEL_FAULT_CLOSE);
  reel_script_add_file (world->server, "/v.mp4", world->video);
  assert_saved (world, start (world, "/v.mp4"));
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 2);
}

/* The server gives less than was asked for, and says so: nothing broke, and it is not the end. */
static void
test_small_part (World *world, gconstpointer data)
{
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (world->video, SIZE / 2, 1000);
  g_autofree char *range = g_strdup_printf ("bytes %d-%d/%d", SIZE / 2, SIZE / 2 + 999, SIZE);
  g_autofree char *next = g_strdup_printf ("bytes=%d-", SIZE / 2 + 1000);
  ReelFaultAnswer *answer;

  reel_fault_answer_cut (add_video (world, "/v.mp4"), SIZE / 2, REEL_FAULT_CLOSE);
  answer = reel_fault_server_add (world->server, "GET", "/v.mp4", 206, NULL);
  reel_fault_answer_set_body (answer, part);
  reel_fault_answer_set_header (answer, "Content-Range", range);
  reel_fault_answer_set_header (answer, "ETag", "\"v1\"");
  add_video (world, "/v.mp4");
  assert_saved (world, start (world, "/v.mp4"));
  g_assert_cmpstr (get_header (world, 2, "range"), ==, next);
}

/* The video was replaced between two attempts: its parts are not mixed. */
static void
test_another_version (World *world, gconstpointer data)
{
  g_autoptr (GBytes) other = reel_box_probe_make_video (SIZE + 77);
  ReelFaultAnswer *answer = reel_script_add_file (world->server, "/v.mp4", other);

  reel_fault_answer_set_header (answer, "ETag", "\"v0\"");
  reel_fault_answer_cut (answer, SIZE / 2, REEL_FAULT_CLOSE);
  add_video (world, "/v.mp4");
  assert_saved (world, start (world, "/v.mp4"));
}

/* No length and half a body: only the container shows that something is missing. */
static void
test_short_without_length (World *world, gconstpointer data)
{
  ReelFaultAnswer *answer = reel_script_add_file (world->server, "/v.mp4", world->video);

  reel_fault_answer_set_no_length (answer);
  reel_fault_answer_cut (answer, SIZE / 2, REEL_FAULT_CLOSE);
  add_video (world, "/v.mp4");
  assert_saved (world, start (world, "/v.mp4"));
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 2);
}

static void
test_always_short (World *world, gconstpointer data)
{
  ReelFaultAnswer *answer = reel_script_add_file (world->server, "/v.mp4", world->video);

  reel_fault_answer_set_no_length (answer);
  reel_fault_answer_cut (answer, SIZE / 2, REEL_FAULT_CLOSE);
  assert_not_saved (world, start (world, "/v.mp4"));
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 3);
  reel_test_wait (library_is_empty (world));
}

static void
test_server_errors (World *world, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    reel_fault_server_add (world->server, "GET", "/v.mp4", 500 + i, "<html>Later</html>");
  reel_fault_answer_set_header (reel_fault_server_add (world->server, "GET", "/v.mp4", 429, NULL), "Retry-After", "1");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  add_video (world, "/v.mp4");
  assert_saved (world, start (world, "/v.mp4"));
}

static void
test_not_a_video (World *world, gconstpointer data)
{
  g_autoptr (GBytes) page = g_bytes_new_static ("<html>Sign in, please</html>", 28);
  ReelJob *job;

  reel_script_add_file (world->server, "/v.mp4", page);
  job = start (world, "/v.mp4");
  assert_not_saved (world, job);
  reel_test_wait (library_is_empty (world));
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 1);

  /* A person can try again, and it costs nothing. */
  reel_fault_server_clear (world->server);
  add_video (world, "/v.mp4");
  reel_engine_retry_download (world->fixture.engine, job);
  assert_saved (world, job);
}

static void
test_fresh_address (World *world, gconstpointer data)
{
  guint status = GPOINTER_TO_UINT (data);

  reel_fault_server_add (world->server, "GET", "/old.mp4", status, "Gone");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  add_video (world, "/v.mp4");
  assert_saved (world, start (world, "/old.mp4"));
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 1);
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/old.mp4"), ==, 1);
}

static void
test_no_fresh_address (World *world, gconstpointer data)
{
  reel_fault_server_add (world->server, "GET", "/v.mp4", 403, "Expired");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  assert_not_saved (world, start (world, "/v.mp4"));
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 1);
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 2);
}

/* The host is gone, as the sandbox of the last run is: the service says where the video is now. */
static void
test_host_is_gone (World *world, gconstpointer data)
{
  g_autoptr (ReelFaultServer) gone = reel_fault_server_new (NULL);
  g_autofree char *url = g_strconcat (reel_fault_server_get_base_url (gone), "/v.mp4", NULL);

  reel_fault_server_stop (gone);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  add_video (world, "/v.mp4");
  assert_saved (world, start (world, url));
}

static void
test_hostile_address (World *world, gconstpointer data)
{
  reel_script_add_status_url (world->server, "req_1", "succeeded", data);
  assert_not_saved (world, start (world, data));
  reel_test_wait (library_is_empty (world));
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 1);
}

static void
test_no_address (World *world, gconstpointer data)
{
  ReelJobRecord *record = make_succeeded (world, "12345678-job", "/v.mp4");
  ReelJob *job;

  g_clear_pointer (&record->output_url, g_free);
  reel_engine_fixture_write (&world->fixture, record);
  reel_script_add_status (world->server, "req_1", "succeeded", NULL);
  reel_engine_fixture_start (&world->fixture);
  job = reel_engine_fixture_get_job (&world->fixture, 0);
  assert_not_saved (world, job);

  reel_fault_server_clear (world->server);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  add_video (world, "/v.mp4");
  reel_engine_retry_download (world->fixture.engine, job);
  assert_saved (world, job);
}

static void
test_name_is_taken (World *world, gconstpointer data)
{
  g_autofree char *taken =
      g_build_filename (g_file_peek_path (world->fixture.library), "A paper boat 12345678.mp4", NULL);
  g_autofree char *contents = NULL;
  ReelJob *job;

  g_assert_cmpint (g_mkdir_with_parents (g_file_peek_path (world->fixture.library), 0755), ==, 0);
  g_assert_true (g_file_set_contents (taken, "precious", -1, NULL));
  add_video (world, "/v.mp4");
  job = start (world, "/v.mp4");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_true (g_str_has_suffix (reel_job_get_record (job)->file, "/A paper boat 12345678 (2).mp4"));
  g_assert_true (g_file_get_contents (taken, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "precious");
}

/* The end of the program in the middle: the next run brings it home. */
static void
test_restart (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_fault_answer_cut (add_video (world, "/v.mp4"), SIZE / 2, REEL_FAULT_STALL);
  job = start (world, "/v.mp4");
  reel_test_wait (reel_job_get_progress (job) > 0.3);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_DOWNLOADING);
  reel_engine_fixture_stop (&world->fixture);

  reel_fault_server_clear (world->server);
  reel_script_add_models (world->server);
  add_video (world, "/v.mp4");
  reel_engine_fixture_start (&world->fixture);
  assert_saved (world, reel_engine_fixture_get_job (&world->fixture, 0));
}

static void
test_three_at_once (World *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) tested = NULL;

  for (guint i = 0; i < 5; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i), *path = g_strdup_printf ("/v%u.mp4", i);

    reel_fault_answer_set_hold (add_video (world, path));
    reel_engine_fixture_write (&world->fixture, make_succeeded (world, id, path));
  }
  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (reel_fault_server_count (world->server, "GET", "/v*") == 3);
  /* A request that begins now and comes back: whatever began before it has come in. */
  reel_engine_test_account_async (world->fixture.engine, world->fixture.base_url, world->fixture.key, NULL,
                                  reel_test_store_result, &tested);
  reel_test_wait (tested != NULL);
  g_clear_object (&tested);
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v*"), ==, 3);

  for (guint i = 0; i < 5; i++)
    reel_fault_server_release (world->server);
  for (guint i = 0; i < 5; i++) {
    ReelJob *job = reel_engine_fixture_get_job (&world->fixture, i);

    reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  }
}

static void
test_no_folder (World *world, gconstpointer data)
{
  ReelJob *job;

  g_clear_object (&world->fixture.library);
  world->fixture.library = g_file_new_for_path ("/proc/nowhere");
  add_video (world, "/v.mp4");
  job = start (world, "/v.mp4");
  assert_not_saved (world, job);
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 0);

  g_clear_object (&world->fixture.library);
  world->fixture.library = g_file_new_build_filename (world->fixture.folder, "other", NULL);
  reel_engine_set_library (world->fixture.engine, world->fixture.library);
  reel_engine_retry_download (world->fixture.engine, job);
  assert_saved (world, job);
}

static void
set_most_bytes (rlim_t bytes)
{
  struct rlimit limit = {bytes, RLIM_INFINITY};

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_full_disk (void)
{
  World world = {0};
  ReelJob *job;

  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed ();
    return;
  }

  set_up (&world, NULL);
  add_video (&world, "/v.mp4");
  reel_engine_fixture_write (&world.fixture, make_succeeded (&world, "12345678-job", "/v.mp4"));
  set_most_bytes (SIZE / 2);
  reel_engine_fixture_start (&world.fixture);
  job = reel_engine_fixture_get_job (&world.fixture, 0);
  assert_not_saved (&world, job);
  reel_test_wait (library_is_empty (&world));

  set_most_bytes (RLIM_INFINITY);
  reel_engine_retry_download (world.fixture.engine, job);
  assert_saved (&world, job);
  tear_down (&world, NULL);
}

/* The engine goes in the middle of a download, and nobody waits for it. */
static void
test_dropped (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_fault_answer_cut (add_video (world, "/v.mp4"), SIZE / 2, REEL_FAULT_STALL);
  job = start (world, "/v.mp4");
  reel_test_wait (reel_job_get_progress (job) > 0.3);
  g_assert_finalize_object (g_steal_pointer (&world->fixture.engine));
}

/* A saved video is there without the service: nothing is asked. */
static void
test_saved_stays (World *world, gconstpointer data)
{
  ReelJob *job;

  add_video (world, "/v.mp4");
  job = start (world, "/v.mp4");
  assert_saved (world, job);
  reel_engine_fixture_stop (&world->fixture);
  reel_fault_server_clear (world->server);
  reel_script_add_models (world->server);

  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
  assert_saved (world, reel_engine_fixture_get_job (&world->fixture, 0));
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 1);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 0);
}

int
main (int argc, char **argv)
{
  static const char *const hostile[][2] = {{"file", "file:///etc/passwd"},
                                           {"data", "data:video/mp4;base64,AAAA"},
                                           {"http", "http://files.example/v.mp4"},
                                           {"none", "no address"}};

  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, World, NULL, set_up, function, tear_down)
  ADD ("/engine/download/saved", test_saved);
  ADD ("/engine/download/cut-three-times", test_cut_three_times);
  ADD ("/engine/download/no-ranges", test_no_ranges);
  ADD ("/engine/download/small-part", test_small_part);
  ADD ("/engine/download/another-version", test_another_version);
  ADD ("/engine/download/short-without-length", test_short_without_length);
  ADD ("/engine/download/always-short", test_always_short);
  ADD ("/engine/download/server-errors", test_server_errors);
  ADD ("/engine/download/not-a-video", test_not_a_video);
  ADD ("/engine/download/no-fresh-address", test_no_fresh_address);
  ADD ("/engine/download/host-is-gone", test_host_is_gone);
  ADD ("/engine/download/no-address", test_no_address);
  ADD ("/engine/download/name-is-taken", test_name_is_taken);
  ADD ("/engine/download/restart", test_restart);
  ADD ("/engine/download/three-at-once", test_three_at_once);
  ADD ("/engine/download/no-folder", test_no_folder);
  ADD ("/engine/download/dropped", test_dropped);
  ADD ("/engine/download/saved-stays", test_saved_stays);
#undef ADD
  g_test_add_func ("/engine/download/full-disk", test_full_disk);
  g_test_add ("/engine/download/fresh-address/403", World, GUINT_TO_POINTER (403), set_up, test_fresh_address,
              tear_down);
  g_test_add ("/engine/download/fresh-address/404", World, GUINT_TO_POINTER (404), set_up, test_fresh_address,
              tear_down);
  g_test_add ("/engine/download/fresh-address/410", World, GUINT_TO_POINTER (410), set_up, test_fresh_address,
              tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++) {
    g_autofree char *path = g_strconcat ("/engine/download/hostile-address/", hostile[i][0], NULL);

    g_test_add (path, World, hostile[i][1], set_up, test_hostile_address, tear_down);
  }

  return g_test_run ();
}
