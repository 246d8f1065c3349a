#include "config.h"

#include "reel-box-probe.h"
#include "reel-engine-fixture.h"
#include "reel-service-script.h"
#include "reel-small-disk.h"
#include "reel-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>
#include <utime.h>

#define SIZE (300 << 10)

typedef struct
{
  ReelEngineFixture fixture;
  ReelFaultServer *server;
  GBytes *video;
} World;

static void
set_up_service (World *world)
{
  world->server = reel_fault_server_new (NULL);
  world->fixture.base_url = reel_fault_server_get_base_url (world->server);
  world->video = reel_box_probe_make_video (SIZE);
  reel_script_add_models (world->server);
}

static void
set_up (World *world, gconstpointer data)
{
  reel_engine_fixture_init (&world->fixture);
  set_up_service (world);
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

/* Nothing is in the library folder but, maybe, what is kept aside of what is no video. */
static void
assert_no_video (World *world, gboolean aside)
{
  g_autofree char *names = reel_engine_fixture_list_library (&world->fixture);

  g_assert_cmpstr (names, ==, aside ? ".seedreel-aside" : "");
}

static ReelFaultAnswer *
add_video (World *world, const char *path)
{
  ReelFaultAnswer *answer = reel_script_add_file (world->server, path, world->video);

  reel_fault_answer_set_ranges (answer);

  return answer;
}

/* Asks for something else and waits for its answer: whatever began before has come in then. */
static void
ask_for_models (World *world)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_engine_test_account_async (world->fixture.engine, world->fixture.base_url, NULL, world->fixture.key, NULL,
                                  reel_test_store_result, &result);
  reel_test_wait (result != NULL);
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

/* What came and is no video is never shown as one; it is kept aside for a person to look into. */
static void
test_not_a_video (World *world, gconstpointer data)
{
  const char *page = data;
  g_autoptr (GBytes) body = g_bytes_new_static (page, strlen (page));
  g_autofree char *contents = NULL, *aside = NULL, *wanted = NULL;
  ReelJob *job;

  reel_script_add_file (world->server, "/v.mp4", body);
  job = start (world, "/v.mp4");
  assert_not_saved (world, job);
  assert_no_video (world, TRUE);
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 1);
  aside = g_strdup (reel_job_get_record (job)->file_aside);
  wanted = g_build_filename (g_file_peek_path (world->fixture.library), ".seedreel-aside",
                             "A paper boat 12345678.aside", NULL);
  g_assert_cmpstr (aside, ==, wanted);
  g_assert_true (g_file_get_contents (aside, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, page);

  /* A person can try again, and it costs nothing. */
  reel_fault_server_clear (world->server);
  add_video (world, "/v.mp4");
  reel_engine_retry_download (world->fixture.engine, job);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_null (reel_job_get_record (job)->file_aside);
  reel_test_wait (!g_file_test (aside, G_FILE_TEST_EXISTS));
}

static void
test_aside_is_purged (World *world, gconstpointer data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autofree char *aside = NULL;
  ReelJob *job;

  reel_script_add_file (world->server, "/v.mp4", body);
  job = start (world, "/v.mp4");
  assert_not_saved (world, job);
  aside = g_strdup (reel_job_get_record (job)->file_aside);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  reel_engine_fixture_delete (&world->fixture, job);
  reel_test_wait (!g_file_test (aside, G_FILE_TEST_EXISTS));
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
  assert_no_video (world, FALSE);
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

static void
write_part (World *world, const char *id, gconstpointer contents, gsize length)
{
  g_autofree char *name = g_strdup_printf (".%s.part", id);
  g_autofree char *path = g_build_filename (g_file_peek_path (world->fixture.library), name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (g_file_peek_path (world->fixture.library), 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, contents, length, NULL));
}

/* The end of the program in the middle: the next run goes on where it was. */
static void
test_restart (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_fault_answer_cut (add_video (world, "/v.mp4"), SIZE / 2, REEL_FAULT_STALL);
  job = start (world, "/v.mp4");
  reel_test_wait (reel_job_get_progress (job) > 0.3);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_DOWNLOADING);
  reel_test_wait (reel_job_get_record (job)->part_size == SIZE);
  g_assert_cmpstr (reel_job_get_record (job)->part_etag, ==, "\"v1\"");
  reel_engine_fixture_stop (&world->fixture);

  reel_fault_server_clear (world->server);
  reel_script_add_models (world->server);
  add_video (world, "/v.mp4");
  reel_engine_fixture_start (&world->fixture);
  job = reel_engine_fixture_get_job (&world->fixture, 0);
  assert_saved (world, job);
  g_assert_true (g_str_has_prefix (get_header (world, 1, "range"), "bytes="));
  g_assert_cmpstr (get_header (world, 1, "range"), !=, "bytes=0-");
  g_assert_cmpstr (get_header (world, 1, "if-range"), ==, "\"v1\"");
  g_assert_cmpint (reel_job_get_record (job)->part_size, ==, 0);
  g_assert_null (reel_job_get_record (job)->part_etag);
}

/* The program is killed in the middle, without a chance to say anything. */
static void
test_killed (World *world, gconstpointer data)
{
  ReelEngineFixture *fixture = &world->fixture;
  ReelJob *job;

  if (g_test_subprocess ()) {
    fixture->base_url = g_getenv ("REEL_TEST_BASE_URL");
    g_set_str (&fixture->store_path, g_getenv ("REEL_TEST_STORE_PATH"));
    g_set_object (&fixture->library, g_file_new_for_path (g_getenv ("REEL_TEST_LIBRARY")));
    reel_engine_fixture_start (fixture);
    job = reel_engine_fixture_get_job (fixture, 0);
    reel_test_wait (reel_job_get_progress (job) > 0.3 && reel_job_get_record (job)->part_size > 0);
    kill (getpid (), SIGKILL);
  }

  reel_fault_answer_cut (add_video (world, "/v.mp4"), SIZE / 2, REEL_FAULT_STALL);
  add_video (world, "/v.mp4");
  reel_engine_fixture_write (fixture, make_succeeded (world, "12345678-job", "/v.mp4"));
  g_setenv ("REEL_TEST_STORE_PATH", fixture->store_path, TRUE);
  g_setenv ("REEL_TEST_BASE_URL", fixture->base_url, TRUE);
  g_setenv ("REEL_TEST_LIBRARY", g_file_peek_path (fixture->library), TRUE);
  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_assert_false (g_test_trap_has_passed ());
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 1);

  reel_engine_fixture_start (fixture);
  assert_saved (world, reel_engine_fixture_get_job (fixture, 0));
  g_assert_nonnull (get_header (world, 1, "range"));
}

