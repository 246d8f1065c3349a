#include "config.h"

#include "reel-error.h"
#include "reel-file-move.h"
#include "reel-library-world.h"
#include "reel-small-disk.h"
#include "reel-test.h"

#include <glib/gstdio.h>
#include <sys/mount.h>
#include <unistd.h>

/* The cases below need a volume of their own. */
static gboolean
enter_subprocess (void)
{
  if (g_test_subprocess ())
    return TRUE;

  if (!reel_small_disk_is_possible ()) {
    g_test_skip ("No file system can be mounted here");
    return FALSE;
  }
  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();

  return FALSE;
}

static void
set_up_volume (ReelLibraryWorld *world, const char *size)
{
  reel_library_world_set_up (world, NULL);
  reel_small_disk_mount (world->to, size);
}

static void
tear_down_volume (ReelLibraryWorld *world)
{
  reel_engine_fixture_stop (&world->fixture);
  g_assert_cmpint (umount (world->to), ==, 0);
  reel_library_world_tear_down (world, NULL);
}

static void
test_other_volume (void)
{
  ReelLibraryWorld world = {0};

  if (!enter_subprocess ())
    return;

  set_up_volume (&world, "128m");
  reel_library_world_check_move (&world);
  tear_down_volume (&world);
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* A job is deleted while its video is copied: nothing of it is left in the new folder. */
static void
test_deleted_in_the_copy (void)
{
  ReelLibraryWorld world = {0};
  g_autofree char *from = NULL, *part = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReelJobRecord *record;
  ReelJob *job;
  guint tick;

  if (!enter_subprocess ())
    return;

  set_up_volume (&world, "256m");
  from = reel_library_world_make_path (reel_library_world_get_from (&world), "job");
  part = g_build_filename (world.to, ".job.moving", NULL);
  record = reel_engine_fixture_make_record (&world.fixture, "job", "job");
  record->status = REEL_SERVICE_SUCCEEDED;
  record->file_state = REEL_FILE_SAVED;
  record->file = g_strdup (from);
  record->file_size = 48 << 20;
  reel_library_world_write_video (from, "job");
  g_assert_cmpint (truncate (from, record->file_size), ==, 0);
  reel_engine_fixture_write (&world.fixture, record);
  reel_library_world_start (&world);
  job = reel_library_world_get_job (&world, "job");
  reel_library_world_begin (&world, &result);
  /* Nothing else happens on the main loop while the thread copies. */
  tick = g_timeout_add (1, on_tick, NULL);
  reel_test_wait (g_file_test (part, G_FILE_TEST_EXISTS));
  g_source_remove (tick);
  reel_engine_fixture_delete (&world.fixture, job);
  reel_library_world_end (&world, &result, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (from, G_FILE_TEST_EXISTS));
  g_assert_false (reel_library_world_exists_in (world.to, "job"));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  tear_down_volume (&world);
}

/* It is found out before anything is moved, and the library stays the old one. */
static void
test_no_space (void)
{
  ReelLibraryWorld world = {0};
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (!enter_subprocess ())
    return;

  set_up_volume (&world, "65572k");
  reel_library_world_add_saved (&world, "one");
  reel_library_world_add_saved (&world, "other");
  reel_library_world_start (&world);
  reel_library_world_begin (&world, &result);
  g_assert_false (reel_library_world_end (&world, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpstr (g_file_peek_path (reel_engine_get_library (world.fixture.engine)), ==,
                   reel_library_world_get_from (&world));
  reel_library_world_assert_at (&world, "one", reel_library_world_get_from (&world));
  reel_library_world_assert_at (&world, "other", reel_library_world_get_from (&world));
  tear_down_volume (&world);
}

/* The disk fills while a video is copied: nothing is lost, nothing half is left. */
static void
test_full_disk (void)
{
  ReelLibraryWorld world = {0};
  g_autofree char *from = NULL, *to = NULL;
  g_autoptr (ReelFileMove) step = NULL;
  g_autoptr (GError) error = NULL;

  if (!enter_subprocess ())
    return;

  set_up_volume (&world, "16k");
  from = reel_library_world_make_path (reel_library_world_get_from (&world), "job");
  to = reel_library_world_make_path (world.to, "job");
  reel_library_world_write_video (from, "job");
  step = reel_file_move_new (from, to, REEL_LIBRARY_VIDEO_SIZE, NULL, "job");
  g_assert_false (reel_file_move_bring (step, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_true (reel_library_world_is_video (from, "job"));
  g_assert_false (g_file_test (to, G_FILE_TEST_EXISTS));
  reel_library_world_assert_no_part (world.to);
  g_assert_cmpint (umount (world.to), ==, 0);
  reel_library_world_tear_down (&world, NULL);
}

static void
test_read_only (void)
{
  ReelLibraryWorld world = {0};
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (!enter_subprocess ())
    return;

  set_up_volume (&world, "128m");
  reel_library_world_add_saved (&world, "job");
  g_assert_cmpint (mount ("tmpfs", world.to, "tmpfs", MS_REMOUNT | MS_RDONLY, "size=128m"), ==, 0);
  reel_library_world_start (&world);
  reel_library_world_begin (&world, &result);
  g_assert_false (reel_library_world_end (&world, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY);
  reel_library_world_assert_sound (&world, "job");
  g_assert_true (reel_library_world_is_in (reel_library_world_get_from (&world), "job"));
  tear_down_volume (&world);
}

/* A video that is not as it was saved is not called a good copy: it stays where it is. */
static void
test_damaged (void)
{
  ReelLibraryWorld world = {0};
  g_autofree char *from = NULL;

  if (!enter_subprocess ())
    return;

  set_up_volume (&world, "128m");
  reel_library_world_add_saved (&world, "job");
  from = reel_library_world_make_path (reel_library_world_get_from (&world), "job");
  reel_library_world_write_video (from, "jab");
  reel_library_world_start (&world);
  reel_library_world_move (&world);
  g_assert_cmpuint (reel_library_mover_get_n_left (reel_library_world_get_mover (&world)), ==, 1);
  g_assert_cmpstr (reel_library_world_get_file (&world, "job"), ==, from);
  g_assert_true (reel_library_world_is_video (from, "jab"));
  g_assert_false (reel_library_world_exists_in (world.to, "job"));
  tear_down_volume (&world);
}

static void
test_collisions_of_copies (void)
{
  ReelLibraryWorld world = {0};

  if (!enter_subprocess ())
    return;

  set_up_volume (&world, "128m");
  reel_library_world_check_collisions (&world, NULL);
  tear_down_volume (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/library-volumes/other-volume", test_other_volume);
  g_test_add_func ("/engine/library-volumes/deleted-in-the-copy", test_deleted_in_the_copy);
  g_test_add_func ("/engine/library-volumes/no-space", test_no_space);
  g_test_add_func ("/engine/library-volumes/full-disk", test_full_disk);
  g_test_add_func ("/engine/library-volumes/read-only", test_read_only);
  g_test_add_func ("/engine/library-volumes/damaged", test_damaged);
  g_test_add_func ("/engine/library-volumes/collisions-of-copies", test_collisions_of_copies);

  return g_test_run ();
}
