#include "config.h"

#include "reel-service-script.h"
#include "reel-small-disk.h"
#include "reel-store-migrations.h"
#include "reel-submit-world.h"
#include "reel-test.h"
#include "reel-trouble.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

/* What people paid for with other tools, about databases that fail: each test has the number of its line in the list of
 * those failures. The files, the full disks and the other processes are real. */

static char *
make_journal_path (ReelSubmitWorld *world)
{
  return g_strconcat (world->fixture.store_path, "-accepted", NULL);
}

static gboolean
has_journal (ReelSubmitWorld *world)
{
  g_autofree char *path = make_journal_path (world);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The only job. */
static ReelJob *
get_job (ReelSubmitWorld *world)
{
  g_assert_cmpuint (reel_engine_fixture_count_jobs (&world->fixture), ==, 1);

  return reel_engine_fixture_get_job (&world->fixture, 0);
}

/* Calls once when the job is written as being sent, before the request leaves. */
typedef struct
{
  void (*trouble) (gpointer data);
  gpointer data;
} Moment;

static void
on_changed (ReelJob *job, Moment *moment)
{
  if (reel_job_get_record (job)->submission != REEL_SUBMISSION_SENDING || moment->trouble == NULL)
    return;

  moment->trouble (moment->data);
  moment->trouble = NULL;
}

static ReelJob *
submit_into (ReelSubmitWorld *world, void (*trouble) (gpointer data), gpointer trouble_data)
{
  static Moment moment;
  ReelJob *job = reel_engine_fixture_submit (&world->fixture, "A [boat]\n=\xf0\x9f\x9a\xa2; ünd;");

  moment.trouble = trouble;
  moment.data = trouble_data;
  g_signal_connect (job, "changed", G_CALLBACK (on_changed), &moment);

  return job;
}

static void
hold (gpointer data)
{
  ReelSubmitWorld *world = data;

  g_object_set_data (G_OBJECT (world->fixture.engine), "holder",
                     reel_trouble_hold_database (world->fixture.store_path));
}

static void
remove_database (gpointer data)
{
  ReelSubmitWorld *world = data;
  const char *const suffixes[] = {"", "-wal", "-shm"};

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *path = g_strconcat (world->fixture.store_path, suffixes[i], NULL);

    g_assert_cmpint (g_unlink (path), ==, 0);
  }
}

static void
assert_adopted (ReelSubmitWorld *world, const char *request_id)
{
  ReelJob *job;

  reel_engine_fixture_start (&world->fixture);
  job = get_job (world);
  g_assert_cmpstr (reel_job_get_record (job)->request_id, ==, request_id);
  g_assert_cmpstr (reel_job_get_record (job)->prompt, ==, "A [boat]\n=\xf0\x9f\x9a\xa2; ünd;");
  g_assert_cmpstr (reel_job_get_record (job)->model, ==, "seedance-2.0");
  g_assert_cmpuint (reel_job_get_record (job)->duration, ==, 4);
  g_assert_cmpstr (reel_job_get_record (job)->resolution, ==, "480p");
  g_assert_cmpstr (reel_job_get_record (job)->credits_charged, ==, "40");
  g_assert_cmpint (reel_job_get_record (job)->accepted_at, >, 0);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_GENERATING);
  reel_test_wait (!has_journal (world));
  g_assert_cmpint (reel_submit_world_count_rows (world, "submission = 'accepted' AND request_id IS NOT NULL"), ==, 1);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 1);
}

/* 4: the id comes back, but the database is held by another process, and then the program is killed. */
static void
test_id_not_saved (ReelSubmitWorld *world, gconstpointer data)
{
  const char *request_id = "../../req\\n[1]=\xe2\x80\xae#;";
  ReelJob *job;

  if (g_test_subprocess ()) {
    reel_engine_fixture_start (&world->fixture);
    job = submit_into (world, hold, world);
    reel_test_wait (reel_submit_world_has_ended (job) && has_journal (world));
    g_assert_nonnull (reel_job_get_record (job)->request_id);
    g_assert_nonnull (reel_engine_get_store_error (world->fixture.engine));
    reel_submit_world_die ();
  }

  reel_script_add_accept (world->server, "../../req\\\\n[1]=\xe2\x80\xae#;");
  reel_fault_server_add (world->server, "GET", REEL_SCRIPT_GENERATIONS "/*", 200,
                         "{\"success\":true,\"status\":\"processing\"}");
  reel_submit_world_run_until_killed (world);
  g_assert_true (has_journal (world));
  assert_adopted (world, request_id);
}

