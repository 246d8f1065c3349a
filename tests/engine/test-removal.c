#include "config.h"

#include "reel-engine-fixture.h"
#include "reel-small-disk.h"
#include "reel-test.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/mount.h>

#define DAY  (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)
#define SIZE 1000

typedef struct
{
  ReelEngineFixture fixture;
  guint n_ended;
} World;

static void
set_up (World *world, gconstpointer data)
{
  /* The Trash is where the home folder is. */
  g_assert_cmpint (g_mkdir_with_parents (g_get_home_dir (), 0700), ==, 0);
  reel_engine_fixture_init (&world->fixture);
  g_assert_cmpint (g_mkdir_with_parents (g_file_peek_path (world->fixture.library), 0755), ==, 0);
}

static void
tear_down (World *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
}

static char *
get_path (World *world, const char *id)
{
  g_autofree char *name = g_strconcat (id, ".mp4", NULL);

  return g_build_filename (g_file_peek_path (world->fixture.library), name, NULL);
}

/* A job of an earlier run whose video was saved at a path. */
static void
add_saved_at (World *world, const char *id, const char *path, gint64 age)
{
  g_autofree char *content = g_strnfill (SIZE, 'x');
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, id, id);

  record->status = REEL_SERVICE_SUCCEEDED;
  record->file_state = REEL_FILE_SAVED;
  record->file = g_strdup (path);
  record->file_size = SIZE;
  record->created_at -= age;
  g_assert_true (g_file_set_contents (path, content, SIZE, NULL));
  reel_engine_fixture_write (&world->fixture, record);
}

static void
add_saved (World *world, const char *id, gint64 age)
{
  g_autofree char *path = get_path (world, id);

  add_saved_at (world, id, path, age);
}

/* One that nobody knows the outcome of. */
static void
add_unknown (World *world, const char *id)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, id, NULL);

  record->submission = REEL_SUBMISSION_UNKNOWN;
  record->status = REEL_SERVICE_NONE;
  record->created_at -= 1000 * DAY;
  reel_engine_fixture_write (&world->fixture, record);
}

/* One that was refused. */
static void
add_failed (World *world, const char *id)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, id, id);

  record->status = REEL_SERVICE_FAILED;
  record->created_at -= 1000 * DAY;
  reel_engine_fixture_write (&world->fixture, record);
}

