#include "config.h"

#include "reel-box-probe.h"
#include "reel-engine-fixture.h"
#include "reel-error.h"
#include "reel-file-move.h"
#include "reel-move-note.h"
#include "reel-service-script.h"
#include "reel-small-disk.h"
#include "reel-test.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <unistd.h>

#define SIZE (64 << 10)

typedef struct
{
  ReelEngineFixture fixture;
  char *to; /* the new folder */
} World;

static void
set_up (World *world, gconstpointer data)
{
  reel_engine_fixture_init (&world->fixture);
  world->to = g_build_filename (world->fixture.folder, "new", NULL);
  g_assert_cmpint (g_mkdir_with_parents (g_file_peek_path (world->fixture.library), 0755), ==, 0);
}

static void
tear_down (World *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  g_free (world->to);
}

static const char *
get_from (World *world)
{
  return g_file_peek_path (world->fixture.library);
}

/* The path of a video in a folder. */
static char *
make_path (const char *folder, const char *id)
{
  g_autofree char *name = g_strconcat (id, ".mp4", NULL);

  return g_build_filename (folder, name, NULL);
}

/* What a video holds: another one for each job. */
static char *
make_content (const char *id)
{
  g_autofree char *filler = g_strnfill (SIZE, 'x');
  char *content = g_strconcat (id, filler, NULL);

  content[SIZE] = '\0';

  return content;
}

static void
write_video (const char *path, const char *id)
{
  g_autofree char *content = make_content (id);

  g_assert_true (g_file_set_contents (path, content, SIZE, NULL));
}

static gboolean
is_video (const char *path, const char *id)
{
  g_autofree char *expected = make_content (id), *content = NULL;
  gsize length;

  return g_file_get_contents (path, &content, &length, NULL) && length == SIZE && memcmp (content, expected, SIZE) == 0;
}

static gboolean
is_in (const char *folder, const char *id)
{
  g_autofree char *path = make_path (folder, id);

  return is_video (path, id);
}

static gboolean
exists_in (const char *folder, const char *id)
{
  g_autofree char *path = make_path (folder, id);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
add_saved_at (World *world, const char *id, const char *path)
{
  g_autofree char *content = make_content (id);
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, id, id);

  record->status = REEL_SERVICE_SUCCEEDED;
  record->file_state = REEL_FILE_SAVED;
  record->file = g_strdup (path);
  record->file_size = SIZE;
  record->file_sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)content, SIZE);
  write_video (path, id);
  reel_engine_fixture_write (&world->fixture, record);
}

static void
add_saved (World *world, const char *id)
{
  g_autofree char *path = make_path (get_from (world), id);

  add_saved_at (world, id, path);
}

static ReelJob *
get_job (World *world, const char *id)
{
  return reel_engine_fixture_find_job (&world->fixture, id);
}

static const char *
get_file (World *world, const char *id)
{
  return reel_job_get_record (get_job (world, id))->file;
}

/* What must hold at any time: the job points to its whole video. */
static void
assert_sound (World *world, const char *id)
{
  g_assert_cmpint (reel_job_get_state (get_job (world, id)), ==, REEL_JOB_READY);
  g_assert_true (is_video (get_file (world, id), id));
}

/* The video is in a folder and nowhere else. */
static void
assert_at (World *world, const char *id, const char *folder)
{
  g_autofree char *path = make_path (folder, id);

  assert_sound (world, id);
  g_assert_cmpstr (get_file (world, id), ==, path);
  if (g_str_equal (folder, world->to))
    g_assert_false (exists_in (get_from (world), id));
  else
    g_assert_false (exists_in (world->to, id));
}

static void
assert_no_part (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_suffix (name, ".moving"));
}

static ReelLibraryMover *
get_mover (World *world)
{
  return reel_engine_get_library_mover (world->fixture.engine);
}

static void
begin (World *world, GAsyncResult **result)
{
  g_autoptr (GFile) folder = g_file_new_for_path (world->to);

  reel_engine_move_library_async (world->fixture.engine, folder, reel_test_store_result, result);
}

