#include "config.h"

#include "reel-error.h"
#include "reel-part-file.h"
#include "reel-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
  ReelPartFile *part = reel_part_file_open (fixture->folder, id, FALSE, &error);

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
  g_assert_null (reel_part_file_open (fixture->folder, "id", FALSE, &error));
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
  part = reel_part_file_open (fixture->folder, "id", TRUE, NULL);
  g_assert_cmpint (reel_part_file_get_size (part), ==, 6);
  g_assert_true (reel_part_file_append (part, "second", 6, NULL));
  name = publish (part, "A boat");
  path = g_build_filename (fixture->folder, name, NULL);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "first second");

  part = make_part (fixture, "id", "old");
  g_assert_true (reel_part_file_truncate (part, NULL));
  g_assert_cmpint (reel_part_file_get_size (part), ==, 0);
  reel_part_file_discard (part);
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (reel_part_file_open ("/proc/nowhere", "id", FALSE, &error));
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
#undef ADD
  g_test_add_func ("/engine/part-file/no-folder", test_no_folder);

  return g_test_run ();
}
