#include "config.h"

#include "reel-error.h"
#include "reel-part-file.h"
#include "reel-small-disk.h"
#include "reel-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

typedef struct
{
  char *top;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->top = reel_test_make_folder ();
  fixture->folder = g_build_filename (fixture->top, "a", "b", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->folder);
  g_free (fixture->top);
}

static ReelPartFile *
make_part (Fixture *fixture, const char *id, const char *text)
{
  g_autoptr (GError) error = NULL;
  ReelPartFile *part = reel_part_file_open (fixture->folder, id, 0, &error);

  g_assert_no_error (error);
  g_assert_true (reel_part_file_append (part, text, strlen (text), &error));
  g_assert_no_error (error);

  return part;
}

/* Publishes and gives the base name. */
static char *
publish (ReelPartFile *part, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sha256 = reel_part_file_hash (part, &error), *path = NULL;

  g_assert_no_error (error);
  path = reel_part_file_publish (part, name, sha256, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (reel_part_file_get_path (part), G_FILE_TEST_EXISTS));
  reel_part_file_close (part);

  return g_path_get_basename (path);
}

static void
test_publish (Fixture *fixture, gconstpointer data)
{
  ReelPartFile *part = make_part (fixture, "id", "video");
  g_autofree char *hidden = g_path_get_basename (reel_part_file_get_path (part)), *name = NULL, *path = NULL;
  g_autofree char *contents = NULL;

  g_assert_cmpstr (hidden, ==, ".id.part");
  g_assert_cmpint (reel_part_file_get_size (part), ==, 5);
  name = publish (part, "A boat");
  g_assert_cmpstr (name, ==, "A boat.mp4");
  path = g_build_filename (fixture->folder, name, NULL);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "video");
}

static void
test_never_replaces (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = publish (make_part (fixture, "1", "one"), "A boat");
  g_autofree char *second = publish (make_part (fixture, "2", "two"), "A boat");
  g_autofree char *third = publish (make_part (fixture, "3", "tri"), "A boat");
  g_autofree char *path = g_build_filename (fixture->folder, first, NULL), *contents = NULL;

  g_assert_cmpstr (first, ==, "A boat.mp4");
  g_assert_cmpstr (second, ==, "A boat (2).mp4");
  g_assert_cmpstr (third, ==, "A boat (3).mp4");
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "one");
}

/* The program ended between the name and the database: the same video does not come twice. */
static void
test_same_video (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = publish (make_part (fixture, "1", "one"), "A boat");
  g_autofree char *second = publish (make_part (fixture, "1", "one"), "A boat");

  g_assert_cmpstr (second, ==, first);
}

static void
test_links_are_not_followed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->top, "precious", NULL);
  g_autofree char *link = g_build_filename (fixture->folder, ".id.part", NULL), *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (target, "precious", -1, NULL));
  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0755), ==, 0);
  g_assert_cmpint (symlink (target, link), ==, 0);
  g_assert_null (reel_part_file_open (fixture->folder, "id", 0, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_FILE);
  g_assert_true (g_file_get_contents (target, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "precious");
}

static void
test_keep (Fixture *fixture, gconstpointer data)
{
  ReelPartFile *part = make_part (fixture, "id", "first ");
  g_autofree char *name = NULL, *path = NULL, *contents = NULL;

  reel_part_file_close (part);
  part = reel_part_file_open (fixture->folder, "id", 6, NULL);
  g_assert_cmpint (reel_part_file_get_size (part), ==, 6);
  g_assert_true (reel_part_file_append (part, "second", 6, NULL));
  name = publish (part, "A boat");
  path = g_build_filename (fixture->folder, name, NULL);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "first second");

  part = make_part (fixture, "id", "old");
  g_assert_true (reel_part_file_truncate (part, 0, NULL));
  g_assert_cmpint (reel_part_file_get_size (part), ==, 0);
  reel_part_file_close (part);
  reel_part_file_close (make_part (fixture, "id", "too long"));
  part = reel_part_file_open (fixture->folder, "id", 7, NULL);
  g_assert_cmpint (reel_part_file_get_size (part), ==, 0);
  reel_part_file_close (part);
}

/* The bytes of a file, which must be there. */
static gsize
read_size (const char *path)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));

  return length;
}

static void
test_set_aside (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (5 << 20, '<');
  ReelPartFile *part = make_part (fixture, "id", "<html>Sign in</html>");
  g_autofree char *path = reel_part_file_set_aside (part, "A boat", G_MAXINT64, NULL);
  g_autofree char *wanted = g_build_filename (fixture->folder, ".seedreel-aside", "A boat.aside", NULL);
  g_autofree char *again = NULL, *other = NULL, *third = NULL;

  g_assert_cmpstr (path, ==, wanted);
  g_assert_cmpuint (read_size (path), ==, 20);
  g_assert_false (g_file_test (reel_part_file_get_path (part), G_FILE_TEST_EXISTS));
  reel_part_file_close (part);

  /* The next one of the same job takes its place; of a long text the beginning is enough. */
  part = make_part (fixture, "id", "  \n");
  g_assert_true (reel_part_file_append (part, long_text, 5 << 20, NULL));
  again = reel_part_file_set_aside (part, "A boat", G_MAXINT64, NULL);
  g_assert_cmpstr (again, ==, wanted);
  g_assert_cmpuint (read_size (again), ==, 4 << 20);
  reel_part_file_close (part);

  /* What may be a video that we do not know is kept whole, unless it is larger than any. */
  part = make_part (fixture, "other", "\1\2\3");
  g_assert_true (reel_part_file_append (part, long_text, 5 << 20, NULL));
  other = reel_part_file_set_aside (part, "Another", (5 << 20) + 3, NULL);
  g_assert_cmpuint (read_size (other), ==, (5 << 20) + 3);
  reel_part_file_close (part);
  part = make_part (fixture, "third", "\1\2\3");
  g_assert_true (reel_part_file_append (part, long_text, 5 << 20, NULL));
  third = reel_part_file_set_aside (part, "Third", 5 << 20, NULL);
  g_assert_cmpuint (read_size (third), ==, 4 << 20);
  reel_part_file_close (part);
}