static gboolean
has_file (World *world, const char *id)
{
  g_autofree char *path = get_path (world, id);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Where a file is after it was moved to the Trash. */
static gboolean
is_in_trash (const char *id)
{
  g_autofree char *name = g_strconcat (id, ".mp4", NULL);
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "Trash", "files", name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static ReelJob *
get_job (World *world, const char *id)
{
  return reel_engine_fixture_find_job (&world->fixture, id);
}

static guint
count (World *world)
{
  return reel_engine_fixture_count_jobs (&world->fixture);
}

static void
on_ended (ReelRemoval *removal, World *world)
{
  world->n_ended++;
}

/* Removes all jobs that are in the history. */
static ReelRemoval *
remove_all (World *world, ReelRemovalWhat what)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  ReelRemoval *removal;
  guint n = count (world);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (jobs, g_object_ref (reel_engine_fixture_get_job (&world->fixture, i)));
  removal = reel_engine_remove_jobs (world->fixture.engine, jobs, what);
  g_signal_connect (removal, "ended", G_CALLBACK (on_ended), world);

  return removal;
}

static void
carry_out (World *world, ReelRemoval *removal)
{
  reel_removal_carry_out (removal);
  reel_test_wait (reel_removal_is_ended (removal));
  g_assert_cmpuint (reel_removal_get_n_done (removal), ==, reel_removal_get_n_jobs (removal));
}

static guint
count_records (World *world)
{
  g_autoptr (GPtrArray) records = NULL;

  reel_engine_fixture_stop (&world->fixture);
  records = reel_engine_fixture_read (&world->fixture);

  return records->len;
}

/* One undo brings all of them back: jobs and files, hidden ones to where they were. */
static void
test_undo (World *world, gconstpointer data)
{
  g_autoptr (ReelRemoval) removal = NULL;

  add_saved (world, "one", 0);
  add_saved (world, "other", 0);
  add_failed (world, "failed");
  reel_engine_fixture_start (&world->fixture);
  removal = remove_all (world, REEL_REMOVE_JOBS_AND_FILES);
  g_assert_cmpuint (reel_removal_get_n_jobs (removal), ==, 3);
  g_assert_cmpint (reel_removal_get_n_bytes (removal), ==, 2 * SIZE);
  g_assert_cmpuint (count (world), ==, 0);
  g_assert_true (has_file (world, "one") && has_file (world, "other"));

  reel_removal_undo (removal);
  g_assert_cmpuint (count (world), ==, 3);
  g_assert_cmpuint (world->n_ended, ==, 1);
  /* The toast goes after its button was pressed. */
  reel_removal_carry_out (removal);
  reel_removal_undo (removal);
  g_assert_cmpuint (world->n_ended, ==, 1);
  g_assert_cmpuint (count_records (world), ==, 3);
  g_assert_true (has_file (world, "one") && has_file (world, "other"));
}

static void
test_carry_out (World *world, gconstpointer data)
{
  g_autoptr (ReelRemoval) removal = NULL;

  add_saved (world, "carried-one", 0);
  add_saved (world, "carried-other", 0);
  add_failed (world, "failed");
  reel_engine_fixture_start (&world->fixture);
  removal = remove_all (world, REEL_REMOVE_JOBS_AND_FILES);
  carry_out (world, removal);
  g_assert_cmpuint (world->n_ended, ==, 1);
  g_assert_cmpuint (reel_removal_get_kept (removal)->len, ==, 0);
  g_assert_true (is_in_trash ("carried-one") && is_in_trash ("carried-other"));
  g_assert_false (has_file (world, "carried-one") || has_file (world, "carried-other"));
  g_assert_cmpuint (count_records (world), ==, 0);
}

static void
test_jobs_only (World *world, gconstpointer data)
{
  g_autoptr (ReelRemoval) removal = NULL;

  add_saved (world, "job", 0);
  reel_engine_fixture_start (&world->fixture);
  removal = remove_all (world, REEL_REMOVE_JOBS);
  carry_out (world, removal);
  g_assert_true (has_file (world, "job"));
  g_assert_cmpuint (count_records (world), ==, 0);
}

/* The jobs stay, and say that the video can be downloaded again. */
static void
test_files_only (World *world, gconstpointer data)
{
  g_autoptr (ReelRemoval) removal = NULL;
  g_autoptr (GPtrArray) records = NULL;

  add_saved (world, "only", 0);
  add_failed (world, "failed");
  reel_engine_fixture_start (&world->fixture);
  removal = remove_all (world, REEL_REMOVE_FILES);
  g_assert_cmpuint (count (world), ==, 2);
  reel_removal_undo (removal);
  g_clear_object (&removal);
  g_assert_true (has_file (world, "only"));

  removal = remove_all (world, REEL_REMOVE_FILES);
  carry_out (world, removal);
  g_assert_true (is_in_trash ("only"));
  reel_test_wait (reel_job_get_state (get_job (world, "only")) == REEL_JOB_NOT_SAVED);
  g_assert_cmpint (reel_job_get_state (get_job (world, "failed")), ==, REEL_JOB_FAILED);
  g_assert_cmpuint (count_records (world), ==, 2);
}

/* One that is not closed is paid for, perhaps: it is only hidden. */
static void
test_not_closed (World *world, gconstpointer data)
{
  g_autoptr (ReelRemoval) removal = NULL;

  add_unknown (world, "unknown");
  add_saved (world, "closed", 0);
  reel_engine_fixture_start (&world->fixture);
  removal = remove_all (world, REEL_REMOVE_JOBS_AND_FILES);
  carry_out (world, removal);
  reel_test_wait (count (world) == 0);
  g_assert_cmpuint (count_records (world), ==, 1);
}

/* A hidden job that comes back is hidden. */
static void
test_undo_hidden (World *world, gconstpointer data)
{
  g_autoptr (ReelRemoval) removal = NULL;
  g_autoptr (ReelJob) job = NULL;
  g_autoptr (GPtrArray) records = NULL;

  add_saved (world, "job", 0);
  reel_engine_fixture_start (&world->fixture);
  job = g_object_ref (get_job (world, "job"));
  reel_engine_hide_job (world->fixture.engine, job);
  removal = reel_engine_fixture_remove (&world->fixture, job, REEL_REMOVE_JOBS);
  reel_removal_undo (removal);
  g_assert_cmpuint (count (world), ==, 0);
  reel_engine_fixture_stop (&world->fixture);
  records = reel_engine_fixture_read (&world->fixture);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_true (((ReelJobRecord *)records->pdata[0])->hidden);
}

/* Where the Trash takes nothing, every job is back, at once and after a restart, with its file. */
static void
test_without_trash (World *world, gconstpointer data)
{
  g_autofree char *trash = g_build_filename (g_get_user_data_dir (), "Trash", NULL);
  g_autoptr (ReelRemoval) removal = NULL;

  /* No folder can be made there. */
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (trash, "", -1, NULL));
  add_saved (world, "one", 0);
  add_saved (world, "other", 0);
  reel_engine_fixture_start (&world->fixture);
  removal = remove_all (world, REEL_REMOVE_JOBS_AND_FILES);
  carry_out (world, removal);
  g_assert_cmpuint (reel_removal_get_kept (removal)->len, ==, 2);
  g_assert_cmpuint (count (world), ==, 2);
  g_assert_true (has_file (world, "one") && has_file (world, "other"));
  g_assert_cmpint (g_unlink (trash), ==, 0);
  g_assert_cmpuint (count_records (world), ==, 2);
}

