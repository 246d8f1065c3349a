#include "config.h"

#include "reel-folder.h"
#include "reel-test.h"

#include <errno.h>

static void
test_sync (void)
{
  g_autofree char *folder = reel_test_make_folder ();
  g_autofree char *missing = g_build_filename (folder, "missing", NULL),
                  *file = g_build_filename (folder, "file", NULL);

  g_assert_true (reel_folder_sync (folder));
  g_assert_false (reel_folder_sync (missing));
  g_assert_cmpint (errno, ==, ENOENT);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_false (reel_folder_sync (file));
  g_assert_cmpint (errno, ==, ENOTDIR);
}

/* This file system has nothing to bring to a disk, and says so. */
static void
test_no_disk (void)
{
  g_assert_true (reel_folder_sync ("/proc"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/folder/sync", test_sync);
  g_test_add_func ("/folder/no-disk", test_no_disk);

  return g_test_run ();
}
