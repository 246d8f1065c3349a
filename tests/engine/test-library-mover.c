#include "config.h"

#include "reel-box-probe.h"
#include "reel-error.h"
#include "reel-file-move.h"
#include "reel-library-world.h"
#include "reel-move-note.h"
#include "reel-service-script.h"
#include "reel-test.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

static void
test_move (ReelLibraryWorld *world, gconstpointer data)
{
  reel_library_world_check_move (world);
}

/* One folder below the other, both ways. */
static void
test_nested (ReelLibraryWorld *world, gconstpointer data)
{
  g_autofree char *parent = g_strdup (reel_library_world_get_from (world));
  g_autofree char *inside = NULL;

  g_free (world->to);
  world->to = g_build_filename (parent, "below", NULL);
  inside = reel_library_world_make_path (world->to, "inside");
  g_assert_cmpint (g_mkdir (world->to, 0755), ==, 0);
  reel_library_world_add_saved (world, "job");
  reel_library_world_add_saved_at (world, "inside", inside);
  reel_library_world_start (world);
  reel_library_world_move (world);
  reel_library_world_assert_sound (world, "job");
  g_assert_cmpstr (reel_library_world_get_file (world, "inside"), ==, inside);
  reel_library_world_assert_sound (world, "inside");
  g_assert_true (reel_library_world_is_in (world->to, "job"));
  g_assert_false (reel_library_world_exists_in (parent, "job"));

  g_free (world->to);
  world->to = g_strdup (parent);
  reel_library_world_move (world);
  reel_library_world_assert_sound (world, "job");
  g_assert_true (reel_library_world_is_in (parent, "job"));
}

/* A cancel leaves what was moved where it is now, and the rest where it was. */
static void
test_cancel (ReelLibraryWorld *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_moved = 0;

  for (guint i = 0; i < 30; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i);

    reel_library_world_add_saved (world, id);
  }
  reel_library_world_start (world);
  reel_library_world_begin (world, &result);
  reel_test_wait (reel_library_mover_get_n_moved (reel_library_world_get_mover (world)) >= 3);
  g_assert_true (reel_library_mover_get_running (reel_library_world_get_mover (world)));
  reel_library_mover_cancel (reel_library_world_get_mover (world));
  g_assert_false (reel_library_world_end (world, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  reel_library_world_stop (world);
  reel_library_world_start (world);
  g_assert_false (reel_library_mover_get_running (reel_library_world_get_mover (world)));
  for (guint i = 0; i < 30; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i);

    reel_library_world_assert_sound (world, id);
    g_assert_true (reel_library_world_exists_in (reel_library_world_get_from (world), id) !=
                   reel_library_world_exists_in (world->to, id));
    n_moved += reel_library_world_exists_in (world->to, id);
  }
  g_assert_cmpuint (n_moved, >=, 3);
  g_assert_cmpuint (n_moved, <, 30);
}

/* Only one at a time. */
static void
test_twice (ReelLibraryWorld *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) one = NULL, other = NULL;
  g_autoptr (GError) error = NULL;

  reel_library_world_add_saved (world, "job");
  reel_library_world_start (world);
  reel_library_world_begin (world, &one);
  reel_library_world_begin (world, &other);
  g_assert_false (reel_library_world_end (world, &other, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&error);
  reel_library_world_end (world, &one, &error);
  g_assert_no_error (error);
  reel_library_world_assert_at (world, "job", world->to);
}

/* The program is closed in the middle: the next start goes on by itself, to the end. */
static void
test_quit (ReelLibraryWorld *world, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (world->to);

  for (guint i = 0; i < 30; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i);

    reel_library_world_add_saved (world, id);
  }
  reel_library_world_start (world);
  reel_engine_move_library_async (world->fixture.engine, folder, NULL, NULL);
  reel_test_wait (reel_library_mover_get_n_moved (reel_library_world_get_mover (world)) >= 3);
  reel_library_world_stop (world);
  reel_library_world_start (world);
  for (guint i = 0; i < 30; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i);

    reel_library_world_assert_sound (world, id);
  }
  for (guint i = 0; i < 30; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i), *path = reel_library_world_make_path (world->to, id);

    reel_test_wait (g_str_equal (reel_library_world_get_file (world, id), path) &&
                    !reel_library_world_exists_in (reel_library_world_get_from (world), id));
    reel_library_world_assert_at (world, id, world->to);
  }
  reel_test_wait (!reel_library_mover_get_running (reel_library_world_get_mover (world)));
  g_assert_cmpstr (g_file_peek_path (reel_engine_get_library (world->fixture.engine)), ==, world->to);
}

