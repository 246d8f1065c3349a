#include "config.h"

#include "reel-file-name.h"
#include "reel-test.h"

#include <string.h>

static void
test_make_safe (void)
{
  static const struct
  {
    const char *text;
    const char *name;
  } cases[] = {
      {"A paper boat", "A paper boat"},
      {"../../etc/passwd", "etc passwd"},
      {"..", "video"},
      {"", "video"},
      {NULL, "video"},
      {"a\nb\tc", "a b c"},
      {"  a  ", "a"},
      {"trailing...", "trailing"},
      {"%2f..%2fx", "2f.. 2fx"},
      {"Con thuyền giấy", "Con thuyền giấy"},
      {"قارب ورقي", "قارب ورقي"},
      {"\xe2\x80\xae"
       "4pm.exe",
       "4pm.exe"},
      {"\xff\xfe", "\xef\xbf\xbd\xef\xbf\xbd"},
      {"⛵🌧", "⛵🌧"},
      {"con", "_con"},
      {"NUL.mp4", "_NUL.mp4"},
      {"Lpt1", "_Lpt1"},
      {"Console", "Console"},
      {"com", "com"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = reel_file_name_make_safe (cases[i].text, 60);

    g_assert_cmpstr (name, ==, cases[i].name);
  }
}

static void
test_length (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "ề");
  name = reel_file_name_make_safe (text->str, 80);

  g_assert_cmpuint (strlen (name), <=, 80);
  g_assert_cmpuint (strlen (name), >, 70);
  g_assert_true (g_utf8_validate (name, -1, NULL));
}

/* What keeps a name from being a device's counts too. */
static void
test_device_length (void)
{
  for (gsize max_bytes = 5; max_bytes < 20; max_bytes++) {
    g_autofree char *name = reel_file_name_make_safe ("nul.ềềềềề.mp4", max_bytes);

    g_assert_cmpuint (strlen (name), <=, max_bytes);
    g_assert_true (g_utf8_validate (name, -1, NULL));
    g_assert_true (g_str_has_prefix (name, "_nul"));
    g_assert_false (g_str_has_suffix (name, "."));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/file-name/make-safe", test_make_safe);
  g_test_add_func ("/file-name/length", test_length);
  g_test_add_func ("/file-name/device-length", test_device_length);

  return g_test_run ();
}
