#include "config.h"

#include "reel-library-world.h"

#include "reel-file-move.h"
#include "reel-move-note.h"
#include "reel-test.h"

#include <glib/gstdio.h>
#include <sys/mount.h>
#include <unistd.h>

void
reel_library_world_set_up (ReelLibraryWorld *world, gconstpointer data)
{
  reel_engine_fixture_init (&world->fixture);
  world->to = g_build_filename (world->fixture.folder, "new", NULL);
  g_assert_cmpint (g_mkdir_with_parents (g_file_peek_path (world->fixture.library), 0755), ==, 0);
}

void
reel_library_world_tear_down (ReelLibraryWorld *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  g_free (world->to);
}

const char *
reel_library_world_get_from (ReelLibraryWorld *world)
{
  return g_file_peek_path (world->fixture.library);
}

/* The path of a video in a folder. */
char *
reel_library_world_make_path (const char *folder, const char *id)
{
  g_autofree char *name = g_strconcat (id, ".mp4", NULL);

  return g_build_filename (folder, name, NULL);
}

/* What a video holds: another one for each job. */
char *
reel_library_world_make_content (const char *id)
{
  g_autofree char *filler = g_strnfill (REEL_LIBRARY_VIDEO_SIZE, 'x');
  char *content = g_strconcat (id, filler, NULL);

  content[REEL_LIBRARY_VIDEO_SIZE] = '\0';

  return content;
}

void
reel_library_world_write_video (const char *path, const char *id)
{
  g_autofree char *content = reel_library_world_make_content (id);

  g_assert_true (g_file_set_contents (path, content, REEL_LIBRARY_VIDEO_SIZE, NULL));
}

gboolean
reel_library_world_is_video (const char *path, const char *id)
{
  g_autofree char *expected = reel_library_world_make_content (id), *content = NULL;
  gsize length;

  return g_file_get_contents (path, &content, &length, NULL) && length == REEL_LIBRARY_VIDEO_SIZE &&
         memcmp (content, expected, REEL_LIBRARY_VIDEO_SIZE) == 0;
}

gboolean
reel_library_world_is_in (const char *folder, const char *id)
{
  g_autofree char *path = reel_library_world_make_path (folder, id);

  return reel_library_world_is_video (path, id);
}

gboolean
reel_library_world_exists_in (const char *folder, const char *id)
{
  g_autofree char *path = reel_library_world_make_path (folder, id);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

void
reel_library_world_add_saved_at (ReelLibraryWorld *world, const char *id, const char *path)
{
  g_autofree char *content = reel_library_world_make_content (id);
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, id, id);

  record->status = REEL_SERVICE_SUCCEEDED;
  record->file_state = REEL_FILE_SAVED;
  record->file = g_strdup (path);
  record->file_size = REEL_LIBRARY_VIDEO_SIZE;
  record->file_sha256 =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)content, REEL_LIBRARY_VIDEO_SIZE);
  reel_library_world_write_video (path, id);
  reel_engine_fixture_write (&world->fixture, record);
}

void
reel_library_world_add_saved (ReelLibraryWorld *world, const char *id)
{
  g_autofree char *path = reel_library_world_make_path (reel_library_world_get_from (world), id);

  reel_library_world_add_saved_at (world, id, path);
}

ReelJob *
reel_library_world_get_job (ReelLibraryWorld *world, const char *id)
{
  return reel_engine_fixture_find_job (&world->fixture, id);
}

const char *
reel_library_world_get_file (ReelLibraryWorld *world, const char *id)
{
  return reel_job_get_record (reel_library_world_get_job (world, id))->file;
}

/* What must hold at any time: the job points to its whole video. */
void
reel_library_world_assert_sound (ReelLibraryWorld *world, const char *id)
{
  g_assert_cmpint (reel_job_get_state (reel_library_world_get_job (world, id)), ==, REEL_JOB_READY);
  g_assert_true (reel_library_world_is_video (reel_library_world_get_file (world, id), id));
}

/* The video is in a folder and nowhere else. */
void
reel_library_world_assert_at (ReelLibraryWorld *world, const char *id, const char *folder)
{
  g_autofree char *path = reel_library_world_make_path (folder, id);

  reel_library_world_assert_sound (world, id);
  g_assert_cmpstr (reel_library_world_get_file (world, id), ==, path);
  if (g_str_equal (folder, world->to))
    g_assert_false (reel_library_world_exists_in (reel_library_world_get_from (world), id));
  else
    g_assert_false (reel_library_world_exists_in (world->to, id));
}

void
reel_library_world_assert_no_part (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_suffix (name, ".moving"));
}

ReelLibraryMover *
reel_library_world_get_mover (ReelLibraryWorld *world)
{
  return reel_engine_get_library_mover (world->fixture.engine);
}

void
reel_library_world_begin (ReelLibraryWorld *world, GAsyncResult **result)
{
  g_autoptr (GFile) folder = g_file_new_for_path (world->to);

  reel_engine_move_library_async (world->fixture.engine, folder, reel_test_store_result, result);
}

gboolean
reel_library_world_end (ReelLibraryWorld *world, GAsyncResult **result, GError **error)
{
  gboolean moved;

  reel_test_wait (*result != NULL);
  moved = reel_engine_move_library_finish (world->fixture.engine, *result, error);
  g_clear_object (result);

  return moved;
}