static void
write_note (ReelLibraryWorld *world, const ReelFileMove *step)
{
  ReelStore *store = reel_store_new (world->fixture.store_path);
  g_autofree char *text = reel_move_note_write (reel_library_world_get_from (world), world->to, step);
  g_autoptr (GAsyncResult) opened = NULL, closed = NULL;

  reel_store_open_async (store, NULL, reel_test_store_result, &opened);
  reel_test_wait (opened != NULL);
  reel_store_save_text_async (store, REEL_MOVE_NOTE, text, NULL, NULL, NULL);
  reel_store_close_async (store, reel_test_store_result, &closed);
  reel_test_wait (closed != NULL);
  g_object_unref (store);
}

/* Where the crash was. */
typedef enum
{
  BEFORE_THE_FILE,
  IN_THE_COPY,
  BEFORE_THE_NOTE,
  BEFORE_THE_JOB,
  BEFORE_THE_OLD_FILE,
  BEFORE_THE_NEXT,
} Crash;

/* The power fails between any two steps: what is on the disk then is made step by step. The job points to its whole video
 * at once when the program is back, and then the move is finished: the video is in the new folder, once. */
static void
test_crash (ReelLibraryWorld *world, gconstpointer data)
{
  Crash crash = GPOINTER_TO_INT (data) / 2;
  gboolean is_copy = GPOINTER_TO_INT (data) % 2;
  g_autofree char *from = reel_library_world_make_path (reel_library_world_get_from (world), "job"),
                  *to = reel_library_world_make_path (world->to, "job");
  g_autofree char *part = g_build_filename (world->to, ".job.moving", NULL);
  g_autoptr (ReelFileMove) step = reel_file_move_new (from, to, REEL_LIBRARY_VIDEO_SIZE, NULL, "job");
  g_autoptr (GError) error = NULL;

  reel_library_world_add_saved (world, "job");
  reel_library_world_add_saved (world, "second");
  g_assert_cmpint (g_mkdir_with_parents (world->to, 0755), ==, 0);
  write_note (world, NULL);
  if (crash == IN_THE_COPY)
    g_assert_true (g_file_set_contents (part, "half", -1, NULL));
  if (crash >= BEFORE_THE_NOTE && is_copy) {
    reel_library_world_write_video (to, "job");
    step->found = g_strdup (to);
  } else if (crash >= BEFORE_THE_NOTE) {
    g_assert_true (reel_file_move_bring (step, NULL, &error));
    g_assert_no_error (error);
  }
  if (crash >= BEFORE_THE_JOB)
    write_note (world, step);
  if (crash >= BEFORE_THE_OLD_FILE) {
    g_autoptr (GPtrArray) records = reel_engine_fixture_read (&world->fixture);

    for (guint i = 0; i < records->len; i++) {
      ReelJobRecord *record = records->pdata[i];

      if (g_str_equal (record->id, "job")) {
        g_set_str (&record->file, step->found);
        reel_engine_fixture_write (&world->fixture, reel_job_record_copy (record));
      }
    }
  }
  if (crash >= BEFORE_THE_NEXT)
    g_assert_cmpint (g_unlink (from), ==, 0);

  reel_library_world_start (world);
  reel_library_world_assert_sound (world, "job");
  reel_library_world_assert_sound (world, "second");
  reel_test_wait (reel_library_world_exists_in (world->to, "second") &&
                  !reel_library_world_exists_in (reel_library_world_get_from (world), "second") &&
                  !reel_library_mover_get_running (reel_library_world_get_mover (world)));
  reel_library_world_assert_at (world, "job", world->to);
  reel_library_world_assert_at (world, "second", world->to);
  g_assert_cmpuint (reel_library_mover_get_n_doubled (reel_library_world_get_mover (world)), ==, 0);

  /* It is over: the next start moves nothing. */
  reel_library_world_stop (world);
  reel_library_world_start (world);
  reel_library_world_assert_at (world, "job", world->to);
}