static void
test_space (Fixture *fixture, gconstpointer data)
{
  ReelPartFile *part = make_part (fixture, "id", "video");
  g_autoptr (GError) error = NULL;

  g_assert_true (reel_part_file_check_space (part, 0, &error));
  g_assert_no_error (error);
  g_assert_false (reel_part_file_check_space (part, G_MAXINT64 / 2, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  reel_part_file_close (part);
}

/* The disk fills while the video comes: that may pass by itself, other failures do not. */
static void
test_full_disk (void)
{
  static const char block[256 << 10] = "video";
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  ReelPartFile *part;

  if (!g_test_subprocess () && !reel_small_disk_is_possible ()) {
    g_test_skip ("No file system can be mounted here");
    return;
  }
  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed ();
    return;
  }

  folder = reel_test_make_folder ();
  reel_small_disk_mount (folder, "128k");
  part = reel_part_file_open (folder, "id", 0, &error);
  g_assert_no_error (error);
  g_assert_false (reel_part_file_append (part, block, sizeof block, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_clear_error (&error);

  /* What is there stays, and goes on when there is room. */
  reel_small_disk_resize (folder, "1m");
  g_assert_cmpint (reel_part_file_get_size (part), >, 0);
  g_assert_true (reel_part_file_append (part, block, sizeof block, &error));
  g_assert_no_error (error);
  reel_part_file_close (part);
  g_assert_cmpint (umount (folder), ==, 0);
}

static char *
make_file (Fixture *fixture, const char *name, gint64 age)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  struct utimbuf times;

  g_assert_true (g_file_set_contents (path, "part", -1, NULL));
  times.actime = times.modtime = g_get_real_time () / G_USEC_PER_SEC - age;
  g_assert_cmpint (g_utime (path, &times), ==, 0);

  return path;
}

/* What nobody wants any more goes; what is wanted, open, new or not ours stays. */
static void
test_sweep (Fixture *fixture, gconstpointer data)
{
  static const char wanted_id[] = "0b5be4a5-3a3c-4a44-9d43-2b1c1b0f7a11";
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  ReelPartFile *part = make_part (fixture, "0b5be4a5-3a3c-4a44-9d43-2b1c1b0f7a12", "video");
  g_autofree char *orphan = make_file (fixture, ".0b5be4a5-3a3c-4a44-9d43-2b1c1b0f7a10.part", 10);
  g_autofree char *kept = make_file (fixture, ".0b5be4a5-3a3c-4a44-9d43-2b1c1b0f7a11.part", 10);
  g_autofree char *open = make_file (fixture, ".0b5be4a5-3a3c-4a44-9d43-2b1c1b0f7a13.part", 10);
  g_autofree char *new = make_file (fixture, ".0b5be4a5-3a3c-4a44-9d43-2b1c1b0f7a14.part", -10);
  g_autofree char *visible = make_file (fixture, "0b5be4a5-3a3c-4a44-9d43-2b1c1b0f7a15.part", 10);
  g_autofree char *foreign = make_file (fixture, ".download.part", 10);
  g_autofree char *video = make_file (fixture, ".0b5be4a5-3a3c-4a44-9d43-2b1c1b0f7a16.mp4", 10);

  reel_part_file_close (part);
  part = reel_part_file_open (fixture->folder, "0b5be4a5-3a3c-4a44-9d43-2b1c1b0f7a13", G_MAXINT64, NULL);
  g_hash_table_add (wanted, (gpointer)wanted_id);
  reel_part_file_sweep (fixture->folder, wanted, g_get_real_time ());
  g_assert_false (g_file_test (orphan, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (open, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (new, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (visible, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (video, G_FILE_TEST_EXISTS));
  reel_part_file_close (part);

  reel_part_file_remove (fixture->folder, wanted_id);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
  reel_part_file_sweep ("/proc/nowhere", wanted, g_get_real_time ());
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (reel_part_file_open ("/proc/nowhere", "id", 0, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_FILE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/engine/part-file/publish", test_publish);
  ADD ("/engine/part-file/never-replaces", test_never_replaces);
  ADD ("/engine/part-file/same-video", test_same_video);
  ADD ("/engine/part-file/links-are-not-followed", test_links_are_not_followed);
  ADD ("/engine/part-file/keep", test_keep);
  ADD ("/engine/part-file/set-aside", test_set_aside);
  ADD ("/engine/part-file/space", test_space);
  ADD ("/engine/part-file/sweep", test_sweep);
#undef ADD
  g_test_add_func ("/engine/part-file/full-disk", test_full_disk);
  g_test_add_func ("/engine/part-file/no-folder", test_no_folder);

  return g_test_run ();
}
