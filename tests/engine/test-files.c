#include "config.h"

#include "reel-box-probe.h"
#include "reel-engine-fixture.h"
#include "reel-service-script.h"
#include "reel-test.h"

#include <glib/gstdio.h>
#include <utime.h>

#define SIZE 1000

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
  reel_script_add_file (world->server, "/v.mp4", world->video);
}

static void
tear_down (World *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 0);
  g_bytes_unref (world->video);
  g_object_unref (world->server);
}

static char *
get_path (World *world, const char *id)
{
  g_autofree char *name = g_strconcat (id, ".mp4", NULL);

  return g_build_filename (g_file_peek_path (world->fixture.library), name, NULL);
}

static void
write_file (World *world, const char *id, gsize size)
{
  g_autofree char *path = get_path (world, id);

  g_assert_cmpint (g_mkdir_with_parents (g_file_peek_path (world->fixture.library), 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (world->video, NULL), size, NULL));
}

static void
remove_file (World *world, const char *id)
{
  g_autofree char *path = get_path (world, id);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* A job of an earlier run whose video was saved, with its file. */
static ReelJobRecord *
make_saved (World *world, const char *id)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, id, "req_1");

  record->status = REEL_SERVICE_SUCCEEDED;
  record->file_state = REEL_FILE_SAVED;
  record->file = get_path (world, id);
  record->file_size = SIZE;
  record->output_url = g_strconcat (reel_fault_server_get_base_url (world->server), "/v.mp4", NULL);
  write_file (world, id, SIZE);

  return record;
}

static ReelJob *
get_job (World *world, const char *id)
{
  return reel_engine_fixture_find_job (&world->fixture, id);
}

static ReelFileState
get_state (World *world, const char *id)
{
  return reel_job_get_record (get_job (world, id))->file_state;
}

/* Starts with "job", which is what the test made of it, and "last", whose file is gone from a folder of its own: when
 * that is known, so is what became of all that were looked for before. */
static void
start (World *world, ReelFileState expected)
{
  ReelJobRecord *last = reel_engine_fixture_make_record (&world->fixture, "last", "req_2");

  last->created_at += G_USEC_PER_SEC;
  last->status = REEL_SERVICE_SUCCEEDED;
  last->file_state = REEL_FILE_SAVED;
  last->file = g_build_filename (world->fixture.folder, "gone.mp4", NULL);
  reel_engine_fixture_write (&world->fixture, last);
  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (get_state (world, "last") == REEL_FILE_MISSING);
  g_assert_cmpint (get_state (world, "job"), ==, expected);
}

static void
restart (World *world, ReelFileState expected)
{
  reel_engine_fixture_stop (&world->fixture);
  start (world, expected);
}

static void
write_job (World *world)
{
  reel_engine_fixture_write (&world->fixture, make_saved (world, "job"));
}

static void
assert_nothing_came (World *world)
{
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 0);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 0);
}

/* A file that is gone is missing, and saved again when it is back as it was. Nothing is downloaded by itself. */
static void
test_gone (World *world, gconstpointer data)
{
  write_job (world);
  start (world, REEL_FILE_SAVED);
  reel_engine_fixture_stop (&world->fixture);
  remove_file (world, "job");
  start (world, REEL_FILE_MISSING);
  g_assert_cmpint (reel_job_get_state (get_job (world, "job")), ==, REEL_JOB_NOT_SAVED);
  g_assert_null (reel_job_dup_file (get_job (world, "job")));

  write_file (world, "job", SIZE - 1);
  restart (world, REEL_FILE_MISSING);
  write_file (world, "job", SIZE);
  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (get_state (world, "job") == REEL_FILE_SAVED);
  assert_nothing_came (world);
}

/* A file that somebody has changed is there. */
static void
test_changed (World *world, gconstpointer data)
{
  write_job (world);
  write_file (world, "job", SIZE - 1);
  start (world, REEL_FILE_SAVED);
}

/* The folder is not there, as on a disk that is not connected: nothing is said of its videos, unless a person wants to
 * see one now. */
static void
test_folder_gone (World *world, gconstpointer data)
{
  g_autofree char *away = g_build_filename (world->fixture.folder, "away", NULL);

  write_job (world);
  g_assert_cmpint (g_rename (g_file_peek_path (world->fixture.library), away), ==, 0);
  start (world, REEL_FILE_SAVED);
  reel_engine_check_file (world->fixture.engine, get_job (world, "job"));
  reel_test_wait (get_state (world, "job") == REEL_FILE_MISSING);

  g_assert_cmpint (g_rename (away, g_file_peek_path (world->fixture.library)), ==, 0);
  reel_engine_check_file (world->fixture.engine, get_job (world, "job"));
  reel_test_wait (get_state (world, "job") == REEL_FILE_SAVED);
  assert_nothing_came (world);
}