/* What an earlier run left, and how far it is believed. */
typedef struct
{
  const char *name;
  gint64 part_size;
  const char *part_etag;
  gsize length;
  gboolean good;
  const char *range; /* of the only request, or of the first one */
  guint n_requests;
} Left;

static const Left lefts[] = {
    {"half", SIZE, "\"v1\"", 1000, TRUE, "bytes=1000-", 1},
    {"whole", SIZE, "\"v1\"", SIZE, TRUE, NULL, 0},
    /* The server has another version: it says so by beginning anew. */
    {"another-version", SIZE, "\"v0\"", 1000, FALSE, "bytes=1000-", 1},
    {"another-size", SIZE + 1, NULL, 1000, FALSE, "bytes=1000-", 2},
    /* It is longer than the video, or nothing is known of it. */
    {"too-long", SIZE, "\"v1\"", SIZE + 1, FALSE, NULL, 1},
    {"unknown", 0, NULL, 1000, FALSE, NULL, 1},
    {"gone", SIZE, "\"v1\"", 0, TRUE, NULL, 1},
    /* All of it is there, but it is no video. */
    {"whole-but-wrong", SIZE, "\"v1\"", SIZE, FALSE, NULL, 1},
};

static void
test_left (World *world, gconstpointer data)
{
  const Left *left = data;
  ReelJobRecord *record = make_succeeded (world, "12345678-job", "/v.mp4");
  g_autofree char *bad = g_strnfill (SIZE + 1, 'x');

  record->part_size = left->part_size;
  record->part_etag = g_strdup (left->part_etag);
  if (left->length > 0)
    write_part (world, record->id, left->good ? g_bytes_get_data (world->video, NULL) : bad, left->length);
  reel_engine_fixture_write (&world->fixture, record);
  add_video (world, "/v.mp4");
  reel_engine_fixture_start (&world->fixture);
  assert_saved (world, reel_engine_fixture_get_job (&world->fixture, 0));
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, left->n_requests);
  if (left->n_requests > 0)
    g_assert_cmpstr (get_header (world, 0, "range"), ==, left->range);
}

/* A server that goes on without looking at If-Range: the version that it names is looked at. What was there before looks
 * like the beginning of a video, so that nothing else would notice. */
