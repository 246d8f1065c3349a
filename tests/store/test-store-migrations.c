#include "config.h"

#include "reel-error.h"
#include "reel-store-migrations.h"
#include "reel-test.h"

#include <glib/gstdio.h>

static const char *const steps[] = {
    "CREATE TABLE things (name TEXT NOT NULL) STRICT; INSERT INTO things VALUES ('old')",
    "ALTER TABLE things ADD COLUMN size INTEGER NOT NULL DEFAULT 7",
    "CREATE TABLE others (x); UPDATE things SET name = name || ' and new'",
};
static const char *const broken_steps[] = {
    "CREATE TABLE things (name TEXT NOT NULL) STRICT; INSERT INTO things VALUES ('old')",
    "DELETE FROM things; CREATE TABLE half (x); INSERT INTO nowhere VALUES (1)",
};

static gint64
get_int (ReelDatabase *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value;

  reel_database_get_int (database, sql, &value, &error);
  g_assert_no_error (error);

  return value;
}

static ReelDatabase *
open_database (const char *path)
{
  g_autoptr (GError) error = NULL;
  ReelDatabase *database = reel_database_open (path, &error);

  g_assert_no_error (error);

  return database;
}

static void
test_new_file (void)
{
  g_autofree char *folder = reel_test_make_folder (), *path = g_build_filename (folder, "a.db", NULL);
  g_autofree char *copy = g_strconcat (path, ".version-0", NULL);
  g_autoptr (GError) error = NULL;
  ReelDatabase *database = open_database (path);

  g_assert_true (reel_store_migrate_to_latest (database, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_int (database, "PRAGMA user_version"), ==, reel_store_get_latest_version ());
  g_assert_cmpint (get_int (database, "SELECT count(*) FROM jobs"), ==, 0);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  g_assert_true (reel_store_migrate_to_latest (database, &error));
  g_assert_no_error (error);
  reel_database_close (database, NULL);
}

static void
test_older_file (void)
{
  g_autofree char *folder = reel_test_make_folder (), *path = g_build_filename (folder, "a.db", NULL);
  g_autofree char *copy = g_strconcat (path, ".version-1", NULL), *second = g_strconcat (copy, ".1", NULL);
  g_autoptr (GError) error = NULL;
  ReelDatabase *database = open_database (path);

  g_assert_true (reel_store_migrate (database, steps, 1, NULL, &error));
  g_assert_true (g_file_set_contents (copy, "a copy of an earlier attempt", -1, &error));
  g_assert_true (reel_store_migrate (database, steps, 3, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_int (database, "PRAGMA user_version"), ==, 3);
  g_assert_cmpint (get_int (database, "SELECT size FROM things WHERE name = 'old and new'"), ==, 7);
  reel_database_close (database, NULL);

  /* The copy is the file as it was, and an earlier copy was not replaced. */
  database = open_database (second);
  g_assert_cmpint (get_int (database, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (get_int (database, "SELECT count(*) FROM things WHERE name = 'old'"), ==, 1);
  reel_database_close (database, NULL);
}

static void
test_broken_step (void)
{
  g_autofree char *folder = reel_test_make_folder (), *path = g_build_filename (folder, "a.db", NULL);
  g_autoptr (GError) error = NULL;
  ReelDatabase *database = open_database (path);

  g_assert_true (reel_store_migrate (database, broken_steps, 1, NULL, &error));
  g_assert_false (reel_store_migrate (database, broken_steps, 2, NULL, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  g_assert_cmpint (get_int (database, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (get_int (database, "SELECT count(*) FROM things"), ==, 1);
  g_assert_cmpint (get_int (database, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), ==, 0);
  reel_database_close (database, NULL);
}

/* The second of two steps fails: the first is taken back as well, and no copy is left of what did not change. */
static void
test_all_or_nothing (void)
{
  static const char *const steps_to_failure[] = {
      "CREATE TABLE things (name TEXT NOT NULL) STRICT; INSERT INTO things VALUES ('old')",
      "UPDATE things SET name = 'new'",
      "CREATE TABLE half (x); INSERT INTO nowhere VALUES (1)",
  };
  g_autofree char *folder = reel_test_make_folder (), *path = g_build_filename (folder, "a.db", NULL);
  g_autofree char *copy = g_strconcat (path, ".version-1", NULL);
  g_autoptr (GError) error = NULL;
  ReelDatabase *database = open_database (path);

  g_assert_true (reel_store_migrate (database, steps_to_failure, 1, NULL, &error));
  for (guint i = 0; i < 2; i++) {
    g_assert_false (reel_store_migrate (database, steps_to_failure, 3, NULL, &error));
    g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
    g_clear_error (&error);
    g_assert_cmpint (get_int (database, "PRAGMA user_version"), ==, 1);
    g_assert_cmpint (get_int (database, "SELECT count(*) FROM things WHERE name = 'old'"), ==, 1);
    g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  }
  reel_database_close (database, NULL);
}

static void
test_newer_file (void)
{
  g_autofree char *folder = reel_test_make_folder (), *path = g_build_filename (folder, "a.db", NULL);
  g_autoptr (GError) error = NULL;
  ReelDatabase *database = open_database (path);

  g_assert_true (reel_store_migrate (database, steps, 3, NULL, &error));
  g_assert_false (reel_store_migrate (database, steps, 2, NULL, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  g_assert_cmpint (get_int (database, "PRAGMA user_version"), ==, 3);
  reel_database_close (database, NULL);
}

static gpointer
use_from_another_thread (gpointer database)
{
  reel_database_execute (database, "SELECT 1", NULL);

  return NULL;
}

static void
test_one_owner_thread (void)
{
  g_autofree char *folder = NULL, *path = NULL;

  if (g_test_subprocess ()) {
    folder = reel_test_make_folder ();
    path = g_build_filename (folder, "a.db", NULL);
    g_thread_join (g_thread_new ("other", use_from_another_thread, open_database (path)));
    return;
  }

  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*owner == g_thread_self*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/migrations/new-file", test_new_file);
  g_test_add_func ("/store/migrations/older-file", test_older_file);
  g_test_add_func ("/store/migrations/broken-step", test_broken_step);
  g_test_add_func ("/store/migrations/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/store/migrations/newer-file", test_newer_file);
  g_test_add_func ("/store/migrations/one-owner-thread", test_one_owner_thread);

  return g_test_run ();
}