static gboolean
end (World *world, GAsyncResult **result, GError **error)
{
  gboolean moved;

  reel_test_wait (*result != NULL);
  moved = reel_engine_move_library_finish (world->fixture.engine, *result, error);
  g_clear_object (result);

  return moved;
}

static void
move (World *world)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  begin (world, &result);
  end (world, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_file_peek_path (reel_engine_get_library (world->fixture.engine)), ==, world->to);
  assert_no_part (world->to);
}

static void
stop (World *world)
{
  reel_engine_fixture_stop (&world->fixture);
}

static void
start (World *world)
{
  reel_engine_fixture_start (&world->fixture);
}

/* Whether the next start would go on with a move. */
static gboolean
has_note (World *world)
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
static void
check_move (World *world)
{
  g_autofree char *deep = g_build_filename (get_from (world), "deep", NULL);
  g_autofree char *new_deep = g_build_filename (world->to, "deep", NULL);
  g_autofree char *beside = g_strconcat (get_from (world), "-beside", NULL);
  g_autofree char *beside_path = make_path (beside, "beside"), *deep_path = make_path (deep, "deep");
  g_autofree char *gone = make_path (get_from (world), "gone");

  g_assert_cmpint (g_mkdir (deep, 0755), ==, 0);
  g_assert_cmpint (g_mkdir (beside, 0755), ==, 0);
  add_saved (world, "one");
  add_saved (world, "other");
  add_saved (world, "gone");
  add_saved_at (world, "beside", beside_path);
  add_saved_at (world, "deep", deep_path);
  start (world);
  g_assert_cmpint (g_unlink (gone), ==, 0);
  move (world);

  g_assert_cmpuint (reel_library_mover_get_n_moved (get_mover (world)), ==, 3);
  g_assert_cmpuint (reel_library_mover_get_n_left (get_mover (world)), ==, 0);
  g_assert_cmpuint (reel_library_mover_get_n_doubled (get_mover (world)), ==, 0);
  g_assert_cmpfloat (reel_library_mover_get_progress (get_mover (world)), ==, 1);
  g_assert_cmpstr (get_file (world, "gone"), ==, gone);
  stop (world);
  g_assert_false (has_note (world));
  start (world);
  assert_at (world, "one", world->to);
  assert_at (world, "other", world->to);
  assert_at (world, "deep", new_deep);
  assert_at (world, "beside", beside);
  g_assert_false (reel_library_mover_get_running (get_mover (world)));
}

static void
test_move (World *world, gconstpointer data)
{
  check_move (world);
}

/* One folder below the other, both ways. */
static void
test_nested (World *world, gconstpointer data)
{
  g_autofree char *parent = g_strdup (get_from (world));
  g_autofree char *inside = NULL;

  g_free (world->to);
  world->to = g_build_filename (parent, "below", NULL);
  inside = make_path (world->to, "inside");
  g_assert_cmpint (g_mkdir (world->to, 0755), ==, 0);
  add_saved (world, "job");
  add_saved_at (world, "inside", inside);
  start (world);
  move (world);
  assert_sound (world, "job");
  g_assert_cmpstr (get_file (world, "inside"), ==, inside);
  assert_sound (world, "inside");
  g_assert_true (is_in (world->to, "job"));
  g_assert_false (exists_in (parent, "job"));

  g_free (world->to);
  world->to = g_strdup (parent);
  move (world);
  assert_sound (world, "job");
  g_assert_true (is_in (parent, "job"));
}

