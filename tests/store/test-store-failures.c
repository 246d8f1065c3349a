#include "config.h"

#include "reel-database.h"
#include "reel-error.h"
#include "reel-store-fixture.h"
#include "reel-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

/* A database that cannot be used: it says so until the cause is gone, and what is there is left alone. */

static void
test_locked (ReelStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (reel_store_fixture_open (fixture->path, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
}

static char *
read_file (const char *path, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *contents;

  g_file_get_contents (path, &contents, length, &error);
  g_assert_no_error (error);

  return contents;
}

static void
assert_refused_and_untouched (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelStore) store = NULL;
  g_autofree char *before = NULL, *after = NULL;
  gsize length_before, length_after;

  before = read_file (path, &length_before);
  store = reel_store_fixture_open (path, &error);
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  g_assert_null (store);
  after = read_file (path, &length_after);
  g_assert_cmpmem (before, length_before, after, length_after);
}

static void
test_refused_files (void)
{
  g_autofree char *folder = reel_test_make_folder ();
  g_autofree char *newer = g_build_filename (folder, "newer.db", NULL);
  g_autofree char *foreign = g_build_filename (folder, "foreign.db", NULL);
  g_autofree char *text = g_build_filename (folder, "text.db", NULL);
  g_autofree char *directory = g_build_filename (folder, "directory.db", NULL);
  g_autofree char *many = NULL;
  g_autoptr (GError) error = NULL;
  ReelDatabase *database;

  database = reel_database_open (newer, &error);
  g_assert_no_error (error);
  reel_database_execute (database, "CREATE TABLE future (x); PRAGMA user_version = 1000", &error);
  g_assert_no_error (error);
  reel_database_close (database, NULL);
  assert_refused_and_untouched (newer);

  database = reel_database_open (foreign, &error);
  g_assert_no_error (error);
  reel_database_execute (database, "CREATE TABLE recipes (x)", &error);
  g_assert_no_error (error);
  reel_database_close (database, NULL);
  assert_refused_and_untouched (foreign);

  many = g_strnfill (100000, 'x');
  g_file_set_contents (text, many, -1, &error);
  g_assert_no_error (error);
  assert_refused_and_untouched (text);

  g_assert_cmpint (g_mkdir (directory, 0700), ==, 0);
  g_assert_null (reel_store_fixture_open (directory, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  g_clear_error (&error);
  g_assert_null (reel_store_fixture_open ("/proc/nowhere/history.db", &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
}

static void
test_corrupt (ReelStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *garbage = g_strnfill (4096, '\xa5');
  int file;

  for (int i = 0; i < 200; i++) {
    g_autofree char *id = g_strdup_printf ("%d", i);
    g_autoptr (ReelJobRecord) record = reel_store_fixture_make_record (id, i);

    reel_store_save_job_async (fixture->store, record, NULL, NULL, NULL);
  }
  reel_store_fixture_close (fixture->store);
  g_assert_finalize_object (fixture->store);

  /* The first page stays whole: the damage shows only when the jobs are read. */
  file = g_open (fixture->path, O_WRONLY);
  for (int page = 2; page < 20; page++)
    g_assert_cmpint (pwrite (file, garbage, 4096, page * 4096), ==, 4096);
  close (file);

  fixture->store = reel_store_fixture_open (fixture->path, &error);
  g_assert_no_error (error);
  records = reel_store_fixture_load_jobs (fixture->store, &error);
  g_assert_null (records);
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  g_assert_nonnull (reel_store_get_failed (fixture->store));
}

static void
on_failed (ReelStore *store, GParamSpec *pspec, gpointer data)
{
  ++*(guint *)data;
}

static void
full_disk_child (void)
{
  g_autofree char *folder = reel_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  g_autofree char *prompt = g_strnfill (1 << 20, 'x');
  g_autoptr (ReelJobRecord) record = reel_store_fixture_make_record ("one", 1);
  g_autoptr (ReelJobRecord) big = reel_store_fixture_make_record ("big", 2);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelStore) store = reel_store_fixture_open (path, &error);
  struct rlimit limit = {256 << 10, RLIM_INFINITY};
  guint n_notified = 0;

  g_assert_no_error (error);
  reel_store_fixture_save_job (store, record, &error);
  g_assert_no_error (error);

  /* Writing past this size fails as on a full disk. */
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_signal_connect (store, "notify::failed", G_CALLBACK (on_failed), &n_notified);
  g_set_str (&big->prompt, prompt);
  reel_store_fixture_save_job (store, big, &error);
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  g_assert_nonnull (reel_store_get_failed (store));
  g_assert_cmpuint (n_notified, ==, 1);
  g_clear_error (&error);

  /* What writes nothing proves nothing. */
  reel_store_add_event (store, "big", "request", 0, "{}");
  records = reel_store_fixture_load_jobs (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  g_clear_pointer (&records, g_ptr_array_unref);
  g_assert_nonnull (reel_store_get_failed (store));

  /* There is room again: the next write clears it, and nothing was lost. */
  limit.rlim_cur = RLIM_INFINITY;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  reel_store_fixture_save_job (store, big, &error);
  g_assert_no_error (error);
  g_assert_null (reel_store_get_failed (store));
  g_assert_cmpuint (n_notified, ==, 2);
  records = reel_store_fixture_load_jobs (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 2);
  reel_store_fixture_close (store);
}

static void
test_full_disk (void)
{
  if (g_test_subprocess ()) {
    full_disk_child ();
    return;
  }

  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
read_only_child (void)
{
  g_autofree char *folder = reel_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "history.db", NULL), *lock = g_strconcat (path, "-lock", NULL),
                  *other = g_build_filename (folder, "new.db", NULL);
  g_autoptr (ReelJobRecord) record = reel_store_fixture_make_record ("one", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelStore) store = reel_store_fixture_open (path, &error);

  g_assert_no_error (error);
  reel_store_fixture_save_job (store, record, &error);
  g_assert_no_error (error);
  reel_store_fixture_close (store);

  /* Root may write everywhere. */
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  g_assert_cmpint (g_chmod (path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (lock, 0666), ==, 0);
  if (geteuid () == 0)
    g_assert_cmpint (setresuid (65534, 65534, 0), ==, 0);
  assert_refused_and_untouched (path);
  g_assert_null (reel_store_fixture_open (other, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  if (getuid () == 65534)
    g_assert_cmpint (setresuid (0, 0, 0), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
}

static void
test_read_only (void)
{
  if (g_test_subprocess ()) {
    read_only_child ();
    return;
  }

  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

/* A file that is moved away takes nothing more; where it comes back, it is used again. */
static void
test_moved (ReelStoreFixture *fixture, gconstpointer data)
{
  g_autofree char *elsewhere = g_strconcat (fixture->path, ".elsewhere", NULL);
  g_autoptr (ReelJobRecord) one = reel_store_fixture_make_record ("one", 1);
  g_autoptr (ReelJobRecord) two = reel_store_fixture_make_record ("two", 2);
  g_autoptr (GPtrArray) records = reel_store_fixture_load_jobs (fixture->store, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reel_store_fixture_save_job (fixture->store, one, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_rename (fixture->path, elsewhere), ==, 0);
  reel_store_fixture_save_job (fixture->store, two, &error);
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  g_assert_nonnull (reel_store_get_failed (fixture->store));
  g_clear_error (&error);

  /* A write that is no transaction of ours is no better. */
  reel_store_save_text_async (fixture->store, "draft", "text", NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_false (reel_store_save_text_finish (fixture->store, result, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  g_clear_error (&error);
  g_assert_nonnull (reel_store_get_failed (fixture->store));

  /* Nothing went into it meanwhile. */
  g_assert_cmpint (g_rename (elsewhere, fixture->path), ==, 0);
  g_clear_pointer (&records, g_ptr_array_unref);
  records = reel_store_fixture_load_jobs (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  reel_store_fixture_save_job (fixture->store, two, &error);
  g_assert_no_error (error);
  g_assert_null (reel_store_get_failed (fixture->store));
  g_clear_pointer (&records, g_ptr_array_unref);
  records = reel_store_fixture_load_jobs (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 2);
}

/* Another program holds the file: whoever comes first waits for a moment, the others do not. */
static void
test_held (ReelStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ReelJobRecord) record = reel_store_fixture_make_record ("one", 1);
  g_autoptr (GPtrArray) records = reel_store_fixture_load_jobs (fixture->store, NULL);
  g_autoptr (GError) error = NULL;
  sqlite3 *holder = NULL;
  gint64 start;

  g_assert_cmpint (sqlite3_open (fixture->path, &holder), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (holder, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  reel_store_fixture_save_job (fixture->store, record, &error);
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  g_clear_error (&error);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 10; i++) {
    reel_store_fixture_save_job (fixture->store, record, &error);
    g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
    g_clear_error (&error);
  }
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
  g_assert_nonnull (reel_store_get_failed (fixture->store));

  g_assert_cmpint (sqlite3_exec (holder, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (holder);
  reel_store_fixture_save_job (fixture->store, record, &error);
  g_assert_no_error (error);
  g_assert_null (reel_store_get_failed (fixture->store));
}

/* Nothing is written into a damaged file, not even what would go well; a sound one in its place can be opened. */
static void
test_damaged_left_alone (ReelStoreFixture *fixture, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL), *sound = NULL, *before = NULL, *after = NULL;
  g_autofree char *garbage = g_strnfill (4096, '\xa5');
  g_autoptr (ReelJobRecord) record = reel_store_fixture_make_record ("one", 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  gsize length, length_before, length_after;
  int file;

  for (int i = 0; i < 200; i++) {
    g_autofree char *id = g_strdup_printf ("%d", i);
    g_autoptr (ReelJobRecord) other = reel_store_fixture_make_record (id, i);

    reel_store_save_job_async (fixture->store, other, NULL, NULL, NULL);
  }
  reel_store_fixture_save_job (fixture->store, record, &error);
  g_assert_no_error (error);
  reel_store_fixture_close (fixture->store);
  g_assert_finalize_object (fixture->store);

  /* Only the last jobs are damaged: a text could still be written. */
  sound = read_file (fixture->path, &length);
  file = g_open (fixture->path, O_WRONLY);
  for (gsize page = length / 4096 / 2; page < length / 4096; page++)
    g_assert_cmpint (pwrite (file, garbage, 4096, page * 4096), ==, 4096);
  close (file);
  before = read_file (fixture->path, &length_before);

  fixture->store = reel_store_fixture_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_null (reel_store_fixture_load_jobs (fixture->store, NULL));
  reel_store_fixture_save_job (fixture->store, record, &error);
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  g_clear_error (&error);
  reel_store_save_text_async (fixture->store, "draft", "text", NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_false (reel_store_save_text_finish (fixture->store, result, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  g_clear_error (&error);
  g_clear_object (&result);
  g_assert_nonnull (reel_store_get_failed (fixture->store));
  after = read_file (fixture->path, &length_after);
  g_assert_cmpmem (before, length_before, after, length_after);

  g_assert_true (g_file_set_contents (fixture->path, sound, length, &error));
  g_unlink (wal);
  reel_store_open_async (fixture->store, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  reel_store_open_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  records = reel_store_fixture_load_jobs (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 201);
  reel_store_fixture_save_job (fixture->store, record, &error);
  g_assert_no_error (error);
  g_assert_null (reel_store_get_failed (fixture->store));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                                            \
  g_test_add (path, ReelStoreFixture, NULL, reel_store_fixture_set_up, function, reel_store_fixture_tear_down)
  ADD ("/store/failures/locked", test_locked);
  ADD ("/store/failures/corrupt", test_corrupt);
  ADD ("/store/failures/damaged-left-alone", test_damaged_left_alone);
  ADD ("/store/failures/moved", test_moved);
  ADD ("/store/failures/held", test_held);
#undef ADD
  g_test_add_func ("/store/failures/refused-files", test_refused_files);
  g_test_add_func ("/store/failures/full-disk", test_full_disk);
  g_test_add_func ("/store/failures/read-only", test_read_only);

  return g_test_run ();
}