/* A file that is gone by itself cannot, and need not, go to the Trash; where its folder is gone too, as that of a disk
 * that is not connected, the job stays. */
static void
test_gone (World *world, gconstpointer data)
{
  g_autofree char *away = g_build_filename (world->fixture.folder, "away", NULL);
  g_autofree char *elsewhere = g_build_filename (away, "other.mp4", NULL);
  g_autofree char *path = get_path (world, "one");
  g_autoptr (ReelRemoval) removal = NULL;

  g_assert_cmpint (g_mkdir (away, 0755), ==, 0);
  add_saved (world, "one", 0);
  add_saved_at (world, "other", elsewhere, 0);
  reel_engine_fixture_start (&world->fixture);
  removal = remove_all (world, REEL_REMOVE_JOBS_AND_FILES);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_unlink (elsewhere), ==, 0);
  g_assert_cmpint (g_rmdir (away), ==, 0);
  carry_out (world, removal);
  g_assert_cmpuint (reel_removal_get_kept (removal)->len, ==, 1);
  g_assert_nonnull (get_job (world, "other"));
  g_assert_cmpuint (count_records (world), ==, 1);
}

/* The program is closed while it could still be undone: it is carried out. */
static void
test_quit_while_open (World *world, gconstpointer data)
{
  g_autoptr (ReelRemoval) removal = NULL;

  add_saved (world, "quit-one", 0);
  add_saved (world, "quit-other", 0);
  reel_engine_fixture_start (&world->fixture);
  removal = remove_all (world, REEL_REMOVE_JOBS_AND_FILES);
  g_assert_cmpuint (count_records (world), ==, 0);
  g_assert_true (is_in_trash ("quit-one") && is_in_trash ("quit-other"));
  g_assert_false (has_file (world, "quit-one") || has_file (world, "quit-other"));
}

/* Nothing is written and no file is touched as long as it can be undone: where the program ends without a word, the next
 * start finds everything as it was. */
