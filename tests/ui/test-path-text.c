#include "config.h"

#include "reel-path-text.h"

static void
assert_text (const char *path, const char *outside, const char *expected)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = NULL;
  g_autofree char *text = NULL;

  if (outside != NULL) {
    info = g_file_info_new ();
    g_file_info_set_attribute_string (info, REEL_PATH_TEXT_ATTRIBUTES, outside);
  }
  text = reel_path_text_make (file, info);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_home (void)
{
  const char *home = g_get_home_dir ();
  g_autofree char *inside = g_build_filename (home, "Videos", NULL), *beside = g_strconcat (home, "2", NULL);

  assert_text (home, NULL, "~");
  assert_text (inside, NULL, "~/Videos");
  assert_text (beside, NULL, beside);
  assert_text ("/mnt/clips", NULL, "/mnt/clips");
}

static void
test_portal (void)
{
  const char *given = "/run/user/1000/doc/7c30fa11/clips";
  g_autofree char *inside = g_build_filename (g_get_home_dir (), "clips", NULL);

  assert_text (given, NULL, given);
  assert_text (given, "/mnt/clips", "/mnt/clips");
  assert_text (given, inside, "~/clips");
  assert_text (given, "/mnt/M\\xe1\\xbb\\x9bi", "/mnt/Mới");
  assert_text (given, "/mnt/a\\x5cxyz\\x", "/mnt/a\\xyz\\x");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/path-text/home", test_home);
  g_test_add_func ("/ui/path-text/portal", test_portal);

  return g_test_run ();
}