/* What became of the old file in the meantime: one that is another one by now is not deleted. */
static void
test_old_file_changed (ReelLibraryWorld *world, gconstpointer data)
{
  g_autofree char *from = reel_library_world_make_path (reel_library_world_get_from (world), "job"),
                  *to = reel_library_world_make_path (world->to, "job");
  g_autoptr (ReelFileMove) step = reel_file_move_new (from, to, REEL_LIBRARY_VIDEO_SIZE, NULL, "job");
  g_autoptr (ReelFileMove) other = reel_file_move_new (from, to, REEL_LIBRARY_VIDEO_SIZE, NULL, "job");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (world->to, 0755), ==, 0);
  reel_library_world_write_video (from, "job");
  g_assert_true (reel_file_move_bring (step, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (from), ==, 0);
  reel_library_world_write_video (from, "another one");
  g_assert_false (reel_file_move_conclude (step, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_FILE);
  g_assert_true (reel_library_world_is_video (from, "another one"));
  g_clear_error (&error);

  /* Nor is the last one. */
  g_assert_true (reel_file_move_bring (other, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (other->found), ==, 0);
  g_assert_false (reel_file_move_conclude (other, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_FILE);
  g_assert_true (reel_library_world_is_video (from, "another one"));
}

/* A link is left alone: where it leads is not the library's. */
static void
test_link (ReelLibraryWorld *world, gconstpointer data)
{
  g_autofree char *from = reel_library_world_make_path (reel_library_world_get_from (world), "job"),
                  *target = reel_library_world_make_path (world->fixture.folder, "target");

  reel_library_world_add_saved (world, "job");
  g_assert_cmpint (g_rename (from, target), ==, 0);
  g_assert_cmpint (symlink (target, from), ==, 0);
  reel_library_world_start (world);
  reel_library_world_move (world);
  g_assert_cmpuint (reel_library_mover_get_n_left (reel_library_world_get_mover (world)), ==, 1);
  g_assert_cmpstr (reel_library_world_get_file (world, "job"), ==, from);
  reel_library_world_assert_sound (world, "job");
}

/* A job is deleted while the library moves: its video is whole, in one place. One whose new place was being written down
 * when it was deleted has moved. */
static void
test_deleted (ReelLibraryWorld *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 20; i++) {
    g_autofree char *id = g_strdup_printf ("job-%02u", i);

    reel_library_world_add_saved (world, id);
  }
  reel_library_world_start (world);
  reel_library_world_begin (world, &result);
  reel_test_wait (reel_library_mover_get_n_moved (reel_library_world_get_mover (world)) >= 2);
  for (guint i = 0; i < 20; i++) {
    g_autofree char *id = g_strdup_printf ("job-%02u", i);

    if (g_str_has_prefix (reel_library_world_get_file (world, id), reel_library_world_get_from (world)))
      reel_engine_fixture_delete (&world->fixture, reel_library_world_get_job (world, id));
  }
  reel_library_world_end (world, &result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 20; i++) {
    g_autofree char *id = g_strdup_printf ("job-%02u", i);

    if (reel_library_world_get_job (world, id) != NULL)
      reel_library_world_assert_at (world, id, world->to);
    else
      g_assert_true (reel_library_world_is_in (reel_library_world_get_from (world), id) !=
                     reel_library_world_is_in (world->to, id));
  }
}

/* What is saved while the library moves goes to the new folder, also where it began to come before. */
static void
test_download (ReelLibraryWorld *world, gconstpointer data)
{
  ReelFaultServer *server = reel_fault_server_new (NULL);
  g_autoptr (GBytes) video = reel_box_probe_make_video (1000);
  ReelJobRecord *record;
  ReelJob *job;

  world->fixture.base_url = reel_fault_server_get_base_url (server);
  reel_script_add_models (server);
  reel_fault_answer_set_hold (reel_script_add_file (server, "/v.mp4", video));
  record = reel_engine_fixture_make_record (&world->fixture, "coming", "req_1");
  record->status = REEL_SERVICE_SUCCEEDED;
  record->file_state = REEL_FILE_DOWNLOADING;
  record->output_url = g_strconcat (reel_fault_server_get_base_url (server), "/v.mp4", NULL);
  reel_engine_fixture_write (&world->fixture, record);
  reel_library_world_add_saved (world, "job");
  reel_library_world_start (world);
  job = reel_library_world_get_job (world, "coming");
  reel_test_wait (reel_fault_server_count (server, "GET", "/v.mp4") == 1);
  reel_library_world_move (world);
  reel_fault_server_release (server);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY &&
                  !reel_library_mover_get_running (reel_library_world_get_mover (world)) &&
                  g_str_has_prefix (reel_job_get_record (job)->file, world->to));
  g_assert_true (g_file_test (reel_job_get_record (job)->file, G_FILE_TEST_EXISTS));
  reel_library_world_assert_at (world, "job", world->to);
  reel_library_world_stop (world);
  g_object_unref (server);
}

/* The database takes nothing: both files stay, and the job has one of them whatever comes. */
static void
test_store_fails (ReelLibraryWorld *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *database;

  reel_library_world_add_saved (world, "job");
  g_assert_cmpint (sqlite3_open (world->fixture.store_path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database,
                                 "CREATE TRIGGER refuse BEFORE UPDATE ON jobs BEGIN SELECT RAISE (ABORT, 'no'); END",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (database);
  reel_library_world_start (world);
  reel_library_world_begin (world, &result);
  g_assert_false (reel_library_world_end (world, &result, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  g_assert_true (reel_library_world_is_in (reel_library_world_get_from (world), "job") &&
                 reel_library_world_is_in (world->to, "job"));
  reel_library_world_assert_sound (world, "job");
  reel_library_world_stop (world);
  reel_library_world_start (world);
  reel_library_world_assert_sound (world, "job");
}

static guint
count_missing (ReelLibraryWorld *world)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_missing = 0;

  reel_engine_count_missing_async (world->fixture.engine, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  reel_engine_count_missing_finish (world->fixture.engine, result, &n_missing, &error);
  g_assert_no_error (error);

  return n_missing;
}

/* The library was moved by hand: jobs follow the files of the same name, size and content. */
static void
test_locate (ReelLibraryWorld *world, gconstpointer data)
{
  g_autofree char *damaged = reel_library_world_make_path (world->to, "damaged"),
                  *short_one = reel_library_world_make_path (world->to, "short");
  g_autofree char *moved = reel_library_world_make_path (world->to, "moved");
  g_autoptr (GFile) folder = g_file_new_for_path (world->to);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_found, n_missing;

  reel_library_world_add_saved (world, "moved");
  reel_library_world_add_saved (world, "damaged");
  reel_library_world_add_saved (world, "short");
  g_assert_cmpint (g_rename (reel_library_world_get_from (world), world->to), ==, 0);
  reel_library_world_write_video (damaged, "damagee");
  g_assert_true (g_file_set_contents (short_one, "short", -1, NULL));
  g_assert_cmpint (g_mkdir (reel_library_world_get_from (world), 0755), ==, 0);
  reel_library_world_add_saved (world, "there");
  reel_library_world_start (world);
  reel_test_wait (reel_job_get_record (reel_library_world_get_job (world, "moved"))->file_state == REEL_FILE_MISSING);
  g_assert_cmpuint (count_missing (world), ==, 3);

  reel_engine_locate_async (world->fixture.engine, folder, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_true (reel_engine_locate_finish (world->fixture.engine, result, &n_found, &n_missing, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_found, ==, 1);
  g_assert_cmpuint (n_missing, ==, 2);
  g_assert_cmpstr (reel_library_world_get_file (world, "moved"), ==, moved);
  g_clear_object (&result);
  reel_library_world_assert_sound (world, "moved");
  reel_library_world_assert_sound (world, "there");
  g_assert_cmpint (reel_job_get_state (reel_library_world_get_job (world, "damaged")), ==, REEL_JOB_NOT_SAVED);
  g_assert_cmpuint (count_missing (world), ==, 2);
  reel_library_world_stop (world);
  reel_library_world_start (world);
  reel_library_world_assert_sound (world, "moved");
}

static void
test_collisions (ReelLibraryWorld *world, gconstpointer data)
{
  reel_library_world_check_collisions (world, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                                            \
  g_test_add ("/engine/library-mover/" path, ReelLibraryWorld, NULL, reel_library_world_set_up, function,              \
              reel_library_world_tear_down)
  ADD ("move", test_move);
  ADD ("nested", test_nested);
  ADD ("collisions", test_collisions);
  ADD ("cancel", test_cancel);
  ADD ("twice", test_twice);
  ADD ("quit", test_quit);
  ADD ("old-file-changed", test_old_file_changed);
  ADD ("link", test_link);
  ADD ("deleted", test_deleted);
  ADD ("download", test_download);
  ADD ("store-fails", test_store_fails);
  ADD ("locate", test_locate);
#undef ADD
  for (guint i = 0; i < 2 * (BEFORE_THE_NEXT + 1); i++) {
    g_autofree char *path = g_strdup_printf ("/engine/library-mover/crash/%u-%s", i / 2, i % 2 ? "copy" : "link");

    g_test_add (path, ReelLibraryWorld, GINT_TO_POINTER (i), reel_library_world_set_up, test_crash,
                reel_library_world_tear_down);
  }

  return g_test_run ();
}