static void
test_crash_while_open (World *world, gconstpointer data)
{
  g_autoptr (ReelRemoval) removal = NULL;
  sqlite3_stmt *statement;
  sqlite3 *database;

  add_saved (world, "job", 0);
  reel_engine_fixture_start (&world->fixture);
  removal = remove_all (world, REEL_REMOVE_JOBS_AND_FILES);
  g_assert_cmpint (sqlite3_open_v2 (world->fixture.store_path, &database, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, "SELECT 1 FROM jobs WHERE file_state = 'saved'", -1, &statement, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  sqlite3_finalize (statement);
  sqlite3_close (database);
  g_assert_true (has_file (world, "job"));
  reel_removal_undo (removal);
}

/* It is closed, or undone, while files are on their way to the Trash: nothing is half done. */
static void
test_quit_or_undo_in_the_middle (World *world, gconstpointer data)
{
  gboolean undo = GPOINTER_TO_INT (data);
  g_autoptr (ReelRemoval) removal = NULL;
  g_autoptr (GPtrArray) records = NULL;
  guint n_files = 0;

  for (guint i = 0; i < 40; i++) {
    g_autofree char *id = g_strdup_printf ("middle-%d-%u", undo, i);

    add_saved (world, id, 0);
  }
  reel_engine_fixture_start (&world->fixture);
  removal = remove_all (world, REEL_REMOVE_JOBS_AND_FILES);
  reel_removal_carry_out (removal);
  reel_test_wait (reel_removal_get_n_done (removal) >= 5);
  if (undo) {
    reel_removal_undo (removal);
    reel_test_wait (reel_removal_is_ended (removal));
    g_assert_cmpuint (count (world), >=, 30);
    n_files = count (world);
  }
  reel_engine_fixture_stop (&world->fixture);
  records = reel_engine_fixture_read (&world->fixture);
  g_assert_cmpuint (records->len, ==, n_files);
  for (guint i = 0; i < 40; i++) {
    g_autofree char *id = g_strdup_printf ("middle-%d-%u", undo, i);
    gboolean has_record = FALSE;

    for (guint j = 0; j < records->len; j++)
      has_record |= g_str_equal (((ReelJobRecord *)records->pdata[j])->id, id);
    g_assert_cmpint (has_record, ==, has_file (world, id));
    g_assert_cmpint (has_record, ==, !is_in_trash (id));
  }
}

/* A file is on another volume, one that has no Trash: its job stays, and the others go. */
static void
test_other_volume (void)
{
  World world = {0};
  g_autofree char *folder = NULL, *path = NULL;
  g_autoptr (ReelRemoval) removal = NULL;

  if (!g_test_subprocess () && !reel_small_disk_is_possible ()) {
    g_test_skip ("No file system can be mounted here");
    return;
  }
  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed ();
    return;
  }

  set_up (&world, NULL);
  folder = g_build_filename (world.fixture.folder, "volume", NULL);
  path = g_build_filename (folder, "elsewhere.mp4", NULL);
  reel_small_disk_mount (folder, "1m");
  add_saved_at (&world, "elsewhere", path, 0);
  add_saved (&world, "here", 0);
  reel_engine_fixture_start (&world.fixture);
  removal = remove_all (&world, REEL_REMOVE_JOBS_AND_FILES);
  carry_out (&world, removal);
  g_assert_cmpuint (reel_removal_get_kept (removal)->len, ==, 1);
  g_assert_nonnull (get_job (&world, "elsewhere"));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (has_file (&world, "here"));

  g_assert_cmpuint (count_records (&world), ==, 1);
  g_assert_cmpint (umount (folder), ==, 0);
  tear_down (&world, NULL);
}

static void
sum (World *world, const ReelFileQuery *query, guint *n_files, gint64 *n_bytes)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sums = NULL;

  reel_engine_sum_files_async (world->fixture.engine, query, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  sums = reel_engine_sum_files_finish (world->fixture.engine, result, &error);
  g_assert_no_error (error);
  reel_file_sum_add_up (sums, n_files, n_bytes);
}

static ReelRemoval *
remove_found (World *world, const ReelFileQuery *query, ReelRemovalWhat what)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReelRemoval *removal;

  reel_engine_remove_files_async (world->fixture.engine, query, what, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  removal = reel_engine_remove_files_finish (world->fixture.engine, result, &error);
  g_assert_no_error (error);

  return removal;
}

/* What is older than a month goes, as it was said before; what is not saved or has an unknown outcome never does. */
static void
test_older (World *world, gconstpointer data)
{
  g_autofree char *beside = g_strconcat (g_file_peek_path (world->fixture.library), "-beside", NULL);
  g_autofree char *beside_path = g_build_filename (beside, "beside.mp4", NULL);
  g_autoptr (ReelFileQuery) query = reel_file_query_new ();
  g_autoptr (ReelRemoval) removal = NULL, nothing = NULL;
  gint64 n_bytes;
  guint n_files;

  g_assert_cmpint (g_mkdir (beside, 0755), ==, 0);
  add_saved_at (world, "beside", beside_path, 0);
  add_saved (world, "old", 40 * DAY);
  add_saved (world, "older", 400 * DAY);
  add_saved (world, "young", 20 * DAY);
  add_unknown (world, "unknown");
  add_failed (world, "failed");
  reel_engine_fixture_start (&world->fixture);

  sum (world, query, &n_files, &n_bytes);
  g_assert_cmpuint (n_files, ==, 4);
  query->folder = g_strdup (g_file_peek_path (world->fixture.library));
  sum (world, query, &n_files, &n_bytes);
  g_assert_cmpuint (n_files, ==, 3);
  query->until = g_get_real_time () - 30 * DAY;
  sum (world, query, &n_files, &n_bytes);
  g_assert_cmpuint (n_files, ==, 2);
  g_assert_cmpint (n_bytes, ==, 2 * SIZE);

  removal = remove_found (world, query, REEL_REMOVE_JOBS_AND_FILES);
  g_assert_cmpuint (reel_removal_get_n_jobs (removal), ==, 2);
  g_assert_cmpint (reel_removal_get_n_bytes (removal), ==, 2 * SIZE);
  g_assert_cmpuint (count (world), ==, 4);
  reel_removal_undo (removal);
  g_assert_cmpuint (count (world), ==, 6);
  g_clear_object (&removal);

  removal = remove_found (world, query, REEL_REMOVE_JOBS_AND_FILES);
  carry_out (world, removal);
  g_assert_true (has_file (world, "young"));
  g_assert_false (has_file (world, "old") || has_file (world, "older"));
  nothing = remove_found (world, query, REEL_REMOVE_JOBS_AND_FILES);
  g_assert_null (nothing);
  g_assert_cmpuint (count_records (world), ==, 4);
}

/* Favourites stay, unless a person says otherwise. */
static void
test_favourites (World *world, gconstpointer data)
{
  g_autoptr (ReelFileQuery) query = reel_file_query_new ();
  g_autoptr (ReelRemoval) removal = NULL, all = NULL;
  gint64 n_bytes;
  guint n_files;

  add_saved (world, "plain", 40 * DAY);
  add_saved (world, "dear", 40 * DAY);
  reel_engine_fixture_start (&world->fixture);
  reel_engine_set_favourite (world->fixture.engine, get_job (world, "dear"), TRUE);
  query->until = g_get_real_time () - 30 * DAY;
  query->keep_favourites = TRUE;
  sum (world, query, &n_files, &n_bytes);
  g_assert_cmpuint (n_files, ==, 1);
  removal = remove_found (world, query, REEL_REMOVE_JOBS_AND_FILES);
  carry_out (world, removal);
  g_assert_false (has_file (world, "plain"));
  g_assert_true (has_file (world, "dear"));

  query->keep_favourites = FALSE;
  all = remove_found (world, query, REEL_REMOVE_JOBS_AND_FILES);
  g_assert_cmpuint (reel_removal_get_n_jobs (all), ==, 1);
  reel_removal_undo (all);
  g_assert_cmpuint (count_records (world), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function) g_test_add (path, World, NULL, set_up, function, tear_down)
  ADD ("/engine/removal/undo", test_undo);
  ADD ("/engine/removal/undo-hidden", test_undo_hidden);
  ADD ("/engine/removal/carry-out", test_carry_out);
  ADD ("/engine/removal/jobs-only", test_jobs_only);
  ADD ("/engine/removal/files-only", test_files_only);
  ADD ("/engine/removal/not-closed", test_not_closed);
  ADD ("/engine/removal/without-trash", test_without_trash);
  ADD ("/engine/removal/gone", test_gone);
  ADD ("/engine/removal/quit-while-open", test_quit_while_open);
  ADD ("/engine/removal/crash-while-open", test_crash_while_open);
  ADD ("/engine/removal/older", test_older);
  ADD ("/engine/removal/favourites", test_favourites);
#undef ADD
  g_test_add ("/engine/removal/quit-in-the-middle", World, GINT_TO_POINTER (FALSE), set_up,
              test_quit_or_undo_in_the_middle, tear_down);
  g_test_add ("/engine/removal/undo-in-the-middle", World, GINT_TO_POINTER (TRUE), set_up,
              test_quit_or_undo_in_the_middle, tear_down);
  g_test_add_func ("/engine/removal/other-volume", test_other_volume);

  return g_test_run ();
}