/* No file of the new folder is replaced; one that is the video already is taken for it. */
static void
test_collisions (World *world, gconstpointer data)
{
  g_autofree char *taken = make_path (world->to, "taken"), *numbered = make_path (world->to, "taken (2)");
  g_autofree char *same = make_path (world->to, "same"), *folder = make_path (world->to, "folder");
  g_autofree char *second = make_path (world->to, "folder (2)");

  add_saved (world, "taken");
  add_saved (world, "same");
  add_saved (world, "folder");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  write_video (taken, "something else");
  write_video (same, "same");
  start (world);
  move (world);
  g_assert_true (is_video (taken, "something else"));
  g_assert_cmpstr (get_file (world, "taken"), ==, numbered);
  g_assert_cmpstr (get_file (world, "folder"), ==, second);
  g_assert_cmpstr (get_file (world, "same"), ==, same);
  assert_sound (world, "taken");
  assert_sound (world, "folder");
  assert_at (world, "same", world->to);
  g_assert_false (exists_in (get_from (world), "taken"));
}

/* A cancel leaves what was moved where it is now, and the rest where it was. */
static void
test_cancel (World *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_moved = 0;

  for (guint i = 0; i < 30; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i);

    add_saved (world, id);
  }
  start (world);
  begin (world, &result);
  reel_test_wait (reel_library_mover_get_n_moved (get_mover (world)) >= 3);
  g_assert_true (reel_library_mover_get_running (get_mover (world)));
  reel_library_mover_cancel (get_mover (world));
  g_assert_false (end (world, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  stop (world);
  start (world);
  g_assert_false (reel_library_mover_get_running (get_mover (world)));
  for (guint i = 0; i < 30; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i);

    assert_sound (world, id);
    g_assert_true (exists_in (get_from (world), id) != exists_in (world->to, id));
    n_moved += exists_in (world->to, id);
  }
  g_assert_cmpuint (n_moved, >=, 3);
  g_assert_cmpuint (n_moved, <, 30);
}

/* Only one at a time. */
static void
test_twice (World *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) one = NULL, other = NULL;
  g_autoptr (GError) error = NULL;

  add_saved (world, "job");
  start (world);
  begin (world, &one);
  begin (world, &other);
  g_assert_false (end (world, &other, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&error);
  end (world, &one, &error);
  g_assert_no_error (error);
  assert_at (world, "job", world->to);
}

/* The program is closed in the middle: the next start goes on by itself, to the end. */
static void
test_quit (World *world, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (world->to);

  for (guint i = 0; i < 30; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i);

    add_saved (world, id);
  }
  start (world);
  reel_engine_move_library_async (world->fixture.engine, folder, NULL, NULL);
  reel_test_wait (reel_library_mover_get_n_moved (get_mover (world)) >= 3);
  stop (world);
  start (world);
  for (guint i = 0; i < 30; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i);

    assert_sound (world, id);
  }
  for (guint i = 0; i < 30; i++) {
    g_autofree char *id = g_strdup_printf ("job-%u", i), *path = make_path (world->to, id);

    reel_test_wait (g_str_equal (get_file (world, id), path) && !exists_in (get_from (world), id));
    assert_at (world, id, world->to);
  }
  reel_test_wait (!reel_library_mover_get_running (get_mover (world)));
  g_assert_cmpstr (g_file_peek_path (reel_engine_get_library (world->fixture.engine)), ==, world->to);
}

