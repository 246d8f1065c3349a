#include "config.h"

#include "reel-job-fixture.h"
#include "reel-save-copies.h"
#include "reel-test.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  GFile *target;
  GPtrArray *jobs;
  GString *progress;
} Fixture;

static void
add (Fixture *fixture, const char *prompt, const char *content)
{
  ReelJob *job = reel_job_fixture_new (prompt, fixture->jobs->len);
  g_autofree char *path = g_strdup_printf ("%s/video-%u.mp4", fixture->folder, fixture->jobs->len);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
  reel_job_fixture_save (job, path);
  g_ptr_array_add (fixture->jobs, job);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = NULL;

  fixture->folder = reel_test_make_folder ();
  target = g_build_filename (fixture->folder, "copies", NULL);
  g_assert_cmpint (g_mkdir (target, 0700), ==, 0);
  fixture->target = g_file_new_for_path (target);
  fixture->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->progress = g_string_new (NULL);
  add (fixture, "A boat", "one");
  add (fixture, "A cat", "two");
  add (fixture, "A boat", "three");
  /* One without a video. */
  g_ptr_array_insert (fixture->jobs, 1, reel_job_fixture_new ("Nothing yet", 9));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->folder);
  g_object_unref (fixture->target);
  g_ptr_array_unref (fixture->jobs);
  g_string_free (fixture->progress, TRUE);
}

static void
on_progress (guint done, guint n, gpointer data)
{
  Fixture *fixture = data;

  g_string_append_printf (fixture->progress, "%u/%u ", done, n);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  g_object_set_data_full (G_OBJECT (fixture->target), "result", g_object_ref (result), g_object_unref);
}

static guint
save (Fixture *fixture, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_save_copies_async (fixture->jobs, fixture->target, "{prompt} {n}", cancellable, on_progress, on_done, fixture);
  reel_test_wait ((result = g_object_steal_data (G_OBJECT (fixture->target), "result")) != NULL);

  return reel_save_copies_finish (result, error);
}

static void
assert_content (Fixture *fixture, const char *name, const char *expected)
{
  g_autofree char *path = g_build_filename (fixture->folder, "copies", name, NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content, ==, expected);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (save (fixture, NULL, &error), ==, 3);
  g_assert_no_error (error);
  g_assert_cmpstr (fixture->progress->str, ==, "1/3 2/3 3/3 ");
  assert_content (fixture, "A boat 1.mp4", "one");
  assert_content (fixture, "A cat 2.mp4", "two");
  assert_content (fixture, "A boat 3.mp4", "three");
}

/* What is there stays as it is. */
static void
test_never_over (Fixture *fixture, gconstpointer data)
{
  g_autofree char *taken = g_build_filename (fixture->folder, "copies", "A cat 2.mp4", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (taken, "mine", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (save (fixture, NULL, &error), ==, 3);
  g_assert_cmpuint (save (fixture, NULL, &error), ==, 3);
  g_assert_no_error (error);
  assert_content (fixture, "A cat 2.mp4", "mine");
  assert_content (fixture, "A cat 2 (2).mp4", "two");
  assert_content (fixture, "A cat 2 (3).mp4", "two");
  assert_content (fixture, "A boat 1 (2).mp4", "one");
}

/* One that cannot be copied keeps no other from it; where none can, it is an error. */
static void
test_failures (Fixture *fixture, gconstpointer data)
{
  g_autofree char *gone = g_build_filename (fixture->folder, "video-1.mp4", NULL);
  g_autoptr (GFile) nowhere = g_file_get_child (fixture->target, "none");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_unlink (gone), ==, 0);
  g_assert_cmpuint (save (fixture, NULL, &error), ==, 2);
  g_assert_no_error (error);
  g_set_object (&fixture->target, nowhere);
  g_assert_cmpuint (save (fixture, NULL, &error), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_cmpuint (save (fixture, cancellable, &error), ==, 0);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/ui/save-copies/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("names", test_names);
  ADD ("never-over", test_never_over);
  ADD ("failures", test_failures);
  ADD ("stopped", test_stopped);

  return g_test_run ();
}