static void
test_if_range_ignored (World *world, gconstpointer data)
{
  ReelJobRecord *record = make_succeeded (world, "12345678-job", "/v.mp4");
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (world->video, 1000, SIZE - 1000);
  g_autofree char *other = g_memdup2 (g_bytes_get_data (world->video, NULL), 1000);
  g_autofree char *range = g_strdup_printf ("bytes 1000-%d/%d", SIZE - 1, SIZE);
  ReelFaultAnswer *answer = reel_fault_server_add (world->server, "GET", "/v.mp4", 206, NULL);

  reel_fault_answer_set_body (answer, rest);
  reel_fault_answer_set_header (answer, "Content-Range", range);
  reel_fault_answer_set_header (answer, "ETag", "\"v1\"");
  add_video (world, "/v.mp4");
  other[500] ^= 1;
  record->part_size = SIZE;
  record->part_etag = g_strdup ("\"v0\"");
  write_part (world, record->id, other, 1000);
  reel_engine_fixture_write (&world->fixture, record);
  reel_engine_fixture_start (&world->fixture);
  assert_saved (world, reel_engine_fixture_get_job (&world->fixture, 0));
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 2);
  g_assert_null (get_header (world, 1, "range"));
}

/* What nobody wants any more is taken away at the start. */
static void
test_orphans (World *world, gconstpointer data)
{
  static const char *const ids[] = {"0b5be4a5-3a3c-4a44-9d43-2b1c1b0f7a10", "0b5be4a5-3a3c-4a44-9d43-2b1c1b0f7a11"};
  ReelJobRecord *record = make_succeeded (world, ids[1], "/v.mp4");
  g_autofree char *orphan =
      g_build_filename (g_file_peek_path (world->fixture.library), ".0b5be4a5-3a3c-4a44-9d43-2b1c1b0f7a10.part", NULL);
  g_autofree char *refused =
      g_build_filename (g_file_peek_path (world->fixture.library), ".0b5be4a5-3a3c-4a44-9d43-2b1c1b0f7a11.part", NULL);
  struct utimbuf old = {1000, 1000};

  write_part (world, ids[0], "part", 4);
  write_part (world, ids[1], "part", 4);
  g_assert_cmpint (g_utime (orphan, &old), ==, 0);
  g_assert_cmpint (g_utime (refused, &old), ==, 0);
  record->file_state = REEL_FILE_FAILED;
  reel_engine_fixture_write (&world->fixture, record);
  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (!g_file_test (orphan, G_FILE_TEST_EXISTS) && !g_file_test (refused, G_FILE_TEST_EXISTS));
}

/* One slow host holds two places, not all of them; no more than four come at a time. */
static void
test_places (World *world, gconstpointer data)
{
  g_autoptr (ReelFaultServer) second = reel_fault_server_new (NULL), third = reel_fault_server_new (NULL);
  ReelFaultServer *servers[] = {world->server, second, third};

  for (guint i = 0; i < 9; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i), *path = g_strdup_printf ("/v%u.mp4", i);
    ReelFaultServer *server = servers[i / 3];
    g_autofree char *url = g_strconcat (reel_fault_server_get_base_url (server), path, NULL);

    reel_fault_answer_set_hold (reel_script_add_file (server, path, world->video));
    reel_engine_fixture_write (&world->fixture, make_succeeded (world, id, url));
  }
  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (reel_fault_server_count (world->server, "GET", "/v*") +
                      reel_fault_server_count (second, "GET", "/v*") + reel_fault_server_count (third, "GET", "/v*") ==
                  4);
  ask_for_models (world);
  for (guint i = 0, n = 0; i < 3; i++) {
    g_assert_cmpuint (reel_fault_server_count (servers[i], "GET", "/v*"), <=, 2);
    n += reel_fault_server_count (servers[i], "GET", "/v*");
    g_assert_cmpuint (n, <=, 4);
  }

  for (guint i = 0; i < 3; i++)
    for (guint n = 0; n < 3; n++)
      reel_fault_server_release (servers[i]);
  for (guint i = 0; i < 9; i++) {
    ReelJob *job = reel_engine_fixture_get_job (&world->fixture, i);

    reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  }
}