static void
write_note (World *world, const ReelFileMove *step)
{
  ReelStore *store = reel_store_new (world->fixture.store_path);
  g_autofree char *text = reel_move_note_write (get_from (world), world->to, step);
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
test_crash (World *world, gconstpointer data)
{
  Crash crash = GPOINTER_TO_INT (data) / 2;
  gboolean is_copy = GPOINTER_TO_INT (data) % 2;
  g_autofree char *from = make_path (get_from (world), "job"), *to = make_path (world->to, "job");
  g_autofree char *part = g_build_filename (world->to, ".job.moving", NULL);
  g_autoptr (ReelFileMove) step = reel_file_move_new (from, to, SIZE, NULL, "job");
  g_autoptr (GError) error = NULL;

  add_saved (world, "job");
  add_saved (world, "second");
  g_assert_cmpint (g_mkdir_with_parents (world->to, 0755), ==, 0);
  write_note (world, NULL);
  if (crash == IN_THE_COPY)
    g_assert_true (g_file_set_contents (part, "half", -1, NULL));
  if (crash >= BEFORE_THE_NOTE && is_copy) {
    write_video (to, "job");
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

  start (world);
  assert_sound (world, "job");
  assert_sound (world, "second");
  reel_test_wait (exists_in (world->to, "second") && !exists_in (get_from (world), "second") &&
                  !reel_library_mover_get_running (get_mover (world)));
  assert_at (world, "job", world->to);
  assert_at (world, "second", world->to);
  g_assert_cmpuint (reel_library_mover_get_n_doubled (get_mover (world)), ==, 0);

  /* It is over: the next start moves nothing. */
  stop (world);
  start (world);
  assert_at (world, "job", world->to);
}

/* What became of the old file in the meantime: one that is another one by now is not deleted. */
static void
test_old_file_changed (World *world, gconstpointer data)
{
  g_autofree char *from = make_path (get_from (world), "job"), *to = make_path (world->to, "job");
  g_autoptr (ReelFileMove) step = reel_file_move_new (from, to, SIZE, NULL, "job");
  g_autoptr (ReelFileMove) other = reel_file_move_new (from, to, SIZE, NULL, "job");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (world->to, 0755), ==, 0);
  write_video (from, "job");
  g_assert_true (reel_file_move_bring (step, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (from), ==, 0);
  write_video (from, "another one");
  g_assert_false (reel_file_move_conclude (step, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_FILE);
  g_assert_true (is_video (from, "another one"));
  g_clear_error (&error);

  /* Nor is the last one. */
  g_assert_true (reel_file_move_bring (other, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (other->found), ==, 0);
  g_assert_false (reel_file_move_conclude (other, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_FILE);
  g_assert_true (is_video (from, "another one"));
}

/* A link is left alone: where it leads is not the library's. */
static void
test_link (World *world, gconstpointer data)
{
  g_autofree char *from = make_path (get_from (world), "job"), *target = make_path (world->fixture.folder, "target");

  add_saved (world, "job");
  g_assert_cmpint (g_rename (from, target), ==, 0);
  g_assert_cmpint (symlink (target, from), ==, 0);
  start (world);
  move (world);
  g_assert_cmpuint (reel_library_mover_get_n_left (get_mover (world)), ==, 1);
  g_assert_cmpstr (get_file (world, "job"), ==, from);
  assert_sound (world, "job");
}

/* A job is deleted while the library moves: nothing of it is in the new folder. */
static void
test_deleted (World *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 20; i++) {
    g_autofree char *id = g_strdup_printf ("job-%02u", i);

    add_saved (world, id);
  }
  start (world);
  begin (world, &result);
  reel_test_wait (reel_library_mover_get_n_moved (get_mover (world)) >= 2);
  for (guint i = 0; i < 20; i++) {
    g_autofree char *id = g_strdup_printf ("job-%02u", i);

    if (g_str_has_prefix (get_file (world, id), get_from (world)))
      reel_engine_fixture_delete (&world->fixture, get_job (world, id));
  }
  end (world, &result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 20; i++) {
    g_autofree char *id = g_strdup_printf ("job-%02u", i);

    if (get_job (world, id) != NULL)
      assert_at (world, id, world->to);
    else
      g_assert_true (is_in (get_from (world), id) && !exists_in (world->to, id));
  }
}

/* What is saved while the library moves goes to the new folder, also where it began to come before. */
static void
test_download (World *world, gconstpointer data)
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
  add_saved (world, "job");
  start (world);
  job = get_job (world, "coming");
  reel_test_wait (reel_fault_server_count (server, "GET", "/v.mp4") == 1);
  move (world);
  reel_fault_server_release (server);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY && !reel_library_mover_get_running (get_mover (world)) &&
                  g_str_has_prefix (reel_job_get_record (job)->file, world->to));
  g_assert_true (g_file_test (reel_job_get_record (job)->file, G_FILE_TEST_EXISTS));
  assert_at (world, "job", world->to);
  stop (world);
  g_object_unref (server);
}

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
set_up_volume (World *world, const char *size)
{
  set_up (world, NULL);
  reel_small_disk_mount (world->to, size);
}

static void
tear_down_volume (World *world)
{
  reel_engine_fixture_stop (&world->fixture);
  g_assert_cmpint (umount (world->to), ==, 0);
  tear_down (world, NULL);
}

static void
test_other_volume (void)
{
  World world = {0};

  if (!enter_subprocess ())
    return;

  set_up_volume (&world, "128m");
  check_move (&world);
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
  World world = {0};
  g_autofree char *from = NULL, *part = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReelJobRecord *record;
  ReelJob *job;
  guint tick;

  if (!enter_subprocess ())
    return;

  set_up_volume (&world, "256m");
  from = make_path (get_from (&world), "job");
  part = g_build_filename (world.to, ".job.moving", NULL);
  record = reel_engine_fixture_make_record (&world.fixture, "job", "job");
  record->status = REEL_SERVICE_SUCCEEDED;
  record->file_state = REEL_FILE_SAVED;
  record->file = g_strdup (from);
  record->file_size = 48 << 20;
  write_video (from, "job");
  g_assert_cmpint (truncate (from, record->file_size), ==, 0);
  reel_engine_fixture_write (&world.fixture, record);
  start (&world);
  job = get_job (&world, "job");
  begin (&world, &result);
  /* Nothing else happens on the main loop while the thread copies. */
  tick = g_timeout_add (1, on_tick, NULL);
  reel_test_wait (g_file_test (part, G_FILE_TEST_EXISTS));
  g_source_remove (tick);
  reel_engine_fixture_delete (&world.fixture, job);
  end (&world, &result, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (from, G_FILE_TEST_EXISTS));
  g_assert_false (exists_in (world.to, "job"));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  tear_down_volume (&world);
}

/* It is found out before anything is moved, and the library stays the old one. */
static void
test_no_space (void)
{
  World world = {0};
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (!enter_subprocess ())
    return;

  set_up_volume (&world, "65572k");
  add_saved (&world, "one");
  add_saved (&world, "other");
  start (&world);
  begin (&world, &result);
  g_assert_false (end (&world, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpstr (g_file_peek_path (reel_engine_get_library (world.fixture.engine)), ==, get_from (&world));
  assert_at (&world, "one", get_from (&world));
  assert_at (&world, "other", get_from (&world));
  tear_down_volume (&world);
}

/* The disk fills while a video is copied: nothing is lost, nothing half is left. */
static void
test_full_disk (void)
{
  World world = {0};
  g_autofree char *from = NULL, *to = NULL;
  g_autoptr (ReelFileMove) step = NULL;
  g_autoptr (GError) error = NULL;

  if (!enter_subprocess ())
    return;

  set_up_volume (&world, "16k");
  from = make_path (get_from (&world), "job");
  to = make_path (world.to, "job");
  write_video (from, "job");
  step = reel_file_move_new (from, to, SIZE, NULL, "job");
  g_assert_false (reel_file_move_bring (step, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_true (is_video (from, "job"));
  g_assert_false (g_file_test (to, G_FILE_TEST_EXISTS));
  assert_no_part (world.to);
  g_assert_cmpint (umount (world.to), ==, 0);
  tear_down (&world, NULL);
}

static void
test_read_only (void)
{
  World world = {0};
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (!enter_subprocess ())
    return;

  set_up_volume (&world, "128m");
  add_saved (&world, "job");
  g_assert_cmpint (mount ("tmpfs", world.to, "tmpfs", MS_REMOUNT | MS_RDONLY, "size=128m"), ==, 0);
  start (&world);
  begin (&world, &result);
  g_assert_false (end (&world, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY);
  assert_sound (&world, "job");
  g_assert_true (is_in (get_from (&world), "job"));
  tear_down_volume (&world);
}

/* A video that is not as it was saved is not called a good copy: it stays where it is. */
static void
test_damaged (void)
{
  World world = {0};
  g_autofree char *from = NULL;

  if (!enter_subprocess ())
    return;

  set_up_volume (&world, "128m");
  add_saved (&world, "job");
  from = make_path (get_from (&world), "job");
  write_video (from, "jab");
  start (&world);
  move (&world);
  g_assert_cmpuint (reel_library_mover_get_n_left (get_mover (&world)), ==, 1);
  g_assert_cmpstr (get_file (&world, "job"), ==, from);
  g_assert_true (is_video (from, "jab"));
  g_assert_false (exists_in (world.to, "job"));
  tear_down_volume (&world);
}

static void
test_collisions_of_copies (void)
{
  World world = {0};

  if (!enter_subprocess ())
    return;

  set_up_volume (&world, "128m");
  test_collisions (&world, NULL);
  tear_down_volume (&world);
}

/* The database takes nothing: both files stay, and the job has one of them whatever comes. */
static void
test_store_fails (World *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *database;

  add_saved (world, "job");
  g_assert_cmpint (sqlite3_open (world->fixture.store_path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database,
                                 "CREATE TRIGGER refuse BEFORE UPDATE ON jobs BEGIN SELECT RAISE (ABORT, 'no'); END",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (database);
  start (world);
  begin (world, &result);
  g_assert_false (end (world, &result, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  g_assert_true (is_in (get_from (world), "job") && is_in (world->to, "job"));
  assert_sound (world, "job");
  stop (world);
  start (world);
  assert_sound (world, "job");
}

static guint
count_missing (World *world)
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
test_locate (World *world, gconstpointer data)
{
  g_autofree char *damaged = make_path (world->to, "damaged"), *short_one = make_path (world->to, "short");
  g_autofree char *moved = make_path (world->to, "moved");
  g_autoptr (GFile) folder = g_file_new_for_path (world->to);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_found, n_missing;

  add_saved (world, "moved");
  add_saved (world, "damaged");
  add_saved (world, "short");
  g_assert_cmpint (g_rename (get_from (world), world->to), ==, 0);
  write_video (damaged, "damagee");
  g_assert_true (g_file_set_contents (short_one, "short", -1, NULL));
  g_assert_cmpint (g_mkdir (get_from (world), 0755), ==, 0);
  add_saved (world, "there");
  start (world);
  reel_test_wait (reel_job_get_record (get_job (world, "moved"))->file_state == REEL_FILE_MISSING);
  g_assert_cmpuint (count_missing (world), ==, 3);

  reel_engine_locate_async (world->fixture.engine, folder, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_true (reel_engine_locate_finish (world->fixture.engine, result, &n_found, &n_missing, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_found, ==, 1);
  g_assert_cmpuint (n_missing, ==, 2);
  g_assert_cmpstr (get_file (world, "moved"), ==, moved);
  g_clear_object (&result);
  assert_sound (world, "moved");
  assert_sound (world, "there");
  g_assert_cmpint (reel_job_get_state (get_job (world, "damaged")), ==, REEL_JOB_NOT_SAVED);
  g_assert_cmpuint (count_missing (world), ==, 2);
  stop (world);
  start (world);
  assert_sound (world, "moved");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/engine/library-mover/" path, World, NULL, set_up, function, tear_down)
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

    g_test_add (path, World, GINT_TO_POINTER (i), set_up, test_crash, tear_down);
  }
  g_test_add_func ("/engine/library-mover/other-volume", test_other_volume);
  g_test_add_func ("/engine/library-mover/deleted-in-the-copy", test_deleted_in_the_copy);
  g_test_add_func ("/engine/library-mover/no-space", test_no_space);
  g_test_add_func ("/engine/library-mover/full-disk", test_full_disk);
  g_test_add_func ("/engine/library-mover/read-only", test_read_only);
  g_test_add_func ("/engine/library-mover/damaged", test_damaged);
  g_test_add_func ("/engine/library-mover/collisions-of-copies", test_collisions_of_copies);

  return g_test_run ();
}