void
reel_library_world_move (ReelLibraryWorld *world)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reel_library_world_begin (world, &result);
  reel_library_world_end (world, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_file_peek_path (reel_engine_get_library (world->fixture.engine)), ==, world->to);
  reel_library_world_assert_no_part (world->to);
}

void
reel_library_world_stop (ReelLibraryWorld *world)
{
  reel_engine_fixture_stop (&world->fixture);
}

void
reel_library_world_start (ReelLibraryWorld *world)
{
  reel_engine_fixture_start (&world->fixture);
}

/* Whether the next start would go on with a move. */
gboolean
reel_library_world_has_note (ReelLibraryWorld *world)
{
  ReelStore *store = reel_store_new (world->fixture.store_path);
  g_autoptr (GAsyncResult) opened = NULL, loaded = NULL, closed = NULL;
  g_autofree char *text = NULL;

  reel_store_open_async (store, NULL, reel_test_store_result, &opened);
  reel_store_load_text_async (store, REEL_MOVE_NOTE, NULL, reel_test_store_result, &loaded);
  reel_store_close_async (store, reel_test_store_result, &closed);
  reel_test_wait (opened != NULL && loaded != NULL && closed != NULL);
  text = reel_store_load_text_finish (store, loaded, NULL);
  g_object_unref (store);

  return text != NULL;
}

/* What lies outside the library, or is not there, is left alone; the rest follows, also over a restart. */
void
reel_library_world_check_move (ReelLibraryWorld *world)
{
  g_autofree char *deep = g_build_filename (reel_library_world_get_from (world), "deep", NULL);
  g_autofree char *new_deep = g_build_filename (world->to, "deep", NULL);
  g_autofree char *beside = g_strconcat (reel_library_world_get_from (world), "-beside", NULL);
  g_autofree char *beside_path = reel_library_world_make_path (beside, "beside"),
                  *deep_path = reel_library_world_make_path (deep, "deep");
  g_autofree char *gone = reel_library_world_make_path (reel_library_world_get_from (world), "gone");

  g_assert_cmpint (g_mkdir (deep, 0755), ==, 0);
  g_assert_cmpint (g_mkdir (beside, 0755), ==, 0);
  reel_library_world_add_saved (world, "one");
  reel_library_world_add_saved (world, "other");
  reel_library_world_add_saved (world, "gone");
  reel_library_world_add_saved_at (world, "beside", beside_path);
  reel_library_world_add_saved_at (world, "deep", deep_path);
  reel_library_world_start (world);
  g_assert_cmpint (g_unlink (gone), ==, 0);
  reel_library_world_move (world);

  g_assert_cmpuint (reel_library_mover_get_n_moved (reel_library_world_get_mover (world)), ==, 3);
  g_assert_cmpuint (reel_library_mover_get_n_left (reel_library_world_get_mover (world)), ==, 0);
  g_assert_cmpuint (reel_library_mover_get_n_doubled (reel_library_world_get_mover (world)), ==, 0);
  g_assert_cmpfloat (reel_library_mover_get_progress (reel_library_world_get_mover (world)), ==, 1);
  g_assert_cmpstr (reel_library_world_get_file (world, "gone"), ==, gone);
  reel_library_world_stop (world);
  g_assert_false (reel_library_world_has_note (world));
  reel_library_world_start (world);
  reel_library_world_assert_at (world, "one", world->to);
  reel_library_world_assert_at (world, "other", world->to);
  reel_library_world_assert_at (world, "deep", new_deep);
  reel_library_world_assert_at (world, "beside", beside);
  g_assert_false (reel_library_mover_get_running (reel_library_world_get_mover (world)));
}

/* No file of the new folder is replaced; one that is the video already is taken for it. */
void
reel_library_world_check_collisions (ReelLibraryWorld *world, gconstpointer data)
{
  g_autofree char *taken = reel_library_world_make_path (world->to, "taken"),
                  *numbered = reel_library_world_make_path (world->to, "taken (2)");
  g_autofree char *same = reel_library_world_make_path (world->to, "same"),
                  *folder = reel_library_world_make_path (world->to, "folder");
  g_autofree char *second = reel_library_world_make_path (world->to, "folder (2)");

  reel_library_world_add_saved (world, "taken");
  reel_library_world_add_saved (world, "same");
  reel_library_world_add_saved (world, "folder");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  reel_library_world_write_video (taken, "something else");
  reel_library_world_write_video (same, "same");
  reel_library_world_start (world);
  reel_library_world_move (world);
  g_assert_true (reel_library_world_is_video (taken, "something else"));
  g_assert_cmpstr (reel_library_world_get_file (world, "taken"), ==, numbered);
  g_assert_cmpstr (reel_library_world_get_file (world, "folder"), ==, second);
  g_assert_cmpstr (reel_library_world_get_file (world, "same"), ==, same);
  reel_library_world_assert_sound (world, "taken");
  reel_library_world_assert_sound (world, "folder");
  reel_library_world_assert_at (world, "same", world->to);
  g_assert_false (reel_library_world_exists_in (reel_library_world_get_from (world), "taken"));
}