/* The database is held only for a while: the same run writes the row, and the journal goes. */
static void
test_id_saved_later (ReelSubmitWorld *world, gconstpointer data)
{
  ReelJob *job;

  reel_script_add_accept (world->server, "req_1");
  reel_script_add_status (world->server, "req_1", "processing", NULL);
  reel_engine_fixture_start (&world->fixture);
  job = submit_into (world, hold, world);
  reel_test_wait (reel_submit_world_has_ended (job) && has_journal (world));
  g_assert_cmpstr (reel_job_get_record (job)->request_id, ==, "req_1");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_GENERATING);

  reel_trouble_let_go (g_object_steal_data (G_OBJECT (world->fixture.engine), "holder"));
  reel_test_wait (reel_engine_get_store_error (world->fixture.engine) == NULL && !has_journal (world));
  g_assert_cmpint (reel_submit_world_count_rows (world, "submission = 'accepted' AND request_id = 'req_1'"), ==, 1);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 1);
}

/* A job is deleted while the database takes nothing: it comes back with the next start, and then it has its id. */
static void
test_id_of_deleted (ReelSubmitWorld *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  ReelJob *job;

  reel_script_add_accept (world->server, "req_1");
  reel_script_add_status (world->server, "req_1", "failed", NULL);
  reel_engine_fixture_start (&world->fixture);
  job = submit_into (world, hold, world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_FAILED && has_journal (world));
  reel_engine_fixture_delete (&world->fixture, job);
  g_assert_cmpuint (reel_engine_fixture_count_jobs (&world->fixture), ==, 0);
  /* What is read behind it tells that the deletion was tried. */
  reel_engine_load_ledger_async (world->fixture.engine, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_clear_object (&result);
  reel_trouble_let_go (g_object_steal_data (G_OBJECT (world->fixture.engine), "holder"));
  reel_engine_fixture_stop (&world->fixture);

  reel_engine_fixture_start (&world->fixture);
  g_assert_cmpstr (reel_job_get_record (get_job (world))->request_id, ==, "req_1");
}

/* The file itself is gone. */
static void
test_id_without_database (ReelSubmitWorld *world, gconstpointer data)
{
  ReelFaultAnswer *answer = reel_script_add_accept (world->server, "req_1");
  ReelJob *job;

  reel_script_add_status (world->server, "req_1", "processing", NULL);
  reel_fault_answer_set_hold (answer);
  reel_engine_fixture_start (&world->fixture);
  job = submit_into (world, remove_database, world);
  reel_test_wait (reel_script_count_posts (world->server) == 1);
  reel_fault_server_release (world->server);
  reel_test_wait (reel_submit_world_has_ended (job));
  g_assert_cmpstr (reel_job_get_record (job)->request_id, ==, "req_1");
  g_assert_nonnull (reel_engine_get_store_error (world->fixture.engine));
  reel_engine_fixture_stop (&world->fixture);
  g_assert_true (has_journal (world));
  g_assert_false (g_file_test (world->fixture.store_path, G_FILE_TEST_EXISTS));
  assert_adopted (world, "req_1");
}

static void
fill_disk (gpointer data)
{
  ReelSubmitWorld *world = data;

  reel_trouble_fill_disk (world->fixture.folder);
}

/* The disk is full to the last byte: there is room for the id all the same. */
static void
test_id_on_full_disk (ReelSubmitWorld *world, gconstpointer data)
{
  ReelJob *job;

  if (!g_test_subprocess ()) {
    if (!reel_small_disk_is_possible ()) {
      g_test_skip ("No disk can be mounted here");
      return;
    }
    reel_script_add_accept (world->server, "req_1");
    reel_script_add_status (world->server, "req_1", "processing", NULL);
    reel_submit_world_run_apart (world);
    g_assert_cmpuint (reel_script_count_posts (world->server), ==, 1);
    return;
  }

  reel_small_disk_mount (world->fixture.folder, "2m");
  g_free (world->fixture.store_path);
  world->fixture.store_path = g_build_filename (world->fixture.folder, "history.db", NULL);
  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
  job = submit_into (world, fill_disk, world);
  reel_test_wait (reel_submit_world_has_ended (job) && has_journal (world));
  g_assert_cmpstr (reel_job_get_record (job)->request_id, ==, "req_1");
  g_assert_nonnull (reel_engine_get_store_error (world->fixture.engine));
  g_assert_cmpint (reel_submit_world_count_rows (world, "submission = 'accepted'"), ==, 0);

  reel_trouble_clear_disk (world->fixture.folder);
  reel_test_wait (reel_engine_get_store_error (world->fixture.engine) == NULL && !has_journal (world));
  g_assert_cmpint (reel_submit_world_count_rows (world, "submission = 'accepted'"), ==, 1);
  reel_engine_fixture_stop (&world->fixture);
}

static void
assert_sends_nothing (ReelEngineFixture *fixture, ReelFaultServer *server)
{
  guint n_posts = server != NULL ? reel_script_count_posts (server) : 0;
  ReelJob *job;

  g_assert_nonnull (reel_engine_get_store_error (fixture->engine));
  job = reel_engine_fixture_submit (fixture, "A paper boat");
  reel_test_wait (reel_submit_world_has_ended (job));
  g_assert_cmpint (reel_job_get_record (job)->submission, ==, REEL_SUBMISSION_REJECTED);
  g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, "store");
  g_assert_cmpint (reel_job_get_record (job)->sent_at, ==, 0);
  g_assert_nonnull (reel_engine_get_store_error (fixture->engine));
  if (server != NULL)
    g_assert_cmpuint (reel_script_count_posts (server), ==, n_posts);
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *connection = NULL;

  g_assert_cmpint (sqlite3_open (path, &connection), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (connection, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (connection);
}

/* Overwrites what lies behind the first page: the damage shows when the jobs are read. */
static void
damage (const char *path)
{
  g_autofree char *garbage = g_strnfill (4096, '\xa5');
  int file = g_open (path, O_WRONLY);

  for (int page = 1; page < 40; page++)
    g_assert_cmpint (pwrite (file, garbage, 4096, page * 4096), ==, 4096);
  close (file);
}

/* 24: a database that cannot be used blocks sending and stays as it is; when its cause is gone, all goes on. */
static void
test_unusable_database (ReelSubmitWorld *world, gconstpointer data)
{
  enum
  {
    NEWER,
    FOREIGN,
    TEXT,
    DAMAGED,
    MIGRATION,
    IN_USE,
    N_CASES,
  };
  ReelEngineFixture fixtures[N_CASES] = {0};
  GBytes *before[N_CASES];
  g_autofree char *copy = g_build_filename (world->fixture.folder, "copy.db", NULL), *version_1 = NULL, *sound = NULL;

  for (guint i = 0; i < N_CASES; i++) {
    ReelEngineFixture *fixture = &fixtures[i];
    g_autofree char *text = NULL;
    gsize length;

    reel_engine_fixture_init (fixture);
    fixture->base_url = world->fixture.base_url;
    for (guint j = 0; j < 20; j++) {
      g_autofree char *id = g_strdup_printf ("job-%u", j);
      ReelJobRecord *record = reel_engine_fixture_make_record (fixture, id, NULL);

      g_free (record->prompt);
      record->prompt = g_strnfill (10000, 'x');
      record->submission = REEL_SUBMISSION_REJECTED;
      record->status = REEL_SERVICE_NONE;
      reel_engine_fixture_write (fixture, record);
    }
    if (i == NEWER)
      run_sql (fixture->store_path, "PRAGMA user_version = 1000");
    if (i == FOREIGN || i == TEXT)
      g_assert_cmpint (g_unlink (fixture->store_path), ==, 0);
    if (i == FOREIGN)
      run_sql (fixture->store_path, "CREATE TABLE recipes (x)");
    if (i == TEXT)
      g_assert_true (g_file_set_contents (fixture->store_path, "Dear diary, this is no database, is it?", -1, NULL));
    if (i == DAMAGED) {
      g_assert_true (g_file_get_contents (fixture->store_path, &text, &length, NULL));
      g_assert_true (g_file_set_contents (copy, text, length, NULL));
      damage (fixture->store_path);
    }
    /* Its columns are there already: the step fails. */
    if (i == MIGRATION)
      run_sql (fixture->store_path, "PRAGMA user_version = 1");
    g_clear_pointer (&text, g_free);
    g_assert_true (g_file_get_contents (fixture->store_path, &text, &length, NULL));
    before[i] = g_bytes_new_take (g_steal_pointer (&text), length);
  }
  g_set_str (&world->fixture.store_path, fixtures[IN_USE].store_path);
  reel_engine_fixture_start (&world->fixture);

  for (guint i = 0; i < N_CASES; i++) {
    g_autoptr (GBytes) after = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;
    gsize length;

    g_assert_false (reel_engine_fixture_try_start (&fixtures[i], &error));
    g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
    assert_sends_nothing (&fixtures[i], world->server);
    g_assert_true (g_file_get_contents (fixtures[i].store_path, &text, &length, NULL));
    after = g_bytes_new_take (g_steal_pointer (&text), length);
    g_assert_true (g_bytes_equal (before[i], after));
    g_bytes_unref (before[i]);
  }
  version_1 = g_strconcat (fixtures[MIGRATION].store_path, ".version-1", NULL);
  g_assert_false (g_file_test (version_1, G_FILE_TEST_EXISTS));

  /* Somebody puts it right while the program runs. */
  sound = g_strdup_printf ("PRAGMA user_version = %u", reel_store_get_latest_version ());
  run_sql (fixtures[NEWER].store_path, sound);
  g_assert_cmpint (g_unlink (fixtures[FOREIGN].store_path), ==, 0);
  g_assert_cmpint (g_unlink (fixtures[TEXT].store_path), ==, 0);
  g_assert_cmpint (g_rename (copy, fixtures[DAMAGED].store_path), ==, 0);
  run_sql (fixtures[MIGRATION].store_path, sound);
  reel_engine_fixture_stop (&world->fixture);
  for (guint i = 0; i < N_CASES; i++) {
    reel_test_wait (reel_engine_get_store_error (fixtures[i].engine) == NULL);
    g_assert_cmpuint (reel_engine_fixture_count_jobs (&fixtures[i]), ==, i == FOREIGN || i == TEXT ? 1 : 21);
  }

  reel_script_add_accept (world->server, "req_1");
  reel_script_add_status (world->server, "req_1", "queued", NULL);
  for (guint i = 0; i < N_CASES; i++) {
    ReelJob *job = reel_engine_fixture_submit (&fixtures[i], "A paper boat");

    reel_test_wait (reel_job_get_state (job) == REEL_JOB_WAITING);
    g_assert_cmpuint (reel_script_count_posts (world->server), ==, i + 1);
    reel_engine_fixture_clear (&fixtures[i]);
  }
}

static void
set_file_limit (rlim_t size)
{
  struct rlimit limit = {size, RLIM_INFINITY};

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_full_disk (ReelSubmitWorld *world, gconstpointer data)
{
  ReelJob *job;

  if (!g_test_subprocess ()) {
    reel_script_add_accept (world->server, "req_1");
    reel_script_add_status (world->server, "req_1", "queued", NULL);
    reel_submit_world_run_apart (world);
    g_assert_cmpuint (reel_script_count_posts (world->server), ==, 1);
    return;
  }

  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
  set_file_limit (1);
  job = reel_engine_fixture_submit (&world->fixture, "A paper boat");
  reel_test_wait (reel_submit_world_has_ended (job));
  g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, "store");
  assert_sends_nothing (&world->fixture, NULL);

  set_file_limit (RLIM_INFINITY);
  reel_test_wait (reel_engine_get_store_error (world->fixture.engine) == NULL);
  job = reel_engine_fixture_submit (&world->fixture, "A paper boat");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_WAITING);
}

static void
test_read_only (ReelSubmitWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *lock = g_strconcat (world->fixture.store_path, "-lock", NULL),
                  *folder = g_path_get_dirname (world->fixture.store_path);

  if (!g_test_subprocess ()) {
    reel_engine_fixture_start (&world->fixture);
    reel_engine_fixture_stop (&world->fixture);
    g_assert_cmpint (g_chmod (lock, 0666), ==, 0);
    g_assert_cmpint (g_chmod (world->fixture.store_path, 0444), ==, 0);
    g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
    reel_submit_world_run_apart (world);
    g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
    g_assert_cmpuint (reel_script_count_posts (world->server), ==, 0);
    return;
  }

  /* Root may write everywhere. */
  if (geteuid () == 0)
    g_assert_cmpint (setresuid (65534, 65534, 0), ==, 0);
  g_assert_false (reel_engine_fixture_try_start (&world->fixture, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  assert_sends_nothing (&world->fixture, NULL);
  reel_engine_fixture_stop (&world->fixture);
  if (getuid () == 65534)
    g_assert_cmpint (setresuid (0, 0, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                                            \
  g_test_add (path, ReelSubmitWorld, NULL, reel_submit_world_set_up, function, reel_submit_world_tear_down)
  ADD ("/never-again/04-id-not-saved", test_id_not_saved);
  ADD ("/never-again/04-id-saved-later", test_id_saved_later);
  ADD ("/never-again/04-id-of-deleted", test_id_of_deleted);
  ADD ("/never-again/04-id-without-database", test_id_without_database);
  ADD ("/never-again/04-id-on-full-disk", test_id_on_full_disk);
  ADD ("/never-again/24-unusable-database", test_unusable_database);
  ADD ("/never-again/24-full-disk", test_full_disk);
  ADD ("/never-again/24-read-only", test_read_only);
#undef ADD

  return g_test_run ();
}