/* GIO reads the table again when its time is another one. */
static void
write_table (const char *path, const char *text, time_t at)
{
  struct utimbuf times = {at, at};

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

/* The folder is there and empty, because nothing is mounted on it now. */
static void
test_not_mounted (World *world, gconstpointer data)
{
  g_autofree char *table = g_build_filename (world->fixture.folder, "fstab", NULL);
  g_autofree char *line =
      g_strdup_printf ("LABEL=videos %s ext4 noauto 0 0\n", g_file_peek_path (world->fixture.library));

  write_table (table, line, 1000);
  g_setenv ("LIBMOUNT_FSTAB", table, TRUE);
  write_job (world);
  remove_file (world, "job");
  start (world, REEL_FILE_SAVED);
  assert_nothing_came (world);

  /* What is mounted, and what everything is below, say nothing about the file. */
  write_table (table, "proc /proc proc defaults 0 0\nLABEL=root / ext4 defaults 0 1\n", 2000);
  restart (world, REEL_FILE_MISSING);
  g_unsetenv ("LIBMOUNT_FSTAB");
}

static void
test_opened (World *world, gconstpointer data)
{
  write_job (world);
  start (world, REEL_FILE_SAVED);
  remove_file (world, "job");
  reel_engine_check_file (world->fixture.engine, get_job (world, "job"));
  reel_test_wait (get_state (world, "job") == REEL_FILE_MISSING);
  write_file (world, "job", SIZE);
  reel_engine_check_file (world->fixture.engine, get_job (world, "job"));
  reel_test_wait (get_state (world, "job") == REEL_FILE_SAVED);
  assert_nothing_came (world);
}

/* A person can have a missing video again; one that is back is not fetched. */
static void
test_retry (World *world, gconstpointer data)
{
  ReelJob *job;

  write_job (world);
  remove_file (world, "job");
  start (world, REEL_FILE_MISSING);
  job = get_job (world, "job");
  write_file (world, "job", SIZE);
  reel_engine_retry_download (world->fixture.engine, job);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  assert_nothing_came (world);

  remove_file (world, "job");
  reel_engine_check_file (world->fixture.engine, job);
  reel_test_wait (reel_job_get_record (job)->file_state == REEL_FILE_MISSING);
  reel_engine_retry_download (world->fixture.engine, job);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 1);
  g_assert_true (g_file_test (reel_job_get_record (job)->file, G_FILE_TEST_EXISTS));
}

/* More than one look has room for, and an end in the middle of it. */
static void
test_many (World *world, gconstpointer data)
{
  ReelStore *store = reel_store_new (world->fixture.store_path);
  g_autoptr (GAsyncResult) opened = NULL, closed = NULL;

  reel_store_open_async (store, NULL, reel_test_store_result, &opened);
  reel_test_wait (opened != NULL);
  for (guint i = 0; i < 600; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i);
    g_autoptr (ReelJobRecord) record = make_saved (world, id);

    record->created_at -= i;
    if (i % 2 != 0)
      remove_file (world, id);
    reel_store_save_job_async (store, record, NULL, NULL, NULL);
  }
  reel_store_close_async (store, reel_test_store_result, &closed);
  reel_test_wait (closed != NULL);
  g_object_unref (store);

  reel_engine_fixture_start (&world->fixture);
  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_start (&world->fixture);
  for (guint i = 0; i < 600; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i);

    if (i % 2 != 0)
      reel_test_wait (get_state (world, id) == REEL_FILE_MISSING);
    else
      g_assert_cmpint (get_state (world, id), ==, REEL_FILE_SAVED);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, World, NULL, set_up, function, tear_down)
  ADD ("/engine/files/gone", test_gone);
  ADD ("/engine/files/changed", test_changed);
  ADD ("/engine/files/folder-gone", test_folder_gone);
  ADD ("/engine/files/not-mounted", test_not_mounted);
  ADD ("/engine/files/opened", test_opened);
  ADD ("/engine/files/retry", test_retry);
  ADD ("/engine/files/many", test_many);
#undef ADD

  return g_test_run ();
}