/* A video that waits follows the library folder, and leaves nothing behind. */
static void
test_library_moves (World *world, gconstpointer data)
{
  g_autoptr (GFile) before = g_object_ref (world->fixture.library);
  g_autofree char *part = g_build_filename (g_file_peek_path (before), ".12345678-job.part", NULL);
  ReelJob *job;

  reel_fault_answer_cut (add_video (world, "/v.mp4"), SIZE / 2, REEL_FAULT_CLOSE);
  reel_fault_answer_set_header (reel_fault_server_add (world->server, "GET", "/v.mp4", 503, NULL), "Retry-After", "0");
  reel_fault_answer_set_header (reel_fault_server_add (world->server, "GET", "/v.mp4", 503, NULL), "Retry-After", "1");
  add_video (world, "/v.mp4");
  job = start (world, "/v.mp4");
  reel_test_wait (reel_job_get_record (job)->file_error != NULL);
  g_assert_true (g_file_test (part, G_FILE_TEST_EXISTS));

  g_object_unref (world->fixture.library);
  world->fixture.library = g_file_new_build_filename (world->fixture.folder, "other", NULL);
  reel_engine_set_library (world->fixture.engine, world->fixture.library);
  assert_saved (world, job);
  g_assert_null (get_header (world, 3, "range"));
  reel_test_wait (!g_file_test (part, G_FILE_TEST_EXISTS));
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

/* Too little space: it is said, nothing is given up, and it goes on by itself when there is space again. */
static void
test_no_space (void)
{
  World world = {0};
  ReelJob *job;

  if (!g_test_subprocess () && !reel_small_disk_is_possible ()) {
    g_test_skip ("No file system can be mounted here");
    return;
  }
  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed ();
    return;
  }

  reel_engine_fixture_init (&world.fixture);
  /* Room for what is kept free, not for the video too. */
  reel_small_disk_mount (g_file_peek_path (world.fixture.library), "65700k");
  set_up_service (&world);
  world.fixture.poll_interval = 1;
  add_video (&world, "/v.mp4");
  job = start (&world, "/v.mp4");
  reel_test_wait (reel_job_get_record (job)->file_error != NULL);
  g_assert_nonnull (strstr (reel_job_get_record (job)->file_error, "space"));
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_DOWNLOADING);
  g_assert_cmpint (reel_job_get_record (job)->part_size, ==, 0);

  /* Its length is known now: nobody is asked again before there is room. */
  g_assert_cmpuint (reel_fault_server_count (world.server, "GET", "/v.mp4"), ==, 1);
  for (guint i = 0; i < 10; i++)
    ask_for_models (&world);
  g_assert_cmpuint (reel_fault_server_count (world.server, "GET", "/v.mp4"), ==, 1);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_DOWNLOADING);

  reel_small_disk_resize (g_file_peek_path (world.fixture.library), "128m");
  assert_saved (&world, job);
  reel_engine_fixture_stop (&world.fixture);
  g_assert_cmpint (umount (g_file_peek_path (world.fixture.library)), ==, 0);
  tear_down (&world, NULL);
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
  assert_no_video (&world, FALSE);

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
  ADD ("/engine/download/no-ranges", test_no_ranges);
  ADD ("/engine/download/small-part", test_small_part);
  ADD ("/engine/download/another-version", test_another_version);
  ADD ("/engine/download/server-errors", test_server_errors);
  ADD ("/engine/download/aside-is-purged", test_aside_is_purged);
  ADD ("/engine/download/host-is-gone", test_host_is_gone);
  ADD ("/engine/download/no-address", test_no_address);
  ADD ("/engine/download/name-is-taken", test_name_is_taken);
  ADD ("/engine/download/restart", test_restart);
  ADD ("/engine/download/killed", test_killed);
  ADD ("/engine/download/if-range-ignored", test_if_range_ignored);
  ADD ("/engine/download/orphans", test_orphans);
  ADD ("/engine/download/places", test_places);
  ADD ("/engine/download/library-moves", test_library_moves);
  ADD ("/engine/download/no-folder", test_no_folder);
  ADD ("/engine/download/dropped", test_dropped);
#undef ADD
  g_test_add_func ("/engine/download/no-space", test_no_space);
  g_test_add_func ("/engine/download/full-disk", test_full_disk);
  g_test_add ("/engine/download/not-a-video/html", World, "<html>Sign in, please</html>", set_up, test_not_a_video,
              tear_down);
  g_test_add ("/engine/download/not-a-video/json", World, "{\"error\":\"gone\"}", set_up, test_not_a_video, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (lefts); i++) {
    g_autofree char *path = g_strconcat ("/engine/download/left/", lefts[i].name, NULL);

    g_test_add (path, World, &lefts[i], set_up, test_left, tear_down);
  }
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++) {
    g_autofree char *path = g_strconcat ("/engine/download/hostile-address/", hostile[i][0], NULL);

    g_test_add (path, World, hostile[i][1], set_up, test_hostile_address, tear_down);
  }

  return g_test_run ();
}
